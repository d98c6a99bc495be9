// Package scenario tests doors whole: it boots the program as an operator would, with one person of every
// column of the rights table, and asks it over HTTP.
//
//	s := scenario.Start(t)
//	scenario.Case{As: "commenter", Do: "POST /cards/" + card + "/move", Body: …, Status: 403, Code: "forbidden"}.Run(t, s)
//
// A case says what must be in the answer and what must not, and which events it announced; a refusal that
// says nothing about events must have announced none.
package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/app"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// Password is everybody's.
const Password = "correct-horse-battery-9"

// Columns are who a server knows, in the order of the rights table. "anonymous" is nobody; "guest" a guest of
// the workspace without a team; "insider" a guest who is commenter of the team; "member" a member without a
// team; "device" a screen of the team; "other" a worker of another team. The rest are what they are called,
// in the team that this is about.
var Columns = []string{"anonymous", "guest", "insider", "member", "viewer", "commenter", "worker", "lead", "liaison", "manager", "admin", "device", "other"}

// Server is a running program with its cast.
type Server struct {
	URL string
	// Store is a second handle on the same database, to look at what was written.
	Store *store.Store
	// Team is the team that the columns are about; OtherTeam that of "other"; FarTeam nobody's.
	Team, OtherTeam, FarTeam string
	IDs                      map[string]string // person by column
	visitors                 map[string]*Visitor
	log                      *quiet
	http                     *http.Client
}

// Visitor asks in somebody's name.
type Visitor struct {
	s     *Server
	Name  string
	Token string
}

type quiet struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (q *quiet) Write(p []byte) (int, error) { q.mu.Lock(); defer q.mu.Unlock(); return q.b.Write(p) }
func (q *quiet) String() string              { q.mu.Lock(); defer q.mu.Unlock(); return q.b.String() }

// Start boots the program on SQLite.
func Start(t testing.TB) *Server {
	t.Helper()
	trestletest.NeedFullText(t)
	return start(t, app.Config{})
}

// StartPostgres boots it on PostgreSQL, or skips the test by name.
func StartPostgres(t testing.TB) *Server {
	t.Helper()
	return start(t, app.Config{DatabaseURL: trestletest.PostgresURL(t)})
}

// Each runs fn as subtests "sqlite" and "postgres".
func Each(t *testing.T, fn func(t *testing.T, s *Server)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, Start(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, StartPostgres(t)) })
}

func start(t testing.TB, cfg app.Config) *Server {
	t.Helper()
	s := &Server{log: &quiet{}, IDs: map[string]string{}, visitors: map[string]*Visitor{},
		http: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	cfg.Addr, cfg.Data, cfg.Out, cfg.LogTo = "127.0.0.1:0", t.TempDir(), &quiet{}, s.log
	cfg.PasswordCost = account.Cost{Passes: 1, Memory: 64} // rights are asked about, not guesses
	a, err := app.New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	a.Start()
	s.URL = a.URL()
	if s.Store, err = store.Open(context.Background(), store.Options{Dir: cfg.Data, DatabaseURL: cfg.DatabaseURL}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.http.CloseIdleConnections()
		if err := s.Store.Close(); err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() && strings.Contains(s.log.String(), "request failed") {
			t.Logf("the server's log:\n%.4000s", s.log)
		}
	})
	s.fill(t)
	return s
}

// fill makes the cast through the front door.
func (s *Server) fill(t testing.TB) {
	t.Helper()
	for _, name := range Columns {
		s.visitors[name] = &Visitor{s: s, Name: name}
	}
	admin := s.As("admin")
	admin.Token = s.As("anonymous").Must(t, 201, "POST /setup", map[string]any{"email": "admin@example.test", "password": Password,
		"name": "admin", "workspace": "Bridge works"}).Text("token")
	s.IDs["admin"] = admin.Must(t, 200, "GET /me", nil).Text("person.id")
	team := func(name, key string) string {
		return admin.Must(t, 201, "POST /teams", map[string]any{"name": name, "key": key}).Text("id")
	}
	s.Team, s.OtherTeam, s.FarTeam = team("Own", "OWN"), team("Other", "OTH"), team("Far", "FAR")
	for _, name := range Columns {
		switch name {
		case "anonymous", "device", "admin":
			continue
		}
		role := map[string]string{"guest": "guest", "insider": "guest", "manager": "manager"}[name]
		if role == "" {
			role = "member"
		}
		s.IDs[name] = s.Person(t, name, role)
		s.visitors[name].Token = s.SignIn(t, name)
	}
	join := func(team, name, role string) {
		admin.Must(t, 200, "POST /teams/"+team+"/members", map[string]any{"personId": s.IDs[name], "role": role})
	}
	for _, name := range []string{"viewer", "commenter", "worker", "lead"} {
		join(s.Team, name, name)
	}
	join(s.Team, "insider", "commenter")
	join(s.OtherTeam, "other", "worker")
	admin.Must(t, 201, "POST /teams/"+s.Team+"/patterns", map[string]any{"personId": s.IDs["liaison"], "discipline": "security", "pattern": "liaison", "why": "As agreed"})
	_, s.visitors["device"].Token, _ = strings.Cut(admin.Must(t, 201, "POST /teams/"+s.Team+"/device-links", map[string]any{"name": "Wall"}).Text("url"), "#")
}

// Person makes a person with Password.
func (s *Server) Person(t testing.TB, name, role string) (id string) {
	t.Helper()
	return s.As("admin").Must(t, 201, "POST /people", map[string]any{"name": name, "email": name + "@example.test", "discipline": "development",
		"role": role, "password": Password}).Text("id")
}

