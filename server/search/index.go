package search

import (
	"context"

	"trestle/server/store"
)

// Index takes up cards that were written where nobody looks yet, as an import does; every other change is taken up
// by the database itself.
func Index(tx *store.Tx, cards []int64) error {
	for _, rid := range cards {
		stmt := "SELECT search_index(?)"
		if tx.SQLite() {
			stmt = "INSERT OR REPLACE INTO search_words (rowid, title, body, scope) SELECT rid, title, body, scope FROM search_source WHERE rid = ?"
		}
		if _, err := tx.Exec(stmt, rid); err != nil {
			return err
		}
	}
	return nil
}

// astrayChunk is how many cards are compared in one snapshot.
const astrayChunk = 2000

// Astray is how many cards are not found by what they say now, or are found although they are gone. It may run beside
// a server: every chunk of cards is one moment. Where in a text a word stands is not compared: to-do items that were
// checked off come in another order from PostgreSQL, and nobody asks.
func Astray(ctx context.Context, st *store.Store) (n int, err error) {
	compare := `SELECT (SELECT COUNT(*) FROM search_source s JOIN boards b ON b.rid = s.board_rid LEFT JOIN search_words w ON w.card_rid = s.rid
		WHERE s.rid >= ? AND s.rid < ? AND b.staged_at IS NULL AND (w.card_rid IS NULL OR strip(w.title) <> strip(search_vector(s.title, s.board_rid))
			OR strip(w.body) <> strip(search_vector(s.title || ' ' || s.body, s.board_rid))))
		+ (SELECT COUNT(*) FROM search_words w WHERE w.card_rid >= ? AND w.card_rid < ? AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.rid = w.card_rid))`
	last := "SELECT GREATEST((SELECT COALESCE(MAX(rid), 0) FROM cards), (SELECT COALESCE(MAX(card_rid), 0) FROM search_words))"
	if st.SQLite() {
		compare = `SELECT (SELECT COUNT(*) FROM search_source s JOIN boards b ON b.rid = s.board_rid LEFT JOIN search_words w ON w.rowid = s.rid
		WHERE s.rid >= ? AND s.rid < ? AND b.staged_at IS NULL AND (w.rowid IS NULL OR w.title <> s.title OR w.body <> s.body OR w.scope <> s.scope))
		+ (SELECT COUNT(*) FROM search_words w WHERE w.rowid >= ? AND w.rowid < ? AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.rid = w.rowid))`
		last = "SELECT MAX((SELECT COALESCE(MAX(rid), 0) FROM cards), (SELECT COALESCE(MAX(rowid), 0) FROM search_words))"
	}
	var end int64
	if _, err := st.Rows(ctx).Row([]any{&end}, last); err != nil {
		return 0, err
	}
	for from := int64(0); from <= end; from += astrayChunk {
		err := st.ReadSnapshot(ctx, func(q *store.Query) error {
			var more int
			to := from + astrayChunk
			_, err := q.Row([]any{&more}, compare, from, to, from, to)
			n += more
			return err
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
