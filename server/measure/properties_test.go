package measure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// wild makes items that move about at random: back, over columns, away and back again, with blockers.
func wild(r *rand.Rand, n int, tame bool) *Record {
	out := &Record{Board: five(), Calendar: NewCalendar(nil), Now: 120 * dayMs}
	for i := range n {
		now := r.Int64N(60 * dayMs)
		it := Item{Key: fmt.Sprint("C-", i), Created: now, Steps: []Step{{At: now, Column: backlog}}}
		column, gone := backlog, false
		for range r.IntN(9) {
			now += r.Int64N(8 * dayMs)
			if now >= out.Now {
				break
			}
			switch {
			case tame:
				if column == done {
					continue
				}
				column += 1 + r.IntN(done-column)
			case !gone && r.IntN(8) == 0:
				it.Steps, gone = append(it.Steps, Step{At: now, Column: Away}), true
				continue
			default:
				column = r.IntN(5)
			}
			gone = false
			it.Steps = append(it.Steps, Step{At: now, Column: column})
		}
		for range r.IntN(3) {
			from := it.Created + r.Int64N(20*dayMs)
			b := Block{Span: Span{from, Unset}, Category: []string{"review", "vendor"}[r.IntN(2)], External: r.IntN(2) == 0}
			if r.IntN(3) > 0 {
				b.To = from + r.Int64N(9*dayMs)
			}
			it.Blocks = append(it.Blocks, b)
		}
		out.Items = append(out.Items, it)
	}
	return out
}

