package card_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func (d *desk) wait(id, on string) error {
	_, err := d.cards.Wait(d.worker, id, card.NewWait{Card: on})
	return err
}

// A card that waits for one of another board is blocked until that one finishes, and again when it is re-opened;
// flow's intervals say exactly that.
func TestWait_OpensAndCloses(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		st := b.Store
		own, other := twoDesks(t, st)
		a := own.add("Checkout", "Ready")
		on, err := other.cards.Create(other.worker, other.b.ID, card.NewCard{Title: "Vault", ColumnID: other.col("Next")})
		if err != nil {
			t.Fatal(err)
		}
		x := on.Card
		if err := own.wait(a.ID, x.Key); err != nil {
			t.Fatal(err)
		}
		f := own.face(a.ID)
		if len(f.Blockers) != 1 || f.Blockers[0].BlockedBy == nil || *f.Blockers[0].BlockedBy != (card.CardRef{CardID: x.ID, Key: x.Key}) ||
			f.Blockers[0].Category != "other_team" || f.Blockers[0].Reason != "Waits for "+x.Key {
			t.Fatalf("%+v", f.Blockers)
		}
		wantCode(t, own.wait(a.ID, x.ID), "already_waiting")
		wantCode(t, own.wait(a.ID, a.Key), "invalid")
		wantCode(t, own.wait(a.ID, "TRS-999"), "invalid")
		_, err = other.cards.Wait(other.worker, x.ID, card.NewWait{Card: a.Key})
		wantCode(t, err, "cycle")
		d, _, err := own.cards.Detail(other.worker, x.ID)
		if err != nil || len(d.Blocks) != 1 || d.Blocks[0].Key != a.Key || d.Blocks[0].Title != "Checkout" {
			t.Fatalf("%+v %v", d.Blocks, err)
		}
		since := own.snapshot().Seq
		b.Clock.Advance(time.Hour)
		done, err := other.move(x.ID, "Shipped", card.Move{})
		if err != nil {
			t.Fatal(err)
		}
		if f := own.face(a.ID); len(f.Blockers) != 0 || own.types(since) != "card.unblocked" {
			t.Fatalf("%+v %s", f.Blockers, own.types(since))
		}
		d, _, err = own.cards.Detail(own.worker, a.ID)
		if err != nil || d.History[0].Text != "finished "+x.Key+", for which it waited: the blocker is closed" || len(d.WaitsFor) != 1 || !d.WaitsFor[0].Finished {
			t.Fatalf("%+v %+v", d.History[0], d.WaitsFor)
		}
		b.Clock.Advance(time.Hour)
		if _, err := other.cards.Undo(other.worker, x.ID, done.Seq); err != nil {
			t.Fatal(err)
		}
		if f := own.face(a.ID); len(f.Blockers) != 1 || f.Blockers[0].BlockedBy == nil {
			t.Fatalf("re-opened: %+v", f.Blockers)
		}
		// two intervals: one of an hour, one that is open
		if n := trestletest.Count(t, st, "SELECT count(*) FROM blockers WHERE closed_at - opened_at = 3600000"); n != 1 {
			t.Errorf("%d closed intervals of an hour", n)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM blockers WHERE closed_at IS NULL"); n != 1 {
			t.Errorf("%d open", n)
		}
		// the finish moves to a column in which it stands: so it is finished
		start := other.col("Next")
		doing := other.col("Doing")
		if _, err := other.move(x.ID, "Doing", card.Move{}); err != nil {
			t.Fatal(err)
		}
		if _, err := other.boards.Change(other.lead, other.b.ID, board.Patch{StartColumnID: &start, FinishColumnID: &doing}); err != nil {
			t.Fatal(err)
		}
		if f := own.face(a.ID); len(f.Blockers) != 0 {
			t.Errorf("finished by a new point: %+v", f.Blockers)
		}
		if _, err := own.cards.Unwait(own.worker, a.ID, x.Key); err != nil {
			t.Fatal(err)
		}
		_, err = own.cards.Unwait(own.worker, a.ID, x.Key)
		wantCode(t, err, "not_found")
		wantCode(t, own.wait(a.ID, x.ID), "finished")
		noWrongFaces(t, st)
	})
}

