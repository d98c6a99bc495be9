package standup

import (
	"encoding/json"
	"time"

	"trestle/server/store"
)

// Facts are what the board's record holds of one person's cards since the team was told last, so that nobody types it.
type Facts struct {
	Finished []FactCard `json:"finished,omitempty"`
	Moved    []FactCard `json:"moved,omitempty" doc:"to is the column"`
	Blocked  []FactCard `json:"blocked,omitempty" doc:"Now; reason says why"`
	InHand   []FactCard `json:"inHand,omitempty" doc:"Started and not finished"`
}

// FactCard is a card in the facts, as it is called.
type FactCard struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	To     string `json:"to,omitempty"`
	Reason string `json:"reason,omitempty"`
}

const factsMax = 10

// mine are the cards that a person works on.
const mine = ` JOIN assignments a ON a.card_rid = c.rid AND a.to_at IS NULL JOIN people p ON p.rid = a.person_rid
	WHERE p.id = ? AND c.board_rid = ? AND c.archived_at IS NULL `

func factsOf(q *store.Query, boardRID int64, personID string, since time.Time) (f Facts, err error) {
	list := func(into *[]FactCard, stmt string, args ...any) {
		if err != nil {
			return
		}
		seen := map[string]bool{}
		err = q.Each(func(scan func(...any) error) error {
			var c FactCard
			err := scan(&c.Key, &c.Title, &c.To, &c.Reason)
			if err == nil && !seen[c.Key] {
				seen[c.Key] = true
				*into = append(*into, c)
			}
			return err
		}, stmt, append(append([]any{personID, boardRID}, args...), factsMax)...)
	}
	from := store.Ms(since)
	list(&f.Finished, "SELECT c.key, c.title, '', '' FROM cards c"+mine+"AND c.finished_at > ? ORDER BY c.finished_at DESC, c.rid LIMIT ?", from)
	list(&f.Moved, `SELECT c.key, c.title, k.name, '' FROM card_transitions t JOIN columns k ON k.rid = t.to_column_rid JOIN cards c ON c.rid = t.card_rid`+mine+
		`AND c.finished_at IS NULL AND t.at > ? AND t.voided_at IS NULL AND t.from_column_rid IS NOT NULL AND t.from_column_rid <> t.to_column_rid ORDER BY t.at DESC, t.rid DESC LIMIT ?`, from)
	list(&f.Blocked, "SELECT c.key, c.title, '', b.reason FROM blockers b JOIN cards c ON c.rid = b.card_rid"+mine+"AND c.finished_at IS NULL AND b.closed_at IS NULL ORDER BY b.opened_at DESC, b.rid LIMIT ?")
	list(&f.InHand, "SELECT c.key, c.title, '', '' FROM cards c"+mine+"AND c.started_at IS NOT NULL AND c.finished_at IS NULL ORDER BY c.started_at, c.rid LIMIT ?")
	return f, err
}

// factsThen are those that a sent digest keeps.
func factsThen(kept string) (f Facts) {
	_ = json.Unmarshal([]byte(kept), &f) // nothing kept, nothing told
	return f
}
