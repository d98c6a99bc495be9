package liaison_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/liaison"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func (h *house) desk(v who.Viewer) liaison.Desk {
	h.t.Helper()
	return must[liaison.Desk](h.t)(h.liaison.Desk(trestletest.Ctx(h.t, v), "", 50))
}

// meets sets up a standup of a team on a board of its own, each day at an hour.
func (h *house) meets(as context.Context, teamID, name, at string) *board.Layout {
	h.t.Helper()
	l := must[*board.Layout](h.t)(h.boards.Create(as, board.NewBoard{TeamID: teamID, Name: name, Visibility: "workspace", TimeZone: "UTC",
		Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
	s := must[standup.View](h.t)(h.standups.SetUp(as, l.ID))
	must[standup.View](h.t)(h.standups.Change(as, s.Series.ID, standup.Patch{Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: at, TimeZone: "UTC"})}))
	return l
}

func (h *house) answered(as context.Context, l checklist.View, key string) checklist.Item {
	h.t.Helper()
	return must[checklist.Changed](h.t)(h.lists.Answer(as, l.ID, key, checklist.NewAnswer{Text: "Like this."})).Items[0]
}

// gap accepts that O5 has no answer until the 10th of March.
func (h *house) gap(as context.Context, l checklist.View) {
	h.t.Helper()
	made := must[card.Changed](h.t)(h.cards.Create(h.as("admin"), h.boardOf(l.Team.ID), card.NewCard{Title: "Rehearse it", ColumnID: h.firstColumn(l.Team.ID)}))
	must[checklist.Changed](h.t)(h.lists.AcceptGap(as, l.ID, "O5", checklist.NewGap{Until: "2026-03-10", Why: "Not rehearsed", CardID: made.Card.ID}))
}

func (h *house) firstColumn(teamID string) (id string) {
	h.t.Helper()
	must[bool](h.t)(h.b.Store.Rows(h.t.Context()).Row([]any{&id}, "SELECT c.id FROM columns c JOIN boards b ON b.rid = c.board_rid WHERE b.team_id = ? ORDER BY b.rid, c.rid LIMIT 1", teamID))
	return id
}

// boardOf is a team's first board, made when there is none.
func (h *house) boardOf(teamID string) (id string) {
	h.t.Helper()
	if found := must[bool](h.t)(h.b.Store.Rows(h.t.Context()).Row([]any{&id}, "SELECT id FROM boards WHERE team_id = ? ORDER BY rid LIMIT 1", teamID)); !found {
		id = must[*board.Layout](h.t)(h.boards.Create(h.as("admin"), board.NewBoard{TeamID: teamID, Name: "Delivery", Visibility: "workspace", TimeZone: "UTC",
			Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})).ID
	}
	return id
}

func TestDesk_WhatWaitsInAllTeams(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		standsIn := calendar.NewAgreement{Kind: calendar.Standup}
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
			Rituals: []calendar.NewAgreement{standsIn}, Share: ptr(0.3), ResponseDays: 2}))
		must[liaison.View](t)(h.liaison.Set(h.as("admin"), h.OtherTeam, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "embedded", PersonID: h.ops.PersonID, Share: ptr(0.5),
			Rituals: []calendar.NewAgreement{standsIn}}))
		mine := h.meets(h.as("lead"), h.Team, "Delivery", "09:40")
		h.meets(h.as("admin"), h.OtherTeam, "Search", "09:30")
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", Level: "standard", LaunchOn: "2026-03-20"}))
		h.answered(h.as("worker"), l, "F1")
		h.gap(h.as("lead"), l)
		far := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "Later", Level: "light", LaunchOn: "2026-06-01"}))
		_ = far
		c := must[card.Changed](t)(h.cards.Create(h.as("worker"), mine.ID, card.NewCard{Title: "Shard it", ColumnID: mine.Columns[1].ID}))
		must[card.Blocked](t)(h.cards.Block(h.as("worker"), c.Card.ID, card.NewBlocker{Category: "vendor", Reason: "No answer"}))

		d := h.desk(h.ops)
		if d.Wide || d.Seats.Teams != 2 || d.Seats.Share != 0.8 || len(d.Seats.Alone) != 1 || d.Seats.Alone[0].ID != h.OtherTeam || !slices.Equal(d.Seats.Within, []int{2, 3}) ||
			!slices.Equal(d.Seats.Disciplines, []string{"operations"}) || len(d.Teams) != 2 {
			t.Errorf("%+v", d.Seats)
		}
		if len(d.Rituals) != 2 || d.Rituals[1].TeamID != h.Team || d.Rituals[1].Overlaps == "" || d.Rituals[1].Instead == nil || d.Rituals[1].Instead.ID != h.bo.PersonID ||
			!d.Rituals[1].MaySend || d.Rituals[1].Sent || d.Rituals[0].Overlaps != "" || d.Rituals[0].Instead != nil {
			t.Errorf("%+v", d.Rituals)
		}
		if d.Waiting.Total != 1 || d.Waiting.Items[0].Item != "F1" || !d.Waiting.Items[0].May || d.Waiting.Items[0].Opened || d.Waiting.Items[0].Late || d.Waiting.Items[0].Name != "One-tap pay" {
			t.Errorf("%+v", d.Waiting)
		}
		if d.Ending.Total != 1 || d.Ending.Items[0].Kind != "gap" || d.Ending.Items[0].Text != "Not rehearsed" || d.Ending.Items[0].Days != 8 || d.Ending.Items[0].Card == nil {
			t.Errorf("%+v", d.Ending)
		}
		if d.Launch.Total != 1 || d.Launch.Items[0].Checklist.Name != "One-tap pay" || d.Launch.Items[0].Checklist.Blocking == 0 || len(d.Launch.Items[0].Checklist.Topics) != 7 {
			t.Errorf("%+v", d.Launch)
		}
		if d.Blocked.Total != 1 || d.Blocked.Items[0].Key != c.Card.Key || d.Blocked.Items[0].Reason != "No answer" {
			t.Errorf("%+v", d.Blocked)
		}
		if one := must[liaison.Desk](t)(h.liaison.Desk(trestletest.Ctx(t, h.ops), h.OtherTeam, 50)); one.Waiting.Total+one.Ending.Total+one.Launch.Total+one.Blocked.Total != 0 || len(one.Rituals) != 1 || len(one.Teams) != 2 {
			t.Errorf("one team: %+v", one)
		}

		h.b.Clock.Advance(49 * time.Hour)
		if d := h.desk(h.ops); !d.Waiting.Items[0].Late {
			t.Error("three days where two were promised are not late")
		}
		h.liaise(h.ops, l, "F1")
		if d := h.desk(h.ops); d.Waiting.Total != 0 {
			t.Errorf("understood, and still here: %+v", d.Waiting)
		}
	})
}

