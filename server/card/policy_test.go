package card_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// guarded gives Review two checks and takes its limit away.
func (d *desk) guarded(column string) []board.Check {
	d.t.Helper()
	off, checks := board.Off, []board.NewCheck{{Text: "Tests are green"}, {Text: "Runbook linked"}}
	l, err := d.boards.ChangeColumn(d.lead, d.col(column), board.ColumnPatch{Checks: &checks, Wip: &board.WipPatch{Mode: &off}})
	if err != nil {
		d.t.Fatal(err)
	}
	d.b = l
	return l.Column(d.col(column)).Checks
}

func (d *desk) count(stmt string, args ...any) (n int) {
	d.t.Helper()
	if _, err := d.st.Rows(context.Background()).Row([]any{&n}, stmt, args...); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// Every door into a guarded column × what is said to its checks × who says it.
func TestChecks_everyDoor(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		checks := d.guarded("Review")
		liaison := trestletest.Person(t, b.Store, "lia", who.Member)
		trestletest.Liaise(t, b.Store, d.team, liaison)
		by := map[string]context.Context{"worker": d.worker, "lead": d.lead, "liaison": trestletest.Ctx(t, liaison)}
		met := board.Answers{Checks: map[string]bool{checks[0].ID: true, checks[1].ID: true}}
		half := board.Answers{Checks: map[string]bool{checks[0].ID: true, checks[1].ID: false}}
		waived := board.Answers{Checks: half.Checks, Waive: &board.Waive{Reason: " the page is static "}}
		blank := board.Answers{Waive: &board.Waive{Reason: "  "}}
		review := d.col("Review")
		fresh := func() string {
			c, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "One", ColumnID: d.col("Ready")})
			if err != nil {
				t.Fatal(err)
			}
			return c.Card.ID
		}
		doors := map[string]func(context.Context, board.Answers) error{
			"move": func(ctx context.Context, a board.Answers) error {
				_, err := d.cards.Move(ctx, fresh(), card.Move{ColumnID: review, Answers: a})
				return err
			},
			"create": func(ctx context.Context, a board.Answers) error {
				_, err := d.cards.Create(ctx, d.b.ID, card.NewCard{Title: "Two", ColumnID: review, Answers: a})
				return err
			},
			"restore to another column": func(ctx context.Context, a board.Answers) error {
				id := fresh()
				if _, err := d.cards.Archive(ctx, id); err != nil {
					t.Fatal(err)
				}
				_, err := d.cards.RestoreTo(ctx, id, card.RestoreTo{ColumnID: review, Answers: a})
				return err
			},
		}
		for door, enter := range doors {
			for _, c := range []struct {
				say    board.Answers
				as     string
				code   string // "" = admitted
				kept   int    // lines of what was said
				waived int
			}{
				{board.Answers{}, "worker", "reason_required", 0, 0},
				{half, "worker", "reason_required", 0, 0},
				{blank, "lead", "reason_required", 0, 0},
				{met, "worker", "", 2, 0},
				{waived, "worker", "forbidden", 0, 0},
				{waived, "lead", "", 2, 1},
				{waived, "liaison", "", 2, 1},
				{board.Answers{Checks: met.Checks, Waive: waived.Waive}, "worker", "", 2, 0}, // nothing left to waive
			} {
				before := d.count("SELECT COUNT(*) FROM card_checks")
				open := d.count("SELECT COUNT(*) FROM card_checks WHERE waived = TRUE AND reason = 'the page is static'")
				inside := d.count("SELECT COUNT(*) FROM places p JOIN columns c ON c.rid = p.column_rid WHERE c.id = ? AND p.archived = FALSE", review)
				err := enter(by[c.as], c.say)
				f, _ := fault.As(err)
				switch {
				case c.code == "" && err != nil, c.code != "" && !fault.Is(err, c.code):
					t.Errorf("%s by %s with %+v: %v, not %q", door, c.as, c.say, err, c.code)
				case c.code == "reason_required":
					open, _ := f.Extra["checks"].([]board.Check)
					if len(open) != 2-min(1, len(c.say.Checks)) || f.Extra["mayWaive"] != (c.as == "lead") {
						t.Errorf("%s: asks %v, mayWaive %v", door, open, f.Extra["mayWaive"])
					}
				}
				if got := d.count("SELECT COUNT(*) FROM card_checks") - before; got != c.kept {
					t.Errorf("%s by %s: %d lines kept, not %d", door, c.as, got, c.kept)
				}
				if got := d.count("SELECT COUNT(*) FROM card_checks WHERE waived = TRUE AND reason = 'the page is static'") - open; got != c.waived {
					t.Errorf("%s by %s: %d waived, not %d", door, c.as, got, c.waived)
				}
				now := d.count("SELECT COUNT(*) FROM places p JOIN columns c ON c.rid = p.column_rid WHERE c.id = ? AND p.archived = FALSE", review) - inside
				if want := map[bool]int{true: 1, false: 0}[c.code == ""]; now != want {
					t.Errorf("%s by %s: %d cards came in, not %d", door, c.as, now, want)
				}
			}
		}
		// these do not ask: back, undone, within the column, restored where it stood, a column that is removed
		id := fresh()
		in, err := d.cards.Move(d.worker, id, card.Move{ColumnID: review, Answers: met})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Move(d.worker, id, card.Move{ColumnID: review}); err != nil {
			t.Errorf("within the column: %v", err)
		}
		done, err := d.cards.Move(d.worker, id, card.Move{ColumnID: d.col("Done")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Undo(d.worker, id, done.Seq); err != nil {
			t.Errorf("undo: %v", err)
		}
		if _, err := d.cards.Move(d.worker, id, card.Move{ColumnID: d.col("Done")}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Move(d.worker, id, card.Move{ColumnID: review, Return: &card.Return{Category: "defect"}}); err != nil {
			t.Errorf("back: %v", err)
		}
		if _, err := d.cards.Archive(d.worker, id); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Restore(d.worker, id, "", ""); err != nil {
			t.Errorf("restored where it stood: %v", err)
		}
		detail, _, err := d.cards.Detail(d.worker, id)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, h := range detail.History {
			told += h.Text + "\n"
		}
		if !strings.Contains(told, "checked “Tests are green”, “Runbook linked”") {
			t.Errorf("the history does not tell of the checks:\n%s (seq %d)", told, in.Seq)
		}
	})
}

