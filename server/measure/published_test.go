package measure

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// ends is the start and the finish of one published item; Unset = not given.
type ends struct{ from, to int64 }

// rows reads a CSV file, its first row naming the columns.
func rows(t *testing.T, file string, comma rune) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.Comma = comma
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func when(t *testing.T, layout, text string) int64 {
	t.Helper()
	if text == "" {
		return Unset
	}
	at, err := time.Parse(layout, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMilli()
}

// What others published is read by an adapter each, and counted twice: by this package and by a script that shares
// nothing with it (testdata/check.mjs).
func TestPublished_AgainstAnIndependentScript(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no node to run the independent script")
	}
	dir := filepath.Dir(fixtures(t, "cycletime"))
	offset := regexp.MustCompile(`^\{(-?\d+)\}$`)
	sets := map[string][]ends{}
	for _, r := range rows(t, filepath.Join(dir, "cycletime/letpeoplework_flowmetricscsv_ExampleFile.csv"), ';') {
		const layout = "1/2/2006 3:04:05 PM"
		sets["flowmetricscsv"] = append(sets["flowmetricscsv"], ends{when(t, layout, r["Activated Date"]), when(t, layout, r["Closed Date"])})
	}
	for _, r := range rows(t, filepath.Join(dir, "cycletime/lighthouse_adodata.csv"), ',') {
		const layout = "2.1.2006 15:04:05"
		sets["lighthouse, Azure DevOps"] = append(sets["lighthouse, Azure DevOps"], ends{when(t, layout, r["Activated Date"]), when(t, layout, r["Closed Date"])})
	}
	for _, r := range rows(t, filepath.Join(dir, "cycletime/lighthouse_Team-Gravity.csv"), ',') {
		read := func(text string) int64 {
			m := offset.FindStringSubmatch(text)
			if m == nil {
				return Unset
			}
			n, _ := strconv.Atoi(m[1])
			return at("2026-11-20 12:00") + int64(n)*dayMs
		}
		sets["lighthouse, Gravity"] = append(sets["lighthouse, Gravity"], ends{read(r["StartedDate"]), read(r["ClosedDate"])})
	}
	for _, r := range rows(t, filepath.Join(dir, "jira/rueedlinger_agile-project-dataset_jira.csv"), ',') {
		name := "rueedlinger, project " + r["project"]
		sets[name] = append(sets[name], ends{when(t, time.DateOnly, r["created_date"]), when(t, time.DateOnly, r["finished_date"])})
	}
	for _, zone := range []string{"UTC", "Europe/Berlin", "America/Los_Angeles"} {
		said := script(t, zone, sets)
		for name, list := range sets {
			t.Run(name+", "+zone, func(t *testing.T) { agree(t, list, zone, said[name]) })
		}
	}
}

// counted is what the script says of one set.
type counted struct {
	N, Excluded int
	P           []int
	Throughput  map[string]int
}

func script(t *testing.T, zone string, sets map[string][]ends) map[string]counted {
	t.Helper()
	lists := map[string][][2]*int64{}
	for name, list := range sets {
		for _, e := range list {
			lists[name] = append(lists[name], [2]*int64{given(e.from), given(e.to)})
		}
	}
	in, err := json.Marshal(map[string]any{"zone": zone, "sets": lists})
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command("node", "testdata/check.mjs")
	run.Stdin = bytes.NewReader(in)
	raw, err := run.Output()
	said := map[string]counted{}
	if err == nil {
		err = json.Unmarshal(raw, &said)
	}
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func given(ms int64) *int64 {
	if ms == Unset {
		return nil
	}
	return &ms
}

// itemOf is an item that was built from its start to its finish.
func itemOf(e ends) Item {
	it := Item{Created: e.from}
	if e.from == Unset {
		it.Created = e.to
	} else {
		it.Steps = append(it.Steps, Step{At: e.from, Column: build})
	}
	if e.to != Unset {
		it.Steps = append(it.Steps, Step{At: e.to, Column: done})
	}
	return it
}

func agree(t *testing.T, list []ends, zone string, want counted) {
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	r := &Record{Board: five(), Calendar: NewCalendar(place), Now: at("2030-01-01")}
	for _, e := range list {
		r.Items = append(r.Items, itemOf(e))
	}
	journeys := r.Journeys()
	w := Window{-100_000, 100_000}
	points, out := Finished(journeys, w)
	times := CycleTimes(points)
	if len(times) != want.N || len(out.Junk)+len(out.NeverStarted) != want.Excluded {
		t.Errorf("%d measured, %d excluded; the script says %d and %d", len(times), len(out.Junk)+len(out.NeverStarted), want.N, want.Excluded)
	}
	for i, p := range []int{50, 70, 85, 95} {
		if got := times.Percentile(p); got != want.P[i] {
			t.Errorf("P%d = %d, the script says %d", p, got, want.P[i])
		}
	}
	got := map[string]int{}
	s := Daily(journeys, Window{day("2000-01-01"), day("2030-01-01")})
	for i, n := range s.Finished {
		if n > 0 {
			got[(s.Window.From + Day(i)).String()] = n
		}
	}
	if !maps.Equal(got, want.Throughput) {
		t.Errorf("throughput on %d days, the script counts %d", len(got), len(want.Throughput))
	}
}
