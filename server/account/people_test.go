package account_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.visitor()
		var st account.SetUp
		v.must(200, "GET", "/setup", nil).json(t, &st)
		if !st.Needed || st.Workspace != "Trestle" || st.Demo || st.DemoAccounts == nil {
			t.Fatalf("%+v", st)
		}
		body := func(email string) map[string]string {
			return map[string]string{"email": email, "password": password, "name": "Ines", "workspace": "Bridge works", "discipline": "operations"}
		}
		for field, bad := range map[string]string{"email": "nowhere", "password": "short", "name": " ", "workspace": "", "discipline": "alchemy"} {
			b := body("ines@example.test")
			b[field] = bad
			if a := v.must(422, "POST", "/setup", b); !strings.Contains(a.body, "body."+field) || strings.Contains(a.body, password) {
				t.Errorf("%s: %s", field, a.body)
			}
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		var got []answer
		for i := range 4 {
			wg.Go(func() {
				a := h.visitor().do("POST", "/setup", body([]string{"a", "b", "c", "d"}[i]+"@example.test"))
				mu.Lock()
				got = append(got, a)
				mu.Unlock()
			})
		}
		wg.Wait()
		made := 0
		for _, a := range got {
			if a.status == 201 {
				made++
				v.keep(a)
			} else if a.code() != "already_set_up" {
				t.Fatal(a)
			}
		}
		if made != 1 || trestletest.Count(t, h.Store, "SELECT count(*) FROM people") != 1 {
			t.Fatalf("%d administrators set this workspace up", made)
		}
		var me account.Me
		v.must(200, "GET", "/me", nil).json(t, &me)
		if me.Person.Role != "admin" || me.Person.Discipline != "operations" || me.Workspace.Name != "Bridge works" || me.SessionID == "" || me.Version != "test" {
			t.Fatalf("%+v", me)
		}
		if a := v.do("POST", "/setup", body("late@example.test")); a.status != 409 || a.code() != "already_set_up" {
			t.Fatal(a)
		}
		if made, err := h.acc.EnsureAdmin(context.Background(), "x@example.test", password); made || err != nil {
			t.Fatal(made, err)
		}
	})
}

func TestEnsureAdmin(t *testing.T) {
	h := build(t, trestletest.New(t), func(c *account.Config, _ *web.Options) { c.Demo = true })
	ctx := context.Background()
	if _, err := h.acc.EnsureAdmin(ctx, "x@example.test", "short"); err == nil {
		t.Fatal("a short password")
	}
	h.person("ana", who.Member)
	if made, err := h.acc.EnsureAdmin(ctx, "Ana@example.test", "given-in-the-settings"); !made || err != nil {
		t.Fatal(made, err)
	}
	if a := h.visitor().signIn("ana@example.test", "given-in-the-settings"); a.status != 200 {
		t.Fatal(a)
	}
	want := []account.DemoAccount{{Email: "ana@example.test", Password: "given-in-the-settings", Name: "ana", Role: "admin"}}
	if err := h.acc.WriteDemo(ctx, want); err != nil {
		t.Fatal(err)
	}
	var st account.SetUp
	h.visitor().must(200, "GET", "/setup", nil).json(t, &st)
	if st.Needed || !st.Demo || len(st.DemoAccounts) != 1 {
		t.Fatalf("%+v", st)
	}
	want[0].Hue = trestletest.Count(t, h.Store, "SELECT hue FROM people WHERE email = 'ana@example.test'")
	if st.DemoAccounts[0] != want[0] {
		t.Fatalf("%+v", st)
	}
}

