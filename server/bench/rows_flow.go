package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"trestle/server/event"
	"trestle/server/store"
)

const (
	flowCards = 20_000
	flowMoves = 10 // of each card
	flowAgain = 15 // requests of each chart and kind
	maxCold   = 150 * time.Millisecond
	maxWarm   = 10 * time.Millisecond
)

var flowCharts = []string{"overview", "cycle-time", "aging", "wip", "cfd", "efficiency", "blockers", "mix", "value-stream", "diagnostics", "forecast"}

// flow is how long somebody waits for the charts of a board with a long history: the first one after the server began, the
// first one after a card has moved, and the same again. It has a server of its own. On PostgreSQL: go test -bench Flow
// ./server/flow.
func (b *bench) flow() error {
	dir := filepath.Join(b.dir, "flow")
	s, err := b.start(dir)
	if err != nil {
		return err
	}
	a, err := signIn(s)
	if err != nil {
		s.stop()
		return err
	}
	board, err := a.newBoard("A long history")
	s.stop()
	if err != nil {
		return err
	}
	if err := longHistory(dir, board); err != nil {
		return err
	}
	path := func(chart string) string { return "/api/v1/boards/" + board.ID + "/flow/" + chart }
	var began []time.Duration
	for range flowAgain {
		if s, err = b.startPlain(dir); err != nil {
			return err
		}
		a.s = s
		took, err := a.timed(path("cycle-time"))
		s.stop()
		if err != nil {
			return err
		}
		began = append(began, took)
	}
	if s, err = b.startPlain(dir); err != nil {
		return err
	}
	defer s.stop()
	a.s = s
	c, err := dial(s.addr, a.session)
	if err != nil {
		return err
	}
	defer c.close()
	random := rand.New(rand.NewPCG(1, 1))
	slowest := map[bool]string{}
	worst := map[bool]time.Duration{}
	for _, chart := range flowCharts {
		for _, changed := range []bool{true, false} {
			var all []time.Duration
			for range flowAgain {
				if changed {
					if err := a.create(board, c, random); err != nil {
						return err
					}
				}
				took, err := a.timed(path(chart))
				if err != nil {
					return err
				}
				all = append(all, took)
			}
			if p50, _ := quantiles(all); p50 > worst[changed] {
				worst[changed], slowest[changed] = p50, chart
			}
		}
	}
	size := fmt.Sprintf("%d cards and %d moves", flowCards, flowCards*flowMoves)
	p50, p99 := quantiles(began)
	b.table.add("first chart of flow after a start, "+size, len(began), fmt.Sprintf("p50 %s, worst %s", ms(p50), ms(p99)), "", "p50 ≤ 150 ms", is(p50 <= maxCold))
	b.table.add("slowest of "+fmt.Sprint(len(flowCharts))+" charts after a change", flowAgain, fmt.Sprintf("p50 %s (%s)", ms(worst[true]), slowest[true]), "", "p50 ≤ 150 ms", is(worst[true] <= maxCold))
	b.table.add("slowest of them again", flowAgain, fmt.Sprintf("p50 %s (%s)", ms(worst[false]), slowest[false]), "", "p50 ≤ 10 ms", is(worst[false] <= maxWarm))
	return nil
}

// timed is how long one request takes.
func (a *api) timed(path string) (time.Duration, error) {
	c, err := dial(a.s.addr, a.session)
	if err != nil {
		return 0, err
	}
	defer c.close()
	begin := time.Now()
	status, body, err := c.do("GET", path, nil)
	took := time.Since(begin)
	if err != nil {
		return 0, err
	}
	return took, expect(status, body, 200)
}

// longHistory writes cards of two years, with all their moves, straight into the record of a server that does not run.
func longHistory(dir string, board *testBoard) error {
	st, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer st.Close()
	ctx, now := store.As(context.Background(), "", ""), time.Now()
	var rid int64
	if _, err := st.Rows(ctx).Row([]any{&rid}, "SELECT rid FROM boards WHERE id = ?", board.ID); err != nil {
		return err
	}
	columns := make([]int64, len(board.columns))
	for i, id := range board.columns {
		if _, err := st.Rows(ctx).Row([]any{&columns[i]}, "SELECT rid FROM columns WHERE id = ?", id); err != nil {
			return err
		}
	}
	order := make([]int, flowCards)
	for i := range order {
		order[i] = i
	}
	for part := range slices.Chunk(order, 1000) {
		err := store.Do(ctx, st, []string{event.BoardTopic(board.ID)}, func(tx *store.Tx) error {
			for _, i := range part {
				at := now.Add(-time.Duration(flowCards-i)*50*time.Minute - flowMoves*9*time.Hour)
				when := func(move int) int64 { return store.Ms(at.Add(time.Duration(move) * 9 * time.Hour)) }
				card, err := tx.Insert(`INSERT INTO cards (id, board_rid, key, title, type, discipline, class, created_at, finished_at) VALUES (?,?,?,?,?,?,?,?,?)`,
					fmt.Sprintf("crd_m%d", i), rid, fmt.Sprintf("LONG-%d", i+1), "A card among many", "feature", "development", "standard", when(0), when(flowMoves-1))
				if err != nil {
					return err
				}
				for m := range flowMoves {
					to := columns[min(m*len(columns)/(flowMoves-1), len(columns)-1)]
					if m%3 == 2 && m < flowMoves-1 {
						to = columns[1] // back again
					}
					if _, err := tx.Exec(`INSERT INTO card_transitions (card_rid, board_rid, to_column_rid, kind, at) VALUES (?,?,?,?,?)`, card, rid, to, "move", when(m)); err != nil {
						return err
					}
				}
			}
			_, err := tx.Publish(event.BoardTopic(board.ID), "board.imported", map[string]any{})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
