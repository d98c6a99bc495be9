package measure

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The vectors of two other projects, each under its own convention: an adapter per project over the same core.

func vector(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(fixtures(t, "vectors"), name))
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// agileItems makes items of rows that hold the date of the first arrival in each column.
func agileItems(rows []map[string]*string, columns []string) []Item {
	var out []Item
	for _, row := range rows {
		it := Item{Key: *row["key"]}
		for k, c := range columns {
			if row[c] != nil {
				it.Steps = append(it.Steps, step(k, *row[c]))
			}
		}
		it.Created = it.Steps[0].At
		out = append(out, it)
	}
	return out
}

// linear is the percentile that pandas uses (type 7).
func linear(s Sample, p float64) float64 {
	h := p * float64(len(s)-1)
	i := int(h)
	if i+1 >= len(s) {
		return float64(s[len(s)-1])
	}
	return float64(s[i]) + (h-float64(i))*float64(s[i+1]-s[i])
}

func TestVectors_JiraAgileMetrics(t *testing.T) {
	var v struct {
		Columns []string
		Minimal struct {
			Items    []map[string]*string
			Expected []map[string]any `json:"expected_cfd"`
		}
		Large struct {
			Items       []map[string]*string
			Percentiles map[string]float64 `json:"expected_percentiles_days"`
			WIP         []int              `json:"expected_wip"`
			Between     []int              `json:"expected_wip_committed_Build_done_Test"`
			Net         []struct {
				Date                      string
				Arrivals, Departures, Net int
			} `json:"expected_netflow"`
			Throughput map[string]int `json:"expected_throughput_daily"`
			Scatter    [][]any        `json:"expected_scatter"`
			Ageing     [][]any        `json:"expected_ageing_wip_today_2018-01-10"`
			Days       []string
		}
		History struct {
			Now    string
			Map    map[string]string `json:"status_to_column"`
			Issues []struct {
				Key, Created string
				Resolved     string
				Changes      [][]*string
				Expected     map[string]any
			}
		}
	}
	vector(t, "jira-agile-metrics.json", &v)

	t.Run("cumulative flow", func(t *testing.T) {
		r := record("2018-01-07", agileItems(v.Minimal.Items, v.Columns)...)
		n := len(v.Minimal.Expected)
		w := Window{day(v.Minimal.Expected[0]["date"].(string)), day(v.Minimal.Expected[n-1]["date"].(string))}
		f := Cumulative(r.Journeys(), 5, w)
		for i, want := range v.Minimal.Expected {
			for k, c := range v.Columns {
				if f.Reached[k][i] != int(want[c].(float64)) {
					t.Errorf("%v, %s: %d, not %v", want["date"], c, f.Reached[k][i], want[c])
				}
			}
		}
	})

	r := record("2018-01-10", agileItems(v.Large.Items, v.Columns)...)
	journeys := r.Journeys()
	w := Window{day(v.Large.Days[0]), day(v.Large.Days[len(v.Large.Days)-1])}
	s := Daily(journeys, w)
	t.Run("work in progress, net flow, throughput", func(t *testing.T) {
		if !slices.Equal(s.WIP, v.Large.WIP) {
			t.Errorf("WIP %v, not %v", s.WIP, v.Large.WIP)
		}
		for i, n := range v.Large.Net {
			if s.Arrivals[i] != n.Arrivals || s.Finished[i] != n.Departures || s.Net(i) != n.Net {
				t.Errorf("%s: %d in, %d out", n.Date, s.Arrivals[i], s.Finished[i])
			}
		}
		for d, n := range v.Large.Throughput {
			if s.Finished[day(d)-w.From] != n {
				t.Errorf("%s: %d finished", d, s.Finished[day(d)-w.From])
			}
		}
		b := record("2018-01-10", agileItems(v.Large.Items, v.Columns)...) // other points, history anew
		b.Board.Start, b.Board.Finish = build, testing_
		if got := Daily(b.Journeys(), w).WIP; !slices.Equal(got, v.Large.Between) {
			t.Errorf("from Build to Test: %v, not %v", got, v.Large.Between)
		}
	})
	t.Run("cycle times: theirs are a day less", func(t *testing.T) {
		points, _ := Finished(journeys, w)
		if len(points) != len(v.Large.Scatter) {
			t.Fatalf("%d points", len(points))
		}
		var theirs []int
		for i, want := range v.Large.Scatter {
			p := points[i]
			if p.Journey.Item.Key != want[0] || p.Day != day(want[1].(string)) || p.Days-1 != int(want[2].(float64)) {
				t.Errorf("%s on %v: %d, not %v", p.Journey.Item.Key, p.Day, p.Days-1, want)
			}
			theirs = append(theirs, p.Days-1)
		}
		for p, want := range v.Large.Percentiles {
			var q float64
			_ = json.Unmarshal([]byte(p), &q)
			if got := linear(Sorted(theirs), q); math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: %v, not %v", p, got, want)
			}
		}
	})
	t.Run("aging: theirs are a day less", func(t *testing.T) {
		aging := r.InProgress(journeys, day("2018-01-10"))
		if len(aging) != len(v.Large.Ageing) {
			t.Fatalf("%d in progress", len(aging))
		}
		for i, want := range v.Large.Ageing {
			a := aging[i]
			if a.Journey.Item.Key != want[0] || r.Board.Columns[a.Column].Name != want[1] || a.Days-1 != int(want[2].(float64)) {
				t.Errorf("%s in %s for %d, not %v", a.Journey.Item.Key, r.Board.Columns[a.Column].Name, a.Days-1, want)
			}
		}
	})
	t.Run("history: blocked days, moves back", func(t *testing.T) {
		for _, is := range v.History.Issues {
			it := Item{Key: is.Key, Created: at(is.Created), Steps: []Step{step(backlog, is.Created)}}
			for _, c := range is.Changes {
				when, was, now := at(*c[0]), text(c[2]), text(c[3])
				switch *c[1] {
				case "status":
					it.Steps = append(it.Steps, Step{At: when, Column: slices.Index(v.Columns, v.History.Map[now])})
				case "Flagged":
					if was == "" {
						it.Blocks = append(it.Blocks, Block{Span: Span{when, Unset}})
					} else {
						it.Blocks[len(it.Blocks)-1].To = when
					}
				}
			}
			r := record(v.History.Now, it)
			j := one(t, r)
			// They count whole days between the flag's dates, and open ones until now.
			days := 0
			for _, b := range it.Blocks {
				from, to, ok := j.span(r.Now)
				if end := b.To; ok {
					if end == Unset || end > to {
						end = to
					}
					if end > max(b.From, from) {
						days += int(NewCalendar(nil).Day(end) - NewCalendar(nil).Day(max(b.From, from)))
					}
				}
			}
			if want := int(is.Expected["blocked_days"].(float64)); days != want {
				t.Errorf("%s: blocked %d days, not %d", is.Key, days, want)
			}
			if want, ok := is.Expected["Committed"].(string); ok != (j.StartDay != Unset) || ok && j.StartDay != day(want) {
				t.Errorf("%s: started %v, not %v", is.Key, j.StartDay, want)
			}
			if want, ok := is.Expected["cycle_time_days"].(float64); ok && j.CycleTime()-1 != int(want) {
				t.Errorf("%s: %d days, not %v", is.Key, j.CycleTime()-1, want)
			}
		}
	})
}

