package board

import "trestle/server/store"

// Current is a board in use as one question for all of them tells it.
type Current struct {
	ID, TeamID, TeamName, Visibility string
	Version, Seq                     int64 // of its settings, and of its topic
}

// Currents reads every board in use, whoever may see it, by team and name. Its sequence was read first: what is read
// after it is as new, or newer.
func Currents(q *store.Query) (out []Current, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var b Current
		err := scan(&b.ID, &b.TeamID, &b.TeamName, &b.Visibility, &b.Version, &b.Seq)
		out = append(out, b)
		return err
	}, `SELECT b.id, b.team_id, t.name, b.visibility, b.version, COALESCE(o.seq, 0) FROM boards b JOIN teams t ON t.id = b.team_id
		LEFT JOIN topics o ON o.id = 'board:' || b.id WHERE b.staged_at IS NULL AND b.archived_at IS NULL AND t.archived_at IS NULL ORDER BY t.name, b.name, b.rid`)
	return out, err
}
