package ask

import (
	"time"

	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// OnTeam is an ask to a team with which it has not finished.
type OnTeam struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	By       string    `json:"by" doc:"The name of who asked"`
	From     string    `json:"from,omitempty" doc:"The key of the team that they asked for"`
	TeamID   string    `json:"teamId"`
	TeamName string    `json:"teamName"`
	CardKey  string    `json:"cardKey"`
	State    string    `json:"state" enum:"raised,questioned,accepted"`
	RaisedAt time.Time `json:"raisedAt"`
	Started  bool      `json:"started" doc:"The team is at it"`
}

const onTeamsMost = 1000

// OpenTo are the asks to some teams with which they have not finished, on boards that the viewer may see: first those
// without an answer, the oldest first.
func OpenTo(q *store.Query, v who.Viewer, teamIDs []string) (out []OnTeam, err error) {
	may, err := team.Sight(q, v)
	if err != nil {
		return nil, err
	}
	return out, store.InParts(teamIDs, func(marks string, args []any) error {
		return q.Each(func(row func(...any) error) error {
			var x OnTeam
			var raised int64
			var started *int64
			var boardTeam, visibility string
			err := row(&x.ID, &x.Title, &x.By, &x.From, &x.TeamID, &x.TeamName, &x.CardKey, &x.State, &raised, &started, &boardTeam, &visibility)
			if x.RaisedAt, x.Started = store.At(raised), started != nil; err == nil && may(boardTeam, visibility) {
				out = append(out, x)
			}
			return err
		}, `SELECT a.id, a.title, a.by_name, a.for_team_key, a.team_id, t.name, c.key, a.state, a.raised_at, c.started_at, b.team_id, b.visibility`+tables+`JOIN teams t ON t.id = a.team_id
			WHERE a.team_id IN (`+marks+`) AND a.state IN ('raised', 'questioned', 'accepted') AND c.finished_at IS NULL AND c.archived_at IS NULL AND b.archived_at IS NULL
			ORDER BY CASE a.state WHEN 'raised' THEN 0 WHEN 'questioned' THEN 1 ELSE 2 END, a.raised_at, a.rid LIMIT ?`, append(args, onTeamsMost)...)
	})
}
