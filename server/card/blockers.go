package card

import (
	"context"

	"trestle/server/fault"
	"trestle/server/store"
)

// NewBlocker says what stops a card.
type NewBlocker struct {
	Category   string `json:"category" minLength:"1" maxLength:"40"`
	Reason     string `json:"reason" minLength:"1" maxLength:"2000"`
	WaitingFor string `json:"waitingFor,omitempty" required:"false" maxLength:"200" doc:"Who or what is waited for"`
}

// Blocked is a new blocker with the card it blocks.
type Blocked struct {
	Blocker BlockerFace `json:"blocker"`
	Changed
}

// Block opens a blocker; a card can have several at once.
func (s *Service) Block(ctx context.Context, idOrKey string, n NewBlocker) (Blocked, error) {
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Blocked, error) {
		if err := e.live(); err != nil {
			return Blocked{}, err
		}
		category, ok := e.l.Category(n.Category)
		if !ok {
			return Blocked{}, fault.Invalid("body.category", "This board has no blocker category %q", n.Category)
		}
		reason, err := cleanText("body.reason", "A reason", n.Reason, maxReason)
		if err != nil {
			return Blocked{}, err
		}
		if err := e.roomForBlocker(); err != nil {
			return Blocked{}, err
		}
		b, _, err := e.openBlocker(category.Key, category.External, reason, n.WaitingFor)
		if err != nil {
			return Blocked{}, err
		}
		out, err := e.saved("card.blocked", map[string]any{"blocker": b}, "blockers")
		return Blocked{b, out}, err
	})
}

// Unblock closes a blocker. One that is closed already stays as it was.
func (s *Service) Unblock(ctx context.Context, blockerID string) (Changed, error) {
	return s.onPart(ctx, "blockers", "blocker", blockerID, toWork, func(e *edit, rid int64) (Changed, error) {
		n, err := e.tx.Exec("UPDATE blockers SET closed_at = ?, closed_by = ? WHERE rid = ? AND closed_at IS NULL", store.Ms(e.tx.Now), e.tx.ActorID, rid)
		if err != nil {
			return Changed{}, err
		}
		if n == 0 {
			return e.unchanged(), nil
		}
		// whoever closes it by hand says that the card does not wait any more
		if _, err := e.tx.Exec("UPDATE waits SET to_at = ? WHERE blocker_rid = ? AND to_at IS NULL", store.Ms(e.tx.Now), rid); err != nil {
			return Changed{}, err
		}
		return e.saved("card.unblocked", map[string]any{"blockerId": blockerID}, "blockers")
	})
}
