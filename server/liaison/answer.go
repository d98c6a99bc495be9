package liaison

import (
	"cmp"
	"slices"

	"trestle/server/fault"
)

// Question is what a recommendation is asked, and about which team every line is wanted.
type Question struct {
	Input
	About string `json:"about,omitempty" required:"false" maxLength:"64" doc:"A team of the list"`
}

// Recommendation is which pattern fits each team. It is computed from the question alone.
type Recommendation struct {
	Capacity float64    `json:"capacity" doc:"People, less what running takes"`
	Left     float64    `json:"left" doc:"Of it, when every team has its pattern"`
	Teams    []Fitting  `json:"teams" doc:"The neediest first"`
	Advice   []Advice   `json:"advice"`
	About    *Explained `json:"about,omitempty"`
}

// Fitting is which pattern fits a team.
type Fitting struct {
	TeamID  string  `json:"teamId"`
	Need    float64 `json:"need" doc:"A liaison fits from 3, embedding from 8"`
	Pattern string  `json:"pattern" enum:"nobody,invited,liaison,embedded"`
}

// Answer recommends by the default rule.
func Answer(q Question) (Recommendation, error) {
	seen := map[string]bool{}
	for _, t := range q.Teams {
		if seen[t.TeamID] {
			return Recommendation{}, fault.Invalid("body.teams", "A team is listed twice")
		}
		seen[t.TeamID] = true
	}
	p := Default.Recommend(&q.Input)
	out := Recommendation{Capacity: p.Capacity, Left: p.Left, Teams: []Fitting{}, Advice: p.Advice}
	for t, need := range p.Need {
		out.Teams = append(out.Teams, Fitting{t, need, p.Pattern[t]})
	}
	slices.SortFunc(out.Teams, func(a, b Fitting) int { return cmp.Or(cmp.Compare(b.Need, a.Need), cmp.Compare(a.TeamID, b.TeamID)) })
	if q.About != "" {
		e, ok := Default.Explain(&q.Input, q.About)
		if !ok {
			return Recommendation{}, fault.Invalid("body.about", "That team is not in the list")
		}
		out.About = &e
	}
	return out, nil
}
