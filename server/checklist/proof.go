package checklist

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// NewProof is a piece of evidence for an answer.
type NewProof struct {
	Type       string `json:"type" enum:"text,link,diagram,number,date,person,file,auto"`
	Value      string `json:"value,omitempty" required:"false" maxLength:"40000" doc:"Text, an address, Mermaid, a number, a day, an attachment of the card or the checklist, a signal of the card"`
	Unit       string `json:"unit,omitempty" required:"false" maxLength:"40"`
	Label      string `json:"label,omitempty" required:"false" maxLength:"400"`
	PersonID   string `json:"personId,omitempty" required:"false" maxLength:"64"`
	VerifiedOn string `json:"verifiedOn,omitempty" required:"false" maxLength:"10" doc:"When it was last seen to be so, 2026-11-30; today when absent"`
	Drawn      *Drawn `json:"drawn,omitempty" required:"false" doc:"Of a diagram: how large it was when somebody drew it"`
}

// Drawn is how large a diagram is, in CSS pixels: so much room is kept for it before it is drawn again.
type Drawn struct {
	Width  int `json:"width" minimum:"1" maximum:"20000"`
	Height int `json:"height" minimum:"1" maximum:"20000"`
}

const maxDiagram = 20000

var (
	// what stands before a diagram's first line and is the drawer's: front matter, directives and comments
	beforeDiagram = regexp.MustCompile(`^(?s:\s+|---\n.*?\n---[ \t]*(?:\n|$)|%%\{.*?(?:\}%%|$)|%%[^\n]*(?:\n|$))`)
	diagramKind   = regexp.MustCompile(`^(flowchart|graph|sequenceDiagram|stateDiagram(-v2)?|classDiagram(-v2)?|erDiagram)\b`)
	emptyDiagram  = regexp.MustCompile(`^\S+[ \t]*(TB|TD|BT|RL|LR)?(?:[\s;]|%%[^\n]*(?:\n|$))*$`)
)

// drawable says whether the text is of a kind that is drawn, and draws something. Whether all of it can be read, only who draws it knows.
func drawable(source string) bool {
	source = strings.ReplaceAll(strings.ReplaceAll(source, "\r\n", "\n"), "\r", "\n")
	for {
		at := beforeDiagram.FindStringIndex(source)
		if at == nil {
			return diagramKind.MatchString(source) && !emptyDiagram.MatchString(source)
		}
		source = source[at[1]:]
	}
}

// prove checks evidence and says until when all of it is good.
func (c *change) prove(in []NewProof) (out []Proof, expires string, err error) {
	today := c.today(c.tx.Now)
	if len(in) == 0 {
		return nil, c.goodUntil(today), nil
	}
	for _, n := range in {
		p := Proof{Type: n.Type, Value: strings.TrimSpace(n.Value), Unit: text.Line(n.Unit), Label: text.Line(n.Label), VerifiedOn: n.VerifiedOn}
		if utf8.RuneCountInString(p.Unit) > 20 || utf8.RuneCountInString(p.Label) > 200 {
			return nil, "", fault.Invalid("body.evidence", "A unit has at most 20 characters, a label 200")
		}
		if err := c.check(&p, n); err != nil {
			return nil, "", err
		}
		if c.it.TTLDays > 0 && p.VerifiedOn == "" {
			p.VerifiedOn = today
		}
		if p.VerifiedOn != "" {
			if _, err := time.Parse(time.DateOnly, p.VerifiedOn); err != nil || p.VerifiedOn > today {
				return nil, "", fault.Invalid("body.evidence", "Evidence was verified on a day like 2026-11-30, today or before")
			}
			if p.ExpiresOn = c.goodUntil(p.VerifiedOn); p.ExpiresOn != "" && (expires == "" || p.ExpiresOn < expires) {
				expires = p.ExpiresOn
			}
		}
		out = append(out, p)
	}
	return out, expires, nil
}

// goodUntil is the last day on which what was verified on a day is good, "" for ever.
func (c *change) goodUntil(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || c.it.TTLDays == 0 {
		return ""
	}
	return at.AddDate(0, 0, c.it.TTLDays).Format(time.DateOnly)
}

func (c *change) check(p *Proof, n NewProof) error {
	wrong := func(sentence string) error { return fault.Invalid("body.evidence", "%s", sentence) }
	size := utf8.RuneCountInString(p.Value)
	if p.Type != "person" && size == 0 {
		return wrong("Evidence is missing its value")
	}
	switch p.Type {
	case "text":
		if size > 4000 {
			return wrong("Evidence in words has at most 4000 characters")
		}
	case "link":
		u, err := url.Parse(p.Value)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || size > 2000 {
			return wrong("An address begins with https://")
		}
	case "diagram":
		if size > maxDiagram {
			return wrong("A diagram has at most 20000 characters")
		}
		if !drawable(p.Value) {
			return wrong("The first line of a diagram says what is drawn: flowchart, sequenceDiagram, stateDiagram-v2, classDiagram or erDiagram; the next ones draw it")
		}
		p.Drawn = n.Drawn
	case "number":
		p.Value = strings.Replace(p.Value, ",", ".", 1)
		if _, err := strconv.ParseFloat(p.Value, 64); err != nil || size > 40 || strings.ContainsAny(p.Value, "xXpP_nN") {
			return wrong("A number looks like 420 or 99.9")
		}
		if p.Unit == "" {
			p.Unit = c.it.Unit
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, p.Value); err != nil {
			return wrong("A day looks like 2026-11-30")
		}
		if c.it.TTLDays > 0 && p.VerifiedOn == "" && p.Value <= c.today(c.tx.Now) {
			p.VerifiedOn = p.Value // the date of a drill is when it was seen to work
		}
	case "person":
		found, err := account.PeopleByID(c.tx.Query, []string{n.PersonID})
		if err != nil {
			return err
		}
		if who, ok := found[n.PersonID]; !ok || !who.Active {
			return wrong("Choose a person who is here")
		}
		p.PersonID, p.Value = n.PersonID, ""
	case "file":
		found, err := c.tx.Row([]any{&p.Label}, "SELECT name FROM attachments WHERE id = ? AND (card_rid = ? OR checklist_rid = ?) AND removed_at IS NULL", p.Value, c.CardRID, c.RID)
		if err == nil && !found {
			err = wrong("Choose a file that is attached to the card or to this checklist")
		}
		return err
	case "auto":
		return c.fact(p)
	default:
		return wrong("There is no such kind of evidence")
	}
	return nil
}

// fact takes over what a signal on the card says now.
func (c *change) fact(p *Proof) error {
	if c.CardRID == nil {
		return fault.Invalid("body.evidence", "Signals stand on a card, and this checklist is not about one")
	}
	var state, says string
	var at int64
	found, err := c.tx.Row([]any{&state, &says, &at}, "SELECT state, text, at FROM signals WHERE card_rid = ? AND key = ?", *c.CardRID, p.Value)
	if err == nil && !found {
		err = fault.Invalid("body.evidence", "The card has no signal %.40q", p.Value)
	}
	p.Label, p.VerifiedOn = state+": "+says, store.At(at).Format(time.DateOnly)
	if today := c.today(c.tx.Now); p.VerifiedOn > today {
		p.VerifiedOn = today
	}
	return err
}
