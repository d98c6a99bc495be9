package today_test

import (
	"slices"
	"testing"
	"time"

	"trestle/server/ask"
	"trestle/server/card"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/today"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func kinds(rows []today.Row) (out []string) {
	for _, r := range rows {
		out = append(out, r.Kind+" "+r.Title)
	}
	return out
}

func TestToday_WhatIWaitFor(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "workspace")
		me, bo := h.worker, trestletest.Person(t, b.Store, "bo", who.Member)
		trestletest.Join(t, b.Store, h.team, bo, "worker")
		other := trestletest.Team(t, b.Store, "PLT")
		eve := trestletest.Person(t, b.Store, "eve", who.Member)
		trestletest.Join(t, b.Store, other, eve, "lead")
		h.board(other, eve, "Platform", "team")
		if d := h.day(me); len(d.Awaited) != 0 || d.Awaited == nil {
			t.Fatalf("nothing yet: %+v", d.Awaited)
		}
		mine := func(title string) card.Face {
			return h.card(me, l, 1, card.NewCard{Title: title, OwnerIDs: []string{me.PersonID}})
		}
		block := func(c card.Face, waitingFor string) string {
			x, err := h.cards.Block(h.as(me), c.ID, card.NewBlocker{Category: "vendor", Reason: "No answer", WaitingFor: waitingFor})
			h.must(err)
			return x.Blocker.ID
		}
		block(mine("Only blocked"), "")
		block(mine("Outside"), "The vendor")
		b.Clock.Advance(time.Hour)
		asked := block(mine("Asked"), "")
		_, err := h.cards.Raise(h.as(me), asked, bo.PersonID)
		h.must(err)
		b.Clock.Advance(time.Hour)
		toMe := block(mine("For me to see to"), "")
		_, err = h.cards.Raise(h.as(bo), toMe, me.PersonID)
		h.must(err)
		// somebody else's card, but I raised its blocker
		his := h.card(bo, l, 1, card.NewCard{Title: "His", OwnerIDs: []string{bo.PersonID}})
		raised := block(his, "")
		_, err = h.cards.Raise(h.as(me), raised, bo.PersonID)
		h.must(err)
		due := b.Clock.Now().AddDate(0, 0, 2).Format(time.DateOnly)
		_, err = h.cards.Promise(h.as(bo), raised, due)
		h.must(err)
		b.Clock.Advance(time.Hour)
		behind := mine("Behind another")
		_, err = h.cards.Wait(h.as(me), behind.ID, card.NewWait{Card: his.Key})
		h.must(err)
		b.Clock.Advance(time.Hour)
		a, err := h.asks.Raise(h.as(me), other, ask.NewAsk{Title: "A second region"})
		h.must(err)

		d := h.day(me)
		want := []string{"blocker.outside Outside", "blocker.asked Asked", "blocker.promised His", "card.waits Behind another", "ask.unanswered A second region"}
		if got := kinds(d.Awaited); !slices.Equal(got, want) {
			t.Fatalf("%q, not %q", got, want)
		}
		if r := d.Awaited[0]; r.Who != "The vendor" || r.TimeZone != "Europe/Berlin" || r.Text != "No answer" {
			t.Errorf("%+v", r)
		}
		if r := d.Awaited[1]; r.Who != "bo" || r.DueIn != nil || r.Hue == nil || r.Link != "/b/"+l.ID+"?card="+r.Key {
			t.Errorf("%+v", r)
		}
		if r := d.Awaited[2]; r.Who != "bo" || r.DueOn != due || *r.DueIn != 2 {
			t.Errorf("%+v", r)
		}
		if r := d.Awaited[3]; r.Other == nil || r.Other.Key != his.Key || r.Other.Title != "His" || r.Other.Column != "Build" {
			t.Errorf("%+v", r)
		}
		// accepted and begun it is still waited for, asked back it waits for me
		_, err = h.asks.Question(h.as(eve), a.ID, "Which one?")
		h.must(err)
		if got := kinds(h.day(me).Awaited); slices.Contains(got, "ask.unanswered A second region") || len(got) != 4 {
			t.Errorf("asked back: %q", got)
		}
		_, err = h.asks.Answer(h.as(me), a.ID, "The south")
		h.must(err)
		_, err = h.asks.Accept(h.as(eve), a.ID)
		h.must(err)
		if got := kinds(h.day(me).Awaited); got[4] != "ask.accepted A second region" {
			t.Errorf("accepted: %q", got)
		}
		// what is finished is waited for no more
		_, err = h.cards.Move(h.as(bo), his.ID, card.Move{ColumnID: l.Columns[3].ID})
		h.must(err)
		if got := kinds(h.day(me).Awaited); slices.Contains(got, "blocker.promised His") || slices.Contains(got, "card.waits Behind another") {
			t.Errorf("finished: %q", got)
		}
		if got := h.day(bo).Awaited; len(got) != 1 || got[0].Title != "For me to see to" {
			t.Errorf("the one who raised it waits: %q", kinds(got))
		}
		// who leaves the team of a board that only it sees reads nothing of it any more
		h.must(store.Do(t.Context(), b.Store, nil, func(tx *store.Tx) error {
			if _, err := tx.Exec("UPDATE boards SET visibility = 'team' WHERE id = ?", l.ID); err != nil {
				return err
			}
			_, err := tx.Exec("DELETE FROM members WHERE person_id = ?", me.PersonID)
			return err
		}))
		if got := kinds(h.day(me).Awaited); !slices.Equal(got, []string{"ask.accepted A second region"}) {
			t.Errorf("not theirs any more: %q", got)
		}
	})
}

