package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func put(tx *store.Tx, key, value string) error {
	_, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?,?)", key, value)
	return err
}

func settings(t *testing.T, st *store.Store) int {
	t.Helper()
	return trestletest.Count(t, st, "SELECT count(*) FROM settings")
}

func TestInTx_RefusalLeavesNothing(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		var heard atomic.Int32
		defer b.Bus.Subscribe(onNews(func() { heard.Add(1) }))()
		no := fault.Conflict("no", "No.")
		for _, fn := range []func(tx *store.Tx) error{
			func(*store.Tx) error { return no },
			func(*store.Tx) error { panic("a bug") },
			func(tx *store.Tx) error { _, err := tx.Publish("team:unnamed", "team.tested", nil); return err }, // panics: not named
			func(tx *store.Tx) error { _, err := tx.Publish("org", "org.tested", make(chan int)); return err },
		} {
			err := store.Do(t.Context(), b.Store, []string{"org"}, func(tx *store.Tx) error {
				if err := put(tx, "x", ""); err != nil {
					return err
				}
				if _, err := tx.Publish("org", "org.tested", 1); err != nil {
					return err
				}
				tx.RaiseACL("org")
				tx.AfterCommit(func() { heard.Add(1) })
				return fn(tx)
			})
			if err == nil {
				t.Error("no error")
			}
		}
		if n := settings(t, b.Store); n != 0 {
			t.Errorf("%d rows", n)
		}
		if seq, epoch, err := b.Store.Topic(t.Context(), "org"); seq != 0 || epoch != 0 || err != nil {
			t.Errorf("seq %d, epoch %d, %v", seq, epoch, err)
		}
		if heard.Load() != 0 {
			t.Errorf("%d announcements of refused writes", heard.Load())
		}
	})
}

// Nested writes would wait for themselves for ever.
func TestInTx_InsideInTxPanics(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		var recovered any
		err := store.Do(t.Context(), st, nil, func(*store.Tx) error {
			defer func() { recovered = recover() }()
			return store.Do(t.Context(), st, nil, func(*store.Tx) error { return nil })
		})
		if recovered == nil || err != nil {
			t.Fatalf("recovered %v, %v", recovered, err)
		}
		// not recovered by the caller, it is an error like every panic
		err = store.Do(t.Context(), st, nil, func(*store.Tx) error {
			return store.Do(t.Context(), st, nil, func(*store.Tx) error { return nil })
		})
		if err == nil || !strings.Contains(err.Error(), "InTx inside InTx") {
			t.Fatal(err)
		}
		// and one after the other is no nesting
		for range 2 {
			if err := store.Do(t.Context(), st, nil, func(*store.Tx) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
	})
}

type answer struct {
	N    int       `json:"n"`
	At   time.Time `json:"at"`
	List []string  `json:"list"`
}

type secretAnswer struct {
	Secret string `json:"secret"`
}

func (secretAnswer) HoldsSecret() {}

func TestInTx_Idempotency(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		st := b.Store
		ada, ben := trestletest.Person(t, st, "ada", who.Member), trestletest.Person(t, st, "ben", who.Member)
		runs := 0
		run := func(ctx context.Context) (answer, error) {
			return store.InTx(ctx, st, []string{"org"}, func(tx *store.Tx) (answer, error) {
				runs++
				if _, err := tx.Publish("org", "org.tested", runs); err != nil {
					return answer{}, err
				}
				return answer{N: runs, At: tx.Now, List: []string{"a"}}, put(tx, fmt.Sprint(runs), "")
			})
		}
		first, err := run(trestletest.CtxKey(t, ada, "k1", "h1"))
		if err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(time.Hour)
		again, err := run(trestletest.CtxKey(t, ada, "k1", "h1"))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(first) || runs != 1 {
			t.Fatalf("the same request: %v, %v after %v, run %d times", again, err, first, runs)
		}
		if _, err := run(trestletest.CtxKey(t, ada, "k1", "h2")); !fault.Is(err, "idempotency_mismatch") {
			t.Errorf("another body: %v", err)
		}
		if other, err := run(trestletest.CtxKey(t, ben, "k1", "h1")); err != nil || other.N != 2 {
			t.Errorf("another person with the same key: %v, %v", other, err)
		}
		// the event carries the command, and a second write of the same request is no retry of the first
		ctx := trestletest.CtxKey(t, ada, "k2", "h1")
		for i := range 2 {
			if a, err := run(ctx); err != nil || a.N != 3+i {
				t.Errorf("write %d of one request: %v, %v", i+1, a, err)
			}
		}
		events, err := st.Events(t.Context(), "org", 0, 0)
		if err != nil || len(events) != 4 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		for i, want := range []string{"k1", "k1", "k2", "k2"} {
			if events[i].CommandID != want {
				t.Errorf("event %d has command %q", i+1, events[i].CommandID)
			}
		}
	})
}

