package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// endless is a statement that never ends by itself, and writes.
const endless = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 4000000000)
	INSERT INTO settings (key, value) SELECT 'endless', max(x) FROM c`

// lengthy takes a few hundred milliseconds.
const lengthy = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 2000000)
	INSERT INTO settings (key, value) SELECT 'lengthy', max(x) FROM c`

// member is one request of a batch: it writes two rows and an event, with middle between the rows.
type member struct {
	name   string
	ctx    context.Context
	middle func(tx *store.Tx) error
	// mayRefuse is for the one whose fault it is
	mayRefuse bool
	err       error
}

const batchTopic = "board:batch"

// runBatch makes all members one batch: the writer is held until all of them wait in its queue.
func runBatch(t *testing.T, st *store.Store, members []*member) {
	t.Helper()
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = store.Do(context.Background(), st, nil, func(*store.Tx) error { close(held); <-hold; return nil })
	})
	<-held
	for i, m := range members {
		if m.ctx == nil {
			m.ctx = context.Background()
		}
		wg.Go(func() {
			m.err = store.Do(m.ctx, st, []string{batchTopic}, func(tx *store.Tx) error {
				if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?,'')", "first "+m.name); err != nil {
					return err
				}
				if m.middle != nil {
					if err := m.middle(tx); err != nil {
						return err
					}
				}
				if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?,'')", "second "+m.name); err != nil {
					return err
				}
				_, err := tx.Publish(batchTopic, "board.tested", map[string]string{"name": m.name})
				return err
			})
		})
		for st.QueueLen() != i+1 { // in this order
			time.Sleep(100 * time.Microsecond)
		}
	}
	close(hold)
	wg.Wait()
}

// judge opens the file anew, as after a restart, and says what is wrong with it: an acknowledged write that
// is not there, or one that was refused and is there, or half of one.
func judge(t *testing.T, b *trestletest.Bench, members []*member) (wrong []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+b.Store.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	count := func(stmt string, args ...any) (n int) {
		if err := db.QueryRow(stmt, args...).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	acknowledged := 0
	for _, m := range members {
		rows := count("SELECT count(*) FROM settings WHERE key IN (?,?)", "first "+m.name, "second "+m.name)
		events := count("SELECT count(*) FROM events WHERE topic = ? AND data LIKE ?", batchTopic, `%"`+m.name+`"%`)
		switch {
		case m.err == nil && (rows != 2 || events != 1):
			wrong = append(wrong, fmt.Sprintf("%s was acknowledged, and %d of 2 rows and %d of 1 events are there", m.name, rows, events))
		case m.err != nil && (rows != 0 || events != 0):
			wrong = append(wrong, fmt.Sprintf("%s was refused, and %d rows and %d events are there", m.name, rows, events))
		case m.err != nil && !m.mayRefuse:
			wrong = append(wrong, fmt.Sprintf("%s did nothing wrong and was refused: %v", m.name, m.err))
		}
		if m.err == nil {
			acknowledged++
		}
	}
	if seq := count("SELECT COALESCE(max(seq), 0) FROM events"); seq != acknowledged {
		wrong = append(wrong, fmt.Sprintf("%d events, %d acknowledged", seq, acknowledged))
	}
	var quick string
	if err := db.QueryRow("PRAGMA quick_check").Scan(&quick); err != nil || quick != "ok" {
		wrong = append(wrong, "quick_check: "+quick)
	}
	return wrong
}

// trap is a way in which a batch's transaction can end early.
type trap struct {
	name     string
	deadline time.Duration
	// spring gives the request that springs the trap what it does between its two rows.
	spring func(t *testing.T, b *trestletest.Bench, m *member)
	// refused says how the request that sprung it must end; nil: it must be acknowledged
	refused func(err error) bool
}

func fullAfter(pages int) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		var n, got int
		if _, err := tx.Row([]any{&n}, "PRAGMA page_count"); err != nil {
			return err
		}
		if _, err := tx.Row([]any{&got}, fmt.Sprintf("PRAGMA max_page_count = %d", n+pages)); err != nil {
			return err
		}
		return nil
	}
}

