package standup

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/team"
)

// CalendarJob is the kind under which the reading of a calendar waits in the outbox.
const CalendarJob = "on_call.calendar"

const calendarMax = 2 << 20 // bytes

// CalendarView is a calendar that shifts are read from, without its address, which nobody sees again.
type CalendarView struct {
	Service string     `json:"service"`
	Role    string     `json:"role" enum:"primary,secondary,incident_manager"`
	Host    string     `json:"host" doc:"To know it by"`
	SetBy   string     `json:"setBy"`
	SetAt   time.Time  `json:"setAt"`
	ReadAt  *time.Time `json:"readAt,omitempty" doc:"When it was read last"`
	Trouble string     `json:"trouble,omitempty" doc:"Why it could not be"`
}

// NewCalendar is one to be read from now on.
type NewCalendar struct {
	Service string `json:"service,omitempty" required:"false" maxLength:"60" doc:"Empty: the whole team"`
	Role    string `json:"role" enum:"primary,secondary,incident_manager"`
	URL     string `json:"url" minLength:"1" maxLength:"2000" doc:"Of an .ics file"`
}

type calendarJob struct {
	TeamID  string `json:"teamId"`
	Service string `json:"service"`
	Role    string `json:"role"`
}

// Work registers what the outbox does for this room.
func (s *Service) Work(r *outbox.Runner) {
	r.Handle(CalendarJob, s.readCalendar)
	r.Handle(WrittenJob, s.turn)
}

// SetCalendar lets shifts of a role be read from a calendar, in place of the one before; for leads and managers.
func (s *Service) SetCalendar(ctx context.Context, teamID string, n NewCalendar) (Roster, error) {
	n.URL = strings.TrimSpace(n.URL)
	if rest, is := strings.CutPrefix(n.URL, "webcal://"); is {
		n.URL = "https://" + rest
	}
	if !s.web.Allowed(n.URL) {
		return Roster{}, fault.Invalid("body.url", "A calendar's address begins with https://")
	}
	service, err := dutyOf(n.Service, n.Role)
	if err != nil {
		return Roster{}, err
	}
	return s.onRoster(ctx, teamID, func(tx *store.Tx) error {
		if _, err := tx.Exec(`INSERT INTO on_call_calendars (team_id, service, role, url, mark, set_by, set_at) VALUES (?,?,?,?,?,?,?)
			ON CONFLICT (team_id, service, role) DO UPDATE SET url = excluded.url, mark = excluded.mark, set_by = excluded.set_by, set_at = excluded.set_at, read_at = NULL, trouble = ''`,
			teamID, service, n.Role, n.URL, store.NewID("cal"), tx.ActorID, store.Ms(tx.Now)); err != nil {
			return err
		}
		return tx.Enqueue(CalendarJob, "", calendarJob{teamID, service, n.Role}, tx.Now)
	})
}

// RemoveCalendar forgets a calendar and the shifts that came from it; for leads and managers.
func (s *Service) RemoveCalendar(ctx context.Context, teamID, service, role string) (Roster, error) {
	service, err := dutyOf(service, role)
	if err != nil {
		return Roster{}, err
	}
	return s.onRoster(ctx, teamID, func(tx *store.Tx) error {
		n, err := tx.Exec("DELETE FROM on_call_calendars WHERE team_id = ? AND service = ? AND role = ?", teamID, service, role)
		if err == nil && n == 0 {
			err = fault.NotFound("calendar")
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE on_call_shifts SET removed_at = ? WHERE team_id = ? AND service = ? AND role = ? AND source = 'calendar' AND removed_at IS NULL",
			store.Ms(tx.Now), teamID, service, role)
		return err
	})
}

// ReadCalendars leaves a job for every calendar.
func (s *Service) ReadCalendars(ctx context.Context) error {
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		var jobs []calendarJob
		err := tx.Each(func(scan func(...any) error) error {
			var j calendarJob
			err := scan(&j.TeamID, &j.Service, &j.Role)
			jobs = append(jobs, j)
			return err
		}, "SELECT team_id, service, role FROM on_call_calendars")
		for _, j := range jobs {
			if err == nil {
				err = tx.Enqueue(CalendarJob, "", j, tx.Now)
			}
		}
		return err
	})
}

