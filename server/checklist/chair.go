package checklist

import (
	"time"

	"trestle/server/fault"
	"trestle/server/store"
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

// chairsOf gives by team from where somebody understands: its workers and leads for their own discipline, its liaisons
// for that of the assignment, and, who has none of these places, as deputy of a liaison who is away today. An
// administrator who is nothing of this understands nothing. teamID "" is all teams.
func chairsOf(q *store.Query, v who.Viewer, now time.Time, teamID string) (map[string]chair, error) {
	out := map[string]chair{}
	if v.PersonID == "" || v.TeamID != "" {
		return out, nil
	}
	today := now.Format(time.DateOnly)
	args, one := []any{v.PersonID, v.PersonID, today, today}, ""
	if teamID != "" {
		args, one = []any{v.PersonID, teamID, v.PersonID, today, today, teamID}, " AND t.id = ?"
	}
	return out, q.Each(func(scan func(...any) error) error {
		var team string
		var c chair
		err := scan(&team, &c.discipline, &c.own, &c.standsFor)
		if has, ok := out[team]; !ok || c.standsFor == "" || has.standsFor > c.standsFor {
			out[team] = c
		}
		return err
	}, `SELECT t.id, COALESCE(l.discipline, p.discipline), p.discipline, '' FROM teams t JOIN people p ON p.id = ? LEFT JOIN liaisons l ON l.person_id = p.id AND l.team_id = t.id
		LEFT JOIN members m ON m.person_id = p.id AND m.team_id = t.id AND m.role IN ('worker', 'lead')
		WHERE p.disabled_at IS NULL AND (l.person_id IS NOT NULL OR m.person_id IS NOT NULL)`+one+`
		UNION ALL SELECT t.id, x.discipline, p.discipline, x.person_id FROM patterns x JOIN people p ON p.id = x.deputy_id JOIN teams t ON t.id = x.team_id
		JOIN leaves a ON a.person_id = x.person_id AND a.withdrawn_at IS NULL
		WHERE x.deputy_id = ? AND x.ended_at IS NULL AND x.pattern IN ('liaison', 'embedded') AND p.disabled_at IS NULL AND p.role <> 'guest' AND a.from_day <= ? AND a.to_day >= ?`+one, args...)
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
	if explainer == c.v.PersonID {
		return fault.Conflict("same_person", "Who explained it cannot be who understood it: that takes somebody of another discipline.")
	}
	var d string
	_, err := c.tx.Row([]any{&d}, "SELECT discipline FROM people WHERE id = ?", explainer)
	if err == nil && !c.other(d) && c.discipline != "" {
		err = fault.Conflict("same_discipline", "Somebody of %s explained this. Somebody of another discipline has to understand it.", d)
	}
	return err
}