// A hard limit refuses before anything is asked, and everything that is asked is asked at once.
func TestChecks_withLimitsAndReturns(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		checks := []board.NewCheck{{Text: "Tests are green"}}
		for _, column := range []string{"Build", "Review"} {
			if _, err := d.boards.ChangeColumn(d.lead, d.col(column), board.ColumnPatch{Checks: &checks}); err != nil {
				t.Fatal(err)
			}
		}
		for _, column := range []string{"Build", "Review"} {
			if _, err := d.boards.ChangeColumn(d.lead, d.col(column), board.ColumnPatch{Wip: &board.WipPatch{Max: web.Some(0)}}); err != nil {
				t.Fatal(err)
			}
		}
		c, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "One", ColumnID: d.col("Ready")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Move(d.worker, c.Card.ID, card.Move{ColumnID: d.col("Review")})
		if !fault.Is(err, "wip_limit") {
			t.Errorf("a hard limit: %v", err)
		}
		_, err = d.cards.Move(d.worker, c.Card.ID, card.Move{ColumnID: d.col("Build")})
		f, _ := fault.As(err)
		if f == nil || strings.Join(f.Extra["needs"].([]string), " ") != "limit checks" {
			t.Errorf("both at once: %v", err)
		}
	})
}

// People who pull at once get different cards, in the queue's order, and nobody passes the limit.
func TestPull_race(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		nodes := []*store.Store{b.Store}
		if !b.Store.SQLite() {
			second, err := store.Open(context.Background(), b.Options)
			if err != nil {
				t.Fatal(err)
			}
			defer second.Close()
			nodes = append(nodes, second)
		}
		d := newDesk(t, b.Store)
		if _, err := d.boards.ChangeColumn(d.lead, d.col("Build"), board.ColumnPatch{Wip: &board.WipPatch{Max: web.Some(6)}}); err != nil {
			t.Fatal(err)
		}
		var want []string
		for range 9 {
			c, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Next", ColumnID: d.col("Ready")})
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, c.Card.ID)
		}
		if _, err := d.cards.Block(d.worker, want[1], card.NewBlocker{Category: "vendor", Reason: "waits"}); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		got := map[string]string{}
		full := 0
		var wg sync.WaitGroup
		for i := range 8 {
			who := trestletest.Person(t, b.Store, "puller"+string(rune('a'+i)), who.Member)
			trestletest.Join(t, b.Store, d.team, who, "worker")
			st := nodes[i%len(nodes)]
			cards := card.New(st, board.New(st), "test")
			wg.Go(func() {
				p, err := cards.Pull(trestletest.Ctx(t, who), d.b.ID, card.Pull{})
				mu.Lock()
				defer mu.Unlock()
				if f, ok := fault.As(err); ok && f.Code == "nothing_to_pull" {
					full++
					if brief, _ := f.Extra["cards"].([]card.Brief); f.Extra["why"] != "full" || len(brief) != 5 || !strings.Contains(f.Detail, brief[0].Key) {
						t.Errorf("%v: %v", err, f.Extra)
					}
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				if other, twice := got[p.ID]; twice {
					t.Errorf("%s was pulled by %s and by %s", p.Key, other, who.Name)
				}
				got[p.ID] = who.Name
				if len(p.OwnerIDs) != 1 || p.OwnerIDs[0] != who.PersonID || p.ColumnID != d.col("Build") {
					t.Errorf("%s went to %v in %s", p.Key, p.OwnerIDs, p.ColumnID)
				}
			})
		}
		wg.Wait()
		if len(got) != 6 || full != 2 {
			t.Fatalf("%d pulled, %d refused", len(got), full)
		}
		for i, id := range want[:7] { // the second was blocked and waits
			if (got[id] == "") != (i == 1) {
				t.Errorf("card %d: pulled by %q", i+1, got[id])
			}
		}
	}, trestletest.WithClock(clock.Real{}))
}

