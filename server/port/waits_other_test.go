package port_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/port"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// neighbour makes a board of another team with one card in its first column.
func neighbour(t *testing.T, b *bench, visibility string) (boardID string, c card.Face) {
	t.Helper()
	team := trestletest.Team(t, b.Store, fmt.Sprintf("N%d", trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM teams")))
	trestletest.Join(t, b.Store, team, b.lead, "lead")
	l, err := b.boards.Create(b.ctx, board.NewBoard{TeamID: team, Name: "Neighbour", Visibility: visibility, Columns: []board.NewColumn{
		{Name: "Next", Kind: board.Queue}, {Name: "Doing", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.cards.Create(b.ctx, l.ID, card.NewCard{Title: "A key for the vault", ColumnID: l.Columns[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	return l.ID, out.Card
}

// changedLine is a line of the report about things that are not as they were.
func changedLine(rep port.Report, what string) (n int, why string) {
	for _, l := range rep.Changed {
		if l.What == what {
			return l.Count, l.Why
		}
	}
	return 0, ""
}

// A card that waits for one of another board goes on doing so when its board is brought back, if that card is here and
// its importer may see it; it is told when the other finishes.
func TestImport_waitsForAnotherBoard(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		from := b.bring(t, own(t, "harbour.json")).BoardID
		waiting := query(t, b.Store, "SELECT id FROM cards WHERE archived_at IS NULL AND finished_at IS NULL ORDER BY rid")[0]
		there, other := neighbour(t, b, board.Workspace)
		if _, err := b.cards.Wait(b.ctx, waiting, card.NewWait{Card: other.Key, Reason: "The vault is locked"}); err != nil {
			t.Fatal(err)
		}
		out := b.export(t, from, port.JSON)
		if !bytes.Contains(out, []byte(`"waitsForOther":{"id":"`+other.ID+`","key":"`+other.Key+`"}`)) {
			t.Fatalf("%s", out)
		}
		roundTrip(t, b, from)
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM waits w JOIN cards c ON c.rid = w.on_rid WHERE c.id = ? AND w.to_at IS NULL", other.ID); n != 2 {
			t.Fatalf("%d wait for it", n)
		}
		d, _, err := b.cards.Detail(b.ctx, other.ID)
		if err != nil || len(d.Blocks) != 2 {
			t.Fatalf("%+v %v", d.Blocks, err)
		}
		l, err := b.boards.LayoutIn(b.Store.Rows(t.Context()), there)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.cards.Move(b.ctx, other.ID, card.Move{ColumnID: l.Columns[2].ID}); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM blockers WHERE reason = 'The vault is locked' AND closed_at IS NULL"); n != 0 {
			t.Errorf("%d still wait", n)
		}
	})
}

// Where the other card is not here, is somebody else's, must not be seen or named, or is finished, a plain blocker stays
// and its reason names the key; the report says so, in one sentence for all.
func TestImport_waitsForNobodyHere(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		from := b.bring(t, own(t, "harbour.json")).BoardID
		waiting := query(t, b.Store, "SELECT id FROM cards WHERE archived_at IS NULL AND finished_at IS NULL ORDER BY rid")[0]
		there, other := neighbour(t, b, board.Workspace)
		if _, err := b.cards.Wait(b.ctx, waiting, card.NewWait{Card: other.Key, Reason: "The vault is locked"}); err != nil {
			t.Fatal(err)
		}
		out := b.export(t, from, port.JSON)
		shut := board.TeamOnly
		stranger := trestletest.Person(t, b.Store, "stranger", who.Member)
		for what, c := range map[string]struct {
			file   []byte
			before string
			as     who.Viewer
		}{
			"no such key":           {bytes.ReplaceAll(out, []byte(other.Key), []byte("ZZZ-9")), "", b.lead},
			"another card's key":    {bytes.ReplaceAll(out, []byte(other.ID), []byte("crd_0000000000000000")), "", b.lead},
			"finished":              {out, "UPDATE cards SET finished_at = 1 WHERE id = ?", b.lead},
			"archived":              {out, "UPDATE cards SET archived_at = 1 WHERE id = ?", b.lead},
			"not to be named there": {out, "shut", b.lead},
			"not to be seen":        {out, "shut", stranger},
		} {
			t.Run(what, func(t *testing.T) {
				exec(t, b.Store, "UPDATE cards SET finished_at = NULL, archived_at = NULL WHERE id = ?", other.ID)
				if c.before == "shut" {
					if _, err := b.boards.Change(b.ctx, there, board.Patch{Visibility: &shut}); err != nil {
						t.Fatal(err)
					}
					defer exec(t, b.Store, "UPDATE boards SET visibility = 'workspace', version = version + 1 WHERE id = ?", there)
				} else if c.before != "" {
					exec(t, b.Store, c.before, other.ID)
				}
				team := trestletest.Team(t, b.Store, fmt.Sprintf("W%d", trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM teams")))
				trestletest.Join(t, b.Store, team, c.as, "lead")
				ctx := trestletest.Ctx(t, c.as)
				waits := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM waits")
				dry, err := b.port.Import(ctx, port.Request{Team: team, DryRun: true, File: reader(c.file)})
				if err != nil {
					t.Fatal(err)
				}
				rep, err := b.port.Import(ctx, port.Request{Team: team, File: reader(c.file)})
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range []port.Report{dry, rep} {
					if n, why := changedLine(r, "Blockers"); n != 1 || !strings.Contains(why, "plain blockers") {
						t.Errorf("%+v", r.Changed)
					}
				}
				key := other.Key
				if what == "no such key" {
					key = "ZZZ-9"
				}
				got := query(t, b.Store, "SELECT reason FROM blockers k JOIN boards b ON b.rid = k.board_rid WHERE b.id = '"+rep.BoardID+"' AND k.reason LIKE '%vault%' AND k.closed_at IS NULL")
				if len(got) != 1 || got[0] != "The vault is locked (waits for "+key+")" {
					t.Errorf("%q", got)
				}
				if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM waits"); n != waits {
					t.Error("it waits for somebody")
				}
				if wrong, err := wrongFaces(b, rep.BoardID); err != nil || len(wrong) > 0 {
					t.Errorf("faces: %v %v", wrong, err)
				}
			})
		}
	})
}

// What becomes of the other card between the plan and the end counts.
func TestImport_waitsAreLookedAtAgain(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		from := b.bring(t, own(t, "harbour.json")).BoardID
		waiting := query(t, b.Store, "SELECT id FROM cards WHERE archived_at IS NULL AND finished_at IS NULL ORDER BY rid")[0]
		_, other := neighbour(t, b, board.Workspace)
		if _, err := b.cards.Wait(b.ctx, waiting, card.NewWait{Card: other.Key, Reason: "The vault is locked"}); err != nil {
			t.Fatal(err)
		}
		out := b.export(t, from, port.JSON)
		waits := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM waits")
		b.port.WhenStaged(func(int) { exec(t, b.Store, "UPDATE cards SET finished_at = 1 WHERE id = ?", other.ID) })
		team := trestletest.Team(t, b.Store, "LATER")
		trestletest.Join(t, b.Store, team, b.lead, "lead")
		if _, err := b.port.Import(b.ctx, port.Request{Team: team, File: reader(out)}); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM waits"); n != waits {
			t.Error("it waits for what is finished")
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM blockers WHERE reason = ?", "The vault is locked (waits for "+other.Key+")"); n != 1 {
			t.Error("the key is lost")
		}
	})
}
