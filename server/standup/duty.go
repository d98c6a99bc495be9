package standup

import (
	"slices"
	"time"

	"trestle/server/store"
)

// Roles in which somebody can be called, in the order of calling.
const (
	Primary         = "primary"
	Secondary       = "secondary"
	IncidentManager = "incident_manager"
)

var dutyWords = map[string]string{Primary: "first", Secondary: "second", IncidentManager: "incident manager"}

// DutyView is somebody who can be called now.
type DutyView struct {
	Role     string    `json:"role" enum:"primary,secondary,incident_manager"`
	Service  string    `json:"service" doc:"Empty: the whole team"`
	Name     string    `json:"name"`
	PersonID string    `json:"personId,omitempty" doc:"Absent for somebody who has no account here"`
	Until    time.Time `json:"until"`
}

// byDuty is the order in which people are called, wherever they are named.
const byDuty = "s.service, CASE s.role WHEN 'primary' THEN 0 WHEN 'secondary' THEN 1 ELSE 2 END, s.from_at, s.rid"

// Calls is who could be called for a team over a time, in the order of calling.
type Calls []shiftOf

type shiftOf struct {
	personID, role string
	from, to       int64
}

// CallsOf reads the roster of a team as far as it touches [from, to].
func CallsOf(q *store.Query, teamID string, from, to time.Time) (out Calls, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var s shiftOf
		err := scan(&s.personID, &s.role, &s.from, &s.to)
		out = append(out, s)
		return err
	}, `SELECT s.person_id, s.role, s.from_at, s.to_at FROM on_call_shifts s
		WHERE s.team_id = ? AND s.removed_at IS NULL AND s.person_id IS NOT NULL AND s.from_at <= ? AND s.to_at > ? ORDER BY `+byDuty, teamID, store.Ms(to), store.Ms(from))
	return out, err
}

// Say adds to those who are on call in which order they were called at a moment; the others stay as they are.
func (r Calls) Say(people []PresentView, at time.Time) {
	ms := store.Ms(at)
	for i := range people {
		p := &people[i]
		if n := slices.IndexFunc(r, func(s shiftOf) bool { return s.personID == p.PersonID && s.from <= ms && ms < s.to }); p.Role == OnCall && n >= 0 {
			p.Duty = r[n].role
		}
	}
}

// Duty says in which order somebody is called, in a word; "" of no such order.
func Duty(role string) string { return dutyWords[role] }

// dutiesNow are those who can be called for a team, by service and role.
func dutiesNow(q *store.Query, teamID string, now time.Time) ([]DutyView, error) {
	all, err := dutiesOf(q, []string{teamID}, now)
	if all[teamID] == nil {
		return []DutyView{}, err
	}
	return all[teamID], err
}

// dutiesOf is dutiesNow of several teams.
func dutiesOf(q *store.Query, teamIDs []string, now time.Time) (map[string][]DutyView, error) {
	out := map[string][]DutyView{}
	return out, store.InParts(teamIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var d DutyView
			var teamID string
			var until int64
			err := scan(&teamID, &d.Role, &d.Service, &d.Name, &d.PersonID, &until)
			d.Until = store.At(until)
			out[teamID] = append(out[teamID], d)
			return err
		}, `SELECT s.team_id, s.role, s.service, COALESCE(p.name, s.name), COALESCE(s.person_id, ''), s.to_at FROM on_call_shifts s LEFT JOIN people p ON p.id = s.person_id
			WHERE s.team_id IN (`+marks+`) AND s.removed_at IS NULL AND s.from_at <= ? AND s.to_at > ?
			ORDER BY `+byDuty, append(args, store.Ms(now), store.Ms(now))...)
	})
}
