package card_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// desk is a board with a worker in front of it: Ready (queue), Build (2, reason), Review (1, hard), Done.
type desk struct {
	t      *testing.T
	st     *store.Store
	boards *board.Service
	cards  *card.Service
	worker context.Context
	lead   context.Context
	viewer who.Viewer
	team   string
	b      *board.Layout
}

func wip(mode string, max int) *board.Wip { return &board.Wip{Mode: mode, Max: &max} }

func newDesk(t *testing.T, st *store.Store) *desk {
	t.Helper()
	d := &desk{t: t, st: st, boards: board.New(st)}
	d.cards = card.New(st, d.boards, "test")
	d.team = trestletest.Team(t, st, "TRS")
	lead := trestletest.Person(t, st, "lea", who.Member)
	trestletest.Join(t, st, d.team, lead, "lead")
	d.viewer = trestletest.Person(t, st, "wim", who.Member)
	trestletest.Join(t, st, d.team, d.viewer, "worker")
	d.lead, d.worker = trestletest.Ctx(t, lead), trestletest.Ctx(t, d.viewer)
	b, err := d.boards.Create(d.lead, board.NewBoard{TeamID: d.team, Name: "Delivery", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: wip(board.Reason, 2)},
		{Name: "Review", Kind: board.Active, Wip: wip(board.Hard, 1)}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	d.b = b
	return d
}

// again is another board like this one, for the same people.
func (d *desk) again() *desk {
	d.t.Helper()
	e := *d
	var columns []board.NewColumn
	for _, c := range d.b.Columns {
		columns = append(columns, board.NewColumn{Name: c.Name, Kind: c.Kind, Wip: &c.Wip})
	}
	b, err := d.boards.Create(d.lead, board.NewBoard{TeamID: d.team, Name: "Again", TimeZone: "Europe/Berlin", Columns: columns})
	if err != nil {
		d.t.Fatal(err)
	}
	e.b = b
	return &e
}

func (d *desk) col(name string) string {
	for _, c := range d.b.Columns {
		if c.Name == name {
			return c.ID
		}
	}
	d.t.Fatalf("no column %s", name)
	return ""
}

func (d *desk) add(title, column string) card.Face {
	d.t.Helper()
	out, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: title, ColumnID: d.col(column), Reason: "test"})
	if err != nil {
		d.t.Fatal(err)
	}
	return out.Card
}

func (d *desk) move(id, column string, m card.Move) (card.MoveAnswer, error) {
	m.ColumnID = d.col(column)
	return d.cards.Move(d.worker, id, m)
}

func (d *desk) snapshot() card.Snapshot {
	d.t.Helper()
	e, err := d.cards.Snapshot(d.worker, d.b.ID, "", false)
	if err != nil {
		d.t.Fatal(err)
	}
	var s card.Snapshot
	if err := json.Unmarshal(e.Body, &s); err != nil {
		d.t.Fatal(err)
	}
	return s
}

// order is the titles of a column from the top.
func (d *desk) order(column string) string {
	var out []string
	for _, c := range d.snapshot().Cards {
		if c.ColumnID == d.col(column) {
			out = append(out, c.Title)
		}
	}
	return strings.Join(out, " ")
}

func wantCode(t *testing.T, err error, code string) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	return f
}

func TestMoveOrder(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, b, c := d.add("a", "Ready"), d.add("b", "Ready"), d.add("c", "Ready")
		if got := d.order("Ready"); got != "a b c" {
			t.Fatalf("new cards go to the end: %q", got)
		}
		if a.Key != "TRS-1" || b.Key != "TRS-2" {
			t.Fatalf("keys %s %s", a.Key, b.Key)
		}
		if _, err := d.move(c.ID, "Ready", card.Move{Beside: card.Beside{BeforeID: a.ID}}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.move(a.Key, "Ready", card.Move{Beside: card.Beside{AfterID: b.ID}}); err != nil {
			t.Fatal(err)
		}
		if got := d.order("Ready"); got != "c b a" {
			t.Fatalf("order %q", got)
		}
		_, err := d.move(a.ID, "Ready", card.Move{Beside: card.Beside{AfterID: a.ID}})
		wantCode(t, err, "invalid")
		_, err = d.move(a.ID, "Build", card.Move{Beside: card.Beside{AfterID: b.ID}})
		wantCode(t, err, "anchor_gone")
		if got := d.order("Ready"); got != "c b a" {
			t.Fatalf("a refused move changed something: %q", got)
		}
	})
}

