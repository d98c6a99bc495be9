package checklist_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/rank"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// gate makes Build ask for a checklist.
func (h *house) gate(columnID string, p board.NewListPolicy) *board.Layout {
	h.t.Helper()
	l := must[*board.Layout](h.t)(h.boards.ChangeColumn(h.as(h.ana), columnID, board.ColumnPatch{Checklist: web.Some(p)}))
	if l.ID == h.l.ID {
		h.l = l
	}
	return l
}

// complete answers all that blocks at a checklist's own level and phase, and has it understood.
func (h *house) complete(id string) {
	h.t.Helper()
	for _, x := range h.get(id).Topics {
		for _, it := range x.Items {
			if it.Blocks && h.item(id, it.Key).Blocks {
				h.answer(h.ana, id, it.Key, "Said")
				h.understand(h.bo, id, it.Key)
			}
		}
	}
}

// shown is a team's other board, on which cards of the first are mirrored.
func (h *house) shown() *board.Layout {
	h.t.Helper()
	return must[*board.Layout](h.t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Launches", Visibility: "team", TimeZone: "Europe/Berlin",
		Columns: []board.NewColumn{{Name: "Soon", Kind: board.Queue}, {Name: "Launching", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
}

// Every door into a column that asks for a checklist × how the card's stands × who asks.
func TestEntry_everyDoor(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		ready, build := h.l.Columns[0].ID, h.l.Columns[1].ID
		on := h.shown()
		soon, launching := on.Columns[0].ID, on.Columns[1].ID
		policy := board.NewListPolicy{Level: "light", Phase: "design"}
		waive := board.Answers{Waive: &board.Waive{Reason: " the sale is on Friday "}}
		h.gate(build, policy)
		h.gate(launching, policy)
		doors := map[string]func(ctx context.Context, c card.Face, a board.Answers) error{
			"move": func(ctx context.Context, c card.Face, a board.Answers) error {
				_, err := h.cards.Move(ctx, c.ID, card.Move{ColumnID: build, Answers: a})
				return err
			},
			"pull": func(ctx context.Context, c card.Face, a board.Answers) error {
				must[card.MoveAnswer](t)(h.cards.Move(h.as(h.ana), c.ID, card.Move{ColumnID: ready, Beside: first(h, ready, c.ID)}))
				_, err := h.cards.Pull(ctx, h.l.ID, card.Pull{CardID: c.ID, Answers: a})
				return err
			},
			"bulk": func(ctx context.Context, c card.Face, a board.Answers) error {
				_, err := h.cards.Bulk(ctx, h.l.ID, card.Bulk{CardIDs: []string{c.ID}, Move: &card.BulkMove{ColumnID: build}, Answers: a})
				return err
			},
			"restore to another column": func(ctx context.Context, c card.Face, a board.Answers) error {
				must[card.Changed](t)(h.cards.Archive(h.as(h.ana), c.ID))
				_, err := h.cards.RestoreTo(ctx, c.ID, card.RestoreTo{ColumnID: build, Answers: a})
				return err
			},
			"show on another board": func(ctx context.Context, c card.Face, a board.Answers) error {
				_, err := h.cards.Mirror(ctx, c.ID, card.NewMirror{BoardID: on.ID, ColumnID: launching, Answers: a})
				return err
			},
			"move there": func(ctx context.Context, c card.Face, a board.Answers) error {
				must[card.Changed](t)(h.cards.Mirror(h.as(h.ana), c.ID, card.NewMirror{BoardID: on.ID, ColumnID: soon}))
				_, err := h.cards.Move(ctx, c.ID, card.Move{ColumnID: launching, Answers: a})
				return err
			},
			"move there, behind a key that has grown too long": func(ctx context.Context, c card.Face, a board.Answers) error {
				must[card.Changed](t)(h.cards.Mirror(h.as(h.ana), c.ID, card.NewMirror{BoardID: on.ID, ColumnID: soon}))
				last := h.card("Before it")
				must[card.Changed](t)(h.cards.Mirror(h.as(h.ana), last.ID, card.NewMirror{BoardID: on.ID, ColumnID: launching, Answers: waive}))
				if err := store.Do(t.Context(), b.Store, nil, func(tx *store.Tx) error {
					_, err := tx.Exec("UPDATE places SET pos = ? WHERE mirror = TRUE AND card_rid = (SELECT rid FROM cards WHERE id = ?)", strings.Repeat("z", rank.MaxLen), last.ID)
					return err
				}); err != nil {
					t.Fatal(err)
				}
				_, err := h.cards.Move(ctx, c.ID, card.Move{ColumnID: launching, Answers: a})
				must[card.Changed](t)(h.cards.Archive(h.as(h.ana), last.ID))
				return err
			},
		}
		inside := func(c card.Face) int {
			return h.count("SELECT COUNT(*) FROM places p JOIN cards c ON c.rid = p.card_rid JOIN columns n ON n.rid = p.column_rid WHERE c.id = ? AND n.id IN (?, ?) AND p.archived = FALSE", c.ID, build, launching)
		}
		for door, enter := range doors {
			for _, x := range []struct {
				how  string // none, open, complete
				as   who.Viewer
				say  board.Answers
				code string
				kept string // what is kept: "" nothing, met, waived
			}{
				{"none", h.goro, board.Answers{}, "checklist_required", ""},
				{"none", h.goro, waive, "forbidden", ""},
				{"none", h.ana, waive, "", "waived"},
				{"open", h.goro, board.Answers{}, "checklist_open", ""},
				{"open", h.ana, board.Answers{Waive: &board.Waive{Reason: "  "}}, "checklist_open", ""},
				{"open", h.goro, waive, "forbidden", ""},
				{"open", h.ana, waive, "", "waived"},
				{"complete", h.goro, board.Answers{}, "", "met"},
				{"complete", h.goro, waive, "", "met"}, // nothing to waive
			} {
				c := h.card("One-tap pay")
				id := ""
				if x.how != "none" {
					id = must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: c.ID, Level: "light"})).ID
				}
				if x.how == "complete" {
					h.complete(id)
				}
				name := fmt.Sprintf("%s, %s, by %s: ", door, x.how, x.as.Name)
				err := enter(h.as(x.as), c, x.say)
				f, _ := fault.As(err)
				switch {
				case x.code == "" && err != nil, x.code != "" && (f == nil || f.Code != x.code):
					t.Errorf("%s%v, not %q", name, err, x.code)
				case strings.HasPrefix(x.code, "checklist"):
					is, _ := f.Extra["checklist"].(board.Listed)
					n := map[string]int{"none": 0, "open": h.blocking(id)}[x.how]
					if is.ID != id || is.Blocking != n || len(is.Items) != n || f.Extra["mayWaive"] != (x.as.Name == "ana") || fmt.Sprint(f.Extra["needs"]) != "[checklist]" {
						t.Errorf("%s%+v %+v", name, is, f.Extra)
					}
				}
				if got := inside(c); (got == 1) != (x.code == "") {
					t.Errorf("%s%d places there", name, got)
				}
				met := h.count("SELECT COUNT(*) FROM card_checks k JOIN cards c ON c.rid = k.card_rid WHERE c.id = ? AND k.check_id = 'checklist' AND k.waived = FALSE AND k.reason = ''", c.ID)
				waived := h.count("SELECT COUNT(*) FROM card_checks k JOIN cards c ON c.rid = k.card_rid WHERE c.id = ? AND k.check_id = 'checklist' AND k.waived = TRUE AND k.reason = 'the sale is on Friday'", c.ID)
				if (met == 1) != (x.kept == "met") || (waived == 1) != (x.kept == "waived") || met+waived > 1 {
					t.Errorf("%s%d kept as met, %d as waived", name, met, waived)
				}
				if id != "" && x.kept == "waived" {
					v := h.get(id)
					last := h.events(id)
					if len(v.Waived) != 1 || v.Waived[0].Reason != "the sale is on Friday" || v.Waived[0].Person.Name != "ana" || v.Waived[0].Column == "" || last[len(last)-1].Type != "checklist.waived" || v.Seq != last[len(last)-1].Seq {
						t.Errorf("%sthe checklist says %+v", name, v.Waived)
					}
				}
				if inside(c) > 0 || x.code != "" { // out of the way of the next
					if _, err := h.cards.Archive(h.as(h.ana), c.ID); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if h.count("SELECT COUNT(*) FROM events WHERE type = 'column.respread'") == 0 {
			t.Error("no keys have grown too long")
		}
		if all, told := h.count("SELECT COUNT(*) FROM card_checks WHERE waived = TRUE"), h.count(`SELECT COUNT(*) FROM card_checks k JOIN cards c ON c.rid = k.card_rid JOIN boards b ON b.rid = k.board_rid
			JOIN events e ON e.topic = 'board:' || b.id AND e.seq = k.seq AND e.subject = c.id AND e.data LIKE '%the sale is on Friday%' WHERE k.waived = TRUE`); all == 0 || told != all {
			t.Errorf("%d waived, of which %d know the event that tells it", all, told)
		}
		// a card that is made has none, whoever makes it; a lead may waive
		made := func(v who.Viewer, a board.Answers) error {
			_, err := h.cards.Create(h.as(v), h.l.ID, card.NewCard{Title: "Two", ColumnID: build, Answers: a})
			return err
		}
		h.calm("made there", "checklist_required", func() error { return made(h.goro, board.Answers{}) })
		if err := made(h.ana, waive); err != nil {
			t.Error(err)
		}
	})
}

func (h *house) blocking(id string) int {
	if id == "" {
		return 0
	}
	return h.get(id).Blocking
}

// first is before the first other card of a column.
func first(h *house, columnID, but string) (at card.Beside) {
	h.t.Helper()
	if _, err := h.b.Store.Rows(context.Background()).Row([]any{&at.BeforeID}, `SELECT c.id FROM places p JOIN cards c ON c.rid = p.card_rid JOIN columns n ON n.rid = p.column_rid
		WHERE n.id = ? AND c.id <> ? AND p.archived = FALSE ORDER BY p.pos LIMIT 1`, columnID, but); err != nil {
		h.t.Fatal(err)
	}
	return at
}

// An accepted ask goes through the same door.
func TestEntry_ask(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		asks := ask.New(b.Store, h.boards, h.cards)
		l := must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Asks", TimeZone: "Europe/Berlin",
			Columns: []board.NewColumn{{Name: "Asked", Kind: board.Queue}, {Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
		yes := true
		must[*board.Layout](t)(h.boards.ChangeColumn(h.as(h.ana), l.Columns[0].ID, board.ColumnPatch{Asks: &yes}))
		h.gate(l.Columns[1].ID, board.NewListPolicy{Level: "light", Phase: "design"})
		raised := must[ask.View](t)(asks.Raise(h.as(h.out), h.team, ask.NewAsk{Title: "A queue for us", Description: "We need it", NeededBy: "2026-12-24"}))
		h.calm("accepted", "checklist_required", func() error { _, err := asks.Accept(h.as(h.goro), raised.ID); return err })
	})
}

// What counts: the stricter of both levels, up to the column's phase, on the board's day; a frozen one as it stood.
func TestEntry_whatCounts(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		build := h.l.Columns[1].ID
		stands := func(c card.Face, p board.NewListPolicy) (code string, n int, f *fault.Fault) {
			t.Helper()
			h.gate(build, p)
			_, err := h.cards.Move(h.as(h.goro), c.ID, card.Move{ColumnID: build})
			if err == nil {
				must[card.MoveAnswer](t)(h.cards.Move(h.as(h.goro), c.ID, card.Move{ColumnID: h.l.Columns[0].ID, Return: &card.Return{Category: "defect"}}))
				return "", 0, nil
			}
			f, _ = fault.As(err)
			is, _ := f.Extra["checklist"].(board.Listed)
			return f.Code, is.Blocking, f
		}
		c := h.card("One-tap pay")
		id := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: c.ID, Level: "light"})).ID
		_, few, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"})
		_, more, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "post_launch"})
		_, all, f := stands(c, board.NewListPolicy{Level: "critical", Phase: "post_launch"})
		is, _ := f.Extra["checklist"].(board.Listed)
		if few == 0 || few >= more || more >= all || all <= board.ListedMost || len(is.Items) != board.ListedMost || is.Items[0].Topic != "Functionality" || is.Items[0].Why != "to_answer" || is.Level != "light" {
			t.Fatalf("%d, %d, %d; %+v", few, more, all, is)
		}
		if want := fmt.Sprintf("Build asks for the liaison checklist at level critical, all questions. %d of this card's are open.", all); f.Detail != want {
			t.Errorf("%s", f.Detail)
		}
		h.complete(id)
		if code, n, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "" {
			t.Fatalf("complete: %s %d", code, n)
		}
		must[checklist.View](t)(h.s.Change(h.as(h.goro), id, checklist.Patch{Level: ptr("critical")}))
		if code, _, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "checklist_open" {
			t.Errorf("its own level is more: %s", code)
		}
		must[checklist.View](t)(h.s.Change(h.as(h.goro), id, checklist.Patch{Level: ptr("light"), Phase: ptr("post_launch")}))
		if code, _, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "" {
			t.Errorf("what comes after the column's phase: %s", code)
		}
		// a gap that is over, unless the checklist was frozen before
		day := b.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
		must[checklist.Changed](t)(h.s.Reopen(h.as(h.goro), id, "F1"))
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), id, "F1", checklist.NewGap{Until: day, Why: "Known tomorrow"}))
		if code, _, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "" {
			t.Errorf("a gap that was accepted: %s", code)
		}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), id))
		b.Clock.Advance(72 * time.Hour)
		if code, n, _ := stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "" {
			t.Errorf("frozen when it was complete: %s %d", code, n)
		}
		must[checklist.View](t)(h.s.Thaw(h.as(h.ana), id, "It was not ready"))
		_, n, f := stands(c, board.NewListPolicy{Level: "light", Phase: "design"})
		is, _ = f.Extra["checklist"].(board.Listed)
		if n != 1 || is.Items[0].Why != "gap_over" || is.Items[0].Key != "F1" || !strings.Contains(f.Detail, "1 of this card's is open.") {
			t.Errorf("%d %+v %s", n, is, f.Detail)
		}
		waived := card.Move{ColumnID: build, Answers: board.Answers{Waive: &board.Waive{Reason: "Seen by hand"}}}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), id)) // waived when it is frozen, it says so too
		gone := must[card.MoveAnswer](t)(h.cards.Move(h.as(h.ana), c.ID, waived))
		must[card.MoveAnswer](t)(h.cards.Undo(h.as(h.ana), c.ID, gone.Seq))
		if v := h.get(id); v.FrozenAt == nil || len(v.Waived) != 1 || v.Waived[0].Person.Name != "ana" || v.Waived[0].Asked != "liaison checklist at level light, the questions of the design: 1 open" {
			t.Errorf("%+v", v.Waived)
		}
		must[checklist.View](t)(h.s.Thaw(h.as(h.ana), id, "It goes on"))
		// another template's is none that counts, nor is one that was put away
		own := must[checklist.TemplateView](t)(h.s.MakeTemplate(h.as(h.ana), checklist.NewTemplate{Name: "Pay launch", TeamID: h.team, From: checklist.BuiltIn}))
		h.calm("a template without a version", "invalid", func() error {
			_, err := h.boards.ChangeColumn(h.as(h.ana), build, board.ColumnPatch{Checklist: web.Some(board.NewListPolicy{TemplateID: own.ID, Level: "light", Phase: "design"})})
			return err
		})
		must[checklist.TemplateView](t)(h.s.Publish(h.as(h.ana), own.ID, "First"))
		code, _, f := stands(c, board.NewListPolicy{TemplateID: own.ID, Level: "light", Phase: "design"})
		if code != "checklist_required" || f.Detail != "Build asks for the liaison checklist “Pay launch” at level light, the questions of the design. This card has one of another template: “Launch”." {
			t.Errorf("%s: %v", code, f)
		}
		must[checklist.View](t)(h.s.Archive(h.as(h.ana), id, true))
		if code, _, f = stands(c, board.NewListPolicy{Level: "light", Phase: "design"}); code != "checklist_required" || !strings.HasSuffix(f.Detail, "This card has no checklist yet.") {
			t.Errorf("%s: %v", code, f)
		}
	})
}

