package retro

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// limitFrom is a column's limit from a moment on; 0 = none.
type limitFrom struct {
	at  int64
	max int
}

// stand is how full a column is while its history is told again.
type stand struct {
	limits []limitFrom
	max    int // the limit at this moment
	last   int // the last one that there was
	n      int
	most   int
	over   *int64 // since when it has been over
	days   map[string]bool
}

// over tells the board's moves again from the beginning and notes on which days which column was over the limit
// that it had then.
func (f *Facts) over(q *store.Query, l *board.Layout, since, now time.Time) error {
	stands := map[int64]*stand{}
	of := func(rid int64) *stand {
		s := stands[rid]
		if s == nil {
			s = &stand{days: map[string]bool{}}
			stands[rid] = s
		}
		return s
	}
	err := q.Each(func(scan func(...any) error) error {
		var rid, at int64
		var mode string
		var most *int64
		if err := scan(&rid, &mode, &most, &at); err != nil {
			return err
		}
		limit := limitFrom{at: at}
		if mode != "off" && most != nil {
			limit.max = int(*most)
		}
		s := of(rid)
		s.limits = append(s.limits, limit)
		return nil
	}, "SELECT column_rid, wip_mode, wip_max, from_at FROM column_versions WHERE board_rid = ? ORDER BY from_at, rid", l.RID)
	if err != nil {
		return err
	}
	t := teller{zone: l.Location(), since: since, now: now}
	err = q.Each(func(scan func(...any) error) error {
		var from, to *int64
		var at int64
		if err := scan(&from, &to, &at); err != nil {
			return err
		}
		if from != nil && to != nil && *from == *to {
			return nil
		}
		if from != nil {
			t.step(of(*from), at, -1)
		}
		if to != nil {
			t.step(of(*to), at, 1)
		}
		return nil
	}, "SELECT from_column_rid, to_column_rid, at FROM card_transitions WHERE board_rid = ? AND voided_at IS NULL ORDER BY at, rid", l.RID)
	for i := range l.Columns {
		s := stands[l.Columns[i].RID]
		if s == nil {
			continue
		}
		t.step(s, store.Ms(now), 0)
		t.mark(s, store.Ms(now))
		if len(s.days) > 0 {
			f.OverLimit = append(f.OverLimit, OverLimit{ColumnID: l.Columns[i].ID, Column: l.Columns[i].Name, Days: len(s.days), Most: s.most, Limit: s.last})
		}
	}
	return err
}

type teller struct {
	zone       *time.Location
	since, now time.Time
}

// step brings a column to a moment, through the limits that began before it, and changes its number.
func (t teller) step(s *stand, at int64, by int) {
	for len(s.limits) > 0 && s.limits[0].at <= at {
		t.set(s, s.limits[0].at, s.n, s.limits[0].max)
		s.limits = s.limits[1:]
	}
	t.set(s, at, s.n+by, s.max)
}

func (t teller) set(s *stand, at int64, n, limit int) {
	t.mark(s, at)
	s.n, s.max = n, limit
	if limit > 0 {
		s.last = limit
	}
	if s.over = nil; limit > 0 && n > limit {
		s.over = &at
	}
	if s.over != nil && at >= store.Ms(t.since) {
		s.most = max(s.most, n)
	}
}

// mark notes the days of a stretch that ends now.
func (t teller) mark(s *stand, until int64) {
	if s.over == nil || until <= store.Ms(t.since) {
		return
	}
	s.most = max(s.most, s.n)
	last := store.At(until).In(t.zone).Format(time.DateOnly)
	for day := store.At(max(*s.over, store.Ms(t.since))).In(t.zone); ; day = day.AddDate(0, 0, 1) {
		date := day.Format(time.DateOnly)
		s.days[date] = true
		if date >= last {
			return
		}
	}
}
