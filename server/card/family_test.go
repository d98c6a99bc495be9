package card_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// rolled lets the jobs run that changes of parts left behind.
func (d *desk) rolled() {
	d.t.Helper()
	r := outbox.New(d.st, nil)
	r.Handle(card.RollUpJob, func(ctx context.Context, j outbox.Job) error { return d.cards.RollUp(ctx, j.Payload) })
	for {
		n, err := r.Round(d.t.Context())
		if err != nil {
			d.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

func (d *desk) detail(ctx context.Context, id string) card.Detail {
	d.t.Helper()
	out, _, err := d.cards.Detail(ctx, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func (d *desk) parent(id, parent string) error {
	d.t.Helper()
	_, err := d.cards.Change(d.worker, id, card.Patch{ParentID: web.Some(parent)})
	return err
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("not %s: %v", code, err)
	}
}

func TestFamily_RollsUpOverBoards(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		far := d.again()
		whole, near, away := d.add("The whole", "Ready"), d.add("Near", "Ready"), far.add("Away", "Ready")
		for _, id := range []string{near.ID, away.Key} {
			if err := d.parent(id, whole.Key); err != nil {
				t.Fatal(err)
			}
		}
		d.rolled()
		sums := func(want card.Children) {
			t.Helper()
			d.rolled()
			got := d.detail(d.worker, whole.ID)
			if got.Card.Children == nil || *got.Card.Children != want {
				t.Fatalf("%+v, wanted %+v", got.Card.Children, want)
			}
		}
		sums(card.Children{Total: 2})
		if p := d.detail(d.worker, away.ID); p.Card.Parent == nil || p.Card.Parent.Key != whole.Key || p.Family.Parent.Title != "The whole" {
			t.Fatalf("%+v %+v", p.Card.Parent, p.Family)
		}
		if _, err := far.cards.Block(d.worker, away.ID, card.NewBlocker{Category: "vendor", Reason: "waits"}); err != nil {
			t.Fatal(err)
		}
		sums(card.Children{Total: 2, Blocked: 1})
		if _, err := far.move(away.ID, "Done", card.Move{}); err != nil {
			t.Fatal(err)
		}
		sums(card.Children{Done: 1, Total: 2, Blocked: 1})
		if _, err := d.cards.Archive(d.worker, near.ID); err != nil { // archived unfinished: no part any more
			t.Fatal(err)
		}
		sums(card.Children{Done: 1, Total: 1, Blocked: 1})
		if _, err := d.cards.Change(d.worker, away.ID, card.Patch{ParentID: web.Null[string]()}); err != nil {
			t.Fatal(err)
		}
		d.rolled()
		if got := d.detail(d.worker, whole.ID); got.Card.Children != nil {
			t.Fatalf("%+v", got.Card.Children)
		}
		d.whole(t)
	})
}

// A part is also freed by what another card did, and its parent says so.
func TestFamily_FollowsWaits(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		whole, part, other := d.add("The whole", "Ready"), d.add("Part", "Ready"), d.add("Other", "Build")
		if err := d.parent(part.ID, whole.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Wait(d.worker, part.ID, card.NewWait{Card: other.Key}); err != nil {
			t.Fatal(err)
		}
		done := int64(0)
		for _, step := range []struct {
			act     func() error
			blocked int
		}{
			{func() error { return nil }, 1},
			{func() error {
				m, err := d.move(other.ID, "Done", card.Move{})
				done = m.Seq
				return err
			}, 0},
			{func() error { _, err := d.cards.Undo(d.worker, other.ID, done); return err }, 1},
		} {
			if err := step.act(); err != nil {
				t.Fatal(err)
			}
			d.rolled()
			if got := d.detail(d.worker, whole.ID).Card.Children; got == nil || *got != (card.Children{Total: 1, Blocked: step.blocked}) {
				t.Fatalf("%+v, wanted %d blocked", got, step.blocked)
			}
		}
		d.whole(t)
	})
}

// whole checks that faces, snapshot and tables agree.
func (d *desk) whole(t *testing.T) {
	t.Helper()
	if wrong, err := card.WrongFaces(d.st.Rows(t.Context()), d.b.RID); err != nil || len(wrong) > 0 {
		t.Fatalf("faces: %v %v", wrong, err)
	}
}

func TestFamily_RefusesWhatCannotBe(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a, b, c := d.add("A", "Ready"), d.add("B", "Ready"), d.add("C", "Ready")
		for _, x := range [][2]string{{b.ID, a.ID}, {c.ID, b.ID}} {
			if err := d.parent(x[0], x[1]); err != nil {
				t.Fatal(err)
			}
		}
		refused(t, d.parent(a.ID, a.ID), "invalid")
		refused(t, d.parent(a.ID, c.Key), "cycle")
		refused(t, d.parent(a.ID, "TRS-999"), "invalid")
		// a card on another team's own board: absent and invisible are the same
		other := trestletest.Team(t, st, "OTH")
		boss := trestletest.Person(t, st, "boss", who.Member)
		trestletest.Join(t, st, other, boss, "lead")
		hidden, err := d.boards.Create(trestletest.Ctx(t, boss), board.NewBoard{TeamID: other, Name: "Hidden", TimeZone: "UTC", Visibility: board.TeamOnly})
		if err != nil {
			t.Fatal(err)
		}
		secret, err := d.cards.Create(trestletest.Ctx(t, boss), hidden.ID, card.NewCard{Title: "Secret", ColumnID: hidden.Columns[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		refused(t, d.parent(a.ID, secret.Card.Key), "invalid")
		// from the other side it works, and then only the key is told here
		if _, err := d.cards.Change(trestletest.Ctx(t, boss), secret.Card.ID, card.Patch{ParentID: web.Some(a.Key)}); err != nil {
			t.Fatal(err)
		}
		d.rolled()
		if got := d.detail(d.worker, a.ID); got.Family.Hidden != 1 || len(got.Family.Children) != 1 || got.Card.Children.Total != 2 {
			t.Fatalf("%+v %+v", got.Family, got.Card.Children)
		}
		if _, err := d.cards.Archive(d.worker, b.ID); err != nil {
			t.Fatal(err)
		}
		refused(t, d.parent(d.add("D", "Ready").ID, b.ID), "invalid")
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM cards WHERE parent_rid IS NOT NULL"); n != 3 {
			t.Fatalf("%d have a parent", n)
		}
	})
}

// Two people close a circle over four boards at the same moment: at most one of them may.
func TestFamily_NoCircleByTwoAtOnce(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		for round := range 5 {
			var cards []card.Face
			for i := range 4 {
				b := d
				if i > 0 {
					b = d.again()
				}
				cards = append(cards, b.add(fmt.Sprint("card ", round, i), "Ready"))
			}
			for _, x := range [][2]int{{1, 2}, {3, 0}} {
				if err := d.parent(cards[x[0]].ID, cards[x[1]].ID); err != nil {
					t.Fatal(err)
				}
			}
			var wg sync.WaitGroup
			errs := make([]error, 2)
			for i, x := range [][2]int{{0, 1}, {2, 3}} {
				wg.Go(func() {
					_, errs[i] = d.cards.Change(d.worker, cards[x[0]].ID, card.Patch{ParentID: web.Some(cards[x[1]].ID)})
				})
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatalf("%v / %v", errs[0], errs[1])
			}
		}
	})
}

