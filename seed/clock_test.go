package seed_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/who"
)

// oneClock holds the ages of the demo against each other: what a card's row says was written move by move, what flow says
// is made of its whole history, and boards, standups and the wall count from either.
func oneClock(t *testing.T, st *store.Store, now time.Time) {
	boards := board.New(st)
	cards, flows := card.New(st, boards, "test"), flow.New(st, boards)
	ctx := store.As(who.With(context.Background(), who.Viewer{PersonID: admin(t, st), Role: who.Admin}), "", "")
	all, err := cards.Boards(ctx, false)
	if err != nil || len(all) < 5 {
		t.Fatal(len(all), err)
	}
	wall, err := flows.Wall(ctx)
	if err != nil {
		t.Fatal(err)
	}
	onWall := map[string]flow.WallBoard{}
	for _, b := range wall.Boards {
		onWall[b.ID] = b
	}
	seen := 0
	for _, b := range all {
		l, err := boards.LayoutIn(st.Rows(ctx), b.ID)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Do(ctx, st, []string{event.BoardTopic(b.ID)}, func(tx *store.Tx) error {
			changed, err := cards.Recompute(tx, l)
			if n := reflect.ValueOf(changed).Len(); n > 0 {
				t.Errorf("%s: %d clocks are not what their history says: %+v", b.Name, n, changed)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		aging, err := flows.Aging(ctx, b.ID, flow.Ask{Class: "standard,expedite,fixed_date,intangible"})
		if err != nil {
			t.Fatal(err)
		}
		faces, cal, old := map[string]time.Time{}, l.Calendar(), 0
		err = st.Rows(ctx).Each(func(scan func(...any) error) error {
			var id string
			var at int64
			err := scan(&id, &at)
			faces[id] = store.At(at)
			return err
		}, "SELECT id, started_at FROM cards WHERE board_rid = ? AND started_at IS NOT NULL", l.RID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range aging.Cards {
			seen++
			age := l.AgeOf(cal, c.Class, faces[c.ID], now)
			if age.Days != c.Days || age.SLEDays != c.SLEDays {
				t.Errorf("%s: %d of %d days on the board, %d of %d on its Flow page", c.Key, age.Days, age.SLEDays, c.Days, c.SLEDays)
			}
			if age.Level >= 2 {
				old++
			}
		}
		w := onWall[b.ID]
		if len(aging.Cards) != b.Wip || old != b.Aging || w.WIP != b.Wip || w.Risk+w.Past != old {
			t.Errorf("%s: in progress %d by flow, %d by the board, %d on the wall; aging %d, %d, %d", b.Name, len(aging.Cards), b.Wip, w.WIP, old, b.Aging, w.Risk+w.Past)
		}
		if len(aging.Cards) > 0 && (w.Oldest == nil || w.Oldest.Days != aging.Cards[0].Days) {
			t.Errorf("%s: the oldest is %+v, not %+v", b.Name, w.Oldest, aging.Cards[0])
		}
	}
	if seen < 30 {
		t.Errorf("only %d cards are in progress", seen)
	}
}

func admin(t *testing.T, st *store.Store) (id string) {
	t.Helper()
	if _, err := st.Rows(context.Background()).Row([]any{&id}, "SELECT id FROM people WHERE role = 'admin' ORDER BY id LIMIT 1"); err != nil {
		t.Fatal(err)
	}
	return id
}
