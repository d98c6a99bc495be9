package liaison

import (
	"cmp"
	"slices"
)

// Patterns, by how close the seat is to the team's table. Nobody is the lack of one.
const (
	Nobody   = "nobody"
	Invited  = "invited"
	Liaison  = "liaison"
	Embedded = "embedded"
)

// ladder is the patterns from the loosest to the closest.
var ladder = []string{Nobody, Invited, Liaison, Embedded}

func rung(pattern string) int { return slices.Index(ladder, pattern) }

// tiny is how far two sums may be apart and still be the same: one person for four teams lands exactly on capacity.
const tiny = 1e-9

// Rule is the constants of a recommendation: judgement, not measurement, and therefore in one place.
type Rule struct {
	Embed, Liaise, Invite float64 // what a pattern takes of a person
	EmbedFrom, LiaiseFrom float64 // from which need on a pattern fits
	TeamsEach             int     // liaison of at most so many teams
	EmbedOps, EmbedRatio  float64 // from how many people, and people per team, embedding is thought of
	Central               float64 // people that stay with no team
	Running               float64 // share of time that running takes when nobody has said
	MuchRunning           float64 // from which share on running is what to change first
	UnmetShare, FewOps    float64 // beyond, and below, which a platform comes first
}

// Default is the rule as it was designed and its cases computed.
var Default = Rule{
	Embed: 0.8, Liaise: 0.2, Invite: 0.03, EmbedFrom: 8, LiaiseFrom: 3, TeamsEach: 4, EmbedOps: 3, EmbedRatio: 0.5, Central: 1,
	Running: 0.2, MuchRunning: 0.5, UnmetShare: 0.3, FewOps: 0.1,
}

// Needs is what a recommendation wants to know of a team. What is unknown is counted as 0, and said.
type Needs struct {
	TeamID      string   `json:"teamId" minLength:"1" maxLength:"64"`
	Criticality *int     `json:"criticality,omitempty" required:"false" minimum:"1" maximum:"3" doc:"1 experimental, 2 standard, 3 critical"`
	Pages       *float64 `json:"pages,omitempty" required:"false" minimum:"0" maximum:"1000" doc:"A week"`
	Requests    *float64 `json:"requests,omitempty" required:"false" minimum:"0" maximum:"1000" doc:"To the discipline, a week"`
	Launch      *bool    `json:"launch,omitempty" required:"false" doc:"One within 60 days"`
	Skill       *int     `json:"skill,omitempty" required:"false" minimum:"0" maximum:"3" doc:"How much of it the team can do by itself"`
}

// Input is everything that a recommendation is made from.
type Input struct {
	Discipline string   `json:"discipline" enum:"operations,security"`
	People     float64  `json:"people" minimum:"0" maximum:"1000" doc:"Of the discipline, in full weeks"`
	Running    *float64 `json:"running,omitempty" required:"false" minimum:"0" maximum:"1" doc:"Share of their time that running and on call take; absent: 0.2"`
	Teams      []Needs  `json:"teams" maxItems:"200"`
}

// Plan is which pattern fits which team.
type Plan struct {
	Capacity float64           // people, less what running takes
	Left     float64           // of it, when every team has its pattern
	Pattern  map[string]string // by team
	Need     map[string]float64
	Advice   []Advice
}

// Advice is what a plan says beside the patterns.
type Advice struct {
	Code string `json:"code" enum:"nobody,one_person,platform_first,running"`
	Text string `json:"text"`
}

// need is how much a team wants somebody: from -3, which needs nobody, to 14.
func (n *Needs) need() float64 {
	sum := 2*float64(of(n.Criticality)) + weekly(n.Pages) + weekly(n.Requests) - float64(of(n.Skill))
	if of(n.Launch) {
		sum += 2
	}
	return sum
}

// weekly is what so many a week add: a fifth of them, at most 3.
func weekly(a *float64) float64 { return min(max(of(a), 0)/5, 3) }

