package flow

import (
	"fmt"
	"slices"

	"trestle/server/measure"
)

// Backtest is how forecasts of this kind came true: those of past Mondays, each from what the record knew that morning.
type Backtest struct {
	Say    string  `json:"say" doc:"Of 26 forecasts at 85 %, 22 came true"`
	Weeks  int     `json:"weeks" doc:"How many in so many weeks was asked: as many as lie before by, one to twelve, or fewer where the record is too short for that"`
	From   string  `json:"from" doc:"The first Monday"`
	To     string  `json:"to" doc:"The last one"`
	Said   []Said  `json:"said" doc:"By confidence: 50, 70, 85 and 95 %"`
	Checks []Check `json:"checks" doc:"The oldest first"`
}

// Said is what was said at a confidence, and how often it came true.
type Said struct {
	Percent int `json:"percent"`
	Held    int `json:"held" doc:"At least so many came as were said"`
	Of      int `json:"of"`
}

// Check is one Monday's forecast.
type Check struct {
	Monday  string `json:"monday"`
	Until   string `json:"until" doc:"The last day of its weeks"`
	AtLeast []int  `json:"atLeast" doc:"Cards, at 50, 70, 85 and 95 %"`
	Came    int    `json:"came" doc:"Cards that finished in those weeks"`
	N       int    `json:"n" doc:"Cards that the forecast rested on"`
}

const (
	// backWeeks the Mondays go back at least, however short the window is: the weeks of one quarter are too few to judge by.
	backWeeks = 26
	// fewChecks: below so many forecasts there is nothing to judge.
	fewChecks = 4
	// mostSums is how many items may come together at most: each is weighed.
	mostSums = 40_000
	// saidBy is the confidence that is put into words.
	saidBy = 85
)

// backtest holds the forecasts of past Mondays against what came: of those in the window, and at least of the half year before
// its end. Each rests on as many days before it as the forecast of today; days before the record began are none. Where the
// record is too short to look so far ahead, it looks half as far; nil where it is too short for that.
func (a *asked) backtest(days, history int) *Backtest {
	for weeks := min(12, max(1, (days+3)/7)); weeks > 0; weeks /= 2 {
		if b := a.backtestOf(weeks, history); b != nil {
			return b
		}
	}
	return nil
}

func (a *asked) backtestOf(weeks, history int) *Backtest {
	last := a.untilYesterday().To
	from := min(a.window.From, last-backWeeks*7)
	begun := measure.Day(measure.Unset)
	for _, p := range a.each() {
		if p.begun != measure.Unset && (begun == measure.Unset || p.begun < begun) {
			begun = p.begun
		}
	}
	if begun == measure.Unset {
		return nil
	}
	var mornings []measure.Day
	for m := max(from, begun+7).Monday(); m+measure.Day(weeks*7)-1 <= last; m += 7 {
		if m >= from && m > begun {
			mornings = append(mornings, m)
		}
	}
	if len(mornings) < fewChecks {
		return nil
	}
	known := make([][]int, len(mornings))
	for _, p := range a.each() {
		for i, daily := range p.rec.Known(p.counted, mornings, history) {
			if known[i] == nil {
				known[i] = daily
				continue
			}
			for k, n := range daily {
				known[i][k] += n
			}
		}
	}
	for i, m := range mornings {
		known[i] = known[i][max(0, history-int(m-begun)):]
		if slices.Max(known[i])*weeks*7 > mostSums {
			return nil // an import finished thousands on one day: nothing is learned from that
		}
	}
	done := measure.Daily(a.counted, measure.Window{From: mornings[0], To: last})
	came := make([]int, len(mornings))
	for i, m := range mornings {
		at := int(m - mornings[0])
		came[i] = total(done.Finished[at : at+weeks*7])
	}
	checks := measure.Backtest(mornings, known, came, weeks*7, confidences)
	if len(checks) < fewChecks {
		return nil
	}
	b := &Backtest{Weeks: weeks, From: checks[0].From.String(), To: checks[len(checks)-1].From.String()}
	for i, p := range confidences {
		s := Said{Percent: p, Of: len(checks)}
		for _, c := range checks {
			if c.Held(i) {
				s.Held++
			}
		}
		b.Said = append(b.Said, s)
		if p == saidBy {
			b.Say = fmt.Sprintf("Of %d forecasts at %d %%, %d came true", s.Of, p, s.Held)
		}
	}
	for _, c := range checks {
		b.Checks = append(b.Checks, Check{Monday: c.From.String(), Until: (c.From + measure.Day(weeks*7) - 1).String(), AtLeast: c.AtLeast, Came: c.Came, N: c.N})
	}
	return b
}
