package account_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func fragment(t *testing.T, raw, path string) string {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil || u.Path != path || u.Fragment == "" || u.RawQuery != "" {
		t.Fatalf("%s: the secret belongs behind the #", raw)
	}
	return u.Fragment
}

func (h *house) invite(v *visitor, body map[string]string) string {
	h.t.Helper()
	var made account.InviteMade
	v.must(201, "POST", "/invites", body).json(h.t, &made)
	return fragment(h.t, made.URL, "/invite")
}

func accept(tok, email string) map[string]string {
	b := map[string]string{"token": tok, "name": "Noor", "password": password, "discipline": "security"}
	if email != "" {
		b["email"] = email
	}
	return b
}

func TestInvite(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		cast := trestletest.MakeCast(t, h.Store)
		admin, lead := h.as(cast.People["admin"]), h.as(cast.People["lead"])
		boardTopic := event.BoardTopic(h.board(cast.Team))

		t.Run("once, by whoever holds the link", func(t *testing.T) {
			tok := h.invite(lead, map[string]string{"teamId": cast.Team, "role": "guest", "teamRole": "commenter"})
			v := h.visitor()
			var i account.Invitation
			v.must(200, "POST", "/invites/inspect", map[string]string{"token": tok}).json(t, &i)
			if i.TeamName != "Team OWN" || i.Role != "guest" || i.Email != "" {
				t.Fatalf("%+v", i)
			}
			before := h.epoch(boardTopic)
			var wg sync.WaitGroup
			var mu sync.Mutex
			var in []answer
			for _, n := range []string{"n1", "n2", "n3"} {
				wg.Go(func() {
					a := h.visitor().do("POST", "/invites/accept", accept(tok, n+"@example.test"))
					mu.Lock()
					in = append(in, a)
					mu.Unlock()
				})
			}
			wg.Wait()
			ok := 0
			for _, a := range in {
				if a.status == 200 {
					ok++
					v.keep(a)
				} else if a.status != 404 {
					t.Fatal(a)
				}
			}
			if ok != 1 {
				t.Fatalf("%d people came in with one invitation", ok)
			}
			var me account.Me
			v.must(200, "GET", "/me", nil).json(t, &me)
			if me.Person.Role != "guest" || len(me.Teams) != 1 || me.Teams[0].Right != "commenter" || me.Person.Discipline != "security" {
				t.Fatalf("%+v", me)
			}
			if h.epoch(boardTopic) != before+1 || !strings.Contains(h.events(boardTopic), "person.updated") ||
				!strings.Contains(h.events(event.TeamTopic(cast.Team)), "member.added") {
				t.Fatal("the team was not told")
			}
			v.must(404, "POST", "/invites/inspect", map[string]string{"token": tok})
		})
		t.Run("for one address", func(t *testing.T) {
			tok := h.invite(admin, map[string]string{"email": "Pat@example.test", "role": "manager"})
			if a := h.visitor().do("POST", "/invites/accept", accept(tok, "other@example.test")); a.status != 422 {
				t.Fatal(a)
			}
			v := h.visitor()
			v.keep(v.must(200, "POST", "/invites/accept", accept(tok, "")))
			var me account.Me
			v.must(200, "GET", "/me", nil).json(t, &me)
			if me.Person.Email != "pat@example.test" || me.Person.Role != "manager" {
				t.Fatalf("%+v", me)
			}
			tok = h.invite(admin, map[string]string{"role": "member"})
			if a := h.visitor().do("POST", "/invites/accept", accept(tok, "pat@example.test")); a.status != 409 || a.code() != "email_taken" {
				t.Fatal(a)
			}
			h.visitor().must(200, "POST", "/invites/accept", accept(tok, "pat2@example.test")) // a refusal does not spend it
		})
		t.Run("completes somebody who has no password", func(t *testing.T) {
			p, err := h.acc.CreatePerson(context.Background(), account.NewPerson{Name: "Q", Email: "q@example.test", Role: who.Member})
			if err != nil {
				t.Fatal(err)
			}
			open := h.invite(admin, map[string]string{"role": "member"})
			if a := h.visitor().do("POST", "/invites/accept", accept(open, "q@example.test")); a.status != 409 {
				t.Fatal("an open invitation takes over somebody's place", a)
			}
			leads := h.invite(lead, map[string]string{"email": "q@example.test", "teamId": cast.Team, "role": "member"})
			if a := h.visitor().do("POST", "/invites/accept", accept(leads, "")); a.status != 409 {
				t.Fatal("a lead's invitation takes over somebody's place, and their role", a)
			}
			tok := h.invite(admin, map[string]string{"email": "q@example.test", "role": "member"})
			v := h.visitor()
			v.keep(v.must(200, "POST", "/invites/accept", accept(tok, "")))
			var me account.Me
			v.must(200, "GET", "/me", nil).json(t, &me)
			if me.Person.ID != p.ID || me.Person.Name != "Noor" {
				t.Fatalf("%+v", me)
			}
		})
		t.Run("who may invite whom", func(t *testing.T) {
			for _, name := range trestletest.Columns {
				v := h.as(cast.People[name])
				for label, c := range map[string]struct {
					body map[string]string
					want map[string]int
					rest int
				}{
					"a member into the own team": {map[string]string{"teamId": cast.Team, "role": "member", "teamRole": "lead"}, map[string]int{"guest": 404, "lead": 201, "admin": 201}, 403},
					"a manager into the team":    {map[string]string{"teamId": cast.Team, "role": "manager"}, map[string]int{"guest": 404, "admin": 201}, 403},
					"into no team":               {map[string]string{"role": "member"}, map[string]int{"admin": 201}, 403},
					"into another team":          {map[string]string{"teamId": cast.OtherTeam, "role": "member"}, map[string]int{"guest": 404, "admin": 201}, 403},
					"into no such team":          {map[string]string{"teamId": "tea_absent", "role": "member"}, nil, 404},
				} {
					want, ok := c.want[name]
					if !ok {
						want = c.rest
					}
					if a := v.do("POST", "/invites", c.body); a.status != want {
						t.Errorf("%s invites %s: %d, wanted %d", name, label, a.status, want)
					}
				}
				want := 403
				if name == "lead" || name == "admin" {
					want = 200
				}
				if a := v.do("GET", "/invites", nil); a.status != want {
					t.Errorf("%s lists: %d", name, a.status)
				} else if want == 200 && strings.Contains(a.body, cast.OtherTeam) != (name == "admin") {
					t.Errorf("%s sees invitations into another team", name)
				}
			}
		})
		t.Run("revoked, too old, inviter gone, nonsense", func(t *testing.T) {
			dead := func(tok string) {
				t.Helper()
				v := h.visitor()
				v.address = "198.51.100.77"
				a := v.must(404, "POST", "/invites/inspect", map[string]string{"token": tok})
				b := v.must(404, "POST", "/invites/accept", accept(tok, "late@example.test"))
				if !strings.Contains(a.body, "ask for a new one") || !strings.Contains(b.body, "ask for a new one") {
					t.Fatal(a.body, b.body)
				}
			}
			dead("nonsense")
			var made account.InviteMade
			lead.must(201, "POST", "/invites", map[string]string{"teamId": cast.Team, "role": "member"}).json(t, &made)
			for _, name := range trestletest.Columns {
				if name != "lead" && name != "admin" {
					h.as(cast.People[name]).must(404, "DELETE", "/invites/"+made.ID, nil)
				}
			}
			lead.must(204, "DELETE", "/invites/"+made.ID, nil)
			lead.must(404, "DELETE", "/invites/"+made.ID, nil)
			dead(fragment(t, made.URL, "/invite"))
			second := h.person("second", who.Admin)
			tok := h.invite(h.as(second), map[string]string{"role": "admin"})
			admin.must(200, "PATCH", "/people/"+second.PersonID, map[string]bool{"disabled": true})
			dead(tok)
			third := h.person("third", who.Admin)
			tok = h.invite(h.as(third), map[string]string{"role": "admin"})
			admin.must(200, "PATCH", "/people/"+third.PersonID, map[string]string{"role": "member"})
			dead(tok) // or they would let themselves back in
			tok = h.invite(admin, map[string]string{"role": "member"})
			h.Clock.Advance(7*24*time.Hour + time.Second)
			dead(tok)
		})
	})
}

func TestToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		cast := trestletest.MakeCast(t, h.Store)
		make := func(v *visitor, body map[string]any) (account.TokenMade, *visitor) {
			t.Helper()
			var m account.TokenMade
			v.must(201, "POST", "/tokens", body).json(t, &m)
			u := h.visitor()
			u.bearer = m.Secret
			return m, u
		}
		admin, lead, worker := h.as(cast.People["admin"]), h.as(cast.People["lead"]), h.as(cast.People["worker"])

		t.Run("scopes", func(t *testing.T) {
			ops := []struct{ method, path, scope string }{
				{"GET", "/me", "read"}, {"GET", "/teams", "read"}, {"GET", "/people", "read"}, {"PATCH", "/me", "write"},
				{"POST", "/live/ticket", "live"}, {"GET", "/tokens", "admin"}, {"GET", "/sessions", "admin"}, {"GET", "/invites", "admin"},
				{"POST", "/people", "admin"}, {"POST", "/teams", "admin"}, {"POST", "/teams/" + cast.Team + "/members", "admin"},
				{"GET", "/teams/" + cast.Team + "/device-links", "admin"}, {"POST", "/me/password", "admin"},
			}
			for _, scope := range account.Scopes {
				_, u := make(admin, map[string]any{"name": scope, "scopes": []string{scope}})
				for _, op := range ops {
					a := u.do(op.method, op.path, map[string]any{})
					if (a.status == 403) == (scope == op.scope) {
						t.Errorf("%s at %s %s: %d %s", scope, op.method, op.path, a.status, a.body)
					}
				}
			}
		})
		t.Run("never more than its owner", func(t *testing.T) {
			_, u := make(worker, map[string]any{"name": "all", "scopes": account.Scopes})
			u.must(403, "POST", "/teams", map[string]string{"name": "X", "key": "XXX"})
			u.must(403, "POST", "/teams/"+cast.Team+"/members", map[string]string{"personId": cast.People["other"].PersonID, "role": "lead"})
			u.must(403, "POST", "/tokens", map[string]any{"name": "child", "scopes": []string{"read"}})
			_, noAdmin := make(admin, map[string]any{"name": "rw", "scopes": []string{"read", "write"}})
			if a := noAdmin.must(200, "GET", "/people", nil); strings.Contains(a.body, "@") {
				t.Error("e-mail addresses without the scope admin")
			}
		})
		t.Run("a password set by an administrator ends what its owner holds", func(t *testing.T) {
			commenter := h.as(cast.People["commenter"])
			_, own := make(commenter, map[string]any{"name": "own", "scopes": []string{"read"}})
			own.must(200, "GET", "/me", nil)
			admin.must(200, "PATCH", "/people/"+cast.People["commenter"].PersonID, map[string]string{"password": "set by somebody else"})
			own.must(401, "GET", "/me", nil)
		})
		t.Run("a team's token knows its team alone", func(t *testing.T) {
			lead.must(403, "POST", "/tokens", map[string]any{"name": "x", "scopes": []string{"read"}, "teamId": cast.OtherTeam})
			worker.must(403, "POST", "/tokens", map[string]any{"name": "x", "scopes": []string{"read"}, "teamId": cast.Team})
			lead.must(422, "POST", "/tokens", map[string]any{"name": "x", "scopes": []string{"read", "admin"}, "teamId": cast.Team})
			m, u := make(lead, map[string]any{"name": "pipeline", "scopes": []string{"read", "write"}, "teamId": cast.Team})
			u.must(200, "GET", "/teams/"+cast.Team, nil)
			u.must(404, "GET", "/teams/"+cast.OtherTeam, nil)
			u.must(403, "PATCH", "/me", map[string]string{"name": "Pipeline"})
			if a := u.must(200, "GET", "/people", nil); strings.Contains(a.body, `"other",`) {
				t.Error(a.body)
			}
			worker.must(404, "DELETE", "/tokens/"+m.ID, nil)
			_, all := make(admin, map[string]any{"name": "adm", "scopes": []string{"admin"}})
			if a := all.must(200, "GET", "/tokens?all=true", nil); !strings.Contains(a.body, m.ID) {
				t.Error(a.body)
			}
			lead.must(403, "GET", "/tokens?all=true", nil)
			if a := lead.must(200, "GET", "/tokens", nil); !strings.Contains(a.body, m.ID) || strings.Contains(a.body, m.Secret) {
				t.Error(a.body)
			}
			lead.must(204, "DELETE", "/tokens/"+m.ID, nil)
			u.must(401, "GET", "/me", nil)
		})
		t.Run("shown once, kept as a digest, bound to its end", func(t *testing.T) {
			end := h.Clock.Now().Add(time.Hour)
			m, u := make(worker, map[string]any{"name": "ci", "scopes": []string{"read"}, "expiresAt": end})
			if h.Store.SQLite() {
				raw := ""
				for _, suffix := range []string{"", "-wal"} {
					b, _ := os.ReadFile(filepath.Join(h.Options.Dir, "trestle.db"+suffix))
					raw += string(b)
				}
				if strings.Contains(raw, m.Secret) || strings.Contains(raw, m.Secret[25:60]) || !strings.Contains(raw, m.ID) {
					t.Fatal("the secret is in the database")
				}
			}
			forged := h.visitor()
			forged.bearer = account.NewSecret(m.ID) // right form, right id, another secret
			forged.must(401, "GET", "/me", nil)
			forged.bearer = m.Secret[:len(m.Secret)-1]
			forged.must(401, "GET", "/me", nil)
			used := func() (ms int64) {
				_, _ = h.Store.Rows(context.Background()).Row([]any{&ms}, "SELECT COALESCE(last_used_at, 0) FROM tokens WHERE id = ?", m.ID)
				return ms
			}
			u.must(200, "GET", "/me", nil)
			first := used()
			h.Clock.Advance(30 * time.Second)
			u.must(200, "GET", "/me", nil)
			if first == 0 || used() != first {
				t.Fatal(first, used())
			}
			h.Clock.Advance(31 * time.Second)
			u.must(200, "GET", "/me", nil)
			if used() == first {
				t.Fatal("not noted")
			}
			h.Clock.Advance(time.Hour)
			if a := u.must(401, "GET", "/me", nil); !strings.Contains(a.body, "expired") {
				t.Fatal(a.body)
			}
			worker.must(422, "POST", "/tokens", map[string]any{"name": "x", "scopes": []string{"read"}, "expiresAt": h.Clock.Now()})
			for _, bad := range []any{[]string{}, []string{"root"}, nil, "read"} {
				worker.must(422, "POST", "/tokens", map[string]any{"name": "x", "scopes": bad})
			}
		})
		t.Run("revoked, also for sockets", func(t *testing.T) {
			m, u := make(worker, map[string]any{"name": "live", "scopes": []string{"read", "live"}})
			var tk account.TicketMade
			u.must(201, "POST", "/live/ticket", nil).json(t, &tk)
			v, err := h.acc.Ticket(context.Background(), tk.Ticket)
			if err != nil || v.TokenID != m.ID || v.Scope("write") {
				t.Fatal(v, err)
			}
			lead.must(404, "DELETE", "/tokens/"+m.ID, nil) // a lead has no say over somebody's own token
			me := event.MeTopic(cast.People["worker"].PersonID)
			before := h.epoch(me)
			worker.must(204, "DELETE", "/tokens/"+m.ID, nil)
			u.must(401, "GET", "/me", nil)
			if err := h.acc.StillValid(context.Background(), v); err == nil || h.epoch(me) != before+1 {
				t.Fatal("a socket of it would live on")
			}
			worker.must(404, "DELETE", "/tokens/"+m.ID, nil)
		})
		t.Run("a retry does not show it again", func(t *testing.T) {
			ctx := trestletest.CtxKey(t, who.Viewer{PersonID: cast.People["worker"].PersonID, SessionID: "ses_x"}, "k1", "h1")
			n := account.NewToken{Name: "once", Scopes: []string{"read"}}
			if _, err := h.acc.CreateToken(ctx, n); err != nil {
				t.Fatal(err)
			}
			ctx = trestletest.CtxKey(t, who.Viewer{PersonID: cast.People["worker"].PersonID, SessionID: "ses_x"}, "k1", "h1")
			if _, err := h.acc.CreateToken(ctx, n); err == nil {
				t.Fatal("made twice")
			}
		})
	})
}
