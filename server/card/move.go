package card

import (
	"context"
	"encoding/json"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Return says why a card goes back to an earlier column.
type Return struct {
	Category string `json:"category" enum:"incomplete,defect,wrong_need,changed_mind,other"`
	Text     string `json:"text,omitempty" required:"false" maxLength:"2000"`
}

// Move is where a card shall go.
type Move struct {
	ColumnID string          `json:"columnId" maxLength:"64"`
	LaneID   web.Opt[string] `json:"laneId,omitzero" required:"false" doc:"absent keeps the lane, null leaves it"`
	Beside
	Version *int64  `json:"version,omitempty" required:"false" doc:"Refused as stale if the card was placed elsewhere after this version"`
	Reason  string  `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	Return  *Return `json:"returnReason,omitempty" required:"false"`
	Class   string  `json:"class,omitempty" required:"false" enum:"expedite,fixed_date,standard,intangible" doc:"Sets the class of service in the same step, for drops into and out of the Expedite strip"`
	Why     string  `json:"why,omitempty" required:"false" maxLength:"500" doc:"Why the first places of the queue change, when they do"`
	Set     *Says   `json:"set,omitempty" required:"false" doc:"What else changes in the same step, all or nothing"`
	board.Answers
}

// from is where a card stood before a move, kept in the event so that the move can be undone.
type from struct {
	ColumnID  string `json:"columnId"`
	LaneID    string `json:"laneId,omitempty"`
	Pos       string `json:"pos"`
	EnteredAt int64  `json:"enteredAtMs"`
	Class     string `json:"class"`
}

// Move puts a card into a column, admitted by the board's limits. Whichever door a move comes through, it
// ends here. The column says on which board: in one of another board where the card is mirrored, only the mirror
// moves. wip_limit, reason_required and stale refuse it.
func (s *Service) Move(ctx context.Context, idOrKey string, m Move) (MoveAnswer, error) {
	at, err := locate(s.store.Rows(ctx), idOrKey)
	if err != nil {
		return MoveAnswer{}, err
	}
	if at.cardID == "" {
		return MoveAnswer{}, fault.NotFound("card")
	}
	if at.mirrored {
		elsewhere, err := s.mirrorAtColumn(ctx, at, m.ColumnID)
		if err != nil {
			return MoveAnswer{}, err
		}
		if elsewhere != "" {
			if err := m.Set.onItsOwn(s.store.Rows(ctx), at.cardID); err != nil {
				return MoveAnswer{}, err
			}
			return s.moveMirror(ctx, at.cardID, elsewhere, m)
		}
	}
	if m.Set == nil {
		return onLocated(ctx, s, at, toWork, moving(m))
	}
	p, also := m.Set.patch(ctx, s, m.Version)
	return onLocatedAnd(ctx, s, at, toWork, also, saying(moving(m), p))
}

// moving is the move of one card under the lock.
func moving(m Move) func(e *edit) (MoveAnswer, error) {
	return func(e *edit) (MoveAnswer, error) {
		if err := e.live(); err != nil {
			return MoveAnswer{}, err
		}
		if err := m.Beside.check(e.card.ID); err != nil {
			return MoveAnswer{}, err
		}
		if stale := e.card.staleSince(m.Version, "place"); stale != nil {
			return MoveAnswer{}, staleFault("Somebody else moved this card in the meantime.", stale, FaceOf(e.card, e.l))
		}
		to := e.l.Column(m.ColumnID)
		if to == nil {
			return MoveAnswer{}, fault.Invalid("body.columnId", "That column is not on this board")
		}
		laneRID, err := e.lane(m.LaneID)
		if err != nil {
			return MoveAnswer{}, err
		}
		t := target{column: to, laneRID: laneRID, class: e.card.Class, reason: m.Reason, back: m.Return, why: m.Why, answers: m.Answers}
		if m.Class != "" {
			t.class = m.Class
		}
		admission, err := e.admit(t)
		if err != nil {
			return MoveAnswer{}, err
		}
		key, respread, err := keyFor(e.tx, to.RID, e.card.RID, m.Beside)
		if err != nil {
			return MoveAnswer{}, err
		}
		return e.move(t, key, respread, admission, nil)
	}
}

// staleFault is the refusal of a change made on an older version; it shows what the card says now.
func staleFault(sentence string, fields []string, now Face) error {
	return fault.Conflict("stale", "%s", sentence).With("fields", fields).With("current", now)
}

// lane resolves an optional lane id; absent keeps the card's lane.
func (e *edit) lane(id web.Opt[string]) (*int64, error) {
	if !id.Set {
		return e.card.Place.LaneRID, nil
	}
	if id.Null || id.Value == "" {
		return nil, nil
	}
	lane := e.l.Lane(id.Value)
	if lane == nil {
		return nil, fault.Invalid("body.laneId", "That lane is not on this board")
	}
	return &lane.RID, nil
}

// target is where and as what a card wants to stand.
type target struct {
	column  *board.Column
	laneRID *int64
	class   string
	reason  string
	back    *Return
	answers board.Answers
	why     string       // the first places of a queue change
	fresh   bool         // the card does not stand anywhere yet (created, restored)
	undo    bool         // asks no return reason
	clock   *board.Clock // what its clock will be, where that is not what entering the column makes of it
}

// admit takes the counts under the board's lock and asks the board.
func (e *edit) admit(t target) (board.Admission, error) {
	c := e.card
	// A card is new to a limit when the limit will count it and did not before: not only by coming from
	// elsewhere, but also where it stands, by a class that counts or by being started or re-opened.
	after := c.Clock
	switch {
	case t.clock != nil:
		after = *t.clock
	case c.Place.ColumnRID != t.column.RID:
		after = e.l.Enter(c.Clock, t.column.Position, 0)
	}
	open := func(k board.Clock) bool { return k.Finished == nil }
	started := func(k board.Clock) bool { return k.Started != nil && open(k) }
	entry := board.Entry{Column: t.column, Expedite: t.class == board.Expedite, Reason: t.reason}
	entry.NewToColumn = t.fresh || c.Place.ColumnRID != t.column.RID ||
		(!e.l.ExpediteCounts && c.Class == board.Expedite && !entry.Expedite)
	entry.NewExpedite = entry.Expedite && open(after) && (t.fresh || c.Class != board.Expedite || !open(c.Clock))
	if was := e.l.ColumnByRID(c.Place.ColumnRID); !t.fresh && was != nil {
		entry.Backward = t.column.Position < was.Position && !t.undo
	}
	// a card that comes back, that nobody moves by hand or that stood there already is not asked for the checks
	entry.Guarded = !t.undo && !entry.Backward && c.Place.ColumnRID != t.column.RID
	entry.Answers, entry.MayWaive = t.answers, e.seen.Rights.CanWaive()
	if t.back != nil {
		if err := oneOf("body.returnReason.category", "A return reason", t.back.Category, ReturnCategories); err != nil {
			return board.Admission{}, err
		}
		entry.ReturnCategory = t.back.Category
	}
	var err error
	if entry.NewToColumn && limited(t.column.Wip) {
		if entry.InColumn, err = countColumn(e.tx.Query, e.l, t.column.RID, c.RID, *t.column.Wip.Max+20); err != nil {
			return board.Admission{}, err
		}
	}
	if t.laneRID != nil {
		entry.Lane = e.l.LaneByRID(*t.laneRID)
		entry.NewToLane = started(after) && (t.fresh || !sameRID(c.Place.LaneRID, t.laneRID) || !started(c.Clock))
		if entry.Lane != nil && entry.NewToLane && limited(entry.Lane.Wip) {
			if entry.InLane, err = countLane(e.tx.Query, e.l, *t.laneRID, c.RID); err != nil {
				return board.Admission{}, err
			}
		}
	}
	if entry.NewExpedite {
		if entry.InExpedite, err = countExpedite(e.tx.Query, e.l, c.RID); err != nil {
			return board.Admission{}, err
		}
	}
	if entry.Guarded {
		entry.List = e.s.listOf(e.tx, e.l, t.column, c.RID)
	}
	return e.l.Admit(entry)
}

func limited(w board.Wip) bool { return w.Mode != board.Off && w.Max != nil }

// undone is what an undo hands to move: the event it takes back, and the place and clock to restore.
type undone struct {
	seq       int64
	enteredAt int64
	clock     board.Clock
}

// move writes an admitted move: place, clock, the flow record, the event.
func (e *edit) move(t target, key string, respread []PosOf, a board.Admission, u *undone) (MoveAnswer, error) {
	c, now := e.card, store.Ms(e.tx.Now)
	before := from{Pos: c.Place.Pos, EnteredAt: c.Place.EnteredAt, Class: c.Class}
	was := e.l.ColumnByRID(c.Place.ColumnRID)
	if was != nil {
		before.ColumnID = was.ID
	}
	wasLane := c.Place.LaneRID
	if wasLane != nil {
		if lane := e.l.LaneByRID(*wasLane); lane != nil {
			before.LaneID = lane.ID
		}
	}
	top, err := e.beforeTop(t.column, u != nil)
	if err != nil {
		return MoveAnswer{}, err
	}
	columnChanged := c.Place.ColumnRID != t.column.RID
	laneChanged := !sameRID(wasLane, t.laneRID)
	fromRID, finished := c.Place.ColumnRID, c.Clock.Finished != nil
	c.Place = Place{ColumnRID: t.column.RID, LaneRID: t.laneRID, Pos: key, EnteredAt: c.Place.EnteredAt}
	switch {
	case u != nil:
		c.Place.EnteredAt, c.Clock = u.enteredAt, u.clock
	case columnChanged:
		c.Place.EnteredAt = now
		c.Clock = e.l.Enter(c.Clock, t.column.Position, now)
	}
	fields := []string{"place"}
	if c.Class != t.class {
		c.Class = t.class
		fields = append(fields, "class")
	}
	c.touch(fields...)
	if err := savePlace(e.tx, c); err != nil {
		return MoveAnswer{}, err
	}
	if err := saveMove(e.tx, c); err != nil {
		return MoveAnswer{}, err
	}
	along, err := e.follow(finished)
	if err != nil {
		return MoveAnswer{}, err
	}
	f := FaceOf(c, e.l)
	data := map[string]any{"card": movedOf(f), "from": before}
	if along != nil {
		data["mirrors"] = along
	}
	overridden(data, a)
	if t.back != nil {
		data["returnReason"] = t.back
	}
	if u != nil {
		data["undoOf"] = u.seq
	}
	changed, err := top.after(e, t.why)
	if err != nil {
		return MoveAnswer{}, err
	}
	if changed != nil {
		data["top"] = changed
	}
	topic := event.BoardTopic(e.l.ID)
	if respread != nil {
		if _, err := e.tx.Publish(topic, "column.respread", map[string]any{"places": respread}); err != nil {
			return MoveAnswer{}, err
		}
	}
	if columnChanged {
		if err := e.tellWatchers("card.moved", data); err != nil {
			return MoveAnswer{}, err
		}
	}
	seq, err := e.tx.PublishAbout(topic, "card.moved", c.ID, data)
	if err != nil {
		return MoveAnswer{}, err
	}
	if err := e.tellMirrors("card.updated", map[string]any{"fields": []string{"state"}}); err != nil {
		return MoveAnswer{}, err
	}
	if err := e.saveTop(changed, seq); err != nil {
		return MoveAnswer{}, err
	}
	if finished != (c.Clock.Finished != nil) {
		if err := e.settled(); err != nil {
			return MoveAnswer{}, err
		}
	}
	if u == nil && (columnChanged || laneChanged) {
		tr := transition{from: &fromRID, to: &t.column.RID, fromLane: wasLane, lane: t.laneRID, kind: "move",
			backward: was != nil && t.column.Position < was.Position, override: a.Override, limits: a.Limits, checks: a, seq: seq}
		if t.back != nil && tr.backward {
			tr.category, tr.text = t.back.Category, t.back.Text
		}
		if err := insertTransition(e.tx, c, tr); err != nil {
			return MoveAnswer{}, err
		}
		if err := e.s.tellList(e.tx, a); err != nil {
			return MoveAnswer{}, err
		}
	}
	return MoveAnswer{Face: f, Seq: seq}, e.tellAsks(fromRID)
}

// overridden adds to an event's data which limits were exceeded, and why, and what was said to the checks.
func overridden(data map[string]any, a board.Admission) {
	if a.Override != "" {
		data["reason"] = a.Override
	}
	if a.Limits != "" {
		data["limits"] = json.RawMessage(a.Limits)
	}
	if len(a.Met) > 0 {
		data["checks"] = a.Met
	}
	waived := map[string]any{"reason": a.Waiver}
	if len(a.Waived) > 0 {
		waived["checks"] = a.Waived
	}
	if a.List != nil && a.ListWaived {
		waived["checklist"] = a.List
	} else if a.List != nil {
		data["checklist"] = a.List
	}
	if a.Waiver != "" {
		data["waived"] = waived
	}
}

func sameRID(a, b *int64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// Undo puts a card back where it stood before the move with this sequence, if nothing has moved it since.
// It asks no return reason, obeys a hard limit, and voids the transition: flow forgets the detour.
func (s *Service) Undo(ctx context.Context, idOrKey string, seq int64) (MoveAnswer, error) {
	return onCard(ctx, s, idOrKey, toWork, undoing(seq))
}

// UndoSaying is Undo for a move that had also changed what the card says; back is what it said before.
func (s *Service) UndoSaying(ctx context.Context, idOrKey string, seq int64, back Says) (MoveAnswer, error) {
	p, also := back.patch(ctx, s, nil)
	return onCardAnd(ctx, s, idOrKey, toWork, also, saying(undoing(seq), p))
}

// undoing takes one move back under the lock.
func undoing(seq int64) func(e *edit) (MoveAnswer, error) {
	return func(e *edit) (MoveAnswer, error) {
		if err := e.live(); err != nil {
			return MoveAnswer{}, err
		}
		events, err := store.EventsIn(e.tx.Query, event.BoardTopic(e.l.ID), seq-1, 1)
		if err != nil {
			return MoveAnswer{}, err
		}
		var did struct {
			Card struct {
				ID, Class, ColumnID string
				Version             int64
			}
			From   from
			UndoOf int64
		}
		if len(events) != 1 || events[0].Seq != seq || events[0].Type != "card.moved" || json.Unmarshal(events[0].Data, &did) != nil || did.Card.ID != e.card.ID {
			return MoveAnswer{}, fault.Invalid("body.seq", "That is not a move of this card")
		}
		if did.UndoOf != 0 {
			return MoveAnswer{}, fault.Conflict("already_undone", "That move was an undo itself.")
		}
		if still, err := e.stillStands(seq, did.Card.Version, did.Card.ColumnID); err != nil {
			return MoveAnswer{}, err
		} else if !still {
			return MoveAnswer{}, staleFault("The card has been moved again since. It stays where it is.", []string{"place"}, FaceOf(e.card, e.l))
		}
		to := e.l.Column(did.From.ColumnID)
		if to == nil {
			return MoveAnswer{}, fault.Conflict("column_gone", "The column it came from is no longer on the board.")
		}
		var laneRID *int64
		if lane := e.l.Lane(did.From.LaneID); lane != nil {
			laneRID = &lane.RID
		}
		t := target{column: to, laneRID: laneRID, class: e.card.Class, reason: "Undone", undo: true}
		if did.From.Class != did.Card.Class && e.card.Fields["class"] == did.Card.Version { // the move had set the class, nobody since
			t.class = did.From.Class
		}
		if _, err := e.tx.Exec("UPDATE top_changes SET voided_at = ? WHERE board_rid = ? AND seq = ? AND voided_at IS NULL",
			store.Ms(e.tx.Now), e.l.RID, seq); err != nil {
			return MoveAnswer{}, err
		}
		if _, err := e.tx.Exec("UPDATE card_transitions SET voided_at = ? WHERE card_rid = ? AND seq = ? AND voided_at IS NULL",
			store.Ms(e.tx.Now), e.card.RID, seq); err != nil {
			return MoveAnswer{}, err
		}
		steps, err := stepsOf(e.tx.Query, e.card.RID)
		if err != nil {
			return MoveAnswer{}, err
		}
		clock := e.l.Replay(steps)
		t.clock = &clock
		a, err := e.admit(t)
		if err != nil {
			return MoveAnswer{}, err
		}
		a.Override = ""
		key, respread := did.From.Pos, []PosOf(nil)
		spread, err := spreadSince(e.tx, e.l.ID, seq)
		if err != nil {
			return MoveAnswer{}, err
		}
		if spread { // the old key says nothing any more, so the card goes to the end
			if key, respread, err = keyFor(e.tx, to.RID, e.card.RID, Beside{}); err != nil {
				return MoveAnswer{}, err
			}
		}
		return e.move(t, key, respread, a, &undone{seq: seq, enteredAt: did.From.EnteredAt, clock: clock})
	}
}

// spreadSince says whether a column of the board has been given new order keys after seq.
func spreadSince(tx *store.Tx, boardID string, seq int64) (bool, error) {
	var n int
	_, err := tx.Row([]any{&n}, "SELECT COUNT(*) FROM events WHERE topic = ? AND seq > ? AND type = 'column.respread'", event.BoardTopic(boardID), seq)
	return n > 0, err
}
