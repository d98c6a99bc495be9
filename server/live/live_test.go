package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

const board = "board:brd_1"

func TestSubscribe_FromNow_FromASequence_Reset(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(board, 10)
	p := r.dial(cookie("per_1"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	if f := p.expect("subscribed"); f.Seq != 10 || f.Topic != board {
		t.Fatalf("%+v", f)
	}
	at := time.Now()
	ctx := store.WithCaller(context.Background(), &store.Caller{ActorID: "per_9", CommandKey: `key "1" é`})
	if _, err := store.InTx(ctx, r.st, []string{board}, func(tx *store.Tx) (int64, error) {
		return tx.Publish(board, "card.created", map[string]string{"title": "<b>&é"})
	}); err != nil {
		t.Fatal(err)
	}
	f := p.expect("event")
	if f.Seq != 11 || f.Type != "card.created" || f.ActorID != "per_9" || f.CommandID != `key "1" é` || f.At.Sub(at).Abs() > time.Minute {
		t.Fatalf("%+v", f)
	}
	var data map[string]string
	if json.Unmarshal(f.Data, &data) != nil || data["title"] != "<b>&é" {
		t.Fatalf("%s", f.Data)
	}

	q := r.dial(cookie("per_2"))
	q.say(`{"op":"subscribe","topic":"board:brd_1","since":4}`)
	if f := q.expect("subscribed"); f.Seq != 11 {
		t.Fatalf("%+v", f)
	}
	for want := int64(5); want <= 11; want++ {
		if f := q.expect("event"); f.Seq != want {
			t.Fatalf("got %d, wanted %d", f.Seq, want)
		}
	}
	q.say(`{"op":"subscribe","topic":"board:brd_1","since":99}`)
	if f := q.expect("reset"); f.Seq != 11 {
		t.Fatalf("%+v", f)
	}
	r.write(board, 1)
	q.silent(100 * time.Millisecond) // a reset has ended the subscription
	q.say(`{"op":"subscribe","topic":"board:brd_1","since":11}`)
	q.expect("subscribed")
	if f := q.expect("event"); f.Seq != 12 {
		t.Fatalf("%+v", f)
	}
	q.say(`{"op":"subscribe","topic":"board:brd_1","since":10}`) // the cursor moves back
	q.expect("subscribed")
	if f := q.expect("event"); f.Seq != 11 {
		t.Fatalf("%+v", f)
	}
	q.expect("event")
	q.say(`{"op":"unsubscribe","topic":"board:brd_1"}`)
	q.say(`{"op":"ping"}`)
	q.expect("pong")
	r.write(board, 1)
	q.silent(100 * time.Millisecond)
}

func TestSubscribe_OlderThanTheRing_AndPastTheWindow(t *testing.T) {
	t.Parallel()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		bus := b.Options.Bus.(*flaky)
		r := rigOn(t, b.Store, bus)
		r.many(board, 5200, 10)
		p := r.dial(bearer("per_1"))
		p.say(`{"op":"subscribe","topic":"board:brd_1","since":199}`)
		if f := p.expect("reset"); f.Seq != 5200 {
			t.Fatalf("%+v", f)
		}
		p.say(`{"op":"subscribe","topic":"board:brd_1","since":200}`)
		p.expect("subscribed")
		go r.many(board, 300, 10) // the record grows while it is read
		for want := int64(201); want <= 5500; want++ {
			if f := p.expect("event"); f.Seq != want {
				t.Fatalf("got %d, wanted %d", f.Seq, want)
			}
		}
	}, trestletest.WithBus(newFlaky()), trestletest.WithClock(clock.Real{}))
}