// What Pull says when there is nothing, and who is asked for checks.
func TestPull_whyNot(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		refused := func(p card.Pull, code, why string) *fault.Fault {
			t.Helper()
			_, err := d.cards.Pull(d.worker, d.b.ID, p)
			f, ok := fault.As(err)
			if !ok || f.Code != code || (why != "" && f.Extra["why"] != why) {
				t.Fatalf("%v, not %s %s", err, code, why)
			}
			return f
		}
		refused(card.Pull{}, "nothing_to_pull", "empty")
		refused(card.Pull{ColumnID: "col_0"}, "invalid", "")
		refused(card.Pull{ColumnID: d.col("Build")}, "invalid", "")
		ids := []string{}
		for range 2 {
			c, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Next", ColumnID: d.col("Ready")})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, c.Card.ID)
		}
		checks := d.guarded("Build")
		f := refused(card.Pull{}, "reason_required", "")
		if asked, _ := f.Extra["card"].(card.Brief); asked.ID != ids[0] {
			t.Errorf("asks for %v", f.Extra["card"])
		}
		met := board.Answers{Checks: map[string]bool{checks[0].ID: true, checks[1].ID: true}}
		refused(card.Pull{CardID: ids[1], Answers: met}, "next_changed", "")
		p, err := d.cards.Pull(d.worker, d.b.ID, card.Pull{CardID: ids[0], Answers: met})
		if err != nil || p.ID != ids[0] || p.FromColumnID != d.col("Ready") || p.StartedAt == nil {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := d.cards.Block(d.worker, ids[1], card.NewBlocker{Category: "vendor", Reason: "waits"}); err != nil {
			t.Fatal(err)
		}
		refused(card.Pull{}, "nothing_to_pull", "blocked")
	})
}

// Who changes the first five places of Ready is kept, with the reason when there is one.
func TestTopChanges(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		var ids []string
		for range 8 {
			c, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Next", ColumnID: d.col("Ready")})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, c.Card.ID)
		}
		list := func() []card.TopChange {
			t.Helper()
			out, err := d.cards.TopChanges(d.worker, d.b.ID)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if n := len(list()); n != 0 {
			t.Fatalf("cards at the end are no change of order, yet there are %d", n)
		}
		move := func(id string, m card.Move) card.MoveAnswer {
			t.Helper()
			a, err := d.cards.Move(d.worker, id, m)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		ready := d.col("Ready")
		notes := func() int {
			return d.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%policy.top_changed%'")
		}
		a := move(ids[6], card.Move{ColumnID: ready, Beside: card.Beside{BeforeID: ids[1]}, Why: "the sale is on Friday"})
		move(ids[7], card.Move{ColumnID: ready, Beside: card.Beside{AfterID: ids[5]}}) // 8 → 8
		move(ids[7], card.Move{ColumnID: ready, Beside: card.Beside{BeforeID: ids[5]}})
		got := list()
		if len(got) != 1 || got[0].From != 0 || got[0].To != 2 || got[0].Why != "the sale is on Friday" || got[0].PersonName != "wim" || got[0].Seq != a.Seq || notes() != 1 {
			t.Fatalf("%+v, %d notes", got, notes())
		}
		down := move(ids[0], card.Move{ColumnID: ready}) // the first goes to the end
		if got = list(); len(got) != 2 || got[0].From != 1 || got[0].To != 0 {
			t.Fatalf("%+v", got)
		}
		if err := d.cards.Explain(d.worker, d.b.ID, down.Seq, "it can wait"); err != nil {
			t.Fatal(err)
		}
		if got = list(); got[0].Why != "it can wait" || notes() != 3 {
			t.Errorf("%+v, %d notes", got[0], notes())
		}
		if err := d.cards.Explain(d.worker, d.b.ID, down.Seq+99, "x"); !fault.Is(err, "invalid") {
			t.Errorf("no such change: %v", err)
		}
		other := trestletest.Person(t, b.Store, "ola", who.Member)
		trestletest.Join(t, b.Store, d.team, other, "worker")
		if err := d.cards.Explain(trestletest.Ctx(t, other), d.b.ID, down.Seq, "x"); !fault.Is(err, "forbidden") {
			t.Errorf("somebody else's change: %v", err)
		}
		if _, err := d.cards.Undo(d.worker, ids[0], down.Seq); err != nil {
			t.Fatal(err)
		}
		if got = list(); len(got) != 1 {
			t.Errorf("undone, yet told: %+v", got)
		}
		move(ids[0], card.Move{ColumnID: d.col("Build")}) // pulled: no change of priority
		if _, err := d.cards.Archive(d.worker, ids[6]); err != nil {
			t.Fatal(err)
		}
		if got = list(); len(got) != 2 || got[0].From != 1 || got[0].To != 0 {
			t.Errorf("archived from the top: %+v", got)
		}
		if _, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Sooner", ColumnID: ready, Beside: card.Beside{BeforeID: ids[1]}}); err != nil {
			t.Fatal(err)
		}
		if got = list(); len(got) != 3 || got[0].To != 1 {
			t.Errorf("made at the top: %+v", got)
		}
	})
}
