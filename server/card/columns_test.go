package card_test

import (
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/trestletest"
)

// A column that is retired leaves what cards did in it as it was: when they were started and finished.
func TestRemovedColumnLeavesTheHistory(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		through := d.add("through Review", "Ready")
		for _, column := range []string{"Build", "Review", "Done"} {
			b.Clock.Advance(24 * time.Hour)
			if _, err := d.move(through.ID, column, card.Move{}); err != nil {
				t.Fatal(err)
			}
		}
		skipped := d.add("started in Review", "Ready")
		for _, column := range []string{"Review", "Done"} {
			b.Clock.Advance(24 * time.Hour)
			if _, err := d.move(skipped.ID, column, card.Move{}); err != nil {
				t.Fatal(err)
			}
		}
		before := d.snapshot()
		same := func(step string) {
			t.Helper()
			for i, now := range d.snapshot().Cards {
				was := before.Cards[i]
				if now.ID != was.ID || now.StartedAt == nil || !now.StartedAt.Equal(*was.StartedAt) || now.FinishedAt == nil || !now.FinishedAt.Equal(*was.FinishedAt) {
					t.Fatalf("after %s, %s: started %v finished %v, before %v %v", step, now.Title, now.StartedAt, now.FinishedAt, was.StartedAt, was.FinishedAt)
				}
			}
		}
		if _, err := d.boards.RemoveColumn(d.lead, d.col("Review"), ""); err != nil {
			t.Fatal(err)
		}
		same("the removal")
		l, _, err := d.boards.AddColumn(d.lead, d.b.ID, board.NewColumn{Name: "Test"}, board.Where{BeforeID: d.col("Ready")})
		if err != nil {
			t.Fatal(err)
		}
		// the points move to and fro, so that every history is read anew
		for _, start := range []string{l.Columns[1].ID, d.col("Build")} {
			if _, err := d.boards.Change(d.lead, d.b.ID, board.Patch{StartColumnID: &start}); err != nil {
				t.Fatal(err)
			}
		}
		same("a new column")
	})
}
