package standup_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/standup"
	"trestle/server/trestletest"
	opt "trestle/server/web"
)

func TestStandup_HelpIsToldOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card(1, card.NewCard{Title: "A"})
		h.block(c)
		eli := h.person("eli", "worker")
		id := h.start().Series.ID
		v := must[standup.View](t)(h.standups.Help(h.as(h.worker), id, c.Key, eli.PersonID))
		if got := names(stepOf(v, c.ID).Helpers); !slices.Equal(got, []string{"eli"}) {
			t.Errorf("helpers: %v", got)
		}
		again := must[standup.View](t)(h.standups.Help(h.as(h.lead), id, c.ID, eli.PersonID))
		if again.Seq != v.Seq {
			t.Error("the same again is announced")
		}
		v = must[standup.View](t)(h.standups.Unhelp(h.as(h.worker), id, c.ID, eli.PersonID))
		if len(stepOf(v, c.ID).Helpers) != 0 {
			t.Error("taken back, and still helps")
		}
		must[standup.View](t)(h.standups.Help(h.as(h.worker), id, c.ID, eli.PersonID))
		d, _, err := h.cards.Detail(h.as(eli), c.ID)
		if err != nil || len(d.Comments) != 1 || d.Comments[0].Text != "In the standup: eli helps with this." || d.Comments[0].AuthorID != h.worker.PersonID {
			t.Errorf("comments: %+v %v", d.Comments, err)
		}
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%standup.helped%'"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if n := h.count("SELECT COUNT(*) FROM watchers WHERE person_id = ?", eli.PersonID); n != 1 {
			t.Errorf("watches %d times", n)
		}
		if wrong := must[[]string](t)(card.WrongFaces(b.Store.Rows(t.Context()), h.l.RID)); len(wrong) > 0 {
			t.Errorf("faces that do not agree with the tables: %v", wrong)
		}
	})
}

func TestStandup_ParkedComesBackAndIsSettled(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card(1, card.NewCard{Title: "A"})
		id := h.start().Series.ID
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns the  test database?", PersonIDs: []string{h.lead.PersonID, h.lead.PersonID}}))
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{CardID: c.ID}))
		v := must[standup.View](t)(h.standups.Finish(h.as(h.worker), id))
		if v.Meeting == nil || v.Meeting.State != standup.Sixteenth || len(v.Parked) != 2 {
			t.Fatalf("the sixteenth minute: %+v", v)
		}
		if p := v.Parked[0]; p.Text != "Who owns the test database?" || len(p.People) != 1 || p.By.Name != "bo" || p.Days != 0 {
			t.Errorf("parked: %+v", p)
		}
		if p := v.Parked[1]; p.CardKey != c.Key || p.CardTitle != "A" {
			t.Errorf("parked: %+v", p)
		}
		if back := must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 0, 0, false)); back.Meeting.State != standup.Running {
			t.Error("no way back to the walk")
		}
		must[standup.View](t)(h.standups.Finish(h.as(h.worker), id))
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		b.Clock.Advance(24 * time.Hour)
		v = h.start()
		if len(v.Parked) != 2 || v.Parked[0].Days != 1 || v.Meeting.Brief.Parked != 2 {
			t.Fatalf("the next day: %+v", v.Parked)
		}
		v = must[standup.View](t)(h.standups.Settle(h.as(h.worker), v.Parked[0].ID, standup.Settlement{Outcome: standup.AsCard, Note: "Ask Mara."}))
		p := v.Parked[0]
		d, _, err := h.cards.Detail(h.as(h.worker), p.OutcomeKey)
		if err != nil || p.Outcome != standup.AsCard || d.Card.Title != p.Text || d.Card.ColumnID != h.l.Columns[0].ID || !bytes.Contains([]byte(d.Card.Description), []byte("Ask Mara.")) {
			t.Errorf("a card: %+v %+v %v", p, d.Card, err)
		}
		h.calm("settled again", "settled", func() error {
			_, err := h.standups.Settle(h.as(h.worker), p.ID, standup.Settlement{Outcome: standup.AsDone})
			return err
		})
		v = must[standup.View](t)(h.standups.Reopen(h.as(h.lead), p.ID))
		if v.Parked[0].Outcome != "" || v.Parked[0].OutcomeKey != "" {
			t.Errorf("open again: %+v", v.Parked[0])
		}
		must[standup.View](t)(h.standups.Settle(h.as(h.worker), p.ID, standup.Settlement{Outcome: standup.AsDone}))
		v = must[standup.View](t)(h.standups.Settle(h.as(h.worker), v.Parked[1].ID, standup.Settlement{Outcome: standup.AsDone}))
		if len(v.Parked) != 2 {
			t.Errorf("settled in this meeting, so still shown: %+v", v.Parked)
		}
		if v = must[standup.View](t)(h.standups.Finish(h.as(h.worker), id)); v.Meeting != nil || len(v.Parked) != 0 {
			t.Errorf("nothing waits, so it is over: %+v", v)
		}
	})
}

