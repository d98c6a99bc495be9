package seed

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/web"
)

// said is what somebody answers to an item of a checklist, with one piece of evidence; a date's value is in days from
// now, of people who is named.
type said struct {
	key, nick, text, kind, value, unit string
	ago                                int // days since it was last seen to be so
}

// ofService is what Checkout answers once of its service.
var ofService = []said{
	{"O4", "goro", "Start, stop, scale and drain, each with its command", "link", "https://wiki.shop.example/runbooks/checkout-api", "", 20},
	{"O8", "ana", "Every order carries its correlation id", "link", "https://logs.shop.example/checkout?trace", "", 20},
	{"O9", "goro", "The nightly settlement diff, and the day on which the provider's certificate ends", "date", "115", "", 12},
	{"O10", "ana", "", "person", "chidi eli goro", "", 12},
	{"M6", "chidi", "A probe from outside pages when nothing arrives for five minutes", "link", "https://status.shop.example/probes", "", 12},
	{"M7", "goro", "Deployments stand as markers since September", "link", "https://dash.shop.example/checkout", "", 20},
	{"M9", "chidi", "Chidi and Eli in turns, then Goro, Ana or Fay; day and night", "link", "https://oncall.shop.example/checkout", "", 24},
	{"I6", "goro", "All of it; rebuilt from nothing in the last drill", "link", "https://git.shop.example/checkout-api", "", 20},
	{"I8", "ana", "Staging has one pod and a sandbox provider; the rest is the same", "", "", "", 0},
	{"X3", "goro", "In the vault; the pods alone read them; rotated each quarter", "date", "-48", "", 20},
	{"X6", "ana", "Order ids and amounts, never a name; kept for 90 days", "link", "https://wiki.shop.example/logging", "", 20},
	{"X8", "goro", "Both run on every merge, and images are signed", "link", "https://ci.shop.example/checkout-api", "", 20},
}

// ofFeature is what Checkout has answered of one-tap pay so far, a week before its launch.
var ofFeature = []said{
	{"F1", "ana", "They pay with a saved card in one tap, without typing anything.", "", "", "", 0},
	{"F2", "ana", "Four of ten leave at the card form. Finished payments from 61 to 70 percent by January.", "number", "70", "%", 0},
	{"F3", "ana", "Returning customers with a saved card, 38 percent of orders; families who share an account hurt first.", "", "", "", 0},
	{"F5", "goro", "The button turns and nothing comes; tolerable for five minutes in the evening.", "number", "5", "min", 0},
	{"F6", "ana", "Hana ships or pauses it, Ana switches it off at night", "person", "hana ana", "", 0},
	{"F7", "ana", "The card schemes' rules on saved credentials", "link", "https://wiki.shop.example/legal/saved-cards", "", 0},
	{"F8", "goro", "Shown in the demo", "date", "-14", "", 0},
	{"O1", "ana", "", "diagram", "flowchart LR\n  B[Browser] -- TLS --> E[Edge]\n  E -- 2 s --> C[Checkout API]\n  C -- 300 ms --> V[Token vault, new]\n  V --> P[Provider]\n  C --> S[(Sessions)]", "", 0},
	{"O2", "ana", "", "diagram", "sequenceDiagram\n  Browser->>Checkout: pay (key)\n  Checkout->>Vault: token, 300 ms\n  Vault-->>Checkout: card or time-out\n  Checkout->>Provider: capture, 2 s, no retry\n  Provider-->>Browser: paid", "", 0},
	{"O3", "ana", "Vault slow over 300 ms: fall back to typed card, no retry. Vault down: button hidden by flag in 5 s. Provider wrong: nightly settlement diff opens a card.", "", "", "", 0},
	{"O5", "goro", "At 60 connections; peak today 260, head-room 38 percent", "number", "420", "requests/s", 0},
	{"O6", "goro", "The button disappears and the card form stays", "", "", "", 0},
	{"O7", "goro", "Restore of the vault proven in 14 minutes", "date", "-47", "", 0},
	{"M1", "ana", "Finished one-tap payments in every hundred begun", "link", "https://dash.shop.example/one-tap", "", 0},
	{"M2", "ana", "Finished within two seconds, over four weeks", "number", "99.5", "%", 0},
	{"M3", "goro", "Two: payments fail, payments are slow; each has its page in the runbook", "link", "https://wiki.shop.example/runbooks/one-tap", "", 0},
	{"M5", "chidi", "Both seen to fire", "date", "-9", "", 0},
	{"M8", "ana", "The client's side is missing until December", "", "", "", 0},
	{"D1", "ana", "The token vault, with a protocol of its own", "", "", "", 0},
	{"D2", "ana", "Tokens in our own database would have put it under audit", "link", "https://wiki.shop.example/adr/31", "", 0},
	{"D3", "goro", "Chidi sits with Goro on two mornings", "person", "chidi goro", "", 0},
	{"D4", "ana", "The vendor upgrades it each month; we back the keys up, and give notice three months ahead", "", "", "", 0},
	{"D5", "ana", "Back to typed cards within a day; three days of work to take the tokens out", "", "", "", 0},
	{"D6", "ana", "A trial until the end of January", "date", "73", "", 0},
	{"I1", "goro", "Two more pods and a network rule to the vault", "date", "4", "", 0},
	{"I2", "goro", "40 a second at the launch, 120 in the sale, 90 in six months; a guess from last year", "number", "120", "requests/s", 0},
	{"I3", "goro", "The sessions table, eight percent more writes", "number", "8", "%", 0},
	{"I5", "goro", "Six pods at most, a minute each", "number", "310", "EUR a month", 0},
	{"I7", "goro", "One zone may go; the vault is in two", "", "", "", 0},
	{"L1", "ana", "Deployed dark before, released by the flag", "date", "5", "", 0},
	{"L2", "ana", "Ourselves, 1 percent, 10 percent, everybody; a day each while 99.5 percent finish", "number", "99.5", "%", 0},
	{"L3", "ana", "Under 97 percent for ten minutes: whoever is on call switches the flag", "number", "97", "%", 0},
	{"L4", "goro", "Flag off; the schema only grows. Tried on staging", "number", "2", "min", 0},
	{"L5", "ana", "Ana and Bo in #checkout-launch until ten in the evening, three days", "person", "ana bo", "", 0},
	{"L6", "ana", "Support on the day before, the shops by the newsletter", "", "", "", 0},
	{"X1", "goro", "A stolen session pays: the provider asks again over 50 EUR. A replayed tap: one key a payment. A guessed token: they are bound to the account.", "link", "https://wiki.shop.example/threats/one-tap", "", 0},
	{"X2", "ana", "Customers by session, services by certificate, support may read and not pay", "", "", "", 0},
	{"X5", "ana", "Tokens and the last four digits: confidential; kept until the card is removed", "", "", "", 0},
	{"X7", "goro", "Refused taps per account, on the same pager", "link", "https://dash.shop.example/one-tap/abuse", "", 0},
	{"X9", "goro", "A token is revoked in a minute; security on call", "person", "dara", "", 0},
}

