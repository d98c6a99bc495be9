package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// INSERT … RETURNING, as Insert and GORM's Create make, stepped once and closed, keeps SQLite from
// checkpointing by itself unless a COMMIT follows: 3,000 of them left a log of 37 MB that never shrank.
func TestWAL_DoesNotGrowWithoutBound(t *testing.T) {
	type job struct {
		Rid       int64 `gorm:"primaryKey"`
		Kind      string
		Payload   string
		DueAt     int64
		CreatedAt int64
	}
	b := trestletest.New(t)
	payload := strings.Repeat("x", 3000)
	for i := range 3000 {
		if err := store.Do(t.Context(), b.Store, []string{"org"}, func(tx *store.Tx) error {
			var err error
			if i%2 == 0 {
				_, err = tx.Insert("INSERT INTO outbox (kind, payload, due_at, created_at) VALUES ('x',?,0,0)", payload)
			} else {
				err = tx.DB.Table("outbox").Create(&job{Kind: "x", Payload: payload}).Error
			}
			_, err2 := tx.Publish("org", "org.tested", i)
			return errors.Join(err, err2)
		}); err != nil {
			t.Fatal(err)
		}
	}
	fi, err := os.Stat(b.Store.Path() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if fi.Size() > 20<<20 {
		t.Errorf("the log has %d bytes", fi.Size())
	}
	t.Logf("the log has %.1f MB", float64(fi.Size())/(1<<20))
}

func TestTx_InsertGivesTheRow(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		var rids []int64
		for range 3 {
			rid, err := store.InTx(t.Context(), st, nil, func(tx *store.Tx) (int64, error) {
				return tx.Insert("INSERT INTO outbox (kind, payload, due_at, created_at) VALUES (?,?,?,?)", "x", "{}", 0, 0)
			})
			if err != nil {
				t.Fatal(err)
			}
			rids = append(rids, rid)
		}
		if fmt.Sprint(rids) != "[1 2 3]" {
			t.Fatal(rids)
		}
		var due int64
		if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			due = store.Ms(tx.Now.Add(time.Minute))
			return tx.Enqueue("mail", "org", map[string]string{"to": "ada"}, tx.Now.Add(time.Minute))
		}); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM outbox WHERE kind = 'mail' AND due_at = ? AND created_at = due_at", due); n != 1 {
			t.Fatal("no job")
		}
	})
}

// More statements than the cache keeps, some of them in the middle of being read.
func TestQuery_StatementCache(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			for _, k := range []string{"a", "b", "c"} {
				if err := put(tx, k, k); err != nil {
					return err
				}
			}
			var seen []string
			if err := tx.Each(func(scan func(...any) error) error {
				var k string
				if err := scan(&k); err != nil {
					return err
				}
				seen = append(seen, k)
				if st.SQLite() { // PostgreSQL cannot run a statement while another is read
					for i := range 600 {
						if _, err := tx.Row([]any{new(int)}, fmt.Sprintf("SELECT %d FROM settings WHERE key <> ?", i), ""); err != nil {
							return err
						}
					}
				}
				return nil
			}, "SELECT key FROM settings ORDER BY key"); err != nil {
				return err
			}
			if strings.Join(seen, "") != "abc" {
				return fmt.Errorf("read %v", seen)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestQuery_Marks(t *testing.T) {
	for n, want := range map[int]string{-1: "", 0: "", 1: "?", 3: "?,?,?"} {
		if got := store.Marks(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	if got := store.Dollars("a = ? AND b IN (?,?)"); got != "a = $1 AND b IN ($2,$3)" {
		t.Error(got)
	}
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		for _, n := range []int{1, 9, 10, 11, 30} {
			args := make([]any, n)
			for i := range args {
				args[i] = fmt.Sprint("k", i)
			}
			var got int
			if _, err := st.Rows(t.Context()).Row([]any{&got}, "SELECT count(*) FROM settings WHERE key IN ("+store.Marks(n)+")", args...); err != nil {
				t.Errorf("%d: %v", n, err)
			}
		}
	})
}

func TestQuery_ErrorsInAMiddleOfRows(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		stop := errors.New("stop")
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			if err := errors.Join(put(tx, "a", ""), put(tx, "b", "")); err != nil {
				return err
			}
			if err := tx.Each(func(func(...any) error) error { return stop }, "SELECT key FROM settings"); !errors.Is(err, stop) {
				return fmt.Errorf("got %v", err)
			}
			// the rows are closed: the transaction goes on
			found, err := tx.Row([]any{new(string)}, "SELECT key FROM settings WHERE key = 'none'")
			if found || err != nil {
				return fmt.Errorf("found %v, %v", found, err)
			}
			if _, err := tx.Row([]any{new(int)}, "SELECT key FROM settings"); err == nil {
				return errors.New("text scanned into a number")
			}
			return put(tx, "c", "")
		})
		if err != nil || settings(t, st) != 3 {
			t.Fatal(err, settings(t, st))
		}
	})
}

