package port_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"trestle/server/port"
	"trestle/server/trestletest"
)

// A card holds no more after an import than its own doors let in; the report says what was left out.
func TestImport_leavesOutWhatACardDoesNotHold(t *testing.T) {
	from := onBench(t, trestletest.New(t))
	file := generic(t, from.export(t, from.bring(t, own(t, "harbour.json")).BoardID, port.JSON))
	c := file["cards"].([]any)[0].(map[string]any)
	var todos, links, signals []any
	for i := range 503 {
		todos = append(todos, map[string]any{"list": "", "text": fmt.Sprint("step ", i), "done": false})
	}
	for i := range 102 {
		links = append(links, map[string]any{"kind": "other", "url": fmt.Sprint("https://example.test/", i), "title": "", "at": c["createdAt"]})
	}
	for i := range 21 {
		signals = append(signals, map[string]any{"key": fmt.Sprint("ci-", i), "state": "ok", "text": "x", "url": "", "at": c["createdAt"]})
	}
	c["todos"], c["links"], c["signals"] = todos, links, signals
	raw, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	b := onBench(t, trestletest.New(t))
	rep := b.bring(t, raw)
	for _, l := range []port.Line{
		{What: "To-do items", Count: 3, Why: "A card holds at most 500; the first ones of each card came along."},
		{What: "Links", Count: 2, Why: "A card holds at most 100; the first ones of each card came along."},
		{What: "Signals", Count: 1, Why: "A card holds at most 20; the first ones of each card came along."},
	} {
		found := false
		for _, d := range rep.Dropped {
			found = found || d == l
		}
		if !found {
			t.Errorf("the report does not say %+v: %+v", l, rep.Dropped)
		}
	}
	for table, want := range map[string]int{"todos": 500, "card_links": 100, "signals": 20} {
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM "+table+" x JOIN cards c ON c.rid = x.card_rid WHERE c.title = ?", c["title"]); n != want {
			t.Errorf("%d rows of %s, not %d", n, table, want)
		}
	}
}
