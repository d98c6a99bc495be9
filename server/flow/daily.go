package flow

import (
	"context"
	"fmt"

	"trestle/server/measure"
)

// Daily are the numbers of every day of a window: work in progress, its age, what came in and what went out.
type Daily struct {
	Title     string      `json:"title"`
	Days      []string    `json:"days"`
	WIP       []int       `json:"wip" doc:"Started and not finished at the end of the day"`
	TotalAge  []int       `json:"totalAge" doc:"Sum of the ages of what was in progress, in days"`
	Started   []int       `json:"started"`
	Finished  []int       `json:"finished" doc:"Throughput; a day without is 0 and counts"`
	Discarded []int       `json:"discarded" doc:"Left the board unfinished"`
	Net       []int       `json:"net" doc:"Started minus finished, summed from since; before it, what was still to begin until then, below 0"`
	Limit     int         `json:"limit" doc:"Sum of the limits of the columns between start and finish; 0 when one of them has none"`
	Weeks     []Week      `json:"weeks"`
	Since     string      `json:"since" doc:"The first day that is judged: the window's, or the one on which the board's first card finished"`
	Boards    []BoardDays `json:"boards,omitempty" doc:"Of several boards: what each adds, over the same days"`
	Why       Why         `json:"why"`

	judged int // from this index on
}

// Week from a Monday.
type Week struct {
	Monday   string `json:"monday"`
	Started  int    `json:"started"`
	Finished int    `json:"finished"`
	Whole    bool   `json:"whole" doc:"All seven days lie in the window, and the first card of the board had finished before: the week is judged"`
}

// WIP of a board, day by day.
func (s *Service) WIP(ctx context.Context, boardID string, in Ask) (Daily, error) {
	return wip(s.ask(ctx, boardID, in))
}

func wip(a *asked, err error) (Daily, error) {
	return a.daysOf(err, "Cards that were started and not finished at the end of each day; what finishes on a day is not in progress that evening.",
		func(v *Daily) string {
			first, last := v.WIP[v.judged], v.WIP[len(v.WIP)-1]
			switch {
			case a.settled() > a.window.To && last > 0:
				return fmt.Sprintf("%d in progress; nothing has finished yet", last)
			case last > first:
				return fmt.Sprintf("Work in progress rose from %d to %d", first, last)
			case last < first:
				return fmt.Sprintf("Work in progress fell from %d to %d", first, last)
			}
			return fmt.Sprintf("Work in progress is what it was: %d", last)
		})
}

// Throughput of a board, day by day and week by week.
func (s *Service) Throughput(ctx context.Context, boardID string, in Ask) (Daily, error) {
	return throughput(s.ask(ctx, boardID, in))
}

func throughput(a *asked, err error) (Daily, error) {
	return a.daysOf(err, "Cards that finished on each day, by their last finish; days without any are 0 and count.",
		func(v *Daily) string {
			low, high, sum, n := 0, 0, 0, 0
			for _, w := range v.Weeks {
				if !w.Whole {
					continue
				}
				if n == 0 || w.Finished < low {
					low = w.Finished
				}
				high, sum, n = max(high, w.Finished), sum+w.Finished, n+1
			}
			if n == 0 {
				return "No whole week in this window"
			}
			return fmt.Sprintf("%s a week finished, between %d and %d", number(float64(sum)/float64(n)), low, high)
		})
}

// NetFlow of a board: what was started against what was finished.
func (s *Service) NetFlow(ctx context.Context, boardID string, in Ask) (Daily, error) {
	return netFlow(s.ask(ctx, boardID, in))
}

func netFlow(a *asked, err error) (Daily, error) {
	return a.daysOf(err, "Cards started minus cards finished, day by day, summed from the first day that is judged.",
		func(v *Daily) string {
			started, finished := total(v.Started[v.judged:]), total(v.Finished[v.judged:])
			switch {
			case a.settled() > a.window.To && total(v.Started) > 0:
				return fmt.Sprintf("%d started; nothing has finished yet", total(v.Started))
			case started > finished:
				return fmt.Sprintf("We start more than we finish: %d started, %d finished", started, finished)
			case started < finished:
				return fmt.Sprintf("We finish more than we start: %d finished, %d started", finished, started)
			}
			return fmt.Sprintf("As many were started as finished: %d", started)
		})
}

func (a *asked) daysOf(err error, rule string, title func(*Daily) string) (Daily, error) {
	if err != nil {
		return Daily{}, err
	}
	v := a.daily()
	v.Title, v.Boards = title(&v), a.boardDays()
	v.Why = a.why(rule, total(v.Finished))
	return v, nil
}

