package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
	"trestle/server/who"
)

type noteBody struct {
	Title    string            `json:"title" minLength:"1" maxLength:"20"`
	Note     web.Opt[string]   `json:"note,omitzero" required:"false" maxLength:"10"`
	Size     web.Opt[float64]  `json:"size,omitzero" required:"false" minimum:"0"`
	Labels   web.Opt[[]string] `json:"labels,omitzero" required:"false"`
	Email    string            `json:"email,omitempty" format:"email"`
	Link     string            `json:"link,omitempty" format:"uri"`
	Due      string            `json:"due,omitempty" format:"date"`
	Kind     string            `json:"kind,omitempty" enum:"queue,active,done"`
	Next     string            `json:"next,omitempty" doc:"Stands for a password"`
	Count    int32             `json:"count,omitempty"`
	Anything any               `json:"anything,omitempty"`
}

type seen struct {
	Body      noteBody
	Key, Hash string
	Viewer    who.Viewer
	IP        string
}

type door struct {
	*httptest.Server
	got *seen
	log *bytes.Buffer
}

// open builds a front door with a few operations of every kind. The header Test-Person signs in.
func open(t *testing.T, change ...func(o *web.Options)) *door {
	t.Helper()
	d := &door{got: &seen{}, log: &bytes.Buffer{}}
	o := web.Options{Log: slog.New(slog.NewTextHandler(d.log, nil)), Version: "test",
		Identify: func(c echo.Context) (who.Viewer, error) {
			d.got.IP = c.RealIP()
			v := who.Viewer{PersonID: c.Request().Header.Get("Test-Person"), DeviceID: c.Request().Header.Get("Test-Device")}
			if s := c.Request().Header.Get("Test-Scopes"); s != "" {
				v.Scopes = strings.Fields(s)
			}
			return v, nil
		}}
	for _, fn := range change {
		fn(&o)
	}
	s := web.New(o)
	type in struct{ Body noteBody }
	web.Handle(s.API, huma.Operation{OperationID: "note", Method: http.MethodPatch, Path: "/notes/{id}"},
		func(ctx context.Context, in *struct {
			ID   string `path:"id"`
			Body noteBody
		}) (*web.Body[noteBody], error) {
			caller := callerIn(ctx)
			d.got.Body, d.got.Key, d.got.Hash, d.got.Viewer = in.Body, caller.CommandKey, caller.RequestHash, who.From(ctx)
			return web.JSON(in.Body, nil)
		})
	web.Handle(s.API, huma.Operation{OperationID: "open", Method: http.MethodPost, Path: "/session", Security: web.Public},
		func(ctx context.Context, in *in) (*web.Empty, error) {
			d.got.Body, d.got.Key = in.Body, callerIn(ctx).CommandKey
			return web.None(nil)
		})
	web.Handle(s.API, huma.Operation{OperationID: "list", Method: http.MethodGet, Path: "/notes"},
		func(context.Context, *struct {
			Limit int `query:"limit" maximum:"100"`
		}) (*web.Body[web.Page[noteBody]], error) {
			return web.List[noteBody](nil, nil)
		})
	web.Handle(s.API, huma.Operation{OperationID: "live", Method: http.MethodPost, Path: "/live", Metadata: web.Scope("live")},
		func(context.Context, *struct{}) (*web.Empty, error) { return web.None(nil) })
	web.Handle(s.API, huma.Operation{OperationID: "fail", Method: http.MethodPost, Path: "/fail/{how}", Security: web.Public},
		func(_ context.Context, in *struct {
			How string `path:"how"`
		}) (*web.Empty, error) {
			switch in.How {
			case "busy":
				return nil, fault.Unavailable(1500*time.Millisecond, "Busy.")
			case "limit":
				return nil, fault.Conflict("wip_limit", "Doing is full.").With("limit", map[string]any{"max": 3})
			case "panic":
				panic("hunter2 in a panic")
			case "status":
				return nil, fault.NotFound("card").With("status", 200).With("code", "mine")
			}
			return nil, errors.New("pq: hunter2 in a cause")
		})
	if err := s.Page(fstest.MapFS{
		"index.html":          {Data: []byte(`<!doctype html><script nonce="{{.Nonce}}">1</script>`)},
		"assets/app-1.js":     {Data: []byte("plain")},
		"assets/app-1.js.br":  {Data: []byte("brotli")},
		"assets/app-1.js.gz":  {Data: []byte("gzip")},
		"assets/zip-1.js.gz":  {Data: zipped("carried zipped")},
		"favicon.svg":         {Data: []byte("<svg/>")},
		"secret-in-dist.json": {Data: []byte("{}")},
	}); err != nil {
		t.Fatal(err)
	}
	s.Echo.GET("/healthz", func(c echo.Context) error { return c.String(200, "ok") })
	d.Server = httptest.NewServer(s.Echo)
	t.Cleanup(d.Close)
	return d
}

