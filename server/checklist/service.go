package checklist

import (
	"context"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Service is the verbs of liaison checklists.
type Service struct {
	store    *store.Store
	boards   *board.Service
	cards    *card.Service
	editions *editions
	kept     *kept
	deputies Deputies
}

// New makes the room and introduces it to those that ask it whether a card may come in.
func New(st *store.Store, boards *board.Service, cards *card.Service) *Service {
	s := &Service{store: st, boards: boards, cards: cards, editions: &editions{}, kept: &kept{m: map[int64]keptAnswers{}}}
	boards.UseLists(s)
	cards.UseLists(s)
	return s
}

// seat is a viewer before a checklist that they may see.
type seat struct {
	*list
	v      who.Viewer
	rights team.Rights
	chair
}

// sit reads a checklist for a viewer: not_found when it is absent or not theirs to see.
func (s *Service) sit(q *store.Query, v who.Viewer, id string) (*seat, error) {
	found, err := listsWhere(q, "k.id = ?", id)
	if err == nil && len(found) == 0 {
		err = fault.NotFound("checklist")
	}
	if err != nil {
		return nil, err
	}
	at := &seat{list: found[0], v: v}
	if at.rights, err = team.RightsIn(q, v, at.TeamID); err != nil {
		return nil, err
	}
	if !at.rights.CanSee(at.Visibility) {
		return nil, fault.NotFound("checklist")
	}
	chairs, err := s.chairsOf(q, v, s.store.Now(), at.TeamID)
	at.chair = chairs[at.TeamID]
	return at, err
}

func (at *seat) may() May {
	m := May{Answer: at.answers(), Understand: at.discipline != "", Settle: at.settles(), Discipline: at.discipline, StandsFor: at.standsFor, Works: at.answers()}
	m.WaiveAny = at.v.PersonID != "" && at.rights.CanLead()
	m.Waive = m.Understand && at.standsFor == "" || m.WaiveAny
	if at.FrozenAt != nil || at.ArchivedAt != nil || at.ServiceGone {
		m.Answer, m.Understand, m.Waive, m.WaiveAny = false, false, false, false
	}
	return m
}

func (at *seat) answers() bool { return at.v.PersonID != "" && at.rights.CanWork() }

// settles says whether the viewer may freeze it or put it away.
func (at *seat) settles() bool { return at.v.PersonID != "" && at.rights.CanWaive() }

// CanListen says whether a viewer may follow a checklist's topic: nil, or not_found.
func (s *Service) CanListen(ctx context.Context, v who.Viewer, id string) error {
	_, err := s.sit(s.store.Rows(ctx), v, id)
	return err
}

// need is the least right that a verb asks for.
type need int

const (
	toSee need = iota
	toComment
	toAnswer
	toUnderstand
	toSettle
)

func (at *seat) check(n need) error {
	switch {
	case at.v.PersonID == "":
		return fault.Forbidden("This is a screen, not a person.")
	case n == toComment && !at.rights.CanComment():
		return fault.Forbidden("Your role on this team may look, but not comment.")
	case n == toAnswer && !at.answers():
		return fault.Forbidden("Only somebody who works in this team answers its checklists.")
	case n == toUnderstand && at.discipline == "":
		return fault.Forbidden("Only somebody who works in this team, is its liaison or stands in for one who is away, understands an answer.")
	case n == toSettle && !at.settles():
		return fault.Forbidden("Only a lead of this team or one of its liaisons may do that.")
	}
	return nil
}

// open refuses changes of what was frozen or put away, or whose service was.
func (at *seat) open() error {
	switch {
	case at.ArchivedAt != nil:
		return fault.Conflict("archived", "This checklist was put away. Bring it back first.")
	case at.ServiceGone:
		return fault.Conflict("service_archived", "%s was put away: its checklist can be read, but not changed.", at.ServiceName)
	case at.FrozenAt != nil:
		return fault.Conflict("frozen", "This checklist is frozen as it stood: it can be read, but not changed.")
	}
	return nil
}

// change is one change of a checklist, from the lock to the event.
type change struct {
	s  *Service
	tx *store.Tx
	*seat
	b  *book
	it *TemplateItem
	a  *answer

	why string // what was said with it
}

// on is the corridor of every change: look, lock the checklist's topic, look again under the lock, then do.
func on[T any](ctx context.Context, s *Service, id string, n need, fn func(c *change) (T, error)) (zero T, err error) {
	v := who.From(ctx)
	if _, err := s.sit(s.store.Rows(ctx), v, id); err != nil { // before a topic is locked, which would make one
		return zero, err
	}
	return store.InTx(ctx, s.store, []string{event.ChecklistTopic(id)}, func(tx *store.Tx) (T, error) {
		at, err := s.sit(tx.Query, v, id)
		if err != nil {
			return zero, err
		}
		if err := at.check(n); err != nil {
			return zero, err
		}
		c := &change{s: s, tx: tx, seat: at}
		if c.b, err = s.open(tx.Query, true, tx.Now, at.list); err != nil {
			return zero, err
		}
		return fn(c)
	})
}

// onItem is on for a change of one item's answer. fn names the event that comes of it, "" when nothing has changed.
func (s *Service) onItem(ctx context.Context, id, key string, n need, fn func(c *change) (kind string, err error)) (Changed, error) {
	return on(ctx, s, id, n, func(c *change) (Changed, error) {
		if err := c.pick(key); err != nil {
			return Changed{}, err
		}
		if err := c.open(); err != nil {
			return Changed{}, err
		}
		kind, err := fn(c)
		if err != nil {
			return Changed{}, err
		}
		if kind == "" {
			return c.tell("", key)
		}
		if err := saveAnswer(c.tx, c.RID, c.a); err != nil {
			return Changed{}, err
		}
		return c.tell(kind, key)
	})
}

// pick takes up an item of the checklist and its answer.
func (c *change) pick(key string) error {
	if c.it = c.b.item(c.list, key); c.it == nil {
		return fault.NotFound("item")
	}
	if c.a = c.b.answers[c.RID][key]; c.a == nil {
		c.a = &answer{Item: key, State: Unanswered}
		if c.b.answers[c.RID] == nil {
			c.b.answers[c.RID] = map[string]*answer{}
		}
		c.b.answers[c.RID][key] = c.a
	}
	return nil
}

// tell announces what has changed of an item ("" for the head alone) and of those that depend on it; what comes of it
// is the answer too.
func (c *change) tell(kind, key string) (Changed, error) {
	out := Changed{Items: []Item{}, Said: c.why}
	if err := c.b.fill(c.list); err != nil {
		return out, err
	}
	topic := event.ChecklistTopic(c.ID)
	if c.Seq = c.tx.Seq(topic); kind != "" {
		c.Seq++
	}
	if key != "" {
		f := c.frame(c.tx.Now)
		out.Items = append(out.Items, c.b.view(c.list, c.b.look(c.list, f, c.it)))
		for _, it := range c.b.items(c.list) {
			if it.When != nil && it.When.Item == key && f.Shows(it) {
				out.Items = append(out.Items, c.b.view(c.list, c.b.look(c.list, f, it)))
			}
		}
	}
	out.Head = c.b.head(c.list)
	if kind == "" {
		return out, nil
	}
	if _, err := c.tx.PublishAbout(topic, kind, key, out); err != nil {
		return out, err
	}
	return out, c.tellHeirs(key)
}

// tellHeirs says to the checklists that inherit from this one that they are to be read anew.
func (c *change) tellHeirs(key string) error {
	if c.Kind != ForService || key == "" {
		return nil
	}
	return c.s.tellHeirs(c.tx, *c.ServiceRID, "checklist.inherited", "", "")
}

func (s *Service) tellHeirs(tx *store.Tx, serviceRID int64, kind, about, said string) error {
	heirs, err := listsWhere(tx.Query, "k.frozen_at IS NULL AND k.archived_at IS NULL AND k.rid IN (SELECT checklist_rid FROM checklist_services WHERE service_rid = ?)", serviceRID)
	if err != nil || len(heirs) == 0 {
		return err
	}
	var wanted []string
	for _, h := range heirs {
		wanted = append(wanted, event.ChecklistTopic(h.ID))
	}
	if err := tx.Widen(wanted...); err != nil {
		return err
	}
	b, err := s.open(tx.Query, false, tx.Now, heirs...)
	if err != nil {
		return err
	}
	for _, h := range heirs {
		topic := event.ChecklistTopic(h.ID)
		h.Seq = tx.Seq(topic) + 1
		if _, err := tx.PublishAbout(topic, kind, about, Changed{Items: []Item{}, Head: b.head(h), Said: said}); err != nil {
			return err
		}
	}
	return nil
}

// aboutServices is the subject of what became of the services that a checklist names.
const aboutServices = "services"

// ServiceArchivedIn implements catalogue.Heirs: who inherits from it is not kept waiting for it any more, or is again.
func (s *Service) ServiceArchivedIn(tx *store.Tx, serviceRID int64, name string, archived bool) error {
	kind := "checklist.service_restored"
	if archived {
		kind = "checklist.service_archived"
	}
	return s.tellHeirs(tx, serviceRID, kind, aboutServices, name)
}
