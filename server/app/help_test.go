package app

import (
	"database/sql"
	"os"
	"path/filepath"

	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// quiet is a buffer that several goroutines may write to.
type quiet struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (q *quiet) Write(p []byte) (int, error) { q.mu.Lock(); defer q.mu.Unlock(); return q.b.Write(p) }
func (q *quiet) String() string              { q.mu.Lock(); defer q.mu.Unlock(); return q.b.String() }

// config is a start on a free port in a folder of its own.
func config(t testing.TB) Config {
	trestletest.NeedFullText(t)
	return Config{Addr: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "data"), Out: &quiet{}, LogTo: &quiet{}, PasswordCost: account.Cost{Passes: 1, Memory: 64}}
}

// start runs the program as an operator would.
func start(t testing.TB, cfg Config) *App {
	t.Helper()
	a, err := New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	a.Start()
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// visitor speaks to a server, as a program does.
type visitor struct {
	base, token string
	http        *http.Client
}

func visit(base string) *visitor {
	return &visitor{base: base, http: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (v *visitor) do(method, path string, body any, headers ...string) (answer, error) {
	var r io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, v.base+path, r)
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if v.token != "" {
		req.Header.Set("Authorization", "Bearer "+v.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, raw}, err
}

// must does it and reads the answer into out.
func (v *visitor) must(t testing.TB, want int, method, path string, body, out any) answer {
	t.Helper()
	a, err := v.do(method, path, body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	if a.status != want {
		t.Fatalf("%s %s: %d, wanted %d: %s", method, path, a.status, want, a.body)
	}
	if out != nil {
		if err := json.Unmarshal(a.body, out); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, a.body)
		}
	}
	return a
}

const password = "correct-horse-battery-9"

// settled is a workspace with an administrator, a team and a board.
type settled struct {
	*visitor
	team, board string
	columns     []string
}

func settle(t testing.TB, base string) *settled {
	t.Helper()
	s := &settled{visitor: visit(base)}
	var in struct{ Token string }
	s.must(t, 201, "POST", "/api/v1/setup", map[string]any{"email": "ines@example.test", "password": password, "name": "Ines", "workspace": "Bridge works"}, &in)
	s.token = in.Token
	var team struct{ ID string }
	s.must(t, 201, "POST", "/api/v1/teams", map[string]any{"name": "Payments", "key": "PAY"}, &team)
	s.team = team.ID
	var b struct {
		ID string
	}
	s.must(t, 201, "POST", "/api/v1/boards", map[string]any{"teamId": s.team, "name": "Payments", "columns": []map[string]any{
		{"name": "Next", "kind": "queue"}, {"name": "Doing", "kind": "active"}, {"name": "Done", "kind": "done"}}}, &b)
	s.board = b.ID
	for _, c := range s.snapshot(t).Columns {
		s.columns = append(s.columns, c.ID)
	}
	return s
}

type snapshot struct {
	Columns []struct{ ID, Name string }
	Cards   []struct{ ID, Key, Title, ColumnID string }
	Seq     int64
}

func (s *settled) snapshot(t testing.TB) (out snapshot) {
	t.Helper()
	s.must(t, 200, "GET", "/api/v1/boards/"+s.board, nil, &out)
	return out
}

func (s *settled) create(title string) (id string, err error) {
	a, err := s.do("POST", "/api/v1/boards/"+s.board+"/cards", map[string]any{"title": title, "columnId": s.columns[0]})
	if err != nil {
		return "", err
	}
	var out struct{ Card struct{ ID string } }
	if a.status != 201 {
		return "", fmt.Errorf("create: %d %s", a.status, a.body)
	}
	return out.Card.ID, json.Unmarshal(a.body, &out)
}

func contains(t *testing.T, where, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%.2000s", where, w, text)
		}
	}
}

func writeFile(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// hurt changes a stopped server's file behind its back.
func hurt(t *testing.T, cfg Config, stmts string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(cfg.Data, store.FileName)+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(stmts); err != nil {
		t.Fatal(err)
	}
}
