package flow_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// What is kept of a board and followed by its events says the same as what is read anew, whatever happens to it: random
// writes of every kind, with corrections of what had been told already.
func TestKept_IsWhatWouldBeReadAnew(t *testing.T) {
	each(t, func(h *house) {
		other, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Other", TimeZone: "UTC", Columns: []board.NewColumn{{Name: "In", Kind: board.Queue}, {Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		second := trestletest.Person(h.t, h.store, "otto", who.Member)
		trestletest.Join(h.t, h.store, h.team, second, "contributor")
		random := rand.New(rand.NewPCG(7, 7))
		pick := func(n int) int { return random.IntN(n) }
		var ids, blockers []string
		type done struct {
			id  string
			seq int64
		}
		var undoable []done
		ordered := func(c card.Changed, err error) {
			if err == nil {
				undoable = append(undoable, done{c.Card.ID, c.Seq})
			}
		}
		columns := func() []board.Column { return slices.Concat(h.b.Columns, other.Columns) }
		writes := []func(){
			func() {
				at := h.b
				if pick(4) == 0 {
					at = other
				}
				c, err := h.cards.Create(h.ctx, at.ID, card.NewCard{Title: fmt.Sprint("card ", len(ids)), ColumnID: at.Columns[pick(len(at.Columns))].ID, Class: []string{"", "expedite", "standard"}[pick(3)],
					Type: []string{"", "incident"}[pick(2)], OwnerIDs: [][]string{nil, {second.PersonID}}[pick(2)]})
				if err == nil { // expedite has its limit
					ids = append(ids, c.Card.ID)
				}
			},
			func() {
				all := columns()
				id := ids[pick(len(ids))]
				a, err := h.cards.Move(h.ctx, id, card.Move{ColumnID: all[pick(len(all))].ID, Return: &card.Return{Category: "defect", Text: "it broke"}, Reason: "so it is"})
				if err == nil {
					undoable = append(undoable, done{id, a.Seq})
				}
			},
			func() {
				if len(undoable) > 0 {
					u := undoable[len(undoable)-1]
					undoable = undoable[:len(undoable)-1]
					_, _ = h.cards.Undo(h.ctx, u.id, u.seq)
				}
			},
			func() {
				b, err := h.cards.Block(h.ctx, ids[pick(len(ids))], card.NewBlocker{Category: h.b.Categories[pick(len(h.b.Categories))].Key, Reason: "waits"})
				if err == nil {
					blockers = append(blockers, b.Blocker.ID)
				}
			},
			func() {
				if len(blockers) > 0 {
					_, _ = h.cards.Unblock(h.ctx, blockers[pick(len(blockers))])
				}
			},
			func() { ordered(h.cards.Archive(h.ctx, ids[pick(len(ids))])) },
			func() { ordered(h.cards.Restore(h.ctx, ids[pick(len(ids))], "", "so it is")) },
			func() {
				title := fmt.Sprint("renamed ", pick(1000))
				class := []string{"expedite", "standard"}[pick(2)]
				ordered(h.cards.Change(h.ctx, ids[pick(len(ids))], card.Patch{Title: &title, Class: &class}))
			},
			func() {
				to := []*board.Layout{h.b, other}[pick(2)]
				_, _ = h.cards.Mirror(h.ctx, ids[pick(len(ids))], card.NewMirror{BoardID: to.ID, ColumnID: to.Columns[pick(3)].ID})
			},
			func() { h.clock.Advance(time.Duration(pick(40)) * time.Hour) },
			func() {
				if pick(6) == 0 {
					_, err := h.boards.ChangeColumn(h.ctx, h.b.Columns[1].ID, board.ColumnPatch{Wip: &board.WipPatch{Max: web.Some(1 + pick(4))}})
					h.ok(err)
				}
			},
		}
		for len(ids) == 0 {
			writes[0]()
		}
		for round := range 60 {
			for range 1 + pick(4) {
				writes[pick(len(writes))]()
			}
			kept, anew := h.said(h.flow), h.said(flow.New(h.store, h.boards))
			for i := range anew {
				if kept[i] != anew[i] {
					h.t.Fatalf("round %d:\nkept %s\nanew %s", round, kept[i], anew[i])
				}
			}
		}
	})
}

// said is what a service says of the board, all of it.
func (h *house) said(s *flow.Service) (out []string) {
	h.t.Helper()
	say := func(v any, err error) {
		h.t.Helper()
		h.ok(err)
		raw, err := json.Marshal(v)
		h.ok(err)
		out = append(out, string(raw))
	}
	all := flow.Ask{Class: "standard,expedite"}
	for _, in := range []flow.Ask{{}, all} {
		say(s.Overview(h.ctx, h.b.ID, in))
		say(s.CycleTime(h.ctx, h.b.ID, in))
		say(s.CFD(h.ctx, h.b.ID, in))
		say(s.Blockers(h.ctx, h.b.ID, in))
		say(s.Handoffs(h.ctx, h.b.ID, in))
		say(s.Efficiency(h.ctx, h.b.ID, in))
		say(s.Mix(h.ctx, h.b.ID, in))
		say(s.Diagnostics(h.ctx, h.b.ID, in))
	}
	say(s.Aging(h.ctx, h.b.ID, all))
	say(s.ValueStream(h.ctx, h.b.ID, all))
	say(s.Cards(h.ctx, h.b.ID, flow.CardsAsk{Ask: all, Of: "started"}))
	return out
}

// history says how an answer reads the history of the board: not at all, of some cards, or all of it.
func (h *house) history(s *flow.Service) string {
	h.t.Helper()
	var mu sync.Mutex // several parts are read at once
	how := "none"
	ctx := store.Hearing(h.ctx, func(stmt string) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case !strings.Contains(stmt, "FROM card_transitions"):
		case strings.Contains(stmt, "card_rid IN"):
			how = "some"
		default:
			how = "all"
		}
	})
	_, err := s.Throughput(ctx, h.b.ID, flow.Ask{})
	h.ok(err)
	return how
}

// After a change the cards are read again that it touched, and no others; a change of settings reads all anew.
func TestKept_ReadsWhatWasTouched(t *testing.T) {
	each(t, func(h *house) {
		want := func(how string) {
			h.t.Helper()
			if got := h.history(h.flow); got != how {
				h.t.Errorf("it reads %s of the history, not %s", got, how)
			}
		}
		for i := range 5 {
			h.create(fmt.Sprint("card ", i), "Ready")
		}
		want("all")
		want("none")
		h.move("card 1", "Build")
		h.move("card 2", "Done")
		want("some")
		h.create("card 9", "Ready")
		want("some")
		want("none")
		name := "Another name"
		_, err := h.boards.Change(h.ctx, h.b.ID, board.Patch{Name: &name})
		h.ok(err)
		want("all")
		_, err = h.flow.AddNote(h.ctx, h.b.ID, flow.NewNote{Step: "exploit", Text: "Nobody waits"})
		h.ok(err)
		want("none") // it is about no card
	})
}

// Boards in use are read before anybody asks.
func TestWarm(t *testing.T) {
	each(t, func(h *house) {
		h.create("one", "Build")
		s := flow.New(h.store, h.boards)
		h.ok(s.Warm(h.ctx))
		if how := h.history(s); how != "none" {
			h.t.Errorf("it reads %s of the history of a board that was read ahead", how)
		}
	})
}
