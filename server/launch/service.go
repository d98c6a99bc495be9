package launch

import (
	"context"
	"fmt"
	"slices"
	"time"

	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Service is the verbs of launches.
type Service struct {
	store *store.Store
	lists *checklist.Service
	cards *card.Service
}

// New makes the room.
func New(st *store.Store, lists *checklist.Service, cards *card.Service) *Service {
	return &Service{st, lists, cards}
}

const mostDays = 400

// List gives the launches of a time, and those under way; of all teams when none is named.
func (s *Service) List(ctx context.Context, from, to, teamID string) (out []LaunchHead, err error) {
	v := who.From(ctx)
	from, to, err = span(from, to, s.store.Now())
	if err != nil {
		return nil, err
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if teamID != "" {
			if _, _, err := team.See(q, v, teamID); err != nil {
				return err
			}
		}
		out, err = s.Coming(q, v, from, to, teamID)
		return err
	})
	return out, err
}

// span checks from and to; absent they are today and ninety days later.
func span(from, to string, now time.Time) (string, string, error) {
	if from == "" {
		from = now.Format(time.DateOnly)
	}
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return "", "", fault.Invalid("query.from", "Write the day like 2026-11-30")
	}
	if to == "" {
		to = a.AddDate(0, 0, 90).Format(time.DateOnly)
	}
	b, err := time.Parse(time.DateOnly, to)
	if err != nil || b.Before(a) || b.Sub(a) > mostDays*24*time.Hour {
		return "", "", fault.Invalid("query.to", "Write a day like 2026-11-30, after the first and at most %d days later", mostDays)
	}
	return from, to, nil
}

// Get reads one launch.
func (s *Service) Get(ctx context.Context, id string) (out LaunchView, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		out, err = s.view(q, who.From(ctx), id, s.store.Now())
		return err
	})
	return out, err
}

// change is one change of a launch, under the lock of its checklist's topic.
type change struct {
	*checklist.Beside
	l    *launch
	told told
	// what the card and whoever watches hear of it, "" nothing
	said string
}

// on is the corridor of every change; fn names the event, "" when nothing has changed.
func (s *Service) on(ctx context.Context, id string, fn func(c *change) (kind string, err error)) (LaunchView, error) {
	type done struct{}
	if _, err := checklist.OnBeside(ctx, s.lists, id, func(b *checklist.Beside) (done, error) {
		if b.LaunchOn == "" || b.Kind == checklist.ForService {
			return done{}, fault.Conflict("no_day", "This checklist has no day of launch. Give it one first.")
		}
		l, err := launchOf(b.Tx.Query, b.RID)
		if err != nil {
			return done{}, err
		}
		c := &change{Beside: b, l: l}
		kind, err := fn(c)
		if err == nil && kind != "" {
			err = c.tell(s, kind)
		}
		return done{}, err
	}); err != nil {
		return LaunchView{}, err
	}
	return s.Get(ctx, id)
}

// tell keeps a change, and says it to whoever follows, beside the card and to those who watch.
func (c *change) tell(s *Service, kind string) error {
	if err := c.l.save(c.Tx); err != nil {
		return err
	}
	c.told.State, c.told.Version = c.l.state, c.l.version
	if err := c.Tell(kind, about(c.ID), c.told); err != nil {
		return err
	}
	if c.said == "" {
		return nil
	}
	if c.CardID != "" {
		in, err := s.cards.In(c.Tx, c.Viewer, c.CardID)
		if err == nil && in.Live() == nil {
			_, err = in.Say(c.line())
		}
		if err != nil && !fault.Is(err, "board_archived") {
			return err
		}
	}
	to, err := s.lists.Liaising(c.Tx.Query, c.Tx.Now, c.TeamID)
	if err != nil {
		return err
	}
	for _, id := range append(to, c.l.plan.names()...) {
		if id != c.Viewer.PersonID && !slices.Contains(to, id) {
			to = append(to, id)
		}
	}
	to = slices.DeleteFunc(to, func(id string) bool { return id == c.Viewer.PersonID })
	return notice.Post(c.Tx, notice.Note{Kind: "launch.changed", To: to, TeamID: c.TeamID, BoardID: c.BoardID, CardID: c.CardID, CardKey: c.CardKey,
		Title: c.Name + ": " + c.said, Text: c.told.words(), Link: "/launches/" + c.ID})
}