// A refusal is no answer to keep: the retry may succeed.
func TestInTx_IdempotencyForgetsRefusals(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		ada := trestletest.Person(t, st, "ada", who.Member)
		full := true
		run := func() (answer, error) {
			return store.InTx(trestletest.CtxKey(t, ada, "k", "h"), st, nil, func(*store.Tx) (answer, error) {
				if full {
					return answer{}, fault.Conflict("wip_limit", "Full.")
				}
				return answer{N: 7}, nil
			})
		}
		if _, err := run(); !fault.Is(err, "wip_limit") {
			t.Fatal(err)
		}
		full = false
		if a, err := run(); err != nil || a.N != 7 {
			t.Fatal(a, err)
		}
	})
}

func TestInTx_SecretsAreNotKept(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		ada := trestletest.Person(t, st, "ada", who.Member)
		run := func() (secretAnswer, error) {
			return store.InTx(trestletest.CtxKey(t, ada, "k", "h"), st, nil, func(*store.Tx) (secretAnswer, error) {
				return secretAnswer{"hunter2"}, nil
			})
		}
		if a, err := run(); err != nil || a.Secret != "hunter2" {
			t.Fatal(a, err)
		}
		if a, err := run(); !fault.Is(err, "already_done") || a.Secret != "" {
			t.Fatal(a, err)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM commands WHERE response LIKE '%hunter2%'"); n != 0 {
			t.Fatal("the secret is in the table")
		}
	})
}

// The same request sent many times at once is applied once, and all get its answer: also when it names no
// topic that would order them.
func TestInTx_ConcurrentDuplicates(t *testing.T) {
	for _, topics := range [][]string{nil, {"org"}, {"board:a", "org"}} {
		t.Run(fmt.Sprint(topics), func(t *testing.T) {
			trestletest.Each(t, func(t *testing.T, st *store.Store) {
				ada := trestletest.Person(t, st, "ada", who.Member)
				const senders, commands = 6, 20
				var wg sync.WaitGroup
				var mu sync.Mutex
				answers := map[int]map[string]int{}
				for range senders {
					wg.Go(func() {
						for c := range commands {
							a, err := store.InTx(trestletest.CtxKey(t, ada, fmt.Sprint("k", c), "h"), st, topics, func(tx *store.Tx) (string, error) {
								id := store.NewID("x")
								for _, topic := range topics {
									if _, err := tx.Publish(topic, "org.tested", id); err != nil {
										return "", err
									}
								}
								return id, put(tx, id, "")
							})
							if err != nil {
								t.Errorf("command %d: %v", c, err)
							}
							mu.Lock()
							if answers[c] == nil {
								answers[c] = map[string]int{}
							}
							answers[c][a]++
							mu.Unlock()
						}
					})
				}
				wg.Wait()
				for c, a := range answers {
					if len(a) != 1 {
						t.Errorf("command %d got %d different answers", c, len(a))
					}
				}
				if n := settings(t, st); n != commands {
					t.Errorf("%d of %d applied", n, commands)
				}
				if n := trestletest.Count(t, st, "SELECT count(*) FROM events"); n != commands*len(topics) {
					t.Errorf("%d events", n)
				}
			})
		})
	}
}