var traps = []trap{
	{
		name: "a client goes away inside a statement",
		spring: func(t *testing.T, b *trestletest.Bench, m *member) {
			ctx, cancel := context.WithCancel(context.Background())
			t.Cleanup(cancel)
			m.ctx = ctx
			m.middle = func(tx *store.Tx) error {
				time.AfterFunc(30*time.Millisecond, cancel)
				_, err := tx.Exec(lengthy)
				return err
			}
		},
		// what was begun is finished, heard or not
	},
	{
		name:     "the deadline passes inside a statement",
		deadline: 150 * time.Millisecond,
		spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(tx *store.Tx) error { _, err := tx.Exec(endless); return err }
		},
		refused: func(err error) bool { return fault.Is(err, "unavailable") },
	},
	{
		name: "the disk is full for one row",
		spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(tx *store.Tx) error {
				if err := fullAfter(2)(tx); err != nil {
					return err
				}
				_, err := tx.Exec("INSERT INTO settings (key, value) VALUES ('large', ?)", strings.Repeat("x", 1<<20))
				return err
			}
		},
		refused: func(err error) bool { return fault.Is(err, "disk_full") },
	},
	{
		name: "the disk is full for many rows",
		spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(tx *store.Tx) error {
				if err := fullAfter(2)(tx); err != nil {
					return err
				}
				_, err := tx.Exec(`WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 1000)
					INSERT INTO settings (key, value) SELECT 'large ' || x, hex(randomblob(4000)) FROM c`)
				return err
			}
		},
		refused: func(err error) bool { return fault.Is(err, "disk_full") },
	},
	{
		name: "the disk is full for GORM",
		spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(tx *store.Tx) error {
				if err := fullAfter(2)(tx); err != nil {
					return err
				}
				return tx.DB.Exec("INSERT INTO settings (key, value) VALUES ('large', ?)", strings.Repeat("x", 1<<20)).Error
			}
		},
		refused: func(err error) bool { return fault.Is(err, "disk_full") },
	},
	{
		name: "the disk is full and the request overlooks it",
		spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(tx *store.Tx) error {
				if err := fullAfter(2)(tx); err != nil {
					return err
				}
				_, _ = tx.Exec("INSERT INTO settings (key, value) VALUES ('large', ?)", strings.Repeat("x", 1<<20))
				// the transaction is gone, and each of these would stand alone
				_ = tx.DB.Exec("INSERT INTO settings (key, value) VALUES ('stray by GORM', '')").Error
				_, _ = tx.Exec("INSERT INTO settings (key, value) VALUES ('stray', '')")
				return nil
			}
		},
		refused: func(err error) bool { return fault.Is(err, "unavailable") },
	},
}

func (tr trap) members(t *testing.T, b *trestletest.Bench, n int) []*member {
	var out []*member
	for i := range n {
		out = append(out, &member{name: string(rune('a' + i))})
	}
	guilty := out[n/2]
	guilty.mayRefuse = tr.refused != nil
	tr.spring(t, b, guilty)
	return out
}

// The two traps of decisions 1. Whatever ends the batch's transaction in its middle: no acknowledged write is
// lost, nothing refused is there by half, and who did nothing wrong is served.
func TestWriter_MidBatchTraps(t *testing.T) {
	for _, tr := range traps {
		for _, n := range []int{1, 5} {
			t.Run(fmt.Sprintf("%s, batch of %d", tr.name, n), func(t *testing.T) {
				t.Parallel()
				b := trestletest.New(t, trestletest.WithDeadline(max(tr.deadline, 100*time.Millisecond)*map[bool]time.Duration{true: 1, false: 50}[tr.deadline > 0]))
				members := tr.members(t, b, n)
				runBatch(t, b.Store, members)
				for _, w := range judge(t, b, members) {
					t.Error(w)
				}
				guilty := members[n/2]
				if tr.refused == nil && guilty.err != nil || tr.refused != nil && (guilty.err == nil || !tr.refused(guilty.err)) {
					t.Errorf("the one that sprung the trap: %v", guilty.err)
				}
				if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM settings WHERE key LIKE 'stray%' OR key LIKE 'large%' OR key = 'endless'"); n != 0 {
					t.Errorf("%d rows of a refused request", n)
				}
				// and the writer goes on
				if err := b.Store.WriterExec("PRAGMA max_page_count = 1073741823"); err != nil {
					t.Fatal(err)
				}
				after := &member{name: "z"}
				runBatch(t, b.Store, []*member{after})
				if after.err != nil {
					t.Errorf("afterwards: %v", after.err)
				}
			})
		}
	}
}

