package store_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// Requests that are refused before they write, after it, by a panic after it, or not at all, mixed at random by
// eight clients: what was acknowledged is there once, what was refused is not, and sequences have no gap.
func TestWriter_RefusalsMixed(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		no := fault.Conflict("no", "No.")
		write := func(key string, how int) error {
			return store.Do(t.Context(), st, []string{"org"}, func(tx *store.Tx) error {
				if how == 0 {
					return no
				}
				if err := put(tx, key, ""); err != nil {
					return err
				}
				if _, err := tx.Publish("org", "org.tested", key); err != nil {
					return err
				}
				switch how {
				case 1:
					return no
				case 2:
					panic("a bug")
				}
				return nil
			})
		}
		acknowledged := make([][]string, 8)
		var wg sync.WaitGroup
		for w := range acknowledged {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(seed, uint64(w)))
				for i := range 150 {
					how := 3
					// quiet stretches, in which savepoints are left out again, and rough ones
					if i/40%2 == 0 && r.IntN(6) == 0 {
						how = r.IntN(3)
					}
					key := fmt.Sprintf("%d/%d", w, i)
					err := write(key, how)
					if (err == nil) != (how == 3) {
						t.Errorf("%s, how %d: %v", key, how, err)
					}
					if err == nil {
						acknowledged[w] = append(acknowledged[w], key)
					}
				}
			})
		}
		wg.Wait()
		all := 0
		for _, keys := range acknowledged {
			all += len(keys)
			for _, key := range keys {
				if n := trestletest.Count(t, st, "SELECT count(*) FROM settings WHERE key = ?", key); n != 1 {
					t.Errorf("%s was acknowledged and is there %d times", key, n)
				}
			}
		}
		events := trestletest.Count(t, st, "SELECT count(*) FROM events WHERE topic = 'org'")
		last := trestletest.Count(t, st, "SELECT max(seq) FROM events WHERE topic = 'org'")
		if n := settings(t, st); n != all || events != all || last != all {
			t.Errorf("%d acknowledged, %d rows, %d events, last sequence %d", all, n, events, last)
		}
		if all == 8*150 {
			t.Error("nothing was refused: the test did not test")
		}
	})
}