// A column's policy: who may set it, what it may say, that it is dated, told to everybody and copied.
func TestEntry_policy(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		build := h.l.Columns[1].ID
		set := func(v who.Viewer, p web.Opt[board.NewListPolicy]) func() error {
			return func() error {
				_, err := h.boards.ChangeColumn(h.as(v), build, board.ColumnPatch{Checklist: p})
				return err
			}
		}
		some := web.Some(board.NewListPolicy{TemplateID: checklist.BuiltIn, Level: "standard", Phase: "pre_prod"})
		h.calm("a worker", "forbidden", set(h.goro, some))
		h.calm("no such level", "invalid", set(h.ana, web.Some(board.NewListPolicy{Level: "optional", Phase: "design"})))
		h.calm("no such phase", "invalid", set(h.ana, web.Some(board.NewListPolicy{Level: "light", Phase: "never"})))
		h.calm("no such template", "invalid", set(h.ana, web.Some(board.NewListPolicy{TemplateID: "ckt_x", Level: "light", Phase: "design"})))
		if err := set(h.ana, some)(); err != nil {
			t.Fatal(err)
		}
		events := must[[]event.Event](t)(b.Store.Events(t.Context(), event.BoardTopic(h.l.ID), 0, 0))
		if e := events[len(events)-1]; e.Type != "column.updated" || !strings.Contains(string(e.Data), `"checklist":{"templateId":"ckt_launch","template":"Launch","level":"standard","phase":"pre_prod"}`) {
			t.Errorf("%s %s", e.Type, e.Data)
		}
		w := must[board.Workflow](t)(h.boards.Workflow(h.as(h.vic), h.l.ID))
		if p := w.Columns[1].Policy; p.Checklist == nil || p.Checklist.Level != "standard" || p.Since == nil || p.ByName != "ana" {
			t.Errorf("%+v", p)
		}
		if err := set(h.ana, web.Some(board.NewListPolicy{Level: "critical", Phase: "pre_prod"}))(); err != nil {
			t.Fatal(err)
		}
		w = must[board.Workflow](t)(h.boards.Workflow(h.as(h.vic), h.l.ID))
		if p := w.Columns[1].Policy; p.Checklist.Level != "critical" || p.Before == nil || p.Before.Checklist == nil || p.Before.Checklist.Template != "Launch" {
			t.Errorf("%+v %+v", p, p.Before)
		}
		if twin := must[*board.Layout](t)(h.boards.Copy(h.as(h.ana), h.l.ID, board.Copy{Name: "Twin"})); twin.Columns[1].Checklist == nil || twin.Columns[1].Checklist.Level != "critical" {
			t.Error("the copy asks for none")
		}
		if err := set(h.ana, web.Null[board.NewListPolicy]())(); err != nil {
			t.Fatal(err)
		}
		if _, err := h.cards.Move(h.as(h.goro), h.card("Free").ID, card.Move{ColumnID: build}); err != nil {
			t.Error(err)
		}
	})
}

