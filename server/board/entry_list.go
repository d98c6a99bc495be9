package board

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
)

// ListPolicy is the liaison checklist that a column asks of a card that comes in: one of the card's own whose items up
// to a phase, at a level at least, do not block.
type ListPolicy struct {
	TemplateID string `json:"templateId,omitempty" doc:"Of this template; absent = whichever the card has"`
	Template   string `json:"template,omitempty" doc:"What that template was called when it was chosen"`
	Level      string `json:"level" enum:"light,standard,critical" doc:"At least"`
	Phase      string `json:"phase" enum:"design,pre_prod,post_launch" doc:"What is to be answered until then"`
}

// NewListPolicy is a ListPolicy to be set.
type NewListPolicy struct {
	TemplateID string `json:"templateId,omitempty" required:"false" maxLength:"64" doc:"Of the organisation or of the board's team; whichever the card has when absent"`
	Level      string `json:"level" enum:"light,standard,critical"`
	Phase      string `json:"phase" enum:"design,pre_prod,post_launch"`
}

// Lists is what this room asks the room of liaison checklists, which comes after it.
type Lists interface {
	// TemplateName is what a template is called that a team may use, "" when there is none.
	TemplateName(q *store.Query, teamID, templateID string) (string, error)
}

// UseLists introduces the room of liaison checklists.
func (s *Service) UseLists(l Lists) { s.lists = l }

// Items of a card's checklist that are told of at most.
const ListedMost = 20

// Listed is how a card's own checklist stands against what a column asks.
type Listed struct {
	ID       string       `json:"id,omitempty" doc:"The card's checklist; absent when it has none, or not for the viewer"`
	Template string       `json:"template,omitempty" doc:"Of which it is"`
	Other    bool         `json:"other,omitempty" doc:"The column asks for another template's"`
	Level    string       `json:"level,omitempty" doc:"Its own"`
	Phase    string       `json:"phase,omitempty" doc:"Its own, at which its page counts"`
	Blocking int          `json:"blocking" doc:"How many items block"`
	Items    []ListedItem `json:"items" doc:"The first 20 of them"`
	Excused  *Excused     `json:"excused,omitempty" doc:"What is asked and counts although nobody understood an answer"`
	None     bool         `json:"-"`
}

// Excused are the questions that are asked and count although nobody understood an answer: somebody said that they do
// not apply, or accepted the gap until a day.
type Excused struct {
	NA   []string      `json:"na,omitempty" doc:"Keys of the items that were said not to apply"`
	Gaps []AcceptedGap `json:"gaps,omitempty"`
}

// AcceptedGap is an item whose gap is accepted.
type AcceptedGap struct {
	Key   string `json:"key"`
	Until string `json:"until" doc:"The last day"`
}

// Or is x, nil when there is nothing in it.
func (x *Excused) Or() *Excused {
	if len(x.NA)+len(x.Gaps) == 0 {
		return nil
	}
	return x
}

// excusedNamed is how many keys are named in words; all are in the event.
const excusedNamed = 8

// Says is "2 do not apply (D1, F3), 1 gap accepted until 3 Dec 2026 (O5)", "" of nothing.
func (x *Excused) Says() string {
	if x == nil {
		return ""
	}
	var parts []string
	if n := len(x.NA); n == 1 {
		parts = append(parts, "1 does not apply"+keyed(x.NA))
	} else if n > 1 {
		parts = append(parts, fmt.Sprintf("%d do not apply%s", n, keyed(x.NA)))
	}
	if n := len(x.Gaps); n > 0 {
		first, keys := x.Gaps[0].Until, []string{}
		for _, g := range x.Gaps {
			first, keys = min(first, g.Until), append(keys, g.Key)
		}
		if at, err := time.Parse(time.DateOnly, first); err == nil {
			first = at.Format("2 Jan 2006")
		}
		if n == 1 {
			parts = append(parts, "1 gap accepted until "+first+keyed(keys))
		} else {
			parts = append(parts, fmt.Sprintf("%d gaps accepted, the first until %s%s", n, first, keyed(keys)))
		}
	}
	return strings.Join(parts, ", ")
}

func keyed(keys []string) string {
	if more := len(keys) - excusedNamed; more > 0 {
		return fmt.Sprintf(" (%s and %d more)", strings.Join(keys[:excusedNamed], ", "), more)
	}
	return " (" + strings.Join(keys, ", ") + ")"
}

// ListedItem is one item that blocks.
type ListedItem struct {
	Topic    string   `json:"topic" doc:"The topic's name"`
	Key      string   `json:"key"`
	Question string   `json:"question"`
	Why      string   `json:"why" enum:"to_answer,to_understand,pushed_back,to_confirm,gap_over,stale"`
	Services []string `json:"services,omitempty" doc:"Whose answers do not count, for an item that services answer"`
}

// hide leaves out what only those may read who see the card's board.
func (l *Listed) hide() {
	*l = Listed{Blocking: l.Blocking, None: l.None, Other: l.Other, Items: []ListedItem{}}
}

