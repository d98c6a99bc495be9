package checklist

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// Source is where a proposal comes from.
type Source struct {
	Kind string `json:"kind" enum:"retro,card,checklist"`
	ID   string `json:"id" maxLength:"64"`
}

// NewProposal is an item that somebody proposes for a template.
type NewProposal struct {
	Topic    string  `json:"topic" enum:"functionality,operability,metrics,departures,capacity,launch,security"`
	Question string  `json:"question" minLength:"1" maxLength:"600"`
	Help     string  `json:"help,omitempty" required:"false" maxLength:"1200"`
	Why      string  `json:"why" minLength:"1" maxLength:"4000" doc:"What happened that it would have helped with"`
	Source   *Source `json:"source,omitempty" required:"false" doc:"The retro, the incident's card or the checklist that it comes from"`
}

// Proposal is a proposed item.
type Proposal struct {
	ID        string          `json:"id"`
	Topic     string          `json:"topic"`
	Question  string          `json:"question"`
	Help      string          `json:"help"`
	Why       string          `json:"why"`
	Source    *Cited          `json:"source,omitempty"`
	By        account.Person  `json:"by"`
	At        time.Time       `json:"at"`
	State     string          `json:"state" enum:"open,accepted,declined"`
	DecidedBy *account.Person `json:"decidedBy,omitempty"`
	DecidedAt *time.Time      `json:"decidedAt,omitempty"`
	Reason    string          `json:"reason,omitempty" doc:"Why it was declined"`
	Item      string          `json:"item,omitempty" doc:"The key that it has in the draft"`
}

func proposalsWhere(q *store.Query, v who.Viewer, where string, args ...any) (out []Proposal, err error) {
	var ids, decided []string
	var sources []*Cited
	err = q.Each(func(scan func(...any) error) error {
		var p Proposal
		var src Cited
		var by, decider string
		var at int64
		var decidedAt *int64
		err := scan(&p.ID, &p.Topic, &p.Question, &p.Help, &p.Why, &src.Kind, &src.ID, &by, &at, &p.State, &decider, &decidedAt, &p.Reason, &p.Item)
		if p.At, p.DecidedAt = store.At(at), store.AtPtr(decidedAt); src.Kind != "" {
			p.Source, sources = &src, append(sources, &src)
		}
		out, ids, decided = append(out, p), append(ids, by), append(decided, decider)
		return err
	}, `SELECT id, topic, question, help, why, source_kind, source_id, by_id, at, state, decided_by, decided_at, reason, item FROM checklist_proposals
		WHERE `+where+` ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, rid DESC LIMIT 200`, args...)
	if err != nil {
		return nil, err
	}
	if err := cite(q, v, sources); err != nil {
		return nil, err
	}
	people, err := account.PeopleByID(q, slices.Concat(ids, decided))
	for i := range out {
		out[i].By = people[ids[i]]
		if p, ok := people[decided[i]]; ok {
			out[i].DecidedBy = &p
		}
	}
	return out, err
}

// Proposals gives what was proposed for a template: what waits first, then what was decided last.
func (s *Service) Proposals(ctx context.Context, id string) (out []Proposal, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		v := who.From(ctx)
		t, err := template(q, v, id)
		if err != nil {
			return err
		}
		out, err = proposalsWhere(q, v, "template_rid = ?", t.rid)
		return err
	})
	return out, err
}

// mayPropose: everybody who works in some team.
func mayPropose(q *store.Query, v who.Viewer) error {
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return err
	}
	if v.PersonID == "" || v.TeamID != "" || !v.IsAdmin() && !slices.ContainsFunc(teams, func(t team.Visible) bool { return t.Rights.CanWork() }) {
		return fault.Forbidden("Somebody who works in a team proposes items.")
	}
	return nil
}

// origin refuses a source that the proposer may not see.
func (s *Service) origin(q *store.Query, v who.Viewer, src *Source) (err error) {
	if src == nil {
		return nil
	}
	switch src.Kind {
	case "card":
		_, _, err = s.about(q, v, NewList{Kind: ForCard, CardID: src.ID})
	case "checklist":
		_, err = s.sit(q, v, src.ID)
	case "retro":
		var boardID string
		if _, err = q.Row([]any{&boardID}, "SELECT b.id FROM retros r JOIN boards b ON b.rid = r.board_rid WHERE r.id = ?", src.ID); err == nil {
			_, err = s.boards.See(q, v, boardID)
		}
	default:
		err = fault.NotFound("source")
	}
	if fault.Is(err, "not_found") {
		err = fault.Invalid("body.source", "Name a retro, a card or a checklist that you may see")
	}
	return err
}