// counted counts how often a checklist is asked for.
type counted struct {
	*checklist.Service
	n *int
}

func (c counted) Stands(q *store.Query, rid int64, p *board.ListPolicy, zone string, now time.Time) (board.Listed, error) {
	*c.n++
	return c.Service.Stands(q, rid, p, zone, now)
}

// A column that does not ask costs no statement, nor does what is not asked: back, undone, within the column, restored
// where it stood, a full column. One that asks costs at most four.
func TestEntry_asksOnlyWhereItIsAsked(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		n := 0
		h.cards.UseLists(counted{h.s, &n})
		ready, build, done := h.l.Columns[0].ID, h.l.Columns[1].ID, h.l.Columns[2].ID
		move := func(id string, m card.Move) card.MoveAnswer {
			t.Helper()
			return must[card.MoveAnswer](t)(h.cards.Move(h.as(h.ana), id, m))
		}
		c := h.card("One-tap pay")
		if move(c.ID, card.Move{ColumnID: build}); n != 0 {
			t.Errorf("not asked, yet %d questions", n)
		}
		h.gate(build, board.NewListPolicy{Level: "light", Phase: "design"})
		move(c.ID, card.Move{ColumnID: build}) // it stands there
		gone := move(c.ID, card.Move{ColumnID: done})
		must[card.MoveAnswer](t)(h.cards.Undo(h.as(h.ana), c.ID, gone.Seq))
		move(c.ID, card.Move{ColumnID: done})
		move(c.ID, card.Move{ColumnID: build, Return: &card.Return{Category: "defect"}})
		must[card.Changed](t)(h.cards.Archive(h.as(h.ana), c.ID))
		must[card.Changed](t)(h.cards.Restore(h.as(h.ana), c.ID, "", ""))
		hard, one := board.Hard, 1
		must[*board.Layout](t)(h.boards.ChangeColumn(h.as(h.ana), build, board.ColumnPatch{Wip: &board.WipPatch{Mode: &hard, Max: web.Some(one)}}))
		other := h.card("Second")
		h.calm("full", "wip_limit", func() error { _, err := h.cards.Move(h.as(h.ana), other.ID, card.Move{ColumnID: build}); return err })
		if n != 0 {
			t.Errorf("asked %d times", n)
		}
		move(c.ID, card.Move{ColumnID: ready, Return: &card.Return{Category: "defect"}})
		id := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: other.ID, Level: "light"})).ID
		h.complete(id)
		if move(other.ID, card.Move{ColumnID: build}); n != 1 {
			t.Errorf("asked %d times", n)
		}
		var rid int64
		if _, err := b.Store.Rows(t.Context()).Row([]any{&rid}, "SELECT rid FROM cards WHERE id = ?", other.ID); err != nil {
			t.Fatal(err)
		}
		said := 0
		q := b.Store.Rows(store.Hearing(t.Context(), func(string) { said++ }))
		if is := must[board.Listed](t)(h.s.Stands(q, rid, h.l.Columns[1].Checklist, "UTC", b.Clock.Now())); is.Blocking != 0 || is.ID != id || said == 0 || said > 4 {
			t.Errorf("%d statements, %+v", said, is)
		}
		d, _, err := h.cards.Detail(h.as(h.ana), other.ID)
		if err != nil || !strings.Contains(d.History[0].Text, "complete: liaison checklist at level light, the questions of the design") {
			t.Errorf("%v %+v", err, d.History[0])
		}
	})
}
