package measure

import (
	"testing"
	"time"
)

// Every row of the table of edge cases (docs/flow.md), by hand.
func TestRules(t *testing.T) {
	t.Run("moved backwards in progress: the clock goes on, the return counts, the window is marked", func(t *testing.T) {
		r := record("2026-11-10 12:00", item("A", step(backlog, "2026-11-01"), step(build, "2026-11-02"), step(testing_, "2026-11-03"), step(build, "2026-11-05"), step(testing_, "2026-11-07")))
		j := one(t, r)
		if j.StartDay != day("2026-11-02") || j.Returns != 1 || j.Age(day("2026-11-10")) != 9 {
			t.Errorf("start %v, returns %d, age %d", j.StartDay, j.Returns, j.Age(day("2026-11-10")))
		}
		if len(j.Corrections) != 1 || j.Corrections[0] != (Correction{testing_, day("2026-11-05"), day("2026-11-07"), false}) {
			t.Errorf("corrections %+v", j.Corrections)
		}
		f := Cumulative(r.Journeys(), 5, Window{day("2026-11-03"), day("2026-11-10")})
		for i, n := range f.Reached[testing_] {
			if n != 1 {
				t.Errorf("day %d: the cumulative flow fell to %d", i, n)
			}
		}
	})
	t.Run("moved back before the start: the clock goes on, unless the board says that it begins anew", func(t *testing.T) {
		r := record("2026-11-10", item("A", step(backlog, "2026-11-01"), step(build, "2026-11-02"), step(backlog, "2026-11-04"), step(build, "2026-11-08")))
		if j := one(t, r); j.StartDay != day("2026-11-02") || !j.InProgress(day("2026-11-06")) {
			t.Errorf("start %v", j.StartDay)
		}
		r.Board.Restart = true
		if j := one(t, r); j.StartDay != day("2026-11-08") || j.InProgress(day("2026-11-06")) {
			t.Errorf("restarted: start %v", j.StartDay)
		}
	})
	t.Run("reopened: the last finish counts, with the first start; in progress until then", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(build, "2026-11-02"), step(done, "2026-11-04"), step(testing_, "2026-11-06"), step(done, "2026-11-09")))
		j := one(t, r)
		if j.FinishDay != day("2026-11-09") || j.CycleTime() != 8 || j.Reopens != 1 || j.Returns != 1 {
			t.Errorf("%v, %d days, %d reopened", j.FinishDay, j.CycleTime(), j.Reopens)
		}
		s := Daily(r.Journeys(), Window{day("2026-11-01"), day("2026-11-10")})
		if s.Finished[3] != 0 || s.Finished[8] != 1 || s.WIP[4] != 1 {
			t.Errorf("throughput %v, WIP %v", s.Finished, s.WIP)
		}
	})
	t.Run("skipped columns: no time in them, but reached", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(backlog, "2026-11-01"), step(testing_, "2026-11-03"), step(done, "2026-11-05")))
		j := one(t, r)
		for k, d := range map[int]string{committed: "2026-11-03", build: "2026-11-03", done: "2026-11-05"} {
			if j.Reached[k] != day(d) {
				t.Errorf("column %d reached on %v", k, j.Reached[k])
			}
		}
		points, _ := Finished(r.Journeys(), Window{0, day("2026-11-20")})
		if s := r.ValueStream(points); s.Steps[1].Items != 0 || s.Steps[1].Lead != 0 {
			t.Errorf("Build %+v", s.Steps[1])
		}
	})
	t.Run("finished without a start: in throughput, not in cycle time, and counted as excluded", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(backlog, "2026-11-01"), step(done, "2026-11-03")))
		w := Window{day("2026-11-01"), day("2026-11-20")}
		points, out := Finished(r.Journeys(), w)
		if len(points) != 0 || len(out.NeverStarted) != 1 || Daily(r.Journeys(), w).Finished[2] != 1 {
			t.Errorf("%d points, excluded %+v", len(points), out)
		}
	})
	t.Run("a history that is not whole: in progress counts, cycle time does not", func(t *testing.T) {
		a := item("A", step(build, "2026-11-02"), step(done, "2026-11-09"))
		b := item("B", step(build, "2026-11-02"))
		a.Incomplete, b.Incomplete = true, true
		r := record("2026-11-20", a, b)
		w := Window{day("2026-11-01"), day("2026-11-20")}
		points, out := Finished(r.Journeys(), w)
		if len(points) != 0 || len(out.Junk) != 1 || Daily(r.Journeys(), w).WIP[19] != 1 {
			t.Errorf("%d points, %d junk", len(points), len(out.Junk))
		}
	})
	t.Run("the same day is 1, a second past midnight is 2", func(t *testing.T) {
		for until, want := range map[string]int{"2026-11-02 23:59:59": 1, "2026-11-03 00:00:00": 2} {
			if j := one(t, record("2026-11-20", item("A", step(build, "2026-11-02 23:59:59"), step(done, until)))); j.CycleTime() != want {
				t.Errorf("until %s: %d", until, j.CycleTime())
			}
		}
	})
	t.Run("days are the board's, through summer time", func(t *testing.T) {
		berlin, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		r := record("2026-11-20", item("A", step(build, "2026-10-24 22:30"), step(done, "2026-10-25 23:30"))) // 00:30 on the 25th, and on the 26th: 25 hours apart there
		if j := one(t, r); j.CycleTime() != 2 {
			t.Errorf("UTC: %d", j.CycleTime())
		}
		r.Calendar = NewCalendar(berlin)
		if j := one(t, r); j.StartDay != day("2026-10-25") || j.FinishDay != day("2026-10-26") {
			t.Errorf("Berlin: %v to %v", j.StartDay, j.FinishDay)
		}
	})
	t.Run("archived after the finish stays finished; archived in progress leaves that day and is discarded", func(t *testing.T) {
		w := Window{day("2026-11-01"), day("2026-11-10")}
		r := record("2026-11-20", item("A", step(build, "2026-11-02"), step(done, "2026-11-04"), step(Away, "2026-11-05")))
		if j := one(t, r); j.FinishDay != day("2026-11-04") || j.Gone != Unset {
			t.Errorf("finished %v, gone %v", j.FinishDay, j.GoneDay)
		}
		r = record("2026-11-20", item("A", step(build, "2026-11-02"), step(Away, "2026-11-05")))
		s := Daily(r.Journeys(), w)
		if s.WIP[3] != 1 || s.WIP[4] != 0 || s.Discarded[4] != 1 || Cumulative(r.Journeys(), 5, w).Discarded[9] != 1 {
			t.Errorf("WIP %v, discarded %v", s.WIP, s.Discarded)
		}
		if points, _ := Finished(r.Journeys(), w); len(points) != 0 {
			t.Error("what was discarded has a cycle time")
		}
	})
	t.Run("away and back: not in progress meanwhile, the same start", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(build, "2026-11-02"), step(Away, "2026-11-04"), step(build, "2026-11-07"), step(done, "2026-11-09")))
		s := Daily(r.Journeys(), Window{day("2026-11-01"), day("2026-11-10")})
		want := []int{0, 1, 1, 0, 0, 0, 1, 1, 0, 0}
		for i := range want {
			if s.WIP[i] != want[i] {
				t.Fatalf("WIP %v, not %v", s.WIP, want)
			}
		}
		if j := one(t, r); j.CycleTime() != 8 {
			t.Errorf("%d days", j.CycleTime())
		}
	})
	t.Run("a column put elsewhere: what was later is judged by the order of the day", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(testing_, "2026-11-02"), step(build, "2026-11-03"), step(done, "2026-11-05")))
		if j := one(t, r); j.Returns != 1 {
			t.Errorf("today's order: %d returns", j.Returns)
		}
		r.Board.Orders = []Order{{From: at("2026-01-01"), Rank: []int{0, 1, 3, 2, 4}}, {From: at("2026-11-10"), Rank: []int{0, 1, 2, 3, 4}}}
		if j := one(t, r); j.Returns != 0 {
			t.Errorf("Test stood before Build then: %d returns", j.Returns)
		}
	})
	t.Run("two moves at the same instant stand in the order in which they were written", func(t *testing.T) {
		j := one(t, record("2026-11-20", item("A", step(build, "2026-11-02"), step(testing_, "2026-11-02"), step(done, "2026-11-02"))))
		if j.CycleTime() != 1 || j.Returns != 0 || len(j.Stints) != 3 {
			t.Errorf("%d days, %d returns, %d stints", j.CycleTime(), j.Returns, len(j.Stints))
		}
	})
	t.Run("overload is judged by the limit of that day", func(t *testing.T) {
		r := record("2026-11-20", item("A", step(build, "2026-11-02 08:00")), item("B", step(build, "2026-11-03 08:00")), item("C", step(build, "2026-11-03 09:00"), step(testing_, "2026-11-06 10:00")))
		limits := map[int][]Limit{build: {{From: at("2026-11-01"), Max: 1}, {From: at("2026-11-05 12:00"), Max: 2}, {From: at("2026-11-08 12:00")}}}
		o := r.Overloads(r.Journeys(), limits, Window{day("2026-11-01"), day("2026-11-10")})
		if len(o) != 1 || o[0].Days != 4 || o[0].Of != 8 || o[0].Worst != 2 || o[0].On[0] != day("2026-11-03") || o[0].On[3] != day("2026-11-06") {
			t.Errorf("%+v", o)
		}
	})
	t.Run("a zone that skips midnight", func(t *testing.T) {
		zone, err := time.LoadLocation("America/Santiago")
		if err != nil {
			t.Fatal(err)
		}
		c := NewCalendar(zone)
		for d := day("2026-01-01"); d < day("2027-01-01"); d++ {
			if s := c.Start(d); c.Day(s) != d || c.Day(s-1) != d-1 {
				t.Fatalf("%v begins at %v", d, time.UnixMilli(s).In(zone))
			}
		}
	})
}

