package checklist

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// ItemComment is what somebody says beside an item.
type ItemComment struct {
	ID     string         `json:"id"`
	Person account.Person `json:"person"`
	At     time.Time      `json:"at"`
	Text   string         `json:"text"`
}

// Comments gives what was said beside an item, the oldest first.
func (s *Service) Comments(ctx context.Context, id, key string) (out []ItemComment, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		at, _, err := s.item(q, who.From(ctx), id, key)
		if err != nil {
			return err
		}
		out, err = commentsOf(q, at.RID, key)
		return err
	})
	return out, err
}

// item takes up an item for reading.
func (s *Service) item(q *store.Query, v who.Viewer, id, key string) (*seat, *TemplateItem, error) {
	at, err := s.sit(q, v, id)
	if err != nil {
		return nil, nil, err
	}
	b, err := s.open(q, false, s.store.Now(), at.list)
	if err != nil {
		return nil, nil, err
	}
	it := b.item(at.list, key)
	if it == nil {
		err = fault.NotFound("item")
	}
	return at, it, err
}

func commentsOf(q *store.Query, rid int64, key string) (out []ItemComment, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var c ItemComment
		var at int64
		err := scan(&c.ID, &c.Person.ID, &at, &c.Text)
		c.At = store.At(at)
		out = append(out, c)
		return err
	}, "SELECT id, person_id, at, text FROM checklist_comments WHERE checklist_rid = ? AND item = ? AND removed_at IS NULL ORDER BY rid LIMIT 500", rid, key)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range out {
		ids = append(ids, c.Person.ID)
	}
	people, err := account.PeopleByID(q, ids)
	for i := range out {
		out[i].Person = people[out[i].Person.ID]
	}
	return out, err
}

// Say comments an item; for those who may comment in the team.
func (s *Service) Say(ctx context.Context, id, key, text string) (Changed, error) {
	text, err := clean("body.text", "The comment", text, 4000)
	if err != nil {
		return Changed{}, err
	}
	return on(ctx, s, id, toComment, func(c *change) (Changed, error) {
		if err := c.pick(key); err != nil {
			return Changed{}, err
		}
		if err := c.open(); err != nil {
			return Changed{}, err
		}
		if _, err := c.tx.Insert("INSERT INTO checklist_comments (id, checklist_rid, item, person_id, text, at) VALUES ("+store.Marks(6)+")",
			store.NewID("cmk"), c.RID, key, c.v.PersonID, text, store.Ms(c.tx.Now)); err != nil {
			return Changed{}, err
		}
		return c.tell("checklist.commented", key)
	})
}

// Unsay takes a comment away; for who wrote it, and leads.
func (s *Service) Unsay(ctx context.Context, commentID string) (Changed, error) {
	var id, key string
	found, err := s.store.Rows(ctx).Row([]any{&id, &key}, "SELECT k.id, m.item FROM checklist_comments m JOIN checklists k ON k.rid = m.checklist_rid WHERE m.id = ?", commentID)
	if err == nil && !found {
		err = fault.NotFound("comment")
	}
	if err != nil {
		return Changed{}, err
	}
	out, err := on(ctx, s, id, toSee, func(c *change) (Changed, error) {
		var by string
		there, err := c.tx.Row([]any{&by}, "SELECT person_id FROM checklist_comments WHERE id = ? AND removed_at IS NULL", commentID)
		if err == nil && !there {
			err = fault.NotFound("comment")
		}
		if err != nil {
			return Changed{}, err
		}
		if by != c.v.PersonID && !c.rights.CanLead() {
			return Changed{}, fault.Forbidden("Only who wrote a comment takes it away, or a lead of the team.")
		}
		if err := c.pick(key); err != nil {
			return Changed{}, err
		}
		if err := c.open(); err != nil {
			return Changed{}, err
		}
		if _, err := c.tx.Exec("UPDATE checklist_comments SET removed_at = ? WHERE id = ?", store.Ms(c.tx.Now), commentID); err != nil {
			return Changed{}, err
		}
		return c.tell("checklist.comment_removed", key)
	})
	if fault.Is(err, "not_found") {
		err = fault.NotFound("comment")
	}
	return out, err
}

// ItemLine is one line of an item's history.
type ItemLine struct {
	Seq    int64           `json:"seq"`
	At     time.Time       `json:"at"`
	Type   string          `json:"type" doc:"checklist.answered, checklist.pushed_back …"`
	Person *account.Person `json:"person,omitempty" doc:"Who did it"`
	Item   *Item           `json:"item,omitempty" doc:"How it stood afterwards; absent where it is about a service that was put away or brought back"`
	Said   string          `json:"said,omitempty" doc:"What goes with it: of which services somebody said that it is still true; which service was put away"`
}

const historyMax = 200

// History tells what became of an item, the newest first, from the record.
func (s *Service) History(ctx context.Context, id, key string) (out []ItemLine, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		_, it, err := s.item(q, who.From(ctx), id, key)
		if err != nil {
			return err
		}
		events, err := store.EventsAbout(q, event.ChecklistTopic(id), key, 0, historyMax)
		if err == nil && it.Scope == OfService {
			var more []event.Event
			more, err = store.EventsAbout(q, event.ChecklistTopic(id), aboutServices, 0, historyMax)
			events = append(events, more...)
			slices.SortFunc(events, func(a, b event.Event) int { return cmp.Compare(b.Seq, a.Seq) })
		}
		if err != nil {
			return err
		}
		var ids []string
		for _, e := range events {
			ids = append(ids, e.ActorID)
		}
		people, err := account.PeopleByID(q, ids)
		if err != nil {
			return err
		}
		for _, e := range events {
			var said Changed
			if json.Unmarshal(e.Data, &said) != nil || len(said.Items) == 0 && said.Said == "" { // erased on request
				continue
			}
			l := ItemLine{Seq: e.Seq, At: e.At, Type: e.Type, Said: said.Said}
			if len(said.Items) > 0 {
				l.Item = &said.Items[0]
			}
			if p, ok := people[e.ActorID]; ok {
				l.Person = &p
			}
			out = append(out, l)
		}
		return nil
	})
	return out, err
}
