package liaison

import (
	"context"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
	"trestle/server/who"
)

// launchSoon is how near a launch counts.
const launchSoon = 60

// said is what somebody has said of a team where the record does not say it. How critical it is and when it launches
// are of the team, pages and skill of how it stands to one discipline.
type said struct {
	Criticality, Pages, Skill *int
	LaunchOn                  string
}

// Said is how much a team wants a discipline, as far as somebody has said it.
type Said struct {
	Criticality *int   `json:"criticality,omitempty" doc:"1 experimental, 2 standard, 3 critical; of the team, for both disciplines"`
	Pages       *int   `json:"pages,omitempty" doc:"A week"`
	Skill       *int   `json:"skill,omitempty" doc:"0 none, 1 some, 2 can operate it, 3 need nobody"`
	LaunchOn    string `json:"launchOn,omitempty" doc:"The next launch, a day; of the team, for both disciplines"`
}

// SayNeeds changes what is said; absent fields stay, null is unknown again.
type SayNeeds struct {
	Discipline  string          `json:"discipline" enum:"operations,security"`
	Criticality web.Opt[int]    `json:"criticality" required:"false"`
	Pages       web.Opt[int]    `json:"pages" required:"false"`
	Skill       web.Opt[int]    `json:"skill" required:"false"`
	LaunchOn    web.Opt[string] `json:"launchOn" required:"false"`
}

func saidOf(q *store.Query, discipline, where string, args ...any) (map[string]said, error) {
	out := map[string]said{}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		var s said
		err := scan(&id, &s.Pages, &s.Skill)
		out[id] = s
		return err
	}, "SELECT team_id, pages, skill FROM team_needs WHERE discipline = ? AND "+where, append([]any{discipline}, args...)...)
	if err != nil {
		return nil, err
	}
	return out, q.Each(func(scan func(...any) error) error {
		var id string
		var f said
		err := scan(&id, &f.Criticality, &f.LaunchOn)
		s := out[id]
		s.Criticality, s.LaunchOn = f.Criticality, f.LaunchOn
		out[id] = s
		return err
	}, "SELECT team_id, criticality, launch_on FROM team_facts WHERE "+where, args...)
}

// Say writes down what a recommendation wants to know of a team and the record does not hold.
func (s *Service) Say(ctx context.Context, teamID string, n SayNeeds) (Said, error) {
	topic := event.TeamTopic(teamID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (Said, error) {
		if _, err := patterner(tx.Query, who.From(ctx), teamID); err != nil {
			return Said{}, err
		}
		all, err := saidOf(tx.Query, n.Discipline, "team_id = ?", teamID)
		if err != nil {
			return Said{}, err
		}
		now := all[teamID]
		for _, f := range []struct {
			name   string
			to     **int
			from   web.Opt[int]
			lo, hi int
		}{{"criticality", &now.Criticality, n.Criticality, 1, 3}, {"pages", &now.Pages, n.Pages, 0, 1000}, {"skill", &now.Skill, n.Skill, 0, 3}} {
			if !f.from.Set {
				continue
			}
			*f.to = f.from.Ptr()
			if v := *f.to; v != nil && (*v < f.lo || *v > f.hi) {
				return Said{}, fault.Invalid("body."+f.name, "It is a number from %d to %d", f.lo, f.hi)
			}
		}
		if n.LaunchOn.Set {
			now.LaunchOn = n.LaunchOn.Value
			if _, err := time.Parse(time.DateOnly, now.LaunchOn); err != nil && now.LaunchOn != "" {
				return Said{}, fault.Invalid("body.launchOn", "A day looks like 2026-11-30")
			}
		}
		before := all[teamID]
		if sameInt(before.Pages, now.Pages) && sameInt(before.Skill, now.Skill) && sameInt(before.Criticality, now.Criticality) && before.LaunchOn == now.LaunchOn {
			return Said(now), nil
		}
		if _, err := tx.Exec(`INSERT INTO team_needs (team_id, discipline, pages, skill, said_by, said_at) VALUES (?,?,?,?,?,?)
			ON CONFLICT (team_id, discipline) DO UPDATE SET pages = excluded.pages, skill = excluded.skill, said_by = excluded.said_by, said_at = excluded.said_at`,
			teamID, n.Discipline, now.Pages, now.Skill, tx.ActorID, store.Ms(tx.Now)); err != nil {
			return Said{}, err
		}
		if _, err := tx.Exec(`INSERT INTO team_facts (team_id, criticality, launch_on, said_by, said_at) VALUES (?,?,?,?,?)
			ON CONFLICT (team_id) DO UPDATE SET criticality = excluded.criticality, launch_on = excluded.launch_on, said_by = excluded.said_by, said_at = excluded.said_at`,
			teamID, now.Criticality, now.LaunchOn, tx.ActorID, store.Ms(tx.Now)); err != nil {
			return Said{}, err
		}
		if _, err := tx.Publish(topic, "needs.changed", Said(now)); err != nil {
			return Said{}, err
		}
		return Said(now), nil
	})
}

func sameInt(a, b *int) bool { return (a == nil) == (b == nil) && of(a) == of(b) }

// needs makes what a recommendation wants of what is said and of what the record holds.
func (s said) needs(teamID string, requests float64, now time.Time) Needs {
	n := Needs{TeamID: teamID, Criticality: s.Criticality, Skill: s.Skill, Requests: &requests}
	if s.Pages != nil {
		pages := float64(*s.Pages)
		n.Pages = &pages
	}
	if s.LaunchOn != "" {
		soon := s.LaunchOn >= now.Format(time.DateOnly) && s.LaunchOn <= now.AddDate(0, 0, launchSoon).Format(time.DateOnly)
		n.Launch = &soon
	}
	return n
}

// requestsOf counts, per team, what its people asked of other teams that concerns a discipline, per week over the last
// four. What somebody of several teams asks without a board in mind counts for each.
func requestsOf(q *store.Query, discipline string, now time.Time) (map[string]float64, error) {
	out := map[string]float64{}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		var n int
		err := scan(&id, &n)
		out[id] = float64(n) / 4
		return err
	}, `SELECT m.team_id, COUNT(DISTINCT a.rid) FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN members m ON m.person_id = a.by_id JOIN teams t ON t.id = m.team_id
		WHERE a.raised_at >= ? AND a.team_id <> m.team_id AND (a.for_team_key = '' OR a.for_team_key = t.key) AND (c.discipline = ? OR c.involves LIKE ?)
		GROUP BY m.team_id`, store.Ms(now.AddDate(0, 0, -28)), discipline, `%"`+discipline+`"%`)
	return out, err
}
