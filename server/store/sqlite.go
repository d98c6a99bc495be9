package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// minSQLite is the first version without the WAL-reset corruption (sqlite.org/wal.html#walresetbug).
const minSQLite = 3051003

// checkpointPages is how much log is written before its pages go to their places: 16 MB. A page that every write
// changes goes there once for all of them; at SQLite's 4 MB it would go four times as often. After a crash the log is
// read once, in some hundredths of a second.
const checkpointPages = 4000

func sqliteDSN(path string, params ...string) string {
	// the path may hold characters that end a URI's path
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(params, "&")
}

func writerDSN(path string) string {
	// busy_timeout first: later pragmas may have to wait for another process. recursive_triggers makes
	// INSERT OR REPLACE fire the triggers that keep events from being deleted. secure_delete overwrites what is deleted:
	// a closed retro's key must not lie in the file (ADR 0016).
	return sqliteDSN(path, "_busy_timeout=5000", "_journal_mode=WAL", "_synchronous=FULL",
		"_foreign_keys=on", "_recursive_triggers=on", "_secure_delete=on", "_txlock=immediate", "_cache_size=-16000")
}

func (s *Store) openSQLite(ctx context.Context) error {
	if _, number, _ := sqlite3.Version(); number < minSQLite {
		return fmt.Errorf("SQLite %d is too old: versions before 3.51.3 can corrupt a WAL database", number)
	}
	if err := private(s.path); err != nil {
		return err
	}
	w, err := sql.Open("sqlite3", writerDSN(s.path))
	if err != nil {
		return err
	}
	w.SetMaxOpenConns(1)
	s.write = w
	conn, err := w.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open %s: %w", s.path, err)
	}
	for _, p := range []string{"PRAGMA temp_store=MEMORY", "PRAGMA mmap_size=0", "PRAGMA journal_size_limit=67108864",
		fmt.Sprint("PRAGMA wal_autocheckpoint=", checkpointPages)} {
		if _, err := conn.ExecContext(ctx, p); err != nil {
			return err
		}
	}
	if err := checkPragmas(ctx, conn); err != nil {
		return err
	}
	hot, err := hotOf(conn)
	if err != nil {
		return err
	}
	live := &liveConn{conn: conn, hot: hot}
	g, err := gorm.Open(gormsqlite.Dialector{Conn: live}, gormConfig(s.clock))
	if err != nil {
		return err
	}
	r, err := sql.Open("sqlite3", sqliteDSN(s.path, "mode=ro", "_busy_timeout=5000", "_query_only=true",
		"_foreign_keys=on", "_cache_size=-4000"))
	if err != nil {
		return err
	}
	r.SetMaxOpenConns(4)
	r.SetMaxIdleConns(4)
	s.read = r
	s.stmts.pool = r
	if s.readG, err = gorm.Open(gormsqlite.Dialector{Conn: r}, gormConfig(s.clock)); err != nil {
		return err
	}
	s.writer = newWriter(s, live, g)
	return nil
}

// private makes the file, if it is not there yet, readable by its owner alone; SQLite gives its log the same
// mode. The data folder may be an older one that others can look into.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// checkPragmas asks the database what it got: a pragma that is not understood is ignored silently.
func checkPragmas(ctx context.Context, c *sql.Conn) error {
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1", "secure_delete": "1"} {
		var got string
		if err := c.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("the database runs with %s=%s, not %s; is the data folder on a network drive?", pragma, got, want)
		}
	}
	return nil
}

// checkBuild refuses a program whose SQLite lacks what the schema needs, before it touches anything.
func checkBuild(ctx context.Context, db *sql.DB) error {
	var fts int
	if err := db.QueryRowContext(ctx, "SELECT sqlite_compileoption_used('ENABLE_FTS5')").Scan(&fts); err != nil {
		return err
	}
	if fts != 1 {
		return errors.New("this program was built without full text search; build it with -tags sqlite_fts5 (make build does)")
	}
	return nil
}

// SQLiteVersion is the linked library, e.g. "3.53.4".
func SQLiteVersion() string { v, _, _ := sqlite3.Version(); return v }
