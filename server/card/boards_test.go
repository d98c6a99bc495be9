package card_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/trestletest"
)

// Every template makes a board that works: a queue to pull from, points in order, policies that say something.
func TestTemplates(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		for _, tpl := range board.Templates {
			l, err := d.boards.Create(d.lead, board.NewBoard{TeamID: d.team, Name: tpl.Name, Template: tpl.Key})
			if err != nil {
				t.Fatalf("%s: %v", tpl.Key, err)
			}
			if start, finish := l.Points(); start >= finish || l.PullQueue() == nil || len(l.Columns) != len(tpl.Columns) || len(l.Lanes) != len(tpl.Lanes) || len(l.SLEs) != len(tpl.SLE) {
				t.Errorf("%s: %+v", tpl.Key, l)
			}
			policies := 0
			for _, c := range l.Columns {
				if c.Policy != "" {
					policies++
				}
			}
			if policies < 2 || tpl.About == "" {
				t.Errorf("%s says nothing", tpl.Key)
			}
			if _, err := d.cards.Create(d.worker, l.ID, card.NewCard{Title: "First", ColumnID: l.Columns[0].ID}); err != nil {
				t.Errorf("%s: %v", tpl.Key, err)
			}
		}
	})
}

func TestCopyArchiveRestore(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		d.guarded("Review")
		if _, err := d.boards.AddLane(d.lead, d.b.ID, board.NewLane{Name: "Support", Wip: wip(board.Hard, 2)}); err != nil {
			t.Fatal(err)
		}
		finish := d.col("Review")
		items, sle := "One change that somebody notices", []board.NewSLE{{Days: 7, Percent: 80}}
		from, err := d.boards.Change(d.lead, d.b.ID, board.Patch{FinishColumnID: &finish, WorkItems: &items, SLE: &sle})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Stays", ColumnID: d.col("Ready")}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.boards.Copy(d.worker, d.b.ID, board.Copy{Name: "Mine"}); !fault.Is(err, "forbidden") {
			t.Errorf("a worker: %v", err)
		}
		if _, err := d.boards.Copy(d.lead, d.b.ID, board.Copy{Name: " "}); !fault.Is(err, "invalid") {
			t.Errorf("no name: %v", err)
		}
		l, err := d.boards.Copy(d.lead, d.b.ID, board.Copy{Name: "The second"})
		if err != nil {
			t.Fatal(err)
		}
		at := func(l *board.Layout, id string) string { return l.Column(id).Name }
		if l.ID == from.ID || l.Name != "The second" || l.WorkItems != items || len(l.SLEs) != 1 || l.SLEs[0].Days != 7 ||
			at(l, l.FinishColumnID) != "Review" || at(l, l.StartColumnID) != "Build" || l.Lanes[0].Name != "Support" || *l.Lanes[0].Wip.Max != 2 {
			t.Errorf("%+v", l)
		}
		for i, c := range l.Columns {
			o := from.Columns[i]
			if c.Name != o.Name || c.Kind != o.Kind || c.Policy != o.Policy || c.Wip.Mode != o.Wip.Mode || len(c.Checks) != len(o.Checks) {
				t.Errorf("%+v, not %+v", c, o)
			}
			if len(c.Checks) > 0 && (c.Checks[0].ID == o.Checks[0].ID || c.Checks[0].Text != o.Checks[0].Text) {
				t.Errorf("checks %+v of %+v", c.Checks, o.Checks)
			}
		}
		if n := d.count("SELECT COUNT(*) FROM cards WHERE board_rid = ?", l.RID); n != 0 {
			t.Errorf("%d cards came along", n)
		}

		seq := d.count("SELECT seq FROM topics WHERE id = ?", "board:"+l.ID)
		for range 2 { // the second time nothing happens
			if _, err := d.boards.Archive(d.lead, l.ID); err != nil {
				t.Fatal(err)
			}
		}
		if now := d.count("SELECT seq FROM topics WHERE id = ?", "board:"+l.ID); now != seq+1 {
			t.Errorf("archived twice: %d events", now-seq)
		}
		if _, err := d.cards.Create(d.worker, l.ID, card.NewCard{Title: "Late", ColumnID: l.Columns[0].ID}); !fault.Is(err, "board_archived") {
			t.Errorf("a card on an archived board: %v", err)
		}
		listed := func(archived bool) (names []string) {
			t.Helper()
			list, err := d.cards.Boards(d.worker, archived)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				names = append(names, x.Name)
			}
			return names
		}
		if a, o := strings.Join(listed(true), ","), strings.Join(listed(false), ","); a != "The second" || o != "Delivery" {
			t.Errorf("archived %s, open %s", a, o)
		}
		if _, err := d.boards.Restore(d.worker, l.ID); !fault.Is(err, "forbidden") {
			t.Errorf("restored by a worker: %v", err)
		}
		if _, err := d.boards.Restore(d.lead, l.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Create(d.worker, l.ID, card.NewCard{Title: "Again", ColumnID: l.Columns[0].ID}); err != nil {
			t.Error(err)
		}
	})
}

