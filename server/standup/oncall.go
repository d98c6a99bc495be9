package standup

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Where shifts come from.
const (
	byHand     = "hand"
	byCalendar = "calendar"
)

var dutyRoles = []string{Primary, Secondary, IncidentManager}

const (
	ahead     = 90 * 24 * time.Hour // how far a roster is shown
	longest   = 366 * 24 * time.Hour
	maxShifts = 500
)

// Roster is who can be called for a team, now and later.
type Roster struct {
	Now       []DutyView     `json:"now"`
	Shifts    []ShiftView    `json:"shifts" doc:"That have not ended and begin within 90 days: those that run in the order of calling, then the next first"`
	Calendars []CalendarView `json:"calendars"`
	CanEdit   bool           `json:"canEdit"`
}

// ShiftView is one time at which somebody can be called.
type ShiftView struct {
	ID       string    `json:"id"`
	Service  string    `json:"service" doc:"Empty: the whole team"`
	Role     string    `json:"role" enum:"primary,secondary,incident_manager"`
	PersonID string    `json:"personId,omitempty" doc:"Absent for somebody who has no account here"`
	Name     string    `json:"name"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Source   string    `json:"source" enum:"hand,calendar"`
}

// NewShift is one to be put into a roster by hand: of a person, or of somebody by name.
type NewShift struct {
	Service  string    `json:"service,omitempty" required:"false" maxLength:"60" doc:"Empty: the whole team"`
	Role     string    `json:"role" enum:"primary,secondary,incident_manager"`
	PersonID string    `json:"personId,omitempty" required:"false" maxLength:"64"`
	Name     string    `json:"name,omitempty" required:"false" maxLength:"80" doc:"Of somebody who has no account here"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Replace  bool      `json:"replace,omitempty" required:"false" doc:"Takes the time from whoever has it in this role; else such a shift is refused as taken"`
}

func (n *NewShift) check(now time.Time) error {
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	var err error
	switch {
	case (n.PersonID == "") == (n.Name == ""):
		return fault.Invalid("body.personId", "Name a person, or somebody by name")
	case utf8.RuneCountInString(n.Name) > 80:
		return fault.Invalid("body.name", "A name has at most 80 characters")
	case !n.From.Before(n.To):
		return fault.Invalid("body.to", "A shift ends after it begins")
	case n.To.Sub(n.From) > longest || n.From.After(now.Add(2*longest)):
		return fault.Invalid("body.from", "A shift takes at most a year, and begins within two")
	case !n.To.After(now):
		return fault.Invalid("body.to", "This shift is over already")
	}
	n.Service, err = dutyOf(n.Service, n.Role)
	return err
}

// dutyOf checks what a shift or a calendar is for.
func dutyOf(service, role string) (string, error) {
	service = strings.Join(strings.Fields(service), " ")
	if utf8.RuneCountInString(service) > 60 {
		return "", fault.Invalid("body.service", "A service's name has at most 60 characters")
	}
	if !slices.Contains(dutyRoles, role) {
		return "", fault.Invalid("body.role", "Who can be called is primary, secondary or incident_manager")
	}
	return service, nil
}

// RosterOf reads a team's roster; for everybody who sees the team.
func (s *Service) RosterOf(ctx context.Context, teamID string) (out Roster, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		_, rights, err := team.See(q, who.From(ctx), teamID)
		if err != nil {
			return err
		}
		out, err = roster(q, teamID, s.store.Now())
		out.CanEdit = rights.CanPattern()
		return err
	})
	return out, err
}

func roster(q *store.Query, teamID string, now time.Time) (out Roster, err error) {
	out = Roster{Shifts: []ShiftView{}, Calendars: []CalendarView{}}
	if out.Now, err = dutiesNow(q, teamID, now); err != nil {
		return out, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var x ShiftView
		var from, to int64
		err := scan(&x.ID, &x.Service, &x.Role, &x.PersonID, &x.Name, &from, &to, &x.Source)
		x.From, x.To = store.At(from), store.At(to)
		out.Shifts = append(out.Shifts, x)
		return err
	}, `SELECT s.id, s.service, s.role, COALESCE(s.person_id, ''), COALESCE(p.name, s.name), s.from_at, s.to_at, s.source FROM on_call_shifts s
		LEFT JOIN people p ON p.id = s.person_id WHERE s.team_id = ? AND s.removed_at IS NULL AND s.to_at > ? AND s.from_at < ?
		ORDER BY CASE WHEN s.from_at <= ? THEN 0 ELSE s.from_at END, `+byDuty+` LIMIT ?`, teamID, store.Ms(now), store.Ms(now.Add(ahead)), store.Ms(now), maxShifts)
	if err != nil {
		return out, err
	}
	var setters []string
	err = q.Each(func(scan func(...any) error) error {
		var c CalendarView
		var address string
		var set int64
		var read *int64
		err := scan(&c.Service, &c.Role, &address, &c.SetBy, &set, &read, &c.Trouble)
		if u, bad := url.Parse(address); bad == nil {
			c.Host = u.Hostname()
		}
		c.SetAt, c.ReadAt = store.At(set), store.AtPtr(read)
		setters = append(setters, c.SetBy)
		out.Calendars = append(out.Calendars, c)
		return err
	}, "SELECT service, role, url, set_by, set_at, read_at, trouble FROM on_call_calendars WHERE team_id = ? ORDER BY service, role", teamID)
	if err != nil {
		return out, err
	}
	names, err := account.PeopleByID(q, setters)
	for i := range out.Calendars {
		out.Calendars[i].SetBy = names[out.Calendars[i].SetBy].Name
	}
	return out, err
}

