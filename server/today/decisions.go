package today

import (
	"context"
	"slices"
	"strings"
)

// decisions are the kinds of rows that ask for an answer, beside those of checklists; what one merely reads or does oneself
// is none.
var decisions = []string{"blocker.raised", "ask.raised", "ask.times_proposed", "ask.questioned"}

// Decisions are the rows of the viewer's Today that wait for their answer, the oldest first. whole is false where a source
// of what waits could not be read: then there may be more.
func (s *Service) Decisions(ctx context.Context) (rows []Row, whole bool, err error) {
	t, err := s.Of(ctx, "mine", Waiting)
	if err != nil {
		return nil, false, err
	}
	whole = true
	for _, r := range t.Waiting {
		switch {
		case r.Kind == sourceFailed:
			whole = false
		case slices.Contains(decisions, r.Kind), strings.HasPrefix(r.Kind, "checklist."):
			rows = append(rows, r)
		}
	}
	return rows, whole, nil
}