func TestFavouritesAndGlance(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		e := d.again()
		if _, err := d.boards.SetFavourites(d.worker, []string{e.b.ID, d.b.ID, e.b.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.boards.SetFavourites(d.worker, []string{d.b.ID, "brd_none"}); !fault.Is(err, "not_found") {
			t.Errorf("an absent board: %v", err)
		}
		if _, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "Old", ColumnID: d.col("Build")}); err != nil {
			t.Fatal(err)
		}
		look := func() (mine, hers card.BoardCard) {
			t.Helper()
			for _, who := range []struct {
				ctx  context.Context
				into *card.BoardCard
			}{{d.worker, &mine}, {d.lead, &hers}} {
				list, err := d.cards.Boards(who.ctx, false)
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range list {
					if x.ID == d.b.ID {
						*who.into = x
					}
				}
			}
			return mine, hers
		}
		mine, hers := look()
		if mine.Favourite == nil || *mine.Favourite != 1 || hers.Favourite != nil || mine.Wip != 1 || mine.Aging != 0 || mine.CanLead || !hers.CanLead {
			t.Errorf("%+v and %+v", mine, hers)
		}
		b.Clock.Advance(6 * 24 * time.Hour) // the seventh of ten days
		if mine, _ = look(); mine.Aging != 1 {
			t.Errorf("not aging on the seventh of ten days: %+v", mine)
		}
	})
}

// The definition of workflow tells since when, and what was before.
func TestWorkflow(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		made := b.Clock.Now()
		b.Clock.Advance(48 * time.Hour)
		d.guarded("Review")
		policy, finish, max := "Two pairs of eyes", d.col("Review"), 4
		if _, err := d.boards.ChangeColumn(d.lead, d.col("Review"), board.ColumnPatch{Policy: &policy}); err != nil {
			t.Fatal(err)
		}
		sle := []board.NewSLE{{Days: 7, Percent: 80}}
		if _, err := d.boards.Change(d.lead, d.b.ID, board.Patch{FinishColumnID: &finish, SLE: &sle, Expedite: &board.ExpediteView{Mode: board.Hard, Max: max, Counts: true}}); err != nil {
			t.Fatal(err)
		}
		w, err := d.boards.Workflow(d.worker, d.b.ID)
		if err != nil {
			t.Fatal(err)
		}
		now := b.Clock.Now()
		is := func(what string, at *time.Time, want time.Time) {
			t.Helper()
			if at == nil || !at.Equal(want) {
				t.Errorf("%s: since %v, not %v", what, at, want)
			}
		}
		build, review := w.Columns[1], w.Columns[2]
		is("Build's limit", build.Wip.Since, made)
		is("Review's limit", review.Wip.Since, now)
		is("Review's policy", review.Policy.Since, now)
		is("the finish", w.Finished.Since, now)
		is("the expectation", w.SLE[0].Since, now)
		is("the strip", w.Expedite.Since, now)
		if review.Wip.Before == nil || review.Wip.Before.Mode != board.Hard || *review.Wip.Before.Max != 1 || build.Wip.Before != nil {
			t.Errorf("before: %+v, %+v", review.Wip.Before, build.Wip.Before)
		}
		if review.Policy.Text != policy || len(review.Policy.Checks) != 2 || review.Policy.Before == nil || review.Policy.Before.Text != "" || review.Policy.ByName != "lea" {
			t.Errorf("policy: %+v", review.Policy)
		}
		if w.Finished.ColumnName != "Review" || w.Finished.Before == nil || *w.Finished.Before != "Done" || w.Started.ColumnName != "Build" {
			t.Errorf("points: %+v, %+v", w.Started, w.Finished)
		}
		if w.SLE[0].Before == nil || w.SLE[0].Before.Days != 10 || w.Expedite.Before == nil || w.Expedite.Before.Mode != board.Reason || !w.ChangedAt.Equal(now) {
			t.Errorf("%+v, %+v", w.SLE, w.Expedite)
		}
	})
}
