package measure

import "slices"

// Union is the time that spans cover within [from, to), in milliseconds; what overlaps counts once. Open spans last
// until to. The spans are sorted in place.
func Union(spans []Span, from, to int64) int64 {
	slices.SortFunc(spans, func(a, b Span) int {
		switch {
		case a.From < b.From:
			return -1
		case a.From > b.From:
			return 1
		}
		return 0
	})
	total, reached := int64(0), from
	for _, s := range spans {
		end := s.To
		if end == Unset || end > to {
			end = to
		}
		if begin := max(s.From, reached); end > begin {
			total += end - begin
			reached = end
		}
	}
	return total
}

// span in which an item's work counts: start to finish, to when it left, or to now; ok is false for what never started.
func (j *Journey) span(now int64) (from, to int64, ok bool) {
	to = now
	switch {
	case j.Started == Unset:
		return 0, 0, false
	case j.Finished != Unset:
		to = j.Finished
	case j.Gone != Unset:
		to = j.Gone
	}
	return j.Started, to, to >= j.Started
}

// Blocked is how long an item was blocked between start and finish, in milliseconds: the union of its blockers, so two at
// once count once, and what was blocked before the start does not count (flow.md 3.4).
func (j *Journey) Blocked(now int64) int64 {
	from, to, ok := j.span(now)
	if !ok || len(j.Item.Blocks) == 0 {
		return 0
	}
	spans := make([]Span, len(j.Item.Blocks))
	for i, b := range j.Item.Blocks {
		spans[i] = b.Span
	}
	return Union(spans, from, to)
}

// Efficiency is time worked and waited between start and finish, in milliseconds.
type Efficiency struct {
	Active, Total int64
	N             int
}

// Share of time that was active, 0 to 1. Time in an active column is no proof that somebody worked (Open Guide to Kanban).
func (e Efficiency) Share() float64 {
	if e.Total == 0 {
		return 0
	}
	return float64(e.Active) / float64(e.Total)
}

// Efficiency of one item: active is time in columns that work, minus blocked; queues wait.
func (r *Record) Efficiency(j *Journey) Efficiency {
	from, to, ok := j.span(r.Now)
	if !ok {
		return Efficiency{}
	}
	e := Efficiency{Total: to - from, N: 1}
	blocks := make([]Span, len(j.Item.Blocks))
	for i, b := range j.Item.Blocks {
		blocks[i] = b.Span
	}
	for _, s := range j.Stints {
		if r.Board.Columns[s.Column].Kind != Active {
			continue
		}
		begin, end := max(from, s.From), to
		if s.To != Unset {
			end = min(to, s.To)
		}
		if end > begin {
			e.Active += end - begin - Union(blocks, begin, end)
		}
	}
	return e
}

// FlowEfficiency of what finished in a window: sum of active over sum of total, never a mean of shares.
func (r *Record) FlowEfficiency(points []Point) Efficiency {
	var all Efficiency
	for _, p := range points {
		e := r.Efficiency(p.Journey)
		all.Active, all.Total, all.N = all.Active+e.Active, all.Total+e.Total, all.N+1
	}
	return all
}

// Cluster is what one category of blockers cost.
type Cluster struct {
	Category string
	External bool
	Count    int
	Items    []*Journey // whom it held, each once
	Total    int64      // milliseconds, clipped to start and finish
	Share    float64    // of all blocked time; clusters may overlap in time, so shares are of the sum of clusters
}

// Mean length of one blocker, in milliseconds.
func (c Cluster) Mean() int64 {
	if c.Count == 0 {
		return 0
	}
	return c.Total / int64(c.Count)
}

