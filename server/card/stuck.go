package card

import (
	"time"

	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Stuck is a card in work that somebody has said is blocked, by its oldest open blocker.
type Stuck struct {
	ID         string    `json:"id"`
	Key        string    `json:"key"`
	Title      string    `json:"title"`
	BoardID    string    `json:"boardId"`
	TeamID     string    `json:"teamId"`
	TeamName   string    `json:"teamName"`
	Reason     string    `json:"reason"`
	WaitsFor   string    `json:"waitsFor,omitempty" doc:"Whom or what it waits for, where that is said"`
	Since      time.Time `json:"since"`
	PromisedOn string    `json:"promisedOn,omitempty" doc:"By when somebody has it"`
	TimeZone   string    `json:"timeZone" doc:"Of the board, in which its days are counted"`
}

const stuckMost = 1000

// StuckOn are the blocked cards on the boards of some teams that the viewer may see, those that have been it the
// longest first.
func StuckOn(q *store.Query, v who.Viewer, teamIDs []string) (out []Stuck, err error) {
	may, err := team.Sight(q, v)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	return out, store.InParts(teamIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var x Stuck
			var since int64
			var visibility string
			err := scan(&x.ID, &x.Key, &x.Title, &x.BoardID, &x.TeamID, &x.TeamName, &x.Reason, &x.WaitsFor, &since, &x.PromisedOn, &x.TimeZone, &visibility)
			if x.Since = store.At(since); err == nil && !seen[x.ID] && may(x.TeamID, visibility) {
				seen[x.ID] = true
				out = append(out, x)
			}
			return err
		}, `SELECT c.id, c.key, c.title, b.id, b.team_id, t.name, k.reason, `+movedBy+`, k.opened_at, k.promised_on, b.time_zone, b.visibility`+openBlockers+`
			AND b.team_id IN (`+marks+`) ORDER BY k.opened_at, k.rid LIMIT ?`, append(args, stuckMost)...)
	})
}

const (
	// movedBy is who has to move: whom it was raised to, or else whom or what it is said to wait for.
	movedBy      = "COALESCE(p.name, n.name, k.waiting_for)"
	openBlockers = ` FROM boards b JOIN teams t ON t.id = b.team_id JOIN blockers k ON k.board_rid = b.rid AND k.closed_at IS NULL JOIN cards c ON c.rid = k.card_rid
		LEFT JOIN people p ON p.id = k.raised_to LEFT JOIN people n ON n.id = k.waiting_for
		WHERE b.archived_at IS NULL AND b.staged_at IS NULL AND c.archived_at IS NULL AND c.finished_at IS NULL`
)

// OpenBlocker stands in the way of a card in work.
type OpenBlocker struct {
	ID, CardID, Key, Title, BoardID      string
	Category, Reason, WaitsFor, Promised string
	External                             bool
	Since                                time.Time
}

// OpenBlockers are those of some boards, of each those that have stood the longest first. Whoever sees the boards sees them.
func OpenBlockers(q *store.Query, boardIDs []string) (out []OpenBlocker, err error) {
	err = store.InParts(boardIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var x OpenBlocker
			var since int64
			err := scan(&x.ID, &x.CardID, &x.Key, &x.Title, &x.BoardID, &x.Category, &x.Reason, &x.WaitsFor, &x.Promised, &x.External, &since)
			x.Since = store.At(since)
			out = append(out, x)
			return err
		}, "SELECT k.id, c.id, c.key, c.title, b.id, k.category, k.reason, "+movedBy+", k.promised_on, k.external, k.opened_at"+openBlockers+" AND b.id IN ("+marks+") ORDER BY k.opened_at, k.rid", args...)
	})
	return out, err
}
