package board

import (
	"context"

	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Copy is a board to be made after another one.
type Copy struct {
	Name   string `json:"name" minLength:"1" maxLength:"80"`
	TeamID string `json:"teamId,omitempty" required:"false" maxLength:"64" doc:"The same team when absent"`
}

// Copy makes a board with the settings and the structure of one that the viewer may see: columns, policies,
// checks, entry checklists, limits, lanes, points, expectations, and what the card room sets up for a board. Cards stay where
// they are: work is in one place. Only a lead of the team that gets it may.
func (s *Service) Copy(ctx context.Context, boardID string, c Copy) (*Layout, error) {
	v := who.From(ctx)
	name, err := clean("body.name", "A board", c.Name, 80)
	if err != nil {
		return nil, err
	}
	seen, err := s.See(s.store.Rows(ctx), v, boardID)
	if err != nil {
		return nil, err
	}
	if c.TeamID == "" {
		c.TeamID = seen.TeamID
	}
	id := store.NewID("brd")
	topics := []string{event.BoardTopic(boardID), event.BoardTopic(id), event.TeamTopic(c.TeamID)}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (*Layout, error) {
		from, err := s.SeeTx(tx, v, boardID)
		if err != nil {
			return nil, err
		}
		t, err := ledTeam(tx, v, c.TeamID)
		if err != nil {
			return nil, err
		}
		d := from.Layout.draft()
		for i := range d.columns {
			if d.columns[i].list, err = s.forTeam(tx.Query, t.ID, d.columns[i].list); err != nil {
				return nil, err
			}
		}
		l, err := found(tx, t, Board{ID: id, Name: name, Visibility: from.Visibility, TimeZone: from.TimeZone, MirrorsCount: from.MirrorsCount}, d)
		if err != nil {
			return nil, err
		}
		return l, s.cards.CopySetup(tx, from.RID, l.RID)
	})
}

func (l *Layout) draft() draft {
	d := draft{sles: l.SLEs, reserves: l.Reserves, expedite: ExpediteView{l.ExpediteMode, l.ExpediteMax, l.ExpediteCounts}, categories: l.Categories, workItems: l.WorkItems,
		start: l.orderOf(l.StartColumnID) + 1, finish: l.orderOf(l.FinishColumnID) + 1}
	for _, c := range l.Columns {
		n := NewColumn{Name: c.Name, Kind: c.Kind, Policy: c.Policy, Wip: &c.Wip, list: c.Checklist}
		for _, k := range c.Checks {
			n.Checks = append(n.Checks, k.Text)
		}
		d.columns = append(d.columns, n)
	}
	for _, n := range l.Lanes {
		d.lanes = append(d.lanes, NewLane{Name: n.Name, Wip: &n.Wip})
	}
	return d
}