// Clusters groups the blockers that closed in a window by category, the costliest first, internal before external where
// they are alike.
func (r *Record) Clusters(journeys []Journey, w Window) []Cluster {
	type key struct {
		category string
		external bool
	}
	at := map[key]int{}
	var out []Cluster
	sum := int64(0)
	for i := range journeys {
		j := &journeys[i]
		from, to, ok := j.span(r.Now)
		if !ok {
			continue
		}
		for _, b := range j.Item.Blocks {
			if b.To == Unset || !w.Holds(r.Calendar.Day(b.To)) {
				continue
			}
			length := min(b.To, to) - max(b.From, from)
			if length <= 0 {
				continue
			}
			k := key{b.Category, b.External}
			n, known := at[k]
			if !known {
				n, out = len(out), append(out, Cluster{Category: b.Category, External: b.External})
				at[k] = n
			}
			c := &out[n]
			c.Count, c.Total, sum = c.Count+1, c.Total+length, sum+length
			if m := len(c.Items); m == 0 || c.Items[m-1] != j {
				c.Items = append(c.Items, j)
			}
		}
	}
	for i := range out {
		out[i].Share = float64(out[i].Total) / float64(sum)
	}
	slices.SortStableFunc(out, func(a, b Cluster) int {
		switch {
		case a.Total != b.Total:
			return sign(b.Total - a.Total)
		case a.External != b.External:
			if b.External {
				return -1
			}
			return 1
		}
		return 0
	})
	return out
}

func sign(n int64) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// Handoffs counts, after the start, how often all owners were replaced by people of another discipline or another team.
func (j *Journey) Handoffs() int {
	if j.Started == Unset || len(j.Item.Owners) == 0 {
		return 0
	}
	end := j.Finished
	type change struct {
		at    int64
		index int
		come  bool
	}
	var changes []change
	for i, o := range j.Item.Owners {
		changes = append(changes, change{o.From, i, true})
		if o.To != Unset {
			changes = append(changes, change{o.To, i, false})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return sign(a.at - b.at) })
	type side struct{ discipline, team string }
	present, last := map[int]bool{}, map[side]bool{}
	n := 0
	for i := 0; i < len(changes); {
		at := changes[i].at
		for ; i < len(changes) && changes[i].at == at; i++ {
			if changes[i].come {
				present[changes[i].index] = true
			} else {
				delete(present, changes[i].index)
			}
		}
		if end != Unset && at >= end {
			break
		}
		if len(present) == 0 { // put down for a while: the next owner decides whether it was handed over
			continue
		}
		now, kept := map[side]bool{}, false
		for o := range present {
			s := side{j.Item.Owners[o].Discipline, j.Item.Owners[o].Team}
			now[s] = true
			kept = kept || last[s]
		}
		if len(last) > 0 && !kept && at > j.Started {
			n++
		}
		last = now
	}
	return n
}

// Wait is how long finished work stood in queues for one discipline.
type Wait struct {
	Discipline string // that took the item up; "" = nobody did
	Total      int64  // milliseconds within start and finish
	Items      int
}

// QueueWaits charges the time in queue columns within start and finish to the discipline that took the item up: whoever
// owned it first once the queue was left. Longest first.
func (r *Record) QueueWaits(points []Point) []Wait {
	at := map[string]int{}
	var out []Wait
	for _, p := range points {
		j := p.Journey
		from, to, _ := j.span(r.Now)
		seen := map[string]bool{}
		for _, s := range j.Stints {
			if r.Board.Columns[s.Column].Kind != Queue {
				continue
			}
			end := to
			if s.To != Unset {
				end = min(to, s.To)
			}
			length := end - max(from, s.From)
			if length <= 0 {
				continue
			}
			d := j.takenUpBy(end)
			n, known := at[d]
			if !known {
				n, out = len(out), append(out, Wait{Discipline: d})
				at[d] = n
			}
			out[n].Total += length
			if !seen[d] {
				seen[d] = true
				out[n].Items++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Wait) int { return sign(b.Total - a.Total) })
	return out
}

// takenUpBy is the discipline of who owned the item at an instant, or else of the first owner after it.
func (j *Journey) takenUpBy(at int64) string {
	first := -1
	for i, o := range j.Item.Owners {
		if o.From <= at && (o.To == Unset || o.To > at) {
			return o.Discipline
		}
		if o.From > at && (first < 0 || o.From < j.Item.Owners[first].From) {
			first = i
		}
	}
	if first < 0 {
		return ""
	}
	return j.Item.Owners[first].Discipline
}