func text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

func TestVectors_JiraMetrics(t *testing.T) {
	var v struct {
		Columns []string
		Range   []string
		Cases   []struct {
			Name     string
			Moves    [][]string
			Expected map[string][]int
		} `json:"cfd_cases"`
		Backward []struct {
			Moves  [][]string
			Window struct {
				Start, End string
				Column     int `json:"column_index"`
			} `json:"expected_window"`
		} `json:"backward_move_cases"`
		Cycles []struct {
			Start, Stop string
			Expected    *int
		} `json:"cycletime_days"`
		Efficiency []struct {
			Name, Start, Stop, End string
			Blocks                 [][]*string
			Expected               []int64
		} `json:"flow_efficiency_seconds"`
	}
	vector(t, "jirametrics.json", &v)
	board := Board{Columns: []Column{{Name: "Ready"}, {Name: "In Progress", Kind: Active}, {Name: "Review", Kind: Active}, {Name: "Done", Kind: Done}}, Start: 1, Finish: 3}
	make := func(items ...Item) *Record {
		return &Record{Board: board, Calendar: NewCalendar(nil), Items: items, Now: at("2021-07-11")}
	}
	w := Window{day(v.Range[0]), day(v.Range[1])}
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var items []Item
			for _, m := range c.Moves {
				if k := slices.Index(v.Columns, m[2]); k >= 0 {
					items = append(items, item(m[0], step(k, m[1])))
				}
			}
			f := Cumulative(make(items...).Journeys(), 4, w)
			for d, want := range c.Expected {
				for k, n := range want {
					if got := f.Reached[k][day(d)-w.From]; got != n {
						t.Errorf("%s, %s: %d, not %d", d, v.Columns[k], got, n)
					}
				}
			}
		})
	}
	for _, c := range v.Backward {
		var steps []Step
		for _, m := range c.Moves {
			steps = append(steps, step(slices.Index(v.Columns, m[1]), m[0]))
		}
		f := Cumulative(make(item("SP-1", steps...)).Journeys(), 4, w)
		if want := (DaySpan{day(c.Window.Start), day(c.Window.End)}); len(f.Corrections) != 1 ||
			(DaySpan{f.Corrections[0].From, f.Corrections[0].To}) != want || f.Corrections[0].Column != c.Window.Column {
			t.Errorf("%v: %+v, not %v in %d", c.Moves, f.Corrections, want, c.Window.Column)
		}
	}
	for _, c := range v.Cycles {
		j := &make(item("SP-1", step(1, c.Start), step(3, c.Stop))).Journeys()[0]
		if c.Expected == nil && j.Measured() || c.Expected != nil && j.CycleTime() != *c.Expected {
			t.Errorf("%s to %s: %d, not %v", c.Start, c.Stop, j.CycleTime(), c.Expected)
		}
	}
	for _, c := range v.Efficiency {
		var steps []Step
		if c.Start != "" {
			steps = append(steps, step(1, c.Start))
		}
		if c.Stop != "" {
			steps = append(steps, step(3, c.Stop))
		}
		it := item("SP-1", steps...)
		for _, b := range c.Blocks {
			k := Block{Span: Span{at(*b[0]), Unset}}
			if b[1] != nil {
				k.To = at(*b[1])
			}
			it.Blocks = append(it.Blocks, k)
		}
		r := make(it)
		if c.End != "" {
			r.Now = at(c.End)
		}
		if e := r.Efficiency(&r.Journeys()[0]); e.Active/1000 != c.Expected[0] || e.Total/1000 != c.Expected[1] {
			t.Errorf("%s: %d of %d, not %v", c.Name, e.Active/1000, e.Total/1000, c.Expected)
		}
	}
}
