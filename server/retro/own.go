package retro

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

const (
	ownTemplates = 60 // of a team, the archived ones too
	mostColumns  = 6
)

var (
	colors   = []string{"green", "red", "amber", "blue", "violet", "teal", "grey"}
	iconName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)
)

// TemplateColumn is a column of a team's own template.
type TemplateColumn struct {
	Title  string `json:"title" maxLength:"60"`
	Prompt string `json:"prompt,omitempty" required:"false" maxLength:"200"`
	Color  string `json:"color,omitempty" required:"false" enum:"green,red,amber,blue,violet,teal,grey" doc:"By its place when absent"`
	Icon   string `json:"icon,omitempty" required:"false" maxLength:"40" doc:"A lucide name in kebab-case"`
}

// NewTemplate is a template that a team makes, anew or from a copy of another one.
type NewTemplate struct {
	Name           string           `json:"name" maxLength:"120"`
	WhenToUse      string           `json:"whenToUse,omitempty" required:"false" maxLength:"300"`
	DefaultMinutes int              `json:"defaultMinutes,omitempty" required:"false" minimum:"0" maximum:"480" doc:"60 when absent"`
	Question       string           `json:"question,omitempty" required:"false" maxLength:"200" doc:"For the check-in"`
	Columns        []TemplateColumn `json:"columns" minItems:"1" maxItems:"6"`
}

// TemplatePatch changes a template; nil leaves it.
type TemplatePatch struct {
	Name, WhenToUse, Question *string
	DefaultMinutes            *int
	Columns                   *[]TemplateColumn
	Archived                  *bool
	Version                   *int64
}

// OwnTemplates are a team's own templates.
type OwnTemplates struct {
	Items   []RetroTemplate `json:"items" doc:"By name, those that are archived last"`
	CanEdit bool            `json:"canEdit"`
}

// columnsOf checks columns and names them by their place.
func columnsOf(in []TemplateColumn) ([]Column, error) {
	if len(in) == 0 || len(in) > mostColumns {
		return nil, fault.Invalid("body.columns", "A retro has one to %d columns", mostColumns)
	}
	out := make([]Column, len(in))
	for i, c := range in {
		at := fmt.Sprintf("body.columns[%d].", i)
		title, err := oneLine(at+"title", "The column's title", c.Title, 60)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out[:i], func(o Column) bool { return strings.EqualFold(o.Title, title) }) {
			return nil, fault.Invalid(at+"title", "Two columns are called %q", title)
		}
		out[i] = Column{Key: fmt.Sprintf("c%d", i+1), Title: title, Color: c.Color, Icon: c.Icon}
		if out[i].Prompt, err = maybe(at+"prompt", "The prompt", c.Prompt, 200); err != nil {
			return nil, err
		}
		if out[i].Color == "" {
			out[i].Color = colors[i]
		}
		if !slices.Contains(colors, out[i].Color) {
			return nil, fault.Invalid(at+"color", "Say %s", strings.Join(colors, ", "))
		}
		if out[i].Icon == "" {
			out[i].Icon = "circle"
		}
		if !iconName.MatchString(out[i].Icon) {
			return nil, fault.Invalid(at+"icon", "An icon is named like message-circle")
		}
	}
	return out, nil
}

// maybe is oneLine for what may be empty.
func maybe(at, what, s string, most int) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	return oneLine(at, what, s, most)
}

// shape checks what a template says and fills what was left open.
func (t *RetroTemplate) shape() (err error) {
	if t.Name, err = oneLine("body.name", "The name", t.Name, 120); err != nil {
		return err
	}
	if t.WhenToUse, err = maybe("body.whenToUse", "When to use it", t.WhenToUse, 300); err != nil {
		return err
	}
	if t.DefaultMinutes == 0 {
		t.DefaultMinutes = 60
	}
	if t.Question, err = maybe("body.question", "The question", t.Question, 200); err == nil && t.Question == "" {
		t.Question = "In one word: how are you here?"
	}
	return err
}

const templateColumns = "id, team_id, name, when_to_use, minutes, question, columns, version, archived_at"

func ownTemplatesOf(q *store.Query, where string, args ...any) (out []RetroTemplate, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var t RetroTemplate
		var columns string
		var archived *int64
		if err := scan(&t.Key, &t.TeamID, &t.Name, &t.WhenToUse, &t.DefaultMinutes, &t.Question, &columns, &t.Version, &archived); err != nil {
			return err
		}
		t.ArchivedAt = store.AtPtr(archived)
		err := json.Unmarshal([]byte(columns), &t.Columns)
		out = append(out, t)
		return err
	}, "SELECT "+templateColumns+" FROM retro_templates WHERE "+where+" ORDER BY CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END, name, rid", args...)
	return out, err
}

// templateFor gives the template of a retro that is to begin: one that comes with Trestle, or the team's own.
func templateFor(q *store.Query, teamID, key string) (RetroTemplate, error) {
	if t, ok := templateOf(key); ok {
		return t, nil
	}
	own, err := ownTemplatesOf(q, "id = ? AND team_id = ? AND archived_at IS NULL", key, teamID)
	if err == nil && len(own) == 0 {
		err = fault.Invalid("body.templateKey", "There is no template %.40q", key)
	}
	if err != nil {
		return RetroTemplate{}, err
	}
	return own[0], nil
}

