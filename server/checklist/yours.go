package checklist

import (
	"encoding/json"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// yours is the one judge of what waits for one person in open checklists: Today tells it, lists count it, and the page of
// a checklist says the same of each item (waitsFor in its state.ts).
type yours struct {
	v    who.Viewer
	mine map[string]chair // from where the viewer understands, by team
	// works: what nobody has answered, or said to be still true, counts too, in teams where the viewer answers
	works  map[string]team.Rights
	owned  map[int64]bool // checklists whose card the viewer owns, or that they began and nobody owns the card of
	people map[string]account.Person
	words  map[opening]*said
	hits   []held
}

// outside says whether a discipline is one of those that stand to teams.
func outside(discipline string) bool { return discipline == "operations" || discipline == "security" }

// look keeps an item that may wait for the viewer. Where a service answers, it waits in the service's own checklist, but
// for the word that it is still true here.
func (r *yours) look(k *list, l look) {
	if !l.holds {
		return
	}
	a, me := l.own, r.v.PersonID
	waits := false
	switch {
	case l.inherits:
		waits = r.works[k.TeamID].CanWork() && l.blocks != "" && slices.ContainsFunc(l.services, func(s source) bool { return s.why == Stale || s.toStamp() })
	case l.why == ToAnswer:
		waits = r.works[k.TeamID].CanWork() && l.blocks != ""
	case l.why == PushedBack:
		waits = true // who said that it does not apply is read later
	case l.why == ToConfirm:
		waits = a.ConfirmBy == me
	case l.why == Stale:
		waits = l.must && a.ExplainedBy == me
	case l.why == GapOver:
		waits = l.must // by whom it was accepted is read later
	case l.why == ToUnderstand:
		waits = a.ExplainedBy != me && r.mine[k.TeamID].discipline != "" // of which discipline they are is read later
	}
	if waits {
		r.hits = append(r.hits, held{k: k, look: l})
	}
}

// waits says whether one of them does, once all is read.
func (r *yours) waits(h *held) bool {
	switch {
	case h.inherits || h.why == ToAnswer:
		return r.owned[h.k.RID]
	case h.why == PushedBack:
		w := r.words[opening{h.k.RID, h.it.Key}]
		return w != nil && w.whose(h.own.ExplainedBy) == r.v.PersonID
	case h.why == GapOver:
		w := r.words[opening{h.k.RID, h.it.Key}]
		return w != nil && w.Gap != nil && w.Gap.By == r.v.PersonID
	case h.why == ToUnderstand:
		own, theirs := r.mine[h.k.TeamID], r.people[h.own.ExplainedBy].Discipline
		return own.other(theirs) && (outside(own.discipline) || outside(theirs) && r.owned[h.k.RID])
	}
	return true
}

// read reads what is needed to say which of them wait, and what was said of those that lack something of some kinds.
func (r *yours) read(q *store.Query, whys ...string) error {
	if len(r.hits) == 0 {
		return nil
	}
	if err := r.readWords(q, whys); err != nil {
		return err
	}
	if slices.ContainsFunc(r.hits, func(h held) bool {
		return h.inherits || h.why == ToAnswer || h.why == ToUnderstand && !outside(r.mine[h.k.TeamID].discipline) && outside(r.people[h.own.ExplainedBy].Discipline)
	}) {
		return r.readOwned(q)
	}
	return nil
}

// readOwned reads which checklists' cards the viewer owns, and which without a card, or of a card that nobody owns, they
// began.
func (r *yours) readOwned(q *store.Query) error {
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

// readWords reads what was said of those that lack something of these kinds, and who has a part in them.
func (r *yours) readWords(q *store.Query, whys []string) error {
	r.words = map[opening]*said{}
	var ids, keys []string
	var rids []int64
	for _, h := range r.hits {
		switch {
		case h.inherits || h.own == nil:
		case h.why == ToUnderstand:
			ids = append(ids, h.own.ExplainedBy)
		case slices.Contains(whys, h.why):
			if !slices.Contains(rids, h.k.RID) {
				rids = append(rids, h.k.RID)
			}
			if !slices.Contains(keys, h.it.Key) {
				keys = append(keys, h.it.Key)
			}
		}
	}
	err := saidOf(q, rids, keys, func(o opening, x *said) {
		if r.words[o] = x; x.Asked != nil {
			ids = append(ids, x.Asked.By)
		}
		ids = append(ids, x.TypedBy)
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	r.people, err = account.PeopleByID(q, ids)
	return err
}

// saidOf reads what was said of some items of some checklists. Of what cannot be read its own checklist says so.
func saidOf(q *store.Query, rids []int64, keys []string, take func(o opening, x *said)) error {
	return store.InParts(rids, func(marks string, args []any) error {
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
			if json.Unmarshal([]byte(raw), x) == nil {
				take(o, x)
			}
			return nil
		}, "SELECT checklist_rid, item, said FROM checklist_answers WHERE checklist_rid IN ("+marks+") AND item IN ("+store.Marks(len(keys))+")", args...)
	})
}

// forYou counts by checklist what waits for the viewer, of all that lists show.
func (s *Service) forYou(b *book, v who.Viewer, works map[string]team.Rights, found []*list) (map[int64]int, error) {
	out := map[int64]int{}
	if v.PersonID == "" || v.TeamID != "" {
		return out, nil
	}
	mine, err := s.chairsOf(b.q, v, b.now, "")
	if err != nil {
		return nil, err
	}
	r := yours{v: v, mine: mine, works: works}
	for _, k := range found {
		if k.FrozenAt != nil || k.ArchivedAt != nil || k.ServiceGone {
			continue // it is read, and not changed
		}
		for _, l := range b.looks(k) {
			r.look(k, l)
		}
	}
	if err := r.read(b.q, PushedBack, GapOver); err != nil {
		return nil, err
	}
	for i := range r.hits {
		if r.waits(&r.hits[i]) {
			out[r.hits[i].k.RID]++
		}
	}
	return out, nil
}

// standsInFor are the teams in which the viewer stands in today for a liaison who is away.
func (s *Service) standsInFor(q *store.Query, v who.Viewer, now time.Time) (teamIDs []any, err error) {
	if s.deputies == nil || v.PersonID == "" {
		return nil, nil
	}
	ins, err := s.deputies.StandIns(q, now, "", v.PersonID)
	for _, in := range ins {
		teamIDs = append(teamIDs, in.TeamID)
	}
	return teamIDs, err
}
