package board

import (
	"slices"
	"time"
	"unicode/utf8"

	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/text"
)

// Column kinds.
const (
	Queue  = "queue"
	Active = "active"
	Done   = "done"
)

// Limit modes: off, warn (allowed, shown), reason (allowed with a reason that is kept), hard (refused).
const (
	Off    = "off"
	Warn   = "warn"
	Reason = "reason"
	Hard   = "hard"
)

// Who may see a board.
const (
	Workspace = "workspace"
	TeamOnly  = "team"
)

// Classes of service.
const (
	Expedite   = "expedite"
	FixedDate  = "fixed_date"
	Standard   = "standard"
	Intangible = "intangible"
)

// Classes in the order in which they are offered.
var Classes = []string{Standard, Expedite, FixedDate, Intangible}

// Wip is a limit on how many cards stand somewhere. Min below which it is starved, Max above which it is over.
type Wip struct {
	Mode string `json:"mode" enum:"off,warn,reason,hard"`
	Min  *int   `json:"min,omitempty" minimum:"0" maximum:"10000" required:"false" nullable:"true"`
	Max  *int   `json:"max,omitempty" minimum:"0" maximum:"10000" required:"false" nullable:"true"`
}

func (w Wip) check(at string) error {
	if !slices.Contains([]string{Off, Warn, Reason, Hard}, w.Mode) {
		return fault.Invalid(at+".mode", "A limit's mode is off, warn, reason or hard")
	}
	if w.Mode != Off && w.Max == nil && w.Min == nil {
		return fault.Invalid(at+".max", "A limit needs a number")
	}
	if w.Min != nil && w.Max != nil && *w.Min > *w.Max {
		return fault.Invalid(at+".min", "The minimum is above the maximum")
	}
	return nil
}

// State of a column that holds so many: over, full, starved or under its limit; none when it has none.
func (w Wip) State(n int) string {
	switch {
	case w.Mode == Off:
		return "none"
	case w.Max != nil && n > *w.Max:
		return "over"
	case w.Min != nil && n < *w.Min:
		return "starved"
	case w.Max != nil && n == *w.Max:
		return "full"
	case w.Max == nil && w.Min == nil:
		return "none"
	}
	return "under"
}

// Category is a kind of blocker.
type Category struct {
	Key      string `json:"key" minLength:"1" maxLength:"40"`
	Name     string `json:"name" minLength:"1" maxLength:"60"`
	External bool   `json:"external" required:"false" doc:"Waits for somebody outside the team"`
}

// DefaultCategories are the blocker categories of a new board (flow.md 3.4).
var DefaultCategories = []Category{
	{"environment", "Environment", false}, {"deployment", "Deployment or change approval", true},
	{"test", "Test or test data", false}, {"review", "Review", false}, {"other_team", "Another team", true},
	{"vendor", "Vendor", true}, {"access", "Access or secret", false}, {"decision", "Decision", false},
	{"coupling", "Tight coupling", false}, {"incident", "Incident took over", false},
	{"person_away", "Person away", false}, {"other", "Other", false},
}

// Board is one board's own settings.
type Board struct {
	RID                           int64
	ID, TeamID, TeamKey, TeamName string
	Name, Visibility, TimeZone    string
	StartColumnID, FinishColumnID string
	ExpediteMode                  string
	ExpediteMax                   int
	ExpediteCounts                bool // expedite cards also count in their column
	MirrorsCount                  bool // mirrors of other boards' cards count against this board's limits
	Categories                    []Category
	Version                       int64
	CreatedAt                     time.Time
	ArchivedAt                    *time.Time
	WorkItems                     string // what a card is here, in the team's words
	Staged                        bool   // an import is still bringing it; nobody sees it
}

// Location is the board's time zone, in which its days begin and end.
func (b *Board) Location() *time.Location {
	if zone, ok := clock.Zone(b.TimeZone); ok {
		return zone
	}
	return time.UTC
}

// Category finds a blocker category by key.
func (b *Board) Category(key string) (Category, bool) {
	i := slices.IndexFunc(b.Categories, func(c Category) bool { return c.Key == key })
	if i < 0 {
		return Category{}, false
	}
	return b.Categories[i], true
}

// Column is a step of the workflow. Position orders the board's columns from left to right.
type Column struct {
	RID, BoardRID int64
	ID            string
	Name, Kind    string
	Policy        string
	Checks        []Check // asked of a card that enters
	Checklist     *ListPolicy
	Position      int
	Wip           Wip
	Version       int64
	Asks          bool // asks to the team land here
	Retired       bool
}

// Lane is a horizontal strip of the board.
type Lane struct {
	RID, BoardRID int64
	ID, Name      string
	Position      int
	Wip           Wip
	Version       int64
}

// SLE is a service level expectation: Percent of the cards of a class finish within Days. Class "" is the
// default for every class without its own.
type SLE struct {
	Class   string
	Days    int
	Percent int
}

// Layout is a board with all that decides where a card may go. It is never changed once loaded.
type Layout struct {
	Board
	Columns  []Column // in order, without retired ones
	Lanes    []Lane   // in order
	Retired  []Column // kept for the history that names them
	SLEs     []SLE
	Reserves []Reserve
	Fields   []CustomField // in order, retired ones among them
}

// Column finds a column of the board.
func (l *Layout) Column(id string) *Column {
	for i := range l.Columns {
		if l.Columns[i].ID == id {
			return &l.Columns[i]
		}
	}
	return nil
}

// ColumnByRID finds a column, retired ones included.
func (l *Layout) ColumnByRID(rid int64) *Column {
	for _, list := range [][]Column{l.Columns, l.Retired} {
		for i := range list {
			if list[i].RID == rid {
				return &list[i]
			}
		}
	}
	return nil
}

// Lane finds a lane of the board.
func (l *Layout) Lane(id string) *Lane {
	for i := range l.Lanes {
		if l.Lanes[i].ID == id {
			return &l.Lanes[i]
		}
	}
	return nil
}

// LaneByRID finds a lane by its surrogate.
func (l *Layout) LaneByRID(rid int64) *Lane {
	for i := range l.Lanes {
		if l.Lanes[i].RID == rid {
			return &l.Lanes[i]
		}
	}
	return nil
}

// clean trims a name and says whether it can be used.
func clean(at, what, s string, max int) (string, error) {
	s = text.Line(s)
	if s == "" {
		return "", fault.Invalid(at, "%s needs a name", what)
	}
	if utf8.RuneCountInString(s) > max {
		return "", fault.Invalid(at, "%s's name is longer than %d characters", what, max)
	}
	return s, nil
}

func checkKind(at, kind string) error {
	if kind != Queue && kind != Active && kind != Done {
		return fault.Invalid(at, "A column is a queue, active or done")
	}
	return nil
}

func checkZone(at, zone string) error {
	if zone == "" {
		return fault.Invalid(at, "Name a time zone such as Europe/Berlin")
	}
	if _, ok := clock.Zone(zone); !ok {
		return fault.Invalid(at, "There is no such time zone; a name looks like Europe/Berlin")
	}
	return nil
}
