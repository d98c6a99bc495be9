package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/trestletest"
)

// Until the reveal nobody receives a word of what others write, whatever they ask for and whatever they listen to;
// the log and what is left for mail and chat hold none of it either.
func TestRetro_NothingOfOthersOnTheWireBeforeTheReveal(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { retroOnTheWire(t, config(t)) })
	t.Run("postgres", func(t *testing.T) {
		cfg := config(t)
		cfg.DatabaseURL = trestletest.PostgresURL(t)
		retroOnTheWire(t, cfg)
	})
}

// ear keeps every byte that comes over a socket.
type ear struct {
	mu sync.Mutex
	b  bytes.Buffer
	at int64 // the last sequence of the retro
}

func (e *ear) listen(conn *websocket.Conn) {
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			return
		}
		e.mu.Lock()
		e.b.Write(raw)
		if f := (frame{}); json.Unmarshal(raw, &f) == nil && f.Op == "event" && strings.HasPrefix(f.Topic, "retro:") {
			e.at = f.Seq
		}
		e.mu.Unlock()
	}
}

func (e *ear) heard() (string, int64) { e.mu.Lock(); defer e.mu.Unlock(); return e.b.String(), e.at }

func (e *ear) waitFor(t *testing.T, seq int64) string {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		text, got := e.heard()
		if got >= seq {
			return text
		}
		if time.Now().After(end) {
			t.Fatalf("the retro was heard up to %d, not %d", got, seq)
		}
	}
}