func TestPeople_Rights(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		cast := trestletest.MakeCast(t, h.Store)
		target := h.person("target", who.Member)
		for _, name := range append([]string{"anonymous"}, trestletest.Columns...) {
			v := h.visitor()
			if name != "anonymous" {
				v = h.as(cast.People[name])
			}
			want := map[string]int{"anonymous": 401, "admin": 200}[name]
			if want == 0 {
				want = 403
			}
			if a := v.do("PATCH", "/people/"+target.PersonID, map[string]string{"discipline": "security"}); a.status != want {
				t.Errorf("%s changes: %d", name, a.status)
			}
			absent := want
			if want == 200 {
				absent = 404
			}
			if a := v.do("PATCH", "/people/per_absent", map[string]string{"discipline": "security"}); a.status != absent {
				t.Errorf("%s changes nobody: %d", name, a.status)
			}
			if want == 200 {
				want = 201
			}
			if a := v.do("POST", "/people", map[string]string{"name": "New " + name, "email": "new-" + name + "@example.test", "discipline": "other", "role": "member"}); a.status != want {
				t.Errorf("%s adds: %d %s", name, a.status, a.body)
			}
			if name == "anonymous" {
				v.must(401, "GET", "/people", nil)
				continue
			}
			a := v.must(200, "GET", "/people", nil)
			if strings.Contains(a.body, "@example.test") != (name == "admin") {
				t.Errorf("%s sees e-mail addresses, or an administrator none", name)
			}
			if strings.Contains(a.body, `"target"`) != (name != "guest") {
				t.Errorf("%s: %s", name, a.body)
			}
		}
		q := h.Store.Rows(context.Background())
		for _, name := range trestletest.Columns {
			if err := h.acc.CanListenOrg(q, cast.People[name]); (err != nil) != (name == "guest") {
				t.Errorf("%s follows org: %v", name, err)
			}
		}
		for _, v := range []who.Viewer{{}, {DeviceID: "dev_1", TeamID: cast.Team}, {PersonID: cast.People["lead"].PersonID, TeamID: cast.Team}} {
			if err := h.acc.CanListenOrg(q, v); !fault.Is(err, "not_found") {
				t.Errorf("%+v follows org", v)
			}
		}
		t.Run("a guest sees their team", func(t *testing.T) {
			trestletest.Join(t, h.Store, cast.Team, cast.People["guest"], "commenter")
			a := h.as(cast.People["guest"]).must(200, "GET", "/people", nil)
			if !strings.Contains(a.body, `"worker"`) || strings.Contains(a.body, `"other",`) || strings.Contains(a.body, `"target"`) {
				t.Error(a.body)
			}
		})
	})
}

func TestPeople_Input(t *testing.T) {
	h := build(t, trestletest.New(t))
	root := h.as(h.person("root", who.Admin))
	good := func() map[string]any {
		return map[string]any{"name": "Ana", "email": "Ana@Example.test ", "discipline": "security", "role": "member"}
	}
	for field, bads := range map[string][]any{
		"name":       {"", "  ", strings.Repeat("x", 81), "a\nb", "a\u202eb", "\u200b", "\u3164", 7, nil},
		"email":      {"", "x", "Ana <ana@example.test>", "a b@example.test", "ana@", nil},
		"discipline": {"", "magic", nil},
		"role":       {"", "owner", nil},
		"password":   {"short", "password", "ana@example.test"},
	} {
		for _, bad := range bads {
			b := good()
			b[field] = bad
			if a := root.do("POST", "/people", b); a.status != 422 {
				t.Errorf("%s = %v: %d %s", field, bad, a.status, a.body)
			}
		}
	}
	b := good()
	b["id"], b["isAdmin"] = "per_1", true
	root.must(422, "POST", "/people", b)
	var p account.Listed
	root.must(201, "POST", "/people", good()).json(t, &p)
	if p.Email != "ana@example.test" || p.Hue < 0 || p.Hue > 6 || !p.Active {
		t.Fatalf("%+v", p)
	}
	if a := root.do("POST", "/people", good()); a.status != 409 || a.code() != "email_taken" {
		t.Fatal(a)
	}
	before := h.events("org")
	root.must(200, "PATCH", "/people/"+p.ID, map[string]string{"name": "Ana"}) // the same again
	for _, bad := range []map[string]any{{"role": nil}, {"name": nil}, {"role": "owner"}, {"email": "x@example.test"}} {
		root.must(422, "PATCH", "/people/"+p.ID, bad)
	}
	for _, zone := range []string{"Mars/Olympus", "Local", "localtime", "posixrules", "Factory"} {
		root.must(422, "PATCH", "/me", map[string]any{"timeZone": zone})
	}
	root.must(422, "PATCH", "/me", map[string]any{"hue": 7})
	if after := h.events("org"); after != before {
		t.Fatalf("%s, then %s", before, after)
	}
	var me account.Me
	root.must(200, "PATCH", "/me", map[string]any{"timeZone": "Europe/Berlin", "hue": 3, "name": " Root "}).json(t, &me)
	if me.Person.TimeZone != "Europe/Berlin" || me.Person.Hue != 3 || me.Person.Name != "Root" {
		t.Fatalf("%+v", me.Person)
	}
}

