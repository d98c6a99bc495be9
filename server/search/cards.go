package search

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"trestle/server/fault"
	"trestle/server/store"
)

// candidates is how many of the newest cards that match are put in order. A question that more cards answer says
// too little for its order to matter; its answer stays quick.
const candidates = 1000

// The order of an answer: the very key, then cards whose title has all words, then the others; of each, open
// before finished before archived, and what moved last first.
const (
	byKey   = 0
	byTitle = 1
	byBody  = 2
)

// found is a card in the order of the answer.
type found struct {
	tier, state int
	entered     int64
	rid         int64
}

// cards finds cards on the given boards and gives up to limit of them after the cursor.
func (s *Service) cards(q *store.Query, a *asked, boards []seenBoard, limit int) ([]Item, string, error) {
	if len(boards) == 0 || limit <= 0 {
		return nil, "", nil
	}
	after, err := readCursor(a.Cursor)
	if err != nil {
		return nil, "", err
	}
	of := make(map[int64]*seenBoard, len(boards))
	rids := make([]int64, len(boards))
	for i := range boards {
		of[boards[i].rid], rids[i] = &boards[i], boards[i].rid
	}
	stmt, args := s.statement(a, rids)
	args = append(args, after.tier, after.state, -after.entered, -after.rid, limit+1)
	var items []Item
	var order []found
	err = q.Each(func(scan func(...any) error) error {
		var f found
		var boardRID int64
		i := Item{Kind: Card}
		if err := scan(&f.tier, &f.state, &f.entered, &f.rid, &boardRID, &i.ID, &i.Key, &i.Title, &i.Type, &i.Discipline, &i.ColumnName); err != nil {
			return err
		}
		b := of[boardRID]
		i.BoardID, i.BoardName, i.TeamID, i.TeamName = b.id, b.name, b.team.ID, b.team.Name
		i.State = []string{Open, Finished, Archived}[f.state]
		i.Link = "/c/" + i.Key
		items, order = append(items, i), append(order, f)
		return nil
	}, stmt, args...)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(items) > limit {
		items, order = items[:limit], order[:limit]
		next = writeCursor(order[limit-1])
	}
	return items, next, addSnippets(q, a.words, items, order)
}

// statement is the question to the database. Boards that may be seen, team, state and owner are asked together
// with the words.
func (s *Service) statement(a *asked, boards []int64) (string, []any) {
	onBoards, list := "c.board_rid IN (SELECT value FROM json_each(?))", jsonInts(boards)
	from, has, words, rid := "search_words s CROSS JOIN cards c ON c.rid = s.rowid", "s.search_words MATCH ?", ftsQuery(a.words), "s.rowid"
	inTitle := "{title} : (" + words + ")"
	hasTitle := has
	if !s.store.SQLite() {
		onBoards, list = "c.board_rid = ANY (CAST(CAST(? AS TEXT) AS BIGINT[]))", "{"+strings.Trim(list, "[]")+"}"
		from, has, hasTitle, rid = "search_words s JOIN cards c ON c.rid = s.card_rid", "s.body @@ to_tsquery('simple', ?)", "s.title @@ to_tsquery('simple', ?)", "s.card_rid"
		words = tsQuery(a.words)
		inTitle = words
	}
	where, rest := onBoards, []any{list}
	switch a.State {
	case Open:
		where += " AND c.archived_at IS NULL AND c.finished_at IS NULL"
	case Finished:
		where += " AND c.archived_at IS NULL AND c.finished_at IS NOT NULL"
	case Archived:
		where += " AND c.archived_at IS NOT NULL"
	}
	if a.Owner != "" {
		where += " AND EXISTS (SELECT 1 FROM assignments o JOIN people n ON n.rid = o.person_rid WHERE o.card_rid = c.rid AND o.to_at IS NULL AND n.id = ?)"
		rest = append(rest, a.Owner)
	}
	var b strings.Builder
	var args []any
	if len(a.words) == 0 {
		fmt.Fprintf(&b, "WITH found AS (SELECT rid, %d AS tier FROM (SELECT c.rid AS rid FROM cards c WHERE %s ORDER BY c.rid DESC LIMIT %d) t)", byTitle, where, candidates)
		args = append(args, rest...)
	} else {
		part := func(name, match, text string) {
			fmt.Fprintf(&b, "%s AS MATERIALIZED (SELECT %s AS rid FROM %s WHERE %s AND %s ORDER BY %s DESC LIMIT %d), ", name, rid, from, match, where, rid, candidates)
			args = append(append(args, text), rest...)
		}
		b.WriteString("WITH ")
		fmt.Fprintf(&b, "keyed AS MATERIALIZED (SELECT c.rid AS rid FROM card_keys k JOIN cards c ON c.rid = k.card_rid WHERE k.key = ? AND %s), ", where)
		args = append(append(args, strings.ToUpper(strings.TrimSpace(a.Text))), rest...)
		part("named", hasTitle, inTitle)
		part("told", has, words)
		fmt.Fprintf(&b, `found AS (SELECT rid, %d AS tier FROM keyed
			UNION ALL SELECT rid, %d FROM named WHERE rid NOT IN (SELECT rid FROM keyed)
			UNION ALL SELECT rid, %d FROM told WHERE rid NOT IN (SELECT rid FROM keyed) AND rid NOT IN (SELECT rid FROM named))`, byKey, byTitle, byBody)
	}
	b.WriteString(` SELECT tier, state, entered, rid, board_rid, id, key, title, type, discipline, name FROM (
		SELECT f.tier AS tier, CASE WHEN c.archived_at IS NOT NULL OR b.archived_at IS NOT NULL THEN 2 WHEN c.finished_at IS NOT NULL THEN 1 ELSE 0 END AS state,
			p.entered_at AS entered, c.rid AS rid, c.board_rid AS board_rid, c.id AS id, c.key AS key, c.title AS title, c.type AS type,
			c.discipline AS discipline, k.name AS name
		FROM found f JOIN cards c ON c.rid = f.rid JOIN boards b ON b.rid = c.board_rid
		JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid JOIN columns k ON k.rid = p.column_rid) x
		WHERE (tier, state, -entered, -rid) > (?, ?, ?, ?) ORDER BY tier, state, entered DESC, rid DESC LIMIT ?`)
	return b.String(), args
}

