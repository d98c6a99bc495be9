package ritual

import (
	"context"
	"reflect"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Service is the verbs of rituals.
type Service struct {
	store  *store.Store
	boards *board.Service
	cards  *card.Service
}

// New makes the room.
func New(st *store.Store, boards *board.Service, cards *card.Service) *Service {
	return &Service{store: st, boards: boards, cards: cards}
}

// change is one change of a series, from the lock to the event.
type change struct {
	s    *Service
	tx   *store.Tx
	v    who.Viewer
	seen board.Seen
	r    *series
	m    *sitting // the one that runs, or nil
}

// need is the least right that a verb asks for.
type need int

const (
	toJoin need = iota // a person who sees the board
	toWork
	toLead
	toRestore // toLead, also of what was put away
)

// news is what an event says: ids, never a text.
type news map[string]any

// on is the corridor of every change of a series: lock its topic, read the series and the rights under the lock, then
// do. fn names the event that comes of it; "" when nothing has changed.
func (s *Service) on(ctx context.Context, id string, n need, fn func(c *change) (kind string, said news, err error)) (View, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, []string{event.RitualTopic(id)}, func(tx *store.Tx) (View, error) {
		r, err := oneSeries(tx.Query, "s.id = ?", id)
		if err != nil {
			return View{}, err
		}
		if r == nil {
			return View{}, fault.NotFound("ritual")
		}
		c := &change{s: s, tx: tx, v: v, r: r}
		if c.seen, err = s.boards.SeeTx(tx, v, r.BoardID); err != nil {
			return View{}, asRitual(err)
		}
		if err := c.may(n); err != nil {
			return View{}, err
		}
		if c.m, err = running(tx.Query, r.RID); err != nil {
			return View{}, err
		}
		if err := c.tidy(); err != nil {
			return View{}, err
		}
		kind, said, err := fn(c)
		if err != nil {
			return View{}, err
		}
		return c.tell(kind, said)
	})
}

func asRitual(err error) error {
	if fault.Is(err, "not_found") {
		return fault.NotFound("ritual")
	}
	return err
}

func (c *change) may(n need) error {
	switch {
	case n >= toLead && !c.seen.Rights.CanLead():
		return fault.Forbidden("Only a lead of this team may set up its rituals.")
	case n == toWork && !c.seen.Rights.CanWork():
		return fault.Forbidden("Only somebody who works in this team may run its rituals.")
	case n == toJoin && (c.v.PersonID == "" || c.v.TeamID != ""):
		return fault.Forbidden("People join a ritual; a screen or a team's token does not.")
	case c.r != nil && c.r.ArchivedAt != nil && n != toRestore:
		return fault.Conflict("archived", "%s was put away. Bring it back first.", c.r.Name)
	}
	return c.seen.Open()
}

// tell announces what has changed and answers how the series stands now.
func (c *change) tell(kind string, said news) (View, error) {
	topic := event.RitualTopic(c.r.ID)
	if kind != "" && c.m != nil {
		c.m.TouchedAt = store.Ms(c.tx.Now)
		if err := saveSitting(c.tx, c.m); err != nil {
			return View{}, err
		}
	}
	if kind != "" {
		if said == nil {
			said = news{}
		}
		if _, err := c.tx.Publish(topic, kind, said); err != nil {
			return View{}, err
		}
	}
	v, err := viewOf(c.tx.Query, c.seen.Layout, c.r, c.tx.Now)
	v.Seq = c.tx.Seq(topic)
	return v, err
}

// tellTeam says on the team's topic that its rituals are to be read anew: nobody follows what has just been made.
func (c *change) tellTeam() error {
	if err := c.tx.Widen(event.TeamTopic(c.r.TeamID)); err != nil {
		return err
	}
	_, err := c.tx.Publish(event.TeamTopic(c.r.TeamID), "rituals.changed", struct{}{})
	return err
}

// CanListen says whether a viewer may follow a series' topic: nil, or not_found.
func (s *Service) CanListen(ctx context.Context, v who.Viewer, id string) error {
	_, _, err := s.see(s.store.Rows(ctx), v, id)
	return err
}

// see reads a series that the viewer may see.
func (s *Service) see(q *store.Query, v who.Viewer, id string) (*series, board.Seen, error) {
	r, err := oneSeries(q, "s.id = ?", id)
	if err != nil {
		return nil, board.Seen{}, err
	}
	if r == nil {
		return nil, board.Seen{}, fault.NotFound("ritual")
	}
	seen, err := s.boards.See(q, v, r.BoardID)
	return r, seen, asRitual(err)
}

