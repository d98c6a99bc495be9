package card

import (
	"context"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Patch is what may change of a card besides its column. Absent fields stay; null clears.
type Patch struct {
	Title       *string           `json:"title,omitempty" required:"false" maxLength:"300"`
	Description *string           `json:"description,omitempty" required:"false" maxLength:"100000"`
	Type        *string           `json:"type,omitempty" required:"false" enum:"feature,defect,incident,risk,debt,toil,improvement,ask"`
	Discipline  *string           `json:"discipline,omitempty" required:"false" enum:"development,operations,security,product,quality,other"`
	Involves    *[]string         `json:"involves,omitempty" required:"false" maxItems:"6"`
	Class       *string           `json:"class,omitempty" required:"false" enum:"expedite,fixed_date,standard,intangible"`
	OwnerIDs    *[]string         `json:"ownerIds,omitempty" required:"false" maxItems:"20"`
	Labels      *[]string         `json:"labels,omitempty" required:"false" maxItems:"30"`
	DueOn       web.Opt[string]   `json:"dueOn,omitzero" required:"false" doc:"2026-11-30, or null"`
	Size        web.Opt[float64]  `json:"size,omitzero" required:"false"`
	LaneID      web.Opt[string]   `json:"laneId,omitzero" required:"false"`
	ParentID    web.Opt[string]   `json:"parentId,omitzero" required:"false" doc:"Id or key of the card that this one is a part of, or null"`
	Fields      map[string]string `json:"fields,omitempty" required:"false" doc:"Values of the board's own fields, by the field's id; empty clears"`
	Version     *int64            `json:"version,omitempty" required:"false" doc:"Refused as stale if a field named here changed after this version"`
	Reason      string            `json:"reason,omitempty" required:"false" maxLength:"2000"`

	said  mentioned           // by the description
	adopt func(e *edit) error // gives it another parent
}

// fields names what the patch wants to change.
func (p Patch) fields() []string {
	var out []string
	for name, set := range map[string]bool{"title": p.Title != nil, "description": p.Description != nil, "type": p.Type != nil,
		"discipline": p.Discipline != nil, "involves": p.Involves != nil, "class": p.Class != nil, "ownerIds": p.OwnerIDs != nil,
		"labels": p.Labels != nil, "dueOn": p.DueOn.Set, "size": p.Size.Set, "place": p.LaneID.Set, "parent": p.ParentID.Set} {
		if set {
			out = append(out, name)
		}
	}
	for id := range p.Fields {
		out = append(out, valueField(id))
	}
	slices.Sort(out)
	return out
}

// Change applies a patch. Two people who change different fields both win; on the same field the later one
// is refused as stale when they sent the version they knew. The same values again change nothing.
func (s *Service) Change(ctx context.Context, idOrKey string, p Patch) (Changed, error) {
	var err error
	if p.Description != nil {
		if p.said, err = s.mentionsOn(ctx, idOrKey, strings.TrimSpace(*p.Description)); err != nil {
			return Changed{}, err
		}
	}
	var also []string
	if p.ParentID.Set {
		also = []string{familyTopic}
		p.adopt = func(e *edit) error { return e.adopt(ctx, s, p.ParentID) }
	}
	return onCardAnd(ctx, s, idOrKey, toWork, also, changing(p))
}

// changing is the patch of one card under the lock.
func changing(p Patch) func(e *edit) (Changed, error) {
	return func(e *edit) (Changed, error) {
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		c := e.card
		if stale := c.staleSince(p.Version, p.fields()...); stale != nil {
			f := staleFault("Somebody else changed this in the meantime.", stale, FaceOf(c, e.l))
			if slices.Contains(stale, "description") {
				if x, ok := fault.As(f); ok {
					f = x.With("currentDescription", c.Description)
				}
			}
			return Changed{}, f
		}
		before := *c
		if err := p.apply(c); err != nil {
			return Changed{}, err
		}
		a, err := e.regrade(p, before)
		if err != nil {
			return Changed{}, err
		}
		if p.OwnerIDs != nil {
			if err := setOwners(e.tx, e.l, c, *p.OwnerIDs); err != nil {
				return Changed{}, err
			}
			c.Face.OwnerIDs = unique(*p.OwnerIDs)
		}
		if p.adopt != nil {
			if err := p.adopt(e); err != nil {
				return Changed{}, err
			}
		}
		changed := differences(&before, c)
		values, err := e.setValues(p.Fields)
		if err != nil {
			return Changed{}, err
		}
		changed = append(changed, values...)
		if len(changed) == 0 {
			return Changed{Card: FaceOf(c, e.l), Seq: e.tx.Seq(event.BoardTopic(e.l.ID))}, nil
		}
		if slices.Contains(changed, "discipline") || slices.Contains(changed, "involves") {
			if err := setDisciplines(e.tx, c); err != nil {
				return Changed{}, err
			}
		}
		extra := map[string]any{"fields": changed, "before": smallBefore(&before, changed)}
		overridden(extra, a)
		if slices.Contains(changed, "description") {
			if err := e.keepRevision(before.Description); err != nil {
				return Changed{}, err
			}
			if err := e.mention(p.said, nil); err != nil {
				return Changed{}, err
			}
		}
		if slices.Contains(changed, "ownerIds") {
			if err := e.assigned(before.Face.OwnerIDs); err != nil {
				return Changed{}, err
			}
		}
		if slices.Contains(changed, "place") {
			if err := savePlace(e.tx, c); err != nil {
				return Changed{}, err
			}
		}
		out, err := e.saved("card.updated", extra, changed...)
		if err != nil || (!slices.Contains(changed, "place") && a.Limits == "") {
			return out, err
		}
		// a limit exceeded by a change of class stands in the flow's own record too
		return out, insertTransition(e.tx, c, transition{from: &c.Place.ColumnRID, to: &c.Place.ColumnRID, fromLane: before.Place.LaneRID,
			lane: c.Place.LaneRID, kind: "move", override: a.Override, limits: a.Limits, seq: out.Seq})
	}
}

// regrade admits what a patch changes of where the card counts: its lane and its class.
func (e *edit) regrade(p Patch, before Card) (a board.Admission, err error) {
	c := e.card
	lane := c.Place.LaneRID
	if p.LaneID.Set {
		if lane, err = e.lane(p.LaneID); err != nil {
			return a, err
		}
	}
	if sameRID(lane, before.Place.LaneRID) && c.Class == before.Class {
		return a, nil
	}
	class := c.Class
	c.Class = before.Class // admit compares with what the card is now
	a, err = e.admit(target{column: e.l.ColumnByRID(c.Place.ColumnRID), laneRID: lane, class: class, reason: p.Reason})
	c.Class, c.Place.LaneRID = class, lane
	return a, err
}

func (p Patch) apply(c *Card) (err error) {
	if p.Title != nil {
		if c.Title, err = cleanTitle(*p.Title); err != nil {
			return err
		}
	}
	if p.Description != nil {
		c.Description = strings.TrimSpace(*p.Description)
	}
	if p.Type != nil {
		c.Type = *p.Type
	}
	if p.Class != nil {
		c.Class = *p.Class
	}
	if p.Discipline != nil {
		c.Discipline = *p.Discipline
	}
	involves := c.Involves
	if p.Involves != nil {
		involves = *p.Involves
	}
	if p.Discipline != nil || p.Involves != nil {
		if c.Involves, err = cleanInvolves(c.Discipline, involves); err != nil {
			return err
		}
	}
	if p.Labels != nil {
		if c.Labels, err = cleanLabels(*p.Labels); err != nil {
			return err
		}
	}
	if p.DueOn.Set {
		c.DueOn = p.DueOn.Value
		if err := checkDue(c.DueOn); err != nil {
			return err
		}
	}
	if p.Size.Set {
		c.Size = p.Size.Ptr()
		if c.Size != nil && (*c.Size < 0 || *c.Size > MaxSize) {
			return fault.Invalid("body.size", "A size is between 0 and 100,000")
		}
	}
	return nil
}

// differences names the fields in which two states of a card differ.
func differences(a, b *Card) []string {
	var out []string
	add := func(name string, differs bool) {
		if differs {
			out = append(out, name)
		}
	}
	add("title", a.Title != b.Title)
	add("description", a.Description != b.Description)
	add("type", a.Type != b.Type)
	add("discipline", a.Discipline != b.Discipline)
	add("involves", !slices.Equal(a.Involves, b.Involves))
	add("class", a.Class != b.Class)
	add("ownerIds", !sameOwners(a.Face.OwnerIDs, b.Face.OwnerIDs))
	add("labels", !slices.Equal(a.Labels, b.Labels))
	add("dueOn", a.DueOn != b.DueOn)
	add("size", (a.Size == nil) != (b.Size == nil) || (a.Size != nil && *a.Size != *b.Size))
	add("place", !sameRID(a.Place.LaneRID, b.Place.LaneRID))
	add("parent", !sameRID(a.ParentRID, b.ParentRID))
	return out
}

// sameOwners says whether two lists name the same people; their order is that in which they took the card.
func sameOwners(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// smallBefore keeps what short fields said before, for the history; a description is too long to send round.
func smallBefore(c *Card, changed []string) map[string]any {
	all := map[string]any{"title": c.Title, "type": c.Type, "discipline": c.Discipline, "involves": list(c.Involves), "class": c.Class,
		"ownerIds": list(c.Face.OwnerIDs), "labels": list(c.Labels), "dueOn": c.DueOn, "size": c.Size}
	out := map[string]any{}
	for _, f := range changed {
		if v, ok := all[f]; ok {
			out[f] = v
		}
	}
	return out
}

// Archive takes a card off its board; nothing of it is lost. Archived while in progress it is "discarded"
// for flow, archived after it was finished it stays finished.
func (s *Service) Archive(ctx context.Context, idOrKey string) (Changed, error) {
	return onCard(ctx, s, idOrKey, toWork, archiving())
}

// archiving takes one card off its board under the lock.
func archiving() func(e *edit) (Changed, error) {
	return func(e *edit) (Changed, error) {
		c := e.card
		if c.ArchivedAt != nil {
			return Changed{Card: FaceOf(c, e.l), Seq: e.tx.Seq(event.BoardTopic(e.l.ID))}, nil
		}
		top, err := e.beforeTop(nil, false)
		if err != nil {
			return Changed{}, err
		}
		now := store.Ms(e.tx.Now)
		c.ArchivedAt, c.Place.Archived = &now, true
		c.touch("archived")
		if err := savePlace(e.tx, c); err != nil {
			return Changed{}, err
		}
		if err := saveCard(e.tx, c); err != nil {
			return Changed{}, err
		}
		data := map[string]any{"card": goneOf(c)}
		if err := e.tellWatchers("card.archived", nil); err != nil {
			return Changed{}, err
		}
		changed, err := top.after(e, "")
		if err != nil {
			return Changed{}, err
		}
		if changed != nil {
			data["top"] = changed
		}
		seq, err := e.tx.PublishAbout(event.BoardTopic(e.l.ID), "card.archived", c.ID, data)
		if err != nil {
			return Changed{}, err
		}
		if err := e.archiveMirrors(); err != nil {
			return Changed{}, err
		}
		if err := e.saveTop(changed, seq); err != nil {
			return Changed{}, err
		}
		if err := insertTransition(e.tx, c, transition{from: &c.Place.ColumnRID, fromLane: c.Place.LaneRID, kind: "archive", seq: seq}); err != nil {
			return Changed{}, err
		}
		return Changed{Card: FaceOf(c, e.l), Seq: seq}, e.tellAsks(0)
	}
}

// Restore puts an archived card back at the end of its column, or of another one; it is admitted like a move.
func (s *Service) Restore(ctx context.Context, idOrKey, columnID, reason string) (Changed, error) {
	return s.RestoreTo(ctx, idOrKey, RestoreTo{ColumnID: columnID, Reason: reason})
}

// RestoreTo is where an archived card comes back: to the column where it stood when none is named. Another one
// asks for its checks.
type RestoreTo struct {
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	board.Answers
}

// RestoreTo puts an archived card back on its board.
func (s *Service) RestoreTo(ctx context.Context, idOrKey string, r RestoreTo) (Changed, error) {
	return onCard(ctx, s, idOrKey, toWork, restoring(r))
}

// restoring puts one card back under the lock.
func restoring(r RestoreTo) func(e *edit) (Changed, error) {
	return func(e *edit) (Changed, error) {
		c := e.card
		if c.ArchivedAt == nil {
			return Changed{Card: FaceOf(c, e.l), Seq: e.tx.Seq(event.BoardTopic(e.l.ID))}, nil
		}
		to := e.l.ColumnByRID(c.Place.ColumnRID)
		if r.ColumnID != "" {
			to = e.l.Column(r.ColumnID)
		}
		if to == nil || to.Retired {
			return Changed{}, fault.Invalid("body.columnId", "Choose a column of this board to restore the card to")
		}
		lane := c.Place.LaneRID
		if lane != nil && e.l.LaneByRID(*lane) == nil {
			lane = nil
		}
		// also in the column where it stood: that may be another one than it was archived in, or lie elsewhere now
		now := store.Ms(e.tx.Now)
		clock := e.l.Enter(c.Clock, to.Position, now)
		a, err := e.admit(target{column: to, laneRID: lane, class: c.Class, reason: r.Reason, answers: r.Answers, fresh: true, clock: &clock})
		if err != nil {
			return Changed{}, err
		}
		key, respread, err := keyFor(e.tx, to.RID, c.RID, Beside{})
		if err != nil {
			return Changed{}, err
		}
		if respread != nil {
			if _, err := e.tx.Publish(event.BoardTopic(e.l.ID), "column.respread", map[string]any{"places": respread}); err != nil {
				return Changed{}, err
			}
		}
		entered := c.Place.EnteredAt
		if to.RID != c.Place.ColumnRID {
			entered = now
		}
		wasFinished := c.Clock.Finished != nil
		c.ArchivedAt, c.Clock = nil, clock
		c.Place = Place{ColumnRID: to.RID, LaneRID: lane, Pos: key, EnteredAt: entered}
		if err := savePlace(e.tx, c); err != nil {
			return Changed{}, err
		}
		if err := e.restoreMirrors(); err != nil {
			return Changed{}, err
		}
		along, err := e.follow(wasFinished)
		if err != nil {
			return Changed{}, err
		}
		extra := map[string]any{}
		if along != nil {
			extra["mirrors"] = along
		}
		overridden(extra, a)
		out, err := e.saved("card.restored", extra, "archived", "place")
		if err != nil {
			return Changed{}, err
		}
		if err := e.settled(); err != nil {
			return Changed{}, err
		}
		if err := insertTransition(e.tx, c, transition{to: &to.RID, lane: lane, kind: "unarchive", override: a.Override, limits: a.Limits, checks: a, seq: out.Seq}); err != nil {
			return Changed{}, err
		}
		if err := e.s.tellList(e.tx, a); err != nil {
			return Changed{}, err
		}
		return out, e.tellAsks(0)
	}
}

// guard that the board room gets what it asks for
var _ board.Cards = (*Service)(nil)
