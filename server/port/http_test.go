package port_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"trestle/server/port"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// door is the room behind the real front door; X-As says who comes.
func door(t *testing.T, b *bench, people map[string]who.Viewer) http.Handler {
	t.Helper()
	srv := web.New(web.Options{Version: "test", Identify: func(c echo.Context) (who.Viewer, error) {
		return people[c.Request().Header.Get("X-As")], nil
	}})
	port.Register(srv.API, b.port)
	return srv.Echo
}

// form is a multipart body; a value that begins with "file:" is sent as a file.
func form(t *testing.T, fields ...string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for i := 0; i < len(fields); i += 2 {
		if rest, ok := strings.CutPrefix(fields[i+1], "file:"); ok {
			f, _ := w.CreateFormFile(fields[i], "board.json")
			_, _ = io.WriteString(f, rest)
			continue
		}
		_ = w.WriteField(fields[i], fields[i+1])
	}
	_ = w.Close()
	return body, w.FormDataContentType()
}

func post(h http.Handler, as string, body io.Reader, contentType string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/api/v1/imports", body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-As", as)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, as, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("X-As", as)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestHTTP_import(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	guest := trestletest.Person(t, b.Store, "gus", who.Guest)
	reading := b.lead
	reading.Scopes = []string{"read"}
	h := door(t, b, map[string]who.Viewer{"lead": b.lead, "guest": guest, "reading": reading})
	board := "file:" + string(own(t, "harbour.json"))
	before := rows(t, b.Store)
	for name, c := range map[string]struct {
		as     string
		fields []string
		status int
		words  string
	}{
		"nobody":            {"", []string{"teamId", b.team, "file", board}, 401, "unauthenticated"},
		"a guest":           {"guest", []string{"teamId", b.team, "file", board}, 404, "not_found"},
		"a read-only token": {"reading", []string{"teamId", b.team, "file", board}, 403, "scope"},
		"no file":           {"lead", []string{"teamId", b.team}, 422, "Choose a file"},
		"no team":           {"lead", []string{"file", board}, 422, "Choose the team"},
		"two files":         {"lead", []string{"teamId", b.team, "file", board, "file", board}, 422, "one file"},
		"an unknown field":  {"lead", []string{"teamId", b.team, "password", "secret-xyz", "file", board}, 422, "not known"},
		"dryRun maybe":      {"lead", []string{"teamId", b.team, "dryRun", "maybe", "file", board}, 422, "dryRun"},
		"a broken file":     {"lead", []string{"teamId", b.team, "file", "file:{"}, 422, "ends in the middle"},
		"later sources":     {"lead", []string{"teamId", b.team, "source", "jira-csv", "file", board}, 422, "What works now"},
		"an endless field":  {"lead", []string{"teamId", strings.Repeat("x", 1000), "file", board}, 422, "too long"},
		"a dry run":         {"lead", []string{"file", board, "dryRun", "true", "teamId", b.team}, 200, `"dryRun":true`},
	} {
		t.Run(name, func(t *testing.T) {
			body, kind := form(t, c.fields...)
			w := post(h, c.as, body, kind)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.words) || strings.Contains(w.Body.String(), "secret-xyz") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			sameRows(t, before, rows(t, b.Store))
		})
	}
	if w := post(h, "lead", strings.NewReader("{}"), "application/json"); w.Code != 415 {
		t.Errorf("JSON: %d %s", w.Code, w.Body)
	}
	body, kind := form(t, "teamId", b.team, "file", board)
	body.Truncate(body.Len() / 2)
	if w := post(h, "lead", body, kind); w.Code != 400 || !strings.Contains(w.Body.String(), "ended early") {
		t.Errorf("half a body: %d %s", w.Code, w.Body)
	}
	sameRows(t, before, rows(t, b.Store))
	body, kind = form(t, "teamId", b.team, "source", "trello", "timeZone", "Europe/Berlin", "file", board)
	w := post(h, "lead", body, kind)
	var rep port.Report
	if err := json.Unmarshal(w.Body.Bytes(), &rep); err != nil || w.Code != 200 || rep.BoardID == "" || rep.Counts.Cards != 8 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	exports(t, h, rep.BoardID)
}

