package card

import (
	"context"
	"encoding/json"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// mirrorAtColumn says which board, other than its own, has both this column and a mirror of the card; "" = none.
func (s *Service) mirrorAtColumn(ctx context.Context, at located, columnID string) (boardID string, err error) {
	_, err = s.store.Rows(ctx).Row([]any{&boardID}, `SELECT b.id FROM columns k JOIN boards b ON b.rid = k.board_rid
		JOIN places p ON p.board_rid = b.rid JOIN cards c ON c.rid = p.card_rid WHERE k.id = ? AND c.id = ? AND p.mirror = TRUE`, columnID, at.cardID)
	return boardID, err
}

// onMirror is the corridor of every change of a mirror's place: only its board is locked, because nothing of the
// card itself changes, and whatever does change the card holds this board too.
func (s *Service) onMirror(ctx context.Context, cardID, boardID string, fn func(tx *store.Tx, on board.Seen, c *Card, m stand) (stand, map[string]any, error)) (MoveAnswer, error) {
	v := who.From(ctx)
	topic := event.BoardTopic(boardID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (MoveAnswer, error) {
		on, err := s.boards.SeeTx(tx, v, boardID)
		if err != nil {
			return MoveAnswer{}, asCard(err)
		}
		if !on.Rights.CanWork() {
			return MoveAnswer{}, fault.Forbidden("Your role on this team may look, but not move cards on its board.")
		}
		if err := on.Open(); err != nil {
			return MoveAnswer{}, err
		}
		c, err := loadCard(tx.Query, cardID)
		if err != nil {
			return MoveAnswer{}, err
		}
		if c == nil {
			return MoveAnswer{}, fault.NotFound("card")
		}
		var m stand
		found := false
		err = tx.Each(func(scan func(...any) error) (err error) {
			m, err = scanStand(scan)
			found = true
			return err
		}, "SELECT "+standColumns+" AND p.board_rid = ? AND p.archived = FALSE", c.RID, on.RID)
		if err != nil {
			return MoveAnswer{}, err
		}
		if !found {
			return MoveAnswer{}, fault.NotFound("card")
		}
		own, err := s.ownerOf(tx, c)
		if err != nil {
			return MoveAnswer{}, err
		}
		before := from{ColumnID: m.columnID, LaneID: m.laneID, Pos: m.pos, Class: c.Class}
		now, data, err := fn(tx, on, c, m)
		if err != nil {
			return MoveAnswer{}, err
		}
		if err := saveStand(tx, c, m, now, on.MirrorsCount); err != nil {
			return MoveAnswer{}, err
		}
		f := now.face(FaceOf(c, own), own)
		data["card"], data["from"], data["mirror"] = movedOf(f), before, true
		seq, err := tx.PublishAbout(topic, "card.moved", c.ID, data)
		return MoveAnswer{Face: f, Seq: seq}, err
	})
}

// ownerOf is the layout of the board that a card belongs to.
func (s *Service) ownerOf(tx *store.Tx, c *Card) (*board.Layout, error) {
	if _, err := tx.Row([]any{&c.BoardID}, "SELECT id FROM boards WHERE rid = ?", c.BoardRID); err != nil {
		return nil, err
	}
	l, err := s.boards.LayoutTx(tx, c.BoardID)
	if err == nil && l == nil {
		err = fault.NotFound("card")
	}
	return l, err
}

// saveStand writes where a mirror stands now; a stay ends where its column or lane does.
func saveStand(tx *store.Tx, c *Card, was, now stand, counted bool) error {
	entered := ""
	args := []any{now.columnRID, now.laneRID, now.pos}
	if was.columnRID != now.columnRID {
		entered = ", entered_at = ?"
		args = append(args, store.Ms(tx.Now))
	}
	if _, err := tx.Exec("UPDATE places SET column_rid = ?, lane_rid = ?, pos = ?"+entered+" WHERE card_rid = ? AND board_rid = ?",
		append(args, c.RID, now.boardRID)...); err != nil {
		return err
	}
	if was.columnRID == now.columnRID && sameRID(was.laneRID, now.laneRID) {
		return nil
	}
	if err := closeStay(tx, c.RID, now.boardRID); err != nil {
		return err
	}
	return openStay(tx, c, now, counted)
}

// moveMirror moves a card on a board that does not own it: only there, and nothing of the card.
func (s *Service) moveMirror(ctx context.Context, cardID, boardID string, m Move) (MoveAnswer, error) {
	v := who.From(ctx)
	return s.onMirror(ctx, cardID, boardID, func(tx *store.Tx, on board.Seen, c *Card, was stand) (stand, map[string]any, error) {
		now := was
		if err := m.Beside.check(c.ID); err != nil {
			return now, nil, err
		}
		if m.Class != "" && m.Class != c.Class {
			return now, nil, fault.Invalid("body.class", "%s belongs to another board. Its class of service is changed on the card itself.", c.Key)
		}
		to := on.Column(m.ColumnID)
		if to == nil {
			return now, nil, fault.Invalid("body.columnId", "That column is not on this board")
		}
		now.columnRID, now.columnID = to.RID, to.ID
		if m.LaneID.Set {
			now.laneRID, now.laneID = nil, ""
			if !m.LaneID.Null && m.LaneID.Value != "" {
				lane := on.Lane(m.LaneID.Value)
				if lane == nil {
					return now, nil, fault.Invalid("body.laneId", "That lane is not on this board")
				}
				now.laneRID, now.laneID = &lane.RID, lane.ID
			}
		}
		a, err := admitMirror(tx, on.Layout, c, &was, now, m.Reason, &byHand{s, v, on, m.Answers})
		if err != nil {
			return now, nil, err
		}
		key, respread, err := keyFor(tx, to.RID, c.RID, m.Beside)
		if err != nil {
			return now, nil, err
		}
		now.pos = key
		data := map[string]any{}
		overridden(data, a)
		if err := respreadOn(tx, on.ID, respread); err != nil { // before what is kept by the number of its own event
			return now, nil, err
		}
		return now, data, s.keepMirrored(tx, c, on.Layout, now, a)
	})
}

// admitMirror asks the board whether a mirror may stand there; was is nil for one that comes. Where mirrors do not
// count no limit is in its way. It never asks why it goes back: a mirror's way is no flow. hand is nil for what nobody
// does by hand.
func admitMirror(tx *store.Tx, on *board.Layout, c *Card, was *stand, now stand, reason string, hand *byHand) (board.Admission, error) {
	col := on.ColumnByRID(now.columnRID)
	entry := board.Entry{Column: col, Reason: reason}
	if hand != nil {
		if err := hand.guard(tx, c, was, now, &entry); err != nil {
			return board.Admission{}, err
		}
	}
	if !on.MirrorsCount {
		return on.Admit(entry)
	}
	start, finish := on.Points()
	at := func(columnRID int64) int {
		if k := on.ColumnByRID(columnRID); k != nil {
			return k.Position
		}
		return -1
	}
	open := func(columnRID int64) bool { return at(columnRID) < finish }
	started := func(columnRID int64) bool { return at(columnRID) >= start && open(columnRID) }
	var err error
	entry.NewToColumn = was == nil || was.columnRID != now.columnRID
	if entry.NewToColumn && limited(col.Wip) {
		if entry.InColumn, err = countColumn(tx.Query, on, col.RID, c.RID, *col.Wip.Max+20); err != nil {
			return board.Admission{}, err
		}
	}
	if now.laneRID != nil {
		entry.Lane = on.LaneByRID(*now.laneRID)
		entry.NewToLane = started(now.columnRID) && (was == nil || !sameRID(was.laneRID, now.laneRID) || !started(was.columnRID))
		if entry.Lane != nil && entry.NewToLane && limited(entry.Lane.Wip) {
			if entry.InLane, err = countLane(tx.Query, on, *now.laneRID, c.RID); err != nil {
				return board.Admission{}, err
			}
		}
	}
	return on.Admit(entry)
}

// UndoMirror puts a mirror back where it stood before the move with this sequence of its board, if nothing has
// moved it since. It obeys a hard limit.
func (s *Service) UndoMirror(ctx context.Context, idOrKey, boardID string, seq int64) (MoveAnswer, error) {
	at, err := locate(s.store.Rows(ctx), idOrKey)
	if err != nil {
		return MoveAnswer{}, err
	}
	if at.cardID == "" {
		return MoveAnswer{}, fault.NotFound("card")
	}
	if at.boardID == boardID {
		return s.Undo(ctx, idOrKey, seq)
	}
	if _, err := s.boards.See(s.store.Rows(ctx), who.From(ctx), boardID); err != nil {
		return MoveAnswer{}, asCard(err)
	}
	return s.onMirror(ctx, at.cardID, boardID, func(tx *store.Tx, on board.Seen, c *Card, was stand) (stand, map[string]any, error) {
		now := was
		events, err := store.EventsIn(tx.Query, event.BoardTopic(on.ID), seq-1, 1)
		if err != nil {
			return now, nil, err
		}
		var did struct {
			Card struct {
				ID, ColumnID, Pos string
			}
			From   from
			UndoOf int64
		}
		if len(events) != 1 || events[0].Seq != seq || events[0].Type != "card.moved" || json.Unmarshal(events[0].Data, &did) != nil || did.Card.ID != c.ID {
			return now, nil, fault.Invalid("body.seq", "That is not a move of this card")
		}
		if did.UndoOf != 0 {
			return now, nil, fault.Conflict("already_undone", "That move was an undo itself.")
		}
		if did.Card.ColumnID != was.columnID || did.Card.Pos != was.pos {
			return now, nil, fault.Conflict("stale", "The card has been moved again since. It stays where it is.").With("fields", []string{"place"})
		}
		to := on.Column(did.From.ColumnID)
		if to == nil {
			return now, nil, fault.Conflict("column_gone", "The column it came from is no longer on the board.")
		}
		now.columnRID, now.columnID, now.laneRID, now.laneID, now.pos = to.RID, to.ID, nil, "", did.From.Pos
		if lane := on.Lane(did.From.LaneID); lane != nil {
			now.laneRID, now.laneID = &lane.RID, lane.ID
		}
		if _, err = admitMirror(tx, on.Layout, c, &was, now, "Undone", nil); err != nil {
			return now, nil, err
		}
		spread, err := spreadSince(tx, on.ID, seq)
		if err == nil && spread { // the old key says nothing any more, so the card goes to the end
			var respread []PosOf
			if now.pos, respread, err = keyFor(tx, to.RID, c.RID, Beside{}); err == nil {
				err = respreadOn(tx, on.ID, respread)
			}
		}
		return now, map[string]any{"undoOf": seq}, err
	})
}
