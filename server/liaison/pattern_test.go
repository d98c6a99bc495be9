package liaison_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/calendar"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/liaison"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// An assignment and its contract are one truth, whichever door is used.
func TestPattern_GivesAndTakesTheRights(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		set := func(n liaison.NewPattern) liaison.View {
			t.Helper()
			return must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, n))
		}
		v := set(liaison.NewPattern{Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID, Why: "A launch in May",
			Rituals: []calendar.NewAgreement{{Kind: calendar.Standup, Weekdays: []int{1, 4}}}})
		if v.Since != "2026-03-02" || v.ReviewOn != "2026-05-31" || *v.Share != 0.2 || v.ResponseDays != 3 || v.Person.Name != "ops" || v.Deputy.Name != "bo" || v.Version != 1 {
			t.Errorf("%+v", v)
		}
		if r := h.rights(h.ops); !r.Liaison || !r.CanWork() {
			t.Errorf("%+v", r)
		}
		if got := h.told(h.Team); !slices.Equal(got[len(got)-3:], []string{"liaison.assigned", "pattern.set", "calendar.agreed"}) && !slices.Equal(got[len(got)-3:], []string{"liaison.assigned", "calendar.agreed", "pattern.set"}) {
			t.Errorf("%v", got)
		}
		of := must[liaison.OfTeam](t)(h.liaison.Of(h.as("member"), h.Team))
		if len(of.Patterns) != 2 || of.CanChange || len(of.Agreements) != 1 || of.Agreements[0].PersonID != h.ops.PersonID {
			t.Fatalf("%+v", of)
		}
		if bare := of.Patterns[1]; bare.ID != "" || bare.Share != nil || bare.Person.ID != h.People["liaison"].PersonID {
			t.Errorf("the cast's liaison has no contract, and none is invented: %+v", bare)
		}

		// Invited, they have no rights any more; embedded, they have them again.
		v = must[liaison.View](t)(h.liaison.Change(h.as("manager"), v.ID, liaison.Patch{Pattern: ptr("invited"), DeputyID: web.Opt[string]{Set: true, Null: true}, Why: "The launch is over", Version: ptr(int64(1))}))
		if r := h.rights(h.ops); r.Liaison || r.CanWork() || *v.Share != 0.03 || v.Deputy != nil || v.Version != 2 {
			t.Errorf("%+v %+v", r, v)
		}
		seq := len(h.told(h.Team))
		if same := must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Pattern: ptr("invited")})); same.Version != 2 || len(h.told(h.Team)) != seq {
			t.Error("the same again was a change")
		}
		v = must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, liaison.Patch{Why: "As agreed", Pattern: ptr("embedded")}))
		if r := h.rights(h.ops); !r.Liaison || *v.Share != 0.8 {
			t.Errorf("%+v %+v", r, v)
		}

		// Ended by the new door.
		h.b.Clock.Advance(24 * time.Hour)
		v = must[liaison.View](t)(h.liaison.End(h.as("lead"), v.ID, "  They can  operate it "))
		if r := h.rights(h.ops); r.Liaison || v.EndedAt == nil || v.EndedWhy != "They can operate it" {
			t.Errorf("%+v %+v", r, v)
		}
		of = must[liaison.OfTeam](t)(h.liaison.Of(h.as("lead"), h.Team))
		if len(of.Patterns) != 1 || len(of.Ended) != 1 || len(of.Agreements) != 0 || !of.CanChange {
			t.Errorf("%+v", of)
		}
		var history []string
		for _, l := range of.History {
			history = append(history, strings.TrimPrefix(l.Type, "pattern.")+" "+l.Was+">"+l.Pattern+" by "+l.By+": "+l.Why)
		}
		if want := []string{"ended >embedded by lead: They can operate it", "changed invited>embedded by lead: As agreed", "changed liaison>invited by manager: The launch is over", "set >liaison by lead: A launch in May"}; !slices.Equal(history, want) {
			t.Errorf("%q", history)
		}

		// Ended as a liaison, the contract ends too, with the reason that was given.
		v = set(liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, Share: ptr(0.1)})
		if err := h.teams.Unassign(h.as("lead"), h.Team, h.ops.PersonID, "They moved"); err != nil {
			t.Fatal(err)
		}
		of = must[liaison.OfTeam](t)(h.liaison.Of(h.as("lead"), h.Team))
		if h.rights(h.ops).Liaison || len(of.Patterns) != 1 || of.Ended[0].ID != v.ID || of.Ended[0].EndedWhy != "They moved" || of.History[0].Why != "They moved" {
			t.Errorf("%+v", of)
		}
		// An assignment from before contracts ends with a reason that is kept, too.
		trestletest.Liaise(t, h.b.Store, h.Team, h.ops)
		if err := h.teams.Unassign(h.as("lead"), h.Team, h.ops.PersonID, "They moved again"); err != nil {
			t.Fatal(err)
		}
		of = must[liaison.OfTeam](t)(h.liaison.Of(h.as("lead"), h.Team))
		if l := of.History[0]; h.rights(h.ops).Liaison || l.Type != "pattern.ended" || l.Person != "ops" || l.By != "lead" || l.Why != "They moved again" || len(of.Ended) != 2 {
			t.Errorf("%+v", of)
		}
		trestletest.Liaise(t, h.b.Store, h.Team, h.ops)
		// A bare assignment gets its contract.
		set(liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "liaison", PersonID: h.ops.PersonID})
		if of = must[liaison.OfTeam](t)(h.liaison.Of(h.as("lead"), h.Team)); len(of.Patterns) != 2 || of.Patterns[0].ID == "" {
			t.Errorf("%+v", of.Patterns)
		}
	})
}

