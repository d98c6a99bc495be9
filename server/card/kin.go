package card

import (
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Kin is another card as the detail of one names it. Of a card that the viewer may not see only the key is told.
type Kin struct {
	ID         string `json:"id"`
	Key        string `json:"key"`
	Title      string `json:"title,omitempty"`
	BoardID    string `json:"boardId,omitempty"`
	BoardName  string `json:"boardName,omitempty"`
	ColumnName string `json:"columnName,omitempty"`
	Discipline string `json:"discipline,omitempty"`
	State      string `json:"state,omitempty" enum:"waiting,started,finished,archived"`
	Blocked    bool   `json:"blocked,omitempty"`
}

// Family is what a card is a part of, and its own parts.
type Family struct {
	Parent   *Kin  `json:"parent,omitempty"`
	Children []Kin `json:"children"`
	Hidden   int   `json:"hidden,omitempty" doc:"Parts on boards that you may not see"`
}

const kinColumns = `SELECT k.rid, k.id, k.key, k.title, k.discipline, b.id, b.name, col.name, k.started_at, k.finished_at, k.archived_at,
	CASE WHEN EXISTS (SELECT 1 FROM blockers x WHERE x.card_rid = k.rid AND x.closed_at IS NULL) THEN 1 ELSE 0 END
	FROM cards k JOIN boards b ON b.rid = k.board_rid AND b.staged_at IS NULL
	JOIN places p ON p.card_rid = k.rid AND p.board_rid = k.board_rid JOIN columns col ON col.rid = p.column_rid `

// kin reads cards that another names; shown tells which of them the viewer may see.
func (s *Service) kin(q *store.Query, v who.Viewer, where string, args ...any) (out map[int64]Kin, order []int64, shown map[int64]bool, err error) {
	out, shown = map[int64]Kin{}, map[int64]bool{}
	err = q.Each(func(scan func(...any) error) error {
		var k Kin
		var rid int64
		var started, finished, archived *int64
		var blocked int
		err := scan(&rid, &k.ID, &k.Key, &k.Title, &k.Discipline, &k.BoardID, &k.BoardName, &k.ColumnName, &started, &finished, &archived, &blocked)
		switch {
		case finished != nil:
			k.State = "finished"
		case archived != nil:
			k.State = "archived"
		case started != nil:
			k.State = "started"
		default:
			k.State = "waiting"
		}
		k.Blocked = blocked == 1 && archived == nil
		out[rid] = k
		order = append(order, rid)
		return err
	}, kinColumns+where+" ORDER BY k.rid", args...)
	if err != nil {
		return nil, nil, nil, err
	}
	boards := map[string]bool{}
	for _, rid := range order {
		k := out[rid]
		may, asked := boards[k.BoardID]
		if !asked {
			_, err := s.boards.See(q, v, k.BoardID)
			if err != nil && !fault.Is(err, "not_found") {
				return nil, nil, nil, err
			}
			may = err == nil
			boards[k.BoardID] = may
		}
		shown[rid] = may
		if !may {
			out[rid] = Kin{ID: k.ID, Key: k.Key}
		}
	}
	return out, order, shown, nil
}

// family fills in the cards that a card's detail names: parent, parts, and to-do items that became cards.
func (d *Detail) family(s *Service, q *store.Query, v who.Viewer, c *Card) error {
	d.Family.Children = []Kin{}
	if c.ParentRID != nil {
		found, _, _, err := s.kin(q, v, "WHERE k.rid = ?", *c.ParentRID)
		if err != nil {
			return err
		}
		if k, ok := found[*c.ParentRID]; ok {
			d.Family.Parent = &k
		}
	}
	found, order, shown, err := s.kin(q, v, "WHERE k.parent_rid = ?", c.RID)
	if err != nil {
		return err
	}
	for _, rid := range order {
		if shown[rid] {
			d.Family.Children = append(d.Family.Children, found[rid])
		} else {
			d.Family.Hidden++
		}
	}
	promoted := map[string]int64{}
	err = q.Each(func(scan func(...any) error) error {
		var id string
		var rid int64
		err := scan(&id, &rid)
		promoted[id] = rid
		return err
	}, "SELECT id, child_rid FROM todos WHERE card_rid = ? AND child_rid IS NOT NULL AND removed_at IS NULL", c.RID)
	if err != nil || len(promoted) == 0 {
		return err
	}
	// a part may have been given to another card since: the item names it all the same
	items, _, _, err := s.kin(q, v, "WHERE k.rid IN (SELECT child_rid FROM todos WHERE card_rid = ? AND child_rid IS NOT NULL)", c.RID)
	if err != nil {
		return err
	}
	for i := range d.Todos {
		if k, ok := items[promoted[d.Todos[i].ID]]; ok {
			d.Todos[i].Card, d.Todos[i].Done = &k, k.State == "finished"
		}
	}
	return nil
}
