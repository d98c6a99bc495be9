package checklist

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"trestle/server/catalogue"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// NewList is a checklist to be started.
type NewList struct {
	Kind       string   `json:"kind" enum:"card,service,launch"`
	CardID     string   `json:"cardId,omitempty" required:"false" maxLength:"64" doc:"Id or key of the card that it is about"`
	ServiceID  string   `json:"serviceId,omitempty" required:"false" maxLength:"64"`
	TeamID     string   `json:"teamId,omitempty" required:"false" maxLength:"64" doc:"Of a launch; a card's and a service's team is known"`
	Name       string   `json:"name,omitempty" required:"false" maxLength:"320" doc:"Of a launch; otherwise what the card or the service is called"`
	TemplateID string   `json:"templateId,omitempty" required:"false" maxLength:"64" doc:"That of the organisation when absent"`
	Level      string   `json:"level,omitempty" required:"false" enum:"light,standard,critical" doc:"When absent that of the most critical service, or standard"`
	Phase      string   `json:"phase,omitempty" required:"false" enum:"design,pre_prod,post_launch" doc:"design when absent; a service's own begins at pre_prod"`
	Services   []string `json:"services,omitempty" required:"false" maxItems:"10" doc:"Whose answers it inherits"`
	LaunchOn   string   `json:"launchOn,omitempty" required:"false" maxLength:"10" doc:"2026-11-30"`
}

// BuiltIn is the template that comes with the program.
const BuiltIn = "ckt_launch"

func nameOf(s string, needed bool) (string, error) {
	s = text.Line(s)
	if n := utf8.RuneCountInString(s); n > 120 || (needed && n == 0) {
		return "", fault.Invalid("body.name", "A name has 1 to 120 characters")
	}
	return s, nil
}

func day(at, s string) error {
	if s == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fault.Invalid(at, "Write the day like 2026-11-30")
	}
	return nil
}

// about finds what a checklist is to be about and the viewer's rights there; not_found when it is not theirs to see.
func (s *Service) about(q *store.Query, v who.Viewer, n NewList) (*list, team.Rights, error) {
	k := &list{Kind: n.Kind}
	switch n.Kind {
	case ForCard:
		var rid int64
		var boardID string
		found, err := q.Row([]any{&rid, &k.CardID, &k.CardTitle, &boardID}, "SELECT c.rid, c.id, c.title, b.id FROM cards c JOIN boards b ON b.rid = c.board_rid WHERE c.id = ? OR c.key = ?", n.CardID, n.CardID)
		if err == nil && !found {
			err = fault.NotFound("card")
		}
		if err != nil {
			return nil, team.Rights{}, err
		}
		seen, err := s.boards.See(q, v, boardID)
		if fault.Is(err, "not_found") {
			err = fault.NotFound("card")
		}
		if err != nil {
			return nil, team.Rights{}, err
		}
		k.CardRID, k.BoardID, k.TeamID = &rid, boardID, seen.TeamID
		return k, seen.Rights, seen.Open()
	case ForService:
		it, r, err := catalogue.See(q, v, n.ServiceID)
		if err != nil {
			return nil, r, err
		}
		k.ServiceRID, k.ServiceID, k.ServiceName, k.TeamID = &it.RID, it.ID, it.Name, it.TeamID
		k.Level = levelOf(it.Criticality)
		return k, r, nil
	}
	t, r, err := team.See(q, v, n.TeamID)
	k.TeamID = t.ID
	return k, r, err
}

// levelOf is the level that a service's criticality asks for.
func levelOf(criticality string) string {
	switch criticality {
	case catalogue.Experimental:
		return Light
	case catalogue.Critical:
		return Critical
	}
	return Standard
}

// namedServices reads services that a checklist shall inherit from, which the viewer must see, and the level of the
// most critical. One that was put away stays where it is named already.
func namedServices(q *store.Query, v who.Viewer, ids []string, named []inherit) (out []inherit, level string, err error) {
	for i, id := range ids {
		it, _, err := catalogue.See(q, v, id)
		if fault.Is(err, "not_found") || (err == nil && it.ArchivedAt != nil && !slices.ContainsFunc(named, func(in inherit) bool { return in.rid == it.RID })) || slices.Contains(ids[:i], id) {
			return nil, "", fault.Invalid("body.services", "Name services that you may see, each once").Because(err)
		}
		if err != nil {
			return nil, "", err
		}
		out = append(out, inherit{rid: it.RID, id: it.ID, name: it.Name, teamID: it.TeamID, gone: it.ArchivedAt != nil})
		if l := levelOf(it.Criticality); slices.Index(levels, l) > slices.Index(levels, level) {
			level = l
		}
	}
	return out, level, nil
}

