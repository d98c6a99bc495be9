package checklist

import (
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Wanted is which checklists are asked for; of one's own teams, and those in which one stands in today, when nothing is named.
type Wanted struct {
	TeamID    string `query:"teamId" maxLength:"64"`
	CardID    string `query:"cardId" maxLength:"64" doc:"Id or key"`
	ServiceID string `query:"serviceId" maxLength:"64" doc:"The service's own one, also when the service was put away, and those that inherit from it"`
	Open      bool   `query:"open" doc:"Only those that are not frozen"`
	Archived  bool   `query:"archived" doc:"Those that were put away instead, and those of services that were"`
}

const mostListed = 500

// List gives checklists that the viewer may see, the newest first, in so many statements, however many they are.
func (s *Service) List(ctx context.Context, w Wanted) (out []ListHead, err error) {
	v := who.From(ctx)
	out = []ListHead{}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		where, args, err := s.where(q, v, w)
		if err != nil {
			return err
		}
		found, err := listsWhere(q, where, args...)
		if err != nil {
			return err
		}
		found, rights, err := seeingAs(q, v, found)
		if err != nil {
			return err
		}
		b, err := s.glance(q, s.store.Now(), found...)
		if err != nil {
			return err
		}
		yours, err := s.forYou(b, v, rights, found)
		if err != nil {
			return err
		}
		for _, k := range found {
			h := b.head(k)
			h.ForYou = yours[k.RID]
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

func (s *Service) where(q *store.Query, v who.Viewer, w Wanted) (where string, args []any, err error) {
	where = "k.archived_at IS NULL"
	switch {
	case w.Archived:
		where = "(k.archived_at IS NOT NULL OR s.archived_at IS NOT NULL)"
	case w.ServiceID == "":
		where += " AND s.archived_at IS NULL"
	}
	if w.Open {
		where += " AND k.frozen_at IS NULL"
	}
	if w.TeamID != "" {
		if _, _, err := team.See(q, v, w.TeamID); err != nil {
			return "", nil, err
		}
		where, args = where+" AND t.id = ?", append(args, w.TeamID)
	}
	if w.CardID != "" {
		if _, _, err := s.about(q, v, NewList{Kind: ForCard, CardID: w.CardID}); err != nil && !fault.Is(err, "board_archived") {
			return "", nil, err
		}
		where, args = where+" AND (c.id = ? OR c.key = ?)", append(args, w.CardID, w.CardID)
	}
	if w.ServiceID != "" {
		it, _, err := catalogue.See(q, v, w.ServiceID)
		if err != nil {
			return "", nil, err
		}
		where, args = where+" AND (k.service_rid = ? OR k.rid IN (SELECT checklist_rid FROM checklist_services WHERE service_rid = ?))", append(args, it.RID, it.RID)
	}
	if len(args) == 0 {
		own, args := "t.id IN "+account.OwnTeams, []any{v.PersonID, v.PersonID}
		also, err := s.standsInFor(q, v, s.store.Now())
		if err != nil {
			return "", nil, err
		}
		if len(also) > 0 {
			own, args = own+" OR t.id IN ("+store.Marks(len(also))+")", append(args, also...)
		}
		return where + " AND (" + own + ")", args, nil
	}
	return where, args, nil
}

// seeing leaves out what the viewer may not see.
func seeing(q *store.Query, v who.Viewer, found []*list) ([]*list, error) {
	out, _, err := seeingAs(q, v, found)
	return out, err
}

// isOpen is a checklist that is still worked on.
const isOpen = "k.archived_at IS NULL AND k.frozen_at IS NULL AND s.archived_at IS NULL"

// openTo gives those of some checklists that the viewer sees, and what stands in them.
func (s *Service) openTo(q *store.Query, v who.Viewer, now time.Time, where string, args ...any) (found []*list, b *book, err error) {
	if found, err = listsWhere(q, where, args...); err != nil || len(found) == 0 {
		return nil, nil, err
	}
	if found, err = seeing(q, v, found); err != nil || len(found) == 0 {
		return nil, nil, err
	}
	b, err = s.glance(q, now, found...)
	return found, b, err
}

// seeingAs does, and says which rights the viewer has, by team.
func seeingAs(q *store.Query, v who.Viewer, found []*list) (out []*list, rights map[string]team.Rights, err error) {
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, nil, err
	}
	rights = map[string]team.Rights{}
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	for _, k := range found {
		if r, ok := rights[k.TeamID]; ok && r.CanSee(k.Visibility) && len(out) < mostListed {
			out = append(out, k)
		}
	}
	return out, rights, nil
}

// Get reads a checklist with all its items.
func (s *Service) Get(ctx context.Context, id string) (out View, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		out, err = s.ViewIn(q, who.From(ctx), id, s.store.Now())
		return err
	})
	return out, err
}

// seenBy is a checklist as its viewer sees it: a frozen one as it stood.
func (b *book) seenBy(at *seat) (v View, err error) {
	if _, is := b.frozen[at.RID]; is {
		if err = b.fillWaived(at.list); err != nil {
			return v, err
		}
		v, err = copyOf(b.q, at.RID)
		v.ListHead = b.head(at.list)
	} else if err = b.fill(at.list); err == nil {
		v = b.whole(at.list)
	}
	if err != nil {
		return v, err
	}
	opened, err := openedBy(b.q, at.RID, at.v.PersonID)
	if err != nil {
		return View{}, err
	}
	if v.Files, err = card.AttachmentsOf(b.q, "checklist_rid", at.RID); err != nil {
		return View{}, err
	}
	v.May, v.RID = at.may(), at.RID
	if v.May.WaiveOpen = v.May.WaiveAny; v.May.Waive && !v.May.WaiveAny {
		code, _, _, err := at.across(b.q, at.CreatedBy)
		if v.May.WaiveOpen = code == "" && at.discipline != builders; err != nil {
			return View{}, err
		}
	}
	if v.May.Answer {
		owners, err := at.owners(b.q)
		if err != nil {
			return View{}, err
		}
		v.May.Owns = slices.Contains(owners, at.v.PersonID)
	}
	var proposals []string
	for _, t := range v.Topics {
		for i := range t.Items {
			proposals = append(proposals, t.Items[i].Proposal)
			rev, yes := opened[t.Items[i].Key]
			yes = yes && rev >= t.Items[i].Rev
			t.Items[i].Opened = &yes
		}
	}
	v.Origins, err = originsOf(b.q, at.v, proposals)
	return v, err
}
