package account_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

const password = "correct-horse-battery-9"

// house is a front door with the people's and the teams' rooms behind it.
type house struct {
	*trestletest.Bench
	t     *testing.T
	acc   *account.Service
	teams *team.Service
	http  *httptest.Server
}

type houseOption func(*account.Config, *web.Options)

func build(t *testing.T, b *trestletest.Bench, opts ...houseOption) *house {
	t.Helper()
	cfg := account.Config{KeyDir: t.TempDir(), Version: "test", Cost: account.Cost{Passes: 1, Memory: 64}}
	_, proxies, _ := net.ParseCIDR("127.0.0.0/8")
	wo := web.Options{TrustedProxies: []*net.IPNet{proxies}}
	for _, o := range opts {
		o(&cfg, &wo)
	}
	h := &house{Bench: b, t: t, acc: account.New(b.Store, cfg)}
	h.teams = team.New(b.Store, h.acc)
	wo.Identify = h.acc.Identify
	srv := web.New(wo)
	account.Register(srv.API, h.acc)
	team.Register(srv.API, h.teams)
	h.http = httptest.NewServer(srv.Echo)
	t.Cleanup(h.http.Close)
	return h
}

// dear hashes passwords at their real cost.
func dear(cfg *account.Config, _ *web.Options) { cfg.Cost = account.RealCost }

func each(t *testing.T, fn func(t *testing.T, h *house), opts ...houseOption) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) { fn(t, build(t, b, opts...)) })
}

// person makes somebody with the password of these tests.
func (h *house) person(name, role string) who.Viewer {
	h.t.Helper()
	p, err := h.acc.CreatePerson(context.Background(), account.NewPerson{Name: name, Email: name + "@example.test",
		Role: role, Discipline: "development", Password: password})
	if err != nil {
		h.t.Fatal(err)
	}
	return who.Viewer{PersonID: p.ID, Name: p.Name, Role: role, Discipline: p.Discipline}
}

// visitor sends requests; every field can be set.
type visitor struct {
	h       *house
	cookie  string // the whole Cookie header
	bearer  string
	address string // as a trusted proxy reports it
	host    string
}

func (h *house) visitor() *visitor { return &visitor{h: h, address: "203.0.113.7"} }

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) json(t *testing.T, out any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), out); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

func (a answer) code() string {
	var p struct{ Code string }
	_ = json.Unmarshal([]byte(a.body), &p)
	return p.Code
}

func (v *visitor) do(method, path string, body any) answer {
	v.h.t.Helper()
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			v.h.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, v.h.http.URL+"/api/v1"+path, in)
	if err != nil {
		v.h.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if v.cookie != "" {
		r.Header.Set("Cookie", v.cookie)
	}
	if v.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+v.bearer)
	}
	if v.host != "" {
		r.Host = v.host
	}
	r.Header.Set("X-Forwarded-For", v.address)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		v.h.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(raw)}
}

func (v *visitor) must(want int, method, path string, body any) answer {
	v.h.t.Helper()
	a := v.do(method, path, body)
	if a.status != want {
		v.h.t.Fatalf("%s %s: %d, wanted %d: %s", method, path, a.status, want, a.body)
	}
	return a
}

// keep takes the cookie that an answer sets.
func (v *visitor) keep(a answer) *http.Cookie {
	v.h.t.Helper()
	c, err := http.ParseSetCookie(a.header.Get("Set-Cookie"))
	if err != nil {
		v.h.t.Fatalf("no cookie: %v (%v)", err, a.header)
	}
	v.cookie = c.Name + "=" + c.Value
	return c
}

func (v *visitor) signIn(email, pw string) answer {
	v.h.t.Helper()
	return v.do("POST", "/session", map[string]string{"email": email, "password": pw})
}

// as signs somebody in, with a cookie.
func (h *house) as(p who.Viewer) *visitor {
	h.t.Helper()
	o, err := h.acc.OpenSession(context.Background(), p.PersonID)
	if err != nil {
		h.t.Fatal(err)
	}
	v := h.visitor()
	v.cookie = "__Host-session=" + o.Cookie
	return v
}

// events gives the types of a topic's events.
func (h *house) events(topic string) string {
	h.t.Helper()
	list, err := h.Store.Events(context.Background(), topic, 0, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Type)
	}
	return strings.Join(out, " ")
}

func (h *house) epoch(topic string) int64 {
	h.t.Helper()
	_, n, err := h.Store.Topic(context.Background(), topic)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) exec(stmt string, args ...any) {
	h.t.Helper()
	if err := store.Do(context.Background(), h.Store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(stmt, args...)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

// board makes a board by row.
func (h *house) board(teamID string) string {
	h.t.Helper()
	id := store.NewID("brd")
	h.exec(`INSERT INTO boards (id, team_id, name, visibility, time_zone, created_at) VALUES (?,?,?,?,?,?)`, id, teamID, "B", "team", "UTC", 1)
	return id
}
