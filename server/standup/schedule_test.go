package standup

import (
	"testing"
	"time"

	"trestle/server/cadence"
	"trestle/server/fault"
)

// A time that has come stays the next one until its box is over, unless that meeting was held.
func TestSeries_NextAfterAMeeting(t *testing.T) {
	minute := int64(9*60 + 30)
	r := &series{Box: 15, Zone: "UTC", Plan: cadence.Kept("1,2,3,4,5", &minute)}
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
	if err != nil || p.Text() != "1,3,5" || p.At() != "09:05" {
		t.Errorf("%+v %v", p, err)
	}
}
