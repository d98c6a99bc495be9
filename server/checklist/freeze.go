package checklist

import (
	"context"
	"encoding/json"

	"trestle/server/fault"
	"trestle/server/store"
)

// Freeze keeps a checklist as it stands, for good to read; for leads and liaisons.
func (s *Service) Freeze(ctx context.Context, id string) (View, error) {
	return on(ctx, s, id, toSettle, func(c *change) (View, error) {
		if c.FrozenAt != nil {
			return c.answer("")
		}
		if err := c.open(); err != nil {
			return View{}, err
		}
		now := store.Ms(c.tx.Now)
		c.FrozenAt, c.FrozenBy = &now, c.v.PersonID
		if err := saveList(c.tx, c.list); err != nil {
			return View{}, err
		}
		if err := c.b.fill(c.list); err != nil {
			return View{}, err
		}
		v := c.b.whole(c.list)
		head, err := json.Marshal(v.ListHead)
		if err != nil {
			return View{}, err
		}
		body, err := json.Marshal(v)
		if err != nil {
			return View{}, err
		}
		if _, err := c.tx.Exec("INSERT INTO checklist_copies (checklist_rid, head, body, at, by_id) VALUES (?,?,?,?,?)", c.RID, string(head), string(body), now, c.v.PersonID); err != nil {
			return View{}, err
		}
		return c.answer("checklist.frozen")
	})
}

// Thaw lets a frozen checklist be changed again, with why; for leads. The copy is kept.
func (s *Service) Thaw(ctx context.Context, id, why string) (View, error) {
	why, err := clean("body.why", "Why it is thawed", why, 2000)
	if err != nil {
		return View{}, err
	}
	return on(ctx, s, id, toSettle, func(c *change) (View, error) {
		switch {
		case !c.rights.CanLead():
			return View{}, fault.Forbidden("Only a lead of this team thaws what was frozen.")
		case c.FrozenAt == nil:
			return c.answer("")
		}
		if _, err := c.tx.Exec("UPDATE checklist_copies SET thawed_at = ?, thawed_by = ?, thawed_why = ? WHERE checklist_rid = ? AND thawed_at IS NULL",
			store.Ms(c.tx.Now), c.v.PersonID, why, c.RID); err != nil {
			return View{}, err
		}
		c.FrozenAt, c.FrozenBy, c.why = nil, "", why
		if err := saveList(c.tx, c.list); err != nil {
			return View{}, err
		}
		return c.answer("checklist.thawed")
	})
}

// copies reads what lists show of those that are frozen.
func copies(q *store.Query, lists []*list) (map[int64]ListHead, error) {
	out, rids := map[int64]ListHead{}, []int64{}
	for _, k := range lists {
		if k.FrozenAt != nil {
			rids = append(rids, k.RID)
		}
	}
	return out, store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid int64
			var raw string
			if err := scan(&rid, &raw); err != nil {
				return err
			}
			var h ListHead
			err := json.Unmarshal([]byte(raw), &h)
			out[rid] = h
			return err
		}, "SELECT checklist_rid, head FROM checklist_copies WHERE thawed_at IS NULL AND checklist_rid IN ("+marks+")", args...)
	})
}

// copyOf reads all of a frozen checklist.
func copyOf(q *store.Query, rid int64) (v View, err error) {
	var raw string
	if _, err := q.Row([]any{&raw}, "SELECT body FROM checklist_copies WHERE thawed_at IS NULL AND checklist_rid = ?", rid); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(raw), &v)
}