// owners are who decides about a template's proposals.
func owners(q *store.Query, t TemplateHead) (ids []string, err error) {
	if t.Team != nil {
		return team.Leads(q, t.Team.ID)
	}
	return ids, q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM people WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id")
}

// Propose proposes an item for a template; its owners review it.
func (s *Service) Propose(ctx context.Context, id string, n NewProposal) (Proposal, error) {
	v := who.From(ctx)
	var err error
	if n.Question = text.Line(n.Question); len([]rune(n.Question)) > 300 || n.Question == "" {
		return Proposal{}, fault.Invalid("body.question", "A question has 1 to 300 characters")
	}
	if n.Help = strings.TrimSpace(n.Help); len([]rune(n.Help)) > 600 {
		return Proposal{}, fault.Invalid("body.help", "A help has at most 600 characters")
	}
	if n.Why, err = clean("body.why", "Why it would help", n.Why, 2000); err != nil {
		return Proposal{}, err
	}
	if !slices.ContainsFunc(topics, func(t Topic) bool { return t.Key == n.Topic }) {
		return Proposal{}, fault.Invalid("body.topic", "There is no such topic")
	}
	t, err := template(s.store.Rows(ctx), v, id)
	if err != nil {
		return Proposal{}, err
	}
	return store.InTx(ctx, s.store, []string{t.topic()}, func(tx *store.Tx) (Proposal, error) {
		t, err := template(tx.Query, v, id)
		if err != nil {
			return Proposal{}, err
		}
		if err := mayPropose(tx.Query, v); err != nil {
			return Proposal{}, err
		}
		if err := s.origin(tx.Query, v, n.Source); err != nil {
			return Proposal{}, err
		}
		var src Source
		if n.Source != nil {
			src = *n.Source
		}
		proposalID := store.NewID("ckp")
		if _, err := tx.Insert("INSERT INTO checklist_proposals (id, template_rid, topic, question, help, why, source_kind, source_id, by_id, at) VALUES ("+store.Marks(10)+")",
			proposalID, t.rid, n.Topic, n.Question, n.Help, n.Why, src.Kind, src.ID, v.PersonID, store.Ms(tx.Now)); err != nil {
			return Proposal{}, err
		}
		w := &writing{s: s, tx: tx, v: v, t: t, told: templateTold{Did: "proposed", Item: n.Question, Said: n.Why}}
		if err := w.tell(); err != nil {
			return Proposal{}, err
		}
		to, err := owners(tx.Query, t)
		if err != nil {
			return Proposal{}, err
		}
		if err := w.note(to, "checklist.proposed", "An item is proposed for the checklist "+t.Name, n.Question); err != nil {
			return Proposal{}, err
		}
		return w.proposal(proposalID)
	})
}

func (w *writing) proposal(id string) (Proposal, error) {
	found, err := proposalsWhere(w.tx.Query, w.v, "id = ?", id)
	if err != nil || len(found) == 0 {
		return Proposal{}, err
	}
	return found[0], nil
}

func (w *writing) note(to []string, kind, title, words string) error {
	to = slices.DeleteFunc(slices.Clone(to), func(id string) bool { return id == w.v.PersonID })
	if len(to) == 0 {
		return nil
	}
	return notice.Post(w.tx, notice.Note{Kind: kind, To: to, Title: title, Text: words, Link: "/checklists/templates/" + w.t.ID + "?view=proposed"})
}

// letters begin the keys of a topic's items.
var letters = map[string]string{"functionality": "F", "operability": "O", "metrics": "M", "departures": "D", "capacity": "I", "launch": "L", "security": "X"}

// freeKey is the next key of a topic.
func freeKey(items []TemplateItem, topic string) string {
	most := 0
	for _, it := range items {
		if n, err := strconv.Atoi(strings.TrimPrefix(it.Key, letters[topic])); err == nil && strings.HasPrefix(it.Key, letters[topic]) {
			most = max(most, n)
		}
	}
	return fmt.Sprintf("%s%d", letters[topic], most+1)
}

