package flow

import (
	"context"
	"fmt"
	"slices"

	"trestle/server/measure"
)

// Overview opens a board's Flow page: what to know first, and the four measures of the Kanban Guide (May 2025).
type Overview struct {
	Sentences  []Sentence `json:"sentences" doc:"Three where there is as much to say; each links to the cards it is about"`
	WIP        WIPNow     `json:"wip"`
	Throughput PerWeek    `json:"throughput"`
	Age        AgeNow     `json:"age"`
	Cycle      CycleNow   `json:"cycleTime"`
	Why        Why        `json:"why"`
}

// Sentence is made of parts; a part with cards is a link to them.
type Sentence struct {
	Kind  string `json:"kind" enum:"over,aging,netflow,blocked,fine,few"`
	Parts []Part `json:"parts"`
}

// Part of a sentence.
type Part struct {
	Text  string   `json:"text"`
	Cards []string `json:"cards,omitempty" doc:"Keys; fifty at most"`
}

// WIPNow is work in progress.
type WIPNow struct {
	Now      int   `json:"now"`
	Expedite int   `json:"expedite,omitempty" doc:"In progress beside them, of the class that counts only where it is asked for"`
	Limit    int   `json:"limit" doc:"0 = a column in progress has none"`
	Days     []int `json:"days" doc:"At the end of each day of the window"`
}

// PerWeek is throughput.
type PerWeek struct {
	Last  int   `json:"last" doc:"Of the last whole week"`
	Least int   `json:"least"`
	Most  int   `json:"most"`
	Weeks []int `json:"weeks" doc:"Whole weeks, twelve at most, the last one last"`
	N     int   `json:"n"`
}

// AgeNow is work item age.
type AgeNow struct {
	Total  int    `json:"total" doc:"Sum of all ages in days"`
	Oldest int    `json:"oldest"`
	Key    string `json:"key,omitempty" doc:"Of the oldest"`
	Ages   []int  `json:"ages" doc:"Of every card in progress"`
	SLE    int    `json:"sleDays,omitempty"`
}

// CycleNow is cycle time.
type CycleNow struct {
	Percent   int    `json:"percent"`
	Days      int    `json:"days" doc:"0 = too few to say"`
	N         int    `json:"n"`
	Histogram []int  `json:"histogram" doc:"Cards by days, from 1; the last bar holds all that needed longer"`
	SLE       int    `json:"sleDays,omitempty"`
	Rate      string `json:"rate,omitempty" doc:"How the expectation came true: 122 of 142"`
}

// longest is the last bar of the histogram of cycle times.
const longest = 30

// Overview of a board.
func (s *Service) Overview(ctx context.Context, boardID string, in Ask) (Overview, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Overview{}, err
	}
	daily, aging := a.daily(), a.aging()
	points, _ := measure.Finished(a.counted, a.window)
	times := measure.CycleTimes(points)
	v := Overview{
		WIP:        WIPNow{Now: len(aging.Cards), Expedite: a.expediteNow(), Limit: daily.Limit, Days: daily.WIP},
		Throughput: perWeek(daily),
		Age:        AgeNow{Total: aging.Total, Ages: []int{}},
		Cycle:      CycleNow{Percent: 85, N: len(times), Histogram: make([]int, longest)},
		Why:        a.why(nearestRank, len(times)),
	}
	for _, c := range aging.Cards {
		v.Age.Ages = append(v.Age.Ages, c.Days)
	}
	if len(aging.Cards) > 0 {
		v.Age.Oldest, v.Age.Key = aging.Cards[0].Days, aging.Cards[0].Key
	}
	for _, d := range times {
		v.Cycle.Histogram[min(d, longest)-1]++
	}
	if len(times) >= measure.FewItems {
		v.Cycle.Days = times.Percentile(85)
	}
	if aging.SLE != nil {
		v.Age.SLE, v.Cycle.SLE = aging.SLE.Days, aging.SLE.Days
		for _, h := range a.hits(points) {
			if h.Class == "" && h.Of > 0 {
				v.Cycle.Rate = fmt.Sprintf("%d of %d", h.Met, h.Of)
			}
		}
	}
	v.Sentences = a.sentences(daily, aging, times)
	return v, nil
}

// expediteNow is how many cards in progress were left out for their class.
func (a *asked) expediteNow() (n int) {
	for i := range a.all {
		if j := &a.all[i]; a.leftOut(j) && j.Here() != nil && j.InProgress(a.today) {
			n++
		}
	}
	return n
}

func perWeek(d Daily) PerWeek {
	p := PerWeek{Weeks: []int{}}
	for _, w := range d.Weeks {
		if w.Whole {
			p.Weeks = append(p.Weeks, w.Finished)
		}
	}
	p.Weeks = p.Weeks[max(0, len(p.Weeks)-12):]
	if n := len(p.Weeks); n > 0 {
		p.Last, p.Least, p.Most, p.N = p.Weeks[n-1], slices.Min(p.Weeks), slices.Max(p.Weeks), n
	}
	return p
}

// mostSentences is how many are read.
const mostSentences = 3
