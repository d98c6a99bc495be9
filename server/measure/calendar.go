package measure

import "time"

// Day is a calendar day of a board's time zone, counted from 1970-01-01 = 0.
type Day int32

// Unset stands for an instant or a day that has not come.
const Unset = -1 << 31

// DayOf reads a date such as 2026-11-30.
func DayOf(date string) (Day, error) {
	t, err := time.Parse(time.DateOnly, date)
	return Day(t.Unix() / 86_400), err
}

func (d Day) String() string { return d.date().Format(time.DateOnly) }

// Weekday of the day.
func (d Day) Weekday() time.Weekday { return d.date().Weekday() }

// Monday is the first day of the day's ISO week.
func (d Day) Monday() Day { return d - Day((int(d.Weekday())+6)%7) }

func (d Day) date() time.Time { return time.Unix(int64(d)*86_400, 0).UTC() }

// Calendar turns instants (epoch milliseconds) into days of one time zone. It keeps the zone's last bounds, because
// a record's instants come in order and a zone changes its offset twice a year; so it is not for several goroutines.
type Calendar struct {
	zone               *time.Location
	from, until, shift int64 // in milliseconds; [from, until) has this shift
}

// NewCalendar counts the days of a zone; nil is UTC.
func NewCalendar(zone *time.Location) *Calendar {
	if zone == nil {
		zone = time.UTC
	}
	return &Calendar{zone: zone}
}

// Days counts from one instant to another, both days included: the same day is 1.
func (c *Calendar) Days(from, to int64) int { return int(c.Day(to)-c.Day(from)) + 1 }

const dayMs = 86_400_000

// Day is the day on which an instant falls.
func (c *Calendar) Day(at int64) Day {
	if at < c.from || at >= c.until {
		c.bound(at)
	}
	local := at + c.shift
	d := local / dayMs
	if local < 0 && local%dayMs != 0 {
		d--
	}
	return Day(d)
}

func (c *Calendar) bound(at int64) {
	t := time.UnixMilli(at).In(c.zone)
	_, offset := t.Zone()
	c.shift = int64(offset) * 1000
	from, until := t.ZoneBounds()
	c.from, c.until = -1<<62, 1<<62
	if !from.IsZero() {
		c.from = from.UnixMilli()
	}
	if !until.IsZero() {
		c.until = until.UnixMilli()
	}
}

// Start is the first instant of a day; where the zone skips midnight, the first one that exists.
func (c *Calendar) Start(d Day) int64 {
	y, m, n := d.date().Date()
	at := time.Date(y, m, n, 0, 0, 0, 0, c.zone).UnixMilli()
	for c.Day(at) < d {
		at += 900_000
	}
	return at
}