func TestForgetCommands(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		ada := trestletest.Person(t, b.Store, "ada", who.Member)
		runs := 0
		run := func() {
			t.Helper()
			if _, err := store.InTx(trestletest.CtxKey(t, ada, "k", "h"), b.Store, nil, func(*store.Tx) (int, error) { runs++; return runs, nil }); err != nil {
				t.Fatal(err)
			}
			if err := b.Store.ForgetCommands(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		run()
		b.Clock.Advance(store.CommandsKept)
		run()
		if runs != 1 {
			t.Fatal("forgotten before its time")
		}
		b.Clock.Advance(time.Millisecond)
		run()
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM commands"); n != 0 {
			t.Fatalf("%d kept beyond their time", n)
		}
		run()
		if runs != 2 {
			t.Fatalf("run %d times", runs)
		}
	})
}

// Times are one per write, in UTC and to the millisecond, and come back as they were.
func TestTx_Now(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		b.Clock.Set(time.Date(2026, 10, 25, 2, 30, 0, 123_999_999, time.FixedZone("CET", 3600)))
		_ = store.Do(t.Context(), b.Store, []string{"org"}, func(tx *store.Tx) error {
			b.Clock.Advance(time.Hour)
			_, err := tx.Publish("org", "org.tested", nil)
			return err
		})
		events, err := b.Store.Events(t.Context(), "org", 0, 1)
		want := time.Date(2026, 10, 25, 1, 30, 0, 123_000_000, time.UTC)
		if err != nil || len(events) != 1 || !events[0].At.Equal(want) || events[0].At.Location() != time.UTC {
			t.Fatalf("%+v, %v", events, err)
		}
	})
}

