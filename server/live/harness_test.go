package live

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

const origin = "http://board.example:8080"

// gate is an Access whose answers the test changes.
type gate struct {
	mu      sync.Mutex
	closed  map[string]bool // "person topic" or "topic"
	ended   map[string]bool // sessions and tokens
	trouble error
	asked   int
}

func (g *gate) CanListen(_ context.Context, v who.Viewer, topic string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked++
	if g.trouble != nil {
		return g.trouble
	}
	if g.closed[topic] || g.closed[v.PersonID+" "+topic] || strings.HasPrefix(topic, "board:absent") {
		return fault.NotFound("board")
	}
	return nil
}

func (g *gate) StillValid(_ context.Context, v who.Viewer) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.trouble != nil {
		return g.trouble
	}
	if g.ended[v.SessionID] || g.ended[v.TokenID] || g.ended[v.DeviceID] {
		return fault.Unauthenticated()
	}
	return nil
}

func (g *gate) shut(what string) { g.mu.Lock(); g.closed[what] = true; g.mu.Unlock() }
func (g *gate) end(what string)  { g.mu.Lock(); g.ended[what] = true; g.mu.Unlock() }
func (g *gate) set(err error)    { g.mu.Lock(); g.trouble = err; g.mu.Unlock() }

type names struct{}

func (names) Person(_ context.Context, id string) (string, string, int, error) {
	return "Name of " + id, "operations", 3, nil
}

type tickets struct{ used sync.Map }

func (t *tickets) Ticket(_ context.Context, ticket string) (who.Viewer, error) {
	id, ok := strings.CutPrefix(ticket, "ticket-")
	if _, again := t.used.LoadOrStore(ticket, true); again || !ok {
		return who.Viewer{}, fault.Unauthenticated()
	}
	return who.Viewer{PersonID: id, Name: id, Role: who.Member, SessionID: "ses_" + id}, nil
}

// flaky is a bus that can lose news and say so.
type flaky struct {
	*event.Memory
	mu   sync.Mutex
	lost bool // news do not arrive
	ill  bool // Healthy is false
	hint bool // news arrive without their events, as from another node
}

func newFlaky() *flaky { return &flaky{Memory: event.NewMemory()} }

func (f *flaky) Publish(n event.News) {
	f.mu.Lock()
	lost, hint := f.lost, f.hint
	f.mu.Unlock()
	if lost {
		return
	}
	if hint {
		n.Events = nil
	}
	f.Memory.Publish(n)
}
func (f *flaky) Healthy() bool { f.mu.Lock(); defer f.mu.Unlock(); return !f.ill }
func (f *flaky) set(lost, ill, hint bool) {
	f.mu.Lock()
	f.lost, f.ill, f.hint = lost, ill, hint
	f.mu.Unlock()
}

// rig is a hub behind the real front door.
type rig struct {
	t    testing.TB
	st   *store.Store
	bus  *flaky
	hub  *Hub
	gate *gate
	url  string
}

func newRig(t testing.TB, change ...func(*Options)) *rig {
	t.Helper()
	bus := newFlaky()
	st := trestletest.Open(t, trestletest.WithBus(bus), trestletest.WithClock(clock.Real{}))
	return rigOn(t, st, bus, change...)
}

func rigOn(t testing.TB, st *store.Store, bus *flaky, change ...func(*Options)) *rig {
	t.Helper()
	origins, err := web.NewOrigins(origin, "")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{closed: map[string]bool{}, ended: map[string]bool{}}
	o := Options{Access: g, Names: names{}, Tickets: &tickets{}, Origins: origins}
	for _, fn := range change {
		fn(&o)
	}
	r := &rig{t: t, st: st, bus: bus, gate: g, hub: New(st, bus, o)}
	door := web.New(web.Options{Origins: origins, Identify: identify})
	door.Echo.GET("/api/v1/live", r.hub.Handler)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.url = "ws://" + l.Addr().String() + "/api/v1/live"
	served := make(chan error, 1)
	srv := &http.Server{Handler: door.Echo, ReadHeaderTimeout: 5 * time.Second}
	go func() { served <- srv.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := r.hub.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		_ = srv.Shutdown(ctx)
		<-served
	})
	return r
}

// identify reads "Bearer person[/scope]" or the cookie session=person.
func identify(c echo.Context) (who.Viewer, error) {
	if h := c.Request().Header.Get("Authorization"); h != "" {
		id, scope, scoped := strings.Cut(strings.TrimPrefix(h, "Bearer "), "/")
		if id == "bad" {
			return who.Viewer{}, fault.Unauthenticated()
		}
		if strings.HasPrefix(id, "dev_") {
			return who.Viewer{DeviceID: id, TeamID: "tea_1", Role: who.Device}, nil
		}
		v := who.Viewer{PersonID: id, Name: id, Role: who.Member, TokenID: "tok_" + id, Scopes: []string{"read", "live"}}
		if scoped {
			v.Scopes = []string{scope}
		}
		return v, nil
	}
	if k, err := c.Cookie("session"); err == nil {
		return who.Viewer{PersonID: k.Value, Name: k.Value, Role: who.Member, SessionID: "ses_" + k.Value}, nil
	}
	return who.Viewer{}, nil
}