// Whoever stands to a team for product or quality has the same contract and why; the map of operations and security does
// not count them, and a ritual is agreed by those two alone.
func TestPattern_OfAnyDiscipline(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		hana := trestletest.Person(t, h.b.Store, "hana", who.Member)
		n := liaison.NewPattern{Discipline: "product", Pattern: "liaison", PersonID: hana.PersonID, Why: "She asks for half of it"}
		agreed := n
		agreed.Rituals = []calendar.NewAgreement{{Kind: calendar.Demo}}
		h.calm("rituals", "invalid", func() error { _, err := h.liaison.Set(h.as("lead"), h.Team, agreed); return err })
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, n))
		of := must[liaison.OfTeam](t)(h.liaison.Of(h.as("member"), h.Team))
		if !h.rights(hana).Liaison || of.Patterns[0].Discipline != "product" || of.History[0].Why != n.Why {
			t.Errorf("%+v", of)
		}
		for _, d := range []string{"operations", "security"} {
			for _, team := range must[liaison.Coverage](t)(h.liaison.Coverage(h.as("lead"), d)).Teams {
				if slices.ContainsFunc(team.Seats, func(v liaison.View) bool { return v.Person.ID == hana.PersonID }) {
					t.Errorf("she is counted for %s", d)
				}
			}
		}
	})
}

func TestPattern_RefusesWhatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		good := liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID}
		v := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, good))
		gone := trestletest.Person(t, h.b.Store, "gone", "member")
		h.exec("UPDATE people SET disabled_at = 1 WHERE id = ?", gone.PersonID)
		with := func(fn func(n *liaison.NewPattern)) liaison.NewPattern {
			n := good
			n.PersonID = h.bo.PersonID
			fn(&n)
			return n
		}
		for what, c := range map[string]struct {
			code string
			n    liaison.NewPattern
		}{
			"twice":              {"has_pattern", good},
			"another discipline": {"invalid", with(func(n *liaison.NewPattern) { n.Discipline = "gardening" })},
			"nobody":             {"invalid", with(func(n *liaison.NewPattern) { n.Pattern = "nobody" })},
			"no share":           {"invalid", with(func(n *liaison.NewPattern) { n.Share = ptr(0.0) })},
			"too much":           {"invalid", with(func(n *liaison.NewPattern) { n.Share = ptr(1.1) })},
			"own deputy":         {"invalid", with(func(n *liaison.NewPattern) { n.DeputyID = n.PersonID })},
			"no day":             {"invalid", with(func(n *liaison.NewPattern) { n.ReviewOn = "soon" })},
			"to come":            {"invalid", with(func(n *liaison.NewPattern) { n.Since = "2026-04-01" })},
			"review before":      {"invalid", with(func(n *liaison.NewPattern) { n.ReviewOn = "2026-03-01" })},
			"slow":               {"invalid", with(func(n *liaison.NewPattern) { n.ResponseDays = 61 })},
			"long":               {"invalid", with(func(n *liaison.NewPattern) { n.Purpose = strings.Repeat("ä", 1001) })},
			"long why":           {"invalid", with(func(n *liaison.NewPattern) { n.Why = strings.Repeat("x", 301) })},
			"nobody's":           {"not_found", with(func(n *liaison.NewPattern) { n.PersonID = "per_0000000000000000" })},
			"left":               {"person_inactive", with(func(n *liaison.NewPattern) { n.PersonID = gone.PersonID })},
			"deputy left":        {"person_inactive", with(func(n *liaison.NewPattern) { n.DeputyID = gone.PersonID })},
			"agreed to nothing":  {"invalid", with(func(n *liaison.NewPattern) { n.Rituals = []calendar.NewAgreement{{Kind: "party"}} })},
		} {
			h.calm(what, c.code, func() error { _, err := h.liaison.Set(h.as("lead"), h.Team, c.n); return err })
		}
		change := func(who, id string, p liaison.Patch) func() error {
			return func() error { _, err := h.liaison.Change(h.as(who), id, p); return err }
		}
		h.calm("of old", "stale", change("lead", v.ID, liaison.Patch{Version: ptr(int64(7)), Share: ptr(0.5)}))
		h.calm("share", "invalid", change("lead", v.ID, liaison.Patch{Share: ptr(0.0)}))
		h.calm("a worker", "forbidden", change("worker", v.ID, liaison.Patch{Share: ptr(0.5)}))
		h.calm("a guest", "not_found", change("guest", v.ID, liaison.Patch{Share: ptr(0.5)}))
		h.calm("absent", "not_found", change("lead", "pat_0000000000000000", liaison.Patch{}))
		h.calm("without why", "invalid", func() error { _, err := h.liaison.End(h.as("lead"), v.ID, " "); return err })
		must[liaison.View](t)(h.liaison.End(h.as("lead"), v.ID, "over"))
		h.calm("ended", "pattern_ended", change("lead", v.ID, liaison.Patch{Share: ptr(0.5)}))
		h.calm("ended twice", "pattern_ended", func() error { _, err := h.liaison.End(h.as("lead"), v.ID, "over"); return err })
	})
}