func of[T any](known *T) (v T) {
	if known != nil {
		v = *known
	}
	return v
}

// band is the pattern that a need asks for, whether or not there is room.
func (r Rule) band(need float64) string {
	switch {
	case need+tiny >= r.EmbedFrom:
		return Embedded
	case need+tiny >= r.LiaiseFrom:
		return Liaison
	}
	return Invited
}

func (r Rule) cost(pattern string) float64 {
	switch pattern {
	case Invited:
		return r.Invite
	case Liaison:
		return r.Liaise
	case Embedded:
		return r.Embed
	}
	return 0
}

func (r Rule) running(in *Input) float64 {
	if in.Running == nil {
		return r.Running
	}
	return min(max(*in.Running, 0), 1)
}

// Recommend says which pattern fits which team: everybody is invited, then the neediest get a liaison, then those who
// need one most somebody of their own, as far as people reach.
func (r Rule) Recommend(in *Input) Plan {
	p := Plan{Capacity: in.People * (1 - r.running(in)), Pattern: make(map[string]string, len(in.Teams)), Need: make(map[string]float64, len(in.Teams))}
	p.Left = p.Capacity
	order := make([]string, len(in.Teams))
	for i := range in.Teams {
		order[i] = in.Teams[i].TeamID
		p.Need[order[i]], p.Pattern[order[i]] = in.Teams[i].need(), Nobody
	}
	slices.SortFunc(order, func(a, b string) int { return cmp.Or(cmp.Compare(p.Need[b], p.Need[a]), cmp.Compare(a, b)) })
	order = slices.Compact(order)
	give := func(team, pattern string) {
		p.Left += r.cost(p.Pattern[team]) - r.cost(pattern)
		p.Pattern[team] = pattern
	}
	for _, t := range order {
		if allHold(r.gates(in, len(order), Invited, taken{left: p.Left})) {
			give(t, Invited)
		}
	}
	liaisons, embeds := 0, 0
	for _, t := range order {
		if p.Pattern[t] == Invited && p.Need[t]+tiny >= r.LiaiseFrom && allHold(r.gates(in, len(order), Liaison, taken{embeds, liaisons, p.Left})) {
			give(t, Liaison)
			liaisons++
		}
	}
	for _, t := range order {
		if p.Pattern[t] == Liaison && p.Need[t]+tiny >= r.EmbedFrom && allHold(r.gates(in, len(order), Embedded, taken{embeds, liaisons, p.Left})) {
			give(t, Embedded)
			embeds, liaisons = embeds+1, liaisons-1
		}
	}
	p.Advice = r.advise(in, &p)
	return p
}

// count is how many teams have a pattern.
func (p *Plan) count(pattern string) (n int) {
	for _, x := range p.Pattern {
		if x == pattern {
			n++
		}
	}
	return n
}

func (r Rule) advise(in *Input, p *Plan) []Advice {
	out := []Advice{}
	var unmet, total float64
	for t, need := range p.Need {
		total += max(need, 0)
		if rung(p.Pattern[t]) < rung(r.band(need)) {
			unmet += max(need, 0)
		}
	}
	teams, word := float64(len(p.Need)), words[in.Discipline]
	if in.People <= tiny {
		out = append(out, Advice{"nobody", "Nobody of " + in.Discipline + " is counted: every team is without."})
	} else if in.People <= 1+tiny {
		out = append(out, Advice{"one_person", "One person for everybody: what only they know is lost when they are away. Name a deputy from development in each team; never embed them."})
	}
	if teams > 0 && (unmet > r.UnmetShare*total+tiny || in.People/teams+tiny < r.FewOps) {
		out = append(out, Advice{"platform_first", "People alone do not reach this far. Platform first: make what teams ask " + word + " for most often something they can do themselves."})
	}
	if r.running(in)+tiny >= r.MuchRunning {
		out = append(out, Advice{"running", "Half of the time or more goes into running. Less of that gives more than another pattern."})
	}
	return out
}
