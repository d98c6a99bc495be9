// Package flow answers what a board's record says about flow: it reads the record, hands it to the pure functions of
// package measure, and says with every number by which rule, over which cards and in which window it was made.
package flow

import (
	"context"
	"sync"

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

// keptItems is how many cards of how many boards are kept in memory at most; a card takes about 1 kB with its history.
const keptItems = 60_000

// kept are the records read last. A board's record is good until its topic moves on: every write that touches flow is an
// event there, in the same transaction.
type kept struct {
	mu     sync.Mutex
	boards map[string]*entry
	tick   int64
}

type entry struct {
	mu   sync.Mutex // one reader reads it anew, the others wait for that
	seq  int64
	data *loaded
	used int64
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
	e := s.kept.of(boardID)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.data != nil && e.seq == seq {
		return e.data, nil
	}
	data, err := load(q, seen.Layout)
	if err != nil {
		return nil, err
	}
	e.data, e.seq = data, seq
	s.kept.trim(boardID)
	return data, nil
}

func (k *kept) of(boardID string) *entry {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tick++
	e := k.boards[boardID]
	if e == nil {
		e = &entry{}
		k.boards[boardID] = e
	}
	e.used = k.tick
	return e
}

// trim lets go of the boards that were asked for longest ago until what is kept has room; never of the one in hand.
func (k *kept) trim(inHand string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for {
		items, oldest := 0, ""
		for id, e := range k.boards {
			held := id == inHand || e.mu.TryLock()
			if !held {
				continue // somebody reads it now
			}
			if e.data != nil {
				items += len(e.data.journeys)
			}
			if id != inHand {
				if oldest == "" || e.used < k.boards[oldest].used {
					oldest = id
				}
				e.mu.Unlock()
			}
		}
		if items <= keptItems || oldest == "" {
			return
		}
		delete(k.boards, oldest)
	}
}
