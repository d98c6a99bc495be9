package calendar

import (
	"slices"
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// Due is one ritual to which operations or security have agreed to come, or to which people were invited.
type Due struct {
	OccurrenceView
	MissedOn string // the day of the last one before it that was held and to which nobody came who had agreed
}

// Dues are those in [from, to), of all teams that the viewer may see, in the order of time. How many statements it
// takes does not depend on how many teams there are.
func (s *Service) Dues(q *store.Query, v who.Viewer, from, to time.Time) ([]Due, error) {
	c, err := s.read(q, v, from.Add(-judged), to, "")
	if err != nil {
		return nil, err
	}
	out, missed := []Due{}, map[string]string{}
	for i := range c.occurrences {
		o := &c.occurrences[i]
		x := c.view(o)
		if len(x.Agreed) == 0 && len(x.Invited) == 0 {
			continue
		}
		if !o.At.Before(from) {
			out = append(out, Due{x, missed[o.ID]})
		}
		if o.State == HeldIt {
			missed[o.ID] = ""
			if slices.ContainsFunc(x.Agreed, func(a AgreedView) bool { return a.Came != nil && !*a.Came }) {
				missed[o.ID] = o.day().Format(time.DateOnly)
			}
		}
	}
	return out, nil
}
