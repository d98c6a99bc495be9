package checklist

import (
	"context"
	"slices"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Beside is a checklist in the write of a room that keeps something beside it, by somebody who works in its team.
type Beside struct {
	RID             int64
	ID, Kind, Name  string
	TeamID, BoardID string
	CardID, CardKey string
	LaunchOn, Today string // days in the team's time zone
	at              *seat
	s               *Service
	Tx              *store.Tx
	Viewer          who.Viewer
	Frozen          bool
}

// OnBeside is the corridor of such a write: the checklist's topic is locked, and it is neither put away nor out of the
// viewer's sight. What is frozen may still be launched.
func OnBeside[T any](ctx context.Context, s *Service, id string, fn func(b *Beside) (T, error)) (T, error) {
	v := who.From(ctx)
	var zero T
	if _, err := s.sit(s.store.Rows(ctx), v, id); err != nil { // before a topic is locked, which would make one
		return zero, err
	}
	return store.InTx(ctx, s.store, []string{event.ChecklistTopic(id)}, func(tx *store.Tx) (T, error) {
		at, err := s.sit(tx.Query, v, id)
		if err == nil {
			err = at.check(toAnswer)
		}
		if err == nil && at.ArchivedAt != nil {
			err = at.open()
		}
		if err != nil {
			return zero, err
		}
		return fn(&Beside{RID: at.RID, ID: at.ID, Kind: at.Kind, Name: at.subject(), TeamID: at.TeamID, BoardID: at.BoardID, CardID: at.CardID, CardKey: at.CardKey,
			LaunchOn: at.LaunchOn, Today: at.today(tx.Now), at: at, s: s, Tx: tx, Viewer: v, Frozen: at.FrozenAt != nil})
	})
}

// Tell announces what has become of it: on its own topic, and on the team's that its checklists are to be read anew.
func (b *Beside) Tell(kind, about string, data any) error {
	if _, err := b.Tx.PublishAbout(event.ChecklistTopic(b.ID), kind, about, data); err != nil {
		return err
	}
	c := &change{s: b.s, tx: b.Tx, seat: b.at}
	return c.tellTeam()
}

// ViewIn is Get within a reading.
func (s *Service) ViewIn(q *store.Query, v who.Viewer, id string, now time.Time) (View, error) {
	at, err := s.sit(q, v, id)
	if err != nil {
		return View{}, err
	}
	b, err := s.open(q, true, now, at.list)
	if err != nil {
		return View{}, err
	}
	if at.Seq, _, err = store.TopicIn(q, event.ChecklistTopic(id)); err != nil {
		return View{}, err
	}
	out, err := b.seenBy(at)
	out.Zone = at.zone()
	return out, err
}

// Launching is a checklist with a day on which it launches.
type Launching struct {
	RID  int64
	Zone *time.Location // its team's
	Head ListHead
}

// LaunchingIn gives those that the viewer may see and that launch on a day from from to to, or that are among rids: the
// nearest first, in so many statements, however many they are. Those put away are not among them. teamID "" is all teams.
func (s *Service) LaunchingIn(q *store.Query, v who.Viewer, from, to, teamID string, rids []int64) (out []Launching, err error) {
	where, args := "(k.launch_on BETWEEN ? AND ?", []any{from, to}
	if len(rids) > 0 {
		where += " OR k.rid IN (" + store.Marks(len(rids)) + ")"
		for _, rid := range rids {
			args = append(args, rid)
		}
	}
	where += ") AND k.launch_on <> '' AND k.kind <> '" + ForService + "' AND k.archived_at IS NULL"
	if teamID != "" {
		where, args = where+" AND t.id = ?", append(args, teamID)
	}
	found, err := listsWhere(q, where, args...)
	if err != nil {
		return nil, err
	}
	if found, err = seeing(q, v, found); err != nil {
		return nil, err
	}
	now := s.store.Now()
	b, err := s.glance(q, now, found...)
	if err != nil {
		return nil, err
	}
	for _, k := range found {
		out = append(out, Launching{k.RID, k.zone(), b.head(k)})
	}
	slices.SortStableFunc(out, func(x, y Launching) int { return strings.Compare(x.Head.LaunchOn, y.Head.LaunchOn) })
	return out, nil
}

// OfTeamIn gives a team's checklists that were not put away, the nearest launch first: those that everybody may see who
// sees one of its boards.
func (s *Service) OfTeamIn(q *store.Query, teamID, boardID string, now time.Time) (out []Launching, err error) {
	found, err := listsWhere(q, "t.id = ? AND k.archived_at IS NULL", teamID)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(k *list) bool { return k.Visibility != board.Workspace && k.BoardID != boardID })
	b, err := s.open(q, false, now, found...)
	if err != nil {
		return nil, err
	}
	for _, k := range found {
		out = append(out, Launching{k.RID, k.zone(), b.head(k)})
	}
	slices.SortStableFunc(out, func(x, y Launching) int { return strings.Compare(x.Head.LaunchOn, y.Head.LaunchOn) })
	return out, nil
}
