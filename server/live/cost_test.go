package live

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/event"
	"trestle/server/trestletest"
)

// These two count what the whole process holds, so they do not run beside others.

func TestGoroutines_NoneIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("use", func(t *testing.T) {
		r := newRig(t)
		for i := range 60 {
			p := r.dial(bearer(fmt.Sprint("per_", i)))
			p.say(fmt.Sprintf(`{"op":"subscribe","topic":"board:brd_%d","since":0}`, i%7))
			p.expect("subscribed")
			p.say(fmt.Sprintf(`{"op":"presence","topic":"board:brd_%d","at":{"cardId":"crd_1"}}`, i%7))
			r.write(fmt.Sprint("board:brd_", i%7), 1)
			switch i % 4 {
			case 0:
				_ = p.conn.Close()
			case 1:
				_ = p.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second))
				if code, _ := p.closed(); code != 1000 {
					t.Errorf("the farewell was answered with %d", code)
				}
			case 2:
				r.gate.shut(fmt.Sprintf("per_%d board:brd_%d", i, i%7))
				r.raise(fmt.Sprint("board:brd_", i%7))
			}
		}
		r.dial(nil) // waits for a ticket that never comes
		eventually(t, "sockets that were closed are still held", 5*time.Second, func() bool { return r.hub.Sockets() <= 15 })
	})
	http.DefaultClient.CloseIdleConnections()
	end := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(end) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		buf := make([]byte, 1<<20)
		t.Fatalf("%d goroutines before, %d after\n%s", before, n, buf[:runtime.Stack(buf, true)])
	}
}

func TestMemory_OfIdleSockets(t *testing.T) {
	trestletest.WithoutRace(t)
	const n, most = 2000, 30 << 10
	r := newRig(t, func(o *Options) { o.SocketsPerToken = n })
	r.many(board, 1000, 300)
	conns := make([]net.Conn, 0, n)
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	before := inUse()
	for range n {
		conns = append(conns, rawDial(t, r.url, "per_1", board))
	}
	eventually(t, "not all are there", 10*time.Second, func() bool { return r.hub.Sockets() == n })
	for i := range 3 { // each has been written to
		r.write(board, 1)
		time.Sleep(time.Duration(i) * 50 * time.Millisecond)
	}
	each := (inUse() - before) / n
	t.Logf("%d idle sockets, %.1f KiB each (heap and stacks, the test's own ends included)", n, float64(each)/1024)
	if each > most {
		t.Fatalf("%d bytes each", each)
	}
}

func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// rawDial opens a socket with as little on our side as possible and subscribes.
func rawDial(t testing.TB, url, person, topic string) net.Conn {
	t.Helper()
	host, path, _ := strings.Cut(strings.TrimPrefix(url, "ws://"), "/")
	c, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(c, "GET /%s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n", path, host, person)
	if status, err := bufio.NewReaderSize(c, 64).ReadString('\n'); err != nil || !strings.Contains(status, "101") {
		t.Fatalf("%q %v", status, err)
	}
	frame := []byte(`{"op":"subscribe","topic":"` + topic + `"}`)
	head := []byte{0x81, 0x80 | byte(len(frame)), 0, 0, 0, 0} // masked with zeros
	if _, err := c.Write(append(head, frame...)); err != nil {
		t.Fatal(err)
	}
	return c
}

func BenchmarkEncodeEvent(b *testing.B) {
	e := event.Event{Topic: board, Seq: 123456, Type: "card.moved", At: time.Now(), ActorID: "per_1",
		CommandID: "01890a5d-ac96-774b-bcce-b302099a8057", Data: []byte(strings.Repeat(`{"a":1}`, 50))}
	for b.Loop() {
		encodeEvent(board, &e)
	}
}

// BenchmarkFanOut is one event to 1,000 listeners, from commit until the last socket was written to.
func BenchmarkFanOut(b *testing.B) {
	const n = 1000
	r := newRig(b, func(o *Options) { o.SocketsPerToken = n })
	for range n {
		c := rawDial(b, r.url, "per_1", board)
		defer c.Close()
		go func() {
			buf := make([]byte, 4096)
			for {
				if _, err := c.Read(buf); err != nil {
					return
				}
			}
		}()
	}
	top, err := r.hub.topic(context.Background(), board, board)
	if err != nil {
		b.Fatal(err)
	}
	defer top.release()
	for len(top.listeners()) < n {
		time.Sleep(time.Millisecond)
	}
	for b.Loop() {
		head := r.write(board, 1)
		for {
			top.mu.Lock()
			all := true
			for _, s := range top.subs {
				all = all && s.cursor == head
			}
			top.mu.Unlock()
			if all {
				break
			}
			time.Sleep(100 * time.Microsecond)
		}
	}
}