func jsonInts(v []int64) string {
	raw, _ := json.Marshal(v)
	return string(raw)
}

func isKey(text, key string) bool { return key != "" && strings.EqualFold(strings.TrimSpace(text), key) }

func writeCursor(f found) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d.%d.%d", f.tier, f.state, f.entered, f.rid))
}

func readCursor(s string) (found, error) {
	if s == "" {
		return found{tier: -1}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	parts := strings.Split(string(raw), ".")
	var n [4]int64
	if err == nil && len(parts) == len(n) {
		for i, p := range parts {
			if n[i], err = strconv.ParseInt(p, 10, 62); err != nil {
				break
			}
		}
		if err == nil {
			return found{int(n[0]), int(n[1]), n[2], n[3]}, nil
		}
	}
	return found{}, fault.Invalid("query.cursor", "That is not a cursor of this list")
}

// addSnippets says of each card where the words were found, unless its title has them all.
func addSnippets(q *store.Query, words []string, items []Item, order []found) error {
	at := map[int64]int{}
	var rids []any
	for i, f := range order {
		if len(words) > 0 && !matches(words, items[i].Key+" "+items[i].Title) {
			at[f.rid] = i
			rids = append(rids, f.rid)
		}
	}
	if len(rids) == 0 {
		return nil
	}
	best := map[int64]int{}
	for _, part := range []struct{ in, stmt string }{
		{"description", "SELECT rid, description FROM cards WHERE description <> '' AND rid IN (%s)"},
		{"comment", "SELECT card_rid, text FROM comments WHERE removed_at IS NULL AND card_rid IN (%s) ORDER BY rid DESC"},
		{"todo", "SELECT card_rid, text FROM todos WHERE removed_at IS NULL AND card_rid IN (%s) ORDER BY position"},
		{"label", "SELECT rid, labels FROM cards WHERE labels <> '[]' AND rid IN (%s)"},
		{"field", "SELECT card_rid, value FROM custom_values WHERE card_rid IN (%s)"},
	} {
		err := q.Each(func(scan func(...any) error) error {
			var rid int64
			var text string
			if err := scan(&rid, &text); err != nil {
				return err
			}
			if part.in == "label" {
				var labels []string
				if json.Unmarshal([]byte(text), &labels) == nil {
					text = strings.Join(labels, ", ")
				}
			}
			if cut, hits := snippet(words, text); hits > best[rid] {
				best[rid] = hits
				items[at[rid]].Snippet, items[at[rid]].In = cut, part.in
			}
			return nil
		}, fmt.Sprintf(part.stmt, store.Marks(len(rids))), rids...)
		if err != nil {
			return err
		}
	}
	return nil
}
