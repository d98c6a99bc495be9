package measure

import "slices"

// StreamStep is one column of the value stream.
type StreamStep struct {
	Column int
	Items  int // that spent time here
	// Lead is the mean time from coming in to going on, over all stays of an item; Process the mean time in it that was
	// active and not blocked: an estimate, for the record holds no hands. Milliseconds.
	Lead, Process float64
	// Handed is how often work went on to a later column, Back how often it came back from a later one to here or before.
	Handed, Back int
}

// CompleteAccurate is the share of what was handed over that did not come back, 0 to 1; ok is false when nothing was.
func (s StreamStep) CompleteAccurate() (share float64, ok bool) {
	if s.Handed == 0 {
		return 0, false
	}
	return max(0, 1-float64(s.Back)/float64(s.Handed)), true
}

// Stream is a board's value stream over what finished in a window.
type Stream struct {
	Steps []StreamStep
	// Lead and Process are sums over the steps; Rolled is the product of the shares that are known.
	Lead, Process, Rolled float64
	// Constraint is the step where work waits longest in all, -1 when there is none.
	Constraint int
	N          int
}

// Activity is the share of lead time in which somebody could have worked.
func (s Stream) Activity() float64 {
	if s.Lead == 0 {
		return 0
	}
	return s.Process / s.Lead
}

// ValueStream draws the columns from start to finish as a stream.
func (r *Record) ValueStream(points []Point) Stream {
	b := &r.Board
	steps := make([]StreamStep, len(b.Columns))
	last := make([]int, len(b.Columns)) // the item counted last, plus one
	for n, p := range points {
		j := p.Journey
		blocks := make([]Span, len(j.Item.Blocks))
		for i, k := range j.Item.Blocks {
			blocks[i] = k.Span
		}
		for i, s := range j.Stints {
			next := Away
			if i+1 < len(j.Stints) {
				next = j.Stints[i+1].Column
			}
			if next != Away && next < s.Column { // sent back: whoever had handed it on, from there to here
				for k := max(b.Start, next); k < min(s.Column, b.Finish); k++ {
					steps[k].Back++
				}
			}
			if s.Column < b.Start || s.Column >= b.Finish || s.To == Unset {
				continue
			}
			st := &steps[s.Column]
			if last[s.Column] != n+1 {
				last[s.Column] = n + 1
				st.Items++
			}
			st.Lead += float64(s.To - s.From)
			if b.Columns[s.Column].Kind == Active {
				st.Process += float64(s.To - s.From - Union(blocks, s.From, s.To))
			}
			if next > s.Column {
				st.Handed++
			}
		}
	}
	out := Stream{Rolled: 1, Constraint: -1, N: len(points)}
	worst := 0.0
	for k := b.Start; k < min(b.Finish, len(b.Columns)); k++ {
		s := steps[k]
		s.Column = k
		if b.Columns[k].Retired && s.Items == 0 {
			continue
		}
		if wait := s.Lead - s.Process; wait > worst {
			worst, out.Constraint = wait, len(out.Steps)
		}
		if s.Items > 0 {
			s.Lead, s.Process = s.Lead/float64(s.Items), s.Process/float64(s.Items)
		}
		if share, ok := s.CompleteAccurate(); ok {
			out.Rolled *= share
		}
		out.Lead, out.Process = out.Lead+s.Lead, out.Process+s.Process
		out.Steps = append(out.Steps, s)
	}
	return out
}

// Return is one move back, with the reason that was given.
type Return struct {
	Journey  *Journey
	At       int64
	From, To int
	Reason   string
}

// Returns in a window, in order of time.
func (r *Record) Returns(journeys []Journey, w Window) []Return {
	var out []Return
	for i := range journeys {
		j := &journeys[i]
		if j.Returns == 0 {
			continue
		}
		before := Away
		for _, s := range j.Item.Steps {
			if s.Column != Away && later(r.Board.rank(s.At), before, s.Column) && w.Holds(r.Calendar.Day(s.At)) {
				out = append(out, Return{j, s.At, before, s.Column, s.Reason})
			}
			before = s.Column
		}
	}
	slices.SortStableFunc(out, func(a, b Return) int { return sign(a.At - b.At) })
	return out
}