func TestSubscribe_Refusals(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.dial(cookie("per_1"))
	for _, c := range []struct{ say, code string }{
		{`{"op":"subscribe","topic":"board:absent"}`, "not_found"},
		{`{"op":"subscribe","topic":"me:per_2"}`, "not_found"},
		{`{"op":"subscribe","topic":""}`, "not_found"},
		{`{"op":"subscribe","topic":"board:"}`, "not_found"},
		{`{"op":"subscribe","topic":"board:` + strings.Repeat("x", 300) + `"}`, "not_found"},
		{`{"op":"subscribe","topic":"board:brd_1","since":-1}`, "bad_request"},
		{`{"op":"dance"}`, "unknown_op"},
		{`{"op":`, "bad_request"},
		{`[]`, "bad_request"},
		{`{"op":"presence","topic":"board:brd_1","at":{}}`, "not_subscribed"},
		{`{"op":"ticket","ticket":"x"}`, "unknown_op"},
	} {
		p.say(c.say)
		if f := p.expect("error"); f.Code != c.code {
			t.Errorf("%s: %s, wanted %s", c.say, f.Code, c.code)
		}
	}
	r.gate.set(errors.New("no database"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	if f := p.expect("error"); f.Code != "unavailable" {
		t.Errorf("%+v", f)
	}
	r.gate.set(nil)
	for i := range maxTopics + 1 {
		p.say(fmt.Sprintf(`{"op":"subscribe","topic":"board:brd_%d"}`, i))
		if f := p.next(); i < maxTopics && f.Op != "subscribed" || i == maxTopics && f.Code != "too_many_topics" {
			t.Fatalf("%d: %+v", i, f)
		}
		if i > 35 {
			time.Sleep(60 * time.Millisecond) // those after the refusals are messages like others
		}
	}
}

func TestMe_IsThePersonsOwnTopic(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p, q := r.dial(cookie("per_1")), r.dial(cookie("per_2"))
	for _, x := range []*peer{p, q} {
		x.say(`{"op":"subscribe","topic":"me"}`)
		x.expect("subscribed")
	}
	r.write("me:per_1", 1)
	if f := p.expect("event"); f.Topic != "me" || f.Seq != 1 {
		t.Fatalf("%+v", f)
	}
	q.silent(100 * time.Millisecond)
}

// Eight writers at once, twenty listeners who lose their connection again and again, a bus that at times
// loses news, tells only hints, and is ill: nobody misses, repeats or reorders anything.
func TestOrder_WithRandomReconnects(t *testing.T) {
	t.Parallel()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		bus := b.Options.Bus.(*flaky)
		r := rigOn(t, b.Store, bus, func(o *Options) {
			o.PollHealthy, o.PollUnhealthy, o.SocketsPerToken = 200*time.Millisecond, 50*time.Millisecond, 1000
		})
		const writers, each, listeners = 8, 250, 20
		var done atomic.Bool
		var wg sync.WaitGroup
		var cuts atomic.Int64
		for i := range listeners {
			wg.Add(1)
			go func() {
				defer wg.Done()
				rnd := rand.New(rand.NewPCG(uint64(i), 7))
				have := int64(0)
				for have < writers*each {
					conn, _, err := websocket.DefaultDialer.Dial(r.url, bearer(fmt.Sprint("per_", i)))
					if err != nil {
						t.Errorf("dial: %v", err)
						return
					}
					p := &peer{t: t, conn: conn}
					p.say(fmt.Sprintf(`{"op":"subscribe","topic":%q,"since":%d}`, board, have))
					for n := rnd.IntN(300); have < writers*each && (n > 0 || done.Load()); n-- {
						f, err := p.read(10 * time.Second)
						if err != nil {
							t.Errorf("listener %d at %d: %v", i, have, err)
							_ = conn.Close()
							return
						}
						if f.Op == "event" {
							if f.Seq != have+1 {
								t.Errorf("listener %d: %d after %d", i, f.Seq, have)
								_ = conn.Close()
								return
							}
							have++
						}
					}
					cuts.Add(1)
					_ = conn.Close() // without a farewell
				}
			}()
		}
		var ww sync.WaitGroup
		for range writers {
			ww.Add(1)
			go func() {
				defer ww.Done()
				for range each {
					if _, err := r.publish(board, "card.moved", 1); err != nil {
						t.Errorf("publish: %v", err)
					}
				}
			}()
		}
		moods := make(chan struct{})
		go func() {
			defer close(moods)
			for i := 0; !done.Load(); i++ {
				bus.set(i%5 == 1, i%5 == 1 || i%5 == 2, i%5 == 3)
				time.Sleep(20 * time.Millisecond)
			}
			bus.set(false, false, false)
		}()
		ww.Wait()
		done.Store(true)
		<-moods
		wg.Wait()
		t.Logf("%d events, %d listeners, %d connections", writers*each, listeners, cuts.Load())
	}, trestletest.WithBus(newFlaky()), trestletest.WithClock(clock.Real{}))
}

