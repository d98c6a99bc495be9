package flow

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"time"

	"trestle/server/board"
	"trestle/server/measure"
	"trestle/server/store"
)

// loaded is one board's record as the pure functions read it, with what stands beside it. It is shared: nobody changes it.
type loaded struct {
	layout   *board.Layout
	record   measure.Record
	journeys []measure.Journey
	limits   map[int][]measure.Limit // by column index
	marks    []mark                  // changes of limits, points and expectations, oldest first
	sles     []sle
	reserves []reserve
	begun    measure.Day // the first day that the record knows
	split    sync.Once
	usual    []measure.Journey // all but expedite
	rushed   []measure.Journey
}

// sle is an expectation from one moment to another; class "" is for every class without its own.
type sle struct {
	class string
	measure.SLE
	measure.Span
}

// mark is a change of a setting, drawn as a line on charts.
type mark struct {
	At   int64
	Text string
}

// load reads a board's whole record, several parts of it at once: q is no single connection. The files record.go and
// cards.go are the only place where flow touches the tables of cards (decisions 3).
func load(q *store.Query, l *board.Layout) (*loaded, items, error) {
	out, x, err := read(q, l, everything(l.RID), true)
	if err != nil {
		return nil, x, err
	}
	out.begin()
	return out, x, nil
}

// loadSince leaves out the cards that were done with, and had moved for the last time, before a moment: what is said of
// the days since then, of columns before the finish, needs none of them. However much a board has finished, that takes
// no longer.
func loadSince(q *store.Query, l *board.Layout, at int64) (*loaded, error) {
	out, _, err := read(q, l, since(l.RID, at), false)
	return out, err
}

func read(q *store.Query, l *board.Layout, w which, parallel bool) (*loaded, items, error) {
	out := &loaded{layout: l, limits: map[int][]measure.Limit{}}
	b, index := l.Measured()
	out.record = measure.Record{Board: b, Calendar: measure.NewCalendar(l.Location())}
	if err := out.versions(q, index); err != nil {
		return nil, items{}, err
	}
	x, err := out.cards(q, index, w, parallel)
	if err != nil {
		return nil, x, err
	}
	if err := out.expectations(q); err != nil {
		return nil, x, err
	}
	if err := out.reserved(q); err != nil {
		return nil, x, err
	}
	out.record.Board.Orders = reordered(out.record.Board.Orders)
	slices.SortStableFunc(out.marks, func(a, b mark) int { return cmp.Compare(a.At, b.At) })
	out.journeys = out.follow(x.list)
	return out, x, nil
}

// follow makes journeys of cards; the record keeps no others.
func (d *loaded) follow(list []measure.Item) []measure.Journey {
	r := d.record
	r.Items = list
	return r.Journeys()
}

// begin finds the first day.
func (d *loaded) begin() {
	first := int64(measure.Unset)
	for i := range d.journeys {
		if j := &d.journeys[i]; len(j.Stints) > 0 && (first == measure.Unset || j.Stints[0].From < first) {
			first = j.Stints[0].From
		}
	}
	d.begun = measure.Unset
	if first != measure.Unset {
		d.begun = measure.NewCalendar(d.layout.Location()).Day(first)
	}
}

// apart gives the cards that count unless classes are asked for, and those of expedite.
func (d *loaded) apart() (usual, rushed []measure.Journey) {
	d.split.Do(func() {
		rushed := func(j measure.Journey) bool { return j.Item.Class == board.Expedite }
		if !slices.ContainsFunc(d.journeys, rushed) {
			d.usual = d.journeys
			return
		}
		d.usual = make([]measure.Journey, 0, len(d.journeys))
		for _, j := range d.journeys {
			if rushed(j) {
				d.rushed = append(d.rushed, j)
			} else {
				d.usual = append(d.usual, j)
			}
		}
	})
	return d.usual, d.rushed
}

