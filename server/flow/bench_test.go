package flow_test

import (
	"fmt"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// BenchmarkFlow is any measure over 20,000 cards and 200,000 transitions: the first time after a card has come (changed), the
// first time that anybody asks after the server began (restarted), and again (warm).
func BenchmarkFlow(b *testing.B) {
	c := clock.NewFake(begun)
	trestletest.Benchmarks(b, func(b *testing.B, on *trestletest.Bench) {
		h := newHouse(b, on, c)
		h.fill(20_000, 10)
		for name, ask := range map[string]func() error{
			"overview":     func() error { _, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{}); return err },
			"cycle-time":   func() error { _, err := h.flow.CycleTime(h.ctx, h.b.ID, flow.Ask{}); return err },
			"cfd":          func() error { _, err := h.flow.CFD(h.ctx, h.b.ID, flow.Ask{}); return err },
			"aging":        func() error { _, err := h.flow.Aging(h.ctx, h.b.ID, flow.Ask{}); return err },
			"value-stream": func() error { _, err := h.flow.ValueStream(h.ctx, h.b.ID, flow.Ask{}); return err },
			"diagnostics":  func() error { _, err := h.flow.Diagnostics(h.ctx, h.b.ID, flow.Ask{}); return err },
			"forecast":     func() error { _, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{}); return err },
		} {
			do := func() { h.ok(ask()) }
			b.Run(name+"/changed", func(b *testing.B) {
				trestletest.Timed(b, func() { h.create("one more", "Ready") }, do)
			})
			b.Run(name+"/restarted", func(b *testing.B) {
				trestletest.Timed(b, func() { h.flow = flow.New(h.store, h.boards) }, do)
			})
			b.Run(name+"/warm", func(b *testing.B) { trestletest.Timed(b, nil, do) })
		}
	}, trestletest.WithClock(c))
}

// BenchmarkWall is the wall over 34 boards, one of them with 20,000 cards: after a card has moved on the large one, and warm.
func BenchmarkWall(b *testing.B) {
	c := clock.NewFake(begun)
	trestletest.Benchmarks(b, func(b *testing.B, on *trestletest.Bench) {
		h := newHouse(b, on, c)
		h.fill(20_000, 10)
		for i := range 33 {
			_, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: fmt.Sprintf("Board %d", i), TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
				{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &board.Wip{Mode: board.Warn, Max: new(3)}}, {Name: "Done", Kind: board.Done}}})
			h.ok(err)
		}
		do := func() { h.wall(h.ctx) }
		b.Run("cold", func(b *testing.B) { trestletest.Timed(b, func() { h.create("one more", "Build") }, do) })
		b.Run("warm", func(b *testing.B) { trestletest.Timed(b, nil, do) })
	}, trestletest.WithClock(c))
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