// Reading is not writing, on either database.
func TestReaders_CannotWrite(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		const stmt = "INSERT INTO settings (key, value) VALUES ('x','')"
		if _, err := st.Rows(t.Context()).Exec(stmt); err == nil {
			t.Error("Rows writes")
		}
		if err := st.Read(t.Context()).Exec(stmt).Error; err == nil {
			t.Error("Read writes")
		}
		if err := st.ReadSnapshot(t.Context(), func(q *store.Query) error { _, err := q.Exec(stmt); return err }); err == nil {
			t.Error("ReadSnapshot writes")
		}
		if _, err := st.Rows(t.Context()).Row([]any{new(string)}, stmt+" RETURNING key"); err == nil {
			t.Error("Row writes")
		}
		if n := settings(t, st); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// A snapshot is one moment, whatever is written meanwhile; and it waits for nobody.
func TestReadSnapshot_IsOneMoment(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		write := func(key string) {
			t.Helper()
			if err := store.Do(t.Context(), st, []string{"org"}, func(tx *store.Tx) error {
				_, err := tx.Publish("org", "org.tested", key)
				return errors.Join(err, put(tx, key, ""))
			}); err != nil {
				t.Fatal(err)
			}
		}
		write("before")
		err := st.ReadSnapshot(t.Context(), func(q *store.Query) error {
			var n int
			if _, err := q.Row([]any{&n}, "SELECT count(*) FROM settings"); err != nil {
				return err
			}
			write("meanwhile")
			seq, _, err := store.TopicIn(q, "org")
			if err != nil {
				return err
			}
			if _, err := q.Row([]any{&n}, "SELECT count(*) FROM settings"); err != nil {
				return err
			}
			if n != 1 || seq != 1 {
				t.Errorf("%d rows, seq %d in the snapshot", n, seq)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := settings(t, st); n != 2 {
			t.Errorf("%d rows afterwards", n)
		}
	})
}

// Writers that read on the side, all at once, do not wait for connections that the others hold.
func TestInTx_ReadingOnTheSide(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		var wg sync.WaitGroup
		for i := range 64 {
			wg.Go(func() {
				topic := fmt.Sprint("board:", i)
				if err := store.Do(t.Context(), st, []string{topic}, func(tx *store.Tx) error {
					time.Sleep(5 * time.Millisecond)
					if _, err := st.Rows(t.Context()).Row([]any{new(int)}, "SELECT count(*) FROM settings"); err != nil {
						return err
					}
					_, err := tx.Publish(topic, "board.tested", nil)
					return err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// GORM and hand-written statements share the transaction.
func TestTx_GORM(t *testing.T) {
	type setting struct{ Key, Value string }
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		boom := errors.New("boom")
		for _, fail := range []error{boom, nil} {
			err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
				if err := tx.DB.Table("settings").Create(&setting{"g", "1"}).Error; err != nil {
					return err
				}
				var v string
				if found, err := tx.Row([]any{&v}, "SELECT value FROM settings WHERE key = ?", "g"); err != nil || !found || v != "1" {
					return fmt.Errorf("found %v %q %w", found, v, err)
				}
				if err := tx.DB.Table("settings").Where("key = ?", "g").Update("value", "2").Error; err != nil {
					return err
				}
				return fail
			})
			if !errors.Is(err, fail) {
				t.Fatal(err)
			}
		}
		var got []setting
		if err := st.Read(t.Context()).Table("settings").Find(&got).Error; err != nil || len(got) != 1 || got[0].Value != "2" {
			t.Fatalf("%v %v", got, err)
		}
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			return tx.DB.Table("settings").Create(&setting{"g", "1"}).Error
		})
		if !store.IsDuplicate(err) {
			t.Errorf("GORM's duplicate: %v", err)
		}
		if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { return put(tx, "g", "1") }); !store.IsDuplicate(err) {
			t.Errorf("a duplicate: %v", err)
		}
	})
}

// 16 writers over 8 topics: each topic counts 1, 2, 3… without gaps, in the order of its commits, and the
// bus has told all of it.
func TestEvents_GaplessUnderManyWriters(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		const writers, each = 16, 40
		topics := []string{"board:a", "board:b", "board:c", "team:a", "team:b", "me:a", "org", "standup:a"}
		var mu sync.Mutex
		told, furthest := map[string]map[int64]bool{}, map[string]int64{}
		defer b.Bus.Subscribe(func(n event.News) {
			mu.Lock()
			defer mu.Unlock()
			furthest[n.Topic] = max(furthest[n.Topic], n.Seq)
			if told[n.Topic] == nil {
				told[n.Topic] = map[int64]bool{}
			}
			for _, e := range n.Events {
				told[n.Topic][e.Seq] = true
			}
		})()
		var written [8]atomic.Int64
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					x, y := (w*7+i*3)%8, (w*5+i+1)%8 // two topics, in no particular order; sometimes the same
					refuse := i%5 == 4
					err := store.Do(store.As(t.Context(), fmt.Sprint("per_", w), ""), b.Store, []string{topics[x], topics[y]}, func(tx *store.Tx) error {
						for _, k := range []int{x, y, x} {
							seq, err := tx.Publish(topics[k], "board.tested", map[string]int{"w": w, "i": i})
							if err != nil {
								return err
							}
							if seq != tx.Seq(topics[k]) {
								return fmt.Errorf("seq %d, %d", seq, tx.Seq(topics[k]))
							}
						}
						if refuse {
							return errors.New("refused")
						}
						return nil
					})
					if refuse != (err != nil) {
						t.Error(err)
					}
					if err == nil {
						written[x].Add(2)
						written[y].Add(1)
					}
				}
			})
		}
		wg.Wait()
		deadline := time.Now().Add(5 * time.Second)
		for k, topic := range topics {
			want := written[k].Load()
			seq, _, err := b.Store.Topic(t.Context(), topic)
			if err != nil || seq != want {
				t.Errorf("%s: seq %d of %d, %v", topic, seq, want, err)
			}
			var since int64
			for since < want {
				events, err := b.Store.Events(t.Context(), topic, since, 50)
				if err != nil || len(events) == 0 {
					t.Fatalf("%s after %d: %d events, %v", topic, since, len(events), err)
				}
				for _, e := range events {
					if since++; e.Seq != since || e.Topic != topic {
						t.Fatalf("%s: seq %d where %d belongs", topic, e.Seq, since)
					}
				}
			}
			for { // SQLite answers first and tells then
				mu.Lock()
				n, far := len(told[topic]), furthest[topic]
				mu.Unlock()
				if int64(n) == want && far == want {
					break
				}
				if time.Now().After(deadline) {
					t.Errorf("%s: %d of %d told, up to %d", topic, n, want, far)
					break
				}
				time.Sleep(time.Millisecond)
			}
		}
		verifyChains(t, b.Store)
	})
}

