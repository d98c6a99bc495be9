package port_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/port"
	"trestle/server/trestletest"
)

// big is a Trello board of n cards in three lists, each with a move and a comment.
func big(n int) []byte {
	var cards, acts []string
	for i := range n {
		id := fmt.Sprintf("67a00000%016x", i)
		cards = append(cards, fmt.Sprintf(`{"id":%q,"name":"Card %d","idList":"l%d","pos":%d,"labels":[{"name":"x","color":"red"}],"dateLastActivity":"2025-03-01T00:00:00.000Z","idMembers":["m1"]}`, id, i, i%3, n-i))
		acts = append(acts, fmt.Sprintf(`{"id":"a%d","type":"createCard","date":"2025-02-02T%02d:00:00.000Z","idMemberCreator":"m1","memberCreator":{"id":"m1","fullName":"Em"},"data":{"card":{"id":%q},"list":{"id":"l%d"}}}`, i, i%20, id, i%3))
	}
	return []byte(`{"id":"67a00000ffffffffffffffff","name":"Big","lists":[{"id":"l0","name":"To do","pos":1},{"id":"l1","name":"Doing","pos":2},{"id":"l2","name":"Done","pos":3}],"members":[{"id":"m1","fullName":"Em"}],"cards":[` +
		strings.Join(cards, ",") + `],"actions":[` + strings.Join(acts, ",") + `]}`)
}

// TestImport_crash: the program dies in the middle; nobody sees half a board, and the next start takes it away.
func TestImport_crash(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for _, first := range []bool{true, false} {
			if !first { // die while adding to a board that is here
				b.bring(t, big(10))
			}
			before := rows(t, b.Store)
			b.port.DieAfter(400)
			func() {
				defer func() { _ = recover() }()
				_, _ = b.port.Import(b.ctx, port.Request{Team: b.team, File: reader(big(500))})
				t.Error("it did not die")
			}()
			if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM boards WHERE staged_at IS NOT NULL"); n != 1 {
				t.Errorf("%d staged boards", n)
			}
			if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards"); n < 400 {
				t.Errorf("only %d cards were staged when it died", n)
			}
			id := query(t, b.Store, "SELECT id FROM boards WHERE staged_at IS NOT NULL")[0]
			if l, err := b.boards.LayoutIn(b.Store.Rows(b.ctx), id); l != nil || err != nil {
				t.Errorf("half a board can be seen: %v %v", l, err)
			}
			if card := query(t, b.Store, "SELECT c.id FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE b.staged_at IS NOT NULL LIMIT 1")[0]; true {
				if _, _, err := b.cards.Detail(b.ctx, card); !fault.Is(err, "not_found") {
					t.Errorf("a card of half a board can be seen: %v", err)
				}
			}
			b.Clock.Advance(2 * time.Minute)
			b.port.WhenStaged(func(int) {})
			if err := b.port.Sweep(context.Background(), port.Idle); err != nil {
				t.Fatal(err)
			}
			sameRows(t, before, rows(t, b.Store))
			if err := b.port.Sweep(context.Background(), port.Idle); err != nil {
				t.Fatal(err)
			}
		}
		if rep := b.bring(t, big(500)); rep.AlreadyThere != 10 || trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards") != 500 {
			t.Errorf("after the crash: %+v", rep)
		}
	})
}

// TestImport_swept: an import whose stage was swept under it ends with a sentence and leaves nothing.
func TestImport_swept(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		before := rows(t, b.Store)
		once := sync.OnceFunc(func() {
			b.Clock.Advance(2 * time.Minute)
			if err := b.port.Sweep(context.Background(), port.Idle); err != nil {
				t.Error(err)
			}
		})
		b.port.WhenStaged(func(int) { once() })
		_, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: reader(big(500))})
		refused(t, err, "import_interrupted", "Nothing was changed")
		sameRows(t, before, rows(t, b.Store))
	})
}

