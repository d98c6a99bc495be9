package health

import (
	"context"
	"slices"
	"time"

	"trestle/server/ballot"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// ScourJob is the job by which a database lets go of the answers that were taken away.
const ScourJob = "health.scour"

// Service is the verbs of health checks.
type Service struct{ store *store.Store }

// New makes the room.
func New(st *store.Store) *Service { return &Service{st} }

// seat is a viewer before a check that they may see.
type seat struct {
	*check
	v      who.Viewer
	rights team.Rights
	key    ballot.Key // nil once the check is over
}

// sit reads a check for a viewer: not_found when it is absent, or another team's. A screen sees none.
func sit(q *store.Query, v who.Viewer, id string) (*seat, error) {
	c, err := load(q, id)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fault.NotFound("health check")
	}
	rights, err := team.RightsIn(q, v, c.TeamID)
	if err != nil {
		return nil, err
	}
	if v.PersonID == "" || !rights.CanSee("team") {
		return nil, fault.NotFound("health check")
	}
	k, err := keyOf(q, c.RID)
	return &seat{c, v, rights, k}, err
}

// inTeam is a viewer in a team whose checks they may see.
func inTeam(q *store.Query, v who.Viewer, teamID string) (t team.Team, r team.Rights, err error) {
	if r, err = team.RightsIn(q, v, teamID); err != nil {
		return t, r, err
	}
	if v.PersonID == "" || !r.CanSee("team") {
		return t, r, fault.NotFound("team")
	}
	found, err := q.Row([]any{&t.ID, &t.Key, &t.Name}, "SELECT id, key, name FROM teams WHERE id = ?", teamID)
	if err == nil && !found {
		err = fault.NotFound("team")
	}
	return t, r, err
}

// answers says whether the viewer is asked: somebody of the team, in person.
func (at *seat) answers() bool { return at.v.TeamID == "" && at.rights.CanComment() }

// leads says whether the viewer may reveal it or call it off: who opened it, and who leads the team.
func (at *seat) leads() bool {
	return at.rights.CanLead() || at.rights.CanWork() && at.OpenedBy == at.v.PersonID
}

// changed announces to the team that something about its checks is different now; what, one reads.
func changed(tx *store.Tx, teamID string) error {
	if err := tx.Widen(event.TeamTopic(teamID)); err != nil {
		return err
	}
	_, err := tx.Publish(event.TeamTopic(teamID), "health.changed", struct{}{})
	return err
}

// NewCheck is a check to open.
type NewCheck struct {
	TeamID string   `json:"teamId" maxLength:"64"`
	Sets   []string `json:"sets" minItems:"1" maxItems:"10" doc:"Keys of the questions to ask"`
}

