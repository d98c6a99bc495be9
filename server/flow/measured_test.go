package flow_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/flow"
	"trestle/server/store"
)

// Any measure over 20,000 cards and 200,000 transitions: cold (the board has changed) and warm. It takes a while, and a
// shared machine says little, so it runs only when it is asked for.
func TestFlow_Measured(t *testing.T) {
	if os.Getenv("TRESTLE_MEASURE") == "" {
		t.Skip("only when it is asked for: TRESTLE_MEASURE=1")
	}
	each(t, func(h *house) {
		h.fill(20_000, 10)
		asks := map[string]func(context.Context, string, flow.Ask) error{
			"overview":   func(c context.Context, id string, a flow.Ask) error { _, err := h.flow.Overview(c, id, a); return err },
			"cycle-time": func(c context.Context, id string, a flow.Ask) error { _, err := h.flow.CycleTime(c, id, a); return err },
			"cfd":        func(c context.Context, id string, a flow.Ask) error { _, err := h.flow.CFD(c, id, a); return err },
			"aging":      func(c context.Context, id string, a flow.Ask) error { _, err := h.flow.Aging(c, id, a); return err },
			"value-stream": func(c context.Context, id string, a flow.Ask) error {
				_, err := h.flow.ValueStream(c, id, a)
				return err
			},
			"diagnostics": func(c context.Context, id string, a flow.Ask) error {
				_, err := h.flow.Diagnostics(c, id, a)
				return err
			},
			"forecast": func(c context.Context, id string, a flow.Ask) error {
				_, err := h.flow.Forecast(c, id, flow.ForecastAsk{Ask: a})
				return err
			},
		}
		for name, ask := range asks {
			var cold, warm []time.Duration
			for range 9 {
				cold = append(cold, took(func() { h.ok(ask(h.ctx, h.b.ID, flow.Ask{})) }, func() { h.create("one more", "Ready") }))
				for range 5 {
					warm = append(warm, took(func() { h.ok(ask(h.ctx, h.b.ID, flow.Ask{})) }, func() {}))
				}
			}
			slices.Sort(cold)
			slices.Sort(warm)
			h.t.Logf("%-13s cold p50 %v, worst %v (n %d); warm p50 %v, worst %v (n %d)", name, cold[4], cold[8], len(cold), warm[len(warm)/2], warm[len(warm)-1], len(warm))
		}
	})
}

// The wall over 34 boards, one of them with 20,000 cards: warm, and after a card has moved on the large one.
func TestWall_Measured(t *testing.T) {
	if os.Getenv("TRESTLE_MEASURE") == "" {
		t.Skip("only when it is asked for: TRESTLE_MEASURE=1")
	}
	each(t, func(h *house) {
		h.fill(20_000, 10)
		for i := range 33 {
			_, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: fmt.Sprintf("Board %d", i), TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
				{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &board.Wip{Mode: board.Warn, Max: new(3)}}, {Name: "Done", Kind: board.Done}}})
			h.ok(err)
		}
		first := took(func() { h.wall(h.ctx) }, func() {})
		var cold, warm []time.Duration
		for range 15 {
			cold = append(cold, took(func() { h.wall(h.ctx) }, func() { h.create("one more", "Build") }))
			for range 5 {
				warm = append(warm, took(func() { h.wall(h.ctx) }, func() {}))
			}
		}
		slices.Sort(cold)
		slices.Sort(warm)
		h.t.Logf("first %v; after a move p50 %v, worst %v (n %d); warm p50 %v, worst %v (n %d)", first, cold[7], cold[14], len(cold), warm[len(warm)/2], warm[len(warm)-1], len(warm))
	})
}

func took(do, before func()) time.Duration {
	before()
	at := time.Now()
	do()
	return time.Since(at).Round(100 * time.Microsecond)
}

// fill writes cards with so many moves each straight into the record, over the two years before now.
func (h *house) fill(cards, moves int) {
	h.t.Helper()
	const part = 1000
	now := h.clock.Now()
	for from := 0; from < cards; from += part {
		h.ok(store.Do(h.ctx, h.store, []string{event.BoardTopic(h.b.ID)}, func(tx *store.Tx) error {
			for i := from; i < from+part; i++ {
				at := now.Add(-time.Duration(cards-i) * 50 * time.Minute)
				rid, err := tx.Insert(`INSERT INTO cards (id, board_rid, key, title, type, discipline, class, created_at, finished_at) VALUES (?,?,?,?,?,?,?,?,?)`,
					fmt.Sprintf("crd_m%d", i), h.b.RID, fmt.Sprintf("MES-%d", i), "A card among many", "feature", "development", "standard", store.Ms(at),
					store.Ms(at.Add(time.Duration(moves-1)*9*time.Hour)))
				if err != nil {
					return err
				}
				for m := range moves {
					to := h.b.Columns[min(m*len(h.b.Columns)/(moves-1), len(h.b.Columns)-1)].RID
					if m%3 == 2 {
						to = h.b.Columns[1].RID // back again
					}
					if m == moves-1 {
						to = h.b.Columns[3].RID
					}
					if _, err := tx.Exec(`INSERT INTO card_transitions (card_rid, board_rid, to_column_rid, kind, at) VALUES (?,?,?,?,?)`, rid, h.b.RID, to, "move",
						store.Ms(at.Add(time.Duration(m)*9*time.Hour))); err != nil {
						return err
					}
				}
			}
			_, err := tx.Publish(event.BoardTopic(h.b.ID), "board.imported", map[string]any{})
			return err
		}))
	}
}