// A meeting is arranged: it has a time and people, who are told by their own clocks, and can be called off.
func TestStandup_WhatWasParkedBecomesAMeeting(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		far, outsider := h.person("zoe", "worker"), h.person("out", "")
		h.exec("UPDATE people SET time_zone = 'America/New_York' WHERE id = ?", far.PersonID)
		id := h.start().Series.ID
		item := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns it?", PersonIDs: []string{h.lead.PersonID}})).Parked[0].ID
		at := b.Clock.Now().Add(26 * time.Hour)
		past, distant := b.Clock.Now(), b.Clock.Now().AddDate(2, 0, 0)
		meet := func(change func(n *standup.Settlement)) func() error {
			n := standup.Settlement{Outcome: standup.AsMeeting, At: &at, PersonIDs: []string{h.lead.PersonID, far.PersonID, h.lead.PersonID}}
			change(&n)
			return func() error { _, err := h.standups.Settle(h.as(h.worker), item, n); return err }
		}
		for what, do := range map[string]func() error{
			"without a time":    meet(func(n *standup.Settlement) { n.At = nil }),
			"now":               meet(func(n *standup.Settlement) { n.At = &past }),
			"in two years":      meet(func(n *standup.Settlement) { n.At = &distant }),
			"with nobody":       meet(func(n *standup.Settlement) { n.PersonIDs = nil }),
			"with an outsider":  meet(func(n *standup.Settlement) { n.PersonIDs = []string{outsider.PersonID} }),
			"of a minute":       meet(func(n *standup.Settlement) { n.Minutes = 1 }),
			"of a whole day":    meet(func(n *standup.Settlement) { n.Minutes = 24 * 60 }),
			"with a whole town": meet(func(n *standup.Settlement) { n.PersonIDs = make([]string, 21) }),
		} {
			h.calm("a meeting "+what, "invalid", do)
		}
		_, err := h.standups.Meeting(h.as(h.worker), item)
		if !isCode(err, "not_found") {
			t.Errorf("no meeting, and its file is %v", err)
		}
		if err := meet(func(*standup.Settlement) {})(); err != nil {
			t.Fatal(err)
		}
		v := h.get(id)
		if p := v.Parked[0]; p.Outcome != standup.AsMeeting || p.Meet == nil || !p.Meet.At.Equal(at) || p.Meet.Minutes != 30 || !slices.Equal(names(p.Meet.People), []string{"ana", "zoe"}) ||
			len(v.Planned) != 1 || v.Planned[0].ID != item {
			t.Fatalf("arranged: %+v, %+v", p, v.Planned)
		}
		told := func(words string) int {
			return h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%standup.meeting%' AND payload LIKE ?", "%"+words+"%")
		}
		if told("You meet on Tuesday 3 March at 12:00 (Europe/Berlin), 30 minutes: Who owns it?") != 1 || told("You meet on Tuesday 3 March at 06:00 (America/New York)") != 1 || told("You meet") != 2 {
			t.Errorf("each is told by their own clock: %d", told("You meet"))
		}
		file := string(must[[]byte](t)(h.standups.Meeting(h.as(far), item)))
		if !strings.Contains(file, "DTSTART:20260303T110000Z") || !strings.Contains(file, "SUMMARY:Who owns it?") {
			t.Errorf("the file:\n%s", file)
		}
		if _, err := h.standups.Meeting(h.as(outsider), item); !isCode(err, "not_found") {
			t.Errorf("an outsider reads it: %v", err)
		}
		words := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.worker), v.Meeting.ID)).Markdown
		if !strings.Contains(words, "- Who owns it?: a meeting on Tuesday 3 March at 12:00 (Europe/Berlin), 30 minutes, ana, zoe\n") {
			t.Errorf("summary:\n%s", words)
		}
		if v = must[standup.View](t)(h.standups.Reopen(h.as(h.lead), item)); v.Parked[0].Meet != nil || len(v.Planned) != 0 || told("Called off, you would have met on Tuesday") != 2 {
			t.Errorf("called off: %+v, told %d", v.Parked[0], told("Called off"))
		}
		if err := meet(func(n *standup.Settlement) { n.Minutes = 60 })(); err != nil {
			t.Fatal(err)
		}
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		b.Clock.Advance(26*time.Hour + 59*time.Minute)
		if v = h.get(id); len(v.Parked) != 0 || len(v.Planned) != 1 {
			t.Errorf("while they meet: %+v", v.Planned)
		}
		b.Clock.Advance(time.Minute)
		if v = h.get(id); len(v.Planned) != 0 {
			t.Errorf("it is over: %+v", v.Planned)
		}
	})
}

