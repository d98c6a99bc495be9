package measure

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// five columns as most cases use them: Backlog (queue) · Committed (queue, start) · Build · Test (active) · Done
func five() Board {
	return Board{Columns: []Column{{Name: "Backlog"}, {Name: "Committed"}, {Name: "Build", Kind: Active}, {Name: "Test", Kind: Active}, {Name: "Done", Kind: Done}},
		Start: 1, Finish: 4}
}

const (
	backlog = iota
	committed
	build
	testing_
	done
)

// at reads "2026-11-02 09:30" (or a date alone) as UTC.
func at(text string) int64 {
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UnixMilli()
		}
	}
	panic("not a time: " + text)
}

func day(text string) Day { return NewCalendar(nil).Day(at(text)) }

// step reads the column entered and when.
func step(column int, when string) Step { return Step{At: at(when), Column: column} }

// item is created with its first step.
func item(key string, steps ...Step) Item {
	it := Item{ID: key, Key: key, Steps: steps}
	if len(steps) > 0 {
		it.Created = steps[0].At
	}
	return it
}

func record(now string, items ...Item) *Record {
	return &Record{Board: five(), Calendar: NewCalendar(nil), Items: items, Now: at(now)}
}

func one(t *testing.T, r *Record) *Journey {
	t.Helper()
	if len(r.Items) != 1 {
		t.Fatalf("%d items", len(r.Items))
	}
	return &r.Journeys()[0]
}

// fixtures is the folder of published data, beside the project; the test says so and skips when it is not there.
func fixtures(t *testing.T, part string) string {
	t.Helper()
	dir := os.Getenv("TRESTLE_FIXTURES")
	if dir == "" {
		for up := "."; ; up = filepath.Join(up, "..") {
			if _, err := os.Stat(filepath.Join(up, "go.mod")); err == nil {
				dir = filepath.Join(up, "..", "shared", "fixtures")
				break
			}
		}
	}
	dir = filepath.Join(dir, part)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the published data is not here (../shared/fixtures/%s, or set TRESTLE_FIXTURES)", part)
	}
	return dir
}
