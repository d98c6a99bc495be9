package trestletest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/store"
)

// Begin is when every bench's clock stands at first: a Monday morning.
var Begin = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Bench is a migrated database with its own bus and a clock that the test moves.
type Bench struct {
	Store *store.Store
	Clock *clock.Fake
	Bus   *event.Memory
	// Options are those the store was opened with, to open it again.
	Options store.Options
}

// Option changes how a bench's store is opened.
type Option func(*store.Options)

// WithClock uses another clock than the standing one, e.g. clock.Real{}.
func WithClock(c clock.Clock) Option { return func(o *store.Options) { o.Clock = c } }

// WithBus uses another bus.
func WithBus(b event.Bus) Option { return func(o *store.Options) { o.Bus = b } }

// WithDeadline bounds one write.
func WithDeadline(d time.Duration) Option { return func(o *store.Options) { o.BatchDeadline = d } }

// Open gives a migrated SQLite store in the test's own folder.
func Open(t testing.TB, opts ...Option) *store.Store { t.Helper(); return New(t, opts...).Store }

// New gives a bench on SQLite.
func New(t testing.TB, opts ...Option) *Bench {
	t.Helper()
	NeedFullText(t)
	dir := t.TempDir()
	raw, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("migrate: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, store.FileName), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return bench(t, store.Options{Dir: dir}, opts)
}

// NewPostgres gives a bench on PostgreSQL, or skips the test by name when there is none.
func NewPostgres(t testing.TB, opts ...Option) *Bench {
	t.Helper()
	return bench(t, store.Options{DatabaseURL: PostgresURL(t)}, opts)
}

// Each runs fn as subtests "sqlite" and "postgres", each with a fresh store.
func Each(t *testing.T, fn func(t *testing.T, st *store.Store), opts ...Option) {
	t.Helper()
	EachBench(t, func(t *testing.T, b *Bench) { fn(t, b.Store) }, opts...)
}

// EachBench is Each for tests that move the clock or listen to the bus.
func EachBench(t *testing.T, fn func(t *testing.T, b *Bench), opts ...Option) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, New(t, opts...)) })
	t.Run("postgres", func(t *testing.T) { fn(t, NewPostgres(t, opts...)) })
}

// Benchmarks runs fn on a database of each kind.
func Benchmarks(t *testing.B, fn func(t *testing.B, b *Bench), opts ...Option) {
	t.Helper()
	t.Run("sqlite", func(t *testing.B) { fn(t, New(t, opts...)) })
	t.Run("postgres", func(t *testing.B) { fn(t, NewPostgres(t, opts...)) })
}

// Timed is a benchmark's loop that says the middle time and the one that 95 % do not exceed; before is not counted.
func Timed(t *testing.B, before, do func()) {
	var took []time.Duration
	for t.Loop() {
		if before != nil {
			t.StopTimer()
			before()
			t.StartTimer()
		}
		at := time.Now()
		do()
		took = append(took, time.Since(at))
	}
	slices.Sort(took)
	t.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	t.ReportMetric(float64(took[(len(took)*95-1)/100].Microseconds())/1000, "p95-ms")
}

func bench(t testing.TB, o store.Options, opts []Option) *Bench {
	t.Helper()
	b := &Bench{Clock: clock.NewFake(Begin), Bus: event.NewMemory()}
	o.Clock, o.Bus = b.Clock, b.Bus
	for _, opt := range opts {
		opt(&o)
	}
	st, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	b.Store, b.Options = st, o
	return b
}

// sqliteTemplate is a migrated, empty database file, made once per test program: copying it is a
// hundredth of the time that migrating takes.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "trestle-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, err := store.Migrate(context.Background(), store.Options{Dir: dir}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, store.FileName))
})