func TestSlowClient_IsClosedAndCatchesUp(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.WriteWait = 30 * time.Second })
	slow := r.dial(bearer("per_slow"))
	_ = slow.conn.NetConn().(*net.TCPConn).SetReadBuffer(32 << 10)
	slow.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	slow.expect("subscribed")
	quick := r.dial(bearer("per_quick"))
	quick.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	quick.expect("subscribed")

	// the slow one reads nothing; the quick one must not notice
	const events, size = 1000, 8 << 10
	var worst time.Duration
	wrote := make(chan struct{})
	ahead := make(chan struct{}, 60) // the quick one is given the time it needs on a busy machine
	go func() {
		defer close(wrote)
		pad := strings.Repeat("x", size)
		for range events {
			ahead <- struct{}{}
			if _, err := r.publish(board, "card.updated", map[string]any{"pad": pad, "sent": time.Now().UnixNano()}); err != nil {
				t.Errorf("publish: %v", err)
			}
		}
	}()
	for want := int64(1); want <= events; want++ {
		f := quick.expect("event")
		if f.Seq != want {
			t.Fatalf("got %d, wanted %d", f.Seq, want)
		}
		var d struct{ Sent int64 }
		_ = json.Unmarshal(f.Data, &d)
		worst = max(worst, time.Since(time.Unix(0, d.Sent)))
		<-ahead
	}
	<-wrote
	t.Logf("the quick one's longest wait: %v", worst)
	if worst > 3*time.Second {
		t.Errorf("a stalled listener held up another for %v", worst)
	}
	have := int64(0)
	code := 0
	for code == 0 {
		f, err := slow.read(10 * time.Second)
		var ce *websocket.CloseError
		switch {
		case errors.As(err, &ce):
			code = ce.Code
		case err != nil:
			t.Fatalf("read: %v", err)
		case f.Op == "event" && f.Seq != have+1:
			t.Fatalf("%d after %d", f.Seq, have)
		case f.Op == "event":
			have++
		}
	}
	if code != closeTooSlow {
		t.Fatalf("closed with %d", code)
	}
	again := r.dial(bearer("per_slow"))
	again.say(fmt.Sprintf(`{"op":"subscribe","topic":"board:brd_1","since":%d}`, have))
	again.expect("subscribed")
	for want := have + 1; want <= events; want++ {
		if f := again.expect("event"); f.Seq != want {
			t.Fatalf("got %d, wanted %d", f.Seq, want)
		}
	}
}

// A listener that never reads at all and gets too little to overrun the ring is cut by the write deadline.
func TestStalledClient_IsGoneSoon(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.WriteWait = 500 * time.Millisecond })
	p := r.dial(bearer("per_1"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	p.expect("subscribed")
	r.many(board, 200, 60<<10) // more than the kernel takes
	eventually(t, "the stalled socket stands", 10*time.Second, func() bool { return r.hub.Sockets() == 0 })
}

func TestRevoke_AfterTheCommitNothingIsDelivered(t *testing.T) {
	t.Parallel()
	for _, mood := range []struct {
		name            string
		lost, ill, hint bool
	}{{"bus up", false, false, false}, {"hints only", false, false, true}, {"bus down", true, true, false}} {
		t.Run(mood.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(o *Options) { o.PollUnhealthy = 50 * time.Millisecond })
			r.bus.set(mood.lost, mood.ill, mood.hint)
			for i := range 40 {
				topic := fmt.Sprint("board:brd_", i)
				out := r.dial(cookie(fmt.Sprint("per_out", i)))
				stay := r.dial(cookie(fmt.Sprint("per_stay", i)))
				for _, p := range []*peer{out, stay} {
					p.say(fmt.Sprintf(`{"op":"subscribe","topic":%q}`, topic))
					p.expect("subscribed")
				}
				r.write(topic, 3)
				r.gate.shut(fmt.Sprintf("per_out%d %s", i, topic))
				var last int64
				err := store.Do(context.Background(), r.st, []string{topic}, func(tx *store.Tx) (err error) {
					tx.RaiseACL(topic)
					last = tx.Seq(topic)
					_, err = tx.Publish(topic, "member.removed", 1)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				r.write(topic, 3)
				lost := false
				for {
					f, err := out.read(10 * time.Second)
					var ce *websocket.CloseError
					if errors.As(err, &ce) {
						if ce.Code != closeRevoked || !lost {
							t.Fatalf("closed with %d, told %v", ce.Code, lost)
						}
						break
					}
					if err != nil {
						t.Fatal(err)
					}
					if f.Op == "event" && f.Seq > last {
						t.Fatalf("event %d came, the revocation was %d", f.Seq, last+1)
					}
					if f.Op == "error" && f.Code == "access_revoked" {
						lost = true
					}
				}
				for want := int64(1); want <= 7; want++ {
					if f := stay.expect("event"); f.Seq != want {
						t.Fatalf("the other one got %d, wanted %d", f.Seq, want)
					}
				}
				_ = stay.conn.Close()
			}
		})
	}
}

func TestRevoke_AnotherTopicKeepsTheSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.dial(cookie("per_1"))
	for _, topic := range []string{board, "board:brd_2"} {
		p.say(fmt.Sprintf(`{"op":"subscribe","topic":%q}`, topic))
		p.expect("subscribed")
	}
	r.gate.shut(board)
	r.raise(board) // an epoch without any event
	if f := p.expect("error"); f.Code != "access_revoked" || f.Topic != board {
		t.Fatalf("%+v", f)
	}
	r.write(board, 1)
	r.write("board:brd_2", 1)
	if f := p.expect("event"); f.Topic != "board:brd_2" {
		t.Fatalf("%+v", f)
	}
}

