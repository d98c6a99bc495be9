package board

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Dated says since when something of a board is as it is. It is absent where that was not recorded.
type Dated struct {
	Since  *time.Time `json:"since,omitempty"`
	ByID   string     `json:"byId,omitempty"`
	ByName string     `json:"byName,omitempty"`
}

// Workflow is a board's definition of workflow: the six elements of the Kanban Guide, from the board's own
// settings and their dated versions. "before" is what stood there until since; absent when it is as it began.
type Workflow struct {
	BoardID   string            `json:"boardId"`
	Name      string            `json:"name"`
	TeamID    string            `json:"teamId"`
	TeamName  string            `json:"teamName"`
	TeamKey   string            `json:"teamKey"`
	TimeZone  string            `json:"timeZone"`
	Items     WorkflowItems     `json:"items"`
	Started   WorkflowPoint     `json:"started"`
	Finished  WorkflowPoint     `json:"finished"`
	Columns   []WorkflowColumn  `json:"columns"`
	Lanes     []WorkflowLane    `json:"lanes"`
	Expedite  WorkflowExpedite  `json:"expedite"`
	SLE       []WorkflowSLE     `json:"sle"`
	Reserves  []WorkflowReserve `json:"reserves"`
	CreatedAt time.Time         `json:"createdAt"`
	ChangedAt time.Time         `json:"changedAt" doc:"When any of this last changed"`
}

// WorkflowItems says what a card is here, in the team's words.
type WorkflowItems struct {
	Text   string  `json:"text"`
	Before *string `json:"before,omitempty"`
	Dated
}

// WorkflowPoint is where cards count as started or as finished. Column names are those of that time.
type WorkflowPoint struct {
	ColumnID   string  `json:"columnId"`
	ColumnName string  `json:"columnName"`
	Before     *string `json:"before,omitempty" doc:"The column's name before"`
	Dated
}

// WorkflowColumn is a state that a card passes, with its limit and its policies.
type WorkflowColumn struct {
	ID     string         `json:"id"`
	Name   string         `json:"name"`
	Kind   string         `json:"kind"`
	State  WorkflowState  `json:"state"`
	Wip    WorkflowWip    `json:"wip"`
	Policy WorkflowPolicy `json:"policy"`
}

// WorkflowState is what a column is called and of which kind it is.
type WorkflowState struct {
	Before *WorkflowNamed `json:"before,omitempty"`
	Dated
}
type WorkflowNamed struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// WorkflowWip is a limit.
type WorkflowWip struct {
	Wip
	Before *Wip `json:"before,omitempty"`
	Dated
}

// WorkflowPolicy is what was agreed for a column, in words and as checks.
type WorkflowPolicy struct {
	Text      string        `json:"text"`
	Checks    []Check       `json:"checks"`
	Checklist *ListPolicy   `json:"checklist,omitempty"`
	Before    *WorkflowText `json:"before,omitempty"`
	Dated
}
type WorkflowText struct {
	Text      string      `json:"text"`
	Checks    []Check     `json:"checks"`
	Checklist *ListPolicy `json:"checklist,omitempty"`
}

// WorkflowLane is a lane with its limit.
type WorkflowLane struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	WorkflowWip
}

// WorkflowExpedite is the rule of the pinned strip.
type WorkflowExpedite struct {
	ExpediteView
	Before *ExpediteView `json:"before,omitempty"`
	Dated
}

// WorkflowSLE is an expectation, with how much history it rests on.
type WorkflowSLE struct {
	SLEView
	Before *TemplateSLE `json:"before,omitempty"`
	Dated
}

// Workflow tells a board's definition of workflow to who may see the board.
func (s *Service) Workflow(ctx context.Context, boardID string) (w Workflow, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		seen, err := s.See(q, v, boardID)
		if err != nil {
			return err
		}
		finished, err := s.cards.Finished(q, seen.RID)
		if err != nil {
			return err
		}
		w, err = workflowOf(q, seen.Layout, finished)
		return err
	})
	return w, err
}

