package liaison

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// gate is one rule that must hold before a team gets a closer pattern.
type gate struct {
	key          string
	value, limit float64
	atMost       bool // else at least
}

func (g gate) holds() bool {
	if g.atMost {
		return g.value <= g.limit+tiny
	}
	return g.value+tiny >= g.limit
}

func allHold(gates []gate) bool {
	return !slices.ContainsFunc(gates, func(g gate) bool { return !g.holds() })
}

// taken is what a plan has given so far.
type taken struct {
	embeds, liaisons int
	left             float64
}

func heads(in *Input) int { return int(math.Ceil(in.People - tiny)) }

// gates are the rules for a team that stands one rung below a pattern to get it. A recommendation is made by them and
// explained by them, so that the two cannot part.
func (r Rule) gates(in *Input, teams int, to string, have taken) []gate {
	switch to {
	case Invited:
		return []gate{{"room", have.left, r.Invite, false}}
	case Liaison:
		return []gate{{"room", have.left, r.Liaise - r.Invite, false}, {"teams_each", float64(have.liaisons + 1), float64(r.TeamsEach * (heads(in) - have.embeds)), true}}
	}
	per := 0.0
	if teams > 0 {
		per = in.People / float64(teams)
	}
	return []gate{
		{"people", in.People, max(r.EmbedOps, math.Nextafter(1, 2)+2*tiny), false}, // one alone never is
		{"per_team", per, r.EmbedRatio, false},
		{"room", have.left, r.Embed, false},
		{"central", in.People - float64(have.embeds+1)*r.Embed, r.Central, false},
		{"teams_each", float64(have.liaisons - 1), float64(r.TeamsEach * (heads(in) - have.embeds - 1)), true},
	}
}

// below is the plan as if a team stood one rung below a pattern.
func (r Rule) below(p *Plan, now, to string) taken {
	under := ladder[rung(to)-1]
	have := taken{p.count(Embedded), p.count(Liaison), p.Left + r.cost(now) - r.cost(under)}
	for _, x := range []struct {
		pattern string
		by      int
	}{{now, -1}, {under, 1}} {
		switch x.pattern {
		case Embedded:
			have.embeds += x.by
		case Liaison:
			have.liaisons += x.by
		}
	}
	return have
}

// Check is one rule on the way to a pattern, and whether it holds.
type Check struct {
	Key    string  `json:"key" enum:"people,per_team,room,central,teams_each"`
	Label  string  `json:"label"`
	Value  float64 `json:"value"`
	Limit  float64 `json:"limit"`
	AtMost bool    `json:"atMost" doc:"The limit is the most; else the least"`
	Holds  bool    `json:"holds"`
}

// checks are the rules for what a team's need asks for; where it got less, for the next pattern, and why it did not get it.
func (r Rule) checks(in *Input, p *Plan, team string) (to string, out []Check, why string) {
	now, fits := p.Pattern[team], r.band(p.Need[team])
	to = ladder[min(rung(now)+1, rung(fits))]
	out = []Check{}
	if to == Nobody {
		return to, out, ""
	}
	for _, g := range r.gates(in, len(p.Need), to, r.below(p, now, to)) {
		limit := g.limit
		if g.key == "people" {
			limit = max(r.EmbedOps, 1)
		}
		out = append(out, Check{g.key, r.gateLabel(g.key, to, in), g.value, limit, g.atMost, g.holds()})
		if why == "" && now != to && !g.holds() {
			why = r.gateSentence(g, to)
		}
	}
	return to, out, why
}

func (r Rule) gateLabel(key, to string, in *Input) string {
	switch key {
	case "people":
		return "People of " + cmp.Or(in.Discipline, "the discipline")
	case "per_team":
		return "People per team"
	case "room":
		return "People left over for it"
	case "central":
		return "People with no team, once one more is embedded"
	}
	if to == Embedded {
		return fmt.Sprintf("Other teams with a liaison, %d for each who is not embedded", r.TeamsEach)
	}
	return fmt.Sprintf("Teams with a liaison, %d for each person", r.TeamsEach)
}

func (r Rule) gateSentence(g gate, to string) string {
	switch g.key {
	case "people":
		return fmt.Sprintf("Nobody is embedded below %s people, and there %s.", plain(max(r.EmbedOps, 1)), are(g.value))
	case "per_team":
		return fmt.Sprintf("Nobody is embedded below %s people per team, and there %s.", plain(g.limit), are(short(g.value)))
	case "room":
		left := plain(short(g.value)) + " is left over."
		switch to {
		case Invited:
			return "An invitation takes " + plain(g.limit) + " of a person, and " + left
		case Liaison:
			return "A liaison takes " + plain(g.limit) + " of a person more than an invitation, and " + left
		}
		return "Embedding takes " + plain(g.limit) + " of a person, and " + left
	case "central":
		return fmt.Sprintf("%s with no team, and with one more embedded it would be %s.", stay(g.limit), plain(short(g.value)))
	}
	return fmt.Sprintf("One person is liaison of at most %d teams, and all %s places are taken.", r.TeamsEach, plain(max(g.limit, 0)))
}

// short is what there is where it does not suffice: rounded down, so that 0.797 does not read as the 0.8 that is asked for.
func short(x float64) float64 { return max(math.Floor(100*x+tiny)/100, 0) }

func are(n float64) string {
	if n == 1 {
		return "is 1"
	}
	return "are " + plain(n)
}

func stay(n float64) string {
	if n == 1 {
		return "One person stays"
	}
	return plain(n) + " people stay"
}
