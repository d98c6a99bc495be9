package search

import (
	"trestle/server/store"
)

// Index takes up cards that were written where nobody looks yet, as an import does; every other change is taken up
// by the database itself.
func Index(tx *store.Tx, cards []int64) error {
	for _, rid := range cards {
		stmt := "SELECT search_index(?)"
		if tx.SQLite() {
			stmt = "INSERT OR REPLACE INTO search_words (rowid, title, body) SELECT rid, title, body FROM search_source WHERE rid = ?"
		}
		if _, err := tx.Exec(stmt, rid); err != nil {
			return err
		}
	}
	return nil
}

// Astray is how many cards are not found by what they say now, or are found although they are gone. On a running
// server, ask inside one snapshot.
func Astray(q *store.Query, sqlite bool) (n int, err error) {
	stmt := `SELECT (SELECT COUNT(*) FROM search_source s JOIN boards b ON b.rid = s.board_rid LEFT JOIN search_words w ON w.card_rid = s.rid
		WHERE b.staged_at IS NULL AND (w.card_rid IS NULL OR w.title <> to_tsvector('simple', search_fold(s.title))
			OR w.body <> to_tsvector('simple', search_fold(s.title || ' ' || s.body))))
		+ (SELECT COUNT(*) FROM search_words w WHERE NOT EXISTS (SELECT 1 FROM cards c WHERE c.rid = w.card_rid))`
	if sqlite {
		stmt = `SELECT (SELECT COUNT(*) FROM search_source s JOIN boards b ON b.rid = s.board_rid LEFT JOIN search_words w ON w.rowid = s.rid
		WHERE b.staged_at IS NULL AND (w.rowid IS NULL OR w.title <> s.title OR w.body <> s.body))
		+ (SELECT COUNT(*) FROM search_words w WHERE NOT EXISTS (SELECT 1 FROM cards c WHERE c.rid = w.rowid))`
	}
	_, err = q.Row([]any{&n}, stmt)
	return n, err
}
