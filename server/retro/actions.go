package retro

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// NewAction is something that the team commits to.
type NewAction struct {
	Title    string `json:"title" minLength:"1" maxLength:"300"`
	OwnerID  string `json:"ownerId" minLength:"1" maxLength:"64"`
	DueOn    string `json:"dueOn" maxLength:"10" doc:"2026-11-30"`
	Signal   string `json:"signal" minLength:"1" maxLength:"500" doc:"How will we know that it worked?"`
	GroupID  string `json:"groupId,omitempty" required:"false" maxLength:"64" doc:"What it comes from"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"Where its card goes; the queue that work is pulled from when absent"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why there is a fourth one, or why a limit may be exceeded"`
	board.Answers
}

// action is an action with what its card says of it now.
type action struct {
	rid, cardRID                          int64
	id, title, signal, state, cardID, key string
	ownerID, ownerName, dueOn             string
	carried                               int
	finished, archived                    *int64
}

const actionColumns = `a.rid, a.card_rid, a.id, c.title, a.signal, a.state, c.id, c.key, c.due_on, a.carried, c.finished_at, c.archived_at,
	COALESCE((SELECT p.id FROM assignments s JOIN people p ON p.rid = s.person_rid WHERE s.card_rid = c.rid AND s.to_at IS NULL ORDER BY s.rid LIMIT 1), ''),
	COALESCE((SELECT p.name FROM assignments s JOIN people p ON p.rid = s.person_rid WHERE s.card_rid = c.rid AND s.to_at IS NULL ORDER BY s.rid LIMIT 1), '')`

const actionTables = " FROM retro_actions a JOIN cards c ON c.rid = a.card_rid "

func (a *action) into() []any {
	return []any{&a.rid, &a.cardRID, &a.id, &a.title, &a.signal, &a.state, &a.cardID, &a.key, &a.dueOn, &a.carried, &a.finished, &a.archived, &a.ownerID, &a.ownerName}
}

// now is how an action stands, by what was said in a retro or else by its card.
func (a *action) now() string {
	switch {
	case a.state != open:
		return a.state
	case a.finished != nil:
		return Done
	case a.archived != nil:
		return Dropped
	}
	return open
}

func actionsWhere(q *store.Query, where string, args ...any) (out []action, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var a action
		err := scan(a.into()...)
		out = append(out, a)
		return err
	}, "SELECT "+actionColumns+actionTables+"WHERE a.state <> 'removed' AND "+where+" ORDER BY a.rid", args...)
	return out, err
}

// openActions are those of a board's closed retros that nobody has settled.
func openActions(q *store.Query, boardRID int64) ([]action, error) {
	return actionsWhere(q, "a.board_rid = ? AND a.state = 'open' AND EXISTS (SELECT 1 FROM retros r WHERE r.rid = a.retro_rid AND r.closed_at IS NOT NULL)", boardRID)
}

// story is what an action's card says of where it comes from.
func (r *retro) story(signal string) string {
	return fmt.Sprintf("Decided in the retro “%s” of %s.\n\n**How will we know?** %s", r.Title, store.At(r.CreatedAt).Format("2 January 2006"), signal)
}

// AddAction commits the team to something: a card of the type improvement, let in like every other. Three are
// enough; a fourth asks for a reason.
func (s *Service) AddAction(ctx context.Context, id string, n NewAction) (View, error) {
	var err error
	if n.Title, err = oneLine("body.title", "The action", n.Title, 300); err != nil {
		return View{}, err
	}
	if n.Signal, err = words("body.signal", "How you will know", n.Signal, 500); err != nil {
		return View{}, err
	}
	if _, err := time.Parse(time.DateOnly, n.DueOn); err != nil {
		return View{}, fault.Invalid("body.dueOn", "Write the day like 2026-11-30")
	}
	return s.on(ctx, id, working, "retro.action_changed", func(tx *store.Tx, at *seat) (news, error) {
		if err := at.in(Discuss, Commit, Close); err != nil {
			return nil, err
		}
		if n.GroupID != "" {
			if _, err := groupIn(tx.Query, at.RID, n.GroupID); err != nil {
				return nil, fault.Invalid("body.groupId", "There is no such group in this retro").Because(err)
			}
		}
		there, err := count(tx.Query, "SELECT COUNT(*) FROM retro_actions WHERE retro_rid = ? AND state <> 'removed'", at.RID)
		if err != nil {
			return nil, err
		}
		why := ""
		switch {
		case there >= mostActions:
			return nil, fault.Conflict("too_many_actions", "A retro ends with at most %d actions.", mostActions)
		case there >= maxActions:
			if why = strings.TrimSpace(n.Reason); why == "" {
				return nil, fault.Conflict("too_many_actions", "%d actions are enough to get done. Say why this one is needed too.", maxActions).With("needs", []string{"reason"})
			}
		}
		made, err := s.newCard(tx, at, card.NewCard{Title: n.Title, Description: at.story(n.Signal), OwnerIDs: []string{n.OwnerID}, DueOn: n.DueOn,
			ColumnID: n.ColumnID, Reason: n.Reason, Answers: n.Answers})
		if err != nil {
			return nil, err
		}
		return s.commit(tx, at, made, n.Signal, n.GroupID, why)
	})
}

