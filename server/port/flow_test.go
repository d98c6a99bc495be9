package port_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	program "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/flow"
	"trestle/server/trestletest"
)

// Every published board is brought in, and its flow counted twice: by the program from its tables, and by a script that
// reads the board's own export of transitions and shares nothing with the program.
func TestFlow_OfPublishedBoardsAgainstAnIndependentScript(t *testing.T) {
	if _, err := program.LookPath("node"); err != nil {
		t.Skip("no node to run the independent script")
	}
	measured := 0
	for _, file := range published(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			count := func(t *testing.T, b *bench) { measured += counted(t, b, b.bring(t, raw).BoardID) }
			if strings.HasPrefix(filepath.Base(file), "hermes") { // the one with a history worth the name, on both databases
				each(t, count)
			} else {
				count(t, onBench(t, trestletest.New(t)))
			}
		})
	}
	if measured == 0 && !t.Failed() && !t.Skipped() {
		t.Error("no card of any board was measured: this proves nothing")
	}
}

// counted compares a board's flow with the script's, and says how many cards had a cycle time.
func counted(t *testing.T, b *bench, boardID string) int {
	t.Helper()
	l, err := b.boards.LayoutIn(b.Store.Rows(b.ctx), boardID)
	if err != nil {
		t.Fatal(err)
	}
	columns := slices.Concat(l.Columns, l.Retired)
	slices.SortStableFunc(columns, func(x, y board.Column) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.RID, y.RID))
	})
	start, finish := l.StartColumnID, l.FinishColumnID
	var names []string
	for _, c := range columns {
		if slices.Contains(names, c.Name) {
			t.Skipf("two columns are called %s: an export by names cannot tell them apart", c.Name)
		}
		names = append(names, c.Name)
	}
	point := func(id string) int { // none = behind the last
		if i := slices.IndexFunc(columns, func(c board.Column) bool { return c.ID == id }); i >= 0 {
			return i
		}
		return len(columns)
	}
	table, err := csv.NewReader(bytes.NewReader(b.export(t, boardID, "cards.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	incomplete, where := []string{}, slices.Index(table[0], "historyIncomplete")
	for _, row := range table[1:] {
		if row[where] == "true" {
			incomplete = append(incomplete, row[0])
		}
	}
	in, err := json.Marshal(map[string]any{"zone": l.Location().String(), "columns": names, "start": point(start), "finish": point(finish), "incomplete": incomplete,
		"transitions": string(b.export(t, boardID, "transitions.csv"))})
	if err != nil {
		t.Fatal(err)
	}
	run := program.Command("node", "testdata/flow.mjs")
	run.Stdin, run.Stderr = bytes.NewReader(in), os.Stderr
	raw, err := run.Output()
	var want struct {
		Cycle, Throughput map[string]int
		InProgress        int
	}
	if err == nil {
		err = json.Unmarshal(raw, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for day := range want.Throughput {
		if first == "" || day < first {
			first = day
		}
	}
	s, all := flow.New(b.Store, b.boards), flow.Ask{Class: "expedite,fixed_date,standard,intangible"}
	over, err := s.Overview(b.ctx, boardID, all)
	if err != nil {
		t.Fatal(err)
	}
	if over.WIP.Now != want.InProgress {
		t.Errorf("%d in progress, the script counts %d", over.WIP.Now, want.InProgress)
	}
	cycle, throughput := map[string]int{}, map[string]int{}
	for from := first; from != ""; { // windows are three years long at most
		all.From, all.To, from = windowFrom(t, from)
		c, err := s.CycleTime(b.ctx, boardID, all)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.Points {
			cycle[p.Key] = p.Days
		}
		d, err := s.Throughput(b.ctx, boardID, all)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range d.Finished {
			if n > 0 {
				throughput[d.Days[i]] = n
			}
		}
	}
	if !maps.Equal(cycle, want.Cycle) {
		t.Errorf("cycle times %v, the script says %v", cycle, want.Cycle)
	}
	if !maps.Equal(throughput, want.Throughput) {
		t.Errorf("throughput %v, the script says %v", throughput, want.Throughput)
	}
	return len(cycle)
}

// windowFrom is two years from the first of January of a day's year, and where the next one begins; "" after 2026.
func windowFrom(t *testing.T, day string) (from, to, next string) {
	t.Helper()
	years := []string{"2010", "2012", "2014", "2016", "2018", "2020", "2022", "2024", "2026", "2028"}
	i := slices.IndexFunc(years, func(y string) bool { return strings.Compare(day[:4], y) < 0 })
	if i <= 0 {
		t.Fatalf("a day outside what this test knows: %s", day)
	}
	from, to = years[i-1]+"-01-01", years[i]+"-01-01"
	if i+1 < len(years) {
		next = years[i] + "-01-01"
	}
	return from, to, next
}
