package port_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/port"
	"trestle/server/trestletest"
)

// What a column that holds one card of one says to a second one.
const (
	in     = "in"      // it comes in
	noted  = "noted"   // it comes in, and the event or the transition keeps which limit it went past
	asked  = "asked"   // reason_required; with a reason it comes in and that is noted
	turned = "refused" // wip_limit
	passed = "passed"  // pull looks for another card: nothing_to_pull
)

type answers struct{ off, min, warn, reason, hard string }

// everybody is what the limit says at a door where a reason can be given.
var everybody = answers{off: in, min: in, warn: noted, reason: asked, hard: turned}

// doors are all ways by which a card comes to stand in a column. Drag, keyboard and menu of the page are move and
// bulk here; that the page asks the same at each of its own is limits.spec.ts.
var doors = []struct {
	name    string
	answers answers
	// before runs while the column is still empty; it gives the card that will come in.
	before func(m *matrix) string
	enter  func(m *matrix, id, reason string) error
}{
	{"create", everybody, nothing, func(m *matrix, _, reason string) error {
		_, err := m.cards.Create(m.ctx, m.board, card.NewCard{Title: "Second", ColumnID: m.full, Reason: reason})
		return err
	}},
	{"move", everybody, inReady, func(m *matrix, id, reason string) error {
		_, err := m.cards.Move(m.ctx, id, card.Move{ColumnID: m.full, Reason: reason})
		return err
	}},
	{"bulk", everybody, inReady, func(m *matrix, id, reason string) error {
		_, err := m.cards.Bulk(m.ctx, m.board, card.Bulk{CardIDs: []string{id}, Move: &card.BulkMove{ColumnID: m.full}, Reason: reason})
		return err
	}},
	{"restore", everybody, archived, func(m *matrix, id, reason string) error {
		_, err := m.cards.Restore(m.ctx, id, "", reason)
		return err
	}},
	{"class", everybody, expedite, func(m *matrix, id, reason string) error {
		standard := board.Standard
		_, err := m.cards.Change(m.ctx, id, card.Patch{Class: &standard, Reason: reason})
		return err
	}},
	// nobody is there to be asked: the reason is "Undone", "Brought by an import"
	{"undo", answers{in, in, noted, noted, turned}, movedOn, func(m *matrix, id, _ string) error {
		_, err := m.cards.Undo(m.ctx, id, m.seq)
		return err
	}},
	{"import", answers{in, in, noted, noted, turned}, nothing, (*matrix).again},
	{"pull", answers{in, in, noted, passed, passed}, inReady, func(m *matrix, _, _ string) error {
		_, err := m.cards.Pull(m.ctx, m.board, card.Pull{})
		return err
	}},
	{"mirror", everybody, elsewhere, func(m *matrix, id, reason string) error {
		_, err := m.cards.Mirror(m.ctx, id, card.NewMirror{BoardID: m.board, ColumnID: m.full, Reason: reason})
		return err
	}},
	{"mirror moved", everybody, mirrored, func(m *matrix, id, reason string) error {
		_, err := m.cards.Move(m.ctx, id, card.Move{ColumnID: m.full, Reason: reason})
		return err
	}},
	{"mirror that does not count", answers{in, in, in, in, in}, func(m *matrix) string {
		m.counting(false)
		return elsewhere(m)
	}, func(m *matrix, id, reason string) error {
		_, err := m.cards.Mirror(m.ctx, id, card.NewMirror{BoardID: m.board, ColumnID: m.full, Reason: reason})
		return err
	}},
	// a minimum is seen and never stands in the way, and neither does a limit of what a card leaves
	{"leaving", answers{in, in, in, in, in}, nothing, func(m *matrix, _, _ string) error {
		_, err := m.cards.Move(m.ctx, m.first, card.Move{ColumnID: m.done})
		return err
	}},
}

// The limits matrix: every mode at every door, one answer each, and a refused card changes nothing.
func TestLimits_EveryModeAtEveryDoor(t *testing.T) {
	one, three := 1, 3
	modes := []struct {
		name string
		wip  board.Wip
		says func(answers) string
	}{
		{"off", board.Wip{Mode: board.Off}, func(a answers) string { return a.off }},
		{"minimum", board.Wip{Mode: board.Hard, Min: &three}, func(a answers) string { return a.min }},
		{"warn", board.Wip{Mode: board.Warn, Max: &one}, func(a answers) string { return a.warn }},
		{"reason", board.Wip{Mode: board.Reason, Max: &one}, func(a answers) string { return a.reason }},
		{"hard", board.Wip{Mode: board.Hard, Max: &one}, func(a answers) string { return a.hard }},
	}
	each(t, func(t *testing.T, b *bench) {
		for _, mode := range modes {
			for _, door := range doors {
				t.Run(mode.name+"/"+door.name, func(t *testing.T) {
					m := b.matrix(t, mode.wip)
					id := door.before(m)
					m.fill()
					if door.name == "import" {
						m.brought()
					}
					m.says(mode.says(door.answers), func(reason string) error { return door.enter(m, id, reason) })
				})
			}
		}
	})
}

// matrix is one cell: a board whose middle column has the limit.
type matrix struct {
	*bench
	t                 *testing.T
	board             string
	ready, full, done string
	first             string // the card that fills the column
	seq               int64  // of a move to be taken back
	raw               []byte // the board's file
}

