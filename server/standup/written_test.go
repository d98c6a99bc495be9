package standup_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	opt "trestle/server/web"
	"trestle/server/who"
)

// writing is a house whose team lives in three time zones and stands up in writing.
type writing struct {
	*house
	runner *outbox.Runner
	id     string
	kim    who.Viewer // liaison, in India
}

func newWriting(t *testing.T, b *trestletest.Bench) *writing {
	w := &writing{house: newHouse(t, b), runner: outbox.New(b.Store, nil)}
	w.standups.Work(w.runner)
	w.kim = w.person("kim", "")
	trestletest.Liaise(t, b.Store, w.team, w.kim)
	w.lives(w.worker, "America/Los_Angeles")
	w.lives(w.kim, "Asia/Kolkata")
	w.at("2026-03-02T02:10:00Z")
	w.id = must[standup.View](t)(w.standups.SetUp(w.as(w.lead), w.l.ID)).Series.ID
	return w
}

func (w *writing) lives(v who.Viewer, zone string) {
	w.t.Helper()
	if err := store.Do(w.t.Context(), w.b.Store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE people SET time_zone = ? WHERE id = ?", zone, v.PersonID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *writing) change(p standup.Patch) standup.View {
	w.t.Helper()
	return must[standup.View](w.t)(w.standups.Change(w.as(w.lead), w.id, p))
}

func (w *writing) write(n standup.NewAnswer, v who.Viewer) standup.Written {
	w.t.Helper()
	return must[standup.Written](w.t)(w.standups.Answer(w.as(v), w.id, n))
}

// at moves the clock and lets the outbox do what is due.
func (w *writing) at(moment string) {
	w.t.Helper()
	when, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		w.t.Fatal(err)
	}
	w.b.Clock.Set(when)
	for range 20 {
		if n, err := w.runner.Round(w.t.Context()); err != nil || n == 0 {
			return
		}
	}
	w.t.Fatal("the outbox does not come to rest")
}

// notices are the notes of a kind that were posted so far: to whom, and what.
func (w *writing) notices(kind string) (out []string) {
	w.t.Helper()
	if err := w.b.Store.Rows(w.t.Context()).Each(func(scan func(...any) error) error {
		var raw string
		if err := scan(&raw); err != nil {
			return err
		}
		var n notice.Note
		if err := json.Unmarshal([]byte(raw), &n); err != nil || n.Kind != kind {
			return err
		}
		names := map[string]string{w.lead.PersonID: "ana", w.worker.PersonID: "bo", w.kim.PersonID: "kim"}
		to := make([]string, 0, len(n.To))
		for _, id := range n.To {
			to = append(to, names[id])
		}
		slices.Sort(to)
		out = append(out, strings.Join(to, ",")+": "+n.Title+n.Markdown)
		return nil
	}, "SELECT payload FROM outbox WHERE kind = 'notice' ORDER BY rid"); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func weekdays() opt.Opt[standup.Schedule] {
	return opt.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "09:30", TimeZone: "Europe/Berlin"})
}

