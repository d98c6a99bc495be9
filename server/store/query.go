package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Query runs hand-written statements on one connection or pool. Placeholders are "?" on both databases.
type Query struct {
	ctx    context.Context
	on     sqlRunner
	rebind bool
	stmts  statements // prepared ones, or nil
	// deadline bounds each statement where no transaction does
	deadline time.Duration
}

type sqlRunner interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// Exec runs a statement and gives the number of rows it changed.
func (q *Query) Exec(stmt string, args ...any) (int64, error) {
	q, cancel := q.timed()
	defer cancel()
	var res sql.Result
	st, err := q.prepared(stmt)
	switch {
	case err != nil:
	case st != nil:
		res, err = st.ExecContext(q.ctx, args...)
	default:
		res, err = q.on.ExecContext(q.ctx, q.text(stmt), args...)
	}
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return n, translate(err)
}

// Quick is Exec for a statement that touches a row or two by their key. On SQLite it cannot be interrupted, which
// spares the driver a goroutine for each; the deadline is looked at before it begins.
func (q *Query) Quick(stmt string, args ...any) (int64, error) {
	if q.rebind || q.stmts == nil {
		return q.Exec(stmt, args...)
	}
	if err := q.ctx.Err(); err != nil {
		return 0, translate(err)
	}
	now := *q
	now.ctx, now.deadline = context.Background(), 0
	return now.Exec(stmt, args...)
}

// Row scans the first row into dest and says whether there was one.
func (q *Query) Row(dest []any, stmt string, args ...any) (bool, error) {
	q, cancel := q.timed()
	defer cancel()
	rows, err := q.rows(stmt, args)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, translate(rows.Err())
	}
	if err := rows.Scan(dest...); err != nil {
		return false, err
	}
	return true, translate(rows.Close())
}

// Each calls fn for every row; fn scans it.
func (q *Query) Each(fn func(scan func(dest ...any) error) error, stmt string, args ...any) error {
	q, cancel := q.timed()
	defer cancel()
	rows, err := q.rows(stmt, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return translate(errors.Join(rows.Err(), rows.Close()))
}

// timed is q with its own deadline running, where it has one.
func (q *Query) timed() (*Query, context.CancelFunc) {
	if q.deadline == 0 {
		return q, func() {}
	}
	t := *q
	var cancel context.CancelFunc
	t.ctx, cancel = context.WithTimeout(q.ctx, q.deadline)
	return &t, cancel
}

func (q *Query) rows(stmt string, args []any) (*sql.Rows, error) {
	st, err := q.prepared(stmt)
	if err != nil {
		return nil, translate(err)
	}
	if st != nil {
		rows, err := st.QueryContext(q.ctx, args...)
		return rows, translate(err)
	}
	rows, err := q.on.QueryContext(q.ctx, q.text(stmt), args...)
	return rows, translate(err)
}

func (q *Query) prepared(stmt string) (*sql.Stmt, error) {
	if q.stmts == nil {
		return nil, nil
	}
	return q.stmts.get(q.ctx, stmt)
}

func (q *Query) text(stmt string) string {
	if !q.rebind {
		return stmt
	}
	return dollars(stmt)
}

var rebound sync.Map // "?" text → "$n" text; the set of statements is fixed by the program

// dollars turns ? into $1, $2, …; no statement of ours holds a question mark in a literal.
func dollars(stmt string) string {
	if v, ok := rebound.Load(stmt); ok {
		return v.(string)
	}
	var b strings.Builder
	n := 0
	for _, r := range stmt {
		if r == '?' {
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
			continue
		}
		b.WriteRune(r)
	}
	if !strings.Contains(stmt, "?,?,?,?,?,?,?,?,?,?,") { // IN lists of any length are not kept
		rebound.Store(stmt, b.String())
	}
	return b.String()
}

// Marks gives "?,?,?" for n values, for IN lists.
func Marks(n int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat("?,", n-1) + "?"
}

// statements prepares each text once. nil means that it keeps enough already: run the text itself.
type statements interface {
	get(ctx context.Context, text string) (*sql.Stmt, error)
}

// poolStmts keeps prepared statements of a pool; database/sql prepares each on every connection that needs it.
type poolStmts struct {
	pool *sql.DB
	mu   sync.RWMutex
	m    map[string]*sql.Stmt
}

const poolStmtsMax = 256

func (c *poolStmts) get(ctx context.Context, text string) (*sql.Stmt, error) {
	c.mu.RLock()
	st := c.m[text]
	c.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if st := c.m[text]; st != nil || len(c.m) >= poolStmtsMax {
		return st, nil
	}
	st, err := c.pool.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	if c.m == nil {
		c.m = map[string]*sql.Stmt{}
	}
	c.m[text] = st
	return st, nil
}

// stmtCache keeps prepared statements of one pinned connection. Used by the writer goroutine alone.
type stmtCache struct {
	conn *liveConn
	m    map[string]*sql.Stmt
}

func (c *stmtCache) get(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := c.conn.check(); err != nil {
		return nil, err
	}
	if st, ok := c.m[text]; ok {
		return st, nil
	}
	st, err := c.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.m[text] = st
	return st, nil
}

// stmtsKept is how many prepared statements may wait for their next use. IN lists of many lengths make many.
const stmtsKept = 512

// trim lets go of all when there are too many. Only between requests: a statement that is closed while its
// rows are read ends them early, and says nothing.
func (c *stmtCache) trim() {
	if len(c.m) > stmtsKept {
		c.closeAll()
	}
}

func (c *stmtCache) closeAll() {
	for _, st := range c.m {
		_ = st.Close()
	}
	c.m = map[string]*sql.Stmt{}
}
