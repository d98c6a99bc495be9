package ritual

import (
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/retro"
	"trestle/server/store"
)

// Questions are what a flow review asks, in their order; its place counts them. The last one is what to do about it.
var Questions = []string{"wip", "age", "throughput", "cycle", "limits", "blockers", "returns", "decisions"}

const (
	flowDays    = 14 // how far back the first review looks
	flowMost    = 90 // and no review farther than that
	flowWeeks   = 8
	cycleDays   = 90 // the window of cycle times
	agedMost    = 20
	enoughToSay = 10 // finished cards, below which a percentile says too little
)

// Flow is what the record says of a board's flow when the review begins. Every number is as design says: days are
// calendar days of the board's zone, the first one counted; percentiles are by nearest rank.
type Flow struct {
	Since    time.Time   `json:"since" doc:"The review before, or fourteen days"`
	At       time.Time   `json:"at"`
	Wip      int         `json:"wip" doc:"Started and not finished"`
	TotalAge int         `json:"totalAge" doc:"The days of all of them together"`
	Aging    []Aged      `json:"aging" doc:"From 70 % of what their class is expected to take, the farthest first; twenty at most"`
	Weeks    []Week      `json:"weeks" doc:"The last eight, from Monday; the last one is not over"`
	Cycle    Cycle       `json:"cycle"`
	Facts    retro.Facts `json:"facts"`
}

// Aged is a card that has become old.
type Aged struct {
	CardID  string `json:"cardId"`
	Key     string `json:"key"`
	Title   string `json:"title"`
	Column  string `json:"column"`
	Days    int    `json:"days"`
	SLEDays int    `json:"sleDays"`
	Blocked bool   `json:"blocked,omitempty"`
}

// Week is what was started and finished in one.
type Week struct {
	From     string `json:"from" doc:"Its Monday, 2026-11-30"`
	Started  int    `json:"started"`
	Finished int    `json:"finished"`
}

// Cycle is how long cards took that were finished in 90 days, expedite ones left out.
type Cycle struct {
	N          int `json:"n"`
	P50        int `json:"p50,omitempty" doc:"Half of them took so many days or less; absent below ten cards"`
	P85        int `json:"p85,omitempty"`
	Within     int `json:"within" doc:"Of n, not longer than expected of their class"`
	SLEDays    int `json:"sleDays,omitempty" doc:"The board's expectation"`
	SLEPercent int `json:"slePercent,omitempty"`
	Unstarted  int `json:"unstarted,omitempty" doc:"Finished without having been started, or with a history that is not whole: left out"`
}

// flow reads what the review begins with.
func (c *change) flow() (*Flow, error) {
	q, l, now := c.tx.Query, c.seen.Layout, c.tx.Now
	cal := l.Calendar()
	f := &Flow{Since: cal.Back(now, flowDays), At: now, Aging: []Aged{}, Weeks: []Week{}}
	last, err := lastEnded(q, c.r.RID)
	if err != nil {
		return nil, err
	}
	if last != nil {
		f.Since = store.At(last.StartedAt)
		if oldest := cal.Back(now, flowMost); f.Since.Before(oldest) {
			f.Since = oldest
		}
	}
	for _, read := range []func() error{
		func() error { return f.age(q, l, cal, now) },
		func() error { return f.weeks(q, l, cal, now) },
		func() error { return f.cycle(q, l, cal, now) },
		func() (err error) { f.Facts, err = retro.FactsSince(q, l, f.Since, now); return err },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *Flow) age(q *store.Query, l *board.Layout, cal board.Calendar, now time.Time) error {
	cards, err := card.Walked(q, l)
	if err != nil {
		return err
	}
	for _, x := range cards {
		if x.StartedAt == nil {
			continue
		}
		a := l.AgeOf(cal, x.Class, *x.StartedAt, now)
		f.Wip++
		f.TotalAge += a.Days
		if a.Level < 2 {
			continue
		}
		column := ""
		if col := l.Column(x.ColumnID); col != nil {
			column = col.Name
		}
		f.Aging = append(f.Aging, Aged{x.ID, x.Key, x.Title, column, a.Days, a.SLEDays, len(x.Blockers) > 0})
	}
	slices.SortFunc(f.Aging, func(a, b Aged) int {
		if share := b.Days*a.SLEDays - a.Days*b.SLEDays; share != 0 {
			return share
		}
		return b.Days - a.Days
	})
	f.Aging = f.Aging[:min(len(f.Aging), agedMost)]
	return nil
}

func (f *Flow) weeks(q *store.Query, l *board.Layout, cal board.Calendar, now time.Time) error {
	monday := cal.Back(now, (int(now.In(l.Location()).Weekday())+6)%7)
	first := cal.Back(monday, 7*(flowWeeks-1))
	for n := range flowWeeks {
		f.Weeks = append(f.Weeks, Week{From: cal.Back(first, -7*n).Format(time.DateOnly)})
	}
	in := func(ms *int64) *Week {
		if ms == nil || store.At(*ms).Before(first) {
			return nil
		}
		return &f.Weeks[min(flowWeeks-1, (cal.Days(first, store.At(*ms))-1)/7)]
	}
	return q.Each(func(scan func(...any) error) error {
		var started, finished *int64
		err := scan(&started, &finished)
		if w := in(started); w != nil {
			w.Started++
		}
		if w := in(finished); w != nil {
			w.Finished++
		}
		return err
	}, "SELECT started_at, finished_at FROM cards WHERE board_rid = ? AND (started_at >= ? OR finished_at >= ?)", l.RID, store.Ms(first), store.Ms(first))
}

func (f *Flow) cycle(q *store.Query, l *board.Layout, cal board.Calendar, now time.Time) error {
	c := &f.Cycle
	if s := l.SLEFor(""); s != nil {
		c.SLEDays, c.SLEPercent = s.Days, s.Percent
	}
	var took []int
	err := q.Each(func(scan func(...any) error) error {
		var class string
		var started *int64
		var finished int64
		var incomplete bool
		if err := scan(&class, &started, &finished, &incomplete); err != nil {
			return err
		}
		if started == nil || incomplete || *started > finished {
			c.Unstarted++
			return nil
		}
		days := cal.Days(store.At(*started), store.At(finished))
		took = append(took, days)
		if s := l.SLEFor(class); s == nil || s.Days <= 0 || days <= s.Days {
			c.Within++
		}
		return nil
	}, "SELECT class, started_at, finished_at, history_incomplete FROM cards WHERE board_rid = ? AND finished_at >= ? AND class <> 'expedite'",
		l.RID, store.Ms(cal.Back(now, cycleDays)))
	slices.Sort(took)
	if c.N = len(took); c.N >= enoughToSay {
		c.P50, c.P85 = nearest(took, 50), nearest(took, 85)
	}
	return err
}

// nearest is the percentile by nearest rank of sorted numbers: the least of them that so many percent do not exceed.
func nearest(sorted []int, percent int) int { return sorted[(len(sorted)*percent+99)/100-1] }