// What was asked for in time is answered the same when the answer was lost and its time has come meanwhile.
func TestStandup_TheSameAgainAfterItsTime(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.start().Series.ID
		item := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns it?"})).Parked[0].ID
		begin, end := b.Clock.Now().Add(time.Minute), b.Clock.Now().Add(2*time.Minute)
		for range 2 {
			v := must[standup.View](t)(h.standups.Settle(trestletest.CtxKey(t, h.worker, "cmd_meet", "hash"), item,
				standup.Settlement{Outcome: standup.AsMeeting, At: &begin, PersonIDs: []string{h.lead.PersonID}}))
			if len(v.Planned) != 1 {
				t.Errorf("arranged: %+v", v.Planned)
			}
			r := must[standup.Roster](t)(h.standups.AddShift(trestletest.CtxKey(t, h.lead, "cmd_shift", "hash"), h.team,
				standup.NewShift{Role: standup.Primary, PersonID: h.worker.PersonID, From: begin.Add(-time.Hour), To: end}))
			if got := duties(r.Now); !slices.Equal(got, []string{"primary bo"}) {
				t.Errorf("on call: %v", got)
			}
			b.Clock.Advance(3 * time.Minute)
		}
	})
}

func TestStandup_AHardLimitRefusesTheCard(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		for column, mode := range []string{board.Hard, board.Reason} {
			if _, err := h.boards.ChangeColumn(h.as(h.lead), h.l.Columns[column].ID, board.ColumnPatch{Wip: &board.WipPatch{Mode: &mode, Max: opt.Some(1)}}); err != nil {
				t.Fatal(err)
			}
			h.card(column, card.NewCard{Title: "Fills it"})
		}
		id := h.start().Series.ID
		item := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Later"})).Parked[0].ID
		for _, x := range []struct {
			code string
			n    standup.Settlement
		}{
			{"wip_limit", standup.Settlement{Outcome: standup.AsCard}},
			{"reason_required", standup.Settlement{Outcome: standup.AsCard, ColumnID: h.l.Columns[1].ID}},
			{"invalid", standup.Settlement{Outcome: standup.AsCard, ColumnID: "col_0000000000000000"}},
			{"invalid", standup.Settlement{Outcome: "gone"}},
		} {
			h.calm("a card that may not enter", x.code, func() error { _, err := h.standups.Settle(h.as(h.worker), item, x.n); return err })
		}
		v := must[standup.View](t)(h.standups.Settle(h.as(h.worker), item, standup.Settlement{Outcome: standup.AsCard, ColumnID: h.l.Columns[1].ID, Reason: "It is on fire"}))
		if v.Parked[0].OutcomeKey == "" {
			t.Error("with a reason it may")
		}
	})
}

