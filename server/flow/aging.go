package flow

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/measure"
)

// Aging is every card in progress by its column, over the ages at which finished cards left it.
type Aging struct {
	Title   string        `json:"title"`
	Columns []AgingColumn `json:"columns" doc:"From the start to before the finish"`
	Cards   []AgingCard   `json:"cards" doc:"The oldest first"`
	Total   int           `json:"total" doc:"Sum of all ages, in days"`
	SLE     *Expectation  `json:"sle,omitempty" doc:"The board's default"`
	TooFew  bool          `json:"tooFew" doc:"Too few cards finished for bands"`
	Why     Why           `json:"why"`
}

// AgingColumn is one column with its pace bands.
type AgingColumn struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Cards int    `json:"cards"`
	N     int    `json:"n" doc:"Finished cards that the bands rest on"`
	Bands []int  `json:"bands" doc:"Days of age at which 50, 70, 85 and 95 % of them had left the column; empty below ten"`
}

// AgingCard is one card in progress.
type AgingCard struct {
	Card
	ColumnID string `json:"columnId"`
	Column   string `json:"column"`
	Days     int    `json:"days"`
	Here     int    `json:"here" doc:"Days in this column, this time"`
	InAll    int    `json:"inAll" doc:"Days in this column, all times together"`
	Blocked  bool   `json:"blocked"`
	Past     int    `json:"past" doc:"The highest of 50, 70, 85 and 95 whose band of this column it is older than; 0 = none"`
	Met      int    `json:"met" doc:"Of the finished cards that got this old, so many still met the expectation"`
	Of       int    `json:"of"`
	SLEDays  int    `json:"sleDays,omitempty"`
}

// Expectation is a service level expectation.
type Expectation struct {
	Days    int `json:"days"`
	Percent int `json:"percent"`
}

// Aging of a board; the window is that of the finished cards which the bands rest on.
func (s *Service) Aging(ctx context.Context, boardID string, in Ask) (Aging, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Aging{}, err
	}
	return a.aging(), nil
}

func (a *asked) aging() Aging {
	points, _ := measure.Finished(a.counted, a.window)
	times := measure.CycleTimes(points)
	v := Aging{Columns: []AgingColumn{}, Cards: []AgingCard{}, TooFew: len(points) < measure.FewItems}
	if x, ok := a.expected("", a.rec.Now); ok {
		v.SLE = &Expectation{x.Days, x.Percent}
	}
	bands := map[int][]int{}
	at := map[int]int{}
	for _, p := range a.rec.Paces(a.counted, a.window, asPercents...) {
		c := AgingColumn{ID: a.rec.Board.Columns[p.Column].ID, Name: a.column(p.Column), N: p.N, Bands: []int{}}
		if p.N >= measure.FewItems {
			c.Bands, bands[p.Column] = p.Ages, p.Ages
		}
		at[p.Column] = len(v.Columns)
		v.Columns = append(v.Columns, c)
	}
	for _, g := range a.rec.InProgress(a.counted, a.today) {
		c := AgingCard{Card: cardOf(g.Journey), ColumnID: a.rec.Board.Columns[g.Column].ID, Column: a.column(g.Column), Days: g.Days, Here: g.Here, InAll: g.InAll}
		c.Blocked = slices.ContainsFunc(g.Journey.Item.Blocks, func(b measure.Block) bool { return b.To == measure.Unset })
		for i, days := range bands[g.Column] {
			if g.Days > days {
				c.Past = asPercents[i]
			}
		}
		if x, ok := a.expected(g.Journey.Item.Class, a.rec.Now); ok {
			c.SLEDays = x.Days
			c.Met, c.Of = times.Chance(g.Days, x.Days)
		}
		if i, ok := at[g.Column]; ok {
			v.Columns[i].Cards++
		}
		v.Total += g.Days
		v.Cards = append(v.Cards, c)
	}
	slices.SortStableFunc(v.Cards, func(x, y AgingCard) int { return cmp.Compare(y.Days, x.Days) })
	v.Title = agingTitle(v)
	v.Why = a.why("Calendar days since the start, the first one counted. Bands are the ages at which finished cards left each column; cards that went back are left out of them.", len(points))
	return v
}

func agingTitle(v Aging) string {
	var old []string
	expected := 0 // older than was expected of them
	for _, c := range v.Cards {
		if c.Past >= 85 {
			old = append(old, c.Key)
		}
		if c.SLEDays > 0 && c.Days > c.SLEDays {
			expected++
		}
	}
	switch {
	case len(v.Cards) == 0:
		return "Nothing is in progress"
	case v.TooFew:
		return fmt.Sprintf("%s in progress, the oldest for %s; too few have finished to say what is usual", plural(len(v.Cards), "card", "cards"), plural(v.Cards[0].Days, "day", "days"))
	case len(old) == 0 && expected > 0:
		return fmt.Sprintf("%s older than expected, yet no more than 85 %% of finished cards were on leaving the same column", plural(expected, "card is", "cards are"))
	case len(old) == 0:
		return "No card is older than 85 % of finished cards were on leaving its column"
	case len(old) == 1:
		return old[0] + " is older than 85 % of finished cards were on leaving its column"
	case len(old) <= 3:
		return strings.Join(old[:len(old)-1], ", ") + " and " + old[len(old)-1] + " are older than 85 % of finished cards were on leaving their columns"
	default:
		return fmt.Sprintf("%s are older than 85 %% of finished cards were on leaving their columns", plural(len(old), "card", "cards"))
	}
}

func sortByDay(points []measure.Point) {
	slices.SortStableFunc(points, func(x, y measure.Point) int { return cmp.Compare(x.Journey.Finished, y.Journey.Finished) })
}