func TestPercentile_IsAValueThatWasSeenAndTheSentenceIsTrue(t *testing.T) {
	s := Sorted([]int{5, 1, 4, 2, 3})
	for p, want := range map[int]int{1: 1, 20: 1, 21: 2, 50: 3, 80: 4, 85: 5, 100: 5} {
		if got := s.Percentile(p); got != want {
			t.Errorf("P%d = %d, not %d", p, got, want)
		}
	}
	if Sample(nil).Percentile(85) != 0 {
		t.Error("of nothing")
	}
}

func TestForecast_FixedHistogram(t *testing.T) {
	// ten trials {9 7 7 5 5 5 5 4 4 3}: 50 % reach 5, 85 % 4, 92 % 3
	results := []int{3, 4, 4, 5, 5, 5, 5, 7, 7, 9}
	for p, want := range map[int]int{50: 5, 85: 4, 92: 3, 100: 3, 10: 9} {
		if got := AtLeast(results, p); got != want {
			t.Errorf("%d %%: %d, not %d", p, got, want)
		}
	}
	f := Forecast{Trials: 10, Results: []int{3, 4, 4, 5, 5, 5, 7, 7, 7, 9}}
	for p, want := range map[int]int{50: 5, 85: 7, 95: 9} {
		if got, ok := f.By(p); got != want || !ok {
			t.Errorf("%d %%: %d, not %d", p, got, want)
		}
	}
	if f := When([]int{0, 0, 0}, 3, 1); f.Never != f.Trials || len(f.Results) != 0 {
		t.Errorf("nothing ever finished: %+v", f)
	} else if _, ok := f.By(50); ok {
		t.Error("nothing ever finished, and yet a day is named")
	}
}

func TestChance_OfOneItemGivenItsAge(t *testing.T) {
	past := Sorted([]int{1, 1, 2, 3, 5, 8, 13, 21})
	for _, c := range []struct{ age, within, met, of int }{{1, 8, 6, 8}, {4, 8, 2, 4}, {9, 8, 0, 2}, {22, 30, 0, 0}} {
		if met, of := past.Chance(c.age, c.within); met != c.met || of != c.of {
			t.Errorf("age %d within %d: %d of %d", c.age, c.within, met, of)
		}
	}
}