func callerIn(ctx context.Context) store.Caller {
	c := store.CallerOf(ctx)
	return store.Caller{ActorID: c.ActorID, CommandKey: c.CommandKey, RequestHash: c.RequestHash}
}

// plainTransport asks for no compression by itself.
var plainTransport = &http.Transport{DisableCompression: true}

type answer struct {
	*http.Response
	body    string
	problem web.Problem
	extra   map[string]any
}

// ask sends a request; headers are name, value, name, value.
func (d *door) ask(t *testing.T, method, path, body string, headers ...string) answer {
	t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, d.URL+path, r)
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	res, err := plainTransport.RoundTrip(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{Response: res, body: string(raw), extra: map[string]any{}}
	if res.StatusCode >= 400 && method != http.MethodHead {
		if ct := res.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s %s: a refusal of type %q: %s", method, path, ct, raw)
		}
		if err := errors.Join(json.Unmarshal(raw, &a.problem), json.Unmarshal(raw, &a.extra)); err != nil {
			t.Errorf("%s %s: %v", method, path, err)
		}
		p := a.problem
		if p.Status != res.StatusCode || p.Code == "" || p.Detail == "" || p.Title == "" || p.RequestID == "" || p.RequestID != res.Header.Get("X-Request-Id") {
			t.Errorf("%s %s: an incomplete problem: %s", method, path, raw)
		}
	}
	return a
}

