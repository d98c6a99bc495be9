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
	switch r.IntN(4) {
	case 0:
		t.Pages = ptr(of(t.Pages) + float64(1+r.IntN(20)))
	case 1:
		t.Requests = ptr(of(t.Requests) + float64(1+r.IntN(20)))
	case 2:
		t.Launch = ptr(true)
	case 3:
		t.Criticality = ptr(3)
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
