package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/clock"
	"trestle/server/event"
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
		p.say(`{"op":"subscribe","topic":"board:brd_1","since":600}`)
		p.expect("subscribed")
		go r.many(board, 300, 10) // the record grows while it is read, but not past the window
		for want := int64(601); want <= 5500; want++ {
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