func TestNewID(t *testing.T) {
	shape := regexp.MustCompile(`^crd_[0-9a-hjkmnp-tv-z]{16}$`)
	var mu sync.Mutex
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5000 {
				id := store.NewID("crd")
				mu.Lock()
				if seen[id] || !shape.MatchString(id) {
					t.Errorf("id %q", id)
				}
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	var ids []string
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 200 {
		ids = append(ids, store.NewIDAt("x", at.Add(time.Duration(i)*time.Hour)))
	}
	if !slices.IsSorted(ids) {
		t.Error("ids do not sort by age")
	}
}

func TestMillis(t *testing.T) {
	at := time.Date(2026, 3, 29, 3, 30, 0, 7_000_000, time.FixedZone("CEST", 7200))
	if got := store.At(store.Ms(at)); !got.Equal(at) || got.Location() != time.UTC {
		t.Error(got)
	}
	if store.AtPtr(nil) != nil || store.MsPtr(nil) != nil || !store.AtPtr(store.MsPtr(&at)).Equal(at) {
		t.Error("pointers")
	}
}

// Each driver's words become ours.
func TestTranslate_Postgres(t *testing.T) {
	b := trestletest.NewPostgres(t)
	st := b.Store
	for name, c := range map[string]struct{ stmt, code string }{
		"duplicate":         {"INSERT INTO settings (key, value) VALUES ('a',''), ('a','')", "duplicate"},
		"stopped":           {"SELECT pg_terminate_backend(pg_backend_pid())", "unavailable"},
		"cancelled":         {"SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(1)", "unavailable"},
		"something of ours": {"SELECT nothing FROM nowhere", ""},
	} {
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { _, err := tx.Exec(c.stmt); return err })
		f, is := fault.As(err)
		switch {
		case err == nil:
			t.Errorf("%s: no error", name)
		case c.code == "duplicate" && !store.IsDuplicate(err):
			t.Errorf("%s: %v", name, err)
		case c.code == "unavailable" && (!is || f.Code != c.code || f.RetryAfter <= 0):
			t.Errorf("%s: %v", name, err)
		case c.code == "" && is:
			t.Errorf("%s: %v", name, err)
		}
	}
	// the connection that was lost is replaced
	if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { return put(tx, "z", "") }); err != nil {
		t.Error(err)
	}
}

// Connections that die under a write or a read are 503 with a time to come back, and nothing is applied by half.
func TestPostgres_ConnectionsDie(t *testing.T) {
	b := trestletest.NewPostgres(t)
	st := b.Store
	killer, err := sql.Open("pgx", b.Options.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer killer.Close()
	stop := make(chan struct{})
	var done, refused atomic.Int64
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				id := fmt.Sprintf("%d/%d", w, i)
				err := store.Do(t.Context(), st, []string{"org"}, func(tx *store.Tx) error {
					if err := put(tx, id, ""); err != nil {
						return err
					}
					_, err := tx.PublishAbout("org", "org.tested", id, nil)
					return err
				})
				if err == nil {
					done.Add(1)
				} else if !fault.Is(err, "unavailable") {
					t.Errorf("a write: %v", err)
				} else {
					refused.Add(1)
				}
				if _, _, err := st.Topic(t.Context(), "org"); err != nil && !fault.Is(err, "unavailable") {
					t.Errorf("a read: %v", err)
				}
			}
		})
	}
	for range 15 {
		time.Sleep(40 * time.Millisecond)
		if _, err := killer.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
	rows, events := settings(t, st), trestletest.Count(t, st, "SELECT count(*) FROM events")
	// a COMMIT whose answer was lost may have been applied: at least what was acknowledged is there, and whole
	if int64(rows) < done.Load() || rows != events {
		t.Errorf("%d acknowledged, %d rows, %d events", done.Load(), rows, events)
	}
	if refused.Load() == 0 {
		t.Error("nothing was refused: the test did not test")
	}
	verifyChains(t, st)
	t.Logf("%d acknowledged, %d refused", done.Load(), refused.Load())
}

