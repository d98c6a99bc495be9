package calendar_test

import (
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// A sitting that everybody left is over, though nobody has looked at it since.
func TestList_WhatEverybodyLeftIsOver(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		demo := must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo})).Series.ID
		b.Clock.Set(berlin(2, 14, 0))
		must[ritual.View](t)(h.rituals.Start(h.as(h.kai), demo))
		state := func() string {
			t.Helper()
			all := h.list(h.kai, berlin(2, 12, 0), berlin(3, 0, 0)).Occurrences
			if len(all) != 1 {
				t.Fatalf("%+v", all)
			}
			return all[0].State
		}
		b.Clock.Set(berlin(2, 15, 0))
		if got := state(); got != calendar.Running {
			t.Error(got)
		}
		b.Clock.Set(berlin(3, 8, 0))
		if got := state(); got != calendar.HeldIt {
			t.Error(got)
		}
	})
}

// A standup in writing goes on until its digest is sent, and took nobody's minutes.
func TestList_StandupInWriting(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.meet(berlin(3, 9, 30), 10)
		h.meet(berlin(4, 9, 30), 60)
		h.exec("UPDATE standup_meetings SET mode = 'async' WHERE started_at = ?", store.Ms(berlin(4, 9, 30)))
		h.exec("UPDATE standup_series SET mode = 'async'")
		h.exec(`INSERT INTO standup_digests (id, series_rid, day, state, since_at, due_at, turn_at)
			SELECT 'dig_1', rid, '2026-03-05', 'open', ?, ?, ? FROM standup_series`, store.Ms(berlin(4, 10, 30)), store.Ms(berlin(5, 18, 0)), store.Ms(berlin(5, 18, 0)))
		b.Clock.Set(berlin(5, 14, 0))
		week := h.list(h.kai, berlin(3, 0, 0), berlin(7, 0, 0))
		if got := states(week); !slices.Equal(got, []string{"Tue 3 09:30 held", "Wed 4 09:30 held", "Thu 5 09:30 running", "Fri 6 09:30 planned"}) {
			t.Errorf("%q", got)
		}
		if o := week.Occurrences[1]; o.Minutes != 0 {
			t.Errorf("%d minutes", o.Minutes)
		}
		w := must[calendar.Trends](t)(h.calendar.Trends(h.as(h.kai), h.team)).Weeks[7]
		if s := w.Standups; s.N != 1 || *s.MedianMinutes != 10 || s.OverBox != 0 {
			t.Errorf("%+v", s)
		}
	})
}

// Who may see a board may be invited to its retro, and does not learn what the team calls it.
func TestInvitations_DoNotSayWhatARetroIsCalled(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Open", Visibility: board.Workspace, TimeZone: "Europe/Berlin",
			Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
		must[retro.View](t)(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: l.ID, TemplateKey: "plus_delta", Title: "Who broke it"}))
		b.Clock.Advance(time.Minute)
		all := h.list(h.kai, berlin(2, 7, 0), berlin(2, 9, 0)).Occurrences
		if len(all) != 1 || all[0].Title != "Who broke it" {
			t.Fatalf("%+v", all)
		}
		must[calendar.OccurrenceView](t)(h.calendar.Invite(h.as(h.kai), calendar.Invitation{SeriesID: all[0].SeriesID, StartsAt: all[0].StartsAt, PersonIDs: []string{h.eve.PersonID}}))
		count := func(words string) int {
			return trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%ritual.invited%' AND payload LIKE ?", "%"+words+"%")
		}
		if count("Open retro") != 1 || count("Who broke it") != 0 {
			t.Error("the note says what the retro is called, or not whose it is")
		}
	})
}

// A ritual that gets another name keeps its past; one that gets other times has none but what was held.
func TestList_ARenamedRitualKeepsItsPast(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		times := func(at string) *ritual.Schedule {
			return &ritual.Schedule{Days: []int{1, 2, 3}, At: at, TimeZone: "Europe/Berlin"}
		}
		id := must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo, Schedule: times("14:00")})).Series.ID
		b.Clock.Set(berlin(3, 18, 0))
		demos := func(want ...string) {
			t.Helper()
			all := h.list(h.kai, berlin(2, 0, 0), berlin(5, 0, 0))
			all.Occurrences = slices.DeleteFunc(all.Occurrences, func(o calendar.OccurrenceView) bool { return o.SeriesID != id })
			if got := states(all); !slices.Equal(got, want) {
				t.Errorf("%q, not %q", got, want)
			}
		}
		name := "Show and tell"
		must[ritual.View](t)(h.rituals.Change(h.as(h.ana), id, ritual.Patch{Name: &name}))
		demos("Mon 2 14:00 missed", "Tue 3 14:00 missed", "Wed 4 14:00 planned")
		must[ritual.View](t)(h.rituals.Change(h.as(h.ana), id, ritual.Patch{Schedule: web.Some(*times("15:00"))}))
		demos("Wed 4 15:00 planned")
	})
}

// A calendar takes so many statements, however many rituals there are.
func TestList_SoManyStatements(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.plan([]int{1, 2, 3, 4, 5}, "09:30")
		must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo, Schedule: &ritual.Schedule{Days: []int{4}, At: "15:00", TimeZone: "UTC"}}))
		statements := func() (n int) {
			t.Helper()
			must[calendar.View](t)(h.calendar.List(store.Hearing(h.as(h.kai), func(string) { n++ }), berlin(1, 0, 0), berlin(20, 0, 0), ""))
			return n
		}
		few := statements()
		for i := range 6 {
			l := must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.l.TeamID, Name: string(rune('A' + i)), Visibility: "workspace",
				Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
			must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: l.ID, Kind: ritual.Demo, Schedule: &ritual.Schedule{Days: []int{4}, At: "15:00", TimeZone: "UTC"}}))
			s := must[standup.View](t)(h.standups.SetUp(h.as(h.ana), l.ID))
			must[standup.View](t)(h.standups.Change(h.as(h.ana), s.Series.ID, standup.Patch{Schedule: web.Some(standup.Schedule{Days: []int{1, 2}, At: "10:00", TimeZone: "UTC"})}))
		}
		if many := statements(); many != few || few > 24 {
			t.Errorf("%d statements for two rituals, %d for fourteen", few, many)
		}
	})
}
