package today

import (
	"context"
	"slices"
	"time"

	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

// ahead are the rituals of my teams in the coming days. When there are none, it is the very next one.
type ahead struct {
	standups *standup.Service
	rituals  *ritual.Service
}

// aheadDays are shown on the page as six days of work.
const (
	aheadDays = 9
	aheadMax  = 100
)

func (a ahead) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	to := now.AddDate(0, 0, aheadDays)
	meetings, err := a.standups.Ahead(q, v, now, to)
	if err != nil {
		return nil, err
	}
	others, err := a.rituals.Ahead(q, v, now, to)
	if err != nil {
		return nil, err
	}
	var out, later []Row
	put := func(r Row, planned []time.Time) {
		for _, at := range planned {
			r.At = &at
			if r.Part = Next; at.Before(to) {
				out = append(out, r)
			} else {
				later = append(later, r)
			}
		}
	}
	for _, x := range meetings {
		r := Row{Kind: "standup.planned", ID: x.ID, Title: x.Name, BoardID: x.BoardID, BoardName: x.BoardName, TeamName: x.TeamName, Link: "/standup/" + x.ID}
		if x.Written {
			r.Kind = "standup.written"
		}
		put(r, x.Planned)
	}
	for _, x := range others {
		put(Row{Kind: "ritual.planned", ID: x.ID, Title: x.Name, Text: x.Kind, BoardID: x.BoardID, BoardName: x.BoardName, TeamName: x.TeamName,
			Link: "/rituals/" + x.ID}, x.Planned)
	}
	if len(out) == 0 && len(later) > 0 {
		out = append(out, slices.MinFunc(later, oldestFirst))
	}
	slices.SortStableFunc(out, oldestFirst)
	return out[:min(len(out), aheadMax)], nil
}
