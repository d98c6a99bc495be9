package checklist

import (
	"slices"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// chair is from where somebody understands in a team.
type chair struct {
	// discipline is that for which they understand, "" when they understand nothing here: a liaison's is that of the
	// assignment.
	discipline string
	own        string // their own discipline
	standsFor  string // the liaison who is away and whose deputy they are, "" in their own place
}

// StandIn is somebody who stands in for a liaison who is away on the day as it is where the team is.
type StandIn struct {
	TeamID, Discipline string // of the liaison's assignment
	PersonID           string // who is away
	DeputyID, DeputyOf string // who stands in, and of which discipline they are themselves
}

// Deputies knows them. It is the room of patterns, which leans on this one.
type Deputies interface {
	// StandIns gives those of now in a team, those whom somebody stands in for, or both; "" is all.
	StandIns(q *store.Query, now time.Time, teamID, deputyID string) ([]StandIn, error)
}

// UseDeputies says who knows them. Without, nobody stands in.
func (s *Service) UseDeputies(d Deputies) { s.deputies = d }

// chairsOf gives by team from where somebody understands: its workers and leads for their own discipline, its liaisons
// for that of the assignment, and, who has none of these places, as deputy of a liaison who is away today. An
// administrator who is nothing of this understands nothing. teamID "" is all teams.
func (s *Service) chairsOf(q *store.Query, v who.Viewer, now time.Time, teamID string) (map[string]chair, error) {
	out := map[string]chair{}
	if v.PersonID == "" || v.TeamID != "" {
		return out, nil
	}
	args, one := []any{v.PersonID}, ""
	if teamID != "" {
		args, one = append(args, teamID), " AND t.id = ?"
	}
	if err := q.Each(func(scan func(...any) error) error {
		var team string
		var c chair
		err := scan(&team, &c.discipline, &c.own)
		out[team] = c
		return err
	}, `SELECT t.id, COALESCE(l.discipline, p.discipline), p.discipline FROM teams t JOIN people p ON p.id = ? LEFT JOIN liaisons l ON l.person_id = p.id AND l.team_id = t.id
		LEFT JOIN members m ON m.person_id = p.id AND m.team_id = t.id AND m.role IN ('worker', 'lead')
		WHERE p.disabled_at IS NULL AND (l.person_id IS NOT NULL OR m.person_id IS NOT NULL)`+one, args...); err != nil {
		return nil, err
	}
	if s.deputies == nil || teamID != "" && len(out) > 0 { // who has a place of their own stands in for nobody there
		return out, nil
	}
	ins, err := s.deputies.StandIns(q, now, teamID, v.PersonID)
	for _, in := range ins {
		if has, ok := out[in.TeamID]; !ok || has.standsFor > in.PersonID {
			out[in.TeamID] = chair{discipline: in.Discipline, own: in.DeputyOf, standsFor: in.PersonID}
		}
	}
	return out, err
}

// Liaising are a team's liaisons, and who stands in today for one who is away and has no place of their own in it.
func (s *Service) Liaising(q *store.Query, now time.Time, teamID string) ([]string, error) {
	out, err := team.LiaisonsOf(q, teamID)
	if err != nil || s.deputies == nil {
		return out, err
	}
	ins, err := s.deputies.StandIns(q, now, teamID, "")
	if err != nil || len(ins) == 0 {
		return out, err
	}
	own, err := team.People(q, teamID, team.Worker)
	for _, in := range ins {
		if !slices.Contains(own, in.DeputyID) && !slices.Contains(out, in.DeputyID) {
			out = append(out, in.DeputyID)
		}
	}
	return out, err
}

// other says whether somebody on this chair may understand what a person of a discipline has explained: a deputy is of
// another discipline for whom they stand in, and by themselves.
func (c chair) other(discipline string) bool {
	return c.discipline != "" && discipline != c.discipline && (c.standsFor == "" || discipline != c.own)
}

// between refuses two people who are one, or of one discipline.
func (c *change) between(explainer string) error {
	if explainer == "" {
		return nil
	}
	code, _, d, err := c.across(c.tx.Query, explainer)
	switch code {
	case samePerson:
		return fault.Conflict(code, "Who explained it cannot be who understood it: that takes somebody of another discipline.")
	case sameDiscipline:
		return fault.Conflict(code, "Somebody of %s explained this. Somebody of another discipline has to understand it.", d)
	}
	return err
}

// builders are of the discipline that gives itself no leave to explain nothing, whoever began the checklist.
const builders = "development"

// Why the viewer is not the other side of what somebody said.
const (
	samePerson     = "same_person"
	sameDiscipline = "same_discipline"
)

// across says why the viewer is not the other side of what a person said, "" when they are; and who that person is.
func (at *seat) across(q *store.Query, personID string) (code, name, discipline string, err error) {
	_, err = q.Row([]any{&name, &discipline}, "SELECT name, discipline FROM people WHERE id = ?", personID)
	switch {
	case err != nil:
	case personID == at.v.PersonID:
		code = samePerson
	case at.discipline != "" && !at.other(discipline):
		code = sameDiscipline
	}
	return code, name, discipline, err
}
