package calendar_test

import (
	"testing"
	"time"

	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/trestletest"
)

func TestTrends_EveryFigureSaysOverHowMuch(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: "standup", Discipline: "operations"}))
		make := func(title string, column int) card.Face {
			t.Helper()
			return must[card.Changed](t)(h.cards.Create(h.as(h.kai), h.l.ID, card.NewCard{Title: title, ColumnID: h.l.Columns[column].ID})).Card
		}
		still, said, ticked, moved := make("still", 1), make("said", 1), make("ticked", 1), make("moved", 1)
		make("not begun", 0)
		block := func(c card.Face) {
			t.Helper()
			if _, err := h.cards.Block(h.as(h.kai), c.ID, card.NewBlocker{Category: "vendor", Reason: "No answer"}); err != nil {
				t.Fatal(err)
			}
		}
		block(still)
		h.meet(berlin(2, 9, 30), 10, h.bo)
		h.meet(berlin(3, 9, 30), 20)
		b.Clock.Set(berlin(4, 8, 0))
		block(said)
		h.meet(berlin(4, 9, 30), 13, h.bo)
		b.Clock.Set(berlin(7, 12, 0))
		if _, err := h.cards.Comment(h.as(h.kai), said.ID, "I have asked again"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.cards.AddTodo(h.as(h.kai), ticked.ID, card.NewTodo{Text: "one more"}); err != nil {
			t.Fatal(err)
		}
		must[card.MoveAnswer](t)(h.cards.Move(h.as(h.kai), moved.ID, card.Move{ColumnID: h.l.Columns[2].ID}))
		b.Clock.Set(berlin(9, 8, 0)) // Monday of the week after

		got := must[calendar.Trends](t)(h.calendar.Trends(h.as(h.kai), h.team))
		if len(got.Weeks) != 8 || got.TimeZone != "Europe/Berlin" || !got.Weeks[7].From.Equal(berlin(9, 0, 0)) || got.Weeks[7].Over || !got.Weeks[6].Over {
			t.Fatalf("%+v", got.Weeks)
		}
		w := got.Weeks[6] // 2 to 9 March
		if s := w.Standups; s.N != 3 || *s.MedianMinutes != 13 || *s.BoxMinutes != 15 || s.OverBox != 1 {
			t.Errorf("%+v", s)
		}
		// at its end: blocked on seven days, and on five
		if x := w.Blockers; x.N != 2 || *x.MedianDays != 6 {
			t.Errorf("%+v %v", x, *x.MedianDays)
		}
		if x := w.Quiet; x.N != 1 || x.Of != 3 {
			t.Errorf("%+v", x)
		}
		if x := w.Operations; x.Agreed != 3 || x.Came != 2 || w.Security.Agreed != 0 {
			t.Errorf("%+v %+v", x, w.Security)
		}
		if e := got.Weeks[0]; e.Standups.N != 0 || e.Standups.MedianMinutes != nil || e.Blockers.N != 0 || e.Quiet.Of != 0 || e.Operations.Low {
			t.Errorf("%+v", e)
		}
		b.Clock.Advance(5 * 24 * time.Hour)
		if x := must[calendar.Trends](t)(h.calendar.Trends(h.as(h.kai), h.team)).Weeks[7].Quiet; x.N != 3 || x.Of != 3 {
			t.Errorf("%+v", x)
		}
		// Who sees the team, but not its board, reads nothing of it.
		if e := must[calendar.Trends](t)(h.calendar.Trends(h.as(h.eve), h.team)).Weeks[6]; e.Standups.N != 0 || e.Blockers.N != 0 || e.Quiet.Of != 0 || e.Operations.Agreed != 0 {
			t.Errorf("%+v", e)
		}
		before := h.everything()
		_, err := h.calendar.Trends(h.as(h.gast), h.team)
		h.calm("a guest", "not_found", err, before)
		_, err = h.calendar.Trends(h.as(h.kai), "")
		h.calm("no team", "invalid", err, before)
	})
}
