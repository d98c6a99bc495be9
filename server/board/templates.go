package board

import "slices"

// Template is what a new board can begin with: columns with real policies, lanes, expectations. All of it is
// changed afterwards like anything else of a board.
type Template struct {
	Key       string        `json:"key"`
	Name      string        `json:"name"`
	About     string        `json:"about"`
	WorkItems string        `json:"workItems,omitempty"`
	Columns   []NewColumn   `json:"columns"`
	Lanes     []NewLane     `json:"lanes"`
	SLE       []TemplateSLE `json:"sle"`
	Expedite  ExpediteView  `json:"expedite"`
}

// TemplateSLE is an expectation that a template proposes, as a best guess.
type TemplateSLE struct {
	Class   string `json:"class,omitempty"`
	Days    int    `json:"days"`
	Percent int    `json:"percent"`
}

func limit(mode string, n int) *Wip { return &Wip{Mode: mode, Max: &n} }

func between(mode string, least, most int) *Wip { return &Wip{Mode: mode, Min: &least, Max: &most} }

var oneExpedite = ExpediteView{Mode: Reason, Max: 1, Counts: true}

// Templates in the order in which they are offered.
var Templates = []Template{
	{
		Key: "delivery", Name: "Delivery: development, operations and security",
		About:     "One board for a team that builds and runs a service. Operations and security work is as visible as features.",
		WorkItems: "A card is one change that somebody outside the team would notice, or one piece of operations, security or debt work that the team chose. It is small enough to finish within the expectation.",
		Columns: []NewColumn{
			{Name: "Ready", Kind: Queue, Wip: between(Warn, 3, 12),
				Policy: "Pull from the top. The first five are agreed with product, operations and security; whoever changes them says why."},
			{Name: "Shape", Kind: Active, Wip: limit(Warn, 4),
				Policy: "Talk to the person who will run it and the person who will use it. Say how we will know that it worked. Too big? Cut it now."},
			{Name: "Build", Kind: Active, Wip: limit(Reason, 6),
				Policy: "Tests first where it can break. Metrics and alerts come with the feature. In trunk every day, behind a flag if it is not ready."},
			{Name: "Review & test", Kind: Active, Wip: limit(Reason, 4),
				Policy: "Look at the oldest first. Two pairs of eyes, one of them from operations or security when the card involves them.",
				Checks: []string{"The build is green", "Alerts and a dashboard are there, or not needed"}},
			{Name: "Deploy", Kind: Active, Wip: limit(Reason, 3),
				Policy: "In production and watched for an hour by whoever built it.",
				Checks: []string{"The runbook says how to roll back", "Whoever is on call knows"}},
			{Name: "Done", Kind: Done, Policy: "In production, used by somebody, and what we wanted to know is known."},
		},
		SLE:      []TemplateSLE{{"", 10, 85}, {Expedite, 2, 85}},
		Expedite: oneExpedite,
	},
	{
		Key: "platform", Name: "Platform team",
		About:     "Shared services as a product: requests that nobody should have to make, and the self-service that ends them.",
		WorkItems: "A card is a request from another team, or a piece of the platform that makes such requests unnecessary.",
		Columns: []NewColumn{
			{Name: "Asked", Kind: Queue, Policy: "Every request is answered within two working days: taken, not now, or done together. The third of a kind becomes a self-service card."},
			{Name: "Ready", Kind: Queue, Wip: between(Warn, 2, 8), Policy: "Pull from the top. At least every third card is self-service, not a request."},
			{Name: "Build", Kind: Active, Wip: limit(Reason, 4), Policy: "With one team that will use it at the table. Documentation is part of it."},
			{Name: "Try with a team", Kind: Active, Wip: limit(Reason, 3), Policy: "One team uses it for real before everybody does.",
				Checks: []string{"A team has agreed to try it", "Documentation is good enough to start without us"}},
			{Name: "Roll out", Kind: Active, Wip: limit(Reason, 2), Policy: "Old way and new way side by side until nobody uses the old one.",
				Checks: []string{"It can be taken back within minutes"}},
			{Name: "Done", Kind: Done, Policy: "A team that we have not met can use it from its documentation."},
		},
		Lanes:    []NewLane{{Name: "Requests"}, {Name: "Self-service"}},
		SLE:      []TemplateSLE{{"", 12, 85}, {Expedite, 1, 85}},
		Expedite: oneExpedite,
	},
	{
		Key: "security", Name: "Security work",
		About:     "Findings, reviews and hardening, with dates that are kept. For a security team, or for the security work of several teams.",
		WorkItems: "A card is one finding, one review that somebody waits for, or one hardening step. A finding without an owner outside security is not ready.",
		Columns: []NewColumn{
			{Name: "Reported", Kind: Queue, Policy: "Seen within one working day. Is somebody using it against us? Then it is an incident."},
			{Name: "Triaged", Kind: Queue, Wip: limit(Warn, 15), Policy: "Severity and due date are set. The team that owns the system has been told, by a person.",
				Checks: []string{"Severity and due date are set", "The owning team has been told"}},
			{Name: "Analyse", Kind: Active, Wip: limit(Reason, 3), Policy: "Sit with the owning team. What would have to be true for this to hurt?"},
			{Name: "Fix with the team", Kind: Active, Wip: limit(Reason, 5), Policy: "The owning team changes its code; we help and review. No tickets over the wall."},
			{Name: "Verify", Kind: Active, Wip: limit(Reason, 3), Policy: "Somebody who did not fix it tries it again.",
				Checks: []string{"The fix is in production", "A test would catch it if it came back"}},
			{Name: "Closed", Kind: Done, Policy: "Fixed and verified, or accepted by name, with a date on which it is looked at again."},
		},
		SLE:      []TemplateSLE{{"", 14, 85}, {FixedDate, 21, 95}, {Expedite, 1, 90}},
		Expedite: ExpediteView{Mode: Reason, Max: 2, Counts: false},
	},
	{
		Key: "incident", Name: "Incident room",
		About:     "One board for one bad day and what follows from it: hypotheses and fixes now, learning afterwards.",
		WorkItems: "A card is one thing that somebody does about the incident: a hypothesis to test, a mitigation, a message, a follow-up.",
		Columns: []NewColumn{
			{Name: "To look at", Kind: Queue, Policy: "Anybody adds. The incident lead orders; nobody starts what is not on top without saying so."},
			{Name: "In hand", Kind: Active, Wip: limit(Reason, 5), Policy: "One name per card, and that person is doing it now. Say what you see every fifteen minutes."},
			{Name: "Watching", Kind: Active, Wip: limit(Warn, 5), Policy: "The change is made; we look at the numbers until we believe them.",
				Checks: []string{"We know which number tells that it worked", "It can be taken back"}},
			{Name: "Settled", Kind: Done, Policy: "It helped, or we know that it did not. Both are worth a line."},
			{Name: "Follow up", Kind: Done, Policy: "Goes to a team's board within two days, with an owner there."},
		},
		SLE:      []TemplateSLE{{"", 1, 85}},
		Expedite: ExpediteView{Mode: Off, Max: 1, Counts: true},
	},
	{
		Key: "simple", Name: "Three columns",
		About: "To do, doing, done. Enough to begin; add what you miss.",
		Columns: []NewColumn{
			{Name: "To do", Kind: Queue, Policy: "Pull from the top."},
			{Name: "Doing", Kind: Active, Wip: limit(Warn, 3), Policy: "Finish one before you start the next."},
			{Name: "Done", Kind: Done},
		},
		SLE:      []TemplateSLE{{"", 10, 85}},
		Expedite: oneExpedite,
	},
}

func templateOf(key string) Template {
	return Templates[max(0, slices.IndexFunc(Templates, func(t Template) bool { return t.Key == key }))]
}

func (t Template) draft() draft {
	d := draft{columns: t.Columns, lanes: t.Lanes, expedite: t.Expedite, categories: DefaultCategories, workItems: t.WorkItems}
	for _, s := range t.SLE {
		d.sles = append(d.sles, SLE(s))
	}
	return d
}
