package checklist

import (
	"context"
	"encoding/json"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// TemplateHead is a template of checklists in a list.
type TemplateHead struct {
	ID        string     `json:"id"`
	Key       string     `json:"key"`
	Name      string     `json:"name"`
	Team      *TeamRef   `json:"team,omitempty" doc:"Absent: the organisation's"`
	Newest    int        `json:"newest" doc:"Number of the newest published version; 0 before the first"`
	Version   int64      `json:"version" doc:"Of its settings and its draft"`
	RetiredAt *time.Time `json:"retiredAt,omitempty"`
	MayEdit   bool       `json:"mayEdit"`
	HasDraft  bool       `json:"hasDraft" doc:"Of the next version"`
	Open      int        `json:"open" doc:"How many proposed items wait"`

	rid   int64
	draft string
}

// TemplateView is a template with the items of one of its versions.
type TemplateView struct {
	TemplateHead
	Number   int            `json:"number" doc:"Whose items these are"`
	Items    []TemplateItem `json:"items"`
	Topics   []TopicName    `json:"topics" doc:"In their order"`
	Versions []Published    `json:"versions" doc:"The newest first"`
	Draft    []TemplateItem `json:"draft,omitempty" doc:"Of the next version, for those who may edit it"`
	Origins  []Origin       `json:"origins,omitempty" doc:"Where items come from that were once proposed"`
}

// TopicName is one side of the work that is asked about.
type TopicName struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Sub  string `json:"sub"`
}

// Published is a published version.
type Published struct {
	Number int             `json:"number"`
	Note   string          `json:"note" doc:"What changed"`
	At     *time.Time      `json:"at,omitempty"`
	By     *account.Person `json:"by,omitempty"`
}

// templatesWhere reads templates, the organisation's first.
func templatesWhere(q *store.Query, v who.Viewer, where string, args ...any) (out []TemplateHead, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var t TemplateHead
		var of TeamRef
		var retired *int64
		err := scan(&t.rid, &t.ID, &t.Key, &t.Name, &of.ID, &of.Key, &of.Name, &t.Newest, &t.Version, &retired, &t.draft, &t.Open)
		if t.RetiredAt, t.HasDraft = store.AtPtr(retired), t.draft != ""; of.ID != "" {
			t.Team = &of
		}
		out = append(out, t)
		return err
	}, `SELECT p.rid, p.id, p.key, p.name, COALESCE(t.id, ''), COALESCE(t.key, ''), COALESCE(t.name, ''),
		COALESCE((SELECT MAX(n.number) FROM checklist_template_versions n WHERE n.template_rid = p.rid), 0), p.version, p.retired_at, p.draft,
		(SELECT COUNT(*) FROM checklist_proposals w WHERE w.template_rid = p.rid AND w.state = 'open')
		FROM checklist_templates p LEFT JOIN teams t ON t.id = p.team_id WHERE `+where+` ORDER BY CASE WHEN p.team_id IS NULL THEN 0 ELSE 1 END, p.name, p.rid`, args...)
	if err != nil {
		return nil, err
	}
	return mine(q, v, out)
}

// mine leaves out templates of teams that the viewer may not see, and says which of the others they may edit.
func mine(q *store.Query, v who.Viewer, found []TemplateHead) (out []TemplateHead, err error) {
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return nil, err
	}
	rights := map[string]team.Rights{}
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	out = []TemplateHead{}
	for _, t := range found {
		if t.Team == nil {
			t.MayEdit = v.PersonID != "" && v.TeamID == "" && v.IsAdmin()
			out = append(out, t)
		} else if r, ok := rights[t.Team.ID]; ok {
			t.MayEdit = v.PersonID != "" && r.CanLead()
			out = append(out, t)
		}
	}
	return out, nil
}

// Templates gives the templates that a team may use, or all that the viewer may see.
func (s *Service) Templates(ctx context.Context, teamID string) (out []TemplateHead, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		where, args := "1 = 1", []any{}
		if teamID != "" {
			if _, _, err := team.See(q, v, teamID); err != nil {
				return err
			}
			where, args = "(p.team_id IS NULL OR p.team_id = ?)", append(args, teamID)
		}
		out, err = templatesWhere(q, v, where, args...)
		return err
	})
	return out, err
}

// template reads one that the viewer may see.
func template(q *store.Query, v who.Viewer, id string) (TemplateHead, error) {
	found, err := templatesWhere(q, v, "p.id = ?", id)
	if err == nil && len(found) == 0 {
		err = fault.NotFound("template")
	}
	if err != nil {
		return TemplateHead{}, err
	}
	return found[0], nil
}

// Template reads a template with the items of a version, 0 for the newest.
func (s *Service) Template(ctx context.Context, id string, number int) (out TemplateView, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		v := who.From(ctx)
		t, err := template(q, v, id)
		if err != nil {
			return err
		}
		out, err = s.templateView(q, v, t, number)
		return err
	})
	return out, err
}

func (s *Service) templateView(q *store.Query, by who.Viewer, t TemplateHead, number int) (TemplateView, error) {
	v, err := s.templateOf(q, t, number)
	if err == nil {
		v.Origins, err = origins(q, by, v.Items, v.Draft)
	}
	return v, err
}

func (s *Service) templateOf(q *store.Query, t TemplateHead, number int) (TemplateView, error) {
	v := TemplateView{TemplateHead: t, Number: number, Items: []TemplateItem{}, Topics: []TopicName{}, Versions: []Published{}}
	for _, x := range topics {
		v.Topics = append(v.Topics, TopicName(x))
	}
	if number == 0 {
		v.Number = t.Newest
	}
	if t.MayEdit && t.draft != "" {
		if err := json.Unmarshal([]byte(t.draft), &v.Draft); err != nil {
			return v, err
		}
	}
	var rid int64
	by := map[int]string{}
	err := q.Each(func(scan func(...any) error) error {
		var p Published
		var person string
		var at, version int64
		if err := scan(&version, &p.Number, &p.Note, &person, &at); err != nil {
			return err
		}
		if at > 0 {
			p.At = store.AtPtr(&at)
		}
		if p.Number == v.Number {
			rid = version
		}
		by[p.Number] = person
		v.Versions = append(v.Versions, p)
		return nil
	}, "SELECT rid, number, note, published_by, published_at FROM checklist_template_versions WHERE template_rid = ? ORDER BY number DESC", t.rid)
	if err != nil {
		return v, err
	}
	if rid == 0 && number != 0 {
		return v, fault.NotFound("version")
	}
	ids := make([]string, 0, len(by))
	for _, id := range by {
		ids = append(ids, id)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return v, err
	}
	for i, p := range v.Versions {
		if who, ok := people[by[p.Number]]; ok {
			v.Versions[i].By = &who
		}
	}
	if rid == 0 {
		return v, nil
	}
	read, err := s.editions.of(q, map[int64]bool{rid: true})
	if err == nil {
		v.Items = read[rid].items
	}
	return v, err
}
