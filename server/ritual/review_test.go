package ritual_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/ritual"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestFlowReview_AsksOfTheRecordAndDecides(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b) // Monday 2 March 2026, the board expects 10 days
		start := func(title, class string) card.Face { return h.card(2, card.NewCard{Title: title, Class: class}) }
		done := func(c card.Face) {
			must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), c.ID, card.Move{ColumnID: h.l.Columns[4].ID}))
		}
		for range 10 { // ten in one day each, in the first week
			done(start("quick", ""))
		}
		old, slow := start("Old", ""), start("Slow", "")
		b.Clock.Advance(7 * 24 * time.Hour)
		fast := start("Fast", "expedite")
		b.Clock.Advance(5 * 24 * time.Hour) // Saturday 14: slow took 13 days, expedite 6
		done(slow)
		done(fast)
		skipped := h.card(0, card.NewCard{Title: "Never started"})
		done(skipped)
		id := h.series(ritual.FlowReview).Series.ID
		watcher, outsider := h.person("vic", "viewer"), h.person("out", "")
		decide := func(v who.Viewer, n ritual.NewDecision) func() error {
			return func() error { _, err := h.rituals.Decide(h.as(v), id, n); return err }
		}
		first := ritual.NewDecision{Title: "  Limit   Review to one ", OwnerID: h.worker.PersonID, DueOn: "2026-04-01", Signal: "no day over it"}
		h.calm("decided before it runs", "no_sitting", decide(h.worker, first))
		v := must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
		r := v.Sitting.Review
		if r == nil || r.Wip != 1 || r.TotalAge != 13 || len(r.Aging) != 1 || r.Aging[0].CardID != old.ID || r.Aging[0].Days != 13 || r.Aging[0].SLEDays != 10 {
			t.Fatalf("in work: %+v", r)
		}
		if len(r.Weeks) != 8 || r.Weeks[6] != (ritual.Week{From: "2026-03-02", Started: 12, Finished: 10}) || r.Weeks[7].From != "2026-03-09" || r.Weeks[7].Finished != 3 {
			t.Errorf("by weeks: %+v", r.Weeks)
		}
		if c := r.Cycle; c.N+c.Unstarted != 12 || c.P50 != 1 || c.P85 != 1 || c.Within != c.N-1 || c.SLEDays != 10 || c.SLEPercent != 85 {
			t.Errorf("how long they took: %+v", c)
		}
		if r.Facts.SLEMisses.N != 1 || r.Facts.Expedite.N != 1 {
			t.Errorf("the facts: %+v", r.Facts)
		}
		h.calm("decided by a viewer", "forbidden", decide(watcher, first))
		h.calm("decided from outside", "not_found", decide(outsider, first))
		h.calm("nothing decided", "invalid", decide(h.worker, ritual.NewDecision{Title: " "}))
		h.calm("a day that is none", "invalid", decide(h.worker, ritual.NewDecision{Title: "x", DueOn: "soon"}))
		h.calm("no such column", "invalid", decide(h.worker, ritual.NewDecision{Title: "x", ColumnID: "col_0000000000000000"}))
		h.calm("beyond the last question", "invalid", func() error {
			_, err := h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 0, To: len(ritual.Questions)})
			return err
		})
		for _, n := range []ritual.NewDecision{first, {Title: "Two"}, {Title: "Three"}} {
			if err := decide(h.worker, n)(); err != nil {
				t.Fatal(err)
			}
		}
		h.calm("a fourth", "too_many_decisions", decide(h.worker, ritual.NewDecision{Title: "Four"}))
		must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 0, To: 7}))
		r = h.get(id).Sitting.Review
		if d := r.Decisions[0]; len(r.Decisions) != 3 || d.Title != "Limit Review to one" || d.Owners[0].Name != "bo" || d.DueOn != "2026-04-01" {
			t.Fatalf("decided: %+v", r.Decisions)
		}
		made, _, err := h.cards.Detail(h.as(watcher), r.Decisions[0].Key)
		if err != nil || made.Card.Type != "improvement" || made.Card.ColumnID != h.l.Columns[1].ID || !strings.Contains(made.Card.Description, "no day over it") {
			t.Errorf("its card: %+v %v", made.Card, err)
		}
		undo := func(decision string) func() error {
			return func() error { _, err := h.rituals.Undecide(h.as(h.worker), id, decision); return err }
		}
		h.calm("taken back and absent", "not_found", undo("dcs_0000000000000000"))
		for range 2 { // the second time is calm
			if err := undo(r.Decisions[2].ID)(); err != nil {
				t.Fatal(err)
			}
		}
		v = must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
		md := must[ritual.Summary](t)(h.rituals.SummaryOf(h.as(watcher), v.Last.ID)).Markdown
		for _, want := range []string{"1. **" + r.Decisions[0].Key + "** Limit Review to one, bo, by 1 April 2026. We know by: no day over it", "2. **", "1 in progress, 13 days of age together", "85 % took 1 days or less"} {
			if !strings.Contains(md, want) {
				t.Errorf("%q is not in\n%s", want, md)
			}
		}
		if past := must[[]ritual.PastSitting](t)(h.rituals.Held(h.as(watcher), id)); past[0].Brought != "2 decisions" {
			t.Error(past[0].Brought)
		}
	})
}