func TestLimitsAndReturns(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, b, c := d.add("a", "Ready"), d.add("b", "Ready"), d.add("c", "Ready")
		for _, id := range []string{a.ID, b.ID} {
			if _, err := d.move(id, "Build", card.Move{}); err != nil {
				t.Fatal(err)
			}
		}
		seq := d.snapshot().Seq
		_, err := d.move(c.ID, "Build", card.Move{})
		f := wantCode(t, err, "reason_required")
		if needs := f.Extra["needs"].([]string); len(needs) != 1 || needs[0] != "limit" {
			t.Fatalf("needs %v", needs)
		}
		if d.snapshot().Seq != seq {
			t.Fatal("a refusal wrote an event")
		}
		if _, err = d.move(c.ID, "Build", card.Move{Reason: "customer waits"}); err != nil {
			t.Fatal(err)
		}
		if _, err = d.move(a.ID, "Review", card.Move{}); err != nil {
			t.Fatal(err)
		}
		_, err = d.move(b.ID, "Review", card.Move{Reason: "please"})
		wantCode(t, err, "wip_limit")
		_, err = d.move(a.ID, "Ready", card.Move{})
		if needs := wantCode(t, err, "reason_required").Extra["needs"].([]string); needs[0] != "return" {
			t.Fatalf("needs %v", needs)
		}
		if _, err = d.move(a.ID, "Ready", card.Move{Return: &card.Return{Category: "incomplete", Text: "no tests"}}); err != nil {
			t.Fatal(err)
		}
		var override, category string
		if _, err := st.Rows(t.Context()).Row([]any{&override}, "SELECT override_reason FROM card_transitions WHERE override_reason = 'customer waits'"); err != nil || override == "" {
			t.Fatalf("the override's reason is not kept: %v", err)
		}
		if _, err := st.Rows(t.Context()).Row([]any{&category}, "SELECT return_category FROM card_transitions WHERE backward = TRUE"); err != nil || category != "incomplete" {
			t.Fatalf("the return's reason is not kept: %q %v", category, err)
		}
	})
}

func TestClock(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		if a.StartedAt != nil {
			t.Fatal("a card in the queue has started")
		}
		built, _ := d.move(a.ID, "Build", card.Move{})
		if built.StartedAt == nil {
			t.Fatal("a card in Build has not started")
		}
		done, _ := d.move(a.ID, "Done", card.Move{})
		if done.FinishedAt == nil || !done.StartedAt.Equal(*built.StartedAt) {
			t.Fatalf("finished %v started %v", done.FinishedAt, done.StartedAt)
		}
		back, err := d.move(a.ID, "Build", card.Move{Return: &card.Return{Category: "defect"}})
		if err != nil || back.FinishedAt != nil || !back.StartedAt.Equal(*built.StartedAt) {
			t.Fatalf("re-opened: %v %+v", err, back)
		}
		b := d.add("b", "Ready")
		straight, err := d.move(b.ID, "Done", card.Move{})
		if err != nil || straight.StartedAt != nil || straight.FinishedAt == nil {
			t.Fatalf("straight to done was never started: %v %+v", err, straight)
		}
	})
}

func TestUndo(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, _ := d.add("a", "Ready"), d.add("b", "Ready")
		m, err := d.move(a.ID, "Done", card.Move{})
		if err != nil {
			t.Fatal(err)
		}
		u, err := d.cards.Undo(d.worker, a.ID, m.Seq)
		if err != nil {
			t.Fatal(err)
		}
		if u.ColumnID != d.col("Ready") || u.FinishedAt != nil || u.EnteredAt != a.EnteredAt || d.order("Ready") != "a b" {
			t.Fatalf("undo left %+v, order %q", u, d.order("Ready"))
		}
		var voided int
		if _, err := st.Rows(t.Context()).Row([]any{&voided}, "SELECT COUNT(*) FROM card_transitions WHERE voided_at IS NOT NULL"); err != nil || voided != 1 {
			t.Fatalf("voided %d %v", voided, err)
		}
		_, err = d.cards.Undo(d.worker, a.ID, u.Seq)
		wantCode(t, err, "already_undone")
		m, _ = d.move(a.ID, "Build", card.Move{})
		if _, err = d.move(a.ID, "Review", card.Move{}); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Undo(d.worker, a.ID, m.Seq)
		wantCode(t, err, "stale")
		// a hard limit holds for an undo too
		x := d.add("x", "Ready")
		if _, err = d.move(a.ID, "Done", card.Move{}); err != nil {
			t.Fatal(err)
		}
		moved, _, err := d.cards.Detail(d.worker, a.ID)
		_ = moved
		if _, err = d.move(x.ID, "Review", card.Move{}); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Undo(d.worker, a.ID, d.snapshot().Seq-1)
		wantCode(t, err, "wip_limit")
	})
}