// TestImport_cancelled: the browser went away; what was staged is taken back at once.
func TestImport_cancelled(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		before := rows(t, b.Store)
		ctx, cancel := context.WithCancel(b.ctx)
		b.port.WhenStaged(func(n int) {
			if n >= 300 {
				cancel()
			}
		})
		if _, err := b.port.Import(ctx, port.Request{Team: b.team, File: reader(big(500))}); err == nil {
			t.Error("it went on")
		}
		sameRows(t, before, rows(t, b.Store))
	})
}

// TestImport_twice: two people import the same file at once; it is here once.
func TestImport_twice(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var wg sync.WaitGroup
		already := make([]int, 4)
		for i := range already {
			wg.Go(func() {
				rep, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: reader(big(450))})
				if err != nil {
					t.Error(err)
				}
				already[i] = rep.AlreadyThere
			})
		}
		wg.Wait()
		for stmt, want := range map[string]int{"SELECT COUNT(*) FROM boards": 1, "SELECT COUNT(*) FROM cards": 450, "SELECT COUNT(*) FROM places": 450,
			"SELECT COUNT(*) FROM events": 1, "SELECT COUNT(*) FROM people": 2, "SELECT COUNT(*) FROM external_ids WHERE kind = 'card'": 450} {
			if n := trestletest.Count(t, b.Store, stmt); n != want {
				t.Errorf("%s: %d, want %d (already there: %v)", stmt, n, want, already)
			}
		}
	})
}

// TestImport_meanwhile: the board changes between the plan and its end; the import plans again.
func TestImport_meanwhile(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		rep := b.bring(t, big(10))
		once := sync.OnceFunc(func() {
			exec(t, b.Store, "UPDATE boards SET version = version + 1 WHERE staged_at IS NULL")
		})
		b.port.WhenStaged(func(int) { once() })
		again := b.bring(t, big(300))
		if again.BoardID != rep.BoardID || trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM cards") != 300 || trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM boards") != 1 {
			t.Errorf("%+v", again)
		}
	})
}

// TestImport_retry: the same command again gets the same answer and does nothing.
func TestImport_retry(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		do := func() port.Report {
			rep, err := b.port.Import(trestletest.CtxKey(t, b.lead, "key-1", "hash"), port.Request{Team: b.team, File: reader(own(t, "harbour.json"))})
			if err != nil {
				t.Fatal(err)
			}
			return rep
		}
		one := do()
		before := rows(t, b.Store)
		two := do()
		sameRows(t, before, rows(t, b.Store))
		if fmt.Sprint(one) != fmt.Sprint(two) {
			t.Errorf("first %+v\nthen %+v", one, two)
		}
		// lost the answer after the whole board was staged by another run: the stage goes, the answer stays
		exec(t, b.Store, "DELETE FROM external_ids WHERE kind = 'board' AND source = 'trello'")
		exec(t, b.Store, "UPDATE external_ids SET source = 'elsewhere'")
		before = rows(t, b.Store)
		if three := do(); fmt.Sprint(one) != fmt.Sprint(three) {
			t.Errorf("then %+v", three)
		}
		sameRows(t, before, rows(t, b.Store))
	})
}

// TestImport_events: one event, on the new board's topic, with the import's command.
func TestImport_events(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		news := make(chan event.News, 16) // answers come before announcements
		defer b.Bus.Subscribe(func(n event.News) { news <- n })()
		rep := b.bring(t, big(250))
		heard := []event.News{<-news}
		select {
		case more := <-news:
			heard = append(heard, more)
		case <-time.After(50 * time.Millisecond):
		}
		if len(heard) != 1 || heard[0].Topic != event.BoardTopic(rep.BoardID) || len(heard[0].Events) != 1 || heard[0].Events[0].Type != "board.imported" {
			t.Errorf("heard %+v", heard)
		}
		if heard[0].Events[0].ActorID != b.lead.PersonID {
			t.Errorf("by %q", heard[0].Events[0].ActorID)
		}
	})
}