func TestWritten_EachIsAskedByTheirOwnClock(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		w := newWriting(t, b)
		async, hours := standup.Async, 13
		w.calm("without an hour", "invalid", func() error {
			_, err := w.standups.Change(w.as(w.lead), w.id, standup.Patch{Mode: &async})
			return err
		})
		w.calm("half a day later", "invalid", func() error {
			_, err := w.standups.Change(w.as(w.lead), w.id, standup.Patch{Mode: &async, Schedule: weekdays(), AnswerHours: &hours})
			return err
		})
		w.change(standup.Patch{Mode: &async, Schedule: weekdays()})
		w.calm("before anybody is asked", "digest_sent", func() error {
			_, err := w.standups.Answer(w.as(w.lead), w.id, standup.NewAnswer{Help: "x"})
			return err
		})
		asked := func(moment string, want ...string) {
			t.Helper()
			before := len(w.notices("standup.asked"))
			w.at(moment)
			got := w.notices("standup.asked")[before:]
			if len(got) != len(want) {
				t.Fatalf("at %s: %q, not %q", moment, got, want)
			}
			for i := range want {
				if !strings.HasPrefix(got[i], want[i]) {
					t.Errorf("at %s: %q, not %q", moment, got[i], want[i])
				}
			}
		}
		done := w.card(1, card.NewCard{Title: "Shard the sessions", OwnerIDs: []string{w.lead.PersonID}})
		stuck := w.card(1, card.NewCard{Title: "Idempotency keys", OwnerIDs: []string{w.worker.PersonID}})
		asked("2026-03-02T03:59:00Z")
		asked("2026-03-02T04:00:00Z", "kim: Delivery standup: what finishes next") // half past nine in Kolkata
		if got := w.notices("standup.asked")[0]; !strings.Contains(got, "on Tuesday at 02:00") {
			t.Errorf("the digest's time is not by their clock: %s", got)
		}
		asked("2026-03-02T05:59:00Z")
		asked("2026-03-02T06:00:00Z", "kim: Delivery standup: your words are still missing")
		asked("2026-03-02T07:30:00Z")
		asked("2026-03-02T08:30:00Z", "ana: Delivery standup: what finishes next")
		must[card.MoveAnswer](t)(w.cards.Move(w.as(w.lead), done.ID, card.Move{ColumnID: w.l.Columns[3].ID}))
		w.block(stuck)
		seen := w.write(standup.NewAnswer{Finishes: " The *shards*  ", Help: "Somebody who knows the vendor"}, w.lead)
		if a := seen.Digest.Answers; len(a) != 2 || a[0].Person.Name != "ana" || a[0].AnsweredAt == nil || len(a[0].Facts.Finished) != 1 || a[0].Facts.Finished[0].Key != done.Key {
			t.Fatalf("answers %+v", seen.Digest)
		}
		line := w.get(w.id).Written
		if line == nil || line.Asked != 2 || line.Answered != 1 || !line.DueAt.Equal(time.Date(2026, 3, 2, 20, 30, 0, 0, time.UTC)) {
			t.Errorf("written %+v", line)
		}
		w.write(standup.NewAnswer{Finishes: "The *shards*", Help: "Bo"}, w.lead)
		told := w.count("SELECT COUNT(*) FROM events")
		w.write(standup.NewAnswer{Finishes: "The *shards*", Help: "Bo"}, w.lead)
		if w.count("SELECT COUNT(*) FROM events") != told {
			t.Error("the same words again were announced")
		}
		w.calm("a viewer", "forbidden", func() error {
			_, err := w.standups.Answer(w.as(w.person("vic", "viewer")), w.id, standup.NewAnswer{Help: "x"})
			return err
		})
		w.calm("too long", "invalid", func() error {
			_, err := w.standups.Answer(w.as(w.lead), w.id, standup.NewAnswer{Hear: strings.Repeat("ü", 1001)})
			return err
		})
		asked("2026-03-02T10:30:00Z") // who has answered is not reminded
		asked("2026-03-02T17:30:00Z", "bo: Delivery standup: what finishes next")
		waits := func(v who.Viewer) bool {
			soon := must[[]standup.Entry](t)(w.standups.Soon(b.Store.Rows(t.Context()), v, b.Clock.Now()))
			return len(soon) == 1 && soon[0].AskedTill != nil
		}
		if !waits(w.worker) || waits(w.lead) {
			t.Error("their day does not say who still writes")
		}
		w.write(standup.NewAnswer{Hear: "The certificate ends on Friday"}, w.worker)
		w.at("2026-03-02T20:29:00Z")
		if n := len(w.notices("standup.summary")); n != 0 {
			t.Fatal("too early")
		}
		w.at("2026-03-02T20:30:00Z")
		sent := w.notices("standup.summary")
		want := `ana,bo,kim: Digest of Delivery standup: 2 of 3 wrote, 1 could use help# Delivery standup, Monday 2 March 2026

In writing, 2 of 3.

## Could use help

- **ana**: Bo

## Operations and security should hear

- **bo**: The certificate ends on Friday

## Finishes next

- **ana**: The \*shards\*

## From the record

- **ana**: finished **` + done.Key + `** Shard the sessions
- **bo**: blocked **` + stuck.Key + `** Idempotency keys (No answer)

## No words from

kim
`
		// vic, who was made by this test, is told too
		if len(sent) != 1 || strings.TrimPrefix(sent[0], ",") != want {
			t.Errorf("sent %s\nwant %s", sent, want)
		}
		past := must[[]standup.Past](t)(w.standups.Meetings(w.as(w.lead), w.id))
		if len(past) != 1 || past[0].Mode != standup.Async || past[0].Minutes != 0 || past[0].Core != 2 || !past[0].StartedAt.Equal(time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)) {
			t.Fatalf("past %+v", past)
		}
		if words := must[standup.Summary](t)(w.standups.SummaryOf(w.as(w.lead), past[0].ID)).Markdown; !strings.HasSuffix(want, words) || words == "" {
			t.Errorf("its page says %s", words)
		}
		w.calm("after the digest", "digest_sent", func() error {
			_, err := w.standups.Answer(w.as(w.kim), w.id, standup.NewAnswer{Help: "x"})
			return err
		})
		if d := must[standup.Written](t)(w.standups.WrittenOf(w.as(w.lead), w.id)).Digest; d == nil || d.State != "sent" || d.MeetingID != past[0].ID {
			t.Errorf("the last digest is %+v", d)
		}
		// the rest of the week nobody writes, and nobody is told so
		for _, day := range []string{"03", "04", "05", "06"} {
			w.at("2026-03-" + day + "T20:30:00Z")
		}
		if n := len(w.notices("standup.summary")); n != 1 {
			t.Errorf("%d digests of empty days", n-1)
		}
		// clocks went forward in Los Angeles on Sunday, not in Berlin: bo is asked an hour earlier, the others are not
		w.at("2026-03-09T02:30:00Z")
		if err := w.standups.PlanWritten(t.Context()); err != nil {
			t.Fatal(err)
		}
		asked("2026-03-09T04:00:00Z", "kim: Delivery standup: what")
		w.write(standup.NewAnswer{Help: "x"}, w.kim)
		asked("2026-03-09T08:30:00Z", "ana: Delivery standup: what")
		w.write(standup.NewAnswer{Help: "y"}, w.lead)
		asked("2026-03-09T16:29:00Z")
		asked("2026-03-09T16:30:00Z", "bo: Delivery standup: what")
		if due := w.get(w.id).Written.DueAt; !due.Equal(time.Date(2026, 3, 9, 19, 30, 0, 0, time.UTC)) {
			t.Errorf("due %s", due)
		}
	})
}

