package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"trestle/server/cadence"
	"trestle/server/fault"
	"trestle/server/store"
)

// Disciplines that agree to come to a team's rituals.
var Disciplines = []string{"operations", "security"}

// agreement is which rituals of a team a discipline comes to.
type agreement struct {
	ID, TeamID, Kind, RitualID, PersonID, Discipline string
	Weekdays                                         []int // 1 Monday … 7 Sunday; none is every day
	Every                                            int
	Since, Until                                     string // dates where the ritual is; "" is for ever
	By                                               string
	At                                               int64
}

// covers says whether an occurrence falls on an agreed day.
func (a *agreement) covers(o *occurrence) bool {
	if a.TeamID != o.TeamID || a.Kind != o.Kind || (a.RitualID != "" && a.RitualID != o.ID) {
		return false
	}
	day := o.day()
	date := day.Format(time.DateOnly)
	if date < a.Since || (a.Until != "" && date > a.Until) {
		return false
	}
	if len(a.Weekdays) > 0 && !slices.Contains(a.Weekdays, cadence.ISODay(day)) {
		return false
	}
	if a.Every <= 1 {
		return true
	}
	first, err := time.Parse(time.DateOnly, a.Since)
	return err == nil && int(cadence.Monday(day).Sub(cadence.Monday(first))/(7*24*time.Hour))%a.Every == 0
}

// kept says whether they came whom it is about: the person it names, or another of the discipline in their place. The
// team's own people of that discipline keep no agreement that names somebody.
func (a *agreement) kept(people []Came, discipline func(personID string) string) bool {
	return slices.ContainsFunc(people, func(p Came) bool {
		if a.PersonID != "" && p.PersonID == a.PersonID {
			return true
		}
		return discipline(p.PersonID) == a.Discipline && (a.PersonID == "" || p.Role != core)
	})
}

const agreementColumns = "id, team_id, kind, series_id, COALESCE(person_id, ''), discipline, weekdays, every, since, until, agreed_by, agreed_at"

func agreements(q *store.Query, where string, args ...any) (out []agreement, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var a agreement
		var days string
		err := scan(&a.ID, &a.TeamID, &a.Kind, &a.RitualID, &a.PersonID, &a.Discipline, &days, &a.Every, &a.Since, &a.Until, &a.By, &a.At)
		for _, d := range strings.FieldsFunc(days, func(r rune) bool { return r == ',' }) {
			n, _ := strconv.Atoi(d)
			a.Weekdays = append(a.Weekdays, n)
		}
		out = append(out, a)
		return err
	}, "SELECT "+agreementColumns+" FROM ritual_agreements WHERE "+where+" ORDER BY rid", args...)
	return out, err
}

func insertAgreement(tx *store.Tx, a *agreement) error {
	var person *string
	if a.PersonID != "" {
		person = &a.PersonID
	}
	_, err := tx.Exec(`INSERT INTO ritual_agreements (id, team_id, kind, series_id, person_id, discipline, weekdays, every, since, until, agreed_by, agreed_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, a.ID, a.TeamID, a.Kind, a.RitualID, person, a.Discipline, a.days(), a.Every, a.Since, a.Until, a.By, a.At)
	return err
}

func (a *agreement) days() string {
	words := make([]string, len(a.Weekdays))
	for i, d := range a.Weekdays {
		words[i] = strconv.Itoa(d)
	}
	return strings.Join(words, ",")
}

// NewAgreement is what somebody agrees to.
type NewAgreement struct {
	Kind       string `json:"kind" enum:"standup,retro,replenishment,demo,flow_review"`
	SeriesID   string `json:"seriesId,omitempty" required:"false" maxLength:"64" doc:"One ritual of that kind; absent: all of the team's"`
	PersonID   string `json:"personId,omitempty" required:"false" maxLength:"64" doc:"Who comes; absent: somebody of the discipline"`
	Discipline string `json:"discipline" enum:"operations,security"`
	Weekdays   []int  `json:"weekdays,omitempty" required:"false" maxItems:"7" doc:"1 Monday … 7 Sunday; absent: every day on which it is"`
	Every      int    `json:"every,omitempty" required:"false" minimum:"0" maximum:"8" doc:"Each n-th week from that of since; 0 and 1 are every week"`
	Since      string `json:"since,omitempty" required:"false" maxLength:"10" doc:"First day, YYYY-MM-DD; absent: today"`
	Until      string `json:"until,omitempty" required:"false" maxLength:"10" doc:"Last day"`
}

// check makes an agreement of it, from a day that is today at the least: the past is not agreed to.
func (n NewAgreement) check(teamID, today string) (*agreement, error) {
	if !slices.Contains(Kinds, n.Kind) {
		return nil, fault.Invalid("body.kind", "A ritual is a %s", strings.Join(Kinds, ", "))
	}
	if !slices.Contains(Disciplines, n.Discipline) {
		return nil, fault.Invalid("body.discipline", "Operations and security agree to come")
	}
	a := &agreement{ID: store.NewID("agr"), TeamID: teamID, Kind: n.Kind, RitualID: n.SeriesID, PersonID: n.PersonID, Discipline: n.Discipline, Every: max(1, n.Every),
		Since: n.Since, Until: n.Until, Weekdays: slices.Compact(slices.Sorted(slices.Values(n.Weekdays)))}
	if len(a.Weekdays) > 0 && (a.Weekdays[0] < 1 || a.Weekdays[len(a.Weekdays)-1] > 7) {
		return nil, fault.Invalid("body.weekdays", "Days are 1, Monday, to 7, Sunday")
	}
	if a.Every > 8 {
		return nil, fault.Invalid("body.every", "Come at least every eighth week")
	}
	if a.Since == "" {
		a.Since = today
	}
	for where, date := range map[string]string{"body.since": a.Since, "body.until": a.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return nil, fault.Invalid(where, "A day looks like 2026-11-30")
		}
	}
	if a.Since < today {
		return nil, fault.Invalid("body.since", "An agreement begins today or later: nobody is judged by what was not agreed then")
	}
	if a.Until != "" && a.Until < a.Since {
		return nil, fault.Invalid("body.until", "It ends before it begins")
	}
	return a, nil
}
