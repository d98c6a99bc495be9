package measure

// Point is one finished item of the cycle-time scatter.
type Point struct {
	Journey *Journey
	Day     Day // finished on
	Days    int
}

// Excluded are finished items that a time measure leaves out, by why; they are listed beside every number.
type Excluded struct {
	NeverStarted []*Journey // finished without having been started: counted in throughput only
	Junk         []*Journey // finished before started, or the history is not whole
}

// Finished are the items that finished in a window, with their cycle times in the order of the journeys.
func Finished(journeys []Journey, w Window) (points []Point, out Excluded) {
	for i := range journeys {
		j := &journeys[i]
		switch {
		case !w.Holds(j.FinishDay):
		case j.Measured():
			points = append(points, Point{j, j.FinishDay, j.CycleTime()})
		case j.Started == Unset && !j.Item.Incomplete:
			out.NeverStarted = append(out.NeverStarted, j)
		default:
			out.Junk = append(out.Junk, j)
		}
	}
	return points, out
}

// CycleTimes are the days of points, sorted.
func CycleTimes(points []Point) Sample {
	days := make([]int, len(points))
	for i := range points {
		days[i] = points[i].Days
	}
	return Sorted(days)
}

// SLE is a service level expectation: this share (percent) finishes in so many days.
type SLE struct{ Days, Percent int }

// Level is how much of the expected days an age has used: 0 under 50 %, 1 from there, 2 from 70 %, 3 from 85 % on.
func (s SLE) Level(days int) int {
	used := days * 100
	switch {
	case s.Days <= 0 || used < 50*s.Days:
		return 0
	case used >= 85*s.Days:
		return 3
	case used >= 70*s.Days:
		return 2
	}
	return 1
}

// Over says whether an age is past what was expected.
func (s SLE) Over(days int) bool { return s.Days > 0 && days > s.Days }

// Chance is the share of past items that finished within so many days among those that had reached an age: the honest
// answer about one item (flow.md 3.6). of = 0: nothing like it has finished, nobody can say.
func (s Sample) Chance(age, within int) (met, of int) {
	reached := s.Within(age - 1) // finished before they got so old
	return max(0, s.Within(within)-reached), len(s) - reached
}

// Aging is one item in progress.
type Aging struct {
	Journey *Journey
	Column  int
	Days    int // since the start
	Here    int // in this column, this stint
	InAll   int // in this column, over all stints
}

// InProgress are the items in progress at the end of a day that still stand on the board, oldest first being the caller's
// wish: they come in the order of the journeys.
func (r *Record) InProgress(journeys []Journey, today Day) []Aging {
	var out []Aging
	for i := range journeys {
		j := &journeys[i]
		here := j.Here()
		if here == nil || !j.InProgress(today) {
			continue
		}
		a := Aging{Journey: j, Column: here.Column, Days: j.Age(today), Here: int(today-r.Calendar.Day(here.From)) + 1}
		var in []DaySpan
		for _, s := range j.Stints {
			if s.Column == here.Column {
				in = append(in, r.days(s.Span, today))
			}
		}
		a.InAll = covered(in)
		out = append(out, a)
	}
	return out
}

// days of a span, cut at today.
func (r *Record) days(s Span, today Day) DaySpan {
	d := DaySpan{r.Calendar.Day(s.From), today}
	if s.To != Unset {
		d.To = min(today, r.Calendar.Day(s.To))
	}
	return d
}

// covered counts the days that spans (in order of From) cover, both ends included; a day in two of them counts once.
func covered(spans []DaySpan) int {
	n, until := 0, Day(Unset)
	for _, s := range spans {
		from := s.From
		if until != Unset && from <= until {
			from = until + 1
		}
		if s.To >= from {
			n += int(s.To-from) + 1
		}
		if until == Unset || s.To > until {
			until = s.To
		}
	}
	return n
}

// Pace is how old finished items were when they left a column, by nearest rank.
type Pace struct {
	Column int
	N      int
	Ages   []int // one per percentile asked for
}

// Paces are the pace bands of the aging chart: for each column in progress, percentiles of age on leaving it over the
// items that finished in a window. Items that went back are left out of the bands (flow.md 3.6); who skipped a column
// left it on the day that a later one was reached.
func (r *Record) Paces(journeys []Journey, w Window, percentiles ...int) []Pace {
	b := &r.Board
	ages := make([][]int, len(b.Columns))
	for i := range journeys {
		j := &journeys[i]
		if !w.Holds(j.FinishDay) || !j.Measured() || j.Returns > 0 {
			continue
		}
		for k := b.Start; k < min(b.Finish, len(b.Columns)-1); k++ {
			if left := j.Reached[k+1]; left != Unset && left >= j.StartDay {
				ages[k] = append(ages[k], j.Age(left))
			}
		}
	}
	var out []Pace
	for k := b.Start; k < min(b.Finish, len(b.Columns)); k++ {
		if b.Columns[k].Retired {
			continue
		}
		s := Sorted(ages[k])
		p := Pace{Column: k, N: len(s)}
		for _, q := range percentiles {
			p.Ages = append(p.Ages, s.Percentile(q))
		}
		out = append(out, p)
	}
	return out
}