func TestLeave(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		mine := trestletest.Ctx(t, h.ops)
		if l := must[liaison.LeavesOf](t)(h.liaison.Leaves(mine, h.ops.PersonID)); l.Items == nil || !l.CanChange {
			t.Errorf("nothing to come is an empty list: %+v", l)
		}
		a := must[liaison.Away](t)(h.liaison.Leave(mine, h.ops.PersonID, liaison.NewLeave{From: "2026-03-05", To: "2026-03-12"}))
		if got := h.told(h.Team); got[len(got)-1] != "leaves.changed" {
			t.Errorf("%v", got)
		}
		of := must[liaison.OfTeam](t)(h.liaison.Of(h.as("lead"), h.Team))
		if p := of.Patterns[0]; p.Away == nil || p.Away.To != "2026-03-12" || p.DeputyAway != nil {
			t.Errorf("%+v", p)
		}
		add := func(who, person, from, to string) func() error {
			return func() error {
				_, err := h.liaison.Leave(h.as(who), person, liaison.NewLeave{From: from, To: to})
				return err
			}
		}
		for _, who := range []string{"lead", "manager", "admin"} { // a lead of a team to which they stand
			if err := add(who, h.ops.PersonID, "2026-04-01", "2026-04-01")(); err != nil {
				t.Errorf("%s: %v", who, err)
			}
		}
		h.calm("a worker", "forbidden", add("worker", h.ops.PersonID, "2026-04-01", "2026-04-02"))
		h.calm("another's lead", "forbidden", add("lead", h.sec.PersonID, "2026-04-01", "2026-04-02"))
		h.calm("a guest", "not_found", add("guest", h.ops.PersonID, "2026-04-01", "2026-04-02"))
		h.calm("absent", "not_found", add("admin", "per_0000000000000000", "2026-04-01", "2026-04-02"))
		h.calm("backwards", "invalid", add("admin", h.ops.PersonID, "2026-04-02", "2026-04-01"))
		h.calm("past", "invalid", add("admin", h.ops.PersonID, "2026-01-02", "2026-01-03"))
		h.calm("no day", "invalid", add("admin", h.ops.PersonID, "now", "2026-04-01"))
		h.calm("no leave", "not_found", func() error { return h.liaison.Unleave(mine, h.ops.PersonID, "lve_0000000000000000") })
		if err := h.liaison.Unleave(mine, h.ops.PersonID, a.ID); err != nil {
			t.Fatal(err)
		}
		l := must[liaison.LeavesOf](t)(h.liaison.Leaves(h.as("member"), h.ops.PersonID))
		if len(l.Items) != 3 || l.CanChange {
			t.Errorf("%+v", l)
		}
	})
}

