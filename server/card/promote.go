package card

import (
	"context"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Promotion says where the card shall stand that a to-do item becomes.
type Promotion struct {
	BoardID  string `json:"boardId,omitempty" required:"false" maxLength:"64" doc:"Another board; absent = the same one"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"Absent = the board's first queue"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	board.Answers
}

// Promoted is the new card, and the card whose item it was.
type Promoted struct {
	Child Face `json:"child"`
	Changed
}

// PromoteTodo makes a card of a to-do item: a part of the item's card, admitted like any new card. The item
// stays and shows the card's key and state. Errors: promoted when it is a card already, and those of Create.
func (s *Service) PromoteTodo(ctx context.Context, todoID string, p Promotion) (Promoted, error) {
	var cardID string
	found, err := s.store.Rows(ctx).Row([]any{&cardID}, "SELECT c.id FROM todos t JOIN cards c ON c.rid = t.card_rid WHERE t.id = ?", todoID)
	if err != nil {
		return Promoted{}, err
	}
	if !found {
		return Promoted{}, fault.NotFound("to-do item")
	}
	var also []string
	if p.BoardID != "" {
		also = []string{event.BoardTopic(p.BoardID)}
	}
	out, err := onCardAnd(ctx, s, cardID, toWork, also, func(e *edit) (Promoted, error) {
		if err := e.live(); err != nil {
			return Promoted{}, err
		}
		return s.promote(ctx, e, todoID, p)
	})
	if fault.Is(err, "not_found") {
		return out, fault.NotFound("to-do item")
	}
	return out, err
}

func (s *Service) promote(ctx context.Context, e *edit, todoID string, p Promotion) (Promoted, error) {
	var text string
	var done bool
	var child *int64
	found, err := e.tx.Row([]any{&text, &done, &child}, "SELECT text, done, child_rid FROM todos WHERE id = ? AND removed_at IS NULL", todoID)
	switch {
	case err != nil:
		return Promoted{}, err
	case !found:
		return Promoted{}, fault.NotFound("to-do item")
	case child != nil:
		return Promoted{}, fault.Conflict("promoted", "This item is a card already.")
	case done:
		return Promoted{}, fault.Conflict("done", "This item is done. Uncheck it first if there is still work in it.")
	}
	on := &edit{tx: e.tx, l: e.l, seen: e.seen, s: s}
	if p.BoardID != "" && p.BoardID != e.l.ID {
		if on.seen, err = s.boards.SeeTx(e.tx, who.From(ctx), p.BoardID); err != nil {
			if fault.Is(err, "not_found") {
				return Promoted{}, fault.Invalid("body.boardId", "There is no such board that you may see")
			}
			return Promoted{}, err
		}
		if !on.seen.Rights.CanWork() {
			return Promoted{}, fault.Forbidden("Your role on that team may look, but not add cards.")
		}
		if err := on.seen.Open(); err != nil {
			return Promoted{}, err
		}
		on.l = on.seen.Layout
	}
	c := e.card
	n := NewCard{Title: text, ColumnID: p.ColumnID, Discipline: c.Discipline, Reason: p.Reason, Answers: p.Answers, parent: c}
	if n.ColumnID == "" {
		n.ColumnID = firstQueue(on.l)
	}
	if on.l == e.l && c.Place.LaneRID != nil {
		if lane := e.l.LaneByRID(*c.Place.LaneRID); lane != nil {
			n.LaneID = lane.ID
		}
	}
	if utf8.RuneCountInString(text) > maxTitle {
		n.Title, n.Description = string([]rune(text)[:maxTitle-1])+"…", text
	}
	if err := n.clean(who.From(ctx)); err != nil {
		return Promoted{}, err
	}
	made, err := s.create(on, n)
	if err != nil {
		return Promoted{}, err
	}
	if _, err := e.tx.Exec("UPDATE todos SET child_rid = ? WHERE id = ?", on.card.RID, todoID); err != nil {
		return Promoted{}, err
	}
	out, err := e.saved("card.todo_changed", map[string]any{"todoId": todoID, "promoted": made.Card.Key})
	return Promoted{Child: made.Card, Changed: out}, err
}

// firstQueue is where work that nobody has looked at goes: the first queue, or the first column.
func firstQueue(l *board.Layout) string {
	for _, c := range l.Columns {
		if c.Kind == board.Queue {
			return c.ID
		}
	}
	return l.Columns[0].ID
}

// notPromoted refuses to check off by hand what has become a card.
func notPromoted(q *store.Query, rid int64) error {
	var key string
	found, err := q.Row([]any{&key}, "SELECT k.key FROM todos t JOIN cards k ON k.rid = t.child_rid WHERE t.rid = ?", rid)
	if err != nil || !found {
		return err
	}
	return fault.Conflict("promoted", "This item is the card %s now: it is done when that card is finished.", key)
}