// versions reads the dated settings: orders of columns, limits, points.
func (d *loaded) versions(q *store.Query, index map[int64]int) error {
	type was struct {
		position, max int
		mode, name    string
		start, finish bool
	}
	last := map[int]was{}
	n := len(d.record.Board.Columns)
	return q.Each(func(scan func(...any) error) error {
		var rid, position, at int64
		var w was
		var most *int64
		if err := scan(&rid, &w.name, &position, &w.mode, &most, &w.start, &w.finish, &at); err != nil {
			return err
		}
		i, known := index[rid]
		if !known {
			return nil
		}
		w.position = int(position)
		if w.mode != "off" && most != nil {
			w.max = int(*most)
		}
		old, before := last[i]
		last[i] = w
		if old.max != w.max { // a column begins without one
			d.limits[i] = append(d.limits[i], measure.Limit{From: at, Max: w.max})
		}
		if before && old.max != w.max {
			d.marks = append(d.marks, mark{at, w.name + " limit " + amount(old.max) + " to " + amount(w.max)})
		}
		if before && w.start && !old.start {
			d.marks = append(d.marks, mark{at, "started moved to " + w.name})
		}
		if before && w.finish && !old.finish {
			d.marks = append(d.marks, mark{at, "finished moved to " + w.name})
		}
		if !before || old.position != w.position {
			rank := make([]int, n)
			for k := range rank {
				rank[k] = k // where nothing is known, today's order
				if o, ok := last[k]; ok {
					rank[k] = o.position
				}
			}
			orders := &d.record.Board.Orders
			if m := len(*orders); m > 0 && (*orders)[m-1].From == at {
				(*orders)[m-1].Rank = rank
			} else {
				*orders = append(*orders, measure.Order{From: at, Rank: rank})
			}
		}
		return nil
	}, `SELECT column_rid, name, position, wip_mode, wip_max, is_start, is_finish, from_at FROM column_versions
		WHERE board_rid = ? ORDER BY from_at, rid`, d.layout.RID)
}

// reordered keeps the orders of a board whose columns were put elsewhere once; most never were.
func reordered(orders []measure.Order) []measure.Order {
	for _, o := range orders {
		if !slices.IsSorted(o.Rank) {
			return orders
		}
	}
	return nil
}

func (d *loaded) expectations(q *store.Query) error {
	return q.Each(func(scan func(...any) error) error {
		var to *int64
		var x sle
		err := scan(&x.class, &x.Days, &x.Percent, &x.From, &to)
		x.To = until(to)
		if n := slices.IndexFunc(d.sles, func(o sle) bool { return o.class == x.class }); n >= 0 && x.Days > 0 {
			d.marks = append(d.marks, mark{x.From, "expectation " + strconv.Itoa(x.Days) + " days"})
		}
		d.sles = append(d.sles, x)
		return err
	}, "SELECT class, days, percent, from_at, to_at FROM sle_versions WHERE board_rid = ? ORDER BY from_at, rid", d.layout.RID)
}

// expected of a class at a moment; ok is false where nothing was.
func (d *loaded) expected(class string, at int64) (measure.SLE, bool) {
	var found *sle
	for i := range d.sles {
		x := &d.sles[i]
		if x.From <= at && (x.To == measure.Unset || x.To > at) && (x.class == class || x.class == "" && (found == nil || found.class == "")) {
			found = x
		}
	}
	if found == nil || found.Days <= 0 {
		return measure.SLE{}, false
	}
	return found.SLE, true
}

func amount(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}

func until(to *int64) int64 {
	if to == nil {
		return measure.Unset
	}
	return *to
}

// at gives the record as it stands at a moment, for one piece of work: the calendar is its own.
func (d *loaded) at(now time.Time) *measure.Record {
	r := d.record
	r.Calendar, r.Now = measure.NewCalendar(d.layout.Location()), store.Ms(now)
	return &r
}

// inColumns leaves out the cards that a board does not count against its columns' limits: expedite has its own.
func (d *loaded) inColumns(journeys []measure.Journey) []measure.Journey {
	if d.layout.ExpediteCounts {
		return journeys
	}
	out := make([]measure.Journey, 0, len(journeys))
	for _, j := range journeys {
		if j.Item.Class != board.Expedite {
			out = append(out, j)
		}
	}
	return out
}
