package live

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/fault"
	"trestle/server/store"
)

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
		token           bool // it is the token that is revoked
	}{{name: "bus up"}, {name: "hints only", hint: true}, {name: "bus down", lost: true, ill: true},
		{name: "token, bus up", token: true}, {name: "token, bus down", lost: true, ill: true, token: true}} {
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
			if mood.token {
				p, other = other, p
				r.gate.end("tok_per_1")
				r.publishMust("me:per_1", "token.revoked")
			} else {
				r.gate.end("ses_per_1")
				r.publishMust("me:per_1", "session.ended")
			}
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

func TestDenied(t *testing.T) {
	if !denied(fault.NotFound("board")) || !denied(fault.Unauthenticated()) || denied(errors.New("x")) || denied(fault.Unavailable(0, "x")) {
		t.Fatal("refusal and trouble are confused")
	}
}
