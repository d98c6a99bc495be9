package account

import (
	"context"
	"encoding/json"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const (
	settingWorkspace = "workspace"
	settingDemo      = "demo_accounts"
)

func workspaceName(q *store.Query) (string, error) {
	name, err := setting(q, settingWorkspace)
	if name == "" {
		name = "Trestle"
	}
	return name, err
}

// State tells the sign-in page whether this installation is fresh, and in a demo who may come in.
func (s *Service) State(ctx context.Context) (SetUp, error) {
	q := s.store.Rows(ctx)
	admins, err := otherAdmins(q, "")
	if err != nil {
		return SetUp{}, err
	}
	out := SetUp{Needed: admins == 0, Demo: s.cfg.Demo, DemoAccounts: []DemoAccount{}}
	if out.Workspace, err = workspaceName(q); err != nil || !s.cfg.Demo {
		return out, err
	}
	raw, err := setting(q, settingDemo)
	if err == nil && raw != "" {
		err = json.Unmarshal([]byte(raw), &out.DemoAccounts)
	}
	for i := range out.DemoAccounts {
		if err == nil {
			_, err = q.Row([]any{&out.DemoAccounts[i].Hue}, "SELECT hue FROM people WHERE email = ?", out.DemoAccounts[i].Email)
		}
	}
	return out, err
}

// WriteDemo keeps the demo's sign-ins for State to show. The passwords of a demo are public.
func (s *Service) WriteDemo(ctx context.Context, accounts []DemoAccount) error {
	raw, err := json.Marshal(accounts)
	if err != nil {
		return err
	}
	return store.Do(ctx, s.store, []string{org}, func(tx *store.Tx) error { return saveSetting(tx, settingDemo, string(raw)) })
}

func nameWorkspace(tx *store.Tx, name string) error {
	if err := saveSetting(tx, settingWorkspace, name); err != nil {
		return err
	}
	_, err := tx.Publish(org, "workspace.updated", Workspace{Name: name})
	return err
}

var errSetUp = fault.Conflict("already_set_up", "This workspace has an administrator already. Please sign in.")

// SetUpFirst makes the first administrator and signs them in; 409 already_set_up when there is one.
func (s *Service) SetUpFirst(ctx context.Context, first NewPerson, workspace string) (Opened, error) {
	cl := clientOf(ctx)
	if n, err := otherAdmins(s.store.Rows(ctx), ""); err != nil || n > 0 {
		if err == nil {
			err = errSetUp
		}
		return Opened{}, err
	}
	workspace, err := checkName("body.workspace", workspace)
	if err != nil {
		return Opened{}, err
	}
	if first.Password == "" {
		return Opened{}, CheckPassword("body.password", "", first.Email)
	}
	first.Role = who.Admin
	p, err := s.prepare(ctx, first)
	if err != nil {
		return Opened{}, err
	}
	var row session
	err = store.Do(store.As(ctx, p.ID, p.Name), s.store, []string{org, event.MeTopic(p.ID)}, func(tx *store.Tx) error {
		if n, err := otherAdmins(tx.Query, ""); err != nil || n > 0 {
			if err == nil {
				err = errSetUp
			}
			return err
		}
		if err := welcome(tx, p); err != nil {
			return err
		}
		if err := nameWorkspace(tx, workspace); err != nil {
			return err
		}
		row = newSession(tx, p.ID, cl)
		return insertSession(tx, &row)
	})
	if err != nil {
		return Opened{}, err
	}
	return s.signed(ctx, &row, p)
}

// EnsureAdmin makes the first administrator from the settings of the installation when there is none, and
// says whether it did. Somebody with that address who is here already becomes one, with that password.
func (s *Service) EnsureAdmin(ctx context.Context, email, password string) (made bool, err error) {
	q := s.store.Rows(ctx)
	if n, err := otherAdmins(q, ""); err != nil || n > 0 {
		return false, err
	}
	if password == "" {
		return false, CheckPassword("TRESTLE_ADMIN_PASSWORD", password, email)
	}
	p, err := personByEmail(q, foldEmail(email))
	if err != nil {
		return false, err
	}
	if p == nil {
		_, err = s.CreatePerson(ctx, NewPerson{Name: "Administrator", Email: email, Password: password, Role: who.Admin})
		return err == nil, err
	}
	role, no := who.Admin, false
	_, err = s.AmendPerson(ctx, p.ID, PersonPatch{Role: &role, Disabled: &no, Password: &password})
	return err == nil, err
}

// Tidy forgets what time has made useless: counted tries, spent tickets, sessions that ended long ago. Call
// it now and then.
func (s *Service) Tidy(ctx context.Context) error {
	return store.Do(quietly(ctx), s.store, nil, func(tx *store.Tx) error {
		now := store.Ms(tx.Now)
		for stmt, before := range map[string]int64{
			`DELETE FROM sign_in_failures WHERE last_at < ?`: now - failuresForget.Milliseconds(),
			`DELETE FROM live_tickets WHERE expires_at < ?`:  now - lives[forLive].Milliseconds(),
			`DELETE FROM sessions WHERE expires_at < ?`:      now - Absolute.Milliseconds(),
		} {
			if _, err := tx.Exec(stmt, before); err != nil {
				return err
			}
		}
		return nil
	})
}
