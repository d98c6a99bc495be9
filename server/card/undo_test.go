package card_test

import (
	"testing"

	"trestle/server/card"
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
