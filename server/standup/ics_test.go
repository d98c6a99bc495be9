package standup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/store"
)

func calendarOf(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

func eventOf(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260301T000000Z\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

// Shifts of a calendar between the second and the thirtieth of March 2026; Berlin's clocks go forward on the 29th.
func TestShiftsIn(t *testing.T) {
	from, to := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC)
	people := []here{{"per_bo", "bo lind", "bo@shop.example"}, {"per_ana", "ana ruiz", "ana@shop.example"}, {"per_anna", "ana ruizova", ""}}
	for _, x := range []struct {
		name string
		cal  []byte
		want string // who@from+hours …
	}{
		{"one, by its title", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "SUMMARY:On call: Bo Lind (primary)")), "per_bo@03T08+12"},
		{"by its attendee", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "SUMMARY:Primary", "ATTENDEE:mailto:Ana@shop.example")), "per_ana@03T08+12"},
		{"a name within a longer one is not it", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "SUMMARY:Ana Ruizova")), "per_anna@03T08+12"},
		{"two names: the title", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "SUMMARY:Bo Lind or Ana Ruiz")), "Bo Lind or Ana Ruiz@03T08+12"},
		{"nobody known: the title", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "SUMMARY:The  vendor")), "The vendor@03T08+12"},
		{"a named zone", calendarOf(eventOf("DTSTART;TZID=Europe/Berlin:20260303T080000", "DTEND;TZID=Europe/Berlin:20260303T200000", "SUMMARY:Bo Lind")), "per_bo@03T07+12"},
		{"the calendar's own zone", calendarOf("X-WR-TIMEZONE:Europe/Berlin", eventOf("DTSTART:20260303T080000", "DTEND:20260303T200000", "SUMMARY:Bo Lind")), "per_bo@03T07+12"},
		{"whole days", calendarOf("X-WR-TIMEZONE:Europe/Berlin", eventOf("DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260305", "SUMMARY:Bo Lind")), "per_bo@02T23+48"},
		{"begun before, still runs", calendarOf(eventOf("DTSTART:20260301T080000Z", "DTEND:20260302T080000Z", "SUMMARY:Bo Lind")), "per_bo@01T08+24"},
		{"over, and not yet", calendarOf(eventOf("DTSTART:20260228T080000Z", "DTEND:20260301T080000Z", "SUMMARY:Bo Lind"), eventOf("DTSTART:20260401T080000Z", "DTEND:20260402T080000Z", "SUMMARY:Bo Lind")), ""},
		{"every other week, over the change of clocks", calendarOf(eventOf("DTSTART;TZID=Europe/Berlin:20260216T090000", "DTEND;TZID=Europe/Berlin:20260216T210000",
			"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "SUMMARY:Bo Lind")), "per_bo@02T08+12 per_bo@16T08+12 per_bo@30T07+12"},
		{"one left out, one moved", calendarOf(
			eventOf("DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260309T090000Z", "SUMMARY:Bo Lind"),
			eventOf("RECURRENCE-ID:20260316T090000Z", "DTSTART:20260317T090000Z", "DTEND:20260317T100000Z", "SUMMARY:Ana Ruiz")), "per_bo@02T09+1 per_bo@23T09+1 per_ana@17T09+1"},
		{"called off", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "STATUS:CANCELLED", "SUMMARY:Bo Lind")), ""},
		{"ends before it begins", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260302T200000Z", "SUMMARY:Bo Lind")), ""},
		{"no title", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z")), "Somebody@03T08+12"},
		{"an empty calendar", calendarOf(), ""},
		{"every second", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:Bo Lind")), "refused"},
		{"since the year one", calendarOf(eventOf("DTSTART:00010303T080000Z", "DTEND:00010303T200000Z", "RRULE:FREQ=DAILY", "SUMMARY:Bo Lind")), "refused"},
		{"a rule of nothing", calendarOf(eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z", "RRULE:FREQ=NEVER", "SUMMARY:Bo Lind")), "refused"},
		{"a page", []byte("<html>Sign in</html>"), "refused"},
		{"nothing", nil, "refused"},
	} {
		t.Run(x.name, func(t *testing.T) {
			list, err := shiftsIn(x.cal, from, to, people)
			var said []string
			for _, s := range list {
				who := s.Name
				if s.Person != nil {
					who = *s.Person
				}
				said = append(said, who+store.At(s.From).Format("@02T15")+"+"+strings.TrimSuffix((time.Duration(s.To-s.From)*time.Millisecond).String(), "h0m0s"))
			}
			got := strings.Join(said, " ")
			if err != nil {
				got = "refused"
			}
			if got != x.want {
				t.Errorf("%s (%v), not %s", got, err, x.want)
			}
		})
	}
	if _, err := shiftsIn(calendarOf(slices.Repeat([]string{eventOf("DTSTART:20260303T080000Z", "DTEND:20260303T200000Z")}, maxShifts+1)...), from, to, nil); err == nil {
		t.Error("more shifts than anybody looks at")
	}
}
