package checklist

import (
	"cmp"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Asking is a question that was asked back and waits for who explained.
type Asking struct {
	ListID   string
	Name     string // of what the checklist is about
	TeamName string
	CardKey  string
	BoardID  string
	Item     string
	Question string
	Text     string          // what was asked back
	Of       *account.Person // who explained it, or said that it does not apply
	At       time.Time       // when it was asked
}

// AskingIn gives what the viewer asked back, or somebody who stood in for them, and nobody has answered yet: in open
// checklists that they see, the longest first. So many statements, however many there are.
func (s *Service) AskingIn(q *store.Query, v who.Viewer, now time.Time) ([]Asking, error) {
	if v.PersonID == "" || v.TeamID != "" {
		return nil, nil
	}
	found, b, err := s.openTo(q, v, now, isOpen+" AND EXISTS (SELECT 1 FROM checklist_answers a WHERE a.checklist_rid = k.rid AND a.state = 'questioned')")
	if err != nil {
		return nil, err
	}
	var open []held
	var rids []int64
	var keys, ids []string
	for _, k := range found {
		for _, l := range b.looks(k) {
			if l.own != nil && !l.inherits && l.holds && l.why == PushedBack {
				open = append(open, held{k: k, look: l})
				if !slices.Contains(keys, l.it.Key) {
					keys = append(keys, l.it.Key)
				}
			}
		}
		rids = append(rids, k.RID)
	}
	asked, whose := map[opening]*mark{}, map[opening]string{}
	if len(open) > 0 {
		err = saidOf(q, rids, keys, func(o opening, x *said) {
			if m := x.Asked; m != nil && (m.By == v.PersonID || m.For == v.PersonID) {
				asked[o] = m
				if x.NA != nil {
					whose[o] = x.NA.By
				}
			}
		})
	}
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	for _, h := range open {
		if o := (opening{h.k.RID, h.it.Key}); whose[o] == "" {
			whose[o] = h.own.ExplainedBy
		}
		ids = append(ids, whose[opening{h.k.RID, h.it.Key}])
	}
	people, err := account.PeopleByID(q, ids)
	var out []Asking
	for _, h := range open {
		m := asked[opening{h.k.RID, h.it.Key}]
		if m == nil {
			continue
		}
		x := Asking{h.k.ID, h.k.subject(), h.k.TeamName, h.k.CardKey, h.k.BoardID, h.it.Key, h.it.Question, m.Text, nil, store.At(m.At)}
		if p, ok := people[whose[opening{h.k.RID, h.it.Key}]]; ok {
			x.Of = &p
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y Asking) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ListID, y.ListID)) })
	return out, err
}