// unread are answers that nobody has understood yet.
var unread = map[string]bool{"O3": true, "O6": true, "M3": true, "X7": true, "L4": true}

// feature is the card that the checklist of the next launch is about, nil while it is not there yet.
func (t *table) feature() *piece { return t.titled("One-tap pay with a saved card") }

// checklists tells Checkout's services and the checklist of its next launch, on their days.
func (t *table) checklists(left int) (err error) {
	if t.crew.key != "CHK" {
		return nil
	}
	if t.service == "" && left <= 13 {
		err = t.itsServices()
	}
	if err == nil && !t.kept && left <= 12 && t.service != "" {
		err = t.giftCards(left)
	}
	if err == nil && t.launch == "" && left <= 9 && t.feature() != nil {
		err = t.oneTap()
	}
	if err == nil && !t.argued && left <= 3 && t.launch != "" {
		t.argued, err = true, t.argue()
	}
	if err != nil {
		return fmt.Errorf("checklists: %w", err)
	}
	return nil
}

// fill answers items of a checklist; then those whom by names, of other disciplines, open and understand them.
func (t *table) fill(id string, answers []said, by func(i int, a said) string) error {
	for _, a := range answers {
		if err := t.answer(id, a); err != nil {
			return fmt.Errorf("%s: %w", a.key, err)
		}
	}
	room := t.s.rooms.Checklists
	for i, a := range answers {
		nick := by(i, a)
		if nick == "" {
			continue
		}
		if _, err := room.Open(t.as(nick), id, a.key, nil); err != nil {
			return err
		}
		if _, err := room.Understand(t.as(nick), id, a.key, 1, ""); err != nil {
			return fmt.Errorf("%s: %w", a.key, err)
		}
	}
	return nil
}

// drawn is how large a browser drew them.
var drawn = map[string]*checklist.Drawn{"O1": {Width: 963, Height: 151}, "O2": {Width: 858, Height: 409}}

func (t *table) answer(id string, a said) error {
	n := checklist.NewAnswer{Text: a.text}
	if a.kind != "" {
		p := checklist.NewProof{Type: a.kind, Value: a.value, Unit: a.unit, Drawn: drawn[a.key]}
		if a.kind == "person" {
			for nick := range strings.SplitSeq(a.value, " ") {
				n.Evidence = append(n.Evidence, checklist.NewProof{Type: a.kind, PersonID: t.s.people[nick].PersonID})
			}
		} else {
			if a.kind == "date" {
				days, err := strconv.Atoi(a.value)
				if err != nil {
					return err
				}
				p.Value = t.s.now.AddDate(0, 0, days).Format(time.DateOnly)
			}
			if a.ago > 0 {
				p.VerifiedOn = t.s.clock.Now().AddDate(0, 0, -a.ago).Format(time.DateOnly)
			}
			n.Evidence = append(n.Evidence, p)
		}
	}
	_, err := t.s.rooms.Checklists.Answer(t.as(a.nick), id, a.key, n)
	return err
}

