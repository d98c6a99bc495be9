package ask_test

import (
	"testing"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/trestletest"
)

// While asks wait for an answer their column stays the one for asks: it is neither removed nor given up. Another queue
// can be declared, and they go along, still waiting.
func TestAsk_TheColumnGoesOnlyWithoutThem(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "workspace")
		lead := h.as(h.worker)
		a, second := h.raise(ask.NewAsk{Title: "First"}), h.raise(ask.NewAsk{Title: "Second"})
		must[ask.View](t)(h.asks.Question(lead, second.ID, "Which one?"))
		plain := must[card.Changed](t)(h.cards.Create(lead, h.their.ID, card.NewCard{Title: "No ask", ColumnID: h.layout().Columns[0].ID}))
		must[card.Changed](t)(h.cards.Mirror(h.as(h.ana), h.cardOf(a).Card.ID, card.NewMirror{BoardID: h.mine.ID, ColumnID: h.mine.Columns[0].ID}))
		l := h.layout()
		asks, ready := l.Columns[0].ID, l.Columns[1].ID
		no, yes := false, true
		before := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events")
		for what, try := range map[string]func() error{
			"removed":        func() error { _, err := h.boards.RemoveColumn(lead, asks, ready); return err },
			"given up":       func() error { _, err := h.boards.ChangeColumn(lead, asks, board.ColumnPatch{Asks: &no}); return err },
			"without target": func() error { _, err := h.boards.RemoveColumn(lead, asks, ""); return err },
		} {
			if err := try(); !fault.Is(err, "asks_waiting") {
				t.Errorf("%s: %v", what, err)
			}
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events"); n != before || len(h.layout().Columns) != 4 {
			t.Fatal("a refusal changed something")
		}

		since := trestletest.Count(t, b.Store, "SELECT seq FROM topics WHERE id = ?", event.BoardTopic(h.mine.ID))
		l = must[*board.Layout](t)(h.boards.ChangeColumn(lead, ready, board.ColumnPatch{Asks: &yes}))
		if l.Column(asks).Asks || !l.Column(ready).Asks {
			t.Fatalf("%+v", l.Columns)
		}
		for i, x := range []ask.View{a, second} {
			if now := h.now(x.ID); now.State != []string{ask.Raised, ask.Questioned}[i] || now.Place != i+1 || h.cardOf(x).Card.ColumnID != ready {
				t.Errorf("%+v", now)
			}
		}
		if d, _, err := h.cards.Detail(lead, plain.Card.ID); err != nil || d.Card.ColumnID != asks {
			t.Error("what is no ask went along", err)
		}
		told := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events WHERE topic = ? AND seq > ? AND type = 'card.updated' AND data LIKE '%\"columnName\":\"Ready\"%'",
			event.BoardTopic(h.mine.ID), since)
		if told != 1 {
			t.Errorf("the board that shows one of them was told %d times", told)
		}
		h.faces()
		must[*board.Layout](t)(h.boards.RemoveColumn(lead, asks, l.Columns[2].ID))
		must[ask.View](t)(h.asks.Accept(lead, a.ID)) // in place: there is no other queue
		must[ask.View](t)(h.asks.Decline(lead, second.ID, "No"))
		must[*board.Layout](t)(h.boards.ChangeColumn(lead, ready, board.ColumnPatch{Asks: &no}))
	})
}

// What is refused because asks land elsewhere takes the mark from no column of this board.
func TestAsk_ElsewhereChangesNothing(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "workspace")
		h.raise(ask.NewAsk{Title: "First"})
		second, yes := h.board(h.worker, h.ops, "workspace"), true
		before := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events")
		if _, err := h.boards.ChangeColumn(h.as(h.worker), second.Columns[0].ID, board.ColumnPatch{Asks: &yes}); !fault.Is(err, "asks_elsewhere") {
			t.Errorf("two places for one team's asks: %v", err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events"); n != before || !h.layout().Columns[0].Asks {
			t.Error("a refusal changed something")
		}
	})
}
