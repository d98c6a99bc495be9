package team_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

type house struct {
	*trestletest.Cast
	t     *testing.T
	st    *store.Store
	acc   *account.Service
	teams *team.Service
}

func each(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		acc := account.New(st, account.Config{KeyDir: t.TempDir()})
		fn(t, &house{Cast: trestletest.MakeCast(t, st), t: t, st: st, acc: acc, teams: team.New(st, acc)})
	})
}

func (h *house) as(name string) context.Context {
	if name == "screen" {
		return trestletest.Ctx(h.t, who.Viewer{DeviceID: "dev_1", TeamID: h.Team, Role: who.Device})
	}
	return trestletest.Ctx(h.t, h.People[name])
}

func (h *house) id(name string) string { return h.People[name].PersonID }

func (h *house) events(topic string) string {
	h.t.Helper()
	list, err := h.st.Events(context.Background(), topic, 0, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Type)
	}
	return strings.Join(out, " ")
}

func (h *house) board(teamID string) string {
	h.t.Helper()
	id := store.NewID("brd")
	if err := store.Do(context.Background(), h.st, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO boards (id, team_id, name, visibility, time_zone, created_at) VALUES (?,?,?,?,?,?)`, id, teamID, "B", "team", "UTC", 1)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return id
}

// outcome is ok, or the code of the refusal.
func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return err.Error()
}

// The rights table, row by row: who may, by column; what is not named is the last word.
func TestRights(t *testing.T) {
	columns := append([]string{"screen"}, trestletest.Columns...)
	name, kind := "Renamed", "platform"
	verbs := []struct {
		what string
		do   func(h *house, as, team string) error
		own  map[string]string // own team
		rest string
		far  map[string]string // another team
		frst string
		none string // no such team; "" = not_found for all
	}{
		{"see", func(h *house, as, tm string) error { _, err := h.teams.Get(h.as(as), tm); return err },
			map[string]string{"guest": "not_found"}, "ok", map[string]string{"guest": "not_found", "screen": "not_found"}, "ok", ""},
		{"make", func(h *house, as, _ string) error {
			_, err := h.teams.Create(h.as(as), team.NewTeam{Name: "New", Key: "N" + strings.ToUpper(as[:3])})
			return err
		}, map[string]string{"admin": "ok"}, "forbidden", map[string]string{"admin": "key_taken"}, "forbidden", "-"},
		{"change", func(h *house, as, tm string) error {
			_, err := h.teams.Change(h.as(as), tm, team.Patch{Name: &name, Kind: &kind})
			return err
		}, map[string]string{"guest": "not_found", "admin": "ok"}, "forbidden", map[string]string{"guest": "not_found", "screen": "not_found", "admin": "ok"}, "forbidden", ""},
		{"add a member", func(h *house, as, tm string) error {
			_, err := h.teams.SetMember(h.as(as), tm, h.id("viewer"), team.Viewer)
			return err
		}, map[string]string{"guest": "not_found", "lead": "ok", "admin": "ok"}, "forbidden",
			map[string]string{"guest": "not_found", "screen": "not_found", "admin": "ok"}, "forbidden", ""},
		{"remove a member", func(h *house, as, tm string) error {
			p := trestletest.Person(h.t, h.st, "x"+store.NewID("n"), who.Member)
			trestletest.Join(h.t, h.st, h.Team, p, team.Worker)
			trestletest.Join(h.t, h.st, h.OtherTeam, p, team.Worker)
			return h.teams.RemoveMember(h.as(as), tm, p.PersonID)
		}, map[string]string{"guest": "not_found", "lead": "ok", "admin": "ok"}, "forbidden",
			map[string]string{"guest": "not_found", "screen": "not_found", "admin": "ok"}, "forbidden", ""},
		{"end a liaison", func(h *house, as, tm string) error {
			p := trestletest.Person(h.t, h.st, "x"+store.NewID("n"), who.Member)
			trestletest.Liaise(h.t, h.st, h.Team, p)
			trestletest.Liaise(h.t, h.st, h.OtherTeam, p)
			return h.teams.Unassign(h.as(as), tm, p.PersonID, "Over")
		}, map[string]string{"guest": "not_found", "lead": "ok", "manager": "ok", "admin": "ok"}, "forbidden",
			map[string]string{"guest": "not_found", "screen": "not_found", "manager": "ok", "admin": "ok"}, "forbidden", ""},
		{"make a device link", func(h *house, as, tm string) error { _, err := h.teams.LinkDevice(h.as(as), tm, "Wall"); return err },
			map[string]string{"guest": "not_found", "lead": "ok", "admin": "ok"}, "forbidden",
			map[string]string{"guest": "not_found", "screen": "not_found", "admin": "ok"}, "forbidden", ""},
		{"list device links", func(h *house, as, tm string) error { _, err := h.teams.Devices(h.as(as), tm); return err },
			map[string]string{"guest": "not_found", "lead": "ok", "admin": "ok"}, "forbidden",
			map[string]string{"guest": "not_found", "screen": "not_found", "admin": "ok"}, "forbidden", ""},
	}
	each(t, func(t *testing.T, h *house) {
		for _, v := range verbs {
			for _, as := range columns {
				for _, where := range []struct {
					label, team string
					some        map[string]string
					rest        string
				}{{"own", h.Team, v.own, v.rest}, {"foreign", h.OtherTeam, v.far, v.frst}, {"absent", "tea_absent", nil, "not_found"}} {
					if where.label == "absent" && v.none == "-" {
						continue
					}
					if as == "other" && where.label != "absent" { // a worker of the other team: the other way round
						continue
					}
					want, ok := where.some[as]
					if !ok {
						want = where.rest
					}
					before := trestletest.Count(t, h.st, "SELECT count(*) FROM events")
					got := outcome(v.do(h, as, where.team))
					if got != want {
						t.Errorf("%s: %s the %s team: %s, wanted %s", as, v.what, where.label, got, want)
					}
					if got != "ok" && trestletest.Count(t, h.st, "SELECT count(*) FROM events") != before {
						t.Errorf("%s: %s the %s team was refused, yet something was told", as, v.what, where.label)
					}
				}
			}
		}
	})
}

func TestList(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		want := map[string][2]string{ // right in the own and in the other team
			"screen": {"viewer", ""}, "guest": {"", ""}, "member": {"none", "none"}, "viewer": {"viewer", "none"}, "commenter": {"commenter", "none"},
			"worker": {"worker", "none"}, "lead": {"lead", "none"}, "liaison": {"worker", "none"}, "manager": {"viewer", "viewer"},
			"admin": {"lead", "lead"}, "other": {"none", "worker"},
		}
		for name, w := range want {
			items, err := h.teams.List(h.as(name))
			if err != nil {
				t.Fatal(err)
			}
			got := [2]string{}
			for _, it := range items {
				if it.ID == h.Team {
					got[0] = it.Right
					if it.Members != 4 {
						t.Errorf("%d members", it.Members)
					}
				} else {
					got[1] = it.Right
				}
			}
			if got != w {
				t.Errorf("%s: %v, wanted %v", name, got, w)
			}
			if name == "screen" {
				continue
			}
			// the same rights everywhere they are asked for
			for i, id := range []string{h.Team, h.OtherTeam} {
				r, err := team.RightsIn(h.st.Rows(context.Background()), h.People[name], id)
				if err != nil || (w[i] != "" && r.Role != w[i]) || r.Liaison != (name == "liaison" && i == 0) {
					t.Errorf("%s: %+v %v", name, r, err)
				}
			}
		}
		trestletest.Join(t, h.st, h.OtherTeam, h.People["guest"], team.Commenter)
		items, _ := h.teams.List(h.as("guest"))
		if len(items) != 1 || items[0].ID != h.OtherTeam || items[0].Right != "commenter" {
			t.Errorf("%+v", items)
		}
	})
}

func TestMembers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		own, far := event.BoardTopic(h.board(h.Team)), event.BoardTopic(h.board(h.OtherTeam))
		ctx := context.Background()
		epoch := func(topic string) int64 { _, n, _ := h.st.Topic(ctx, topic); return n }
		guest, me, tt := h.id("guest"), event.MeTopic(h.id("guest")), event.TeamTopic(h.Team)
		check := func(what string, raised int64, last string) {
			t.Helper()
			for _, topic := range []string{own, tt, me} {
				if epoch(topic) != raised {
					t.Errorf("%s: %s is at epoch %d, wanted %d", what, topic, epoch(topic), raised)
				}
			}
			if epoch(far) != 0 || h.events(far) != "" {
				t.Errorf("%s: another team's board heard of it", what)
			}
			if !strings.HasSuffix(h.events(tt), last) {
				t.Errorf("%s: %s", what, h.events(tt))
			}
		}
		d, err := h.teams.SetMember(h.as("lead"), h.Team, guest, team.Commenter)
		if err != nil || len(d.Members) != 5 {
			t.Fatal(d, err)
		}
		check("added", 1, "member.added")
		if _, err := h.teams.SetMember(h.as("lead"), h.Team, guest, team.Commenter); err != nil {
			t.Fatal(err)
		}
		check("the same again is a calm no-op", 1, "member.added")
		if _, err := h.teams.SetMember(h.as("lead"), h.Team, guest, team.Worker); err != nil {
			t.Fatal(err)
		}
		check("another role", 2, "member.updated")
		if _, err := h.teams.Get(h.as("guest"), h.Team); err != nil {
			t.Fatal(err)
		}
		if err := h.teams.RemoveMember(h.as("guest"), h.Team, guest); err != nil { // everybody may leave
			t.Fatal(err)
		}
		check("left", 3, "member.removed")
		if got := outcome(h.teams.RemoveMember(h.as("lead"), h.Team, guest)); got != "not_found" {
			t.Error(got)
		}
		if _, err := h.teams.Get(h.as("guest"), h.Team); !fault.Is(err, "not_found") {
			t.Error(err)
		}
		assign := func(discipline string) error {
			topics, err := h.teams.Topics(h.st.Rows(ctx), h.Team)
			if err != nil {
				return err
			}
			return store.Do(h.as("manager"), h.st, append(topics, me), func(tx *store.Tx) error {
				return h.teams.AssignIn(tx, h.Team, guest, discipline)
			})
		}
		if err := assign("gardening"); outcome(err) != "invalid" {
			t.Error(err)
		}
		if err := assign("security"); err != nil {
			t.Fatal(err)
		}
		check("liaison", 4, "liaison.assigned")
		if d, err := h.teams.Get(h.as("guest"), h.Team); err != nil || d.Right != "worker" || len(d.Liaisons) != 2 {
			t.Error(d, err)
		}
		for why, want := range map[string]string{"": "invalid", " \n ": "invalid", strings.Repeat("ä", 301): "invalid"} {
			if got := outcome(h.teams.Unassign(h.as("manager"), h.Team, guest, why)); got != want {
				t.Errorf("ended because %q: %s", why, got)
			}
		}
		if got := outcome(h.teams.Unassign(h.as("manager"), h.Team, h.id("member"), "Over")); got != "not_found" {
			t.Error(got)
		}
		if err := h.teams.Unassign(h.as("manager"), h.Team, guest, "Over"); err != nil {
			t.Fatal(err)
		}
		check("no liaison any more", 5, "liaison.removed")
		for _, e := range []string{own, tt, me} {
			list, _ := h.st.Events(ctx, e, 0, 0)
			for _, ev := range list {
				if strings.Contains(string(ev.Data), "@") {
					t.Errorf("an e-mail address in %s: %s", e, ev.Data)
				}
			}
		}
		for role, want := range map[string]string{"owner": "invalid", "": "invalid", "none": "invalid"} {
			if _, err := h.teams.SetMember(h.as("lead"), h.Team, guest, role); outcome(err) != want {
				t.Errorf("role %q: %v", role, err)
			}
		}
		if _, err := h.teams.SetMember(h.as("lead"), h.Team, "per_absent", team.Worker); outcome(err) != "not_found" {
			t.Error(err)
		}
		yes := true
		if _, err := h.acc.AmendPerson(ctx, guest, account.PersonPatch{Disabled: &yes}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.teams.SetMember(h.as("lead"), h.Team, guest, team.Worker); outcome(err) != "person_inactive" {
			t.Error(err)
		}
	})
}

func TestCreate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, bad := range []team.NewTeam{{Name: "", Key: "PAY"}, {Name: "Pay", Key: ""}, {Name: "Pay", Key: "P"}, {Name: "Pay", Key: "1PAY"},
			{Name: "Pay", Key: "TOOLONG"}, {Name: "Pay", Key: "PÄY"}, {Name: "Pay", Key: "PAY", Kind: "tribe"}, {Name: "a\nb", Key: "PAY"}, {Name: strings.Repeat("x", 81), Key: "PAY"}} {
			if _, err := h.teams.Create(h.as("admin"), bad); outcome(err) != "invalid" {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		d, err := h.teams.Create(h.as("admin"), team.NewTeam{Name: " Payments ", Key: "pay"})
		if err != nil || d.Key != "PAY" || d.Name != "Payments" || d.Kind != "stream_aligned" || d.Right != "lead" {
			t.Fatalf("%+v %v", d, err)
		}
		if !strings.HasSuffix(h.events(event.Org), "team.created") || h.events(event.TeamTopic(d.ID)) != "team.created" {
			t.Error(h.events(event.Org))
		}
		if _, err := h.teams.Create(h.as("admin"), team.NewTeam{Name: "Again", Key: "PAY"}); outcome(err) != "key_taken" {
			t.Error(err)
		}
		q := h.st.Rows(context.Background())
		if byKey, err := team.ByKey(q, "pay"); err != nil || byKey.ID != d.ID {
			t.Error(byKey, err)
		}
		if none, err := team.ByID(q, "tea_absent"); err != nil || none.ID != "" {
			t.Error(none, err)
		}
		raw, _ := json.Marshal(d)
		if !strings.Contains(string(raw), `"members":[]`) || !strings.Contains(string(raw), `"liaisons":[]`) {
			t.Error(string(raw))
		}
		bt := event.BoardTopic(h.board(d.ID))
		name := "Pay and bill"
		if _, err := h.teams.Change(h.as("admin"), d.ID, team.Patch{Name: &name}); err != nil || h.events(bt) != "team.updated" {
			t.Error(err, h.events(bt))
		}
		if _, err := h.teams.Change(h.as("admin"), d.ID, team.Patch{Name: &name}); err != nil || h.events(bt) != "team.updated" {
			t.Error("the same again is told:", err, h.events(bt))
		}
	})
}

// A right that was taken back between the request's beginning and its write does not count.
func TestRights_AtTheWrite(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		stale := h.People["admin"]
		member := who.Member
		second := trestletest.Person(t, h.st, "second", who.Admin)
		if _, err := h.acc.ChangePerson(trestletest.Ctx(t, second), stale.PersonID, account.PersonPatch{Role: &member}); err != nil {
			t.Fatal(err)
		}
		ctx := trestletest.Ctx(t, stale) // still says admin
		if _, err := h.teams.Create(ctx, team.NewTeam{Name: "X", Key: "XXX"}); outcome(err) != "forbidden" {
			t.Error(err)
		}
		if _, err := h.acc.AddPerson(ctx, account.NewPerson{Name: "X", Email: "x@example.test"}); outcome(err) != "forbidden" {
			t.Error(err)
		}
		if _, err := h.acc.ChangePerson(ctx, second.PersonID, account.PersonPatch{Role: &member}); outcome(err) != "forbidden" {
			t.Error(err)
		}
		if _, err := h.acc.Invite(ctx, account.NewInvite{}); outcome(err) != "forbidden" {
			t.Error(err)
		}
	})
}

// A lead says what the team is there for; nobody else does, and what is too long or stale changes nothing.
func TestSay(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		s := team.New(st, account.New(st, account.Config{}))
		id := trestletest.Team(t, st, "PAY")
		lead, worker := trestletest.Person(t, st, "lena", who.Member), trestletest.Person(t, st, "goro", who.Member)
		trestletest.Join(t, st, id, lead, "lead")
		trestletest.Join(t, st, id, worker, "worker")
		kind := "platform"
		d, err := s.Say(trestletest.Ctx(t, lead), id, team.AboutBody{Kind: &kind, Mission: web.Some("  Paying works  "), Channel: web.Some("#pay\nments")})
		if err != nil || d.Kind != "platform" || d.About != (team.About{Mission: "Paying works", Channel: "#pay ments", Version: 1}) {
			t.Fatalf("%+v %v", d.About, err)
		}
		events := trestletest.Count(t, st, "SELECT COUNT(*) FROM events")
		old, none := int64(0), "none"
		for what, c := range map[string]struct {
			v    who.Viewer
			body team.AboutBody
			code string
		}{
			"a worker": {worker, team.AboutBody{Mission: web.Some("x")}, "forbidden"}, "too long": {lead, team.AboutBody{Mission: web.Some(strings.Repeat("x", 1001))}, "invalid"},
			"stale": {lead, team.AboutBody{Mission: web.Some("x"), Version: &old}, "stale"}, "no kind": {lead, team.AboutBody{Kind: &none}, "invalid"},
		} {
			if _, err := s.Say(trestletest.Ctx(t, c.v), id, c.body); !fault.Is(err, c.code) {
				t.Errorf("%s: %v, not %s", what, err, c.code)
			}
		}
		if _, err := s.Say(trestletest.Ctx(t, lead), id, team.AboutBody{Mission: web.Some("Paying works")}); err != nil { // the same again
			t.Error(err)
		}
		if d, err := s.Get(trestletest.Ctx(t, worker), id); err != nil || d.About.Version != 1 || trestletest.Count(t, st, "SELECT COUNT(*) FROM events") != events {
			t.Errorf("%+v %v", d.About, err)
		}
		if d, err := s.Say(trestletest.Ctx(t, lead), id, team.AboutBody{Channel: web.Null[string]()}); err != nil || d.About.Channel != "" || d.About.Mission == "" {
			t.Errorf("%+v %v", d.About, err)
		}
	})
}
