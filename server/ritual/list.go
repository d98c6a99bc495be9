package ritual

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/store"
	"trestle/server/who"
)

// RitualItem is a series in a list, with what the viewer may do.
type RitualItem struct {
	SeriesView
	StartedAt *time.Time `json:"startedAt,omitempty" doc:"Of the sitting that runs; absent when none does"`
	LastAt    *time.Time `json:"lastAt,omitempty" doc:"When the one before was held"`
	CanWork   bool       `json:"canWork"`
	CanLead   bool       `json:"canLead"`
}

// Which names the series of a list; none named, all.
type Which struct {
	TeamID  string `query:"teamId" maxLength:"64" doc:"Only those of this team"`
	BoardID string `query:"boardId" maxLength:"64" doc:"Only those of this board"`
	Away    bool   `query:"away" doc:"Those that were put away, instead of those that take place"`
}

// List gives the series that the viewer may see, or those of one team or board.
func (s *Service) List(ctx context.Context, w Which) (list []RitualItem, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		where, args := "s.archived_at IS NULL AND b.archived_at IS NULL", []any{}
		if w.Away {
			where = "s.archived_at IS NOT NULL AND b.archived_at IS NULL"
		}
		if w.BoardID != "" {
			if _, err := s.boards.See(q, v, w.BoardID); err != nil {
				return err
			}
			where, args = where+" AND s.board_id = ?", append(args, w.BoardID)
		}
		if w.TeamID != "" {
			where, args = where+" AND s.team_id = ?", append(args, w.TeamID)
		}
		list, err = s.items(q, v, where, args...)
		return err
	})
	return list, err
}

// seenBy reads those of some series that stand on boards that the viewer may see, with their boards: so many
// statements, however many they are.
func seenBy(q *store.Query, v who.Viewer, where string, args ...any) (out []*series, boards map[string]board.Named, err error) {
	found, err := readSeries(q, where, args...)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(found))
	for i, r := range found {
		ids[i] = r.BoardID
	}
	if boards, err = board.NamedTo(q, v, ids); err != nil {
		return nil, nil, err
	}
	for _, r := range found {
		if _, ok := boards[r.BoardID]; ok {
			out = append(out, r)
		}
	}
	return out, boards, nil
}

// items are those series with what they hold now.
func (s *Service) items(q *store.Query, v who.Viewer, where string, args ...any) ([]RitualItem, error) {
	out, now := []RitualItem{}, s.store.Now()
	found, boards, err := seenBy(q, v, where, args...)
	if err != nil {
		return nil, err
	}
	sittings, err := heldOf(q, found)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		b, m, last := boards[r.BoardID], sittings[r.RID].running, sittings[r.RID].last
		x := RitualItem{SeriesView: r.on(b), CanWork: b.Rights.CanWork(), CanLead: b.Rights.CanLead()}
		if m != nil && m.idle(now) {
			m, last = nil, m
		}
		if m != nil {
			x.StartedAt = store.AtPtr(&m.StartedAt)
		}
		if last != nil {
			x.LastAt = store.AtPtr(&last.StartedAt)
		}
		x.NextAt = r.nextOf(now, begun(m, last))
		out = append(out, x)
	}
	return out, nil
}

// held is a series' sitting that runs and the newest that ended; each may be nil.
type held struct{ running, last *sitting }

func heldOf(q *store.Query, list []*series) (map[int64]held, error) {
	rids, out := make([]int64, len(list)), map[int64]held{}
	for i, r := range list {
		rids[i] = r.RID
	}
	return out, store.InParts(rids, func(marks string, args []any) error {
		sittings, err := readSittings(q, "m.series_rid IN ("+marks+`) AND m.state <> 'ended' OR m.rid IN (SELECT (SELECT x.rid FROM ritual_sittings x
			WHERE x.series_rid = s.rid AND x.state = 'ended' ORDER BY x.started_at DESC, x.rid DESC LIMIT 1) FROM ritual_series s WHERE s.rid IN (`+marks+"))", append(args, args...)...)
		for _, m := range sittings {
			h := out[m.SeriesRID]
			if m.State == Ended {
				h.last = m
			} else {
				h.running = m
			}
			out[m.SeriesRID] = h
		}
		return err
	})
}

// soon is how far ahead a day looks for what starts next.
const soon = 24 * time.Hour

// Soon gives the rituals of a person's teams that run or begin within a day.
func (s *Service) Soon(q *store.Query, v who.Viewer, now time.Time) (out []RitualItem, err error) {
	all, err := s.items(q, v, "s.archived_at IS NULL AND b.archived_at IS NULL AND s.team_id IN "+account.OwnTeams, v.PersonID, v.PersonID)
	for _, x := range all {
		if x.StartedAt != nil || (x.NextAt != nil && x.NextAt.Before(now.Add(soon))) {
			out = append(out, x)
		}
	}
	return out, err
}
