package card_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// many makes n cards in a column.
func (d *desk) many(column string, n int) (ids []string) {
	d.t.Helper()
	for i := range n {
		ids = append(ids, d.make(column, fmt.Sprintf("Card %d", i)))
	}
	return ids
}

func (d *desk) make(column, title string) string {
	d.t.Helper()
	return d.add(title, column).ID
}

// stack is the ids of a column from the top.
func (d *desk) stack(column string) (ids []string) {
	d.t.Helper()
	for _, c := range d.snapshot().Cards {
		if c.ColumnID == d.col(column) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (d *desk) shown() []byte {
	d.t.Helper()
	e, err := d.cards.Snapshot(d.worker, d.b.ID, "", false)
	if err != nil {
		d.t.Fatal(err)
	}
	return e.Body
}

func decode[T any](t *testing.T, raw []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func seqs(a card.BulkAnswer) (ids []string, out []int64) {
	for _, it := range a.Items {
		if it.Done {
			ids, out = append(ids, it.Card.ID), append(out, it.Seq)
		}
	}
	return ids, out
}

func TestBulkMoveIsOneTransaction(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		ids := d.many("Ready", 4)
		anchor := d.make("Done", "Anchor")
		last := d.make("Done", "Last")

		// in the order named, behind the anchor
		a, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: []string{ids[2], ids[0]}, Move: &card.BulkMove{ColumnID: d.col("Done"), Beside: card.Beside{AfterID: anchor}}})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.stack("Done"), []string{anchor, ids[2], ids[0], last}; !slices.Equal(got, want) {
			t.Errorf("Done holds %v, not %v", got, want)
		}
		if len(a.Items) != 2 || a.Items[0].Card.ID != ids[2] || !a.Items[0].Done || a.Seq != a.Items[1].Seq {
			t.Errorf("answered %+v", a)
		}

		// undone as one, back where they were
		back, nums := seqs(a)
		if _, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: back, Undo: nums}); err != nil {
			t.Fatal(err)
		}
		if got := d.stack("Ready"); !slices.Equal(got, ids) {
			t.Errorf("Ready holds %v, not %v", got, ids)
		}
		if _, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: back, Undo: nums}); !fault.Is(err, "stale") {
			t.Errorf("a second undo is answered with %v", err)
		}
	})
}

// The counts see the cards that were moved before in the same transaction; the one that does not fit stops all.
func TestBulkLimits(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		ids := d.many("Ready", 3)
		before := string(d.shown())

		_, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: ids[:2], Move: &card.BulkMove{ColumnID: d.col("Review")}})
		f, _ := fault.As(err)
		if f == nil || f.Code != "wip_limit" || f.Extra["cardId"] != ids[1] || !strings.HasPrefix(f.Detail, f.Extra["cardKey"].(string)+": Review is full: 1 of 1.") {
			t.Fatalf("two cards into a hard limit of one: %v", err)
		}
		if now := string(d.shown()); now != before {
			t.Error("a refused bulk change left something behind")
		}

		// the third is one too many for Build, whose limit asks: once, for all
		_, err = d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: ids, Move: &card.BulkMove{ColumnID: d.col("Build")}})
		f, _ = fault.As(err)
		if f == nil || f.Code != "reason_required" || !slices.Equal(f.Extra["needs"].([]string), []string{"limit"}) || f.Extra["cardId"] != ids[2] {
			t.Fatalf("three cards into a reason limit of two: %v", err)
		}
		if now := string(d.shown()); now != before {
			t.Error("a question left something behind")
		}
		a, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: ids, Move: &card.BulkMove{ColumnID: d.col("Build")}, Reason: "All hands"})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.reasons(a); !slices.Equal(got, []string{"", "", "All hands"}) {
			t.Errorf("reasons kept: %q", got)
		}

		// back: both questions at once, whichever card asks them
		far := d.make("Done", "Far")
		_, err = d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: []string{ids[0], far}, Move: &card.BulkMove{ColumnID: d.col("Build")}})
		f, _ = fault.As(err)
		needs, _ := f.Extra["needs"].([]string)
		slices.Sort(needs)
		if f.Code != "reason_required" || !slices.Equal(needs, []string{"limit", "return"}) {
			t.Errorf("one too many that also comes back: %v, %v", err, needs)
		}
	})
}

// reasons reads what the events of a bulk change keep as reasons.
func (d *desk) reasons(a card.BulkAnswer) (out []string) {
	d.t.Helper()
	for _, it := range a.Items {
		log, err := d.cards.EventsOf(d.worker, d.b.ID, it.Seq-1, 1)
		if err != nil || len(log.Items) != 1 {
			d.t.Fatal(err, log)
		}
		out = append(out, decode[struct{ Reason string }](d.t, log.Items[0].Data).Reason)
	}
	return out
}

