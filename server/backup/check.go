package backup

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the "sqlite3" driver

	"trestle/server/store"
)

type facts struct {
	schema, topics, events int64
	heads                  string
}

// checkDatabase reads a database file that nobody else has open: SQLite's own check, foreign keys, a schema
// that this program knows, and every topic's head equal to its last event.
func checkDatabase(ctx context.Context, path string) (facts, error) {
	var f facts
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro&immutable=1&_query_only=true"))
	if err != nil {
		return f, err
	}
	defer db.Close()
	if err := QuickCheck(ctx, db); err != nil {
		return f, err
	}
	if err := db.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&f.schema); err != nil {
		return f, fmt.Errorf("it is not a Trestle database: %w", err)
	}
	if f.schema > store.SchemaVersion() {
		return f, fmt.Errorf("it has schema %d, this program knows %d: it was made by a newer Trestle", f.schema, store.SchemaVersion())
	}
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM events").Scan(&f.events); err != nil {
		return f, err
	}
	rows, err := db.QueryContext(ctx, `SELECT t.id, t.seq, t.head, COALESCE(e.hash, ''), (SELECT COUNT(*) FROM events n WHERE n.topic = t.id)
		FROM topics t LEFT JOIN events e ON e.topic = t.id AND e.seq = t.seq WHERE t.seq > 0 ORDER BY t.id`)
	if err != nil {
		return f, err
	}
	defer rows.Close()
	sum := sha256.New()
	for rows.Next() {
		var id, head, last string
		var seq, count int64
		if err := rows.Scan(&id, &seq, &head, &last, &count); err != nil {
			return f, err
		}
		if head != last || count != seq {
			return f, fmt.Errorf("the record of %s does not hold: it says %d events and has %d; `trestle audit verify` says where", id, seq, count)
		}
		f.topics++
		fmt.Fprintf(sum, "%s %d %s\n", id, seq, head)
	}
	f.heads = hex.EncodeToString(sum.Sum(nil))
	return f, rows.Err()
}

// QuickCheck asks SQLite whether the file is sound and all foreign keys lead somewhere.
func QuickCheck(ctx context.Context, db *sql.DB) error {
	lines, err := column(ctx, db, "PRAGMA quick_check(5)")
	if err != nil {
		return fmt.Errorf("the database file is damaged: %w", err)
	}
	if len(lines) != 1 || lines[0] != "ok" {
		return fmt.Errorf("the database file is damaged: %s", strings.Join(lines, "; "))
	}
	lines, err = column(ctx, db, `SELECT "table" || ' row ' || COALESCE(rowid, '?') || ' names a missing ' || parent FROM pragma_foreign_key_check() LIMIT 5`)
	if err != nil {
		return err
	}
	if len(lines) > 0 {
		return fmt.Errorf("rows name others that are missing: %s", strings.Join(lines, "; "))
	}
	return nil
}

func column(ctx context.Context, db *sql.DB, stmt string) ([]string, error) {
	rows, err := db.QueryContext(ctx, stmt)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}
