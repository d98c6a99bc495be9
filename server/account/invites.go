package account

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

type invite struct {
	ID, Email, Role, TeamRole, By string
	TeamID                        *string
	CreatedAt, ExpiresAt          int64
	UsedAt, RevokedAt             *int64
}

const inviteColumns = `id, email, team_id, role, team_role, created_by, created_at, expires_at, used_at, revoked_at`

func (i *invite) dest() []any {
	return []any{&i.ID, &i.Email, &i.TeamID, &i.Role, &i.TeamRole, &i.By, &i.CreatedAt, &i.ExpiresAt, &i.UsedAt, &i.RevokedAt}
}

func (i *invite) team() string {
	if i.TeamID == nil {
		return ""
	}
	return *i.TeamID
}

func (i *invite) view() InviteView {
	return InviteView{ID: i.ID, Email: i.Email, TeamID: i.team(), Role: i.Role, TeamRole: i.TeamRole,
		CreatedAt: store.At(i.CreatedAt), ExpiresAt: store.At(i.ExpiresAt), UsedAt: store.AtPtr(i.UsedAt)}
}

// NewInvite is what an invitation takes.
type NewInvite struct {
	Email    string // empty: whoever holds the link
	TeamID   string // they join this team
	Role     string // workspace role, "" = member
	TeamRole string // "" = worker, when a team is named
}

var teamRoles = []string{"viewer", "commenter", "worker", "lead"}

func (n *NewInvite) check() error {
	if n.Email != "" {
		var err error
		if n.Email, err = checkEmail(n.Email); err != nil {
			return err
		}
	}
	if n.Role == "" {
		n.Role = who.Member
	}
	if err := checkRole(n.Role); err != nil {
		return err
	}
	if n.TeamID == "" {
		if n.TeamRole != "" {
			return fault.Invalid("body.teamRole", "A role in a team needs the team.")
		}
		return nil
	}
	if n.TeamRole == "" {
		n.TeamRole = "worker"
	}
	if !slices.Contains(teamRoles, n.TeamRole) {
		return fault.Invalid("body.teamRole", "A role in a team is one of %s.", strings.Join(teamRoles, ", "))
	}
	return nil
}

// mayInvite: administrators invite anybody anywhere, leads members and guests into their own team.
func (s *Service) mayInvite(q *store.Query, v who.Viewer, n NewInvite) error {
	const only = "Only an administrator may invite without a team; a lead may invite members and guests into their own team."
	if n.TeamID == "" {
		return needAdmin(q, v, only)
	}
	if _, err := s.teams.NeedLead(q, v, n.TeamID); err != nil {
		return err
	}
	if n.Role == who.Member || n.Role == who.Guest {
		return nil
	}
	return needAdmin(q, v, only)
}

// Invite makes a link that lets one person in, once, within seven days.
func (s *Service) Invite(ctx context.Context, n NewInvite) (InviteMade, error) {
	v := who.From(ctx)
	if err := n.check(); err != nil {
		return InviteMade{}, err
	}
	if err := s.mayInvite(s.store.Rows(ctx), v, n); err != nil {
		return InviteMade{}, err
	}
	i := invite{ID: store.NewID("inv"), Email: n.Email, Role: n.Role, TeamRole: n.TeamRole, By: v.PersonID}
	if n.TeamID != "" {
		i.TeamID = &n.TeamID
	}
	c := claims{}
	c.ID = i.ID
	text, until, err := s.sign(ctx, forInvite, c, time.Time{})
	if err != nil {
		return InviteMade{}, err
	}
	url := s.LinkBase(ctx) + "/invite#" + text
	return store.InTx(ctx, s.store, nil, func(tx *store.Tx) (InviteMade, error) {
		if err := s.mayInvite(tx.Query, v, n); err != nil {
			return InviteMade{}, err
		}
		_, err := tx.Exec(`INSERT INTO invites (id, email, team_id, role, team_role, created_by, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?)`,
			i.ID, i.Email, i.TeamID, i.Role, i.TeamRole, i.By, store.Ms(tx.Now), store.Ms(until))
		return InviteMade{ID: i.ID, URL: url, ExpiresAt: until}, err
	})
}

