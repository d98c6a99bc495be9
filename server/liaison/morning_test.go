package liaison_test

import (
	"context"
	"testing"
	"time"

	"trestle/server/checklist"
	"trestle/server/liaison"
	"trestle/server/trestletest"
)

// Once a day, in the morning where they are, whoever stands to a team is told what waits; where nothing waits, nothing.
func TestMornings(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		h.exec("UPDATE people SET time_zone = 'America/New_York' WHERE id = ?", h.ops.PersonID)
		at := func(day, hour, minute int) {
			t.Helper()
			h.b.Clock.Set(time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC))
			if err := h.liaison.Mornings(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		told := func() int {
			t.Helper()
			return trestletest.Count(t, h.b.Store, `SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%"desk.morning"%'`)
		}
		at(2, 12, 45) // 07:45 there, and nothing waits
		if told() != 0 {
			t.Error("told of nothing")
		}
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		h.answered(h.as("worker"), l, "F1")
		at(2, 12, 55)
		if told() != 0 {
			t.Error("the same morning again")
		}
		at(3, 8, 0) // 03:00 there
		if told() != 0 {
			t.Error("told in the night")
		}
		at(3, 12, 45)
		at(3, 13, 30)
		if told() != 1 {
			t.Errorf("told %d times", told())
		}
		if n := trestletest.Count(t, h.b.Store, `SELECT COUNT(*) FROM outbox WHERE payload LIKE '%"One thing waits on your desk"%' AND payload LIKE '%1 answer to understand%' AND payload LIKE '%scope=all%'`); n != 1 {
			t.Error("not what waits")
		}
		at(4, 17, 30) // down all morning
		if told() != 1 {
			t.Error("told at noon")
		}
		h.liaise(h.ops, l, "F1")
		at(5, 12, 45)
		if told() != 1 {
			t.Error("told of what is understood")
		}
	})
}
