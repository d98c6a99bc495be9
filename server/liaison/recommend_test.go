package liaison

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func ptr[T any](v T) *T { return &v }

// needing makes teams of which each needs so much: what criticality does not give, pages, requests and a launch do.
func needing(needs ...float64) (out []Needs) {
	for i, n := range needs {
		t := Needs{TeamID: fmt.Sprintf("t%02d", i), Criticality: ptr(1), Launch: ptr(false), Skill: ptr(0)}
		rest := n - 2
		for rest >= 2 && *t.Criticality < 3 {
			*t.Criticality, rest = *t.Criticality+1, rest-2
		}
		if rest >= 2 {
			*t.Launch, rest = true, rest-2
		}
		t.Pages = ptr(5 * min(rest, 3))
		t.Requests = ptr(5 * (rest - min(rest, 3)))
		if got := t.need(); math.Abs(got-n) > tiny {
			panic(fmt.Sprintf("needs %v, wanted %v", got, n))
		}
		out = append(out, t)
	}
	return out
}

func many(n int, need float64) []float64 { return slices.Repeat([]float64{need}, n) }

func codes(p *Plan) (out []string) {
	for _, a := range p.Advice {
		out = append(out, a.Code)
	}
	return out
}

// The cases of the design, which were computed when the rule was made, and the question of source 001: one operations
// person and four teams, who can embed nobody.
func TestRecommend_Cases(t *testing.T) {
	for _, c := range []struct {
		name                        string
		people                      float64
		running                     *float64
		needs                       []float64
		embedded, liaisons, invited int
		left                        float64
		advice                      []string
	}{
		{"source 001: one for four teams is liaison of each, and embedded in none", 1, nil, many(4, 4), 0, 4, 0, 0, []string{"one_person"}},
		{"half of the time goes into running: two liaisons, two invitations", 1, ptr(0.5), many(4, 4), 0, 2, 2, 0.04, []string{"one_person", "platform_first", "running"}},
		{"six for eight teams, three of them in need: three embedded", 6, nil, []float64{9, 8.5, 8, 5, 5, 4, 4, 3}, 3, 5, 0, 1.4, nil},
		{"two for thirty teams: four liaisons, and a platform first", 2, nil, many(30, 4), 0, 4, 26, 0.02, []string{"platform_first"}},
		{"four for five teams", 4, nil, []float64{12, 9, 6, 4, 3}, 2, 3, 0, 1.0, nil},
		{"nobody", 0, nil, many(2, 4), 0, 0, 0, 0, []string{"nobody", "platform_first"}},
		{"one for forty: not even an invitation for all", 1, nil, many(40, 2), 0, 0, 26, 0.02, []string{"one_person", "platform_first"}},
		{"one never embeds, however much one team needs", 1, ptr(0.0), []float64{14}, 0, 1, 0, 0.8, []string{"one_person", "platform_first"}},
		{"two never embed either", 2, ptr(0.0), []float64{14}, 0, 1, 0, 1.8, []string{"platform_first"}},
		{"one of three stays with no team, though there is room for a third", 3, ptr(0.0), many(3, 13), 2, 1, 0, 1.2, []string{"platform_first"}},
		{"half a person per team is enough", 3, ptr(0.0), append(many(1, 13), many(5, 3)...), 1, 5, 0, 1.2, nil},
		{"less than half a person per team embeds nobody", 3, ptr(0.0), append(many(1, 13), many(6, 3)...), 0, 7, 0, 1.6, []string{"platform_first"}},
		{"three are enough to embed", 3, ptr(0.0), many(1, 13), 1, 0, 0, 2.2, nil},
		{"two are not, however few the teams", 2, ptr(0.0), many(1, 13), 0, 1, 0, 1.8, []string{"platform_first"}},
		{"liaison of four teams each, though there is room for a ninth", 2, ptr(0.0), many(9, 4), 0, 8, 1, 0.37, nil},
		{"who is embedded is liaison of none: the two others are full", 6, ptr(0.0), many(12, 13), 4, 8, 0, 1.2, []string{"platform_first"}},
		{"below 8 nobody is embedded", 4, ptr(0.0), many(2, 7.9), 0, 2, 0, 3.6, nil},
		{"below 3 there is no liaison", 4, ptr(0.0), many(2, 2.9), 0, 0, 2, 3.94, nil},
		{"one person for ten teams is not few", 2, nil, many(20, 2), 0, 0, 20, 1.0, nil},
		{"one for more than ten is, though nobody lacks anything", 2, nil, many(21, 2), 0, 0, 21, 0.97, []string{"platform_first"}},
		{"three tenths of the need unmet are borne", 1, ptr(0.0), append(many(4, 7), many(3, 4)...), 0, 4, 3, 0.11, []string{"one_person"}},
		{"more are not", 1, ptr(0.0), append(many(4, 6.9), many(3, 4)...), 0, 4, 3, 0.11, []string{"one_person", "platform_first"}},
		{"no teams", 3, nil, nil, 0, 0, 0, 2.4, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := &Input{Discipline: "operations", People: c.people, Running: c.running, Teams: needing(c.needs...)}
			p := Default.Recommend(in)
			if p.count(Embedded) != c.embedded || p.count(Liaison) != c.liaisons || p.count(Invited) != c.invited {
				t.Errorf("%d embedded, %d liaisons, %d invited; wanted %d, %d, %d", p.count(Embedded), p.count(Liaison), p.count(Invited), c.embedded, c.liaisons, c.invited)
			}
			if math.Abs(p.Left-c.left) > tiny {
				t.Errorf("%v left, wanted %v", p.Left, c.left)
			}
			if !slices.Equal(codes(&p), c.advice) {
				t.Errorf("advice %v, wanted %v", codes(&p), c.advice)
			}
			for i := range in.Teams { // the neediest are served first
				if i > 0 && rung(p.Pattern[in.Teams[i].TeamID]) > rung(p.Pattern[in.Teams[i-1].TeamID]) {
					t.Errorf("team %d has %s, the needier one before it %s", i, p.Pattern[in.Teams[i].TeamID], p.Pattern[in.Teams[i-1].TeamID])
				}
			}
		})
	}
}