func TestWritten_WhatChangesMeanwhile(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		w := newWriting(t, b)
		async, walk := standup.Async, standup.Walk
		w.change(standup.Patch{Mode: &async, Schedule: weekdays()})
		w.at("2026-03-02T08:30:00Z")
		if n := len(w.notices("standup.asked")); n != 2 { // kim, late, and ana
			t.Fatalf("%d notes", n)
		}
		// bo moves: half past nine in New York comes earlier than planned
		w.lives(w.worker, "America/New_York")
		w.at("2026-03-02T14:30:00Z")
		if err := w.standups.PlanWritten(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.notices("standup.asked"); !strings.HasPrefix(got[len(got)-1], "bo: ") {
			t.Errorf("asked %q", got)
		}
		if due := w.get(w.id).Written.DueAt; !due.Equal(time.Date(2026, 3, 2, 17, 30, 0, 0, time.UTC)) {
			t.Errorf("due %s", due)
		}
		for range 2 { // the same request again gets the same answer
			ctx := trestletest.CtxKey(t, w.lead, "cmd_answer", "hash")
			if got := must[standup.Written](t)(w.standups.Answer(ctx, w.id, standup.NewAnswer{Help: "Bo"})); got.Digest == nil || got.Digest.State != "open" {
				t.Errorf("answered with %+v", got)
			}
		}
		// the team walks again: what was written goes out at once, nobody is asked tomorrow
		w.change(standup.Patch{Mode: &walk})
		w.at("2026-03-02T14:31:00Z")
		if n := len(w.notices("standup.summary")); n != 1 {
			t.Errorf("%d digests", n)
		}
		before := len(w.notices("standup.asked"))
		w.at("2026-03-03T18:00:00Z")
		if n := len(w.notices("standup.asked")); n != before {
			t.Errorf("asked %d more", n-before)
		}
		// a team that writes may meet all the same: it walks
		w.change(standup.Patch{Mode: &async})
		if v := w.start(); v.Meeting.Mode != standup.Walk || v.Series.Mode != standup.Async {
			t.Errorf("meets as %s", v.Meeting.Mode)
		}
	})
}

// However many are asked, what they wrote and what the record holds takes as many statements; and each has their own.
func TestWritten_FactsOfManyAtOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		var people []who.Viewer
		for i := range 30 {
			p := h.person(fmt.Sprintf("p%02d", i), "worker")
			people = append(people, p)
			c := h.card(1, card.NewCard{Title: "In hand of " + p.Name, OwnerIDs: []string{p.PersonID}})
			if i%3 == 0 {
				h.block(c)
			}
		}
		h.exec("INSERT INTO standup_digests (id, series_rid, day, state, since_at, due_at, turn_at) SELECT 'dig_1', rid, '2026-03-02', 'open', 1, ?, 0 FROM standup_series WHERE id = ?",
			b.Clock.Now().Add(time.Hour).UnixMilli(), id)
		for _, p := range people {
			h.exec("INSERT INTO standup_answers (digest_rid, person_id, asked_at) SELECT rid, ?, 1 FROM standup_digests", p.PersonID)
		}
		statements := func() (n int, w standup.Written) {
			t.Helper()
			w = must[standup.Written](t)(h.standups.WrittenOf(store.Hearing(h.as(h.lead), func(string) { n++ }), id))
			return n, w
		}
		many, w := statements()
		if len(w.Digest.Answers) != 30 {
			t.Fatalf("%d answers", len(w.Digest.Answers))
		}
		for i, a := range w.Digest.Answers {
			want := 0
			if i%3 == 0 {
				want = 1
			}
			if f := a.Facts; len(f.InHand) != 1 || f.InHand[0].Title != "In hand of "+a.Person.Name || len(f.Blocked) != want {
				t.Errorf("%s: %+v", a.Person.Name, f)
			}
		}
		h.exec("DELETE FROM standup_answers WHERE person_id <> ?", people[0].PersonID)
		if one, _ := statements(); one != many {
			t.Errorf("one person takes %d statements, thirty take %d", one, many)
		}
	})
}
