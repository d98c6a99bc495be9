package standup_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/outbox"
	"trestle/server/standup"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func duties(in []standup.DutyView) (out []string) {
	for _, d := range in {
		out = append(out, strings.TrimSpace(d.Service+" "+d.Role+" "+d.Name))
	}
	return out
}

func TestOnCall_ByHand(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		now := b.Clock.Now()
		add := func(v who.Viewer, n standup.NewShift) standup.Roster {
			t.Helper()
			return must[standup.Roster](t)(h.standups.AddShift(h.as(v), h.team, n))
		}
		add(h.lead, standup.NewShift{Role: standup.Secondary, Name: "The vendor", From: now, To: now.Add(8 * time.Hour)})
		add(h.lead, standup.NewShift{Role: standup.Primary, PersonID: h.worker.PersonID, From: now.Add(-time.Hour), To: now.Add(time.Hour)})
		manager := trestletest.Person(t, b.Store, "ivo", who.Manager)
		r := add(manager, standup.NewShift{Service: "Search", Role: standup.Primary, PersonID: h.lead.PersonID, From: now.Add(time.Hour), To: now.Add(2 * time.Hour)})
		if got := duties(r.Now); !slices.Equal(got, []string{"primary bo", "secondary The vendor"}) || len(r.Shifts) != 3 || !r.CanEdit {
			t.Errorf("now %v, %d shifts", got, len(r.Shifts))
		}
		if got := duties(h.get(id).OnCall); !slices.Equal(got, duties(r.Now)) {
			t.Errorf("the standup shows %v", got)
		}
		if got := h.told(id); !slices.Equal(got, []string{"on_call.changed", "on_call.changed", "on_call.changed"}) {
			t.Errorf("told %v", got)
		}
		v := h.start()
		if p := v.Meeting.Attendance.People; len(p) != 1 || p[0].Role != standup.OnCall || p[0].State != standup.Joined || len(v.Meeting.Brief.OnCall) != 2 {
			t.Errorf("who is on call began it: %+v", p)
		}
		b.Clock.Advance(time.Hour)
		if got := duties(h.get(id).OnCall); !slices.Equal(got, []string{"secondary The vendor", "Search primary ana"}) {
			t.Errorf("an hour later %v", got)
		}
		reader := h.person("vic", "viewer")
		seen := must[standup.Roster](t)(h.standups.RosterOf(h.as(reader), h.team))
		if seen.CanEdit || len(seen.Shifts) != 2 {
			t.Errorf("a viewer sees %+v", seen)
		}
		vendor := seen.Shifts[0].ID
		b.Clock.Advance(time.Minute)
		if err := h.standups.RemoveShift(h.as(h.lead), vendor); err != nil {
			t.Fatal(err)
		}
		if got := duties(h.get(id).OnCall); !slices.Equal(got, []string{"Search primary ana"}) {
			t.Errorf("taken out, and %v", got)
		}
		ok := standup.NewShift{Role: standup.Primary, Name: "x", From: now.Add(5 * time.Hour), To: now.Add(6 * time.Hour)}
		with := func(change func(n *standup.NewShift)) func() error {
			n := ok
			change(&n)
			return func() error { _, err := h.standups.AddShift(h.as(h.lead), h.team, n); return err }
		}
		for what, x := range map[string]struct {
			code string
			do   func() error
		}{
			"nobody":          {"invalid", with(func(n *standup.NewShift) { n.Name = " " })},
			"two":             {"invalid", with(func(n *standup.NewShift) { n.PersonID = h.lead.PersonID })},
			"a stranger":      {"invalid", with(func(n *standup.NewShift) { n.Name, n.PersonID = "", "per_0000000000000000" })},
			"the wrong way":   {"invalid", with(func(n *standup.NewShift) { n.To = n.From })},
			"over":            {"invalid", with(func(n *standup.NewShift) { n.From, n.To = now.Add(-2*time.Hour), now })},
			"for years":       {"invalid", with(func(n *standup.NewShift) { n.To = n.From.AddDate(2, 0, 0) })},
			"another role":    {"invalid", with(func(n *standup.NewShift) { n.Role = "boss" })},
			"by a worker":     {"forbidden", func() error { _, err := h.standups.AddShift(h.as(h.worker), h.team, ok); return err }},
			"to no team":      {"not_found", func() error { _, err := h.standups.AddShift(h.as(h.lead), "tea_0000000000000000", ok); return err }},
			"out again":       {"not_found", func() error { return h.standups.RemoveShift(h.as(h.lead), vendor) }},
			"out what is not": {"not_found", func() error { return h.standups.RemoveShift(h.as(h.lead), "shf_0000000000000000") }},
			"out by a worker": {"forbidden", func() error { return h.standups.RemoveShift(h.as(h.worker), seen.Shifts[1].ID) }},
			"a calendar inside": {"invalid", func() error {
				_, err := h.standups.SetCalendar(h.as(h.lead), h.team, standup.NewCalendar{Role: standup.Primary, URL: "file:///etc/passwd"})
				return err
			}},
			"no calendar": {"not_found", func() error {
				_, err := h.standups.RemoveCalendar(h.as(h.lead), h.team, "", standup.Primary)
				return err
			}},
		} {
			h.calm(what, x.code, x.do)
		}
	})
}

