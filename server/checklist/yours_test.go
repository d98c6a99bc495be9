package checklist_test

import (
	"slices"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// A list counts for each person what waits for exactly them: what Today tells, and what nobody has answered yet of what
// is theirs.
func TestList_ForYou(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		all := []who.Viewer{h.ana, h.goro, h.bo, h.vic, h.admin}
		forYou := func(v who.Viewer, id string, archived bool) int {
			t.Helper()
			heads := must[[]checklist.ListHead](t)(h.s.List(h.as(v), checklist.Wanted{TeamID: h.team, Archived: archived}))
			i := slices.IndexFunc(heads, func(x checklist.ListHead) bool { return x.ID == id })
			if i < 0 {
				t.Fatal("it is not listed")
			}
			return heads[i].ForYou
		}
		holds := func(what, id string, want ...int) {
			t.Helper()
			for i, v := range all {
				if got := forYou(v, id, false); got != want[i] {
					t.Errorf("%s: %d for %s, not %d", what, got, v.Name, want[i])
				}
			}
		}
		l := h.list("light")
		n := h.get(l.ID).Counts.ToAnswer
		holds("nothing is answered, and ana began it", l.ID, n, 0, 0, 0, 0)
		must[card.Changed](t)(h.cards.Change(h.as(h.ana), l.Card.ID, card.Patch{OwnerIDs: &[]string{h.goro.PersonID}}))
		holds("the card is goro's", l.ID, 0, n, 0, 0, 0)
		if h.get(l.ID).May.Owns || !must[checklist.View](t)(h.s.Get(h.as(h.goro), l.ID)).May.Owns {
			t.Error("its page says otherwise")
		}
		h.answer(h.ana, l.ID, "F1", "One tap")
		holds("to understand for operations", l.ID, 0, n-1, 1, 0, 0)
		h.answer(h.bo, l.ID, "O3", "Payments that finish")
		holds("explained by operations, for who owns the card", l.ID, 0, n-1, 1, 0, 0)
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "For whom?"))
		holds("asked back", l.ID, 1, n-1, 0, 0, 0)
		h.answer(h.ana, l.ID, "F1", "Whoever has a card")
		until := b.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), l.ID, "F1", checklist.NewGap{Until: until, Why: "Later"}))
		holds("a gap", l.ID, 0, n-1, 0, 0, 0)
		b.Clock.Advance(72 * time.Hour)
		holds("a gap that is over", l.ID, 0, n-1, 1, 0, 0)
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		holds("frozen", l.ID, 0, 0, 0, 0, 0)
		away := h.list("light")
		h.answer(h.ana, away.ID, "F1", "One tap")
		must[checklist.View](t)(h.s.Archive(h.as(h.ana), away.ID, true))
		if forYou(h.bo, away.ID, true) != 0 {
			t.Error("put away, it waits")
		}

		// what a service answers waits here for the word that it is still true, and in its own checklist for the rest
		svc := h.service("api")
		of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID})).ID
		k := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: "2099-01-01", Services: []string{svc.ID}}))
		must[checklist.View](t)(h.s.Change(h.as(h.ana), k.ID, checklist.Patch{Level: ptr("standard"), Phase: ptr("pre_prod")}))
		h.answer(h.goro, of, "I8", "Staging has one pod")
		own := h.get(k.ID).Counts.ToAnswer
		services := 0
		for _, x := range h.get(k.ID).Topics {
			for _, it := range x.Items {
				if len(it.Services) > 0 && it.Blocks && it.Why == "to_answer" {
					services++
				}
			}
		}
		holds("the service has not answered", k.ID, own-services, 0, 0, 0, 0)
		h.understand(h.bo, of, "I8")
		holds("to be said here that it is true", k.ID, own-services+1, 0, 0, 0, 0)
		h.answer(h.goro, of, "O8", "Search for the id", checklist.NewProof{Type: "link", Value: "https://logs.test/api"})
		if forYou(h.bo, of, false) != 1 {
			t.Error("in the service's own checklist nothing waits")
		}
		must[catalogue.ServiceItem](t)(h.services.Change(h.as(h.ana), svc.ID, catalogue.Patch{Archived: web.Some(true)}))
		if forYou(h.bo, of, true) != 0 {
			t.Error("the service put away, it waits")
		}
	})
}

// What somebody asked back waits for who explained it, and is told to who asked: the longest first, until it is answered,
// and only where they still see it.
func TestAsking(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		asking := func(v who.Viewer) (out []string) {
			t.Helper()
			for _, x := range must[[]checklist.Asking](t)(h.s.AskingIn(b.Store.Rows(t.Context()), v, b.Clock.Now())) {
				out = append(out, x.Name+" "+x.Item+" "+x.Of.Name+" "+x.Text+" "+x.At.Format("15:04"))
			}
			return out
		}
		holds := func(what string, v who.Viewer, want ...string) {
			t.Helper()
			if got := asking(v); !slices.Equal(got, want) {
				t.Errorf("%s: %s waits for %q, not %q", what, v.Name, got, want)
			}
		}
		l, m := h.list("standard"), h.list("standard")
		h.answer(h.ana, l.ID, "F1", "One tap")
		h.answer(h.goro, m.ID, "F3", "Shoppers")
		holds("nothing was asked", h.bo)
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), m.ID, "F3", "How many?"))
		first := b.Clock.Now().UTC().Format("15:04")
		b.Clock.Advance(time.Hour)
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "For whom?"))
		then := b.Clock.Now().UTC().Format("15:04")
		holds("asked", h.bo, "One-tap pay F3 goro How many? "+first, "One-tap pay F1 ana For whom? "+then)
		for _, v := range []who.Viewer{h.ana, h.goro, h.vic, h.out, h.admin} {
			holds("asked by somebody else", v)
		}
		h.answer(h.ana, l.ID, "F1", "Whoever has a card")
		holds("answered", h.bo, "One-tap pay F3 goro How many? "+first)
		must[checklist.Changed](t)(h.s.Withdraw(h.as(h.bo), m.ID, "F3"))
		holds("taken back", h.bo)
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), m.ID, "F3", "How many?"))
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), m.ID))
		holds("frozen", h.bo)
	})
}