func workflowOf(q *store.Query, l *Layout, finished map[string]int) (Workflow, error) {
	w := Workflow{BoardID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamName: l.TeamName, TeamKey: l.TeamKey, TimeZone: l.TimeZone,
		Columns: []WorkflowColumn{}, Lanes: []WorkflowLane{}, SLE: []WorkflowSLE{}, CreatedAt: l.CreatedAt, ChangedAt: l.CreatedAt}
	r := &reader{q: q, latest: &w.ChangedAt}
	kept, err := r.policies(l.RID)
	if err != nil {
		return w, err
	}
	columns, points, err := r.columns(l)
	if err != nil {
		return w, err
	}
	w.Items.Text = l.WorkItems
	if w.Items.Before, err = before[string](kept["items"], &w.Items.Dated); err != nil {
		return w, err
	}
	w.Started, w.Finished = points[0], points[1]
	for _, c := range l.Columns {
		out := columns[c.RID]
		out.ID, out.Name, out.Kind, out.Wip.Wip = c.ID, c.Name, c.Kind, c.Wip
		out.Policy.Text, out.Policy.Checks, out.Policy.Checklist = c.Policy, noNil(c.Checks), c.Checklist
		old, err := before[columnPolicy](kept["column:"+c.ID], &out.Policy.Dated)
		if err != nil {
			return w, err
		}
		if old != nil {
			out.Policy.Before = &WorkflowText{old.Policy, noNil(old.Checks), old.Checklist}
		}
		w.Columns = append(w.Columns, out)
	}
	for _, n := range l.Lanes {
		lane := WorkflowLane{ID: n.ID, Name: n.Name, WorkflowWip: WorkflowWip{Wip: n.Wip}}
		old, err := before[lanePolicy](kept["lane:"+n.ID], &lane.Dated)
		if err != nil {
			return w, err
		}
		if old != nil {
			lane.Before = &old.Wip
		}
		w.Lanes = append(w.Lanes, lane)
	}
	w.Expedite.ExpediteView = ExpediteView{l.ExpediteMode, l.ExpediteMax, l.ExpediteCounts}
	if w.Expedite.Before, err = before[ExpediteView](kept["expedite"], &w.Expedite.Dated); err != nil {
		return w, err
	}
	if w.Reserves, err = r.reserves(l); err != nil {
		return w, err
	}
	if w.SLE, err = r.expectations(l, finished); err != nil {
		return w, err
	}
	return w, r.names(&w)
}

func noNil(c []Check) []Check {
	if c == nil {
		return []Check{}
	}
	return c
}

// kept is one line of a board's dated versions.
type kept struct {
	body string
	Dated
}

// before notes since when the last version holds and gives the one before it, nil when there was none.
func before[T any](versions []kept, d *Dated) (*T, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	*d = versions[len(versions)-1].Dated
	if len(versions) < 2 || versions[len(versions)-2].body == "" {
		return nil, nil
	}
	out := new(T)
	return out, json.Unmarshal([]byte(versions[len(versions)-2].body), out)
}

// reader reads dated versions and notes the latest date and who is named.
type reader struct {
	q      *store.Query
	latest *time.Time
}

func (r *reader) at(actor string, at int64) Dated {
	t := store.At(at)
	if t.After(*r.latest) {
		*r.latest = t
	}
	return Dated{Since: &t, ByID: actor}
}

func (r *reader) policies(boardRID int64) (map[string][]kept, error) {
	out := map[string][]kept{}
	err := r.q.Each(func(scan func(...any) error) error {
		var subject, actor string
		var k kept
		var at int64
		err := scan(&subject, &k.body, &actor, &at)
		k.Dated = r.at(actor, at)
		out[subject] = append(out[subject], k)
		return err
	}, "SELECT subject, body, actor_id, from_at FROM policy_versions WHERE board_rid = ? ORDER BY rid", boardRID)
	return out, err
}

