package live

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestFrameLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.dial(cookie("per_1"))
	p.say(`{"op":"ping","topic":"` + strings.Repeat("x", 60<<10) + `"}`)
	p.expect("pong")
	p.say(`{"op":"ping","topic":"` + strings.Repeat("x", 64<<10) + `"}`)
	if code, _ := p.closed(); code != websocket.CloseMessageTooBig {
		t.Fatalf("closed with %d", code)
	}
	q := r.dial(cookie("per_1"))
	_ = q.conn.WriteMessage(websocket.BinaryMessage, []byte("{}"))
	if code, _ := q.closed(); code != websocket.CloseUnsupportedData {
		t.Fatalf("closed with %d", code)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.dial(cookie("per_1"))
	for i := range maxTopics { // a reconnect with many topics is no flood
		p.say(fmt.Sprintf(`{"op":"subscribe","topic":"board:brd_%d","since":0}`, i))
	}
	for range maxTopics {
		p.expect("subscribed")
	}
	for range 60 {
		if p.conn.WriteMessage(websocket.TextMessage, []byte(`{"op":"ping"}`)) != nil {
			break
		}
	}
	if code, _ := p.closed(); code != closeRateLimited {
		t.Fatalf("closed with %d", code)
	}
	q := r.dial(cookie("per_1"))
	for range 60 { // pings of the protocol count as well
		if q.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second)) != nil {
			break
		}
	}
	if code, _ := q.closed(); code != closeRateLimited {
		t.Fatalf("closed with %d", code)
	}
}

func TestSocketsPerOwner(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.SocketsPerSession, o.SocketsPerToken = 3, 5 })
	for _, c := range []struct {
		h http.Header
		n int
	}{{cookie("per_1"), 3}, {bearer("per_1"), 5}, {cookie("per_2"), 3}} {
		var last *peer
		for range c.n {
			last = r.dial(c.h)
			last.say(`{"op":"ping"}`)
			last.expect("pong")
		}
		over := r.dial(c.h)
		if code, _ := over.closed(); code != closeRateLimited {
			t.Fatalf("closed with %d", code)
		}
		before := r.hub.Sockets()
		_ = last.conn.Close()
		eventually(t, "its place is not free", 5*time.Second, func() bool { return r.hub.Sockets() < before })
		again := r.dial(c.h)
		again.say(`{"op":"ping"}`)
		again.expect("pong")
	}
}

func TestClose_SaysGoingAwayAndDrains(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	var peers []*peer
	for i := range 30 {
		p := r.dial(bearer(fmt.Sprint("per_", i)))
		p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
		p.expect("subscribed")
		peers = append(peers, p)
	}
	waiting := r.dial(nil)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	closed := make(chan error, 1)
	start := time.Now()
	go func() { closed <- r.hub.Close(ctx) }()
	for _, p := range append(peers, waiting) {
		if code, _ := p.closed(); code != websocket.CloseGoingAway {
			t.Fatalf("closed with %d", code)
		}
	}
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	if r.hub.Sockets() != 0 {
		t.Fatal("sockets are left")
	}
	t.Logf("stopped in %v", time.Since(start))
	if _, res, err := websocket.DefaultDialer.Dial(r.url, bearer("per_1")); err == nil || res != nil && res.StatusCode == 101 {
		t.Fatal("a socket was opened after the end")
	}
}
