package calendar

import (
	"slices"
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// Coming is one ritual that was held and to which a discipline had agreed, or one of them was invited.
type Coming struct {
	TeamID, Discipline string
	At                 time.Time
	Agreed             bool     // else invited
	Kept               bool     // of what was agreed: somebody came whom the agreement is about
	People             []string // of the discipline, and not of the team, who came
}

// Comings are those of every team that the viewer may see in [from, to), in the order of time. How many statements it
// takes depends on the kinds of rituals, not on how many teams there are.
func (s *Service) Comings(q *store.Query, v who.Viewer, from, to time.Time) ([]Coming, error) {
	c, err := s.read(q, v, from, to, "")
	if err != nil {
		return nil, err
	}
	var out []Coming
	for i := range c.occurrences {
		o := &c.occurrences[i]
		if o.State != HeldIt {
			continue
		}
		for _, d := range Disciplines {
			x := Coming{TeamID: o.TeamID, Discipline: d, At: o.At}
			invited := false
			for j := range c.agreements {
				if a := &c.agreements[j]; a.Discipline == d && a.covers(o) {
					x.Agreed, x.Kept = true, x.Kept || a.kept(o.Held.People, c.discipline)
				}
			}
			for _, n := range c.invitations {
				invited = invited || (n.to(o) && c.discipline(n.PersonID) == d)
			}
			if !x.Agreed && !invited {
				continue
			}
			for _, p := range o.Held.People {
				if p.Role != core && c.discipline(p.PersonID) == d && !slices.Contains(x.People, p.PersonID) {
					x.People = append(x.People, p.PersonID)
				}
			}
			out = append(out, x)
		}
	}
	return out, nil
}
