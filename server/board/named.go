package board

import (
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Named is a board by its names.
type Named struct {
	ID, Name, TeamID, TeamName string
}

// NamedTo gives by id those of some boards that the viewer may see; however many they are, it asks no more often.
// What is archived or not made yet is not among them.
func NamedTo(q *store.Query, v who.Viewer, ids []string) (map[string]Named, error) {
	out := map[string]Named{}
	if len(ids) == 0 {
		return out, nil
	}
	may, err := team.Sight(q, v)
	if err != nil {
		return nil, err
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	err = q.Each(func(scan func(...any) error) error {
		var b Named
		var visibility string
		err := scan(&b.ID, &b.Name, &b.TeamID, &b.TeamName, &visibility)
		if err == nil && may(b.TeamID, visibility) {
			out[b.ID] = b
		}
		return err
	}, `SELECT b.id, b.name, t.id, t.name, b.visibility FROM boards b JOIN teams t ON t.id = b.team_id
		WHERE b.archived_at IS NULL AND b.staged_at IS NULL AND b.id IN (`+store.Marks(len(ids))+")", args...)
	return out, err
}
