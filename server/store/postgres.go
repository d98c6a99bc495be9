package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver
	gormpg "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func (s *Store) openPostgres(ctx context.Context) error {
	db, err := sql.Open("pgx", s.opts.DatabaseURL)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(24)
	db.SetMaxIdleConns(24)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("PostgreSQL cannot be reached: %w", err)
	}
	g, err := gorm.Open(gormpg.New(gormpg.Config{Conn: db}), gormConfig(s.clock))
	if err != nil {
		return err
	}
	s.write, s.read, s.writeG, s.readG = db, db, g, g
	return nil
}

// pgInside holds the goroutines that are in the middle of a write.
var pgInside sync.Map

// runPostgres gives each request its own transaction; the topics' row locks order them.
func (s *Store) runPostgres(ctx context.Context, fn func(tx *Tx) error) error {
	id := goid()
	pgInside.Store(id, true)
	defer pgInside.Delete(id)
	// a client that goes away does not abort what was begun, exactly as on SQLite
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.opts.BatchDeadline)
	defer cancel()
	for try := 0; ; try++ {
		tx, err := s.oncePostgres(ctx, fn)
		if err == nil {
			s.announce(tx)
			return nil
		}
		if !retryable(err) || try == 4 {
			return translate(err)
		}
	}
}

func (s *Store) oncePostgres(ctx context.Context, fn func(tx *Tx) error) (*Tx, error) {
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = t.Rollback() }()
	g := s.writeG.Session(&gorm.Session{NewDB: true, Context: ctx})
	g.Statement.ConnPool = t
	tx := &Tx{
		Query:  &Query{ctx: ctx, on: t, rebind: true},
		DB:     g,
		Now:    s.clock.Now(),
		store:  s,
		topics: map[string]*topicState{},
	}
	if err := guarded(tx, fn); err != nil {
		return nil, err
	}
	return tx, t.Commit()
}
