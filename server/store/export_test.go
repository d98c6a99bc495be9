package store

import (
	"context"
	"time"
)

// QueueLen is how many writes wait for SQLite's writer.
func (s *Store) QueueLen() int { return len(s.writer.queue) }

// CommitNaively makes SQLite's writer commit as one would without knowing the traps of decisions 1: each
// statement carries its request's context, a ROLLBACK TO that fails is overlooked (as GORM does), nobody
// asks whether the transaction still lives, and COMMIT's answer is believed.
func (s *Store) CommitNaively() {
	w := s.writer
	w.commitBatch = func(batch []*job) {
		bg, cancel := context.WithTimeout(context.Background(), s.opts.BatchDeadline)
		defer cancel()
		_, err := w.conn.ExecContext(bg, "BEGIN IMMEDIATE")
		for _, j := range batch {
			if err == nil {
				_, _ = w.conn.ExecContext(context.Background(), "SAVEPOINT request")
				ctx := j.ctx
				if ctx.Done() == nil {
					ctx = bg
				}
				j.tx = &Tx{Query: &Query{ctx: ctx, on: w.conn}, DB: w.gorm.WithContext(ctx), Now: s.clock.Now(),
					store: s, topics: map[string]*topicState{}}
				if j.err = guarded(j.tx, j.fn); j.err != nil {
					_, _ = w.conn.ExecContext(context.Background(), "ROLLBACK TO request")
				}
			}
		}
		_, err = w.conn.ExecContext(context.Background(), "COMMIT")
		for _, j := range batch {
			if err != nil {
				j.err = err
			}
			close(j.answer)
		}
	}
}

// WriterExec runs a statement on SQLite's writing connection, outside any request. Only while no write runs.
func (s *Store) WriterExec(stmt string) error {
	_, err := s.writer.conn.ExecContext(context.Background(), stmt)
	return err
}

// NewIDAt is NewID at a time.
func NewIDAt(prefix string, at time.Time) string { return newIDAt(prefix, at) }

// Dollars is the rewriting of placeholders.
func Dollars(stmt string) string { return dollars(stmt) }

// Retryable says whether PostgreSQL asks for another run.
func Retryable(err error) bool { return retryable(err) }

// Translate is what becomes of a driver's error.
func Translate(err error) error { return translate(err) }
