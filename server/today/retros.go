package today

import (
	"context"
	"time"

	"trestle/server/retro"
	"trestle/server/store"
	"trestle/server/who"
)

// retros are those of my teams that run. What they decided comes back as cards that are due, like every other card.
type retros struct{ retros *retro.Service }

func (r retros) Rows(_ context.Context, q *store.Query, v who.Viewer, _ time.Time) ([]Row, error) {
	running, err := r.retros.Running(q, v)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range running {
		began := x.CreatedAt
		out = append(out, Row{Part: Rituals, Kind: "retro.running", ID: x.ID, Title: x.Title, Text: x.Phase, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, At: &began, Link: "/retro/" + x.ID})
	}
	return out, nil
}
