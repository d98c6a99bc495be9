package standup

import (
	"cmp"
	"encoding/json"
	"slices"
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

// mine are the cards that people work on, those of each counted from the first.
func mine(selected, more, order string, people int) string {
	return "SELECT id, key, title, said, reason FROM (SELECT p.id, c.key, c.title, " + selected + ", ROW_NUMBER() OVER (PARTITION BY p.id ORDER BY " + order + `) AS nth
		FROM cards c JOIN assignments a ON a.card_rid = c.rid AND a.to_at IS NULL JOIN people p ON p.rid = a.person_rid ` + more +
		" AND c.board_rid = ? AND c.archived_at IS NULL AND p.id IN (" + store.Marks(people) + ")) AS own WHERE nth <= ? ORDER BY id, nth"
}

// factsOf reads what the record holds of some people's cards, in as many statements as there are kinds of facts.
func factsOf(q *store.Query, boardRID int64, people []string, since time.Time) (map[string]*Facts, error) {
	out := make(map[string]*Facts, len(people))
	for _, id := range people {
		out[id] = &Facts{}
	}
	if len(people) == 0 {
		return out, nil
	}
	list := func(into func(*Facts) *[]FactCard, selected, more, order string, args ...any) error {
		args = append(args, boardRID)
		for _, id := range people {
			args = append(args, id)
		}
		return q.Each(func(scan func(...any) error) error {
			var id string
			var c FactCard
			if err := scan(&id, &c.Key, &c.Title, &c.To, &c.Reason); err != nil {
				return err
			}
			if l := into(out[id]); !slices.ContainsFunc(*l, func(k FactCard) bool { return k.Key == c.Key }) {
				*l = append(*l, c)
			}
			return nil
		}, mine(selected, more, order, len(people)), append(args, factsMax)...)
	}
	from := store.Ms(since)
	return out, cmp.Or(
		list(func(f *Facts) *[]FactCard { return &f.Finished }, "'' AS said, '' AS reason", "WHERE c.finished_at > ?", "c.finished_at DESC, c.rid", from),
		list(func(f *Facts) *[]FactCard { return &f.Moved }, "k.name AS said, '' AS reason",
			`JOIN card_transitions t ON t.card_rid = c.rid JOIN columns k ON k.rid = t.to_column_rid WHERE c.finished_at IS NULL AND t.at > ? AND t.voided_at IS NULL
			AND t.from_column_rid IS NOT NULL AND t.from_column_rid <> t.to_column_rid`, "t.at DESC, t.rid DESC", from),
		list(func(f *Facts) *[]FactCard { return &f.Blocked }, "'' AS said, b.reason AS reason", "JOIN blockers b ON b.card_rid = c.rid WHERE c.finished_at IS NULL AND b.closed_at IS NULL",
			"b.opened_at DESC, b.rid"),
		list(func(f *Facts) *[]FactCard { return &f.InHand }, "'' AS said, '' AS reason", "WHERE c.started_at IS NOT NULL AND c.finished_at IS NULL", "c.started_at, c.rid"),
	)
}

// factsThen are those that a sent digest keeps.
func factsThen(kept string) (f Facts) {
	_ = json.Unmarshal([]byte(kept), &f) // nothing kept, nothing told
	return f
}
