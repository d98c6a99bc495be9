package liaison

import (
	"slices"
	"strconv"
	"strings"

	"trestle/server/calendar"
	"trestle/server/event"
	"trestle/server/store"
)

// about is the subject of every event about a team's patterns, so that their history is found by it.
const about = "patterns"

// told is what an event says of a pattern. Events from before changes were kept have none.
type told struct {
	ID         string  `json:"id"`
	PersonID   string  `json:"personId"`
	Discipline string  `json:"discipline"`
	Pattern    string  `json:"pattern"`
	Was        string  `json:"was,omitempty"`
	Why        string  `json:"why,omitempty"`
	Changes    []Shift `json:"changes,omitempty"`
}

// Shift is one thing that a change changed. A share is a part of a week, a day YYYY-MM-DD; rituals are their kinds with
// the weekdays of each, "standup 1,4; retro".
type Shift struct {
	Field string `json:"field" enum:"pattern,deputy,share,rituals,responseDays,since,reviewOn,exitCriteria,purpose"`
	From  string `json:"from,omitempty" doc:"Absent: there was none"`
	To    string `json:"to,omitempty" doc:"Absent: there is none any more"`
}

// tell writes down what became of a pattern, by whom and why.
func tell(tx *store.Tx, kind string, p *pattern, was, why string, changes []Shift) error {
	data := told{p.ID, p.PersonID, p.Discipline, p.Pattern, was, why, changes}
	if was == p.Pattern {
		data.Was = ""
	}
	_, err := tx.PublishAbout(event.TeamTopic(p.TeamID), kind, about, data)
	return err
}

// fields are what a pattern says, in the order in which it is read.
func (p *pattern) fields() []Shift {
	number := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return []Shift{{Field: "pattern", To: p.Pattern}, {Field: "deputy", To: p.DeputyID}, {Field: "share", To: number(p.Share)}, {Field: "responseDays", To: number(float64(p.ResponseDays))},
		{Field: "since", To: p.Since}, {Field: "reviewOn", To: p.ReviewOn}, {Field: "exitCriteria", To: p.ExitCriteria}, {Field: "purpose", To: p.Purpose}}
}

// shifts are what differs between a pattern before and after; a new one differs from nothing.
func shifts(before, after *pattern) []Shift {
	was := before.fields()
	var out []Shift
	for i, f := range after.fields() {
		if f.From = was[i].To; f.From != f.To {
			out = append(out, f)
		}
	}
	return out
}

// ritualsTold says to which rituals somebody agreed to come, "" to none.
func ritualsTold(all []calendar.NewAgreement) string {
	words := make([]string, len(all))
	for i, a := range all {
		words[i] = a.Kind
		if len(a.Weekdays) > 0 {
			var days []string
			for _, d := range slices.Compact(slices.Sorted(slices.Values(a.Weekdays))) {
				days = append(days, strconv.Itoa(d))
			}
			words[i] += " " + strings.Join(days, ",")
		}
		if a.Every > 1 {
			words[i] += " every " + strconv.Itoa(a.Every)
		}
	}
	slices.Sort(words)
	return strings.Join(words, "; ")
}
