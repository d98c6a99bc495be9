// Package flow answers what a board's record says about flow: it reads the record, hands it to the pure functions of
// package measure, and says with every number by which rule, over which cards and in which window it was made.
package flow

import (
	"context"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Service of the room.
type Service struct {
	store  *store.Store
	boards *board.Service
	kept   kept
	walls  walls
	beside Beside // nil: nothing waits, nothing is launched
}

// New makes the service.
func New(st *store.Store, boards *board.Service) *Service {
	return &Service{store: st, boards: boards, kept: kept{boards: map[string]*entry{}}, walls: walls{boards: map[string]*wallEntry{}}}
}

// record gives a board's record as the viewer may see it: not_found where they do not see the board.
func (s *Service) record(ctx context.Context, boardID string) (*loaded, error) {
	q := s.store.Rows(ctx)
	seq, _, err := store.TopicIn(q, event.BoardTopic(boardID)) // first: what is read after it is as new, or newer
	if err != nil {
		return nil, err
	}
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return nil, err
	}
	return s.upToDate(q, seen.Layout, seq)
}

// upToDate gives what is kept of a board once it is true at a sequence.
func (s *Service) upToDate(q *store.Query, l *board.Layout, seq int64) (*loaded, error) {
	e := s.kept.of(l.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.data != nil && e.seq >= seq {
		return e.data, nil
	}
	followed, err := e.follow(q, l, seq)
	if err != nil {
		return nil, err
	}
	if !followed {
		data, x, err := load(q, l)
		if err != nil {
			return nil, err
		}
		e.set(data, x, seq)
	}
	s.kept.trim(l.ID)
	return e.data, nil
}
