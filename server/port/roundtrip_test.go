package port_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/port"
	"trestle/server/trestletest"
	"trestle/server/who"
)

var idLike = regexp.MustCompile(`^(brd|col|lan|crd|per|fld)_[0-9a-z]{16}$`)

// normal replaces ids by the order in which they first appear, and takes away what an import may change:
// keys of cards and the date of export.
func normal(t *testing.T, raw []byte) any {
	t.Helper()
	v := generic(t, raw)
	delete(v, "exportedAt")
	names := map[string]string{}
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			delete(v, "key")
			keys := make([]string, 0, len(v))
			for k := range v {
				keys = append(keys, k)
			}
			// people's order among equals and map order must not matter: visit in a fixed order
			for _, k := range sorted(keys) {
				v[k] = walk(v[k])
			}
			return v
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
			return v
		case string:
			if idLike.MatchString(v) {
				if names[v] == "" {
					names[v] = fmt.Sprintf("%s#%d", v[:3], len(names))
				}
				return names[v]
			}
			return v
		}
		return v
	}
	return walk(v)
}

func sorted(s []string) []string {
	out := append([]string(nil), s...)
	for i := range out {
		for j := i + 1; j < len(out); j++ {
			if out[j] < out[i] {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	return out
}

// roundTrip exports a board, imports it into another team, exports that, and compares.
func roundTrip(t *testing.T, b *bench, boardID string) {
	t.Helper()
	out := b.export(t, boardID, port.JSON)
	if strings.Contains(string(out), "@") && regexp.MustCompile(`@(example\.test|import\.invalid)`).Match(out) {
		t.Error("the export tells e-mail addresses")
	}
	other := trestletest.Team(t, b.Store, fmt.Sprintf("T%d", trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM teams")))
	trestletest.Join(t, b.Store, other, b.lead, "lead")
	b.Clock.Advance(time.Hour)
	rep, err := b.port.Import(b.ctx, port.Request{Team: other, Source: port.Trestle, File: reader(out)})
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	back := b.export(t, rep.BoardID, port.JSON)
	one, two := normal(t, out), normal(t, back)
	if !reflect.DeepEqual(one, two) {
		x, _ := json.MarshalIndent(one, "", " ")
		y, _ := json.MarshalIndent(two, "", " ")
		a, c := strings.Split(string(x), "\n"), strings.Split(string(y), "\n")
		for i := range min(len(a), len(c)) {
			if a[i] != c[i] {
				t.Fatalf("line %d differs:\n%s\nthen\n%s", i, strings.Join(a[max(0, i-8):min(i+4, len(a))], "\n"), strings.Join(c[max(0, i-8):min(i+4, len(c))], "\n"))
			}
		}
		t.Fatalf("%d lines, then %d", len(a), len(c))
	}
	before := rows(t, b.Store)
	again, err := b.port.Import(b.ctx, port.Request{Team: other, File: reader(out)})
	if err != nil || again.AlreadyThere != rep.Counts.Cards {
		t.Errorf("again: %+v %v", again, err)
	}
	sameRows(t, before, rows(t, b.Store))
	if wrong, err := wrongFaces(b, rep.BoardID); err != nil || len(wrong) > 0 {
		t.Errorf("faces: %v %v", wrong, err)
	}
}

func TestRoundTrip_trello(t *testing.T) {
	each(t, func(t *testing.T, b *bench) { roundTrip(t, b, b.bring(t, own(t, "harbour.json")).BoardID) })
}

func TestRoundTrip_published(t *testing.T) {
	for _, file := range published(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b := onBench(t, trestletest.New(t))
			roundTrip(t, b, b.bring(t, raw).BoardID)
		})
	}
}

// TestRoundTrip_lived is a board on which people have done everything that a board can record.
func TestRoundTrip_lived(t *testing.T) {
	each(t, func(t *testing.T, b *bench) { roundTrip(t, b, lived(t, b)) })
}

// lived makes a board through the services: limits overridden, moves back and undone, blockers, signals.
func lived(t *testing.T, b *bench) string {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(3 * time.Hour)
	}
	mate := trestletest.Person(t, b.Store, "mo", who.Member)
	trestletest.Join(t, b.Store, b.team, mate, "worker")
	one := 1
	l, err := b.boards.Create(b.ctx, board.NewBoard{TeamID: b.team, Name: "Lived – “in”", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &board.Wip{Mode: board.Reason, Max: &one}},
		{Name: "Test", Kind: board.Active, Policy: "Two pairs of eyes"}, {Name: "Done", Kind: board.Done}}, SLE: &board.NewSLE{Days: 8, Percent: 85}})
	ok(err)
	lane, err := b.boards.AddLane(b.ctx, l.ID, board.NewLane{Name: "North"})
	ok(err)
	sle := []board.NewSLE{{Class: board.Expedite, Days: 2, Percent: 90}, {Days: 9, Percent: 85}}
	_, err = b.boards.Change(b.ctx, l.ID, board.Patch{SLE: &sle})
	ok(err)
	col := func(i int) string { return l.Columns[i].ID }
	size := 3.5
	var ids []string
	for i, n := range []card.NewCard{
		{Title: "One =SUM(A1)", ColumnID: col(0), OwnerIDs: []string{b.lead.PersonID}, Labels: []string{"a, b", "c"}, DueOn: "2026-04-01", Size: &size, Involves: []string{"security"}, Description: "Line\r\nand “quotes” \"here\""},
		{Title: "Two", ColumnID: col(1), LaneID: lane.Lanes[0].ID, Type: "risk", Discipline: "security", OwnerIDs: []string{mate.PersonID, b.lead.PersonID}},
		{Title: "Three", ColumnID: col(0), Class: board.Expedite}, {Title: "Four", ColumnID: col(0)},
	} {
		c, err := b.cards.Create(b.ctx, l.ID, n)
		if err != nil {
			t.Fatal(i, err)
		}
		ids = append(ids, c.Card.ID)
		b.Clock.Advance(time.Hour)
	}
	move := func(id string, m card.Move) card.MoveAnswer {
		t.Helper()
		a, err := b.cards.Move(b.ctx, id, m)
		ok(err)
		return a
	}
	move(ids[0], card.Move{ColumnID: col(1), Reason: "the pair is ready"})
	move(ids[0], card.Move{ColumnID: col(2)})
	move(ids[0], card.Move{ColumnID: col(1), Reason: "again", Return: &card.Return{Category: "defect", Text: "it leaks"}})
	undo := move(ids[0], card.Move{ColumnID: col(3)})
	_, err = b.cards.Undo(b.ctx, ids[0], undo.Seq)
	ok(err)
	move(ids[1], card.Move{ColumnID: col(3)})
	blocked, err := b.cards.Block(b.ctx, ids[0], card.NewBlocker{Category: "vendor", Reason: "No pump", WaitingFor: "Pumps Ltd"})
	ok(err)
	_, err = b.cards.Unblock(b.ctx, blocked.Blocker.ID)
	ok(err)
	_, err = b.cards.Block(b.ctx, ids[0], card.NewBlocker{Category: "test", Reason: "No data"})
	ok(err)
	raised, err := b.cards.Block(b.ctx, ids[0], card.NewBlocker{Category: "other", Reason: "No key"})
	ok(err)
	_, err = b.cards.Raise(b.ctx, raised.Blocker.ID, mate.PersonID)
	ok(err)
	_, err = b.cards.Promise(trestletest.Ctx(t, mate), raised.Blocker.ID, b.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly))
	ok(err)
	_, err = b.cards.Wait(b.ctx, ids[2], card.NewWait{Card: ids[0]})
	ok(err)
	_, err = b.cards.Comment(b.ctx, ids[0], "It **leaks**")
	ok(err)
	_, err = b.cards.AddTodo(b.ctx, ids[0], card.NewTodo{List: "Before", Text: "drain"})
	ok(err)
	_, err = b.cards.Archive(b.ctx, ids[3])
	ok(err)
	exec(t, b.Store, "INSERT INTO signals (card_rid, key, state, text, url, at) SELECT rid, 'ci', 'ok', 'green', 'https://example.test/1', created_at FROM cards WHERE id = ?", ids[0])
	_, err = b.boards.RemoveColumn(b.ctx, col(2), col(1))
	ok(err)
	return l.ID
}

