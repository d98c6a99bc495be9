package checklist

import (
	"context"
	"slices"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Earlier is how a question was answered, and understood, in another checklist.
type Earlier struct {
	ListID      string  `json:"checklistId"`
	Name        string  `json:"name" doc:"What that checklist is about"`
	Text        string  `json:"text"`
	Proof       []Proof `json:"proof" doc:"Without files and results of checks, which stay where they hang"`
	ExplainedBy *By     `json:"explainedBy,omitempty"`
}

// mostEarlier is how many earlier answers are given.
const mostEarlier = 3

// Earlier gives how an item was answered before and understood: in checklists of the same template that touch one of the
// same services, the newest first, then in others of the team. Only from checklists that the viewer sees, and while its
// evidence has not run out; a service's own from other services' own. What is begun with one is an answer like any other: somebody has to understand it.
func (s *Service) Earlier(ctx context.Context, id, key string) (out []Earlier, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		at, _, err := s.item(q, v, id, key)
		if err != nil {
			return err
		}
		of := "<>"
		if at.Kind == ForService {
			of = "="
		}
		near, args := "", []any{at.TemplateRID, at.RID, ForService, key, at.TeamID}
		for _, in := range at.services {
			near, args = near+" OR EXISTS (SELECT 1 FROM checklist_services x WHERE x.checklist_rid = k.rid AND x.service_rid = ?)", append(args, in.rid)
		}
		found, err := listsWhere(q, "p.rid = ? AND k.rid <> ? AND k.kind "+of+` ? AND EXISTS (SELECT 1 FROM checklist_answers a
			WHERE a.checklist_rid = k.rid AND a.item = ? AND a.state = 'understood') AND (t.id = ?`+near+")", args...)
		if err == nil {
			found, err = seeing(q, v, found)
		}
		if err != nil || len(found) == 0 {
			return err
		}
		slices.SortStableFunc(found, func(x, y *list) int { return y.shares(at.list) - x.shares(at.list) })
		found = found[:min(len(found), mostEarlier)]
		var rids []int64
		for _, k := range found {
			rids = append(rids, k.RID)
		}
		b := &book{q: q}
		if b.answers, err = answersOf(q, true, rids...); err != nil {
			return err
		}
		var ids []string
		for _, rid := range rids {
			a := b.answers[rid][key]
			a.Proof = slices.DeleteFunc(a.Proof, func(p Proof) bool { return p.Type == "file" || p.Type == "auto" })
			ids = append(ids, a.ExplainedBy)
			for _, p := range a.Proof {
				ids = append(ids, p.PersonID)
			}
		}
		if b.people, err = account.PeopleByID(q, ids); err != nil {
			return err
		}
		for _, k := range found {
			a := b.answers[k.RID][key]
			if a.standing().Why(at.today(s.store.Now())) != "" {
				continue // its evidence ran out
			}
			out = append(out, Earlier{k.ID, k.subject(), a.Text, b.proof(a.Proof), b.by(a.ExplainedBy, a.ExplainedAt)})
		}
		return nil
	})
	return out, err
}

// shares is how many services two checklists both touch.
func (k *list) shares(with *list) (n int) {
	for _, in := range k.services {
		if slices.ContainsFunc(with.services, func(x inherit) bool { return x.rid == in.rid }) {
			n++
		}
	}
	return n
}
