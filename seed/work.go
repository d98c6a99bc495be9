package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// item is a piece of work before it is a card.
type item struct {
	title, kind, discipline string
	involves, labels        []string
	class, due              string // due in days from creation, "" = none
	text                    string
	todos                   []string
}

type pattern struct {
	form, kind, discipline string
	involves               []string
	label                  string
}

var patterns = []pattern{
	{"Keep %s after a reload", "feature", "development", nil, "resilience"},
	{"Explain what went wrong in %s", "feature", "development", []string{"product"}, "wording"},
	{"Faster first answer from %s", "feature", "development", []string{"operations"}, "speed"},
	{"Show the state of %s to support", "feature", "development", nil, "support"},
	{"Feature flag around %s", "feature", "development", []string{"operations"}, "rollout"},
	{"Wrong total in %s after a retry", "defect", "development", nil, "defect"},
	{"Time-out in %s on slow networks", "defect", "development", []string{"operations"}, "defect"},
	{"Split %s from the old module", "debt", "development", nil, "debt"},
	{"Remove the dead code behind %s", "debt", "development", nil, "debt"},
	{"Alert when %s is slow", "improvement", "operations", []string{"development"}, "alerting"},
	{"Dashboard for %s", "improvement", "operations", nil, "telemetry"},
	{"Runbook for %s", "improvement", "operations", nil, "on call"},
	{"Load test %s before the sale", "risk", "operations", []string{"development"}, "capacity"},
	{"Automate the weekly check of %s", "toil", "operations", nil, "toil"},
	{"Restore drill for %s", "risk", "operations", []string{"security"}, "backup"},
	{"Threat model for %s", "risk", "security", []string{"development"}, "threat model"},
	{"Rate limits on %s", "feature", "security", []string{"development", "operations"}, "abuse"},
	{"Audit trail for %s", "feature", "security", []string{"development"}, "audit"},
	{"Rotate the keys of %s", "toil", "security", []string{"operations"}, "secrets"},
	{"Accessible names in %s", "defect", "quality", []string{"development"}, "access"},
}

