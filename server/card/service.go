package card

import (
	"context"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Service is the verbs of cards.
type Service struct {
	store   *store.Store
	boards  *board.Service
	shelf   shelf
	files   Files
	build   string
	glances glances
	asks    Asks
	lists   Lists
}

// New makes the room and introduces it to the boards. build names this build in ETags.
func New(st *store.Store, boards *board.Service, build string) *Service {
	s := &Service{store: st, boards: boards, build: build, shelf: newShelf()}
	boards.Attach(s)
	return s
}

// edit is one change of one card, from the lock to the event.
type edit struct {
	tx   *store.Tx
	l    *board.Layout
	card *Card
	seen board.Seen
	s    *Service

	told  []string // who gets a notice of this change already
	words string   // what was said, for notices
}

// need is the least right that a verb asks for.
type need int

const (
	toSee need = iota // the verb itself says who may
	toComment
	toWork
)

// onCard is the corridor of every change of a card: find its board, lock the board's topic, read the rights
// and the card again under the lock, then do.
func onCard[T any](ctx context.Context, s *Service, idOrKey string, n need, fn func(e *edit) (T, error)) (T, error) {
	return onCardAnd(ctx, s, idOrKey, n, nil, fn)
}

// onCardAnd is onCard for a change that needs more topics than that of the card's board.
func onCardAnd[T any](ctx context.Context, s *Service, idOrKey string, n need, also []string, fn func(e *edit) (T, error)) (T, error) {
	var zero T
	at, err := locate(s.store.Rows(ctx), idOrKey)
	if err != nil {
		return zero, err
	}
	if at.cardID == "" {
		return zero, fault.NotFound("card")
	}
	return onLocatedAnd(ctx, s, at, n, also, fn)
}

func onLocated[T any](ctx context.Context, s *Service, at located, n need, fn func(e *edit) (T, error)) (T, error) {
	return onLocatedAnd(ctx, s, at, n, nil, fn)
}

func onLocatedAnd[T any](ctx context.Context, s *Service, at located, n need, also []string, fn func(e *edit) (T, error)) (T, error) {
	v := who.From(ctx)
	topics, err := s.topicsOf(ctx, at)
	if err != nil {
		var zero T
		return zero, err
	}
	return store.InTx(ctx, s.store, append(topics, also...), func(tx *store.Tx) (T, error) {
		var zero T
		seen, err := s.boards.SeeTx(tx, v, at.boardID)
		if err != nil {
			return zero, asCard(err)
		}
		c, err := loadCard(tx.Query, at.cardID)
		if err != nil {
			return zero, err
		}
		if c == nil || c.BoardRID != seen.RID {
			return zero, fault.NotFound("card")
		}
		switch {
		case n == toWork && !seen.Rights.CanWork():
			return zero, fault.Forbidden("Your role on this team may look, but not change cards.")
		case n == toComment && !seen.Rights.CanComment() && !c.askedBy(v):
			return zero, fault.Forbidden("Your role on this team may look, but not comment.")
		}
		if err := seen.Open(); err != nil {
			return zero, err
		}
		c.BoardID = at.boardID
		before := partOf(c)
		out, err := fn(&edit{tx: tx, l: seen.Layout, card: c, seen: seen, s: s})
		if err != nil {
			return out, err
		}
		return out, s.tellParents(tx, before, partOf(c))
	})
}

// asCard says "card" where the board was what could not be seen.
func asCard(err error) error {
	if fault.Is(err, "not_found") {
		return fault.NotFound("card")
	}
	return err
}

// live refuses a change of an archived card.
func (e *edit) live() error {
	if e.card.ArchivedAt != nil {
		return fault.Conflict("archived", "%s is archived. Restore it first.", e.card.Key)
	}
	return nil
}

// publish tells every board where the card stands what happened to it, with its whole face there, and gives the
// answer of its own one.
func (e *edit) publish(kind string, extra map[string]any) (Changed, error) {
	if err := e.tellWatchers(kind, extra); err != nil {
		return Changed{}, err
	}
	f := FaceOf(e.card, e.l)
	data := map[string]any{"card": f}
	for k, v := range extra {
		data[k] = v
	}
	seq, err := e.tx.PublishAbout(event.BoardTopic(e.l.ID), kind, e.card.ID, data)
	if err != nil {
		return Changed{}, err
	}
	return Changed{Card: f, Seq: seq}, e.tellMirrors(kind, extra)
}

// saved refreshes the face from the tables, writes the card and publishes.
func (e *edit) saved(kind string, extra map[string]any, fields ...string) (Changed, error) {
	if err := refresh(e.tx, e.card); err != nil {
		return Changed{}, err
	}
	e.card.touch(fields...)
	if err := saveCard(e.tx, e.card); err != nil {
		return Changed{}, err
	}
	return e.publish(kind, extra)
}
