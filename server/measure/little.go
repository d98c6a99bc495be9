package measure

import "math"

// Condition of Little's law, with the figures that decide it.
type Condition struct {
	Key  string // departures | finishes | wip | age | units
	Held bool
	A, B float64
}

// Little is Little's law over a past window: mean cycle time = mean work in progress / mean throughput, with the
// conditions under which it holds (Vacanti). It explains the past; it is never a forecast.
type Little struct {
	WIP, Throughput, CycleTime float64 // means: items, items a day, days
	Expected                   float64 // WIP / Throughput
	Conditions                 []Condition
	N                          int
}

// tolerance of the conditions: a tenth, or one item.
func near(a, b float64) bool { return math.Abs(a-b) <= max(1, 0.1*max(a, b)) }

// LittlesLaw checks the law on a window.
func LittlesLaw(journeys []Journey, w Window) Little {
	s := Daily(journeys, Window{w.From - 1, w.To}) // with the evening before
	points, _ := Finished(journeys, w)
	arrived, finished, gone, wip := 0, 0, 0, 0
	for i := 1; i < len(s.WIP); i++ {
		arrived, finished, gone, wip = arrived+s.Arrivals[i], finished+s.Finished[i], gone+s.Discarded[i], wip+s.WIP[i]
	}
	n := w.Days()
	l := Little{WIP: ratio(wip, n), Throughput: ratio(finished, n), CycleTime: CycleTimes(points).Mean(), N: len(points)}
	if n == 0 {
		return l
	}
	if l.Throughput > 0 {
		l.Expected = l.WIP / l.Throughput
	}
	first, last := s.WIP[0], s.WIP[n]
	ageFirst, ageLast := ratio(s.TotalAge[0], first), ratio(s.TotalAge[n], last)
	l.Conditions = []Condition{
		{"departures", near(float64(arrived), float64(finished)), float64(arrived), float64(finished)},
		{"finishes", gone == 0, float64(gone), float64(arrived)},
		{"wip", near(float64(first), float64(last)), float64(first), float64(last)},
		{"age", ageLast <= ageFirst*1.1+1, ageFirst, ageLast},
		{"units", true, float64(n), 1},
	}
	return l
}

// Behaviour is a process behaviour chart of individual values with moving ranges (Wheeler): natural limits at
// mean ± 2.66 mean moving range, and 3.268 mean moving range for the range itself.
type Behaviour struct {
	Values             []float64
	Ranges             []float64 // one fewer
	Mean, Upper, Lower float64
	MeanRange, Most    float64
	Outside            []int // indices of values beyond the limits
	Smooth             []float64
}

// smoothing is the weight of the newest value in a smoothed series, as is usual for individual values (NIST/SEMATECH
// e-Handbook of Statistical Methods, 6.3.2.4: 0.2 to 0.3).
const smoothing = 0.3

// BehaviourOf computes the limits of a series; lower limits end at 0, for no measure of flow falls below it.
func BehaviourOf(values []float64) Behaviour {
	b := Behaviour{Values: values}
	if len(values) < 2 {
		return b
	}
	for i, v := range values {
		b.Mean += v / float64(len(values))
		if i > 0 {
			d := math.Abs(v - values[i-1])
			b.Ranges = append(b.Ranges, d)
			b.MeanRange += d / float64(len(values)-1)
		}
	}
	level := b.Mean // exponentially weighted moving average, which begins at the mean
	for _, v := range values {
		level += smoothing * (v - level)
		b.Smooth = append(b.Smooth, level)
	}
	b.Upper, b.Lower, b.Most = b.Mean+2.66*b.MeanRange, max(0, b.Mean-2.66*b.MeanRange), 3.268*b.MeanRange
	for i, v := range values {
		if v > b.Upper || v < b.Lower {
			b.Outside = append(b.Outside, i)
		}
	}
	return b
}