// columns walks through the columns' versions: what each is and how full it may be, and the two points.
func (r *reader) columns(l *Layout) (map[int64]WorkflowColumn, [2]WorkflowPoint, error) {
	type row struct {
		named WorkflowNamed
		wip   Wip
	}
	last := map[int64]row{}
	out := map[int64]WorkflowColumn{}
	var points [2]WorkflowPoint
	err := r.q.Each(func(scan func(...any) error) error {
		var rid, at int64
		var now row
		var start, finish bool
		var actor string
		err := scan(&rid, &now.named.Name, &now.named.Kind, &now.wip.Mode, &now.wip.Min, &now.wip.Max, &start, &finish, &actor, &at)
		if err != nil {
			return err
		}
		d := r.at(actor, at)
		was, known := last[rid]
		last[rid] = now
		c := out[rid]
		if !known || was.named != now.named {
			c.State = WorkflowState{Dated: d}
			if known {
				c.State.Before = &was.named
			}
		}
		if !known || !was.wip.same(now.wip) {
			c.Wip = WorkflowWip{Dated: d}
			if known {
				c.Wip.Before = &was.wip
			}
		}
		out[rid] = c
		for i, is := range []bool{start, finish} {
			if p := &points[i]; is && p.ColumnID != fmt.Sprint(rid) {
				old := p.ColumnName
				*p = WorkflowPoint{ColumnID: fmt.Sprint(rid), ColumnName: now.named.Name, Dated: d}
				if old != "" {
					p.Before = &old
				}
			}
		}
		return nil
	}, `SELECT column_rid, name, kind, wip_mode, wip_min, wip_max, is_start, is_finish, actor_id, from_at FROM column_versions
		WHERE board_rid = ? ORDER BY from_at, rid`, l.RID)
	for i, id := range []string{l.StartColumnID, l.FinishColumnID} {
		points[i].ColumnID, points[i].ColumnName = id, ""
		if c := l.Column(id); c != nil {
			points[i].ColumnName = c.Name
		}
	}
	return out, points, err
}

func (w Wip) same(o Wip) bool {
	eq := func(a, b *int) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
	return w.Mode == o.Mode && eq(w.Min, o.Min) && eq(w.Max, o.Max)
}

func (r *reader) expectations(l *Layout, finished map[string]int) ([]WorkflowSLE, error) {
	type row struct {
		TemplateSLE
		Dated
	}
	byClass := map[string][]row{}
	err := r.q.Each(func(scan func(...any) error) error {
		var x row
		var actor string
		var at int64
		err := scan(&x.Class, &x.Days, &x.Percent, &actor, &at)
		x.Dated = r.at(actor, at)
		byClass[x.Class] = append(byClass[x.Class], x)
		return err
	}, "SELECT class, days, percent, actor_id, from_at FROM sle_versions WHERE board_rid = ? ORDER BY from_at, rid", l.RID)
	out := []WorkflowSLE{}
	for _, v := range l.ViewWith(finished).SLE {
		x := WorkflowSLE{SLEView: v}
		if rows := byClass[v.Class]; len(rows) > 0 {
			x.Dated = rows[len(rows)-1].Dated
			if len(rows) > 1 {
				x.Before = &rows[len(rows)-2].TemplateSLE
			}
		}
		out = append(out, x)
	}
	return out, err
}

// names puts people's names beside their ids.
func (r *reader) names(w *Workflow) error {
	all := []*Dated{&w.Items.Dated, &w.Started.Dated, &w.Finished.Dated, &w.Expedite.Dated}
	for i := range w.Columns {
		all = append(all, &w.Columns[i].State.Dated, &w.Columns[i].Wip.Dated, &w.Columns[i].Policy.Dated)
	}
	for i := range w.Lanes {
		all = append(all, &w.Lanes[i].Dated)
	}
	for i := range w.SLE {
		all = append(all, &w.SLE[i].Dated)
	}
	for i := range w.Reserves {
		all = append(all, &w.Reserves[i].Dated)
	}
	var ids []string
	for _, d := range all {
		if d.ByID != "" {
			ids = append(ids, d.ByID)
		}
	}
	people, err := account.PeopleByID(r.q, ids)
	for _, d := range all {
		d.ByName = people[d.ByID].Name
	}
	return err
}
