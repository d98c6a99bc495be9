package card_test

import (
	"testing"

	"trestle/server/board"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// A board declares its first points itself, and never a finish to the left of the start: with one every later
// change of its settings would be refused.
func TestFirstPoints(t *testing.T) {
	active, done := board.NewColumn{Name: "A", Kind: board.Active}, board.NewColumn{Name: "D", Kind: board.Done}
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		for _, c := range []struct {
			name    string
			columns []board.NewColumn
			add     *board.NewColumn // before the first column
			points  string           // names of the columns at the start and at the finish
		}{
			{"in order", []board.NewColumn{active, done}, nil, "A D"},
			{"done first", []board.NewColumn{done, active}, nil, "A "},
			{"done on both sides", []board.NewColumn{done, active, {Name: "E", Kind: board.Done}}, nil, "A E"},
			{"only done", []board.NewColumn{done}, nil, " D"},
			{"done added at the left", []board.NewColumn{active}, &done, "A "},
			{"active added at the left", []board.NewColumn{done}, &active, "A D"},
		} {
			t.Run(c.name, func(t *testing.T) {
				l, err := d.boards.Create(d.lead, board.NewBoard{TeamID: d.team, Name: c.name, Columns: c.columns})
				if err != nil {
					t.Fatal(err)
				}
				if c.add != nil {
					if l, _, err = d.boards.AddColumn(d.lead, l.ID, *c.add, board.Where{BeforeID: l.Columns[0].ID}); err != nil {
						t.Fatal(err)
					}
				}
				name := func(id string) string {
					if col := l.Column(id); col != nil {
						return col.Name
					}
					return ""
				}
				if got := name(l.StartColumnID) + " " + name(l.FinishColumnID); got != c.points {
					t.Errorf("points %q, want %q", got, c.points)
				}
				if _, err := d.boards.Change(d.lead, l.ID, board.Patch{Name: &c.name}); err != nil {
					t.Error(err)
				}
			})
		}
	})
}