// An address that nothing of ours can have is answered by the page, with 404; only the API's and the assets' say so in JSON.
func TestPage_IllegibleAddress(t *testing.T) {
	d := open(t)
	for _, path := range []string{"/checklists/%00", "/c/%00", "/services/%00", "/boards/%00", "/teams/%00", "/%ff", "/%00", "/c/%c3%28?x=%ff", "/today?x=%00"} {
		res, err := http.Get(d.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != 404 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || !strings.Contains(string(body), "nonce=") {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	for _, path := range []string{"/api/v1/notes/%00", "/api/%ff", "/api/v1/nothing?x=%00", "/assets/%00", "/assets/%ff.css"} {
		if a := d.ask(t, "GET", path, "", "Test-Person", "p"); a.StatusCode != 400 || a.problem.Code != "bad_request" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
}

// No refusal repeats what was sent: the commonest mistake is a password in the wrong field.
func TestProblems_NeverRepeatValues(t *testing.T) {
	d := open(t)
	const secret = "hunter2"
	for name, body := range map[string]string{
		"unknown field":       `{"title":"a","pasword":"hunter2"}`,
		"nested unknown":      `{"title":"a","credentials":{"password":"hunter2"}}`,
		"wrong type":          `{"title":["hunter2"]}`,
		"too long":            `{"title":"` + strings.Repeat("hunter2", 10) + `"}`,
		"no e-mail":           `{"title":"a","email":"hunter2 <<>>"}`,
		"no address":          `{"title":"a","link":"://hunter2"}`,
		"no address, control": `{"title":"a","link":"http://hunter2\u0001"}`,
		"no date":             `{"title":"a","due":"hunter2"}`,
		"not one of":          `{"title":"a","kind":"hunter2"}`,
		"no JSON":             `{"title":"a","password":hunter2}`,
		"cut off":             `{"title":"hunter2`,
		"not an object":       `"hunter2"`,
		"a list":              `["hunter2"]`,
		"option's type":       `{"title":"a","note":{"x":"hunter2"}}`,
		"option too long":     `{"title":"a","note":"` + strings.Repeat("hunter2", 5) + `"}`,
		"option's list":       `{"title":"a","labels":["ok",{"x":"hunter2"}]}`,
		"missing and unknown": `{"hunter":"hunter2"}`,
	} {
		a := d.ask(t, "POST", "/api/v1/session", body)
		if a.StatusCode != 422 && a.StatusCode != 400 {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
		if strings.Contains(a.body, secret) {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	for name, body := range map[string]string{"number too large": `{"title":"a","count":7712347712347}`, "fraction": `{"title":"a","count":7712.347}`} {
		if a := d.ask(t, "POST", "/api/v1/session", body); a.StatusCode != 422 || strings.Contains(a.body, "7712") || strings.Contains(a.body, "int32") || strings.Contains(a.body, "noteBody") {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	for _, path := range []string{"/api/v1/notes?limit=hunter2", "/api/v1/notes?limit=999999999999999999999999"} {
		if a := d.ask(t, "GET", path, "", "Test-Person", "p"); a.StatusCode != 422 || strings.Contains(a.body, secret) || strings.Contains(a.body, "99999") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
	// the name of an unknown field says where, but not at any length
	if a := d.ask(t, "POST", "/api/v1/session", `{"title":"a","`+strings.Repeat("x", 100_000)+`":1}`); a.StatusCode != 422 || len(a.body) > 2000 {
		t.Errorf("%d, %d bytes", a.StatusCode, len(a.body))
	}
	var many strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&many, `"k%d":1,`, i)
	}
	if a := d.ask(t, "POST", "/api/v1/session", `{`+many.String()+`"title":"a"}`); a.StatusCode != 422 || len(a.problem.Errors) == 0 || len(a.body) > 10_000 {
		t.Errorf("%d, %d errors in %d bytes", a.StatusCode, len(a.problem.Errors), len(a.body))
	}
	if strings.Contains(d.log.String(), secret) {
		t.Errorf("in the log: %s", d.log)
	}
}

func TestProblems_SayWhereAndWhy(t *testing.T) {
	d := open(t)
	a := d.ask(t, "POST", "/api/v1/session", `{"title":"a","pasword":"x"}`)
	if a.StatusCode != 422 || a.problem.Code != "invalid" || len(a.problem.Errors) != 1 || a.problem.Errors[0].Location != "body.pasword" ||
		a.problem.Errors[0].Message != "unexpected property" {
		t.Errorf("unknown field: %s", a.body)
	}
	a = d.ask(t, "POST", "/api/v1/fail/limit", "")
	if a.StatusCode != 409 || a.problem.Code != "wip_limit" || a.extra["limit"].(map[string]any)["max"] != 3.0 {
		t.Errorf("extension members: %s", a.body)
	}
	a = d.ask(t, "POST", "/api/v1/fail/status", "")
	if a.StatusCode != 404 || a.problem.Code != "not_found" || a.extra["status"] != 404.0 {
		t.Errorf("an extension took a member's place: %s", a.body)
	}
	a = d.ask(t, "POST", "/api/v1/fail/busy", "")
	if a.StatusCode != 503 || a.Header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After %q: %s", a.Header.Get("Retry-After"), a.body)
	}
	for _, how := range []string{"panic", "unknown"} {
		a = d.ask(t, "POST", "/api/v1/fail/"+how, "")
		if a.StatusCode != 500 || a.problem.Code != "internal" || strings.Contains(a.body, "hunter2") || strings.Contains(a.body, "pq") {
			t.Errorf("%s: %d %s", how, a.StatusCode, a.body)
		}
		if !strings.Contains(d.log.String(), a.problem.RequestID) {
			t.Errorf("%s: the log does not know request %s", how, a.problem.RequestID)
		}
	}
}

// Every refusal that no operation chose has the same shape.
func TestProblems_OfTheDoorItself(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		method, path, body string
		status             int
		code               string
		headers            []string
	}{
		{"GET", "/api/v1/nothing", "", 404, "not_found", nil},
		{"GET", "/api/v1/notes", "", 401, "unauthenticated", nil},
		{"PATCH", "/api/v1/notes/1", `{"title":"a"}`, 401, "unauthenticated", nil},
		{"PATCH", "/api/v1/notes/1", `{bad`, 401, "unauthenticated", nil}, // not even read
		{"DELETE", "/api/v1/notes", "", 405, "method_not_allowed", nil},
		{"POST", "/", "", 405, "method_not_allowed", nil},
		{"PATCH", "/api/v1/notes/1", "", 400, "bad_request", []string{"Test-Person", "p"}},
		{"PATCH", "/api/v1/notes/1", "a=b", 415, "unsupported_media_type", []string{"Test-Person", "p", "Content-Type", "application/x-www-form-urlencoded"}},
		{"PATCH", "/api/v1/notes/1", `{"title":"a"}`, 415, "unsupported_media_type", []string{"Test-Person", "p", "Content-Type", "text/plain"}},
		{"PATCH", "/api/v1/notes/1", `{"title":"a"}`, 422, "invalid", []string{"Test-Person", "p", "Idempotency-Key", "with space"}},
		{"PATCH", "/api/v1/notes/1", `{"title":"a"}`, 422, "invalid", []string{"Test-Person", "p", "Idempotency-Key", strings.Repeat("k", 201)}},
		{"PATCH", "/api/v1/notes/1", `{"title":"a"}`, 403, "forbidden", []string{"Test-Person", "p", "Test-Scopes", "read"}},
		{"POST", "/api/v1/live", "", 403, "forbidden", []string{"Test-Person", "p", "Test-Scopes", "read write"}},
		{"POST", "/api/v1/live", "", 204, "", []string{"Test-Person", "p", "Test-Scopes", "live"}},
		{"POST", "/api/v1/live", "", 403, "forbidden", []string{"Test-Device", "d"}},
		{"GET", "/api/v1/notes", "", 200, "", []string{"Test-Device", "d"}},
		{"GET", "/api/v1/notes", "", 403, "forbidden", []string{"Test-Person", "p", "Test-Scopes", "write"}},
		{"GET", "/api/v1/notes?x=%00", "", 400, "bad_request", []string{"Test-Person", "p"}},
		{"PATCH", "/api/v1/notes/%ff", `{"title":"a"}`, 400, "bad_request", []string{"Test-Person", "p"}},
		{"PATCH", "/api/v1/notes/%00", `{"title":"a"}`, 400, "bad_request", []string{"Test-Person", "p"}},
	} {
		a := d.ask(t, c.method, c.path, c.body, c.headers...)
		if a.StatusCode != c.status || a.problem.Code != c.code {
			t.Errorf("%s %s %v: %d %s", c.method, c.path, c.headers, a.StatusCode, a.body)
		}
	}
	if a := d.ask(t, "GET", "/api/v1/notes", "", "Test-Person", "p"); a.body != `{"items":[]}`+"\n" {
		t.Errorf("an empty list: %q", a.body)
	}
}

// The three things that a PATCH can say about a field.
func TestOpt_AbsentNullValue(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		body                 string
		set, null            bool
		value                string
		labelsSet, labelNull bool
		labels               int
	}{
		{body: `{"title":"a"}`},
		{body: `{"title":"a","note":null}`, set: true, null: true},
		{body: `{"title":"a","note":""}`, set: true},
		{body: `{"title":"a","note":"x","labels":null}`, set: true, value: "x", labelsSet: true, labelNull: true},
		{body: `{"title":"a","labels":[]}`, labelsSet: true},
		{body: `{"title":"a","labels":["x","y"]}`, labelsSet: true, labels: 2},
	} {
		*d.got = seen{}
		a := d.ask(t, "PATCH", "/api/v1/notes/1", c.body, "Test-Person", "p")
		got := d.got.Body
		if a.StatusCode != 200 || got.Note.Set != c.set || got.Note.Null != c.null || got.Note.Value != c.value ||
			got.Labels.Set != c.labelsSet || got.Labels.Null != c.labelNull || len(got.Labels.Value) != c.labels {
			t.Errorf("%s: %d %+v", c.body, a.StatusCode, got)
		}
		if (got.Note.Ptr() != nil) != (c.set && !c.null) {
			t.Errorf("%s: Ptr", c.body)
		}
	}
	for _, bad := range []string{`{"title":"a","note":7}`, `{"title":"a","size":-1}`, `{"title":"a","size":"1"}`, `{"title":null}`, `{"title":""}`, `{}`,
		`{"title":"a","note":"` + strings.Repeat("x", 11) + `"}`, `{"title":"a","Note":"x"}`} {
		if a := d.ask(t, "PATCH", "/api/v1/notes/1", bad, "Test-Person", "p"); a.StatusCode != 422 {
			t.Errorf("%s: %d %s", bad, a.StatusCode, a.body)
		}
	}
	raw, _ := json.Marshal([]web.Opt[string]{{}, web.Null[string](), web.Some("x")})
	if string(raw) != `[null,null,"x"]` {
		t.Error(string(raw))
	}
}

func TestBody_Limits(t *testing.T) {
	d := open(t)
	for name, headers := range map[string][]string{"plain": {"Test-Person", "p"}, "with a key": {"Test-Person", "p", "Idempotency-Key", "k"}} {
		if a := d.ask(t, "PATCH", "/api/v1/notes/1", `{"title":"`+strings.Repeat("x", web.MaxBody)+`"}`, headers...); a.StatusCode != 413 || a.problem.Code != "too_large" {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
		if a := d.ask(t, "PATCH", "/api/v1/notes/1", `{"title":"a","anything":"`+strings.Repeat("x", web.MaxBody-100)+`"}`, headers...); a.StatusCode != 200 {
			t.Errorf("%s, just within: %d", name, a.StatusCode)
		}
	}
	nest := func(n int) string {
		return `{"title":"a","anything":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`
	}
	if a := d.ask(t, "PATCH", "/api/v1/notes/1", nest(web.MaxDepth-1), "Test-Person", "p"); a.StatusCode != 200 {
		t.Errorf("%d deep: %d %s", web.MaxDepth, a.StatusCode, a.body)
	}
	for _, n := range []int{web.MaxDepth, 5000, 400_000} {
		start := time.Now()
		if a := d.ask(t, "PATCH", "/api/v1/notes/1", nest(n), "Test-Person", "p"); a.StatusCode != 400 && a.StatusCode != 422 {
			t.Errorf("%d deep: %d %s", n, a.StatusCode, a.body)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%d deep took %s", n, took)
		}
	}
	// NUL is text to SQLite and none to PostgreSQL
	if a := d.ask(t, "PATCH", "/api/v1/notes/1", `{"title":"a\u0000b"}`, "Test-Person", "p"); a.StatusCode != 400 && a.StatusCode != 422 {
		t.Errorf("NUL: %d %s", a.StatusCode, a.body)
	}
	if a := d.ask(t, "PATCH", "/api/v1/notes/1", `{"title":"a\\u0000 [{\""}`, "Test-Person", "p"); a.StatusCode != 200 || d.got.Body.Title != `a\u0000 [{"` {
		t.Errorf("what looks like NUL: %d %q", a.StatusCode, d.got.Body.Title)
	}
}

// A body that never ends holds nothing up: the same for requests with and without a key, signed in or not.
func TestBody_Slow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 6 s")
	}
	t.Parallel()
	for name, head := range map[string]string{
		"plain":                  "POST /api/v1/session HTTP/1.1\r\n",
		"with a key":             "PATCH /api/v1/notes/1 HTTP/1.1\r\nTest-Person: p\r\nIdempotency-Key: k\r\n",
		"with a key, signed out": "POST /api/v1/session HTTP/1.1\r\nIdempotency-Key: k\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			c, err := net.Dial("tcp", d.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if _, err := io.WriteString(c, head+"Host: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"); err != nil {
				t.Fatal(err)
			}
			_ = c.SetReadDeadline(time.Now().Add(9 * time.Second))
			raw := make([]byte, 4096)
			n, err := c.Read(raw)
			if err != nil || !strings.Contains(string(raw[:n]), " 408 ") {
				t.Errorf("%v: %s", err, raw[:n])
			}
		})
	}
}

func TestCommand_KeyAndHash(t *testing.T) {
	d := open(t)
	hash := func(path, body, key string) string {
		t.Helper()
		*d.got = seen{}
		if a := d.ask(t, "PATCH", path, body, "Test-Person", "p", "Idempotency-Key", key); a.StatusCode != 200 {
			t.Fatal(a.body)
		}
		if d.got.Key != key || d.got.Body.Title == "" {
			t.Fatalf("%+v", d.got)
		}
		return d.got.Hash
	}
	one := hash("/api/v1/notes/1", `{"title":"a"}`, "k")
	if hash("/api/v1/notes/1", `{"title":"a"}`, "other") != one {
		t.Error("the same request has another hash")
	}
	if hash("/api/v1/notes/1", `{"title":"b"}`, "k") == one || hash("/api/v1/notes/2", `{"title":"a"}`, "k") == one || hash("/api/v1/notes/1?x=1", `{"title":"a"}`, "k") == one {
		t.Error("another request has the same hash")
	}
	const path, body = "/api/v1/notes/1", `{"title":"a","next":"hunter2"}`
	quick := sha256.Sum256([]byte("PATCH " + path + "\n" + body))
	kept := hash(path, body, "k")
	if kept == hex.EncodeToString(quick[:]) {
		t.Error("a request with a password is kept as something that is quick to guess")
	}
	if hash(path, body, "k") != kept || hash(path, strings.ReplaceAll(body, "2", "3"), "k") == kept {
		t.Error("a password's hash does not tell the same request from another")
	}
	d.ask(t, "POST", "/api/v1/session", `{"title":"a"}`, "Idempotency-Key", "k")
	if d.got.Key != "" {
		t.Error("somebody who is not signed in has a key")
	}
}

// Which requests of other sites' pages are refused: Origin × Sec-Fetch-Site × method.
func TestCrossOrigin_Matrix(t *testing.T) {
	d := open(t, func(o *web.Options) { o.Origins, _ = web.NewOrigins("https://board.example", "") })
	own := strings.TrimPrefix(d.URL, "http://")
	for _, c := range []struct {
		origin, site string
		allowed      bool
	}{
		{"", "", true}, // no browser
		{"", "same-origin", true},
		{"", "none", true}, // typed by hand
		{"", "same-site", false},
		{"", "cross-site", false},
		{"http://" + own, "", true},
		{"http://" + own, "same-origin", true},
		{"https://board.example", "", true},
		{"https://board.example", "cross-site", true}, // named as one of ours
		{"https://board.example", "same-site", true},
		{"http://board.example", "", false},
		{"https://board.example:8443", "", false},
		{"https://evil.example", "", false},
		{"https://evil.example", "cross-site", false},
		{"https://sub.board.example", "same-site", false},
		{"https://board.example.evil.example", "cross-site", false},
		{"null", "", false},
		{"null", "cross-site", false},
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"} {
			headers := []string{"Test-Person", "p"}
			if c.origin != "" {
				headers = append(headers, "Origin", c.origin)
			}
			if c.site != "" {
				headers = append(headers, "Sec-Fetch-Site", c.site)
			}
			path := map[string]string{"GET": "/api/v1/notes", "HEAD": "/healthz", "POST": "/api/v1/live", "PATCH": "/api/v1/notes/1"}[method]
			if path == "" {
				path = "/api/v1/notes/1"
			}
			body := map[string]string{"PATCH": `{"title":"a"}`}[method]
			a := d.ask(t, method, path, body, headers...)
			refused := a.StatusCode == 403 && a.problem.Code == "cross_origin"
			safe := method == "GET" || method == "HEAD"
			if refused == (c.allowed || safe) {
				t.Errorf("%s from %q, %q: %d %s", method, c.origin, c.site, a.StatusCode, a.problem.Code)
			}
			if a.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s from %q: others may read the answer", method, c.origin)
			}
		}
	}
}

