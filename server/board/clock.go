package board

import (
	"math"
	"time"
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

// Replay is the clock after a whole history, under the points that the board declares today.
func (l *Layout) Replay(steps []Step) Clock {
	var c Clock
	for _, s := range steps {
		if col := l.ColumnByRID(s.ColumnRID); col != nil {
			c = l.Enter(c, col.Position, s.At)
		}
	}
	return c
}

// Age is how many calendar days ago a card was started, in the board's time zone, the first day counted.
func (l *Layout) Age(started int64, now time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(l.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(now).Sub(day(time.UnixMilli(started))).Hours()/24) + 1
}

// Aging says whether a card of a class has been in progress for 70 % of the expectation or longer.
func (l *Layout) Aging(class string, started int64, now time.Time) bool {
	days := 0
	for _, s := range l.SLEs {
		if s.Class == class || (s.Class == "" && days == 0) {
			days = s.Days
		}
	}
	return days > 0 && l.Age(started, now)*10 >= days*7
}
