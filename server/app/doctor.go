package app

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"trestle/server/audit"
	"trestle/server/backup"
	"trestle/server/card"
	"trestle/server/outbox"
	"trestle/server/search"
	"trestle/server/store"
)

// A finding is one line of the doctor: ok, warn or bad, what was looked at, what was found and what to do.
type finding struct {
	level, what, said, todo string
}

type doctor struct {
	cfg Config
	out []finding
}

func (d *doctor) ok(what, format string, args ...any) {
	d.out = append(d.out, finding{"ok", what, fmt.Sprintf(format, args...), ""})
}

func (d *doctor) warn(what, todo, format string, args ...any) {
	d.out = append(d.out, finding{"warn", what, fmt.Sprintf(format, args...), todo})
}

func (d *doctor) bad(what, todo, format string, args ...any) {
	d.out = append(d.out, finding{"bad", what, fmt.Sprintf(format, args...), todo})
}

// Doctor looks at everything that it can without changing anything, also beside a running server, and prints
// a line for each. Something bad is an error.
func Doctor(ctx context.Context, cfg Config) error {
	cfg.fill()
	findings := examine(ctx, cfg)
	bad := 0
	for _, f := range findings {
		fmt.Fprintf(cfg.Out, "%-4s  %-12s %s\n", f.level, f.what, f.said)
		if f.todo != "" {
			fmt.Fprintf(cfg.Out, "%19s→ %s\n", "", f.todo)
		}
		if f.level == "bad" {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d checks are bad", bad, len(findings))
	}
	return nil
}

func examine(ctx context.Context, cfg Config) []finding {
	d := &doctor{cfg: cfg}
	d.ok("version", "%s", VersionLine())
	d.settings()
	d.addresses()
	d.folder()
	if cfg.DatabaseURL == "" {
		if !d.sqliteFile(ctx) {
			return d.out
		}
	}
	d.record(ctx)
	return d.out
}

func (d *doctor) settings() {
	if err := d.cfg.Check(); err != nil {
		d.bad("settings", "correct the setting; the server refuses to start with it", "%s", err)
	}
}

func (d *doctor) addresses() {
	host, _, err := net.SplitHostPort(d.cfg.Addr)
	if err != nil {
		d.bad("address", "set TRESTLE_ADDR to something like 127.0.0.1:8080", "%q is no listen address", d.cfg.Addr)
		return
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || (ip != nil && ip.IsLoopback())
	if d.cfg.PublicURL == "" {
		if loopback {
			d.ok("address", "%s, for this machine only", d.cfg.Addr)
		} else {
			d.bad("address", "set TRESTLE_PUBLIC_URL to what people type, e.g. https://board.example.org",
				"%s is open to others, but TRESTLE_PUBLIC_URL is not set: their browsers' changes and live connections are refused (Origin)", d.cfg.Addr)
		}
		return
	}
	for _, raw := range strings.Split(d.cfg.PublicURL, ",") {
		u, err := url.Parse(strings.TrimSpace(raw))
		switch {
		case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
			d.bad("address", "give scheme and host, e.g. https://board.example.org", "%q in TRESTLE_PUBLIC_URL is no address", raw)
		case strings.Trim(u.Path, "/") != "":
			d.warn("address", "leave the path out: Trestle lives at the root of its host", "%s has a path", u)
		case u.Scheme == "https":
			d.ok("address", "%s (https: the sign-in cookie is Secure; a proxy must pass Host, Origin and the websocket upgrade on)", u)
		case isLoopbackName(u.Hostname()):
			d.ok("address", "%s, for this machine only", u)
		default:
			d.warn("address", "put TLS in front (any reverse proxy) and name the https:// address; needed for: passwords and cookies that nobody on the network can read",
				"%s is plain http on a network", u)
		}
	}
	if strings.Contains(d.cfg.PublicURL, "https://") && !loopback && d.cfg.TrustedProxies == "" {
		d.warn("proxy", "set TRESTLE_TRUSTED_PROXIES to the proxy's network, e.g. 172.16.0.0/12",
			"https seems to end at a proxy, but none is trusted: every sign-in seems to come from the proxy's address")
	}
}

func isLoopbackName(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || (ip != nil && ip.IsLoopback())
}

func (d *doctor) folder() {
	dir := d.cfg.dataShown()
	fi, err := os.Stat(dir)
	if err != nil {
		d.warn("data folder", "trestle serve makes it; is TRESTLE_DATA what you mean?", "%s does not exist", dir)
		return
	}
	if fi.Mode().Perm()&0o077 != 0 {
		d.warn("data folder", "chmod 700 "+dir, "%s can be read by other users of this machine; it holds keys and password hashes", dir)
	} else {
		d.ok("data folder", "%s, readable by its owner only", dir)
	}
	if err := writable(dir); err != nil {
		d.bad("disk", "make room, or give the folder to the user that runs Trestle", "%s cannot be written: %s", dir, err)
		return
	}
	if free, total, ok := backup.Space(dir); ok {
		said := fmt.Sprintf("%s free of %s", bytesShown(int64(free)), bytesShown(int64(total)))
		switch {
		case free < 64<<20:
			d.bad("disk", "make room: writes stop when it is full (nothing acknowledged is lost)", "%s", said)
		case free < 1<<30 || free < total/20:
			d.warn("disk", "make room; a backup needs twice the database's size while it is made", "%s", said)
		default:
			d.ok("disk", "%s", said)
		}
	}
}

// sqliteFile looks at the file itself. It says whether there is one that can be opened.
func (d *doctor) sqliteFile(ctx context.Context) bool {
	path := filepath.Join(d.cfg.Data, store.FileName)
	fi, err := os.Stat(path)
	if err != nil {
		d.warn("database", "trestle serve makes it", "there is none yet in %s", d.cfg.dataShown())
		return false
	}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_query_only=true&_busy_timeout=5000")
	if err == nil {
		defer db.Close()
		err = db.PingContext(ctx)
	}
	if err != nil {
		d.bad("database", "restore a backup: trestle restore FILE", "it cannot be opened: %s", err)
		return false
	}
	begin := time.Now()
	if err := backup.QuickCheck(ctx, db); err != nil {
		d.bad("database", "stop the server, keep a copy of the data folder, and restore a backup: trestle restore FILE --force", "%s", err)
		return false
	}
	d.ok("database", "%s, quick_check and foreign_key_check ok in %d ms", bytesShown(fi.Size()), time.Since(begin).Milliseconds())
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err == nil && mode != "wal" {
		d.warn("journal", "start the server once; if it stays so, the folder is on a disk that cannot do it (a network drive?)", "journal_mode is %s, not wal", mode)
	}
	switch wal, err := os.Stat(path + "-wal"); {
	case err != nil:
		d.ok("wal", "empty")
	case wal.Size() > 128<<20:
		d.warn("wal", "something reads for a long time, or the disk is slow; if it stays, restart the server", "%s", bytesShown(wal.Size()))
	default:
		d.ok("wal", "%s", bytesShown(wal.Size()))
	}
	return true
}

func (d *doctor) record(ctx context.Context) {
	o := d.cfg.storeOptions()
	st, err := store.Open(ctx, o) // asks the pragmas of the connection that writes
	if err != nil {
		d.bad("database", "see what it says", "%s", err)
		return
	}
	defer st.Close()
	if st.SQLite() {
		d.ok("pragmas", "journal_mode wal, synchronous full, foreign_keys on, full text search built in")
	} else {
		var v string
		if _, err := st.Rows(ctx).Row([]any{&v}, "SHOW server_version"); err == nil {
			d.ok("database", "PostgreSQL %s", v)
		}
		d.clock(ctx, st)
	}
	switch have, err := schemaOf(ctx, st); {
	case err != nil:
		d.bad("schema", "run: trestle migrate", "the database holds no schema of Trestle")
		return
	case have < store.SchemaVersion():
		d.bad("schema", "run: trestle migrate (trestle serve does it too)", "schema %d, this program needs %d", have, store.SchemaVersion())
		return
	case have > store.SchemaVersion():
		d.bad("schema", "use the newer program", "schema %d was made by a newer Trestle, this program knows %d", have, store.SchemaVersion())
		return
	default:
		d.ok("schema", "%d", have)
	}
	begin := time.Now()
	switch r, err := audit.Walk(ctx, st); {
	case err != nil:
		d.bad("record", "run: trestle audit verify", "the record cannot be read: %s", err)
	case len(r.Breaks) > 0:
		d.bad("record", "run: trestle audit verify; compare with a backup", "%d of %d topics do not hold; first: %s", len(r.Breaks), r.Topics, r.Breaks[0])
	default:
		d.ok("record", "%d topics, %d events, every chain holds (%d ms)", r.Topics, r.Events, time.Since(begin).Milliseconds())
	}
	for _, c := range consistency {
		n := 0
		if _, err := st.Rows(ctx).Row([]any{&n}, c.count); err != nil {
			d.bad(c.what, "see what it says", "cannot be asked: %s", err)
		} else if n > 0 {
			d.bad(c.what, c.todo, c.bad, n)
		} else {
			d.ok(c.what, "%s", c.good)
		}
	}
	d.faces(ctx, st)
	d.words(ctx, st)
	switch q, err := outbox.Measure(ctx, st); {
	case err != nil:
		d.bad("outbox", "see what it says", "cannot be read: %s", err)
	case q.Failed > 0:
		d.warn("outbox", "their last_error in the table outbox says why", "%d jobs failed for good, %d wait", q.Failed, q.Waiting)
	case !q.OldestDue.IsZero() && st.Now().Sub(q.OldestDue) > time.Hour:
		d.warn("outbox", "is a server running?", "%d jobs wait, the oldest since %s", q.Waiting, q.OldestDue.Format(time.RFC3339))
	default:
		d.ok("outbox", "%d jobs wait, none failed", q.Waiting)
	}
	if st.SQLite() {
		d.newest(ctx, st)
	}
}

// faces compares what the boards show of every card with the tables that it is made from. On a running server
// each board is one moment.
func (d *doctor) faces(ctx context.Context, st *store.Store) {
	var boards []int64
	err := st.Rows(ctx).Each(func(scan func(...any) error) error {
		var rid int64
		err := scan(&rid)
		boards = append(boards, rid)
		return err
	}, "SELECT rid FROM boards WHERE staged_at IS NULL ORDER BY rid")
	var wrong []string
	for _, rid := range boards {
		if err != nil {
			break
		}
		err = st.ReadSnapshot(ctx, func(q *store.Query) error {
			ids, err := card.WrongFaces(q, rid)
			wrong = append(wrong, ids...)
			return err
		})
	}
	switch {
	case err != nil:
		d.bad("faces", "see what it says", "cannot be compared: %s", err)
	case len(wrong) > 0:
		d.bad("faces", "change each of these cards once (a comment will do), which makes its face anew; and report it: this must not happen",
			"%d cards show something else than their tables hold; first: %s", len(wrong), wrong[0])
	default:
		d.ok("faces", "%d boards show what their tables hold", len(boards))
	}
}

// words compares the index of the search with what the cards say.
func (d *doctor) words(ctx context.Context, st *store.Store) {
	switch n, err := search.Astray(ctx, st); {
	case err != nil:
		d.bad("search", "see what it says", "cannot be compared: %s", err)
	case n > 0:
		d.bad("search", "change each of these cards once (a comment will do); and report it: this must not happen", "%d cards are not found by what they say", n)
	default:
		d.ok("search", "every card is found by what it says")
	}
}

// clock compares this machine's clock with the database server's.
func (d *doctor) clock(ctx context.Context, st *store.Store) {
	var ms int64
	if _, err := st.Rows(ctx).Row([]any{&ms}, "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"); err != nil {
		return
	}
	apart := time.Since(store.At(ms)).Abs().Round(time.Millisecond)
	if apart > 5*time.Second {
		d.warn("clock", "set both clocks by the network (chrony, systemd-timesyncd)", "this machine's clock and the database's are %s apart", apart)
		return
	}
	d.ok("clock", "%s apart from the database's", apart)
}

// newest finds a clock that was set back: something is recorded that has not happened yet.
func (d *doctor) newest(ctx context.Context, st *store.Store) {
	var ms *int64
	if _, err := st.Rows(ctx).Row([]any{&ms}, "SELECT MAX(at) FROM events"); err != nil || ms == nil {
		return
	}
	if ahead := store.At(*ms).Sub(st.Now()); ahead > 5*time.Second {
		d.warn("clock", "set the clock by the network (chrony, systemd-timesyncd)", "the record's newest line is %s in the future: the clock was set back", ahead.Round(time.Second))
		return
	}
	d.ok("clock", "nothing recorded is in the future")
}

// consistency are the sums that must be nought.
var consistency = []struct{ what, count, bad, todo, good string }{
	{"places", "SELECT COUNT(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM places p WHERE p.card_rid = c.rid)",
		"%d cards stand nowhere", "restore a backup, or report it: this must not happen", "every card stands somewhere"},
	{"columns", "SELECT COUNT(*) FROM places p JOIN columns k ON k.rid = p.column_rid WHERE k.board_rid <> p.board_rid OR (k.retired_at IS NOT NULL AND p.archived = FALSE)",
		"%d cards stand in a column that is gone or on another board", "restore a backup, or report it: this must not happen", "every place is in a column of its board"},
	{"mirrors", card.Revealing, "%d mirrors show a card to people who may not see its board", "take them off: DELETE /cards/{card}/mirrors/{board}; and report it: this must not happen", "no mirror shows what its board hides"},
	{"keys", "SELECT COUNT(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM card_keys k WHERE k.key = c.key AND k.card_rid = c.rid)",
		"%d cards do not answer to their key", "restore a backup, or report it: this must not happen", "every card answers to its key"},
}

func join(parts []string) string { return strings.Join(parts, " ") }
