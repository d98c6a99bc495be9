package account

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Me tells who is signed in and where they stand.
func (s *Service) Me(ctx context.Context) (Me, error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return Me{}, fault.Forbidden("This is a screen, not a person.")
	}
	var me Me
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		p, err := needPerson(q, v.PersonID)
		if err != nil {
			return err
		}
		name, err := workspaceName(q)
		if err != nil {
			return err
		}
		me = Me{Person: Self{Person: p.view(), Email: p.Email, Role: p.Role, TimeZone: p.TimeZone}, Workspace: Workspace{Name: name},
			SessionID: v.SessionID, Demo: s.cfg.Demo, Version: s.cfg.Version,
			Insecure: p.Role == who.Admin && !clientOf(ctx).secure}
		if me.Keys, err = ownKeys(q, p.ID); err != nil {
			return err
		}
		me.Teams, err = s.teams.Mine(q, v)
		return err
	})
	if me.Teams == nil {
		me.Teams = []MyTeam{}
	}
	return me, err
}

// SelfPatch is what people change of themselves; nil leaves it.
type SelfPatch struct {
	Name, Discipline, TimeZone *string
	Hue                        *int
}

// ChangeMe changes the viewer's own person.
func (s *Service) ChangeMe(ctx context.Context, patch SelfPatch) (Me, error) {
	for _, err := range []error{
		tidyName(patch.Name), ifSet(patch.Discipline, checkDiscipline), ifSet(patch.TimeZone, checkTimeZone),
	} {
		if err != nil {
			return Me{}, err
		}
	}
	if patch.Hue != nil && (*patch.Hue < 0 || *patch.Hue >= Hues) {
		return Me{}, fault.Invalid("body.hue", "A colour is a number from 0 to %d.", Hues-1)
	}
	v := who.From(ctx)
	if v.TeamID != "" {
		return Me{}, fault.Forbidden("A team's token cannot change the person who made it.")
	}
	_, err := s.change(ctx, v.PersonID, false, func(_ *store.Tx, p *record) error {
		set(&p.Name, patch.Name)
		set(&p.Discipline, patch.Discipline)
		set(&p.TimeZone, patch.TimeZone)
		if patch.Hue != nil {
			p.Hue = *patch.Hue
		}
		return nil
	})
	if err != nil {
		return Me{}, err
	}
	return s.Me(ctx)
}

// ChangePassword changes the viewer's password and ends their other sessions. A wrong present password counts
// as a failed sign-in.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	v, cl := who.From(ctx), clientOf(ctx)
	p, err := needPerson(s.store.Rows(ctx), v.PersonID)
	if err != nil {
		return err
	}
	if err := s.try(ctx, p.Email, cl.address); err != nil {
		return err
	}
	ok, _, err := s.verify(ctx, p.PasswordHash, current)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Invalid("body.current", "That is not your present password.")
	}
	if err := CheckPassword("body.next", next, p.Email); err != nil {
		return err
	}
	phc, err := s.hashed(ctx, next)
	if err != nil {
		return err
	}
	return store.Do(ctx, s.store, []string{event.MeTopic(p.ID)}, func(tx *store.Tx) error {
		if err := forgive(tx, p.Email, cl.address); err != nil {
			return err
		}
		n, err := tx.Exec(`UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ? AND disabled_at IS NULL`, phc, p.ID, p.PasswordHash)
		if err == nil && n != 1 {
			err = fault.Conflict("stale", "The password was changed in the meantime.")
		}
		if err != nil {
			return err
		}
		return endSessions(tx, p.ID, "id <> ?", v.SessionID)
	})
}