// mayHandle: administrators every invitation; others those into teams that they lead.
func (s *Service) mayHandle(q *store.Query, v who.Viewer, i *invite) bool {
	if needAdmin(q, v, "") == nil {
		return v.TeamID == ""
	}
	if i.TeamID == nil {
		return false
	}
	_, err := s.teams.NeedLead(q, v, *i.TeamID)
	return err == nil
}

// Invites lists open and used invitations that the viewer may handle, newest first.
func (s *Service) Invites(ctx context.Context) ([]InviteView, error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	var all []invite
	err := q.Each(func(scan func(...any) error) error {
		var i invite
		if err := scan(i.dest()...); err != nil {
			return err
		}
		all = append(all, i)
		return nil
	}, `SELECT `+inviteColumns+` FROM invites WHERE revoked_at IS NULL AND (used_at IS NOT NULL OR expires_at > ?)
		ORDER BY created_at DESC, id LIMIT 500`, store.Ms(s.store.Now()))
	var out []InviteView
	leads := map[string]bool{} // each team is asked about once
	for _, i := range all {
		may, known := leads[i.team()]
		if !known {
			may = s.mayHandle(q, v, &i)
			leads[i.team()] = may
		}
		if may {
			out = append(out, i.view())
		}
	}
	if err == nil && len(out) == 0 && !v.IsAdmin() {
		if err = s.leadsAny(q, v); err != nil {
			return nil, err
		}
	}
	return out, err
}

// leadsAny is forbidden for those who never have an invitation to handle.
func (s *Service) leadsAny(q *store.Query, v who.Viewer) error {
	mine, err := s.teams.Mine(q, v)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(mine, func(t MyTeam) bool { return t.Right == "lead" }) {
		return nil
	}
	return fault.Forbidden("Only administrators and leads of a team handle invitations.")
}

