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
				seqs[in.list], editions[in.version] = in.seq, true
				for _, rid := range in.adopted {
					editions[rid] = true
				}
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
	it       *TemplateItem
	own      *answer
	services []source // those that answer it, each for itself; none for an item of features
	inherits bool     // what they answer counts here, and not its own answer
	holds    bool
	must     bool
	asked    bool   // it must be answered by now: it blocks unless it counts
	why      string // what it lacks to count
	blocks   string // why it blocks
}

// source is what one service answers to an item.
type source struct {
	*inherit
	answer *answer // nil: nothing yet
	still  *stamp
	why    string // what it lacks to count here
}

// answered says whether the service has said anything.
func (s source) answered() bool { return s.answer != nil && s.answer.State != Unanswered }

// toStamp says whether its answer counts, and nobody has said that it is true here.
func (s source) toStamp() bool { return s.why == ToConfirm && s.answer.State != Answered }

// stamped says whether somebody has said of its answer, as it is now, that it is true here.
func (s source) stamped() bool {
	return s.answer != nil && s.still != nil && s.still.rev == s.answer.Rev
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
	if k.Kind != ForService && it.Scope == OfService {
		for i := range k.services {
			in := &k.services[i]
			s := source{inherit: in}
			if in.list != 0 {
				s.answer, s.still = b.answers[in.list][it.Key], l.own.still(in.list)
			}
			if !in.gone {
				s.why = Inherited(s.answer.standing(), s.stamped(), f.Today)
			}
			l.services = append(l.services, s)
		}
	}
	if l.inherits = f.Inherits && len(l.services) > 0 && (l.own == nil || !l.own.Differs); l.inherits {
		whys := make([]string, len(l.services))
		for i, s := range l.services {
			whys[i] = s.why
		}
		l.why = Gravest(whys...)
	} else {
		l.why = l.own.standing().Why(f.Today)
	}
	if !k.ServiceGone { // of one that is no more nothing is asked
		l.must, l.blocks = f.Asks(it) && l.holds, f.Blocks(it, l.why, l.holds)
		l.asked = f.Blocks(it, ToAnswer, l.holds) != ""
	}
	return l
}

// state is how the item stands: as its own answer does, or as those of its services do together.
func (l look) state() string {
	if !l.inherits {
		return l.own.standing().State
	}
	has := func(is func(s source) bool) *source {
		if i := slices.IndexFunc(l.services, func(s source) bool { return !s.gone && is(s) }); i >= 0 {
			return &l.services[i]
		}
		return nil
	}
	switch l.why {
	case "":
		for _, state := range []string{Gap, Understood} {
			if has(func(s source) bool { return s.answer.State == state }) != nil {
				return state
			}
		}
		return NA
	case ToConfirm:
		return Answered // by all; nobody has said of one of them that it is true here
	}
	return has(func(s source) bool { return s.why == l.why }).answer.standing().State
}

// lapsed says whether it counted once and does not any more: evidence ran out, or the day of a gap went by.
func (l look) lapsed() bool {
	over := func(why string) bool { return why == Stale || why == GapOver }
	if l.inherits {
		return slices.ContainsFunc(l.services, func(s source) bool { return over(s.why) })
	}
	return over(l.why)
}

// lacking are the names of the services whose answers do not count here, none for an item that answers itself.
func (l look) lacking() (names []string) {
	for _, s := range l.services {
		if l.inherits && s.why != "" {
			names = append(names, s.name)
		}
	}
	return names
}

// asks says whether a service's checklist has the item, so that it can be answered there.
func (b *book) asks(in *inherit, key string) bool {
	e := b.editions[in.version]
	if rid, ok := in.adopted[key]; ok {
		e = b.editions[rid]
	}
	if e == nil {
		return in.list == 0 // it has none yet
	}
	it := e.byKey[key]
	return it != nil && it.Scope == OfService && !it.Retired
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
		h.Service = &ServiceRef{k.ServiceID, k.ServiceName, k.TeamID, k.ServiceGone}
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
	h.Blocking, h.Excused = h.Counts.Sum(), excused(k.frame(b.now), looks)
	return h
}
