package card

import (
	"encoding/json"
	"math"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

// Why a mirror stands where nobody of its board put it; said where a limit asks.
const (
	finishedThere = "Finished on its own board"
	reopenedThere = "Re-opened on its own board"
)

// followed is a mirror that went along, for the card's history: only of a board of which everybody may know.
type followed struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	ColumnName string `json:"columnName"`
}

// follow takes the mirrors of a card along that was finished on its own board, or re-opened: to the first done column
// there, and from it back to where they stood, unless somebody has moved them since. They pass the one admission; a
// mirror that is refused, or whose board has no done column, stays where it is and shows how the card stands. The
// card's clock is the new one already.
func (e *edit) follow(wasFinished bool) ([]followed, error) {
	finished := e.card.Clock.Finished != nil
	if finished == wasFinished || !e.card.Face.Mirrored {
		return nil, nil
	}
	all, err := e.mirrors()
	if err != nil {
		return nil, err
	}
	var out []followed
	for _, m := range all {
		if m.archived {
			continue
		}
		on, err := e.s.boards.LayoutTx(e.tx, m.boardID)
		if err != nil {
			return nil, err
		}
		if on == nil || on.ArchivedAt != nil {
			continue
		}
		went, err := e.followOn(on, m, finished)
		if err != nil {
			return nil, err
		}
		if went != nil && on.Visibility == board.Workspace {
			out = append(out, followed{on.ID, on.Name, went.Name})
		}
	}
	return out, nil
}

// followOn takes one mirror along and gives the column to which it went, nil when it stays.
func (e *edit) followOn(on *board.Layout, was stand, finished bool) (*board.Column, error) {
	follows, reason := "finished", finishedThere
	now, keep := aside(on, was), false
	if !finished {
		var err error
		follows, reason = "reopened", reopenedThere
		if now, keep, err = e.backFrom(on, was); err != nil {
			return nil, err
		}
	}
	if now.columnRID == was.columnRID {
		return nil, nil
	}
	a, err := admitMirror(e.tx, on, e.card, &was, now, reason, nil)
	if _, refused := fault.As(err); refused {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !keep {
		var respread []PosOf
		if now.pos, respread, err = keyFor(e.tx, now.columnRID, e.card.RID, Beside{}); err != nil {
			return nil, err
		}
		if err := respreadOn(e.tx, on.ID, respread); err != nil {
			return nil, err
		}
	}
	if err := saveStand(e.tx, e.card, was, now, on.MirrorsCount); err != nil {
		return nil, err
	}
	data := map[string]any{"card": movedOf(now.face(FaceOf(e.card, e.l), e.l)), "mirror": true, "follows": follows,
		"from": from{ColumnID: was.columnID, LaneID: was.laneID, Pos: was.pos, Class: e.card.Class}}
	overridden(data, a)
	_, err = e.tx.PublishAbout(event.BoardTopic(on.ID), "card.moved", e.card.ID, data)
	return on.ColumnByRID(now.columnRID), err
}

// aside is where a mirror goes when its card is finished: the first done column, unless it stands in one.
func aside(on *board.Layout, m stand) stand {
	if here := on.ColumnByRID(m.columnRID); here != nil && here.Kind == board.Done {
		return m
	}
	for _, c := range on.Columns {
		if c.Kind == board.Done {
			m.columnRID, m.columnID = c.RID, c.ID
			break
		}
	}
	return m
}

// backFrom is where a mirror stood before it went aside; where it stands, when somebody has moved it since. keep: its
// old place between its neighbours still means something.
func (e *edit) backFrom(on *board.Layout, m stand) (now stand, keep bool, err error) {
	log, err := store.EventsAbout(e.tx.Query, event.BoardTopic(on.ID), e.card.ID, math.MaxInt64, farBack)
	if err != nil {
		return m, true, err
	}
	for _, x := range log { // newest first
		var did struct {
			Card    struct{ ColumnID string }
			From    from
			Follows string
		}
		if x.Type != "card.moved" || json.Unmarshal(x.Data, &did) != nil || did.Card.ColumnID == did.From.ColumnID {
			continue // put in order within its column
		}
		if did.Follows != "finished" || did.Card.ColumnID != m.columnID {
			return m, true, nil
		}
		spread, err := spreadSince(e.tx, on.ID, x.Seq)
		if err != nil {
			return m, true, err
		}
		m.laneRID, m.laneID = nil, ""
		if lane := on.Lane(did.From.LaneID); lane != nil {
			m.laneRID, m.laneID = &lane.RID, lane.ID
		}
		if to := on.Column(did.From.ColumnID); to != nil {
			m.columnRID, m.columnID, m.pos = to.RID, to.ID, did.From.Pos
			return m, !spread, nil
		}
		for _, c := range on.Columns { // the column is gone
			if c.Kind != board.Done && !c.Asks {
				m.columnRID, m.columnID = c.RID, c.ID
				return m, false, nil
			}
		}
		return m, true, nil
	}
	return m, true, nil
}

// followAll is follow for the cards whose clocks a change of their board's points has turned: by id, whether they were
// finished before.
func (s *Service) followAll(tx *store.Tx, l *board.Layout, turned map[string]bool) error {
	if len(turned) == 0 {
		return nil
	}
	var ids []string
	err := tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		if _, ok := turned[id]; ok {
			ids = append(ids, id)
		}
		return err
	}, `SELECT c.id FROM cards c WHERE c.board_rid = ? AND c.archived_at IS NULL
		AND EXISTS (SELECT 1 FROM places p WHERE p.card_rid = c.rid AND p.mirror = TRUE) ORDER BY c.rid`, l.RID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := loadCard(tx.Query, id)
		if err != nil {
			return err
		}
		c.BoardID = l.ID
		if _, err := (&edit{tx: tx, l: l, card: c, s: s}).follow(turned[id]); err != nil {
			return err
		}
	}
	return nil
}
