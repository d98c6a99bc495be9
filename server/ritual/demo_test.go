package ritual_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/ritual"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestDemo_ShowsWhatWasFinishedAndComesBack(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		finish := func(title string) card.Face {
			c := h.card(2, card.NewCard{Title: title, Description: "Some **words**", OwnerIDs: []string{h.worker.PersonID}})
			must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), c.ID, card.Move{ColumnID: h.l.Columns[4].ID}))
			b.Clock.Advance(time.Minute)
			return c
		}
		old := finish("Too old")
		b.Clock.Advance(20 * 24 * time.Hour)
		one, two, three := finish("One"), finish("Two"), finish("Three")
		open := h.card(2, card.NewCard{Title: "Open"})
		id := h.series(ritual.Demo).Series.ID
		watcher, outsider := h.person("vic", "viewer"), h.person("out", "")
		mark := func(v who.Viewer, n ritual.Marking) func() error {
			return func() error { _, err := h.rituals.Mark(h.as(v), id, n); return err }
		}
		to := func(v who.Viewer, p ritual.Step) func() error {
			return func() error { _, err := h.rituals.Advance(h.as(v), id, p); return err }
		}
		ops := ritual.Marking{CardID: one.ID, Audience: "operations", Shown: true}
		h.calm("marked before it runs", "no_sitting", mark(h.worker, ops))

		v := must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
		d := v.Sitting.Demo
		if d == nil || len(d.Cards) != 3 || d.Cards[0].Title != "One" || d.Cards[0].Days != 1 || d.Cards[0].Text != "Some words" || d.Cards[0].Owners[0].Name != "bo" || d.Cards[0].Again {
			t.Fatalf("it shows %+v, %s and %s not among them", d, old.Key, open.Key)
		}
		h.calm("marked by a viewer", "forbidden", mark(watcher, ops))
		h.calm("marked from outside", "not_found", mark(outsider, ops))
		h.calm("a card that is open", "not_found", mark(h.worker, ritual.Marking{CardID: open.ID, Audience: "operations", Shown: true}))
		h.calm("an audience that is none", "invalid", mark(h.worker, ritual.Marking{CardID: one.ID, Audience: "press", Shown: true}))
		h.calm("a word in a demo", "other_ritual", func() error {
			_, err := h.rituals.Say(h.as(h.worker), id, ritual.Saying{CardID: one.ID, Says: ritual.Yes})
			return err
		})
		h.calm("beyond the end", "invalid", to(h.worker, ritual.Step{From: 0, To: 4}))
		h.calm("a viewer's next", "forbidden", to(watcher, ritual.Step{From: 0, To: 1}))
		h.calm("presented by an outsider", "invalid", func() error {
			_, err := h.rituals.Present(h.as(h.worker), id, ritual.Presenting{CardID: one.ID, PersonID: outsider.PersonID})
			return err
		})
		for what, do := range map[string]func() error{
			"presenter": func() error {
				_, err := h.rituals.Present(h.as(h.worker), id, ritual.Presenting{CardID: one.ID, PersonID: h.lead.PersonID})
				return err
			}, "operations": mark(h.worker, ops), "security": mark(h.lead, ritual.Marking{CardID: one.ID, Audience: "security", Shown: true, Note: "wants a log"}),
		} {
			if err := do(); err != nil {
				t.Fatal(what, err)
			}
		}
		seq := h.get(id).Seq
		if err := mark(h.worker, ops)(); err != nil || h.get(id).Seq != seq {
			t.Errorf("the same mark again: %v", err)
		}
		note := func(v who.Viewer, n ritual.NewNote) func() error {
			return func() error { _, err := h.rituals.Note(h.as(v), id, n); return err }
		}
		good := ritual.NewNote{CardID: one.ID, Text: "Ask *us*  before the sale"}
		h.calm("a note from outside", "not_found", note(outsider, good))
		h.calm("a note of a screen", "forbidden", note(who.Viewer{DeviceID: "dev_1", TeamID: h.team}, good))
		h.calm("a note without words", "invalid", note(h.worker, ritual.NewNote{CardID: one.ID, Text: " \n"}))
		h.calm("a long note", "invalid", note(h.worker, ritual.NewNote{CardID: one.ID, Text: strings.Repeat("x", 1001)}))
		h.calm("a note on a card that is open", "not_found", note(h.worker, ritual.NewNote{CardID: open.ID, Text: "x"}))
		for _, x := range []func() error{note(watcher, good), note(h.worker, ritual.NewNote{CardID: one.ID, Text: "Gone again"})} {
			if err := x(); err != nil {
				t.Fatal(err)
			}
		}
		notes := h.get(id).Sitting.Demo.Cards[0].Notes
		if len(notes) != 2 || notes[0].ByName != "vic" || notes[0].Text != "Ask *us* before the sale" || len(h.get(id).Sitting.Demo.Cards[1].Notes) != 0 {
			t.Errorf("the notes are %+v", notes)
		}
		must[card.Changed](t)(h.cards.RemoveComment(h.as(h.worker), notes[1].ID))
		if d, _, err := h.cards.Detail(h.as(watcher), one.Key); err != nil || len(d.Comments) != 1 || d.Comments[0].AuthorName != "vic" || len(h.get(id).Sitting.Demo.Cards[0].Notes) != 1 {
			t.Errorf("on the card: %+v, %v", d.Comments, err)
		}
		must[ritual.View](t)(h.rituals.Note(h.as(watcher), id, ritual.NewNote{CardID: two.ID, Text: "@ana can the help desk see it?"}))
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%card.mentioned%' AND payload LIKE ?", "%"+h.lead.PersonID+"%"); n != 1 {
			t.Errorf("who was named in a note was told %d times", n)
		}
		must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 0, To: 1, Outcome: ritual.Shown}))
		if v := must[ritual.View](t)(h.rituals.Advance(h.as(h.lead), id, ritual.Step{From: 0, To: 1, Outcome: ritual.Skipped})); v.Sitting.At != 1 || v.Sitting.Demo.Cards[0].Outcome != ritual.Shown {
			t.Errorf("two who press at once: %+v", v.Sitting)
		}
		if v := must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 1, To: 2, Outcome: ritual.Later})); v.Sitting.Demo.Cards[1].Outcome != ritual.Later {
			t.Errorf("next time left no mark: %+v", v.Sitting.Demo.Cards[1])
		}
		must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 2, To: 3, Outcome: ritual.Skipped}))
		detail, _, err := h.cards.Detail(h.as(watcher), one.Key)
		if err != nil || len(detail.Shown) != 2 || detail.Shown[0].ByName != "bo" || detail.Shown[1].Note != "wants a log" || !strings.Contains(said(detail), "showed it to operations") {
			t.Errorf("on the card: %+v, %s, %v", detail.Shown, said(detail), err)
		}
		v = must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
		md := must[ritual.Summary](t)(h.rituals.SummaryOf(h.as(watcher), v.Last.ID)).Markdown
		for _, want := range []string{"- **" + one.Key + "** One, by ana · shown to operations, security (wants a log)\n  - vic: Ask \\*us\\* before the sale\n", "## Comes back next time\n\n- **" + two.Key, "## Not for a demo\n\n- **" + three.Key} {
			if !strings.Contains(md, want) {
				t.Errorf("%q is not in\n%s", want, md)
			}
		}
		if past := must[[]ritual.PastSitting](t)(h.rituals.Held(h.as(watcher), id)); past[0].Brought != "1 shown, 1 to operations, 1 to security, 1 next time" {
			t.Error(past[0].Brought)
		}

		// next time: what was not shown, and what is new; a mark is taken back and says so
		b.Clock.Advance(30 * 24 * time.Hour)
		four := finish("Four")
		d = must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id)).Sitting.Demo
		if len(d.Cards) != 2 || d.Cards[0].CardID != two.ID || d.Cards[0].Outcome != "" || !d.Cards[0].Again || d.Cards[1].CardID != four.ID || d.Cards[1].Again {
			t.Fatalf("next time it shows %+v", d.Cards)
		}
		for _, shown := range []bool{true, false, false} {
			if err := mark(h.worker, ritual.Marking{CardID: four.ID, Audience: "product", Shown: shown})(); err != nil {
				t.Fatal(err)
			}
		}
		if d := h.get(id).Sitting.Demo; len(d.Cards[1].Marks) != 0 {
			t.Errorf("taken back, %+v", d.Cards[1].Marks)
		}
	})
}