// KeptList is what is kept of a checklist with an entry.
type KeptList struct {
	ID       string `json:"-"`
	None     bool   `json:"none,omitempty" doc:"There was none"`
	Level    string `json:"level"`
	Phase    string `json:"phase"`
	Blocking int    `json:"blocking"`

	Excused *Excused `json:"excused,omitempty"`
}

// ListCheck stands for a column's checklist among what was said to its checks.
const ListCheck = "checklist"

// Says is the policy as a check reads.
func (p *ListPolicy) Says() string {
	name := ""
	if p.Template != "" {
		name = " “" + p.Template + "”"
	}
	return fmt.Sprintf("the liaison checklist%s at level %s, %s", name, p.Level, phaseWords[p.Phase])
}

var phaseWords = map[string]string{"design": "the questions of the design", "pre_prod": "all questions up to production", "post_launch": "all questions"}

// Says is what is kept of a checklist, as it is told.
func (k KeptList) Says() string {
	text := "liaison checklist at level " + k.Level + ", " + phaseWords[k.Phase]
	switch {
	case k.None:
		return text + ": none yet"
	}
	var how []string
	if k.Blocking > 0 {
		how = append(how, fmt.Sprintf("%d open", k.Blocking))
	}
	if says := k.Excused.Says(); says != "" {
		how = append(how, says)
	}
	if len(how) > 0 {
		text += ": " + strings.Join(how, ", ")
	}
	return text
}

// refuses is the code and the sentence with which a column does not let such a card in, "" when it does.
func (e Entry) refuses(is Listed) (code, sentence string) {
	asks := e.Column.Checklist
	switch {
	case is.None:
		return "checklist_required", fmt.Sprintf("%s asks for %s. This card has no checklist yet.", e.Column.Name, asks.Says())
	case is.Other:
		return "checklist_required", fmt.Sprintf("%s asks for %s. This card has one of another template: “%s”.", e.Column.Name, asks.Says(), is.Template)
	case is.Blocking == 1:
		return "checklist_open", fmt.Sprintf("%s asks for %s. 1 of this card's is open.", e.Column.Name, asks.Says())
	case is.Blocking > 1:
		return "checklist_open", fmt.Sprintf("%s asks for %s. %d of this card's are open.", e.Column.Name, asks.Says(), is.Blocking)
	}
	return "", ""
}

// listed reads how the card's checklist stands where the column asks for one: what is kept of it, and the code with
// which it refuses.
func (e Entry) listed() (list *KeptList, is Listed, code string, err error) {
	if e.List == nil || e.Column.Checklist == nil {
		return nil, is, "", nil
	}
	if is, err = e.List(); err != nil {
		return nil, is, "", err
	}
	code, _ = e.refuses(is)
	return &KeptList{is.ID, is.None || is.Other, e.Column.Checklist.Level, e.Column.Checklist.Phase, is.Blocking, is.Excused}, is, code, nil
}

// listPolicy makes a column's policy of what was sent.
func (s *Service) listPolicy(q *store.Query, teamID string, n *NewListPolicy) (*ListPolicy, error) {
	if n == nil {
		return nil, nil
	}
	p := &ListPolicy{TemplateID: n.TemplateID, Level: n.Level, Phase: n.Phase}
	if p.Level != "light" && p.Level != "standard" && p.Level != "critical" {
		return nil, fault.Invalid("body.checklist.level", "A checklist's level is light, standard or critical")
	}
	if phaseWords[p.Phase] == "" {
		return nil, fault.Invalid("body.checklist.phase", "A checklist's phase is design, pre_prod or post_launch")
	}
	if p.TemplateID == "" {
		return p, nil
	}
	var err error
	if s.lists != nil {
		p.Template, err = s.lists.TemplateName(q, teamID, p.TemplateID)
	}
	if err == nil && p.Template == "" {
		err = fault.Invalid("body.checklist.templateId", "Choose a template of the organisation or of this team, of which a version was published")
	}
	return p, err
}

// forTeam is the policy on another team's board: a template that is not theirs is left out.
func (s *Service) forTeam(q *store.Query, teamID string, p *ListPolicy) (*ListPolicy, error) {
	if p == nil || p.TemplateID == "" {
		return p, nil
	}
	n := &NewListPolicy{TemplateID: p.TemplateID, Level: p.Level, Phase: p.Phase}
	out, err := s.listPolicy(q, teamID, n)
	if fault.Is(err, "invalid") {
		n.TemplateID = ""
		return s.listPolicy(q, teamID, n)
	}
	return out, err
}

func listText(p *ListPolicy) string {
	if p == nil {
		return ""
	}
	raw, _ := json.Marshal(p)
	return string(raw)
}

func readList(text string) (*ListPolicy, error) {
	if text == "" {
		return nil, nil
	}
	p := &ListPolicy{}
	return p, json.Unmarshal([]byte(text), p)
}
