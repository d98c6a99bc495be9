package flow

import (
	"context"
	"fmt"

	"trestle/server/measure"
)

// Diagnostics are what explains a window, and never foretells: Little's law with its conditions, days over a limit, and
// process behaviour charts.
type Diagnostics struct {
	Title     string     `json:"title"`
	Little    Little     `json:"little"`
	Overloads []Overload `json:"overloads" doc:"Columns with a limit, judged by the limit of each day"`
	Weeks     Behaviour  `json:"weeks" doc:"Finished cards of each whole week"`
	Quality   []Left     `json:"quality" doc:"Cards whose record does not say all"`
	Why       Why        `json:"why"`
}

// Little is Little's law over the window.
type Little struct {
	WIP        float64     `json:"wip" doc:"Mean"`
	Throughput float64     `json:"throughput" doc:"Mean, cards a day"`
	CycleTime  float64     `json:"cycleTime" doc:"Mean of what was measured, days"`
	Expected   float64     `json:"expected" doc:"WIP over throughput, days"`
	Conditions []Condition `json:"conditions"`
	N          int         `json:"n"`
}

// Condition under which the law holds.
type Condition struct {
	Key  string `json:"key" enum:"departures,finishes,wip,age,units"`
	Held bool   `json:"held"`
	Text string `json:"text"`
}

// Overload of a column.
type Overload struct {
	Column string   `json:"column"`
	Days   int      `json:"days"`
	Of     int      `json:"of" doc:"Days on which there was a limit"`
	Worst  int      `json:"worst" doc:"The most above the limit"`
	On     []string `json:"on" doc:"The days on which it was over"`
}

// Behaviour is a process behaviour chart.
type Behaviour struct {
	Labels  []string  `json:"labels"`
	Values  []float64 `json:"values"`
	Mean    float64   `json:"mean"`
	Upper   float64   `json:"upper"`
	Lower   float64   `json:"lower"`
	Most    float64   `json:"most" doc:"Limit of the moving range"`
	Outside []int     `json:"outside" doc:"Indices beyond the natural limits"`
	Smooth  []float64 `json:"smooth" doc:"Exponentially weighted moving average, 0.3 for the newest: where it goes, beside what each week shook"`
}

// Diagnostics of a board.
func (s *Service) Diagnostics(ctx context.Context, boardID string, in Ask) (Diagnostics, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Diagnostics{}, err
	}
	l := measure.LittlesLaw(a.counted, a.judged())
	v := Diagnostics{Little: Little{l.WIP, l.Throughput, l.CycleTime, l.Expected, []Condition{}, l.N}, Overloads: []Overload{}, Quality: []Left{}, Weeks: Behaviour{Labels: []string{}, Values: []float64{}, Outside: []int{}, Smooth: []float64{}}}
	held := 0
	for _, c := range l.Conditions {
		if c.Held {
			held++
		}
		v.Little.Conditions = append(v.Little.Conditions, Condition{c.Key, c.Held, conditionText(c)})
	}
	for _, o := range a.rec.Overloads(a.inColumns(a.all), a.limits, a.window) {
		x := Overload{Column: a.column(o.Column), Days: o.Days, Of: o.Of, Worst: o.Worst, On: []string{}}
		for _, d := range o.On {
			x.On = append(x.On, d.String())
		}
		v.Overloads = append(v.Overloads, x)
	}
	for _, w := range a.daily().Weeks {
		if w.Whole {
			v.Weeks.Labels, v.Weeks.Values = append(v.Weeks.Labels, w.Monday), append(v.Weeks.Values, float64(w.Finished))
		}
	}
	b := measure.BehaviourOf(v.Weeks.Values)
	v.Weeks.Mean, v.Weeks.Upper, v.Weeks.Lower, v.Weeks.Most = b.Mean, b.Upper, b.Lower, b.Most
	v.Weeks.Outside, v.Weeks.Smooth = append(v.Weeks.Outside, b.Outside...), append(v.Weeks.Smooth, b.Smooth...)
	_, out := measure.Finished(a.counted, a.window)
	for _, q := range []Left{left("finished without having been started: counted in throughput only", out.NeverStarted), left("no whole history, or finished before it was started", out.Junk)} {
		if q.N > 0 {
			v.Quality = append(v.Quality, q)
		}
	}
	v.Title = fmt.Sprintf("Little's law explains this window: %d of its %d conditions held", held, len(l.Conditions))
	if held < len(l.Conditions) {
		v.Title = fmt.Sprintf("Little's law does not explain this window: %d of its %d conditions held", held, len(l.Conditions))
	}
	if l.N == 0 {
		v.Title = "Nothing finished in this window: there is nothing to explain"
	}
	v.Why = a.why("Mean work in progress over mean throughput, against the mean cycle time of what finished; averages over the past, never a forecast. Overload is judged by the limit that held on each day.", l.N)
	return v, nil
}

func conditionText(c measure.Condition) string {
	switch c.Key {
	case "departures":
		return fmt.Sprintf("As much ended as began: %d started, %d finished", int(c.A), int(c.B))
	case "finishes":
		return fmt.Sprintf("All that was started finishes: %d of %d were discarded", int(c.A), int(c.B))
	case "wip":
		return fmt.Sprintf("As much in progress at the end as at the beginning: %d, %d", int(c.A), int(c.B))
	case "age":
		return fmt.Sprintf("Work is not getting older: mean age %s days, then %s", number(tenth(c.A)), number(tenth(c.B)))
	}
	return fmt.Sprintf("One unit of time: days, over %d of them", int(c.A))
}

func tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }
