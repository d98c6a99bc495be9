package port

import (
	"slices"
	"strings"
	"unicode"

	"trestle/server/board"
)

// Other tools know no kinds of columns, types of work or disciplines. What follows reads them from names;
// every guess is said in the report.

var queueNames = []string{"backlog", "todo", "to do", "to dos", "todos", "ready", "idea", "ideas", "inbox", "icebox", "wishlist", "wish list",
	"request", "requests", "incoming", "new", "queue", "queued", "planned", "upcoming", "up next", "next", "next up", "later", "someday",
	"not started", "open", "triage", "proposed", "suggestions", "future", "bugs", "selected", "committed", "on deck", "waiting"}

var doneNames = []string{"done", "live", "shipped", "complete", "completed", "finished", "closed", "released", "deployed", "resolved",
	"delivered", "in production", "on production", "accepted", "archive", "archived"}

// words cuts a name into lower-case words, without signs: "Done 🎉" is "done".
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func names(list []string, name string) bool {
	padded := " " + strings.Join(words(name), " ") + " "
	return slices.ContainsFunc(list, func(n string) bool { return strings.Contains(padded, " "+n+" ") })
}

// not is what turns a name's meaning round: "Not done", "Ready to be released", "To be deployed".
var not = []string{"not", "to be", "ready for", "ready to", "waiting for", "before", "nearly", "almost"}

func kindOf(name string) string {
	turned := names(not, name)
	switch {
	case names([]string{"pull request", "pull requests", "merge requests"}, name):
		return board.Active
	case names(doneNames, name) && !turned:
		return board.Done
	case names(queueNames, name) || turned:
		return board.Queue
	}
	return board.Active
}

// guessKinds gives the open columns a kind and finds where work starts and finishes: start is the first
// active column, finish the first done column to its right. The columns are in order; closed ones keep
// what their own name says.
func guessKinds(columns []inColumn) (start, finish string) {
	live := make([]*inColumn, 0, len(columns))
	for i := range columns {
		c := &columns[i]
		c.kind = kindOf(c.name)
		if c.retiredAt == nil {
			live = append(live, c)
		}
	}
	at := slices.IndexFunc(live, func(c *inColumn) bool { return c.kind == board.Active })
	if at >= 0 {
		start = live[at].id
	}
	for i := at + 1; i < len(live); i++ {
		switch {
		case finish != "":
			live[i].kind = board.Done // right of the finish: counted as finished, so called that
		case live[i].kind == board.Done:
			finish = live[i].id
		}
	}
	return start, finish
}

var disciplineNames = map[string][]string{
	"operations":  {"ops", "operations", "devops", "sre", "infra", "infrastructure", "platform", "deployment"},
	"security":    {"security", "appsec", "secops", "compliance"},
	"product":     {"product", "ux", "design", "marketing", "content"},
	"quality":     {"qa", "quality", "testing", "test"},
	"development": {"dev", "development", "frontend", "front end", "backend", "back end", "engineering", "client", "server"},
}

var typeNames = map[string][]string{
	"defect":      {"bug", "bugs", "defect", "defects"},
	"incident":    {"incident", "incidents", "outage"},
	"risk":        {"risk", "risks", "vulnerability"},
	"debt":        {"debt", "technical debt", "tech debt", "refactoring"},
	"toil":        {"toil", "chore", "chores", "maintenance"},
	"improvement": {"improvement", "improvements", "enhancement", "enhancements"},
}

// guessWork reads a card's type and discipline from its labels. Without a hint it is a feature of nobody's.
func guessWork(labels []string) (kind, discipline string) {
	kind, discipline = "feature", "other"
	for _, want := range []string{"incident", "defect", "risk", "debt", "toil", "improvement"} {
		if kind == "feature" && slices.ContainsFunc(labels, func(l string) bool { return names(typeNames[want], l) }) {
			kind = want
		}
	}
	for _, want := range []string{"security", "operations", "quality", "product", "development"} {
		if discipline == "other" && slices.ContainsFunc(labels, func(l string) bool { return names(disciplineNames[want], l) }) {
			discipline = want
		}
	}
	return kind, discipline
}
