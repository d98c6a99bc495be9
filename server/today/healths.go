package today

import (
	"context"
	"time"

	"trestle/server/health"
	"trestle/server/store"
	"trestle/server/who"
)

// healths are the health checks of my teams that I have not answered yet.
type healths struct{ health *health.Service }

func (h healths) Rows(_ context.Context, q *store.Query, v who.Viewer, _ time.Time) ([]Row, error) {
	open, err := h.health.Waiting(q, v)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, c := range open {
		since := c.OpenedAt
		out = append(out, Row{Part: Waiting, Kind: "health.open", ID: c.ID, Title: c.TeamName, Who: c.OpenedBy, TeamName: c.TeamName, At: &since, Link: "/health/" + c.ID})
	}
	return out, nil
}