// Create starts a checklist; for those who work in the team. A card has one, and a service has one.
func (s *Service) Create(ctx context.Context, n NewList) (View, error) {
	v := who.From(ctx)
	if err := day("body.launchOn", n.LaunchOn); err != nil {
		return View{}, err
	}
	name, err := nameOf(n.Name, n.Kind == ForLaunch)
	if err != nil {
		return View{}, err
	}
	if n.Kind == ForLaunch && n.LaunchOn == "" {
		return View{}, fault.Invalid("body.launchOn", "A launch has a day")
	}
	if n.Kind == ForService && len(n.Services) > 0 {
		return View{}, fault.Invalid("body.services", "A service's own checklist inherits nothing")
	}
	k, _, err := s.about(s.store.Rows(ctx), v, n) // before a topic is locked, which would make one
	if err != nil {
		return View{}, err
	}
	type made struct {
		ID string `json:"id"`
	}
	m, err := store.InTx(ctx, s.store, []string{event.TeamTopic(k.TeamID)}, func(tx *store.Tx) (made, error) {
		k, rights, err := s.about(tx.Query, v, n)
		if err != nil {
			return made{}, err
		}
		if v.PersonID == "" || !rights.CanWork() {
			return made{}, fault.Forbidden("Only somebody who works in this team starts its checklists.")
		}
		if err := tx.Widen(event.TeamTopic(k.TeamID)); err != nil { // the card may have gone to another team
			return made{}, err
		}
		k.ID, k.Name, k.LaunchOn, k.CreatedBy, k.CreatedAt, k.Version, k.Phase = store.NewID("lst"), name, n.LaunchOn, v.PersonID, store.Ms(tx.Now), 1, Design
		switch {
		case n.Phase != "":
			k.Phase = n.Phase
		case k.Kind == ForService:
			k.Phase = PreProd
		}
		if err := k.alone(tx.Query); err != nil {
			return made{}, err
		}
		services, most, err := namedServices(tx.Query, v, n.Services, nil)
		if err != nil {
			return made{}, err
		}
		if k.Level == "" {
			k.Level = most
		}
		if n.Level != "" {
			k.Level = n.Level
		}
		if k.Level == "" {
			k.Level = Standard
		}
		if k.VersionRID, err = newestOf(tx.Query, v, n.TemplateID, k.TeamID); err != nil {
			return made{}, err
		}
		if err := insertList(tx, k); err != nil {
			return made{}, err
		}
		if err := setServices(tx, k, services); err != nil {
			return made{}, err
		}
		return made{k.ID}, s.begin(tx, v, k.ID)
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, m.ID)
}

// alone refuses a second checklist of a card or a service.
func (k *list) alone(q *store.Query) error {
	var id string
	found, err := false, error(nil)
	switch k.Kind {
	case ForCard:
		found, err = q.Row([]any{&id}, "SELECT id FROM checklists WHERE card_rid = ? AND archived_at IS NULL", *k.CardRID)
	case ForService:
		found, err = q.Row([]any{&id}, "SELECT id FROM checklists WHERE service_rid = ? AND archived_at IS NULL", *k.ServiceRID)
	}
	if err == nil && found {
		err = fault.Conflict("exists", "It has a checklist already. Use that one.").With("checklistId", id)
	}
	return err
}

// begin opens a checklist's topic and says on the team's that there is a new one.
func (s *Service) begin(tx *store.Tx, v who.Viewer, id string) error {
	topic := event.ChecklistTopic(id)
	if err := tx.LockNew(topic); err != nil {
		return err
	}
	at, err := s.sit(tx.Query, v, id)
	if err != nil {
		return err
	}
	if err := at.follow(tx); err != nil {
		return err
	}
	c := &change{s: s, tx: tx, seat: at}
	if c.b, err = s.open(tx.Query, true, tx.Now, at.list); err != nil {
		return err
	}
	if _, err := c.tell("checklist.created", ""); err != nil {
		return err
	}
	return c.tellTeam()
}

// follow makes changes of membership reach who follows the checklist.
func (k *list) follow(tx *store.Tx) error {
	var board *string
	if k.BoardID != "" {
		board = &k.BoardID
	}
	_, err := tx.Exec("INSERT INTO side_topics (topic, board_id, team_id) VALUES (?,?,?) ON CONFLICT (topic) DO UPDATE SET board_id = excluded.board_id, team_id = excluded.team_id",
		event.ChecklistTopic(k.ID), board, k.TeamID)
	return err
}

// tellTeam says on the team's topic that its checklists are to be read anew.
func (c *change) tellTeam() error {
	if err := c.tx.Widen(event.TeamTopic(c.TeamID)); err != nil {
		return err
	}
	_, err := c.tx.Publish(event.TeamTopic(c.TeamID), "checklists.changed", map[string]string{"checklistId": c.ID})
	return err
}

// newestOf is the newest version of a template that a team may use.
func newestOf(q *store.Query, v who.Viewer, id, teamID string) (rid int64, err error) {
	if id == "" {
		id = BuiltIn
	}
	found, err := q.Row([]any{&rid}, `SELECT v.rid FROM checklist_templates p JOIN checklist_template_versions v ON v.template_rid = p.rid
		WHERE p.id = ? AND p.retired_at IS NULL AND (p.team_id IS NULL OR p.team_id = ?) ORDER BY v.number DESC LIMIT 1`, id, teamID)
	if err == nil && !found {
		err = fault.Invalid("body.templateId", "Choose a template of the organisation or of this team, of which a version was published")
	}
	return rid, err
}
