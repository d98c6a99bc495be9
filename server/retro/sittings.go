package retro

import (
	"time"

	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Sitting is a retro as a calendar shows it.
type Sitting struct {
	ID, TeamID, BoardID, BoardName, Title string
	StartedAt                             time.Time
	EndedAt                               *time.Time // nil while it goes on
	People                                []string   // who joined
}

// Sittings gives the retros that the viewer may see and that began in [from, to), the oldest first. One that everybody
// left is none.
func (s *Service) Sittings(q *store.Query, v who.Viewer, from, to time.Time) (out []Sitting, err error) {
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, err
	}
	rights := map[string]team.Rights{}
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	// Collecting notes over days is no meeting: it begins with the first page after that.
	const began = "COALESCE((SELECT MIN(p.started_at) FROM retro_phases p WHERE p.retro_rid = r.rid AND p.key <> 'open'), r.created_at)"
	err = q.Each(func(scan func(...any) error) error {
		var x Sitting
		var phase, visibility string
		var start int64
		var end *int64
		var person *string
		if err := scan(&x.ID, &x.TeamID, &x.BoardID, &x.BoardName, &x.Title, &phase, &visibility, &start, &end, &person); err != nil {
			return err
		}
		if phase != Published {
			visibility = "team"
		}
		if of, ok := rights[x.TeamID]; !ok || !of.CanSee(visibility) || phase == "open" {
			return nil
		}
		if n := len(out); n == 0 || out[n-1].ID != x.ID {
			x.StartedAt, x.EndedAt = store.At(start), store.AtPtr(end)
			out = append(out, x)
		}
		if last := &out[len(out)-1]; person != nil {
			last.People = append(last.People, *person)
		}
		return nil
	}, `SELECT r.id, r.team_id, b.id, b.name, r.title, r.phase, b.visibility, `+began+`, r.closed_at, p.person_id
		FROM retros r JOIN boards b ON b.rid = r.board_rid LEFT JOIN retro_people p ON p.retro_rid = r.rid
		WHERE b.archived_at IS NULL AND r.abandoned = FALSE AND `+began+` >= ? AND `+began+` < ? ORDER BY r.created_at, r.rid, p.joined_at, p.person_id`,
		store.Ms(from), store.Ms(to))
	return out, err
}
