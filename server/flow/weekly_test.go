package flow_test

import (
	"context"
	"testing"
	"time"

	"trestle/server/trestletest"
)

// On Monday morning, where the board is, its team is told of the week once; never of a week that nobody has seen the
// beginning of, nor of a board that stands still.
func TestWeeklies(t *testing.T) {
	each(t, func(h *house) {
		at := func(day, hour int) {
			h.t.Helper()
			h.clock.Set(time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)) // an hour behind Berlin
			h.ok(h.flow.Weeklies(context.Background()))
		}
		told := func(like string) int {
			h.t.Helper()
			return trestletest.Count(h.t, h.store, `SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%"flow.weekly"%' AND payload LIKE ?`, "%"+like+"%")
		}
		h.clock.Set(time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC))
		h.create("one", "Build")
		h.create("two", "Build")
		h.create("three", "Build")
		at(4, 10) // first seen on a Wednesday
		at(9, 5)  // six o'clock in Berlin
		if n := told(""); n != 0 {
			h.t.Errorf("told %d times too early", n)
		}
		h.move("one", "Done")
		at(9, 6)
		at(9, 8)
		if n := told(""); n != 1 {
			h.t.Errorf("told %d times", n)
		}
		if told("Delivery, last week: 0 finished, 2 in progress") != 1 || told("Build was over its limit on") != 1 || told("Work in progress: 2") != 1 || told("/b/"+h.b.ID+"/flow") != 1 || told(`"to":["per_`) != 1 {
			h.t.Error("not what is to be told")
		}
		at(16, 11) // noon: the server was down all morning
		if n := told(""); n != 1 {
			h.t.Errorf("told %d times, late", n)
		}
		h.move("two", "Done")
		h.move("three", "Done")
		at(23, 7)
		if n := told("last week: 2 finished, 0 in progress"); n != 1 {
			h.t.Errorf("the next week is told %d times", n)
		}
		at(30, 7)
		if n := told(""); n != 2 {
			h.t.Errorf("a week in which nothing moved is told: %d", n)
		}
	})
}
