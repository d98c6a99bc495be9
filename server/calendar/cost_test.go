package calendar_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// However many boards have rituals, whether one runs, was held or was moved to another time: the calendar and the lists
// of standups and rituals take as many statements.
func TestCost_AsManyStatementsForManyBoards(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		daily := standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "09:30", TimeZone: "Europe/Berlin"}
		more := func(n int) {
			t.Helper()
			for i := range n {
				l := must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: fmt.Sprintf("Board %d", i), Visibility: "team",
					Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
				s := must[standup.View](t)(h.standups.SetUp(h.as(h.ana), l.ID)).Series
				must[standup.View](t)(h.standups.Change(h.as(h.ana), s.ID, standup.Patch{Schedule: web.Some(daily)}))
				r := must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: l.ID, Kind: ritual.Demo,
					Schedule: &ritual.Schedule{Days: []int{2}, At: "14:00", TimeZone: "Europe/Berlin"}})).Series
				for range 2 { // one was held, one runs
					must[standup.View](t)(h.standups.Start(h.as(h.ana), l.ID, ""))
					must[ritual.View](t)(h.rituals.Start(h.as(h.ana), r.ID))
					if i%2 == 0 {
						must[standup.View](t)(h.standups.End(h.as(h.ana), s.ID))
						must[ritual.View](t)(h.rituals.End(h.as(h.ana), r.ID))
					}
				}
			}
		}
		now := b.Clock.Now()
		count := func() (out [5]int) {
			t.Helper()
			for i, do := range []func(ctx context.Context) error{
				func(ctx context.Context) error {
					_, err := h.calendar.List(ctx, now.Add(-7*24*time.Hour), now.Add(7*24*time.Hour), "")
					return err
				},
				func(ctx context.Context) error { _, err := h.standups.List(ctx, ""); return err },
				func(ctx context.Context) error { _, err := h.rituals.List(ctx, ritual.Which{}); return err },
				func(ctx context.Context) error {
					return b.Store.ReadSnapshot(ctx, func(q *store.Query) error {
						if _, err := h.standups.OnCallOf(q, h.ana, now); err != nil {
							return err
						}
						_, err := h.standups.Soon(q, h.ana, now)
						return err
					})
				},
				func(ctx context.Context) error {
					return b.Store.ReadSnapshot(ctx, func(q *store.Query) error { _, err := h.rituals.Soon(q, h.ana, now); return err })
				},
			} {
				if err := do(store.Hearing(h.as(h.ana), func(string) { out[i]++ })); err != nil {
					t.Fatal(err)
				}
			}
			return out
		}
		more(2)
		few := count()
		more(7)
		if many := count(); few != many || few[0] == 0 {
			t.Errorf("a few boards take %v statements, many %v", few, many)
		}
	})
}
