package trestletest_test

import (
	"testing"

	"trestle/server/clock"
	"trestle/server/store"
	"trestle/server/trestletest"
)

func TestEach_GivesAFreshMigratedStoreWithPeople(t *testing.T) {
	t.Parallel()
	for range 2 { // the second time nothing of the first is left
		trestletest.Each(t, func(t *testing.T, st *store.Store) {
			if n := trestletest.Count(t, st, "SELECT count(*) FROM people"); n != 0 {
				t.Fatalf("%d people before anybody came", n)
			}
			cast := trestletest.MakeCast(t, st)
			if n := trestletest.Count(t, st, "SELECT count(*) FROM members WHERE team_id = ?", cast.Team); n != 4 {
				t.Fatalf("%d members", n)
			}
			if !st.Now().Equal(trestletest.Begin) {
				t.Fatal("the clock does not stand still")
			}
		})
	}
}

func TestWithClock(t *testing.T) {
	st := trestletest.Open(t, trestletest.WithClock(clock.Real{}))
	if st.Now().Equal(trestletest.Begin) {
		t.Fatal("not the real clock")
	}
}
