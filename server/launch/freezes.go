package launch

import (
	"context"
	"slices"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Freeze is days on which nothing should launch, both included: of one team, or of everybody.
type Freeze struct {
	ID        string `json:"id"`
	TeamID    string `json:"teamId,omitempty" doc:"Absent: everybody"`
	TeamName  string `json:"teamName,omitempty"`
	Title     string `json:"title"`
	Why       string `json:"why,omitempty"`
	From      string `json:"from"`
	To        string `json:"to"`
	MayChange bool   `json:"mayChange"`
	Version   int64  `json:"version"`
}

// NewFreeze is a freeze to be made, or how one shall be.
type NewFreeze struct {
	TeamID string `json:"teamId,omitempty" required:"false" maxLength:"64" doc:"Absent: everybody; that is for managers and administrators. It stays"`
	Title  string `json:"title" maxLength:"240"`
	Why    string `json:"why,omitempty" required:"false" maxLength:"4000"`
	From   string `json:"from" maxLength:"10" doc:"2026-11-27"`
	To     string `json:"to" maxLength:"10" doc:"The last day of it"`
}

func (n *NewFreeze) check() (err error) {
	if n.Title, err = words("body.title", "The name of a freeze", n.Title, 1, 120); err != nil {
		return err
	}
	if n.Why, err = words("body.why", "Why", n.Why, 0, 2000); err != nil {
		return err
	}
	a, err := time.Parse(time.DateOnly, n.From)
	if err != nil {
		return fault.Invalid("body.from", "Write the day like 2026-11-30")
	}
	b, err := time.Parse(time.DateOnly, n.To)
	if err != nil || b.Before(a) || b.Sub(a) > 366*24*time.Hour {
		return fault.Invalid("body.to", "Write a day like 2026-11-30, not before the first and within a year")
	}
	return nil
}

// weight is who may freeze what, read once for many.
type weight struct {
	all   bool
	teams map[string]team.Rights
}

func weigh(q *store.Query, v who.Viewer) (w weight, err error) {
	w.teams = map[string]team.Rights{}
	seen, err := team.VisibleTo(q, v)
	for _, t := range seen {
		w.teams[t.ID] = t.Rights
	}
	if err != nil || v.PersonID == "" || v.TeamID != "" {
		return w, err
	}
	var role string
	_, err = q.Row([]any{&role}, "SELECT role FROM people WHERE id = ? AND disabled_at IS NULL", v.PersonID)
	w.all = role == who.Manager || (role == who.Admin && v.Scope("admin"))
	return w, err
}

func (w weight) may(teamID string) bool {
	if teamID == "" {
		return w.all
	}
	r, ok := w.teams[teamID]
	return ok && r.CanPattern()
}

func (w weight) sees(teamID string) bool {
	_, ok := w.teams[teamID]
	return teamID == "" || ok
}

func (w weight) view(f freeze) Freeze {
	return Freeze{ID: f.id, TeamID: f.teamID, TeamName: f.teamName, Title: f.title, Why: f.why, From: f.from, To: f.to, MayChange: w.may(f.teamID), Version: f.version}
}

// Freezes gives those of a time that the viewer may see.
func (s *Service) Freezes(ctx context.Context, from, to, teamID string) (out []Freeze, err error) {
	v := who.From(ctx)
	from, to, err = span(from, to, s.store.Now())
	if err != nil {
		return nil, err
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if teamID != "" {
			if _, _, err := team.See(q, v, teamID); err != nil {
				return err
			}
		}
		out, err = FreezesIn(q, v, from, to)
		out = slices.DeleteFunc(out, func(f Freeze) bool { return teamID != "" && f.TeamID != "" && f.TeamID != teamID })
		return err
	})
	return out, err
}

// FreezesIn gives those that the viewer may see and of which a day is between two, in three statements.
func FreezesIn(q *store.Query, v who.Viewer, from, to string) (out []Freeze, err error) {
	w, err := weigh(q, v)
	if err != nil {
		return nil, err
	}
	found, err := freezesWhere(q, "f.to_day >= ? AND f.from_day <= ?", from, to)
	for _, f := range found {
		if w.sees(f.teamID) {
			out = append(out, w.view(f))
		}
	}
	return out, err
}

func topicOf(teamID string) string {
	if teamID == "" {
		return event.Org
	}
	return event.TeamTopic(teamID)
}

const onlyFreezers = "Only a lead of the team or a manager freezes a team; only a manager or an administrator freezes everybody."