// What each input adds to a need, and how far.
func TestNeed_EachInput(t *testing.T) {
	for what, c := range map[string]struct {
		n    Needs
		want float64
	}{
		"nothing known":        {Needs{}, 0},
		"criticality, times 2": {Needs{Criticality: ptr(3)}, 6},
		"a fifth of pages":     {Needs{Pages: ptr(4.0)}, 0.8},
		"pages, at most 3":     {Needs{Pages: ptr(100.0)}, 3},
		"a fifth of requests":  {Needs{Requests: ptr(7.5)}, 1.5},
		"requests, at most 3":  {Needs{Requests: ptr(100.0)}, 3},
		"a launch":             {Needs{Launch: ptr(true)}, 2},
		"no launch":            {Needs{Launch: ptr(false)}, 0},
		"own skill":            {Needs{Skill: ptr(3)}, -3},
		"the most":             {Needs{Criticality: ptr(3), Pages: ptr(99.0), Requests: ptr(99.0), Launch: ptr(true), Skill: ptr(0)}, 14},
	} {
		if got := c.n.need(); math.Abs(got-c.want) > tiny {
			t.Errorf("%s: %v, wanted %v", what, got, c.want)
		}
	}
}

// Where a team gets less than its need asks for, the sentence names a rule that does not hold, and the sum shows it.
func TestExplain_SaysWhyItGotLess(t *testing.T) {
	for _, c := range []struct {
		name    string
		people  float64
		running float64
		needs   []float64
		about   string
		next    string
		fails   []string
		short   string
	}{
		{"three people are needed, and there is room", 2, 0.2, many(1, 12), "t00", Embedded, []string{"people"}, "Nobody is embedded below 3 people, and there are 2."},
		{"one alone", 1, 0, many(1, 12), "t00", Embedded, []string{"people", "central"}, "Nobody is embedded below 3 people, and there is 1."},
		{"half a person per team", 3, 0, append(many(1, 13), many(6, 3)...), "t00", Embedded, []string{"per_team"}, "Nobody is embedded below 0.5 people per team, and there are 0.42."},
		{"no room", 4, 0.5, []float64{12, 9, 6, 4, 3}, "t01", Embedded, []string{"room"}, "Embedding takes 0.8 of a person, and 0.4 is left over."},
		{"one stays with no team", 3, 0, many(3, 13), "t02", Embedded, []string{"central"}, "One person stays with no team, and with one more embedded it would be 0.6."},
		{"no room for a liaison", 1, 0.5, many(4, 4), "t03", Liaison, []string{"room"}, "A liaison takes 0.17 of a person more than an invitation, and 0.04 is left over."},
		{"four teams each", 2, 0, many(9, 4), "t08", Liaison, []string{"teams_each"}, "One person is liaison of at most 4 teams, and all 8 places are taken."},
		{"no room for an invitation", 1, 0.99, many(1, 4), "t00", Invited, []string{"room"}, "An invitation takes 0.03 of a person, and 0.01 is left over."},
		{"all it needs", 4, 0, many(2, 13), "t00", Embedded, nil, ""},
		{"a liaison is all it needs", 4, 0, many(2, 4), "t00", Liaison, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := Default.Explain(&Input{Discipline: "operations", People: c.people, Running: &c.running, Teams: needing(c.needs...)}, c.about)
			var fails []string
			for _, x := range e.Rules {
				if !x.Holds {
					fails = append(fails, x.Key)
				}
			}
			if e.Short != c.short || !slices.Equal(fails, c.fails) || e.Next != c.next || (c.short == "") != (e.Pattern == e.Fits) {
				t.Errorf("%q, of %s failing %v: %+v", e.Short, e.Next, fails, e)
			}
			if e.NextBest != nil && rung(e.NextBest.Pattern) > rung(e.Pattern) && c.short != "" {
				t.Errorf("what is refused is the next best: %+v", e.NextBest)
			}
		})
	}
}

