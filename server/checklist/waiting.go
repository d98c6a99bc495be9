package checklist

import (
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// Waiting is what a team's open checklists hold for somebody of another discipline.
type Waiting struct {
	ToUnderstand int    // answers that nobody has understood
	LaunchOn     string // the next launch from today on, "" without one
}

// WaitingIn gives that for every team of whose checklists the viewer sees any, in so many statements, however many
// they are.
func (s *Service) WaitingIn(q *store.Query, v who.Viewer, now time.Time) (map[string]Waiting, error) {
	found, b, err := s.openTo(q, v, now, isOpen)
	if err != nil {
		return nil, err
	}
	out := map[string]Waiting{}
	for _, k := range found {
		h, w := b.head(k), out[k.TeamID]
		w.ToUnderstand += h.Counts.ToUnderstand
		if k.LaunchOn >= k.today(now) && (w.LaunchOn == "" || k.LaunchOn < w.LaunchOn) {
			w.LaunchOn = k.LaunchOn
		}
		out[k.TeamID] = w
	}
	return out, nil
}
