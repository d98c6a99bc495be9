package calendar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/calendar"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// states is a calendar in short: "Mon 2 09:30 held".
func states(v calendar.View) (out []string) {
	zone, _ := time.LoadLocation("Europe/Berlin")
	for _, o := range v.Occurrences {
		out = append(out, o.StartsAt.In(zone).Format("Mon 2 15:04 ")+o.State)
	}
	return out
}

func TestList_WhatWasPlannedHeldAndMissed(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.meet(berlin(2, 9, 33), 12)    // late by three minutes
		h.meet(berlin(2, 17, 45), 5)    // and once more: nobody had planned that
		h.meet(berlin(4, 8, 50), 20)    // early
		h.b.Clock.Set(berlin(5, 9, 40)) // Thursday's should be on by now, and nobody has begun
		want := []string{"Mon 2 09:30 held", "Mon 2 17:45 held", "Tue 3 09:30 missed", "Wed 4 09:30 held", "Thu 5 09:30 planned", "Fri 6 09:30 planned"}
		week := h.list(h.kai, berlin(2, 0, 0), berlin(9, 0, 0))
		if got := states(week); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		first := week.Occurrences[0]
		if first.Minutes != 12 || first.Core != 1 || !strings.Contains(first.Link, "/summary/") || first.JoinURL != "" || first.EndsAt.Sub(first.StartsAt) != 15*time.Minute {
			t.Errorf("%+v", first)
		}
		if o := week.Occurrences[4]; o.JoinURL != "https://meet.example/pay" || o.Link != "/standup/"+h.series {
			t.Errorf("%+v", o)
		}
		// The week in which the clocks change: half past nine stays half past nine.
		dst := h.list(h.kai, berlin(27, 0, 0), berlin(32, 0, 0))
		if a, b := dst.Occurrences[0].StartsAt, dst.Occurrences[1].StartsAt; a.Hour() != 8 || b.Hour() != 7 {
			t.Errorf("%s %s", a, b)
		}

		// A changed schedule makes no misses of what it was not.
		h.plan([]int{1, 2, 3, 4, 5}, "11:00")
		want = []string{"Mon 2 09:33 held", "Mon 2 17:45 held", "Wed 4 08:50 held", "Thu 5 11:00 planned", "Fri 6 11:00 planned"}
		if got := states(h.list(h.kai, berlin(2, 0, 0), berlin(9, 0, 0))); !slices.Equal(got, want) {
			t.Errorf("after a change: %q", got)
		}
		h.b.Clock.Set(berlin(5, 11, 5))
		if _, err := h.standups.Start(h.as(h.kai), h.l.ID, ""); err != nil {
			t.Fatal(err)
		}
		if got := states(h.list(h.kai, berlin(5, 0, 0), berlin(6, 0, 0))); !slices.Equal(got, []string{"Thu 5 11:00 running"}) {
			t.Errorf("running: %q", got)
		}
		if _, err := h.standups.End(h.as(h.kai), h.series); err != nil {
			t.Fatal(err)
		}

		// A retro stands there with its title, for its team while it runs; the board is the team's alone.
		r := must[retro.View](t)(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", Title: "Looking back"}))
		must[retro.View](t)(h.retros.Join(h.as(h.bo), r.Retro.ID))
		now := h.list(h.bo, berlin(5, 0, 0), berlin(6, 0, 0))
		if o := now.Occurrences[1]; o.Kind != calendar.Retro || o.Title != "Looking back" || o.State != "running" || o.Link != "/retro/"+r.Retro.ID ||
			len(o.Came) != 1 || o.Came[0].Role != "liaison" || o.Core != 1 {
			t.Errorf("%+v", o)
		}
		for name, v := range map[string]who.Viewer{"eve": h.eve, "gast": h.gast} {
			if n := len(h.list(v, berlin(2, 0, 0), berlin(9, 0, 0)).Occurrences); n != 0 {
				t.Errorf("%s sees %d rituals of a board that is not theirs", name, n)
			}
		}
		if _, err := h.calendar.List(h.as(h.gast), berlin(2, 0, 0), berlin(9, 0, 0), h.team); !fault.Is(err, "not_found") {
			t.Errorf("a guest asks for a team they do not see: %v", err)
		}
		if _, err := h.calendar.List(h.as(h.ana), berlin(2, 0, 0), berlin(2, 0, 0).Add(63*24*time.Hour), ""); !fault.Is(err, "invalid") {
			t.Errorf("too long: %v", err)
		}
	})
}

