package standup_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/standup"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// turns are the names of those who have a turn, in their order.
func turns(v standup.View) (out []string) {
	for _, p := range v.Meeting.Steps {
		if p.Person != nil {
			out = append(out, p.Person.Name)
		}
	}
	return out
}

func sorted(in []string) []string { in = slices.Clone(in); slices.Sort(in); return in }

func TestRound_EverybodyOnceInAnOrderThatIsKept(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		mode := standup.RoundRobin
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		other := "talk"
		h.calm("another mode", "invalid", func() error {
			_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{Mode: &other})
			return err
		})
		if v := must[standup.View](t)(h.standups.Change(h.as(h.lead), id, standup.Patch{Mode: &mode})); v.Series.Mode != mode {
			t.Fatalf("series %+v", v.Series)
		}
		now := b.Clock.Now()
		manager := trestletest.Person(t, b.Store, "ivo", who.Manager) // sees every board, is in no team
		outside := h.person("una", "")                                // does not see this board
		bridge := h.person("kim", "")
		trestletest.Liaise(t, b.Store, h.team, bridge)
		h.person("vic", "viewer")
		for role, v := range map[string]who.Viewer{standup.Primary: manager, standup.Secondary: h.worker} {
			must[standup.Roster](t)(h.standups.AddShift(h.as(h.lead), h.team, standup.NewShift{Role: role, PersonID: v.PersonID, From: now, To: now.Add(time.Hour)}))
		}
		c := h.card(1, card.NewCard{Title: "A"})
		v := h.start()
		drawn := turns(v)
		if got := sorted(drawn); !slices.Equal(got, []string{"ana", "bo", "ivo", "kim"}) {
			t.Fatalf("in the round: %v", got)
		}
		steps := v.Meeting.Steps
		if steps[0].Kind != "brief" || steps[len(steps)-1].Kind != "anything" || len(v.Meeting.Healthy) != 0 || v.Meeting.Mode != mode {
			t.Errorf("steps %+v", steps)
		}
		b.Clock.Advance(time.Minute)
		v = must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 0, 1, false))
		if at := v.Meeting.Steps[1].ShownAt; at == nil || !at.Equal(b.Clock.Now()) {
			t.Errorf("a turn began at %v", at)
		}
		// pass to the last one: the others keep their order
		last := v.Meeting.Steps[4].Person
		v = must[standup.View](t)(h.standups.Pass(h.as(h.lead), id, 1, last.ID))
		if got := turns(v); v.Meeting.At != 2 || !slices.Equal(got, []string{drawn[0], drawn[3], drawn[1], drawn[2]}) {
			t.Errorf("passed: at %d, %v after %v", v.Meeting.At, got, drawn)
		}
		if seq := v.Seq; must[standup.View](t)(h.standups.Pass(h.as(h.lead), id, 1, last.ID)).Seq != seq {
			t.Error("passed twice by two remotes")
		}
		// somebody who is not in it, and somebody who had their turn
		v = must[standup.View](t)(h.standups.Pass(h.as(h.worker), id, 2, drawnID(v, drawn[0])))
		if got := turns(v); v.Meeting.At != 3 || !slices.Equal(got, []string{drawn[0], drawn[3], drawn[0], drawn[1], drawn[2]}) {
			t.Errorf("passed back: at %d, %v", v.Meeting.At, got)
		}
		for i, p := range v.Meeting.Steps {
			if p.N != i || (p.Person != nil && (p.ShownAt != nil) != (i == 3)) {
				t.Errorf("step %d is %+v", i, p)
			}
		}
		h.calm("to somebody who does not see the board", "invalid", func() error {
			_, err := h.standups.Pass(h.as(h.lead), id, 3, outside.PersonID)
			return err
		})
		v = must[standup.View](t)(h.standups.Help(h.as(h.lead), id, c.ID, h.worker.PersonID))
		if len(v.Meeting.Helping) != 1 || v.Meeting.Helping[0].CardID != c.ID || !slices.Equal(names(v.Meeting.Helping[0].People), []string{"bo"}) {
			t.Errorf("helping %+v", v.Meeting.Helping)
		}
		// of nobody it is kept when they spoke
		if n := h.count("SELECT COUNT(DISTINCT shown_at) FROM standup_steps WHERE kind = 'person' AND shown_at IS NOT NULL"); n != 1 {
			t.Errorf("%d different times are kept of turns", n)
		}
		meeting := v.Meeting.ID
		must[standup.View](t)(h.standups.End(h.as(h.lead), id))
		words := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.lead), meeting)).Markdown
		if !strings.Contains(words, "## In the round\n\n"+strings.Join(sorted([]string{drawn[0], drawn[3]}), ", ")+"\n") || strings.Contains(words, "0 cards") {
			t.Errorf("summary:\n%s", words)
		}
		past := must[[]standup.Past](t)(h.standups.Meetings(h.as(h.lead), id))
		if len(past) != 1 || past[0].Mode != mode || past[0].Helped != 1 {
			t.Errorf("past %+v", past)
		}
	})
}

// Who is on call has a turn in any case: by name when they have no account, or do not see the board.
func TestRound_WhoIsOnCallByNameHasATurn(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		mode, now := standup.RoundRobin, b.Clock.Now()
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		must[standup.View](t)(h.standups.Change(h.as(h.lead), id, standup.Patch{Mode: &mode}))
		for role, n := range map[string]standup.NewShift{standup.Primary: {Name: "The vendor"}, standup.Secondary: {PersonID: h.person("una", "").PersonID},
			standup.IncidentManager: {Name: "The vendor"}} {
			n.Role, n.From, n.To = role, now, now.Add(time.Hour)
			must[standup.Roster](t)(h.standups.AddShift(h.as(h.lead), h.team, n))
		}
		v := h.start()
		if got := sorted(turns(v)); !slices.Equal(got, []string{"The vendor", "ana", "bo", "una"}) {
			t.Fatalf("in the round: %v", got)
		}
		for i := range v.Meeting.Steps[1:] {
			v = must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, i, i+1, false))
			if p := v.Meeting.Steps[i+1]; p.Person != nil && (p.Person.ID == "") != slices.Contains([]string{"The vendor", "una"}, p.Person.Name) {
				t.Errorf("turn of %+v", p.Person)
			}
		}
		if i := slices.Index(turns(v), "ana"); i < 0 || must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 5, i+1, false)).Meeting.Steps[i+1].Person.Name != "ana" {
			t.Error("the order is lost")
		}
		words := must[standup.Summary](t)(h.standups.SummaryOf(h.as(h.lead), v.Meeting.ID)).Markdown
		if !strings.Contains(words, "## In the round\n\nThe vendor, ana, bo, una\n") || !strings.Contains(words, "on call: The vendor (first), una (second, not here), The vendor (incident manager)") {
			t.Errorf("summary:\n%s", words)
		}
	})
}

func drawnID(v standup.View, name string) string {
	for _, p := range v.Meeting.Steps {
		if p.Person != nil && p.Person.Name == name {
			return p.Person.ID
		}
	}
	return ""
}

func TestRound_AWalkPassesToNobody(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.card(1, card.NewCard{Title: "A"})
		id := h.start().Series.ID
		h.calm("a walk", "not_a_round", func() error {
			_, err := h.standups.Pass(h.as(h.worker), id, 0, h.lead.PersonID)
			return err
		})
		h.calm("a viewer", "forbidden", func() error {
			_, err := h.standups.Pass(h.as(h.person("vic", "viewer")), id, 0, h.lead.PersonID)
			return err
		})
	})
}
