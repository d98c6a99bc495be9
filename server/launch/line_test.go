package launch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/store"
)

// A stage that nobody planned follows the holds before it; what began stands where it began.
func TestLaunch_Line(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)
	at := func(day, hour int) int64 { return store.Ms(time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)) }
	ended := at(18, 9)
	planned := func(name string, hold float64, on string) keptStage {
		return keptStage{Name: name, Hold: hold, On: on, State: StagePlanned}
	}
	began := func(name, state string, hold float64, ms int64) keptStage {
		return keptStage{Name: name, Hold: hold, State: state, At: ms}
	}
	for name, c := range map[string]struct {
		launchOn string
		l        launch
		want     string
	}{
		"no day":                {"", launch{plan: kept{Stages: []keptStage{planned("a", 24, "")}}}, ""},
		"the first is the day":  {"2026-11-26", launch{plan: kept{Stages: []keptStage{planned("a", 24, ""), planned("b", 48, ""), planned("c", 0, "")}}}, "a 26-27, b ~27-29, c ~29-29"},
		"hours add up":          {"2026-11-26", launch{plan: kept{Stages: []keptStage{planned("a", 12, ""), planned("b", 6, ""), planned("c", 6, "")}}}, "a 26-26, b ~26-26, c ~26-27"},
		"what is planned stays": {"2026-11-26", launch{plan: kept{Stages: []keptStage{planned("a", 24, ""), planned("b", 24, "2026-11-30"), planned("c", 0, "")}}}, "a 26-27, b 30-01, c ~01-01"},
		"it should have begun":  {"2026-11-16", launch{plan: kept{Stages: []keptStage{planned("a", 24, ""), planned("b", 24, ""), planned("c", 24, "")}}}, "a 16-17, b ~19-20, c ~20-21"},
		"begun before its day":  {"2026-11-26", launch{state: Running, plan: kept{Stages: []keptStage{began("a", StageRunning, 48, at(18, 12)), planned("b", 24, ""), planned("c", 0, "")}}}, "a 18-20, b ~20-21, c ~21-21"},
		"held for longer":       {"2026-11-10", launch{state: Running, plan: kept{Stages: []keptStage{began("a", StageRunning, 24, at(10, 12)), planned("b", 24, "")}}}, "a 10-19, b ~19-20"},
		"went on":               {"2026-11-10", launch{state: Running, plan: kept{Stages: []keptStage{began("a", StagePassed, 240, at(10, 12)), began("b", StageRunning, 72, at(18, 12))}}}, "a 10-18, b 18-21"},
		"where the team is":     {"2026-11-10", launch{state: Running, plan: kept{Stages: []keptStage{began("a", StageRunning, 240, at(10, 23))}}}, "a 11-21"},
		"the clocks go back":    {"2027-10-31", launch{plan: kept{Stages: []keptStage{planned("a", 24, ""), planned("b", 24, "")}}}, "a 31-01, b ~01-02"},
		"undone":                {"2026-11-10", launch{state: RolledBack, endedAt: &ended, plan: kept{Stages: []keptStage{began("a", StageStopped, 24, at(17, 9)), planned("b", 24, "")}}}, "a 17-18"},
		"done":                  {"2026-11-10", launch{state: Done, endedAt: &ended, plan: kept{Stages: []keptStage{began("a", StagePassed, 24, at(16, 9)), began("b", StagePassed, 240, at(17, 9))}}}, "a 16-17, b 17-18"},
	} {
		var got []string
		for _, d := range c.l.line(c.launchOn, berlin, now) {
			mark := ""
			if d.Reckoned {
				mark = "~"
			}
			got = append(got, d.Name+" "+mark+d.On[8:]+"-"+d.Until[8:])
		}
		if said := strings.Join(got, ", "); said != c.want {
			t.Errorf("%s: %s, not %s", name, said, c.want)
		}
	}
}

// A freeze warns while something of a launch is still to begin in it, and of what runs in it now; not of what has gone by.
func TestLaunch_Warns(t *testing.T) {
	now := time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	freezes := []freeze{{title: "past", from: day(-9), to: day(-1)}, {title: "today", from: day(0), to: day(1)}, {title: "soon", from: day(7), to: day(8)},
		{title: "later", from: day(12), to: day(12)}, {title: "theirs", teamID: "tea_b", from: day(0), to: day(30)}}
	three := func(states ...string) (out []keptStage) {
		for i, hold := range []float64{168, 120, 0} {
			st := keptStage{Name: string(rune('a' + i)), Hold: hold, State: StagePlanned}
			if i < len(states) {
				st.State, st.At = states[i], store.Ms(now.AddDate(0, 0, i-len(states)+1))
			}
			out = append(out, st)
		}
		return out
	}
	ended := store.Ms(now)
	for name, c := range map[string]struct {
		launchOn string
		l        launch
		want     string
	}{
		"planned, without stages":  {day(8), launch{state: Planned}, "soon[]"},
		"planned":                  {day(0), launch{state: Planned, plan: kept{Stages: three()}}, "today[a] soon[b] later[c]"},
		"of no freeze":             {day(4), launch{state: Planned}, ""},
		"should have begun":        {day(-3), launch{state: Planned}, "today[]"},
		"its day is past, it runs": {day(-1), launch{state: Running, plan: kept{Stages: three(StageRunning)}}, "today!] soon[b] later[c]"},
		"before its planned day":   {day(20), launch{state: Running, plan: kept{Stages: three(StagePassed, StageRunning)}}, "today!]"},
		"stopped":                  {day(-1), launch{state: Stopped, plan: kept{Stages: three(StageStopped)}}, "soon[b] later[c]"},
		"undone":                   {day(0), launch{state: RolledBack, endedAt: &ended, plan: kept{Stages: three(StageStopped)}}, ""},
		"done":                     {day(0), launch{state: Done, endedAt: &ended, plan: kept{Stages: three(StagePassed, StagePassed, StagePassed)}}, ""},
	} {
		var got []string
		for _, r := range c.l.warns("tea_a", c.launchOn, day(0), c.l.line(c.launchOn, time.UTC, now), freezes) {
			mark := "["
			if r.Now {
				mark = "!"
			}
			got = append(got, r.Title+mark+strings.Join(r.Stages, "")+"]")
		}
		if want := strings.Fields(c.want); !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", name, got, want)
		}
	}
}

func TestLongWords(t *testing.T) {
	for d, want := range map[time.Duration]string{time.Second: "1 min", 35 * time.Minute: "35 min", 90 * time.Minute: "2 h", 47 * time.Hour: "47 h", 71 * time.Hour: "3 d"} {
		if got := longWords(d); got != want {
			t.Errorf("%s: %s, not %s", d, got, want)
		}
	}
}
