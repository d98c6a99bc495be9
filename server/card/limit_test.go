package card_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

const clients = 8

// T10: many people create, move, re-class, re-lane, archive, restore and undo at once; no column, lane or
// strip with a hard limit is ever over it, not after the history and not for a moment within it. 60 histories
// of 40 on each database, 1,000 of 100 in make soak. On PostgreSQL half of the people work on another node.
func TestHardLimit(t *testing.T) {
	histories, steps := 60, 40
	if os.Getenv("TRESTLE_SOAK") != "" {
		histories, steps = 1000, 100
	}
	if n, err := strconv.Atoi(os.Getenv(canaryEnv)); err == nil {
		histories = n
	}
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
		seed := rand.Uint64()
		if s, err := strconv.ParseUint(os.Getenv("TRESTLE_TEST_SEED"), 10, 64); err == nil {
			seed = s
		}
		t.Logf("TRESTLE_TEST_SEED=%d", seed)
		done, refused := 0, 0
		team := trestletest.Team(t, b.Store, "TRS")
		lead := trestletest.Person(t, b.Store, "lea", who.Member)
		trestletest.Join(t, b.Store, team, lead, "lead")
		for h := range histories {
			d, r := history(t, nodes, team, lead, seed+uint64(h), steps)
			done, refused = done+d, refused+r
			if t.Failed() {
				t.Fatalf("history %d, seed %d", h, seed+uint64(h))
			}
		}
		t.Logf("%d histories of %d: %d done, %d refused by a limit", histories, steps, done, refused)
		if refused < histories || done < histories*steps/4 {
			t.Error("too little happened to tell")
		}
	}, trestletest.WithClock(clock.Real{}))
}

