package flow

import (
	"context"
	"fmt"
	"hash/fnv"

	"trestle/server/fault"
	"trestle/server/measure"
)

// ForecastAsk is what to foretell.
type ForecastAsk struct {
	Ask
	Items   int    `query:"items" minimum:"0" maximum:"5000" doc:"When will so many be finished? 0 = as many as are in progress"`
	By      string `query:"by" maxLength:"10" doc:"How many until the end of this day? Four weeks from today when absent"`
	Seed    int    `query:"seed" minimum:"0" doc:"The same seed over the same days gives the same answer; 0 = one made of the boards, the window and which cards count"`
	Exclude string `query:"exclude" maxLength:"2000" doc:"Days to leave out of the history, with commas between"`
}

// Forecast is what past throughput says about what comes. It is never a promise: no answer is 100 %.
type Forecast struct {
	Title      string       `json:"title"`
	Items      int          `json:"items"`
	By         string       `json:"by"`
	Days       int          `json:"days" doc:"From tomorrow to by"`
	HowMany    []Confident  `json:"howMany" doc:"At least so many by then; more confidence, fewer"`
	When       []Confident  `json:"when" doc:"So many finished by then; more confidence, later"`
	Likelihood int          `json:"likelihood" doc:"Percent of the trials in which items are finished by then, 1 to 99; 0 = nobody can say"`
	Histogram  []Bar        `json:"histogram" doc:"Trials by the count they reached"`
	Backtest   *Backtest    `json:"backtest,omitempty"`
	Seed       int          `json:"seed"`
	Trials     int          `json:"trials"`
	TooFew     bool         `json:"tooFew" doc:"Fewer than ten cards finished in the window"`
	Boards     []BoardAhead `json:"boards,omitempty" doc:"Of several boards: what it rests on at each"`
	Why        Why          `json:"why"`
}

// Confident is an answer at a confidence.
type Confident struct {
	Percent int    `json:"percent"`
	Items   int    `json:"items,omitempty"`
	Days    int    `json:"days,omitempty"`
	Day     string `json:"day,omitempty" doc:"Empty: too few trials came to an end"`
}

// Bar of a histogram.
type Bar struct {
	Items  int `json:"items"`
	Trials int `json:"trials"`
}

var confidences = []int{50, 70, 85, 95}

// Forecast of a board.
func (s *Service) Forecast(ctx context.Context, boardID string, in ForecastAsk) (Forecast, error) {
	a, err := s.ask(ctx, boardID, in.Ask)
	return a.forecast(err, in)
}

func (a *asked) forecast(err error, in ForecastAsk) (Forecast, error) {
	if err != nil {
		return Forecast{}, err
	}
	by := a.today + 28
	if in.By != "" {
		if by, err = measure.DayOf(in.By); err != nil || by <= a.today || by > a.today+1000 {
			return Forecast{}, fault.Invalid("query.by", "by is a day after today, at most a thousand days away")
		}
	}
	history, err := a.history(in.Exclude)
	if err != nil {
		return Forecast{}, err
	}
	v := Forecast{Items: in.Items, By: by.String(), Days: int(by - a.today), Seed: in.Seed, Trials: measure.Trials, HowMany: []Confident{}, When: []Confident{}, Histogram: []Bar{}, Boards: a.boardAhead()}
	if v.Items == 0 {
		for _, p := range a.each() {
			v.Items += p.inProgress(p.today)
		}
	}
	if v.Seed == 0 {
		h := fnv.New32a()
		for i, p := range a.each() {
			if i > 0 {
				_, _ = h.Write([]byte{','})
			}
			_, _ = h.Write([]byte(p.layout.ID))
		}
		_, _ = fmt.Fprint(h, a.window, a.countedText()) // not of what is asked: both questions share their trials
		v.Seed = int(h.Sum32()) + 1
	}
	finished := total(history)
	v.TooFew = finished < measure.FewItems
	v.Why = a.why(fmt.Sprintf("%d trials, each drawing a day's throughput at random, with replacement, from the %d days of the window; days without any count.%s", measure.Trials, len(history), a.later()), finished)
	if finished == 0 {
		v.Title = "Nothing finished in this window: nobody can say"
		return v, nil
	}
	seed := uint64(v.Seed)
	many, when := tried.howMany(history, v.Days, seed), tried.when(history, v.Items, seed)
	for _, p := range confidences {
		v.HowMany = append(v.HowMany, Confident{Percent: p, Items: many.AtLeast(p)})
		c := Confident{Percent: p}
		if days, ok := when.By(p); ok {
			c.Days, c.Day = days, (a.today + measure.Day(days)).String()
		}
		v.When = append(v.When, c)
	}
	for _, n := range many.Results {
		if m := len(v.Histogram); m > 0 && v.Histogram[m-1].Items == n {
			v.Histogram[m-1].Trials++
		} else {
			v.Histogram = append(v.Histogram, Bar{n, 1})
		}
	}
	v.Likelihood = when.Likelihood(v.Days)
	v.Title = fmt.Sprintf("With 85 %% confidence, at least %s by %s", plural(v.HowMany[2].Items, "card", "cards"), v.By)
	if in.Exclude == "" { // what is left out of today's history says nothing of another Monday's
		v.Backtest = a.backtest(v.Days, len(history))
	}
	return v, nil
}

// untilYesterday is the window without the day that is not over; of several boards, over for each of them.
func (a *asked) untilYesterday() measure.Window {
	w := a.window
	for _, p := range a.each() {
		w.To = min(w.To, p.today-1)
	}
	return w
}

// history is the window's daily throughput, today left out: it is not over.
func (a *asked) history(exclude string) ([]int, error) {
	w := a.untilYesterday()
	out := map[measure.Day]bool{}
	for _, text := range listed(exclude) {
		d, err := measure.DayOf(text)
		if err != nil {
			return nil, fault.Invalid("query.exclude", "exclude names days such as 2026-11-30")
		}
		out[d] = true
	}
	var history []int
	for i, n := range measure.Daily(a.counted, w).Finished {
		if !out[w.From+measure.Day(i)] {
			history = append(history, n)
		}
	}
	return history, nil
}
