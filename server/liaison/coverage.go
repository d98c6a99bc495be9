package liaison

import (
	"cmp"
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/calendar"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// lookBack is how far back coming is looked at, and lastOnes how many rituals of that.
const (
	lookBack = 56 * 24 * time.Hour
	lastOnes = 8
)

// Coverage is which team operations or security stand to, how, and whether it goes well.
type Coverage struct {
	Discipline string        `json:"discipline" enum:"operations,security"`
	Today      string        `json:"today"`
	Teams      []TeamCover   `json:"teams" doc:"By name"`
	People     []PersonCover `json:"people" doc:"Of the discipline, and whoever else stands to a team for it; those with the largest share first"`
	Counts     Counts        `json:"counts"`
	Running    float64       `json:"running" doc:"Share of their time that is counted for running and on call"`
	Capacity   float64       `json:"capacity"`
	Left       float64       `json:"left" doc:"People that were left over if every team had what is recommended"`
	Advice     []Advice      `json:"advice"`
}

// Counts are active people of the workspace.
type Counts struct {
	Development int `json:"development"`
	Operations  int `json:"operations"`
	Security    int `json:"security"`
}

// TeamCover is one team.
type TeamCover struct {
	ID           string   `json:"id"`
	Key          string   `json:"key"`
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	Pattern      string   `json:"pattern" enum:"nobody,invited,liaison,embedded" doc:"The closest of its seats"`
	Recommended  string   `json:"recommended" enum:"nobody,invited,liaison,embedded"`
	Need         float64  `json:"need"`
	Own          int      `json:"own" doc:"How many of the team's own people are of the discipline: with them it is not uncovered"`
	Seats        []View   `json:"seats" doc:"The closest first"`
	Coming       Marks    `json:"coming"`
	Needs        Needs    `json:"needs" doc:"What a recommendation is made from; absent is unknown"`
	LaunchOn     string   `json:"launchOn,omitempty"`
	ToUnderstand int      `json:"toUnderstand" doc:"Answers in the team's checklists that nobody has understood"`
	Recorded     Recorded `json:"recorded"`
	Flags        []Flag   `json:"flags"`
	CanChange    bool     `json:"canChange"`
}

// Recorded is what the record knows by itself, so that nobody needs to say it.
type Recorded struct {
	Criticality bool `json:"criticality" doc:"From the team's services"`
	LaunchOn    bool `json:"launchOn" doc:"From its checklists"`
}

// Marks are the last eight rituals that they had agreed to come to, or were invited to, the oldest first.
type Marks struct {
	Marks []string `json:"marks" doc:"came: whoever has a seat; deputy: somebody of the discipline in their place; missed"`
	Came  int      `json:"came"`
	Owed  int      `json:"owed" doc:"How many of them were agreed"`
}

// Flag is something to look at.
type Flag struct {
	Code string `json:"code" enum:"uncovered,away,left,no_deputy,low,critical_invited,over_teams,over_share,review_past,no_contract,no_security"`
	Bad  bool   `json:"bad" doc:"Else it is worth a look"`
	Name string `json:"name,omitempty" doc:"Of whom it is said"`
	Day  string `json:"day,omitempty"`
	N    int    `json:"n,omitempty"`
	Of   int    `json:"of,omitempty"`
}

// PersonCover is what one person has promised.
type PersonCover struct {
	Person  account.Person `json:"person"`
	Share   float64        `json:"share" doc:"Of a week, all seats together"`
	Unknown int            `json:"unknown" doc:"Seats of whose share nobody has said anything, counted as 0"`
	Seats   []Seat         `json:"seats"`
	Away    *Away          `json:"away,omitempty"`
	Over    bool           `json:"over" doc:"Liaison of more than four teams, or more than a whole week"`
}

// Seat is one of a person's.
type Seat struct {
	TeamID  string   `json:"teamId"`
	Team    string   `json:"team"`
	Pattern string   `json:"pattern" enum:"invited,liaison,embedded"`
	Share   *float64 `json:"share,omitempty"`
	Deputy  bool     `json:"deputy" doc:"They stand in for somebody else"`
}

// Coverage reads all teams that the viewer may see, for a discipline. How many statements it takes does not depend on
// how many they are.
func (s *Service) Coverage(ctx context.Context, discipline string) (out Coverage, err error) {
	if !slices.Contains(Disciplines, discipline) {
		return out, fault.Invalid("query.discipline", "Operations or security")
	}
	v := who.From(ctx)
	if v.PersonID == "" || v.Role == who.Guest {
		return out, fault.Forbidden("Guests see how operations and security stand to their own teams, on the team's page.")
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r := reading{discipline: discipline, now: s.store.Now()}
		if err := s.readCoverage(q, v, &r); err != nil {
			return err
		}
		out = r.coverage()
		return nil
	})
	return out, err
}

