package app

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A change reaches who listens; a stop tells them to come back (1001); who comes back with the last sequence
// gets what was missed, from the program that runs then.
func TestApp_LiveThroughARestart(t *testing.T) {
	cfg := config(t)
	a := start(t, cfg)
	s := settle(t, a.URL())
	topic := "board:" + s.board
	conn := listen(t, a, s.token)
	say(t, conn, map[string]any{"op": "subscribe", "topic": topic})
	at := hear(t, conn, "subscribed").Seq
	if _, err := s.create("seen at once"); err != nil {
		t.Fatal(err)
	}
	if e := hear(t, conn, "event"); e.Seq != at+1 || e.Type != "card.created" {
		t.Fatalf("heard %+v after %d", e, at)
	}
	closed := make(chan error, 1)
	go func() {
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				closed <- err
				return
			}
		}
	}()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-closed; !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("the stop was told as %v", err)
	}

	b := start(t, cfg)
	s.base = b.URL()
	if _, err := s.create("while away"); err != nil {
		t.Fatal(err)
	}
	conn = listen(t, b, s.token)
	say(t, conn, map[string]any{"op": "subscribe", "topic": topic, "since": at + 1})
	if e := hear(t, conn, "event"); e.Seq != at+2 || e.Type != "card.created" {
		t.Errorf("resumed with %+v, wanted event %d", e, at+2)
	}
}

// Every kind of topic has somebody who may follow it: the board's, the team's, one's own, the workspace's.
func TestApp_LiveTopics(t *testing.T) {
	a := start(t, config(t))
	s := settle(t, a.URL())
	conn := listen(t, a, s.token)
	for _, topic := range []string{"board:" + s.board, "team:" + s.team, "me", "org"} {
		say(t, conn, map[string]any{"op": "subscribe", "topic": topic})
		if f := hear(t, conn, "subscribed"); f.Topic != topic {
			t.Errorf("%s: %+v", topic, f)
		}
	}
	for _, topic := range []string{"org:x", "nothing:1", "board:brd_none"} {
		say(t, conn, map[string]any{"op": "subscribe", "topic": topic})
		if f := hear(t, conn, "error"); f.Code != "not_found" {
			t.Errorf("%s: %+v", topic, f)
		}
	}
}

// Another site's page gets no socket, whatever it carries.
func TestApp_LiveIsForOurOwnPage(t *testing.T) {
	a := start(t, config(t))
	s := settle(t, a.URL())
	for _, origin := range []string{"https://evil.example", "null", "http://127.0.0.1:1", "https://" + a.Addr()} {
		_, res, err := websocket.DefaultDialer.Dial("ws://"+a.Addr()+"/api/v1/live",
			http.Header{"Origin": {origin}, "Authorization": {"Bearer " + s.token}})
		if err == nil || res == nil || res.StatusCode != 403 {
			t.Errorf("a page of %s: %v", origin, err)
		}
	}
}

type frame struct {
	Op, Topic, Type, Code string
	Seq                   int64
}

func listen(t *testing.T, a *App, token string) *websocket.Conn {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+a.Addr()+"/api/v1/live", http.Header{"Authorization": {"Bearer " + token}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	return conn
}

func say(t *testing.T, conn *websocket.Conn, v any) {
	t.Helper()
	if err := conn.WriteJSON(v); err != nil {
		t.Fatal(err)
	}
}

// hear waits for the next frame of this kind; presence may come in between.
func hear(t *testing.T, conn *websocket.Conn, op string) (f frame) {
	t.Helper()
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			t.Fatalf("waiting for %s: %v", op, err)
		}
		f = frame{}
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		if f.Op == op {
			return f
		}
		if f.Op == "error" {
			t.Fatalf("waiting for %s: %s", op, raw)
		}
	}
}

// A demo story that is broken off leaves an empty database, not half a company.
func TestDemo_BrokenOffLeavesNothing(t *testing.T) {
	cfg := config(t)
	cfg.Demo = true
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if a, err := New(ctx, cfg); err == nil {
		_ = a.Close()
		t.Skip("the whole story was told in 300 ms")
	} else if !strings.Contains(err.Error(), "broke off") && ctx.Err() == nil {
		t.Fatal(err)
	}
	cfg.Demo = false
	a := start(t, cfg)
	var state struct{ Needed bool }
	visit(a.URL()).must(t, 200, "GET", "/api/v1/setup", nil, &state)
	if !state.Needed {
		t.Error("somebody is in the database")
	}
	left, err := a.st.Events(context.Background(), "org", 0, 1)
	if err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}