func TestOrigins_Allow(t *testing.T) {
	for _, c := range []struct {
		public, port, origin string
		want                 bool
	}{
		{"https://board.example", "8080", "https://board.example", true},
		{"https://board.example", "8080", "https://BOARD.example", true},
		{"https://board.example/", "8080", "https://board.example", true},
		{"https://board.example:443", "8080", "https://board.example", true},
		{"http://board.example:80", "8080", "http://board.example", true},
		{"https://board.example", "8080", "https://board.example:443", true},
		{"https://a.example, http://10.0.0.5:8080", "8080", "http://10.0.0.5:8080", true},
		{"https://board.example", "8080", "http://board.example", false},
		{"https://board.example", "8080", "https://board.example:8443", false},
		{"https://board.example", "8080", "https://sub.board.example", false},
		{"https://board.example", "8080", "https://board.example.evil.example", false},
		{"https://board.example", "8080", "https://evil.example/https://board.example", false},
		{"https://board.example", "8080", "https://user@board.example", false},
		{"https://board.example", "8080", "https://board.example?x", false},
		{"https://board.example", "8080", "https://board.example#x", false},
		{"https://board.example", "8080", "https://board.example/", false},
		{"https://board.example", "8080", "null", false},
		{"https://board.example", "8080", "", false},
		{"https://board.example", "8080", "board.example", false},
		{"https://board.example", "8080", "http://localhost:8080", false}, // a public address was named
		{"", "8080", "http://localhost:8080", true},
		{"", "8080", "http://LOCALHOST:8080", true},
		{"", "8080", "http://127.0.0.1:8080", true},
		{"", "8080", "http://127.8.8.8:8080", true},
		{"", "8080", "http://[::1]:8080", true},
		{"", "8080", "http://trestle.localhost:8080", true},
		{"", "8080", "http://localhost:8081", false},
		{"", "8080", "http://localhost", false},
		{"", "80", "http://localhost", true},
		{"", "8080", "https://localhost:8080", false},
		{"", "8080", "http://[::2]:8080", false},
		{"", "8080", "http://192.168.0.9:8080", false},
		{"", "8080", "http://0.0.0.0:8080", false},
		{"", "8080", "http://localhost.evil.example:8080", false},
		{"", "8080", "http://evillocalhost:8080", false},
		{"", "8080", "null", false},
		{"", "8080", "file://", false},
	} {
		o, err := web.NewOrigins(c.public, c.port)
		if err != nil {
			t.Fatal(err)
		}
		if got := o.Allow(c.origin); got != c.want {
			t.Errorf("public %q, port %s: %q is %v", c.public, c.port, c.origin, got)
		}
	}
	for _, bad := range []string{"board.example", "ftp://board.example", "https://", "https://a.example,nonsense"} {
		if _, err := web.NewOrigins(bad, "8080"); err == nil {
			t.Errorf("%q is taken as an address", bad)
		}
	}
	var none *web.Origins
	if none.Allow("http://localhost:8080") {
		t.Error("nothing configured allows something")
	}
}

