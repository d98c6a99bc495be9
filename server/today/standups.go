package today

import (
	"context"
	"time"

	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

// standups are those of my teams that run or begin within a day, and who can be called for my teams now.
type standups struct{ standups *standup.Service }

func (s standups) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	soon, err := s.standups.Soon(q, v, now)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range soon {
		r := Row{Part: Rituals, Kind: "standup.next", ID: x.ID, Title: x.Name, BoardID: x.BoardID, BoardName: x.BoardName, TeamName: x.TeamName,
			At: x.NextAt, Link: "/standup/" + x.ID, Join: x.MeetingURL}
		if x.State != "" {
			r.Kind, r.At = "standup.running", x.StartedAt
		}
		if x.State == "" && x.Mode == standup.Async { // each has their own hour, and nobody presents
			if x.AskedTill == nil {
				continue
			}
			r.Kind, r.Until, r.At, r.Join = "standup.asked", x.AskedTill, nil, ""
		} else if x.CanDrive {
			r.Present = "/standup/" + x.ID + "/screen"
		}
		out = append(out, r)
	}
	duties, err := s.standups.OnCallOf(q, v, now)
	for _, d := range duties {
		out = append(out, Row{Part: Rituals, Kind: "on_call." + d.Role, ID: "on_call:" + d.TeamID + ":" + d.Service + ":" + d.Role + ":" + d.Name, Title: d.Name,
			Text: d.Service, TeamName: d.TeamName, Until: &d.Until, Link: "/teams/" + d.TeamID})
	}
	return out, err
}
