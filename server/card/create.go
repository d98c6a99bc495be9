package card

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// NewCard is a card to be made.
type NewCard struct {
	Title       string   `json:"title" minLength:"1" maxLength:"300"`
	ColumnID    string   `json:"columnId" maxLength:"64"`
	LaneID      string   `json:"laneId,omitempty" required:"false" maxLength:"64"`
	Type        string   `json:"type,omitempty" required:"false" enum:"feature,defect,incident,risk,debt,toil,improvement,ask"`
	Discipline  string   `json:"discipline,omitempty" required:"false" enum:"development,operations,security,product,quality,other"`
	Involves    []string `json:"involves,omitempty" required:"false" maxItems:"6"`
	Class       string   `json:"class,omitempty" required:"false" enum:"expedite,fixed_date,standard,intangible"`
	Description string   `json:"description,omitempty" required:"false" maxLength:"100000"`
	OwnerIDs    []string `json:"ownerIds,omitempty" required:"false" maxItems:"20"`
	Labels      []string `json:"labels,omitempty" required:"false" maxItems:"30"`
	DueOn       string   `json:"dueOn,omitempty" required:"false" maxLength:"10"`
	Size        *float64 `json:"size,omitempty" required:"false" minimum:"0" maximum:"100000"`
	Beside
	Reason string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	board.Answers
	ParentID   string `json:"parentId,omitempty" required:"false" maxLength:"64" doc:"Id or key of the card that this one is a part of"`
	TemplateID string `json:"templateId,omitempty" required:"false" maxLength:"64" doc:"What is absent here is taken from this card template, its to-do list too"`

	parent *Card
	ask    *AskFace
	todos  []TemplateTodo
	said   mentioned
}

func (n *NewCard) clean(v who.Viewer) (err error) {
	if n.Title, err = cleanTitle(n.Title); err != nil {
		return err
	}
	if n.Type == "" {
		n.Type = "feature"
	}
	if n.Class == "" {
		n.Class = board.Standard
	}
	if n.Discipline == "" {
		n.Discipline = v.Discipline
	}
	if n.Discipline == "" {
		n.Discipline = "development"
	}
	if n.Involves, err = cleanInvolves(n.Discipline, n.Involves); err != nil {
		return err
	}
	if n.Labels, err = cleanLabels(n.Labels); err != nil {
		return err
	}
	if err := checkDue(n.DueOn); err != nil {
		return err
	}
	return n.Beside.check("")
}

// Create puts a new card on a board. It is admitted like a move.
func (s *Service) Create(ctx context.Context, boardID string, n NewCard) (Changed, error) {
	v := who.From(ctx)
	if err := s.fromTemplate(ctx, boardID, &n); err != nil {
		return Changed{}, err
	}
	if err := n.clean(v); err != nil {
		return Changed{}, err
	}
	var err error
	if n.said, err = s.mentionsFor(ctx, boardID, nil, n.Description); err != nil {
		return Changed{}, err
	}
	return store.InTx(ctx, s.store, []string{event.BoardTopic(boardID)}, func(tx *store.Tx) (Changed, error) {
		seen, err := s.boards.SeeTx(tx, v, boardID)
		if err != nil {
			return Changed{}, err
		}
		if !seen.Rights.CanWork() {
			return Changed{}, fault.Forbidden("Your role on this team may look, but not add cards.")
		}
		if err := seen.Open(); err != nil {
			return Changed{}, err
		}
		e := &edit{tx: tx, l: seen.Layout, seen: seen, s: s}
		if n.ParentID != "" {
			if n.parent, err = s.visible(ctx, tx.Query, n.ParentID); err != nil {
				return Changed{}, err
			}
			if n.parent == nil || n.parent.ArchivedAt != nil {
				return Changed{}, fault.Invalid("body.parentId", "There is no card %s that you may see and that takes parts", n.ParentID)
			}
		}
		return s.create(e, n)
	})
}

