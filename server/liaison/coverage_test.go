package liaison_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/liaison"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func (h *house) coverage(discipline string) liaison.Coverage {
	h.t.Helper()
	return must[liaison.Coverage](h.t)(h.liaison.Coverage(h.as("member"), discipline))
}

func codes(flags []liaison.Flag) (out []string) {
	for _, f := range flags {
		out = append(out, f.Code)
	}
	return out
}

func (h *house) cover(discipline, teamID string) liaison.TeamCover {
	h.t.Helper()
	for _, t := range h.coverage(discipline).Teams {
		if t.ID == teamID {
			return t
		}
	}
	h.t.Fatal("the team is not on the map")
	return liaison.TeamCover{}
}

func TestCoverage_SaysWhatIsToLookAt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ops := func() liaison.TeamCover { return h.cover("operations", h.Team) }
		expect := func(what string, want ...string) {
			t.Helper()
			if got := codes(ops().Flags); !slices.Equal(got, want) {
				t.Errorf("%s: %v, wanted %v", what, got, want)
			}
		}
		expect("nobody yet", "uncovered")
		if c := h.cover("security", h.Team); c.Pattern != "liaison" || !slices.Equal(codes(c.Flags), []string{"no_contract"}) || c.Seats[0].Share != nil {
			t.Errorf("the cast's liaison has no contract: %+v", c)
		}
		if got := codes(h.cover("operations", h.OtherTeam).Flags); !slices.Equal(got, []string{"uncovered", "no_security"}) {
			t.Errorf("%v", got)
		}
		trestletest.Join(t, h.b.Store, h.OtherTeam, h.sec, "worker")
		if got := codes(h.cover("operations", h.OtherTeam).Flags); !slices.Equal(got, []string{"uncovered"}) {
			t.Errorf("a team that has somebody of security lacks none: %v", got)
		}
		if c := h.cover("security", h.OtherTeam); c.Own != 1 || c.Pattern != "nobody" || len(c.Flags) != 0 {
			t.Errorf("a team whose own people are of the discipline is not uncovered: %+v", c)
		}
		must[liaison.Said](t)(h.liaison.Say(h.as("admin"), h.OtherTeam, liaison.SayNeeds{Discipline: "security", Criticality: web.Some(3)}))
		must[liaison.View](t)(h.liaison.Set(h.as("admin"), h.OtherTeam, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "invited", PersonID: h.bo.PersonID}))
		h.exec("UPDATE people SET disabled_at = 1 WHERE name = 'sec'")
		if c := h.cover("security", h.OtherTeam); c.Own != 0 || !slices.Equal(codes(c.Flags), []string{"critical_invited"}) {
			t.Errorf("who has left does not count: %+v", c)
		}
		h.exec("UPDATE people SET disabled_at = NULL WHERE name = 'sec'")
		v := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "invited", PersonID: h.ops.PersonID}))
		expect("invited needs no deputy")
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Criticality: web.Some(3), Pages: web.Some(6), Skill: web.Some(1), LaunchOn: web.Some("2026-04-01")}))
		expect("critical, and only invited", "critical_invited")
		if c := ops(); c.Need != 6+1.2-1+2 || c.Recommended != "liaison" || *c.Needs.Requests != 0 || c.LaunchOn != "2026-04-01" {
			t.Errorf("%+v", c)
		}
		must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Why: "As agreed", Pattern: ptr("liaison")}))
		expect("no deputy", "no_deputy")
		must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Why: "As agreed", DeputyID: web.Some(h.bo.PersonID)}))
		expect("as it should be")
		must[liaison.Away](t)(h.liaison.Leave(h.as("admin"), h.ops.PersonID, liaison.NewLeave{From: "2026-03-01", To: "2026-03-08"}))
		if f := ops().Flags; len(f) != 1 || f[0].Code != "away" || f[0].Bad || f[0].Day != "2026-03-08" {
			t.Errorf("away, and somebody stands in: %+v", f)
		}
		must[liaison.Away](t)(h.liaison.Leave(h.as("admin"), h.bo.PersonID, liaison.NewLeave{From: "2026-03-01", To: "2026-03-03"}))
		if f := ops().Flags; len(f) != 1 || !f[0].Bad {
			t.Errorf("nobody is there: %+v", f)
		}
		h.b.Clock.Advance(100 * 24 * time.Hour)
		expect("after the review", "review_past")
		must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Why: "As agreed", ReviewOn: ptr("2026-12-01")}))
		h.exec("UPDATE people SET disabled_at = 1 WHERE id = ?", h.ops.PersonID)
		expect("left", "left")
		h.exec("UPDATE people SET disabled_at = NULL WHERE id = ?", h.ops.PersonID)
		for i := range 4 {
			id := trestletest.Team(t, h.b.Store, fmt.Sprintf("T%d", i))
			must[liaison.View](t)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		}
		expect("five teams", "over_teams")
		c := h.coverage("operations")
		if p := c.People[0]; p.Person.ID != h.ops.PersonID || !p.Over || p.Share < 0.999 || p.Share > 1.001 || len(p.Seats) != 5 || c.People[1].Person.ID != h.bo.PersonID || !c.People[1].Seats[0].Deputy {
			t.Errorf("%+v", c.People)
		}
		must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Why: "As agreed", Pattern: ptr("embedded")}))
		expect("140 %", "over_share")
		if f := ops().Flags[0]; f.N != 160 {
			t.Errorf("%+v", f)
		}
		id := trestletest.Team(t, h.b.Store, "T4")
		must[liaison.View](t)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		expect("five teams and 180 %", "over_teams", "over_share")
	})
}

