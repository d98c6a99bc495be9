package cadence

import (
	"slices"
	"testing"
	"time"

	"trestle/server/clock"
	"trestle/server/fault"
)

// When the next one is: by the clock on the wall, over changes of clocks, in zones on both sides of the date line.
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
			if got := Kept(days, &minute).Next(zone, from).Format(time.RFC3339); got != x.want {
				t.Errorf("%s, not %s", got, x.want)
			}
		})
	}
}

// Every second week counts from the week of its anchor, over the turn of a year and before the anchor too.
func TestPlan_EveryFewWeeks(t *testing.T) {
	p, err := New([]int{2, 4}, "14:00", "Europe/Berlin", 2, "2026-12-17")
	if err != nil {
		t.Fatal(err)
	}
	zone, _ := clock.Zone("Europe/Berlin")
	var got []string
	for _, at := range p.Between(zone, time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 15, 0, 0, 0, 0, time.UTC)) {
		got = append(got, at.In(zone).Format("Jan 2 15:04"))
	}
	want := []string{"Dec 1 14:00", "Dec 3 14:00", "Dec 15 14:00", "Dec 17 14:00", "Dec 29 14:00", "Dec 31 14:00", "Jan 12 14:00", "Jan 14 14:00"}
	if !slices.Equal(got, want) {
		t.Errorf("%v\nnot %v", got, want)
	}
	for what, bad := range map[string]func() (*Plan, error){
		"no anchor":          func() (*Plan, error) { return New([]int{1}, "09:00", "UTC", 2, "") },
		"a day that is none": func() (*Plan, error) { return New([]int{1}, "09:00", "UTC", 2, "2026-02-30") },
		"every year":         func() (*Plan, error) { return New([]int{1}, "09:00", "UTC", 52, "2026-02-03") },
	} {
		if _, err := bad(); !fault.Is(err, "invalid") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestMinutes_AreThoseOfTheClock(t *testing.T) {
	for took, want := range map[time.Duration]int{0: 0, 20 * time.Second: 1, 9*time.Minute + 8*time.Second: 9, 9*time.Minute + 30*time.Second: 10,
		15*time.Minute + 10*time.Second: 15, 15*time.Minute + 40*time.Second: 16} {
		if got := Minutes(took); got != want {
			t.Errorf("%v: %d minutes, not %d", took, got, want)
		}
	}
}
