package liaison_test

import (
	"fmt"
	"testing"

	"trestle/server/calendar"
	"trestle/server/checklist"
	"trestle/server/liaison"
	"trestle/server/trestletest"
)

// BenchmarkDesk is how long a desk, the coverage map and a list take with 200 checklists of 62 answers in eight teams.
func BenchmarkDesk(b *testing.B) {
	trestletest.Benchmarks(b, func(b *testing.B, on *trestletest.Bench) {
		h := newHouse(b, on)
		var first checklist.View
		for i := range 8 {
			id := trestletest.Team(b, on.Store, fmt.Sprintf("N%d", i))
			must[liaison.View](b)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
				Rituals: []calendar.NewAgreement{{Kind: calendar.Standup}}}))
			h.meets(h.as("admin"), id, fmt.Sprintf("Board %d", i), "10:00")
			for n := range 25 {
				l := must[checklist.View](b)(h.lists.Create(h.as("admin"), checklist.NewList{Kind: "launch", TeamID: id, Name: fmt.Sprintf("Launch %d", n), Level: "critical", LaunchOn: "2026-03-09"}))
				if first.ID == "" {
					first = l
					for _, x := range l.Topics {
						for _, it := range x.Items {
							h.answered(h.as("admin"), l, it.Key)
						}
					}
				}
			}
		}
		h.exec(`INSERT INTO checklist_answers (checklist_rid, item, state, rev, explained_by, answered_at, said)
			SELECT k.rid, a.item, CASE WHEN k.rid % 3 = 0 THEN 'understood' ELSE a.state END, a.rev, a.explained_by, a.answered_at, a.said
			FROM checklists k, checklist_answers a WHERE k.id <> ?`, first.ID)
		for name, do := range map[string]func() error{
			"desk":     func() error { _, err := h.liaison.Desk(trestletest.Ctx(b, h.ops), "", 50); return err },
			"coverage": func() error { _, err := h.liaison.Coverage(h.as("member"), "operations"); return err },
			"list":     func() error { _, err := h.lists.List(trestletest.Ctx(b, h.ops), checklist.Wanted{}); return err },
		} {
			b.Run(name, func(b *testing.B) {
				trestletest.Timed(b, nil, func() {
					if err := do(); err != nil {
						b.Fatal(err)
					}
				})
			})
		}
	})
}