// TestExport_csv reads both tables back with a plain parser.
func TestExport_csv(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		id := lived(t, b)
		cards := table(t, b.export(t, id, port.CardsCSV))
		if len(cards) != 4 || cards[0]["key"] == "" {
			t.Fatalf("cards: %v", cards)
		}
		byTitle := map[string]map[string]string{}
		for _, c := range cards {
			byTitle[c["title"]] = c
		}
		one := byTitle["One =SUM(A1)"]
		if one["labels"] != "a, b; c" || one["size"] != "3.5" || one["owners"] != "lena" || one["openBlockers"] != "2" || one["dueOn"] != "2026-04-01" ||
			one["column"] != "Build" || one["finishedAt"] != "" || one["description"] != "Line\nand “quotes” \"here\"" {
			t.Errorf("one: %q", one)
		}
		if _, err := time.Parse(time.RFC3339, one["startedAt"]); err != nil || byTitle["Four"]["archivedAt"] == "" {
			t.Errorf("times: %v %v", one, byTitle["Four"])
		}
		steps := table(t, b.export(t, id, port.TransitionsCSV))
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM card_transitions"); len(steps) != n {
			t.Errorf("%d transitions, want %d", len(steps), n)
		}
		back, voided := 0, 0
		for _, s := range steps {
			if s["backward"] == "true" && s["returnCategory"] == "defect" && s["returnText"] == "it leaks" && s["actor"] == "lena" {
				back++
			}
			if s["voidedAt"] != "" {
				voided++
			}
		}
		if back != 1 || voided == 0 {
			t.Errorf("%d returns, %d undone: %v", back, voided, steps)
		}
	})
}

