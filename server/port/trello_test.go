package port_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/port"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// TestImport_harbour goes through everything that a Trello card can carry, on a board made for it.
func TestImport_harbour(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		raw := own(t, "harbour.json")
		rep := sound(t, b, raw)
		if rep.Counts.Moves != 9 || rep.Counts.BackwardMoves != 1 || rep.Counts.ListsArchived != 1 {
			t.Errorf("counts %+v", rep.Counts)
		}
		for what, why := range map[string]string{
			"Colours of labels": "colour", "Labels without a name": "colour", "Labels twice on one card": "one label", "Attached files": "no files",
			"Attached links": "Attachments", "Attachments without a web address": "nothing", "Times of due dates": "UTC", "Ticks on due dates": "column",
			"Reminders of due dates": "none", "Start dates": "Start date", "Empty checklists": "nothing", "Checklists of the same name on a card": "numbered",
			"Owners and due dates of to-do items": "neither", "Covers": "no covers", "Stickers": "none", "Votes": "priority", "Long titles": "300",
			"Cards without a title": "Untitled", "Empty comments": "nothing", "Open cards of archived lists": "archived", "Times of archiving": "last activity",
			"Cards with an incomplete history": "cycle times", "Lists that left the board": "history", "List limits": "warn", "Archived lists": "history",
			"Kinds of columns": "“Shipped”", "People": "sign in", "People who left the Trello board": "names", "Board description": "policies",
			"Power-up data of the board": "power-up", "Actions of cards that are not in the file": "deleted",
		} {
			if l := line(rep, what); l == nil || !strings.Contains(l.Why, why) || l.Count == 0 {
				t.Errorf("%q is not in the report with %q: %+v", what, why, l)
			}
		}
		harbourColumns(t, b, rep.BoardID)
		harbourClocks(t, b)
		harbourParts(t, b)
	})
}

func line(r port.Report, what string) *port.Line {
	for _, list := range [][]port.Line{r.Changed, r.Dropped} {
		for i := range list {
			if list[i].What == what {
				return &list[i]
			}
		}
	}
	return nil
}

func harbourColumns(t *testing.T, b *bench, boardID string) {
	t.Helper()
	l, err := b.boards.LayoutIn(b.Store.Rows(b.ctx), boardID)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, c := range l.Columns {
		got += fmt.Sprintf("%s %s %s;", c.Name, c.Kind, c.Wip.Mode)
	}
	if want := "Ideas queue off;Doing now active warn;Review active off;Shipped done off;"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
	if l.Column(l.StartColumnID).Name != "Doing now" || l.Column(l.FinishColumnID).Name != "Shipped" || len(l.Retired) != 2 {
		t.Errorf("points %s %s, retired %+v", l.StartColumnID, l.FinishColumnID, l.Retired)
	}
	versions := query(t, b.Store, `SELECT v.name || ' ' || v.wip_mode || ' ' || COALESCE(v.wip_max, 0) FROM column_versions v
		JOIN columns c ON c.rid = v.column_rid WHERE c.name = 'Doing now' ORDER BY v.from_at, v.rid`)
	if got := strings.Join(versions, "; "); got != "Doing off 0; Doing warn 5; Doing warn 2; Doing now warn 2" {
		t.Errorf("versions of the limit: %s", got)
	}
}

