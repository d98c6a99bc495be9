package measure

import (
	"math/rand/v2"
	"slices"
)

// Trials of a forecast, and the longest that one may run: who needs longer is told that nobody can say.
const (
	Trials  = 10_000
	MaxDays = 3_650
)

// Forecast by Monte Carlo: days drawn with replacement from past daily throughput, zeros included (flow.md 3.6). The
// same seed, days and question give the same answer.
type Forecast struct {
	Seed   uint64
	Daily  []int // the past days drawn from
	Trials int
	// Results of the trials, sorted: items for HowMany, days for When.
	Results []int
	// Never: trials that did not come to an end (When).
	Never int
}

// HowMany items will be finished in so many days?
func HowMany(daily []int, days int, seed uint64) Forecast {
	f := Forecast{Seed: seed, Daily: daily, Trials: Trials, Results: make([]int, Trials)}
	if len(daily) == 0 || days <= 0 {
		return f
	}
	draw := rand.New(rand.NewPCG(seed, 0))
	for t := range f.Results {
		sum := 0
		for range days {
			sum += daily[draw.IntN(len(daily))]
		}
		f.Results[t] = sum
	}
	slices.Sort(f.Results)
	return f
}

// When will so many items be finished, in days from the first drawn? Trials longer than MaxDays are Never.
func When(daily []int, items int, seed uint64) Forecast {
	f := Forecast{Seed: seed, Daily: daily, Trials: Trials}
	if items <= 0 {
		f.Results = make([]int, Trials)
		return f
	}
	if !slices.ContainsFunc(daily, func(n int) bool { return n > 0 }) {
		f.Never = Trials
		return f
	}
	draw := rand.New(rand.NewPCG(seed, 0))
	for range Trials {
		sum, days := 0, 0
		for sum < items && days < MaxDays {
			sum += daily[draw.IntN(len(daily))]
			days++
		}
		if sum < items {
			f.Never++
			continue
		}
		f.Results = append(f.Results, days)
	}
	slices.Sort(f.Results)
	return f
}

// AtLeast is the count that at least so many percent of the trials reached: more confidence, fewer items.
func (f Forecast) AtLeast(percent int) int { return AtLeast(f.Results, percent) }

// AtLeast of sorted results: the largest value that at least so many percent of them reach.
func AtLeast(sorted []int, percent int) int {
	if len(sorted) == 0 {
		return 0
	}
	need := max(1, (percent*len(sorted)+99)/100)
	return sorted[len(sorted)-need]
}

// By is the number of days within which at least so many percent of the trials ended: more confidence, later. ok is
// false when too few of them ended at all.
func (f Forecast) By(percent int) (days int, ok bool) {
	need := max(1, (percent*f.Trials+99)/100)
	if need > len(f.Results) {
		return 0, false
	}
	return f.Results[need-1], true
}

// Likelihood that it is done within so many days, in percent from 1 to 99: a forecast is not a promise. 0 = no forecast.
func (f Forecast) Likelihood(days int) int {
	if f.Trials == 0 {
		return 0
	}
	n := Sample(f.Results).Within(days)
	return min(99, max(1, n*100/f.Trials))
}
