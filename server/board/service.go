package board

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Cards is what this room needs of the cards on its boards; the card room provides it.
type Cards interface {
	// MoveAll puts every card of a column at the end of another, in order, and gives their new places.
	MoveAll(tx *store.Tx, l *Layout, from, to *Column) (moved any, err error)
	// MoveAsks is MoveAll for the asks alone that wait there for an answer.
	MoveAsks(tx *store.Tx, l *Layout, from, to *Column) (moved any, err error)
	// OpenAsksIn is how many asks wait in a column for an answer.
	OpenAsksIn(q *store.Query, columnRID int64) (int, error)
	// CountIn is how many unarchived cards stand in a column.
	CountIn(q *store.Query, columnRID int64) (int, error)
	// LeaveLane takes every card out of a lane and gives their ids.
	LeaveLane(tx *store.Tx, laneRID int64) (ids []string, err error)
	// Recompute replays every card's history under the layout's points and gives the clocks that changed.
	Recompute(tx *store.Tx, l *Layout) (changed any, err error)
	// Reshow brings what other boards show of this one's cards, and this one of theirs, in line with a change.
	Reshow(tx *store.Tx, before, after *Layout) error
	// Reface reads what the faces of a board's cards show anew.
	Reface(tx *store.Tx, boardRID int64) error
	// Finished counts finished cards per class, "" for all.
	Finished(q *store.Query, boardRID int64) (map[string]int, error)
	// CopySetup gives a new board what this room sets up for another one; no cards.
	CopySetup(tx *store.Tx, fromRID, toRID int64) error
}

// Service is the verbs of boards.
type Service struct {
	store *store.Store
	cards Cards
	lists Lists
	cache layouts
}

// New makes the room; Attach must follow before it is used.
func New(st *store.Store) *Service {
	return &Service{store: st, cache: layouts{m: map[string]*Layout{}}}
}

// Attach introduces the cards.
func (s *Service) Attach(c Cards) { s.cards = c }

// Seen is a board that the viewer may see, with what they may do on it.
type Seen struct {
	*Layout
	Rights team.Rights
}

// Open refuses changes on an archived board.
func (s Seen) Open() error {
	if s.ArchivedAt == nil {
		return nil
	}
	return fault.Conflict("board_archived", "%s is archived: it can be read, but not changed.", s.Name)
}

// See reads a board for a viewer: not_found when it is absent or invisible.
func (s *Service) See(q *store.Query, v who.Viewer, boardID string) (Seen, error) {
	l, err := s.LayoutIn(q, boardID)
	if err != nil {
		return Seen{}, err
	}
	return s.seen(q, v, l)
}

// SeeTx is See inside a write, under its lock.
func (s *Service) SeeTx(tx *store.Tx, v who.Viewer, boardID string) (Seen, error) {
	l, err := s.LayoutTx(tx, boardID)
	if err != nil {
		return Seen{}, err
	}
	return s.seen(tx.Query, v, l)
}

func (s *Service) seen(q *store.Query, v who.Viewer, l *Layout) (Seen, error) {
	if l == nil {
		return Seen{}, fault.NotFound("board")
	}
	r, err := team.RightsIn(q, v, l.TeamID)
	if err != nil {
		return Seen{}, err
	}
	if !r.CanSee(l.Visibility) {
		return Seen{}, fault.NotFound("board")
	}
	return Seen{Layout: l, Rights: r}, nil
}

// CanListen says whether a viewer may follow a board's topic: nil, or not_found.
func (s *Service) CanListen(ctx context.Context, v who.Viewer, boardID string) error {
	_, err := s.See(s.store.Rows(ctx), v, boardID)
	return err
}

// lead is the beginning of every change of a board's settings: locked, seen, and led.
func (s *Service) lead(ctx context.Context, boardID string, fn func(tx *store.Tx, l *Layout) error) (*Layout, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, []string{event.BoardTopic(boardID)}, func(tx *store.Tx) (*Layout, error) {
		seen, err := s.SeeTx(tx, v, boardID)
		if err != nil {
			return nil, err
		}
		if !seen.Rights.CanLead() {
			return nil, fault.Forbidden("Only a lead of this team may change the board.")
		}
		if err := seen.Open(); err != nil {
			return nil, err
		}
		l := seen.Layout.copy()
		if err := fn(tx, l); err != nil {
			return nil, err
		}
		return l, nil
	})
}

// leadPart is lead for a column or a lane that was asked for by its own id: on an invisible board it is refused
// in the words for one that does not exist.
func (s *Service) leadPart(ctx context.Context, boardID, what string, fn func(tx *store.Tx, l *Layout) error) (*Layout, error) {
	l, err := s.lead(ctx, boardID, fn)
	if fault.Is(err, "not_found") {
		return nil, fault.NotFound(what)
	}
	return l, err
}

// copy is a layout that may be changed; the loaded one is shared.
func (l *Layout) copy() *Layout {
	n := *l
	n.Columns = append([]Column(nil), l.Columns...)
	n.Retired = append([]Column(nil), l.Retired...)
	n.Lanes = append([]Lane(nil), l.Lanes...)
	n.SLEs = append([]SLE(nil), l.SLEs...)
	n.Reserves = append([]Reserve(nil), l.Reserves...)
	n.Fields = append([]CustomField(nil), l.Fields...)
	n.Categories = append([]Category(nil), l.Categories...)
	return &n
}

// finish writes what changed between two layouts and tells it: versions, clocks, the event.
func (s *Service) finish(tx *store.Tx, before, after *Layout, kind string, extra map[string]any) error {
	if err := saveBoard(tx, &after.Board); err != nil {
		return err
	}
	if err := saveVersions(tx, before, after); err != nil {
		return err
	}
	if err := savePolicies(tx, before, after); err != nil {
		return err
	}
	data := map[string]any{}
	for k, v := range extra {
		data[k] = v
	}
	if !before.SamePoints(after) {
		changed, err := s.cards.Recompute(tx, after)
		if err != nil {
			return err
		}
		if changed != nil {
			data["clocks"] = changed
		}
	}
	if err := s.cards.Reshow(tx, before, after); err != nil {
		return err
	}
	finished, err := s.cards.Finished(tx.Query, after.RID)
	if err != nil {
		return err
	}
	data["board"] = after.ViewWith(finished)
	switch kind[:4] {
	case "colu":
		data["columns"] = after.ColumnViews()
	case "lane":
		data["lanes"] = after.LaneViews()
	}
	_, err = tx.Publish(event.BoardTopic(after.ID), kind, data)
	return err
}

// SamePoints says whether Replay gives the same under both: every column that a history can name lies where
// it lay, before, between or after the points.
func (l *Layout) SamePoints(after *Layout) bool {
	for _, list := range [][]Column{l.Columns, l.Retired} {
		for _, c := range list {
			if now := after.ColumnByRID(c.RID); now == nil || l.zone(c) != after.zone(*now) {
				return false
			}
		}
	}
	return true
}

// zone is 0 before the start, 1 from there on, 2 from the finish on.
func (l *Layout) zone(c Column) int {
	start, finish := l.Points()
	switch {
	case c.Position >= finish:
		return 2
	case c.Position >= start:
		return 1
	}
	return 0
}
