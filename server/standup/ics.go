package standup

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"

	"trestle/server/clock"
	"trestle/server/store"
)

const (
	maxEvents  = 5000
	maxRules   = 200
	oldestRule = 10 // years: what is repeated for longer is not followed, because it is counted from its beginning
)

// here are the people of this installation, to know in a calendar.
type here struct{ id, name, email string }

func peopleHere(q *store.Query) (out []here, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var h here
		err := scan(&h.id, &h.name, &h.email)
		h.name, h.email = strings.ToLower(h.name), strings.ToLower(h.email)
		out = append(out, h)
		return err
	}, "SELECT id, name, email FROM people WHERE disabled_at IS NULL")
	return out, err
}

// shiftsIn reads a calendar's events that touch a time, the repeated ones each time. Who it is follows from the one
// attendee, else from the one name in the event's title, else the title is the name.
func shiftsIn(raw []byte, from, to time.Time, people []here) (out []shift, err error) {
	cal, err := ics.ParseCalendar(bytes.NewReader(raw))
	if err != nil || !bytes.Contains(raw, []byte("BEGIN:VCALENDAR")) {
		return nil, errors.New("it is not an .ics calendar")
	}
	events := cal.Events()
	if len(events) > maxEvents {
		return nil, fmt.Errorf("it has more than %d events", maxEvents)
	}
	zone := time.UTC
	for _, p := range cal.CalendarProperties {
		if p.IANAToken == string(ics.PropertyXWRTimezone) {
			if z, ok := clock.Zone(p.Value); ok {
				zone = z
			}
		}
	}
	moved := map[string][]time.Time{} // by uid: times of repeated events that an event of its own stands for
	for _, e := range events {
		if at := times(e, ics.ComponentPropertyRecurrenceId, zone); len(at) > 0 {
			moved[e.Id()] = append(moved[e.Id()], at...)
		}
	}
	rules := 0
	for _, e := range events {
		if e.GetProperty(ics.ComponentPropertyRrule) != nil {
			if rules++; rules > maxRules {
				return nil, fmt.Errorf("it repeats more than %d events", maxRules)
			}
		}
		starts, length, err := occurrences(e, zone, from, to, moved[e.Id()])
		if err != nil {
			return nil, err
		}
		x := whose(e, people)
		for _, at := range starts {
			x.From, x.To = store.Ms(at), store.Ms(at.Add(length))
			out = append(out, x)
		}
		if len(out) > maxShifts {
			return nil, fmt.Errorf("it has more than %d shifts in three months", maxShifts)
		}
	}
	return out, nil
}

// occurrences are the starts of an event that touch a time, and how long it takes.
func occurrences(e *ics.VEvent, zone *time.Location, from, to time.Time, moved []time.Time) (starts []time.Time, length time.Duration, err error) {
	start, end := times(e, ics.ComponentPropertyDtStart, zone), times(e, ics.ComponentPropertyDtEnd, zone)
	status := e.GetProperty(ics.ComponentPropertyStatus)
	if len(start) != 1 || (status != nil && strings.EqualFold(status.Value, "CANCELLED")) {
		return nil, 0, nil
	}
	length = 24 * time.Hour
	if len(end) == 1 {
		length = end[0].Sub(start[0])
	}
	if length <= 0 || length > longest {
		return nil, 0, nil
	}
	rule := e.GetProperty(ics.ComponentPropertyRrule)
	if rule == nil {
		if start[0].Before(to) && start[0].Add(length).After(from) {
			starts = start
		}
		return starts, length, nil
	}
	o, err := rrule.StrToROption(rule.Value)
	if err != nil || o.Freq > rrule.DAILY || start[0].Before(from.AddDate(-oldestRule, 0, 0)) { // hourly and quicker is nobody's shift
		return nil, 0, errors.New("it repeats an event in a way that is not understood")
	}
	o.Dtstart = start[0]
	r, err := rrule.NewRRule(*o)
	if err != nil {
		return nil, 0, errors.New("it repeats an event in a way that is not understood")
	}
	gone := append(slices.Clone(moved), times(e, ics.ComponentPropertyExdate, zone)...)
	for _, at := range r.Between(from.Add(-length), to, false) {
		if !slices.ContainsFunc(gone, at.Equal) && at.Add(length).After(from) {
			starts = append(starts, at)
		}
	}
	return starts, length, nil
}

// times reads a property's dates and times: in UTC, in a named zone, or in the calendar's own.
func times(e *ics.VEvent, property ics.ComponentProperty, zone *time.Location) (out []time.Time) {
	for _, p := range e.GetProperties(property) {
		in := zone
		if name := p.ICalParameters["TZID"]; len(name) == 1 {
			if z, ok := clock.Zone(strings.Trim(name[0], `"`)); ok {
				in = z
			}
		}
		for _, word := range strings.Split(p.Value, ",") {
			for _, form := range []string{"20060102T150405Z", "20060102T150405", "20060102"} {
				where := in
				if strings.HasSuffix(form, "Z") {
					where = time.UTC
				}
				if at, err := time.ParseInLocation(form, word, where); err == nil {
					out = append(out, at)
					break
				}
			}
		}
	}
	return out
}

// whose says who an event is about.
func whose(e *ics.VEvent, people []here) shift {
	var found []string
	note := func(id string) {
		if !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	for _, a := range e.Attendees() {
		for _, p := range people {
			if p.email != "" && strings.EqualFold(a.Email(), p.email) {
				note(p.id)
			}
		}
	}
	title := ""
	if p := e.GetProperty(ics.ComponentPropertySummary); p != nil {
		title = strings.Join(strings.Fields(p.Value), " ")
	}
	if len(found) != 1 {
		found = nil
		for _, p := range people {
			if holds(strings.ToLower(title), p.name) {
				note(p.id)
			}
		}
	}
	if len(found) == 1 {
		return shift{Person: &found[0]}
	}
	if r := []rune(title); len(r) > 80 {
		title = string(r[:80])
	}
	if title == "" {
		title = "Somebody"
	}
	return shift{Name: title}
}

// holds says whether a name stands in a title as words of its own.
func holds(title, name string) bool {
	if name == "" {
		return false
	}
	letter := func(s string) bool {
		return s != "" && strings.ToUpper(s) != strings.ToLower(s)
	}
	for at := 0; ; {
		i := strings.Index(title[at:], name)
		if i < 0 {
			return false
		}
		i += at
		before, after := []rune(title[:i]), []rune(title[i+len(name):])
		if (len(before) == 0 || !letter(string(before[len(before)-1]))) && (len(after) == 0 || !letter(string(after[0]))) {
			return true
		}
		at = i + len(name)
	}
}