// reading is everything that a coverage map is made from.
type reading struct {
	discipline string
	now        time.Time
	teams      []team.Visible
	seats      []View          // of the discipline
	secured    map[string]bool // teams to which security stands, or that have somebody of it
	own        map[string]int  // how many of a team's own people are of the discipline
	said       map[string]said
	critical   map[string]int // by services
	waiting    map[string]checklist.Waiting
	requests   map[string]float64
	comings    map[string][]calendar.Coming
	people     []account.Person // active, of the discipline
	away       absences
	days       map[string]string // which day it is where a team is
	counts     Counts
}

func (s *Service) readCoverage(q *store.Query, v who.Viewer, r *reading) (err error) {
	if r.teams, err = team.VisibleTo(q, v); err != nil {
		return err
	}
	all, err := standing(q, "1 = 1")
	if err != nil {
		return err
	}
	r.secured, r.own = map[string]bool{}, map[string]int{}
	var mine []pattern
	for _, p := range all {
		r.secured[p.TeamID] = r.secured[p.TeamID] || p.Discipline == "security"
		if p.Discipline == r.discipline {
			mine = append(mine, p)
		}
	}
	err = q.Each(func(scan func(...any) error) error {
		var id, discipline string
		var n int
		err := scan(&id, &discipline, &n)
		r.secured[id] = r.secured[id] || discipline == "security"
		if discipline == r.discipline {
			r.own[id] = n
		}
		return err
	}, `SELECT m.team_id, p.discipline, COUNT(*) FROM members m JOIN people p ON p.id = m.person_id
		WHERE m.role IN ('worker', 'lead') AND p.discipline IN ('operations', 'security') AND p.disabled_at IS NULL GROUP BY m.team_id, p.discipline`)
	if err != nil {
		return err
	}
	if r.seats, err = viewsOf(q, mine, r.now); err != nil {
		return err
	}
	if r.said, err = saidOf(q, r.discipline, "1 = 1"); err != nil {
		return err
	}
	if r.critical, err = catalogue.Most(q); err != nil {
		return err
	}
	if r.waiting, err = s.lists.WaitingIn(q, v, r.now); err != nil {
		return err
	}
	if r.requests, err = requestsOf(q, r.discipline, r.now); err != nil {
		return err
	}
	comings, err := s.calendar.Comings(q, v, r.now.Add(-lookBack), r.now)
	if err != nil {
		return err
	}
	r.comings = map[string][]calendar.Coming{}
	for _, c := range comings {
		if c.Discipline == r.discipline {
			r.comings[c.TeamID] = append(r.comings[c.TeamID], c)
		}
	}
	if r.away, err = absencesAround(q, r.now); err != nil {
		return err
	}
	ids := make([]string, len(r.teams))
	for i := range r.teams {
		ids[i] = r.teams[i].ID
	}
	if r.days, err = daysOf(q, r.now, ids); err != nil {
		return err
	}
	return r.readPeople(q)
}

