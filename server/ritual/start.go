package ritual

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Start begins a sitting; any worker may. When one runs already, that one is answered: two who press at once have one.
func (s *Service) Start(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if c.m != nil {
			return "", nil, nil
		}
		if c.r.Kind == Retro {
			return "", nil, fault.Conflict("begins_elsewhere", "A retro is begun under Retro; here it only has its dates.")
		}
		if err := c.tx.Widen(event.BoardTopic(c.r.BoardID), event.TeamTopic(c.r.TeamID)); err != nil {
			return "", nil, err
		}
		now := store.Ms(c.tx.Now)
		m := &sitting{SeriesRID: c.r.RID, ID: store.NewID("sit"), State: Running, StartedAt: now, StartedBy: c.tx.ActorID, TouchedAt: now, Box: c.r.Box * 60,
			SeqFrom: c.tx.Seq(event.BoardTopic(c.r.BoardID))}
		if err := c.look(m); err != nil {
			return "", nil, err
		}
		if err := insertSitting(c.tx, m); err != nil {
			return "", nil, err
		}
		c.m = m
		if c.r.Kind == Demo {
			if err := c.gather(); err != nil {
				return "", nil, err
			}
		}
		if err := c.expect(); err != nil {
			return "", nil, err
		}
		return "ritual.started", news{"sittingId": m.ID}, c.tellTeam()
	})
}

// look writes down of the board what the sitting begins with.
func (c *change) look(m *sitting) (err error) {
	switch c.r.Kind {
	case Replenishment:
		m.Facts.Queue, err = queueOf(c.tx.Query, c.seen.Layout, c.tx.Now)
	case Demo:
		m.Facts.Since, err = demoSince(c.tx.Query, c.r, c.seen.Calendar(), c.tx.Now)
	case FlowReview:
		m.Facts.Flow, err = c.flow()
	}
	return err
}

// End ends the sitting, with what it brought: comments on the cards that were placed, a summary to the team. Pressed
// again it changes nothing.
func (s *Service) End(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if c.m == nil {
			return "", nil, nil
		}
		if err := c.tx.Widen(event.BoardTopic(c.r.BoardID)); err != nil {
			return "", nil, err
		}
		if c.r.Kind == Replenishment {
			if err := c.commit(); err != nil {
				return "", nil, err
			}
		}
		ended := c.m
		if err := c.end(c.tx.Now); err != nil {
			return "", nil, err
		}
		return "ritual.ended", news{"sittingId": ended.ID}, c.publish(ended)
	})
}

// end ends the sitting at a moment. The write holds the board's topic.
func (c *change) end(at time.Time) error {
	ms, seq := store.Ms(at), c.tx.Seq(event.BoardTopic(c.r.BoardID))
	c.m.State, c.m.EndedAt, c.m.SeqTo = Ended, &ms, &seq
	err := saveSitting(c.tx, c.m)
	c.m = nil
	return err
}

// tidy ends a sitting that nobody touched for long, as of when somebody last did: nothing is said of it on cards.
func (c *change) tidy() error {
	if c.m == nil || !c.m.idle(c.tx.Now) {
		return nil
	}
	if err := c.tx.Widen(event.BoardTopic(c.r.BoardID)); err != nil {
		return err
	}
	id := c.m.ID
	if err := c.end(store.At(c.m.TouchedAt)); err != nil {
		return err
	}
	_, err := c.tx.Publish(event.RitualTopic(c.r.ID), "ritual.ended", news{"sittingId": id})
	return err
}

// endIdle is tidy for somebody who only looks.
func (s *Service) endIdle(ctx context.Context, id string) error {
	q := s.store.Rows(ctx)
	r, _, err := s.see(q, who.From(ctx), id)
	if err != nil {
		return err
	}
	m, err := running(q, r.RID)
	if err != nil || m == nil || !m.idle(s.store.Now()) {
		return err
	}
	return store.Do(store.As(ctx, "", ""), s.store, []string{event.RitualTopic(id), event.BoardTopic(r.BoardID)}, func(tx *store.Tx) error {
		l, err := s.boards.LayoutTx(tx, r.BoardID)
		if err != nil || l == nil {
			return err
		}
		c := &change{s: s, tx: tx, seen: board.Seen{Layout: l}, r: r}
		if c.m, err = running(tx.Query, r.RID); err != nil {
			return err
		}
		return c.tidy()
	})
}

// sits refuses what needs a sitting that runs, of one of the kinds.
func (c *change) sits(kinds ...string) error {
	for _, k := range kinds {
		if k == c.r.Kind {
			kinds = nil
		}
	}
	switch {
	case len(kinds) > 0:
		return fault.Conflict("other_ritual", "%s has no such thing: it is another kind of ritual.", c.r.Name)
	case c.m == nil:
		return fault.Conflict("no_sitting", "%s does not run now. Start it first.", c.r.Name)
	}
	return nil
}