// However much a demo shows, and however many were held, reading it takes as many statements.
func TestDemo_AsManyStatementsForManyCards(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.series(ritual.Demo).Series.ID
		read := func(cards int) (counts [3]int) {
			for range cards {
				c := h.card(2, card.NewCard{Title: "Done", OwnerIDs: []string{h.worker.PersonID}})
				must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), c.ID, card.Move{ColumnID: h.l.Columns[4].ID}))
			}
			v := must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
			if n := len(v.Sitting.Demo.Cards); n != cards {
				t.Fatalf("it shows %d of %d", n, cards)
			}
			for i, c := range v.Sitting.Demo.Cards {
				must[ritual.View](t)(h.rituals.Present(h.as(h.worker), id, ritual.Presenting{CardID: c.CardID, PersonID: h.lead.PersonID}))
				must[ritual.View](t)(h.rituals.Mark(h.as(h.worker), id, ritual.Marking{CardID: c.CardID, Audience: "product", Shown: true}))
				must[ritual.View](t)(h.rituals.Note(h.as(h.worker), id, ritual.NewNote{CardID: c.CardID, Text: "Good"}))
				must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: i, To: i + 1, Outcome: ritual.Shown}))
			}
			last := ""
			for i, do := range []func(ctx context.Context) error{
				func(ctx context.Context) error { v, err := h.rituals.Get(ctx, id); last = v.Sitting.ID; return err },
				func(ctx context.Context) error { _, err := h.rituals.SummaryOf(ctx, last); return err },
				func(ctx context.Context) error { _, err := h.rituals.Held(ctx, id); return err },
			} {
				if i == 2 {
					must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
				}
				if err := do(store.Hearing(h.as(h.worker), func(string) { counts[i]++ })); err != nil {
					t.Fatal(err)
				}
			}
			return counts
		}
		few, many := read(5), read(60)
		if few != many || few[0] == 0 {
			t.Errorf("5 cards take %v statements, 60 take %v", few, many)
		}
	})
}

// said are the sentences of a card's history.
func said(d card.Detail) string {
	var out []string
	for _, l := range d.History {
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}