// liaise opens an answer and understands it.
func (h *house) liaise(v who.Viewer, l checklist.View, key string) {
	h.t.Helper()
	as := trestletest.Ctx(h.t, v)
	it := must[checklist.Changed](h.t)(h.lists.Open(as, l.ID, key, nil)).Items[0]
	must[checklist.Changed](h.t)(h.lists.Understand(as, l.ID, key, it.Rev, ""))
}

// Who stands in sees the team, and comes to its rituals while the other is away; a manager sees all teams, and may
// understand nothing; somebody without a seat has an empty desk, and a guest none.
func TestDesk_ForWhom(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
			Rituals: []calendar.NewAgreement{{Kind: calendar.Standup}}}))
		h.meets(h.as("lead"), h.Team, "Delivery", "09:45")
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		h.answered(h.as("worker"), l, "F1")
		if d := h.desk(h.bo); len(d.Teams) != 1 || d.Teams[0].For == nil || d.Teams[0].For.ID != h.ops.PersonID || d.Seats.Deputy != 1 || d.Seats.Teams != 0 || len(d.Rituals) != 0 || d.Waiting.Total != 0 {
			t.Errorf("%+v", d)
		}
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.ops), h.ops.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-03"}))
		if d := h.desk(h.bo); len(d.Rituals) != 1 || d.Rituals[0].For == nil || d.Rituals[0].For.ID != h.ops.PersonID {
			t.Errorf("%+v", d.Rituals)
		}
		if d := h.desk(h.People["manager"]); !d.Wide || len(d.Teams) < 2 || d.Waiting.Total != 1 || d.Waiting.Items[0].May || len(d.Rituals) != 1 {
			t.Errorf("%+v", d)
		}
		if d := h.desk(h.People["member"]); len(d.Teams) != 0 || d.Waiting.Total != 0 || d.Rituals == nil || d.Waiting.Items == nil {
			t.Errorf("%+v", d)
		}
		for name, want := range map[string]bool{"manager": true, "member": false, "liaison": true, "guest": false} {
			if has := must[bool](t)(liaison.HasDesk(h.b.Store.Rows(t.Context()), h.People[name])); has != want {
				t.Errorf("%s: %v", name, has)
			}
		}
		if !must[bool](t)(liaison.HasDesk(h.b.Store.Rows(t.Context()), h.bo)) {
			t.Error("who stands in has a desk")
		}
		h.calm("a guest", "forbidden", func() error { _, err := h.liaison.Desk(h.as("guest"), "", 50); return err })
		h.calm("a team that is not on it", "not_found", func() error {
			_, err := h.liaison.Desk(trestletest.Ctx(t, h.ops), h.OtherTeam, 50)
			return err
		})
	})
}

