package checklist

import (
	"slices"
	"time"

	"trestle/server/store"
)

// Lapsed are those of some cards whose own checklists hold an answer that counted once and does not any more: its
// evidence ran out, or the day of its gap went by. A frozen one is as it was.
func (s *Service) Lapsed(q *store.Query, cardIDs []string, now time.Time) (map[string]bool, error) {
	out := map[string]bool{}
	return out, store.InParts(cardIDs, func(marks string, args []any) error {
		found, err := listsWhere(q, "k.archived_at IS NULL AND k.frozen_at IS NULL AND c.id IN ("+marks+")", args...)
		if err != nil || len(found) == 0 {
			return err
		}
		b, err := s.open(q, false, now, found...)
		if err != nil {
			return err
		}
		for _, k := range found {
			if slices.ContainsFunc(b.looks(k), func(l look) bool { return l.must && l.lapsed() }) {
				out[k.CardID] = true
			}
		}
		return nil
	})
}
