package board_test

import (
	"testing"
	"time"

	"trestle/server/board"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The same days as frontend/src/lib/time.test.ts: page and server must count alike.
func TestCalendar_Days(t *testing.T) {
	for _, c := range []struct {
		from, to, zone string
		want           int
	}{
		{"2026-11-19T08:00:00Z", "2026-11-19T20:00:00Z", "UTC", 1},
		{"2026-11-19T23:50:00Z", "2026-11-20T00:10:00Z", "UTC", 2},
		{"2026-11-19T22:30:00Z", "2026-11-19T23:30:00Z", "Europe/Madrid", 2},
		{"2026-11-19T04:30:00Z", "2026-11-19T05:30:00Z", "America/New_York", 2},
		{"2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Berlin", 3},
		{"2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", "Europe/Berlin", 3},
		{"2026-11-19T18:14:00Z", "2026-11-19T18:16:00Z", "Asia/Kathmandu", 2},
		{"2026-11-19T23:50:00Z", "2026-11-20T00:10:00Z", "Mars/Olympus", 2},
	} {
		l := &board.Layout{Board: board.Board{TimeZone: c.zone}}
		if n := l.Calendar().Days(at(t, c.from), at(t, c.to)); n != c.want {
			t.Errorf("%s to %s in %s is %d days, not %d", c.from, c.to, c.zone, n, c.want)
		}
	}
	cal := (&board.Layout{Board: board.Board{TimeZone: "UTC"}}).Calendar()
	for now, want := range map[string]int{"2026-11-19T23:30:00Z": 7, "2026-11-26T23:30:00Z": 0, "2026-11-27T00:00:00Z": -1} {
		if n, ok := cal.Until("2026-11-26", at(t, now)); !ok || n != want {
			t.Errorf("on %s it is %d days away, not %d", now, n, want)
		}
	}
	if _, ok := cal.Until("soon", at(t, "2026-11-19T00:00:00Z")); ok {
		t.Error("soon is no date")
	}
	if back := cal.Back(at(t, "2026-11-19T23:30:00Z"), 9); !back.Equal(at(t, "2026-11-10T00:00:00Z")) {
		t.Errorf("nine days back is %s", back)
	}
}

func TestAge_AgainstTheExpectationOfItsClass(t *testing.T) {
	l := &board.Layout{Board: board.Board{TimeZone: "Europe/Berlin"}, SLEs: []board.SLE{{Class: "", Days: 10, Percent: 85}, {Class: board.Expedite, Days: 2, Percent: 90}}}
	cal, now := l.Calendar(), at(t, "2026-11-20T09:00:00Z")
	for _, c := range []struct {
		class string
		back  int
		want  board.Age
	}{
		{board.Standard, 0, board.Age{Days: 1, SLEDays: 10, Percent: 85}},
		{board.Standard, 4, board.Age{Days: 5, Level: 1, SLEDays: 10, Percent: 85}},
		{board.Standard, 6, board.Age{Days: 7, Level: 2, SLEDays: 10, Percent: 85}},
		{board.Standard, 8, board.Age{Days: 9, Level: 3, SLEDays: 10, Percent: 85}},
		{board.Standard, 9, board.Age{Days: 10, Level: 3, SLEDays: 10, Percent: 85}},
		{board.Standard, 10, board.Age{Days: 11, Level: 3, SLEDays: 10, Percent: 85, Over: true}},
		{board.Expedite, 2, board.Age{Days: 3, Level: 3, SLEDays: 2, Percent: 90, Over: true}},
	} {
		if a := l.AgeOf(cal, c.class, now.AddDate(0, 0, -c.back), now); a != c.want {
			t.Errorf("%s, %d days back: %+v, not %+v", c.class, c.back, a, c.want)
		}
	}
	none := &board.Layout{Board: board.Board{TimeZone: "UTC"}}
	if a := none.AgeOf(none.Calendar(), board.Standard, now.AddDate(0, 0, -99), now); a.Level != 0 || a.Over || a.Days != 100 {
		t.Errorf("without an expectation: %+v", a)
	}
}