func TestFieldsOfTwoPeople(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		title, kind := "new title", "defect"
		if _, err := d.cards.Change(d.worker, a.ID, card.Patch{Title: &title, Version: &a.Version}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Change(d.lead, a.ID, card.Patch{Type: &kind, Version: &a.Version}); err != nil {
			t.Fatalf("another field of the same version: %v", err)
		}
		other := "other title"
		_, err := d.cards.Change(d.lead, a.ID, card.Patch{Title: &other, Version: &a.Version})
		f := wantCode(t, err, "stale")
		if now := f.Extra["current"].(card.Face); now.Title != title {
			t.Fatalf("the refusal shows %q", now.Title)
		}
		before := d.snapshot().Seq
		if out, err := d.cards.Change(d.worker, a.ID, card.Patch{Title: &title}); err != nil || out.Seq != before {
			t.Fatalf("the same value again wrote an event: %v", err)
		}
		due := card.Patch{DueOn: web.Some("2026-12-01")}
		if out, err := d.cards.Change(d.worker, a.ID, due); err != nil || out.Card.DueOn != "2026-12-01" {
			t.Fatal(err)
		}
		if out, err := d.cards.Change(d.worker, a.ID, card.Patch{DueOn: web.Null[string]()}); err != nil || out.Card.DueOn != "" {
			t.Fatal(err)
		}
	})
}

func TestExpedite(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, b := d.add("a", "Ready"), d.add("b", "Ready")
		class := "expedite"
		if _, err := d.cards.Change(d.worker, a.ID, card.Patch{Class: &class}); err != nil {
			t.Fatal(err)
		}
		_, err := d.cards.Change(d.worker, b.ID, card.Patch{Class: &class})
		wantCode(t, err, "reason_required")
		if _, err = d.cards.Change(d.worker, b.ID, card.Patch{Class: &class, Reason: "both burn"}); err != nil {
			t.Fatal(err)
		}
		m, err := d.move(b.ID, "Build", card.Move{Class: "standard"})
		if err != nil || m.Class != "standard" {
			t.Fatalf("dropped out of the strip: %v %s", err, m.Class)
		}
		u, err := d.cards.Undo(d.worker, b.ID, m.Seq)
		if err != nil || u.Class != "expedite" {
			t.Fatalf("undo gives the class back: %v %s", err, u.Class)
		}
	})
}

func TestBlockersCommentsTodosSignals(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		one, err := d.cards.Block(d.worker, a.ID, card.NewBlocker{Category: "vendor", Reason: "licence"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = d.cards.Block(d.worker, a.ID, card.NewBlocker{Category: "review", Reason: "second pair of eyes"}); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Block(d.worker, a.ID, card.NewBlocker{Category: "moon", Reason: "x"})
		wantCode(t, err, "invalid")
		out, err := d.cards.Unblock(d.worker, one.Blocker.ID)
		if err != nil || len(out.Card.Blockers) != 1 {
			t.Fatalf("%v %+v", err, out.Card.Blockers)
		}
		c, err := d.cards.Comment(d.worker, a.ID, "see **this** <script>alert(1)</script>")
		if err != nil || strings.Contains(c.Comment.HTML, "<script") || !strings.Contains(c.Comment.HTML, "<strong>this") {
			t.Fatalf("%v %q", err, c.Comment.HTML)
		}
		_, err = d.cards.EditComment(d.lead, c.Comment.ID, card.Reword{TextBody: card.TextBody{Text: "not mine"}})
		wantCode(t, err, "forbidden")
		item, err := d.cards.AddTodo(d.worker, a.ID, card.NewTodo{Text: "write it"})
		if err != nil {
			t.Fatal(err)
		}
		yes := true
		if out, err = d.cards.ChangeTodo(d.worker, item.Todo.ID, card.TodoPatch{Done: &yes}); err != nil || out.Card.Todo.Done != 1 {
			t.Fatalf("%v %+v", err, out.Card.Todo)
		}
		if out, err = d.cards.Signal(d.worker, a.Key, "ci", card.NewSignal{State: "ok", Text: "CI", TTL: 60}); err != nil || out.Card.Signals[0].ExpiresAt == nil {
			t.Fatalf("%v %+v", err, out.Card.Signals)
		}
		_, err = d.cards.Signal(d.worker, a.Key, "ci", card.NewSignal{State: "ok", Text: "CI", URL: "javascript:alert(1)"})
		wantCode(t, err, "invalid")
		full, _, err := d.cards.Detail(d.worker, a.Key)
		if err != nil || len(full.Comments) != 1 || len(full.Blockers) != 2 || len(full.Todos) != 1 || len(full.History) < 6 {
			t.Fatalf("%v %+v", err, full)
		}
		wrong, err := card.WrongFaces(st.Rows(t.Context()), d.b.RID)
		if err != nil || len(wrong) != 0 {
			t.Fatalf("faces that do not agree with their tables: %v %v", wrong, err)
		}
	})
}

