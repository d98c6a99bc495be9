package seed

import (
	"time"

	"trestle/server/calendar"
	"trestle/server/fault"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/web"
)

// rituals is when the teams meet, who of operations and security said that they come, and, for Checkout, four weeks of
// standups before the last one.
func (t *table) rituals(morning time.Time) error {
	last := t.s.workdayBefore(t.l.Location())
	back := int(last.Sub(morning).Hours()/24 + 0.5)
	if back < 0 || back > 33 {
		return nil
	}
	t.s.clock.Set(morning)
	if !t.agreed {
		t.agreed = true
		if err := t.agree(); err != nil {
			return err
		}
	}
	switch {
	case t.crew.key == "CHK" && !sameDay(last, morning):
		return t.meet(morning, back)
	case sameDay(last, morning):
		t.s.clock.Set(morning.Add(8*time.Hour + 30*time.Minute)) // after the day's, so that none of it counts as missed
		return t.dates()
	}
	return nil
}

// promises are the agreements of each team.
var promises = map[string][]struct {
	kind, nick, discipline string
	days                   []int
}{
	"CHK": {{calendar.Standup, "bo", "operations", []int{1, 3, 5}}, {calendar.Standup, "dara", "security", []int{2, 4}}, {calendar.Demo, "bo", "operations", nil}, {calendar.Demo, "", "security", nil}},
	"PAY": {{calendar.Standup, "bo", "operations", []int{2, 4}}, {calendar.Retro, "bo", "operations", nil}, {calendar.Retro, "dara", "security", nil}},
	"SRC": {{calendar.Standup, "bo", "operations", []int{1}}},
	"PLT": {{calendar.FlowReview, "", "security", nil}},
}

func (t *table) agree() error {
	for _, p := range promises[t.crew.key] {
		n := calendar.NewAgreement{Kind: p.kind, Discipline: p.discipline, Weekdays: p.days}
		if p.nick != "" {
			n.PersonID = t.s.people[p.nick].PersonID
		}
		if _, err := t.s.rooms.Calendar.Agree(t.as(t.crew.lead), t.l.TeamID, n); err != nil {
			return err
		}
	}
	return t.stand()
}

var everyDay = standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "09:30", TimeZone: "Europe/Berlin"}

// meet is one of Checkout's standups: short, and on one day there was none.
func (t *table) meet(morning time.Time, n int) error {
	room := t.s.rooms.Standups
	v, err := room.SetUp(t.as(t.crew.lead), t.l.ID)
	if err != nil {
		return err
	}
	id := v.Series.ID
	if v.Series.Schedule == nil {
		if _, err := room.Change(t.as(t.crew.lead), id, standup.Patch{MeetingURL: web.Some("https://meet.example/checkout"), Schedule: web.Some(everyDay)}); err != nil {
			return err
		}
	}
	if n == 13 || n == 14 {
		return nil
	}
	zone := t.l.Location()
	y, m, d := morning.In(zone).Date()
	t.s.clock.Set(time.Date(y, m, d, 9, 30+n%3, 0, 0, zone))
	if _, err := room.Start(t.as("ana"), t.l.ID, ""); err != nil {
		return err
	}
	there := []string{"ana", "fay"}
	day := int(morning.Weekday())
	if day%2 == 1 && n%9 != 4 {
		there = append(there, "bo")
	}
	if day%2 == 0 && n%3 == 0 {
		there = append(there, "dara")
	}
	for _, nick := range there {
		if _, err := room.Join(t.as(nick), id); err != nil {
			return err
		}
	}
	t.s.clock.Advance(time.Duration(9+(n*5)%8) * time.Minute)
	_, err = room.End(t.as("ana"), id)
	return err
}

// dates are what the teams set up for the weeks to come.
func (t *table) dates() error {
	anchor := t.s.now.Format(time.DateOnly)
	lead := t.as(t.crew.lead)
	plan := func(kind, at string, every int, day int) error {
		_, err := t.s.rooms.Rituals.Create(lead, ritual.NewSeries{BoardID: t.l.ID, Kind: kind,
			Schedule: &ritual.Schedule{Days: []int{day}, At: at, TimeZone: "Europe/Berlin", EveryWeeks: every, From: anchor}})
		return err
	}
	stand := func(at string, days ...int) error {
		v, err := t.s.rooms.Standups.SetUp(lead, t.l.ID)
		if err == nil {
			_, err = t.s.rooms.Standups.Change(lead, v.Series.ID, standup.Patch{Schedule: web.Some(standup.Schedule{Days: days, At: at, TimeZone: "Europe/Berlin"})})
		}
		return err
	}
	switch t.crew.key {
	case "CHK":
		return first(plan(ritual.Replenishment, "10:00", 1, 1), plan(ritual.Demo, "15:00", 1, 4), t.invite())
	case "PAY":
		return first(stand("10:00", 2, 4), plan(ritual.Retro, "14:00", 2, 3), plan(ritual.Demo, "16:00", 2, 5))
	case "SRC":
		return stand("09:45", 1, 2, 3, 4, 5)
	}
	return first(stand("09:15", 1, 3, 5), plan(ritual.FlowReview, "13:30", 4, 3))
}

// invite asks Rui, of security, to Checkout's next standups that Dara does not come to.
func (t *table) invite() error {
	v, err := t.s.rooms.Standups.SetUp(t.as("ana"), t.l.ID)
	if err != nil || v.Series.NextAt == nil {
		return err
	}
	_, err = t.s.rooms.Calendar.Invite(t.as("ana"), calendar.Invitation{SeriesID: v.Series.ID, StartsAt: *v.Series.NextAt, PersonIDs: []string{t.s.people["rui"].PersonID}})
	if fault.Is(err, "invalid") { // the board is not shown to the whole workspace
		err = nil
	}
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
