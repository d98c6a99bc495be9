package team

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// Kinds of team, after Team Topologies.
var Kinds = []string{"stream_aligned", "platform", "enabling", "complicated_subsystem"}

// Roles that a member can have.
var Roles = []string{Viewer, Commenter, Worker, Lead}

var keyForm = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,5}$`)

// Team is a team.
type Team struct {
	ID, Key, Name, Kind string
	CreatedAt           time.Time
}

// NewTeam is what making a team takes.
type NewTeam struct {
	Key  string // begins the keys of its cards: a capital letter and one to five capitals or digits
	Name string
	Kind string // "" = stream_aligned
}

func (n *NewTeam) check() error {
	var err error
	if n.Name, err = checkName("body.name", n.Name); err != nil {
		return err
	}
	if n.Key = strings.ToUpper(strings.TrimSpace(n.Key)); !keyForm.MatchString(n.Key) {
		return fault.Invalid("body.key", "A key has two to six capital letters or digits and begins with a letter, like PAY.")
	}
	if n.Kind == "" {
		n.Kind = Kinds[0]
	}
	return checkKind(n.Kind)
}

func checkName(location, name string) (string, error) {
	name = strings.TrimSpace(name)
	line := text.Line(name)
	if n := utf8.RuneCountInString(line); n == 0 || n > 80 || strings.ContainsFunc(name, text.Hidden) {
		return "", fault.Invalid(location, "A name has 1 to 80 characters on one line.")
	}
	return line, nil
}

func checkKind(kind string) error {
	if !slices.Contains(Kinds, kind) {
		return fault.Invalid("body.kind", "A kind of team is one of %s.", strings.Join(Kinds, ", "))
	}
	return nil
}

func checkRole(role string) error {
	if !slices.Contains(Roles, role) {
		return fault.Invalid("body.role", "A role in a team is one of %s.", strings.Join(Roles, ", "))
	}
	return nil
}

// ByID reads a team; the zero Team when there is none.
func ByID(q *store.Query, id string) (Team, error) { return one(q, "id = ?", id) }

// ByKey reads a team by its key; the zero Team when there is none.
func ByKey(q *store.Query, key string) (Team, error) { return one(q, "key = ?", strings.ToUpper(key)) }