// TestExport_formulas: no cell begins with what a spreadsheet would run.
func TestExport_formulas(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	raw := edit(t, own(t, "harbour.json"), func(v map[string]any) {
		for i, c := range v["cards"].([]any) {
			c := c.(map[string]any)
			c["name"] = string([]rune("=+-@＝＋－＠")[i%8]) + "HYPERLINK(\"http://example.test\")"
			c["labels"] = []any{map[string]any{"name": "@x"}}
		}
		for _, m := range v["members"].([]any) {
			m.(map[string]any)["fullName"] = "=cmd|' /C calc'!A0"
		}
		for _, l := range v["lists"].([]any) {
			l.(map[string]any)["name"] = "-" + l.(map[string]any)["name"].(string)
		}
		for _, f := range v["customFields"].([]any) {
			f.(map[string]any)["name"] = "+" + f.(map[string]any)["name"].(string)
		}
	})
	id := b.bring(t, raw).BoardID
	for _, format := range []string{port.CardsCSV, port.TransitionsCSV} {
		out := b.export(t, id, format)
		if !bytes.Contains(out, []byte("\r\n")) {
			t.Error("lines do not end as RFC 4180 says")
		}
		records, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			for _, f := range r {
				if f != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(f)[0]) {
					t.Errorf("%s has the cell %q", format, f)
				}
			}
		}
	}
	if _, err := b.port.Export(b.ctx, id, "xlsx", &bytes.Buffer{}); err == nil {
		t.Error("an unknown format was exported")
	}
}

func table(t *testing.T, raw []byte) (out []map[string]string) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records[1:] {
		m := map[string]string{}
		for i, f := range r {
			m[records[0][i]] = f
		}
		out = append(out, m)
	}
	return out
}