// Coming is judged by what was agreed, and whoever stands in counts.
func TestCoverage_Coming(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		l := must[*board.Layout](t)(h.boards.Create(h.as("lead"), board.NewBoard{TeamID: h.Team, Name: "Delivery", Visibility: "workspace", TimeZone: "UTC",
			Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
		series := must[standup.View](t)(h.standups.SetUp(h.as("lead"), l.ID)).Series.ID
		must[standup.View](t)(h.standups.Change(h.as("lead"), series, standup.Patch{Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "09:30", TimeZone: "UTC"})}))
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
			Rituals: []calendar.NewAgreement{{Kind: calendar.Standup}}}))
		meet := func(people ...who.Viewer) {
			for {
				if d := h.b.Clock.Now().Weekday(); d != time.Saturday && d != time.Sunday {
					break
				}
				h.b.Clock.Advance(24 * time.Hour)
			}
			now := h.b.Clock.Now()
			h.b.Clock.Set(time.Date(now.Year(), now.Month(), now.Day(), 9, 30, 0, 0, time.UTC))
			must[standup.View](t)(h.standups.Start(h.as("worker"), l.ID, ""))
			for _, p := range people {
				must[standup.View](t)(h.standups.Join(trestletest.Ctx(t, p), series))
			}
			h.b.Clock.Advance(10 * time.Minute)
			must[standup.View](t)(h.standups.End(h.as("worker"), series))
			h.b.Clock.Advance(23 * time.Hour)
		}
		meet(h.ops)
		meet(h.bo) // stands in
		meet()
		meet()
		meet()
		c := h.cover("operations", h.Team)
		if !slices.Equal(c.Coming.Marks, []string{"came", "deputy", "missed", "missed", "missed"}) || c.Coming.Came != 2 || c.Coming.Owed != 5 {
			t.Errorf("%+v", c.Coming)
		}
		if f := c.Flags[0]; f.Code != "low" || f.N != 2 || f.Of != 5 {
			t.Errorf("%+v", c.Flags)
		}
	})
}

// Who is away by person is away on the days as they are where their teams are, as it is by team; and so is a review that
// is past.
func TestCoverage_DaysOfTheTeam(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		// 13 hours ahead: the day begins there at 11:00
		must[*board.Layout](t)(h.boards.Create(h.as("lead"), board.NewBoard{TeamID: h.Team, Name: "Delivery", TimeZone: "Pacific/Auckland"}))
		p := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		must[liaison.View](t)(h.liaison.Change(h.as("lead"), p.ID, liaison.Patch{Why: "As agreed", ReviewOn: ptr("2026-03-02")}))
		for _, v := range []who.Viewer{h.ops, h.bo, h.sec} {
			must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, v), v.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-02"}))
		}
		away := func() (out []string) {
			t.Helper()
			for _, x := range h.coverage("operations").People {
				if x.Away != nil {
					out = append(out, x.Person.Name)
				}
			}
			slices.Sort(out)
			return out
		}
		if got := away(); !slices.Equal(got, []string{"bo", "ops"}) {
			t.Errorf("on the day: %v", got)
		}
		if got := codes(h.cover("operations", h.Team).Flags); !slices.Equal(got, []string{"away"}) {
			t.Errorf("on the day: %v", got)
		}
		h.b.Clock.Set(time.Date(2026, 3, 2, 11, 30, 0, 0, time.UTC)) // the 3rd, where the team is
		if got := away(); len(got) != 0 {
			t.Errorf("the day after: %v", got)
		}
		if got := codes(h.cover("operations", h.Team).Flags); !slices.Equal(got, []string{"review_past"}) {
			t.Errorf("the day after: %v", got)
		}
		// in another team it is not over, and nobody who belongs nowhere goes by a team's day
		must[liaison.View](t)(h.liaison.Set(h.as("admin"), h.OtherTeam, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID}))
		if got := away(); !slices.Equal(got, []string{"ops"}) {
			t.Errorf("where it is still the day: %v", got)
		}
		must[liaison.View](t)(h.liaison.End(h.as("lead"), p.ID, "Another project"))
		if got := away(); !slices.Equal(got, []string{"bo", "ops"}) {
			t.Errorf("without a team: %v", got)
		}
	})
}

