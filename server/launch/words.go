package launch

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/checklist"
)

// Which items of a checklist ask what a plan says. A template of a team's own may lack some.
var asked = []struct{ section, item string }{{"stages", "L2"}, {"stopRules", "L3"}, {"rollback", "L4"}, {"watchers", "L5"}}

// LaunchAsks is an item of the checklist that asks what a section of the plan says: how it is answered, and how the plan
// would answer it.
type LaunchAsks struct {
	Section string               `json:"section" enum:"stages,stopRules,rollback,watchers"`
	Item    checklist.Item       `json:"item"`
	Fill    *checklist.NewAnswer `json:"fill,omitempty" doc:"The answer that the plan gives, to be put into the checklist; absent while the plan says nothing"`
	Same    bool                 `json:"same" doc:"The checklist says what the plan says"`
}

// fill is how a plan answers an item, nil while it says nothing of it.
func (p Plan) fill(section string) *checklist.NewAnswer {
	a := &checklist.NewAnswer{}
	var lines []string
	switch section {
	case "stages":
		for i, st := range p.Stages {
			line := fmt.Sprintf("%d. %s, %s %%", i+1, st.Name, number(st.Share))
			if st.HoldHours > 0 {
				line += ", held for " + hours(st.HoldHours)
			}
			if st.GoesOn != "" {
				line += ", goes on when: " + st.GoesOn
			}
			lines = append(lines, line)
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "number", Value: number(st.Share), Unit: "%", Label: st.Name})
		}
	case "stopRules":
		for _, r := range p.StopRules {
			lines = append(lines, fmt.Sprintf("%s: %s. %s, within %d min", r.Signal, r.Threshold, names(r.People), r.Within))
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "number", Value: strconv.Itoa(r.Within), Unit: "min", Label: r.Signal})
			for _, who := range r.People {
				a.Evidence = append(a.Evidence, checklist.NewProof{Type: "person", PersonID: who.ID})
			}
		}
	case "rollback":
		r := p.Rollback
		if r.Steps == "" {
			return nil
		}
		lines = append(lines, r.Steps)
		if r.NoReturnAfter != "" {
			lines = append(lines, "No way back after: "+r.NoReturnAfter)
		}
		if r.Link != "" {
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "link", Value: r.Link})
		}
		if r.Minutes > 0 {
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "number", Value: strconv.Itoa(r.Minutes), Unit: "min"})
		}
		if r.LastTried != "" {
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "date", Value: r.LastTried, Label: "last tried"})
		}
	case "watchers":
		for _, w := range p.Watchers {
			if w.Person == nil {
				continue
			}
			line := fmt.Sprintf("%s, %s", w.Person.Name, w.Person.Discipline)
			if w.Where != "" {
				line += ", " + w.Where
			}
			if w.Hours > 0 {
				line += ", for " + hours(float64(w.Hours))
			}
			lines = append(lines, line)
			a.Evidence = append(a.Evidence, checklist.NewProof{Type: "person", PersonID: w.PersonID})
		}
	}
	if len(lines) == 0 {
		return nil
	}
	a.Text = strings.Join(lines, "\n")
	if len(a.Evidence) > 20 {
		a.Evidence = a.Evidence[:20]
	}
	return a
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// hours is "24 h", "3 d".
func hours(x float64) string {
	if x >= 48 && x == float64(int(x)) && int(x)%24 == 0 {
		return number(x/24) + " d"
	}
	return number(x) + " h"
}

// longWords is how much is left, "12 h", "35 min"; "3 d" from two days on.
func longWords(d time.Duration) string {
	switch {
	case d < time.Hour:
		return strconv.Itoa(max(1, int((d+time.Minute-1)/time.Minute))) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Round(time.Hour)/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d.Round(24*time.Hour)/(24*time.Hour))) + " d"
}

// earlyWords say that a stage was left so many minutes before its hold had ended.
func earlyWords(minutes int) string {
	return longWords(time.Duration(minutes)*time.Minute) + " before its hold had ended"
}

// despite is what speaks against a step, in words.
func despite(blocking int, freezes []string) string {
	var out []string
	switch {
	case blocking == 1:
		out = append(out, "one question of its checklist blocks")
	case blocking > 1:
		out = append(out, strconv.Itoa(blocking)+" questions of its checklist block")
	}
	for _, f := range freezes {
		out = append(out, "today lies in the freeze “"+f+"”")
	}
	return strings.Join(out, ", and ")
}

// words are what was said with a step, what stood against it, and why it did not wait.
func (x *told) words() string {
	var out []string
	if x.Said != "" {
		out = append(out, x.Said)
	}
	if x.Early > 0 {
		out = append(out, earlyWords(x.Early)+": "+x.Why)
	}
	if len(x.Freezes) > 0 {
		out = append(out, "in the freeze “"+strings.Join(x.Freezes, "”, “")+"”")
	}
	return strings.Join(out, "; ")
}

func names(people []account.Person) string {
	var out []string
	for _, p := range people {
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}

// askedOf finds in a checklist what the plan can answer.
func askedOf(v checklist.View, p Plan) []LaunchAsks {
	out := []LaunchAsks{}
	for _, x := range asked {
		for _, t := range v.Topics {
			for _, it := range t.Items {
				if it.Key != x.item || t.Key != "launch" {
					continue
				}
				it.Opened = nil
				a := LaunchAsks{Section: x.section, Item: it, Fill: p.fill(x.section)}
				if a.Fill != nil {
					a.Fill.Base = it.Rev
					a.Same = same(a.Fill, it)
				}
				out = append(out, a)
			}
		}
	}
	return out
}

// same says whether an item is answered as the plan would.
func same(a *checklist.NewAnswer, it checklist.Item) bool {
	if strings.TrimSpace(a.Text) != it.Text || len(a.Evidence) != len(it.Proof) {
		return false
	}
	for i, e := range a.Evidence {
		if p := it.Proof[i]; p.Type != e.Type || p.Value != e.Value || p.PersonID != e.PersonID {
			return false
		}
	}
	return true
}
