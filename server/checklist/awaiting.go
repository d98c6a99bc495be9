package checklist

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Awaiting is what one checklist waits for from one person, for one reason: the first item of it in full, of the others
// how many they are.
type Awaiting struct {
	Why      string // pushed_back, to_confirm, to_understand, gap_over, stale
	ListID   string
	Name     string // of what the checklist is about
	TeamName string
	CardKey  string
	BoardID  string
	Item     string
	Question string
	Text     string          // what was asked back; what is to be confirmed
	By       *account.Person // who asked, typed or explained
	At       time.Time
	Count    int
}

// AwaitingIn gives what waits for the viewer in open checklists of their teams: questions about what they explained,
// what somebody typed in their name, their evidence that ran out, gaps that they accepted and that are over, and answers
// to be understood. Those wait for who stands to the team for operations or security; where one of them explained it,
// for the owners of its card, else for who began the checklist. So many statements, however many there are.
func (s *Service) AwaitingIn(q *store.Query, v who.Viewer, now time.Time) ([]Awaiting, error) {
	if v.PersonID == "" || v.TeamID != "" {
		return nil, nil
	}
	mine, err := s.chairsOf(q, v, now, "")
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	r := yours{v: v, mine: mine}
	where, args := r.mayWait(now)
	found, b, err := s.openTo(q, v, now, where, args...)
	if err != nil {
		return nil, err
	}
	for _, k := range found {
		for _, l := range b.looks(k) {
			r.look(k, l)
		}
	}
	return r.tell(q)
}

// mayWait is in which checklists anything may wait for the viewer.
func (r *yours) mayWait(now time.Time) (where string, args []any) {
	me, tomorrow := r.v.PersonID, now.AddDate(0, 0, 1).Format(time.DateOnly)
	stands := false
	for id, c := range r.mine {
		args, stands = append(args, id), stands || outside(c.discipline)
	}
	explained := "a.confirm_by = ''"
	if !stands { // then only what operations or security explained is theirs to understand
		explained = "a.explained_by IN (SELECT p.id FROM people p WHERE p.discipline IN ('operations', 'security'))"
	}
	return isOpen + " AND t.id IN (" + store.Marks(len(r.mine)) + `) AND EXISTS (SELECT 1 FROM checklist_answers a
		WHERE a.checklist_rid = k.rid AND ((a.state = 'answered' AND (a.confirm_by = ? OR ` + explained + `)) OR (a.state = 'questioned' AND (a.explained_by = ? OR a.said LIKE '%"na":%'))
		OR (a.state = 'gap' AND a.gap_until < ?) OR (a.state IN ('answered', 'understood') AND a.explained_by = ? AND a.expires_on <> '' AND a.expires_on < ?)))`,
		append(args, me, me, tomorrow, me, tomorrow)
}

// tell reads what was said of them and puts together what is of one checklist and one reason.
func (r *yours) tell(q *store.Query) ([]Awaiting, error) {
	if err := r.read(q, PushedBack, ToConfirm, GapOver); err != nil {
		return nil, err
	}
	out, at := []Awaiting{}, map[string]int{}
	for i := range r.hits {
		h := &r.hits[i]
		if !r.waits(h) {
			continue
		}
		x := r.one(h)
		id := h.k.ID + " " + x.Why
		if j, has := at[id]; !has {
			at[id] = len(out)
			out = append(out, x)
		} else if n := out[j].Count + 1; x.At.Before(out[j].At) {
			out[j], out[j].Count = x, n
		} else {
			out[j].Count = n
		}
	}
	slices.SortStableFunc(out, func(x, y Awaiting) int { return cmp.Or(x.At.Compare(y.At), strings.Compare(x.ListID, y.ListID)) })
	return out, nil
}

// one says in full what waits.
func (r *yours) one(h *held) Awaiting {
	x := Awaiting{Why: h.why, ListID: h.k.ID, Name: h.k.subject(), TeamName: h.k.TeamName, CardKey: h.k.CardKey, BoardID: h.k.BoardID,
		Item: h.it.Key, Question: h.it.Question, At: store.At(since(h.own)), Count: 1}
	by, w := "", r.words[opening{h.k.RID, h.it.Key}]
	switch h.why {
	case PushedBack:
		if w != nil && w.Asked != nil {
			by, x.Text, x.At = w.Asked.By, w.Asked.Text, store.At(w.Asked.At)
		}
	case ToConfirm:
		if w != nil {
			by, x.Text = w.TypedBy, w.Text
		}
	case GapOver:
		x.Text, x.At = w.Gap.Text, dayAfter(h.own.GapUntil)
	case Stale:
		x.At = dayAfter(h.own.ExpiresOn)
	case ToUnderstand:
		by = h.own.ExplainedBy
	}
	if p, ok := r.people[by]; ok {
		x.By = &p
	}
	return x
}

func dayAfter(day string) time.Time {
	at, _ := time.Parse(time.DateOnly, day)
	return at.AddDate(0, 0, 1)
}