func (r *reading) readPeople(q *store.Query) error {
	var ids []string
	err := q.Each(func(scan func(...any) error) error {
		var id, discipline string
		err := scan(&id, &discipline)
		switch discipline {
		case "development":
			r.counts.Development++
		case "operations":
			r.counts.Operations++
		case "security":
			r.counts.Security++
		}
		if discipline == r.discipline {
			ids = append(ids, id)
		}
		return err
	}, "SELECT id, discipline FROM people WHERE disabled_at IS NULL AND placeholder = FALSE AND role <> 'guest'")
	if err != nil {
		return err
	}
	found, err := account.PeopleByID(q, ids)
	for _, p := range found {
		r.people = append(r.people, p)
	}
	return err
}

// coverage puts it together.
func (r *reading) coverage() Coverage {
	today := r.now.Format(time.DateOnly)
	out := Coverage{Discipline: r.discipline, Today: today, Counts: r.counts, Running: Default.Running, Teams: []TeamCover{}, People: r.byPerson()}
	people := map[string]*PersonCover{}
	for i := range out.People {
		people[out.People[i].Person.ID] = &out.People[i]
	}
	in := Input{Discipline: r.discipline, People: float64(len(r.people))}
	for _, t := range r.teams {
		x, _ := r.known(t.ID)
		in.Teams = append(in.Teams, x.needs(t.ID, r.requests[t.ID], r.now))
	}
	plan := Default.Recommend(&in)
	out.Capacity, out.Left, out.Advice = plan.Capacity, plan.Left, plan.Advice
	for i, t := range r.teams {
		known, recorded := r.known(t.ID)
		c := TeamCover{ID: t.ID, Key: t.Key, Name: t.Name, Kind: t.Kind, Pattern: Nobody, Recommended: plan.Pattern[t.ID], Need: plan.Need[t.ID], Needs: in.Teams[i],
			LaunchOn: known.LaunchOn, ToUnderstand: r.waiting[t.ID].ToUnderstand, Recorded: recorded, CanChange: t.Rights.CanPattern(), Own: r.own[t.ID], Seats: []View{}}
		for _, s := range r.seats {
			if s.TeamID == t.ID {
				c.Seats = append(c.Seats, s)
			}
		}
		slices.SortStableFunc(c.Seats, func(a, b View) int { return cmp.Compare(rung(b.Pattern), rung(a.Pattern)) })
		if len(c.Seats) > 0 {
			c.Pattern = c.Seats[0].Pattern
		}
		var agreed, kept int
		c.Coming, agreed, kept = marks(c.Seats, r.comings[t.ID])
		c.Flags = flags(&c, people, r.days[t.ID])
		if agreed >= 2 && kept*2 < agreed {
			c.Flags = append(c.Flags, Flag{Code: "low", Bad: true, N: kept, Of: agreed})
		}
		if r.discipline == "operations" && !r.secured[t.ID] {
			c.Flags = append(c.Flags, Flag{Code: "no_security"})
		}
		slices.SortStableFunc(c.Flags, func(a, b Flag) int { return cmp.Compare(truth(b.Bad), truth(a.Bad)) })
		out.Teams = append(out.Teams, c)
	}
	return out
}

