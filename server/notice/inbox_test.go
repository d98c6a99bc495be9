package notice_test

import (
	"fmt"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func mention(board string, to ...string) notice.Note {
	return notice.Note{Kind: "card.mentioned", To: to, BoardID: board, CardID: "crd_1", CardKey: "PAY-1", Title: "You were mentioned", Text: "look at this", Link: "/c/PAY-1"}
}

func TestDeliver(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.ana.PersonID+" brd_1"], o.sees[o.bo.PersonID+" brd_1"] = true, true
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID, o.bo.PersonID, o.ana.PersonID, o.dara.PersonID, "per_nobody"))
		if in := o.inbox(t, o.bo); len(in.Items) != 0 {
			t.Fatal("before the outbox ran")
		}
		o.work(t)
		in := o.inbox(t, o.bo)
		if len(in.Items) != 1 || in.Unread != 1 {
			t.Fatalf("%+v", in)
		}
		if n := in.Items[0]; n.Title != "You were mentioned" || n.ActorName != "Ana" || n.CardKey != "PAY-1" || n.ReadAt != nil || !n.At.Equal(trestletest.Begin) {
			t.Fatalf("%+v", n)
		}
		if in := o.inbox(t, o.ana); len(in.Items) != 0 {
			t.Fatal("who did it is told about it")
		}
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM notices"); n != 1 {
			t.Fatalf("%d lines: somebody who cannot see the board was told", n)
		}
		events, err := o.Store.Events(t.Context(), event.MeTopic(o.bo.PersonID), 0, 10)
		if err != nil || len(events) != 1 || events[0].Type != "notice.created" || events[0].ActorID != o.ana.PersonID {
			t.Fatalf("%v %+v", err, events)
		}
	})
}

// The outbox delivers at least once; an inbox holds it once, and tells it once.
func TestDeliver_Twice(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.post(t, o.ana, notice.Note{Kind: "ask.raised", To: []string{o.bo.PersonID, o.dara.PersonID}, Title: "An ask", Link: "/ask"})
		o.sees[o.bo.PersonID+" "] = true
		o.work(t)
		exec(t, o, "UPDATE outbox SET done_at = NULL, claimed_until = 0") // the runner died before it could note the end
		o.work(t)
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM notices"); n != 2 {
			t.Fatalf("%d lines", n)
		}
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM events WHERE type = 'notice.created'"); n != 2 {
			t.Fatalf("%d events", n)
		}
	})
}

// What somebody may no longer see they are no longer shown or counted, though it was delivered.
func TestList_SightIsLost(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"], o.sees[o.bo.PersonID+" brd_2"] = true, true
		for i := range 5 {
			o.post(t, o.ana, mention(fmt.Sprintf("brd_%d", 1+i%2), o.bo.PersonID))
		}
		o.work(t)
		if in := o.inbox(t, o.bo); len(in.Items) != 5 || in.Unread != 5 {
			t.Fatalf("%+v", in)
		}
		delete(o.sees, o.bo.PersonID+" brd_1")
		if in := o.inbox(t, o.bo); len(in.Items) != 2 || in.Unread != 2 {
			t.Fatalf("%+v", in)
		}
		exec(t, o, "UPDATE people SET disabled_at = 1 WHERE id = ?", o.bo.PersonID)
		o.post(t, o.ana, mention("brd_2", o.bo.PersonID))
		o.work(t)
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM notices"); n != 5 {
			t.Fatal("somebody who left was told")
		}
	})
}

func TestList_Pages(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		for range 7 {
			o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
			o.post(t, o.ana, mention("brd_2", o.bo.PersonID)) // nothing of it
		}
		o.sees[o.bo.PersonID+" brd_2"] = true
		o.work(t)
		delete(o.sees, o.bo.PersonID+" brd_2")
		var ids []string
		cursor := ""
		for range 10 {
			in, err := o.notices.List(trestletest.Ctx(t, o.bo), false, 3, cursor)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range in.Items {
				ids = append(ids, n.ID)
			}
			if cursor = in.NextCursor; cursor == "" {
				break
			}
			if len(in.Items) != 3 {
				t.Fatalf("a page of %d that is not the last", len(in.Items))
			}
		}
		seen := map[string]bool{}
		for _, id := range ids {
			seen[id] = true
		}
		if len(ids) != 7 || len(seen) != 7 || cursor != "" {
			t.Fatalf("%d notices, %d different, left off at %q", len(ids), len(seen), cursor)
		}
		if _, err := o.notices.List(trestletest.Ctx(t, o.bo), false, 3, "x"); !fault.Is(err, "invalid") {
			t.Fatal(err)
		}
	})
}

func TestMark(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"], o.sees[o.dara.PersonID+" brd_1"] = true, true
		for range 3 {
			o.post(t, o.ana, mention("brd_1", o.bo.PersonID, o.dara.PersonID))
		}
		o.work(t)
		bo, dara := trestletest.Ctx(t, o.bo), trestletest.Ctx(t, o.dara)
		items := o.inbox(t, o.bo).Items // newest first
		m, err := o.notices.Mark(bo, true, []string{items[0].ID, items[0].ID, "ntc_0"}, false, "")
		if err != nil || len(m.IDs) != 1 || m.Unread != 2 {
			t.Fatalf("%v %+v", err, m)
		}
		if m, err = o.notices.Mark(bo, true, []string{items[0].ID}, false, ""); err != nil || len(m.IDs) != 0 {
			t.Fatalf("the same again: %v %+v", err, m)
		}
		if m, err = o.notices.Mark(dara, true, []string{items[1].ID}, false, ""); err != nil || len(m.IDs) != 0 || m.Unread != 3 {
			t.Fatalf("somebody else's: %v %+v", err, m)
		}
		if m, err = o.notices.Mark(bo, true, nil, true, items[1].ID); err != nil || len(m.IDs) != 2 || m.Unread != 0 {
			t.Fatalf("all up to the second: %v %+v", err, m)
		}
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		if m, err = o.notices.Mark(bo, true, nil, true, items[0].ID); err != nil || m.Unread != 1 {
			t.Fatalf("what came meanwhile was read too: %v %+v", err, m)
		}
		if m, err = o.notices.Mark(bo, false, []string{items[1].ID, items[2].ID}, false, ""); err != nil || len(m.IDs) != 2 || m.Unread != 3 {
			t.Fatalf("taken back: %v %+v", err, m)
		}
		before := trestletest.Count(t, o.Store, "SELECT count(*) FROM events")
		if _, err = o.notices.Mark(bo, true, nil, false, ""); !fault.Is(err, "invalid") {
			t.Fatal(err)
		}
		if _, err = o.notices.Mark(trestletest.Ctx(t, who.Viewer{DeviceID: "dev_1", TeamID: "tea_1"}), true, nil, true, ""); !fault.Is(err, "forbidden") {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM events"); n != before {
			t.Fatal("a refusal was announced")
		}
	})
}

func TestTidy(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		if _, err := o.notices.Mark(trestletest.Ctx(t, o.bo), true, []string{o.inbox(t, o.bo).Items[0].ID}, false, ""); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			after time.Duration
			left  int
		}{{89 * 24 * time.Hour, 2}, {2 * 24 * time.Hour, 1}, {280 * 24 * time.Hour, 0}} {
			o.Clock.Advance(step.after)
			if err := o.notices.Tidy(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(o.inbox(t, o.bo).Items); n != step.left {
				t.Fatalf("%d left after another %v, not %d", n, step.after, step.left)
			}
		}
	})
}