// Get reads how a series stands.
func (s *Service) Get(ctx context.Context, id string) (out View, err error) {
	if err := s.endIdle(ctx, id); err != nil {
		return out, err
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, seen, err := s.see(q, who.From(ctx), id)
		if err != nil {
			return err
		}
		if out, err = viewOf(q, seen.Layout, r, s.store.Now()); err == nil {
			out.Seq, _, err = store.TopicIn(q, event.RitualTopic(r.ID))
		}
		return err
	})
	return out, err
}

// Create sets up a ritual on a board; for leads. A board has one of each kind.
func (s *Service) Create(ctx context.Context, n NewSeries) (View, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, []string{event.BoardTopic(n.BoardID)}, func(tx *store.Tx) (View, error) {
		c := &change{s: s, tx: tx, v: v}
		var err error
		if c.seen, err = s.boards.SeeTx(tx, v, n.BoardID); err != nil {
			return View{}, err
		}
		if err := c.may(toLead); err != nil {
			return View{}, err
		}
		if c.r, err = seriesFor(c.seen.Layout, n.Kind); err != nil {
			return View{}, err
		}
		if err := n.patch().apply(c.r); err != nil {
			return View{}, err
		}
		if err := c.alone(); err != nil {
			return View{}, err
		}
		topic := event.RitualTopic(c.r.ID)
		if err := tx.LockNew(topic); err != nil {
			return View{}, err
		}
		if err := insertSeries(tx, c.r); err != nil {
			return View{}, err
		}
		if _, err := tx.Exec("INSERT INTO side_topics (topic, board_id, team_id) VALUES (?,?,?)", topic, c.r.BoardID, c.r.TeamID); err != nil {
			return View{}, err
		}
		if err := c.tellTeam(); err != nil {
			return View{}, err
		}
		return c.tell("ritual.created", nil)
	})
}

// alone refuses a series of a kind that the board has: it has one of each. Who asks holds the board's topic.
func (c *change) alone() error {
	there, err := oneSeries(c.tx.Query, "s.board_id = ? AND s.kind = ? AND s.archived_at IS NULL", c.r.BoardID, c.r.Kind)
	if err == nil && there != nil {
		err = fault.Conflict("exists", "This board has %s already. Change that one.", there.Name).With("seriesId", there.ID)
	}
	return err
}

// rescheduled marks a change of when a series takes place: what was planned before it is known no more.
const rescheduled = "rescheduled"

// Change changes a series; for leads.
func (s *Service) Change(ctx context.Context, id string, p Patch) (View, error) {
	return s.on(ctx, id, toLead, func(c *change) (string, news, error) {
		before := *c.r
		if err := p.apply(c.r); err != nil || reflect.DeepEqual(before, *c.r) {
			return "", nil, err
		}
		if err := c.tellTeam(); err != nil {
			return "", nil, err
		}
		said := news{}
		if before.Zone != c.r.Zone || !reflect.DeepEqual(before.Plan, c.r.Plan) {
			said[rescheduled] = true
		}
		return "ritual.updated", said, saveSeries(c.tx, c.r)
	})
}

// Archive puts a series away; for leads. Its sittings can still be read.
func (s *Service) Archive(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toLead, func(c *change) (string, news, error) {
		if c.m != nil {
			return "", nil, fault.Conflict("running", "%s runs now. End it first.", c.r.Name)
		}
		at := store.Ms(c.tx.Now)
		c.r.ArchivedAt = &at
		if err := c.tellTeam(); err != nil {
			return "", nil, err
		}
		return "ritual.archived", nil, saveSeries(c.tx, c.r)
	})
}

// Restore brings a series back that was put away; for leads. Until then a new one may have taken its place.
func (s *Service) Restore(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toRestore, func(c *change) (string, news, error) {
		if c.r.ArchivedAt == nil {
			return "", nil, nil
		}
		if err := c.tx.Widen(event.BoardTopic(c.r.BoardID)); err != nil {
			return "", nil, err
		}
		if err := c.alone(); err != nil {
			return "", nil, err
		}
		said := news{}
		if c.r.Plan != nil && len(c.r.Plan.Between(c.r.location(), store.At(*c.r.ArchivedAt), c.tx.Now)) > 0 {
			said[rescheduled] = true // it was not missed meanwhile
		}
		c.r.ArchivedAt = nil
		if err := c.tellTeam(); err != nil {
			return "", nil, err
		}
		return "ritual.restored", said, saveSeries(c.tx, c.r)
	})
}
