package port_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/port"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// bench is a workspace with one team, its lead, and the rooms that an import needs.
type bench struct {
	*trestletest.Bench
	boards *board.Service
	cards  *card.Service
	port   *port.Service
	team   string
	lead   who.Viewer
	ctx    context.Context
}

func onBench(t *testing.T, b *trestletest.Bench) *bench {
	t.Helper()
	o := &bench{Bench: b, boards: board.New(b.Store)}
	o.cards = card.New(b.Store, o.boards, "test")
	o.port = port.New(b.Store, o.boards)
	o.team = trestletest.Team(t, b.Store, "PAY")
	o.lead = trestletest.Person(t, b.Store, "lena", who.Member)
	trestletest.Join(t, b.Store, o.team, o.lead, "lead")
	o.ctx = trestletest.Ctx(t, o.lead)
	return o
}

func each(t *testing.T, fn func(t *testing.T, b *bench)) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) { fn(t, onBench(t, b)) })
}

func (b *bench) bring(t *testing.T, raw []byte) port.Report {
	t.Helper()
	rep, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: bytes.NewReader(raw)})
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return rep
}

func (b *bench) export(t *testing.T, boardID, format string) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := b.port.Export(b.ctx, boardID, format, &buf); err != nil {
		t.Fatalf("export: %v", err)
	}
	return buf.Bytes()
}

// tables are all that an import may write.
var tables = []string{"people", "boards", "columns", "column_versions", "sle_versions", "lanes", "cards", "card_keys", "places", "card_transitions",
	"blockers", "assignments", "discipline_intervals", "comments", "todos", "signals", "custom_fields", "custom_values", "external_ids", "events", "topics", "outbox"}

func rows(t *testing.T, st *store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, table := range tables {
		out[table] = trestletest.Count(t, st, "SELECT COUNT(*) FROM "+table)
	}
	return out
}

func sameRows(t *testing.T, before, after map[string]int) {
	t.Helper()
	for _, table := range tables {
		if before[table] != after[table] {
			t.Errorf("%s: %d rows before, %d after", table, before[table], after[table])
		}
	}
}

func own(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// published gives the files of other people's boards, or skips.
func published(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("TRESTLE_FIXTURES")
	if dir == "" {
		at, err := os.Getwd()
		for ; err == nil && at != filepath.Dir(at); at = filepath.Dir(at) {
			if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
				dir = filepath.Join(at, "..", "shared", "fixtures")
				break
			}
		}
	}
	files, _ := filepath.Glob(filepath.Join(dir, "trello", "*.json"))
	if len(files) == 0 {
		t.Skip("the published boards are not here (../shared/fixtures/trello, or set TRESTLE_FIXTURES)")
	}
	return files
}

func generic(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var v map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func reader(raw []byte) *bytes.Reader { return bytes.NewReader(raw) }

func wrongFaces(b *bench, boardID string) ([]string, error) {
	var rid int64
	q := b.Store.Rows(b.ctx)
	if _, err := q.Row([]any{&rid}, "SELECT rid FROM boards WHERE id = ?", boardID); err != nil {
		return nil, err
	}
	return card.WrongFaces(q, rid)
}

// refused checks that err is a fault with this code and these words.
func refused(t *testing.T, err error, code, words string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code || !strings.Contains(f.Detail, words) {
		t.Errorf("got %v, want %s with %q", err, code, words)
	}
}