func TestAgreements_ComingIsJudgedByWhatWasAgreed(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		before := h.everything()
		for name, c := range map[string]struct {
			by   who.Viewer
			n    calendar.NewAgreement
			code string
		}{
			"a worker":             {h.kai, calendar.NewAgreement{Kind: "standup", Discipline: "operations"}, "forbidden"},
			"a liaison for all":    {h.bo, calendar.NewAgreement{Kind: "standup", Discipline: "operations"}, "forbidden"},
			"a liaison for others": {h.bo, calendar.NewAgreement{Kind: "standup", Discipline: "operations", PersonID: h.goro.PersonID}, "forbidden"},
			"who sees nothing":     {h.gast, calendar.NewAgreement{Kind: "standup", Discipline: "operations"}, "not_found"},
			"no ritual":            {h.ana, calendar.NewAgreement{Kind: "lunch", Discipline: "operations"}, "invalid"},
			"no such discipline":   {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "development"}, "invalid"},
			"another discipline":   {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "security", PersonID: h.bo.PersonID}, "invalid"},
			"another's ritual":     {h.ana, calendar.NewAgreement{Kind: "retro", Discipline: "operations", SeriesID: h.series}, "invalid"},
			"an eighth day":        {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "operations", Weekdays: []int{8}}, "invalid"},
			"the past":             {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "operations", Since: "2026-02-01"}, "invalid"},
			"no day":               {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "operations", Until: "tomorrow"}, "invalid"},
			"ends too soon":        {h.ana, calendar.NewAgreement{Kind: "standup", Discipline: "operations", Since: "2026-04-02", Until: "2026-04-01"}, "invalid"},
		} {
			_, err := h.calendar.Agree(h.as(c.by), h.team, c.n)
			h.calm(name, c.code, err, before)
		}
		// Bo comes on Mondays and Wednesdays, somebody of security to every second Friday.
		ops := must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.bo), h.team, calendar.NewAgreement{Kind: "standup", Discipline: "operations", SeriesID: h.series,
			PersonID: h.bo.PersonID, Weekdays: []int{3, 1, 1}}))
		if ops.Name != "bo" || ops.AgreedBy != "bo" || fmt.Sprint(ops.Weekdays) != "[1 3]" || ops.SeriesName == "" || !ops.CanEnd {
			t.Errorf("%+v", ops)
		}
		sec := must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: "standup", Discipline: "security", Weekdays: []int{5}, Every: 2}))
		before = h.everything()
		_, err := h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: "standup", Discipline: "security", Weekdays: []int{5}, Every: 2})
		h.calm("twice", "agreed_already", err, before)
		if got := h.told(); !slices.Equal(got, []string{"board.created", "calendar.agreed", "calendar.agreed"}) {
			t.Errorf("%q", got)
		}

		h.meet(berlin(2, 9, 30), 10, h.bo)   // agreed, came
		h.meet(berlin(3, 9, 30), 10)         // Tuesday: nobody said they come
		h.meet(berlin(4, 9, 30), 10, h.goro) // agreed, another of operations in his place
		h.meet(berlin(6, 9, 30), 10)         // Friday of the first week: agreed, nobody of security
		// Monday 9: the team holds none, which nobody is blamed for.
		h.meet(berlin(11, 9, 30), 10) // agreed, nobody
		h.meet(berlin(13, 9, 30), 10) // Friday of the second week: not agreed
		h.b.Clock.Set(berlin(14, 12, 0))
		at := func(teamID string) calendar.TeamAttendance {
			t.Helper()
			return must[[]calendar.TeamAttendance](t)(h.calendar.Attendance(h.as(h.kai), teamID))[0]
		}
		got := at(h.team)
		if d := got.Disciplines[0]; d.Agreed != 3 || d.Came != 2 || d.Low || d.Invited != 0 || !d.LastCame.Equal(berlin(4, 9, 30)) {
			t.Errorf("operations %+v", d)
		}
		if d := got.Disciplines[1]; d.Agreed != 1 || d.Came != 0 || !d.Low || d.LastCame != nil {
			t.Errorf("security %+v", d)
		}
		if len(got.Agreements) != 2 || got.Agreements[0].CanEnd || len(got.Rituals) != 1 {
			t.Errorf("%+v", got)
		}
		week := h.list(h.kai, berlin(2, 0, 0), berlin(9, 0, 0))
		marks := ""
		for _, o := range week.Occurrences {
			for _, a := range o.Agreed {
				marks += fmt.Sprintf("%s %s %s %v; ", o.StartsAt.Format("Mon"), a.Discipline, a.Name, a.Came != nil && *a.Came)
			}
		}
		if marks != "Mon operations bo true; Wed operations bo true; Fri security  false; " {
			t.Error(marks)
		}
		if len(at("").Agreements) != 2 {
			t.Error("all teams")
		}

		// What ends is judged as far as it went, and expects nobody any more.
		for name, v := range map[string]who.Viewer{"eve": h.eve, "kai": h.kai} {
			before, err := h.everything(), h.calendar.EndAgreement(h.as(v), ops.ID)
			code := "forbidden"
			if name == "eve" {
				code = "not_found" // it is about a ritual that she does not see
			}
			h.calm(name, code, err, before)
		}
		if err := h.calendar.EndAgreement(h.as(h.bo), ops.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.calendar.EndAgreement(h.as(h.bo), ops.ID); err != nil {
			t.Error("ended twice:", err)
		}
		if got := at(h.team); len(got.Agreements) != 1 || got.Disciplines[0].Agreed != 3 {
			t.Errorf("%+v", got)
		}
		next := h.list(h.kai, berlin(16, 0, 0), berlin(21, 0, 0))
		for _, o := range next.Occurrences {
			if o.StartsAt.Weekday() != time.Friday && len(o.Agreed) > 0 {
				t.Errorf("%+v", o)
			}
		}
		if len(next.Occurrences[4].Agreed) != 1 {
			t.Errorf("the third Friday %+v", next.Occurrences[4])
		}
		_ = sec
	})
}