func query(t *testing.T, st *store.Store, stmt string, args ...any) (out []string) {
	t.Helper()
	err := st.Rows(t.Context()).Each(func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		out = append(out, s)
		return err
	}, stmt, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// harbourClocks checks creation, start and finish against the instants in the file.
func harbourClocks(t *testing.T, b *bench) {
	t.Helper()
	for _, want := range []struct {
		title, created, started, finished, archived string
		incomplete                                  bool
	}{
		{"Repair the north crane", "2025-01-07T09:00:00Z", "2025-01-08T09:00:00.25Z", "2025-01-14T09:00:00.25Z", "", false},
		{"Paint the =bollards", "2025-01-07T09:10:00Z", "", "", "2025-01-22T09:00:00.25Z", false},
		{"Sell the tug", "2025-01-07T09:20:00Z", "", "", "2025-02-01T09:00:00.25Z", false},
		{"Dredge basin two", "2024-12-01T09:00:00Z", "2025-01-15T09:00:00.25Z", "", "", true},
		{"Survey the quay wall", "2024-12-20T09:00:00Z", "2025-01-11T09:00:00.25Z", "", "", false},
		{"Repair the south crane", "2025-01-12T09:00:00Z", "2025-01-17T10:00:00.25Z", "", "", false},
		{"Untitled", "2025-01-18T09:00:00Z", "", "2025-01-18T09:00:00Z", "2025-01-25T09:00:00Z", false},
	} {
		var created int64
		var started, finished, archived *int64
		var incomplete bool
		found, err := b.Store.Rows(b.ctx).Row([]any{&created, &started, &finished, &archived, &incomplete},
			"SELECT created_at, started_at, finished_at, archived_at, history_incomplete FROM cards WHERE title = ?", want.title)
		if err != nil || !found {
			t.Fatalf("%s: %v %v", want.title, found, err)
		}
		got := []string{at(&created), at(started), at(finished), at(archived)}
		if fmt.Sprint(got, incomplete) != fmt.Sprint([]string{want.created, want.started, want.finished, want.archived}, want.incomplete) {
			t.Errorf("%s: %v %v, want %+v", want.title, got, incomplete, want)
		}
	}
	if keys := query(t, b.Store, "SELECT title FROM cards ORDER BY rid LIMIT 3"); keys[0] != "Dredge basin two" || keys[1] != "Survey the quay wall" {
		t.Errorf("the oldest card has not the first number: %v", keys)
	}
}

func at(ms *int64) string {
	if ms == nil {
		return ""
	}
	return store.At(*ms).Format(time.RFC3339Nano)
}

func harbourParts(t *testing.T, b *bench) {
	t.Helper()
	for stmt, want := range map[string]string{
		"SELECT type || ' ' || discipline || ' ' || labels || ' ' || due_on FROM cards WHERE title = 'Repair the north crane'":          `defect operations ["Bug","sky","ops"] 2025-01-31`,
		"SELECT discipline || ' ' || labels FROM cards WHERE title = 'Repair the south crane'":                                          `security ["Security"]`,
		"SELECT list || ': ' || text FROM todos ORDER BY position":                                                                      "Before: order rope|Steps: first|Steps: second|Steps (2): another",
		"SELECT text FROM todos WHERE done = TRUE ORDER BY position":                                                                    "order rope|first",
		"SELECT author_name || ': ' || text FROM comments ORDER BY at":                                                                  "Cy Gone: I will look at the brake.|bo: Still slips.|A former member: From a deleted account",
		"SELECT p.name || ' ' || p.role FROM people p WHERE p.placeholder = TRUE AND p.disabled_at IS NOT NULL ORDER BY LENGTH(p.name)": "bo guest|Cy Gone guest|Ann Arden guest",
		"SELECT f.name || '=' || v.value FROM custom_values v JOIN custom_fields f ON f.rid = v.field_rid ORDER BY f.rid":               "Berth==North 3|Tons=12.50|Signed=true|Arrival=2025-01-15|Tide=Low|Start date=2025-01-08",
		`SELECT p.name FROM assignments a JOIN people p ON p.rid = a.person_rid JOIN cards c ON c.rid = a.card_rid
			WHERE c.title = 'Repair the north crane' AND a.to_at IS NULL ORDER BY a.rid`: "bo|Ann Arden",
		`SELECT p.name FROM assignments a JOIN people p ON p.rid = a.person_rid WHERE a.to_at IS NOT NULL`:                                     "Cy Gone",
		`SELECT t.kind FROM card_transitions t JOIN cards c ON c.rid = t.card_rid WHERE c.title = 'Paint the =bollards' ORDER BY t.at, t.rid`:  "create|archive|unarchive|archive",
		`SELECT t.kind FROM card_transitions t JOIN cards c ON c.rid = t.card_rid WHERE c.title = 'Dredge basin two' ORDER BY t.at, t.rid`:     "import|move|move",
		`SELECT t.kind FROM card_transitions t JOIN cards c ON c.rid = t.card_rid WHERE c.title = 'Survey the quay wall' ORDER BY t.at, t.rid`: "board_in",
	} {
		if got := strings.Join(query(t, b.Store, stmt), "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", stmt, got, want)
		}
	}
	text := strings.Join(query(t, b.Store, "SELECT description FROM cards WHERE title = 'Repair the north crane'"), "")
	if !strings.Contains(text, "## Attachments") || !strings.Contains(text, `- [Crane \[manual\]](<https://example.test/crane?x=1>)`) || strings.Contains(text, "javascript:") {
		t.Errorf("description:\n%s", text)
	}
}