func TestArchiveAndRestore(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		d.add("b", "Ready")
		if _, err := d.cards.Archive(d.worker, a.ID); err != nil {
			t.Fatal(err)
		}
		_, err := d.move(a.ID, "Build", card.Move{})
		wantCode(t, err, "archived")
		items, _, err := d.cards.ArchivedOn(d.worker, d.b.ID, 10, "")
		if err != nil || len(items) != 1 || d.order("Ready") != "b" {
			t.Fatalf("%v %v %q", err, items, d.order("Ready"))
		}
		if _, err := d.cards.Restore(d.worker, a.ID, "", ""); err != nil {
			t.Fatal(err)
		}
		if d.order("Ready") != "b a" {
			t.Fatalf("a restored card goes to the end: %q", d.order("Ready"))
		}
	})
}

// The encoded board that is kept and brought up to date by events must equal the one read anew.
func TestSnapshotByEventsEqualsSnapshotFromTables(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		fresh := func() card.Snapshot {
			other := card.New(st, board.New(st), "other")
			e, err := other.Snapshot(d.worker, d.b.ID, "", false)
			if err != nil {
				t.Fatal(err)
			}
			var s card.Snapshot
			if err := json.Unmarshal(e.Body, &s); err != nil {
				t.Fatal(err)
			}
			return s
		}
		compare := func(step string) {
			t.Helper()
			kept, _ := json.Marshal(d.snapshot())
			anew, _ := json.Marshal(fresh())
			if string(kept) != string(anew) {
				t.Fatalf("after %s the kept board differs\nkept %s\nanew %s", step, kept, anew)
			}
		}
		a, b := d.add("a", "Ready"), d.add("b", "Ready")
		compare("create")
		lane, err := d.boards.AddLane(d.lead, d.b.ID, board.NewLane{Name: "Payments"})
		if err != nil {
			t.Fatal(err)
		}
		compare("lane")
		if _, err := d.move(b.ID, "Ready", card.Move{Beside: card.Beside{BeforeID: a.ID}, LaneID: web.Some(lane.Lanes[0].ID)}); err != nil {
			t.Fatal(err)
		}
		compare("reorder")
		if _, err := d.move(a.ID, "Done", card.Move{}); err != nil {
			t.Fatal(err)
		}
		compare("finish")
		due := card.Patch{DueOn: web.Some("2026-12-01"), OwnerIDs: &[]string{d.viewer.PersonID}}
		if _, err := d.cards.Change(d.worker, b.ID, due); err != nil {
			t.Fatal(err)
		}
		compare("patch")
		if _, err := d.cards.Change(d.worker, b.ID, card.Patch{DueOn: web.Null[string](), OwnerIDs: &[]string{}}); err != nil {
			t.Fatal(err)
		}
		compare("clear")
		sle := []board.NewSLE{{Days: 9, Percent: 85}, {Class: board.Intangible, Days: 30, Percent: 85}}
		if _, err := d.boards.Change(d.lead, d.b.ID, board.Patch{SLE: &sle}); err != nil {
			t.Fatal(err)
		}
		compare("expectations")
		built, _ := d.move(b.ID, "Build", card.Move{})
		if _, err := d.move(b.ID, "Done", card.Move{}); err != nil || built.StartedAt == nil {
			t.Fatal(err)
		}
		compare("started and finished")
		slow := board.Intangible
		if _, err := d.cards.Change(d.worker, b.ID, card.Patch{Class: &slow}); err != nil {
			t.Fatal(err)
		}
		compare("class of a finished card")
		if _, err := d.boards.RemoveLane(d.lead, lane.Lanes[0].ID); err != nil {
			t.Fatal(err)
		}
		compare("lane removed")
		if _, err := d.cards.Archive(d.worker, a.ID); err != nil {
			t.Fatal(err)
		}
		compare("archive")
		_, err = d.boards.RemoveColumn(d.lead, d.col("Build"), d.col("Ready"))
		wantCode(t, err, "declared_point")
		start := d.col("Review")
		if _, err := d.boards.Change(d.lead, d.b.ID, board.Patch{StartColumnID: &start}); err != nil {
			t.Fatal(err)
		}
		compare("points")
		if _, err := d.boards.RemoveColumn(d.lead, d.col("Build"), d.col("Ready")); err != nil {
			t.Fatal(err)
		}
		compare("column removed")
	})
}