func (b *bench) matrix(t *testing.T, wip board.Wip) *matrix {
	t.Helper()
	l, err := b.boards.Create(b.ctx, board.NewBoard{TeamID: b.team, Name: "Limits", Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &wip}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	m := &matrix{bench: b, t: t, board: l.ID, ready: l.Columns[0].ID, full: l.Columns[1].ID, done: l.Columns[2].ID}
	m.counting(true)
	return m
}

func (m *matrix) counting(on bool) {
	m.t.Helper()
	_, err := m.boards.Change(m.ctx, m.board, board.Patch{MirrorsCount: &on})
	m.ok(err)
}

func (m *matrix) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *matrix) add(boardID, columnID, title, class string) string {
	m.t.Helper()
	out, err := m.cards.Create(m.ctx, boardID, card.NewCard{Title: title, ColumnID: columnID, Class: class})
	m.ok(err)
	return out.Card.ID
}

func (m *matrix) fill() { m.first = m.add(m.board, m.full, "First", "") }

func nothing(*matrix) string { return "" }

func inReady(m *matrix) string { return m.add(m.board, m.ready, "Second", "") }

func archived(m *matrix) string {
	id := m.add(m.board, m.full, "Second", "")
	_, err := m.cards.Archive(m.ctx, id)
	m.ok(err)
	return id
}

// expedite stands there already, without being counted.
func expedite(m *matrix) string {
	_, err := m.boards.Change(m.ctx, m.board, board.Patch{Expedite: &board.ExpediteView{Mode: board.Off}})
	m.ok(err)
	return m.add(m.board, m.full, "Second", board.Expedite)
}

func movedOn(m *matrix) string {
	id := m.add(m.board, m.full, "Second", "")
	a, err := m.cards.Move(m.ctx, id, card.Move{ColumnID: m.done})
	m.ok(err)
	m.seq = a.Seq
	return id
}

func elsewhere(m *matrix) string {
	l, err := m.boards.Create(m.ctx, board.NewBoard{TeamID: m.team, Name: "Its own", Columns: []board.NewColumn{{Name: "Next", Kind: board.Queue}}})
	m.ok(err)
	return m.add(l.ID, l.Columns[0].ID, "Second", "")
}

func mirrored(m *matrix) string {
	id := elsewhere(m)
	_, err := m.cards.Mirror(m.ctx, id, card.NewMirror{BoardID: m.board, ColumnID: m.ready})
	m.ok(err)
	return id
}

// brought looks from here on at the same board as an import brings it.
func (m *matrix) brought() {
	m.raw = m.export(m.t, m.board, port.JSON)
	m.board = m.bring(m.t, m.raw).BoardID
}

// again brings that board once more, with one card more than it had.
func (m *matrix) again(_, _ string) error {
	m.t.Helper()
	more := edit(m.t, m.raw, func(v map[string]any) {
		cards := v["cards"].([]any)
		second := maps.Clone(cards[0].(map[string]any))
		second["id"], second["key"], second["title"] = "second of "+m.board, "PAY-9999", "Second"
		v["cards"] = append(cards, second)
	})
	_, err := m.port.Import(m.ctx, port.Request{Team: m.team, File: bytes.NewReader(more)})
	return err
}

// standing is how many cards the column shows, and how often a limit was noted.
func (m *matrix) standing() (cards, notes int) {
	m.t.Helper()
	cards = trestletest.Count(m.t, m.Store, "SELECT COUNT(*) FROM places p JOIN boards b ON b.rid = p.board_rid JOIN columns k ON k.rid = p.column_rid "+
		"WHERE p.archived = FALSE AND k.name = 'Build' AND b.id = '"+m.board+"'")
	notes = trestletest.Count(m.t, m.Store, "SELECT COUNT(*) FROM card_transitions s JOIN cards c ON c.rid = s.card_rid JOIN boards b ON b.rid = c.board_rid "+
		"WHERE s.override_limit <> '' AND b.id = '"+m.board+"'")
	log, err := m.cards.EventsOf(m.ctx, m.board, 0, 500)
	m.ok(err)
	for _, e := range log.Items {
		if e.Type != "board.imported" && bytes.Contains(e.Data, []byte(`"limits":[{`)) {
			notes++
		}
	}
	return cards, notes
}

// says goes through the door, without a reason and then with one, and holds what happened against what is wanted.
func (m *matrix) says(want string, enter func(reason string) error) {
	m.t.Helper()
	before, noted0 := m.standing()
	err := enter("")
	f, _ := fault.As(err)
	cards, notes := m.standing()
	changed, wrote := cards != before, notes > noted0
	switch want {
	case in, noted:
		if err != nil || wrote != (want == noted) {
			m.t.Fatalf("want %s: %v, noted %v", want, err, wrote)
		}
		return
	case asked:
		if f == nil {
			m.t.Fatalf("want to be asked: %v", err)
		}
		needs, _ := f.Extra["needs"].([]string)
		if f.Code != "reason_required" || !slices.Equal(needs, []string{"limit"}) {
			m.t.Fatalf("want to be asked: %v, %v", err, needs)
		}
	case turned, passed:
		if code := map[string]string{turned: "wip_limit", passed: "nothing_to_pull"}[want]; f == nil || f.Code != code {
			m.t.Fatalf("want %s: %v", code, err)
		}
	}
	if changed || wrote {
		m.t.Fatalf("%v, and yet %d cards instead of %d, noted %v", err, cards, before, wrote)
	}
	err = enter("because")
	if _, notes = m.standing(); want == asked && (err != nil || notes == noted0) {
		m.t.Fatalf("with a reason: %v, noted %v", err, notes > noted0)
	}
	if f, _ = fault.As(err); want != asked && f == nil {
		m.t.Fatalf("a reason helped against %s", want)
	}
}