func TestSessionEnded_ClosesAtOnce(t *testing.T) {
	t.Parallel()
	for _, mood := range []struct {
		name            string
		lost, ill, hint bool
	}{{"bus up", false, false, false}, {"hints only", false, false, true}, {"bus down", true, true, false}} {
		t.Run(mood.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(o *Options) { o.PollUnhealthy = 50 * time.Millisecond })
			r.bus.set(mood.lost, mood.ill, mood.hint)
			p, other := r.dial(cookie("per_1")), r.dial(bearer("per_1"))
			for _, x := range []*peer{p, other} {
				x.say(`{"op":"subscribe","topic":"board:brd_1"}`)
				x.expect("subscribed")
			}
			time.Sleep(200 * time.Millisecond) // a first poll has been
			r.gate.end("ses_per_1")
			r.publishMust("me:per_1", "session.ended")
			if !mood.lost { // with the bus down the poll must find it first
				r.write(board, 5)
			}
			code, events := p.closed()
			if code != closeSessionEnded || events != 0 {
				t.Fatalf("closed with %d after %d events", code, events)
			}
			if mood.lost {
				r.write(board, 5)
			}
			for range 5 {
				other.expect("event")
			}
		})
	}
}

func (r *rig) publishMust(topic, kind string) {
	r.t.Helper()
	if _, err := r.publish(topic, kind, 1); err != nil {
		r.t.Fatal(err)
	}
}

func TestSession_IsLookedAtAgainAndAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.ValidEvery = 50 * time.Millisecond })
	p := r.dial(cookie("per_1"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	p.expect("subscribed")
	r.gate.end("ses_per_1") // nobody says so
	if code, _ := p.closed(); code != closeSessionEnded {
		t.Fatalf("closed with %d", code)
	}
}

// While access cannot be checked nothing is delivered; what was held back comes afterwards.
func TestTrouble_FailsClosedAndLosesNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.dial(cookie("per_1"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	p.expect("subscribed")
	r.gate.set(errors.New("no database"))
	r.raise(board)
	r.write(board, 3)
	time.Sleep(300 * time.Millisecond)
	r.gate.set(nil)
	for want := int64(1); want <= 3; want++ {
		if f := p.expect("event"); f.Seq != want {
			t.Fatalf("got %d, wanted %d", f.Seq, want)
		}
	}
}

func TestOrigin_AndAuthentication(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	none := "-"
	for _, c := range []struct {
		origin string
		want   map[string]int // by authentication
	}{
		{origin, map[string]int{"cookie": 101, "bearer": 101, "ticket": 101}},
		{none, map[string]int{"cookie": 403, "bearer": 101, "ticket": 101}},
		{"null", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"https://board.example:8080", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://board.example", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://board.example:8081", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://evil.board.example:8080", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://board.example:8080.evil.example", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://evil.example", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
		{"http://board.example:8080/", map[string]int{"cookie": 403, "bearer": 403, "ticket": 403}},
	} {
		for auth, want := range c.want {
			h := http.Header{}
			if c.origin != none {
				h.Set("Origin", c.origin)
			}
			switch auth {
			case "cookie":
				h.Set("Cookie", "session=per_1")
			case "bearer":
				h.Set("Authorization", "Bearer per_1")
			}
			conn, res, err := websocket.DefaultDialer.Dial(r.url, h)
			if res == nil {
				t.Fatalf("%s %s: %v", c.origin, auth, err)
			}
			if res.StatusCode != want {
				t.Errorf("origin %s, %s: %d, wanted %d", c.origin, auth, res.StatusCode, want)
			}
			if conn != nil {
				_ = conn.Close()
				eventually(t, "a socket stays", 5*time.Second, func() bool { return r.hub.Sockets() == 0 })
			}
		}
	}
	for token, want := range map[string]int{"bad": 401, "per_1/write": 403, "per_1/live": 101, "per_1/read": 101} {
		_, res, _ := websocket.DefaultDialer.Dial(r.url, bearer(token))
		if res == nil || res.StatusCode != want {
			t.Errorf("token %s: %v, wanted %d", token, res, want)
		}
	}
	res, err := http.Get("http" + strings.TrimPrefix(r.url, "ws"))
	if err != nil || res.StatusCode != 400 || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a plain GET: %v %v", res, err)
	}
	_ = res.Body.Close()
}

func TestTicket(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.TicketWait = 300 * time.Millisecond })
	p := r.dial(nil)
	p.say(`{"op":"ticket","ticket":"ticket-per_7"}`)
	p.say(`{"op":"subscribe","topic":"me"}`)
	p.expect("subscribed")
	r.write("me:per_7", 1)
	p.expect("event")
	for name, first := range map[string]string{
		"used": `{"op":"ticket","ticket":"ticket-per_7"}`, "wrong": `{"op":"ticket","ticket":"no"}`,
		"none": `{"op":"subscribe","topic":"board:brd_1"}`, "broken": `{`, "late": ``,
	} {
		q := r.dial(nil)
		if first != "" {
			q.say(first)
		}
		if code, _ := q.closed(); code != closeSessionEnded {
			t.Errorf("%s: closed with %d", name, code)
		}
	}
}

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

func TestPresence(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	join := func(h http.Header) *peer {
		p := r.dial(h)
		p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
		p.expect("subscribed")
		return p
	}
	see := func(p *peer, what string, ok func(f heardFrame) bool) {
		t.Helper()
		end := time.Now().Add(10 * time.Second)
		for {
			f, err := p.read(time.Until(end))
			if err != nil {
				t.Fatalf("%s was never seen: %v", what, err)
			}
			if f.Op == "presence" && ok(f) {
				return
			}
		}
	}
	a := join(cookie("per_a"))
	see(a, "oneself", func(f heardFrame) bool {
		return len(f.People) == 1 && f.People[0].PersonID == "per_a" && f.People[0].Name == "Name of per_a" &&
			f.People[0].Hue == 3 && f.People[0].Discipline == "operations" && f.People[0].Connections == 1 && f.People[0].At == nil
	})
	b, b2 := join(cookie("per_b")), join(cookie("per_b"))
	see(a, "b twice", func(f heardFrame) bool { return len(f.People) == 2 && f.People[1].Connections == 2 })
	b.say(`{"op":"presence","topic":"board:brd_1","at":{"cardId":"crd_1","editing":true}}`)
	see(a, "b editing", func(f heardFrame) bool {
		return f.People[0].PersonID == "per_b" && f.People[0].At != nil && *f.People[0].At == at{CardID: "crd_1", Editing: true}
	})
	b.say(`{"op":"subscribe","topic":"board:brd_1","since":0}`) // moving the cursor does not move the person
	machine := join(bearer("per_m"))
	see(machine, "the present list", func(f heardFrame) bool {
		return f.Total == 2 && f.People[0].PersonID == "per_b" && f.People[0].At != nil
	})
	machine.say(`{"op":"presence","topic":"board:brd_1","at":{}}`)
	see(a, "the program that said so", func(f heardFrame) bool { return f.Total == 3 })
	_ = b.conn.Close()
	see(a, "b once, no longer editing", func(f heardFrame) bool {
		for _, p := range f.People {
			if p.PersonID == "per_b" {
				return p.Connections == 1 && p.At == nil
			}
		}
		return false
	})
	b2.say(`{"op":"unsubscribe","topic":"board:brd_1"}`)
	see(a, "b gone", func(f heardFrame) bool { return f.Total == 2 })
	if n, err := r.st.Events(context.Background(), board, 0, 0); err != nil || len(n) != 0 {
		t.Fatalf("presence is in the record: %v %v", n, err)
	}
}