func TestInvitations_AreForOneTime(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		trestletest.Join(t, b.Store, h.team, h.sue, "viewer")
		at := berlin(3, 9, 30)
		ask := func(by who.Viewer, at time.Time, people ...string) (calendar.OccurrenceView, error) {
			return h.calendar.Invite(h.as(by), calendar.Invitation{SeriesID: h.series, StartsAt: at, PersonIDs: people})
		}
		before := h.everything()
		for name, c := range map[string]struct {
			by   who.Viewer
			at   time.Time
			who  string
			code string
		}{
			"a viewer":          {h.sue, at, h.bo.PersonID, "forbidden"},
			"who does not see":  {h.eve, at, h.bo.PersonID, "not_found"},
			"another time":      {h.kai, at.Add(time.Minute), h.sue.PersonID, "not_then"},
			"who may not come":  {h.kai, at, h.eve.PersonID, "invalid"},
			"nobody of that id": {h.kai, at, "per_0000000000000000", "invalid"},
		} {
			_, err := ask(c.by, c.at, c.who)
			h.calm(name, c.code, err, before)
		}
		o := must[calendar.OccurrenceView](t)(ask(h.kai, at, h.sue.PersonID, h.sue.PersonID))
		if len(o.Invited) != 1 || o.Invited[0].Name != "sue" || o.Invited[0].Came != nil {
			t.Errorf("%+v", o)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%ritual.invited%' AND payload LIKE '%Tue 3 Mar, 09:30 (Europe/Berlin)%' AND payload LIKE ?", "%"+h.sue.PersonID+"%"); n != 1 {
			t.Errorf("%d notes", n)
		}
		before = h.everything()
		if _, err := ask(h.kai, at, h.sue.PersonID); err != nil || h.everything() != before {
			t.Errorf("asked twice: %v, %s", err, h.everything())
		}
		must[calendar.OccurrenceView](t)(ask(h.kai, berlin(4, 9, 30), h.sue.PersonID))
		h.meet(at, 10, h.sue)
		h.meet(berlin(4, 9, 30), 10)
		h.b.Clock.Set(berlin(4, 12, 0))
		if d := must[[]calendar.TeamAttendance](t)(h.calendar.Attendance(h.as(h.ana), h.team))[0].Disciplines[1]; d.Agreed != 0 || d.Low || d.Invited != 2 || d.InvitedCame != 1 {
			t.Errorf("%+v", d)
		}
		before = h.everything()
		_, err := ask(h.kai, at, h.bo.PersonID)
		h.calm("after it", "ritual_over", err, before)

		o = must[calendar.OccurrenceView](t)(ask(h.kai, berlin(5, 9, 30), h.sue.PersonID))
		before = h.everything()
		h.calm("taken back by a viewer", "forbidden", h.calendar.Uninvite(h.as(h.sue), o.Invited[0].ID), before)
		h.calm("taken back by who does not see", "not_found", h.calendar.Uninvite(h.as(h.eve), o.Invited[0].ID), before)
		if err := h.calendar.Uninvite(h.as(h.ana), o.Invited[0].ID); err != nil {
			t.Fatal(err)
		}
		if o := h.list(h.ana, berlin(5, 0, 0), berlin(6, 0, 0)).Occurrences[0]; len(o.Invited) != 0 {
			t.Errorf("%+v", o)
		}
	})
}