// Closing the blocker by hand ends the link; a board that is shut takes links away, and the card still waits.
func TestWait_Ends(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		own, other := twoDesks(t, st)
		a := own.add("Checkout", "Ready")
		var keys []string
		for _, title := range []string{"Vault", "Mesh"} {
			c, err := other.cards.Create(other.worker, other.b.ID, card.NewCard{Title: title, ColumnID: other.col("Next")})
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, c.Card.Key)
			if err := own.wait(a.ID, c.Card.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := own.cards.Unblock(own.worker, own.face(a.ID).Blockers[0].ID); err != nil {
			t.Fatal(err)
		}
		d, _, err := own.cards.Detail(own.worker, a.ID)
		if err != nil || len(d.WaitsFor) != 1 || d.WaitsFor[0].Key != keys[1] {
			t.Fatalf("%+v %v", d.WaitsFor, err)
		}
		shut := board.TeamOnly
		if _, err := other.boards.Change(other.lead, other.b.ID, board.Patch{Visibility: &shut}); err != nil {
			t.Fatal(err)
		}
		f := own.face(a.ID)
		raw, _ := json.Marshal(f)
		if len(f.Blockers) != 1 || f.Blockers[0].BlockedBy != nil || strings.Contains(string(raw), keys[1]) {
			t.Errorf("%s", raw)
		}
		wantCode(t, own.wait(a.ID, keys[0]), "invalid") // as if there were none
		noWrongFaces(t, st)
	})
}

// Eight people tie cards of three boards together at once: never is there a circle.
func TestWait_NeverACircle(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		desks := []*desk{d, d.again(), d.again()}
		var ids []string
		for i := range 9 {
			ids = append(ids, desks[i%3].add("c", "Ready").ID)
		}
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		var wg sync.WaitGroup
		for i := range 8 {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			wg.Go(func() {
				for range 8 {
					_ = d.wait(ids[r.IntN(9)], ids[r.IntN(9)])
				}
			})
		}
		wg.Wait()
		const circles = `WITH RECURSIVE beyond (a, b) AS (SELECT card_rid, on_rid FROM waits WHERE to_at IS NULL
			UNION SELECT d.a, w.on_rid FROM waits w JOIN beyond d ON w.card_rid = d.b WHERE w.to_at IS NULL) SELECT count(*) FROM beyond WHERE a = b`
		if n := trestletest.Count(t, st, circles); n != 0 {
			t.Errorf("%d cards wait for themselves", n)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM waits"); n < 5 {
			t.Errorf("only %d links", n)
		}
		noWrongFaces(t, st)
	}, trestletest.WithClock(clock.Real{}))
}

