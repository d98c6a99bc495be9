package retro

import (
	"context"

	"trestle/server/ballot"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Service is the verbs of retros.
type Service struct {
	store  *store.Store
	boards *board.Service
	cards  *card.Service
}

// New makes the room.
func New(st *store.Store, boards *board.Service, cards *card.Service) *Service {
	return &Service{store: st, boards: boards, cards: cards}
}

// done is what the store keeps of an answered request: nothing. The view, which says what is one's own, is read
// afterwards, so that no list of answers ties a person to a note.
type done struct{}

// commands are the requests that were answered quietly.
var commands = ballot.Commands{Table: "retro_commands", Owner: "retro_rid"}

// news is what an event says beside the phase and the version: ids, never a text. nil: nothing has changed.
type news map[string]any

// on is the corridor of what is done openly: the event says who did it.
func (s *Service) on(ctx context.Context, id string, n need, kind string, fn func(tx *store.Tx, at *seat) (news, error)) (View, error) {
	v := who.From(ctx)
	if err := s.CanListen(ctx, v, id); err != nil { // before a topic is locked, which would make one
		return View{}, err
	}
	_, err := store.InTx(ctx, s.store, []string{event.RetroTopic(id)}, func(tx *store.Tx) (done, error) {
		at, err := s.sit(tx.Query, v, "r.id = ?", id)
		if err != nil {
			return done{}, err
		}
		if err := at.may(n); err != nil {
			return done{}, err
		}
		said, err := fn(tx, at)
		if err != nil || said == nil {
			return done{}, err
		}
		return done{}, tell(tx, at.retro, kind, said)
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, id)
}

// quietly is the corridor of what nobody shall learn from whom it is: notes, votes, thumbs, answers. Neither the
// event nor the list of answered requests names anybody; a request that is sent again is known by a code.
func (s *Service) quietly(ctx context.Context, id, kind string, fn func(tx *store.Tx, at *seat) (changed bool, err error)) (View, error) {
	v, asked := who.From(ctx), store.CallerOf(ctx)
	if err := s.CanListen(ctx, v, id); err != nil {
		return View{}, err
	}
	err := store.Do(store.As(ctx, "", ""), s.store, []string{event.RetroTopic(id)}, func(tx *store.Tx) error {
		at, err := s.sit(tx.Query, v, "r.id = ?", id)
		if err != nil {
			return err
		}
		if err := at.may(joined); err != nil {
			return err
		}
		again, err := commands.Done(tx, at.RID, at.key, v.PersonID, asked)
		if err != nil || again {
			return err
		}
		changed, err := fn(tx, at)
		if err != nil || !changed {
			return err
		}
		return tell(tx, at.retro, kind, news{})
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, id)
}

// tell writes the retro's row with its next version, and the event.
func tell(tx *store.Tx, r *retro, kind string, said news) error {
	r.Version++
	r.TouchedAt = store.Ms(tx.Now)
	if err := save(tx, r); err != nil {
		return err
	}
	said["phase"], said["version"] = r.Phase, r.Version
	_, err := tx.Publish(event.RetroTopic(r.ID), kind, said)
	return err
}