func retroOnTheWire(t *testing.T, cfg Config) {
	log := &quiet{}
	cfg.Log, cfg.LogTo = "text,debug", log
	a := start(t, cfg)
	ines := settle(t, a.URL())
	person := func(name, role string) *visitor {
		v := visit(a.URL())
		var made struct{ ID string }
		ines.must(t, 201, "POST", "/api/v1/people", map[string]any{"name": name, "email": name + "@example.test", "discipline": "operations", "role": role, "password": password}, &made)
		if role == "member" {
			ines.must(t, 200, "POST", "/api/v1/teams/"+ines.team+"/members", map[string]any{"personId": made.ID, "role": "worker"}, nil)
		}
		var in struct{ Token string }
		v.must(t, 200, "POST", "/api/v1/session", map[string]any{"email": name + "@example.test", "password": password}, &in)
		v.token = in.Token
		return v
	}
	ana, bo, manager := person("ana", "member"), person("bo", "member"), person("mia", "manager")
	var r struct {
		Retro struct{ ID, Phase, Next string }
	}
	ines.must(t, 201, "POST", "/api/v1/retros", map[string]any{"boardId": ines.board, "templateKey": "plus_delta",
		"opensUntil": time.Now().Add(48 * time.Hour)}, &r)
	retro := "/api/v1/retros/" + r.Retro.ID
	ears := map[string]*ear{}
	for name, v := range map[string]*visitor{"the facilitator": ines.visitor, "bo": bo, "the manager": manager} {
		ears[name] = &ear{}
		conn := listen(t, a, v.token)
		for _, topic := range []string{"retro:" + r.Retro.ID, "board:" + ines.board, "team:" + ines.team, "me", "org"} {
			say(t, conn, map[string]any{"op": "subscribe", "topic": topic})
			hear(t, conn, "subscribed")
		}
		go ears[name].listen(conn)
	}
	turn := func() string {
		ines.must(t, 200, "GET", retro, nil, &r)
		ines.must(t, 200, "POST", retro+"/phase", map[string]any{"from": r.Retro.Phase, "to": r.Retro.Next}, &r)
		return r.Retro.Phase
	}
	const word = "xylophone"
	keyed := func(key string, status int, method, path string, body any) {
		t.Helper()
		if got, err := ana.do(method, path, body, "Idempotency-Key", key); err != nil || got.status != status {
			t.Fatalf("%s %s: %v %d %s", method, path, err, got.status, got.body)
		}
	}
	write := func(n int) { // each with a key, as the page sends it, and once more as after a lost answer
		for range 2 {
			keyed(fmt.Sprintf("ana-%d", n), 201, "POST", retro+"/notes", map[string]any{"column": "plus", "text": fmt.Sprintf("%s number %d", word, n)})
		}
	}
	write(0) // days before the meeting: not even its shape, and nobody is named for having come
	for name, v := range map[string]*visitor{"the facilitator": ines.visitor, "bo": bo, "the manager": manager} {
		got, err := v.do("GET", retro, nil)
		if err != nil || got.status != 200 || !strings.Contains(string(got.body), `"notes":[]`) || !strings.Contains(string(got.body), `"collected":{"people":1,"notes":1}`) ||
			strings.Contains(string(got.body), `"name":"ana"`) {
			t.Errorf("%s reads of what is collected: %v %s", name, err, got.body)
		}
	}
	if at := turn(); at != "checkin" {
		t.Fatalf("the meeting begins in %s", at)
	}
	for _, v := range []*visitor{ana, bo} {
		v.must(t, 200, "POST", retro+"/join", nil, nil)
	}
	ana.must(t, 200, "POST", retro+"/checkin", map[string]any{"text": word + " today"}, nil)
	write(1)
	if at := turn(); at != "write" {
		t.Fatalf("in %s", at)
	}
	write(2)
	var mine struct {
		Notes []struct{ ID, Text string }
	}
	ana.must(t, 200, "GET", retro, nil, &mine)
	if len(mine.Notes) != 3 || !strings.Contains(mine.Notes[0].Text, word) {
		t.Fatalf("ana's own: %+v", mine.Notes)
	}
	keyed("ana-3", 200, "PATCH", "/api/v1/retro-notes/"+mine.Notes[0].ID, map[string]any{"text": word + " anew"})
	asked := 0
	for name, v := range map[string]*visitor{"the facilitator": ines.visitor, "bo": bo, "the manager": manager} {
		for path, body := range everyGet(t, v, map[string]string{"retro": r.Retro.ID, "board": ines.board, "team": ines.team},
			"/search?q="+word, "/events?limit=1000&topic="+url.QueryEscape("retro:"+r.Retro.ID), "/events?limit=1000&topic="+url.QueryEscape("board:"+ines.board)) {
			asked++
			if strings.Contains(string(body), word) {
				t.Errorf("%s reads it at %s", name, path)
			}
		}
	}
	if asked < 90 {
		t.Errorf("only %d questions were asked", asked)
	}
	t.Logf("%d questions", asked)
	for what, stmt := range map[string]string{
		"kept answers": "SELECT COUNT(*) FROM commands WHERE response LIKE '%xylophone%' OR response LIKE '%rno_%' OR key LIKE 'ana-%'",
		"the outbox":   "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%xylophone%' OR payload LIKE '%rno_%'",
		"the record":   "SELECT COUNT(*) FROM events WHERE data LIKE '%xylophone%' OR data LIKE '%rno_%' OR command_id LIKE 'ana-%'",
	} {
		if n := trestletest.Count(t, a.st, stmt); n != 0 {
			t.Errorf("%s: %d lines", what, n)
		}
	}
	seq, _, err := a.st.Topic(t.Context(), "retro:"+r.Retro.ID)
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range ears {
		if text := e.waitFor(t, seq); strings.Contains(text, word) || strings.Contains(text, "rno_") || strings.Contains(text, "ana-1") {
			t.Errorf("%s hears it", name)
		}
	}
	if turn() != "reveal" {
		t.Fatal("not revealed")
	}
	got, err := bo.do("GET", retro, nil)
	if err != nil || strings.Count(string(got.body), word) != 4 { // three notes and the check-in
		t.Errorf("after the reveal: %v %s", err, got.body)
	}
	if text := log.String(); strings.Contains(text, word) || strings.Contains(text, "rno_") || !strings.Contains(text, "/retros/") {
		t.Error("the log tells more than that somebody asked")
	}
}

// everyGet asks all that can be asked with these names, and more, and gives the answers by path.
func everyGet(t *testing.T, v *visitor, names map[string]string, more ...string) map[string][]byte {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	v.must(t, 200, "GET", "/api/v1/openapi.json", nil, &doc)
	paths := more
	for path, methods := range doc.Paths {
		if _, ok := methods["get"]; !ok {
			continue
		}
		for name, value := range names {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
		if !strings.Contains(path, "{") {
			paths = append(paths, path)
		}
	}
	out := map[string][]byte{}
	for _, path := range paths {
		got, err := v.do("GET", "/api/v1"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if path == more[0] { // what is looked for comes back as the question
			got.body = bytes.ReplaceAll(got.body, []byte(`"q":"xylophone"`), nil)
		}
		out[path] = got.body
	}
	return out
}