func TestList_RitualsThatATeamSetsUp(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		add := func(kind, at string, day int) string {
			t.Helper()
			return must[ritual.View](t)(h.rituals.Create(h.as(h.ana), ritual.NewSeries{BoardID: h.l.ID, Kind: kind,
				Schedule: &ritual.Schedule{Days: []int{day}, At: at, TimeZone: "Europe/Berlin", EveryWeeks: 2, From: "2026-03-02"}})).Series.ID
		}
		demo, look := add("demo", "15:00", 4), add("retro", "16:00", 2)
		must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: "demo", SeriesID: demo, Discipline: "operations"}))
		must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: "retro", Discipline: "operations", PersonID: h.bo.PersonID}))

		// A retro that is held is the one that was planned.
		h.b.Clock.Set(berlin(3, 16, 5))
		r := must[retro.View](t)(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", Title: "Looking back"}))
		must[retro.View](t)(h.retros.Join(h.as(h.bo), r.Retro.ID))
		h.exec("UPDATE retros SET phase = 'published', closed_at = ? WHERE id = ?", store.Ms(berlin(3, 17, 0)), r.Retro.ID)
		// A demo, as its room keeps one.
		h.exec(`INSERT INTO ritual_sittings (id, series_rid, state, started_at, started_by, ended_at, touched_at, box_seconds, core, board_seq_from)
			SELECT 'sit_1', rid, 'ended', ?, ?, ?, ?, 1800, 4, 0 FROM ritual_series WHERE id = ?`, store.Ms(berlin(5, 15, 1)), h.ana.PersonID, store.Ms(berlin(5, 15, 40)), store.Ms(berlin(5, 15, 40)), demo)
		h.exec("INSERT INTO ritual_attendance (sitting_rid, person_id, role, state, at) SELECT rid, ?, 'liaison', 'away', 0 FROM ritual_sittings", h.bo.PersonID)
		h.b.Clock.Set(berlin(6, 8, 0))
		var got []string
		for _, o := range h.list(h.kai, berlin(2, 0, 0), berlin(20, 0, 0)).Occurrences {
			if o.Kind == calendar.Standup {
				continue
			}
			marks := ""
			for _, a := range o.Agreed {
				marks += fmt.Sprint(" ", a.Discipline, a.Came != nil && *a.Came)
			}
			got = append(got, o.StartsAt.Format("2 15:04 ")+o.Kind+" "+o.State+" "+o.Title+marks)
		}
		want := []string{"3 15:00 retro held Looking back operationstrue", "5 14:00 demo held Delivery demo operationsfalse", "17 15:00 retro planned Delivery retro operationsfalse",
			"19 14:00 demo planned Delivery demo operationsfalse"}
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		if d := must[[]calendar.TeamAttendance](t)(h.calendar.Attendance(h.as(h.ana), h.team))[0].Disciplines[0]; d.Agreed != 2 || d.Came != 1 || d.Low {
			t.Errorf("%+v", d)
		}
		must[ritual.View](t)(h.rituals.Archive(h.as(h.ana), look))
		for _, o := range h.list(h.kai, berlin(16, 0, 0), berlin(20, 0, 0)).Occurrences {
			if o.Kind == calendar.Retro {
				t.Errorf("what was put away is planned: %+v", o)
			}
		}
	})
}

// Whoever leaves a team is expected no more from the day on that it is where the ritual is.
func TestAgreements_EndByTheDayOfTheRitual(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		a := must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.ana), h.team, calendar.NewAgreement{Kind: calendar.Standup, Discipline: "operations", PersonID: h.bo.PersonID}))
		b.Clock.Set(berlin(5, 0, 30)) // the evening of the 4th by Greenwich
		if err := store.Do(h.as(h.ana), b.Store, []string{event.TeamTopic(h.team)}, func(tx *store.Tx) error {
			_, err := h.calendar.EndOfIn(tx, h.team, h.bo.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM ritual_agreements WHERE id = ? AND until = '2026-03-04'", a.ID); n != 1 {
			t.Error("it does not end on the 4th, the day before in Berlin")
		}
	})
}
