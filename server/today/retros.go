package today

import (
	"context"
	"time"

	"trestle/server/retro"
	"trestle/server/store"
	"trestle/server/who"
)

// retros are those of my teams that are open to write for, and those that run. What they decided comes back as cards that are due, like every other card.
type retros struct{ retros *retro.Service }

func (r retros) Rows(_ context.Context, q *store.Query, v who.Viewer, _ time.Time) ([]Row, error) {
	running, err := r.retros.Running(q, v)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range running {
		if x.OpensUntil != nil && x.Phase == retro.Collect {
			out = append(out, Row{Part: Rituals, Kind: "retro.open", ID: x.ID, Title: x.Title, BoardID: x.BoardID, BoardName: x.BoardName,
				TeamName: x.TeamName, Until: x.OpensUntil, Link: "/retro/" + x.ID})
			continue
		}
		began := x.CreatedAt
		out = append(out, Row{Part: Rituals, Kind: "retro.running", ID: x.ID, Title: x.Title, Text: x.Phase, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, At: &began, Link: "/retro/" + x.ID})
	}
	return out, nil
}
