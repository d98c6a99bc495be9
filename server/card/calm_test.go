package card_test

import (
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// What changes nothing says nothing, and what is gone is not changed.
func TestCalm(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		mate := trestletest.Person(t, st, "mo", who.Member)
		owners := []string{d.viewer.PersonID, mate.PersonID}
		if _, err := d.cards.Change(d.worker, a.ID, card.Patch{OwnerIDs: &owners}); err != nil {
			t.Fatal(err)
		}
		todo, err := d.cards.AddTodo(d.worker, a.ID, card.NewTodo{Text: "drain"})
		if err != nil {
			t.Fatal(err)
		}
		gone, err := d.cards.AddTodo(d.worker, a.ID, card.NewTodo{Text: "fill"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.RemoveTodo(d.worker, gone.Todo.ID); err != nil {
			t.Fatal(err)
		}
		before := d.snapshot().Seq
		slices.Reverse(owners)
		text, no := "drain", false
		for name, do := range map[string]func() error{
			"the same owners in another order": func() error { _, err := d.cards.Change(d.worker, a.ID, card.Patch{OwnerIDs: &owners}); return err },
			"a to-do item as it is": func() error {
				_, err := d.cards.ChangeTodo(d.worker, todo.Todo.ID, card.TodoPatch{Text: &text, Done: &no})
				return err
			},
			"an item removed twice": func() error { _, err := d.cards.RemoveTodo(d.worker, gone.Todo.ID); return err },
		} {
			if err := do(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = d.cards.ChangeTodo(d.worker, gone.Todo.ID, card.TodoPatch{Text: &text})
		wantCode(t, err, "not_found")
		if now := d.snapshot().Seq; now != before {
			t.Errorf("%d events about nothing", now-before)
		}
	})
}

// A lane that is removed lets its cards go, which flow and their histories keep.
func TestRemovedLaneIsRecorded(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		l, err := d.boards.AddLane(d.lead, d.b.ID, board.NewLane{Name: "North"})
		if err != nil {
			t.Fatal(err)
		}
		lane := l.Lanes[0]
		a := d.add("a", "Ready")
		b.Clock.Advance(time.Hour)
		if _, err := d.move(a.ID, "Ready", card.Move{LaneID: web.Some(lane.ID)}); err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(time.Hour)
		if _, err := d.boards.RemoveLane(d.lead, lane.ID); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM card_transitions WHERE kind = 'move' AND from_lane_rid IS NOT NULL AND lane_rid IS NULL AND from_column_rid = to_column_rid"); n != 1 {
			t.Errorf("%d transitions out of the lane", n)
		}
		detail, _, err := d.cards.Detail(d.worker, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, line := range detail.History {
			said = append(said, line.ActorName+" "+line.Text)
		}
		if want := []string{"lea took it out of its lane", "wim moved it to another lane", "wim created it in Ready"}; !slices.Equal(said, want) {
			t.Errorf("history %q", said)
		}
	})
}

// Two cards want the one place in the strip: what a patch exceeds is kept like what a move exceeds, and an undo
// leaves a class alone that somebody has changed since.
func TestClassAndLimits(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		one := 1
		l, err := d.boards.AddLane(d.lead, d.b.ID, board.NewLane{Name: "North", Wip: &board.Wip{Mode: board.Reason, Max: &one}})
		if err != nil {
			t.Fatal(err)
		}
		a, b := d.add("a", "Build"), d.add("b", "Build")
		for i, id := range []string{a.ID, b.ID} {
			p := card.Patch{LaneID: web.Some(l.Lanes[0].ID)}
			if i == 1 {
				_, err := d.cards.Change(d.worker, id, p)
				wantCode(t, err, "reason_required")
				p.Reason = "storm"
			}
			if _, err := d.cards.Change(d.worker, id, p); err != nil {
				t.Fatal(err)
			}
		}
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM card_transitions WHERE override_reason = 'storm' AND override_limit LIKE '%North%'"); n != 1 {
			t.Errorf("%d transitions name the lane's limit", n)
		}
		m, err := d.move(a.ID, "Build", card.Move{Class: board.Expedite})
		if err != nil {
			t.Fatal(err)
		}
		fixed := board.FixedDate
		if _, err := d.cards.Change(d.worker, a.ID, card.Patch{Class: &fixed}); err != nil {
			t.Fatal(err)
		}
		u, err := d.cards.Undo(d.worker, a.ID, m.Seq)
		if err != nil || u.Class != board.FixedDate {
			t.Errorf("undone: %v, class %s", err, u.Class)
		}
	})
}