// Taking is how a proposed item stands in the draft; absent fields are as they are asked for most often.
type Taking struct {
	From     string   `json:"from,omitempty" required:"false" enum:"light,standard,critical,optional" doc:"From which level on it must be answered; optional when absent"`
	Phase    string   `json:"phase,omitempty" required:"false" enum:"design,pre_prod,post_launch" doc:"pre_prod when absent"`
	Scope    string   `json:"scope,omitempty" required:"false" enum:"feature,service" doc:"feature when absent"`
	Evidence []string `json:"evidence,omitempty" required:"false" maxItems:"8" doc:"text when absent"`
}

// Accept takes a proposal into the draft of its template.
func (s *Service) Accept(ctx context.Context, proposalID string, t Taking) (Proposal, error) {
	t.From, t.Phase, t.Scope = cmp.Or(t.From, Optional), cmp.Or(t.Phase, PreProd), cmp.Or(t.Scope, OfFeature)
	if len(t.Evidence) == 0 {
		t.Evidence = []string{"text"}
	}
	return s.decide(ctx, proposalID, "", t)
}

// Decline declines a proposal with a reason.
func (s *Service) Decline(ctx context.Context, proposalID, reason string) (Proposal, error) {
	reason, err := clean("body.why", "Why it is declined", reason, 2000)
	if err != nil {
		return Proposal{}, err
	}
	return s.decide(ctx, proposalID, reason, Taking{})
}

// decide accepts without a reason and declines with one.
func (s *Service) decide(ctx context.Context, proposalID, reason string, as Taking) (Proposal, error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	var id string
	found, err := q.Row([]any{&id}, "SELECT t.id FROM checklist_proposals p JOIN checklist_templates t ON t.rid = p.template_rid WHERE p.id = ?", proposalID)
	if err == nil && !found {
		err = fault.NotFound("proposal")
	}
	if err != nil {
		return Proposal{}, err
	}
	t, err := template(q, v, id)
	if fault.Is(err, "not_found") {
		err = fault.NotFound("proposal")
	}
	if err != nil {
		return Proposal{}, err
	}
	return store.InTx(ctx, s.store, []string{t.topic()}, func(tx *store.Tx) (Proposal, error) {
		t, err := template(tx.Query, v, id)
		if err != nil {
			return Proposal{}, err
		}
		if !t.MayEdit {
			return Proposal{}, fault.Forbidden(onlyOwners)
		}
		w := &writing{s: s, tx: tx, v: v, t: t}
		p, err := w.proposal(proposalID)
		if err != nil {
			return Proposal{}, err
		}
		if p.State != "open" {
			return Proposal{}, fault.Conflict("decided", "This was %s already.", p.State)
		}
		w.told = templateTold{Did: "declined", Item: p.Question, Said: reason}
		title := "Your item was not taken into the checklist " + t.Name
		if p.State = "declined"; reason == "" {
			p.State, title = "accepted", "Your item is in the draft of the checklist "+t.Name
			if p.Item, err = w.take(p, as); err != nil {
				return Proposal{}, err
			}
		} else if err := w.tell(); err != nil {
			return Proposal{}, err
		}
		if _, err := tx.Exec("UPDATE checklist_proposals SET state = ?, decided_by = ?, decided_at = ?, reason = ?, item = ? WHERE id = ?",
			p.State, v.PersonID, store.Ms(tx.Now), reason, p.Item, p.ID); err != nil {
			return Proposal{}, err
		}
		if err := w.note([]string{p.By.ID}, "checklist.decided", title, p.Question+"\n"+reason); err != nil {
			return Proposal{}, err
		}
		return w.proposal(p.ID)
	})
}

// take puts a proposal into the draft.
func (w *writing) take(p Proposal, as Taking) (key string, err error) {
	if w.last, err = w.s.newest(w.tx.Query, w.t.rid); err != nil {
		return "", err
	}
	items, err := w.draft()
	if err != nil {
		return "", err
	}
	key = freeKey(items, p.Topic)
	w.told = templateTold{Did: "accepted", Item: key, Said: p.Question}
	items = append(items, TemplateItem{Key: key, Topic: p.Topic, Question: p.Question, Help: p.Help, Evidence: as.Evidence, From: as.From, Phase: as.Phase, Scope: as.Scope, Proposal: p.ID})
	if err := shape(items, w.last); err != nil {
		return "", err
	}
	raw, err := json.Marshal(items)
	if err != nil {
		return "", err
	}
	return key, w.save(string(raw))
}
