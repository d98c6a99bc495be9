package standup

import (
	"testing"
	"time"

	"trestle/server/clock"
	"trestle/server/fault"
)

// When the next meeting is: by the clock on the wall, over changes of clocks, in zones on both sides of the date line.
func TestPlan_Next(t *testing.T) {
	for _, x := range []struct{ name, zone, at, from, want string }{
		{"later today", "Europe/Berlin", "1,2,3,4,5 09:30", "2026-03-02T07:00:00Z", "2026-03-02T08:30:00Z"},
		{"this very minute", "Europe/Berlin", "1,2,3,4,5 09:30", "2026-03-02T08:30:00Z", "2026-03-02T08:30:00Z"},
		{"a moment late: tomorrow", "Europe/Berlin", "1,2,3,4,5 09:30", "2026-03-02T08:30:01Z", "2026-03-03T08:30:00Z"},
		{"over the weekend", "Europe/Berlin", "1,2,3,4,5 09:30", "2026-03-06T12:00:00Z", "2026-03-09T08:30:00Z"},
		{"once a week, on the day itself but late", "Europe/Berlin", "1 09:30", "2026-03-02T12:00:00Z", "2026-03-09T08:30:00Z"},
		{"clocks went forward: an hour earlier in UTC", "Europe/Berlin", "1 09:30", "2026-03-23T12:00:00Z", "2026-03-30T07:30:00Z"},
		{"on the day on which they go forward", "Europe/Berlin", "7 09:30", "2026-03-29T00:00:00Z", "2026-03-29T07:30:00Z"},
		{"a time that is passed over", "Europe/Berlin", "7 02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z"},
		{"a time that comes twice: the first", "Europe/Berlin", "7 02:30", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"},
		{"… and between the two: next week", "Europe/Berlin", "7 02:30", "2026-10-25T00:45:00Z", "2026-11-01T01:30:00Z"},
		{"clocks went back", "Europe/Berlin", "1 09:30", "2026-10-23T12:00:00Z", "2026-10-26T08:30:00Z"},
		{"clocks that move half an hour", "Australia/Lord_Howe", "7 02:15", "2026-10-03T12:00:00Z", "2026-10-03T15:45:00Z"},
		{"Monday there is Sunday here", "Pacific/Auckland", "1 09:00", "2026-07-04T00:00:00Z", "2026-07-05T21:00:00Z"},
		{"Friday there is Saturday here", "Pacific/Honolulu", "5 16:00", "2026-07-03T12:00:00Z", "2026-07-04T02:00:00Z"},
		{"an odd offset", "Asia/Kathmandu", "3 10:00", "2026-07-01T00:00:00Z", "2026-07-01T04:15:00Z"},
		{"midnight", "America/New_York", "2 00:00", "2026-07-06T12:00:00Z", "2026-07-07T04:00:00Z"},
	} {
		t.Run(x.name, func(t *testing.T) {
			days, clockText := x.at[:len(x.at)-6], x.at[len(x.at)-5:]
			at, err := time.Parse("15:04", clockText)
			if err != nil {
				t.Fatal(err)
			}
			minute := int64(at.Hour()*60 + at.Minute())
			zone, ok := clock.Zone(x.zone)
			if !ok {
				t.Fatal(x.zone)
			}
			from, _ := time.Parse(time.RFC3339, x.from)
			if got := planOf(days, &minute).next(zone, from).Format(time.RFC3339); got != x.want {
				t.Errorf("%s, not %s", got, x.want)
			}
		})
	}
}

// A time that has come stays the next one until its box is over, unless that meeting was held.
func TestSeries_NextAfterAMeeting(t *testing.T) {
	minute := int64(9*60 + 30)
	r := &series{Box: 15, Zone: "UTC", Plan: planOf("1,2,3,4,5", &minute)}
	day := func(h, m int) time.Time { return time.Date(2026, 3, 2, h, m, 0, 0, time.UTC) }
	at := func(h, m int) *time.Time { x := day(h, m); return &x }
	today, tomorrow := day(9, 30), day(9, 30).AddDate(0, 0, 1)
	for _, x := range []struct {
		name string
		now  time.Time
		last *time.Time
		want time.Time
	}{
		{"before", day(8, 0), nil, today},
		{"five minutes late", day(9, 35), nil, today},
		{"its box is over", day(9, 46), nil, tomorrow},
		{"it runs or was held", day(9, 35), at(9, 28), tomorrow},
		{"held an hour before", day(9, 0), at(8, 30), tomorrow},
		{"another one early in the morning", day(9, 0), at(8, 29), today},
		{"held yesterday", day(9, 0), at(-14, 30), today},
	} {
		if got := r.nextOf(x.now, x.last); got == nil || !got.Equal(x.want) {
			t.Errorf("%s: %v, not %v", x.name, got, x.want)
		}
	}
	if (&series{}).nextOf(day(9, 0), nil) != nil {
		t.Error("a series without a schedule meets next")
	}
}

func TestSchedule_RefusesWhatIsNone(t *testing.T) {
	for _, s := range []Schedule{
		{nil, "09:30", "UTC"}, {[]int{0}, "09:30", "UTC"}, {[]int{8}, "09:30", "UTC"}, {[]int{1}, "9:30", "UTC"}, {[]int{1}, "24:00", "UTC"},
		{[]int{1}, "09:60", "UTC"}, {[]int{1}, "", "UTC"}, {[]int{1}, "09:30", ""}, {[]int{1}, "09:30", "Local"}, {[]int{1}, "09:30", "Mars/Olympus"},
	} {
		if _, err := s.plan(); !fault.Is(err, "invalid") {
			t.Errorf("%+v: %v", s, err)
		}
	}
	p, err := Schedule{[]int{5, 1, 5, 3}, "09:05", "Europe/Berlin"}.plan()
	if err != nil || p.text() != "1,3,5" || p.view("Europe/Berlin").At != "09:05" {
		t.Errorf("%+v %v", p, err)
	}
}
