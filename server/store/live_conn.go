package store

import (
	"context"
	"database/sql"
)

// liveConn is the writer's pinned connection as GORM sees it, with hotConn's question before each statement.
// Used by the writer goroutine alone.
type liveConn struct {
	conn *sql.Conn
	hot  *hotConn
}

func (l *liveConn) check() error {
	l.hot.wrote = true // nobody looks into what GORM says
	return l.hot.check()
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
