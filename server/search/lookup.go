package search

import (
	"encoding/json"
	"slices"
	"strings"

	"trestle/server/store"
)

// lookup is one question to the database: first which cards, then in which order.
type lookup struct {
	q      *store.Query
	a      *asked
	lite   bool
	boards []int64

	keyed, named, told []int64
	whole              bool // nothing more would be found
}

// candidates finds the cards that may be in the answer; those whose words are not all in the title only when they
// are needed.
func (l *lookup) candidates(all bool) (err error) {
	if len(l.a.words) == 0 {
		l.whole = true
		where, args := l.where()
		l.named, err = l.rids("SELECT c.rid FROM cards c WHERE "+where+" ORDER BY c.rid DESC LIMIT ?", append(args, candidates)...)
		return err
	}
	if l.named == nil {
		where, args := l.where()
		if l.keyed, err = l.rids("SELECT c.rid FROM card_keys k JOIN cards c ON c.rid = k.card_rid WHERE k.key = ? AND "+where,
			append([]any{strings.ToUpper(strings.TrimSpace(l.a.Text))}, args...)...); err != nil {
			return err
		}
		if l.named, err = l.matching("title"); err != nil {
			return err
		}
	}
	if all || len(l.named) < plenty {
		l.told, err = l.matching("body")
		l.whole = true
	}
	return err
}

// matching gives the newest cards whose title, or title and body together, have every word.
func (l *lookup) matching(column string) ([]int64, error) {
	where, args := l.where()
	var scope []int64
	if n := len(l.boards); n <= fewOnPostgres || (l.lite && n <= fewOnLite) {
		scope = l.boards
	}
	if l.lite {
		columns := "title"
		if column == "body" {
			columns = "title body"
		}
		// the index itself gives the newest first, and stops
		return l.rids("SELECT s.rowid FROM search_words s CROSS JOIN cards c ON c.rid = s.rowid WHERE s.search_words MATCH ? AND "+where+
			" ORDER BY s.rowid DESC LIMIT ?", append(append([]any{inLite(l.a.words, columns, scope)}, args...), candidates)...)
	}
	words, boards := inPostgres(l.a.words, scope)
	if boards != "" {
		return l.rids("SELECT s.card_rid FROM search_words s JOIN cards c ON c.rid = s.card_rid WHERE s."+column+
			" @@ (to_tsquery('simple', ?) && CAST(CAST(? AS TEXT) AS TSQUERY)) AND "+where+" ORDER BY s.card_rid DESC LIMIT ?",
			slices.Concat([]any{words, boards}, args, []any{candidates})...)
	}
	return l.inSteps("s."+column, words, where, args)
}

// inSteps asks PostgreSQL so that its index is read for words that few cards have, and the newest cards by
// themselves for words that many have: in one statement it guesses which, and guesses wrong. Measured in its own
// processor time on 50,000 cards: 2 instead of 25 ms for a rare word, 12 instead of 60 for two common ones.
func (l *lookup) inSteps(column, words, where string, args []any) ([]int64, error) {
	have := "SELECT s.card_rid FROM search_words s WHERE " + column + " @@ to_tsquery('simple', ?)"
	some, err := l.rids(have+" LIMIT ?", words, candidates+1)
	if err != nil {
		return nil, err
	}
	if len(some) > candidates {
		var last int64
		if _, err := l.q.Row([]any{&last}, "SELECT COALESCE(MAX(card_rid), 0) FROM search_words"); err != nil {
			return nil, err
		}
		// without the index, which would bring every card that has the words
		out, err := l.rids("SELECT s.card_rid FROM search_words s JOIN cards c ON c.rid = s.card_rid WHERE COALESCE("+column+
			", '') @@ to_tsquery('simple', ?) AND s.card_rid > ? AND "+where+" ORDER BY s.card_rid DESC LIMIT ?",
			slices.Concat([]any{words, last - newest}, args, []any{candidates})...)
		if err != nil || len(out) >= plenty || last <= newest {
			return out, err
		}
		if some, err = l.rids(have, words); err != nil {
			return nil, err
		}
	}
	return l.rids("SELECT c.rid FROM cards c WHERE "+l.among("c.rid")+" AND "+where+" ORDER BY c.rid DESC LIMIT ?",
		slices.Concat([]any{l.ints(some)}, args, []any{candidates})...)
}