// NewPlan is a plan over a version.
type NewPlan struct {
	Plan
	Version int64 `json:"version" minimum:"0" doc:"Refused as stale if it changed after this version; 0 while nothing is planned"`
}

// Write writes the plan; for those who work in the team.
func (s *Service) Write(ctx context.Context, id string, n NewPlan) (LaunchView, error) {
	return s.on(ctx, id, func(c *change) (string, error) {
		if n.Version != c.l.version {
			now, err := s.view(c.Tx.Query, c.Viewer, id, c.Tx.Now)
			if err != nil {
				return "", err
			}
			return "", fault.Conflict("stale", "Somebody changed this plan in the meantime.").With("current", now)
		}
		plan, err := n.Plan.take(c.Tx.Query, c.l.plan)
		if err != nil {
			return "", err
		}
		if before, after := c.l.plan.text(), plan.text(); before == after {
			return "", nil
		}
		c.l.plan = plan
		return "launch.planned", nil
	})
}

// line is what stands beside the card.
func (c *change) line() string {
	if words := c.told.words(); words != "" {
		return c.said + ": " + words
	}
	return c.said
}

// Begin begins the first stage, again too after it was rolled back. In a freeze, or while its checklist blocks, it asks
// for a word why.
func (s *Service) Begin(ctx context.Context, id, said string) (LaunchView, error) {
	said, err := words("body.said", "What you say", said, 0, 2000)
	if err != nil {
		return LaunchView{}, err
	}
	return s.on(ctx, id, func(c *change) (string, error) {
		switch {
		case c.l.state != Planned && c.l.state != RolledBack:
			return "", fault.Conflict("begun", "It has begun already.")
		case len(c.l.plan.Stages) == 0:
			return "", fault.Conflict("no_stages", "Plan at least one stage first.")
		}
		for i := range c.l.plan.Stages {
			st := &c.l.plan.Stages[i]
			st.State, st.By, st.At, st.Said, st.Early = StagePlanned, "", 0, "", 0
		}
		now := store.Ms(c.Tx.Now)
		c.l.state, c.l.beganAt, c.l.endedAt = Running, &now, nil
		v, err := s.lists.ViewIn(c.Tx.Query, c.Viewer, id, c.Tx.Now)
		if err != nil {
			return "", err
		}
		c.told.Blocking, c.told.Said = v.Blocking, said
		if err := c.frozen(); err != nil {
			return "", err
		}
		if said == "" && (v.Blocking > 0 || len(c.told.Freezes) > 0) {
			return "", fault.Conflict("say_why", "Say why it begins all the same: %s.", despite(v.Blocking, c.told.Freezes))
		}
		c.enter(0)
		c.said = "the launch began, stage " + c.stage(0)
		return "launch.began", nil
	})
}

// frozen keeps in which freezes it is done.
func (c *change) frozen() error {
	found, err := freezesWhere(c.Tx.Query, "(f.team_id IS NULL OR f.team_id = ?) AND f.from_day <= ? AND f.to_day >= ?", c.TeamID, c.Today, c.Today)
	c.told.Freezes = titles(found, c.TeamID, c.Today)
	return err
}

// enter begins a stage.
func (c *change) enter(i int) {
	st := &c.l.plan.Stages[i]
	st.State, st.By, st.At, st.Said = StageRunning, c.Viewer.PersonID, store.Ms(c.Tx.Now), ""
	c.told.Stage = st.Name
}

func (c *change) stage(i int) string {
	st := c.l.plan.Stages[i]
	return fmt.Sprintf("%s (%s %%)", st.Name, number(st.Share))
}

// running is the stage that runs and that is meant; refused when it is another.
func (c *change) running(stageID string) (int, error) {
	i := c.l.at()
	switch {
	case c.l.state != Running || i < 0:
		return 0, fault.Conflict("not_running", "No stage of this launch is running.")
	case c.l.plan.Stages[i].ID != stageID:
		return 0, fault.Conflict("stale", "Somebody went on in the meantime: it is at %s now.", c.l.plan.Stages[i].Name)
	}
	return i, nil
}

// Held is that a stage has held.
type Held struct {
	StageID string `json:"stageId" maxLength:"64" doc:"The stage that is meant, which has to be the one that runs"`
	Said    string `json:"said" minLength:"1" maxLength:"8000" doc:"What the number said"`
	Why     string `json:"why,omitempty" required:"false" maxLength:"8000" doc:"Why it does not wait until its hold has ended. Before that it is refused without, as say_why"`
}

