package standup

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// briefMax is how many cards a part of the brief names; the newest ones.
const briefMax = 20

// Brief is what the record holds since the team met last. What is empty is left out.
type Brief struct {
	Since     time.Time   `json:"since"`
	Finished  []BriefCard `json:"finished,omitempty"`
	Started   int         `json:"started,omitempty" doc:"How many cards were begun"`
	Moved     int         `json:"moved,omitempty" doc:"How many moves there were"`
	Blocked   []BriefCard `json:"blocked,omitempty" doc:"Blocked since then, and still; why is the reason"`
	Unblocked int         `json:"unblocked,omitempty" doc:"How many blockers were closed"`
	Returned  []BriefCard `json:"returned,omitempty" doc:"Went back to an earlier column"`
	Overrides int         `json:"overrides,omitempty" doc:"How often a limit was passed with a reason"`
	Expedite  []BriefCard `json:"expedite,omitempty" doc:"Open now"`
	Asks      []BriefCard `json:"asks,omitempty" doc:"Raised to the team since then"`
	Due       []BriefCard `json:"due,omitempty" doc:"With a date within seven days, or past it"`
	OnCall    []DutyView  `json:"onCall,omitempty"`
	Parked    int         `json:"parked,omitempty" doc:"Items that wait from last time"`
	Ops
}

// BriefCard is a card in the brief, as it was called then.
type BriefCard struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Reason string `json:"reason,omitempty"`
	From   string `json:"from,omitempty" doc:"Who asks"`
	On     string `json:"on,omitempty" doc:"The day, 2026-11-30"`
}

// briefOf reads a board's record since a moment.
func briefOf(q *store.Query, l *board.Layout, r *series, since, now time.Time) (b Brief, err error) {
	b.Since = since
	from := store.Ms(since)
	list := func(into *[]BriefCard, stmt string, args ...any) {
		if err != nil {
			return
		}
		err = q.Each(func(scan func(...any) error) error {
			var c BriefCard
			err := scan(&c.Key, &c.Title, &c.Reason, &c.From, &c.On)
			*into = append(*into, c)
			return err
		}, stmt, append(args, briefMax)...)
	}
	count := func(into *int, stmt string, args ...any) {
		if err == nil {
			_, err = q.Row([]any{into}, stmt, args...)
		}
	}
	list(&b.Finished, `SELECT key, title, '', '', '' FROM cards WHERE board_rid = ? AND finished_at > ? AND archived_at IS NULL ORDER BY finished_at DESC, rid LIMIT ?`, l.RID, from)
	count(&b.Started, "SELECT COUNT(*) FROM cards WHERE board_rid = ? AND started_at > ? AND archived_at IS NULL", l.RID, from)
	count(&b.Moved, `SELECT COUNT(*) FROM card_transitions WHERE board_rid = ? AND at > ? AND voided_at IS NULL AND from_column_rid IS NOT NULL
		AND to_column_rid IS NOT NULL AND from_column_rid <> to_column_rid`, l.RID, from)
	list(&b.Blocked, `SELECT c.key, c.title, k.reason, '', '' FROM blockers k JOIN cards c ON c.rid = k.card_rid WHERE k.board_rid = ? AND k.opened_at > ?
		AND k.closed_at IS NULL AND c.archived_at IS NULL AND c.finished_at IS NULL ORDER BY k.opened_at DESC, k.rid LIMIT ?`, l.RID, from)
	count(&b.Unblocked, "SELECT COUNT(*) FROM blockers WHERE board_rid = ? AND closed_at > ?", l.RID, from)
	list(&b.Returned, `SELECT c.key, c.title, t.return_text, '', '' FROM card_transitions t JOIN cards c ON c.rid = t.card_rid WHERE t.board_rid = ? AND t.at > ?
		AND t.voided_at IS NULL AND t.backward = TRUE ORDER BY t.at DESC, t.rid LIMIT ?`, l.RID, from)
	count(&b.Overrides, "SELECT COUNT(*) FROM card_transitions WHERE board_rid = ? AND at > ? AND voided_at IS NULL AND override_reason <> ''", l.RID, from)
	list(&b.Asks, `SELECT c.key, a.title, '', CASE WHEN a.for_team_key = '' THEN a.by_name ELSE a.by_name || ', ' || a.for_team_key END, '' FROM asks a
		JOIN cards c ON c.rid = a.card_rid WHERE c.board_rid = ? AND a.raised_at > ? AND a.state IN ('raised', 'questioned', 'accepted') ORDER BY a.raised_at DESC, a.rid LIMIT ?`, l.RID, from)
	list(&b.Expedite, `SELECT key, title, '', '', '' FROM cards WHERE board_rid = ? AND class = 'expedite' AND finished_at IS NULL AND archived_at IS NULL ORDER BY rid LIMIT ?`, l.RID)
	near := now.In(l.Location()).AddDate(0, 0, dueWithin).Format(time.DateOnly)
	list(&b.Due, `SELECT key, title, '', '', due_on FROM cards WHERE board_rid = ? AND due_on <> '' AND due_on <= ? AND finished_at IS NULL AND archived_at IS NULL
		ORDER BY due_on, rid LIMIT ?`, l.RID, near)
	if err != nil {
		return b, err
	}
	if b.OnCall, err = dutiesNow(q, r.TeamID, now); err != nil {
		return b, err
	}
	b.Parked, err = countOpen(q, r.RID)
	return b, err
}