func (d *desk) todo(cardID, text string) string {
	d.t.Helper()
	out, err := d.cards.AddTodo(d.worker, cardID, card.NewTodo{Text: text})
	if err != nil {
		d.t.Fatal(err)
	}
	return out.Todo.ID
}

func TestPromote_ItemShowsTheCard(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Launch", "Build")
		item, other := d.todo(c.ID, "Write the runbook"), d.todo(c.ID, "Tell support")
		out, err := d.cards.PromoteTodo(d.worker, item, card.Promotion{})
		if err != nil {
			t.Fatal(err)
		}
		if out.Child.Title != "Write the runbook" || out.Child.ColumnID != d.col("Ready") || out.Child.Parent.ID != c.ID || *out.Card.Children != (card.Children{Total: 1}) {
			t.Fatalf("%+v\n%+v", out.Child, out.Card)
		}
		if got := d.detail(d.worker, c.ID).Todos[0]; got.Card == nil || got.Card.Key != out.Child.Key || got.Card.State != "waiting" || got.Done {
			t.Fatalf("%+v", got)
		}
		yes := true
		_, err = d.cards.ChangeTodo(d.worker, item, card.TodoPatch{Done: &yes})
		refused(t, err, "promoted")
		_, err = d.cards.PromoteTodo(d.worker, item, card.Promotion{})
		refused(t, err, "promoted")
		if _, err := d.cards.ChangeTodo(d.worker, other, card.TodoPatch{Done: &yes}); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.PromoteTodo(d.worker, other, card.Promotion{})
		refused(t, err, "done")
		if _, err := d.move(out.Child.ID, "Done", card.Move{}); err != nil {
			t.Fatal(err)
		}
		d.rolled()
		got := d.detail(d.worker, c.ID)
		if !got.Todos[0].Done || got.Card.Todo.Done != 2 || got.Card.Children.Done != 1 {
			t.Fatalf("%+v %+v", got.Todos, got.Card.Todo)
		}
		d.whole(t)
	})
}

func TestPromote_IsAdmittedLikeAMove(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Launch", "Ready")
		item := d.todo(c.ID, "Review it")
		d.add("fills it", "Review")
		before := trestletest.Count(t, st, "SELECT COUNT(*) FROM cards")
		_, err := d.cards.PromoteTodo(d.worker, item, card.Promotion{ColumnID: d.col("Review")})
		refused(t, err, "wip_limit")
		_, err = d.cards.PromoteTodo(d.worker, item, card.Promotion{ColumnID: "col_nowhere"})
		refused(t, err, "invalid")
		_, err = d.cards.PromoteTodo(d.worker, item, card.Promotion{BoardID: "brd_nowhere"})
		refused(t, err, "invalid")
		looker := trestletest.Person(t, st, "vic", who.Member)
		trestletest.Join(t, st, d.team, looker, "viewer")
		_, err = d.cards.PromoteTodo(trestletest.Ctx(t, looker), item, card.Promotion{})
		refused(t, err, "forbidden")
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM cards"); n != before {
			t.Fatal("a refusal left a card")
		}
		far := d.again()
		out, err := d.cards.PromoteTodo(d.worker, item, card.Promotion{BoardID: far.b.ID})
		if err != nil || out.Child.ColumnID != far.col("Ready") {
			t.Fatalf("%+v %v", out.Child, err)
		}
	})
}

// Two people promote the same item at once: one card.
func TestPromote_TwoAtOnce(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Launch", "Ready")
		for range 5 {
			item := d.todo(c.ID, "Once")
			var wg sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				wg.Go(func() { _, errs[i] = d.cards.PromoteTodo(d.worker, item, card.Promotion{}) })
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					refused(t, err, "promoted")
				}
			}
			if won != 1 {
				t.Fatal(errs)
			}
		}
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM cards WHERE title = 'Once'"); n != 5 {
			t.Fatalf("%d cards", n)
		}
	})
}
