package today_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"trestle/server/ask"
	"trestle/server/card"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/today"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// work lets the outbox bring all notices that are due.
func (h *house) work() {
	h.t.Helper()
	r := outbox.New(h.b.Store, nil)
	h.notices.Work(r)
	for {
		if n, err := r.Round(context.Background()); err != nil {
			h.t.Fatal(err)
		} else if n == 0 {
			return
		}
	}
}

func (h *house) waiting(v who.Viewer) []today.Row { return h.day(v).Waiting }

func TestToday_MentionsAndBlockersWaitUntilTheyAreReadAndTaken(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "team")
		bo := trestletest.Person(t, b.Store, "bo", who.Member)
		trestletest.Join(t, b.Store, h.team, bo, "worker")
		c := h.card(h.worker, l, 1, card.NewCard{Title: "Pay by link"})
		for _, text := range []string{"@bo have a look at the ledger", "and @bo at the queue"} {
			if _, err := h.cards.Comment(h.as(h.worker), c.Key, text); err != nil {
				t.Fatal(err)
			}
			h.work()
			b.Clock.Advance(time.Minute)
		}
		rows := h.waiting(bo)
		if len(rows) != 2 || rows[0].Kind != "card.mentioned" || rows[0].Title != "Pay by link" || rows[0].Text != "@bo have a look at the ledger" || rows[0].Who != "ana" ||
			rows[0].Key != c.Key || rows[0].Link != "/b/"+l.ID+"?card="+c.Key || rows[0].At == nil {
			t.Fatalf("mentions: %+v", rows)
		}
		if want := []string{rows[0].ID, rows[1].ID}; len(rows[0].Notices) != 2 || !slices.Contains(rows[0].Notices, want[0]) || !slices.Contains(rows[0].Notices, want[1]) {
			t.Errorf("opening the card reads both: %q, not %q", rows[0].Notices, want)
		}
		if a := rows[0].Actions; len(a) != 1 || a[0].Post != "/notices/read" || !slices.Equal(a[0].Body["ids"].([]string), []string{rows[0].ID}) {
			t.Errorf("marked read alone: %+v", a)
		}
		if len(h.waiting(h.worker)) != 0 {
			t.Error("whoever wrote it is waited for")
		}
		if _, err := h.notices.Mark(h.as(bo), true, rows[0].Notices, false, ""); err != nil {
			t.Fatal(err)
		}
		if rows := h.waiting(bo); len(rows) != 0 {
			t.Errorf("read, and still here: %+v", rows)
		}

		// a blocker, raised to bo
		blocked, err := h.cards.Block(h.as(h.worker), c.ID, card.NewBlocker{Category: "decision", Reason: "Who pays?"})
		if err != nil {
			t.Fatal(err)
		}
		raise := func(id, to string) {
			t.Helper()
			if _, err := h.cards.Raise(h.as(h.worker), id, to); err != nil {
				t.Fatal(err)
			}
			h.work()
		}
		raise(blocked.Blocker.ID, bo.PersonID)
		rows = h.waiting(bo)
		if len(rows) != 1 || rows[0].Kind != "blocker.raised" || rows[0].ID != blocked.Blocker.ID || rows[0].Text != "Who pays?" || rows[0].Title != "Pay by link" || rows[0].Who != "ana" ||
			len(rows[0].Days) < 2 || rows[0].Days[0] != b.Clock.Now().Format(time.DateOnly) || len(rows[0].Notices) != 1 {
			t.Fatalf("raised: %+v", rows)
		}
		promise := func(on string) {
			t.Helper()
			if _, err := h.cards.Promise(h.as(bo), blocked.Blocker.ID, on); err != nil {
				t.Fatal(err)
			}
		}
		promise(rows[0].Days[1])
		if rows := h.waiting(bo); len(rows) != 0 {
			t.Errorf("taken, and still here: %+v", rows)
		}
		promise("")
		if rows := h.waiting(bo); len(rows) != 1 {
			t.Errorf("taken back, it waits again: %+v", rows)
		}
		raise(blocked.Blocker.ID, "")
		if rows := h.waiting(bo); len(rows) != 0 {
			t.Errorf("nobody is asked any more: %+v", rows)
		}
		raise(blocked.Blocker.ID, bo.PersonID)
		if _, err := h.cards.Comment(h.as(h.worker), c.Key, "@bo please"); err != nil {
			t.Fatal(err)
		}
		h.work()
		if rows := h.waiting(bo); len(rows) != 2 {
			t.Fatalf("before the board is lost of sight: %+v", rows)
		}
		if err := store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("DELETE FROM members WHERE person_id = ?", bo.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if rows := h.waiting(bo); len(rows) != 0 {
			t.Errorf("a board that they cannot see: %+v", rows)
		}
		trestletest.Join(t, b.Store, h.team, bo, "worker")
		if _, err := h.cards.Unblock(h.as(h.worker), blocked.Blocker.ID); err != nil {
			t.Fatal(err)
		}
		if rows := h.waiting(bo); len(rows) != 1 || rows[0].Kind != "card.mentioned" {
			t.Errorf("closed, and still here: %+v", rows)
		}
		token := bo
		token.TeamID = h.team
		if rows := h.waiting(token); len(rows) != 0 {
			t.Errorf("a team's token reads no notices: %+v", rows)
		}
	})
}

func TestToday_AnAskNamesItsNotices(t *testing.T) {
	h := newHouse(t, trestletest.New(t))
	h.board(h.team, h.worker, "Delivery", "workspace")
	asker := trestletest.Person(t, h.b.Store, "ben", who.Member)
	made, err := h.asks.Raise(h.as(asker), h.team, ask.NewAsk{Title: "Read our runbook"})
	if err != nil {
		t.Fatal(err)
	}
	h.work()
	rows := h.waiting(h.worker)
	if len(rows) != 1 || rows[0].ID != made.ID || len(rows[0].Notices) != 1 {
		t.Fatalf("%+v", rows)
	}
	if in, err := h.notices.List(h.as(h.worker), true, 10, ""); err != nil || in.Unread != 1 || in.Items[0].ID != rows[0].Notices[0] {
		t.Errorf("%v %+v", err, in)
	}
}
