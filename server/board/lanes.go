package board

import (
	"context"
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
)

// NewLane is a lane to be made.
type NewLane struct {
	Name string `json:"name" minLength:"1" maxLength:"60"`
	Wip  *Wip   `json:"wip,omitempty" required:"false"`
}

// LanePatch is what may change of a lane.
type LanePatch struct {
	Name     *string   `json:"name,omitempty" required:"false" minLength:"1" maxLength:"60"`
	Wip      *WipPatch `json:"wip,omitempty" required:"false"`
	AfterID  string    `json:"afterId,omitempty" required:"false"`
	BeforeID string    `json:"beforeId,omitempty" required:"false"`
}

// AddLane puts a lane below the others.
func (s *Service) AddLane(ctx context.Context, boardID string, n NewLane) (*Layout, error) {
	return s.lead(ctx, boardID, func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		name, err := clean("body.name", "A lane", n.Name, 60)
		if err != nil {
			return err
		}
		if len(l.Lanes) >= 50 {
			return fault.Invalid("body", "A board has at most 50 lanes")
		}
		lane := Lane{BoardRID: l.RID, ID: store.NewID("lan"), Name: name, Position: nextLane(l), Wip: Wip{Mode: Off}}
		if n.Wip != nil {
			if err := n.Wip.check("body.wip"); err != nil {
				return err
			}
			lane.Wip = *n.Wip
		}
		if err := insertLane(tx, &lane); err != nil {
			return err
		}
		l.Lanes = append(l.Lanes, lane)
		return s.finish(tx, before, l, "lane.created", map[string]any{"laneId": lane.ID})
	})
}

func nextLane(l *Layout) int {
	if len(l.Lanes) == 0 {
		return 0
	}
	return l.Lanes[len(l.Lanes)-1].Position + 1
}

// ChangeLane applies a patch to a lane.
func (s *Service) ChangeLane(ctx context.Context, laneID string, p LanePatch) (*Layout, error) {
	return s.onLane(ctx, laneID, func(tx *store.Tx, l *Layout, lane *Lane) error {
		before := l.copy()
		var err error
		if p.Name != nil {
			if lane.Name, err = clean("body.name", "A lane", *p.Name, 60); err != nil {
				return err
			}
		}
		if p.Wip != nil {
			if lane.Wip, err = p.Wip.apply("body.wip", lane.Wip); err != nil {
				return err
			}
		}
		lane.Version++
		if err := saveLane(tx, lane, false); err != nil {
			return err
		}
		anchor, after := p.AfterID, 1
		if anchor == "" {
			anchor, after = p.BeforeID, 0
		}
		if anchor != "" && anchor != laneID {
			moved := *lane
			l.Lanes = slices.DeleteFunc(l.Lanes, func(x Lane) bool { return x.ID == laneID })
			i := slices.IndexFunc(l.Lanes, func(x Lane) bool { return x.ID == anchor })
			if i < 0 {
				return fault.Invalid("body.afterId", "That lane is not on this board")
			}
			l.Lanes = slices.Insert(l.Lanes, i+after, moved)
			for i := range l.Lanes {
				l.Lanes[i].Position = i
				if err := saveLane(tx, &l.Lanes[i], false); err != nil {
					return err
				}
			}
		}
		return s.finish(tx, before, l, "lane.updated", map[string]any{"laneId": laneID})
	})
}

// RemoveLane retires a lane; its cards stay in their columns without a lane.
func (s *Service) RemoveLane(ctx context.Context, laneID string) (*Layout, error) {
	return s.onLane(ctx, laneID, func(tx *store.Tx, l *Layout, lane *Lane) error {
		before := l.copy()
		cleared, err := s.cards.LeaveLane(tx, lane.RID)
		if err != nil {
			return err
		}
		lane.Version++
		if err := saveLane(tx, lane, true); err != nil {
			return err
		}
		l.Lanes = slices.DeleteFunc(l.Lanes, func(x Lane) bool { return x.ID == laneID })
		return s.finish(tx, before, l, "lane.removed", map[string]any{"laneId": laneID, "cleared": cleared})
	})
}

func (s *Service) onLane(ctx context.Context, laneID string, fn func(tx *store.Tx, l *Layout, lane *Lane) error) (*Layout, error) {
	boardID, err := BoardOfLane(s.store.Rows(ctx), laneID)
	if err != nil {
		return nil, err
	}
	if boardID == "" {
		return nil, fault.NotFound("lane")
	}
	return s.leadPart(ctx, boardID, "lane", func(tx *store.Tx, l *Layout) error {
		lane := l.Lane(laneID)
		if lane == nil {
			return fault.NotFound("lane")
		}
		return fn(tx, l, lane)
	})
}
