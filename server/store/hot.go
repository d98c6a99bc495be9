package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"time"

	"github.com/mattn/go-sqlite3"

	"trestle/server/fault"
)

// hotConn is the writer's connection to SQLite below database/sql. Its statements are prepared once and run
// without the locks, copies and goroutines of a pool, which would cost a write as much as SQLite itself does.
// Used by the writer goroutine alone; GORM speaks to the same connection through liveConn.
//
// When SQLite has rolled the transaction back by itself (interrupt, full disk), a request that overlooks the
// error and goes on would write outside any transaction: each further statement would be durable at once,
// acknowledged by nobody, and done again when the request is run a second time. So every statement of a
// request first asks whether there still is a transaction.
type hotConn struct {
	c         *sqlite3.SQLiteConn
	m         map[string]*hotStmt
	inRequest bool
	wrote     bool // this request has run a statement that may have changed something
}

type hotStmt struct {
	st     *sqlite3.SQLiteStmt
	reads  bool // changes nothing
	busy   bool // its rows are being read
	args   []driver.NamedValue
	values []driver.Value
}

// hotOf gives what lies under a pinned connection. The connection stays pinned for as long as it is used.
func hotOf(conn *sql.Conn) (*hotConn, error) {
	h := &hotConn{m: map[string]*hotStmt{}}
	err := conn.Raw(func(dc any) error {
		c, ok := dc.(*sqlite3.SQLiteConn)
		if !ok {
			return fmt.Errorf("not a SQLite connection: %T", dc)
		}
		h.c = c
		return nil
	})
	return h, err
}

// autocommit says whether the connection stands outside any transaction.
func (h *hotConn) autocommit() bool { return h.c.AutoCommit() }

func (h *hotConn) check() error {
	if h.inRequest && h.autocommit() {
		return fault.Unavailable(time.Second, "The database gave up on this change. Please try again.")
	}
	return nil
}

// begin prepares the statement, once, and lays out its arguments.
func (h *hotConn) begin(text string, args []any) (*hotStmt, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	s := h.m[text]
	if s == nil {
		p, err := h.c.Prepare(text)
		if err != nil {
			return nil, err
		}
		st := p.(*sqlite3.SQLiteStmt) // the driver's only kind
		s = &hotStmt{st: st, reads: st.Readonly()}
		h.m[text] = s
	}
	if s.busy { // running it again would end its rows early, and say nothing
		return nil, errors.New("store: a statement was run again while its rows were read: " + text)
	}
	if len(args) != s.st.NumInput() {
		return nil, fmt.Errorf("store: %d arguments for %d places in %s", len(args), s.st.NumInput(), text)
	}
	s.args = s.args[:0]
	for i, a := range args {
		v, err := bound(a)
		if err != nil {
			return nil, fmt.Errorf("store: argument %d of %s: %w", i+1, text, err)
		}
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	h.wrote = h.wrote || !s.reads
	return s, nil
}

func bound(a any) (driver.Value, error) {
	switch v := a.(type) {
	case string, int64, bool, float64, nil:
		return v, nil
	case int:
		return int64(v), nil
	case *int64:
		if v == nil {
			return nil, nil
		}
		return *v, nil
	}
	return driver.DefaultParameterConverter.ConvertValue(a)
}

func (h *hotConn) exec(ctx context.Context, text string, args []any) (int64, error) {
	s, err := h.begin(text, args)
	if err != nil {
		return 0, err
	}
	res, err := s.st.ExecContext(ctx, s.args)
	clear(s.args) // let go of what was written
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// each calls fn for every row, until it has had enough. scan copies the row's columns.
func (h *hotConn) each(ctx context.Context, fn func(scan func(dest ...any) error) (more bool, err error), text string, args []any) (err error) {
	s, err := h.begin(text, args)
	if err != nil {
		return err
	}
	rows, err := s.st.QueryContext(ctx, s.args)
	clear(s.args)
	if err != nil {
		return err
	}
	s.busy = true
	defer func() {
		s.busy = false
		clear(s.values)
		err = errors.Join(err, rows.Close())
	}()
	if n := len(rows.Columns()); len(s.values) != n {
		s.values = make([]driver.Value, n)
	}
	scan := func(dest ...any) error { return scanInto(dest, s.values) }
	for {
		if err := rows.Next(s.values); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if more, err := fn(scan); err != nil || !more {
			return err
		}
	}
}

// hotKept is how many prepared statements may wait for their next use. IN lists of many lengths make many.
const hotKept = 512

// trim lets go of all when there are too many. Only between requests.
func (h *hotConn) trim() {
	if len(h.m) > hotKept {
		h.closeAll()
	}
}

func (h *hotConn) closeAll() {
	for _, s := range h.m {
		_ = s.st.Close()
	}
	h.m = map[string]*hotStmt{}
}

func scanInto(dest []any, row []driver.Value) error {
	if len(dest) != len(row) {
		return fmt.Errorf("store: %d destinations for %d columns", len(dest), len(row))
	}
	for i, d := range dest {
		if err := scanOne(d, row[i]); err != nil {
			return fmt.Errorf("store: column %d: %w", i+1, err)
		}
	}
	return nil
}

func scanOne(dest any, v driver.Value) error {
	switch d := dest.(type) {
	case *string:
		if s, ok := v.(string); ok {
			*d = s
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*d = n
			return nil
		}
	case *int:
		if n, ok := v.(int64); ok {
			*d = int(n)
			return nil
		}
	case *bool:
		if b, ok := v.(bool); ok {
			*d = b
			return nil
		}
	case **int64:
		if v == nil {
			*d = nil
			return nil
		}
		if n, ok := v.(int64); ok {
			*d = &n
			return nil
		}
	case sql.Scanner:
		return d.Scan(v)
	}
	at := reflect.ValueOf(dest)
	if at.Kind() != reflect.Pointer || at.IsNil() {
		return fmt.Errorf("%T is no destination", dest)
	}
	return assign(at.Elem(), v)
}

// assign is scanOne for the kinds that are not everyday.
func assign(at reflect.Value, v driver.Value) error {
	switch at.Kind() {
	case reflect.Pointer:
		if v == nil {
			at.SetZero()
			return nil
		}
		at.Set(reflect.New(at.Type().Elem()))
		return assign(at.Elem(), v)
	case reflect.Interface:
		if at.NumMethod() == 0 {
			at.Set(reflect.ValueOf(&v).Elem())
			return nil
		}
	case reflect.String:
		switch x := v.(type) {
		case string:
			at.SetString(x)
			return nil
		case []byte:
			at.SetString(string(x))
			return nil
		case int64:
			at.SetString(strconv.FormatInt(x, 10))
			return nil
		}
	case reflect.Int, reflect.Int64, reflect.Int32:
		if n, ok := v.(int64); ok && !at.OverflowInt(n) {
			at.SetInt(n)
			return nil
		}
	case reflect.Bool:
		switch x := v.(type) {
		case bool:
			at.SetBool(x)
			return nil
		case int64:
			at.SetBool(x != 0)
			return nil
		}
	case reflect.Float64:
		switch x := v.(type) {
		case float64:
			at.SetFloat(x)
			return nil
		case int64:
			at.SetFloat(float64(x))
			return nil
		}
	case reflect.Slice:
		if at.Type().Elem().Kind() == reflect.Uint8 {
			switch x := v.(type) {
			case nil:
				at.SetZero()
				return nil
			case []byte:
				at.SetBytes(x)
				return nil
			case string:
				at.SetBytes([]byte(x))
				return nil
			}
		}
	}
	return fmt.Errorf("%T does not fit into %s", v, at.Type())
}