// SignIn opens another session of a person and gives its token.
func (s *Server) SignIn(t testing.TB, name string) string {
	t.Helper()
	return s.As("anonymous").Must(t, 200, "POST /session", map[string]any{"email": name + "@example.test", "password": Password}).Text("token")
}

// As gives the visitor of a column.
func (s *Server) As(name string) *Visitor {
	v, ok := s.visitors[name]
	if !ok {
		panic("scenario: there is no " + name)
	}
	return v
}

// With gives a visitor with a token of its own, e.g. a personal token.
func (s *Server) With(token string) *Visitor { return &Visitor{s: s, Name: "token", Token: token} }

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Text reads a string out of the JSON body by a path like "card.id" or "columns.0.id"; "" when it is not there.
func (a Answer) Text(path string) string {
	var v any
	if json.Unmarshal(a.Body, &v) != nil {
		return ""
	}
	for _, p := range strings.Split(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[p]
		case []any:
			var i int
			if _, err := fmt.Sscan(p, &i); err != nil || i < 0 || i >= len(at) {
				return ""
			}
			v = at[i]
		default:
			return ""
		}
	}
	switch at := v.(type) {
	case string:
		return at
	case nil:
		return ""
	case float64:
		return fmt.Sprint(int64(at))
	}
	return fmt.Sprint(v)
}

// Code is a problem's code.
func (a Answer) Code() string { return a.Text("code") }

// Do asks for "METHOD /path"; the path is under /api/v1. Headers are name, value, name, value. A body that is
// []byte is sent as it is.
func (v *Visitor) Do(what string, body any, headers ...string) (Answer, error) {
	method, path, _ := strings.Cut(what, " ")
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			return Answer{}, err
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, v.s.URL+"/api/v1"+path, r)
	if err != nil {
		return Answer{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if v.Token != "" {
		req.Header.Set("Authorization", "Bearer "+v.Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.s.http.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return Answer{res.StatusCode, res.Header, raw}, err
}

// Must is Do that ends the test when the status is another.
func (v *Visitor) Must(t testing.TB, status int, what string, body any, headers ...string) Answer {
	t.Helper()
	a, err := v.Do(what, body, headers...)
	if err != nil {
		t.Fatalf("%s, %s: %v", v.Name, what, err)
	}
	if a.Status != status {
		t.Fatalf("%s, %s: %d, not %d: %s", v.Name, what, a.Status, status, a.Body)
	}
	return a
}

// Case is one question and all that is promised of its answer.
type Case struct {
	As, Do      string
	Body        any
	Headers     []string
	Status      int
	Code        string   // of the problem
	Has, HasNot []string // texts in the body
	Events      []string // types announced, in any order; nil: none
}

// Run asks, and holds the answer against the case.
func (c Case) Run(t testing.TB, s *Server) Answer {
	t.Helper()
	before := s.events(t)
	a, err := s.As(c.As).Do(c.Do, c.Body, c.Headers...)
	if err != nil {
		t.Fatalf("%s, %s: %v", c.As, c.Do, err)
	}
	if a.Status != c.Status || a.Code() != c.Code {
		t.Errorf("%s, %s: %d %s, not %d %s: %s", c.As, c.Do, a.Status, a.Code(), c.Status, c.Code, a.Body)
	}
	for _, h := range c.Has {
		if !bytes.Contains(a.Body, []byte(h)) {
			t.Errorf("%s, %s: %q is not in %s", c.As, c.Do, h, a.Body)
		}
	}
	for _, h := range c.HasNot {
		if bytes.Contains(a.Body, []byte(h)) {
			t.Errorf("%s, %s: %q is in %s", c.As, c.Do, h, a.Body)
		}
	}
	var announced []string
	for kind, n := range s.events(t) {
		for range n - before[kind] {
			announced = append(announced, kind)
		}
	}
	want := slices.Clone(c.Events)
	slices.Sort(announced)
	slices.Sort(want)
	if !slices.Equal(announced, want) {
		t.Errorf("%s, %s: announced %v, not %v", c.As, c.Do, announced, want)
	}
	return a
}

// events counts all that was ever announced, by type. Notices are not counted: a job tells people in its own time.
func (s *Server) events(t testing.TB) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := s.Store.Rows(context.Background()).Each(func(scan func(...any) error) error {
		var kind string
		var n int
		err := scan(&kind, &n)
		out[kind] = n
		return err
	}, "SELECT type, count(*) FROM events WHERE type <> 'notice.created' GROUP BY type")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Board makes a board with the columns Next (queue), Doing (active) and Done, and gives its id and theirs.
func (s *Server) Board(t testing.TB, team, visibility string) (id string, columns []string) {
	t.Helper()
	a := s.As("admin").Must(t, 201, "POST /boards", map[string]any{"teamId": team, "name": "Board " + visibility, "visibility": visibility, "timeZone": "Europe/Berlin",
		"columns": []map[string]any{{"name": "Next", "kind": "queue"}, {"name": "Doing", "kind": "active"}, {"name": "Done", "kind": "done"}}})
	return a.Text("id"), []string{a.Text("columns.0.id"), a.Text("columns.1.id"), a.Text("columns.2.id")}
}

// Card makes a card at the end of a column, as the administrator.
func (s *Server) Card(t testing.TB, board, column, title string) (id string) {
	t.Helper()
	return s.As("admin").Must(t, 201, "POST /boards/"+board+"/cards", map[string]any{"title": title, "columnId": column}).Text("card.id")
}
