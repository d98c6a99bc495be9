package flow_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
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
		if told("Delivery, last week: 0 finished, 2 in progress") != 1 || told("Build was over its limit on") != 1 || told("Work in progress: 2") != 1 || told("Throughput: 0 last week") != 1 || told("0 to 0") != 0 || told("/b/"+h.b.ID+"/flow") != 1 || told(`"to":["per_`) != 1 {
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

// A board that began in the middle of the week, and has nothing left to do, is told of: its week is counted by its days. That
// it is a team's own board, and that another one cannot be read, takes nothing from it.
func TestWeeklies_OfAWeekThatBeganInItsMiddle(t *testing.T) {
	each(t, func(h *house) {
		h.clock.Set(time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC))
		broken, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Broken", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{{Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		own, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Own", Visibility: board.TeamOnly, TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
			{Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		h.ok(h.flow.Weeklies(context.Background()))
		for _, class := range []string{"", "", board.Expedite} {
			c, err := h.cards.Create(h.ctx, own.ID, card.NewCard{Title: "quick", ColumnID: own.Columns[0].ID, Class: class})
			h.ok(err)
			if class == "" {
				_, err = h.cards.Move(h.ctx, c.Card.ID, card.Move{ColumnID: own.Columns[1].ID})
				h.ok(err)
			}
		}
		h.ok(store.Do(h.ctx, h.store, nil, func(tx *store.Tx) error {
			if _, err := tx.Exec("UPDATE columns SET checks = 'no list' WHERE board_rid = ?", broken.RID); err != nil {
				return err
			}
			_, err := tx.Exec("UPDATE boards SET version = version + 1 WHERE rid = ?", broken.RID)
			return err
		}))
		h.clock.Set(time.Date(2026, 11, 9, 7, 0, 0, 0, time.UTC))
		if err := h.flow.Weeklies(context.Background()); err == nil || !strings.Contains(err.Error(), broken.ID) {
			h.t.Errorf("a board that cannot be read: %v", err)
		}
		for _, like := range []string{"Own, last week: 2 finished, 0 in progress", "Work in progress: 0, and 1 expedite", "Throughput: 2 last week"} {
			if n := trestletest.Count(h.t, h.store, `SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%"flow.weekly"%' AND payload LIKE ?`, "%"+like+"%"); n != 1 {
				h.t.Errorf("%q is told %d times", like, n)
			}
		}
	})
}
