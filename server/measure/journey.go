package measure

// Stint is one stay of an item in one column; To = Unset while it is there.
type Stint struct {
	Column int
	Span
}

// Journey is what a history comes to under the board's points.
type Journey struct {
	Item *Item
	// Started is the first entry at or past the start point, Finished the last entry at or past the finish while the item
	// stayed there; Gone is when it left the board unfinished. Unset = not (yet).
	Started, Finished, Gone int64
	// The same as days.
	StartDay, FinishDay, GoneDay, CreatedDay Day
	// Committed is the first entry into a queue before the start, or the creation where there was none.
	Committed int64
	Stints    []Stint
	// Reached is the first day on which the item had reached each column or any later one.
	Reached []Day
	// Returns counts moves to an earlier column, Reopens those that left the finish.
	Returns, Reopens int
	Corrections      []Correction
	// Aways are the days on which it was not on the board though unfinished: gone on From, back on To (Unset = still gone).
	Aways []DaySpan
	// Queued: it stood in a queue column before it was started.
	Queued bool
}

// DaySpan is a run of days.
type DaySpan struct{ From, To Day }

// Correction is a time in which an item stood before a column that it had reached already: the cumulative flow keeps
// it at its high-water mark and says so.
type Correction struct {
	Column   int // the highest column reached
	From, To Day // To is the day on which it was made good, or the last day asked for
	Open     bool
}

// Journeys follows every item of a record.
func (r *Record) Journeys() []Journey {
	out := make([]Journey, len(r.Items))
	n := len(r.Board.Columns)
	days := make([]Day, n*len(r.Items)) // one piece of memory for all
	stints := 0
	for i := range r.Items {
		stints += len(r.Items[i].Steps)
	}
	room := make([]Stint, 0, stints)
	for i := range r.Items {
		begin := len(room)
		room = r.follow(&out[i], &r.Items[i], days[i*n:(i+1)*n:(i+1)*n], room)
		out[i].Stints = room[begin:len(room):len(room)]
	}
	return out
}

func (r *Record) follow(j *Journey, item *Item, reached []Day, stints []Stint) []Stint {
	b, cal := &r.Board, r.Calendar
	*j = Journey{Item: item, Started: Unset, Finished: Unset, Gone: Unset, StartDay: Unset, FinishDay: Unset, GoneDay: Unset,
		Committed: item.Created, CreatedDay: cal.Day(item.Created), Reached: reached, Queued: item.Planned}
	for k := range reached {
		reached[k] = Unset
	}
	begin, committed := len(stints), false
	at, high := Away, -1 // the column it stands in, and the highest one reached
	for _, s := range item.Steps {
		if len(stints) > begin && stints[len(stints)-1].To == Unset {
			stints[len(stints)-1].To = s.At
		}
		if s.Column == Away {
			if j.Finished == Unset && at != Away {
				j.Gone = s.At
				j.Aways = append(j.Aways, DaySpan{cal.Day(s.At), Unset})
			}
			at = Away
			continue
		}
		day, before := cal.Day(s.At), at
		if j.Gone != Unset {
			j.Gone, j.Aways[len(j.Aways)-1].To = Unset, day
		}
		stints = append(stints, Stint{s.Column, Span{s.At, Unset}})
		if later(b.rank(s.At), before, s.Column) {
			j.Returns++
		}
		b.reach(reached, s.Column, s.At, day)
		c := j.correction()
		switch {
		case s.Column >= high:
			if c != nil {
				c.To, c.Open = day, false
			}
			high = s.Column
		case c == nil:
			j.Corrections = append(j.Corrections, Correction{Column: high, From: day, Open: true})
		}
		at = s.Column
		switch {
		case s.Column >= b.Finish:
			if j.Finished == Unset {
				j.Finished = s.At
			}
		default:
			if j.Finished != Unset {
				j.Reopens++
			}
			j.Finished = Unset
			switch {
			case s.Column >= b.Start:
				if j.Started == Unset {
					j.Started = s.At
				}
			case b.Restart:
				j.Started = Unset
			}
			if s.Column < b.Start && b.Columns[s.Column].Kind == Queue && j.Started == Unset {
				j.Queued = true
				if !committed {
					j.Committed, committed = s.At, true
				}
			}
		}
	}
	if j.Started != Unset {
		j.StartDay = cal.Day(j.Started)
	}
	if j.Finished != Unset {
		j.FinishDay = cal.Day(j.Finished)
	}
	if j.Gone != Unset {
		j.GoneDay = cal.Day(j.Gone)
	}
	return stints
}

// correction that is not made good yet, nil when there is none.
func (j *Journey) correction() *Correction {
	if n := len(j.Corrections); n > 0 && j.Corrections[n-1].Open {
		return &j.Corrections[n-1]
	}
	return nil
}

// later: does the first column stand behind the second, by the ranks of the day?
func later(rank []int, from, to int) bool {
	if from == Away {
		return false
	}
	if rank == nil {
		return from > to
	}
	return rank[from] > rank[to]
}

// reach marks the day for a column and for all before it, by the order of that day and by today's: whoever skips a
// column has spent no time there, but has reached it.
func (b *Board) reach(reached []Day, column int, at int64, day Day) {
	rank := b.rank(at)
	for k := range reached {
		if reached[k] == Unset && (k <= column || (rank != nil && rank[k] <= rank[column])) {
			reached[k] = day
		}
	}
	if rank == nil {
		return
	}
	for k := len(reached) - 2; k >= 0; k-- { // never fewer at an earlier column
		if reached[k+1] != Unset && (reached[k] == Unset || reached[k] > reached[k+1]) {
			reached[k] = reached[k+1]
		}
	}
}

// Measured: started and finished, in this order, with a history that is known.
func (j *Journey) Measured() bool {
	return j.Started != Unset && j.Finished != Unset && j.FinishDay >= j.StartDay && !j.Item.Incomplete
}

// CycleTime is start to finish in days, at least 1 (flow.md 3.4); only of what is Measured.
func (j *Journey) CycleTime() int { return int(j.FinishDay-j.StartDay) + 1 }

// LeadTime is commitment (or creation) to finish in days.
func (j *Journey) LeadTime(cal *Calendar, fromCommitment bool) int {
	from := j.CreatedDay
	if fromCommitment {
		from = cal.Day(j.Committed)
	}
	return int(j.FinishDay-from) + 1
}

// ReactionTime is creation to start in days.
func (j *Journey) ReactionTime() int { return int(j.StartDay-j.CreatedDay) + 1 }

// InProgress: is it work in progress at the end of a day? What finished or left on that day is not.
func (j *Journey) InProgress(day Day) bool {
	if j.StartDay == Unset || j.StartDay > day || (j.FinishDay != Unset && j.FinishDay <= day) {
		return false
	}
	for _, a := range j.Aways {
		if a.From <= day && (a.To == Unset || day < a.To) {
			return false
		}
	}
	return true
}

// Age in days at the end of a day, the first one counted.
func (j *Journey) Age(day Day) int { return int(day-j.StartDay) + 1 }

// Here is the stint that lasts, nil when the item is away.
func (j *Journey) Here() *Stint {
	if n := len(j.Stints); n > 0 && j.Stints[n-1].To == Unset {
		return &j.Stints[n-1]
	}
	return nil
}