func (a *asked) daily() Daily {
	d := measure.Daily(a.counted, a.window)
	v := Daily{Days: days(a.window), WIP: d.WIP, TotalAge: d.TotalAge, Started: d.Arrivals, Finished: d.Finished, Discarded: d.Discarded, Net: make([]int, len(d.WIP)), Limit: a.limitInAll()}
	since := a.window.From
	if a.settled() <= a.window.To {
		since = a.judged().From
	}
	v.judged, v.Since = int(a.judged().From-a.window.From), since.String()
	sum := 0
	for i := range v.Net {
		if i == int(since-a.window.From) { // what a board began with is no work that piles up
			for k := range i {
				v.Net[k] -= sum
			}
			sum = 0
		}
		sum += d.Net(i)
		v.Net[i] = sum
	}
	mondays, finished := measure.Weekly(a.window, d.Finished)
	_, started := measure.Weekly(a.window, d.Arrivals)
	for i, m := range mondays {
		v.Weeks = append(v.Weeks, Week{Monday: m.String(), Started: started[i], Finished: finished[i], Whole: int(m-a.window.From) >= v.judged && m+6 <= a.window.To})
	}
	return v
}

// limitInAll is how much the columns in progress may hold together now; 0 when one of them has no limit.
func (a *asked) limitInAll() int {
	sum := 0
	if len(a.parts) > 0 {
		for _, p := range a.parts {
			n := p.limitInAll()
			if n == 0 {
				return 0
			}
			sum += n
		}
		return sum
	}
	b := a.rec.Board
	for k := b.Start; k < min(b.Finish, len(b.Columns)); k++ {
		if b.Columns[k].Retired {
			continue
		}
		limits := a.limits[k]
		if len(limits) == 0 || limits[len(limits)-1].Max == 0 {
			return 0
		}
		sum += limits[len(limits)-1].Max
	}
	return sum
}

func total(list []int) int {
	sum := 0
	for _, n := range list {
		sum += n
	}
	return sum
}

// number writes one decimal where there is one.
func number(x float64) string {
	if x == float64(int(x)) {
		return fmt.Sprint(int(x))
	}
	return fmt.Sprintf("%.1f", x)
}

// CumulativeFlow is how many cards had reached each column, day by day.
type CumulativeFlow struct {
	Title       string       `json:"title"`
	Days        []string     `json:"days"`
	Columns     []CFDColumn  `json:"columns" doc:"In the board's order; each line lies on or below the one before it and never falls"`
	Discarded   []int        `json:"discarded" doc:"Of them, those that left the board unfinished"`
	Corrections []Correction `json:"corrections" doc:"Times in which cards stood before a column that they had reached: the lines keep their high-water mark"`
	Why         Why          `json:"why"`
}

// CFDColumn is one line.
type CFDColumn struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Reached []int  `json:"reached"`
}

// Correction is one such time.
type Correction struct {
	Column string `json:"column"`
	From   string `json:"from"`
	To     string `json:"to"`
	Open   bool   `json:"open"`
}

// CFD of a board.
func (s *Service) CFD(ctx context.Context, boardID string, in Ask) (CumulativeFlow, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return CumulativeFlow{}, err
	}
	f := measure.Cumulative(a.counted, len(a.rec.Board.Columns), a.window)
	v := CumulativeFlow{Days: days(a.window), Columns: []CFDColumn{}, Corrections: []Correction{}, Discarded: f.Discarded}
	for k, c := range a.rec.Board.Columns {
		if c.Retired {
			continue
		}
		v.Columns = append(v.Columns, CFDColumn{c.ID, c.Name, kindNames[c.Kind], f.Reached[k]})
	}
	for _, c := range f.Corrections {
		v.Corrections = append(v.Corrections, Correction{a.column(c.Column), c.From.String(), c.To.String(), c.Open})
	}
	v.Title = a.cfdTitle(f)
	v.Why = a.why("Cards that had reached each column, or any later one, by the end of each day. A line never falls: a card that goes back is kept at its high-water mark and its time before it is marked.", len(a.counted))
	return v, nil
}

var kindNames = map[measure.Kind]string{measure.Queue: "queue", measure.Active: "active", measure.Done: "done"}

// cfdTitle names the column in front of which most more waits than at the beginning.
func (a *asked) cfdTitle(f measure.CumulativeFlow) string {
	b := a.rec.Board
	last := f.Window.Days() - 1
	worst, most := -1, 0
	for k := b.Start; k < min(b.Finish, len(b.Columns)-1); k++ {
		grew := (f.Reached[k][last] - f.Reached[k+1][last]) - (f.Reached[k][0] - f.Reached[k+1][0])
		if grew > most {
			worst, most = k, grew
		}
	}
	if worst < 0 {
		return "No column holds more than at the beginning"
	}
	return fmt.Sprintf("%s holds %d more than at the beginning", a.column(worst), most)
}