// The picture that the page was drawn from: eight teams, four people, 30 % for running.
func drawn() *Input {
	team := func(id string, c int, p, q float64, l bool, s int) Needs {
		return Needs{TeamID: id, Criticality: &c, Pages: &p, Requests: &q, Launch: &l, Skill: &s}
	}
	return &Input{Discipline: "operations", People: 4, Running: ptr(0.3), Teams: []Needs{
		team("Checkout", 3, 6, 7, true, 1), team("Fulfilment", 3, 5, 6, true, 1), team("Listings", 2, 1, 5, true, 0), team("Search", 2, 4, 5, true, 1),
		team("Identity", 3, 2, 3, false, 2), team("Data", 2, 2, 4, false, 1), team("Back office", 1, 1, 2, false, 0), team("Mobile", 1, 0, 1, false, 0)}}
}

func TestExplain_PrintsEveryLine(t *testing.T) {
	e, ok := Default.Explain(drawn(), "Checkout")
	if !ok || e.Pattern != Embedded || e.Fits != Embedded {
		t.Fatalf("%+v", e)
	}
	show := func(lines []Line) (out []string) {
		for _, l := range lines {
			out = append(out, fmt.Sprintf("%s: %.2f", l.Label, l.Value))
		}
		return out
	}
	want := []string{"Criticality 3, times 2: 6.00", "6 pages a week, over 5: 1.20", "7 ops requests a week, over 5: 1.40", "Launch within 60 days: 2.00",
		"Own ops skill 1 of 3: -1.00", "Need, embed from 8, liaison from 3: 9.60"}
	if got := show(e.Need); !slices.Equal(got, want) {
		t.Errorf("need\n%s", strings.Join(got, "\n"))
	}
	want = []string{"4 people, less 30 % for running: 2.80", "2 embedded at 0.8: -1.60", "4 liaisons at 0.2: -0.80", "2 invited at 0.03: -0.06", "People left over: 0.34"}
	if got := show(e.Room); !slices.Equal(got, want) {
		t.Errorf("room\n%s", strings.Join(got, "\n"))
	}
	if e.NextBest == nil || e.NextBest.Pattern != Liaison || e.NextBest.Text != "Give it a liaison: it gives back 0.6 of a person." {
		t.Errorf("next best %+v", e.NextBest)
	}
	if i := slices.IndexFunc(e.Changes, func(c Change) bool { return c.Input == "launch" }); i < 0 || e.Changes[i].Text != "After the launch the need is 7.6: a liaison." {
		t.Errorf("changes %+v", e.Changes)
	}
}

