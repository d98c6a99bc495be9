package standup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trestle/server/clock"
	"trestle/server/fault"
)

// plan is a schedule as it is kept: days of the week, 1 Monday … 7 Sunday, and the minute of the day.
type plan struct {
	Days   []int
	Minute int
}

func (s Schedule) plan() (*plan, error) {
	days := slices.Compact(slices.Sorted(slices.Values(s.Days)))
	if len(days) == 0 || days[0] < 1 || days[len(days)-1] > 7 {
		return nil, fault.Invalid("body.schedule.days", "Choose days from 1, Monday, to 7, Sunday")
	}
	at, err := time.Parse("15:04", s.At)
	if err != nil || len(s.At) != 5 {
		return nil, fault.Invalid("body.schedule.at", "A time looks like 09:30")
	}
	if _, ok := clock.Zone(s.TimeZone); !ok {
		return nil, fault.Invalid("body.schedule.timeZone", "There is no such time zone; a name looks like Europe/Berlin")
	}
	return &plan{days, at.Hour()*60 + at.Minute()}, nil
}

func (p plan) view(zone string) *Schedule {
	return &Schedule{Days: p.Days, At: fmt.Sprintf("%02d:%02d", p.Minute/60, p.Minute%60), TimeZone: zone}
}

// text and planOf are how it is stored: "1,2,3".
func (p plan) text() string {
	words := make([]string, len(p.Days))
	for i, d := range p.Days {
		words[i] = strconv.Itoa(d)
	}
	return strings.Join(words, ",")
}

func planOf(days string, minute *int64) *plan {
	if minute == nil {
		return nil
	}
	p := &plan{Minute: int(*minute)}
	for _, word := range strings.Split(days, ",") {
		if d, err := strconv.Atoi(word); err == nil {
			p.Days = append(p.Days, d)
		}
	}
	return p
}

// next is the first time of the plan that does not lie before a moment.
func (p plan) next(zone *time.Location, from time.Time) time.Time {
	y, m, d := from.In(zone).Date()
	for i := range 9 { // a week, and what a change of clocks moves
		day := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		if !slices.Contains(p.Days, isoDay(day.Weekday())) {
			continue
		}
		if at := onWall(zone, day, p.Minute); !at.Before(from) {
			return at.UTC()
		}
	}
	return from // not reached: a plan has a day
}

func isoDay(d time.Weekday) int { return (int(d)+6)%7 + 1 }

// onWall is when the clock on the wall of a zone shows a minute of a day. What it shows twice is meant the first
// time; what it passes over is as long after midnight as it would have been.
func onWall(zone *time.Location, day time.Time, minute int) time.Time {
	wall := day.Add(time.Duration(minute) * time.Minute) // as if it were UTC
	by := func(reference time.Time) (at time.Time, shows bool) {
		_, offset := reference.In(zone).Zone()
		at = wall.Add(-time.Duration(offset) * time.Second)
		h, m, _ := at.In(zone).Clock()
		return at, h*60+m == minute
	}
	before, shows := by(wall.Add(-24 * time.Hour))
	if shows {
		return before
	}
	if after, shows := by(wall.Add(24 * time.Hour)); shows {
		return after
	}
	return before
}

// nextOf is when the series meets next: a time that has come stays the next one until its box is over, unless that
// meeting has been held.
func (r *series) nextOf(now time.Time, lastStarted *time.Time) *time.Time {
	if r.Plan == nil {
		return nil
	}
	zone := r.location()
	at := r.Plan.next(zone, now.Add(-time.Duration(r.Box)*time.Minute))
	const early = time.Hour // who begins so much before the time has held that meeting
	if lastStarted != nil && !at.Add(-early).After(*lastStarted) {
		at = r.Plan.next(zone, at.Add(time.Minute))
	}
	return &at
}
