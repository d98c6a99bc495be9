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
