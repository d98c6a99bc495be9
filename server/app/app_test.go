package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/store"
)

func TestApp_Answers(t *testing.T) {
	a := start(t, config(t))
	v := visit(a.URL())
	v.must(t, 200, "GET", "/healthz", nil, nil)
	var r readiness
	v.must(t, 200, "GET", "/readyz", nil, &r)
	if r.Status != "ready" || len(r.Checks) != 3 {
		t.Errorf("readyz says %+v", r)
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]any
	}
	v.must(t, 200, "GET", "/api/v1/openapi.json", nil, &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < 20 {
		t.Errorf("OpenAPI %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
	if _, hasPage := pageOf(); !hasPage {
		contains(t, "/", string(v.must(t, 200, "GET", "/", nil, nil).body), "no page")
	}
	p := v.must(t, 404, "GET", "/api/v1/nothing", nil, nil)
	contains(t, "an unknown address", p.header.Get("Content-Type")+string(p.body), "application/problem+json", `"code":"not_found"`)
}

func TestApp_ReadyzSaysWhatIsMissing(t *testing.T) {
	cfg := config(t)
	a := start(t, cfg)
	v := visit(a.URL())
	v.must(t, 200, "GET", "/readyz", nil, nil)
	a.ready.mu.Lock()
	a.ready.dir = filepath.Join(cfg.Data, "gone") // as if its disk were away
	a.ready.at = time.Time{}
	a.ready.mu.Unlock()
	var r readiness
	got := v.must(t, 503, "GET", "/readyz", nil, &r)
	if r.Checks["database"] != "ok" || r.Checks["schema"] != "ok" || !strings.Contains(r.Checks["disk"], "cannot be written") || got.header.Get("Retry-After") == "" {
		t.Errorf("%+v", r)
	}
	v.must(t, 200, "GET", "/healthz", nil, nil)
}

// Every answer carries the headers, whatever it is.
func TestApp_Headers(t *testing.T) {
	a := start(t, config(t))
	v := visit(a.URL())
	for _, c := range []struct{ method, path string }{
		{"GET", "/"}, {"GET", "/boards/anything"}, {"GET", "/healthz"}, {"GET", "/readyz"}, {"GET", "/api/v1/openapi.json"},
		{"GET", "/api/v1/me"}, {"GET", "/api/v1/boards/x"}, {"GET", "/api/v1/nothing"}, {"POST", "/api/v1/session"},
		{"GET", "/api/v1/live"}, {"DELETE", "/api/v1/cards/x"}, {"GET", "/assets/nothing.js"}, {"PUT", "/"},
	} {
		got, err := v.do(c.method, c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		h := got.header
		for k, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
		} {
			if h.Get(k) != want {
				t.Errorf("%s %s (%d): %s is %q", c.method, c.path, got.status, k, h.Get(k))
			}
		}
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe-") {
			t.Errorf("%s %s: Content-Security-Policy %q", c.method, c.path, csp)
		}
		if h.Get("X-Request-Id") == "" || h.Get("Server") != "" || h.Get("X-Powered-By") != "" {
			t.Errorf("%s %s: %v", c.method, c.path, h)
		}
		if h.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s %s: promises TLS on plain http", c.method, c.path)
		}
		if strings.HasPrefix(c.path, "/api/") && h.Get("Cache-Control") == "" {
			t.Errorf("%s %s: no Cache-Control", c.method, c.path)
		}
	}
}

func TestApp_TLSAtTheProxy(t *testing.T) {
	cfg := config(t)
	cfg.PublicURL = "https://board.example.test"
	a := start(t, cfg)
	req, _ := http.NewRequest("GET", "http://"+a.Addr()+"/healthz", nil)
	req.Host = "board.example.test"
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security although browsers come by https")
	}
}

