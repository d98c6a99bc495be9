package port_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"trestle/server/port"
	"trestle/server/trestletest"
)

// walk counts a Trello export by going through it as plain maps, on no path that the import shares.
func walk(t *testing.T, raw []byte) port.Counts {
	t.Helper()
	v := generic(t, raw)
	list := func(m map[string]any, key string) []map[string]any {
		var out []map[string]any
		items, _ := m[key].([]any)
		for _, x := range items {
			out = append(out, x.(map[string]any))
		}
		return out
	}
	var n port.Counts
	pos, closed, cards := map[string]float64{}, map[string]bool{}, map[string]bool{}
	for _, l := range list(v, "lists") {
		n.Lists++
		id := l["id"].(string)
		pos[id] = l["pos"].(float64)
		if l["closed"] == true {
			n.ListsArchived++
			closed[id] = true
		}
	}
	for _, c := range list(v, "cards") {
		n.Cards++
		cards[c["id"].(string)] = true
		if c["closed"] == true {
			n.CardsArchived++
		} else {
			n.CardsOpen++
			if closed[c["idList"].(string)] {
				n.CardsInArchivedLists++
			}
		}
		n.Labels += len(list(c, "labels"))
		n.CustomValues += len(list(c, "customFieldItems"))
		n.Attachments += len(list(c, "attachments"))
		if c["due"] != nil {
			n.DueDates++
		}
	}
	for _, l := range list(v, "checklists") {
		if cards[l["idCard"].(string)] {
			n.TodoLists++
			n.TodoItems += len(list(l, "checkItems"))
		}
	}
	for _, a := range list(v, "actions") {
		data := a["data"].(map[string]any)
		card, _ := data["card"].(map[string]any)
		if card == nil || !cards[fmt.Sprint(card["id"])] {
			continue
		}
		after, moved := data["listAfter"].(map[string]any)
		switch {
		case a["type"] == "commentCard":
			n.Comments++
		case a["type"] == "updateCard" && moved:
			n.Moves++
			to, known := pos[after["id"].(string)]
			from, too := pos[data["listBefore"].(map[string]any)["id"].(string)]
			if known && too && to < from {
				n.BackwardMoves++
			}
		}
	}
	n.CustomFields = len(list(v, "customFields"))
	n.People = len(list(v, "members"))
	return n
}

// TestImport_published brings every published board in: the report equals the independent counts, what
// stands in the database equals the report, the order is Trello's, and doing it again changes nothing.
func TestImport_published(t *testing.T) {
	for _, file := range published(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			each(t, func(t *testing.T, b *bench) { sound(t, b, raw) })
		})
	}
}

// sound is everything that must hold after any Trello import.
func sound(t *testing.T, b *bench, raw []byte) port.Report {
	t.Helper()
	want := walk(t, raw)
	before := rows(t, b.Store)
	dry, err := b.port.Import(b.ctx, port.Request{Team: "PAY", Source: port.Trello, DryRun: true, File: reader(raw)})
	if err != nil {
		t.Fatal(err)
	}
	sameRows(t, before, rows(t, b.Store))
	rep := b.bring(t, raw)
	if rep.Counts != want || dry.Counts != want {
		t.Errorf("report %+v\ndry run %+v\ncounted %+v", rep.Counts, dry.Counts, want)
	}
	count := func(stmt string, args ...any) int { return trestletest.Count(t, b.Store, stmt, args...) }
	for what, pair := range map[string][2]int{
		"cards":          {count("SELECT COUNT(*) FROM cards"), want.Cards},
		"open cards":     {count("SELECT COUNT(*) FROM cards WHERE archived_at IS NULL"), want.CardsOpen - want.CardsInArchivedLists},
		"places":         {count("SELECT COUNT(*) FROM places"), want.Cards},
		"moves":          {count("SELECT COUNT(*) FROM card_transitions WHERE kind = 'move'"), want.Moves},
		"backward moves": {count("SELECT COUNT(*) FROM card_transitions WHERE backward = TRUE"), want.BackwardMoves},
		"comments":       {count("SELECT COUNT(*) FROM comments"), want.Comments - said(rep, "Empty comments")},
		"to-do items":    {count("SELECT COUNT(*) FROM todos"), want.TodoItems},
		"custom values":  {count("SELECT COUNT(*) FROM custom_values"), want.CustomValues + said(rep, "Start dates")},
		"due dates":      {count("SELECT COUNT(*) FROM cards WHERE due_on <> ''"), want.DueDates},
		"events":         {count("SELECT COUNT(*) FROM events"), 1},
		"imported":       {count("SELECT COUNT(*) FROM events WHERE type = 'board.imported' AND topic = ?", "board:"+rep.BoardID), 1},
		"staged":         {count("SELECT COUNT(*) FROM boards WHERE staged_at IS NOT NULL"), 0},
		"staging ids":    {count("SELECT COUNT(*) FROM external_ids WHERE source LIKE 'staging:%'"), 0},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %d in the database, want %d", what, pair[0], pair[1])
		}
	}
	sameOrder(t, b, rep.BoardID, raw)
	after := rows(t, b.Store)
	again := b.bring(t, raw)
	sameRows(t, after, rows(t, b.Store))
	if again.AlreadyThere != want.Cards || again.BoardID != rep.BoardID || len(again.Kept) != 0 || len(again.Changed) != 0 || len(again.Dropped) != 0 {
		t.Errorf("the second time: %+v", again)
	}
	if wrong, err := wrongFaces(b, rep.BoardID); err != nil || len(wrong) > 0 {
		t.Errorf("faces that do not agree with their tables: %v %v", wrong, err)
	}
	return rep
}

// said is how many of something the report names as changed or dropped.
func said(r port.Report, what string) int {
	if l := line(r, what); l != nil {
		return l.Count
	}
	return 0
}

// sameOrder compares the snapshot's order with Trello's pos, list by list.
func sameOrder(t *testing.T, b *bench, boardID string, raw []byte) {
	t.Helper()
	v := generic(t, raw)
	name := map[string]string{}
	var lists []map[string]any
	for _, l := range v["lists"].([]any) {
		l := l.(map[string]any)
		name[l["id"].(string)] = l["name"].(string)
		if l["closed"] != true {
			lists = append(lists, l)
		}
	}
	sort.SliceStable(lists, func(i, j int) bool { return lists[i]["pos"].(float64) < lists[j]["pos"].(float64) })
	var cards []map[string]any
	for _, c := range v["cards"].([]any) {
		cards = append(cards, c.(map[string]any))
	}
	sort.SliceStable(cards, func(i, j int) bool { return cards[i]["pos"].(float64) < cards[j]["pos"].(float64) })
	var want []string
	for _, l := range lists {
		for _, c := range cards {
			if c["idList"] == l["id"] && c["closed"] != true {
				want = append(want, fmt.Sprint(c["id"]))
			}
		}
	}
	var got []string
	err := b.Store.Rows(b.ctx).Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		got = append(got, id)
		return err
	}, `SELECT e.external_id FROM places p JOIN columns l ON l.rid = p.column_rid JOIN cards c ON c.rid = p.card_rid
		JOIN boards b ON b.rid = p.board_rid JOIN external_ids e ON e.local_id = c.id AND e.kind = 'card'
		WHERE b.id = ? AND p.archived = FALSE AND l.retired_at IS NULL ORDER BY l.position, p.pos`, boardID)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("order\n%v\nwant\n%v", got, want)
	}
}
