package account_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func TestSignIn_Cookie(t *testing.T) {
	origins, err := web.NewOrigins("https://board.example.org", "")
	if err != nil {
		t.Fatal(err)
	}
	h := build(t, trestletest.New(t), func(_ *account.Config, o *web.Options) { o.Origins = origins })
	h.person("ana", who.Member)
	for host, secure := range map[string]bool{"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:8080": true,
		"board.example.org": true, "192.168.1.20:8080": false, "board.lan": false} {
		v := h.visitor()
		v.host = host
		a := v.signIn("ana@example.test", password)
		if a.status != 200 {
			t.Fatalf("%s: %d %s", host, a.status, a.body)
		}
		c := v.keep(a)
		name := "session"
		if secure {
			name = "__Host-session"
		}
		if c.Name != name || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" ||
			c.MaxAge != int(account.Idle.Seconds()) {
			t.Errorf("%s: %s", host, a.header.Get("Set-Cookie"))
		}
		v.must(200, "GET", "/me", nil)
		if n := len(a.header.Values("Set-Cookie")); n != 1 {
			t.Errorf("%s: %d cookies", host, n)
		}
	}
}

func TestMe_Insecure(t *testing.T) {
	h := build(t, trestletest.New(t))
	h.person("root", who.Admin)
	h.person("ana", who.Member)
	for _, c := range []struct {
		who, host string
		want      bool
	}{{"root", "192.168.1.20", true}, {"root", "localhost", false}, {"ana", "192.168.1.20", false}} {
		v := h.visitor()
		v.host = c.host
		v.keep(v.signIn(c.who+"@example.test", password))
		var me account.Me
		v.must(200, "GET", "/me", nil).json(t, &me)
		if me.Insecure != c.want {
			t.Errorf("%+v: %v", c, me.Insecure)
		}
	}
}

func TestSession_Life(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person("ana", who.Member)
		v := h.visitor()
		a := v.signIn("ana@example.test", password)
		first := v.keep(a)
		var in account.SignedIn
		a.json(t, &in)
		bearer := h.visitor()
		bearer.bearer = in.Token
		bearer.must(200, "GET", "/me", nil)

		t.Run("a second sign-in is another session", func(t *testing.T) {
			w := h.visitor()
			if c := w.keep(w.signIn("ana@example.test", password)); c.Value == first.Value {
				t.Fatal("the same text twice")
			}
			var list web.Page[account.SessionView]
			w.must(200, "GET", "/sessions", nil).json(t, &list)
			if len(list.Items) != 2 || list.Items[0].ID == list.Items[1].ID || list.Items[0].Current == list.Items[1].Current {
				t.Fatalf("%+v", list)
			}
			w.must(204, "DELETE", "/session", nil)
		})
		t.Run("the cookie is renewed while it is used", func(t *testing.T) {
			h.Clock.Advance(2 * time.Minute)
			if a := v.must(200, "GET", "/me", nil); a.header.Get("Set-Cookie") != "" {
				t.Fatal("renewed too early")
			}
			h.Clock.Advance(40 * time.Minute) // the text's fifteen minutes are over, the session's twelve hours not
			a := v.must(200, "GET", "/me", nil)
			if c := v.keep(a); c.Value == first.Value || c.Name != "__Host-session" || !c.HttpOnly {
				t.Fatal("not renewed")
			}
			v.must(200, "GET", "/me", nil)
		})
		t.Run("idle for twelve hours", func(t *testing.T) {
			h.Clock.Advance(account.Idle - time.Minute)
			v.keep(v.must(200, "GET", "/me", nil))
			h.Clock.Advance(account.Idle + time.Second)
			if a := v.must(401, "GET", "/me", nil); a.code() != "unauthenticated" || !strings.Contains(a.body, "sign in") {
				t.Fatal(a.body)
			}
			bearer.must(401, "GET", "/me", nil)
		})
		t.Run("thirty days at most", func(t *testing.T) {
			v := h.visitor()
			v.keep(v.signIn("ana@example.test", password))
			for range 30*24/10 - 1 {
				h.Clock.Advance(10 * time.Hour)
				v.keep(v.must(200, "GET", "/me", nil))
			}
			h.Clock.Advance(10 * time.Hour)
			v.must(401, "GET", "/me", nil)
		})
		t.Run("an invalid cookie hinders no public operation", func(t *testing.T) {
			v := h.visitor()
			v.cookie = "__Host-session=rubbish"
			v.must(200, "GET", "/setup", nil)
			v.must(401, "GET", "/me", nil)
		})
	})
}

