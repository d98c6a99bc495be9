package store_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/store"
	"trestle/server/trestletest"
)

// Whoever works off jobs hears of one that is due at once after its commit, and of no other.
func TestOnJob(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, s *store.Store) {
		var heard atomic.Int32
		s.OnJob(func() { heard.Add(1) })
		enqueue := func(later time.Duration, end error) {
			err := store.Do(t.Context(), s, nil, func(tx *store.Tx) error {
				if err := tx.Enqueue("test", "", struct{}{}, tx.Now.Add(later)); err != nil {
					t.Fatal(err)
				}
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
		}
		enqueue(time.Hour, nil)
		enqueue(0, errors.New("rolled back"))
		if n := heard.Load(); n != 0 {
			t.Errorf("heard %d times of what is later, or is not", n)
		}
		enqueue(0, nil)
		for until := time.Now().Add(5 * time.Second); heard.Load() == 0 && time.Now().Before(until); {
			time.Sleep(time.Millisecond) // the writer may have answered before it tells
		}
		if n := heard.Load(); n != 1 {
			t.Errorf("heard %d times of what is due", n)
		}
	})
}
