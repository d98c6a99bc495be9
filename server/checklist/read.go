package checklist

import (
	"maps"
	"slices"

	"trestle/server/account"
	"trestle/server/store"
)

// fill reads who and which cards whole answers name, and how many comments a checklist's items have.
func (b *book) fill(k *list) error {
	ids, cards := map[string]bool{}, map[string]bool{}
	for _, of := range b.answers {
		for _, a := range of {
			for _, id := range []string{a.ExplainedBy, a.ConfirmBy, a.TypedBy, a.UnderstoodBy, a.For} {
				ids[id] = true
			}
			for _, s := range a.Still {
				ids[s.by] = true
			}
			for _, m := range []*mark{a.Asked, a.Gap, a.NA, a.Without} {
				if m != nil {
					ids[m.By], ids[m.For], cards[m.CardID] = true, true, true
				}
			}
			for _, p := range a.Proof {
				ids[p.PersonID] = true
			}
		}
	}
	var err error
	if b.waived, err = waivedOf(b.q, k); err != nil {
		return err
	}
	for _, w := range b.waived {
		ids[w.by] = true
	}
	delete(ids, "")
	delete(cards, "")
	if b.people, err = account.PeopleByID(b.q, slices.Collect(maps.Keys(ids))); err != nil {
		return err
	}
	if b.cards, err = cardsSeen(b.q, slices.Collect(maps.Keys(cards))); err != nil {
		return err
	}
	b.lists = map[int64]string{}
	var rids []int64
	for _, in := range k.services {
		if in.list != 0 {
			rids = append(rids, in.list)
		}
	}
	if err := store.InParts(rids, func(marks string, args []any) error {
		return b.q.Each(func(scan func(...any) error) error {
			var rid int64
			var id string
			err := scan(&rid, &id)
			b.lists[rid] = id
			return err
		}, "SELECT rid, id FROM checklists WHERE rid IN ("+marks+")", args...)
	}); err != nil {
		return err
	}
	b.comments = map[string]int{}
	return b.q.Each(func(scan func(...any) error) error {
		var item string
		var n int
		err := scan(&item, &n)
		b.comments[item] = n
		return err
	}, "SELECT item, COUNT(*) FROM checklist_comments WHERE checklist_rid = ? AND removed_at IS NULL GROUP BY item", k.RID)
}

// cardsSeen reads cards by their ids.
func cardsSeen(q *store.Query, ids []string) (map[string]cardSeen, error) {
	out := map[string]cardSeen{}
	return out, store.InParts(ids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var c cardSeen
			err := scan(&c.ID, &c.Key, &c.Title, &c.BoardID, &c.visibility)
			out[c.ID] = c
			return err
		}, "SELECT c.id, c.key, c.title, b.id, b.visibility FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.id IN ("+marks+")", args...)
	})
}

// openedBy reads which revs somebody has opened of a checklist.
func openedBy(q *store.Query, rid int64, personID string) (map[string]int64, error) {
	out := map[string]int64{}
	return out, q.Each(func(scan func(...any) error) error {
		var item string
		var rev int64
		err := scan(&item, &rev)
		out[item] = rev
		return err
	}, "SELECT item, rev FROM checklist_opened WHERE checklist_rid = ? AND person_id = ?", rid, personID)
}

func (b *book) person(id string) *account.Person {
	if p, ok := b.people[id]; ok {
		return &p
	}
	return nil
}

func (b *book) by(id string, at int64) *By {
	if p, ok := b.people[id]; ok {
		return &By{Person: p, At: store.At(at)}
	}
	return nil
}

// understood is who understood an answer, and for whom they stood in.
func (b *book) understood(a *answer) *By {
	by := b.by(a.UnderstoodBy, a.UnderstoodAt)
	if by != nil {
		by.For = b.person(a.For)
	}
	return by
}

func (b *book) remark(m *mark) *Remark {
	if m == nil {
		return nil
	}
	return &Remark{By{b.people[m.By], store.At(m.At), b.person(m.For)}, m.Text}
}

// proof is evidence with the faces of whom it names.
func (b *book) proof(in []Proof) []Proof {
	out := make([]Proof, 0, len(in))
	for _, p := range in {
		if p.PersonID != "" {
			p.Person = b.person(p.PersonID)
		}
		out = append(out, p)
	}
	return out
}