// readCalendar brings a calendar's shifts up to date. What cannot be read now is read again in an hour; the shifts
// that are known stay until then.
func (s *Service) readCalendar(ctx context.Context, j outbox.Job) error {
	var c calendarJob
	if err := json.Unmarshal(j.Payload, &c); err != nil {
		return outbox.Permanent(err)
	}
	q := s.store.Rows(ctx)
	var address, mark string
	if found, err := q.Row([]any{&address, &mark}, "SELECT url, mark FROM on_call_calendars WHERE team_id = ? AND service = ? AND role = ?", c.TeamID, c.Service, c.Role); err != nil || !found {
		return err
	}
	names, err := peopleHere(q)
	if err != nil {
		return err
	}
	now := s.store.Now()
	var shifts []shift
	raw, trouble := s.web.Fetch(ctx, address, calendarMax)
	if trouble == nil {
		shifts, trouble = shiftsIn(raw, now.Add(-24*time.Hour), now.Add(ahead), names)
	}
	for i := range shifts {
		shifts[i].Service, shifts[i].Role, shifts[i].Source = c.Service, c.Role, byCalendar
	}
	found, err := seriesOn(q, "s.team_id = ?", c.TeamID)
	if err != nil {
		return err
	}
	return store.Do(store.As(ctx, "", ""), s.store, rosterTopics(c.TeamID, found), func(tx *store.Tx) error {
		why := ""
		if trouble != nil {
			why = fmt.Sprintf("The calendar could not be read: %s.", trouble)
		}
		n, err := tx.Exec(`UPDATE on_call_calendars SET read_at = CASE WHEN ? = '' THEN ? ELSE read_at END, trouble = ? WHERE team_id = ? AND service = ? AND role = ? AND mark = ?`,
			why, store.Ms(tx.Now), why, c.TeamID, c.Service, c.Role, mark)
		if err != nil || n == 0 { // another calendar has taken its place meanwhile
			return err
		}
		changed := trouble != nil
		if trouble == nil {
			if changed, err = replaceShifts(tx, c, shifts, now); err != nil {
				return err
			}
		}
		if t, err := team.ByID(tx.Query, c.TeamID); err != nil || t.ID == "" || !changed {
			return err
		}
		if trouble != nil { // only the roster's page shows it
			_, err := tx.Publish(event.TeamTopic(c.TeamID), "on_call.changed", struct{}{})
			return err
		}
		return s.retell(tx, c.TeamID)
	})
}

// replaceShifts puts what a calendar says now in place of what it said, from yesterday on.
func replaceShifts(tx *store.Tx, c calendarJob, shifts []shift, now time.Time) (changed bool, err error) {
	type known struct {
		rid int64
		x   shift
	}
	var old []known
	err = tx.Each(func(scan func(...any) error) error {
		k := known{x: shift{Service: c.Service, Role: c.Role, Source: byCalendar}}
		err := scan(&k.rid, &k.x.Person, &k.x.Name, &k.x.From, &k.x.To)
		old = append(old, k)
		return err
	}, `SELECT rid, person_id, name, from_at, to_at FROM on_call_shifts WHERE team_id = ? AND service = ? AND role = ? AND source = 'calendar' AND removed_at IS NULL AND to_at > ?`,
		c.TeamID, c.Service, c.Role, store.Ms(now.Add(-24*time.Hour)))
	if err != nil {
		return false, err
	}
	for _, k := range old {
		if i := slices.IndexFunc(shifts, k.x.same); i >= 0 {
			shifts = slices.Delete(shifts, i, i+1)
			continue
		}
		changed = true
		if _, err := tx.Exec("UPDATE on_call_shifts SET removed_at = ? WHERE rid = ?", store.Ms(tx.Now), k.rid); err != nil {
			return false, err
		}
	}
	for _, x := range shifts {
		changed = true
		if err := insertShift(tx, c.TeamID, x); err != nil {
			return false, err
		}
	}
	return changed, nil
}

func (x shift) same(o shift) bool {
	p, q := "", ""
	if x.Person != nil {
		p = *x.Person
	}
	if o.Person != nil {
		q = *o.Person
	}
	return p == q && x.Name == o.Name && x.From == o.From && x.To == o.To
}