// What a meeting settled stands in its summary for good: taken up again later, another item goes on with its age, and
// what still waited then is told as it was, whatever became of it since.
func TestStandup_ReopenedLaterTheSummaryStays(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		first := h.start()
		id := first.Series.ID
		park := func(text string) string {
			t.Helper()
			v := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: text}))
			return v.Parked[len(v.Parked)-1].ID
		}
		item, waits := park("Who owns it?"), park("The old job")
		must[standup.View](t)(h.standups.Settle(h.as(h.worker), item, standup.Settlement{Outcome: standup.AsDone, Note: "Ana does"}))
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		b.Clock.Advance(24 * time.Hour)
		second := h.start()
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		told := func(meetingID string) string {
			t.Helper()
			return must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.worker), meetingID)).Markdown
		}
		before := [2]string{told(first.Meeting.ID), told(second.Meeting.ID)}
		if !strings.Contains(before[0], "- Who owns it?: done. Ana does\n") || !strings.Contains(before[1], "The old job") {
			t.Fatalf("told:\n%s\n%s", before[0], before[1])
		}
		b.Clock.Advance(time.Hour)
		v := must[standup.View](t)(h.standups.Reopen(h.as(h.worker), item))
		i := slices.IndexFunc(v.Parked, func(p standup.ParkedView) bool { return p.Text == "Who owns it?" })
		if i < 0 || v.Parked[i].ID == item || v.Parked[i].Outcome != "" || v.Parked[i].Days != 1 || v.Parked[i].By.ID != h.worker.PersonID {
			t.Fatalf("reopened: %+v", v.Parked)
		}
		if again := must[standup.View](t)(h.standups.Reopen(h.as(h.worker), item)); len(again.Parked) != len(v.Parked) || again.Seq != v.Seq {
			t.Error("pressed again it is there twice")
		}
		must[standup.View](t)(h.standups.Settle(h.as(h.worker), waits, standup.Settlement{Outcome: standup.AsDone}))
		if after := [2]string{told(first.Meeting.ID), told(second.Meeting.ID)}; after != before {
			t.Errorf("the summaries have changed:\n%s\n%s", after[0], after[1])
		}
	})
}

// Nobody who has left can be put into anything.
func TestStandup_WhoHasLeftIsNotChosen(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		gone := h.person("gone", "worker")
		h.exec("UPDATE people SET disabled_at = 1 WHERE id = ?", gone.PersonID)
		c := h.card(1, card.NewCard{Title: "A card"})
		id := h.start().Series.ID
		v := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns it?"}))
		at := b.Clock.Now().Add(time.Hour)
		for what, do := range map[string]func() error{
			"a meeting": func() error {
				_, err := h.standups.Settle(h.as(h.worker), v.Parked[0].ID, standup.Settlement{Outcome: standup.AsMeeting, At: &at, PersonIDs: []string{gone.PersonID}})
				return err
			},
			"parked for": func() error {
				_, err := h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "x", PersonIDs: []string{gone.PersonID}})
				return err
			},
			"a helper": func() error { _, err := h.standups.Help(h.as(h.worker), id, c.ID, gone.PersonID); return err },
			"here": func() error {
				_, err := h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: gone.PersonID, State: standup.Here})
				return err
			},
		} {
			h.calm(what, "invalid", do)
		}
	})
}
