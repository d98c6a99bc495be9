package checklist

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Newer is what the newest version of a checklist's template has that the checklist does not.
type Newer struct {
	Version int          `json:"version"`
	Changes []Difference `json:"changes"`
	Origins []Origin     `json:"origins,omitempty" doc:"Where items come from that were once proposed"`
}

// Difference is one item that differs.
type Difference struct {
	Key  string        `json:"key"`
	Kind string        `json:"kind" enum:"added,changed,retired"`
	Old  *TemplateItem `json:"old,omitempty"`
	New  *TemplateItem `json:"new,omitempty"`
}

// newest is the newest published version of a template, nil before the first.
func (s *Service) newest(q *store.Query, templateRID int64) (*edition, error) {
	var rid int64
	if found, err := q.Row([]any{&rid}, "SELECT rid FROM checklist_template_versions WHERE template_rid = ? ORDER BY number DESC LIMIT 1", templateRID); err != nil || !found {
		return nil, err
	}
	read, err := s.editions.of(q, map[int64]bool{rid: true})
	return read[rid], err
}

// differences compares a checklist's items with those of a version, in that one's order.
func (b *book) differences(k *list, e *edition) []Difference {
	has, out := map[string]*TemplateItem{}, []Difference{}
	for _, it := range b.items(k) {
		has[it.Key] = it
	}
	for i := range e.items {
		now := &e.items[i]
		switch was := has[now.Key]; {
		case was == nil && !now.Retired:
			out = append(out, Difference{now.Key, "added", nil, now})
		case was == nil || reflect.DeepEqual(was, now):
		case now.Retired && !was.Retired:
			out = append(out, Difference{now.Key, "retired", was, now})
		default:
			out = append(out, Difference{now.Key, "changed", was, now})
		}
	}
	return out
}

// Newer says what of the newest version is not in the checklist.
func (s *Service) Newer(ctx context.Context, id string) (out Newer, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		v := who.From(ctx)
		at, err := s.sit(q, v, id)
		if err != nil {
			return err
		}
		b, err := s.open(q, false, s.store.Now(), at.list)
		if err != nil {
			return err
		}
		e, err := s.newest(q, at.TemplateRID)
		if err != nil {
			return err
		}
		out = Newer{Version: e.number, Changes: b.differences(at.list, e)}
		var is []TemplateItem
		for _, d := range out.Changes {
			is = append(is, *cmp.Or(d.New, d.Old))
		}
		out.Origins, err = origins(q, v, is)
		return err
	})
	return out, err
}

// Adopt takes items over as the newest version has them; with the last one the checklist is of that version. What was
// understood of a question that now reads differently waits to be understood again.
func (s *Service) Adopt(ctx context.Context, id string, keys []string) (View, error) {
	return on(ctx, s, id, toAnswer, func(c *change) (View, error) {
		if err := c.open(); err != nil {
			return View{}, err
		}
		e, err := s.newest(c.tx.Query, c.TemplateRID)
		if err != nil {
			return View{}, err
		}
		open := c.b.differences(c.list, e)
		if c.Adopted == nil {
			c.Adopted = map[string]int64{}
		}
		for _, key := range keys {
			i := slices.IndexFunc(open, func(d Difference) bool { return d.Key == key })
			if i < 0 {
				return View{}, fault.Invalid("body.items", "The newest version says nothing new of %.12q", key)
			}
			c.Adopted[key] = e.rid
			a := c.b.answers[c.RID][key]
			if d := open[i]; a != nil && a.State == Understood && d.Old != nil && d.Old.Question != d.New.Question {
				a.State, a.UnderstoodBy, a.UnderstoodAt = Answered, "", 0
				if err := saveAnswer(c.tx, c.RID, a); err != nil {
					return View{}, err
				}
			}
		}
		if len(keys) == 0 {
			return c.answer("")
		}
		c.b.editions[e.rid] = e
		if len(c.b.differences(c.list, e)) == 0 {
			c.VersionRID, c.Adopted = e.rid, map[string]int64{}
		}
		if err := saveList(c.tx, c.list); err != nil {
			return View{}, err
		}
		return c.answer("checklist.adopted")
	})
}