// where is what else is asked of a card c: that it may be seen, and its team, state and owner.
func (l *lookup) where() (string, []any) {
	where, args := "c.board_rid IN "+l.list(), []any{l.ints(l.boards)}
	switch l.a.State {
	case Open:
		where += " AND c.archived_at IS NULL AND c.finished_at IS NULL"
	case Finished:
		where += " AND c.archived_at IS NULL AND c.finished_at IS NOT NULL"
	case Archived:
		where += " AND c.archived_at IS NOT NULL"
	}
	if l.a.Owner != "" {
		where += " AND EXISTS (SELECT 1 FROM assignments o JOIN people n ON n.rid = o.person_rid WHERE o.card_rid = c.rid AND o.to_at IS NULL AND n.id = ?)"
		args = append(args, l.a.Owner)
	}
	return where, args
}

// inOrder gives up to n of the candidates after the cursor, the best first.
func (l *lookup) inOrder(after found, n int, boards map[int64]*seenBoard) (items []Item, order []found, err error) {
	in := l.list()
	stmt := `SELECT tier, state, entered, rid, board_rid, id, key, title, type, discipline, name FROM (
		SELECT CASE WHEN c.rid IN ` + in + ` THEN 0 WHEN c.rid IN ` + in + ` THEN 1 ELSE 2 END AS tier,
			CASE WHEN c.archived_at IS NOT NULL OR b.archived_at IS NOT NULL THEN 2 WHEN c.finished_at IS NOT NULL THEN 1 ELSE 0 END AS state,
			p.entered_at AS entered, c.rid AS rid, c.board_rid AS board_rid, c.id AS id, c.key AS key, c.title AS title, c.type AS type,
			c.discipline AS discipline, k.name AS name
		FROM cards c JOIN boards b ON b.rid = c.board_rid
		JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid JOIN columns k ON k.rid = p.column_rid
		WHERE ` + l.among("c.rid") + `) x
		WHERE (tier, state, -entered, -rid) > (?, ?, ?, ?) ORDER BY tier, state, entered DESC, rid DESC LIMIT ?`
	all := append(append(append([]int64{}, l.keyed...), l.named...), l.told...)
	err = l.q.Each(func(scan func(...any) error) error {
		var f found
		var boardRID int64
		i := Item{Kind: Card}
		if err := scan(&f.tier, &f.state, &f.entered, &f.rid, &boardRID, &i.ID, &i.Key, &i.Title, &i.Type, &i.Discipline, &i.ColumnName); err != nil {
			return err
		}
		b := boards[boardRID]
		i.BoardID, i.BoardName, i.TeamID, i.TeamName = b.id, b.name, b.team.ID, b.team.Name
		i.State, i.Link = []string{Open, Finished, Archived}[f.state], "/c/"+i.Key
		items, order = append(items, i), append(order, f)
		return nil
	}, stmt, l.ints(l.keyed), l.ints(l.named), l.ints(all), after.tier, after.state, -after.entered, -after.rid, n)
	return items, order, err
}

// among asks for one of many numbers by the column's index.
func (l *lookup) among(column string) string {
	if l.lite {
		return column + " IN " + l.list()
	}
	return column + " = ANY(CAST(CAST(? AS TEXT) AS BIGINT[]))"
}

// list stands for a list of numbers that ints writes as one value.
func (l *lookup) list() string {
	if l.lite {
		return "(SELECT value FROM json_each(?))"
	}
	return "(SELECT UNNEST(CAST(CAST(? AS TEXT) AS BIGINT[])))"
}

func (l *lookup) ints(v []int64) string {
	raw, _ := json.Marshal(append([]int64{}, v...)) // numbers always marshal
	if l.lite {
		return string(raw)
	}
	return "{" + strings.Trim(string(raw), "[]") + "}"
}

func (l *lookup) rids(stmt string, args ...any) ([]int64, error) {
	out := []int64{}
	err := l.q.Each(func(scan func(...any) error) error {
		var rid int64
		err := scan(&rid)
		out = append(out, rid)
		return err
	}, stmt, args...)
	return out, err
}