// known is what somebody has said of a team, but for what the record knows better: services and launches.
func (r *reading) known(teamID string) (x said, from Recorded) {
	x = r.said[teamID]
	if c, ok := r.critical[teamID]; ok {
		x.Criticality, from.Criticality = &c, true
	}
	if w := r.waiting[teamID]; w.LaunchOn != "" {
		x.LaunchOn, from.LaunchOn = w.LaunchOn, true
	}
	return x, from
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// marks are the last eight times, and of the last eight that were agreed how many were kept.
func marks(seats []View, all []calendar.Coming) (m Marks, agreed, kept int) {
	for i := len(all) - 1; i >= 0 && agreed < lastOnes; i-- {
		if all[i].Agreed {
			agreed++
			kept += truth(all[i].Kept)
		}
	}
	m.Marks = []string{}
	for _, c := range all[max(0, len(all)-lastOnes):] {
		mark := "missed"
		if len(c.People) > 0 || c.Kept {
			mark = "deputy"
		}
		for _, s := range seats {
			if slices.Contains(c.People, s.Person.ID) {
				mark = "came"
			}
		}
		m.Marks = append(m.Marks, mark)
		m.Came += truth(mark != "missed")
		m.Owed += truth(c.Agreed)
	}
	return m, agreed, kept
}

// byPerson turns the seats round.
func (r *reading) byPerson() []PersonCover {
	at := map[string]int{}
	out := []PersonCover{}
	person := func(p account.Person) *PersonCover {
		i, ok := at[p.ID]
		if !ok {
			i = len(out)
			at[p.ID] = i
			out = append(out, PersonCover{Person: p, Seats: []Seat{}})
		}
		return &out[i]
	}
	for _, p := range r.people {
		person(p)
	}
	liaisons := map[string]int{}
	for _, t := range r.teams {
		for _, s := range r.seats {
			if s.TeamID != t.ID {
				continue
			}
			p := person(s.Person)
			p.awayFrom(s.Away)
			p.Seats = append(p.Seats, Seat{t.ID, t.Name, s.Pattern, s.Share, false})
			if s.Share != nil {
				p.Share += *s.Share
			} else {
				p.Unknown++
			}
			liaisons[p.Person.ID] += truth(s.Pattern == Liaison)
			if s.Deputy != nil {
				d := person(*s.Deputy)
				d.awayFrom(s.DeputyAway)
				d.Seats = append(d.Seats, Seat{t.ID, t.Name, s.Pattern, nil, true})
			}
		}
	}
	for i := range out {
		if len(out[i].Seats) == 0 { // no team of theirs says which day it is
			out[i].Away = r.away.from(out[i].Person.ID, r.now.Format(time.DateOnly))
		}
		out[i].Over = liaisons[out[i].Person.ID] > Default.TeamsEach || out[i].Share > 1+tiny
	}
	slices.SortFunc(out, func(a, b PersonCover) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(len(b.Seats), len(a.Seats)), cmp.Compare(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	return out
}

// awayFrom lays a leave over a person, as it is seen from a team of theirs; where it is over in one and not yet in
// another, it is not over.
func (p *PersonCover) awayFrom(a *Away) {
	if a != nil && (p.Away == nil || a.From < p.Away.From) {
		p.Away = a
	}
}

// flags says what is to look at in a team.
func flags(c *TeamCover, people map[string]*PersonCover, today string) []Flag {
	out := []Flag{}
	if c.Pattern == Nobody {
		if c.Own == 0 {
			out = append(out, Flag{Code: "uncovered", Bad: true})
		}
		return out
	}
	if c.Pattern == Invited && of(c.Needs.Criticality) == 3 {
		out = append(out, Flag{Code: "critical_invited", Bad: true})
	}
	for _, s := range c.Seats {
		name := s.Person.Name
		if !s.Person.Active {
			out = append(out, Flag{Code: "left", Bad: true, Name: name})
			continue
		}
		if s.away() {
			alone := s.Deputy == nil || s.deputyAway()
			out = append(out, Flag{Code: "away", Bad: alone, Name: name, Day: s.Away.To})
		}
		switch {
		case s.ID == "":
			out = append(out, Flag{Code: "no_contract", Name: name})
		case s.Deputy == nil && s.Pattern != Invited:
			out = append(out, Flag{Code: "no_deputy", Bad: true})
		}
		if s.ReviewOn != "" && s.ReviewOn < today {
			out = append(out, Flag{Code: "review_past", Day: s.ReviewOn})
		}
		if p := people[s.Person.ID]; p != nil && p.Over {
			n := 0
			for _, x := range p.Seats {
				n += truth(!x.Deputy && x.Pattern == Liaison)
			}
			if n > Default.TeamsEach {
				out = append(out, Flag{Code: "over_teams", Bad: true, Name: name, N: n})
			}
			if p.Share > 1+tiny {
				out = append(out, Flag{Code: "over_share", Bad: true, Name: name, N: int(100*p.Share + 0.5)})
			}
		}
	}
	return out
}
