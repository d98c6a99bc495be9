package ritual

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/fault"
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
func (s *Service) List(ctx context.Context, w Which) ([]RitualItem, error) {
	v, out := who.From(ctx), []RitualItem{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
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
		return s.each(q, v, func(r *series, seen board.Seen) error {
			x, err := itemOf(q, seen, r, s.store.Now())
			out = append(out, x)
			return err
		}, where, args...)
	})
	return out, err
}

// each goes through the series that a viewer may see.
func (s *Service) each(q *store.Query, v who.Viewer, fn func(r *series, seen board.Seen) error, where string, args ...any) error {
	found, err := readSeries(q, where, args...)
	if err != nil {
		return err
	}
	for _, r := range found {
		seen, err := s.boards.See(q, v, r.BoardID)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(r, seen); err != nil {
			return err
		}
	}
	return nil
}

func itemOf(q *store.Query, seen board.Seen, r *series, now time.Time) (RitualItem, error) {
	x := RitualItem{SeriesView: r.view(seen.Layout), CanWork: seen.Rights.CanWork(), CanLead: seen.Rights.CanLead()}
	m, last, err := r.held(q)
	if err != nil {
		return x, err
	}
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
	return x, nil
}

// soon is how far ahead a day looks for what starts next.
const soon = 24 * time.Hour

// Soon gives the rituals of a person's teams that run or begin within a day.
func (s *Service) Soon(q *store.Query, v who.Viewer, now time.Time) (out []RitualItem, err error) {
	err = s.each(q, v, func(r *series, seen board.Seen) error {
		x, err := itemOf(q, seen, r, now)
		if err == nil && (x.StartedAt != nil || (x.NextAt != nil && x.NextAt.Before(now.Add(soon)))) {
			out = append(out, x)
		}
		return err
	}, "s.archived_at IS NULL AND b.archived_at IS NULL AND s.team_id IN "+account.OwnTeams, v.PersonID, v.PersonID)
	return out, err
}
