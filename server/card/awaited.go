package card

import (
	"time"

	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Awaited is an open blocker by which somebody waits for others: it was raised to a person, it waits for a card, or
// its words name who or what it waits for.
type Awaited struct {
	ID, Reason                     string
	Key, Title                     string // of the card that is blocked
	BoardID, BoardName, TeamName   string
	TimeZone                       string // of the board, in which its days are counted
	OpenedAt                       time.Time
	For, ForName, PromisedOn       string // to whom it was raised, and by when they have it
	ForHue                         int
	RaisedAt                       *time.Time
	Outside                        string // what else it waits for: words, or somebody's name
	OnACard                        bool
	OnKey, OnTitle, OnColumn, OnID string // the card that it waits for, and its board; "" where the viewer does not see it
}

const awaitedMax = 50

// AwaitedBy reads for what others a person waits: on cards that they own, and by blockers that they raised to
// somebody else. Only what the viewer may see is told.
func AwaitedBy(q *store.Query, v who.Viewer, personID string) ([]Awaited, error) {
	may, err := team.Sight(q, v)
	if err != nil {
		return nil, err
	}
	var out []Awaited
	err = q.Each(func(scan func(...any) error) error {
		var x Awaited
		var opened int64
		var raised, hue *int64
		var teamID, visibility, onTeam, onVisibility string
		err := scan(&x.ID, &x.Reason, &opened, &x.For, &x.ForName, &hue, &raised, &x.PromisedOn, &x.Outside, &x.Key, &x.Title,
			&x.BoardID, &x.BoardName, &x.TeamName, &x.TimeZone, &teamID, &visibility, &x.OnKey, &x.OnTitle, &x.OnColumn, &x.OnID, &onTeam, &onVisibility)
		if err != nil || !may(teamID, visibility) {
			return err
		}
		x.OpenedAt, x.RaisedAt, x.OnACard = store.At(opened), store.AtPtr(raised), x.OnKey != ""
		if hue != nil {
			x.ForHue = int(*hue)
		}
		if x.For == personID { // it waits for nobody but themselves
			x.For, x.ForName, x.RaisedAt, x.PromisedOn = "", "", nil, ""
		}
		if x.For == "" && !x.OnACard && x.Outside == "" {
			return nil
		}
		if !may(onTeam, onVisibility) {
			x.OnKey, x.OnTitle, x.OnColumn, x.OnID = "", "", "", ""
		}
		out = append(out, x)
		return nil
	}, `SELECT k.id, k.reason, k.opened_at, k.raised_to, COALESCE(p.name, ''), p.hue, k.raised_at, k.promised_on, COALESCE(n.name, k.waiting_for),
			c.key, c.title, b.id, b.name, t.name, b.time_zone, b.team_id, b.visibility,
			COALESCE(o.key, ''), COALESCE(o.title, ''), COALESCE(oc.name, ''), COALESCE(ob.id, ''), COALESCE(ob.team_id, ''), COALESCE(ob.visibility, '')
		FROM blockers k JOIN cards c ON c.rid = k.card_rid JOIN boards b ON b.rid = c.board_rid JOIN teams t ON t.id = b.team_id
		LEFT JOIN people p ON p.id = k.raised_to LEFT JOIN people n ON n.id = k.waiting_for
		LEFT JOIN waits w ON w.blocker_rid = k.rid AND w.to_at IS NULL LEFT JOIN cards o ON o.rid = w.on_rid LEFT JOIN boards ob ON ob.rid = o.board_rid
		LEFT JOIN places op ON op.card_rid = o.rid AND op.board_rid = o.board_rid LEFT JOIN columns oc ON oc.rid = op.column_rid
		WHERE k.closed_at IS NULL AND c.archived_at IS NULL AND c.finished_at IS NULL AND b.archived_at IS NULL AND b.staged_at IS NULL
		AND (k.raised_to <> '' OR k.waiting_for <> '' OR w.rid IS NOT NULL) AND k.rid IN (
			SELECT x.rid FROM people h JOIN assignments a ON a.person_rid = h.rid AND a.to_at IS NULL JOIN blockers x ON x.card_rid = a.card_rid WHERE h.id = ?
			UNION SELECT rid FROM blockers WHERE closed_at IS NULL AND raised_to <> '' AND raised_to <> ? AND raised_by = ?)
		ORDER BY k.opened_at, k.rid LIMIT ?`, personID, personID, personID, awaitedMax)
	return out, err
}
