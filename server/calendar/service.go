package calendar

import (
	"cmp"
	"log/slog"
	"maps"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Service is the verbs of the calendar.
type Service struct {
	store    *store.Store
	accounts *account.Service
	boards   *board.Service
	sources  []Source
	days     Days // nil where nobody launches
	gate     *gate
	log      *slog.Logger
}

// New makes the room with the rituals of the rooms before it.
func New(st *store.Store, accounts *account.Service, boards *board.Service, meetings *standup.Service, back *retro.Service, others *ritual.Service, log *slog.Logger) *Service {
	s := &Service{store: st, accounts: accounts, boards: boards, gate: newGate(), log: log}
	s.Use(standups{meetings})
	s.Use(retros{back})
	s.Use(repeated{others})
	return s
}

// Use adds a room's rituals.
func (s *Service) Use(source Source) { s.sources = append(s.sources, source) }

// scene is what a viewer may see of all rituals in a time: the one reading that every answer is made from.
type scene struct {
	v           who.Viewer
	now         time.Time
	teams       map[string]team.Visible
	order       []string        // of teams, by name
	mine        map[string]bool // the viewer belongs to it, or is its liaison
	rituals     map[string]*Ritual
	occurrences []occurrence
	agreements  []agreement
	invitations []invitation
	people      map[string]account.Person
}

// read gives the scene of a time; of one team when teamID names it.
func (s *Service) read(q *store.Query, v who.Viewer, from, to time.Time, teamID string) (*scene, error) {
	c := &scene{v: v, now: s.store.Now(), teams: map[string]team.Visible{}, rituals: map[string]*Ritual{}, mine: map[string]bool{}}
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, err
	}
	for _, t := range teams {
		if teamID == "" || t.ID == teamID {
			c.teams[t.ID] = t
			c.order = append(c.order, t.ID)
		}
	}
	if teamID != "" && len(c.order) == 0 {
		return nil, fault.NotFound("team")
	}
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		c.mine[id] = true
		return err
	}, "SELECT id FROM teams WHERE id IN "+account.OwnTeams, v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	rituals, held, err := s.collect(q, v, from.Add(-late), to)
	if err != nil {
		return nil, err
	}
	mine := rituals[:0]
	for _, r := range rituals {
		if _, ok := c.teams[r.TeamID]; ok {
			mine = append(mine, r)
		}
	}
	for i := range mine {
		c.rituals[mine[i].ID] = &mine[i]
	}
	for _, o := range weave(mine, held, c.now) {
		if !o.At.Before(from) && o.At.Before(to) {
			c.occurrences = append(c.occurrences, o)
		}
	}
	if err := c.readPromises(q, from, to); err != nil {
		return nil, err
	}
	return c, c.readPeople(q)
}

// collect asks every source. A retro that was held belongs to the board's planned ones where there are such.
func (s *Service) collect(q *store.Query, v who.Viewer, from, to time.Time) (rituals []Ritual, held []Held, err error) {
	for _, src := range s.sources {
		r, h, err := src.Rituals(q, v, from, to)
		if err != nil {
			return nil, nil, err
		}
		rituals, held = append(rituals, r...), append(held, h...)
	}
	planned := map[string]string{}
	for _, r := range rituals {
		if id := Retro + ":" + r.BoardID; r.Kind == Retro && r.ID != id && len(r.Planned) > 0 {
			planned[id] = r.ID
		}
	}
	for i := range held {
		if id, ok := planned[held[i].RitualID]; ok {
			held[i].RitualID = id
		}
	}
	return rituals, held, nil
}

func (c *scene) readPromises(q *store.Query, from, to time.Time) (err error) {
	if len(c.order) == 0 {
		return nil
	}
	teams := make([]any, len(c.order))
	for i, id := range c.order {
		teams[i] = id
	}
	in := "team_id IN (" + store.Marks(len(teams)) + ")"
	if c.agreements, err = agreements(q, in, teams...); err != nil {
		return err
	}
	c.invitations, err = invitations(q, in+" AND withdrawn_at IS NULL AND starts_at >= ? AND starts_at < ?", append(teams, store.Ms(from), store.Ms(to))...)
	return err
}

func (c *scene) readPeople(q *store.Query) (err error) {
	var ids []string
	for _, o := range c.occurrences {
		if o.Held != nil {
			for _, p := range o.Held.People {
				ids = append(ids, p.PersonID)
			}
		}
	}
	for _, a := range c.agreements {
		ids = append(ids, a.PersonID, a.By)
	}
	for _, i := range c.invitations {
		ids = append(ids, i.PersonID)
	}
	if c.people, err = account.PeopleByID(q, distinct(ids)); err != nil {
		return err
	}
	return c.cast(q)
}

// cast says as what somebody came where the room that held the meeting did not.
func (c *scene) cast(q *store.Query) error {
	roles := map[string]map[string]string{}
	err := q.Each(func(scan func(...any) error) error {
		var team, person, role string
		err := scan(&team, &person, &role)
		if roles[team] == nil {
			roles[team] = map[string]string{}
		}
		if roles[team][person] != "liaison" {
			roles[team][person] = role
		}
		return err
	}, "SELECT team_id, person_id, 'liaison' FROM liaisons UNION ALL SELECT team_id, person_id, 'core' FROM members")
	for _, o := range c.occurrences {
		if o.Held == nil {
			continue
		}
		for i, p := range o.Held.People {
			if p.Role != "" {
				continue
			}
			role := roles[o.TeamID][p.PersonID]
			switch {
			case role == "":
				role = "observer"
			case role == core && c.people[p.PersonID].Discipline == "security":
				role = "security"
			}
			o.Held.People[i].Role = role
		}
	}
	return err
}

func (c *scene) discipline(personID string) string { return c.people[personID].Discipline }

// sorted are the rituals by name.
func (c *scene) sorted() []*Ritual {
	return slices.SortedFunc(maps.Values(c.rituals), func(a, b *Ritual) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
}

func distinct(ids []string) (out []string) {
	seen := map[string]bool{"": true}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