// card names a card; its title only where everybody who sees the checklist may read it.
func (b *book) card(k *list, id string) *CardRef {
	c, ok := b.cards[id]
	if !ok {
		return nil
	}
	if c.visibility != "workspace" && c.BoardID != k.BoardID {
		c.Title, c.BoardID = "", ""
	}
	return &c.CardRef
}

// gap is one that somebody accepted.
func (b *book) gap(k *list, a *answer) *GapView {
	if a.Gap == nil {
		return nil
	}
	return &GapView{By{Person: b.people[a.Gap.By], At: store.At(a.Gap.At)}, a.GapUntil, a.Gap.Text, b.card(k, a.Gap.CardID)}
}

// view is an item as everybody sees it.
func (b *book) view(k *list, l look) Item {
	it := l.it
	v := Item{Key: it.Key, Topic: it.Topic, Question: it.Question, Help: it.Help, Evidence: it.Evidence, Unit: it.Unit, From: it.From, Must: l.must, Phase: it.Phase,
		Scope: it.Scope, TTLDays: it.TTLDays, When: it.When, People: it.names(k.Level), Proposal: it.Proposal, Skipped: !l.holds, State: Unanswered, Blocks: l.blocks != "", Why: l.why, Proof: []Proof{},
		Comments: b.comments[it.Key]}
	if v.Evidence == nil {
		v.Evidence = []string{}
	}
	if a := l.own; a != nil {
		v.State, v.Text, v.Proof, v.ExpiresOn, v.Differs, v.Rev = a.State, a.Text, b.proof(a.Proof), a.ExpiresOn, a.Differs, a.Rev
		v.ExplainedBy, v.UnderstoodBy, v.Confirm = b.by(a.ExplainedBy, a.ExplainedAt), b.understood(a), b.person(a.ConfirmBy)
		if a.TypedBy != a.ExplainedBy {
			v.TypedBy = b.person(a.TypedBy)
		}
		v.Asked, v.NA = b.remark(a.Asked), b.remark(a.NA)
		if a.State == Understood {
			v.Without = b.remark(a.Without)
		}
		switch a.State {
		case Questioned:
			if a.NA == nil { // what does not apply lacks nothing
				v.Lacks = it.lacks(a.Proof)
			}
		case Answered, Understood:
			v.Lacks = it.lacks(a.Proof)
		}
		v.Gap = b.gap(k, a)
	}
	for _, s := range l.services {
		v.Services = append(v.Services, b.viewOf(k, s, it.Key))
	}
	if l.inherits {
		v.State = l.state()
	}
	return v
}

// viewOf is what one service answers as everybody sees it.
func (b *book) viewOf(k *list, s source, key string) ServiceAnswer {
	v := ServiceAnswer{Service: s.ref(), ListID: b.lists[s.list], State: Unanswered, Why: s.why, Proof: []Proof{}, NotAsked: !b.asks(s.inherit, key)}
	if a := s.answer; a != nil {
		v.State, v.Rev, v.Text, v.Proof, v.ExpiresOn = a.State, a.Rev, a.Text, b.proof(a.Proof), a.ExpiresOn
		v.ExplainedBy, v.UnderstoodBy = b.by(a.ExplainedBy, a.ExplainedAt), b.understood(a)
		switch a.State {
		case Understood:
			v.Without = b.remark(a.Without)
		case Questioned:
			v.Asked = b.remark(a.Asked)
		case NA:
			v.NA = b.remark(a.NA)
		case Gap:
			v.GapUntil, v.Gap = a.GapUntil, b.gap(k, a)
		}
	}
	if s.still != nil {
		v.StillTrue, v.Changed = b.by(s.still.by, s.still.at), !s.stamped()
	}
	return v
}

// names is how many people an item asks for at a level.
func (it *TemplateItem) names(level string) int {
	if it.People > 0 && level == Critical {
		return it.People + 1
	}
	return it.People
}

// whole is a checklist with all its items.
func (b *book) whole(k *list) View {
	v := View{ListHead: b.head(k), Services: []ServiceRef{}, Topics: []TopicView{}}
	for i := range k.services {
		v.Services = append(v.Services, k.services[i].ref())
	}
	looks := b.looks(k)
	for _, th := range v.ListHead.Topics {
		x := TopicView{TopicHead: th, Items: []Item{}}
		for _, t := range topics {
			if t.Key == th.Key {
				x.Sub = t.Sub
			}
		}
		for _, l := range looks {
			if l.it.Topic == th.Key {
				x.Items = append(x.Items, b.view(k, l))
			}
		}
		v.Topics = append(v.Topics, x)
	}
	return v
}
