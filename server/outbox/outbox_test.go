package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/store"
	"trestle/server/trestletest"
)

func enqueue(t *testing.T, st *store.Store, kind string, payload any, due time.Time) {
	t.Helper()
	if err := store.Do(context.Background(), st, nil, func(tx *store.Tx) error {
		return tx.Enqueue(kind, "team:t", payload, due)
	}); err != nil {
		t.Fatal(err)
	}
}

func round(t *testing.T, r *Runner) int {
	t.Helper()
	n, err := r.Round(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func measure(t *testing.T, st *store.Store) Depth {
	t.Helper()
	d, err := Measure(context.Background(), st)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRound(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		var got []string
		r := New(b.Store, nil)
		r.Handle("greet", func(_ context.Context, j Job) error {
			got = append(got, fmt.Sprintf("%s %s try %d", j.Topic, j.Payload, j.Try))
			return nil
		})
		if round(t, r) != 0 {
			t.Fatal("there was nothing to do")
		}
		enqueue(t, b.Store, "greet", "now", b.Clock.Now())
		enqueue(t, b.Store, "greet", "later", b.Clock.Now().Add(time.Hour))
		enqueue(t, b.Store, "unheard of", 1, b.Clock.Now())
		if n := round(t, r); n != 1 || got[0] != `team:t "now" try 1` {
			t.Fatalf("%d jobs: %q", n, got)
		}
		if round(t, r) != 0 {
			t.Fatal("a finished job came again, or one before its time, or one that nobody handles")
		}
		if d := measure(t, b.Store); d.Waiting != 2 || d.Failed != 0 || !d.OldestDue.Equal(trestletest.Begin) {
			t.Fatalf("depth %+v", d)
		}
		b.Clock.Advance(time.Hour)
		if n := round(t, r); n != 1 || got[1] != `team:t "later" try 1` {
			t.Fatalf("%d jobs: %q", n, got)
		}
		b.Clock.Advance(2 * DoneKept)
		if err := Forget(context.Background(), b.Store); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM outbox"); n != 1 {
			t.Fatalf("%d rows after forgetting the finished ones", n)
		}
	})
}

func TestRound_TriesAgainFor24Hours(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		tries := 0
		r := New(b.Store, nil)
		r.Handle("fails", func(_ context.Context, j Job) error {
			if tries++; j.Try != tries {
				t.Errorf("try %d says it is try %d", tries, j.Try)
			}
			return errors.New("the other side is away")
		})
		enqueue(t, b.Store, "fails", nil, b.Clock.Now())
		for b.Clock.Now().Sub(trestletest.Begin) < 30*time.Hour {
			round(t, r)
			b.Clock.Advance(time.Minute)
		}
		if d := measure(t, b.Store); d.Waiting != 0 || d.Failed != 1 {
			t.Fatalf("depth %+v", d)
		}
		// about 6 in the first minutes, which the test's clock rounds up to one a minute, then hourly
		if tries < 24 || tries > 60 {
			t.Fatalf("%d tries in 24 hours", tries)
		}
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM outbox WHERE last_error = 'the other side is away'"); n != 1 {
			t.Fatal("the reason was not kept")
		}
	})
}

func TestRound_FailsAtOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		r := New(b.Store, nil)
		r.Handle("gone", func(context.Context, Job) error { return Permanent(errors.New("410 Gone")) })
		r.Handle("panics", func(context.Context, Job) error { panic("oh") })
		r.Handle("garbled", func(context.Context, Job) error {
			return Permanent(errors.New("\x00\xff" + strings.Repeat("a", 997) + "é"))
		})
		enqueue(t, b.Store, "gone", nil, b.Clock.Now())
		enqueue(t, b.Store, "panics", nil, b.Clock.Now())
		enqueue(t, b.Store, "garbled", nil, b.Clock.Now())
		round(t, r)
		if d := measure(t, b.Store); d.Waiting != 1 || d.Failed != 2 {
			t.Fatalf("a permanent error fails at once and a panic is tried again: %+v", d)
		}
	})
}

// A runner that died in the middle of a job gives it back when its lease ends.
func TestRound_LeaseEnds(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		dead := New(b.Store, nil)
		dead.Handle("work", func(context.Context, Job) error { return nil })
		enqueue(t, b.Store, "work", nil, b.Clock.Now())
		if jobs, err := dead.claim(context.Background()); err != nil || len(jobs) != 1 {
			t.Fatal(jobs, err)
		}
		r := New(b.Store, nil)
		ran := 0
		r.Handle("work", func(context.Context, Job) error { ran++; return nil })
		if round(t, r) != 0 {
			t.Fatal("took a job that another runner holds")
		}
		b.Clock.Advance(lease + time.Second)
		if round(t, r); ran != 1 {
			t.Fatal("the dead runner's job never came back")
		}
	})
}

// Several runners at once: every job runs exactly once while nothing fails.
func TestRun_SeveralRunners(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		const jobs = 60
		var mu sync.Mutex
		seen := map[int64]int{}
		var left atomic.Int64
		left.Store(jobs)
		ctx, cancel := context.WithCancel(context.Background())
		for range jobs {
			enqueue(t, st, "count", nil, st.Now())
		}
		var wg sync.WaitGroup
		for range 3 {
			r := New(st, nil)
			r.Handle("count", func(_ context.Context, j Job) error {
				mu.Lock()
				seen[j.ID]++
				mu.Unlock()
				if left.Add(-1) == 0 {
					cancel()
				}
				return nil
			})
			wg.Add(1)
			go func() { defer wg.Done(); r.Run(ctx) }()
		}
		select {
		case <-ctx.Done():
		case <-time.After(30 * time.Second):
			t.Errorf("%d jobs left", left.Load())
		}
		cancel()
		wg.Wait()
		for id, n := range seen {
			if n != 1 {
				t.Errorf("job %d ran %d times", id, n)
			}
		}
		if d := measure(t, st); d.Waiting != 0 {
			t.Errorf("stopped without noting what was done: %+v", d)
		}
	})
}

func TestPause(t *testing.T) {
	for n, least := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 6: 32 * time.Second, 13: time.Hour, 500: time.Hour} {
		if p := Pause(n); p < least || p > least+least/5 {
			t.Errorf("pause after try %d: %v", n, p)
		}
	}
}