// Raised to a person, taken on by a day, and reminded when it comes.
func TestRaiseAndPromise(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		st := b.Store
		d := newDesk(t, st)
		boss := trestletest.Person(t, st, "mara", who.Manager)
		member := trestletest.Person(t, st, "mike", who.Member)
		guest := trestletest.Person(t, st, "gus", who.Guest)
		c := d.add("Checkout", "Build")
		blocked, err := d.cards.Block(d.worker, c.ID, card.NewBlocker{Category: "decision", Reason: "who pays?"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := d.cards.Block(d.worker, c.ID, card.NewBlocker{Category: "vendor", Reason: "no answer"})
		if err != nil {
			t.Fatal(err)
		}
		id := blocked.Blocker.ID
		_, err = d.cards.Promise(trestletest.Ctx(t, member), id, "2026-03-03")
		wantCode(t, err, "forbidden")
		_, err = d.cards.Raise(trestletest.Ctx(t, member), id, member.PersonID)
		wantCode(t, err, "forbidden")
		for _, nobody := range []string{guest.PersonID, "per_0000000000000000"} {
			_, err = d.cards.Raise(d.worker, id, nobody)
			wantCode(t, err, "invalid")
		}
		before := d.snapshot().Seq
		if _, err := d.cards.Raise(d.worker, id, member.PersonID); err != nil {
			t.Fatal(err)
		}
		if f := d.face(c.ID); f.Blockers[0].RaisedTo != member.PersonID || f.Blockers[1].RaisedTo != "" {
			t.Fatalf("%+v", f.Blockers)
		}
		if _, err := d.cards.Raise(d.worker, id, member.PersonID); err != nil || d.snapshot().Seq != before+1 {
			t.Error("the same again is not calm")
		}
		for _, day := range []string{"2026-03-01", "2028-01-01", "Tuesday"} {
			_, err = d.cards.Promise(trestletest.Ctx(t, member), id, day)
			wantCode(t, err, "invalid")
		}
		if _, err := d.cards.Promise(trestletest.Ctx(t, member), id, "2026-03-03"); err != nil {
			t.Fatal(err)
		}
		if f := d.face(c.ID); f.Blockers[0].PromisedOn != "2026-03-03" {
			t.Fatalf("%+v", f.Blockers)
		}
		if got := kinds(t, st); got != "blocker.raised>mike blocker.promised>wim" {
			t.Errorf("told: %s", got)
		}
		runner := outbox.New(st, nil)
		runner.Handle(card.RemindKind, d.cards.Remind)
		round := func() {
			t.Helper()
			if _, err := runner.Round(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		round()
		b.Clock.Set(time.Date(2026, 3, 3, 7, 1, 0, 0, time.UTC)) // eight in Berlin
		round()
		if got := kinds(t, st); got != "blocker.raised>mike blocker.promised>wim blocker.due>mike" {
			t.Errorf("told: %s", got)
		}
		b.Clock.Advance(24 * time.Hour)
		round()
		if got := kinds(t, st); !strings.HasSuffix(got, " blocker.due>mike,wim") {
			t.Errorf("told: %s", got)
		}
		// a manager takes on any; whoever had it hears of it. Its clock is its own.
		if _, err := d.cards.Promise(trestletest.Ctx(t, boss), id, "2026-03-06"); err != nil {
			t.Fatal(err)
		}
		if f := d.face(c.ID); f.Blockers[0].RaisedTo != boss.PersonID || f.Blockers[0].PromisedOn != "2026-03-06" {
			t.Fatalf("%+v", f.Blockers)
		}
		b.Clock.Advance(time.Hour)
		if _, err := d.cards.Unblock(d.worker, id); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Promise(trestletest.Ctx(t, boss), id, "2026-03-06")
		wantCode(t, err, "closed")
		sent := kinds(t, st)
		b.Clock.Advance(96 * time.Hour)
		round()
		if got := kinds(t, st); got != sent {
			t.Errorf("reminded of what is closed: %s", got)
		}
		if f := d.face(c.ID); len(f.Blockers) != 1 || f.Blockers[0].ID != second.Blocker.ID {
			t.Errorf("%+v", f.Blockers)
		}
		// taken back
		if _, err := d.cards.Promise(d.worker, second.Blocker.ID, "2026-03-20"); err != nil { // a worker, of one raised to nobody
			t.Fatal(err)
		}
		for _, back := range []func() (card.Changed, error){
			func() (card.Changed, error) { return d.cards.Promise(d.worker, second.Blocker.ID, "") },
			func() (card.Changed, error) { return d.cards.Raise(d.worker, second.Blocker.ID, "") },
		} {
			if _, err := back(); err != nil {
				t.Fatal(err)
			}
		}
		if f := d.face(c.ID); f.Blockers[0].RaisedTo != "" || f.Blockers[0].PromisedOn != "" {
			t.Errorf("%+v", f.Blockers)
		}
		noWrongFaces(t, st)
	})
}

// kinds are the notes left so far: kind>names.
func kinds(t *testing.T, st *store.Store) string {
	t.Helper()
	var out []string
	err := st.Rows(context.Background()).Each(func(scan func(...any) error) error {
		var raw string
		if err := scan(&raw); err != nil {
			return err
		}
		var n notice.Note
		if err := json.Unmarshal([]byte(raw), &n); err != nil {
			return err
		}
		var names []string
		for _, id := range n.To {
			names = append(names, nameOf(t, st, id))
		}
		out = append(out, n.Kind+">"+strings.Join(names, ","))
		return nil
	}, "SELECT payload FROM outbox WHERE kind = ? ORDER BY rid", notice.JobKind)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func nameOf(t *testing.T, st *store.Store, id string) (name string) {
	t.Helper()
	if _, err := st.Rows(context.Background()).Row([]any{&name}, "SELECT name FROM people WHERE id = ?", id); err != nil {
		t.Fatal(err)
	}
	return name
}