// TestImport_zone puts a late evening in UTC into the next day of Tokyo.
func TestImport_zone(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	if _, err := b.port.Import(b.ctx, port.Request{Team: b.team, TimeZone: "Asia/Tokyo", File: reader(own(t, "harbour.json"))}); err != nil {
		t.Fatal(err)
	}
	if got := query(t, b.Store, "SELECT due_on FROM cards WHERE due_on <> ''"); got[0] != "2025-02-01" {
		t.Errorf("due on %v", got)
	}
	if got := query(t, b.Store, "SELECT time_zone FROM boards"); got[0] != "Asia/Tokyo" {
		t.Errorf("board in %v", got)
	}
}

// TestImport_growth brings a board, then the same board a month later: only what is new is added, what
// people changed here stays.
func TestImport_growth(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		rep := b.bring(t, own(t, "harbour.json"))
		exec(t, b.Store, "UPDATE cards SET title = 'Changed here' WHERE title = 'Survey the quay wall'")
		later := edit(t, own(t, "harbour.json"), func(v map[string]any) {
			list := map[string]any{"id": "67a0000000000000000000f1", "name": "Inspection", "closed": false, "pos": 65536 * 3.5}
			v["lists"] = append(v["lists"].([]any), list)
			for i, name := range []string{"New in inspection", "New in doing"} {
				c := map[string]any{"id": fmt.Sprintf("67b0000000000000000000f%d", i), "name": name, "idList": list["id"], "pos": 5.0, "idMembers": []any{"5f00000000000000000000a1"}}
				if i == 1 {
					for _, l := range v["lists"].([]any) {
						if l.(map[string]any)["name"] == "Doing now" {
							c["idList"] = l.(map[string]any)["id"]
						}
					}
				}
				v["cards"] = append(v["cards"].([]any), c)
			}
			for _, c := range v["cards"].([]any) {
				if c.(map[string]any)["name"] == "Survey the quay wall" {
					c.(map[string]any)["name"] = "Changed over there"
				}
			}
		})
		people := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM people")
		again := b.bring(t, later)
		if again.BoardID != rep.BoardID || again.AlreadyThere != 8 || again.Counts.Cards != 10 {
			t.Errorf("report %+v", again)
		}
		if got := strings.Join(query(t, b.Store, "SELECT name FROM columns WHERE retired_at IS NULL ORDER BY position"), "|"); got != "Ideas|Doing now|Inspection|Review|Shipped" {
			t.Errorf("columns %s", got)
		}
		if got := strings.Join(query(t, b.Store, "SELECT c.title FROM places p JOIN cards c ON c.rid = p.card_rid JOIN columns l ON l.rid = p.column_rid WHERE l.name = 'Doing now' ORDER BY p.pos"), "|"); got != "Repair the south crane|Changed here|New in doing" {
			t.Errorf("doing: %s", got)
		}
		for stmt, want := range map[string]int{
			"SELECT COUNT(*) FROM boards": 1, "SELECT COUNT(*) FROM people": people, "SELECT COUNT(*) FROM events WHERE type = 'board.imported'": 2, "SELECT COUNT(*) FROM events": 2,
			"SELECT COUNT(*) FROM cards": 10, "SELECT COUNT(*) FROM external_ids WHERE source <> 'trello'": 0,
			"SELECT COUNT(*) FROM card_transitions t JOIN boards b ON b.rid = t.board_rid": trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM card_transitions"),
		} {
			if n := trestletest.Count(t, b.Store, stmt); n != want {
				t.Errorf("%s: %d, want %d", stmt, n, want)
			}
		}
		started := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards WHERE title LIKE 'New in %' AND started_at IS NOT NULL AND finished_at IS NULL AND history_incomplete = TRUE")
		if started != 2 {
			t.Errorf("%d of the two new cards are started", started)
		}
		if wrong, err := wrongFaces(b, rep.BoardID); err != nil || len(wrong) > 0 {
			t.Errorf("faces: %v %v", wrong, err)
		}
		if snap := b.export(t, rep.BoardID, port.JSON); !bytes.Contains(snap, []byte("New in inspection")) {
			t.Error("the new card is not on the board")
		}
	})
}