// The record holds what a change changed, each field before and after, by whom and why; without a reason, or where
// nothing changes, there is no line.
func TestPattern_TheRecordSaysWhatChanged(t *testing.T) {
	shifts := func(all ...[3]string) (out []liaison.Shift) {
		for _, s := range all {
			out = append(out, liaison.Shift{Field: s[0], From: s[1], To: s[2]})
		}
		return out
	}
	each(t, func(t *testing.T, h *house) {
		turn := func() (last liaison.Turn, n int) {
			t.Helper()
			of := must[liaison.OfTeam](t)(h.liaison.Of(h.as("member"), h.Team))
			return of.History[0], len(of.History)
		}
		v := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID,
			Share: ptr(0.25), ResponseDays: 2, ReviewOn: "2026-06-01", ExitCriteria: "Skill 2", Purpose: "The sale", Why: "A launch in May",
			Rituals: []calendar.NewAgreement{{Kind: calendar.Standup, Weekdays: []int{4, 1}}, {Kind: calendar.Retro, Every: 2}}}))
		if l, _ := turn(); l.Type != "pattern.set" || l.Why != "A launch in May" || l.By != "lead" || l.Person != "ops" || !slices.Equal(l.Changes, shifts([3]string{"pattern", "", "liaison"},
			[3]string{"deputy", "", "bo"}, [3]string{"share", "", "0.25"}, [3]string{"responseDays", "", "2"}, [3]string{"since", "", "2026-03-02"}, [3]string{"reviewOn", "", "2026-06-01"}, [3]string{"exitCriteria", "", "Skill 2"},
			[3]string{"purpose", "", "The sale"}, [3]string{"rituals", "", "retro every 2; standup 1,4"})) {
			t.Errorf("%+v", l)
		}
		for _, c := range []struct {
			p    liaison.Patch
			want []liaison.Shift
		}{
			{liaison.Patch{Share: ptr(0.5)}, shifts([3]string{"share", "0.25", "0.5"})},
			{liaison.Patch{DeputyID: web.Some(h.sec.PersonID)}, shifts([3]string{"deputy", "bo", "sec"})},
			{liaison.Patch{DeputyID: web.Opt[string]{Set: true, Null: true}}, shifts([3]string{"deputy", "sec", ""})},
			{liaison.Patch{ResponseDays: ptr(10)}, shifts([3]string{"responseDays", "2", "10"})},
			{liaison.Patch{ReviewOn: ptr("2027-06-01")}, shifts([3]string{"reviewOn", "2026-06-01", "2027-06-01"})},
			{liaison.Patch{ExitCriteria: ptr("Two can operate it")}, shifts([3]string{"exitCriteria", "Skill 2", "Two can operate it"})},
			{liaison.Patch{Purpose: ptr("")}, shifts([3]string{"purpose", "The sale", ""})},
			{liaison.Patch{Pattern: ptr("embedded")}, shifts([3]string{"pattern", "liaison", "embedded"}, [3]string{"share", "0.5", "0.8"})},
		} {
			for _, why := range []string{"", " \n ", strings.Repeat("x", 301)} {
				c.p.Why = why
				err := func() error { _, err := h.liaison.Change(h.as("lead"), v.ID, c.p); return err }
				h.calm("without why", "invalid", err)
				if f, ok := fault.As(err()); !ok || len(f.Fields) != 1 || f.Fields[0].Location != "body.why" {
					t.Errorf("not at its field: %+v", f)
				}
			}
			c.p.Why = "Because"
			must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, c.p))
			l, n := turn()
			if l.Type != "pattern.changed" || l.Why != "Because" || !slices.Equal(l.Changes, c.want) {
				t.Errorf("%+v, wanted %+v", l, c.want)
			}
			seq := len(h.told(h.Team))
			must[liaison.View](t)(h.liaison.Change(h.as("lead"), v.ID, c.p))
			if _, again := turn(); again != n || len(h.told(h.Team)) != seq {
				t.Errorf("the same again is told: %+v", c.p)
			}
		}
		h.calm("new without why", "invalid", func() error {
			_, err := h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Discipline: "security", Pattern: "invited", PersonID: h.sec.PersonID})
			return err
		})
		must[liaison.View](t)(h.liaison.End(h.as("lead"), v.ID, "They can operate it"))
		if l, _ := turn(); !slices.Equal(l.Changes, shifts([3]string{"rituals", "retro every 2; standup 1,4", ""})) {
			t.Errorf("%+v", l)
		}
		// what was written down before that was kept is read as it was
		must[int](t)(0, store.Do(h.as("lead"), h.b.Store, []string{event.TeamTopic(h.Team)}, func(tx *store.Tx) error {
			_, err := tx.PublishAbout(event.TeamTopic(h.Team), "pattern.changed", "patterns",
				map[string]string{"id": v.ID, "personId": h.ops.PersonID, "discipline": "operations", "pattern": "liaison", "was": "invited"})
			return err
		}))
		if l, _ := turn(); l.Was != "invited" || l.Changes == nil || len(l.Changes) != 0 || l.Why != "" {
			t.Errorf("%+v", l)
		}
	})
}
