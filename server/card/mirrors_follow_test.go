package card_test

import (
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// at says in which column of a desk a card is shown.
func (d *desk) at(id string) string {
	d.t.Helper()
	f := d.face(id)
	for _, c := range d.snapshot().Columns {
		if f != nil && c.ID == f.ColumnID {
			return c.Name
		}
	}
	return ""
}

func (d *desk) wantAt(id, column, when string) {
	d.t.Helper()
	if got := d.at(id); got != column {
		d.t.Errorf("%s: it is in %q, not in %q", when, got, column)
	}
}

func (d *desk) must(c card.MoveAnswer, err error) card.MoveAnswer {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

var back = &card.Return{Category: "defect"}

// Finished on its own board, a card's mirrors go to the done column; re-opened or taken back, they come out to exactly
// where they stood. The history of the card says so, and the stays of the mirrors are recorded.
func TestMirror_FollowsToDone(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		first, c, last := own.add("First", "Ready"), own.add("Vault", "Ready"), own.add("Last", "Ready")
		for _, x := range []card.Face{first, c, last} {
			other.mirror(x.ID, "Next")
		}
		place := other.face(c.ID).Pos
		own.must(own.move(c.ID, "Build", card.Move{}))
		other.wantAt(c.ID, "Next", "started")
		done := own.must(own.move(c.ID, "Done", card.Move{}))
		other.wantAt(c.ID, "Shipped", "finished")
		other.wantAt(first.ID, "Next", "another one")
		if f := other.face(c.ID); f.Mirror.ColumnName != "Done" || f.FinishedAt == nil {
			t.Errorf("%+v %+v", f, f.Mirror)
		}
		if h := own.detail(own.worker, c.ID).History[0].Text; h != "moved it from Build to Done; on Platform it went to Shipped" {
			t.Error(h)
		}
		own.must(own.cards.Undo(own.worker, c.ID, done.Seq))
		other.wantAt(c.ID, "Next", "the finish taken back")
		if f := other.face(c.ID); f.Pos != place {
			t.Errorf("it lost its place: %q, not %q", f.Pos, place)
		}
		if h := own.detail(own.worker, c.ID).History[0].Text; h != "undid a move: back to Build; on Platform it went to Next" {
			t.Error(h)
		}
		own.must(own.move(c.ID, "Done", card.Move{}))
		reopened := own.must(own.move(c.ID, "Build", card.Move{Return: back}))
		other.wantAt(c.ID, "Next", "re-opened")
		own.must(own.cards.Undo(own.worker, c.ID, reopened.Seq))
		other.wantAt(c.ID, "Shipped", "the re-opening taken back")
		if n := own.count("SELECT count(*) FROM mirror_stays WHERE to_at IS NULL"); n != 3 {
			t.Errorf("%d open stays", n)
		}
		if n := own.count("SELECT count(*) FROM mirror_stays s JOIN cards c ON c.rid = s.card_rid WHERE c.id = ?", c.ID); n != 6 {
			t.Errorf("%d stays", n)
		}
		noWrongFaces(t, st)

		// many at once, and taken back at once
		out, err := own.cards.Bulk(own.worker, own.b.ID, card.Bulk{CardIDs: []string{first.ID, last.ID}, Move: &card.BulkMove{ColumnID: own.col("Done")}})
		if err != nil {
			t.Fatal(err)
		}
		other.wantAt(first.ID, "Shipped", "finished with others")
		if _, err := own.cards.Bulk(own.worker, own.b.ID, card.Bulk{CardIDs: []string{first.ID, last.ID}, Undo: []int64{out.Items[0].Seq, out.Items[1].Seq}}); err != nil {
			t.Fatal(err)
		}
		other.wantAt(last.ID, "Next", "taken back with others")
	})
}