// TestImport_hardLimit: a second import is admitted like anybody: a hard limit refuses all of it.
func TestImport_hardLimit(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.bring(t, own(t, "harbour.json"))
		exec(t, b.Store, "UPDATE columns SET wip_mode = 'hard', wip_max = 2 WHERE name = 'Doing now'")
		exec(t, b.Store, "UPDATE boards SET version = version + 1")
		more := edit(t, own(t, "harbour.json"), func(v map[string]any) {
			for _, l := range v["lists"].([]any) {
				if l := l.(map[string]any); l["name"] == "Doing now" || l["name"] == "Ideas" {
					v["cards"] = append(v["cards"].([]any), map[string]any{"id": "new" + l["name"].(string), "name": "One more", "idList": l["id"], "pos": 1.0})
				}
			}
		})
		before := rows(t, b.Store)
		_, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: reader(more)})
		refused(t, err, "wip_limit", "Doing now is full")
		sameRows(t, before, rows(t, b.Store))
		exec(t, b.Store, "UPDATE columns SET wip_mode = 'reason' WHERE name = 'Doing now'")
		exec(t, b.Store, "UPDATE boards SET version = version + 1")
		b.bring(t, more)
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM card_transitions WHERE override_reason <> '' AND override_limit <> ''"); n != 1 {
			t.Errorf("%d overrides kept, want 1", n)
		}
	})
}

// TestImport_expediteLimit: the strip's limit counts what is open; an expedite card that was finished long ago
// does not ask for a place in it.
func TestImport_expediteLimit(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		raw := b.export(t, lived(t, b), port.JSON)
		with := func(finished bool) []byte {
			return edit(t, raw, func(v map[string]any) {
				v["board"].(map[string]any)["expedite"] = map[string]any{"mode": "hard", "max": 1, "counts": true}
				v["cards"] = slices.DeleteFunc(v["cards"].([]any), func(c any) bool {
					card := c.(map[string]any)
					if card["title"] == "Two" {
						card["class"] = "expedite"
					}
					return card["title"] == "Two" && !finished
				})
			})
		}
		b.bring(t, with(false)) // "Three" is expedite and open: the strip is full
		b.bring(t, with(true))
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards WHERE title = 'Two' AND class = 'expedite' AND finished_at IS NOT NULL"); n != 1 {
			t.Errorf("%d finished expedite cards were brought, want 1", n)
		}
	})
}

func edit(t *testing.T, raw []byte, fn func(v map[string]any)) []byte {
	t.Helper()
	v := generic(t, raw)
	fn(v)
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func exec(t *testing.T, st *store.Store, stmt string, args ...any) {
	t.Helper()
	if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { _, err := tx.Exec(stmt, args...); return err }); err != nil {
		t.Fatalf("%s: %v", stmt, err)
	}
}
