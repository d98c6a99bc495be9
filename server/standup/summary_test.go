package standup_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/standup"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// A whole meeting with work done in the middle of it, and what is told of it.
func TestSummary(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		old := h.card(1, card.NewCard{Title: "Older than the *meeting*"})
		h.block(old)
		b.Clock.Advance(time.Second)
		fire := h.card(1, card.NewCard{Title: "Checkout answers 502", Class: board.Expedite})
		plan := h.card(2, card.NewCard{Title: "Shard the sessions"})
		kai := h.person("kai", "")
		trestletest.Liaise(t, b.Store, h.team, kai)
		v := h.start()
		id := v.Series.ID
		at := func(do func() (standup.View, error)) { t.Helper(); v = must[standup.View](t)(do()) }
		at(func() (standup.View, error) { return h.standups.Join(h.as(h.lead), id) })
		at(func() (standup.View, error) {
			return h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: kai.PersonID, State: standup.Here})
		})
		at(func() (standup.View, error) { return h.standups.Advance(h.as(h.worker), id, 0, 1, false) })
		at(func() (standup.View, error) { return h.standups.Help(h.as(h.worker), id, fire.ID, kai.PersonID) })
		if _, err := h.cards.Comment(h.as(h.worker), fire.ID, "Roll back first"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.cards.Move(h.as(h.worker), plan.ID, card.Move{ColumnID: h.l.Columns[3].ID}); err != nil {
			t.Fatal(err)
		}
		owners := []string{h.lead.PersonID}
		if _, err := h.cards.Change(h.as(h.worker), fire.ID, card.Patch{OwnerIDs: &owners}); err != nil {
			t.Fatal(err)
		}
		h.block(fire)
		at(func() (standup.View, error) { return h.standups.Advance(h.as(h.worker), id, 1, 2, false) })
		at(func() (standup.View, error) { return h.standups.Advance(h.as(h.worker), id, 2, 3, true) })
		at(func() (standup.View, error) {
			return h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns the test database?", PersonIDs: []string{h.lead.PersonID}})
		})
		at(func() (standup.View, error) {
			return h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Name the sale", CardID: old.ID})
		})
		meeting := v.Meeting.ID
		b.Clock.Advance(17 * time.Minute)
		at(func() (standup.View, error) { return h.standups.Finish(h.as(h.worker), id) })
		two := time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC)
		at(func() (standup.View, error) {
			return h.standups.Settle(h.as(h.worker), v.Parked[0].ID, standup.Settlement{Outcome: standup.AsMeeting, At: &two, Minutes: 45, PersonIDs: []string{h.lead.PersonID}, Note: "In the small room"})
		})
		at(func() (standup.View, error) { return h.standups.End(h.as(h.worker), id) })
		if _, err := h.cards.Comment(h.as(h.worker), fire.ID, "Said after the meeting"); err != nil {
			t.Fatal(err)
		}
		got := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.worker), meeting)).Markdown
		want := `# Delivery standup, Monday 2 March 2026, 10:00 (Europe/Berlin)

17 minutes of 15 · 2 of the team · liaison: kai

## Talked about

- **` + fire.Key + `** Checkout answers 502 (expedite)

## Who helps

- **` + fire.Key + `** Checkout answers 502: kai

## Blocked

- **` + fire.Key + `** Checkout answers 502: No answer

## Moved

- **` + plan.Key + `** Shard the sessions → Done

## Owners

- **` + fire.Key + `** Checkout answers 502: ana

## Notes

- **` + fire.Key + `** Checkout answers 502: Roll back first (bo)

## Parked

- Who owns the test database?: a meeting on Monday 2 March at 14:00 (Europe/Berlin), 45 minutes, ana. In the small room
- Name the sale (**` + old.Key + `**): open, comes back next time
`
		if got != want {
			t.Errorf("told:\n%s\nnot:\n%s", got, want)
		}
		past := must[[]standup.Past](t)(h.standups.Meetings(h.as(h.worker), id))
		if len(past) != 1 || past[0].Minutes != 17 || past[0].OverrunMinutes != 2 || past[0].Discussed != 1 || past[0].Helped != 1 || past[0].Blocked != 1 ||
			past[0].Parked != 2 || past[0].Attendance != 3 || past[0].Core != 2 || len(past[0].People) != 3 {
			t.Errorf("listed: %+v", past)
		}
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%standup.summary%' AND payload LIKE '%1 card, 1 helped, 1 blocked, 2 parked%'"); n != 1 {
			t.Errorf("told the team %d times", n)
		}
		outsider := h.person("out", "")
		h.calm("an outsider reads a summary", "not_found", func() error { _, err := h.standups.SummaryOf(h.as(outsider), meeting); return err })
		h.calm("an outsider reads what there was", "not_found", func() error { _, err := h.standups.Meetings(h.as(outsider), id); return err })
		if screen := must[standup.Summary](t)(h.standups.SummaryOf(h.as(who.Viewer{DeviceID: "dev_1", TeamID: h.team}), meeting)); screen.Markdown != want {
			t.Error("a screen of the team reads another summary")
		}
	})
}

