package cadence

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"trestle/server/text"
)

// Appointment is one meeting that was arranged.
type Appointment struct {
	ID      string // stays when it is written again, so that a calendar knows it
	At      time.Time
	Minutes int
	Title   string
	Text    string
}

// File writes it as an iCalendar file. The time is in UTC, which every calendar shows in its reader's own zone.
func (a Appointment) File(product string, now time.Time) []byte {
	cal := ics.NewCalendar()
	cal.SetMethod(ics.MethodPublish)
	cal.SetProductId("-//Trestle//" + product + "//EN")
	e := cal.AddEvent(a.ID + "@trestle")
	e.SetDtStampTime(now)
	e.SetStartAt(a.At)
	e.SetEndAt(a.At.Add(time.Duration(a.Minutes) * time.Minute))
	e.SetSummary(text.Line(a.Title))
	e.SetDescription(strings.TrimSpace(a.Text))
	return []byte(cal.Serialize(ics.WithNewLineWindows)) // RFC 5545, whatever machine writes it
}