// What is said to change the answer does, and one step less does not.
func TestExplain_ChangesAreTheSmallest(t *testing.T) {
	in := drawn()
	for i := range in.Teams {
		e, _ := Default.Explain(in, in.Teams[i].TeamID)
		for _, c := range e.Changes {
			for _, k := range Default.knobs(in, i) {
				if k.input != c.Input {
					continue
				}
				back := math.Copysign(k.by, c.From-c.To)
				for _, at := range []struct {
					value float64
					same  bool
				}{{c.To, false}, {c.To + back, true}} {
					varied := *in
					varied.Teams = slices.Clone(in.Teams)
					k.set(&varied, i, at.value)
					if p := Default.Recommend(&varied); (p.Pattern[e.TeamID] == e.Pattern) != at.same {
						t.Errorf("%s, %s %v → %v: at %v it is %s, now %s", e.TeamID, c.Input, c.From, c.To, at.value, p.Pattern[e.TeamID], e.Pattern)
					}
				}
			}
		}
	}
	if !reflect.DeepEqual(in, drawn()) {
		t.Error("the input was changed by asking")
	}
}

func TestExplain_UnknownIsSaidAndCountsNothing(t *testing.T) {
	in := &Input{Discipline: "operations", People: 2, Teams: []Needs{{TeamID: "a"}}}
	e, _ := Default.Explain(in, "a")
	for _, l := range e.Need[:5] {
		if !l.Unknown || l.Value != 0 || !strings.Contains(l.Label, "unknown, counted as 0") {
			t.Errorf("%+v", l)
		}
	}
	if e.Need[5].Value != 0 || e.Pattern != Invited || !e.Room[0].Unknown || e.Room[0].Value != 1.6 {
		t.Errorf("%+v", e)
	}
	if _, ok := Default.Explain(in, "b"); ok {
		t.Error("a team that is not there was explained")
	}
	if e, _ := Default.Explain(&Input{Discipline: "security", People: 1, Teams: in.Teams}, "a"); len(e.Need) != 5 || e.Need[1].Label != "Security requests a week unknown, counted as 0" {
		t.Errorf("security is not paged: %+v", e.Need)
	}
}

// made is an input of chance, with unknowns, from two numbers.
func made(a, b uint64) *Input {
	r := rand.New(rand.NewPCG(a, b))
	in := &Input{Discipline: "operations", People: float64(r.IntN(60)) / 4}
	if r.IntN(4) > 0 {
		in.Running = ptr(float64(r.IntN(21)) / 20)
	}
	for i := range r.IntN(24) {
		t := Needs{TeamID: fmt.Sprintf("t%02d", i)}
		if r.IntN(5) > 0 {
			t.Criticality = ptr(1 + r.IntN(3))
		}
		if r.IntN(5) > 0 {
			t.Pages = ptr(float64(r.IntN(80)) / 4)
		}
		if r.IntN(5) > 0 {
			t.Requests = ptr(float64(r.IntN(80)) / 4)
		}
		if r.IntN(5) > 0 {
			t.Launch = ptr(r.IntN(2) == 1)
		}
		if r.IntN(5) > 0 {
			t.Skill = ptr(r.IntN(4))
		}
		in.Teams = append(in.Teams, t)
	}
	return in
}

