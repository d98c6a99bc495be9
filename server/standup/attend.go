package standup

import (
	"context"
	"slices"

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

type present struct{ PersonID, Role, State string }

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
	v := AttendanceView{People: []PresentView{}}
	for _, p := range in {
		person := w.names[p.PersonID]
		v.People = append(v.People, PresentView{PersonID: p.PersonID, Name: person.Name, Discipline: person.Discipline, Role: p.Role, State: p.State})
		if p.Role == Core && p.State != Away {
			v.Core++
		}
	}
	if m.Core != nil {
		v.Core = *m.Core
	}
	return v
}

// expect writes down who is missed when they do not come: who is on call, and the team's liaisons.
func (w *sitting) expect() error {
	duties, err := dutiesNow(w.tx.Query, w.r.TeamID, w.tx.Now)
	if err != nil {
		return err
	}
	var ids []string
	for _, d := range duties {
		ids = append(ids, d.PersonID)
	}
	err = w.tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT l.person_id FROM liaisons l JOIN people p ON p.id = l.person_id WHERE l.team_id = ? AND p.disabled_at IS NULL ORDER BY p.name, p.id", w.r.TeamID)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if id == "" || slices.Contains(ids[:i], id) {
			continue
		}
		if err := w.present(id, Away); err != nil {
			return err
		}
	}
	return nil
}

// present writes down how somebody is there.
func (w *sitting) present(personID, state string) error {
	role, err := w.roleOf(personID)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(`INSERT INTO standup_attendance (meeting_rid, person_id, role, state, at) VALUES (?,?,?,?,?)
		ON CONFLICT (meeting_rid, person_id) DO UPDATE SET role = excluded.role, state = excluded.state`, w.m.RID, personID, role, state, store.Ms(w.tx.Now))
	return err
}

// roleOf is as what somebody comes: the nearest of what is true.
func (w *sitting) roleOf(personID string) (string, error) {
	duties, err := dutiesNow(w.tx.Query, w.r.TeamID, w.tx.Now)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(duties, func(d DutyView) bool { return d.PersonID == personID }) {
		return OnCall, nil
	}
	var liaison, member int
	var discipline string
	if _, err := w.tx.Row([]any{&discipline, &liaison, &member}, `SELECT p.discipline, (SELECT COUNT(*) FROM liaisons l WHERE l.person_id = p.id AND l.team_id = ?),
		(SELECT COUNT(*) FROM members m WHERE m.person_id = p.id AND m.team_id = ?) FROM people p WHERE p.id = ?`, w.r.TeamID, w.r.TeamID, personID); err != nil {
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

// Attend writes down who is there.
func (s *Service) Attend(ctx context.Context, id string, a Attendance) (View, error) {
	switch {
	case (a.Core == nil) == (a.PersonID == ""):
		return View{}, fault.Invalid("body", "Give the number of heads, or a person")
	case a.Core != nil && (*a.Core < 0 || *a.Core > 500):
		return View{}, fault.Invalid("body.core", "Count 0 to 500 heads")
	case a.PersonID != "" && a.State != Here && a.State != Away:
		return View{}, fault.Invalid("body.state", "Somebody is here or away")
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