// The headers that every answer carries, refusals included.
func TestHeaders_OnEveryAnswer(t *testing.T) {
	d := open(t, func(o *web.Options) { o.Origins, _ = web.NewOrigins("https://board.example", "") })
	for _, c := range []struct{ method, path, kind string }{
		{"GET", "/", "page"}, {"GET", "/boards/x", "page"}, {"GET", "/assets/app-1.js", "asset"}, {"GET", "/favicon.svg", "file"},
		{"GET", "/healthz", ""}, {"GET", "/api/v1/openapi.json", "api"}, {"GET", "/api/v1/notes", "api"}, {"GET", "/api/v1/nothing", "api"},
		{"POST", "/api/v1/fail/panic", "api"}, {"POST", "/api/v1/fail/unknown", "api"}, {"POST", "/api/v1/session", "api"}, {"DELETE", "/", ""},
		{"GET", "/assets/none.js", ""}, {"GET", "/app.js", ""}, {"GET", "/assets/../secret-in-dist.json", ""}, {"GET", "/assets/%2e%2e/secret-in-dist.json", ""},
	} {
		for _, host := range []string{"board.example", "127.0.0.1"} {
			a := d.ask(t, c.method, c.path, "", "Host", host)
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
			} {
				if got := a.Header.Get(name); got != want {
					t.Errorf("%s %s: %s is %q", c.method, c.path, name, got)
				}
			}
			csp := a.Header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "frame-ancestors 'none'") || (c.kind != "page" && !strings.HasPrefix(csp, "default-src 'none'")) || strings.Contains(csp, "unsafe") {
				t.Errorf("%s %s: CSP %q", c.method, c.path, csp)
			}
			if hsts := a.Header.Get("Strict-Transport-Security"); (hsts != "") != (host == "board.example") {
				t.Errorf("%s %s at %s: HSTS %q", c.method, c.path, host, hsts)
			}
			cache := a.Header.Get("Cache-Control")
			want := map[string]string{"page": "no-store", "api": "no-store", "asset": "public, max-age=31536000, immutable"}[c.kind]
			if want != "" && cache != want {
				t.Errorf("%s %s: Cache-Control %q", c.method, c.path, cache)
			}
			if a.StatusCode >= 400 && strings.Contains(cache, "immutable") {
				t.Errorf("%s %s: a refusal is kept: %q", c.method, c.path, cache)
			}
			if strings.Contains(a.body, "secret-in-dist") || a.Header.Get("Server") != "" {
				t.Errorf("%s %s: %s", c.method, c.path, a.body)
			}
		}
	}
}

