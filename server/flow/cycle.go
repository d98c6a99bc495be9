package flow

import (
	"context"
	"fmt"
	"slices"

	"trestle/server/measure"
)

const nearestRank = "Calendar days from the start to the finish, the first one counted; percentiles by nearest rank: the smallest number of days that at least so many percent of the cards needed."

// CycleTime is the scatter of what finished.
type CycleTime struct {
	Title       string       `json:"title" doc:"The finding, in a sentence"`
	Points      []CyclePoint `json:"points" doc:"In order of the day, oldest first"`
	Percentiles []Percentile `json:"percentiles" doc:"Empty below ten cards: too few to say"`
	LeadTime    []Percentile `json:"leadTime" doc:"From the commitment (the first queue before the start), or else the creation, to the finish"`
	Reaction    []Percentile `json:"reaction" doc:"From the creation to the start"`
	SLE         []Hit        `json:"sle" doc:"How expectations came true, each card judged by the one of its class on the day it finished"`
	TooFew      bool         `json:"tooFew"`
	Boards      []BoardTimes `json:"boards,omitempty" doc:"Of several boards: each by itself"`
	Why         Why          `json:"why"`
}

// CyclePoint is one finished card.
type CyclePoint struct {
	Card
	Day      string `json:"day"`
	Days     int    `json:"days"`
	Blocked  int64  `json:"blockedMs"`
	Reopened int    `json:"reopened,omitempty" doc:"How often it had been finished before"`
}

// Percentile is a number of days within which so many percent finished.
type Percentile struct {
	Percent int `json:"percent"`
	Days    int `json:"days"`
	Within  int `json:"within" doc:"How many cards needed no longer"`
	N       int `json:"n"`
}

// Hit is how an expectation of a class came true.
type Hit struct {
	Class   string `json:"class" doc:"Empty = the board's default"`
	Days    int    `json:"days"`
	Percent int    `json:"percent"`
	Met     int    `json:"met"`
	Of      int    `json:"of"`
}

var asPercents = []int{50, 70, 85, 95}

// CycleTime of a board in a window.
func (s *Service) CycleTime(ctx context.Context, boardID string, in Ask) (CycleTime, error) {
	return cycleTime(s.ask(ctx, boardID, in))
}

func cycleTime(a *asked, err error) (CycleTime, error) {
	if err != nil {
		return CycleTime{}, err
	}
	points, out := measure.Finished(a.counted, a.window)
	sortByDay(points)
	v := CycleTime{Points: make([]CyclePoint, len(points)), SLE: a.hits(points), TooFew: len(points) < measure.FewItems, Boards: a.boardTimes(points),
		Why: a.why(nearestRank, len(points), left("never started", out.NeverStarted), left("no whole history, or finished before it was started", out.Junk))}
	var lead, reaction []int
	for i, p := range points {
		v.Points[i] = CyclePoint{Card: a.card(p.Journey), Day: p.Day.String(), Days: p.Days, Blocked: p.Journey.Blocked(a.rec.Now), Reopened: p.Journey.Reopens}
		lead = append(lead, p.Journey.LeadTime(a.home(p.Journey).rec.Calendar, true))
		reaction = append(reaction, p.Journey.ReactionTime())
	}
	times := measure.CycleTimes(points)
	v.Percentiles, v.LeadTime, v.Reaction = percentiles(times), percentiles(measure.Sorted(lead)), percentiles(measure.Sorted(reaction))
	v.Title = cycleTitle(times) + a.since(points, times)
	return v, nil
}

func cycleTitle(times measure.Sample) string {
	switch n := len(times); {
	case n == 0:
		return "Nothing finished in this window"
	case n < measure.FewItems:
		return fmt.Sprintf("%s finished: too few to say how long a card takes", plural(n, "card", "cards"))
	default:
		return fmt.Sprintf("85 %% of cards finish in %s or less", plural(times.Percentile(85), "day", "days"))
	}
}

// since says what came after the last change of the board's settings, where enough finished before and after it. Several
// boards have no change in common.
func (a *asked) since(points []measure.Point, times measure.Sample) string {
	if len(a.parts) > 0 {
		return ""
	}
	for _, m := range slices.Backward(a.marks) {
		day := a.rec.Calendar.Day(m.At)
		var after []measure.Point
		for _, p := range points {
			if p.Day >= day {
				after = append(after, p)
			}
		}
		if len(after) < measure.FewItems {
			continue
		}
		if len(points)-len(after) < measure.FewItems {
			return ""
		}
		if days := measure.CycleTimes(after).Percentile(85); days != times.Percentile(85) {
			return fmt.Sprintf("; since the last change (%s) in %s", m.Text, plural(days, "day", "days"))
		}
		return ""
	}
	return ""
}

func percentiles(times measure.Sample) []Percentile {
	out := []Percentile{}
	if len(times) < measure.FewItems {
		return out
	}
	for _, p := range asPercents {
		d := times.Percentile(p)
		out = append(out, Percentile{p, d, times.Within(d), len(times)})
	}
	return out
}

// hits judges every card by the expectation of its class that held when it finished.
func (a *asked) hits(points []measure.Point) []Hit {
	out := []Hit{}
	if len(a.parts) > 0 {
		return a.hitsOfAll(points)
	}
	for _, l := range a.layout.SLEs {
		h := Hit{Class: l.Class, Days: l.Days, Percent: l.Percent}
		for _, p := range points {
			x, ok := a.expected(p.Journey.Item.Class, p.Journey.Finished)
			if !ok || a.owner(p.Journey.Item.Class) != l.Class {
				continue
			}
			h.Of++
			if p.Days <= x.Days {
				h.Met++
			}
		}
		out = append(out, h)
	}
	return out
}

// hitsOfAll sums what several boards expect alike: the same days and share of the same class.
func (a *asked) hitsOfAll(points []measure.Point) []Hit {
	out := []Hit{}
	by := byBoard(points)
	for _, p := range a.parts {
		for _, h := range p.hits(by[p.layout.RID]) {
			i := slices.IndexFunc(out, func(o Hit) bool { return o.Class == h.Class && o.Days == h.Days && o.Percent == h.Percent })
			if i < 0 {
				i, out = len(out), append(out, Hit{Class: h.Class, Days: h.Days, Percent: h.Percent})
			}
			out[i].Met, out[i].Of = out[i].Met+h.Met, out[i].Of+h.Of
		}
	}
	return out
}

// owner is the class whose expectation counts for a class: its own, or the default "".
func (a *asked) owner(class string) string {
	for _, l := range a.layout.SLEs {
		if l.Class == class {
			return class
		}
	}
	return ""
}
