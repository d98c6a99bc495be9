package team

import (
	"trestle/server/store"
	"trestle/server/who"
)

// Visible is a team that somebody may see, with what they may do there.
type Visible struct {
	Team
	Rights Rights
}

// VisibleTo reads every team that the viewer may see, by name, in one question.
func VisibleTo(q *store.Query, v who.Viewer) ([]Visible, error) {
	var out []Visible
	err := each(q, v, func(t Team, r Rights, _ int) { out = append(out, Visible{t, r}) })
	return out, err
}

// Sight answers, after one question, which boards the viewer may see: by their team and their visibility.
func Sight(q *store.Query, v who.Viewer) (func(teamID, visibility string) bool, error) {
	teams, err := VisibleTo(q, v)
	rights := make(map[string]Rights, len(teams))
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	return func(teamID, visibility string) bool {
		r, known := rights[teamID]
		return known && r.CanSee(visibility)
	}, err
}