func TestCoverage_ForWhomAndWhat(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for what, c := range map[string]struct{ who, discipline, code string }{"a guest": {"guest", "operations", "forbidden"}, "product": {"member", "product", "invalid"}} {
			h.calm(what, c.code, func() error { _, err := h.liaison.Coverage(h.as(c.who), c.discipline); return err })
		}
		h.calm("too critical", "invalid", func() error {
			_, err := h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Criticality: web.Some(4)})
			return err
		})
		h.calm("no day", "invalid", func() error {
			_, err := h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", LaunchOn: web.Some("soon")})
			return err
		})
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Pages: web.Some(4)}))
		before := h.everything()
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Pages: web.Some(4)}))
		if h.everything() != before {
			t.Error("the same again was a change")
		}
		if s := must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Pages: web.Opt[int]{Set: true, Null: true}})); s.Pages != nil {
			t.Errorf("%+v", s)
		}
		if _, err := h.liaison.Of(h.as("guest"), h.Team); !fault.Is(err, "not_found") {
			t.Error(err)
		}
	})
}

// However many teams there are, the map takes as many statements.
func TestCoverage_AsManyStatementsForThirtyTeams(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		read := func(teams int) (n int, took time.Duration) {
			for i := range teams {
				id := trestletest.Team(t, h.b.Store, fmt.Sprintf("N%d%d", teams, i))
				must[liaison.View](t)(h.liaison.Set(h.as("admin"), id, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: []string{"liaison", "invited"}[i%2], PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
			}
			begin := time.Now()
			c := must[liaison.Coverage](t)(h.liaison.Coverage(store.Hearing(h.as("member"), func(string) { n++ }), "operations"))
			if len(c.Teams) < teams {
				t.Fatalf("%d teams", len(c.Teams))
			}
			return n, time.Since(begin)
		}
		few, _ := read(2)
		many, took := read(30)
		if few != many || few == 0 {
			t.Errorf("4 teams take %d statements, 34 take %d", few, many)
		}
		t.Logf("34 teams: %d statements, %s", many, took)
	})
}

// What the services and the checklists know is not asked of anybody; it counts before what somebody has said.
func TestCoverage_TheRecordKnowsBetter(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Criticality: web.Some(1), LaunchOn: web.Some("2026-03-09")}))
		must[catalogue.ServiceItem](t)(h.services.Create(h.as("lead"), catalogue.NewService{TeamID: h.Team, Name: "Pay", Kind: "digital", Criticality: "critical", OperatingModel: "team", ModelWhy: "The team answers its own pager"}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", Level: "light", LaunchOn: "2026-04-10"}))
		must[checklist.Changed](t)(h.lists.Answer(h.as("worker"), l.ID, l.Topics[0].Items[0].Key, checklist.NewAnswer{Text: "People pay with one tap."}))
		c := h.cover("operations", h.Team)
		if *c.Needs.Criticality != 3 || c.LaunchOn != "2026-04-10" || !*c.Needs.Launch || c.Recorded != (liaison.Recorded{Criticality: true, LaunchOn: true}) || c.ToUnderstand != 1 || c.Need != 8 {
			t.Errorf("%+v", c)
		}
	})
}

// How critical a team is and when it launches is of the team: what one discipline says the other knows. Skill is not.
func TestCoverage_TheTeamIsAsCriticalForBoth(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "operations", Criticality: web.Some(3), Skill: web.Some(2), LaunchOn: web.Some("2026-04-01")}))
		h.exec("DELETE FROM liaisons WHERE team_id = ?", h.Team)
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "invited", PersonID: h.sec.PersonID}))
		c := h.cover("security", h.Team)
		if c.Needs.Criticality == nil || *c.Needs.Criticality != 3 || c.LaunchOn != "2026-04-01" || c.Needs.Skill != nil || !slices.Contains(codes(c.Flags), "critical_invited") || c.Need != 8 {
			t.Errorf("%+v", c)
		}
		must[liaison.Said](t)(h.liaison.Say(h.as("lead"), h.Team, liaison.SayNeeds{Discipline: "security", Criticality: web.Some(2), Skill: web.Some(0), LaunchOn: web.Some("")}))
		if c := h.cover("operations", h.Team); *c.Needs.Criticality != 2 || c.LaunchOn != "" || *c.Needs.Skill != 2 {
			t.Errorf("%+v", c)
		}
	})
}
