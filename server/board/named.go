package board

import (
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Named is a board by its names, with what the viewer who asked may do there.
type Named struct {
	ID, Name, TeamID, TeamKey, TeamName string
	Rights                              team.Rights
}

// Named is the board by its names.
func (l *Layout) Named() Named {
	return Named{ID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName}
}

// NamedTo gives by id those of some boards that the viewer may see; however many they are, it asks no more often.
// What is archived or not made yet is not among them.
func NamedTo(q *store.Query, v who.Viewer, ids []string) (map[string]Named, error) {
	out := map[string]Named{}
	if len(ids) == 0 {
		return out, nil
	}
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, err
	}
	rights := make(map[string]team.Rights, len(teams))
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	err = q.Each(func(scan func(...any) error) error {
		var b Named
		var visibility string
		err := scan(&b.ID, &b.Name, &b.TeamID, &b.TeamKey, &b.TeamName, &visibility)
		r, known := rights[b.TeamID]
		if b.Rights = r; err == nil && known && r.CanSee(visibility) {
			out[b.ID] = b
		}
		return err
	}, `SELECT b.id, b.name, t.id, t.key, t.name, b.visibility FROM boards b JOIN teams t ON t.id = b.team_id
		WHERE b.archived_at IS NULL AND b.staged_at IS NULL AND b.id IN (`+store.Marks(len(ids))+")", args...)
	return out, err
}