func TestApp_MetricsHaveTheirOwnListener(t *testing.T) {
	cfg := config(t)
	cfg.MetricsAddr = "127.0.0.1:0"
	a := start(t, cfg)
	v := visit(a.URL())
	for _, made := range []string{"MADEUP1", "MADEUP2"} { // each would be kept for good
		if _, err := v.do(made, "/api/v1/me", nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap", "/debug/vars"} {
		got, err := v.do("GET", path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(got.body), "go_goroutines") || strings.Contains(string(got.body), "goroutine profile") || strings.Contains(got.header.Get("Content-Type"), "octet-stream") {
			t.Errorf("the public listener answers %s with %.100s", path, got.body)
		}
	}
	ops := visit("http://" + a.MetricsAddr())
	said := string(ops.must(t, 200, "GET", "/metrics", nil, nil).body)
	if strings.Contains(said, "MADEUP") || !strings.Contains(said, `method="other"`) {
		t.Error("a method that somebody made up has a measure of its own")
	}
	contains(t, "/metrics", said, "trestle_build_info{", "trestle_wal_bytes ", "trestle_database_bytes ", `trestle_outbox_jobs{state="waiting"} 0`, "trestle_started_seconds ",
		"go_goroutines ", "process_resident_memory_bytes ",
		`trestle_http_request_seconds_bucket{route="/api/v1/me",method="other",status="4xx",le="+Inf"} 2`,
		`trestle_http_request_seconds_bucket{route="/api/v1/me",method="other",status="4xx",le="5"} 2`, `trestle_http_request_seconds_count{route="/api/v1/me",method="other",status="4xx"} 2`)
	contains(t, "pprof", string(ops.must(t, 200, "GET", "/debug/pprof/goroutine?debug=1", nil, nil).body), "goroutine profile")
}

// Whatever secret goes in or comes out, it is in no log line, no refusal and no metric.
func TestApp_NoSecretsInLogs(t *testing.T) {
	log := &quiet{}
	cfg := config(t)
	cfg.LogTo, cfg.Log, cfg.MetricsAddr = log, "json,debug", "127.0.0.1:0"
	cfg.AdminEmail, cfg.AdminPassword = "root@example.test", "canary-admin-password-77"
	a := start(t, cfg)
	v := visit(a.URL())
	secrets := []string{cfg.AdminPassword, "canary-wrong-password", "canary-unknown-field", "canary-query-token", "canary-bearer", "canary-cookie", "canary-new-password-5"}
	var refusals strings.Builder
	refused := func(method, path string, body any, headers ...string) {
		t.Helper()
		got, err := v.do(method, path, body, headers...)
		if err != nil {
			t.Fatal(err)
		}
		if got.status < 400 {
			t.Fatalf("%s %s was not refused: %d", method, path, got.status)
		}
		refusals.Write(got.body)
	}
	refused("POST", "/api/v1/session", map[string]any{"email": cfg.AdminEmail, "password": "canary-wrong-password"})
	refused("POST", "/api/v1/session", map[string]any{"email": cfg.AdminEmail, "password": "canary-wrong-password", "pass": "canary-unknown-field"})
	refused("GET", "/api/v1/me?token=canary-query-token", nil)
	refused("GET", "/api/v1/me", nil, "Authorization", "Bearer canary-bearer")
	refused("GET", "/api/v1/me", nil, "Cookie", "session=canary-cookie; __Host-session=canary-cookie")

	var in struct{ Token string }
	got := v.must(t, 200, "POST", "/api/v1/session", map[string]any{"email": cfg.AdminEmail, "password": cfg.AdminPassword}, &in)
	v.token = in.Token
	for _, c := range (&http.Response{Header: got.header}).Cookies() {
		secrets = append(secrets, c.Value)
	}
	secrets = append(secrets, in.Token)
	var token struct{ Secret string }
	v.must(t, 201, "POST", "/api/v1/tokens", map[string]any{"name": "ci", "scopes": []string{"read", "live"}}, &token)
	var invite struct{ URL string }
	v.must(t, 201, "POST", "/api/v1/invites", map[string]any{"role": "member"}, &invite)
	_, fragment, _ := strings.Cut(invite.URL, "#")
	var ticket struct{ Ticket string }
	if got, err := v.do("POST", "/api/v1/live/ticket", map[string]any{}); err == nil {
		_ = json.Unmarshal(got.body, &ticket)
	}
	for _, s := range []string{token.Secret, fragment, ticket.Ticket} {
		if len(s) < 16 {
			t.Fatalf("no secret was given: %q", s)
		}
		secrets = append(secrets, s)
	}
	refused("POST", "/api/v1/me/password", map[string]any{"current": "canary-wrong-password", "next": "canary-new-password-5"})
	metrics := visit("http://"+a.MetricsAddr()).must(t, 200, "GET", "/metrics", nil, nil)
	for where, text := range map[string]string{"the log": log.String(), "a refusal": refusals.String(), "the metrics": string(metrics.body)} {
		if len(text) < 100 {
			t.Fatalf("%s is nearly empty, so nothing was proved: %q", where, text)
		}
		for _, s := range secrets {
			if s != "" && strings.Contains(text, s) {
				t.Errorf("%s holds the secret %.24s…", where, s)
			}
		}
	}
}

func TestApp_OneServerPerFolder(t *testing.T) {
	cfg := config(t)
	a := start(t, cfg)
	if _, err := New(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), "serves the data folder") {
		t.Fatalf("a second server started on the same folder: %v", err)
	}
	if !Served(cfg.Data) {
		t.Error("the folder does not count as served")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if Served(cfg.Data) {
		t.Error("the folder counts as served after the stop")
	}
	start(t, cfg)
}

// A stop lets a request that is being answered finish, refuses new ones, and leaves nothing in the log that
// is not in the database file.
func TestApp_StopsGracefully(t *testing.T) {
	cfg := config(t)
	ctx, stop := context.WithCancel(context.Background())
	a, err := New(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	s := settle(t, a.URL())
	conn, err := net.Dial("tcp", a.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := fmt.Sprintf(`{"title":"begun before the stop","columnId":%q}`, s.columns[0])
	fmt.Fprintf(conn, "POST /api/v1/boards/%s/cards HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
		s.board, a.Addr(), s.token, len(body))
	time.Sleep(100 * time.Millisecond) // the server waits for the body
	stop()
	time.Sleep(100 * time.Millisecond)
	if c, err := net.DialTimeout("tcp", a.Addr(), time.Second); err == nil {
		c.Close()
		t.Error("still accepts connections while it stops")
	}
	fmt.Fprint(conn, body)
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 201") {
		t.Errorf("the request in hand got %.200q %v", answer, err)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(drainFor + 5*time.Second):
		t.Fatal("does not stop")
	}
	if fi, err := os.Stat(filepath.Join(cfg.Data, store.FileName+"-wal")); err == nil && fi.Size() > 0 {
		t.Errorf("%d bytes are left in the write-ahead log", fi.Size())
	}
	b := start(t, cfg)
	s.base = b.URL()
	if cards := s.snapshot(t).Cards; len(cards) != 1 || cards[0].Title != "begun before the stop" {
		t.Errorf("after the restart: %+v", cards)
	}
}

func TestApp_FirstAdministratorFromSettings(t *testing.T) {
	cfg := config(t)
	cfg.AdminEmail, cfg.AdminPassword = "root@example.test", password
	for range 2 { // the second start finds them
		a := start(t, cfg)
		v := visit(a.URL())
		v.must(t, 200, "POST", "/api/v1/session", map[string]any{"email": cfg.AdminEmail, "password": password}, nil)
		if got, _ := v.do("POST", "/api/v1/setup", map[string]any{"email": "x@example.test", "password": password, "name": "X", "workspace": "Y"}); got.status < 400 {
			t.Errorf("set-up is open although there is an administrator: %d", got.status)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestApp_ColdStart(t *testing.T) {
	cfg := config(t)
	for _, what := range []string{"fresh", "warm"} {
		begin := time.Now()
		a := start(t, cfg)
		visit(a.URL()).must(t, 200, "GET", "/readyz", nil, nil)
		t.Logf("%s data: first 200 after %d ms", what, time.Since(begin).Milliseconds())
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestConfig_Check(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"runs on one node":        func(c *Config) { c.NATSURL = "nats://127.0.0.1:4222" },
		"begin with postgres://":  func(c *Config) { c.DatabaseURL = "mysql://x" },
		"set together":            func(c *Config) { c.AdminEmail = "a@b" },
		"must not be negative":    func(c *Config) { c.SocketsPerToken = -1 },
		"must differ":             func(c *Config) { c.Addr, c.MetricsAddr = "127.0.0.1:1", "127.0.0.1:1" },
		"neither an address nor":  func(c *Config) { c.TrustedProxies = "10.0.0.0/8, proxy" },
		`"loud" is neither`:       func(c *Config) { c.Log = "json,loud" },
		"cannot be used":          func(c *Config) { c.PublicURL = "board.example.test" },
		"cannot listen on 1.2.3.": func(c *Config) { c.Addr = "1.2.3.4:1" },
	} {
		cfg := config(t)
		change(&cfg)
		a, err := New(context.Background(), cfg)
		if err == nil {
			_ = a.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("wanted %q, got %v", want, err)
		}
	}
	good := config(t)
	good.TrustedProxies, good.Log = "10.0.0.0/8, 127.0.0.1,::1", "debug"
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

func TestOpenAPI_IsTheSameEveryTime(t *testing.T) {
	var one, two strings.Builder
	if err := OpenAPI(&one); err != nil {
		t.Fatal(err)
	}
	if err := OpenAPI(&two); err != nil {
		t.Fatal(err)
	}
	if one.String() != two.String() {
		t.Error("two prints of one API differ")
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal([]byte(one.String()), &doc); err != nil {
		t.Fatal(err)
	}
	// what an address names, its operation reads (a field that huma passes over would be silently empty)
	for path, methods := range doc.Paths {
		for method, op := range methods {
			for _, name := range regexp.MustCompile(`{(\w+)}`).FindAllStringSubmatch(path, -1) {
				if !slices.ContainsFunc(op.Parameters, func(p struct{ Name, In string }) bool { return p.In == "path" && p.Name == name[1] }) {
					t.Errorf("%s %s does not read {%s}", method, path, name[1])
				}
			}
		}
	}
	for _, p := range []string{"/session", "/boards/{board}", "/cards/{card}/move", "/imports", "/teams/{team}/members"} {
		if doc.Paths[p] == nil {
			t.Errorf("%s is not described", p)
		}
	}
}
