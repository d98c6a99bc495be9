package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"slices"
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
	stmts  *poolStmts // prepared ones, or nil
	hot    *hotConn   // SQLite's writer, instead of on
	// deadline bounds each statement where no transaction does
	deadline time.Duration
	heard    func(stmt string) // or nil
}

type hearingKey struct{}

// Hearing lets fn hear each statement that is read within ctx, so that a test can hold how many a view takes.
func Hearing(ctx context.Context, fn func(stmt string)) context.Context {
	return context.WithValue(ctx, hearingKey{}, fn)
}

func hearing(ctx context.Context) func(string) {
	fn, _ := ctx.Value(hearingKey{}).(func(string))
	return fn
}

type sqlRunner interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// Exec runs a statement and gives the number of rows it changed.
func (q *Query) Exec(stmt string, args ...any) (int64, error) {
	if q.hot != nil {
		n, err := q.hot.exec(q.ctx, stmt, args)
		return n, translate(err)
	}
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
	if q.hot == nil {
		return q.Exec(stmt, args...)
	}
	if err := q.ctx.Err(); err != nil {
		return 0, translate(err)
	}
	n, err := q.hot.exec(context.Background(), stmt, args)
	return n, translate(err)
}

// Row scans the first row into dest and says whether there was one.
func (q *Query) Row(dest []any, stmt string, args ...any) (bool, error) {
	if q.hot != nil {
		found := false
		err := q.hot.each(q.ctx, func(scan func(...any) error) (bool, error) {
			found = true
			return false, scan(dest...)
		}, stmt, args)
		return found && err == nil, translate(err)
	}
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
	if q.hot != nil {
		return translate(q.hot.each(q.ctx, func(scan func(...any) error) (bool, error) { return true, fn(scan) }, stmt, args))
	}
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

// Values calls fn for every row with its values as the driver gives them: whole numbers as int64, words as string, nothing as
// nil. For reading very many rows of so many columns, which costs much less than scanning each; fn must not keep the slice.
func (q *Query) Values(columns int, fn func(row []driver.Value) error, stmt string, args ...any) error {
	pool, ok := q.on.(*sql.DB)
	if !ok || q.hot != nil {
		return q.scanned(columns, fn, stmt, args)
	}
	q, cancel := q.timed()
	defer cancel()
	if q.heard != nil {
		q.heard(stmt)
	}
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		v, err := bound(a)
		if err != nil {
			return err
		}
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	conn, err := pool.Conn(q.ctx)
	if err != nil {
		return translate(err)
	}
	err = conn.Raw(func(on any) (err error) {
		rows, err := on.(driver.QueryerContext).QueryContext(q.ctx, q.text(stmt), named) // both drivers are
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		row := make([]driver.Value, columns)
		for {
			if err := rows.Next(row); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if err := fn(row); err != nil {
				return err
			}
		}
	})
	return translate(errors.Join(err, conn.Close()))
}

// scanned is Values where a connection is in other hands already.
func (q *Query) scanned(columns int, fn func(row []driver.Value) error, stmt string, args []any) error {
	row, read, dest := make([]driver.Value, columns), make([]any, columns), make([]any, columns)
	for i := range read {
		dest[i] = &read[i]
	}
	return q.Each(func(scan func(...any) error) error {
		if err := scan(dest...); err != nil {
			return err
		}
		for i, v := range read {
			row[i] = v
		}
		return fn(row)
	}, stmt, args...)
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
	if q.heard != nil {
		q.heard(stmt)
	}
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

// InParts calls fn with parts of a list that fit into an IN, well under both databases' limits of placeholders.
func InParts[T any](list []T, fn func(marks string, args []any) error) error {
	for part := range slices.Chunk(list, 500) {
		args := make([]any, len(part))
		for i, x := range part {
			args[i] = x
		}
		if err := fn(Marks(len(part)), args); err != nil {
			return err
		}
	}
	return nil
}

// poolStmts keeps prepared statements of a pool, each text once; database/sql prepares it on every connection
// that needs it.
type poolStmts struct {
	pool *sql.DB
	mu   sync.RWMutex
	m    map[string]*sql.Stmt
}

const poolStmtsMax = 256

// get gives nil when it keeps enough already: run the text itself.
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
