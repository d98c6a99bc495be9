package board

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"trestle/server/fault"
	"trestle/server/store"
)

// Check is one named thing that a column asks of a card before it comes in: "Tests are green".
type Check struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// NewCheck is a check to be kept or made; one with the id of a check that the column has keeps it, reworded.
type NewCheck struct {
	ID   string `json:"id,omitempty" required:"false" maxLength:"64"`
	Text string `json:"text" minLength:"1" maxLength:"200"`
}

const maxChecks = 12

// cleanChecks makes a column's checks of what was sent, in the order in which it was sent.
func cleanChecks(at string, old []Check, in []NewCheck) ([]Check, error) {
	if len(in) > maxChecks {
		return nil, fault.Invalid(at, "A column has at most %d checks", maxChecks)
	}
	out := []Check{}
	for _, n := range in {
		text, err := clean(at, "A check", n.Text, 200)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(c Check) bool { return strings.EqualFold(c.Text, text) }) {
			return nil, fault.Invalid(at, "The check “%s” is there twice", text)
		}
		id := store.NewID("chk")
		if n.ID != "" {
			if !slices.ContainsFunc(old, func(c Check) bool { return c.ID == n.ID }) || slices.ContainsFunc(out, func(c Check) bool { return c.ID == n.ID }) {
				return nil, fault.Invalid(at, "The column has no check %q", n.ID)
			}
			id = n.ID
		}
		out = append(out, Check{ID: id, Text: text})
	}
	return out, nil
}

func named(texts []string) []NewCheck {
	var out []NewCheck
	for _, t := range texts {
		out = append(out, NewCheck{Text: t})
	}
	return out
}

// Answers are what a column's checks are answered with when a card enters.
type Answers struct {
	Checks map[string]bool `json:"checks,omitempty" required:"false" doc:"For each check of the column that is met: its id → true"`
	Waive  *Waive          `json:"waive,omitempty" required:"false" doc:"Lets the card in although checks or the checklist are not met. For leads, liaisons and administrators"`
}

// Waive is why checks are passed over; it is kept with the move.
type Waive struct {
	Reason string `json:"reason" maxLength:"2000"`
}

func (a Answers) reason() string {
	if a.Waive == nil {
		return ""
	}
	return strings.TrimSpace(a.Waive.Reason)
}

// answered sorts the checks of a column into those that are met and those that are not.
func (e Entry) answered() (met, open []Check) {
	if !e.Guarded {
		return nil, nil
	}
	for _, c := range e.Column.Checks {
		if e.Answers.Checks[c.ID] {
			met = append(met, c)
		} else {
			open = append(open, c)
		}
	}
	return met, open
}

// askForChecks is the sentence for checks that were not answered.
func askForChecks(column string, open []Check) string {
	if len(open) == 1 {
		return fmt.Sprintf("%s asks one thing of a card that comes in: %s.", column, strings.TrimSuffix(open[0].Text, "."))
	}
	return fmt.Sprintf("%s asks %d things of a card that comes in.", column, len(open))
}

func checksText(checks []Check) string {
	if len(checks) == 0 {
		return "[]"
	}
	raw, _ := json.Marshal(checks)
	return string(raw)
}

func readChecks(text string) ([]Check, error) {
	if text == "[]" || text == "" {
		return nil, nil
	}
	var out []Check
	return out, json.Unmarshal([]byte(text), &out)
}

// What is kept dated of a board's agreements, by subject.
type (
	columnPolicy struct {
		Policy    string      `json:"policy"`
		Checks    []Check     `json:"checks,omitempty"`
		Checklist *ListPolicy `json:"checklist,omitempty"`
	}
	lanePolicy struct {
		Name string `json:"name"`
		Wip  Wip    `json:"wip"`
	}
)

// agreements are a board's present ones, by subject, as they are kept. A column without a policy has none.
func (l *Layout) agreements() map[string]string {
	out := map[string]string{}
	put := func(subject string, v any) {
		raw, _ := json.Marshal(v)
		out[subject] = string(raw)
	}
	for _, c := range l.Columns {
		if c.Policy != "" || len(c.Checks) > 0 || c.Checklist != nil {
			put("column:"+c.ID, columnPolicy{c.Policy, c.Checks, c.Checklist})
		}
	}
	for _, n := range l.Lanes {
		put("lane:"+n.ID, lanePolicy{n.Name, n.Wip})
	}
	put("expedite", ExpediteView{l.ExpediteMode, l.ExpediteMax, l.ExpediteCounts})
	if l.WorkItems != "" {
		put("items", l.WorkItems)
	}
	return out
}

// savePolicies writes a dated version of every agreement that differs from before.
func savePolicies(tx *store.Tx, before, after *Layout) error {
	old := map[string]string{}
	if before != nil {
		old = before.agreements()
	}
	now := after.agreements()
	subjects := map[string]bool{}
	for s := range old {
		subjects[s] = true
	}
	for s := range now {
		subjects[s] = true
	}
	list := make([]string, 0, len(subjects))
	for s := range subjects {
		if old[s] != now[s] {
			list = append(list, s)
		}
	}
	slices.Sort(list)
	for _, s := range list {
		if _, err := tx.Exec("INSERT INTO policy_versions (board_rid, subject, body, actor_id, from_at) VALUES (?,?,?,?,?)",
			after.RID, s, now[s], tx.ActorID, store.Ms(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}
