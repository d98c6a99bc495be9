package measure

// Known is daily throughput as the record stood on the morning of some days: for each of them, how many items had finished
// on each of the days before it, the oldest first. What was finished then and reopened later had finished; what was finished
// again later had not yet.
func (r *Record) Known(journeys []Journey, mornings []Day, history int) [][]int {
	known := make([][]int, len(mornings))
	for i := range known {
		known[i] = make([]int, history)
	}
	for i := range journeys {
		for _, s := range r.finishes(&journeys[i]) {
			for k, m := range mornings {
				if back := int(m - s.From); back >= 1 && back <= history && (s.To == Unset || s.To >= m) {
					known[k][history-back]++
				}
			}
		}
	}
	return known
}

// finishes are the times in which an item counted as finished: from the day of its finish until it was reopened.
func (r *Record) finishes(j *Journey) []DaySpan {
	if j.Reopens == 0 {
		if j.FinishDay == Unset {
			return nil
		}
		return []DaySpan{{j.FinishDay, Unset}}
	}
	var out []DaySpan
	finished := false
	for _, s := range j.Stints {
		switch past := s.Column >= r.Board.Finish; {
		case past && !finished:
			out, finished = append(out, DaySpan{r.Calendar.Day(s.From), Unset}), true
		case !past && finished:
			out[len(out)-1].To, finished = r.Calendar.Day(s.From), false
		}
	}
	return out
}

// Check is one forecast of the past held against what came.
type Check struct {
	From    Day
	AtLeast []int // items, at each of the confidences asked for
	Came    int
	N       int // finished items that the forecast rested on
}

// Held says whether as many came as were said at a confidence.
func (c Check) Held(i int) bool { return c.Came >= c.AtLeast[i] }

// Backtest asks for every morning how many items were to come in the days from it on, from what was known then, and what came:
// "of 26 forecasts at 85 %, 22 came true". A forecast is computed as what its trials come ever nearer to, so that it has no
// chance of its own. Fewer than FewItems known is no forecast; those mornings are left out.
func Backtest(mornings []Day, known [][]int, came []int, horizon int, percents []int) []Check {
	var out []Check
	for i, m := range mornings {
		c := Check{From: m, Came: came[i]}
		for _, n := range known[i] {
			c.N += n
		}
		if c.N < FewItems {
			continue
		}
		chances := Sums(known[i], horizon)
		for _, p := range percents {
			c.AtLeast = append(c.AtLeast, chances.AtLeast(p))
		}
		out = append(out, c)
	}
	return out
}

// Chances of a number of items: index = items, the sum is 1.
type Chances []float64

// Sums are the chances of the sum of so many days drawn with replacement from past daily throughput: what HowMany comes
// nearer to, the more trials it makes.
func Sums(daily []int, days int) Chances {
	one := Chances{1}
	if len(daily) == 0 || days <= 0 {
		return one
	}
	day := Chances{}
	for _, n := range daily {
		for len(day) <= n {
			day = append(day, 0)
		}
		day[n] += 1 / float64(len(daily))
	}
	for sum := one; ; day = day.and(day) { // by halves: 28 days are 16 and 8 and 4
		if days&1 == 1 {
			sum = sum.and(day)
		}
		if days >>= 1; days == 0 {
			return sum
		}
	}
}

// and is the chances of both together. What is as good as impossible at the far end is left away.
func (c Chances) and(d Chances) Chances {
	out := make(Chances, len(c)+len(d)-1)
	for i, p := range c {
		if p == 0 {
			continue
		}
		for k, q := range d {
			out[i+k] += p * q
		}
	}
	n := len(out)
	for n > 1 && out[n-1] < 1e-12 {
		n--
	}
	return out[:n]
}

// AtLeast is the most that is reached with a chance of so many percent: more confidence, fewer items.
func (c Chances) AtLeast(percent int) int {
	need, sum := float64(percent)/100-1e-9, 0.0
	for k := len(c) - 1; k > 0; k-- {
		if sum += c[k]; sum >= need {
			return k
		}
	}
	return 0
}
