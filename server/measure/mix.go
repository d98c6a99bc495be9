package measure

import "slices"

// Unplanned work: an incident, an expedite, or what was started without having stood in a queue.
func (j *Journey) Unplanned() bool {
	return j.Item.Type == "incident" || j.Item.Class == "expedite" || (j.Started != Unset && !j.Queued)
}

// Part is one kind of work within a mix.
type Part struct {
	Key      string
	Finished int
	WIPDays  int // days in progress within the window, summed over items
}

// Mix is how finished items and days in progress spread over kinds of work. Shares are of the sums.
type Mix struct {
	Parts             []Part
	Finished, WIPDays int
}

// WorkMix spreads a window's work by a key of the item (its type, its class, planned or not). The largest part comes first.
func WorkMix(journeys []Journey, w Window, key func(*Journey) string) Mix {
	at := map[string]int{}
	var m Mix
	for i := range journeys {
		j := &journeys[i]
		done, days := 0, j.daysIn(w)
		if w.Holds(j.FinishDay) {
			done = 1
		}
		if done == 0 && days == 0 {
			continue
		}
		k := key(j)
		n, known := at[k]
		if !known {
			n, m.Parts = len(m.Parts), append(m.Parts, Part{Key: k})
			at[k] = n
		}
		m.Parts[n].Finished += done
		m.Parts[n].WIPDays += days
		m.Finished += done
		m.WIPDays += days
	}
	slices.SortStableFunc(m.Parts, func(a, b Part) int {
		if a.Finished != b.Finished {
			return b.Finished - a.Finished
		}
		return b.WIPDays - a.WIPDays
	})
	return m
}

// daysIn counts the days of a window at whose end the item was in progress.
func (j *Journey) daysIn(w Window) int {
	if j.StartDay == Unset {
		return 0
	}
	from, to := max(w.From, j.StartDay), w.To
	if j.FinishDay != Unset {
		to = min(to, j.FinishDay-1)
	}
	n := max(0, int(to-from)+1)
	if n == 0 {
		return 0
	}
	for _, a := range j.Aways {
		back := to
		if a.To != Unset {
			back = min(to, a.To-1)
		}
		n -= max(0, int(back-max(from, a.From))+1)
	}
	return n
}

// Limit is the most that a column (or the whole board) may hold from an instant on; 0 = none.
type Limit struct {
	From int64
	Max  int
}

// Overload is how long a column held more than the limit of that day.
type Overload struct {
	Column int
	Days   int   // days on which it was over at some time
	Of     int   // days on which there was a limit
	Worst  int   // the most that it held above its limit
	Most   int   // the most that it held while it was over
	On     []Day // the days on which it was over, in order
	Still  bool  // it is over at the end
}

// Overloads judges every column against the limits that held at the time; limits come oldest first. A day counts when
// the column was over at any instant of it.
func (r *Record) Overloads(journeys []Journey, limits map[int][]Limit, w Window) []Overload {
	return r.OverloadsBetween(journeys, limits, r.Calendar.Start(w.From), r.Calendar.Start(w.To+1))
}

// OverloadsBetween is Overloads from one instant up to, but not at, another.
func (r *Record) OverloadsBetween(journeys []Journey, limits map[int][]Limit, begin, end int64) []Overload {
	type change struct {
		at   int64
		by   int
		rule bool
	}
	var out []Overload
	end = min(end, r.Now+1) // what begins at this very instant has begun
	changes := make([][]change, len(r.Board.Columns))
	held := make([]int, len(r.Board.Columns)) // at the beginning
	for i := range journeys {
		for _, s := range journeys[i].Stints {
			if len(limits[s.Column]) == 0 || (s.To != Unset && s.To <= begin) || s.From >= end {
				continue
			}
			if s.From <= begin {
				held[s.Column]++
			} else {
				changes[s.Column] = append(changes[s.Column], change{at: s.From, by: 1})
			}
			if s.To != Unset {
				changes[s.Column] = append(changes[s.Column], change{at: s.To, by: -1})
			}
		}
	}
	for k := range r.Board.Columns {
		if len(limits[k]) == 0 {
			continue
		}
		for i, l := range limits[k] {
			changes[k] = append(changes[k], change{at: l.From, by: i, rule: true})
		}
		slices.SortStableFunc(changes[k], func(a, b change) int { return sign(a.at - b.at) })
		o := Overload{Column: k}
		ruled, over := Day(Unset), Day(Unset) // the last days counted
		holds, limit := held[k], 0
		state := func(from, to int64) {
			from, to = max(from, begin), min(to, end)
			if to <= from || limit == 0 {
				return
			}
			first, last := r.Calendar.Day(from), r.Calendar.Day(to-1)
			o.Of += fresh(&ruled, first, last)
			if holds > limit {
				o.Worst, o.Most = max(o.Worst, holds-limit), max(o.Most, holds)
				for n := fresh(&over, first, last); n > 0; n-- {
					o.On = append(o.On, last-Day(n)+1)
				}
				o.Days = len(o.On)
			}
		}
		since := int64(-1 << 62)
		for i := 0; i < len(changes[k]); {
			at := changes[k][i].at
			state(since, at)
			for ; i < len(changes[k]) && changes[k][i].at == at; i++ {
				if c := changes[k][i]; c.rule {
					limit = limits[k][c.by].Max
				} else {
					holds += c.by
				}
			}
			since = at
		}
		state(since, end)
		o.Still = limit > 0 && holds > limit
		out = append(out, o)
	}
	return out
}

// fresh counts the days from first to last that were not counted before.
func fresh(counted *Day, first, last Day) int {
	if *counted != Unset && first <= *counted {
		first = *counted + 1
	}
	if last < first {
		return 0
	}
	*counted = last
	return int(last-first) + 1
}
