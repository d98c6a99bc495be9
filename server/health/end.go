package health

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

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
	return tell(tx, c.TeamID, wasEnded)
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
