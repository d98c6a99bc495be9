package checklist_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// Whoever a blocking item waits for is told once a day of the team, and nobody else.
func TestRemind(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("standard")
		h.answer(h.goro, l.ID, "F1", "One tap")
		h.answer(h.goro, l.ID, "F3", "Everybody")
		must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, "F3", nil))
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F3", "Who first?"))
		told := func() int {
			return h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%checklist.reminded%'")
		}
		names := func(r checklist.Reminded) (string, string) {
			var now, before []string
			for _, p := range r.Told {
				now = append(now, p.Name)
			}
			for _, p := range r.Already {
				before = append(before, p.Name)
			}
			return strings.Join(now, " "), strings.Join(before, " ")
		}
		h.calm("a viewer", "forbidden", func() error { _, err := h.s.Remind(h.as(h.vic), l.ID); return err })
		h.calm("somebody who does not see it", "not_found", func() error { _, err := h.s.Remind(h.as(h.out), l.ID); return err })

		// ana owns nothing and asks: bo has F1 to understand, goro is asked about F3; what nobody answered waits for who began
		seq := h.get(l.ID).Seq
		r := must[checklist.Reminded](t)(h.s.Remind(h.as(h.ana), l.ID))
		if now, before := names(r); now != "bo goro" || before != "" || told() != 2 {
			t.Fatalf("%q, %q before, %d notes", now, before, told())
		}
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%ana asks: One-tap pay waits for you%' AND payload LIKE ? AND payload LIKE '%F3: %(pushed back)%' AND payload LIKE ?",
			"%"+h.goro.PersonID+"%", "%/checklists/"+l.ID+"?item=F3%"); n != 1 {
			t.Errorf("%d notes say what waits for goro", n)
		}
		if now := h.get(l.ID).Seq; now != seq+1 {
			t.Errorf("%d events", now-seq)
		}
		// by somebody else: those two were told today, and who began it was not
		r = must[checklist.Reminded](t)(h.s.Remind(h.as(h.goro), l.ID))
		if now, before := names(r); now != "ana" || before != "bo" || told() != 3 {
			t.Errorf("%q, %q before, %d notes", now, before, told())
		}
		seq = h.get(l.ID).Seq
		r = must[checklist.Reminded](t)(h.s.Remind(h.as(h.goro), l.ID))
		if now, before := names(r); now != "" || before != "bo ana" && before != "ana bo" || told() != 3 || h.get(l.ID).Seq != seq {
			t.Errorf("%q, %q before, %d notes", now, before, told())
		}
		b.Clock.Advance(24 * time.Hour)
		if now, _ := names(must[checklist.Reminded](t)(h.s.Remind(h.as(h.ana), l.ID))); now != "bo goro" {
			t.Errorf("the day after: %q", now)
		}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		h.calm("a frozen one", "frozen", func() error { _, err := h.s.Remind(h.as(h.ana), l.ID); return err })
	})
}

// Who understands for another team's service, and does not see the card's board, is not said to have been told.
func TestRemind_WhoDoesNotSeeIt(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		far := trestletest.Team(t, b.Store, "FAR")
		lea, zed := trestletest.Person(t, b.Store, "lea", who.Member), h.person("zed", "", "security")
		trestletest.Join(t, b.Store, far, lea, "lead")
		trestletest.Liaise(t, b.Store, far, zed)
		svc := must[catalogue.ServiceItem](t)(h.services.Create(h.as(lea), catalogue.NewService{TeamID: far, Name: "api", Kind: "digital", Criticality: "standard", OperatingModel: "team", ModelWhy: "The team answers its own pager"}))
		own := must[checklist.View](t)(h.s.Create(h.as(lea), checklist.NewList{Kind: "service", ServiceID: svc.ID}))
		must[checklist.Changed](t)(h.s.Answer(h.as(lea), own.ID, "I8", checklist.NewAnswer{Text: "One pod"}))
		l := h.list("standard", svc.ID)
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		h.calm("he does not see it", "not_found", func() error { _, err := h.s.Get(h.as(zed), l.ID); return err })
		r := must[checklist.Reminded](t)(h.s.Remind(h.as(h.goro), l.ID))
		for _, p := range r.Told {
			if p.Name == "zed" {
				t.Error("zed is told")
			}
		}
		if r.Nobody != 1 {
			t.Errorf("of %d nobody is known who could act", r.Nobody)
		}
	})
}