func seeded(t *testing.T, times int, fn func(t *testing.T, r *rand.Rand)) {
	t.Helper()
	for seed := range uint64(times) {
		fn(t, rand.New(rand.NewPCG(seed, 7)))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestDaily_IsWhatCountingEveryItemEveryDayGives(t *testing.T) {
	seeded(t, 120, func(t *testing.T, r *rand.Rand) {
		rec := wild(r, 60, false)
		journeys := rec.Journeys()
		w := Window{Day(r.IntN(30)), Day(60 + r.IntN(70))}
		s := Daily(journeys, w)
		for i := range s.WIP {
			d := w.From + Day(i)
			wip, age, arrived, finished, back := 0, 0, 0, 0, 0
			for k := range journeys {
				j := &journeys[k]
				if j.InProgress(d) {
					wip, age = wip+1, age+j.Age(d)
				}
				if j.StartDay == d {
					arrived++
				}
				if slices.ContainsFunc(j.Aways, func(a DaySpan) bool { return a.To == d }) && j.InProgress(d) {
					back += j.Age(d) // it comes back as old as it has become
				}
				if j.FinishDay == d {
					finished++
				}
			}
			if s.WIP[i] != wip || s.TotalAge[i] != age || s.Arrivals[i] != arrived || s.Finished[i] != finished {
				t.Fatalf("%v: WIP %d (%d), age %d (%d), in %d (%d), out %d (%d)", d, s.WIP[i], wip, s.TotalAge[i], age, s.Arrivals[i], arrived, s.Finished[i], finished)
			}
			if i > 0 && s.TotalAge[i]-s.TotalAge[i-1] > s.WIP[i]+back {
				t.Fatalf("%v: the total age rose by more than a day an item", d)
			}
		}
		mix := WorkMix(journeys, w, func(j *Journey) string { return j.Item.Key[len(j.Item.Key)-1:] })
		sum := 0
		for _, n := range s.WIP {
			sum += n
		}
		if mix.WIPDays != sum {
			t.Fatalf("%d days of work in progress, the run says %d", mix.WIPDays, sum)
		}
	})
}

func TestCumulative_NeverFallsAndNeverCrosses(t *testing.T) {
	seeded(t, 120, func(t *testing.T, r *rand.Rand) {
		tame := r.IntN(2) == 0
		rec := wild(r, 60, tame)
		journeys := rec.Journeys()
		w := Window{Day(r.IntN(40)), Day(60 + r.IntN(60))}
		f := Cumulative(journeys, 5, w)
		for k, line := range f.Reached {
			for i, n := range line {
				if n < 0 || n > len(rec.Items) || i > 0 && n < line[i-1] || k > 0 && n > f.Reached[k-1][i] {
					t.Fatalf("column %d, day %d: %d", k, i, n)
				}
			}
		}
		if !tame {
			return
		}
		s := Daily(journeys, w)
		for i := range s.WIP {
			if got := f.Reached[committed][i] - f.Reached[done][i]; got != s.WIP[i] {
				t.Fatalf("day %d: %d between the lines, %d counted", i, got, s.WIP[i])
			}
		}
	})
}

func TestUnion_CountsEveryInstantOnce(t *testing.T) {
	seeded(t, 200, func(t *testing.T, r *rand.Rand) {
		var spans []Span
		for range r.IntN(6) {
			s := Span{r.Int64N(100), Unset}
			if r.IntN(4) > 0 {
				s.To = s.From + r.Int64N(40)
			}
			spans = append(spans, s)
		}
		from := r.Int64N(60)
		to := from + r.Int64N(60)
		want := int64(0)
		for at := from; at < to; at++ {
			if slices.ContainsFunc(spans, func(s Span) bool { return s.From <= at && (s.To == Unset || at < s.To) }) {
				want++
			}
		}
		if got := Union(spans, from, to); got != want {
			t.Fatalf("%d, not %d", got, want)
		}
	})
}

func TestTimes_HoldTogether(t *testing.T) {
	seeded(t, 60, func(t *testing.T, r *rand.Rand) {
		rec := wild(r, 80, false)
		journeys := rec.Journeys()
		w := Window{0, 120}
		points, out := Finished(journeys, w)
		s := Daily(journeys, w)
		all := 0
		for _, n := range s.Finished {
			all += n
		}
		if len(points)+len(out.NeverStarted)+len(out.Junk) != all {
			t.Fatalf("%d measured, %d and %d excluded, %d finished", len(points), len(out.NeverStarted), len(out.Junk), all)
		}
		for _, p := range points {
			e := rec.Efficiency(p.Journey)
			if p.Days < 1 || e.Active < 0 || e.Active > e.Total || p.Journey.Blocked(rec.Now) > e.Total {
				t.Fatalf("%s: %d days, %+v", p.Journey.Item.Key, p.Days, e)
			}
		}
		times := CycleTimes(points)
		last := 0
		for p := 1; p <= 100 && len(times) > 0; p++ {
			v := times.Percentile(p)
			if v < last || times.Within(v)*100 < p*len(times) {
				t.Fatalf("P%d = %d covers %d of %d", p, v, times.Within(v), len(times))
			}
			last = v
		}
		st := rec.ValueStream(points)
		if st.Rolled < 0 || st.Rolled > 1 || st.Process > st.Lead {
			t.Fatalf("%+v", st)
		}
	})
}

func TestForecast_MoreConfidenceIsFewerItemsAndLaterDays(t *testing.T) {
	seeded(t, 12, func(t *testing.T, r *rand.Rand) {
		daily := make([]int, 90)
		for i := range daily {
			daily[i] = max(0, r.IntN(6)-2)
		}
		seed := r.Uint64()
		many, when := HowMany(daily, 20, seed), When(daily, 25, seed)
		again := When(daily, 25, seed)
		if !slices.Equal(when.Results, again.Results) {
			t.Fatal("the same seed, another forecast")
		}
		items, days := 1<<30, 0
		for p := 5; p <= 95; p += 5 {
			n := many.AtLeast(p)
			d, ok := when.By(p)
			if n > items || !ok || d < days {
				t.Fatalf("%d %%: %d items after %d, day %d after %d", p, n, items, d, days)
			}
			items, days = n, d
		}
		most := 20 * slices.Max(daily)
		if many.Results[Trials-1] > most || many.Results[0] < 0 {
			t.Fatalf("%d items, and at most %d can be", many.Results[Trials-1], most)
		}
		a, _ := When(daily, 10, seed).By(85)
		b, _ := When(daily, 30, seed).By(85)
		if a > b {
			t.Fatalf("30 items by day %d, 10 by day %d", b, a)
		}
		if p := when.Likelihood(days); p < 1 || p > 99 {
			t.Fatalf("%d %% likely", p)
		}
	})
}

func TestLittlesLaw_HoldsWhereWorkIsStationary(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	rec := &Record{Board: five(), Calendar: NewCalendar(nil), Now: 400 * dayMs}
	for d := range int64(400) {
		for range 2 {
			from := d*dayMs + r.Int64N(dayMs)
			it := Item{Created: from, Steps: []Step{{At: from, Column: build}}}
			if to := from + dayMs + r.Int64N(8*dayMs); to < rec.Now {
				it.Steps = append(it.Steps, Step{At: to, Column: done})
			}
			rec.Items = append(rec.Items, it)
		}
	}
	l := LittlesLaw(rec.Journeys(), Window{100, 379})
	for _, c := range l.Conditions {
		if !c.Held {
			t.Errorf("%s does not hold: %v, %v", c.Key, c.A, c.B)
		}
	}
	// The day of the start and the day of the finish both count in a cycle time, the evening of the finish is not in
	// progress: a day less.
	if got := l.CycleTime - 1; got < 0.97*l.Expected || got > 1.03*l.Expected {
		t.Errorf("mean cycle time %.2f, WIP/throughput %.2f", l.CycleTime, l.Expected)
	}
	rec.Items = rec.Items[:len(rec.Items)-400] // nothing more comes in
	l = LittlesLaw(rec.Journeys(), Window{100, 379})
	if l.Conditions[0].Held && l.Conditions[2].Held {
		t.Error("arrivals stopped half-way, and the conditions hold")
	}
}

func TestBehaviour_LimitsOfAKnownSeries(t *testing.T) {
	b := BehaviourOf([]float64{10, 12, 11, 13, 10, 30})
	if b.Mean < 14.33 || b.Mean > 14.34 || b.MeanRange < 5.59999 || b.MeanRange > 5.60001 || len(b.Ranges) != 5 {
		t.Errorf("%+v", b)
	}
	for i, want := range []float64{13.0333, 12.7233, 12.2063, 12.4444, 11.7111, 17.1978} {
		if d := b.Smooth[i] - want; d > 1e-3 || d < -1e-3 {
			t.Errorf("smoothed %v, not %v at %d", b.Smooth[i], want, i)
		}
	}
	if want := b.Mean + 2.66*b.MeanRange; b.Upper != want || b.Lower != 0 || b.Most != 3.268*b.MeanRange || !slices.Equal(b.Outside, []int{5}) {
		t.Errorf("%+v", b)
	}
}

func TestBacktest_ComesTrueAboutAsOftenAsItSays(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	rec := &Record{Board: five(), Calendar: NewCalendar(nil), Now: 1000 * dayMs}
	for d := range int64(1000) {
		for range r.IntN(4) {
			rec.Items = append(rec.Items, Item{Created: d * dayMs, Steps: []Step{{At: d * dayMs, Column: build}, {At: d*dayMs + 1, Column: done}}})
		}
	}
	journeys := rec.Journeys()
	var mornings []Day
	var came []int
	done := Daily(journeys, Window{0, 999})
	for m := Day(100); m < 980; m += 7 {
		sum := 0
		for _, n := range done.Finished[m : m+14] {
			sum += n
		}
		mornings, came = append(mornings, m), append(came, sum)
	}
	checks := Backtest(mornings, rec.Known(journeys, mornings, 90), came, 14, []int{50, 85})
	half, held := 0, 0
	for _, c := range checks {
		if c.AtLeast[0] < c.AtLeast[1] {
			t.Fatalf("more confidence, more items: %+v", c)
		}
		if c.Held(0) {
			half++
		}
		if c.Held(1) {
			held++
		}
	}
	if share := held * 100 / len(checks); len(checks) < 100 || share < 75 || share > 97 || half >= held || half*100/len(checks) < 40 {
		t.Errorf("85 %% came true %d %% of %d times, 50 %% %d times", share, len(checks), half)
	}
}

// The trials of a forecast come near to what is computed exactly.
func TestSums_AreWhatTrialsComeNearTo(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 40 {
		daily := make([]int, 1+r.IntN(120))
		for i := range daily {
			daily[i] = r.IntN(1 + r.IntN(8))
		}
		days := 1 + r.IntN(60)
		exact, tried := Sums(daily, days), HowMany(daily, days, 3)
		sum := 0.0
		for _, p := range exact {
			sum += p
		}
		if sum < 0.999999 || sum > 1.000001 {
			t.Fatalf("chances of %v in all", sum)
		}
		for _, p := range []int{50, 70, 85, 95} {
			if a, b := exact.AtLeast(p), tried.AtLeast(p); a-b > 1+a/50 || b-a > 1+a/50 {
				t.Errorf("%d %% of %d days of %v: %d, and %d by trials", p, days, daily, a, b)
			}
		}
	}
	if one := Sums([]int{2}, 5); one.AtLeast(95) != 10 || Sums(nil, 3).AtLeast(50) != 0 || Sums([]int{0, 0}, 4).AtLeast(50) != 0 {
		t.Error("what is sure is not")
	}
}

// What was finished then and reopened later had finished; what was finished anew later had not yet.
func TestKnown_IsTheRecordAsItStoodThen(t *testing.T) {
	rec := record("2026-11-30", item("a", step(build, "2026-11-02 09:00"), step(done, "2026-11-04 09:00"), step(build, "2026-11-10 09:00"), step(done, "2026-11-12 09:00")),
		item("b", step(build, "2026-11-02 09:00"), step(done, "2026-11-08 09:00")))
	mornings := []Day{day("2026-11-09"), day("2026-11-10"), day("2026-11-11"), day("2026-11-16")}
	known := rec.Known(rec.Journeys(), mornings, 7)
	for i, want := range [][]int{{0, 0, 1, 0, 0, 0, 1}, {0, 1, 0, 0, 0, 1, 0}, {0, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 1, 0, 0, 0}} {
		if !slices.Equal(known[i], want) {
			t.Errorf("on the morning of %s: %v, not %v", mornings[i], known[i], want)
		}
	}
}

func BenchmarkJourneysOfTwentyThousand(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	rec := wild(r, 20_000, false)
	b.ResetTimer()
	for b.Loop() {
		j := rec.Journeys()
		Daily(j, Window{0, 120})
		Cumulative(j, 5, Window{0, 120})
	}
}