// What people of the other board did with a mirror stands; so do its limits, and a board without a done column.
func TestMirror_FollowsOnlyWhereItMay(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		finish := func(c card.Face) { t.Helper(); own.must(own.move(c.ID, "Done", card.Move{})) }
		reopen := func(c card.Face) { t.Helper(); own.must(own.move(c.ID, "Build", card.Move{Return: back})) }
		a, b, full := own.add("Theirs", "Ready"), own.add("By hand", "Ready"), own.add("No room", "Ready")

		// put into Done by hand: it stays there, whatever becomes of the card
		other.mirror(a.ID, "Next")
		own.must(other.move(a.ID, "Shipped", card.Move{}))
		finish(a)
		reopen(a)
		other.wantAt(a.ID, "Shipped", "they had put it there")

		// taken out of Done by hand: finished or not, it stays there
		other.mirror(b.ID, "Doing")
		finish(b)
		own.must(other.move(b.ID, "Next", card.Move{}))
		reopen(b)
		other.wantAt(b.ID, "Next", "they had taken it out")

		// a hard limit holds for it, where mirrors count, and is no reason to refuse the finish
		other.mirror(full.ID, "Next")
		yes, one, hard := true, 1, board.Hard
		if _, err := other.boards.Change(other.lead, other.b.ID, board.Patch{MirrorsCount: &yes}); err != nil {
			t.Fatal(err)
		}
		if _, err := other.boards.ChangeColumn(other.lead, other.col("Shipped"), board.ColumnPatch{Wip: &board.WipPatch{Mode: &hard, Max: web.Some(one)}}); err != nil {
			t.Fatal(err)
		}
		finish(full)
		other.wantAt(full.ID, "Next", "no room")
		if f := other.face(full.ID); f.Mirror.ColumnName != "Done" || f.FinishedAt == nil {
			t.Errorf("its state is shown: %+v %+v", f, f.Mirror)
		}

		// no done column
		l, err := own.boards.Create(own.lead, board.NewBoard{TeamID: own.team, Name: "Nowhere", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
			{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}}})
		if err != nil {
			t.Fatal(err)
		}
		bare := *own
		bare.b = l
		d := own.add("Only waits", "Ready")
		bare.mirror(d.ID, "Ready")
		finish(d)
		bare.wantAt(d.ID, "Ready", "no done column")
		noWrongFaces(t, st)
	})
}

// The other ways in which a card comes to be finished, or not any more: its own board's columns and points, and the
// archive. A board that only its team sees is not named in the history.
func TestMirror_FollowsThroughEveryDoor(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		shut := board.TeamOnly
		if _, err := other.boards.Change(other.lead, other.b.ID, board.Patch{Visibility: &shut}); err != nil {
			t.Fatal(err)
		}
		c := own.add("Vault", "Ready")
		own.must(own.move(c.ID, "Review", card.Move{}))
		other.mirror(c.ID, "Next")
		points := func(column string) {
			t.Helper()
			if _, err := own.boards.Change(own.lead, own.b.ID, board.Patch{FinishColumnID: ptr(own.col(column))}); err != nil {
				t.Fatal(err)
			}
		}
		points("Review")
		other.wantAt(c.ID, "Shipped", "Review finishes now")
		points("Done")
		other.wantAt(c.ID, "Next", "and no more")
		if _, err := own.boards.RemoveColumn(own.lead, own.col("Review"), own.col("Done")); err != nil {
			t.Fatal(err)
		}
		other.wantAt(c.ID, "Shipped", "its column was taken away")
		if _, err := own.cards.Archive(own.worker, c.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := own.cards.Restore(own.worker, c.ID, own.col("Build"), ""); err != nil {
			t.Fatal(err)
		}
		other.wantAt(c.ID, "Next", "restored to work")
		own.must(own.move(c.ID, "Done", card.Move{}))
		other.wantAt(c.ID, "Shipped", "finished")
		for _, line := range own.detail(own.worker, c.ID).History {
			if strings.Contains(line.Text, "Platform") {
				t.Error("the history names a board that is shut:", line.Text)
			}
		}
		noWrongFaces(t, st)
	})
}

// What a card says is changed on the card itself, also where its mirror is let go in a row that stands for something.
func TestMirror_TakesNothingFromARow(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		c := own.add("Vault", "Ready")
		other.mirror(c.ID, "Next")
		before, kind := own.count("SELECT count(*) FROM events"), "defect"
		_, err := other.move(c.ID, "Doing", card.Move{Set: &card.Says{Type: &kind}})
		if !fault.Is(err, "invalid") || !strings.Contains(err.Error(), "belongs to another board") {
			t.Fatal(err)
		}
		if n := own.count("SELECT count(*) FROM events"); n != before {
			t.Error("a refusal changed something")
		}
		other.wantAt(c.ID, "Next", "refused")
		noWrongFaces(t, st)
	})
}
