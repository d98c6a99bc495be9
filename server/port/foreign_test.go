package port_test

import (
	"fmt"
	"strings"
	"testing"

	"trestle/server/port"
	"trestle/server/trestletest"
)

// A list that was moved from one board to another over there keeps its id: both boards come in, each with a
// column of its own, and a second import of either adds nothing.
func TestImport_aListOfTwoBoards(t *testing.T) {
	file := func(boardID string, card int) []byte {
		return fmt.Appendf(nil, `{"id":%q,"name":"Board %d","lists":[
			{"id":"67a0000000000000000000b1","name":"Shared %d","closed":false,"pos":1},
			{"id":"67a0000000000000000000c%d","name":"Other","closed":false,"pos":2}],
			"customFields":[{"id":"67a0000000000000000000d1","name":"Quay","type":"text","fieldGroup":"g","pos":1}],
			"cards":[{"id":"67b0000000000000000000a%d","name":"Card %d","idList":"67a0000000000000000000b1","pos":1,
				"customFieldItems":[{"id":"67a0000000000000000000e%d","idCustomField":"67a0000000000000000000d1","value":{"text":"north"}}]}]}`,
			boardID, card, card, card, card, card, card)
	}
	one, two := file("67a0000000000000000000f1", 1), file("67a0000000000000000000f2", 2)
	each(t, func(t *testing.T, b *bench) {
		first, second := b.bring(t, one), b.bring(t, two)
		if first.BoardID == second.BoardID || first.BoardID == "" || second.BoardID == "" {
			t.Fatalf("%q and %q", first.BoardID, second.BoardID)
		}
		for board, want := range map[string]string{first.BoardID: "Shared 1: Card 1 (north)", second.BoardID: "Shared 2: Card 2 (north)"} {
			got := query(t, b.Store, `SELECT l.name || ': ' || c.title || ' (' || v.value || ')' FROM cards c JOIN boards b ON b.rid = c.board_rid
				JOIN places p ON p.card_rid = c.rid AND p.board_rid = b.rid JOIN columns l ON l.rid = p.column_rid AND l.board_rid = b.rid
				JOIN custom_values v ON v.card_rid = c.rid JOIN custom_fields f ON f.rid = v.field_rid AND f.board_rid = b.rid WHERE b.id = '`+board+"'")
			if strings.Join(got, "|") != want {
				t.Errorf("%q, want %q", got, want)
			}
			b.export(t, board, port.JSON)
		}
		for i, again := range []port.Report{b.bring(t, one), b.bring(t, two)} {
			if again.AlreadyThere != 1 || again.BoardID != []string{first.BoardID, second.BoardID}[i] {
				t.Errorf("again: %+v", again)
			}
		}
		for stmt, want := range map[string]int{"SELECT COUNT(*) FROM boards": 2, "SELECT COUNT(*) FROM columns": 4, "SELECT COUNT(*) FROM custom_fields": 2} {
			if n := trestletest.Count(t, b.Store, stmt); n != want {
				t.Errorf("%s: %d, want %d", stmt, n, want)
			}
		}
	})
}