// A conflict that PostgreSQL asks to be run again is run again.
func TestPostgres_RunsAgain(t *testing.T) {
	st := trestletest.NewPostgres(t).Store
	runs := 0
	got, err := store.InTx(t.Context(), st, []string{"org"}, func(tx *store.Tx) (int, error) {
		if runs++; runs < 3 {
			_, err := tx.Exec("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
			return 0, err
		}
		_, err := tx.Publish("org", "org.tested", runs)
		return runs, err
	})
	if err != nil || got != 3 || trestletest.Count(t, st, "SELECT count(*) FROM events") != 1 {
		t.Fatal(got, err)
	}
	if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$")
		return err
	}); !fault.Is(err, "unavailable") || !store.Retryable(err) {
		t.Errorf("a conflict without end: %v", err)
	}
}

func TestTranslate_LeavesFaultsAlone(t *testing.T) {
	f := fault.Conflict("wip_limit", "Full.").Because(context.DeadlineExceeded)
	if got := store.Translate(f); got != error(f) {
		t.Error(got)
	}
	if store.Translate(nil) != nil {
		t.Error("nil")
	}
	if err := store.Translate(fmt.Errorf("x: %w", context.DeadlineExceeded)); !fault.Is(err, "unavailable") {
		t.Error(err)
	}
	if plain := errors.New("x"); store.Translate(plain) != plain {
		t.Error("a plain error changed")
	}
}

func TestCaller_IsWhoActs(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		ada := who.Viewer{PersonID: "per_1", Name: "Ada"}
		_, err := store.InTx(trestletest.Ctx(t, ada), st, []string{"org"}, func(tx *store.Tx) (int, error) {
			if tx.ActorID != "per_1" || tx.ActorName != "Ada" {
				t.Errorf("%q %q", tx.ActorID, tx.ActorName)
			}
			_, err := tx.Publish("org", "org.tested", nil)
			return 0, err
		})
		events, err2 := st.Events(t.Context(), "org", 0, 1)
		if err = errors.Join(err, err2); err != nil || events[0].ActorID != "per_1" || events[0].CommandID != "" {
			t.Fatal(events, err)
		}
	})
}

// Values gives the same rows wherever it is asked: from the pool, and within a write.
func TestQuery_Values(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		const stmt = "SELECT key, 7, NULL FROM settings WHERE key <> ? ORDER BY key"
		stop := errors.New("stop")
		read := func(q *store.Query) (said string, err error) {
			err = q.Values(3, func(row []driver.Value) error {
				n, _ := row[1].(int64)
				said += fmt.Sprint(row[0], " ", n, " ", row[2] == nil, ";")
				return nil
			}, stmt, "none")
			if err == nil && !errors.Is(q.Values(3, func([]driver.Value) error { return stop }, stmt, "none"), stop) {
				err = errors.New("it is not stopped")
			}
			return said, err
		}
		err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			if err := errors.Join(put(tx, "a", ""), put(tx, "b", "")); err != nil {
				return err
			}
			said, err := read(tx.Query)
			if err == nil && said != "a 7 true;b 7 true;" {
				err = errors.New(said)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 20 { // connections go back to the pool, also where reading was stopped
			if said, err := read(st.Rows(t.Context())); err != nil || said != "a 7 true;b 7 true;" {
				t.Fatal(said, err)
			}
		}
		if err := st.Rows(t.Context()).Values(1, func([]driver.Value) error { return nil }, "SELECT nothing FROM nowhere"); err == nil {
			t.Error("nonsense is read")
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := read(st.Rows(ctx)); err == nil {
			t.Error("read after the end")
		}
	})
}
