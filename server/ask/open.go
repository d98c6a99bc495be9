package ask

import (
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// Open is an ask that its asker waits for.
type Open struct {
	ID, Title, TeamName, State string
	RaisedAt                   time.Time
	Started                    bool // the team is at it
}

// OpenOf are the asks of a person that the other side has not finished with, the oldest first. What was asked back is
// not among them: it waits for the asker.
func OpenOf(q *store.Query, v who.Viewer) (out []Open, err error) {
	err = q.Each(func(row func(...any) error) error {
		var x Open
		var raised int64
		var started *int64
		err := row(&x.ID, &x.Title, &x.TeamName, &x.State, &raised, &started)
		x.RaisedAt, x.Started = store.At(raised), started != nil
		out = append(out, x)
		return err
	}, `SELECT a.id, a.title, t.name, a.state, a.raised_at, c.started_at FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN teams t ON t.id = a.team_id
		WHERE a.by_id = ? AND a.state IN ('raised', 'accepted') AND c.finished_at IS NULL AND c.archived_at IS NULL ORDER BY a.raised_at, a.rid LIMIT 50`, v.PersonID)
	return out, err
}

// Unanswered is, by board, since when the oldest ask to its team waits there for an answer, in one question for all.
func Unanswered(q *store.Query) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := q.Each(func(row func(...any) error) error {
		var id string
		var at int64
		err := row(&id, &at)
		out[id] = store.At(at)
		return err
	}, `SELECT b.id, MIN(a.raised_at) FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN boards b ON b.rid = c.board_rid
		WHERE a.state = 'raised' AND c.archived_at IS NULL GROUP BY b.id`)
	return out, err
}
