package measure

// Window is a run of days, both ends included.
type Window struct{ From, To Day }

// Days in the window.
func (w Window) Days() int { return max(0, int(w.To-w.From)+1) }

// Holds says whether a day lies in the window.
func (w Window) Holds(d Day) bool { return d != Unset && w.From <= d && d <= w.To }

// Series are the daily numbers of a window; index 0 is Window.From.
type Series struct {
	Window   Window
	WIP      []int // started and not finished at the end of the day
	TotalAge []int // sum of the ages of what is in progress, in days
	Arrivals []int // started on the day
	Finished []int // throughput; a day without is 0 and counts
	// Discarded left the board unfinished on the day: out of progress, never throughput.
	Discarded []int
}

// Net is what was started minus what was finished on a day. WIP changes by that, less what was discarded that day.
func (s *Series) Net(i int) int { return s.Arrivals[i] - s.Finished[i] }

// Daily counts a window's days. It walks every journey once: changes first, then their running sum.
func Daily(journeys []Journey, w Window) Series {
	n := w.Days()
	s := Series{Window: w, WIP: make([]int, n), TotalAge: make([]int, n), Arrivals: make([]int, n), Finished: make([]int, n), Discarded: make([]int, n)}
	if n == 0 {
		return s
	}
	// in progress from StartDay up to, but not on, the end: the count changes at both, and the sum of start days with it
	count, starts := make([]int, n+1), make([]int, n+1)
	stay := func(from, to Day, start Day) {
		if to != Unset && to <= from || from > w.To || to != Unset && to <= w.From {
			return
		}
		i, k := max(0, int(from-w.From)), n
		if to != Unset && to <= w.To {
			k = int(to - w.From)
		}
		count[i]++
		count[k]--
		starts[i] += int(start)
		starts[k] -= int(start)
	}
	for i := range journeys {
		j := &journeys[i]
		if w.Holds(j.FinishDay) {
			s.Finished[j.FinishDay-w.From]++
		}
		if w.Holds(j.GoneDay) && j.Started != Unset {
			s.Discarded[j.GoneDay-w.From]++
		}
		if j.StartDay == Unset {
			continue
		}
		if w.Holds(j.StartDay) {
			s.Arrivals[j.StartDay-w.From]++
		}
		from := j.StartDay
		for _, a := range j.Aways {
			if a.To != Unset && a.To <= from {
				continue
			}
			stay(from, earlier(max(from, a.From), j.FinishDay), j.StartDay)
			if from = a.To; from == Unset {
				break
			}
		}
		if from != Unset {
			stay(from, j.FinishDay, j.StartDay)
		}
	}
	inside, sum := 0, 0
	for i := range n {
		inside, sum = inside+count[i], sum+starts[i]
		s.WIP[i] = inside
		s.TotalAge[i] = inside*(int(w.From)+i+1) - sum
	}
	return s
}

// earlier of two days, where Unset never comes.
func earlier(a, b Day) Day {
	if b == Unset || (a != Unset && a < b) {
		return a
	}
	return b
}

// Weekly sums a daily series by ISO weeks (Monday first); the first and last week may be cut by the window.
func Weekly(w Window, daily []int) (mondays []Day, sums []int) {
	for i, n := range daily {
		m := (w.From + Day(i)).Monday()
		if len(mondays) == 0 || mondays[len(mondays)-1] != m {
			mondays, sums = append(mondays, m), append(sums, 0)
		}
		sums[len(sums)-1] += n
	}
	return mondays, sums
}

// CumulativeFlow counts, for every column and day, the items that had reached the column or any later one by the end of
// the day (flow.md 3.4). It never falls: a return is a Correction, not a dip. Items that left the board unfinished are
// counted in Discarded as well as where they had got to.
type CumulativeFlow struct {
	Window      Window
	Reached     [][]int // [column][day]
	Discarded   []int
	Corrections []Correction
}

// Cumulative draws the cumulative flow of a window. Incomplete items stand where they stand since they were created.
func Cumulative(journeys []Journey, columns int, w Window) CumulativeFlow {
	n := w.Days()
	f := CumulativeFlow{Window: w, Reached: make([][]int, columns), Discarded: make([]int, n)}
	for k := range f.Reached {
		f.Reached[k] = make([]int, n)
	}
	if n == 0 {
		return f
	}
	for i := range journeys {
		j := &journeys[i]
		for k, d := range j.Reached {
			if d != Unset && d <= w.To {
				f.Reached[k][max(0, d-w.From)]++
			}
		}
		if j.GoneDay != Unset && j.GoneDay <= w.To {
			f.Discarded[max(0, j.GoneDay-w.From)]++
		}
		for _, c := range j.Corrections {
			if c.Open {
				c.To = w.To
			}
			if c.From <= w.To && c.To >= w.From {
				f.Corrections = append(f.Corrections, c)
			}
		}
	}
	for _, line := range append(f.Reached, f.Discarded) {
		for i := 1; i < n; i++ {
			line[i] += line[i-1]
		}
	}
	return f
}
