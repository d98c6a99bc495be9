// Package cadence says when something that comes again comes next, by the clock on the wall of its time zone.
package cadence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trestle/server/clock"
	"trestle/server/fault"
)

// Plan is days of the week, 1 Monday … 7 Sunday, and the minute of the day; of every week, or of every so many weeks
// counted from the week of a date.
type Plan struct {
	Days   []int
	Minute int
	Every  int    // weeks; 0 and 1 are each
	Anchor string // 2026-11-30, "" when each week has it
}

// mostWeeks is how rarely something may come: four times a year.
const mostWeeks = 13

// New makes a plan of what somebody wrote; what is wrong is named as a field of body.schedule.
func New(days []int, at, zone string, every int, anchor string) (*Plan, error) {
	days = slices.Compact(slices.Sorted(slices.Values(days)))
	if len(days) == 0 || days[0] < 1 || days[len(days)-1] > 7 {
		return nil, fault.Invalid("body.schedule.days", "Choose days from 1, Monday, to 7, Sunday")
	}
	t, err := time.Parse("15:04", at)
	if err != nil || len(at) != 5 {
		return nil, fault.Invalid("body.schedule.at", "A time looks like 09:30")
	}
	if _, ok := clock.Zone(zone); !ok {
		return nil, fault.Invalid("body.schedule.timeZone", "There is no such time zone; a name looks like Europe/Berlin")
	}
	if every < 0 || every > mostWeeks {
		return nil, fault.Invalid("body.schedule.everyWeeks", "It comes every week, or every second to thirteenth")
	}
	p := &Plan{Days: days, Minute: t.Hour()*60 + t.Minute()}
	if every < 2 {
		return p, nil
	}
	if _, err := time.Parse(time.DateOnly, anchor); err != nil {
		return nil, fault.Invalid("body.schedule.from", "Say a day of a week that has it, like 2026-11-30")
	}
	p.Every, p.Anchor = every, anchor
	return p, nil
}

// At is the time of the day, "09:30".
func (p Plan) At() string { return fmt.Sprintf("%02d:%02d", p.Minute/60, p.Minute%60) }

// Text and Kept are how the days are stored: "1,2,3".
func (p Plan) Text() string {
	words := make([]string, len(p.Days))
	for i, d := range p.Days {
		words[i] = strconv.Itoa(d)
	}
	return strings.Join(words, ",")
}

// Kept reads a plan of each week back; nil when there is none.
func Kept(days string, minute *int64) *Plan {
	if minute == nil {
		return nil
	}
	p := &Plan{Minute: int(*minute)}
	for _, word := range strings.Split(days, ",") {
		if d, err := strconv.Atoi(word); err == nil {
			p.Days = append(p.Days, d)
		}
	}
	return p
}

// Next is the first time of the plan that does not lie before a moment.
func (p Plan) Next(zone *time.Location, from time.Time) time.Time {
	y, m, d := from.In(zone).Date()
	for i := range 7*max(p.Every, 1) + 2 { // all weeks of one round, and what a change of clocks moves
		day := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		if !p.has(day) {
			continue
		}
		if at := onWall(zone, day, p.Minute); !at.Before(from) {
			return at.UTC()
		}
	}
	return from // not reached: a plan has a day
}

// Between gives the times from a moment on and before another one.
func (p Plan) Between(zone *time.Location, from, to time.Time) (out []time.Time) {
	for at := p.Next(zone, from); at.Before(to); at = p.Next(zone, at.Add(time.Minute)) {
		out = append(out, at)
	}
	return out
}

// Ahead is Between, or where that is nothing, the first time after it.
func (p Plan) Ahead(zone *time.Location, from, to time.Time) []time.Time {
	if out := p.Between(zone, from, to); len(out) > 0 {
		return out
	}
	return []time.Time{p.Next(zone, to)}
}

// NextAfter is when it comes next: a time that has come stays the next one until its box is over, unless that one has
// been held. lastStarted is when it was begun last, or nil.
func (p Plan) NextAfter(zone *time.Location, box time.Duration, now time.Time, lastStarted *time.Time) time.Time {
	at := p.Next(zone, now.Add(-box))
	const early = time.Hour // who begins so much before the time has held it
	if lastStarted != nil && !at.Add(-early).After(*lastStarted) {
		at = p.Next(zone, at.Add(time.Minute))
	}
	return at
}

// has says whether the plan has a day, which is midnight in UTC.
func (p Plan) has(day time.Time) bool {
	if !slices.Contains(p.Days, ISODay(day)) {
		return false
	}
	anchor, err := time.Parse(time.DateOnly, p.Anchor)
	if p.Every < 2 || err != nil {
		return true
	}
	weeks := int(Monday(day).Sub(Monday(anchor)).Hours()) / (7 * 24)
	return weeks%p.Every == 0
}

// Monday is the first day of a date's week.
func Monday(day time.Time) time.Time { return day.AddDate(0, 0, 1-ISODay(day)) }

// ISODay counts a date's weekday from Monday, 1, to Sunday, 7 (ISO 8601).
func ISODay(day time.Time) int { return (int(day.Weekday())+6)%7 + 1 }

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

// Minutes is how long something took, as whoever saw the clock would say it: to the nearest minute, and at least one
// where it took any time at all.
func Minutes(took time.Duration) int {
	if took <= 0 {
		return 0
	}
	return max(1, int(took.Round(time.Minute)/time.Minute))
}