// itsServices are what Checkout runs; the first answers for itself.
func (t *table) itsServices() error {
	for i, n := range []catalogue.NewService{
		{Name: "checkout-api", Description: "Takes a basket and makes an order of it, paid or not at all.", Kind: catalogue.Digital, Criticality: catalogue.Critical, OperatingModel: catalogue.ByTeam,
			ModelWhy: "Whoever changes the basket at ten is the one who can mend it at night: the team is on call for it since the outage in spring.",
			Links:    []catalogue.Link{{Label: "Runbook", URL: "https://wiki.shop.example/runbooks/checkout-api"}, {Label: "Dashboard", URL: "https://dash.shop.example/checkout"}}},
		{Name: "order-mail", Description: "Confirmations and receipts.", Kind: catalogue.COTS, Criticality: catalogue.Standard, OperatingModel: catalogue.ByOperations,
			ModelWhy: "Bought and configured twice a year; operations runs the same product for three teams."},
	} {
		n.TeamID = t.l.TeamID
		svc, err := t.s.rooms.Services.Create(t.as(t.crew.lead), n)
		if err != nil {
			return err
		}
		l, err := t.s.rooms.Checklists.Create(t.as(t.crew.lead), checklist.NewList{Kind: checklist.ForService, ServiceID: svc.ID})
		if err != nil {
			return err
		}
		answers := ofService
		if i == 0 {
			t.service = svc.ID
		} else {
			answers = ofService[:3]
		}
		if err := t.fill(l.ID, answers, func(_ int, a said) string {
			if a.nick == "chidi" {
				return "dara" // who is of another discipline
			}
			return "bo"
		}); err != nil {
			return fmt.Errorf("%s: %w", n.Name, err)
		}
	}
	return nil
}

// oneTap begins the checklist of the next launch and answers what is known.
func (t *table) oneTap() error {
	room := t.s.rooms.Checklists
	l, err := room.Create(t.as("ana"), checklist.NewList{Kind: checklist.ForCard, CardID: t.feature().id, Services: []string{t.service},
		LaunchOn: t.s.now.AddDate(0, 0, 7).Format(time.DateOnly)})
	if err != nil {
		return err
	}
	phase := checklist.PreProd
	if _, err := room.Change(t.as("ana"), l.ID, checklist.Patch{Phase: &phase, LaunchOn: web.Some(t.s.now.AddDate(0, 0, 7).Format(time.DateOnly))}); err != nil {
		return err
	}
	t.launch = l.ID
	if err := t.fill(l.ID, ofFeature, func(i int, a said) string {
		switch {
		case unread[a.key]:
			return ""
		case a.key[0] == 'X' || a.nick == "chidi":
			return "dara"
		case i%5 == 2:
			return "chidi"
		}
		return "bo"
	}); err != nil {
		return err
	}
	for _, key := range []string{"O4", "O8", "O9", "O10", "M6", "I6", "I8", "X3", "X6", "X8"} {
		if _, err := room.StillTrue(t.as("goro"), l.ID, key, ""); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// argue is what came of reading it: a question, a gap, what does not apply, and an answer that Bo typed while listening.
func (t *table) argue() error {
	room, id := t.s.rooms.Checklists, t.launch
	if _, err := room.PushBack(t.as("bo"), id, "M3", "This opens the overview. Which query finds one order at 3 a.m. by its correlation id?"); err != nil {
		return err
	}
	if follow := t.titled("Shard the sessions table before the sale"); follow != nil {
		if _, err := room.AcceptGap(t.as("bo"), id, "I4", checklist.NewGap{Until: t.s.now.AddDate(0, 0, 14).Format(time.DateOnly), CardID: follow.id,
			Why: "The load test needs the table in two parts; until then we launch at one percent"}); err != nil {
			return err
		}
	}
	if _, err := room.NotApplicable(t.as("goro"), id, "I9", "Nothing is bought, named or certified for it"); err != nil {
		return err
	}
	if _, err := room.Answer(t.as("bo"), id, "L8", checklist.NewAnswer{Text: "A normal change, approved with the launch", ExplainedBy: t.s.people["ana"].PersonID, Understood: true,
		Evidence: []checklist.NewProof{{Type: "link", Value: "https://changes.shop.example/4711"}}}); err != nil {
		return err
	}
	_, err := room.Say(t.as("hana"), id, "L2", "Can the one percent be our newsletter readers?")
	return err
}
