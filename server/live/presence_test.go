package live

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

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