// A meeting that was ended before its first card is no news.
func TestSummary_OfNothingIsNotTold(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		v := h.start()
		must[standup.View](t)(h.standups.End(h.as(h.worker), v.Series.ID))
		if n := h.count("SELECT COUNT(*) FROM outbox"); n != 0 {
			t.Errorf("%d jobs", n)
		}
		if s := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.worker), v.Meeting.ID)); !strings.HasPrefix(s.Markdown, "# Delivery standup") {
			t.Error(s)
		}
	})
}

// What waits from another day is told with what is new, and who of security works here is missed like a liaison.
func TestSummary_TellsWhatStillWaits(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		sec := h.person("sec", "worker")
		h.exec("UPDATE people SET discipline = 'security' WHERE id = ?", sec.PersonID)
		id := h.start().Series.ID
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns it?"}))
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		b.Clock.Advance(24 * time.Hour)
		v := h.start()
		if in := v.Meeting.Attendance.People; !slices.ContainsFunc(in, func(p standup.PresentView) bool {
			return p.PersonID == sec.PersonID && p.Role == standup.Security && p.State == standup.Away
		}) {
			t.Errorf("nobody misses security: %+v", in)
		}
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Name the sale"}))
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		words := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.worker), v.Meeting.ID)).Markdown
		if want := "## Parked\n\n- Who owns it?: open, comes back next time\n- Name the sale: open, comes back next time\n"; !strings.Contains(words, want) {
			t.Errorf("summary:\n%s", words)
		}
	})
}

// What the record holds since last time: after a meeting what happened since it ended, else of a day.
func TestBrief(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		before := h.card(1, card.NewCard{Title: "Finished long ago"})
		if _, err := h.cards.Move(h.as(h.worker), before.ID, card.Move{ColumnID: h.l.Columns[3].ID}); err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(25 * time.Hour)
		empty := h.start()
		if br := *empty.Meeting.Brief; len(br.Finished) != 0 || br.Started != 0 || !br.Since.Equal(b.Clock.Now().Add(-24*time.Hour)) {
			t.Errorf("a day ago: %+v", br)
		}
		must[standup.View](t)(h.standups.End(h.as(h.worker), empty.Series.ID))
		ended := b.Clock.Now()
		b.Clock.Advance(time.Hour)
		one := h.card(1, card.NewCard{Title: "One", DueOn: b.Clock.Now().AddDate(0, 0, 7).Format(time.DateOnly)})
		h.card(0, card.NewCard{Title: "Far", DueOn: b.Clock.Now().AddDate(0, 0, 8).Format(time.DateOnly)})
		two := h.card(2, card.NewCard{Title: "Two", Class: board.Expedite})
		if _, err := h.cards.Move(h.as(h.worker), two.ID, card.Move{ColumnID: h.l.Columns[1].ID, Reason: "x", Return: &card.Return{Category: "defect", Text: "It does not answer"}}); err != nil {
			t.Fatal(err)
		}
		h.block(one)
		three := h.card(1, card.NewCard{Title: "Three"})
		if _, err := h.cards.Move(h.as(h.worker), three.ID, card.Move{ColumnID: h.l.Columns[3].ID}); err != nil {
			t.Fatal(err)
		}
		br := *h.start().Meeting.Brief
		key := func(c []standup.BriefCard) string {
			var out []string
			for _, x := range c {
				out = append(out, x.Key+x.Reason+x.On)
			}
			return strings.Join(out, " ")
		}
		if !br.Since.Equal(ended) || key(br.Finished) != three.Key || br.Started != 3 || br.Moved != 2 || key(br.Blocked) != one.Key+"No answer" ||
			key(br.Returned) != two.Key+"It does not answer" || key(br.Expedite) != two.Key || key(br.Due) != one.Key+one.DueOn {
			t.Errorf("since then: %+v", br)
		}
	})
}
