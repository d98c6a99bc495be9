package app_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/trestletest/scenario"
)

// Whoever follows a checklist hears the same bytes, whatever they may do and whatever they have opened; who may not
// see its card follows nothing.
func TestChecklist_SameBytesForEverybodyOnTheWire(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		admin := s.As("admin")
		board, columns := s.Board(t, s.Team, "team")
		at := "/checklists/" + admin.Must(t, 201, "POST /checklists", map[string]any{"kind": "card", "cardId": s.Card(t, board, columns[0], "One-tap pay")}).Text("id")
		topic := "checklist:" + strings.TrimPrefix(at, "/checklists/")
		follow := func(name, want string) *websocket.Conn {
			t.Helper()
			conn, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http")+"/api/v1/live", http.Header{"Authorization": {"Bearer " + s.As(name).Token}})
			if err != nil {
				t.Fatal(err, res)
			}
			t.Cleanup(func() { _ = conn.Close() })
			_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
			if err := conn.WriteJSON(map[string]any{"op": "subscribe", "topic": topic}); err != nil {
				t.Fatal(err)
			}
			for {
				var f struct{ Op string }
				if err := conn.ReadJSON(&f); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if f.Op == want {
					return conn
				}
			}
		}
		follow("member", "error")
		follow("other", "error")
		columnsOf := []string{"admin", "worker", "lead", "liaison", "commenter", "viewer", "insider", "manager", "device"}
		conns := map[string]*websocket.Conn{}
		for _, name := range columnsOf {
			conns[name] = follow(name, "subscribed")
		}
		item := func(name, verb, key string, body any) {
			t.Helper()
			s.As(name).Must(t, 200, verb[:strings.Index(verb, " ")+1]+at+"/items/"+key+"/"+verb[strings.Index(verb, " ")+1:], body)
		}
		item("admin", "PUT answer", "F1", map[string]any{"text": "One tap", "base": 0})
		item("liaison", "POST open", "F1", map[string]any{})
		item("liaison", "POST push-back", "F1", map[string]any{"text": "And then?"})
		item("liaison", "POST withdraw", "F1", nil)
		item("liaison", "POST understand", "F1", map[string]any{"rev": 1})
		s.As("commenter").Must(t, 201, "POST "+at+"/items/F1/comments", map[string]any{"text": "Well"})
		item("worker", "POST not-applicable", "D1", map[string]any{"why": "Nothing new"})
		admin.Must(t, 200, "POST "+at+"/freeze", nil)
		heard := map[string][]byte{}
		for _, name := range columnsOf {
			for {
				_, raw, err := conns[name].ReadMessage()
				if err != nil {
					t.Fatalf("%s: %v after\n%s", name, err, heard[name])
				}
				var f struct{ Op, Type string }
				if json.Unmarshal(raw, &f) != nil || f.Op != "event" {
					continue
				}
				heard[name] = append(append(heard[name], raw...), '\n')
				if f.Type == "checklist.frozen" {
					break
				}
			}
		}
		if n := bytes.Count(heard["admin"], []byte{'\n'}); n != 7 || bytes.Contains(heard["admin"], []byte("@example.test")) || bytes.Contains(heard["admin"], []byte(`"opened"`)) {
			t.Errorf("%d events:\n%s", n, heard["admin"])
		}
		for _, name := range columnsOf {
			if !bytes.Equal(heard[name], heard["admin"]) {
				t.Errorf("%s hears\n%s\nthe administrator\n%s", name, heard[name], heard["admin"])
			}
		}
	})
}