// backlog makes the team's work for the weeks: patterns over its own things, each pair once, in a fixed order.
func backlog(c crew, r *rand.Rand) []item {
	var out []item
	for _, p := range patterns {
		for _, thing := range c.things {
			title := fmt.Sprintf(p.form, thing)
			out = append(out, item{title: strings.ToUpper(title[:1]) + title[1:], kind: p.kind, discipline: p.discipline,
				involves: p.involves, labels: []string{p.label}})
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		switch n := r.IntN(100); {
		case n < 8:
			out[i].class, out[i].due = "fixed_date", fmt.Sprint(6+r.IntN(12))
		case n < 14:
			out[i].class = "intangible"
		}
		if r.IntN(100) < 35 {
			out[i].todos = todoLists[r.IntN(len(todoLists))]
		}
		if r.IntN(100) < 40 {
			out[i].text = descriptions[r.IntN(len(descriptions))]
		}
	}
	return out
}

var todoLists = [][]string{
	{"Agree what done means", "Write the test first", "Change the code", "Tell support"},
	{"Find the owner", "Measure before", "Change it", "Measure after"},
	{"Draw the data flow", "List who may see it", "Decide with operations", "Write it down", "Review in two weeks"},
	{"Dashboard", "Alert with a runbook link", "Try it on a Tuesday"},
}

var descriptions = []string{
	"**Why:** support hears about this about twice a week.\n\n**Done when**\n\n- it holds on a phone with a bad connection\n- operations sees it on the dashboard\n- the runbook names it",
	"We have put this off three times. The cost of waiting is a slow page on every sale day.\n\nRollback: switch the flag off; nothing is stored differently.",
	"Agreed with operations in planning: first measure, then decide.\n\n1. measure for a week\n2. bring the numbers to standup\n3. decide",
	"Small on purpose. If it grows, split it.",
}

// checkout is what stands on the Checkout board at the end of the story, told in the order in which it was asked for.
var checkout = []item{
	{title: "Show pending refunds on the receipt", kind: "feature", discipline: "development", labels: []string{"ledger"}},
	{title: "Patch OpenSSL on edge nodes", kind: "risk", discipline: "operations", involves: []string{"security"}, labels: []string{"edge"}},
	{title: "SCIM provisioning for contractors", kind: "feature", discipline: "development", labels: []string{"auth"}},
	{title: "Dashboards show deployments as markers", kind: "improvement", discipline: "operations", involves: []string{"development"}, labels: []string{"telemetry"}},
	{title: "Card numbers never reach the logs", kind: "risk", discipline: "security", involves: []string{"development"}, labels: []string{"privacy"}},
	{title: "Shard the sessions table before the sale", kind: "risk", discipline: "operations", involves: []string{"development"}, labels: []string{"db"}, todos: todoLists[2]},
	{title: "Pen-test finding: open redirect in SSO callback", kind: "defect", discipline: "security", labels: []string{"pen-test"}},
	{title: "Rate limits and lockout on login", kind: "feature", discipline: "security", involves: []string{"development", "operations"}, labels: []string{"auth"}, todos: todoLists[0]},
	{title: "Feature flags survive a region failover", kind: "feature", discipline: "development", involves: []string{"operations"}, labels: []string{"resilience"}},
	{title: "Log retention to 90 days", kind: "toil", discipline: "operations", labels: []string{"audit"}},
	{title: "Retry policy for the payment provider", kind: "feature", discipline: "development", labels: []string{"api"}, todos: todoLists[1]},
	{title: "Audit trail for role changes", kind: "feature", discipline: "development", involves: []string{"security"}, labels: []string{"audit"}},
	{title: "Canary for the fraud scoring service", kind: "improvement", discipline: "operations", labels: []string{"edge"}},
	{title: "Signed images enforced at admission", kind: "risk", discipline: "security", involves: []string{"operations"}, labels: []string{"supply chain"}},
	{title: "One-tap pay with a saved card", kind: "feature", discipline: "development", labels: []string{"api"}, todos: todoLists[0]},
	{title: "Move batch secrets to the vault", kind: "debt", discipline: "security", involves: []string{"operations"}, labels: []string{"secrets"}, todos: todoLists[2]},
	{title: "Rotate provider keys after the sandbox leak", kind: "toil", discipline: "security", involves: []string{"operations"}, labels: []string{"secrets"}, todos: todoLists[3]},
	{title: "Test databases on demand for every branch", kind: "improvement", discipline: "operations", involves: []string{"development"}, labels: []string{"catalogue"}, todos: todoLists[1]},
	{title: "Threat model for provider webhooks", kind: "risk", discipline: "security", involves: []string{"development"}, labels: []string{"liaison"}, todos: todoLists[2]},
	{title: "Session timeout by role", kind: "feature", discipline: "development", labels: []string{"auth"}, todos: todoLists[3]},
	{title: "Refund reasons in the ledger export", kind: "feature", discipline: "development", labels: []string{"ledger"}, text: descriptions[0]},
	{title: "Passkeys for back-office staff", kind: "feature", discipline: "security", involves: []string{"development"}, labels: []string{"auth"}, todos: todoLists[0]},
	{title: "Alert when the settlement file is late", kind: "improvement", discipline: "operations", labels: []string{"alerting"}},
	{title: "Round totals the same way on web and receipt", kind: "defect", discipline: "development", labels: []string{"defect"}},
	{title: "Trim container images below 120 MB", kind: "toil", discipline: "operations", labels: []string{"build time"}},
	{title: "Expire guest baskets after 30 days", kind: "feature", discipline: "development", involves: []string{"security"}, labels: []string{"privacy"}},
}

type cause struct{ category, reason, waits string }

var causes = []cause{
	{"environment", "Test environment is down", "Platform"}, {"deployment", "Waits for the change window", "Change board"},
	{"test", "No anonymised test data yet", "Kai"}, {"review", "Needs a second reviewer", ""}, {"other_team", "Platform has to open the port", "Platform"},
	{"vendor", "Provider has not answered the ticket", "Payment provider"}, {"access", "No access to the staging vault", "Dara"},
	{"decision", "Product decides between two designs", "Hana"}, {"coupling", "Cannot be released without the ledger change", "Payments"},
	{"incident", "Everybody is on the incident", ""}, {"person_away", "The only one who knows it is on leave", ""},
}

var overrides = []string{"The sale starts on Monday", "Nobody is free to finish the other ones today", "Agreed at standup: one more until tomorrow",
	"The fix belongs to what is in review already"}

var returns = []struct{ category, text string }{
	{"incomplete", "No alert yet"}, {"defect", "Totals differ on phones"}, {"incomplete", "Rollback is not described"},
	{"wrong_need", "Support meant something else"}, {"changed_mind", "Later, after the sale"}, {"defect", "Fails with an empty basket"},
}

var remarks = []string{"Paired on this with operations for an hour, it is smaller than we thought.", "The dashboard shows it: p95 went from 900 to 240 ms.",
	"Can we ship this behind the flag first?", "I will write the runbook today.", "Security is fine with it as long as the log keeps no names.",
	"Moved the hard part to a card of its own.", "Tried it on staging, works on a phone too.", "Who knows how the retry is configured?",
	"Reviewed. Two small remarks in the merge request.", "Waiting for the nightly run, then it can go out."}

var incidents = []string{"Checkout 502 on saved cards", "Search answers nothing for logged-in customers", "Payout file was sent twice",
	"Edge certificates expire tonight", "Orders stuck in confirmation", "Queue of webhooks grows"}
