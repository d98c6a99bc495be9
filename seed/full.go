package seed

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/web"
)

//go:embed files/provider-latency.png
var latency []byte

const whole = "Retry policy for the payment provider"

// parts are what belongs to the whole on Checkout's own board; Payments adds one of theirs.
var parts = []string{"One-tap pay with a saved card", "Threat model for provider webhooks"}

// full gives one of Checkout's cards what a card can have beside its facts: the board's own fields, parts, links,
// a hypothesis, a description that was written twice; and the team a template.
func (t *table) full() error {
	switch t.crew.key {
	case "CHK":
	case "PAY":
		return t.lend()
	default:
		return nil
	}
	lead, cards := t.as(t.crew.lead), t.s.rooms.Cards
	_, risk, err := t.s.rooms.Boards.AddField(lead, t.l.ID, board.NewField{Name: "Risk", Type: board.FieldChoice,
		Options: []board.OptionFor{{Name: "Low"}, {Name: "Medium"}, {Name: "High"}}})
	if err != nil {
		return err
	}
	if _, _, err := t.s.rooms.Boards.AddField(lead, t.l.ID, board.NewField{Name: "Expected saving", Type: board.FieldNumber, Unit: "h/week"}); err != nil {
		return err
	}
	p := t.titled(whole)
	if p == nil {
		return nil
	}
	text := "Providers answer late on sale days, and we ask again at once. That makes it worse.\n\n**Done when** a slow provider costs us a second, not an order."
	more := strings.Replace(text, "ask again at once", "ask again at once, without a limit", 1) + "\n\nAgreed with @Bo Lind: the retry budget is on the operations dashboard."
	for _, c := range []card.Patch{{Fields: map[string]string{risk: "High"}}, {Description: &text}, {Description: &more}} {
		if _, err := cards.Change(lead, p.id, c); err != nil {
			return err
		}
	}
	for _, title := range parts {
		if err := t.join(title, p.id); err != nil {
			return err
		}
	}
	for _, l := range []card.NewLink{{URL: "https://git.shop.example/checkout/-/merge_requests/412", Title: "Retry with a budget"}, {URL: "https://grafana.shop.example/d/pay/provider-latency"}} {
		if _, err := cards.AddLink(lead, p.id, l); err != nil {
			return err
		}
	}
	if _, err := cards.Attach(lead, p.id, card.NewFile{Name: "provider-latency.png", Size: int64(len(latency)), SHA256: fmt.Sprintf("%x", sha256.Sum256(latency)),
		Body: bytes.NewReader(latency)}); err != nil {
		return err
	}
	if _, err := cards.Suppose(lead, p.id, card.NewHypothesis{Believe: "asking a slow provider again only twice, with a pause",
		Will: "keep the checkout answering on sale days", KnowWhen: "fewer than 1 % of orders fail on the next sale"}); err != nil {
		return err
	}
	_, err = cards.AddTemplate(lead, t.l.ID, card.NewCardTemplate{Name: "New payment provider", Scope: "team", About: "What it takes until a provider is live",
		Card: &card.TemplateBody{Title: "Provider: ", Type: "feature", Discipline: "development", Involves: []string{"operations", "security"}, Labels: []string{"provider"},
			Todos: []card.TemplateTodo{{Text: "Contract and test account"}, {Text: "Threat model with security"}, {Text: "Sandbox payment end to end"},
				{Text: "Alerts and runbook with operations"}, {Text: "1 % of customers for a week"}}}})
	return err
}

// lend makes a card of this team, whichever is nearest to the matter, a part of Checkout's.
func (t *table) lend() error {
	p := t.s.tables[0].titled(whole)
	if p == nil {
		return nil
	}
	for _, about := range []string{"payment retries", "provider webhooks", "card capture"} {
		for _, c := range t.cards {
			if c.column < finished && !c.gone && strings.Contains(c.title, about) {
				return t.join(c.title, p.id)
			}
		}
	}
	return nil
}

func (t *table) join(title, parent string) error {
	p := t.titled(title)
	if p == nil {
		return nil
	}
	_, err := t.s.rooms.Cards.Change(t.as(t.crew.lead), p.id, card.Patch{ParentID: web.Some(parent)})
	return err
}

func (t *table) titled(title string) *piece {
	for _, p := range t.cards {
		if p.title == title && !p.gone {
			return p
		}
	}
	return nil
}

// heard lets the notices of these weeks count as heard; only those of the last day are still to be told.
func (s *story) heard() error {
	return notice.Heard(store.As(s.ctx, "", ""), s.rooms.Store, s.now.Add(-24*time.Hour))
}
