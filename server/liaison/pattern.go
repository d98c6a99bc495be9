package liaison

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
)

// Disciplines that are counted on the coverage map and recommended; a liaison may be for any.
var Disciplines = []string{"operations", "security"}

// pattern is how one person stands to one team.
type pattern struct {
	ID, TeamID, Discipline, Pattern string
	PersonID, DeputyID              string // "" without a deputy
	Share                           float64
	ResponseDays                    int
	Since, ReviewOn                 string
	ExitCriteria, Purpose           string
	EndedAt                         *int64
	EndedWhy                        string
	Version                         int64
}

// gives says whether the pattern carries a liaison's rights: who is invited to rituals has none.
func (p *pattern) gives() bool { return p.Pattern == Liaison || p.Pattern == Embedded }

const patternColumns = `id, team_id, discipline, pattern, person_id, COALESCE(deputy_id, ''), share, response_days, since, review_on, exit_criteria, purpose, ended_at, ended_why, version`

func patterns(q *store.Query, where string, args ...any) (out []pattern, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p pattern
		err := scan(&p.ID, &p.TeamID, &p.Discipline, &p.Pattern, &p.PersonID, &p.DeputyID, &p.Share, &p.ResponseDays, &p.Since, &p.ReviewOn, &p.ExitCriteria, &p.Purpose,
			&p.EndedAt, &p.EndedWhy, &p.Version)
		out = append(out, p)
		return err
	}, "SELECT "+patternColumns+" FROM patterns WHERE "+where, args...)
	return out, err
}

// openOf is somebody's open pattern in a team, nil when they have none.
func openOf(q *store.Query, teamID, personID string) (*pattern, error) {
	found, err := patterns(q, "team_id = ? AND person_id = ? AND ended_at IS NULL", teamID, personID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func (p *pattern) insert(tx *store.Tx) error {
	_, err := tx.Exec(`INSERT INTO patterns (id, team_id, discipline, pattern, person_id, deputy_id, share, response_days, since, review_on, exit_criteria, purpose)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, p.ID, p.TeamID, p.Discipline, p.Pattern, p.PersonID, orNull(p.DeputyID), p.Share, p.ResponseDays, p.Since, p.ReviewOn, p.ExitCriteria, p.Purpose)
	return err
}

func (p *pattern) save(tx *store.Tx) error {
	p.Version++
	_, err := tx.Exec(`UPDATE patterns SET pattern = ?, deputy_id = ?, share = ?, response_days = ?, review_on = ?, exit_criteria = ?, purpose = ?, ended_at = ?, ended_why = ?, version = ? WHERE id = ?`,
		p.Pattern, orNull(p.DeputyID), p.Share, p.ResponseDays, p.ReviewOn, p.ExitCriteria, p.Purpose, p.EndedAt, p.EndedWhy, p.Version, p.ID)
	return err
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// usual is what a pattern takes of a week when nobody says.
func usual(pattern string) float64 { return Default.cost(pattern) }

// reviewDays after its beginning a pattern is looked at again when nobody says.
const reviewDays = 90

// check tidies a pattern and says what is wrong with it; today is where whoever asks is.
func (p *pattern) check(today string) error {
	p.ExitCriteria, p.Purpose = strings.TrimSpace(p.ExitCriteria), strings.TrimSpace(p.Purpose)
	switch {
	case !slices.Contains(account.Disciplines, p.Discipline):
		return fault.Invalid("body.discipline", "That is not a discipline")
	case !slices.Contains(ladder[1:], p.Pattern):
		return fault.Invalid("body.pattern", "A pattern is embedded, liaison or invited")
	case !(p.Share > 0 && p.Share <= 1):
		return fault.Invalid("body.share", "The share of a week is more than 0 and at most 1")
	case p.ResponseDays < 1 || p.ResponseDays > 60:
		return fault.Invalid("body.responseDays", "They answer within 1 to 60 days")
	case p.DeputyID == p.PersonID:
		return fault.Invalid("body.deputyId", "The deputy is somebody else")
	case utf8.RuneCountInString(p.ExitCriteria) > 1000 || utf8.RuneCountInString(p.Purpose) > 1000:
		return fault.Invalid("body.purpose", "Purpose and exit criteria have at most 1000 characters")
	}
	for where, day := range map[string]string{"body.since": p.Since, "body.reviewOn": p.ReviewOn} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fault.Invalid(where, "A day looks like 2026-11-30")
		}
	}
	if p.Since > today {
		return fault.Invalid("body.since", "A pattern begins today or began before: one that is to come is made when it comes")
	}
	if p.ReviewOn < p.Since {
		return fault.Invalid("body.reviewOn", "It is looked at again after it began")
	}
	return nil
}
