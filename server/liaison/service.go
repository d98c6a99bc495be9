package liaison

import (
	"context"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/web"
	"trestle/server/who"
)

// Service is the verbs of patterns.
type Service struct {
	store    *store.Store
	teams    *team.Service
	calendar *calendar.Service
	lists    *checklist.Service
	launches *launch.Service
	boards   *board.Service
	cards    *card.Service
	log      *slog.Logger
}

// New makes the room; the room of teams tells it when an assignment ends, and that of checklists asks it who stands in.
func New(st *store.Store, teams *team.Service, boards *board.Service, cards *card.Service, cal *calendar.Service, lists *checklist.Service, launches *launch.Service, log *slog.Logger) *Service {
	s := &Service{store: st, teams: teams, boards: boards, cards: cards, calendar: cal, lists: lists, launches: launches, log: log}
	teams.UseContracts(s)
	lists.UseDeputies(s)
	return s
}

const onlyPatterners = "Only a lead of this team, a manager or an administrator may say how operations and security stand to it."

// patterner is a team that the viewer may make patterns of.
func patterner(q *store.Query, v who.Viewer, teamID string) (team.Team, error) {
	t, r, err := team.See(q, v, teamID)
	if err == nil && !r.CanPattern() {
		err = fault.Forbidden(onlyPatterners)
	}
	return t, err
}