func (h *Held) check() (err error) {
	if h.Said, err = words("body.said", "What the number said", h.Said, 1, 2000); err == nil {
		h.Why, err = words("body.why", "Why it does not wait", h.Why, 0, 2000)
	}
	return err
}

// pass says that the stage that runs has held; before its hold has ended with how much was left of it, and why.
func (c *change) pass(i int, h Held) error {
	st := &c.l.plan.Stages[i]
	if left := store.At(st.At).Add(st.hold()).Sub(c.Tx.Now); left > 0 {
		if h.Why == "" {
			return fault.Conflict("say_why", "%s is to be held for another %s. Say why it does not wait.", st.Name, longWords(left))
		}
		st.Early = int((left + time.Minute - 1) / time.Minute)
		c.told.Early, c.told.Why = st.Early, h.Why
	}
	st.State, st.Said, st.By = StagePassed, h.Said, c.Viewer.PersonID
	c.told.Said = h.Said
	return nil
}

// Next passes the stage that runs, with what its number said, and begins the next one.
func (s *Service) Next(ctx context.Context, id string, h Held) (LaunchView, error) {
	if err := h.check(); err != nil {
		return LaunchView{}, err
	}
	return s.on(ctx, id, func(c *change) (string, error) {
		i, err := c.running(h.StageID)
		if err != nil {
			return "", err
		}
		if i == len(c.l.plan.Stages)-1 {
			return "", fault.Conflict("last_stage", "This is the last stage. Say that it is done.")
		}
		if err := c.pass(i, h); err != nil {
			return "", err
		}
		c.enter(i + 1)
		c.said = "the launch went on to " + c.stage(i+1)
		return "launch.went_on", c.frozen()
	})
}

// Finish says that the last stage has held.
func (s *Service) Finish(ctx context.Context, id string, h Held) (LaunchView, error) {
	if err := h.check(); err != nil {
		return LaunchView{}, err
	}
	return s.on(ctx, id, func(c *change) (string, error) {
		i, err := c.running(h.StageID)
		if err != nil {
			return "", err
		}
		if i != len(c.l.plan.Stages)-1 {
			return "", fault.Conflict("not_last_stage", "There are stages after this one. Go on, or take them out of the plan.")
		}
		if err := c.pass(i, h); err != nil {
			return "", err
		}
		now := store.Ms(c.Tx.Now)
		c.l.state, c.l.endedAt = Done, &now
		c.told.Stage, c.said = c.l.plan.Stages[i].Name, "the launch is done"
		return "launch.done", nil
	})
}

// Stop stops it where it is; Resume goes on at the same stage; RollBack undoes it. Each with why.
func (s *Service) Stop(ctx context.Context, id, why string) (LaunchView, error) {
	return s.turn(ctx, id, why, []string{Running}, Stopped, StageStopped, "launch.stopped", "the launch was stopped at ")
}

// Resume goes on at the stage at which it was stopped.
func (s *Service) Resume(ctx context.Context, id, why string) (LaunchView, error) {
	return s.turn(ctx, id, why, []string{Stopped}, Running, StageRunning, "launch.resumed", "the launch goes on at ")
}

// RollBack says that it is undone.
func (s *Service) RollBack(ctx context.Context, id, why string) (LaunchView, error) {
	return s.turn(ctx, id, why, []string{Running, Stopped}, RolledBack, StageStopped, "launch.rolled_back", "the launch was rolled back from ")
}

func (s *Service) turn(ctx context.Context, id, why string, from []string, to, stage, kind, heading string) (LaunchView, error) {
	why, err := words("body.why", "Why", why, 1, 2000)
	if err != nil {
		return LaunchView{}, err
	}
	return s.on(ctx, id, func(c *change) (string, error) {
		i := c.l.at()
		if !slices.Contains(from, c.l.state) || i < 0 {
			return "", fault.Conflict("not_so", "That cannot be done now: the launch is %s.", map[string]string{Planned: "planned", Running: "running", Stopped: "stopped",
				RolledBack: "rolled back", Done: "done"}[c.l.state])
		}
		st := &c.l.plan.Stages[i]
		st.State, st.Said, st.By, c.l.state = stage, why, c.Viewer.PersonID, to
		if to == RolledBack {
			now := store.Ms(c.Tx.Now)
			c.l.endedAt = &now
		}
		c.told.Stage, c.told.Said, c.said = st.Name, why, heading+c.stage(i)
		if to == Running {
			err = c.frozen()
		}
		return kind, err
	})
}
