// Package store keeps the record: it opens SQLite or PostgreSQL, runs every write through one corridor
// (lock, change, event, commit, announce) and gives readers their own pool.
package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"trestle/server/clock"
	"trestle/server/event"
)

// Options say where the data is and who listens.
type Options struct {
	Dir         string // data folder, used for SQLite
	DatabaseURL string // postgres://… ; empty = SQLite in Dir
	Clock       clock.Clock
	Bus         event.Bus
	Log         *slog.Logger
	// BatchDeadline bounds one group commit; 0 means 5 s.
	BatchDeadline time.Duration
}

// Store is the open database. Make it with Open.
type Store struct {
	opts   Options
	sqlite bool
	path   string
	write  *sql.DB // SQLite: the one pinned connection's pool; PostgreSQL: the pool
	read   *sql.DB
	readG  *gorm.DB
	stmts  poolStmts // of the read pool, on SQLite
	writeG *gorm.DB  // PostgreSQL only
	writer *writer   // SQLite only
	bus    event.Bus
	clock  clock.Clock
	log    *slog.Logger
	onJob  func()
}

// OnJob has fn called after each commit that leaves a job which is due at once. It must be quick. Call it before anything writes.
func (s *Store) OnJob(fn func()) { s.onJob = fn }

// ReadDeadline bounds every read query.
const ReadDeadline = 10 * time.Second

// Open migrates nothing: call Migrate first, or get an error that says so from the first query.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Clock == nil {
		o.Clock = clock.Real{}
	}
	if o.Bus == nil {
		o.Bus = event.NewMemory()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.BatchDeadline == 0 {
		o.BatchDeadline = 5 * time.Second
	}
	s := &Store{opts: o, bus: o.Bus, clock: o.Clock, log: o.Log, sqlite: o.DatabaseURL == ""}
	if !s.sqlite {
		return opened(s, s.openPostgres(ctx))
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, err
	}
	s.path = filepath.Join(o.Dir, FileName)
	return opened(s, s.openSQLite(ctx))
}

func opened(s *Store, err error) (*Store, error) {
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// FileName is the database file in the data folder.
const FileName = "trestle.db"

// Close waits for queued writes, then closes both pools.
func (s *Store) Close() error {
	if s.writer != nil {
		s.writer.close()
	}
	var errs []error
	if s.read != nil && s.read != s.write {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// SQLite says which of the two databases this is.
func (s *Store) SQLite() bool { return s.sqlite }

// Path is the SQLite file, empty on PostgreSQL.
func (s *Store) Path() string { return s.path }

// Now is the store's clock.
func (s *Store) Now() time.Time { return s.clock.Now() }

// Bus is where commits are announced.
func (s *Store) Bus() event.Bus { return s.bus }

// Read gives a handle on the read pool. It refuses writes on SQLite.
func (s *Store) Read(ctx context.Context) *gorm.DB { return s.readG.WithContext(ctx) }

// ReadSnapshot runs fn in one read-only transaction, so that all it reads is true at one moment.
func (s *Store) ReadSnapshot(ctx context.Context, fn func(q *Query) error) error {
	ctx, cancel := context.WithTimeout(ctx, ReadDeadline)
	defer cancel()
	opts := &sql.TxOptions{ReadOnly: true}
	if !s.sqlite {
		opts.Isolation = sql.LevelRepeatableRead
	}
	t, err := s.read.BeginTx(ctx, opts)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = t.Rollback() }()
	return fn(&Query{ctx: ctx, on: t, rebind: !s.sqlite, heard: hearing(ctx)})
}

// Rows is Query on the read pool without a transaction: for single statements, each with its deadline.
func (s *Store) Rows(ctx context.Context) *Query {
	q := &Query{ctx: ctx, on: s.read, rebind: !s.sqlite, deadline: ReadDeadline, heard: hearing(ctx)}
	if s.sqlite { // the driver for PostgreSQL keeps its own
		q.stmts = &s.stmts
	}
	return q
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.read.PingContext(ctx) }

func gormConfig(c clock.Clock) *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true, // transactions are the corridor's business alone
		TranslateError:         true,
		NowFunc:                c.Now,
		Logger:                 logger.Discard,
		DisableAutomaticPing:   true,
	}
}
