package seed

import (
	"fmt"
	"time"

	"trestle/server/standup"
	"trestle/server/web"
)

// workdayBefore is the morning of the last working day before today.
func (s *story) workdayBefore(zone *time.Location) time.Time {
	y, m, d := s.now.In(zone).Date()
	for i := 1; ; i++ {
		if day := time.Date(y, m, d-i, 9, 30, 0, 0, zone); day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			return day
		}
	}
}

// standup is Checkout's on the working day before today: walked to the end, with one thing left in the parking lot.
func (t *table) standup(morning time.Time) error {
	at := t.s.workdayBefore(t.l.Location())
	if t.crew.key != "CHK" || !sameDay(at, morning) {
		return nil
	}
	room, id := t.s.rooms.Standups, ""
	t.s.clock.Set(at.Add(-10 * time.Minute))
	if err := t.onCall(); err != nil {
		return err
	}
	v, err := room.SetUp(t.as(t.crew.lead), t.l.ID)
	if err != nil {
		return err
	}
	id = v.Series.ID
	if _, err := room.Change(t.as(t.crew.lead), id, standup.Patch{MeetingURL: web.Some("https://meet.example/checkout"),
		Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "09:30", TimeZone: "Europe/Berlin"})}); err != nil {
		return err
	}
	t.s.clock.Set(at)
	if v, err = room.Start(t.as("bo"), t.l.ID, ""); err != nil {
		return err
	}
	for _, nick := range []string{"ana", "bo", "dara", "goro"} {
		if _, err := room.Join(t.as(nick), id); err != nil {
			return err
		}
	}
	if _, err := room.Attend(t.as("bo"), id, standup.Attendance{CoreBy: 2}); err != nil {
		return err
	}
	for n := range len(v.Meeting.Steps) - 1 {
		t.s.clock.Set(t.s.clock.Now().Add(40 * time.Second))
		if n == 1 && v.Meeting.Steps[n].CardID != "" {
			if _, err := room.Help(t.as("bo"), id, v.Meeting.Steps[n].CardID, t.s.people["fay"].PersonID); err != nil {
				return err
			}
		}
		if _, err := room.Advance(t.as("bo"), id, n, n+1, false); err != nil {
			return err
		}
	}
	for _, p := range []standup.NewParked{
		{Text: "Who watches the payment queue during the sale?", PersonIDs: []string{t.s.people["bo"].PersonID, t.s.people["dara"].PersonID}},
		{Text: "Move the demo to Thursday", PersonIDs: []string{t.s.people["ana"].PersonID}},
	} {
		if v, err = room.Park(t.as("bo"), id, p); err != nil {
			return err
		}
	}
	if _, err := room.Finish(t.as("bo"), id); err != nil {
		return err
	}
	t.s.clock.Set(t.s.clock.Now().Add(time.Minute))
	if _, err := room.Settle(t.as("bo"), v.Parked[1].ID, standup.Settlement{Outcome: standup.AsDone, Note: "It is on Thursday at three."}); err != nil {
		return err
	}
	_, err = room.End(t.as("bo"), id)
	return err
}

func sameDay(a, b time.Time) bool {
	return a.Format(time.DateOnly) == b.In(a.Location()).Format(time.DateOnly)
}

// onCall is who can be called for Checkout: three weeks that change on Mondays at nine.
func (t *table) onCall() error {
	zone := t.l.Location()
	now := t.s.now.In(zone)
	y, m, d := now.Date()
	monday := time.Date(y, m, d-(int(now.Weekday())+6)%7, 9, 0, 0, 0, zone)
	if monday.After(now) {
		monday = monday.AddDate(0, 0, -7)
	}
	for week := range 3 {
		from := monday.AddDate(0, 0, 7*week)
		for _, x := range []struct {
			role  string
			nicks []string
		}{{standup.Primary, []string{"chidi", "eli"}}, {standup.Secondary, []string{"goro", "ana", "fay"}}, {standup.IncidentManager, []string{"petra"}}} {
			person := t.s.people[x.nicks[week%len(x.nicks)]].PersonID
			if _, err := t.s.rooms.Standups.AddShift(t.as(t.crew.lead), t.l.TeamID, standup.NewShift{Role: x.role, PersonID: person,
				From: from, To: from.AddDate(0, 0, 7)}); err != nil {
				return fmt.Errorf("on call: %w", err)
			}
		}
	}
	return nil
}
