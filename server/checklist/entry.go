package checklist

import (
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// TemplateName implements board.Lists.
func (s *Service) TemplateName(q *store.Query, teamID, templateID string) (name string, err error) {
	_, err = q.Row([]any{&name}, `SELECT p.name FROM checklist_templates p WHERE p.id = ? AND p.retired_at IS NULL AND (p.team_id IS NULL OR p.team_id = ?)
		AND EXISTS (SELECT 1 FROM checklist_template_versions v WHERE v.template_rid = p.rid)`, templateID, teamID)
	return name, err
}

// Stands implements card.Lists: the card's own checklist at the level that the column asks for, or its own if that is
// more, and up to the column's phase whatever its own. A frozen one counts as it stood.
func (s *Service) Stands(q *store.Query, cardRID int64, asks *board.ListPolicy, zone string, now time.Time) (board.Listed, error) {
	found, err := listsWhere(q, "k.card_rid = ? AND k.archived_at IS NULL", cardRID)
	if err != nil || len(found) == 0 {
		return board.Listed{None: true, Items: []board.ListedItem{}}, err
	}
	k := found[0]
	out := board.Listed{ID: k.ID, Template: k.TemplateName, Level: k.Level, Phase: k.Phase, Items: []board.ListedItem{}}
	if asks.TemplateID != "" && asks.TemplateID != k.TemplateID {
		out.Other = true
		return out, nil
	}
	k.Zone, k.Phase = zone, asks.Phase
	if slices.Index(levels, asks.Level) > slices.Index(levels, k.Level) {
		k.Level = asks.Level
	}
	block := func(it *TemplateItem, why string, services []string) {
		if why == "" {
			return
		}
		if out.Blocking++; len(out.Items) < board.ListedMost {
			i := slices.IndexFunc(topics, func(t Topic) bool { return t.Key == it.Topic })
			out.Items = append(out.Items, board.ListedItem{Topic: topics[i].Name, Key: it.Key, Question: it.Question, Why: why, Services: services})
		}
	}
	if k.FrozenAt != nil {
		was, err := copyOf(q, k.RID)
		if err != nil {
			return out, err
		}
		f, looks := k.frame(now), []look{}
		for _, t := range was.Topics {
			for _, it := range t.Items {
				l := it.stood(f)
				block(l.it, l.blocks, it.lacking())
				looks = append(looks, l)
			}
		}
		out.Excused = excused(f, looks)
		return out, nil
	}
	b, err := s.open(q, false, now, k)
	if err != nil {
		return out, err
	}
	looks := b.looks(k)
	for _, l := range looks {
		block(l.it, l.blocks, l.lacking())
	}
	out.Excused = excused(k.frame(now), looks)
	return out, nil
}

// Waived implements card.Lists.
func (s *Service) Waived(tx *store.Tx, listID string) error {
	if err := tx.Widen(event.ChecklistTopic(listID)); err != nil {
		return err
	}
	found, err := listsWhere(tx.Query, "k.id = ?", listID)
	if err != nil || len(found) == 0 {
		return err
	}
	c := &change{s: s, tx: tx, seat: &seat{list: found[0], v: who.Viewer{PersonID: tx.ActorID}}}
	if c.b, err = s.open(tx.Query, true, tx.Now, c.list); err != nil {
		return err
	}
	_, err = c.tell("checklist.waived", "")
	return err
}

// waived is an entry of a card for which its checklist was waived, as it is kept.
type waived struct {
	by, reason, column, asked, teamID, visibility string
	at                                            int64
}

// waivedOf reads when a checklist's card came in without it.
func waivedOf(q *store.Query, k *list) (out []waived, err error) {
	if k.CardRID == nil {
		return nil, nil
	}
	err = q.Each(func(scan func(...any) error) error {
		var w waived
		err := scan(&w.by, &w.at, &w.reason, &w.asked, &w.column, &w.teamID, &w.visibility)
		out = append(out, w)
		return err
	}, `SELECT x.actor_id, x.at, x.reason, x.text, n.name, b.team_id, b.visibility FROM card_checks x JOIN columns n ON n.rid = x.column_rid JOIN boards b ON b.rid = x.board_rid
		WHERE x.card_rid = ? AND x.check_id = ? AND x.waived = TRUE ORDER BY x.at, x.rid`, *k.CardRID, board.ListCheck)
	return out, err
}

// fillWaived reads it for a frozen checklist, of which nothing else is read anew.
func (b *book) fillWaived(k *list) (err error) {
	if b.waived, err = waivedOf(b.q, k); err != nil || len(b.waived) == 0 {
		return err
	}
	var ids []string
	for _, w := range b.waived {
		ids = append(ids, w.by)
	}
	b.people, err = account.PeopleByID(b.q, ids)
	return err
}

func (w waived) view(b *book, k *list) Waived {
	out := Waived{By: By{Person: b.people[w.by], At: store.At(w.at)}, Reason: w.reason, Column: w.column, Asked: w.asked}
	if w.teamID != k.TeamID && w.visibility != board.Workspace {
		out.Column = ""
	}
	return out
}
