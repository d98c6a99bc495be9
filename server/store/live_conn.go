package store

import (
	"context"
	"database/sql"
	"time"

	"trestle/server/fault"
)

// liveConn is the writer's pinned connection as a request sees it. When SQLite has rolled the transaction
// back by itself (interrupt, full disk), a request that overlooks the error and goes on would write outside
// any transaction: each further statement would be durable at once, acknowledged by nobody, and done again
// when the request is run a second time. So every statement of a request first asks whether there still is a
// transaction. Used by the writer goroutine alone.
type liveConn struct {
	conn      *sql.Conn
	inRequest bool
}

func (l *liveConn) check() error {
	if !l.inRequest {
		return nil
	}
	gone, err := autocommit(l.conn)
	if gone || err != nil {
		return fault.Unavailable(time.Second, "The database gave up on this change. Please try again.").Because(err)
	}
	return nil
}

func (l *liveConn) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	return l.conn.ExecContext(ctx, q, args...)
}

func (l *liveConn) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	return l.conn.QueryContext(ctx, q, args...)
}

// QueryRowContext completes gorm.ConnPool. A sql.Row cannot be made with an error of our own, but one of a
// context that has ended carries that.
func (l *liveConn) QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row {
	if l.check() != nil {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		ctx = ended
	}
	return l.conn.QueryRowContext(ctx, q, args...)
}

func (l *liveConn) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	return l.conn.PrepareContext(ctx, q)
}