// Nobody shares a time in one role without saying so, and who takes it leaves the rest to whom it was taken from.
func TestOnCall_OneAtATime(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID))
		now := b.Clock.Now()
		hour := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
		add := func(n standup.NewShift, from, to int) (standup.Roster, error) {
			n.From, n.To = hour(from), hour(to)
			return h.standups.AddShift(h.as(h.lead), h.team, n)
		}
		bo := standup.NewShift{Role: standup.Primary, PersonID: h.worker.PersonID}
		ana := standup.NewShift{Role: standup.Primary, PersonID: h.lead.PersonID}
		must[standup.Roster](t)(add(bo, 0, 10))
		must[standup.Roster](t)(add(ana, 10, 20)) // where one ends the next begins
		for _, n := range []standup.NewShift{{Role: standup.Secondary, Name: "x"}, {Role: standup.Primary, Name: "x", Service: "Search"}} {
			must[standup.Roster](t)(add(n, 0, 20))
		}
		h.calm("two firsts", "taken", func() error { _, err := add(ana, 2, 12); return err })
		_, err := add(ana, 2, 4)
		if err == nil || err.Error() != "taken: bo is first in that time already. Replace them, or choose another time." {
			t.Errorf("it says %v", err)
		}
		ana.Replace = true
		r := must[standup.Roster](t)(add(ana, 2, 4))
		spans := func(r standup.Roster) (out []string) {
			for _, s := range r.Shifts {
				if s.Role == standup.Primary && s.Service == "" {
					out = append(out, fmt.Sprintf("%s %.0f-%.0f", s.Name, s.From.Sub(now).Hours(), s.To.Sub(now).Hours()))
				}
			}
			return out
		}
		if got := spans(r); !slices.Equal(got, []string{"bo 0-2", "ana 2-4", "bo 4-10", "ana 10-20"}) {
			t.Errorf("replaced: %v", got)
		}
		bo.Replace = true
		if got := spans(must[standup.Roster](t)(add(bo, 1, 11))); !slices.Equal(got, []string{"bo 0-1", "bo 1-11", "ana 11-20"}) {
			t.Errorf("replaced: %v", got)
		}
		h.exec("UPDATE on_call_shifts SET source = 'calendar' WHERE removed_at IS NULL AND role = 'secondary'")
		h.calm("against a calendar", "from_calendar", func() error {
			_, err := add(standup.NewShift{Role: standup.Secondary, Name: "y", Replace: true}, 3, 4)
			return err
		})
	})
}

func TestOnCall_FromACalendar(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		runner := outbox.New(b.Store, nil)
		h.standups.Work(runner)
		read := func() {
			t.Helper()
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() { defer close(done); runner.Run(ctx) }()
			for range 500 {
				if h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'on_call.calendar' AND done_at IS NULL") == 0 {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			cancel()
			<-done
		}
		const address = "https://calendar.example/secret-key.ics"
		cal := func(who string) string {
			return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T090000Z\r\nDTEND:20260308T090000Z\r\nSUMMARY:" + who + "\r\nEND:VEVENT\r\n" +
				"BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260308T090000Z\r\nDTEND:20260315T090000Z\r\nSUMMARY:Kai\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
		}
		h.web.files[address] = cal("Bo")
		r := must[standup.Roster](t)(h.standups.SetCalendar(h.as(h.lead), h.team, standup.NewCalendar{Role: standup.Primary, URL: "webcal://calendar.example/secret-key.ics"}))
		if len(r.Calendars) != 1 || r.Calendars[0].Host != "calendar.example" || r.Calendars[0].ReadAt != nil {
			t.Errorf("set: %+v", r.Calendars)
		}
		read()
		look := func() standup.Roster {
			t.Helper()
			return must[standup.Roster](t)(h.standups.RosterOf(h.as(h.lead), h.team))
		}
		r = look()
		if got := duties(r.Now); !slices.Equal(got, []string{"primary bo"}) || len(r.Shifts) != 2 || r.Shifts[0].PersonID != h.worker.PersonID || r.Shifts[0].Source != "calendar" || r.Calendars[0].ReadAt == nil {
			t.Errorf("read: %v %+v", got, r)
		}
		h.calm("a shift of a calendar taken out by hand", "from_calendar", func() error { return h.standups.RemoveShift(h.as(h.lead), r.Shifts[0].ID) })
		news := func() int {
			return h.count("SELECT COUNT(*) FROM events WHERE topic = ? AND type = 'on_call.changed'", event.TeamTopic(h.team))
		}
		again := func() {
			t.Helper()
			if err := h.standups.ReadCalendars(t.Context()); err != nil {
				t.Fatal(err)
			}
			read()
		}
		before := news()
		again()
		if same := look(); news() != before || same.Shifts[0].ID != r.Shifts[0].ID {
			t.Error("the same again is news")
		}
		h.web.files[address] = cal("Ana")
		again()
		if got := duties(look().Now); !slices.Equal(got, []string{"primary ana"}) {
			t.Errorf("changed there, and here %v", got)
		}
		delete(h.web.files, address)
		again()
		if r = look(); !slices.Equal(duties(r.Now), []string{"primary ana"}) || r.Calendars[0].Trouble != "The calendar could not be read: nobody listens there." {
			t.Errorf("what is known stays: %v %+v", duties(r.Now), r.Calendars)
		}
		r = must[standup.Roster](t)(h.standups.RemoveCalendar(h.as(h.lead), h.team, "", standup.Primary))
		if len(r.Now)+len(r.Shifts)+len(r.Calendars) != 0 {
			t.Errorf("forgotten: %+v", r)
		}
		for _, where := range []string{"events WHERE data", "commands WHERE response", "outbox WHERE payload"} {
			if n := h.count("SELECT COUNT(*) FROM " + where + " LIKE '%secret-key%'"); n != 0 {
				t.Errorf("the address stands in %s", where)
			}
		}
	})
}
