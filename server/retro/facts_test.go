package retro_test

import (
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/retro"
	"trestle/server/trestletest"
)

// Facts are numbers of the record, each with the cards behind it, and those of one retro are not told again by the next.
func TestRetro_Facts(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		if _, err := h.boards.Change(h.as(h.ana), h.l.ID, board.Patch{SLE: &[]board.NewSLE{{Days: 2, Percent: 85}}}); err != nil {
			t.Fatal(err)
		}
		add := func(n card.NewCard) string {
			n.ColumnID = h.l.Columns[0].ID
			c, err := h.cards.Create(h.as(h.ana), h.l.ID, n)
			if err != nil {
				t.Fatal(err)
			}
			return c.Card.Key
		}
		move := func(key string, column int, back *card.Return) {
			if _, err := h.cards.Move(h.as(h.ana), key, card.Move{ColumnID: h.l.Columns[column].ID, Return: back}); err != nil {
				t.Fatal(err)
			}
		}
		one, two := add(card.NewCard{Title: "One"}), add(card.NewCard{Title: "Two", Type: "incident"})
		move(one, 1, nil)
		b.Clock.Advance(24 * time.Hour)
		move(two, 1, nil) // past the limit, on Tuesday
		blocked, err := h.cards.Block(h.as(h.ana), one, card.NewBlocker{Category: "vendor", Reason: "waits"})
		if err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(5 * time.Hour)
		if _, err := h.cards.Unblock(h.as(h.ana), blocked.Blocker.ID); err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(43 * time.Hour)
		move(one, 2, nil) // on Thursday: the fourth day
		move(two, 0, &card.Return{Category: "defect"})
		add(card.NewCard{Title: "Now", Class: board.Expedite})
		r := h.begin("")
		f := r.Facts
		if len(f.OverLimit) != 1 || f.OverLimit[0].Column != "Build" || f.OverLimit[0].Days != 3 || f.OverLimit[0].Most != 2 || f.OverLimit[0].Limit != 1 {
			t.Errorf("over the limit: %+v", f.OverLimit)
		}
		if len(f.Blocked) != 1 || f.Blocked[0].Hours != 5 || f.Blocked[0].Days != 1 || f.Blocked[0].Name != "Vendor" || f.Blocked[0].Keys[0] != one {
			t.Errorf("blocked: %+v", f.Blocked)
		}
		for what, x := range map[string]struct {
			got retro.Fact
			key string
		}{"late": {f.SLEMisses, one}, "returns": {f.Returns, two}, "expedite": {f.Expedite, "OWN-3"}, "incidents": {f.Incidents, two}} {
			if x.got.N != 1 || x.got.Keys[0] != x.key {
				t.Errorf("%s: %+v", what, x.got)
			}
		}
		all, err := h.retros.Templates(h.as(h.ana), h.l.ID)
		if err != nil || len(all) != 24 || !all[0].Suggested || all[0].Key != "post_incident" || all[0].Why != "1 incident came to the board" {
			t.Errorf("suggested: %+v %v", all[0], err)
		}
		h.to(r.Retro.ID, retro.Published)
		b.Clock.Advance(14 * 24 * time.Hour)
		if f := h.begin("").Facts; f.Returns.N+f.SLEMisses.N+f.Expedite.N+len(f.Blocked)+len(f.OverLimit) != 0 || !f.Since.Before(b.Clock.Now().Add(-13*24*time.Hour)) {
			t.Errorf("told again: %+v", f)
		}
	})
}

// Every template can be begun with: it has words for everything, and its keys are its own.
func TestTemplates(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		all, err := h.retros.Templates(h.as(h.ana), "")
		if err != nil || len(all) != 24 {
			t.Fatalf("%d templates, %v", len(all), err)
		}
		keys := map[string]bool{}
		for _, x := range all {
			if keys[x.Key] || x.Name == "" || x.WhenToUse == "" || x.Question == "" || x.DefaultMinutes < 10 || len(x.Columns) == 0 || len(x.Columns) > 6 {
				t.Errorf("%+v", x)
			}
			keys[x.Key] = true
			in := map[string]bool{}
			for _, c := range x.Columns {
				if in[c.Key] || c.Title == "" || c.Prompt == "" || c.Color == "" || c.Icon == "" {
					t.Errorf("%s: %+v", x.Key, c)
				}
				in[c.Key] = true
			}
			v := h.do(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: x.Key}))
			if len(v.Columns) != len(x.Columns) || v.Retro.Title != x.Name {
				t.Errorf("begun with %s: %+v", x.Key, v.Retro)
			}
		}
	})
}