// onRoster is the corridor of a change of a team's roster. Its screens hear who can be called now.
func (s *Service) onRoster(ctx context.Context, teamID string, fn func(tx *store.Tx) error) (Roster, error) {
	v := who.From(ctx)
	found, err := seriesOn(s.store.Rows(ctx), "s.team_id = ?", teamID)
	if err != nil {
		return Roster{}, err
	}
	return store.InTx(ctx, s.store, rosterTopics(teamID, found), func(tx *store.Tx) (Roster, error) {
		_, rights, err := team.See(tx.Query, v, teamID)
		if err != nil {
			return Roster{}, err
		}
		if !rights.CanPattern() {
			return Roster{}, fault.Forbidden("Only a lead of this team or a manager may change who is on call.")
		}
		if err := fn(tx); err != nil {
			return Roster{}, err
		}
		if err := s.retell(tx, teamID); err != nil {
			return Roster{}, err
		}
		out, err := roster(tx.Query, teamID, tx.Now)
		out.CanEdit = true
		return out, err
	})
}

func rosterTopics(teamID string, found []*series) []string {
	topics := []string{event.TeamTopic(teamID)}
	for _, r := range found {
		topics = append(topics, event.StandupTopic(r.ID))
	}
	return topics
}

// retell tells a team and those who follow its standups that the roster has changed.
func (s *Service) retell(tx *store.Tx, teamID string) error {
	if _, err := tx.Publish(event.TeamTopic(teamID), "on_call.changed", struct{}{}); err != nil {
		return err
	}
	found, err := seriesOn(tx.Query, "s.team_id = ?", teamID)
	if err != nil {
		return err
	}
	if err := tx.Widen(rosterTopics(teamID, found)...); err != nil {
		return err
	}
	for _, r := range found {
		l, err := s.boards.LayoutTx(tx, r.BoardID)
		if err != nil || l == nil {
			return err
		}
		w := &sitting{s: s, tx: tx, r: r}
		w.seen.Layout = l
		if _, err := w.tell("on_call.changed"); err != nil {
			return err
		}
	}
	return nil
}

// AddShift puts a shift into a team's roster; for leads and managers.
func (s *Service) AddShift(ctx context.Context, teamID string, n NewShift) (Roster, error) {
	return s.onRoster(ctx, teamID, func(tx *store.Tx) error {
		if err := n.check(tx.Now); err != nil {
			return err
		}
		var person *string
		if n.PersonID != "" {
			known, err := account.PeopleByID(tx.Query, []string{n.PersonID})
			if err != nil {
				return err
			}
			if !known[n.PersonID].Active {
				return fault.Invalid("body.personId", "Choose somebody who is here")
			}
			person = &n.PersonID
		}
		var planned int
		if _, err := tx.Row([]any{&planned}, "SELECT COUNT(*) FROM on_call_shifts WHERE team_id = ? AND removed_at IS NULL AND to_at > ?", teamID, store.Ms(tx.Now)); err != nil {
			return err
		}
		if planned >= maxShifts {
			return fault.Conflict("too_many", "%d shifts are planned already.", planned)
		}
		if err := makeRoom(tx, teamID, n); err != nil {
			return err
		}
		return insertShift(tx, teamID, shift{n.Service, n.Role, person, n.Name, store.Ms(n.From), store.Ms(n.To), byHand})
	})
}

// shift is one as it is stored.
type shift struct {
	Service, Role string
	Person        *string
	Name          string
	From, To      int64
	Source        string
}

func insertShift(tx *store.Tx, teamID string, x shift) error {
	_, err := tx.Insert("INSERT INTO on_call_shifts (id, team_id, service, role, person_id, name, from_at, to_at, source, made_by) VALUES (?,?,?,?,?,?,?,?,?,?)",
		store.NewID("shf"), teamID, x.Service, x.Role, x.Person, x.Name, x.From, x.To, x.Source, tx.ActorID)
	return err
}

// RemoveShift takes a shift out again; for leads and managers. What a calendar says is changed there.
func (s *Service) RemoveShift(ctx context.Context, id string) error {
	q := s.store.Rows(ctx)
	var teamID string
	if _, err := q.Row([]any{&teamID}, "SELECT team_id FROM on_call_shifts WHERE id = ?", id); err != nil {
		return err
	}
	_, _, err := team.See(q, who.From(ctx), teamID)
	if err == nil {
		_, err = s.onRoster(ctx, teamID, func(tx *store.Tx) error {
			var source string
			found, err := tx.Row([]any{&source}, "SELECT source FROM on_call_shifts WHERE id = ? AND removed_at IS NULL", id)
			if err == nil && !found {
				err = fault.NotFound("shift")
			}
			if err == nil && source == byCalendar {
				err = fault.Conflict("from_calendar", "This shift comes from a calendar. Change it there, or take the calendar away.")
			}
			if err != nil {
				return err
			}
			_, err = tx.Exec("UPDATE on_call_shifts SET removed_at = ? WHERE id = ?", store.Ms(tx.Now), id)
			return err
		})
	}
	if fault.Is(err, "not_found") {
		return fault.NotFound("shift")
	}
	return err
}