func TestToday_SinceTheLastWorkingDay(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "workspace")
		aside := h.board(h.team, h.worker, "Aside", "workspace")
		me, bo := h.worker, trestletest.Person(t, b.Store, "bo", who.Member)
		trestletest.Join(t, b.Store, h.team, bo, "worker")
		zone := l.Location()
		monday := time.Date(2026, 3, 9, 9, 0, 0, 0, zone)
		b.Clock.Set(monday.AddDate(0, 0, -4)) // Thursday
		move := func(v who.Viewer, c card.Face, on int) {
			t.Helper()
			of := l
			if c.Title == "Starred" || c.Title == "Watched" || c.Title == "Nobody's" {
				of = aside
			}
			_, err := h.cards.Move(h.as(v), c.ID, card.Move{ColumnID: of.Columns[on].ID})
			h.must(err)
		}
		say := func(v who.Viewer, c card.Face) {
			t.Helper()
			_, err := h.cards.Comment(h.as(v), c.ID, "A word")
			h.must(err)
		}
		own := []string{me.PersonID}
		moved, done, said, self := h.card(bo, l, 0, card.NewCard{Title: "Moved", OwnerIDs: own}), h.card(bo, l, 1, card.NewCard{Title: "Done", OwnerIDs: own}),
			h.card(bo, l, 1, card.NewCard{Title: "Said", OwnerIDs: own}), h.card(bo, l, 0, card.NewCard{Title: "Self", OwnerIDs: own})
		old := h.card(bo, l, 0, card.NewCard{Title: "Old", OwnerIDs: own})
		watched, nobodys := h.card(bo, aside, 0, card.NewCard{Title: "Watched"}), h.card(bo, aside, 0, card.NewCard{Title: "Nobody's"})
		_, err := h.cards.Watch(h.as(me), watched.ID, true)
		h.must(err)
		move(bo, old, 1)
		b.Clock.Set(monday.AddDate(0, 0, -3)) // Friday
		move(bo, moved, 1)
		move(bo, moved, 2)
		say(bo, moved)
		move(bo, done, 3)
		say(bo, said)
		say(me, said)
		move(me, self, 1)
		move(bo, watched, 1)
		move(bo, nobodys, 1)
		b.Clock.Set(monday)

		d := h.day(me).Since
		if !d.From.Equal(time.Date(2026, 3, 6, 0, 0, 0, 0, zone)) || d.On != "2026-03-06" || d.Days != 3 || d.Finished != 1 || d.Moved != 2 || d.Commented != 1 {
			t.Fatalf("%+v", d)
		}
		byTitle := map[string]today.Row{}
		for _, r := range d.Rows {
			byTitle[r.Title] = r
		}
		if r := d.Rows[0]; r.Kind != "card.finished" || r.Title != "Done" || r.Who != "bo" || r.Column != "Done" || r.Hue == nil {
			t.Errorf("%+v", r)
		}
		if r := byTitle["Moved"]; r.Kind != "card.moved" || r.Column != "Review" || *r.Count != 1 {
			t.Errorf("%+v", r)
		}
		if r := byTitle["Said"]; r.Kind != "card.commented" || *r.Count != 1 || r.Who != "bo" {
			t.Errorf("%+v", r)
		}
		// a starred board brings all of its own; the next day Friday is forgotten
		_, err = h.boards.SetFavourites(h.as(me), []string{aside.ID})
		h.must(err)
		if d := h.day(me).Since; d.Moved != 3 {
			t.Errorf("starred: %+v", kinds(d.Rows))
		}
		only, err := h.today.Of(h.as(me), "mine", today.Since)
		if err != nil || only.Since.Moved != 3 || len(only.Mine)+len(only.Boards)+len(only.Next) != 0 {
			t.Errorf("only that: %+v %v", only, err)
		}
		b.Clock.Set(monday.AddDate(0, 0, 1))
		if d := h.day(me).Since; len(d.Rows) != 0 || !d.From.Equal(time.Date(2026, 3, 9, 0, 0, 0, 0, zone)) || d.Rows == nil {
			t.Errorf("on Tuesday: %+v", d)
		}
		b.Clock.Set(monday.AddDate(0, 0, 6)) // Sunday: since Friday
		if d := h.day(me).Since; !d.From.Equal(time.Date(2026, 3, 13, 0, 0, 0, 0, zone)) {
			t.Errorf("on Sunday: %v", d.From)
		}
	})
}

