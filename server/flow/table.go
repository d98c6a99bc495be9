package flow

import (
	"fmt"
	"strconv"
	"strings"

	"trestle/server/text"
)

// The tables behind every chart: what the page shows as its twin, and the file.

func row(cells ...any) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case string:
			out[i] = text.Cell(v)
		case float64:
			out[i] = strconv.FormatFloat(v, 'f', -1, 64)
		case *float64:
			if v != nil {
				out[i] = strconv.FormatFloat(*v, 'f', -1, 64)
			}
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return out
}

// hours of milliseconds, two decimals.
func hours[T int64 | float64](ms T) float64 { return float64(int64(float64(ms)/36_000+0.5)) / 100 }

func (v Overview) table() [][]string {
	out := [][]string{{"measure", "value", "n", "note"}}
	note := ""
	if v.WIP.Limit > 0 {
		note = fmt.Sprintf("of %d allowed", v.WIP.Limit)
	}
	return append(out, row("WIP", v.WIP.Now, v.WIP.Now, note), row("Throughput, last whole week", v.Throughput.Last, v.Throughput.N, fmt.Sprintf("%d to %d a week", v.Throughput.Least, v.Throughput.Most)),
		row("Work item age, total days", v.Age.Total, len(v.Age.Ages), "oldest "+strconv.Itoa(v.Age.Oldest)), row("Cycle time, 85 %, days", v.Cycle.Days, v.Cycle.N, v.Cycle.Rate))
}

func (v CycleTime) table() [][]string {
	out := [][]string{{"key", "title", "type", "class", "discipline", "finished", "days", "blockedHours", "reopened"}}
	for _, p := range v.Points {
		out = append(out, row(p.Key, p.Title, p.Type, p.Class, p.Discipline, p.Day, p.Days, hours(p.Blocked), p.Reopened))
	}
	return out
}

func (v Aging) table() [][]string {
	out := [][]string{{"key", "title", "type", "class", "discipline", "column", "days", "daysHere", "daysHereInAll", "blocked", "olderThanPercent", "expectedDays", "chanceMet", "chanceOf"}}
	for _, c := range v.Cards {
		out = append(out, row(c.Key, c.Title, c.Type, c.Class, c.Discipline, c.Column, c.Days, c.Here, c.InAll, c.Blocked, c.Past, c.SLEDays, c.Met, c.Of))
	}
	return out
}

func (v Cards) table() [][]string {
	out := [][]string{{"key", "title", "type", "class", "discipline", "state", "column", "days", "day", "board"}}
	for _, c := range v.Cards {
		out = append(out, row(c.Key, c.Title, c.Type, c.Class, c.Discipline, c.State, c.Column, c.Days, c.Day, c.BoardID))
	}
	return out
}

func (v Daily) table() [][]string {
	out := [][]string{{"day", "wip", "totalAge", "started", "finished", "discarded", "net"}}
	for i, d := range v.Days {
		out = append(out, row(d, v.WIP[i], v.TotalAge[i], v.Started[i], v.Finished[i], v.Discarded[i], v.Net[i]))
	}
	return out
}

func (v CumulativeFlow) table() [][]string {
	head := []any{"day"}
	for _, c := range v.Columns {
		head = append(head, c.Name)
	}
	out := [][]string{row(append(head, "discarded")...)}
	for i, d := range v.Days {
		line := []any{d}
		for _, c := range v.Columns {
			line = append(line, c.Reached[i])
		}
		out = append(out, row(append(line, v.Discarded[i])...))
	}
	return out
}

func (v Efficiency) table() [][]string {
	out := [][]string{{"week", "percent", "n"}}
	for _, w := range v.Weeks {
		out = append(out, row(w.Monday, w.Percent, w.N))
	}
	return out
}

func (v Blockers) table() [][]string {
	out := [][]string{{"category", "external", "count", "hours", "meanHours", "percent", "cards"}}
	for _, c := range v.Clusters {
		out = append(out, row(c.Name, c.External, c.Count, hours(c.Total), hours(c.Mean), c.Percent, strings.Join(c.Cards, " ")))
	}
	return out
}

func (v Handoffs) table() [][]string {
	out := [][]string{{"handoffs", "cards"}}
	for n, c := range v.Counts {
		out = append(out, row(n, c))
	}
	return out
}

func (v Mix) table() [][]string {
	reserved := map[string]Reserved{}
	for _, r := range v.Reserves {
		reserved[r.By+r.Key] = r
	}
	out := [][]string{{"by", "key", "finished", "finishedPercent", "wipDays", "wipPercent", "reservedPercent", "since"}}
	for _, g := range []struct {
		by    string
		parts []MixPart
	}{{"type", v.Types}, {"class", v.Classes}, {"planned", v.Planned}} {
		for _, p := range g.parts {
			share, r := any(""), reserved[g.by+p.Key]
			if r.Percent > 0 {
				share = r.Percent
			}
			out = append(out, row(g.by, p.Key, p.Finished, p.FinishedPercent, p.WIPDays, p.WIPPercent, share, r.Since))
			delete(reserved, g.by+p.Key)
		}
	}
	for _, r := range v.Reserves { // of which there was nothing
		if _, left := reserved[r.By+r.Key]; left {
			out = append(out, row(r.By, r.Key, 0, 0.0, 0, 0.0, r.Percent, r.Since))
		}
	}
	return out
}

func (v Stream) table() [][]string {
	out := [][]string{{"column", "n", "leadHours", "processHoursEstimated", "handed", "back", "completeAccuratePercent"}}
	for _, s := range v.Steps {
		out = append(out, row(s.Name, s.N, hours(s.Lead), hours(s.Process), s.Handed, s.Back, s.Accurate))
	}
	return out
}

func (v Forecast) table() [][]string {
	out := [][]string{{"percent", "atLeastItems", "by", "items", "finishedBy"}}
	for i, h := range v.HowMany {
		out = append(out, row(h.Percent, h.Items, v.By, v.Items, v.When[i].Day))
	}
	return out
}

func (v Diagnostics) table() [][]string {
	out := [][]string{{"what", "value", "held"}}
	out = append(out, row("mean WIP", v.Little.WIP, ""), row("mean throughput a day", v.Little.Throughput, ""), row("mean cycle time", v.Little.CycleTime, ""), row("WIP over throughput", v.Little.Expected, ""))
	for _, c := range v.Little.Conditions {
		out = append(out, row(c.Text, "", c.Held))
	}
	for _, o := range v.Overloads {
		out = append(out, row("days over the limit: "+o.Column, o.Days, ""))
	}
	return out
}