// AddFreeze makes a freeze.
func (s *Service) AddFreeze(ctx context.Context, n NewFreeze) (Freeze, error) {
	v := who.From(ctx)
	if n.TeamID != "" {
		if _, _, err := team.See(s.store.Rows(ctx), v, n.TeamID); err != nil { // before a topic is locked, which would make one
			return Freeze{}, err
		}
	}
	if err := n.check(); err != nil {
		return Freeze{}, err
	}
	return store.InTx(ctx, s.store, []string{topicOf(n.TeamID)}, func(tx *store.Tx) (Freeze, error) {
		if err := mayFreeze(tx.Query, v, n.TeamID); err != nil {
			return Freeze{}, err
		}
		var of *string
		if n.TeamID != "" {
			of = &n.TeamID
		}
		id := store.NewID("frz")
		if _, err := tx.Insert("INSERT INTO freezes (id, team_id, title, why, from_day, to_day, made_by, made_at) VALUES (?,?,?,?,?,?,?,?)",
			id, of, n.Title, n.Why, n.From, n.To, v.PersonID, store.Ms(tx.Now)); err != nil {
			return Freeze{}, err
		}
		return s.frozen(tx, v, id, "freeze.made")
	})
}

func mayFreeze(q *store.Query, v who.Viewer, teamID string) error {
	w, err := weigh(q, v)
	if err == nil && !w.may(teamID) {
		err = fault.Forbidden(onlyFreezers)
	}
	return err
}

// frozen announces what a freeze is like now.
func (s *Service) frozen(tx *store.Tx, v who.Viewer, id, kind string) (Freeze, error) {
	found, err := freezesWhere(tx.Query, "f.id = ?", id)
	if err != nil {
		return Freeze{}, err
	}
	w, err := weigh(tx.Query, v)
	if err != nil {
		return Freeze{}, err
	}
	out := w.view(found[0])
	_, err = tx.Publish(topicOf(out.TeamID), kind, map[string]string{"id": out.ID, "title": out.Title, "from": out.From, "to": out.To, "why": out.Why})
	return out, err
}

// freezeOf finds a freeze that the viewer may see.
func freezeOf(q *store.Query, v who.Viewer, id string) (freeze, error) {
	return seenOf(q, v, id, freezesWhere)
}

// seenOf reads a freeze that the viewer may see, of those that read gives.
func seenOf(q *store.Query, v who.Viewer, id string, read func(*store.Query, string, ...any) ([]freeze, error)) (freeze, error) {
	found, err := read(q, "f.id = ?", id)
	if err != nil {
		return freeze{}, err
	}
	w, err := weigh(q, v)
	if err == nil && (len(found) == 0 || !w.sees(found[0].teamID)) {
		err = fault.NotFound("freeze")
	}
	if err != nil {
		return freeze{}, err
	}
	return found[0], nil
}

// onFreeze is the corridor of a change of a freeze.
func onFreeze[T any](ctx context.Context, s *Service, id string, fn func(tx *store.Tx, f freeze) (T, error)) (zero T, err error) {
	v := who.From(ctx)
	// one that is lifted has its topic still: a request that comes again finds there how it was answered
	f, err := seenOf(s.store.Rows(ctx), v, id, allFreezes)
	if err != nil {
		return zero, err
	}
	return store.InTx(ctx, s.store, []string{topicOf(f.teamID)}, func(tx *store.Tx) (T, error) {
		f, err := freezeOf(tx.Query, v, id)
		if err == nil {
			err = mayFreeze(tx.Query, v, f.teamID)
		}
		if err != nil {
			return zero, err
		}
		return fn(tx, f)
	})
}

// ChangeFreeze changes a freeze's words and days.
func (s *Service) ChangeFreeze(ctx context.Context, id string, n NewFreeze, version int64) (Freeze, error) {
	v := who.From(ctx)
	if err := n.check(); err != nil {
		if _, e := freezeOf(s.store.Rows(ctx), v, id); e != nil {
			return Freeze{}, e
		}
		return Freeze{}, err
	}
	return onFreeze(ctx, s, id, func(tx *store.Tx, f freeze) (Freeze, error) {
		if version != f.version {
			return Freeze{}, fault.Conflict("stale", "Somebody changed this freeze in the meantime.")
		}
		if _, err := tx.Exec("UPDATE freezes SET title = ?, why = ?, from_day = ?, to_day = ?, version = version + 1 WHERE rid = ?", n.Title, n.Why, n.From, n.To, f.rid); err != nil {
			return Freeze{}, err
		}
		return s.frozen(tx, v, id, "freeze.changed")
	})
}

// LiftFreeze takes a freeze away, with why.
func (s *Service) LiftFreeze(ctx context.Context, id, why string) error {
	why, err := words("body.why", "Why", why, 0, 2000)
	if err != nil {
		return err
	}
	_, err = onFreeze(ctx, s, id, func(tx *store.Tx, f freeze) (struct{}, error) {
		if _, err := tx.Exec("UPDATE freezes SET removed_at = ? WHERE rid = ?", store.Ms(tx.Now), f.rid); err != nil {
			return struct{}{}, err
		}
		_, err := tx.Publish(topicOf(f.teamID), "freeze.lifted", map[string]string{"id": f.id, "title": f.title, "why": why})
		return struct{}{}, err
	})
	return err
}
