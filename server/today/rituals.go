package today

import (
	"context"
	"time"

	"trestle/server/ritual"
	"trestle/server/store"
	"trestle/server/who"
)

// rituals are the replenishments, demos and flow reviews of my teams that run or begin within a day, and when their
// retros are planned.
type rituals struct{ rituals *ritual.Service }

func (s rituals) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	soon, err := s.rituals.Soon(q, v, now)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range soon {
		r := Row{Part: Rituals, Kind: "ritual.next", ID: x.ID, Title: x.Name, Text: x.Kind, BoardID: x.BoardID, BoardName: x.BoardName, TeamName: x.TeamName,
			At: x.NextAt, Link: "/rituals/" + x.ID, Join: x.MeetingURL}
		if x.StartedAt != nil {
			r.Kind, r.At = "ritual.running", x.StartedAt
		}
		out = append(out, r)
	}
	return out, nil
}
