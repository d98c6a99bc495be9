package port

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// recorded is what an event of any of these kinds may say.
type recorded struct {
	Items []struct {
		Key, Question, State, Text string
		Proof                      []struct{ Type, Value, Unit, Label, PersonID, VerifiedOn string }
		ExplainedBy                *struct{ Person struct{ Name string } }
		NA, Without                *struct{ Text string }
		UnderstoodBy               *struct{ For *struct{ Name string } }
		Asked                      *struct {
			Text string
			For  *struct{ Name string }
		}
		Gap *struct {
			Until, Why string
			Card       *struct{ Key string }
		}
	}
	Head *struct {
		Level, Phase, LaunchOn string
		Blocking               int
	}
	Said, Why, State, Stage, Title, From, To string
	Discipline, Pattern, Was, PersonID       string
	Name, Did, Item, LeaveID, LaunchOn, ID   string
	Number, Blocking, EarlyMinutes           int
	Freezes                                  []string
	Criticality, Pages, Skill                *int
	Withdrawn                                bool
	Changes                                  []struct{ Field, From, To string }
	Person                                   *struct{ Name string }
	Liaison                                  *struct {
		Person     struct{ Name string }
		Discipline string
	}
}

// tell fills in what the record says; false: nothing that an auditor asks for. What was erased on request says nothing
// any more.
func (l *AuditLine) tell(data, column, more string, n auditNames) bool {
	people := n.people
	switch {
	case strings.HasSuffix(l.Kind, ".waived"), l.Kind == "checklist.admitted": // of the card's entries
		l.Why, l.State, l.Question = data, "let into "+column, more
		return true
	case l.Kind == "entry.changed":
		now, was := policyOf(data), policyOf(more)
		l.About, l.State = l.About+", "+column, "asks for "+now
		if now == "" {
			l.State = "asks for no checklist"
		}
		if was != "" {
			l.Why = "was " + was
		}
		return now != was
	}
	var r recorded
	if json.Unmarshal([]byte(data), &r) != nil {
		return true
	}
	var why []string
	say := func(words ...string) {
		if s := strings.TrimSpace(strings.Join(words, " ")); s != "" && words[len(words)-1] != "" {
			why = append(why, s)
		}
	}
	kind, _, _ := strings.Cut(l.Kind, ".")
	switch kind {
	case "checklist":
		if len(r.Items) > 0 {
			it := r.Items[0]
			l.Item, l.Question, l.State = it.Key, it.Question, it.State
			switch l.Kind {
			case "checklist.pushed_back":
				if it.Asked != nil {
					say(it.Asked.Text)
					if it.Asked.For != nil {
						say("standing in for", it.Asked.For.Name)
					}
				}
			case "checklist.gap_accepted":
				if it.Gap != nil {
					say(it.Gap.Why)
					say("until", it.Gap.Until)
					if it.Gap.Card != nil {
						say("followed up by", it.Gap.Card.Key)
					}
				}
			case "checklist.understood", "checklist.confirmed":
				if by := it.UnderstoodBy; by != nil && by.For != nil {
					say("standing in for", by.For.Name)
				}
				if it.Without != nil {
					say("without the evidence that is asked for:", it.Without.Text)
				}
			case "checklist.not_applicable":
				if it.NA != nil {
					say(it.NA.Text)
				}
			default:
				say(it.Text)
				if it.ExplainedBy != nil && it.ExplainedBy.Person.Name != l.By {
					say("explained by", it.ExplainedBy.Person.Name)
				}
			}
			var proof []string
			for _, p := range it.Proof {
				proof = append(proof, strings.Join(strings.Fields(strings.Join([]string{p.Type, p.Label, p.Value, p.Unit, people[p.PersonID].name, p.VerifiedOn}, " ")), " "))
			}
			l.Evidence = strings.Join(proof, "; ")
		} else if r.Head != nil {
			l.State = strings.TrimSpace(r.Head.Level + ", " + r.Head.Phase + " " + r.Head.LaunchOn)
			say("blocking", strconv.Itoa(r.Head.Blocking))
		}
		say(r.Said)
	case "launch":
		l.State = r.State
		say("stage", r.Stage)
		say(r.Said)
		if r.EarlyMinutes > 0 {
			say(strconv.Itoa(r.EarlyMinutes)+" min before the hold had ended:", r.Why)
		}
		if r.Blocking > 0 {
			say("blocking", strconv.Itoa(r.Blocking))
		}
		for _, f := range r.Freezes {
			say("in the freeze", f)
		}
	case "freeze":
		l.About, l.State = r.Title, strings.Trim(r.From+" to "+r.To, " to")
		say(r.Why)
	case "service":
		l.About, l.State = r.Name, r.Did
		for _, c := range r.Changes {
			say(serviceWords(c.Field, c.From, c.To, r.Did == "added"))
		}
	case "checklist_templates":
		if r.Did == "drafted" {
			return false
		}
		l.About, l.State, l.Item = r.Name, r.Did, r.Item
		if r.Number > 0 {
			l.State += " version " + strconv.Itoa(r.Number)
		}
		if r.Did == "proposed" || r.Did == "declined" {
			l.Item, l.Question = "", r.Item
		}
		if r.Did == "renamed" {
			say("was", r.Said)
		} else {
			say(r.Said)
		}
	case "leaves":
		l.About, l.State = people[r.PersonID].name, strings.TrimSpace("away "+n.leaves[r.LeaveID])
		if r.Withdrawn {
			l.State += ", taken back"
		}
	case "calendar":
		a := n.agreements[r.ID]
		l.About, l.State = people[a.personID].name, strings.TrimSpace(r.Did+" "+a.discipline+" "+a.kind)
		say("on", weekdayWords(a.days))
	case "needs":
		for _, x := range []struct {
			name string
			n    *int
		}{{"criticality", r.Criticality}, {"pages a week", r.Pages}, {"skill", r.Skill}} {
			if x.n != nil {
				say(x.name, strconv.Itoa(*x.n))
			}
		}
		say("next launch", r.LaunchOn)
	default: // patterns and liaisons
		l.About, l.State = people[r.PersonID].name, strings.TrimSpace(r.Discipline+" "+r.Pattern)
		if r.Person != nil {
			l.About = r.Person.Name
		}
		if r.Liaison != nil {
			l.About, l.State = r.Liaison.Person.Name, r.Liaison.Discipline
		}
		if len(r.Changes) == 0 { // it was not kept what changed
			say("was", r.Was)
		}
		for _, c := range r.Changes {
			say(contractWords(c.Field, c.From, c.To, l.Kind == "pattern.set", people))
		}
		say(r.Why)
	}
	l.Why = strings.Join(why, "; ")
	return true
}