func TestToday_TheNextDays(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "workspace")
		stranger := trestletest.Person(t, b.Store, "out", who.Member)
		b.Clock.Set(time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)) // Thursday
		if d := h.day(h.worker); d.Next == nil || len(d.Next) != 0 {
			t.Fatalf("no ritual: %+v", d.Next)
		}
		v, err := h.rituals.Create(h.as(h.worker), ritual.NewSeries{BoardID: l.ID, Kind: ritual.Demo,
			Schedule: &ritual.Schedule{Days: []int{4}, At: "14:00", TimeZone: "UTC", EveryWeeks: 4, From: "2026-03-26"}})
		h.must(err)
		far := time.Date(2026, 3, 26, 14, 0, 0, 0, time.UTC)
		if rows := h.day(h.worker).Next; len(rows) != 1 || rows[0].Kind != "ritual.planned" || !rows[0].At.Equal(far) || rows[0].Link != "/rituals/"+v.Series.ID || rows[0].Text != ritual.Demo {
			t.Errorf("only the very next one: %+v", rows)
		}
		s, err := h.standups.SetUp(h.as(h.worker), l.ID)
		h.must(err)
		_, err = h.standups.Change(h.as(h.worker), s.Series.ID, standup.Patch{Schedule: web.Some(standup.Schedule{Days: []int{1, 2}, At: "10:30", TimeZone: "Europe/Berlin"})})
		h.must(err)
		rows := h.day(h.worker).Next
		if len(rows) != 2 || rows[0].Kind != "standup.planned" || !rows[0].At.Equal(time.Date(2026, 3, 9, 9, 30, 0, 0, time.UTC)) || !rows[1].At.Equal(time.Date(2026, 3, 10, 9, 30, 0, 0, time.UTC)) {
			t.Errorf("nine days: %+v", rows)
		}
		if rows := h.day(stranger).Next; len(rows) != 0 {
			t.Errorf("not their team: %+v", rows)
		}
	})
}

// However many teams one has, and however much happened there, these parts ask as often.
func TestToday_AsManyStatementsForManyTeams(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		bo := trestletest.Person(t, b.Store, "bo", who.Member)
		grow := func(key string) {
			team := trestletest.Team(t, b.Store, key)
			trestletest.Join(t, b.Store, team, h.worker, "lead")
			trestletest.Join(t, b.Store, team, bo, "worker")
			l := h.board(team, h.worker, "Delivery", "team")
			_, err := h.rituals.Create(h.as(h.worker), ritual.NewSeries{BoardID: l.ID, Kind: ritual.Demo,
				Schedule: &ritual.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "14:00", TimeZone: "UTC"}})
			h.must(err)
			s, err := h.standups.SetUp(h.as(h.worker), l.ID)
			h.must(err)
			_, err = h.standups.Change(h.as(h.worker), s.Series.ID, standup.Patch{Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3}, At: "10:30", TimeZone: "UTC"})})
			h.must(err)
			for _, title := range []string{"One", "Two", "Three"} {
				c := h.card(h.worker, l, 0, card.NewCard{Title: title, OwnerIDs: []string{h.worker.PersonID}})
				_, err = h.cards.Move(h.as(bo), c.ID, card.Move{ColumnID: l.Columns[1].ID})
				h.must(err)
				_, err = h.cards.Block(h.as(bo), c.ID, card.NewBlocker{Category: "vendor", Reason: "No answer", WaitingFor: "The vendor"})
				h.must(err)
			}
			_, err = h.asks.Raise(h.as(bo), team, ask.NewAsk{Title: "More"})
			h.must(err)
		}
		counted := func() (counts [3]int, rows int) {
			for i, part := range []string{today.Awaited, today.Since, today.Next} {
				d, err := h.today.Of(store.Hearing(h.as(h.worker), func(string) { counts[i]++ }), "mine", part)
				h.must(err)
				rows += len(d.Awaited) + len(d.Since.Rows) + len(d.Next)
			}
			return counts, rows
		}
		grow("AAA")
		few, rows := counted()
		for _, key := range []string{"BBB", "CCC", "DDD", "EEE"} {
			grow(key)
		}
		many, more := counted()
		if few != many || more < 5*rows-5 {
			t.Errorf("one team: %v for %d rows; five: %v for %d", few, rows, many, more)
		}
	})
}