// NewPattern is how somebody shall stand to a team from now on.
type NewPattern struct {
	Discipline   string                  `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Pattern      string                  `json:"pattern" enum:"invited,liaison,embedded"`
	PersonID     string                  `json:"personId" maxLength:"64"`
	DeputyID     string                  `json:"deputyId,omitempty" required:"false" maxLength:"64"`
	Share        *float64                `json:"share,omitempty" required:"false" minimum:"0" maximum:"1" doc:"Of a week; absent: 0.8 embedded, 0.2 as liaison, 0.03 invited"`
	ResponseDays int                     `json:"responseDays,omitempty" required:"false" minimum:"0" maximum:"60" doc:"Within so many days they answer; absent: 3"`
	Since        string                  `json:"since,omitempty" required:"false" maxLength:"10" doc:"A day, YYYY-MM-DD; absent: today"`
	ReviewOn     string                  `json:"reviewOn,omitempty" required:"false" maxLength:"10" doc:"Absent: 90 days after it began"`
	ExitCriteria string                  `json:"exitCriteria,omitempty" required:"false" maxLength:"4000"`
	Purpose      string                  `json:"purpose,omitempty" required:"false" maxLength:"4000"`
	Why          string                  `json:"why,omitempty" required:"false" maxLength:"2000" doc:"Must be said; at most 300 characters"`
	Rituals      []calendar.NewAgreement `json:"rituals,omitempty" required:"false" maxItems:"10" doc:"To which they agree to come; person and discipline are the pattern's"`
}

// Set begins a pattern. Embedded or liaison it gives a liaison's rights in the same write; invited it gives none.
func (s *Service) Set(ctx context.Context, teamID string, n NewPattern) (View, error) {
	return s.around(ctx, teamID, n.PersonID, func(tx *store.Tx) (*pattern, error) {
		if _, err := patterner(tx.Query, who.From(ctx), teamID); err != nil {
			return nil, err
		}
		today := tx.Now.Format(time.DateOnly)
		p := &pattern{ID: store.NewID("pat"), TeamID: teamID, Discipline: n.Discipline, Pattern: n.Pattern, PersonID: n.PersonID, DeputyID: n.DeputyID, Share: usual(n.Pattern),
			ResponseDays: n.ResponseDays, Since: n.Since, ReviewOn: n.ReviewOn, ExitCriteria: n.ExitCriteria, Purpose: n.Purpose, Version: 1}
		if n.Share != nil {
			p.Share = *n.Share
		}
		if p.ResponseDays == 0 {
			p.ResponseDays = 3
		}
		if p.Since == "" {
			p.Since = today
		}
		if began, err := time.Parse(time.DateOnly, p.Since); p.ReviewOn == "" && err == nil {
			p.ReviewOn = began.AddDate(0, 0, reviewDays).Format(time.DateOnly)
		}
		if err := p.check(tx.Now.AddDate(0, 0, 1).Format(time.DateOnly)); err != nil { // east of here it is tomorrow already
			return nil, err
		}
		why, err := reason(n.Why)
		if err != nil {
			return nil, err
		}
		if err := people(tx.Query, p.PersonID, p.DeputyID); err != nil {
			return nil, err
		}
		if has, err := openOf(tx.Query, teamID, p.PersonID); err != nil {
			return nil, err
		} else if has != nil {
			return nil, fault.Conflict("has_pattern", "They have a pattern in this team already. Change that, or end it first.")
		}
		if err := s.rights(tx, p); err != nil {
			return nil, err
		}
		if err := p.insert(tx); err != nil {
			return nil, err
		}
		for _, r := range n.Rituals {
			r.PersonID, r.Discipline = p.PersonID, p.Discipline
			if _, err := s.calendar.AgreeIn(tx, who.From(ctx), teamID, r); err != nil {
				return nil, err
			}
		}
		changes := shifts(&pattern{}, p)
		if len(n.Rituals) > 0 {
			changes = append(changes, Shift{Field: "rituals", To: ritualsTold(n.Rituals)})
		}
		return p, tell(tx, "pattern.set", p, "", why, changes)
	})
}

// Patch changes a pattern; absent fields stay.
type Patch struct {
	Pattern      *string         `json:"pattern,omitempty" required:"false" enum:"invited,liaison,embedded"`
	DeputyID     web.Opt[string] `json:"deputyId" required:"false" doc:"null: none"`
	Share        *float64        `json:"share,omitempty" required:"false" minimum:"0" maximum:"1"`
	ResponseDays *int            `json:"responseDays,omitempty" required:"false" minimum:"1" maximum:"60"`
	ReviewOn     *string         `json:"reviewOn,omitempty" required:"false" maxLength:"10"`
	ExitCriteria *string         `json:"exitCriteria,omitempty" required:"false" maxLength:"4000"`
	Purpose      *string         `json:"purpose,omitempty" required:"false" maxLength:"4000"`
	Why          string          `json:"why,omitempty" required:"false" maxLength:"2000" doc:"Must be said where something changes; at most 300 characters"`
	Version      *int64          `json:"version,omitempty" required:"false" doc:"Refused as stale if it changed after this version"`
}

// Change changes a pattern, and with it the rights that it gives.
func (s *Service) Change(ctx context.Context, id string, c Patch) (View, error) {
	return s.onPattern(ctx, id, func(tx *store.Tx, p *pattern) error {
		before := *p
		if c.Version != nil && *c.Version != p.Version {
			return fault.Conflict("stale", "Somebody changed this pattern in the meantime.")
		}
		for _, f := range []struct{ to, from *string }{{&p.Pattern, c.Pattern}, {&p.ReviewOn, c.ReviewOn}, {&p.ExitCriteria, c.ExitCriteria}, {&p.Purpose, c.Purpose}} {
			if f.from != nil {
				*f.to = *f.from
			}
		}
		if c.DeputyID.Set {
			p.DeputyID = c.DeputyID.Value
		}
		if c.Share != nil {
			p.Share = *c.Share
		} else if p.Pattern != before.Pattern {
			p.Share = usual(p.Pattern)
		}
		if c.ResponseDays != nil {
			p.ResponseDays = *c.ResponseDays
		}
		if err := p.check(tx.Now.AddDate(0, 0, 1).Format(time.DateOnly)); err != nil {
			return err
		}
		if *p == before {
			return nil // the same again is a calm no-op
		}
		why, err := reason(c.Why)
		if err != nil {
			return err
		}
		if p.DeputyID != before.DeputyID {
			if err := people(tx.Query, p.DeputyID); err != nil {
				return err
			}
		}
		if err := p.save(tx); err != nil {
			return err
		}
		if p.gives() != before.gives() {
			if err := s.rights(tx, p); err != nil {
				return err
			}
		}
		return tell(tx, "pattern.changed", p, before.Pattern, why, shifts(&before, p))
	})
}

// End ends a pattern, the rights that it gave, and what they agreed to come to.
func (s *Service) End(ctx context.Context, id, why string) (View, error) {
	return s.onPattern(ctx, id, func(tx *store.Tx, p *pattern) error {
		why, err := reason(why)
		if err != nil {
			return err
		}
		if err := s.end(tx, p, why); err != nil {
			return err
		}
		_, err = s.teams.UnassignIn(tx, p.TeamID, p.PersonID)
		return err
	})
}

// EndIn implements team.Contracts: the assignment has ended, and the contract with it. One without a contract has its
// end in the history too.
func (s *Service) EndIn(tx *store.Tx, teamID, personID, discipline, why string) error {
	p, err := openOf(tx.Query, teamID, personID)
	if err != nil || (p != nil && !p.gives()) {
		return err
	}
	if p == nil {
		return tell(tx, "pattern.ended", &pattern{TeamID: teamID, PersonID: personID, Discipline: discipline, Pattern: Liaison}, "", why, nil)
	}
	return s.end(tx, p, why)
}

func (s *Service) end(tx *store.Tx, p *pattern, why string) error {
	at := store.Ms(tx.Now)
	p.EndedAt, p.EndedWhy = &at, why
	if err := p.save(tx); err != nil {
		return err
	}
	agreed, err := s.calendar.EndOfIn(tx, p.TeamID, p.PersonID)
	if err != nil {
		return err
	}
	var changes []Shift
	if len(agreed) > 0 {
		changes = append(changes, Shift{Field: "rituals", From: ritualsTold(agreed)})
	}
	return tell(tx, "pattern.ended", p, "", why, changes)
}

// rights gives or takes what the pattern says, through the one door of the room of teams.
func (s *Service) rights(tx *store.Tx, p *pattern) error {
	if p.gives() {
		return s.teams.AssignIn(tx, p.TeamID, p.PersonID, p.Discipline)
	}
	_, err := s.teams.UnassignIn(tx, p.TeamID, p.PersonID)
	return err
}

// around runs a change under the locks of all whom a change of somebody's place in the team concerns.
func (s *Service) around(ctx context.Context, teamID, personID string, fn func(tx *store.Tx) (*pattern, error)) (View, error) {
	topics, err := s.teams.Topics(s.store.Rows(ctx), teamID)
	if err != nil {
		return View{}, err
	}
	return store.InTx(ctx, s.store, append(topics, event.MeTopic(personID)), func(tx *store.Tx) (View, error) {
		p, err := fn(tx)
		if err != nil {
			return View{}, err
		}
		return viewOf(tx.Query, p, tx.Now)
	})
}

// onPattern runs a change of an open pattern that the viewer may change; not_found when it is absent or invisible.
func (s *Service) onPattern(ctx context.Context, id string, fn func(tx *store.Tx, p *pattern) error) (View, error) {
	found, err := patterns(s.store.Rows(ctx), "id = ?", id)
	if err != nil {
		return View{}, err
	}
	if len(found) == 0 {
		return View{}, fault.NotFound("pattern")
	}
	return s.around(ctx, found[0].TeamID, found[0].PersonID, func(tx *store.Tx) (*pattern, error) {
		found, err := patterns(tx.Query, "id = ?", id)
		if err != nil {
			return nil, err
		}
		_, err = patterner(tx.Query, who.From(ctx), found[0].TeamID)
		if fault.Is(err, "not_found") {
			err = fault.NotFound("pattern")
		}
		if err == nil && found[0].EndedAt != nil {
			err = fault.Conflict("pattern_ended", "This pattern has ended. Begin a new one.")
		}
		if err != nil {
			return nil, err
		}
		return &found[0], fn(tx, &found[0])
	})
}

// reason tidies why somebody does something. It must be said: whoever reads the record later was not there.
func reason(why string) (string, error) {
	why = strings.Join(strings.Fields(why), " ")
	if why == "" {
		return "", fault.Invalid("body.why", "Say why, for whoever reads it later")
	}
	if utf8.RuneCountInString(why) > 300 {
		return "", fault.Invalid("body.why", "A reason has at most 300 characters")
	}
	return why, nil
}

// people refuses who is not there or has left; "" is nobody.
func people(q *store.Query, ids ...string) error {
	for _, id := range ids {
		if id == "" {
			continue
		}
		var name string
		var gone int
		found, err := q.Row([]any{&name, &gone}, "SELECT name, CASE WHEN disabled_at IS NULL THEN 0 ELSE 1 END FROM people WHERE id = ?", id)
		switch {
		case err != nil:
			return err
		case !found:
			return fault.NotFound("person")
		case gone == 1:
			return fault.Conflict("person_inactive", "%s has left.", name)
		}
	}
	return nil
}
