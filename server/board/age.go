package board

import (
	"time"

	"trestle/server/measure"
)

// Calendar counts the board's days, calendar days of its time zone, as every measure of flow does. It is for one piece
// of work.
type Calendar struct {
	zone *time.Location
	days *measure.Calendar
}

// Calendar is the board's calendar; loading a zone is slow, so it is asked for once per piece of work.
func (l *Layout) Calendar() Calendar { return CalendarIn(l.Location()) }

// CalendarIn is the calendar of any zone.
func CalendarIn(zone *time.Location) Calendar { return Calendar{zone, measure.NewCalendar(zone)} }

// Days counts from one moment to another, both days included: the same day is 1.
func (c Calendar) Days(from, to time.Time) int { return c.days.Days(from.UnixMilli(), to.UnixMilli()) }

// Until counts from now to a date such as 2026-11-30: 0 today, negative when it has passed. Not a date: ok is false.
func (c Calendar) Until(date string, now time.Time) (days int, ok bool) {
	d, err := measure.DayOf(date)
	return int(d - c.days.Day(now.UnixMilli())), err == nil
}

// Back is the first moment of the day that lies so many days before now's.
func (c Calendar) Back(now time.Time, days int) time.Time {
	return time.UnixMilli(c.days.Start(c.days.Day(now.UnixMilli()) - measure.Day(days))).In(c.zone)
}

// SLEFor is the expectation for a class, or the board's default; nil when there is none.
func (l *Layout) SLEFor(class string) *SLE {
	var fallback *SLE
	for i := range l.SLEs {
		switch l.SLEs[i].Class {
		case class:
			return &l.SLEs[i]
		case "":
			fallback = &l.SLEs[i]
		}
	}
	return fallback
}

// Age is how old a started card is against what its class is expected to take.
type Age struct {
	Days    int  `json:"days" doc:"Calendar days in the board's time zone, the first one counted"`
	Level   int  `json:"level" minimum:"0" maximum:"3" doc:"Under 50 %, from 50, from 70, from 85 % of the expected days"`
	SLEDays int  `json:"sleDays,omitempty"`
	Percent int  `json:"percent,omitempty" doc:"This share finishes within sleDays"`
	Over    bool `json:"over,omitempty"`
}

// AgeOf is the age now of a card that was started then.
func (l *Layout) AgeOf(c Calendar, class string, started, now time.Time) Age {
	a := Age{Days: max(1, c.Days(started, now))}
	s := l.SLEFor(class)
	if s == nil || s.Days <= 0 {
		return a
	}
	expected := measure.SLE{Days: s.Days, Percent: s.Percent}
	a.SLEDays, a.Percent, a.Over, a.Level = s.Days, s.Percent, expected.Over(a.Days), expected.Level(a.Days)
	return a
}
