package liaison

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// words are the disciplines in short.
var words = map[string]string{"operations": "ops", "security": "security"}

// Line is one line of the arithmetic.
type Line struct {
	Key     string  `json:"key" doc:"criticality, pages, requests, launch, skill, need; people, embedded, liaison, invited, left"`
	Label   string  `json:"label"`
	Value   float64 `json:"value" doc:"What it adds to the sum; of a sum the sum"`
	Sum     bool    `json:"sum"`
	Unknown bool    `json:"unknown" doc:"Counted as 0 because nobody has said"`
}

// Other is another answer, and what it would leave of people.
type Other struct {
	Pattern string  `json:"pattern" enum:"nobody,invited,liaison,embedded"`
	Left    float64 `json:"left"`
	Text    string  `json:"text"`
}

// Change is the smallest change of one input, in one direction, that changes a team's pattern.
type Change struct {
	Input   string  `json:"input" enum:"criticality,pages,requests,launch,skill,people,running"`
	From    float64 `json:"from"`
	To      float64 `json:"to"`
	Pattern string  `json:"pattern" enum:"nobody,invited,liaison,embedded"`
	Need    float64 `json:"need" doc:"As it would be then"`
	Text    string  `json:"text"`
}

// Explained is the answer for one team with everything that led to it.
type Explained struct {
	TeamID   string   `json:"teamId"`
	Pattern  string   `json:"pattern" enum:"nobody,invited,liaison,embedded"`
	Fits     string   `json:"fits" enum:"nobody,invited,liaison,embedded" doc:"What its need asks for, were there room"`
	Need     []Line   `json:"need"`
	Room     []Line   `json:"room"`
	Next     string   `json:"next" enum:"nobody,invited,liaison,embedded" doc:"Of which pattern the rules are: what its need asks for, or where it got less the next one"`
	Rules    []Check  `json:"rules" doc:"What must hold for that pattern"`
	Short    string   `json:"short,omitempty" doc:"Why it got less than its need asks for"`
	NextBest *Other   `json:"nextBest,omitempty"`
	Changes  []Change `json:"changes" doc:"What would change the answer"`
}

// Explain prints how a plan came to its answer for one team; false when the team is not in the input.
func (r Rule) Explain(in *Input, teamID string) (e Explained, ok bool) {
	at := slices.IndexFunc(in.Teams, func(n Needs) bool { return n.TeamID == teamID })
	if at < 0 {
		return e, false
	}
	p := r.Recommend(in)
	e = Explained{TeamID: teamID, Pattern: p.Pattern[teamID], Fits: r.band(p.Need[teamID]), Need: r.needLines(in, at), Room: r.roomLines(in, &p)}
	e.Next, e.Rules, e.Short = r.checks(in, &p, teamID)
	e.NextBest = r.nextBest(in, &p, teamID)
	e.Changes = r.changes(in, at, e.Pattern)
	return e, true
}

func (r Rule) needLines(in *Input, at int) []Line {
	n, word := &in.Teams[at], words[in.Discipline]
	lines := []Line{known("criticality", n.Criticality, "Criticality", 2*float64(of(n.Criticality)), func(c int) string { return fmt.Sprintf("Criticality %d, times 2", c) })}
	a := func(key, one, many string, v *float64) Line {
		return known(key, v, upper(many), weekly(v), func(x float64) string {
			word := many
			if x == 1 {
				word = one
			}
			if x > 15 {
				return plain(x) + " " + word + ", over 5, at most 3"
			}
			return plain(x) + " " + word + ", over 5"
		})
	}
	if in.Discipline != "security" || n.Pages != nil {
		lines = append(lines, a("pages", "page a week", "pages a week", n.Pages))
	}
	lines = append(lines, a("requests", word+" request a week", word+" requests a week", n.Requests))
	launch := 0.0
	if of(n.Launch) {
		launch = 2
	}
	return append(lines,
		known("launch", n.Launch, "Next launch", launch, func(soon bool) string {
			if soon {
				return "Launch within 60 days"
			}
			return "No launch within 60 days"
		}),
		known("skill", n.Skill, "Own "+word+" skill", -float64(of(n.Skill)), func(s int) string { return fmt.Sprintf("Own %s skill %d of 3", word, s) }),
		Line{Key: "need", Label: "Need, embed from " + plain(r.EmbedFrom) + ", liaison from " + plain(r.LiaiseFrom), Value: n.need(), Sum: true})
}

// known is a line, or the line that says that nobody knows.
func known[T any](key string, v *T, what string, value float64, label func(T) string) Line {
	if v == nil {
		return Line{Key: key, Label: what + " unknown, counted as 0", Unknown: true}
	}
	return Line{Key: key, Label: label(*v), Value: value + 0} // no minus before a zero
}

func (r Rule) roomLines(in *Input, p *Plan) []Line {
	who := "people"
	if in.People == 1 {
		who = "person"
	}
	share := strconv.Itoa(int(math.Round(100*r.running(in)))) + " %"
	label := plain(in.People) + " " + who + ", less " + share + " for running"
	if in.Running == nil {
		label = plain(in.People) + " " + who + ", less " + share + " for running (unknown, so the usual)"
	}
	lines := []Line{{Key: "people", Label: label, Value: p.Capacity, Unknown: in.Running == nil}}
	for _, x := range []struct{ key, many, one string }{{Embedded, "embedded", "embedded"}, {Liaison, "liaisons", "liaison"}, {Invited, "invited", "invited"}} {
		n, word := p.count(x.key), x.many
		if n == 1 {
			word = x.one
		}
		lines = append(lines, Line{Key: x.key, Label: fmt.Sprintf("%d %s at %s", n, word, plain(r.cost(x.key))), Value: 0 - float64(n)*r.cost(x.key)})
	}
	return append(lines, Line{Key: "left", Label: "People left over", Value: p.Left, Sum: true})
}

// nextBest is the pattern nearest to what the need asks for among the others for which there is room; of two the cheaper.
func (r Rule) nextBest(in *Input, p *Plan, teamID string) *Other {
	now, fits := p.Pattern[teamID], rung(r.band(p.Need[teamID]))
	var best *Other
	far := 0
	for _, x := range ladder[1:] {
		left := p.Left + r.cost(now) - r.cost(x)
		if x == now || left < -tiny || (rung(x) > rung(now) && !allHold(r.gates(in, len(p.Need), x, r.below(p, now, x)))) {
			continue
		}
		if d := max(rung(x)-fits, fits-rung(x)); best == nil || d < far {
			best, far = &Other{Pattern: x, Left: left}, d
		}
	}
	if best == nil {
		return nil
	}
	delta := r.cost(now) - r.cost(best.Pattern)
	switch {
	case delta > 0:
		best.Text = sentences[best.Pattern] + ": it gives back " + plain(delta) + " of a person."
	default:
		best.Text = sentences[best.Pattern] + ": it takes " + plain(-delta) + " more of a person; " + plain(best.Left) + " would be left."
	}
	return best
}

// sentences are what is done by a pattern.
var sentences = map[string]string{Nobody: "Leave it without", Invited: "Invite only", Liaison: "Give it a liaison", Embedded: "Embed somebody"}

func upper(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// plain is a number with at most two places and none that say nothing.
func plain(x float64) string { return strconv.FormatFloat(math.Round(100*x)/100+0, 'f', -1, 64) }