// RevokeInvite makes an unused invitation worthless.
func (s *Service) RevokeInvite(ctx context.Context, id string) error {
	v := who.From(ctx)
	return store.Do(ctx, s.store, nil, func(tx *store.Tx) error {
		var i invite
		found, err := tx.Row(i.dest(), `SELECT `+inviteColumns+` FROM invites WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if !found || i.RevokedAt != nil || !s.mayHandle(tx.Query, v, &i) {
			return fault.NotFound("invitation")
		}
		if i.UsedAt != nil {
			return fault.Conflict("invite_used", "This invitation was used already.")
		}
		_, err = tx.Exec(`UPDATE invites SET revoked_at = ? WHERE id = ? AND used_at IS NULL`, store.Ms(tx.Now), id)
		return err
	})
}

// errInvite is one answer for every invitation that cannot be used.
var errInvite = fault.Of(http.StatusNotFound, "not_found", "This invitation is not valid any more. Please ask for a new one.")

// usable reads the invitation behind a link, and its team's name.
func (s *Service) usable(q *store.Query, id string, now time.Time) (*invite, string, error) {
	var i invite
	found, err := q.Row(i.dest(), `SELECT `+inviteColumns+` FROM invites WHERE id = ?`, id)
	if err != nil {
		return nil, "", err
	}
	if !found || i.UsedAt != nil || i.RevokedAt != nil || store.Ms(now) >= i.ExpiresAt {
		return nil, "", errInvite
	}
	by, err := personByID(q, i.By)
	if err != nil {
		return nil, "", err
	}
	if by == nil || !by.active() {
		return nil, "", errInvite // who invited is out, and so is their word
	}
	// …as is a word that they could not give any more: an administrator's, once they are none
	err = s.mayInvite(q, who.Viewer{PersonID: by.ID, Role: by.Role}, NewInvite{TeamID: i.team(), Role: i.Role})
	if f, ok := fault.As(err); ok && f.Status < http.StatusInternalServerError {
		return nil, "", errInvite
	}
	if err != nil {
		return nil, "", err
	}
	name := ""
	if i.TeamID != nil {
		if name, err = s.teams.Name(q, *i.TeamID); err != nil {
			return nil, "", err
		}
		if name == "" {
			return nil, "", errInvite
		}
	}
	return &i, name, nil
}

func (s *Service) inviteOf(ctx context.Context, text string) (*invite, string, error) {
	c, err := s.open(ctx, forInvite, text, 0)
	if err != nil {
		if f, ok := fault.As(unsigned(err)); ok {
			return nil, "", errInvite.Because(f)
		}
		return nil, "", err
	}
	return s.usable(s.store.Rows(ctx), c.ID, s.store.Now())
}

// Inspect tells an invited person where they are invited to.
func (s *Service) Inspect(ctx context.Context, text string) (Invitation, error) {
	i, team, err := s.inviteOf(ctx, text)
	if err != nil {
		return Invitation{}, err
	}
	name, err := workspaceName(s.store.Rows(ctx))
	return Invitation{Workspace: name, TeamName: team, Email: i.Email, Role: i.Role}, err
}

// Acceptance is what an invited person brings.
type Acceptance struct {
	Token, Name, Email, Password, Discipline string
}

// Accept spends an invitation, makes the person (or completes the one whom an administrator made for that
// address and who has no password yet), lets them join the team and signs them in.
func (s *Service) Accept(ctx context.Context, a Acceptance) (Opened, error) {
	cl := clientOf(ctx)
	if err := s.try(ctx, "", cl.address); err != nil { // a link is not a way to try out addresses
		return Opened{}, err
	}
	i, _, err := s.inviteOf(ctx, a.Token)
	if err != nil {
		return Opened{}, err
	}
	if i.Email != "" {
		if a.Email != "" && foldEmail(a.Email) != i.Email {
			return Opened{}, fault.Invalid("body.email", "This invitation is for another e-mail address.")
		}
		a.Email = i.Email
	}
	if a.Password == "" {
		return Opened{}, CheckPassword("body.password", a.Password, a.Email)
	}
	fresh, err := s.prepare(ctx, NewPerson{Name: a.Name, Email: a.Email, Discipline: a.Discipline, Role: i.Role, Password: a.Password})
	if err != nil {
		return Opened{}, err
	}
	q := s.store.Rows(ctx)
	names := []string{org}
	if i.TeamID != nil {
		more, err := s.teams.Topics(q, *i.TeamID)
		if err != nil {
			return Opened{}, err
		}
		names = append(names, more...)
	}
	id := fresh.ID
	if known, err := personByEmail(q, fresh.Email); err != nil {
		return Opened{}, err
	} else if known != nil {
		boards, err := boardTopicsOf(q, known.ID)
		if err != nil {
			return Opened{}, err
		}
		id, names = known.ID, append(names, boards...)
	}
	names = append(names, event.MeTopic(id))

	var row session
	var p *record
	err = store.Do(store.As(ctx, id, fresh.Name), s.store, names, func(tx *store.Tx) error {
		i, _, err := s.usable(tx.Query, i.ID, tx.Now)
		if err != nil {
			return err
		}
		if p, err = s.arrive(tx, fresh, i, id); err != nil {
			return err
		}
		if i.TeamID != nil {
			if err := s.teams.Join(tx, *i.TeamID, p.view(), i.TeamRole); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`UPDATE invites SET used_at = ?, used_by = ? WHERE id = ? AND used_at IS NULL`, store.Ms(tx.Now), p.ID, i.ID); err != nil {
			return err
		}
		if err := forgive(tx, "", cl.address); err != nil {
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

// arrive writes the invited person. id is theirs as it was read before the write.
func (s *Service) arrive(tx *store.Tx, fresh *record, i *invite, id string) (*record, error) {
	known, err := personByEmail(tx.Query, fresh.Email)
	if err != nil {
		return nil, err
	}
	if known == nil {
		p := *fresh
		return &p, welcome(tx, &p)
	}
	// only an administrator's invitation to this very address completes somebody who is known: whoever holds the
	// link becomes them, with their role
	by, err := personByID(tx.Query, i.By)
	if err != nil {
		return nil, err
	}
	if known.PasswordHash != "" || known.DisabledAt != nil || i.Email != known.Email || known.ID != id || by == nil || by.Role != who.Admin {
		return nil, fault.Conflict("email_taken", "Somebody with this e-mail address is here already. Please sign in.")
	}
	known.Name, known.Discipline, known.PasswordHash, known.Placeholder = fresh.Name, fresh.Discipline, fresh.PasswordHash, false
	if err := savePerson(tx, known); err != nil {
		return nil, err
	}
	return known, tell(tx, known)
}