func TestSession_Ends(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		root := h.as(h.person("root", who.Admin))
		ctx := context.Background()
		fresh := func(t *testing.T, name string) (who.Viewer, *visitor, *visitor, who.Viewer) {
			p := h.person(name, who.Member)
			o, err := h.acc.OpenSession(ctx, p.PersonID)
			if err != nil {
				t.Fatal(err)
			}
			b := h.visitor()
			b.bearer = o.Token
			p.SessionID = o.SessionID
			v := h.visitor()
			v.cookie = "__Host-session=" + o.Cookie
			if err := h.acc.StillValid(ctx, p); err != nil {
				t.Fatal(err)
			}
			return p, v, b, p
		}
		dead := func(t *testing.T, p who.Viewer, vs ...*visitor) {
			t.Helper()
			for _, v := range vs {
				v.must(401, "GET", "/me", nil)
			}
			if err := h.acc.StillValid(ctx, p); err == nil {
				t.Error("a socket of theirs would live on")
			}
			me := event.MeTopic(p.PersonID)
			if !strings.Contains(h.events(me), "session.ended") || h.epoch(me) == 0 {
				t.Errorf("nobody was told: %s", h.events(me))
			}
		}
		t.Run("signing out", func(t *testing.T) {
			p, v, b, _ := fresh(t, "out")
			if c := v.must(204, "DELETE", "/session", nil).header.Get("Set-Cookie"); !strings.Contains(c, "Max-Age=0") || !strings.HasPrefix(c, "__Host-session=;") {
				t.Fatal(c)
			}
			dead(t, p, v, b)
			v.must(204, "DELETE", "/session", nil) // again is a calm no-op
		})
		t.Run("ending another one of one's own", func(t *testing.T) {
			p, v, b, _ := fresh(t, "two")
			w := h.as(p)
			w.must(204, "DELETE", "/sessions/"+p.SessionID, nil)
			dead(t, p, v, b)
			w.must(404, "DELETE", "/sessions/"+p.SessionID, nil)
			w.must(200, "GET", "/me", nil)
			q, _, _, _ := fresh(t, "three")
			w.must(404, "DELETE", "/sessions/"+q.SessionID, nil) // somebody else's
		})
		t.Run("changing the password", func(t *testing.T) {
			p, v, b, _ := fresh(t, "pass")
			w := h.as(p)
			if a := w.must(422, "POST", "/me/password", map[string]string{"current": "wrong-one-here", "next": "another-horse-battery"}); strings.Contains(a.body, "wrong-one") {
				t.Fatal("the value came back")
			}
			w.must(422, "POST", "/me/password", map[string]string{"current": password, "next": "password"})
			w.must(204, "POST", "/me/password", map[string]string{"current": password, "next": "another-horse-battery"})
			dead(t, p, v, b)
			w.must(200, "GET", "/me", nil)
			if a := h.visitor().signIn("pass@example.test", password); a.status != 401 {
				t.Fatal(a)
			}
			if a := h.visitor().signIn("pass@example.test", "another-horse-battery"); a.status != 200 {
				t.Fatal(a)
			}
		})
		t.Run("being disabled", func(t *testing.T) {
			p, v, b, _ := fresh(t, "gone")
			var tok account.TokenMade
			v.must(201, "POST", "/tokens", map[string]any{"name": "ci", "scopes": []string{"read"}}).json(t, &tok)
			c := h.visitor()
			c.bearer = tok.Secret
			c.must(200, "GET", "/me", nil)
			root.must(200, "PATCH", "/people/"+p.PersonID, map[string]bool{"disabled": true})
			dead(t, p, v, b, c)
			if a := h.visitor().signIn("gone@example.test", password); a.status != 401 {
				t.Fatal(a)
			}
			root.must(200, "PATCH", "/people/"+p.PersonID, map[string]bool{"disabled": false})
			dead(t, p, v, b, c) // coming back does not bring back what was taken
			if a := h.visitor().signIn("gone@example.test", password); a.status != 200 {
				t.Fatal(a)
			}
		})
		t.Run("a new password from an administrator", func(t *testing.T) {
			p, v, b, _ := fresh(t, "reset")
			root.must(200, "PATCH", "/people/"+p.PersonID, map[string]string{"password": "given-by-the-admin"})
			dead(t, p, v, b)
			h.exec("UPDATE sessions SET revoked_at = NULL WHERE id = ?", p.SessionID) // the row alone is not enough
			v.must(401, "GET", "/me", nil)
			b.must(401, "GET", "/me", nil)
		})
		t.Run("signing in over a session ends that one", func(t *testing.T) {
			p, v, b, _ := fresh(t, "over")
			w := &visitor{h: h, address: "203.0.113.7", cookie: v.cookie}
			w.keep(w.signIn("over@example.test", password))
			dead(t, p, v, b)
			w.must(200, "GET", "/me", nil)
		})
	})
}

func TestTicket(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := context.Background()
		ana := h.person("ana", who.Member)
		v := h.as(ana)
		ticket := func() string {
			var m account.TicketMade
			v.must(201, "POST", "/live/ticket", nil).json(t, &m)
			return m.Ticket
		}
		one := ticket()
		got, err := h.acc.Ticket(ctx, one)
		if err != nil || got.PersonID != ana.PersonID || got.SessionID == "" || !got.Scope("live") {
			t.Fatal(got, err)
		}
		if _, err := h.acc.Ticket(ctx, one); err == nil {
			t.Fatal("spent twice")
		}
		raced := ticket()
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 8 {
			wg.Go(func() {
				if _, err := h.acc.Ticket(ctx, raced); err == nil {
					mu.Lock()
					won++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Fatalf("%d sockets with one ticket", won)
		}
		old := ticket()
		h.Clock.Advance(31 * time.Second)
		if _, err := h.acc.Ticket(ctx, old); err == nil {
			t.Fatal("too old")
		}
		late := ticket()
		v.must(204, "DELETE", "/session", nil)
		if _, err := h.acc.Ticket(ctx, late); err == nil {
			t.Fatal("its maker signed out")
		}
		w := h.visitor()
		w.bearer = late
		w.must(401, "GET", "/me", nil) // a ticket opens sockets only
	})
}