func TestPresence_AtMostFourFramesASecond(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	a := r.dial(cookie("per_a"))
	a.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	b := r.dial(cookie("per_b"))
	b.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	b.expect("subscribed")
	start := time.Now()
	go func() {
		for i := range 35 {
			_ = b.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"op":"presence","topic":"board:brd_1","at":{"cardId":"crd_%d"}}`, i))
			time.Sleep(50 * time.Millisecond)
		}
	}()
	n, last := 0, ""
	for last != "crd_34" {
		f, err := a.read(5 * time.Second)
		if err != nil {
			t.Fatalf("the last place never came: %v", err)
		}
		if f.Op == "presence" {
			n++
			for _, p := range f.People {
				if p.At != nil {
					last = p.At.CardID
				}
			}
		}
	}
	if most := int(time.Since(start).Seconds()*4) + 2; n > most {
		t.Fatalf("%d frames in %v", n, time.Since(start))
	}
}

// A person whose network is gone without a word disappears within ten seconds; the socket may stay longer.
func TestPresence_OfASilentSocketVanishes(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	a := r.dial(cookie("per_a"))
	a.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	dead := r.dial(cookie("per_dead")) // never reads again, so it answers no ping
	dead.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	saw := false
	end := time.Now().Add(12 * time.Second)
	for {
		f, err := a.read(time.Until(end))
		if err != nil {
			t.Fatalf("the dead one is still there (seen: %v): %v", saw, err)
		}
		if f.Op == "presence" {
			saw = saw || f.Total == 2
			if saw && f.Total == 1 {
				break
			}
		}
	}
	if r.hub.Sockets() != 2 {
		t.Fatalf("%d sockets", r.hub.Sockets())
	}
}

func TestDevice_ListensIsNotListedAndGoesWithItsLink(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	screen, p := r.dial(bearer("dev_1")), r.dial(cookie("per_1"))
	for _, x := range []*peer{screen, p} {
		x.say(`{"op":"subscribe","topic":"board:brd_1"}`)
		x.expect("subscribed")
	}
	screen.say(`{"op":"presence","topic":"board:brd_1","at":{"cardId":"crd_1"}}`)
	screen.say(`{"op":"subscribe","topic":"me"}`)
	if f := screen.expect("error"); f.Code != "not_found" {
		t.Fatalf("%+v", f)
	}
	r.write(board, 1)
	screen.expect("event")
	time.Sleep(300 * time.Millisecond)
	for {
		f, err := p.read(5 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if f.Total > 1 {
			t.Fatalf("a screen is listed: %+v", f)
		}
		if f.Op == "event" {
			break
		}
	}
	r.gate.end("dev_1")
	r.raise(board)
	r.write(board, 1)
	if code, events := screen.closed(); code != closeSessionEnded || events != 0 {
		t.Fatalf("closed with %d after %d events", code, events)
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

func TestBus_ThatLosesNews_PollFinds(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.PollHealthy, o.PollUnhealthy = 300*time.Millisecond, 50*time.Millisecond })
	p := r.dial(cookie("per_1"))
	p.say(`{"op":"subscribe","topic":"board:brd_1"}`)
	p.expect("subscribed")
	r.bus.set(true, false, false) // it does not even know
	r.write(board, 2)
	p.expect("event")
	p.expect("event")
	r.bus.set(false, false, false)
	r.bus.Publish(event.News{Topic: board, Seq: 1, Events: []event.Event{{Topic: board, Seq: 1, Type: "old"}}}) // late news
	r.write(board, 1)
	if f := p.expect("event"); f.Seq != 3 {
		t.Fatalf("%+v", f)
	}
}

func TestDenied(t *testing.T) {
	if !denied(fault.NotFound("board")) || !denied(fault.Unauthenticated()) || denied(errors.New("x")) || denied(fault.Unavailable(0, "x")) {
		t.Fatal("refusal and trouble are confused")
	}
}
