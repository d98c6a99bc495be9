package checklist

import (
	"cmp"
	"encoding/json"
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
	r := awaiting{v: v, mine: mine, now: now}
	found, err := r.lists(q)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	if found, err = seeing(q, v, found); err != nil {
		return nil, err
	}
	b, err := s.glance(q, now, found...)
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

// awaiting gathers it.
type awaiting struct {
	v     who.Viewer
	mine  map[string]chair // from where the viewer understands, by team
	owned map[int64]bool   // checklists whose card the viewer owns, or that they began and nobody owns the card of
	now   time.Time
	hits  []held
}

// lists reads the checklists in which anything may wait for the viewer.
func (r *awaiting) lists(q *store.Query) ([]*list, error) {
	me, tomorrow := r.v.PersonID, r.now.AddDate(0, 0, 1).Format(time.DateOnly)
	var args []any
	stands := false
	for id, c := range r.mine {
		args, stands = append(args, id), stands || outside(c.discipline)
	}
	explained := "a.confirm_by = ''"
	if !stands { // then only what operations or security explained is theirs to understand
		explained = "a.explained_by IN (SELECT p.id FROM people p WHERE p.discipline IN ('operations', 'security'))"
	}
	return listsWhere(q, "k.archived_at IS NULL AND k.frozen_at IS NULL AND s.archived_at IS NULL AND t.id IN ("+store.Marks(len(r.mine))+`) AND EXISTS (SELECT 1 FROM checklist_answers a
		WHERE a.checklist_rid = k.rid AND ((a.state = 'answered' AND (a.confirm_by = ? OR `+explained+`)) OR (a.state = 'questioned' AND a.explained_by = ?)
		OR (a.state = 'gap' AND a.gap_until < ?) OR (a.state IN ('answered', 'understood') AND a.explained_by = ? AND a.expires_on <> '' AND a.expires_on < ?)))`,
		append(args, me, me, tomorrow, me, tomorrow)...)
}

// readOwned reads which checklists' cards the viewer owns, and which without a card, or of a card that nobody owns, they
// began.
func (r *awaiting) readOwned(q *store.Query) error {
	r.owned = map[int64]bool{}
	return q.Each(func(scan func(...any) error) error {
		var rid int64
		err := scan(&rid)
		r.owned[rid] = true
		return err
	}, `SELECT k.rid FROM checklists k WHERE k.archived_at IS NULL AND k.created_by = ?
			AND (k.card_rid IS NULL OR NOT EXISTS (SELECT 1 FROM assignments o WHERE o.card_rid = k.card_rid AND o.to_at IS NULL))
		UNION SELECT k.rid FROM assignments a JOIN people p ON p.rid = a.person_rid JOIN checklists k ON k.card_rid = a.card_rid
		WHERE p.id = ? AND a.to_at IS NULL AND k.archived_at IS NULL`, r.v.PersonID, r.v.PersonID)
}

// outside says whether a discipline is one of those that stand to teams.
func outside(discipline string) bool { return discipline == "operations" || discipline == "security" }

// look keeps an item that waits for the viewer. Where a service answers, it waits in the service's own checklist.
func (r *awaiting) look(k *list, l look) {
	if l.own == nil || l.inherits || !l.holds {
		return
	}
	a, me := l.own, r.v.PersonID
	waits := false
	switch l.why {
	case PushedBack:
		waits = a.ExplainedBy == me
	case ToConfirm:
		waits = a.ConfirmBy == me
	case Stale:
		waits = l.must && a.ExplainedBy == me
	case GapOver:
		waits = l.must // by whom it was accepted is read later
	case ToUnderstand:
		waits = a.ExplainedBy != me // of which discipline they are is read later
	}
	if waits {
		r.hits = append(r.hits, held{k: k, look: l})
	}
}

// tell reads what was said of them and puts together what is of one checklist and one reason.
func (r *awaiting) tell(q *store.Query) ([]Awaiting, error) {
	if len(r.hits) == 0 {
		return nil, nil
	}
	words, people, err := r.words(q)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(r.hits, func(h held) bool {
		return h.why == ToUnderstand && !outside(r.mine[h.k.TeamID].discipline) && outside(people[h.own.ExplainedBy].Discipline)
	}) {
		if err := r.readOwned(q); err != nil {
			return nil, err
		}
	}
	out, at := []Awaiting{}, map[string]int{}
	for i := range r.hits {
		h := &r.hits[i]
		x, waits := r.one(h, words[opening{h.k.RID, h.it.Key}], people)
		if !waits {
			continue
		}
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

// one is an item that may wait for the viewer, and whether it does.
func (r *awaiting) one(h *held, w *said, people map[string]account.Person) (Awaiting, bool) {
	x := Awaiting{Why: h.why, ListID: h.k.ID, Name: h.k.subject(), TeamName: h.k.TeamName, CardKey: h.k.CardKey, BoardID: h.k.BoardID,
		Item: h.it.Key, Question: h.it.Question, At: store.At(since(h.own)), Count: 1}
	by := ""
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
		if w == nil || w.Gap == nil || w.Gap.By != r.v.PersonID {
			return x, false
		}
		x.Text, x.At = w.Gap.Text, dayAfter(h.own.GapUntil)
	case Stale:
		x.At = dayAfter(h.own.ExpiresOn)
	case ToUnderstand:
		by = h.own.ExplainedBy
		own, theirs := r.mine[h.k.TeamID], people[by].Discipline
		if !own.other(theirs) || !outside(own.discipline) && !(outside(theirs) && r.owned[h.k.RID]) {
			return x, false
		}
	}
	if p, ok := people[by]; ok {
		x.By = &p
	}
	return x, true
}

func dayAfter(day string) time.Time {
	at, _ := time.Parse(time.DateOnly, day)
	return at.AddDate(0, 0, 1)
}

// words reads what was said of the items that need it, and who has a part in them.
func (r *awaiting) words(q *store.Query) (map[opening]*said, map[string]account.Person, error) {
	words, ids := map[opening]*said{}, []string{}
	var rids []int64
	keys := []string{}
	for _, h := range r.hits {
		switch h.why {
		case ToUnderstand:
			ids = append(ids, h.own.ExplainedBy)
		case PushedBack, ToConfirm, GapOver:
			if !slices.Contains(rids, h.k.RID) {
				rids = append(rids, h.k.RID)
			}
			if !slices.Contains(keys, h.it.Key) {
				keys = append(keys, h.it.Key)
			}
		}
	}
	err := store.InParts(rids, func(marks string, args []any) error {
		for _, key := range keys {
			args = append(args, key)
		}
		return q.Each(func(scan func(...any) error) error {
			var o opening
			var raw string
			if err := scan(&o.rid, &o.item, &raw); err != nil {
				return err
			}
			x := &said{}
			if json.Unmarshal([]byte(raw), x) != nil {
				return nil // its own checklist says that it cannot be read
			}
			if words[o] = x; x.Asked != nil {
				ids = append(ids, x.Asked.By)
			}
			ids = append(ids, x.TypedBy)
			return nil
		}, "SELECT checklist_rid, item, said FROM checklist_answers WHERE checklist_rid IN ("+marks+") AND item IN ("+store.Marks(len(keys))+")", args...)
	})
	if err != nil || len(ids) == 0 {
		return words, nil, err
	}
	people, err := account.PeopleByID(q, ids)
	return words, people, err
}
