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

// A question that very many cards answer says too little for its order to matter, and its answer stays quick: at
// most so many of the newest that match are put in order, and where plenty of the newest cards of all match,
// only those.
const (
	candidates = 1000
	newest     = 6000
	plenty     = 250
)

// A viewer of so many boards at most has them in the question's words too; for more, looking at the boards of what
// was found is quicker. Measured: many words between "or" cost GIN much more than FTS5.
const (
	fewOnLite     = 60
	fewOnPostgres = 5
)

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
	look := &lookup{q: q, a: a, lite: s.store.SQLite(), boards: rids}
	var items []Item
	var order []found
	for all := false; ; all = true { // cards whose title says it are often enough
		if err := look.candidates(all || after.tier == byBody); err != nil {
			return nil, "", err
		}
		if items, order, err = look.inOrder(after, limit+1, of); err != nil {
			return nil, "", err
		}
		if len(items) > limit || look.whole {
			break
		}
	}
	next := ""
	if len(items) > limit {
		items, order = items[:limit], order[:limit]
		next = writeCursor(order[limit-1])
	}
	return items, next, addSnippets(q, a.words, items, order)
}

func isKey(text, key string) bool {
	return key != "" && strings.EqualFold(strings.TrimSpace(text), key)
}

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
		if err == nil && n[0] >= byKey && n[0] <= byBody && n[1] >= 0 && n[1] <= 2 {
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