func TestBulkFields(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		ids := d.many("Ready", 3)
		do := func(b card.Bulk) card.BulkAnswer {
			t.Helper()
			a, err := d.cards.Bulk(d.worker, d.b.ID, b)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		do(card.Bulk{CardIDs: ids[:1], Labels: &card.BulkList{Add: []string{"api"}}})
		a := do(card.Bulk{CardIDs: ids, Labels: &card.BulkList{Add: []string{"api", "web"}}})
		do(card.Bulk{CardIDs: ids[1:], Owners: &card.BulkList{Add: []string{d.viewer.PersonID}}})
		do(card.Bulk{CardIDs: ids[2:], Labels: &card.BulkList{Remove: []string{"web"}}})

		// somebody changed the labels of the last card since: all of them stay, and it is said which one
		back, nums := seqs(a)
		before := string(d.shown())
		_, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: back, Undo: nums})
		if f, _ := fault.As(err); f == nil || f.Code != "stale" || f.Extra["cardId"] != ids[2] {
			t.Errorf("undo over somebody's change: %v", err)
		}
		if string(d.shown()) != before {
			t.Error("a refused undo left something behind")
		}
		do(card.Bulk{CardIDs: back[:2], Undo: nums[:2]})
		for i, want := range [][]string{{"api"}, {}, {"api"}} {
			if got := d.shows(ids[i]).Labels; !slices.Equal(got, want) {
				t.Errorf("card %d has %v, not %v", i, got, want)
			}
		}
		if !slices.Equal(d.shows(ids[1]).OwnerIDs, []string{d.viewer.PersonID}) {
			t.Error("undoing labels touched the owners")
		}

		// the same again changes nothing and has no event
		again := do(card.Bulk{CardIDs: ids[:1], Labels: &card.BulkList{Add: []string{"api"}}})
		if again.Items[0].Done || again.Seq != again.Items[0].Seq {
			t.Errorf("nothing to do: %+v", again)
		}

		// class, then archive, and both back
		a = do(card.Bulk{CardIDs: ids, Class: board.Intangible})
		b := do(card.Bulk{CardIDs: ids, Archive: true})
		if len(d.snapshot().Cards) != 0 {
			t.Error("archived cards are still on the board")
		}
		back, nums = seqs(b)
		do(card.Bulk{CardIDs: back, Undo: nums})
		back, nums = seqs(a)
		do(card.Bulk{CardIDs: back, Undo: nums})
		if s := d.snapshot(); len(s.Cards) != 3 || s.Cards[0].Class != board.Standard {
			t.Errorf("after taking back: %+v", s.Cards)
		}

		// a redo that somebody was faster than
		v := d.shows(ids[0]).Version
		do(card.Bulk{CardIDs: ids[:1], Class: board.Standard, Versions: map[string]int64{ids[0]: v}})
		do(card.Bulk{CardIDs: ids[:1], Class: board.FixedDate})
		if _, err := d.cards.Bulk(d.worker, d.b.ID, card.Bulk{CardIDs: ids[:1], Class: board.Intangible, Versions: map[string]int64{ids[0]: v}}); !fault.Is(err, "stale") {
			t.Errorf("over a newer class: %v", err)
		}
	})
}

func (d *desk) shows(id string) card.Face {
	d.t.Helper()
	for _, c := range d.snapshot().Cards {
		if c.ID == id {
			return c
		}
	}
	d.t.Fatalf("no card %s", id)
	return card.Face{}
}

func TestBulkRefusesBadInput(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		ids := d.many("Ready", 2)
		elsewhere := d.again()
		foreign := elsewhere.make("Ready", "Elsewhere")
		gone := d.make("Ready", "Gone")
		if _, err := d.cards.Archive(d.worker, gone); err != nil {
			t.Fatal(err)
		}
		lots := make([]string, 201)
		for i := range lots {
			lots[i] = fmt.Sprint("crd_", i)
		}
		move := &card.BulkMove{ColumnID: d.col("Build")}
		before := string(d.shown())
		seq := func() (n int64) {
			if _, err := st.Rows(context.Background()).Row([]any{&n}, "SELECT seq FROM topics WHERE id = ?", event.BoardTopic(d.b.ID)); err != nil {
				t.Fatal(err)
			}
			return n
		}
		at := seq()
		for name, c := range map[string]struct {
			b    card.Bulk
			code string
		}{
			"no cards":             {card.Bulk{Move: move}, "invalid"},
			"201 cards":            {card.Bulk{CardIDs: lots, Move: move}, "invalid"},
			"twice":                {card.Bulk{CardIDs: []string{ids[0], ids[0]}, Move: move}, "invalid"},
			"no verb":              {card.Bulk{CardIDs: ids}, "invalid"},
			"two verbs":            {card.Bulk{CardIDs: ids, Move: move, Archive: true}, "invalid"},
			"beside itself":        {card.Bulk{CardIDs: ids, Move: &card.BulkMove{ColumnID: d.col("Build"), Beside: card.Beside{AfterID: ids[0]}}}, "invalid"},
			"no such column":       {card.Bulk{CardIDs: ids, Move: &card.BulkMove{ColumnID: "col_0"}}, "invalid"},
			"column elsewhere":     {card.Bulk{CardIDs: ids, Move: &card.BulkMove{ColumnID: elsewhere.b.Columns[0].ID}}, "invalid"},
			"absent card":          {card.Bulk{CardIDs: []string{ids[0], "crd_0"}, Move: move}, "not_found"},
			"card elsewhere":       {card.Bulk{CardIDs: []string{ids[0], foreign}, Move: move}, "not_found"},
			"archived card":        {card.Bulk{CardIDs: []string{ids[0], gone}, Move: move}, "archived"},
			"not a person":         {card.Bulk{CardIDs: ids, Owners: &card.BulkList{Add: []string{"per_0"}}}, "invalid"},
			"undo without numbers": {card.Bulk{CardIDs: ids, Undo: []int64{1}}, "invalid"},
			"undo of another's":    {card.Bulk{CardIDs: ids, Undo: []int64{1, 1}}, "invalid"},
		} {
			if _, err := d.cards.Bulk(d.worker, d.b.ID, c.b); !fault.Is(err, c.code) {
				t.Errorf("%s: %v, not %s", name, err, c.code)
			}
		}
		if string(d.shown()) != before || seq() != at {
			t.Error("bad input changed something")
		}
	})
}