func TestRaiseACL(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		var mu sync.Mutex
		var heard []event.News
		defer b.Bus.Subscribe(func(n event.News) { mu.Lock(); heard = append(heard, n); mu.Unlock() })()
		for i := range 3 {
			if err := store.Do(t.Context(), b.Store, []string{"board:a", "board:b"}, func(tx *store.Tx) error {
				tx.RaiseACL("board:a")
				tx.RaiseACL("board:a") // once per write is enough
				if i == 2 {
					_, err := tx.Publish("board:a", "board.tested", nil)
					return err
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		for topic, want := range map[string][2]int64{"board:a": {1, 3}, "board:b": {0, 0}} {
			if seq, epoch, err := b.Store.Topic(t.Context(), topic); seq != want[0] || epoch != want[1] || err != nil {
				t.Errorf("%s: seq %d, epoch %d, %v", topic, seq, epoch, err)
			}
		}
		for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
			mu.Lock()
			n := len(heard)
			mu.Unlock()
			if n >= 3 || time.Now().After(deadline) {
				break
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if len(heard) != 3 || heard[0].ACLEpoch != 1 || heard[2].ACLEpoch != 3 || heard[2].Seq != 1 {
			t.Errorf("heard %+v", heard)
		}
	})
}

// Two writes that name the same topics in another order do not wait for each other; and a topic that a write
// makes itself can be taken later.
func TestLock_NoDeadlocks(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		var wg sync.WaitGroup
		start := time.Now()
		for w := range 12 {
			wg.Go(func() {
				names := []string{"board:a", "board:b", "team:a"}
				if w%2 == 1 {
					names = []string{"team:a", "board:b", "board:a"}
				}
				for i := range 15 {
					if err := store.Do(t.Context(), st, names, func(tx *store.Tx) error {
						own := fmt.Sprintf("board:%d-%d", w, i)
						if err := tx.LockNew(own); err != nil {
							return err
						}
						_, err := tx.Publish(own, "board.created", nil)
						_, err2 := tx.Publish("team:a", "team.tested", nil)
						return errors.Join(err, err2)
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("it took %s", took)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM events"); n != 12*15*2 {
			t.Errorf("%d events", n)
		}
	})
}

// What was begun is finished although the client has gone, on both databases.
func TestInTx_ClientGoesAway(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		ctx, cancel := context.WithCancel(context.Background())
		err := store.Do(ctx, st, []string{"org"}, func(tx *store.Tx) error {
			cancel()
			_, err := tx.Publish("org", "org.tested", nil)
			return errors.Join(err, put(tx, "x", ""))
		})
		if err != nil || settings(t, st) != 1 {
			t.Fatal(err, settings(t, st))
		}
		if err := store.Do(ctx, st, nil, func(tx *store.Tx) error { return put(tx, "y", "") }); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	})
}

// A write that takes too long is refused with a time to come back, and leaves nothing.
func TestInTx_Deadline(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			if err := put(tx, "x", ""); err != nil {
				return err
			}
			_, err := tx.Exec(endless)
			return err
		})
		if f, ok := fault.As(err); !ok || f.Code != "unavailable" || f.RetryAfter <= 0 {
			t.Fatal(err)
		}
		if n := settings(t, st); n != 0 {
			t.Fatalf("%d rows", n)
		}
		if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { return put(tx, "x", "") }); err != nil {
			t.Fatal(err)
		}
	}, trestletest.WithDeadline(200*time.Millisecond))
}

// TestInTx_InsideUnderAs: a write inside a write is noticed also when it is made in somebody else's name.
func TestInTx_InsideUnderAs(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		ctx := store.As(t.Context(), "per_a", "A")
		err := store.Do(ctx, st, nil, func(*store.Tx) error {
			return store.Do(store.As(ctx, "per_b", "B"), st, nil, func(*store.Tx) error { return nil })
		})
		if err == nil || !strings.Contains(err.Error(), "InTx inside InTx") {
			t.Fatalf("got %v", err)
		}
	})
}