// history is one board, and eight people who change it at once.
func history(t *testing.T, nodes []*store.Store, team string, lead who.Viewer, seed uint64, steps int) (done, refused int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 10))
	max := func(n int) *board.Wip { n++; return &board.Wip{Mode: board.Hard, Max: &n} }
	ctx := trestletest.Ctx(t, lead)
	var cards []*card.Service
	var boards []*board.Service
	for _, st := range nodes {
		bs := board.New(st)
		boards, cards = append(boards, bs), append(cards, card.New(st, bs, "test"))
	}
	l, err := boards[0].Create(ctx, board.NewBoard{TeamID: team, Name: "Full house", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Next", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: max(r.IntN(4))}, {Name: "Review", Kind: board.Active, Wip: max(r.IntN(2))}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	counts := r.IntN(2) == 0
	if l, err = boards[0].Change(ctx, l.ID, board.Patch{Expedite: &board.ExpediteView{Mode: board.Hard, Max: 1 + r.IntN(2), Counts: counts}}); err != nil {
		t.Fatal(err)
	}
	if l, err = boards[0].AddLane(ctx, l.ID, board.NewLane{Name: "Narrow", Wip: max(r.IntN(3))}); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for i := range 14 {
		c, err := cards[0].Create(ctx, l.ID, card.NewCard{Title: fmt.Sprint("Card ", i), ColumnID: l.Columns[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.Card.ID)
	}

	stop := make(chan struct{})
	var sampling, working sync.WaitGroup
	var ok, no, samples atomic.Int64
	sampling.Go(func() {
		for {
			over(t, nodes[0], l, counts)
			samples.Add(1)
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	var plan sync.Mutex // the plan is drawn in one order, whoever takes the next step
	left := steps
	for client := range clients {
		cs := cards[client%len(cards)]
		working.Go(func() {
			lastSeq := map[string]int64{}
			for {
				plan.Lock()
				if left--; left < 0 {
					plan.Unlock()
					return
				}
				id := ids[r.IntN(len(ids))]
				what, col, lane, class := r.IntN(20), l.Columns[[]int{0, 1, 1, 1, 2, 2, 3}[r.IntN(7)]].ID, l.Lanes[0].ID, []string{"expedite", "standard", "fixed_date"}[r.IntN(3)]
				withLane, withClass := r.IntN(4), r.IntN(4)
				plan.Unlock()
				ret := &card.Return{Category: "defect"}
				var err error
				switch {
				case what < 11:
					m := card.Move{ColumnID: col, Return: ret, Reason: "because"}
					switch withLane {
					case 0:
						m.LaneID = web.Some(lane)
					case 1:
						m.LaneID = web.Null[string]()
					}
					if withClass == 0 {
						m.Class = class
					}
					var a card.MoveAnswer
					if a, err = cs.Move(ctx, id, m); err == nil {
						lastSeq[id] = a.Seq
					}
				case what < 13:
					p := card.Patch{Class: &class, Reason: "because"}
					if withLane == 0 {
						p.LaneID = web.Some(lane)
					}
					_, err = cs.Change(ctx, id, p)
				case what < 14:
					_, err = cs.Archive(ctx, id)
				case what < 16:
					_, err = cs.Restore(ctx, id, []string{"", col}[withLane%2], "because")
				case what < 18:
					if seq := lastSeq[id]; seq > 0 {
						_, err = cs.Undo(ctx, id, seq)
					}
				default:
					n := card.NewCard{Title: "One more", ColumnID: col, Class: class, Reason: "because"}
					if withLane == 0 {
						n.LaneID = lane
					}
					_, err = cs.Create(ctx, l.ID, n)
				}
				f, is := fault.As(err)
				switch {
				case err == nil:
					ok.Add(1)
				case is && f.Code == "wip_limit":
					no.Add(1)
				case is && (f.Code == "archived" || f.Code == "stale" || f.Code == "already_undone" || f.Code == "invalid"):
				default:
					t.Errorf("%v", err)
				}
			}
		})
	}
	working.Wait()
	close(stop)
	sampling.Wait()
	over(t, nodes[0], l, counts)
	return int(ok.Load()), int(no.Load())
}

// over looks, at one moment, whether anything with a hard limit is over it. It counts for itself.
func over(t *testing.T, st *store.Store, l *board.Layout, expediteCounts bool) {
	err := st.ReadSnapshot(context.Background(), func(q *store.Query) error {
		check := func(what string, max int, stmt string, args ...any) error {
			var n int
			if _, err := q.Row([]any{&n}, stmt, args...); err != nil {
				return err
			}
			if n > max {
				t.Errorf("%s is over its limit: %d of %d", what, n, max)
			}
			return nil
		}
		const here = "SELECT count(*) FROM cards c JOIN places p ON p.card_rid = c.rid WHERE c.archived_at IS NULL AND p.archived = FALSE AND "
		for _, c := range l.Columns {
			if c.Wip.Mode != board.Hard {
				continue
			}
			if err := check(c.Name, *c.Wip.Max, here+"p.column_rid = ? AND (? OR c.class <> 'expedite')", c.RID, expediteCounts); err != nil {
				return err
			}
		}
		if err := check("the lane", *l.Lanes[0].Wip.Max, here+"p.lane_rid = ? AND c.started_at IS NOT NULL AND c.finished_at IS NULL", l.Lanes[0].RID); err != nil {
			return err
		}
		return check("the strip", l.ExpediteMax, here+"c.board_rid = ? AND c.class = 'expedite' AND c.finished_at IS NULL", l.RID)
	})
	if err != nil {
		t.Error(err)
	}
}

const canaryEnv = "TRESTLE_TEST_CANARY"

// A build without the lock (tag nolock: it counts first and takes the topic afterwards) must fail the test
// above within twenty histories, or that tests nothing. PostgreSQL only: SQLite has one writer and no lock.
func TestHardLimit_CatchesABuildWithoutTheLock(t *testing.T) {
	if os.Getenv(canaryEnv) != "" {
		t.Skip("this is the canary")
	}
	trestletest.PostgresURL(t) // or skips by name
	cmd := exec.Command("go", "test", "-trimpath", "-tags", "sqlite_fts5 nolock", "-count=1", "-run", "^TestHardLimit$/^postgres$", ".")
	cmd.Env = append(os.Environ(), canaryEnv+"=20", "TRESTLE_SOAK=")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("twenty histories without the lock, and no limit was broken:\n%s", out)
	}
	if !strings.Contains(string(out), "is over its limit") {
		t.Fatalf("it failed for another reason:\n%s", out)
	}
}