// The same with the code that one would write at first: each trap must be found out, or it tests nothing.
func TestWriter_MidBatchTraps_CatchNaiveCode(t *testing.T) {
	for _, tr := range traps {
		if strings.Contains(tr.name, "many rows") {
			continue // SQLite undoes that statement alone: it has a journal of its own
		}
		t.Run(tr.name, func(t *testing.T) {
			t.Parallel()
			b := trestletest.New(t, trestletest.WithDeadline(time.Second))
			members := tr.members(t, b, 5)
			b.Store.CommitNaively()
			runBatch(t, b.Store, members)
			wrong := judge(t, b, members)
			if len(wrong) == 0 {
				t.Fatal("the naive writer passes")
			}
			t.Log(strings.Join(wrong, "; "))
		})
	}
}

func TestWriter_AnswersAfterCommit(t *testing.T) {
	b := trestletest.New(t)
	var seenBefore int
	members := []*member{{name: "a"}, {name: "b"}, {name: "c"}}
	members[2].middle = func(*store.Tx) error { // a and b are done, the batch is not
		time.Sleep(50 * time.Millisecond)
		seenBefore = trestletest.Count(t, b.Store, "SELECT count(*) FROM settings")
		return nil
	}
	var early []string
	var mu sync.Mutex
	cancel := b.Bus.Subscribe(onNews(func() {
		mu.Lock()
		defer mu.Unlock()
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM settings"); n != 6 {
			early = append(early, fmt.Sprintf("announced with %d of 6 rows durable", n))
		}
	}))
	defer cancel()
	runBatch(t, b.Store, members)
	if seenBefore != 0 {
		t.Errorf("a reader saw %d rows of an open batch", seenBefore)
	}
	for _, w := range append(early, judge(t, b, members)...) {
		t.Error(w)
	}
}

// One request's panic is its own.
func TestWriter_PanicLeavesTheOthers(t *testing.T) {
	for _, n := range []int{1, 5} {
		b := trestletest.New(t)
		tr := trap{refused: func(error) bool { return true }, spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
			m.middle = func(*store.Tx) error { panic("a bug") }
		}}
		members := tr.members(t, b, n)
		runBatch(t, b.Store, members)
		for _, w := range judge(t, b, members) {
			t.Error(w)
		}
		if err := members[n/2].err; err == nil || !strings.Contains(err.Error(), "a bug") {
			t.Errorf("the panic became %v", err)
		}
	}
}

// A refusal in mid-batch undoes that request alone.
func TestWriter_RefusalLeavesTheOthers(t *testing.T) {
	b := trestletest.New(t)
	no := fault.Conflict("no", "No.")
	tr := trap{refused: func(error) bool { return true }, spring: func(_ *testing.T, _ *trestletest.Bench, m *member) {
		m.middle = func(tx *store.Tx) error {
			if _, err := tx.Publish(batchTopic, "board.refused", nil); err != nil {
				return err
			}
			return no
		}
	}}
	members := tr.members(t, b, 5)
	runBatch(t, b.Store, members)
	for _, w := range judge(t, b, members) {
		t.Error(w)
	}
	if !errors.Is(members[2].err, no) {
		t.Errorf("the refusal became %v", members[2].err)
	}
}

// A listener that panics after a commit harms neither the write nor the next one.
func TestStore_ListenerPanicsHarmNobody(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		defer b.Bus.Subscribe(onNews(func() { panic("a listener's bug") }))()
		for i := range 3 {
			err := store.Do(context.Background(), b.Store, []string{"org"}, func(tx *store.Tx) error {
				tx.AfterCommit(func() { panic("another") })
				_, err := tx.Publish("org", "org.tested", i)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM events"); n != 3 {
			t.Fatalf("%d events", n)
		}
	})
}

// A request that has gone before its turn is not begun.
func TestWriter_GoneBeforeItsTurn(t *testing.T) {
	b := trestletest.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	ran := false
	members := []*member{{name: "a", middle: func(*store.Tx) error { cancel(); return nil }}, {name: "b", ctx: ctx, mayRefuse: true,
		middle: func(*store.Tx) error { ran = true; return nil }}}
	runBatch(t, b.Store, members)
	if ran || !errors.Is(members[1].err, context.Canceled) {
		t.Fatalf("ran %v, %v", ran, members[1].err)
	}
	for _, w := range judge(t, b, members) {
		t.Error(w)
	}
}

