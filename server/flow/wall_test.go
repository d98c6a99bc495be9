package flow_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// later stands for the rooms after flow.
type later struct {
	waiting  []flow.Waiting
	launches []flow.Launching
	err      error
	away     error
	torn     bool // part of what waits could not be read
}

func (l later) Waiting(context.Context) ([]flow.Waiting, bool, error) {
	return l.waiting, !l.torn, l.err
}
func (l later) Launching(context.Context, *store.Query, string, string) ([]flow.Launching, error) {
	return l.launches, l.away
}

func (h *house) wall(ctx context.Context) flow.Wall {
	h.t.Helper()
	w, err := h.flow.Wall(ctx)
	h.ok(err)
	return w
}

func TestWall(t *testing.T) {
	each(t, func(h *house) {
		t := h.t
		for _, title := range []string{"a", "b", "c"} {
			h.create(title, "Build") // three, and two are allowed
		}
		h.day(4)
		h.move("c", "Review")
		h.day(5)
		h.create("fire", "Review", board.Expedite)
		_, err := h.cards.Block(h.ctx, h.ids["b"], card.NewBlocker{Category: "vendor", Reason: "The driver is not fixed"})
		h.ok(err)
		_, err = h.cards.Block(h.ctx, h.ids["a"], card.NewBlocker{Category: "review", Reason: "Nobody looks"})
		h.ok(err)
		h.create("quick", "Review")
		h.day(6)
		calm, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Zeal", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
			{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &board.Wip{Mode: board.Warn, Max: new(3)}}, {Name: "Done", Kind: board.Done}}})
		h.ok(err)
		_, err = h.cards.Create(h.ctx, calm.ID, card.NewCard{Title: "calm", ColumnID: calm.Columns[1].ID})
		h.ok(err)
		manager := trestletest.Ctx(t, trestletest.Person(t, h.store, "ivo", who.Manager))
		other := trestletest.Team(t, h.store, "FAR")
		far := trestletest.Person(t, h.store, "fay", who.Member)
		trestletest.Join(t, h.store, other, far, "lead")
		hidden, err := h.boards.Create(trestletest.Ctx(t, far), board.NewBoard{TeamID: other, Name: "Hidden", Visibility: board.TeamOnly, TimeZone: "UTC", Columns: []board.NewColumn{
			{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
		h.ok(err)
		h.day(11) // a Wednesday
		h.move("quick", "Done")

		w := h.wall(h.ctx)
		if len(w.Boards) != 2 || w.Boards[0].ID != h.b.ID || w.Boards[1].ID != calm.ID {
			t.Fatalf("%+v", w.Boards)
		}
		b := w.Boards[0]
		if b.Say != "4 older than expected, 1 expedite" || b.Tone != "bad" || b.WIP != 4 || b.Past != 4 || b.Risk != 0 || b.Blocked != 2 || b.Outside != 1 || b.Finished != 1 {
			t.Errorf("%+v", b)
		}
		if o := b.Oldest; o == nil || o.Title != "a" || o.Days != 10 || o.SLEDays != 4 || o.Level != 3 {
			t.Errorf("%+v", o)
		}
		// from the 29th of October on, working days only; over from the 2nd until the 4th
		if want := []bool{false, false, true, true, true, false, false, false, false, false}; !slices.Equal(b.Over.Marks, want) || b.Over.Days != 3 {
			t.Errorf("%+v", b.Over)
		}
		if c := b.Columns; len(c) != 2 || c[0].Name != "Build" || c[0].State != "full" || c[0].Count != 2 || *c[0].Max != 2 || len(c[0].Mix) != 2 || c[1].State != "none" {
			t.Errorf("%+v", b.Columns)
		}
		if x := w.Blocked; len(x) != 1 || x[0].Reason != "The driver is not fixed" || x[0].Days != 7 || x[0].Title != "b" || x[0].Category != "Vendor" {
			t.Errorf("%+v", w.Blocked)
		}
		if w.Boards[1].Say != "Within limits" || w.Boards[1].Tone != "fine" {
			t.Errorf("%+v", w.Boards[1])
		}
		if w.Sums != (flow.WallSums{WIP: 5, Expedite: 1, Blocked: 2, Outside: 1, Past: 4, Finished: 1}) {
			t.Errorf("%+v", w.Sums)
		}
		// the same numbers as the board's own
		over, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{Class: "standard,expedite"})
		h.ok(err)
		if over.WIP.Now != b.WIP || over.Age.Oldest != b.Oldest.Days {
			t.Errorf("%+v, and the wall %+v", over.WIP, b)
		}
		if over, err = h.flow.Overview(h.ctx, h.b.ID, flow.Ask{}); err != nil || over.WIP.Now != b.WIP-b.Expedite || over.WIP.Expedite != b.Expedite || b.Expedite != 1 {
			t.Errorf("%+v, and the wall %+v: %v", over.WIP, b, err)
		}
		if all := h.wall(manager); len(all.Boards) != 3 || !slices.ContainsFunc(all.Boards, func(x flow.WallBoard) bool { return x.ID == hidden.ID && x.Tone == "none" }) {
			t.Errorf("a manager sees %d boards", len(all.Boards))
		}
		screen := store.As(who.With(t.Context(), who.Viewer{DeviceID: "scr_1", TeamID: other}), "", "")
		if its := h.wall(screen); len(its.Boards) != 1 || its.Boards[0].ID != hidden.ID {
			t.Errorf("a screen of the other team sees %+v", its.Boards)
		}

		// what waits for the viewer comes first; a launch is said where there is a reason to worry
		h.flow.UseBeside(later{waiting: []flow.Waiting{{Kind: "blocker.raised", BoardID: calm.ID}}, launches: []flow.Launching{{TeamID: h.team, On: "2026-11-10"}, {TeamID: h.team, On: "2026-12-01"}}})
		for i := range 2 {
			_, err = h.cards.Create(h.ctx, calm.ID, card.NewCard{Title: "more", ColumnID: calm.Columns[1].ID})
			h.ok(err)
			if i == 0 {
				h.clock.Advance(time.Minute)
			}
		}
		w = h.wall(h.ctx)
		if first := w.Boards[0]; first.ID != calm.ID || first.Waiting != 1 || first.Say != "Build full, launch on 1 Dec" || first.Tone != "warn" || first.LaunchOn != "2026-12-01" || len(w.Waiting) != 1 {
			t.Errorf("%+v", first)
		}
		h.flow.UseBeside(later{waiting: []flow.Waiting{{Kind: "ask.raised", BoardID: calm.ID}}, torn: true})
		if w = h.wall(h.ctx); !slices.Equal(w.Failed, []string{"waiting"}) || len(w.Waiting) != 1 || w.Boards[0].Waiting != 1 {
			t.Errorf("what could be read of what waits is shown, and that it is not all: %v %+v", w.Failed, w.Waiting)
		}
		h.flow.UseBeside(later{away: errors.New("away")})
		if w = h.wall(h.ctx); !slices.Equal(w.Failed, []string{"launches"}) || len(w.Boards) != 2 {
			t.Errorf("%v", w.Failed)
		}
		h.flow.UseBeside(later{err: errors.New("away")})
		if w = h.wall(h.ctx); !slices.Equal(w.Failed, []string{"waiting"}) || len(w.Boards) != 2 {
			t.Errorf("%v", w.Failed)
		}
	})
}

// A wall asks so much, however many boards there are; and what has not moved on is not read again.
func TestWall_SoManyStatements(t *testing.T) {
	each(t, func(h *house) {
		statements := func() (n int) {
			h.wall(store.Hearing(h.ctx, func(string) { n++ }))
			return n
		}
		h.create("one", "Build")
		cold, warm := statements(), statements()
		for range 7 {
			_, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "More", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{{Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
			h.ok(err)
		}
		statements()
		if n := statements(); n != warm || warm > 5 || cold < warm {
			h.t.Errorf("%d statements for one board, %d at first, %d for eight", warm, cold, n)
		}
		h.clock.Advance(24 * time.Hour) // ages have changed
		if w := h.wall(h.ctx); w.Boards[0].Oldest == nil || w.Boards[0].Oldest.Days != 2 {
			h.t.Errorf("%+v", w.Boards[0])
		}
	})
}
