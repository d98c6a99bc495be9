package liaison

import (
	"fmt"
	"math"
	"slices"
)

// manyPeople more or fewer are no small change of mind any more.
const manyPeople = 20

// knob is one input that can be turned, in steps, as far as it matters.
type knob struct {
	input          string
	at, lo, hi, by float64
	set            func(in *Input, at int, to float64)
	say            func(to float64) string
}

func (r Rule) knobs(in *Input, at int) []knob {
	n, word := &in.Teams[at], words[in.Discipline]
	count := func(x, was float64, one, many string) string {
		if x == 1 {
			many = one
		}
		return "With " + plain(x) + " " + many + " instead of " + plain(was)
	}
	soon := 0.0
	if of(n.Launch) {
		soon = 1
	}
	ks := []knob{
		{"launch", soon, 0, 1, 1, func(in *Input, at int, to float64) { b := to == 1; in.Teams[at].Launch = &b }, func(to float64) string {
			if to == 0 {
				return "After the launch"
			}
			return "With a launch within 60 days"
		}},
		{"skill", float64(of(n.Skill)), 0, 3, 1, func(in *Input, at int, to float64) { s := int(to); in.Teams[at].Skill = &s }, func(to float64) string {
			return fmt.Sprintf("With %s skill %d of 3 in the team", word, int(to))
		}},
		{"pages", of(n.Pages), 0, max(15, of(n.Pages)), 1, func(in *Input, at int, to float64) { in.Teams[at].Pages = &to }, func(to float64) string {
			return count(to, of(n.Pages), "page a week", "pages a week")
		}},
		{"requests", of(n.Requests), 0, max(15, of(n.Requests)), 1, func(in *Input, at int, to float64) { in.Teams[at].Requests = &to }, func(to float64) string {
			return count(to, of(n.Requests), "request a week", "requests a week")
		}},
		{"criticality", float64(of(n.Criticality)), 1, 3, 1, func(in *Input, at int, to float64) { c := int(to); in.Teams[at].Criticality = &c }, func(to float64) string {
			return fmt.Sprintf("With criticality %d", int(to))
		}},
		{"people", in.People, max(0, in.People-manyPeople), in.People + manyPeople, 1, func(in *Input, _ int, to float64) { in.People = to }, func(to float64) string {
			return count(to, in.People, "person of "+in.Discipline, "people of "+in.Discipline)
		}},
		{"running", r.running(in), 0, 1, 0.05, func(in *Input, _ int, to float64) { in.Running = &to }, func(to float64) string {
			return fmt.Sprintf("With %d %% of the time for running instead of %d %%", int(math.Round(100*to)), int(math.Round(100*r.running(in))))
		}},
	}
	if in.Discipline == "security" && n.Pages == nil {
		ks = slices.DeleteFunc(ks, func(k knob) bool { return k.input == "pages" })
	}
	return ks
}

// changes turns each input by itself, up and down, until the answer for the team is another one, and keeps the first
// value at which it is. Nothing of it is written by hand.
func (r Rule) changes(in *Input, at int, now string) []Change {
	out := []Change{}
	for _, k := range r.knobs(in, at) {
		for _, way := range []float64{-1, 1} {
			for step := 1; ; step++ {
				to := k.at + way*k.by*float64(step)
				if to = math.Round(to*1e6) / 1e6; to < k.lo-tiny || to > k.hi+tiny {
					break
				}
				varied := *in
				varied.Teams = slices.Clone(in.Teams)
				k.set(&varied, at, to)
				p := r.Recommend(&varied)
				if x := p.Pattern[in.Teams[at].TeamID]; x != now {
					need := p.Need[in.Teams[at].TeamID]
					out = append(out, Change{k.input, k.at, to, x, need, k.say(to) + then(k.input, need, x)})
					break
				}
			}
		}
	}
	return out
}

// answers are what a changed answer is called.
var answers = map[string]string{Nobody: "nobody", Invited: "an invitation is enough", Liaison: "a liaison", Embedded: "somebody embedded"}

func then(input string, need float64, pattern string) string {
	if input == "people" || input == "running" {
		return ": " + answers[pattern] + "."
	}
	return fmt.Sprintf(" the need is %.1f: %s.", need, answers[pattern])
}
