package checklist

import (
	"maps"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/store"
)

// book is checklists with all that is needed to say how they stand: so many statements, however many they are.
type book struct {
	q        *store.Query
	now      time.Time
	answers  map[int64]map[string]*answer // by checklist, those of services that they inherit from too
	editions map[int64]*edition
	lists    map[int64]string // ids of services' checklists, when read whole
	people   map[string]account.Person
	cards    map[string]cardSeen
	comments map[string]int     // of one checklist, by item
	frozen   map[int64]ListHead // as they stood
	waived   []waived           // of one checklist's card
}

type cardSeen struct {
	CardRef
	visibility string
}

// open reads what heads need; whole answers only when asked for.
func (s *Service) open(q *store.Query, whole bool, now time.Time, lists ...*list) (*book, error) {
	return s.read(q, now, lists, func(seqs map[int64]int64) (map[int64]map[string]*answer, error) {
		return answersOf(q, whole, slices.Sorted(maps.Keys(seqs))...)
	})
}

// glance is open for lists, outside of a write: answers of which nothing was heard since they were read last are not
// read again.
func (s *Service) glance(q *store.Query, now time.Time, lists ...*list) (*book, error) {
	return s.read(q, now, lists, func(seqs map[int64]int64) (map[int64]map[string]*answer, error) { return s.kept.of(q, seqs) })
}

func (s *Service) read(q *store.Query, now time.Time, lists []*list, answers func(seqs map[int64]int64) (map[int64]map[string]*answer, error)) (*book, error) {
	b := &book{q: q, now: now}
	seqs, editions := map[int64]int64{}, map[int64]bool{}
	for _, k := range lists {
		if k.FrozenAt == nil {
			seqs[k.RID] = k.Seq
		}
		editions[k.VersionRID] = true
		for _, rid := range k.Adopted {
			editions[rid] = true
		}
		for _, in := range k.services {
			if in.list != 0 && k.FrozenAt == nil {
				seqs[in.list] = in.seq
			}
		}
	}
	var err error
	if b.editions, err = s.editions.of(q, editions); err != nil {
		return nil, err
	}
	if b.answers, err = answers(seqs); err != nil {
		return nil, err
	}
	b.frozen, err = copies(q, lists)
	return b, err
}

// items are a checklist's items: those of its version, some of them as a newer one has them.
func (b *book) items(k *list) []*TemplateItem {
	e := b.editions[k.VersionRID]
	out := make([]*TemplateItem, 0, len(e.items))
	for i := range e.items {
		it := &e.items[i]
		if rid, ok := k.Adopted[it.Key]; ok {
			it = b.editions[rid].byKey[it.Key]
		}
		out = append(out, it)
	}
	if len(k.Adopted) > 0 {
		var added []*TemplateItem
		for key, rid := range k.Adopted {
			if e.byKey[key] == nil {
				added = append(added, b.editions[rid].byKey[key])
			}
		}
		slices.SortFunc(added, func(x, y *TemplateItem) int { return b.place(k, x) - b.place(k, y) })
		out = append(out, added...)
	}
	return out
}

// place is where an adopted item stands in the version that it is from.
func (b *book) place(k *list, it *TemplateItem) int {
	items := b.editions[k.Adopted[it.Key]].items
	return slices.IndexFunc(items, func(x TemplateItem) bool { return x.Key == it.Key })
}

// item is one of a checklist's items, nil when it has none of that key or does not show it.
func (b *book) item(k *list, key string) *TemplateItem {
	f := k.frame(b.now)
	for _, it := range b.items(k) {
		if it.Key == key && f.Shows(it) {
			return it
		}
	}
	return nil
}

// look is how one item of a checklist stands.
type look struct {
	it      *TemplateItem
	own     *answer
	from    *inherit // the service that answers it
	service *answer
	stamped bool // somebody has said that the service's answer, as it is now, is true here
	holds   bool
	must    bool
	why     string // what it lacks to count
	blocks  string // why it blocks
}

func (b *book) look(k *list, f Frame, it *TemplateItem) look {
	l := look{it: it, own: b.answers[k.RID][it.Key], holds: true}
	if it.When != nil {
		dep := b.answers[k.RID][it.When.Item]
		said := ""
		if dep != nil {
			said = dep.Word
		}
		l.holds = it.When.holds(dep.standing(), said)
	}
	if k.Kind != ForService && it.Scope == OfService && (l.own == nil || !l.own.Differs) {
		for i := range k.services {
			in := &k.services[i]
			if a := b.answers[in.list][it.Key]; in.list != 0 && a != nil && a.State != Unanswered {
				l.from, l.service = in, a
				break
			}
		}
	}
	if l.service != nil {
		l.stamped = l.own != nil && l.own.StillOf == l.from.list && l.own.StillRev == l.service.Rev
		l.why = Inherited(l.service.standing(), l.stamped, f.Today)
	} else {
		l.why = l.own.standing().Why(f.Today)
	}
	l.must, l.blocks = f.Asks(it) && l.holds, f.Blocks(it, l.why, l.holds)
	return l
}

// looks are all items that a checklist shows.
func (b *book) looks(k *list) []look {
	f := k.frame(b.now)
	items := b.items(k)
	out := make([]look, 0, len(items))
	for _, it := range items {
		if f.Shows(it) {
			out = append(out, b.look(k, f, it))
		}
	}
	return out
}

// head sums a checklist up.
func (b *book) head(k *list) ListHead {
	h := ListHead{ID: k.ID, Name: k.subject(), Team: TeamRef{k.TeamID, k.TeamKey, k.TeamName}, Kind: k.Kind, Level: k.Level, Phase: k.Phase, LaunchOn: k.LaunchOn,
		Template: TemplateRef{k.TemplateID, k.TemplateName, k.Number, k.Newest}, CreatedAt: store.At(k.CreatedAt), FrozenAt: store.AtPtr(k.FrozenAt),
		ArchivedAt: store.AtPtr(k.ArchivedAt), Version: k.Version, Seq: k.Seq, Topics: []TopicHead{}}
	if k.CardID != "" {
		h.Card = &CardRef{k.CardID, k.CardKey, k.CardTitle, k.BoardID}
	}
	if k.ServiceID != "" {
		h.Service = &ServiceRef{k.ServiceID, k.ServiceName, k.TeamID}
	}
	for _, w := range b.waived {
		h.Waived = append(h.Waived, w.view(b, k))
	}
	if was, ok := b.frozen[k.RID]; ok {
		was.Waived = h.Waived
		was.FrozenAt, was.ArchivedAt, was.Version, was.Seq = h.FrozenAt, h.ArchivedAt, h.Version, h.Seq
		return was
	}
	looks := b.looks(k)
	for _, t := range topics {
		x, any := TopicHead{Key: t.Key, Name: t.Name}, false
		for _, l := range looks {
			if l.it.Topic != t.Key {
				continue
			}
			any = true
			if l.must {
				if x.Of++; l.why == "" {
					x.Done++
				}
			}
			if l.blocks != "" {
				x.Blocking++
				h.Counts.add(l.blocks)
			}
		}
		if any {
			h.Topics = append(h.Topics, x)
		}
	}
	h.Blocking = h.Counts.Sum()
	return h
}