// Own gives a team's own templates; for who sees the team's retros.
func (s *Service) Own(ctx context.Context, teamID string) (out OwnTemplates, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		_, rights, err := team.See(q, who.From(ctx), teamID)
		if err != nil {
			return err
		}
		if !rights.CanSee("team") {
			return fault.Forbidden("Only people of this team see its templates.")
		}
		out.CanEdit = rights.CanLead()
		if out.Items, err = ownTemplatesOf(q, "team_id = ?", teamID); out.Items == nil {
			out.Items = []RetroTemplate{}
		}
		return err
	})
	return out, err
}

// MakeTemplate makes a template of a team's own; for its lead.
func (s *Service) MakeTemplate(ctx context.Context, teamID string, n NewTemplate) (RetroTemplate, error) {
	t := RetroTemplate{Key: store.NewID("rtt"), TeamID: teamID, Name: n.Name, WhenToUse: n.WhenToUse, DefaultMinutes: n.DefaultMinutes, Question: n.Question, Version: 1}
	if err := t.shape(); err != nil {
		return t, err
	}
	var err error
	if t.Columns, err = columnsOf(n.Columns); err != nil {
		return t, err
	}
	return s.leads(ctx, teamID, func(tx *store.Tx) (RetroTemplate, error) {
		held, err := count(tx.Query, "SELECT COUNT(*) FROM retro_templates WHERE team_id = ?", teamID)
		if err == nil && held >= ownTemplates {
			err = fault.Conflict("too_many_templates", "A team has at most %d templates of its own. Change one that is archived.", ownTemplates)
		}
		if err != nil {
			return t, err
		}
		columns, err := json.Marshal(t.Columns)
		if err != nil {
			return t, err
		}
		_, err = tx.Insert("INSERT INTO retro_templates (id, team_id, name, when_to_use, minutes, question, columns, created_by, created_at) VALUES ("+store.Marks(9)+")",
			t.Key, teamID, t.Name, t.WhenToUse, t.DefaultMinutes, t.Question, string(columns), who.From(ctx).PersonID, store.Ms(tx.Now))
		return t, err
	})
}

// ChangeTemplate changes a template, archives it or brings it back; for the team's lead. Retros keep what they began with.
func (s *Service) ChangeTemplate(ctx context.Context, id string, p TemplatePatch) (RetroTemplate, error) {
	q, v := s.store.Rows(ctx), who.From(ctx)
	found, err := ownTemplatesOf(q, "id = ?", id)
	if err == nil && len(found) == 0 {
		err = fault.NotFound("template")
	}
	if err != nil {
		return RetroTemplate{}, err
	}
	rights, err := team.RightsIn(q, v, found[0].TeamID)
	if err == nil && !rights.CanSee("team") {
		err = fault.NotFound("template")
	}
	if err != nil {
		return RetroTemplate{}, err
	}
	return s.leads(ctx, found[0].TeamID, func(tx *store.Tx) (RetroTemplate, error) {
		now, err := ownTemplatesOf(tx.Query, "id = ?", id)
		if err != nil {
			return RetroTemplate{}, err
		}
		t := now[0]
		if p.Version != nil && *p.Version != t.Version {
			return t, fault.Conflict("stale", "Somebody changed this template in the meantime.").With("current", t)
		}
		for _, x := range []struct {
			to   *string
			from *string
		}{{&t.Name, p.Name}, {&t.WhenToUse, p.WhenToUse}, {&t.Question, p.Question}} {
			if x.from != nil {
				*x.to = *x.from
			}
		}
		if p.DefaultMinutes != nil {
			t.DefaultMinutes = *p.DefaultMinutes
		}
		if err := t.shape(); err != nil {
			return t, err
		}
		if p.Columns != nil {
			if t.Columns, err = columnsOf(*p.Columns); err != nil {
				return t, err
			}
		}
		if p.Archived != nil && *p.Archived != (t.ArchivedAt != nil) {
			if t.ArchivedAt = nil; *p.Archived {
				t.ArchivedAt = &tx.Now
			}
		}
		columns, err := json.Marshal(t.Columns)
		if err != nil {
			return t, err
		}
		var archived *int64
		if t.ArchivedAt != nil {
			ms := store.Ms(*t.ArchivedAt)
			archived = &ms
		}
		t.Version++
		_, err = tx.Exec("UPDATE retro_templates SET name = ?, when_to_use = ?, minutes = ?, question = ?, columns = ?, archived_at = ?, version = ? WHERE id = ?",
			t.Name, t.WhenToUse, t.DefaultMinutes, t.Question, string(columns), archived, t.Version, id)
		return t, err
	})
}

// leads is the corridor of what a team's lead sets; its people hear that something has changed.
func (s *Service) leads(ctx context.Context, teamID string, fn func(tx *store.Tx) (RetroTemplate, error)) (RetroTemplate, error) {
	may := func(q *store.Query) error {
		_, rights, err := team.See(q, who.From(ctx), teamID)
		if err == nil && !rights.CanLead() {
			err = fault.Forbidden("Only who leads this team may change its templates.")
		}
		return err
	}
	if err := may(s.store.Rows(ctx)); err != nil {
		return RetroTemplate{}, err
	}
	return store.InTx(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) (RetroTemplate, error) {
		if err := may(tx.Query); err != nil {
			return RetroTemplate{}, err
		}
		t, err := fn(tx)
		if err != nil {
			return t, err
		}
		_, err = tx.Publish(event.TeamTopic(teamID), "retro_templates.changed", struct{}{})
		return t, err
	})
}
