package checklist

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

const (
	mostItems     = 200
	mostTemplates = 50
)

var keyForm = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,7}$`)

var evidenceTypes = []string{"text", "link", "diagram", "number", "date", "person", "file", "auto"}

// shape puts the items of a draft in order, or says what is wrong with one. Those of the version before are all there:
// an item is retired, never taken away.
func shape(items []TemplateItem, before *edition) error {
	bad := func(it TemplateItem, sentence string) error {
		return fault.Invalid("body.items", "%.12s: %s", it.Key, sentence)
	}
	if len(items) > mostItems {
		return fault.Invalid("body.items", "A template has at most %d items", mostItems)
	}
	seen := map[string]*TemplateItem{}
	for i := range items {
		it := &items[i]
		it.Question, it.Help, it.Unit = text.Line(it.Question), strings.TrimSpace(it.Help), text.Line(it.Unit)
		size := utf8.RuneCountInString(it.Question)
		switch {
		case !keyForm.MatchString(it.Key):
			return bad(*it, "a key is a capital letter and up to seven letters or digits")
		case seen[it.Key] != nil:
			return bad(*it, "there are two of this key")
		case size == 0 || size > 300:
			return bad(*it, "a question has 1 to 300 characters")
		case utf8.RuneCountInString(it.Help) > 600 || utf8.RuneCountInString(it.Unit) > 20:
			return bad(*it, "a help has at most 600 characters, a unit 20")
		case !slices.ContainsFunc(topics, func(t Topic) bool { return t.Key == it.Topic }), !slices.Contains(levels, it.From), !slices.Contains(phases, it.Phase),
			it.Scope != OfFeature && it.Scope != OfService:
			return bad(*it, "its topic, level, phase or scope is none")
		case len(it.Evidence) == 0 || slices.ContainsFunc(it.Evidence, func(e string) bool { return !slices.Contains(evidenceTypes, e) }):
			return bad(*it, "say which evidence is asked for")
		case it.TTLDays < 0 || it.TTLDays > 3650 || it.People < 0 || it.People > 10:
			return bad(*it, "evidence is good for up to 3650 days, and names up to 10 people")
		}
		seen[it.Key] = it
	}
	for _, it := range items {
		if w := it.When; w != nil && (seen[w.Item] == nil || w.Item == it.Key || word(w.Not) == "") {
			return bad(it, "it depends on another item of this template and a short answer to it")
		}
	}
	if before != nil {
		for key := range before.byKey {
			if seen[key] == nil {
				return fault.Invalid("body.items", "%s was published: retire it instead of taking it away", key)
			}
		}
	}
	return nil
}

// writing is one change of a template by somebody who may edit it.
type writing struct {
	s    *Service
	tx   *store.Tx
	v    who.Viewer
	t    TemplateHead
	last *edition // nil before the first publication
	told templateTold
}

func (t TemplateHead) topic() string {
	if t.Team == nil {
		return event.Org
	}
	return event.TeamTopic(t.Team.ID)
}

const onlyOwners = "Only an administrator changes the organisation's templates, and a lead those of their team."

// write is the corridor of every change of a template. owner: only for who may edit it.
func (s *Service) write(ctx context.Context, id string, owner bool, fn func(w *writing) error) (TemplateView, error) {
	v := who.From(ctx)
	t, err := template(s.store.Rows(ctx), v, id)
	if err != nil {
		return TemplateView{}, err
	}
	return store.InTx(ctx, s.store, []string{t.topic()}, func(tx *store.Tx) (TemplateView, error) {
		t, err := template(tx.Query, v, id)
		if err != nil {
			return TemplateView{}, err
		}
		if owner && !t.MayEdit {
			return TemplateView{}, fault.Forbidden(onlyOwners)
		}
		w := &writing{s: s, tx: tx, v: v, t: t}
		if w.last, err = s.newest(tx.Query, t.rid); err != nil {
			return TemplateView{}, err
		}
		if err := fn(w); err != nil {
			return TemplateView{}, err
		}
		if t, err = template(tx.Query, v, id); err != nil {
			return TemplateView{}, err
		}
		return s.templateView(tx.Query, v, t, 0)
	})
}

// stale refuses what was written over another version.
func (w *writing) stale(version *int64) error {
	if version == nil || *version == w.t.Version {
		return nil
	}
	return fault.Conflict("stale", "Somebody changed this template in the meantime.").With("current", w.t)
}

// save writes the template and says that it is to be read anew.
func (w *writing) save(draft string) error {
	w.t.Version++
	if _, err := w.tx.Exec("UPDATE checklist_templates SET name = ?, draft = ?, version = ?, retired_at = ? WHERE rid = ?", w.t.Name, draft, w.t.Version, store.MsPtr(w.t.RetiredAt), w.t.rid); err != nil {
		return err
	}
	return w.tell()
}

func (w *writing) tell() error {
	w.told.ID, w.told.Version, w.told.Name = w.t.ID, w.t.Version, w.t.Name
	_, err := w.tx.PublishAbout(w.t.topic(), "checklist_templates.changed", w.t.ID, w.told)
	return err
}

// templateTold is what an event says of a template: did is drafted, published, renamed, retired, restored, made, proposed,
// accepted or declined.
type templateTold struct {
	ID      string `json:"templateId"`
	Version int64  `json:"version"`
	Name    string `json:"name"`
	Did     string `json:"did"`
	Number  int    `json:"number,omitempty"` // of the version that was published
	Item    string `json:"item,omitempty"`   // what was proposed, or its key once it is in the draft
	Said    string `json:"said,omitempty"`   // what changed, why it was declined, how it was called before
}

// draft is the draft as it is kept, or the newest version's items where there is none.
func (w *writing) draft() ([]TemplateItem, error) {
	items := []TemplateItem{}
	if w.t.draft != "" {
		return items, json.Unmarshal([]byte(w.t.draft), &items)
	}
	if w.last != nil {
		items = append(items, w.last.items...)
	}
	return items, nil
}

// PutDraft writes the draft of the next version. One that is as the newest version is none.
func (s *Service) PutDraft(ctx context.Context, id string, items []TemplateItem, version *int64) (TemplateView, error) {
	return s.write(ctx, id, true, func(w *writing) error {
		if err := w.stale(version); err != nil {
			return err
		}
		if err := shape(items, w.last); err != nil {
			return err
		}
		had, err := w.draft()
		if err != nil {
			return err
		}
		if err := w.keepOrigins(items, had); err != nil {
			return err
		}
		raw, err := json.Marshal(items)
		if w.last != nil && err == nil {
			var last []byte
			if last, err = json.Marshal(w.last.items); bytes.Equal(raw, last) {
				raw = nil
			}
		}
		if err != nil || string(raw) == w.t.draft {
			return err
		}
		w.told.Did = "drafted"
		return w.save(string(raw))
	})
}

// Publish makes the draft the newest version, with a note of what changed. Running checklists keep theirs.
func (s *Service) Publish(ctx context.Context, id, note string) (TemplateView, error) {
	note, err := clean("body.note", "What changed", note, 1000)
	if err != nil {
		return TemplateView{}, err
	}
	return s.write(ctx, id, true, func(w *writing) error {
		items, err := w.draft()
		if err != nil {
			return err
		}
		if w.t.draft == "" || (w.last != nil && reflect.DeepEqual(items, w.last.items)) {
			return fault.Conflict("no_draft", "There is nothing new to publish.")
		}
		if !slices.ContainsFunc(items, func(it TemplateItem) bool { return !it.Retired }) {
			return fault.Conflict("empty", "A template has at least one item that is asked.")
		}
		if err := shape(items, w.last); err != nil {
			return err
		}
		if _, err := w.tx.Insert("INSERT INTO checklist_template_versions (template_rid, number, items, note, published_by, published_at) VALUES ("+store.Marks(6)+")",
			w.t.rid, w.t.Newest+1, w.t.draft, note, w.v.PersonID, store.Ms(w.tx.Now)); err != nil {
			return err
		}
		w.told = templateTold{Did: "published", Number: w.t.Newest + 1, Said: note}
		return w.save("")
	})
}

// TemplatePatch is what changes of a template beside its items; absent fields stay.
type TemplatePatch struct {
	Name    *string `json:"name,omitempty" required:"false" maxLength:"320"`
	Retired *bool   `json:"retired,omitempty" required:"false" doc:"Nothing new begins with it; false brings it back"`
	Version *int64  `json:"version,omitempty" required:"false" doc:"Refused as stale if it changed after this version"`
}

// ChangeTemplate renames a template, retires it or brings it back.
func (s *Service) ChangeTemplate(ctx context.Context, id string, p TemplatePatch) (TemplateView, error) {
	return s.write(ctx, id, true, func(w *writing) error {
		if err := w.stale(p.Version); err != nil {
			return err
		}
		before := w.t
		if p.Name != nil {
			name, err := nameOf(*p.Name, true)
			if err != nil {
				return err
			}
			w.t.Name, w.told = name, templateTold{Did: "renamed", Said: w.t.Name}
		}
		if p.Retired != nil && *p.Retired != (w.t.RetiredAt != nil) {
			if w.t.RetiredAt, w.told.Did = nil, "restored"; *p.Retired {
				w.t.RetiredAt, w.told.Did = &w.tx.Now, "retired"
			}
		}
		if w.t.Name == before.Name && w.t.RetiredAt == before.RetiredAt {
			return nil
		}
		return w.save(w.t.draft)
	})
}

// NewTemplate is a template to be made.
type NewTemplate struct {
	Name   string `json:"name" minLength:"1" maxLength:"320"`
	TeamID string `json:"teamId,omitempty" required:"false" maxLength:"64" doc:"The organisation's when absent"`
	From   string `json:"from,omitempty" required:"false" maxLength:"64" doc:"Whose newest items its draft begins with; empty when absent"`
}

// MakeTemplate makes a template whose draft is empty or as another template.
func (s *Service) MakeTemplate(ctx context.Context, n NewTemplate) (TemplateView, error) {
	v := who.From(ctx)
	name, err := nameOf(n.Name, true)
	if err != nil {
		return TemplateView{}, err
	}
	t := TemplateHead{ID: store.NewID("ckt"), Name: name}
	var owner any
	if n.TeamID != "" {
		if _, _, err := team.See(s.store.Rows(ctx), v, n.TeamID); err != nil { // before a topic is locked, which would make one
			return TemplateView{}, err
		}
		t.Team, owner = &TeamRef{ID: n.TeamID}, n.TeamID
	}
	return store.InTx(ctx, s.store, []string{t.topic()}, func(tx *store.Tx) (TemplateView, error) {
		may := v.PersonID != "" && v.TeamID == "" && v.IsAdmin()
		if t.Team != nil {
			_, r, err := team.See(tx.Query, v, n.TeamID)
			if err != nil {
				return TemplateView{}, err
			}
			may = v.PersonID != "" && r.CanLead()
		}
		if !may {
			return TemplateView{}, fault.Forbidden(onlyOwners)
		}
		var there int
		if _, err := tx.Row([]any{&there}, "SELECT COUNT(*) FROM checklist_templates WHERE COALESCE(team_id, '') = ?", n.TeamID); err != nil {
			return TemplateView{}, err
		}
		if there >= mostTemplates {
			return TemplateView{}, fault.Conflict("too_many_templates", "There are at most %d templates. Change one that is retired.", mostTemplates)
		}
		items := []TemplateItem{}
		if n.From != "" {
			from, err := template(tx.Query, v, n.From)
			if fault.Is(err, "not_found") || (err == nil && from.Newest == 0) {
				return TemplateView{}, fault.Invalid("body.from", "Choose a template that you may see and of which a version was published")
			}
			if err != nil {
				return TemplateView{}, err
			}
			e, err := s.newest(tx.Query, from.rid)
			if err != nil {
				return TemplateView{}, err
			}
			for _, it := range e.items {
				if !it.Retired {
					items = append(items, it)
				}
			}
		}
		raw, err := json.Marshal(items)
		if err != nil {
			return TemplateView{}, err
		}
		if _, err := tx.Insert("INSERT INTO checklist_templates (id, key, team_id, name, draft, created_at) VALUES ("+store.Marks(6)+")", t.ID, t.ID, owner, name, string(raw), store.Ms(tx.Now)); err != nil {
			return TemplateView{}, err
		}
		made, err := template(tx.Query, v, t.ID)
		if err != nil {
			return TemplateView{}, err
		}
		w := &writing{s: s, tx: tx, v: v, t: made, told: templateTold{Did: "made"}}
		if err := w.tell(); err != nil {
			return TemplateView{}, err
		}
		return s.templateView(tx.Query, v, made, 0)
	})
}
