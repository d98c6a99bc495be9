package card

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Lists is what this room asks the room of liaison checklists, which comes after it.
type Lists interface {
	// Stands says how a card's own checklist stands against what a column asks, on that day.
	Stands(q *store.Query, cardRID int64, asks *board.ListPolicy, zone string, now time.Time) (board.Listed, error)
	// Lapsed are those of some cards whose checklists hold an answer that is not good any more, by id.
	Lapsed(q *store.Query, cardIDs []string, now time.Time) (map[string]bool, error)
	// CanListen says whether somebody may see a checklist: nil, or not_found.
	CanListen(ctx context.Context, v who.Viewer, id string) error
	// Waived tells whoever has the card's checklist before them that a card came in without it.
	Waived(tx *store.Tx, listID string) error
}

// UseLists introduces the room of liaison checklists.
func (s *Service) UseLists(l Lists) { s.lists = l }

// listOf is how a card's checklist is read when a column asks for one, nil when it does not.
func (s *Service) listOf(tx *store.Tx, on *board.Layout, to *board.Column, cardRID int64) func() (board.Listed, error) {
	if to.Checklist == nil {
		return nil
	}
	return func() (is board.Listed, err error) {
		is = board.Listed{None: true, Items: []board.ListedItem{}}
		if cardRID != 0 && s.lists != nil {
			is, err = s.lists.Stands(tx.Query, cardRID, to.Checklist, on.TimeZone, tx.Now)
		}
		return is, err
	}
}

// keepSaid keeps what was said to the checks and the checklist of the column that a card entered.
func keepSaid(tx *store.Tx, cardRID, boardRID, columnRID int64, a board.Admission, seq int64) error {
	keep := func(id, text string, waived bool) error {
		reason := ""
		if waived {
			reason = a.Waiver
		}
		_, err := tx.Exec(`INSERT INTO card_checks (card_rid, board_rid, column_rid, check_id, text, waived, reason, actor_id, seq, at)
			VALUES (?,?,?,?,?,?,?,?,?,?)`, cardRID, boardRID, columnRID, id, text, waived, reason, tx.ActorID, seq, store.Ms(tx.Now))
		return err
	}
	for _, k := range a.Met {
		if err := keep(k.ID, k.Text, false); err != nil {
			return err
		}
	}
	for _, k := range a.Waived {
		if err := keep(k.ID, k.Text, true); err != nil {
			return err
		}
	}
	if a.List == nil {
		return nil
	}
	return keep(board.ListCheck, a.List.Says(), a.ListWaived)
}

// tellList says to a card's checklist that it was waived, once that is kept.
func (s *Service) tellList(tx *store.Tx, a board.Admission) error {
	if a.List == nil || !a.ListWaived || a.List.ID == "" || s.lists == nil {
		return nil
	}
	return s.lists.Waived(tx, a.List.ID)
}

// byHand is a mirror that somebody puts or moves: the column's checklist is asked. Its checks are not, for a mirror's
// way is no flow.
type byHand struct {
	s       *Service
	v       who.Viewer
	on      board.Seen
	answers board.Answers
}

func (h *byHand) guard(tx *store.Tx, c *Card, was *stand, now stand, entry *board.Entry) error {
	to := h.on.ColumnByRID(now.columnRID)
	if to.Checklist == nil {
		return nil
	}
	if was != nil {
		from := h.on.ColumnByRID(was.columnRID)
		if was.columnRID == now.columnRID || (from != nil && to.Position < from.Position) {
			return nil
		}
	}
	var boardID string
	if _, err := tx.Row([]any{&boardID}, "SELECT id FROM boards WHERE rid = ?", c.BoardRID); err != nil {
		return err
	}
	_, err := h.s.boards.SeeTx(tx, h.v, boardID)
	if err != nil && !fault.Is(err, "not_found") {
		return err
	}
	entry.List = h.s.listOf(tx, h.on.Layout, to, c.RID)
	entry.ListHidden, entry.Answers, entry.MayWaive = err != nil, h.answers, h.on.Rights.CanWaive()
	return nil
}

// keepMirrored keeps what was said to the checklist of the column that a mirror entered.
func (s *Service) keepMirrored(tx *store.Tx, c *Card, on *board.Layout, at stand, a board.Admission) error {
	// the event that tells of the mirror is the next of its board
	if err := keepSaid(tx, c.RID, at.boardRID, at.columnRID, a, tx.Seq(event.BoardTopic(on.ID))+1); err != nil {
		return err
	}
	return s.tellList(tx, a)
}