func TestStore_CloseFinishesWhatIsQueued(t *testing.T) {
	b := trestletest.New(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	errs := make([]error, 20)
	wg.Go(func() {
		_ = store.Do(context.Background(), b.Store, nil, func(*store.Tx) error { close(held); <-hold; return nil })
	})
	<-held
	for i := range errs {
		wg.Go(func() {
			errs[i] = store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?, '')", fmt.Sprint(i))
				return err
			})
		})
	}
	for b.Store.QueueLen() != len(errs) {
		time.Sleep(time.Millisecond)
	}
	closed := make(chan error)
	go func() { closed <- b.Store.Close() }()
	time.Sleep(10 * time.Millisecond)
	close(hold)
	wg.Wait()
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	for i, err := range errs {
		if err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err := store.Do(context.Background(), b.Store, nil, func(*store.Tx) error { return nil }); !fault.Is(err, "unavailable") {
		t.Errorf("after closing: %v", err)
	}
	again, err := store.Open(context.Background(), b.Options)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if n := trestletest.Count(t, again, "SELECT count(*) FROM settings"); n != len(errs) {
		t.Errorf("%d of %d are durable", n, len(errs))
	}
	if fi, err := os.Stat(b.Store.Path() + "-wal"); err == nil && fi.Size() > 0 {
		t.Logf("the log was left with %d bytes", fi.Size())
	}
}

// A real full disk: a file system of 8 MB (root only). T3 of the trust document.
func TestStore_FullFileSystem(t *testing.T) {
	trestletest.NeedFullText(t)
	dir := t.TempDir()
	if err := syscall.Mount("trestle", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("skipped: a small file system cannot be mounted here (%v)", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	ctx := context.Background()
	if _, err := store.Migrate(ctx, store.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	closed := false
	t.Cleanup(func() {
		if !closed {
			_ = st.Close()
		}
	})
	write := func(key string) error {
		return store.Do(store.As(ctx, "per_1", "Ada"), st, []string{"org"}, func(tx *store.Tx) error {
			if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?, ?)", key, strings.Repeat("x", 8000)); err != nil {
				return err
			}
			_, err := tx.Publish("org", "org.tested", key)
			return err
		})
	}
	var mu sync.Mutex
	acknowledged, full := map[string]bool{}, 0
	fill := func(round int) {
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range 400 {
					key := fmt.Sprintf("%d/%d/%d", round, w, i)
					err := write(key)
					mu.Lock()
					if err == nil {
						acknowledged[key] = true
					} else if fault.Is(err, "disk_full") {
						full++
					} else {
						t.Errorf("%s: %v", key, err)
					}
					enough := full > 30*(round+1)
					mu.Unlock()
					if enough {
						return
					}
				}
			})
		}
		wg.Wait()
	}
	ballast := func(round int) string { return filepath.Join(dir, fmt.Sprintf("ballast %d", round)) }
	for round := range 3 {
		if err := os.WriteFile(ballast(round), make([]byte, 1<<20), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for round := range 3 {
		before := full
		fill(round)
		if full == before {
			t.Fatalf("round %d: the disk never got full", round)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM settings"); n != len(acknowledged) {
			t.Errorf("round %d: %d rows, %d acknowledged", round, n, len(acknowledged))
		}
		if err := os.Remove(ballast(round)); err != nil {
			t.Fatal(err)
		}
		freed := time.Now()
		for {
			key := fmt.Sprintf("after %d", round)
			err := write(key)
			if err == nil {
				acknowledged[key] = true
				break
			}
			if time.Since(freed) > 2*time.Second {
				t.Fatalf("round %d: still refused 2 s after there is space: %v", round, err)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	closed = true
	again, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for key := range acknowledged {
		if n := trestletest.Count(t, again, "SELECT count(*) FROM settings WHERE key = ?", key); n != 1 {
			t.Errorf("%s was acknowledged and is lost", key)
		}
	}
	if n := trestletest.Count(t, again, "SELECT count(*) FROM events"); n != len(acknowledged) {
		t.Errorf("%d events, %d acknowledged", n, len(acknowledged))
	}
	t.Logf("%d acknowledged, %d refused", len(acknowledged), full)
}
