package store

import (
	"context"
	"errors"
	"fmt"
)

// Scour lets the database's files let go of what was deleted: on SQLite, whose deletes overwrite (secure_delete), the
// log is written back and emptied; on PostgreSQL the tables are written anew, and their old files removed. It fails
// when somebody is reading, and is tried again.
func (s *Store) Scour(ctx context.Context, tables ...string) error {
	if !s.sqlite {
		for _, t := range tables {
			if _, err := s.write.ExecContext(ctx, "VACUUM FULL "+t); err != nil {
				return translate(err)
			}
		}
		return nil
	}
	var busy error
	err := s.writer.aside(ctx, func() { busy = s.writer.empty(ctx) })
	return errors.Join(err, busy)
}

// aside runs fn in the writer's goroutine, between two batches.
func (w *writer) aside(ctx context.Context, fn func()) error {
	done := make(chan struct{})
	select {
	case w.between <- func() { defer close(done); fn() }:
	case <-w.done:
		return errors.New("the store is closed")
	case <-ctx.Done():
		return ctx.Err()
	}
	<-done
	return nil
}

// empty writes the log back and cuts it to nothing. It waits for readers a quarter of a second, for nobody writes
// meanwhile.
func (w *writer) empty(ctx context.Context) error {
	if _, err := w.conn.ExecContext(ctx, "PRAGMA busy_timeout=250"); err != nil {
		return err
	}
	var busy, pages, back int
	err := w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &back)
	if _, e := w.conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA busy_timeout=5000"); err == nil {
		err = e
	}
	if err == nil && busy != 0 {
		err = fmt.Errorf("the log is being read: %d of its %d pages are written back", back, pages)
	}
	return err
}
