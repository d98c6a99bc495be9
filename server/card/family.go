package card

import (
	"context"
	"encoding/json"
	"slices"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
	"trestle/server/who"
)

// Parent is the card that another is a part of, as faces name it: whoever sees the part may not see the whole.
type Parent struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

// Children sums up a card's parts, on whatever boards they stand. What was archived unfinished is no part any more.
type Children struct {
	Done    int `json:"done"`
	Total   int `json:"total"`
	Blocked int `json:"blocked,omitempty"`
}

const (
	maxChildren = 200
	maxDepth    = 20
)

// familyTopic is locked by whatever gives a card a parent. Two such changes on different boards could make a
// circle that neither sees; so there is one at a time.
const familyTopic = event.Org

// adopt gives the card another parent, or none. ref is an id or a key.
func (e *edit) adopt(ctx context.Context, s *Service, ref web.Opt[string]) error {
	c := e.card
	if !ref.Set {
		return nil
	}
	if ref.Null || ref.Value == "" {
		return e.setParent(nil)
	}
	p, err := s.visible(ctx, e.tx.Query, ref.Value)
	if err != nil {
		return err
	}
	switch {
	case p == nil:
		return fault.Invalid("body.parentId", "There is no card %s that you may see", ref.Value)
	case sameRID(c.ParentRID, &p.RID):
		return nil
	case p.ArchivedAt != nil:
		return fault.Invalid("body.parentId", "%s is archived and takes no parts", p.Key)
	}
	if err := takesPart(e.tx.Query, p, c); err != nil {
		return err
	}
	return e.setParent(p)
}

func (e *edit) setParent(p *Card) error {
	c := e.card
	c.ParentRID, c.Face.Parent = nil, nil
	if p != nil {
		c.ParentRID, c.Face.Parent = &p.RID, &Parent{ID: p.ID, Key: p.Key}
	}
	_, err := e.tx.Exec("UPDATE cards SET parent_rid = ? WHERE rid = ?", c.ParentRID, c.RID) // faces are derived from the tables
	return err
}

// visible reads a card that the viewer may see; nil when there is none.
func (s *Service) visible(ctx context.Context, q *store.Query, idOrKey string) (*Card, error) {
	c, _, err := s.see(q, who.From(ctx), idOrKey)
	if fault.Is(err, "not_found") {
		return nil, nil
	}
	return c, err
}

// takesPart refuses a part that the card has no room for, that is the card itself, or that the card is a part of. Every
// door by which a card becomes a part asks it; a card that is being made has no number yet.
func takesPart(q *store.Query, p, c *Card) error {
	if p.RID == c.RID {
		return fault.Invalid("body.parentId", "A card cannot be a part of itself")
	}
	above, up := 0, p.ParentRID
	for ; up != nil; above++ {
		if *up == c.RID {
			return fault.Conflict("cycle", "%s is a part of %s, so it cannot contain it.", p.Key, c.Key)
		}
		if above > 10*maxDepth { // an import may have brought more than people make
			break
		}
		var next *int64
		if _, err := q.Row([]any{&next}, "SELECT parent_rid FROM cards WHERE rid = ?", *up); err != nil {
			return err
		}
		up = next
	}
	var below, parts int
	if _, err := q.Row([]any{&below}, `WITH RECURSIVE b (rid, level) AS (SELECT rid, 1 FROM cards WHERE parent_rid = ?
		UNION ALL SELECT k.rid, b.level + 1 FROM cards k JOIN b ON k.parent_rid = b.rid WHERE b.level <= ?) SELECT COALESCE(MAX(level), 0) FROM b`, c.RID, maxDepth); err != nil {
		return err
	}
	if above+below > maxDepth {
		return fault.Conflict("too_deep", "Parts within parts go at most %d levels deep.", maxDepth)
	}
	if _, err := q.Row([]any{&parts}, "SELECT COUNT(*) FROM cards WHERE parent_rid = ?", p.RID); err != nil {
		return err
	}
	if parts >= maxChildren {
		return fault.Conflict("too_many_children", "%s has %d parts already.", p.Key, maxChildren)
	}
	return nil
}

// part is what a card adds to the sums of its parent.
type part struct {
	parent                      string
	finished, archived, blocked bool
}

func partOf(c *Card) part {
	p := part{finished: c.Clock.Finished != nil, archived: c.ArchivedAt != nil, blocked: len(c.Face.Blockers) > 0}
	if c.Face.Parent != nil {
		p.parent = c.Face.Parent.ID
	}
	return p
}

// RollUpJob is the kind under which parents whose parts changed wait in the outbox: they may stand on boards
// whose topics the change of the part has not locked.
const RollUpJob = "card.roll_up"

type rollUp struct {
	CardIDs []string `json:"cardIds"`
}

// tellParents lets the sums of the parents follow, when what the card adds to them has changed.
func (s *Service) tellParents(tx *store.Tx, before, after part) error {
	if before == after {
		return nil
	}
	return s.rollUpLater(tx, before.parent, after.parent)
}

func (s *Service) rollUpLater(tx *store.Tx, ids ...string) error {
	ids = slices.DeleteFunc(unique(ids), func(id string) bool { return id == "" })
	if len(ids) == 0 {
		return nil
	}
	return tx.Enqueue(RollUpJob, "", rollUp{ids}, tx.Now)
}

// rollUpBoard lets the parents of all cards of a board follow, after a change of many at once.
func (s *Service) rollUpBoard(tx *store.Tx, boardRID int64) error {
	var ids []string
	err := tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT DISTINCT p.id FROM cards c JOIN cards p ON p.rid = c.parent_rid WHERE c.board_rid = ?", boardRID)
	if err != nil {
		return err
	}
	return s.rollUpLater(tx, ids...)
}

// RollUp does a job of RollUpJob: it reads the sums of the parents anew and tells their boards.
func (s *Service) RollUp(ctx context.Context, payload json.RawMessage) error {
	var job rollUp
	if err := json.Unmarshal(payload, &job); err != nil {
		return err
	}
	for _, id := range job.CardIDs {
		if err := s.rollUp(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) rollUp(ctx context.Context, cardID string) error {
	at, err := locate(s.store.Rows(ctx), cardID)
	if err != nil || at.cardID == "" {
		return err
	}
	topics, err := s.topicsOf(ctx, at)
	if err != nil {
		return err
	}
	return store.Do(store.As(ctx, "", ""), s.store, topics, func(tx *store.Tx) error {
		l, err := s.boards.LayoutTx(tx, at.boardID)
		if err != nil || l == nil {
			return err
		}
		c, err := loadCard(tx.Query, at.cardID)
		if err != nil || c == nil || c.BoardRID != l.RID {
			return err
		}
		c.BoardID = at.boardID
		e := &edit{tx: tx, l: l, card: c, s: s}
		was := jsonText(c.Face)
		if err := refresh(tx, c); err != nil || jsonText(c.Face) == was {
			return err
		}
		c.touch()
		if err := saveCard(tx, c); err != nil || c.ArchivedAt != nil {
			return err
		}
		_, err = e.publish("card.rolled_up", nil)
		return err
	})
}
