package account

import (
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/text"
	"trestle/server/who"
)

// Disciplines, in the order in which they are offered.
var Disciplines = []string{"development", "operations", "security", "product", "quality", "other"}

// Roles in the workspace.
var Roles = []string{who.Admin, who.Manager, who.Member, who.Guest}

// Hues is how many avatar colours there are; a hue is 0..Hues-1.
const Hues = 7

// record is a person with everything that is kept of them.
type record struct {
	ID, Name, Email  string
	Discipline, Role string
	PasswordHash     string
	Hue              int
	TimeZone         string
	AuthEpoch        int64
	Placeholder      bool
	CreatedAt        int64
	DisabledAt       *int64
}

func (p *record) active() bool { return p.DisabledAt == nil && !p.Placeholder }

// NewPerson is what making a person takes.
type NewPerson struct {
	Name, Email, Discipline, Role string
	Password                      string // empty: they come in by an invitation to their e-mail address
	TimeZone                      string
	Hue                           *int // nil: chosen
}

// check tidies the fields and says what is wrong with them; the password is judged apart.
func (n *NewPerson) check() error {
	var err error
	if n.Name, err = checkName("body.name", n.Name); err != nil {
		return err
	}
	if n.Email, err = checkEmail(n.Email); err != nil {
		return err
	}
	if n.Discipline == "" {
		n.Discipline = "other"
	}
	if n.Role == "" {
		n.Role = who.Member
	}
	if err := checkDiscipline(n.Discipline); err != nil {
		return err
	}
	if err := checkRole(n.Role); err != nil {
		return err
	}
	if n.Hue != nil && (*n.Hue < 0 || *n.Hue >= Hues) {
		return fault.Invalid("body.hue", "A colour is a number from 0 to %d.", Hues-1)
	}
	return checkTimeZone(n.TimeZone)
}

func checkName(location, name string) (string, error) {
	name = strings.TrimSpace(name)
	line := text.Line(name)
	if n := utf8.RuneCountInString(line); n == 0 || n > 80 {
		return "", fault.Invalid(location, "A name has 1 to 80 characters.")
	}
	if strings.ContainsFunc(name, text.Hidden) {
		return "", fault.Invalid(location, "A name cannot hold line breaks or control characters.")
	}
	return line, nil
}

// foldEmail is the one spelling under which an address is kept and looked up.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func checkEmail(email string) (string, error) {
	email = foldEmail(email)
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || len(email) > 254 || strings.ContainsAny(email, "\"()<> ") {
		return "", fault.Invalid("body.email", "That is not an e-mail address.")
	}
	return email, nil
}

func checkDiscipline(d string) error {
	if !slices.Contains(Disciplines, d) {
		return fault.Invalid("body.discipline", "A discipline is one of %s.", strings.Join(Disciplines, ", "))
	}
	return nil
}

func checkRole(r string) error {
	if !slices.Contains(Roles, r) {
		return fault.Invalid("body.role", "A workspace role is one of %s.", strings.Join(Roles, ", "))
	}
	return nil
}

func checkTimeZone(z string) error {
	if z == "" {
		return nil
	}
	if _, ok := clock.Zone(z); !ok {
		return fault.Invalid("body.timeZone", "That time zone is not known; a name looks like Europe/Berlin.")
	}
	return nil
}

// hueOf spreads people over the colours, always the same one for the same id.
func hueOf(id string) int {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return int(h % Hues)
}
