package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	gormpg "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func (s *Store) openPostgres(ctx context.Context) error {
	cfg, err := pgx.ParseConfig(s.opts.DatabaseURL)
	if err != nil {
		return fmt.Errorf("the PostgreSQL address cannot be read: %w", err)
	}
	s.write = pgPool(*cfg, 24)
	if err := s.write.PingContext(ctx); err != nil {
		return fmt.Errorf("PostgreSQL cannot be reached: %w", err)
	}
	// Readers have their own pool, as on SQLite: they cannot write, and writers that read on the side do not
	// wait for connections that other writers hold.
	read := *cfg
	read.RuntimeParams = maps.Clone(cfg.RuntimeParams)
	read.RuntimeParams["default_transaction_read_only"] = "on"
	s.read = pgPool(read, 16)
	if s.writeG, err = gorm.Open(gormpg.New(gormpg.Config{Conn: s.write}), gormConfig(s.clock)); err != nil {
		return err
	}
	s.readG, err = gorm.Open(gormpg.New(gormpg.Config{Conn: s.read}), gormConfig(s.clock))
	return err
}

func pgPool(cfg pgx.ConnConfig, size int) *sql.DB {
	db := stdlib.OpenDB(cfg)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
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