// serviceFields and serviceValues are what a service says of itself, in words.
var (
	serviceFields = map[string]string{"operatingModel": "operating model", "operatingModelWhy": "why it is run so"}
	serviceValues = map[string]string{"digital": "digital service", "cots": "COTS application", "foundational": "foundational system",
		"operatingModel team": "you build it, you run it", "operatingModel operations": "operations runs it"}
)

// serviceWords say what a change of a service changed, with its reason; of a new one what it begins with.
func serviceWords(field, from, to string, fresh bool) string {
	word := func(v string) string {
		for _, key := range []string{field + " " + v, v} {
			if w, ok := serviceValues[key]; ok && (field == "kind" || field == "operatingModel") {
				return w
			}
		}
		return v
	}
	name := field
	if w, ok := serviceFields[field]; ok {
		name = w
	}
	switch {
	case from+to == "":
		return name
	case fresh && field == "operatingModelWhy":
		return name + ": " + to
	case fresh:
		return name + " " + word(to)
	case from == "":
		return name + ", not said before: " + strconv.Quote(word(to))
	}
	return name + " from " + strconv.Quote(word(from)) + " to " + strconv.Quote(word(to))
}

// contractWords say what a change of a pattern changed, "share 40 % to 50 %"; of a new one what it begins with.
func contractWords(field, from, to string, fresh bool, people map[string]somebody) string {
	if fresh && field == "pattern" {
		return "" // the line says it already
	}
	name, value := field, func(v string) string { return v }
	switch field {
	case "deputy":
		value = func(id string) string { return people[id].name }
	case "share":
		value = func(v string) string {
			f, _ := strconv.ParseFloat(v, 64)
			return strconv.FormatFloat(math.Round(1000*f)/10, 'f', -1, 64) + " %"
		}
	case "responseDays":
		name, value = "answers within", func(v string) string {
			if v == "1" {
				return "1 day"
			}
			return v + " days"
		}
	case "reviewOn":
		name = "looked at again"
	case "rituals":
		name, value = "comes to", ritualWords
	case "exitCriteria":
		name, value = "exit criteria", strconv.Quote
	case "purpose":
		value = strconv.Quote
	}
	say := func(v string) string {
		if v != "" {
			return value(v)
		}
		if field == "deputy" {
			return "nobody"
		}
		return "nothing"
	}
	switch {
	case fresh:
		return name + " " + say(to)
	case field == "rituals" && to == "":
		return "comes no more to " + say(from)
	}
	return name + " " + say(from) + " to " + say(to)
}

// ritualWords is "standup on Monday, Thursday and retro" of "standup 1,4; retro".
func ritualWords(told string) string {
	var out []string
	for _, r := range strings.Split(told, "; ") {
		parts := strings.Fields(r)
		for i, w := range parts {
			switch {
			case i == 0:
				parts[i] = strings.ReplaceAll(w, "_", " ")
			case w[0] >= '1' && w[0] <= '9' && parts[i-1] != "every":
				parts[i] = "on " + weekdayWords(w)
			case parts[i-1] == "every":
				parts[i] = w + " weeks"
			}
		}
		out = append(out, strings.Join(parts, " "))
	}
	return strings.Join(out, " and ")
}

// weekdayWords is "Monday, Wednesday" of "1,3".
func weekdayWords(days string) string {
	var out []string
	for _, d := range strings.Split(days, ",") {
		if n, err := strconv.Atoi(d); err == nil {
			out = append(out, time.Weekday(n%7).String())
		}
	}
	return strings.Join(out, ", ")
}
