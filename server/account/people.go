package account

import (
	"context"
	"slices"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// needAdmin gives forbidden unless the viewer is an administrator now, not only when the request began.
func needAdmin(q *store.Query, v who.Viewer, sentence string) error {
	if v.IsAdmin() {
		p, err := personByID(q, v.PersonID)
		if err != nil {
			return err
		}
		if p != nil && p.active() && p.Role == who.Admin {
			return nil
		}
	}
	return fault.Forbidden("%s", sentence)
}

// People lists everybody, and for a guest those whom they share a team with.
func (s *Service) People(ctx context.Context) ([]Listed, error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	where, args := `NOT placeholder`, []any(nil)
	switch {
	case v.TeamID != "": // a screen or a team's token knows its team
		where += ` AND id IN (SELECT person_id FROM members WHERE team_id = ? UNION SELECT person_id FROM liaisons WHERE team_id = ?)`
		args = append(args, v.TeamID, v.TeamID)
	case v.Role == who.Guest:
		where += ` AND (id = ? OR id IN (SELECT o.person_id FROM members m JOIN members o ON o.team_id = m.team_id WHERE m.person_id = ?))`
		args = append(args, v.PersonID, v.PersonID)
	}
	rows, err := people(q, where, args...)
	out := make([]Listed, len(rows))
	for i, p := range rows {
		out[i] = p.listed(v.IsAdmin())
	}
	return out, err
}

// AddPerson makes a person; for administrators.
func (s *Service) AddPerson(ctx context.Context, n NewPerson) (Listed, error) {
	v := who.From(ctx)
	if !v.IsAdmin() {
		return Listed{}, fault.Forbidden("Only an administrator may add people.")
	}
	return s.create(ctx, n, func(q *store.Query) error {
		return needAdmin(q, v, "Only an administrator may add people.")
	})
}

// CreatePerson makes a person without asking who wants it: for seeds and the command line. 409 email_taken.
func (s *Service) CreatePerson(ctx context.Context, n NewPerson) (Person, error) {
	l, err := s.create(ctx, n, func(*store.Query) error { return nil })
	return l.Person, err
}

func (s *Service) create(ctx context.Context, n NewPerson, may func(q *store.Query) error) (Listed, error) {
	p, err := s.prepare(ctx, n)
	if err != nil {
		return Listed{}, err
	}
	return store.InTx(ctx, s.store, []string{org}, func(tx *store.Tx) (Listed, error) {
		if err := may(tx.Query); err != nil {
			return Listed{}, err
		}
		if err := welcome(tx, p); err != nil {
			return Listed{}, err
		}
		return p.listed(true), nil
	})
}

// prepare checks a new person and hashes their password, before any write begins.
func (s *Service) prepare(ctx context.Context, n NewPerson) (*record, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	p := &record{ID: store.NewID("per"), Name: n.Name, Email: n.Email, Discipline: n.Discipline, Role: n.Role, TimeZone: n.TimeZone}
	p.Hue = hueOf(p.ID)
	if n.Hue != nil {
		p.Hue = *n.Hue
	}
	if n.Password == "" {
		return p, nil
	}
	if err := CheckPassword("body.password", n.Password, n.Email); err != nil {
		return nil, err
	}
	var err error
	p.PasswordHash, err = s.hashed(ctx, n.Password)
	return p, err
}

// welcome writes a new person and tells the workspace.
func welcome(tx *store.Tx, p *record) error {
	p.CreatedAt = store.Ms(tx.Now)
	if err := insertPerson(tx, p); err != nil {
		return err
	}
	_, err := tx.Publish(org, "person.created", map[string]any{"person": p.view()})
	return err
}

// PersonPatch is what an administrator changes of a person; nil leaves it.
type PersonPatch struct {
	Name, Discipline, Role, Password *string
	Disabled                         *bool
}

// ChangePerson changes a person; for administrators. 409 last_admin when nobody else could administer.
func (s *Service) ChangePerson(ctx context.Context, id string, patch PersonPatch) (Listed, error) {
	v := who.From(ctx)
	const only = "Only an administrator may change people."
	if !v.IsAdmin() {
		return Listed{}, fault.Forbidden(only)
	}
	if patch.Password != nil && id == v.PersonID {
		return Listed{}, fault.Forbidden("You change your own password under your own name, with the present one.")
	}
	return s.amend(ctx, id, patch, func(q *store.Query) error { return needAdmin(q, v, only) })
}

// AmendPerson is ChangePerson without asking who wants it: for the command line.
func (s *Service) AmendPerson(ctx context.Context, id string, patch PersonPatch) (Person, error) {
	l, err := s.amend(ctx, id, patch, func(*store.Query) error { return nil })
	return l.Person, err
}

func (s *Service) amend(ctx context.Context, id string, patch PersonPatch, may func(q *store.Query) error) (Listed, error) {
	for _, err := range []error{
		tidyName(patch.Name), ifSet(patch.Discipline, checkDiscipline), ifSet(patch.Role, checkRole),
	} {
		if err != nil {
			return Listed{}, err
		}
	}
	phc := ""
	if patch.Password != nil {
		p, err := needPerson(s.store.Rows(ctx), id)
		if err != nil {
			return Listed{}, err
		}
		if err := CheckPassword("body.password", *patch.Password, p.Email); err != nil {
			return Listed{}, err
		}
		if phc, err = s.hashed(ctx, *patch.Password); err != nil {
			return Listed{}, err
		}
	}
	everywhere := patch.Role != nil || patch.Disabled != nil
	return s.change(ctx, id, everywhere, func(tx *store.Tx, p *record) error {
		if err := may(tx.Query); err != nil {
			return err
		}
		set(&p.Name, patch.Name)
		set(&p.Discipline, patch.Discipline)
		set(&p.Role, patch.Role)
		if patch.Disabled != nil {
			switch {
			case *patch.Disabled && p.DisabledAt == nil:
				now := store.Ms(tx.Now)
				p.DisabledAt = &now
			case !*patch.Disabled:
				p.DisabledAt = nil
			}
		}
		if phc != "" {
			p.PasswordHash = phc
		}
		if (p.Role != who.Admin || !p.active()) && (patch.Role != nil || patch.Disabled != nil) {
			if err := notLastAdmin(tx.Query, p.ID); err != nil {
				return err
			}
		}
		if phc == "" && p.active() {
			return nil
		}
		// a new password from outside, or the end: nothing that they hold opens a door any more
		p.AuthEpoch++
		theirs := "team_id IS NULL" // a team's tokens stay with the team
		if !p.active() {
			theirs = "1 = 1"
		}
		if err := revokeTokens(tx, p.ID, theirs); err != nil {
			return err
		}
		return endSessions(tx, p.ID, "1 = 1")
	})
}

// notLastAdmin refuses to lose the person when they are the only administrator.
func notLastAdmin(q *store.Query, personID string) error {
	was, err := personByID(q, personID)
	if err != nil || was == nil || was.Role != who.Admin || !was.active() {
		return err
	}
	n, err := otherAdmins(q, personID)
	if err == nil && n == 0 {
		err = fault.Conflict("last_admin", "This is the last administrator. Make somebody else one first.")
	}
	return err
}

// change loads a person under the locks of all who show them, lets fn change the record, writes it, and tells
// those who need to know. everywhere also makes every node check again what the person may follow.
func (s *Service) change(ctx context.Context, id string, everywhere bool, fn func(tx *store.Tx, p *record) error) (Listed, error) {
	q := s.store.Rows(ctx)
	if _, err := needPerson(q, id); err != nil {
		return Listed{}, err
	}
	boards, err := boardTopicsOf(q, id)
	if err != nil {
		return Listed{}, err
	}
	var all []string
	if everywhere {
		if all, err = everyTopic(q); err != nil {
			return Listed{}, err
		}
	}
	me := event.MeTopic(id)
	return store.InTx(ctx, s.store, slices.Concat([]string{me, org}, boards, all), func(tx *store.Tx) (Listed, error) {
		p, err := needPerson(tx.Query, id)
		if err != nil {
			return Listed{}, err
		}
		before := *p
		if err := fn(tx, p); err != nil {
			return Listed{}, err
		}
		if *p == before {
			return p.listed(true), nil // the same again is a calm no-op
		}
		if err := savePerson(tx, p); err != nil {
			return Listed{}, err
		}
		if _, err := tx.Publish(me, "me.updated", struct{}{}); err != nil {
			return Listed{}, err
		}
		if p.view() != before.view() {
			if err := tell(tx, p); err != nil {
				return Listed{}, err
			}
		}
		if p.Role != before.Role || p.active() != before.active() {
			now, err := everyTopic(tx.Query)
			if err != nil {
				return Listed{}, err
			}
			for _, t := range append(now, me) {
				if err := tx.LockNew(t); err != nil { // one made since we looked
					return Listed{}, err
				}
				tx.RaiseACL(t)
			}
		}
		return p.listed(true), nil
	})
}

// tell publishes how a person looks now, to the workspace and to every board that shows them.
func tell(tx *store.Tx, p *record) error {
	boards, err := boardTopicsOf(tx.Query, p.ID)
	if err != nil {
		return err
	}
	for _, t := range append(boards, org) {
		if err := tx.LockNew(t); err != nil { // one made since we looked
			return err
		}
		if _, err := tx.Publish(t, "person.updated", map[string]any{"person": p.view()}); err != nil {
			return err
		}
	}
	return nil
}

func set(field *string, value *string) {
	if value != nil {
		*field = *value
	}
}

func ifSet(value *string, check func(string) error) error {
	if value == nil {
		return nil
	}
	return check(*value)
}

func tidyName(name *string) error {
	if name == nil {
		return nil
	}
	tidy, err := checkName("body.name", *name)
	*name = tidy
	return err
}

// ByEmail finds a person, for the command line; 404 when there is none.
func (s *Service) ByEmail(ctx context.Context, email string) (Listed, error) {
	p, err := personByEmail(s.store.Rows(ctx), foldEmail(email))
	if err != nil {
		return Listed{}, err
	}
	if p == nil {
		return Listed{}, fault.NotFound("person")
	}
	return p.listed(true), nil
}

// Everybody lists all people with their e-mail addresses, for the command line.
func (s *Service) Everybody(ctx context.Context) ([]Listed, error) {
	rows, err := people(s.store.Rows(ctx), `NOT placeholder`)
	out := make([]Listed, len(rows))
	for i, p := range rows {
		out[i] = p.listed(true)
	}
	return out, err
}

// CanListenOrg says whether a viewer may follow the topic org, which names everybody and every team: nil, or
// not_found. Guests, screens and a team's tokens may not; they do not see everybody.
func (s *Service) CanListenOrg(q *store.Query, v who.Viewer) error {
	if v.PersonID != "" && v.TeamID == "" {
		p, err := personByID(q, v.PersonID)
		if err != nil {
			return err
		}
		if p != nil && p.active() && p.Role != who.Guest {
			return nil
		}
	}
	return fault.NotFound("topic")
}