// OpenCheck asks a team how it is; for those who work in it. A team has one open check.
func (s *Service) OpenCheck(ctx context.Context, n NewCheck) (View, error) {
	v := who.From(ctx)
	c := &check{ID: store.NewID("hea"), TeamID: n.TeamID, State: Open, OpenedBy: v.PersonID, Version: 1}
	for _, set := range sets {
		if slices.Contains(n.Sets, set.Key) {
			c.Sets = append(c.Sets, set.Key)
		}
	}
	for _, key := range n.Sets {
		if !knownSet(key) {
			return View{}, fault.Invalid("body.sets", "There are no questions %.40q", key)
		}
	}
	type made struct {
		ID string `json:"id"`
	}
	m, err := store.InTx(ctx, s.store, nil, func(tx *store.Tx) (made, error) {
		t, r, err := inTeam(tx.Query, v, n.TeamID)
		if err != nil {
			return made{}, err
		}
		if !r.CanWork() {
			return made{}, fault.Forbidden("Only somebody who works in this team may do that.")
		}
		if err := tx.Widen(event.TeamTopic(t.ID)); err != nil { // nobody else opens one meanwhile
			return made{}, err
		}
		if open, err := checksWhere(tx.Query, "c.team_id = ? AND c.state = 'open'", t.ID); err != nil || len(open) > 0 {
			if err == nil {
				err = fault.Conflict("check_open", "%s has a health check open already.", t.Name).With("checkId", open[0].ID)
			}
			return made{}, err
		}
		c.OpenedAt = store.Ms(tx.Now)
		if err := insert(tx, c); err != nil {
			return made{}, err
		}
		if err := changed(tx, t.ID); err != nil {
			return made{}, err
		}
		return made{c.ID}, tellTeam(tx, c, notice.Note{Kind: "health.opened", Title: "Health check of " + t.Name,
			Text: "How is it going? Nobody sees who says what."})
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, m.ID)
}

// tellTeam writes to those who are asked.
func tellTeam(tx *store.Tx, c *check, n notice.Note) (err error) {
	n.Link = "/health/" + c.ID
	if n.To, err = team.People(tx.Query, c.TeamID, team.Commenter); err != nil {
		return err
	}
	return notice.Post(tx, n)
}

// AnswerTo is what somebody says of one question.
type AnswerTo struct {
	Question string `json:"question" maxLength:"40"`
	Score    int    `json:"score" enum:"1,2,3" doc:"3 well, 2 so-so, 1 bad"`
	Trend    int    `json:"trend,omitempty" required:"false" enum:"-1,0,1" doc:"1 it gets better, -1 it gets worse"`
}

// Answer gives one's answers, or other ones; what is not named stays. Neither the event nor what is kept of the
// request names anybody.
func (s *Service) Answer(ctx context.Context, id string, said []AnswerTo) (View, error) {
	v, caller := who.From(ctx), store.CallerOf(ctx)
	at, err := sit(s.store.Rows(ctx), v, id)
	if err != nil {
		return View{}, err
	}
	err = store.Do(store.As(ctx, "", ""), s.store, []string{event.TeamTopic(at.TeamID)}, func(tx *store.Tx) error {
		at, err := sit(tx.Query, v, id)
		switch {
		case err != nil:
			return err
		case !at.answers():
			return fault.Forbidden("Only the team itself answers.")
		case at.State != Open:
			return fault.Conflict("check_over", "This health check is over.")
		}
		if again, err := commands.Done(tx, at.RID, at.key, v.PersonID, caller); err != nil || again {
			return err
		}
		_, of := asked(at.Sets)
		me := at.key.Code("answer", v.PersonID)
		for _, a := range said {
			if _, ok := of[a.Question]; !ok {
				return fault.Invalid("body.answers", "There is no question %.40q in this check", a.Question)
			}
			if _, err := tx.Exec(`INSERT INTO health_answers (check_rid, voter, question, score, trend) VALUES (?,?,?,?,?)
				ON CONFLICT (check_rid, voter, question) DO UPDATE SET score = excluded.score, trend = excluded.trend`, at.RID, me, a.Question, a.Score, a.Trend); err != nil {
				return err
			}
		}
		return changed(tx, at.TeamID)
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, id)
}

// Reveal shows the whole team what it said, all at once, and takes away what could tell who said it.
func (s *Service) Reveal(ctx context.Context, id string) (View, error) {
	return s.end(ctx, id, func(tx *store.Tx, c *check) error {
		sums, err := countUp(tx.Query, c.RID)
		if err != nil {
			return err
		}
		if c.Answered, err = answeredBy(tx.Query, c.RID); err != nil {
			return err
		}
		if c.Answered == 0 {
			return fault.Conflict("nobody_answered", "Nobody has answered yet.")
		}
		for key, r := range sums {
			if r.N() < fewest {
				continue
			}
			if _, err := tx.Exec("INSERT INTO health_results (check_rid, question, well, so_so, bad, better, worse) VALUES (?,?,?,?,?,?,?)",
				c.RID, key, r.Well, r.SoSo, r.Bad, r.Better, r.Worse); err != nil {
				return err
			}
		}
		c.State = Revealed
		return tellTeam(tx, c, notice.Note{Kind: "health.revealed", Title: "Health check of " + c.TeamName + ": here is what you said"})
	})
}

// CallOff ends a check without showing anything; what was answered is gone.
func (s *Service) CallOff(ctx context.Context, id string) (View, error) {
	return s.end(ctx, id, func(_ *store.Tx, c *check) error {
		c.State = CalledOff
		return nil
	})
}

// end is the corridor of what ends a check. One that is over stays as it is.
func (s *Service) end(ctx context.Context, id string, fn func(tx *store.Tx, c *check) error) (View, error) {
	v := who.From(ctx)
	at, err := sit(s.store.Rows(ctx), v, id)
	if err != nil {
		return View{}, err
	}
	type done struct{}
	if _, err := store.InTx(ctx, s.store, []string{event.TeamTopic(at.TeamID)}, func(tx *store.Tx) (done, error) {
		at, err := sit(tx.Query, v, id)
		switch {
		case err != nil:
			return done{}, err
		case !at.leads():
			return done{}, fault.Forbidden("Only who opened it, or a lead of the team, may do that.")
		case at.State != Open:
			return done{}, nil
		}
		return done{}, finish(tx, at.check, fn)
	}); err != nil {
		return View{}, err
	}
	return s.Get(ctx, id)
}

func finish(tx *store.Tx, c *check, fn func(tx *store.Tx, c *check) error) error {
	now := store.Ms(tx.Now)
	c.EndedAt = &now
	if err := fn(tx, c); err != nil {
		return err
	}
	if err := seal(tx, c.RID); err != nil {
		return err
	}
	if err := save(tx, c); err != nil {
		return err
	}
	return changed(tx, c.TeamID)
}

// Scour lets the database let go of what was taken away. ADR 0016 says what remains elsewhere.
func (s *Service) Scour(ctx context.Context) error {
	return s.store.Scour(ctx, "health_keys", "health_answers")
}

// Sweep calls off what nobody has revealed for two months.
func (s *Service) Sweep(ctx context.Context) error {
	old, err := checksWhere(s.store.Rows(ctx), "c.state = 'open' AND c.opened_at < ?", store.Ms(s.store.Now().Add(-forgotten)))
	if err != nil {
		return err
	}
	for _, c := range old {
		if err := store.Do(store.As(ctx, "", ""), s.store, []string{event.TeamTopic(c.TeamID)}, func(tx *store.Tx) error {
			now, err := load(tx.Query, c.ID)
			if err != nil || now.State != Open {
				return err
			}
			return finish(tx, now, func(_ *store.Tx, c *check) error {
				c.State = CalledOff
				return nil
			})
		}); err != nil {
			return err
		}
	}
	return nil
}

// next is when a team is due for a check after one that was revealed.
func next(endedAt *int64) *time.Time {
	at := store.AtPtr(endedAt)
	if at == nil {
		return nil
	}
	due := at.Add(every)
	return &due
}
