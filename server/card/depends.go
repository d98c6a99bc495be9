package card

import (
	"context"
	"fmt"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// A card can wait for another one, on the same board or another. The link keeps a blocker open on the one that
// waits for as long as the other is not finished: it closes when the other finishes, and a new one opens when the
// other is re-opened. It ends when it is taken away, or when somebody closes its blocker by hand.

// CardRef names a card on a face.
type CardRef struct {
	CardID string `json:"cardId"`
	Key    string `json:"key"`
}

// NewWait says what a card waits for.
type NewWait struct {
	Card     string `json:"card" minLength:"1" maxLength:"64" doc:"The id or key of the card that is waited for"`
	Category string `json:"category,omitempty" required:"false" maxLength:"40" doc:"A blocker category of the waiting card's board"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000"`
}

// Wait makes a card wait for another one and opens its blocker. cycle, already_waiting, finished and would_reveal
// refuse it.
func (s *Service) Wait(ctx context.Context, idOrKey string, n NewWait) (Blocked, error) {
	v := who.From(ctx)
	q := s.store.Rows(ctx)
	at, err := locate(q, idOrKey)
	if err != nil {
		return Blocked{}, err
	}
	if at.cardID == "" {
		return Blocked{}, fault.NotFound("card")
	}
	if _, _, err := s.see(q, v, idOrKey); err != nil {
		return Blocked{}, err
	}
	unknown := fault.Invalid("body.card", "There is no such card, or you may not see it")
	other, err := locate(q, n.Card)
	if err != nil {
		return Blocked{}, err
	}
	if other.cardID == "" {
		return Blocked{}, unknown
	}
	if _, _, err := s.see(q, v, other.cardID); fault.Is(err, "not_found") {
		return Blocked{}, unknown
	} else if err != nil {
		return Blocked{}, err
	}
	return onBoth(ctx, s, at, other.boardID, func(e *edit) (Blocked, error) {
		if err := e.live(); err != nil {
			return Blocked{}, err
		}
		seen, err := s.boards.SeeTx(e.tx, v, other.boardID)
		if fault.Is(err, "not_found") {
			return Blocked{}, unknown
		}
		if err != nil {
			return Blocked{}, err
		}
		on, err := loadCard(e.tx.Query, other.cardID)
		if err != nil {
			return Blocked{}, err
		}
		if on == nil || on.BoardRID != seen.RID {
			return Blocked{}, unknown
		}
		return e.wait(on, seen.Layout, n)
	})
}

// onBoth is onLocated for a write that ties the card to one of another board.
func onBoth[T any](ctx context.Context, s *Service, at located, otherBoard string, fn func(e *edit) (T, error)) (T, error) {
	return onLocated(ctx, s, at, toWork, func(e *edit) (T, error) {
		if err := e.tx.Widen(event.BoardTopic(otherBoard), event.Org); err != nil {
			var zero T
			return zero, err
		}
		return fn(e)
	})
}

// wait ties the edited card to the other one; both boards' topics and org's are held.
func (e *edit) wait(on *Card, l *board.Layout, n NewWait) (Blocked, error) {
	c, q := e.card, e.tx.Query
	switch {
	case on.RID == c.RID:
		return Blocked{}, fault.Invalid("body.card", "A card cannot wait for itself")
	case on.ArchivedAt != nil:
		return Blocked{}, fault.Conflict("archived", "%s is archived.", on.Key)
	case on.Clock.Finished != nil:
		return Blocked{}, fault.Conflict("finished", "%s is finished: there is nothing to wait for.", on.Key)
	case reveals(l, e.l):
		return Blocked{}, fault.Conflict("would_reveal", "%s is on a board that only its team sees. On %s others would see its key.", on.Key, e.l.Name)
	}
	if err := e.roomForBlocker(); err != nil {
		return Blocked{}, err
	}
	var one int
	if found, err := q.Row([]any{&one}, "SELECT 1 FROM waits WHERE card_rid = ? AND on_rid = ? AND to_at IS NULL", c.RID, on.RID); err != nil || found {
		if err == nil {
			err = fault.Conflict("already_waiting", "%s waits for %s already.", c.Key, on.Key)
		}
		return Blocked{}, err
	}
	circle, err := q.Row([]any{&one}, `WITH RECURSIVE beyond (rid) AS (SELECT on_rid FROM waits WHERE card_rid = ? AND to_at IS NULL
		UNION SELECT w.on_rid FROM waits w JOIN beyond d ON w.card_rid = d.rid WHERE w.to_at IS NULL) SELECT 1 FROM beyond WHERE rid = ?`, on.RID, c.RID)
	if err != nil {
		return Blocked{}, err
	}
	if circle {
		return Blocked{}, fault.Conflict("cycle", "%s waits for %s already, directly or through others. Both would wait for ever.", on.Key, c.Key)
	}
	outside := l.TeamID != e.l.TeamID
	category, err := e.waitCategory(n.Category, outside)
	if err != nil {
		return Blocked{}, err
	}
	reason := n.Reason
	if reason == "" {
		reason = waitsFor(on.Key)
	}
	if reason, err = cleanText("body.reason", "A reason", reason, maxReason); err != nil {
		return Blocked{}, err
	}
	b, rid, err := e.openBlocker(category.Key, category.External || outside, reason, "")
	if err != nil {
		return Blocked{}, err
	}
	b.BlockedBy = &CardRef{on.ID, on.Key}
	if _, err := e.tx.Exec("INSERT INTO waits (card_rid, on_rid, blocker_rid, actor_id, from_at) VALUES (?,?,?,?,?)",
		c.RID, on.RID, rid, e.tx.ActorID, store.Ms(e.tx.Now)); err != nil {
		return Blocked{}, err
	}
	out, err := e.saved("card.blocked", map[string]any{"blocker": b}, "blockers")
	return Blocked{b, out}, err
}

func waitsFor(key string) string { return "Waits for " + key }

// waitCategory is the named category, or the one that fits.
func (e *edit) waitCategory(key string, outside bool) (board.Category, error) {
	if key != "" {
		c, ok := e.l.Category(key)
		if !ok {
			return c, fault.Invalid("body.category", "This board has no blocker category %q", key)
		}
		return c, nil
	}
	fits := []string{"coupling", "other"}
	if outside {
		fits = []string{"other_team", "other"}
	}
	for _, key := range fits {
		if c, ok := e.l.Category(key); ok {
			return c, nil
		}
	}
	return e.l.Categories[0], nil
}

// roomForBlocker refuses what somebody adds; a blocker that opens again by itself is never refused.
func (e *edit) roomForBlocker() error {
	if len(e.card.Face.Blockers) >= 20 {
		return fault.Conflict("too_many_blockers", "Twenty blockers are open on this card already.")
	}
	return nil
}

// openBlocker begins a blocker's interval of the flow record.
func (e *edit) openBlocker(category string, external bool, reason, waitingFor string) (BlockerFace, int64, error) {
	b := BlockerFace{ID: store.NewID("blk"), Category: category, Reason: reason, WaitingFor: waitingFor, OpenedAt: e.tx.Now}
	rid, err := e.tx.Insert(`INSERT INTO blockers (id, card_rid, board_rid, category, external, reason, waiting_for, opened_by, opened_at)
		VALUES (?,?,?,?,?,?,?,?,?)`, b.ID, e.card.RID, e.l.RID, b.Category, external, b.Reason, b.WaitingFor, e.tx.ActorID, store.Ms(e.tx.Now))
	return b, rid, err
}

// Unwait takes the link to another card away and closes its blocker.
func (s *Service) Unwait(ctx context.Context, idOrKey, otherIDOrKey string) (Changed, error) {
	q := s.store.Rows(ctx)
	other, err := locate(q, otherIDOrKey)
	if err != nil {
		return Changed{}, err
	}
	out, err := onCard(ctx, s, idOrKey, toWork, func(e *edit) (Changed, error) {
		var rid, blocker int64
		var blockerID string
		found, err := e.tx.Row([]any{&rid, &blocker, &blockerID}, `SELECT w.rid, k.rid, k.id FROM waits w JOIN cards o ON o.rid = w.on_rid
			JOIN blockers k ON k.rid = w.blocker_rid WHERE w.card_rid = ? AND o.id = ? AND w.to_at IS NULL`, e.card.RID, other.cardID)
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return Changed{}, fault.NotFound("link")
		}
		if _, err := e.tx.Exec("UPDATE waits SET to_at = ? WHERE rid = ?", store.Ms(e.tx.Now), rid); err != nil {
			return Changed{}, err
		}
		if _, err := e.tx.Exec("UPDATE blockers SET closed_at = ?, closed_by = ? WHERE rid = ? AND closed_at IS NULL", store.Ms(e.tx.Now), e.tx.ActorID, blocker); err != nil {
			return Changed{}, err
		}
		if e.card.ArchivedAt != nil { // its face would go back onto the board with the news
			return e.unchanged(), refreshed(e)
		}
		return e.saved("card.unblocked", map[string]any{"blockerId": blockerID}, "blockers")
	})
	if fault.Is(err, "not_found") {
		return out, fault.NotFound("link")
	}
	return out, err
}

