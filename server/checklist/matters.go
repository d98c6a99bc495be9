package checklist

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Asked is what somebody wants to know of some teams' checklists.
type Asked struct {
	TeamIDs []string
	Days    int  // how far ahead gaps and evidence are looked at
	Most    int  // how many of each are told; all are counted
	All     bool // also answers that wait for others
}

// Matters is what the open checklists of some teams hold for who stands to them.
type Matters struct {
	ToUnderstand []ToBeUnderstood // the oldest first
	Ending       []Ending         // gaps and evidence whose day has come or comes soon, the first day first
	Counts       struct{ ToUnderstand, Ending int }
	Unread       []TeamRef // some of what these teams answered could not be read
}

// ToBeUnderstood is an answer that nobody has understood yet.
type ToBeUnderstood struct {
	ListID   string         `json:"checklistId"`
	Name     string         `json:"name" doc:"Of what the checklist is about"`
	Team     TeamRef        `json:"team"`
	Item     string         `json:"item" doc:"The question's key"`
	Topic    string         `json:"topic"`
	Question string         `json:"question"`
	Help     string         `json:"help"`
	By       account.Person `json:"by" doc:"Who explained it"`
	At       time.Time      `json:"at"`
	Rev      int64          `json:"rev"`
	Opened   bool           `json:"opened" doc:"By the viewer, as it reads now"`
	May      bool           `json:"may" doc:"The viewer may understand it: they are of another discipline than who explained it"`
}

// Ending is a gap that is accepted, or evidence that is good, until a day.
type Ending struct {
	Kind     string   `json:"kind" enum:"gap,evidence"`
	On       string   `json:"on" doc:"The last day"`
	Days     int      `json:"days" doc:"Until then, where the team is; negative: it is over"`
	ListID   string   `json:"checklistId"`
	Name     string   `json:"name"`
	Team     TeamRef  `json:"team"`
	Item     string   `json:"item"`
	Question string   `json:"question"`
	Text     string   `json:"text,omitempty" doc:"Why the gap was accepted; what the evidence is"`
	Card     *CardRef `json:"card,omitempty" doc:"That closes the gap"`
}

// MattersIn reads them, in so many statements, however many teams and checklists there are.
func (s *Service) MattersIn(q *store.Query, v who.Viewer, now time.Time, a Asked) (m Matters, err error) {
	if len(a.TeamIDs) == 0 {
		return m, nil
	}
	args := []any{}
	for _, id := range a.TeamIDs {
		args = append(args, id)
	}
	found, b, err := s.openTo(q, v, now, isOpen+" AND t.id IN ("+store.Marks(len(a.TeamIDs))+")", args...)
	if err != nil || len(found) == 0 {
		return m, err
	}
	r := matters{s: s, b: b, v: v, asked: a}
	for _, k := range found {
		r.read(k)
	}
	if err := r.understanding(&m); err != nil {
		return m, err
	}
	if err := r.endings(&m); err != nil {
		return m, err
	}
	return m, nil
}

// matters gathers them.
type matters struct {
	s      *Service
	b      *book
	v      who.Viewer
	asked  Asked
	open   []held // answers that nobody has understood
	ending []held
}

// held is an item of a checklist.
type held struct {
	k *list
	look
	on string // until when it is good
}

func (r *matters) read(k *list) {
	last := k.today(r.b.now.AddDate(0, 0, r.asked.Days))
	for _, l := range r.b.looks(k) {
		if l.own == nil || l.inherits || !l.holds {
			continue // a service's answer is looked at in its own checklist
		}
		if l.why == ToUnderstand {
			r.open = append(r.open, held{k: k, look: l})
		}
		on := l.own.ExpiresOn
		switch l.own.State {
		case Gap:
			on = l.own.GapUntil
		case Answered, Understood, Questioned:
		default:
			on = ""
		}
		if on != "" && on <= last {
			r.ending = append(r.ending, held{k, l, on})
		}
	}
}

