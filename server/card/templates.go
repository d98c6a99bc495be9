package card

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// TemplateTodo is an item of a template's to-do list.
type TemplateTodo struct {
	List string `json:"list,omitempty" required:"false" maxLength:"100"`
	Text string `json:"text" minLength:"1" maxLength:"500"`
}

// TemplateBody is what a card made from a template begins as.
type TemplateBody struct {
	Title       string         `json:"title" maxLength:"300"`
	Type        string         `json:"type" enum:"feature,defect,incident,risk,debt,toil,improvement,ask"`
	Discipline  string         `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Involves    []string       `json:"involves,omitempty" required:"false" maxItems:"6"`
	Class       string         `json:"class,omitempty" required:"false" enum:"expedite,fixed_date,standard,intangible"`
	Labels      []string       `json:"labels,omitempty" required:"false" maxItems:"30"`
	Description string         `json:"description,omitempty" required:"false" maxLength:"100000"`
	Todos       []TemplateTodo `json:"todos,omitempty" required:"false" maxItems:"100"`
}

// CardTemplate is a card template: of a board, of all boards of a team, or from the library that comes with Trestle.
type CardTemplate struct {
	ID      string       `json:"id"`
	Scope   string       `json:"scope" enum:"board,team,library"`
	Name    string       `json:"name"`
	About   string       `json:"about,omitempty"`
	Card    TemplateBody `json:"card"`
	Version int64        `json:"version,omitempty"`
}

// NewCardTemplate is a template to be made: of a card that is there, or of what is said here.
type NewCardTemplate struct {
	Name   string        `json:"name" minLength:"1" maxLength:"80"`
	About  string        `json:"about,omitempty" required:"false" maxLength:"300"`
	Scope  string        `json:"scope,omitempty" required:"false" enum:"board,team" doc:"Absent = this board"`
	CardID string        `json:"cardId,omitempty" required:"false" maxLength:"64" doc:"Id or key of the card to take it from"`
	Card   *TemplateBody `json:"card,omitempty" required:"false"`
}

// CardTemplatePatch changes a template.
type CardTemplatePatch struct {
	Name  *string       `json:"name,omitempty" required:"false" minLength:"1" maxLength:"80"`
	About *string       `json:"about,omitempty" required:"false" maxLength:"300"`
	Scope *string       `json:"scope,omitempty" required:"false" enum:"board,team"`
	Card  *TemplateBody `json:"card,omitempty" required:"false"`
}

const (
	scopeBoard   = "board"
	scopeTeam    = "team"
	maxTemplates = 200
)

func (b *TemplateBody) clean() (err error) {
	b.Title = oneLine(b.Title)
	b.Description = strings.TrimSpace(b.Description)
	if b.Class == "" {
		b.Class = board.Standard
	}
	if b.Involves, err = cleanInvolves(b.Discipline, b.Involves); err != nil {
		return err
	}
	if b.Labels, err = cleanLabels(b.Labels); err != nil {
		return err
	}
	for i := range b.Todos {
		if b.Todos[i].Text, err = cleanText("body.card.todos", "The item", b.Todos[i].Text, 500); err != nil {
			return err
		}
		b.Todos[i].List = oneLine(b.Todos[i].List)
	}
	return nil
}

// Templates lists what a card on a board can begin as: the board's own, the team's, then the library's.
func (s *Service) Templates(ctx context.Context, boardID string) ([]CardTemplate, error) {
	q := s.store.Rows(ctx)
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return nil, err
	}
	out, err := templatesOf(q, "t.team_id = ? AND (t.board_rid IS NULL OR t.board_rid = ?) AND t.retired_at IS NULL ORDER BY CASE WHEN t.board_rid IS NULL THEN 1 ELSE 0 END, t.name, t.rid",
		seen.TeamID, seen.RID)
	return append(out, library()...), err
}

func templatesOf(q *store.Query, where string, args ...any) ([]CardTemplate, error) {
	out := []CardTemplate{}
	err := q.Each(func(scan func(...any) error) error {
		t := CardTemplate{Scope: scopeTeam}
		var onBoard *int64
		var body string
		if err := scan(&t.ID, &onBoard, &t.Name, &t.About, &body, &t.Version); err != nil {
			return err
		}
		if onBoard != nil {
			t.Scope = scopeBoard
		}
		if err := json.Unmarshal([]byte(body), &t.Card); err != nil {
			return fmt.Errorf("template %s: %w", t.ID, err)
		}
		out = append(out, t)
		return nil
	}, "SELECT t.id, t.board_rid, t.name, t.about, t.body, t.version FROM card_templates t WHERE "+where, args...)
	return out, err
}

// fromTemplate fills in what a new card leaves out, and the template's to-do list.
func (s *Service) fromTemplate(ctx context.Context, boardID string, n *NewCard) error {
	if n.TemplateID == "" {
		return nil
	}
	q := s.store.Rows(ctx)
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return err
	}
	all := library()
	if !strings.HasPrefix(n.TemplateID, libraryPrefix) {
		if all, err = templatesOf(q, "t.id = ? AND t.team_id = ? AND (t.board_rid IS NULL OR t.board_rid = ?) AND t.retired_at IS NULL",
			n.TemplateID, seen.TeamID, seen.RID); err != nil {
			return err
		}
	}
	i := slices.IndexFunc(all, func(t CardTemplate) bool { return t.ID == n.TemplateID })
	if i < 0 {
		return fault.Invalid("body.templateId", "This board has no such template")
	}
	b := all[i].Card
	for _, f := range []struct {
		here *string
		from string
	}{{&n.Type, b.Type}, {&n.Discipline, b.Discipline}, {&n.Class, b.Class}, {&n.Description, b.Description}} {
		if *f.here == "" {
			*f.here = f.from
		}
	}
	if n.Involves == nil {
		n.Involves = b.Involves
	}
	if n.Labels == nil {
		n.Labels = b.Labels
	}
	n.todos = b.Todos
	return nil
}

// onTemplates is the corridor of a change of a team's templates: the team's topic is locked, a lead does it.
func (s *Service) onTemplates(ctx context.Context, boardID, teamID string, fn func(tx *store.Tx, seen board.Seen) (CardTemplate, error)) (CardTemplate, error) {
	v := who.From(ctx)
	topic := event.TeamTopic(teamID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (CardTemplate, error) {
		seen, err := s.boards.See(tx.Query, v, boardID)
		if err != nil {
			return CardTemplate{}, err
		}
		if seen.TeamID != teamID {
			return CardTemplate{}, fault.NotFound("board")
		}
		if !seen.Rights.CanLead() {
			return CardTemplate{}, fault.Forbidden("Only a lead of this team may change its card templates.")
		}
		if err := seen.Open(); err != nil {
			return CardTemplate{}, err
		}
		t, err := fn(tx, seen)
		if err != nil {
			return CardTemplate{}, err
		}
		data := map[string]any{"templateId": t.ID} // a template's name may be a word of a board that only its team sees
		if seen.Visibility == board.Workspace {
			data["boardId"] = boardID
		}
		_, err = tx.Publish(topic, "team.templates_changed", data)
		return t, err
	})
}

// AddTemplate makes a template of a card, or of what is said.
func (s *Service) AddTemplate(ctx context.Context, boardID string, n NewCardTemplate) (CardTemplate, error) {
	if n.Name = oneLine(n.Name); n.Name == "" {
		return CardTemplate{}, fault.Invalid("body.name", "A template needs a name")
	}
	if (n.CardID == "") == (n.Card == nil) {
		return CardTemplate{}, fault.Invalid("body", "A template is made of a card, or of what it shall say")
	}
	seen, err := s.boards.See(s.store.Rows(ctx), who.From(ctx), boardID)
	if err != nil {
		return CardTemplate{}, err
	}
	return s.onTemplates(ctx, boardID, seen.TeamID, func(tx *store.Tx, seen board.Seen) (CardTemplate, error) {
		t := CardTemplate{ID: store.NewID("tpl"), Scope: n.Scope, Name: n.Name, About: oneLine(n.About), Version: 1}
		if t.Scope == "" {
			t.Scope = scopeBoard
		}
		if n.Card != nil {
			t.Card = *n.Card
		} else if t.Card, err = s.bodyOf(ctx, tx, n.CardID, seen); err != nil {
			return CardTemplate{}, err
		}
		if err := t.Card.clean(); err != nil {
			return CardTemplate{}, err
		}
		var count int
		if _, err := tx.Row([]any{&count}, "SELECT COUNT(*) FROM card_templates WHERE team_id = ? AND retired_at IS NULL", seen.TeamID); err != nil {
			return CardTemplate{}, err
		}
		if count >= maxTemplates {
			return CardTemplate{}, fault.Conflict("too_many_templates", "This team has %d card templates already.", maxTemplates)
		}
		_, err := tx.Exec("INSERT INTO card_templates (id, team_id, board_rid, name, about, body, actor_id, at) VALUES (?,?,?,?,?,?,?,?)",
			t.ID, seen.TeamID, scopeRID(t.Scope, seen), t.Name, t.About, jsonText(t.Card), tx.ActorID, store.Ms(tx.Now))
		return t, err
	})
}

func scopeRID(scope string, seen board.Seen) *int64 {
	if scope == scopeTeam {
		return nil
	}
	return &seen.RID
}

// bodyOf is a card as a template: what it says and has to do, not where it stands or whose it is.
func (s *Service) bodyOf(ctx context.Context, tx *store.Tx, ref string, seen board.Seen) (b TemplateBody, err error) {
	c, err := s.visible(ctx, tx.Query, ref)
	if err != nil {
		return b, err
	}
	if c == nil || c.BoardRID != seen.RID {
		return b, fault.Invalid("body.cardId", "There is no card %s on this board", ref)
	}
	b = TemplateBody{Title: c.Title, Type: c.Type, Discipline: c.Discipline, Involves: c.Involves, Class: c.Class, Labels: c.Labels, Description: c.Description}
	if b.Class == board.Expedite {
		b.Class = board.Standard
	}
	err = tx.Each(func(scan func(...any) error) error {
		var t TemplateTodo
		err := scan(&t.List, &t.Text)
		if len(b.Todos) < 100 {
			b.Todos = append(b.Todos, t)
		}
		return err
	}, "SELECT list, text FROM todos WHERE card_rid = ? AND removed_at IS NULL ORDER BY position, rid", c.RID)
	return b, err
}

// onTemplate is onTemplates for one that is there; boards of a team-wide template are asked by any of them.
func (s *Service) onTemplate(ctx context.Context, id string, fn func(tx *store.Tx, seen board.Seen, t *CardTemplate) error) (CardTemplate, error) {
	q := s.store.Rows(ctx)
	var teamID, boardID string
	found, err := q.Row([]any{&teamID, &boardID}, `SELECT t.team_id, COALESCE(b.id, (SELECT x.id FROM boards x WHERE x.team_id = t.team_id AND x.archived_at IS NULL
		AND x.staged_at IS NULL ORDER BY x.visibility DESC, x.rid LIMIT 1), '') FROM card_templates t LEFT JOIN boards b ON b.rid = t.board_rid WHERE t.id = ?`, id)
	if err != nil {
		return CardTemplate{}, err
	}
	if !found {
		return CardTemplate{}, fault.NotFound("template")
	}
	out, err := s.onTemplates(ctx, boardID, teamID, func(tx *store.Tx, seen board.Seen) (CardTemplate, error) {
		all, err := templatesOf(tx.Query, "t.id = ? AND t.retired_at IS NULL", id)
		if err != nil {
			return CardTemplate{}, err
		}
		if len(all) == 0 {
			return CardTemplate{}, fault.NotFound("template")
		}
		err = fn(tx, seen, &all[0])
		return all[0], err
	})
	if fault.Is(err, "not_found") {
		return out, fault.NotFound("template")
	}
	return out, err
}

// ChangeTemplate changes a template; cards that were made from it stay as they are.
func (s *Service) ChangeTemplate(ctx context.Context, id string, p CardTemplatePatch) (CardTemplate, error) {
	return s.onTemplate(ctx, id, func(tx *store.Tx, seen board.Seen, t *CardTemplate) error {
		if p.Name != nil {
			if t.Name = oneLine(*p.Name); t.Name == "" {
				return fault.Invalid("body.name", "A template needs a name")
			}
		}
		if p.About != nil {
			t.About = oneLine(*p.About)
		}
		if p.Scope != nil {
			t.Scope = *p.Scope
		}
		if p.Card != nil {
			t.Card = *p.Card
			if err := t.Card.clean(); err != nil {
				return err
			}
		}
		t.Version++
		_, err := tx.Exec("UPDATE card_templates SET name = ?, about = ?, board_rid = ?, body = ?, version = ? WHERE id = ?",
			t.Name, t.About, scopeRID(t.Scope, seen), jsonText(t.Card), t.Version, t.ID)
		return err
	})
}

// RetireTemplate takes a template away.
func (s *Service) RetireTemplate(ctx context.Context, id string) error {
	_, err := s.onTemplate(ctx, id, func(tx *store.Tx, _ board.Seen, t *CardTemplate) error {
		_, err := tx.Exec("UPDATE card_templates SET retired_at = ? WHERE id = ?", store.Ms(tx.Now), t.ID)
		return err
	})
	return err
}
