package checklist_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// What a checklist waits for is told to the one for whom it waits, and to nobody else.
func TestAwaiting(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		waits := func(v who.Viewer) (out []string) {
			t.Helper()
			for _, x := range must[[]checklist.Awaiting](t)(h.s.AwaitingIn(b.Store.Rows(t.Context()), v, b.Clock.Now())) {
				by := ""
				if x.By != nil {
					by = x.By.Name
				}
				out = append(out, fmt.Sprintf("%s %s %s %d %s", x.Why, x.Item, by, x.Count, x.Text))
			}
			return out
		}
		holds := func(what string, v who.Viewer, want ...string) {
			t.Helper()
			if got := waits(v); !slices.Equal(got, want) {
				t.Errorf("%s: for %s waits %q, not %q", what, v.Name, got, want)
			}
		}
		l := h.list("critical")
		all := []who.Viewer{h.ana, h.goro, h.bo, h.vic, h.out, h.admin, h.mia}
		for _, v := range all {
			holds("an empty checklist", v)
		}
		tick := func() { b.Clock.Advance(time.Minute) }
		h.answer(h.ana, l.ID, "F1", "One tap")
		tick()
		h.answer(h.goro, l.ID, "F3", "Shoppers")
		tick()
		holds("answered", h.bo, "to_understand F1 ana 2 ")
		for _, v := range []who.Viewer{h.ana, h.goro, h.vic, h.out, h.admin, h.mia} {
			holds("answered", v)
		}
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "For whom?"))
		tick()
		holds("asked back", h.ana, "pushed_back F1 bo 1 For whom?")
		holds("asked back", h.bo, "to_understand F3 goro 1 ")
		holds("asked back", h.goro)

		must[checklist.Changed](t)(h.s.Answer(h.as(h.bo), l.ID, "F5", checklist.NewAnswer{Text: "Nothing happens", ExplainedBy: h.ana.PersonID, Understood: true}))
		tick()
		holds("typed in her name", h.ana, "pushed_back F1 bo 1 For whom?", "to_confirm F5 bo 1 Nothing happens")
		must[checklist.Changed](t)(h.s.Confirm(h.as(h.ana), l.ID, "F5", 1))
		h.answer(h.ana, l.ID, "F1", "Whoever has a card")
		holds("answered again", h.ana)
		h.understand(h.bo, l.ID, "F1")
		h.understand(h.bo, l.ID, "F3")
		holds("understood", h.bo)

		// what operations explains waits for whoever began it, where there is no card
		free := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: "2099-01-01"}))
		h.answer(h.bo, free.ID, "M9", "The roster of the shop")
		holds("explained by operations", h.goro, "to_understand M9 bo 1 ")
		holds("explained by operations", h.ana)
		holds("explained by operations", h.bo)
		must[checklist.View](t)(h.s.Archive(h.as(h.ana), free.ID, true))
		holds("put away", h.goro)

		// what was good until a day waits again the day after
		today := b.Clock.Now()
		h.answer(h.ana, l.ID, "I4", "1.7 times the peak", checklist.NewProof{Type: "date", Value: today.AddDate(0, 0, -88).Format(time.DateOnly)})
		h.understand(h.bo, l.ID, "I4")
		h.answer(h.ana, l.ID, "I1", "A queue")
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), l.ID, "I1", checklist.NewGap{Until: today.AddDate(0, 0, 2).Format(time.DateOnly), Why: "The vendor answers"}))
		b.Clock.Advance(48 * time.Hour)
		holds("on the last day", h.ana)
		holds("on the last day", h.bo)
		b.Clock.Advance(24 * time.Hour)
		holds("the day after", h.ana, "stale I4  1 ")
		holds("the day after", h.bo, "gap_over I1  1 The vendor answers")
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		for _, v := range all {
			holds("frozen", v)
		}
	})
}

// What operations explains of a card waits for who owns it now, and not for who began its checklist; where only the team
// sees the board, for nobody who does not.
func TestAwaiting_OwnersOfTheCard(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		waits := func(v who.Viewer) int {
			t.Helper()
			return len(must[[]checklist.Awaiting](t)(h.s.AwaitingIn(b.Store.Rows(t.Context()), v, b.Clock.Now())))
		}
		holds := func(what string, ana, goro int) {
			t.Helper()
			if x, y := waits(h.ana), waits(h.goro); x != ana || y != goro {
				t.Errorf("%s: %d for ana and %d for goro, not %d and %d", what, x, y, ana, goro)
			}
		}
		l := h.list("light")
		own := func(v who.Viewer) {
			t.Helper()
			must[card.Changed](t)(h.cards.Change(h.as(h.ana), l.Card.ID, card.Patch{OwnerIDs: &[]string{v.PersonID}}))
		}
		h.answer(h.bo, l.ID, "M1", "Payments that finish")
		holds("nobody owns it, and ana began it", 1, 0)
		own(h.goro)
		holds("goro owns it", 0, 1)
		own(h.ana)
		holds("ana owns it", 1, 0)
		own(h.bo)
		holds("who explained it owns it", 0, 0)
		sec := h.person("sec", "", "security")
		trestletest.Liaise(t, b.Store, h.team, sec)
		h.answer(h.ana, l.ID, "F1", "One tap")
		if waits(sec) != 1 || waits(h.out) != 0 {
			t.Errorf("%d for the liaison, %d for somebody who does not see the board", waits(sec), waits(h.out))
		}
		if err := store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("DELETE FROM liaisons WHERE person_id = ?", sec.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if waits(sec) != 0 {
			t.Error("it waits for who does not see the board any more")
		}
	})
}

// It takes so many statements, however many checklists wait.
func TestAwaiting_SoManyStatements(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		statements := func(v who.Viewer) (n int) {
			t.Helper()
			q := b.Store.Rows(store.Hearing(context.Background(), func(string) { n++ }))
			must[[]checklist.Awaiting](t)(h.s.AwaitingIn(q, v, b.Clock.Now()))
			return n
		}
		one := func() {
			l := h.list("critical")
			for _, key := range []string{"F1", "F3", "O1"} {
				h.answer(h.ana, l.ID, key, "x")
			}
			must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "?"))
			h.answer(h.bo, l.ID, "M9", "x")
		}
		one()
		bo, ana := statements(h.bo), statements(h.ana)
		for range 8 {
			one()
		}
		if x, y := statements(h.bo), statements(h.ana); x != bo || y != ana || x > 10 || y > 10 {
			t.Errorf("%d and %d statements for one, %d and %d for nine", bo, ana, x, y)
		}
	})
}
