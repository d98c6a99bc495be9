package liaison

import (
	"context"
	"encoding/json"
	"time"

	"trestle/server/account"
	"trestle/server/calendar"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// View is how somebody stands to a team.
type View struct {
	ID           string          `json:"id,omitempty" doc:"Absent: an assignment without a contract"`
	TeamID       string          `json:"teamId"`
	Discipline   string          `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Pattern      string          `json:"pattern" enum:"invited,liaison,embedded"`
	Person       account.Person  `json:"person"`
	Deputy       *account.Person `json:"deputy,omitempty"`
	Share        *float64        `json:"share,omitempty" doc:"Of a week, 0 to 1; absent: nobody has said"`
	ResponseDays int             `json:"responseDays,omitempty"`
	Since        string          `json:"since,omitempty" doc:"A day"`
	ReviewOn     string          `json:"reviewOn,omitempty"`
	ExitCriteria string          `json:"exitCriteria,omitempty"`
	Purpose      string          `json:"purpose,omitempty"`
	Away         *Away           `json:"away,omitempty" doc:"Now, or within a week"`
	DeputyAway   *Away           `json:"deputyAway,omitempty"`
	EndedAt      *time.Time      `json:"endedAt,omitempty"`
	EndedWhy     string          `json:"endedWhy,omitempty"`
	Version      int64           `json:"version"`

	today string // where the team is
}

// away says whether who has the seat is away today.
func (v *View) away() bool { return v.Away != nil && v.Away.From <= v.today }

// deputyAway says the same of who stands in.
func (v *View) deputyAway() bool { return v.DeputyAway != nil && v.DeputyAway.From <= v.today }

func (p *pattern) view(people map[string]account.Person, away absences, today string) View {
	v := View{ID: p.ID, TeamID: p.TeamID, Discipline: p.Discipline, Pattern: p.Pattern, Person: people[p.PersonID], ResponseDays: p.ResponseDays, Since: p.Since, ReviewOn: p.ReviewOn,
		ExitCriteria: p.ExitCriteria, Purpose: p.Purpose, EndedAt: store.AtPtr(p.EndedAt), EndedWhy: p.EndedWhy, Version: p.Version, today: today, Away: away.from(p.PersonID, today)}
	if p.ID != "" {
		v.Share = &p.Share
	}
	if d, ok := people[p.DeputyID]; ok {
		v.Deputy, v.DeputyAway = &d, away.from(p.DeputyID, today)
	}
	return v
}

// viewsOf shows patterns, with three statements however many they are.
func viewsOf(q *store.Query, ps []pattern, now time.Time) ([]View, error) {
	var ids, teams []string
	for i := range ps {
		ids, teams = append(ids, ps[i].PersonID, ps[i].DeputyID), append(teams, ps[i].TeamID)
	}
	people, err := account.PeopleByID(q, distinct(ids))
	if err != nil {
		return nil, err
	}
	days, err := daysOf(q, now, distinct(teams))
	if err != nil {
		return nil, err
	}
	away, err := absencesAround(q, now)
	out := make([]View, len(ps))
	for i := range ps {
		out[i] = ps[i].view(people, away, days[ps[i].TeamID])
	}
	return out, err
}

func viewOf(q *store.Query, p *pattern, now time.Time) (View, error) {
	out, err := viewsOf(q, []pattern{*p}, now)
	if err != nil {
		return View{}, err
	}
	return out[0], nil
}

// standing are the open patterns of some teams and the assignments that have no contract: a liaison of whom nobody has
// said more.
func standing(q *store.Query, where string, args ...any) ([]pattern, error) {
	open, err := patterns(q, "ended_at IS NULL AND "+where+" ORDER BY rid", args...)
	if err != nil {
		return nil, err
	}
	has := map[[2]string]bool{}
	for i := range open {
		has[[2]string{open[i].TeamID, open[i].PersonID}] = true
	}
	err = q.Each(func(scan func(...any) error) error {
		p := pattern{Pattern: Liaison}
		err := scan(&p.TeamID, &p.PersonID, &p.Discipline)
		if !has[[2]string{p.TeamID, p.PersonID}] {
			open = append(open, p)
		}
		return err
	}, "SELECT team_id, person_id, discipline FROM liaisons WHERE "+where+" ORDER BY created_at, person_id", args...)
	return open, err
}

// OfTeam is how other disciplines stand to a team, stood to it, and how that came about.
type OfTeam struct {
	Patterns   []View                   `json:"patterns"`
	Ended      []View                   `json:"ended" doc:"The last twenty, the newest first"`
	Agreements []calendar.AgreementView `json:"agreements" doc:"To which rituals they agreed to come"`
	History    []Turn                   `json:"history" doc:"The newest first"`
	CanChange  bool                     `json:"canChange"`
}

// Turn is one change of a pattern, by whom and why.
type Turn struct {
	At         time.Time `json:"at"`
	By         string    `json:"by" doc:"A name"`
	Type       string    `json:"type" enum:"pattern.set,pattern.changed,pattern.ended"`
	Person     string    `json:"person" doc:"A name"`
	Discipline string    `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Pattern    string    `json:"pattern" enum:"invited,liaison,embedded"`
	Was        string    `json:"was,omitempty"`
	Why        string    `json:"why,omitempty"`
	Changes    []Shift   `json:"changes" doc:"What it changed, a new one from nothing; a deputy by name. None: it was written down before that was kept"`
}

// Of reads a team's patterns, for everybody who may see the team.
func (s *Service) Of(ctx context.Context, teamID string) (out OfTeam, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		_, r, err := team.See(q, v, teamID)
		if err != nil {
			return err
		}
		now := s.store.Now()
		open, err := standing(q, "team_id = ?", teamID)
		if err != nil {
			return err
		}
		ended, err := patterns(q, "team_id = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, rid DESC LIMIT 20", teamID)
		if err != nil {
			return err
		}
		all, err := viewsOf(q, append(open, ended...), now)
		if err != nil {
			return err
		}
		out = OfTeam{Patterns: all[:len(open)], Ended: all[len(open):], CanChange: r.CanPattern()}
		if out.Agreements, err = s.calendar.Agreed(q, v, teamID); err != nil {
			return err
		}
		out.History, err = history(q, teamID)
		return err
	})
	return out, err
}

func history(q *store.Query, teamID string) ([]Turn, error) {
	events, err := store.EventsAbout(q, event.TeamTopic(teamID), about, 0, 50)
	if err != nil {
		return nil, err
	}
	out, ids := []Turn{}, []string{}
	data := make([]told, len(events))
	for i, e := range events {
		if err := json.Unmarshal(e.Data, &data[i]); err != nil {
			return nil, err
		}
		ids = append(ids, e.ActorID, data[i].PersonID)
		for _, c := range data[i].Changes {
			if c.Field == "deputy" {
				ids = append(ids, c.From, c.To)
			}
		}
	}
	people, err := account.PeopleByID(q, distinct(ids))
	for i, e := range events {
		d := &data[i]
		changes := []Shift{}
		for _, c := range d.Changes {
			if c.Field == "deputy" {
				c.From, c.To = people[c.From].Name, people[c.To].Name
			}
			changes = append(changes, c)
		}
		out = append(out, Turn{e.At, people[e.ActorID].Name, e.Type, people[d.PersonID].Name, d.Discipline, d.Pattern, d.Was, d.Why, changes})
	}
	return out, err
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
