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
	Core   int           `json:"core" doc:"Heads of the team: those known by name, and those counted besides"`
	Heads  int           `json:"heads,omitempty" doc:"Of a standup: how many of them were counted besides, whom nobody named"`
	People []PresentView `json:"people" doc:"Who is on call, liaison or security of the team, who joined, and who was seen"`
}

// PresentView is somebody who is there, or is missed.
type PresentView struct {
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
	Role       string `json:"role" enum:"core,on_call,liaison,security,observer"`
	State      string `json:"state" enum:"joined,here,away"`
	Duty       string `json:"duty,omitempty" enum:"primary,secondary,incident_manager" doc:"Of who is on call in a ritual: in which order they were called when it began"`
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
	v := AttendanceOf(in, nil, w.names)
	v.Heads = m.heads(0)
	v.Core += v.Heads
	return v
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

// Expected are those whom a team misses when they do not come to what it does together: who is on call, its liaisons,
// and who of security works in it.
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
	for _, from := range []string{
		"SELECT l.person_id FROM liaisons l JOIN people p ON p.id = l.person_id WHERE l.team_id = ? AND p.disabled_at IS NULL ORDER BY p.name, p.id",
		`SELECT m.person_id FROM members m JOIN people p ON p.id = m.person_id
			WHERE m.team_id = ? AND m.role IN ('worker', 'lead') AND p.discipline = 'security' AND p.disabled_at IS NULL ORDER BY p.name, p.id`,
	} {
		if err := q.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			add(id)
			return err
		}, from, teamID); err != nil {
			return nil, err
		}
	}
	return ids, nil
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

// come writes down that whoever asks is there, on the device on which they ask. Who did something in a meeting need not
// say that they are in it.
func (w *sitting) come() (changed bool, err error) {
	if w.v.PersonID == "" || w.v.TeamID != "" {
		return false, nil
	}
	if state, err := w.stateOf(w.v.PersonID); err != nil || state == Joined {
		return false, err
	}
	return true, w.present(w.v.PersonID, Joined)
}

// lead is come for whoever goes on: they have the remote now.
func (w *sitting) lead() error {
	if w.v.PersonID != "" && w.v.TeamID == "" {
		w.m.Driver = w.v.PersonID
	}
	_, err := w.come()
	return err
}

// Join says that the viewer follows on a device of their own.
func (s *Service) Join(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toJoin, nil, func(w *sitting) (string, error) {
		if err := w.meets(); err != nil {
			return "", err
		}
		changed, err := w.come()
		if err != nil || !changed {
			return "", err
		}
		return "standup.joined", nil
	})
}

// maxHeads bounds how many are counted without a name.
const maxHeads = 500

// Attendance notes heads whom nobody names, or that one person is there or is not.
type Attendance struct {
	CoreBy   int    `json:"coreBy,omitempty" required:"false" minimum:"-500" maximum:"500" doc:"So many heads more, or fewer: two who count at once both count"`
	PersonID string `json:"personId,omitempty" required:"false" maxLength:"64"`
	State    string `json:"state,omitempty" required:"false" enum:"here,away"`
}

// check refuses what says nothing, or two things at once.
func (a Attendance) check() error {
	switch {
	case (a.CoreBy == 0) == (a.PersonID == ""):
		return fault.Invalid("body", "Say how many heads more, or name a person")
	case a.CoreBy < -maxHeads || a.CoreBy > maxHeads:
		return fault.Invalid("body.coreBy", "Count at most %d heads", maxHeads)
	case a.PersonID != "" && a.State != Here && a.State != Away:
		return fault.Invalid("body.state", "Somebody is here or away")
	}
	return nil
}

// heads are those counted besides the named ones, with more or fewer of them.
func (m *meeting) heads(by int) int {
	if m.Heads != nil {
		by += *m.Heads
	}
	return min(max(by, 0), maxHeads)
}

// Attend writes down who is there.
func (s *Service) Attend(ctx context.Context, id string, a Attendance) (View, error) {
	if err := a.check(); err != nil {
		return View{}, err
	}
	return s.inMeeting(ctx, id, "standup.attended", func(w *sitting) (bool, error) {
		if a.CoreBy != 0 {
			before, now := w.m.heads(0), w.m.heads(a.CoreBy)
			w.m.Heads = &now
			return now != before, nil
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