// refreshed rewrites the face of a card that no board shows.
func refreshed(e *edit) error {
	if err := refresh(e.tx, e.card); err != nil {
		return err
	}
	return saveCard(e.tx, e.card)
}

// settleWaits brings the blockers of links in line with the clocks of the cards that are waited for. which is a
// condition on those (o), with one placeholder.
func (s *Service) settleWaits(tx *store.Tx, which string, arg any) error {
	type due struct {
		rid, blockerRID                 int64
		cardID, boardID, blockerID, key string
		category, reason                string
		external, finished              bool
	}
	var all []due
	var topics []string
	err := tx.Each(func(scan func(...any) error) error {
		var d due
		err := scan(&d.rid, &d.blockerRID, &d.cardID, &d.boardID, &d.blockerID, &d.key, &d.category, &d.reason, &d.external, &d.finished)
		all = append(all, d)
		topics = append(topics, event.BoardTopic(d.boardID))
		return err
	}, `SELECT w.rid, k.rid, a.id, b.id, k.id, o.key, k.category, k.reason, k.external, o.finished_at IS NOT NULL
		FROM waits w JOIN cards a ON a.rid = w.card_rid JOIN boards b ON b.rid = a.board_rid JOIN cards o ON o.rid = w.on_rid JOIN blockers k ON k.rid = w.blocker_rid
		WHERE w.to_at IS NULL AND a.archived_at IS NULL AND `+which+` AND ((o.finished_at IS NOT NULL AND k.closed_at IS NULL)
			OR (o.finished_at IS NULL AND o.archived_at IS NULL AND k.closed_at IS NOT NULL AND a.finished_at IS NULL)) ORDER BY w.rid`, arg)
	if err != nil || len(all) == 0 {
		return err
	}
	if err := tx.Widen(topics...); err != nil {
		return err
	}
	for _, d := range all {
		l, err := s.boards.LayoutTx(tx, d.boardID)
		if err != nil {
			return err
		}
		c, err := loadCard(tx.Query, d.cardID)
		if err != nil {
			return err
		}
		c.BoardID = d.boardID
		e, was := &edit{tx: tx, l: l, card: c, s: s}, partOf(c)
		if d.finished {
			if _, err := tx.Exec("UPDATE blockers SET closed_at = ?, closed_by = ? WHERE rid = ?", store.Ms(tx.Now), tx.ActorID, d.blockerRID); err != nil {
				return err
			}
			if _, err := e.saved("card.unblocked", map[string]any{"blockerId": d.blockerID, "finished": d.key}, "blockers"); err != nil {
				return err
			}
			if err := s.tellParents(tx, was, partOf(c)); err != nil {
				return err
			}
			continue
		}
		b, rid, err := e.openBlocker(d.category, d.external, d.reason, "")
		if err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE waits SET blocker_rid = ? WHERE rid = ?", rid, d.rid); err != nil {
			return err
		}
		if _, err := e.saved("card.blocked", map[string]any{"blocker": b, "reopened": d.key}, "blockers"); err != nil {
			return err
		}
		if err := s.tellParents(tx, was, partOf(c)); err != nil {
			return err
		}
	}
	return nil
}

