package card

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/text"
)

// Disciplines, types and classes in the order in which they are offered.
var (
	Disciplines = []string{"development", "operations", "security", "product", "quality", "other"}
	Types       = []string{"feature", "defect", "incident", "risk", "debt", "toil", "improvement", "ask"}
)

// ReturnCategories say why a card moves backwards; they make %C/A measurable.
var ReturnCategories = []string{"incomplete", "defect", "wrong_need", "changed_mind", "other"}

const (
	maxTitle       = 300
	maxDescription = 100_000
	maxLabels      = 30
	maxOwners      = 20
	maxReason      = 2000
	// MaxSize is the largest size that a card can have.
	MaxSize = 100_000
)

// Card is a card with its place on its own board.
type Card struct {
	RID, BoardRID     int64
	ID, BoardID, Key  string
	Title             string
	Description       string
	Type, Discipline  string
	Involves          []string
	Class             string
	Labels            []string
	DueOn             string // "2026-11-30" or ""
	Size              *float64
	Version           int64
	Fields            map[string]int64 // the version at which each field last changed
	Face              Derived
	CreatedBy         string
	CreatedAt         time.Time
	Clock             board.Clock
	ArchivedAt        *int64
	HistoryIncomplete bool
	ParentRID         *int64
	Place             Place
}

// Place is where a card stands on one board.
type Place struct {
	ColumnRID int64
	LaneRID   *int64
	Pos       string
	EnteredAt int64
	Archived  bool
}

// Derived is what the face shows of the tables beside the card; it is kept with the card and rewritten
// from them in the same transaction, so that a board of thousands of cards is one read.
type Derived struct {
	OwnerIDs []string      `json:"o,omitempty"`
	Blockers []BlockerFace `json:"b,omitempty"`
	Signals  []SignalFace  `json:"s,omitempty"`
	Todo     *Progress     `json:"t,omitempty"`
	Comments int           `json:"c,omitempty"`
	// Attachments counts those that were not removed.
	Attachments int      `json:"n,omitempty"`
	Mirrored    bool     `json:"m,omitempty"`
	Ask         *AskFace `json:"a,omitempty"`

	Parent   *Parent           `json:"p,omitempty"`
	Children *Children         `json:"k,omitempty"`
	Links    int               `json:"l,omitempty"`
	Fields   map[string]string `json:"f,omitempty"` // of the fields that the face shows
	Watchers []string          `json:"w,omitempty"` // who hears of changes; not on the face
}

// AskFace is what the board shows of an ask: who wants it, for which team, and how it stands between them.
type AskFace struct {
	ID          string      `json:"id"`
	ByPersonID  string      `json:"byPersonId"`
	ByName      string      `json:"byName"`
	FromTeamKey string      `json:"fromTeamKey,omitempty"`
	State       string      `json:"state" enum:"raised,questioned,accepted,declined,withdrawn"`
	Times       []time.Time `json:"times,omitempty" doc:"Proposed to sit together, to take one"`
	Taken       *time.Time  `json:"taken,omitempty" doc:"When they sit together"`
}

// open says whether the ask waits for an answer, of the team or of who asked.
func (a *AskFace) open() bool { return a != nil && (a.State == "raised" || a.State == "questioned") }

// BlockerFace is an open blocker as the board shows it.
type BlockerFace struct {
	ID         string    `json:"id"`
	Category   string    `json:"category"`
	Reason     string    `json:"reason"`
	WaitingFor string    `json:"waitingFor,omitempty"`
	OpenedAt   time.Time `json:"openedAt"`
	RaisedTo   string    `json:"raisedTo,omitempty" doc:"The person who was asked to see to it"`
	PromisedOn string    `json:"promisedOn,omitempty" doc:"The day by which they said they would, 2026-11-30"`
	BlockedBy  *CardRef  `json:"blockedBy,omitempty" doc:"The card that is waited for"`
}

// SignalFace is a chip that a pipeline set; it is grey after ExpiresAt.
type SignalFace struct {
	Key       string     `json:"key"`
	State     string     `json:"state" enum:"ok,running,failed,info"`
	Text      string     `json:"text"`
	URL       string     `json:"url,omitempty"`
	At        time.Time  `json:"at"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty"`
}

// Progress counts to-do items.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// oneLine folds white space and drops what no reader can see: control characters, and the signs that turn the
// direction of the text around them.
func oneLine(s string) string { return text.Line(s) }

func cleanTitle(s string) (string, error) {
	s = oneLine(s)
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", fault.Invalid("body.title", "A card needs a title")
	case n > maxTitle:
		return "", fault.Invalid("body.title", "A title has at most %d characters", maxTitle)
	}
	return s, nil
}

func oneOf(at, what, value string, list []string) error {
	if !slices.Contains(list, value) {
		return fault.Invalid(at, "%s is one of %s", what, strings.Join(list, ", "))
	}
	return nil
}

// cleanInvolves drops doubles and the leading discipline, and keeps the offered order.
func cleanInvolves(leading string, in []string) ([]string, error) {
	out := []string{}
	for _, d := range in {
		if err := oneOf("body.involves", "A discipline", d, Disciplines); err != nil {
			return nil, err
		}
	}
	for _, d := range Disciplines {
		if d != leading && slices.Contains(in, d) {
			out = append(out, d)
		}
	}
	return out, nil
}

func cleanLabels(in []string) ([]string, error) {
	out := []string{}
	for _, l := range in {
		l = oneLine(l)
		if l == "" || slices.Contains(out, l) {
			continue
		}
		if utf8.RuneCountInString(l) > 50 {
			return nil, fault.Invalid("body.labels", "A label has at most 50 characters")
		}
		out = append(out, l)
	}
	if len(out) > maxLabels {
		return nil, fault.Invalid("body.labels", "A card has at most %d labels", maxLabels)
	}
	return out, nil
}

func checkDue(s string) error {
	if s == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fault.Invalid("body.dueOn", "A due date looks like 2026-11-30")
	}
	return nil
}

func cleanText(at, what, s string, max int) (string, error) {
	s = strings.TrimSpace(s)
	if text.Line(s) == "" {
		return "", fault.Invalid(at, "%s is missing", what)
	}
	if utf8.RuneCountInString(s) > max {
		return "", fault.Invalid(at, "%s has at most %d characters", what, max)
	}
	return s, nil
}

// touch raises the card's version and notes which fields changed with it.
func (c *Card) touch(fields ...string) {
	c.Version++
	if c.Fields == nil {
		c.Fields = map[string]int64{}
	}
	for _, f := range fields {
		c.Fields[f] = c.Version
	}
}

// staleSince gives those of the fields that changed after the version the writer knew.
func (c *Card) staleSince(version *int64, fields ...string) []string {
	if version == nil {
		return nil
	}
	var out []string
	for _, f := range fields {
		if c.Fields[f] > *version {
			out = append(out, f)
		}
	}
	return out
}

func jsonText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil { // strings, numbers and times only
		panic(err)
	}
	return string(raw)
}