func cookie(person string) http.Header {
	return http.Header{"Cookie": {"session=" + person}, "Origin": {origin}}
}
func bearer(person string) http.Header { return http.Header{"Authorization": {"Bearer " + person}} }

// peer is the other end of a socket.
type peer struct {
	t    testing.TB
	conn *websocket.Conn
}

func (r *rig) dial(h http.Header) *peer {
	r.t.Helper()
	conn, res, err := websocket.DefaultDialer.Dial(r.url, h)
	if err != nil {
		status := 0
		if res != nil {
			status = res.StatusCode
		}
		r.t.Fatalf("dial: %v (%d)", err, status)
	}
	r.t.Cleanup(func() { _ = conn.Close() })
	return &peer{t: r.t, conn: conn}
}

func (p *peer) say(frame string) {
	p.t.Helper()
	if err := p.conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		p.t.Fatalf("write: %v", err)
	}
}

type heardFrame struct {
	Op        string          `json:"op"`
	Topic     string          `json:"topic"`
	Seq       int64           `json:"seq"`
	Code      string          `json:"code"`
	Type      string          `json:"type"`
	At        time.Time       `json:"at"`
	ActorID   string          `json:"actorId"`
	CommandID string          `json:"commandId"`
	Data      json.RawMessage `json:"data"`
	Total     int             `json:"total"`
	People    []struct {
		PersonID    string `json:"personId"`
		Name        string `json:"name"`
		Hue         int    `json:"hue"`
		Discipline  string `json:"discipline"`
		Connections int    `json:"connections"`
		At          *at    `json:"at"`
	} `json:"people"`
}

func (p *peer) read(wait time.Duration) (heardFrame, error) {
	var f heardFrame
	_ = p.conn.SetReadDeadline(time.Now().Add(wait))
	_, raw, err := p.conn.ReadMessage()
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		p.t.Fatalf("not JSON: %s", raw)
	}
	return f, nil
}

// next gives the next frame that is not presence.
func (p *peer) next() heardFrame {
	p.t.Helper()
	for {
		f, err := p.read(5 * time.Second)
		if err != nil {
			p.t.Fatalf("read: %v", err)
		}
		if f.Op != "presence" {
			return f
		}
	}
}

func (p *peer) expect(op string) heardFrame {
	p.t.Helper()
	f := p.next()
	if f.Op != op {
		p.t.Fatalf("got %+v (%s), wanted %s", f, f.Data, op)
	}
	return f
}

// closed reads to the end and gives the close code and the events that came before it.
func (p *peer) closed() (code int, events int) {
	p.t.Helper()
	for {
		f, err := p.read(10 * time.Second)
		if err == nil {
			if f.Op == "event" {
				events++
			}
			continue
		}
		var ce *websocket.CloseError
		if errors.As(err, &ce) {
			return ce.Code, events
		}
		p.t.Fatalf("ended without a farewell: %v", err)
	}
}

// silent fails when an event arrives within d. (A read that times out would end the connection for good.)
func (p *peer) silent(d time.Duration) {
	p.t.Helper()
	time.Sleep(d)
	p.say(`{"op":"ping"}`)
	p.expect("pong")
}

// write publishes n events in n commits and gives the last sequence.
func (r *rig) write(topic string, n int) (seq int64) {
	r.t.Helper()
	for i := range n {
		var err error
		seq, err = r.publish(topic, "card.moved", map[string]int{"n": i})
		if err != nil {
			r.t.Fatalf("publish: %v", err)
		}
	}
	return seq
}

func (r *rig) publish(topic, kind string, data any) (int64, error) {
	return store.InTx(store.As(context.Background(), "per_author", "Author"), r.st, []string{topic},
		func(tx *store.Tx) (int64, error) { return tx.Publish(topic, kind, data) })
}

// many publishes n events in few commits.
func (r *rig) many(topic string, n, size int) {
	r.t.Helper()
	pad := strings.Repeat("x", size)
	for n > 0 {
		k := min(n, 500)
		err := store.Do(store.As(context.Background(), "per_author", "Author"), r.st, []string{topic}, func(tx *store.Tx) error {
			for range k {
				if _, err := tx.Publish(topic, "card.updated", map[string]string{"pad": pad}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			r.t.Fatalf("publish: %v", err)
		}
		n -= k
	}
}

// raise changes who may listen to a topic.
func (r *rig) raise(topic string) {
	r.t.Helper()
	err := store.Do(context.Background(), r.st, []string{topic}, func(tx *store.Tx) error { tx.RaiseACL(topic); return nil })
	if err != nil {
		r.t.Fatal(err)
	}
}

func eventually(t testing.TB, what string, wait time.Duration, ok func() bool) {
	t.Helper()
	end := time.Now().Add(wait)
	for !ok() {
		if time.Now().After(end) {
			t.Fatal(what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