func exports(t *testing.T, h http.Handler, boardID string) {
	t.Helper()
	for format, want := range map[string][2]string{"": {"application/json", "harbour-works.json"}, "json": {"application/json", "harbour-works.json"},
		"cards.csv": {"text/csv; charset=utf-8", "harbour-works-cards.csv"}, "transitions.csv": {"text/csv; charset=utf-8", "harbour-works-transitions.csv"}} {
		path := "/api/v1/boards/" + boardID + "/export"
		if format != "" {
			path += "?format=" + format
		}
		w := get(h, "lead", path)
		_, params, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
		if w.Code != 200 || err != nil || w.Header().Get("Content-Type") != want[0] || !strings.Contains(w.Header().Get("Content-Disposition"), `filename="`+want[1]+`"`) {
			t.Errorf("%s: %d %v %v %v", format, w.Code, w.Header(), params, err)
		}
		if w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d bytes, %v", format, w.Body.Len(), w.Header())
		}
	}
	for path, status := range map[string]int{"/api/v1/boards/brd_none/export": 404, "/api/v1/boards/" + boardID + "/export?format=xls": 422} {
		if w := get(h, "lead", path); w.Code != status {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := get(h, "", "/api/v1/boards/"+boardID+"/export"); w.Code != 401 {
		t.Errorf("nobody exported: %d", w.Code)
	}
}

// TestHTTP_tooLarge: a file past the limit is refused while it is still being sent.
func TestHTTP_tooLarge(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	h := door(t, b, map[string]who.Viewer{"lead": b.lead})
	head, kind := form(t, "teamId", b.team, "file", "file:X")
	begin, _, _ := strings.Cut(head.String(), "X\r\n")
	body := &endless{begin: begin, unit: " ", size: 80 << 20}
	w := post(h, "lead", body, kind)
	if w.Code != 413 || !strings.Contains(w.Body.String(), `"code":"too_large"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if body.at > 60<<20 {
		t.Errorf("%d MB were read before it was refused", body.at>>20)
	}
}

// TestHTTP_described: both operations are in the API's document with their bodies.
func TestHTTP_described(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	w := get(door(t, b, nil), "", "/api/v1/openapi.json")
	doc := generic(t, w.Body.Bytes())
	at := func(v any, path ...string) any {
		for _, p := range path {
			m, _ := v.(map[string]any)
			v = m[p]
		}
		return v
	}
	if at(doc, "paths", "/imports", "post", "requestBody", "content", "multipart/form-data", "schema", "properties", "file") == nil {
		t.Error("the upload is not described")
	}
	if at(doc, "paths", "/imports", "post", "responses", "200", "content", "application/json", "schema") == nil {
		t.Error("the report is not described")
	}
	if at(doc, "paths", "/boards/{board}/export", "get", "responses", "200", "content", "text/csv") == nil {
		t.Error("the export is not described")
	}
}

// TestHTTP_fileName: no board's name leaves the header, the folder or the direction of reading.
func TestHTTP_fileName(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	h := door(t, b, map[string]who.Viewer{"lead": b.lead})
	id := b.bring(t, own(t, "harbour.json")).BoardID
	for name, want := range map[string][2]string{
		"a\r\nSet-Cookie: x=1":  {"a-set-cookie-x-1.json", "a Set-Cookie x=1.json"},
		`../../etc/"passwd"; x`: {"etc-passwd-x.json", "etc passwd ; x.json"},
		"gpj.\u202eexe.board":   {"gpj-exe-board.json", "gpj. exe.board.json"},
		"Über – 港":              {"ber.json", "Über – 港.json"},
		"...":                   {"board.json", "board.json"},
	} {
		exec(t, b.Store, "UPDATE boards SET name = ?, version = version + 1", name)
		w := get(h, "lead", "/api/v1/boards/"+id+"/export")
		head := w.Header().Get("Content-Disposition")
		_, params, err := mime.ParseMediaType(head)
		if err != nil || !strings.Contains(head, `filename="`+want[0]+`"`) || params["filename"] != want[1] {
			t.Errorf("%q: %s %q %v", name, head, params["filename"], err)
		}
	}
}