// The cards of a retired column go through the same door as any other: a hard limit refuses them, and nothing
// that was discarded is finished by it.
func TestRemovingAColumn(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, b, gone := d.add("a", "Ready"), d.add("b", "Ready"), d.add("gone", "Ready")
		if _, err := d.cards.Archive(d.worker, gone.ID); err != nil {
			t.Fatal(err)
		}
		_, err := d.boards.RemoveColumn(d.lead, d.col("Ready"), d.col("Review"))
		wantCode(t, err, "wip_limit")
		if got := d.order("Ready"); got != "a b" {
			t.Fatalf("a refusal moved something: %q", got)
		}
		if _, err := d.cards.Archive(d.worker, b.ID); err != nil { // archived cards do not count
			t.Fatal(err)
		}
		if _, err := d.boards.RemoveColumn(d.lead, d.col("Ready"), d.col("Review")); err != nil {
			t.Fatal(err)
		}
		if got := d.order("Review"); got != "a" {
			t.Fatalf("in Review: %q", got)
		}
		_, err = d.cards.Restore(d.worker, b.ID, "", "")
		wantCode(t, err, "wip_limit")

		e := d.again()
		a, gone = e.add("a", "Ready"), e.add("gone", "Ready")
		if _, err := e.cards.Archive(e.worker, gone.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := e.boards.RemoveColumn(e.lead, e.col("Ready"), e.col("Done")); err != nil {
			t.Fatal(err)
		}
		if x, _, err := e.cards.Detail(e.worker, a.ID); err != nil || x.Card.FinishedAt == nil {
			t.Fatalf("moved to Done and not finished (%v)", err)
		}
		if x, _, err := e.cards.Detail(e.worker, gone.ID); err != nil || x.Card.FinishedAt != nil {
			t.Fatalf("a discarded card was finished by the removal of its column (%v)", err)
		}
		out, err := e.cards.Restore(e.worker, gone.ID, "", "")
		if err != nil || out.Card.ColumnID != e.col("Done") || out.Card.FinishedAt == nil {
			t.Fatalf("restored to Done and not finished: %+v %v", out.Card, err)
		}
	})
}

func TestChangingThePointsRecomputesHistory(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		if _, err := d.move(a.ID, "Build", card.Move{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
		moved, err := d.move(a.ID, "Review", card.Move{})
		if err != nil {
			t.Fatal(err)
		}
		start := d.col("Review")
		if _, err := d.boards.Change(d.lead, d.b.ID, board.Patch{StartColumnID: &start}); err != nil {
			t.Fatal(err)
		}
		if got := d.snapshot().Cards[0].StartedAt; got == nil || !got.Equal(moved.EnteredAt) {
			t.Fatalf("started %v, want %v", got, moved.EnteredAt)
		}
		var versions int
		if _, err := st.Rows(t.Context()).Row([]any{&versions}, "SELECT COUNT(*) FROM column_versions"); err != nil || versions != 6 {
			t.Fatalf("%d versions, want 4 at creation and 2 for the columns whose points changed (%v)", versions, err)
		}
	})
}

func TestRefusedWithoutRights(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		outsider := trestletest.Ctx(t, trestletest.Person(t, st, "gus", who.Guest))
		member := trestletest.Ctx(t, trestletest.Person(t, st, "mia", who.Member))
		_, err := d.cards.Snapshot(outsider, d.b.ID, "", false)
		wantCode(t, err, "not_found")
		if _, err = d.cards.Snapshot(member, d.b.ID, "", false); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Move(member, a.ID, card.Move{ColumnID: d.col("Build")})
		wantCode(t, err, "forbidden")
		_, err = d.cards.Move(outsider, a.ID, card.Move{ColumnID: d.col("Build")})
		wantCode(t, err, "not_found")
		if seq, _, _ := st.Topic(t.Context(), event.BoardTopic(d.b.ID)); seq != 2 {
			t.Fatalf("refusals wrote events: %d", seq)
		}
	})
}

func TestTitlesHoldNothingUnseen(t *testing.T) {
	d := newDesk(t, trestletest.Open(t))
	out, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: " a\u202eb\x1b[31m\tc\u200b ", ColumnID: d.col("Ready"), Labels: []string{"x\u2066y"}})
	if err != nil || out.Card.Title != "ab[31m c" || out.Card.Labels[0] != "xy" {
		t.Fatalf("%v %q %q", err, out.Card.Title, out.Card.Labels)
	}
	_, err = d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "\u200b", ColumnID: d.col("Ready")})
	wantCode(t, err, "invalid")
}
