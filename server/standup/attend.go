package standup

import (
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
)

// Roles in which people come. Core is the team itself, counted by heads; the others are named.
const (
	Core     = "core"
	OnCall   = "on_call"
	Liaison  = "liaison"
	Security = "security"
	Observer = "observer"
)

// How somebody is there: on a device of their own, seen in the room, or not at all.
const (
	Joined = "joined"
	Here   = "here"
	Away   = "away"
)

// AttendanceView is who is there.
type AttendanceView struct {
	Core   int           `json:"core" doc:"Heads of the team: as counted, else those on a device of their own"`
	People []PresentView `json:"people" doc:"Who is on call, liaison or security of the team, and who joined"`
}

// PresentView is somebody who is there, or is missed.
type PresentView struct {
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
	Role       string `json:"role" enum:"core,on_call,liaison,security,observer"`
	State      string `json:"state" enum:"joined,here,away"`
}

// Present is somebody who was there in a role, or missed.
type Present struct{ PersonID, Role, State string }
type present = Present

func presentIn(q *store.Query, meetingRID int64) (out []present, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p present
		err := scan(&p.PersonID, &p.Role, &p.State)
		out = append(out, p)
		return err
	}, "SELECT person_id, role, state FROM standup_attendance WHERE meeting_rid = ? ORDER BY at, person_id", meetingRID)
	return out, err
}

func (w *viewer) attendance(m *meeting, in []present) AttendanceView {
	return AttendanceOf(in, m.Core, w.names)
}

// AttendanceOf shows who is there. core is the heads as counted, nil when nobody has.
func AttendanceOf(in []Present, core *int, people map[string]account.Person) AttendanceView {
	v := AttendanceView{People: []PresentView{}}
	for _, p := range in {
		person := people[p.PersonID]
		v.People = append(v.People, PresentView{PersonID: p.PersonID, Name: person.Name, Discipline: person.Discipline, Role: p.Role, State: p.State})
		if p.Role == Core && p.State != Away {
			v.Core++
		}
	}
	if core != nil {
		v.Core = *core
	}
	return v
}

// expect writes down who is missed when they do not come.
func (w *sitting) expect() error {
	ids, err := Expected(w.tx.Query, w.r.TeamID, w.tx.Now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := w.present(id, Away); err != nil {
			return err
		}
	}
	return nil
}

// Expected are those whom a team misses when they do not come to what it does together: who is on call, and its liaisons.
func Expected(q *store.Query, teamID string, now time.Time) ([]string, error) {
	duties, err := dutiesNow(q, teamID, now)
	if err != nil {
		return nil, err
	}
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, d := range duties {
		add(d.PersonID)
	}
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		add(id)
		return err
	}, "SELECT l.person_id FROM liaisons l JOIN people p ON p.id = l.person_id WHERE l.team_id = ? AND p.disabled_at IS NULL ORDER BY p.name, p.id", teamID)
	return ids, err
}

// present writes down how somebody is there.
func (w *sitting) present(personID, state string) error {
	role, err := RoleIn(w.tx.Query, w.r.TeamID, personID, w.tx.Now)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(`INSERT INTO standup_attendance (meeting_rid, person_id, role, state, at) VALUES (?,?,?,?,?)
		ON CONFLICT (meeting_rid, person_id) DO UPDATE SET role = excluded.role, state = excluded.state`, w.m.RID, personID, role, state, store.Ms(w.tx.Now))
	return err
}

// RoleIn is as what somebody comes to what a team does together: the nearest of what is true.
func RoleIn(q *store.Query, teamID, personID string, now time.Time) (string, error) {
	duties, err := dutiesNow(q, teamID, now)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(duties, func(d DutyView) bool { return d.PersonID == personID }) {
		return OnCall, nil
	}
	var liaison, member int
	var discipline string
	if _, err := q.Row([]any{&discipline, &liaison, &member}, `SELECT p.discipline, (SELECT COUNT(*) FROM liaisons l WHERE l.person_id = p.id AND l.team_id = ?),
		(SELECT COUNT(*) FROM members m WHERE m.person_id = p.id AND m.team_id = ?) FROM people p WHERE p.id = ?`, teamID, teamID, personID); err != nil {
		return "", err
	}
	switch {
	case liaison > 0:
		return Liaison, nil
	case discipline == "security":
		return Security, nil
	case member > 0:
		return Core, nil
	}
	return Observer, nil
}

// stateOf is how somebody is there by now, "" when nothing was written down.
func (w *sitting) stateOf(personID string) (state string, err error) {
	_, err = w.tx.Row([]any{&state}, "SELECT state FROM standup_attendance WHERE meeting_rid = ? AND person_id = ?", w.m.RID, personID)
	return state, err
}

// Join says that the viewer follows on a device of their own.
func (s *Service) Join(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toJoin, nil, func(w *sitting) (string, error) {
		if err := w.meets(); err != nil {
			return "", err
		}
		if state, err := w.stateOf(w.v.PersonID); err != nil || state == Joined {
			return "", err
		}
		return "standup.joined", w.present(w.v.PersonID, Joined)
	})
}

// Attendance notes the heads of the team, or that one person is there or is not.
type Attendance struct {
	Core     *int   `json:"core,omitempty" required:"false" minimum:"0" maximum:"500"`
	PersonID string `json:"personId,omitempty" required:"false" maxLength:"64"`
	State    string `json:"state,omitempty" required:"false" enum:"here,away"`
}

// Check refuses what says nothing, or two things at once.
func (a Attendance) Check() error {
	switch {
	case (a.Core == nil) == (a.PersonID == ""):
		return fault.Invalid("body", "Give the number of heads, or a person")
	case a.Core != nil && (*a.Core < 0 || *a.Core > 500):
		return fault.Invalid("body.core", "Count 0 to 500 heads")
	case a.PersonID != "" && a.State != Here && a.State != Away:
		return fault.Invalid("body.state", "Somebody is here or away")
	}
	return nil
}

// Attend writes down who is there.
func (s *Service) Attend(ctx context.Context, id string, a Attendance) (View, error) {
	if err := a.Check(); err != nil {
		return View{}, err
	}
	return s.inMeeting(ctx, id, "standup.attended", func(w *sitting) (bool, error) {
		if a.Core != nil {
			changed := w.m.Core == nil || *w.m.Core != *a.Core
			w.m.Core = a.Core
			return changed, nil
		}
		if err := w.people("body.personId", a.PersonID); err != nil {
			return false, err
		}
		if state, err := w.stateOf(a.PersonID); err != nil || state == a.State {
			return false, err
		}
		return true, w.present(a.PersonID, a.State)
	})
}