func TestPeople_LastAdmin(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a, b := h.person("root", who.Admin), h.person("second", who.Admin)
		va, vb := h.as(a), h.as(b)
		// each demotes the other at the same moment
		var wg sync.WaitGroup
		got := make([]answer, 2)
		wg.Go(func() { got[0] = va.do("PATCH", "/people/"+b.PersonID, map[string]string{"role": "member"}) })
		wg.Go(func() { got[1] = vb.do("PATCH", "/people/"+a.PersonID, map[string]bool{"disabled": true}) })
		wg.Wait()
		n := trestletest.Count(t, h.Store, "SELECT count(*) FROM people WHERE role = 'admin' AND disabled_at IS NULL")
		if n != 1 || (got[0].status == 200) == (got[1].status == 200) {
			t.Fatalf("%d administrators left: %v", n, got)
		}
		left, v := a, va
		if got[1].status == 200 {
			left, v = b, vb
		}
		for _, patch := range []any{map[string]string{"role": "manager"}, map[string]bool{"disabled": true}} {
			if x := v.do("PATCH", "/people/"+left.PersonID, patch); x.status != 409 || x.code() != "last_admin" {
				t.Fatal(x)
			}
		}
		if x := v.do("PATCH", "/people/"+left.PersonID, map[string]string{"password": "another-horse-battery"}); x.status != 403 {
			t.Fatal(x)
		}
	})
}

// Who shows a person hears of their new name; who may follow what is asked again when their role changes.
func TestPeople_News(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := context.Background()
		root := h.person("root", who.Admin)
		ana := h.person("ana", who.Member)
		rctx := trestletest.Ctx(t, root)
		tm, err := h.teams.Create(rctx, team.NewTeam{Key: "PAY", Name: "Payments"})
		if err != nil {
			t.Fatal(err)
		}
		far, err := h.teams.Create(rctx, team.NewTeam{Key: "FAR", Name: "Far"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.teams.SetMember(rctx, tm.ID, ana.PersonID, team.Worker); err != nil {
			t.Fatal(err)
		}
		near, away := event.BoardTopic(h.board(tm.ID)), event.BoardTopic(h.board(far.ID))
		h.as(ana).must(200, "PATCH", "/me", map[string]string{"name": "Ana Ruiz"})
		if h.events(near) != "person.updated" || h.events(away) != "" || !strings.HasSuffix(h.events("org"), "person.updated") {
			t.Fatal(h.events(near), "|", h.events(away), "|", h.events("org"))
		}
		events, _ := h.Store.Events(ctx, near, 0, 0)
		var d struct{ Person account.Person }
		if err := json.Unmarshal(events[0].Data, &d); err != nil || d.Person.Name != "Ana Ruiz" || strings.Contains(string(events[0].Data), "@") {
			t.Fatal(string(events[0].Data))
		}
		if events[0].ActorID != ana.PersonID {
			t.Fatal(events[0].ActorID)
		}
		n, m := h.epoch(away), h.epoch(event.MeTopic(ana.PersonID))
		guest := who.Guest
		if _, err := h.acc.ChangePerson(rctx, ana.PersonID, account.PersonPatch{Role: &guest}); err != nil {
			t.Fatal(err)
		}
		if h.epoch(away) != n+1 || h.epoch(event.MeTopic(ana.PersonID)) != m+1 {
			t.Fatal("nobody asks again what a guest may follow")
		}
	})
}

func TestPeopleByID(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ana := h.person("ana", who.Member)
		ids := []string{"per_absent", ana.PersonID}
		for range 1200 {
			ids = append(ids, "per_none")
		}
		m, err := account.PeopleByID(h.Store.Rows(context.Background()), ids)
		if err != nil || len(m) != 1 || m[ana.PersonID].Name != "ana" {
			t.Fatal(m, err)
		}
		raw, _ := json.Marshal(m[ana.PersonID])
		if strings.Contains(string(raw), "@") {
			t.Fatal(string(raw))
		}
		if _, err := h.acc.ByEmail(context.Background(), "nobody@example.test"); !fault.Is(err, "not_found") {
			t.Fatal(err)
		}
	})
}