func (s *Service) create(e *edit, n NewCard) (Changed, error) {
	to := e.l.Column(n.ColumnID)
	if to == nil {
		return Changed{}, fault.Invalid("body.columnId", "That column is not on this board")
	}
	now := store.Ms(e.tx.Now)
	e.card = &Card{ID: store.NewID("crd"), BoardRID: e.l.RID, BoardID: e.l.ID, Title: n.Title, Description: strings.TrimSpace(n.Description),
		Type: n.Type, Discipline: n.Discipline, Involves: n.Involves, Class: n.Class, Labels: n.Labels, DueOn: n.DueOn, Size: n.Size,
		Version: 1, CreatedBy: e.tx.ActorID, CreatedAt: e.tx.Now}
	c := e.card
	var laneRID *int64
	if n.LaneID != "" {
		lane := e.l.Lane(n.LaneID)
		if lane == nil {
			return Changed{}, fault.Invalid("body.laneId", "That lane is not on this board")
		}
		laneRID = &lane.RID
	}
	a, err := e.admit(target{column: to, laneRID: laneRID, class: n.Class, reason: n.Reason, answers: n.Answers, fresh: true})
	if err != nil {
		return Changed{}, err
	}
	key, respread, err := keyFor(e.tx, to.RID, 0, n.Beside)
	if err != nil {
		return Changed{}, err
	}
	c.Place = Place{ColumnRID: to.RID, LaneRID: laneRID, Pos: key, EnteredAt: now}
	c.Clock = e.l.Enter(board.Clock{}, to.Position, now)
	if c.Key, err = nextKey(e.tx, e.l.TeamID); err != nil {
		return Changed{}, err
	}
	owners := unique(n.OwnerIDs)
	watchers := watching(append([]string{e.tx.ActorID}, owners...))
	face := Derived{OwnerIDs: owners, Watchers: watchers, Ask: n.ask}
	if p := n.parent; p != nil {
		if err := takesPart(e.tx.Query, p, c); err != nil {
			return Changed{}, err
		}
		c.ParentRID, face.Parent = &p.RID, &Parent{ID: p.ID, Key: p.Key}
	}
	if len(n.todos) > 0 {
		face.Todo = &Progress{Total: len(n.todos)}
	}
	c.Face = face
	if err := insertCard(e.tx, c); err != nil {
		return Changed{}, err
	}
	if err := setDisciplines(e.tx, c); err != nil {
		return Changed{}, err
	}
	c.Face.OwnerIDs = nil
	if err := setOwners(e.tx, e.l, c, owners); err != nil {
		return Changed{}, err
	}
	c.Face = face
	if err := e.watch(watchers...); err != nil {
		return Changed{}, err
	}
	for i, t := range n.todos {
		if _, err := e.tx.Exec("INSERT INTO todos (id, card_rid, list, text, position) VALUES (?,?,?,?,?)",
			store.NewID("tod"), c.RID, t.List, t.Text, i+1); err != nil {
			return Changed{}, err
		}
	}
	if err := e.mention(n.said, nil); err != nil {
		return Changed{}, err
	}
	if err := e.assigned(nil); err != nil {
		return Changed{}, err
	}
	if err := s.tellParents(e.tx, part{}, partOf(c)); err != nil {
		return Changed{}, err
	}
	topic := event.BoardTopic(e.l.ID)
	if respread != nil {
		if _, err := e.tx.Publish(topic, "column.respread", map[string]any{"places": respread}); err != nil {
			return Changed{}, err
		}
	}
	extra := map[string]any{}
	overridden(extra, a)
	jump, err := e.newTop(to).after(e, "")
	if err != nil {
		return Changed{}, err
	}
	if jump != nil {
		extra["top"] = jump
	}
	changed, err := e.publish("card.created", extra)
	if err != nil {
		return Changed{}, err
	}
	if err := e.saveTop(jump, changed.Seq); err != nil {
		return Changed{}, err
	}
	return changed, insertTransition(e.tx, c, transition{to: &to.RID, lane: laneRID, kind: "create", override: a.Override, limits: a.Limits, checks: a, seq: changed.Seq})
}

// nextKey takes the team's next card number. Numbers are never used twice.
func nextKey(tx *store.Tx, teamID string) (string, error) {
	var key string
	var n int64
	_, err := tx.Row([]any{&key, &n}, "UPDATE teams SET next_number = next_number + 1 WHERE id = ? RETURNING key, next_number - 1", teamID)
	return fmt.Sprintf("%s-%d", key, n), err
}

func unique(in []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// setOwners closes and opens assignments so that exactly these people own the card.
func setOwners(tx *store.Tx, l *board.Layout, c *Card, ids []string) error {
	if len(ids) > maxOwners {
		return fault.Invalid("body.ownerIds", "A card has at most %d owners", maxOwners)
	}
	now := store.Ms(tx.Now)
	want := unique(ids)
	for _, old := range c.Face.OwnerIDs {
		if slices.Contains(want, old) {
			continue
		}
		if _, err := tx.Exec(`UPDATE assignments SET to_at = ? WHERE card_rid = ? AND to_at IS NULL
			AND person_rid = (SELECT rid FROM people WHERE id = ?)`, now, c.RID, old); err != nil {
			return err
		}
	}
	for _, id := range want {
		if slices.Contains(c.Face.OwnerIDs, id) {
			continue
		}
		n, err := tx.Exec(`INSERT INTO assignments (card_rid, person_rid, from_at) SELECT ?, p.rid, ? FROM people p WHERE p.id = ?
			AND p.disabled_at IS NULL AND (p.role <> 'guest' OR EXISTS (SELECT 1 FROM members m WHERE m.person_id = p.id AND m.team_id = ?)
				OR EXISTS (SELECT 1 FROM liaisons n WHERE n.person_id = p.id AND n.team_id = ?))`, c.RID, now, id, l.TeamID, l.TeamID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Invalid("body.ownerIds", "One of these people cannot own a card here")
		}
	}
	return nil
}

// setDisciplines closes and opens the intervals so that they say what the card says now.
func setDisciplines(tx *store.Tx, c *Card) error {
	now := store.Ms(tx.Now)
	type held struct {
		rid        int64
		discipline string
		leading    bool
	}
	var open []held
	err := tx.Each(func(scan func(...any) error) error {
		var h held
		err := scan(&h.rid, &h.discipline, &h.leading)
		open = append(open, h)
		return err
	}, "SELECT rid, discipline, is_leading FROM discipline_intervals WHERE card_rid = ? AND to_at IS NULL", c.RID)
	if err != nil {
		return err
	}
	want := map[string]bool{c.Discipline: true}
	for _, d := range c.Involves {
		want[d] = false
	}
	for _, h := range open {
		if leading, ok := want[h.discipline]; ok && leading == h.leading {
			delete(want, h.discipline)
			continue
		}
		if _, err := tx.Exec("UPDATE discipline_intervals SET to_at = ? WHERE rid = ?", now, h.rid); err != nil {
			return err
		}
	}
	for _, d := range Disciplines {
		leading, ok := want[d]
		if !ok {
			continue
		}
		if _, err := tx.Exec("INSERT INTO discipline_intervals (card_rid, discipline, is_leading, from_at) VALUES (?,?,?,?)", c.RID, d, leading, now); err != nil {
			return err
		}
	}
	return nil
}