func TestPage_NonceDiffersPerAnswer(t *testing.T) {
	d := open(t)
	nonce := regexp.MustCompile(`'nonce-([A-Za-z0-9+/=]{24,})'`)
	seen := map[string]bool{}
	for range 20 {
		a := d.ask(t, "GET", "/boards/x?card=PAY-7", "")
		m := nonce.FindStringSubmatch(a.Header.Get("Content-Security-Policy"))
		if m == nil || seen[m[1]] {
			t.Fatalf("nonce %v", m)
		}
		seen[m[1]] = true
		// html/template writes + as an entity
		if !strings.Contains(strings.ReplaceAll(a.body, "&#43;", "+"), `nonce="`+m[1]+`"`) {
			t.Errorf("the page has another nonce: %s", a.body)
		}
	}
}

func TestAssets_Precompressed(t *testing.T) {
	d := open(t)
	for accept, want := range map[string]string{"": "plain", "gzip": "gzip", "gzip, deflate, br": "brotli", "identity": "plain"} {
		a := d.ask(t, "GET", "/assets/app-1.js", "", "Accept-Encoding", accept)
		if a.body != want || a.Header.Get("Vary") != "Accept-Encoding" || (a.Header.Get("Content-Encoding") == "") != (want == "plain") ||
			!strings.Contains(a.Header.Get("Content-Type"), "javascript") {
			t.Errorf("%q: %s %v", accept, a.body, a.Header)
		}
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.Bytes()
}

// The program carries only what the build compressed; who takes neither form is given the plain text all the same.
func TestAssets_CarriedZipped(t *testing.T) {
	d := open(t)
	if a := d.ask(t, "GET", "/assets/zip-1.js", "", "Accept-Encoding", "identity"); a.body != "carried zipped" || a.Header.Get("Content-Encoding") != "" {
		t.Errorf("%s %v", a.body, a.Header)
	}
	if a := d.ask(t, "GET", "/assets/zip-1.js", "", "Accept-Encoding", "gzip"); a.Header.Get("Content-Encoding") != "gzip" || a.body != string(zipped("carried zipped")) {
		t.Errorf("%q %v", a.body, a.Header)
	}
	if a := d.ask(t, "GET", "/assets/zip-2.js", "", "Accept-Encoding", "identity"); a.StatusCode != 404 {
		t.Errorf("%d", a.StatusCode)
	}
}

// The address of a client is that of its connection; a header is believed from a named proxy alone.
func TestRealIP(t *testing.T) {
	_, loopback, _ := net.ParseCIDR("127.0.0.0/8")
	_, other, _ := net.ParseCIDR("10.0.0.0/8")
	for _, c := range []struct {
		name    string
		trusted []*net.IPNet
		xff     string
		want    string
	}{
		{"nobody is trusted", nil, "203.0.113.9", "127.0.0.1"},
		{"another proxy is trusted", []*net.IPNet{other}, "203.0.113.9", "127.0.0.1"},
		{"the proxy is trusted", []*net.IPNet{loopback}, "203.0.113.9", "203.0.113.9"},
		{"the client put its own in front", []*net.IPNet{loopback}, "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		{"a private address is a client like any", []*net.IPNet{loopback}, "192.168.7.7", "192.168.7.7"},
	} {
		d := open(t, func(o *web.Options) { o.TrustedProxies = c.trusted })
		d.ask(t, "GET", "/healthz", "", "X-Forwarded-For", c.xff, "X-Real-Ip", "203.0.113.77")
		if d.got.IP != c.want {
			t.Errorf("%s: %s", c.name, d.got.IP)
		}
	}
}

// The description of the API holds for programs: every operation, its refusals, and nobody else's scripts.
func TestOpenAPI(t *testing.T) {
	d := open(t)
	a := d.ask(t, "GET", "/api/v1/openapi.json", "")
	var doc struct {
		OpenAPI string                    `json:"openapi"`
		Paths   map[string]map[string]any `json:"paths"`
		Servers []map[string]string       `json:"servers"`
	}
	if err := json.Unmarshal([]byte(a.body), &doc); a.StatusCode != 200 || err != nil {
		t.Fatal(a.StatusCode, err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Paths["/notes/{id}"]["patch"] == nil || doc.Servers[0]["url"] != "/api/v1" {
		t.Errorf("%.300s", a.body)
	}
	for _, path := range []string{"/api/v1/docs", "/docs", "/api/v1/schemas/Problem.json"} {
		if a := d.ask(t, "GET", path, ""); strings.Contains(a.body, "unpkg") || strings.HasPrefix(path, "/api") && a.StatusCode != 404 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if strings.Contains(d.ask(t, "PATCH", "/api/v1/notes/1", `{"title":"a"}`, "Test-Person", "p").body, "$schema") {
		t.Error("answers carry $schema")
	}
}

func TestHandle_NeedsAnID(t *testing.T) {
	s := web.New(web.Options{})
	defer func() {
		if recover() == nil {
			t.Error("an operation without an id is taken")
		}
	}()
	web.Handle(s.API, huma.Operation{Method: "GET", Path: "/x"}, func(context.Context, *struct{}) (*web.Empty, error) { return nil, nil })
}

func TestServe_Shutdown(t *testing.T) {
	s := web.New(web.Options{})
	inside, release := make(chan struct{}), make(chan struct{})
	s.Echo.GET("/slow", func(c echo.Context) error { close(inside); <-release; return c.String(200, "done") })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served, got := make(chan error, 1), make(chan string, 1)
	go func() { served <- s.Serve(l) }()
	go func() {
		res, err := http.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			got <- err.Error()
			return
		}
		raw, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		got <- string(raw)
	}()
	<-inside
	time.AfterFunc(50*time.Millisecond, func() { close(release) })
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	if answer := <-got; answer != "done" {
		t.Errorf("the request in flight got %q", answer)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