// What cannot be read is named, and takes nothing else with it.
func TestDesk_TroubleStaysInItsOwnRow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, id := range []string{h.Team, h.OtherTeam} {
			must[liaison.View](t)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID}))
			l := must[checklist.View](t)(h.lists.Create(h.as("admin"), checklist.NewList{Kind: "launch", TeamID: id, Name: "Pay", LaunchOn: "2026-03-09"}))
			h.gap(h.as("admin"), l)
		}
		h.exec("UPDATE checklist_answers SET said = '{' WHERE checklist_rid = (SELECT MIN(rid) FROM checklists)")
		d := h.desk(h.ops)
		if len(d.Unread) != 1 || d.Unread[0].ID != h.Team || len(d.Ending.Items) != 1 || d.Ending.Items[0].Team.ID != h.OtherTeam || d.Ending.Total != 2 || len(d.Failed) != 0 {
			t.Errorf("%+v", d)
		}
		h.exec("ALTER TABLE blockers RENAME TO gone")
		d = h.desk(h.ops)
		h.exec("ALTER TABLE gone RENAME TO blockers")
		if !slices.Equal(d.Failed, []string{"blocked"}) || d.Launch.Total != 2 {
			t.Errorf("%+v", d)
		}
	})
}

// However many teams there are, a desk takes as many statements.
func TestDesk_AsManyStatementsForThirtyFourTeams(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		more := func(teams int) {
			t.Helper()
			for i := range teams {
				id := trestletest.Team(t, h.b.Store, fmt.Sprintf("N%d%d", teams, i))
				must[liaison.View](t)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
					Rituals: []calendar.NewAgreement{{Kind: calendar.Standup}}}))
				h.meets(h.as("admin"), id, fmt.Sprintf("Board %d", i), "10:00")
				l := must[checklist.View](t)(h.lists.Create(h.as("admin"), checklist.NewList{Kind: "launch", TeamID: id, Name: "Pay", LaunchOn: "2026-03-09"}))
				h.answered(h.as("admin"), l, "F1")
				h.gap(h.as("admin"), l)
			}
		}
		read := func(teams int) (n int) {
			t.Helper()
			d := must[liaison.Desk](t)(h.liaison.Desk(store.Hearing(trestletest.Ctx(t, h.ops), func(string) { n++ }), "", 50))
			if len(d.Teams) != teams || d.Waiting.Total != teams || d.Ending.Total != teams || d.Launch.Total != teams || len(d.Rituals) != teams {
				t.Fatalf("%d teams: %+v", teams, d)
			}
			return n
		}
		more(1)
		few := read(1)
		more(33)
		if many := read(34); many != few || few > 58 {
			t.Errorf("one team takes %d statements, 34 take %d", few, many)
		}
	})
}