// commit writes the action beside its card.
func (s *Service) commit(tx *store.Tx, at *seat, made card.Changed, signal, groupID, why string) (news, error) {
	actionID := store.NewID("rac")
	_, err := tx.Exec(`INSERT INTO retro_actions (id, retro_rid, board_rid, card_rid, group_id, signal, reason, created_at)
		SELECT ?, ?, ?, c.rid, ?, ?, ?, ? FROM cards c WHERE c.id = ?`, actionID, at.RID, at.BoardRID, groupID, signal, why, store.Ms(tx.Now), made.Card.ID)
	return news{"actionId": actionID, "cardId": made.Card.ID}, err
}

// newCard puts a card on the retro's board through the one admission.
func (s *Service) newCard(tx *store.Tx, at *seat, n card.NewCard) (card.Changed, error) {
	if err := tx.Widen(event.BoardTopic(at.BoardID)); err != nil {
		return card.Changed{}, err
	}
	seen, err := s.boards.SeeTx(tx, at.v, at.BoardID)
	if err != nil {
		return card.Changed{}, err
	}
	if err := seen.Open(); err != nil {
		return card.Changed{}, err
	}
	n.Type = "improvement"
	if n.ColumnID == "" {
		if to := seen.PullQueue(); to != nil {
			n.ColumnID = to.ID
		} else if len(seen.Columns) > 0 {
			n.ColumnID = seen.Columns[0].ID
		}
	}
	return s.cards.CreateIn(tx, seen, at.v, n)
}

// ActionPatch changes an action of this retro, and its card with it.
type ActionPatch struct {
	Title   *string `json:"title,omitempty" required:"false" maxLength:"300"`
	OwnerID *string `json:"ownerId,omitempty" required:"false" maxLength:"64"`
	DueOn   *string `json:"dueOn,omitempty" required:"false" maxLength:"10"`
	Signal  *string `json:"signal,omitempty" required:"false" maxLength:"500"`
}

// ChangeAction changes an action.
func (s *Service) ChangeAction(ctx context.Context, actionID string, p ActionPatch) (View, error) {
	var patch card.Patch
	if p.Title != nil {
		title, err := oneLine("body.title", "The action", *p.Title, 300)
		if err != nil {
			return View{}, err
		}
		patch.Title = &title
	}
	if p.DueOn != nil {
		if _, err := time.Parse(time.DateOnly, *p.DueOn); err != nil {
			return View{}, fault.Invalid("body.dueOn", "Write the day like 2026-11-30")
		}
		patch.DueOn = web.Some(*p.DueOn)
	}
	if p.OwnerID != nil {
		if *p.OwnerID == "" {
			return View{}, fault.Invalid("body.ownerId", "An action has an owner")
		}
		patch.OwnerIDs = &[]string{*p.OwnerID}
	}
	return s.onAction(ctx, actionID, func(tx *store.Tx, at *seat, a action, in *card.Inside) error {
		if p.Signal != nil {
			signal, err := words("body.signal", "How you will know", *p.Signal, 500)
			if err != nil {
				return err
			}
			if _, err := tx.Exec("UPDATE retro_actions SET signal = ? WHERE rid = ?", signal, a.rid); err != nil {
				return err
			}
			if in.Card().Description == at.story(a.signal) { // unless somebody has written more
				text := at.story(signal)
				patch.Description = &text
			}
		}
		_, err := in.Change(patch)
		return err
	})
}

// RemoveAction takes an action back: its card is archived. The row stays, so that the same request sent again finds it.
func (s *Service) RemoveAction(ctx context.Context, actionID string) (View, error) {
	return s.onAction(ctx, actionID, func(tx *store.Tx, _ *seat, a action, in *card.Inside) error {
		if _, err := in.Archive(); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE retro_actions SET state = 'removed' WHERE rid = ?", a.rid)
		return err
	})
}

func (s *Service) onAction(ctx context.Context, actionID string, fn func(tx *store.Tx, at *seat, a action, in *card.Inside) error) (View, error) {
	id, err := s.retroOf(ctx, "action", "SELECT r.id FROM retro_actions a JOIN retros r ON r.rid = a.retro_rid WHERE a.id = ?", actionID)
	if err != nil {
		return View{}, err
	}
	v, err := s.on(ctx, id, working, "retro.action_changed", func(tx *store.Tx, at *seat) (news, error) {
		found, err := actionsWhere(tx.Query, "a.retro_rid = ? AND a.id = ?", at.RID, actionID)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.NotFound("action")
		}
		in, err := s.cards.In(tx, at.v, found[0].cardID)
		if err != nil {
			return nil, err
		}
		return news{"actionId": actionID, "cardId": found[0].cardID}, fn(tx, at, found[0], in)
	})
	return ofPart("action", v, err)
}
