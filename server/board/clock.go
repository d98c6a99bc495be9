package board

import (
	"cmp"
	"math"
	"slices"

	"trestle/server/measure"
)

// Points are the positions at which a card counts as started and as finished.
func (l *Layout) Points() (start, finish int) {
	start, finish = math.MaxInt, math.MaxInt
	if c := l.Column(l.StartColumnID); c != nil {
		start = c.Position
	}
	if c := l.Column(l.FinishColumnID); c != nil {
		finish = c.Position
	}
	return start, finish
}

// Clock is when a card was started and finished, in epoch milliseconds; nil = not (yet).
type Clock struct{ Started, Finished *int64 }

// Enter is the clock after a card enters the column at position pos at the instant at (flow.md 3.9): the
// first entry at or past the start counts and is never taken back; the last entry at or past the finish
// counts; leaving the finish re-opens. A card that goes straight to the finish was never started.
func (l *Layout) Enter(c Clock, pos int, at int64) Clock {
	start, finish := l.Points()
	if pos >= finish {
		if c.Finished == nil {
			c.Finished = &at
		}
		return c
	}
	c.Finished = nil
	if c.Started == nil && pos >= start {
		c.Started = &at
	}
	return c
}

// Step is one entry of a card's history: the column's surrogate and when.
type Step struct {
	ColumnRID int64
	At        int64
}

// Measured is what the board declares as the measures of flow read it, and where each column stands there by its
// surrogate; retired ones stand where they last stood.
func (l *Layout) Measured() (measure.Board, map[int64]int) {
	columns := slices.Concat(l.Columns, l.Retired)
	slices.SortStableFunc(columns, func(a, b Column) int {
		return cmp.Or(a.Position-b.Position, int(a.RID-b.RID))
	})
	index := make(map[int64]int, len(columns))
	start, finish := l.Points()
	b := measure.Board{Start: len(columns), Finish: len(columns)}
	for i, c := range columns {
		index[c.RID] = i
		b.Columns = append(b.Columns, measure.Column{ID: c.ID, Name: c.Name, Kind: kinds[c.Kind], Retired: c.Retired})
		if c.Position >= start && i < b.Start {
			b.Start = i
		}
		if c.Position >= finish && i < b.Finish {
			b.Finish = i
		}
	}
	return b, index
}

var kinds = map[string]measure.Kind{Queue: measure.Queue, Active: measure.Active, Done: measure.Done}

// Replay is the clock after a whole history, under the points that the board declares today: what the measures of flow
// make of it. Enter is one step of it.
func (l *Layout) Replay(steps []Step) Clock {
	b, index := l.Measured()
	var item measure.Item
	for _, s := range steps {
		if i, known := index[s.ColumnRID]; known {
			item.Steps = append(item.Steps, measure.Step{At: s.At, Column: i})
		}
	}
	r := measure.Record{Board: b, Calendar: measure.NewCalendar(nil), Items: []measure.Item{item}}
	j := &r.Journeys()[0]
	return Clock{instant(j.Started), instant(j.Finished)}
}

func instant(at int64) *int64 {
	if at == measure.Unset {
		return nil
	}
	return &at
}