// holds says what a recommendation promises of every input, or "".
func holds(in *Input, b uint64) string {
	p := Default.Recommend(in)
	spent := float64(p.count(Invited))*Default.Invite + float64(p.count(Liaison))*Default.Liaise + float64(p.count(Embedded))*Default.Embed
	heads := int(math.Ceil(in.People - tiny))
	switch {
	case spent > p.Capacity+tiny*100:
		return fmt.Sprintf("%v of %v is spent", spent, p.Capacity)
	case math.Abs(p.Capacity-spent-p.Left) > 1e-6:
		return fmt.Sprintf("%v - %v is not %v", p.Capacity, spent, p.Left)
	case in.People <= 1 && p.count(Embedded) > 0:
		return "one person is embedded"
	case p.count(Liaison) > Default.TeamsEach*(heads-p.count(Embedded)):
		return fmt.Sprintf("%d liaison teams for %d people, %d of them embedded", p.count(Liaison), heads, p.count(Embedded))
	case p.count(Embedded) > 0 && in.People-float64(p.count(Embedded))*Default.Embed < Default.Central-tiny:
		return "nobody stays with no team"
	case len(p.Pattern) != len(in.Teams):
		return "a team has no answer"
	}
	for i := range in.Teams { // what is said of it agrees with what is done
		id := in.Teams[i].TeamID
		_, rules, short := Default.checks(in, &p, id)
		less := rung(p.Pattern[id]) < rung(Default.band(p.Need[id]))
		held := !slices.ContainsFunc(rules, func(c Check) bool { return !c.Holds })
		if less == held || less != (short != "") {
			return fmt.Sprintf("%s has %s, less than it needs: %v, and %q is said of %+v", id, p.Pattern[id], less, short, rules)
		}
	}
	shuffled := *in
	shuffled.Teams = slices.Clone(in.Teams)
	r := rand.New(rand.NewPCG(b, 1))
	r.Shuffle(len(shuffled.Teams), func(i, j int) { shuffled.Teams[i], shuffled.Teams[j] = shuffled.Teams[j], shuffled.Teams[i] })
	if again := Default.Recommend(&shuffled); !reflect.DeepEqual(again.Pattern, p.Pattern) {
		return "in another order it answers otherwise"
	}
	if len(in.Teams) == 0 {
		return ""
	}
	needier := *in // whoever needs more never gets less
	needier.Teams = slices.Clone(in.Teams)
	i := r.IntN(len(in.Teams))
	t := &needier.Teams[i]
	switch r.IntN(5) {
	case 0:
		t.Pages = ptr(of(t.Pages) + float64(1+r.IntN(20)))
	case 1:
		t.Requests = ptr(of(t.Requests) + float64(1+r.IntN(20)))
	case 2:
		t.Launch = ptr(true)
	case 3:
		t.Criticality = ptr(3)
	case 4:
		t.Skill = ptr(r.IntN(of(t.Skill) + 1)) // it can do less by itself
	}
	if more := Default.Recommend(&needier); rung(more.Pattern[t.TeamID]) < rung(p.Pattern[t.TeamID]) {
		return fmt.Sprintf("with more need %s became %s", p.Pattern[t.TeamID], more.Pattern[t.TeamID])
	}
	return ""
}

func TestRecommend_Properties(t *testing.T) {
	n := 20_000
	for b := range uint64(n) {
		if why := holds(made(5, b), b); why != "" {
			t.Fatalf("history %d: %s", b, why)
		}
	}
	t.Logf("%d inputs", n)
}

func FuzzRecommend(f *testing.F) {
	f.Add(uint64(1), uint64(1))
	f.Add(uint64(5), uint64(77))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		in := made(a, b)
		if why := holds(in, b); why != "" {
			t.Fatal(why)
		}
		for i := range in.Teams {
			if e, ok := Default.Explain(in, in.Teams[i].TeamID); !ok || e.Pattern == "" {
				t.Fatalf("%+v", e)
			}
		}
	})
}

func BenchmarkExplain(b *testing.B) {
	in := &Input{Discipline: "operations", People: 6, Teams: needing(many(30, 5)...)}
	for b.Loop() {
		Default.Explain(in, "t03")
	}
}
