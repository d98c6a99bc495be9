package card_test

import (
	"testing"

	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// An undo takes back the class that its move had set, but not one that somebody gave the card since.
func TestUndoOfAClass(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		for _, c := range []struct{ since, want string }{{"", "standard"}, {"fixed_date", "fixed_date"}} {
			a := d.add("a"+c.since, "Ready")
			m, err := d.move(a.ID, "Build", card.Move{Class: "expedite", Reason: "burns"})
			if err != nil {
				t.Fatal(err)
			}
			if c.since != "" {
				if _, err := d.cards.Change(d.lead, a.ID, card.Patch{Class: &c.since}); err != nil {
					t.Fatal(err)
				}
			}
			u, err := d.cards.Undo(d.worker, a.ID, m.Seq)
			if err != nil || u.ColumnID != d.col("Ready") || u.Class != c.want {
				t.Errorf("after %q: %s, want %s (%v)", c.since, u.Class, c.want, err)
			}
		}
	})
}

// Two moves of one card are taken back one after the other, and again after both were made anew; a move that somebody
// made in between stays.
func TestUndoOfSeveralMoves(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		move := func(to string) int64 {
			t.Helper()
			m, err := d.move(a.ID, to, card.Move{Reason: "burns", Return: &card.Return{Category: "other"}})
			if err != nil {
				t.Fatal(err)
			}
			return m.Seq
		}
		undo := func(seq int64, want string) {
			t.Helper()
			u, err := d.cards.Undo(d.worker, a.ID, seq)
			if err != nil || u.ColumnID != d.col(want) {
				t.Fatalf("undo of %d: %s, want %s (%v)", seq, u.ColumnID, want, err)
			}
		}
		for range 2 {
			first, second := move("Build"), move("Review")
			undo(second, "Build")
			undo(first, "Ready")
		}
		first, second := move("Build"), move("Review")
		move("Build") // by hand, not by an undo
		for _, seq := range []int64{second, first} {
			if _, err := d.cards.Undo(d.worker, a.ID, seq); !fault.Is(err, "stale") {
				t.Errorf("undo of %d under a later move: %v", seq, err)
			}
		}
	})
}