// understanding tells what waits to be understood, by the viewer or by anybody.
func (r *matters) understanding(m *Matters) error {
	if len(r.open) == 0 {
		return nil
	}
	q := r.b.q
	ids := []string{}
	for _, h := range r.open {
		if id := h.own.ExplainedBy; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return err
	}
	mine, err := r.s.chairsOf(q, r.v, r.b.now, "")
	if err != nil {
		return err
	}
	may := func(h *held) bool {
		return h.own.ExplainedBy != r.v.PersonID && mine[h.k.TeamID].other(people[h.own.ExplainedBy].Discipline)
	}
	if !r.asked.All {
		r.open = slices.DeleteFunc(r.open, func(h held) bool { return !may(&h) })
	}
	slices.SortStableFunc(r.open, func(x, y held) int { return cmp.Compare(since(x.own), since(y.own)) })
	m.Counts.ToUnderstand = len(r.open)
	r.open = r.open[:min(len(r.open), r.asked.Most)]
	opened, err := r.opened()
	for i := range r.open {
		h := &r.open[i]
		m.ToUnderstand = append(m.ToUnderstand, ToBeUnderstood{ListID: h.k.ID, Name: h.k.subject(), Team: TeamRef{h.k.TeamID, h.k.TeamKey, h.k.TeamName}, Item: h.it.Key, Topic: h.it.Topic,
			Question: h.it.Question, Help: h.it.Help, By: people[h.own.ExplainedBy], At: store.At(since(h.own)), Rev: h.own.Rev,
			Opened: opened[opening{h.k.RID, h.it.Key}] >= h.own.Rev, May: may(h)})
	}
	return err
}

func since(a *answer) int64 {
	if a.AnsweredAt == nil {
		return 0
	}
	return *a.AnsweredAt
}

type opening struct {
	rid  int64
	item string
}

// opened is which revs of what is told the viewer has opened.
func (r *matters) opened() (map[opening]int64, error) {
	out := map[opening]int64{}
	return out, store.InParts(ridsOf(r.open), func(marks string, args []any) error {
		return r.b.q.Each(func(scan func(...any) error) error {
			var o opening
			var rev int64
			err := scan(&o.rid, &o.item, &rev)
			out[o] = rev
			return err
		}, "SELECT checklist_rid, item, rev FROM checklist_opened WHERE checklist_rid IN ("+marks+") AND person_id = ?", append(args, r.v.PersonID)...)
	})
}

func ridsOf(all []held) (out []int64) {
	for i := range all {
		if !slices.Contains(out, all[i].k.RID) {
			out = append(out, all[i].k.RID)
		}
	}
	return out
}

// endings tells which gaps and which evidence end, with what was said of them.
func (r *matters) endings(m *Matters) error {
	slices.SortStableFunc(r.ending, func(x, y held) int { return cmp.Compare(x.on, y.on) })
	m.Counts.Ending = len(r.ending)
	r.ending = r.ending[:min(len(r.ending), r.asked.Most)]
	words, cards := map[opening]*said{}, []string{}
	unread := map[opening]bool{}
	if err := store.InParts(ridsOf(r.ending), func(marks string, args []any) error {
		keys := []string{}
		for i := range r.ending {
			if key := r.ending[i].it.Key; !slices.Contains(keys, key) {
				keys = append(keys, key)
				args = append(args, key)
			}
		}
		return r.b.q.Each(func(scan func(...any) error) error {
			var o opening
			var raw string
			if err := scan(&o.rid, &o.item, &raw); err != nil {
				return err
			}
			x := &said{}
			if json.Unmarshal([]byte(raw), x) != nil {
				unread[o] = true
				return nil
			}
			if words[o] = x; x.Gap != nil && x.Gap.CardID != "" {
				cards = append(cards, x.Gap.CardID)
			}
			return nil
		}, "SELECT checklist_rid, item, said FROM checklist_answers WHERE checklist_rid IN ("+marks+") AND item IN ("+store.Marks(len(keys))+")", args...)
	}); err != nil {
		return err
	}
	var err error
	if r.b.cards, err = cardsSeen(r.b.q, cards); err != nil {
		return err
	}
	for i := range r.ending {
		h := &r.ending[i]
		o := opening{h.k.RID, h.it.Key}
		if ref := (TeamRef{h.k.TeamID, h.k.TeamKey, h.k.TeamName}); unread[o] {
			if !slices.Contains(m.Unread, ref) {
				m.Unread = append(m.Unread, ref)
			}
			continue
		}
		e := Ending{Kind: "evidence", On: h.on, Days: daysUntil(h.k.today(r.b.now), h.on), ListID: h.k.ID, Name: h.k.subject(), Team: TeamRef{h.k.TeamID, h.k.TeamKey, h.k.TeamName},
			Item: h.it.Key, Question: h.it.Question}
		x := words[o]
		if h.own.State == Gap {
			if e.Kind = "gap"; x != nil && x.Gap != nil {
				e.Text, e.Card = x.Gap.Text, r.b.card(h.k, x.Gap.CardID)
			}
		} else if x != nil {
			if i := slices.IndexFunc(x.Proof, func(p Proof) bool { return p.ExpiresOn == h.on }); i >= 0 {
				e.Text = x.Proof[i].Label
			}
		}
		m.Ending = append(m.Ending, e)
	}
	return nil
}

// daysUntil counts days from one to another.
func daysUntil(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a) / (24 * time.Hour))
}