// settled is settleWaits for the edited card, after its clock changed or it came back from the archive.
func (e *edit) settled() error { return e.s.settleWaits(e.tx, "o.rid = ?", e.card.RID) }

// coverWaits ends the links by which people would see the key of a card that they may not see any more. The
// blocker stays, because the card still waits.
func (s *Service) coverWaits(tx *store.Tx, changed *board.Layout) error {
	type bare struct {
		rid, blockerRID      int64
		cardID, boardID, key string
	}
	var all []bare
	var topics []string
	err := tx.Each(func(scan func(...any) error) error {
		var b bare
		err := scan(&b.rid, &b.blockerRID, &b.cardID, &b.boardID, &b.key)
		all = append(all, b)
		topics = append(topics, event.BoardTopic(b.boardID))
		return err
	}, `SELECT w.rid, w.blocker_rid, c.id, m.id, x.key FROM waits w JOIN cards c ON c.rid = w.card_rid JOIN boards m ON m.rid = c.board_rid
		JOIN cards x ON x.rid = w.on_rid JOIN boards o ON o.rid = x.board_rid WHERE w.to_at IS NULL AND o.visibility = 'team'
		AND (m.visibility <> 'team' OR m.team_id <> o.team_id) AND (o.rid = ? OR m.rid = ?) ORDER BY w.rid`, changed.RID, changed.RID)
	if err != nil || len(all) == 0 {
		return err
	}
	if err := tx.Widen(topics...); err != nil {
		return err
	}
	for _, b := range all {
		if _, err := tx.Exec("UPDATE waits SET to_at = ? WHERE rid = ?", store.Ms(tx.Now), b.rid); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE blockers SET reason = ? WHERE rid = ? AND reason = ?", "Waits for a card that is hidden now", b.blockerRID, waitsFor(b.key)); err != nil {
			return err
		}
		l := changed
		if b.boardID != changed.ID {
			if l, err = s.boards.LayoutTx(tx, b.boardID); err != nil {
				return err
			}
		}
		c, err := loadCard(tx.Query, b.cardID)
		if err != nil {
			return err
		}
		c.BoardID = b.boardID
		e := &edit{tx: tx, l: l, card: c, s: s}
		if c.ArchivedAt != nil {
			err = refreshed(e)
		} else {
			_, err = e.saved("card.updated", map[string]any{"fields": []string{"blockers"}}, "blockers")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// WaitView is a card at the other end of a link.
type WaitView struct {
	CardRef
	Title      string    `json:"title,omitempty" doc:"Absent where you may not see it"`
	BoardID    string    `json:"boardId,omitempty"`
	BoardName  string    `json:"boardName,omitempty"`
	ColumnName string    `json:"columnName,omitempty"`
	Finished   bool      `json:"finished"`
	Archived   bool      `json:"archived"`
	Since      time.Time `json:"since"`
}

// waitsSeen are the cards that this one waits for, and those that wait for it and that the viewer may see.
func (s *Service) waitsSeen(q *store.Query, v who.Viewer, c *Card) (waits, blocks []WaitView, err error) {
	waits, blocks = []WaitView{}, []WaitView{}
	ends := map[string]*[]WaitView{
		"w.card_rid = ? AND o.rid = w.on_rid": &waits,
		"w.on_rid = ? AND o.rid = w.card_rid": &blocks,
	}
	for _, which := range []string{"w.card_rid = ? AND o.rid = w.on_rid", "w.on_rid = ? AND o.rid = w.card_rid"} {
		into := ends[which]
		err := q.Each(func(scan func(...any) error) error {
			var x WaitView
			var since int64
			err := scan(&x.CardID, &x.Key, &x.Title, &x.BoardID, &x.BoardName, &x.ColumnName, &x.Finished, &x.Archived, &since)
			x.Since = store.At(since)
			*into = append(*into, x)
			return err
		}, `SELECT o.id, o.key, o.title, b.id, b.name, k.name, o.finished_at IS NOT NULL, o.archived_at IS NOT NULL, w.from_at
			FROM waits w, cards o JOIN boards b ON b.rid = o.board_rid JOIN places p ON p.card_rid = o.rid AND p.board_rid = o.board_rid
			JOIN columns k ON k.rid = p.column_rid WHERE w.to_at IS NULL AND `+which+" ORDER BY w.rid", c.RID)
		if err != nil {
			return nil, nil, err
		}
	}
	hidden := func(x WaitView) (bool, error) {
		_, err := s.boards.See(q, v, x.BoardID)
		if fault.Is(err, "not_found") {
			return true, nil
		}
		return false, err
	}
	for i, x := range waits {
		shut, err := hidden(x)
		if err != nil {
			return nil, nil, err
		}
		if shut {
			waits[i] = WaitView{CardRef: x.CardRef, Finished: x.Finished, Since: x.Since}
		}
	}
	blocks = slices.DeleteFunc(blocks, func(x WaitView) bool {
		shut, failed := hidden(x)
		if failed != nil {
			err = failed
		}
		return shut
	})
	if err != nil {
		return nil, nil, fmt.Errorf("who waits for %s: %w", c.ID, err)
	}
	return waits, blocks, nil
}
