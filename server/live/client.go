package live

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/who"
)

// Close codes (trust.md 2b).
const (
	closeNormal       = websocket.CloseNormalClosure
	closeGoingAway    = websocket.CloseGoingAway
	closePolicy       = websocket.ClosePolicyViolation
	closeTryLater     = websocket.CloseTryAgainLater
	closeSessionEnded = 4401
	closeRevoked      = 4403
	closeTooSlow      = 4408
	closeRateLimited  = 4429
)

// A client's state.
const (
	open   int32 = iota
	ending       // a farewell is due
	broken       // the connection is gone
)

const (
	ownFrames = 256
	ownBytes  = 1 << 20
)

// client is one socket: a goroutine that reads, one that writes.
type client struct {
	hub    *Hub
	conn   *websocket.Conn
	net    net.Conn
	viewer who.Viewer
	owner  string // which limit it counts towards

	wake    chan struct{} // the writer has something to do
	written chan struct{} // the writer has ended
	done    chan struct{} // both have ended

	state    atomic.Int32
	farewell struct {
		code   int
		reason string
	} // set before state becomes ending
	once      sync.Once
	patience  *time.Timer
	deadline  time.Time    // the writer's
	writing   atomic.Int64 // since when a write is under way, 0 = none
	heardAt   atomic.Int64
	suspected atomic.Bool // nothing is delivered until the session was found valid
	face      atomic.Pointer[face]

	// the sweeper's
	pingedAt, validAt time.Time

	// the reader's
	tokens    float64
	filledAt  time.Time
	freeTopic int // subscriptions that still cost nothing: a reconnect is no flood

	mu       sync.Mutex
	own      [][]byte // frames for this client alone
	ownBytes int
	dirty    []*sub
	pingDue  bool
	subs     []*sub
	doubts   int  // how often it was suspected
	asking   bool // an examination is under way
}

func newClient(h *Hub, conn *websocket.Conn) *client {
	now := time.Now()
	c := &client{hub: h, conn: conn, net: conn.NetConn(), wake: make(chan struct{}, 1),
		written: make(chan struct{}), done: make(chan struct{}),
		tokens: rateBurst, filledAt: now, freeTopic: maxTopics, pingedAt: now, validAt: now}
	c.heardAt.Store(now.UnixNano())
	conn.SetReadLimit(frameLimit)
	conn.SetPongHandler(func(string) error { c.heard(); return nil })
	conn.SetPingHandler(func(data string) error {
		c.heard()
		if !c.spend() {
			c.shut(closeRateLimited, "too many messages")
			return nil
		}
		c.tell(append([]byte{pongControl, byte(len(data))}, data...))
		return nil
	})
	conn.SetCloseHandler(func(int, string) error { return nil }) // the writer answers
	return c
}

// heard extends the time in which the other side must give a sign of life.
func (c *client) heard() {
	now := time.Now()
	c.heardAt.Store(now.UnixNano())
	_ = c.conn.SetReadDeadline(now.Add(c.hub.o.ReadWait))
}

// blockedSince says for how long the present write has been under way.
func (c *client) blockedSince(now int64) time.Duration {
	since := c.writing.Load()
	if since == 0 {
		return 0
	}
	return time.Duration(now - since)
}

// shut asks the writer to say farewell; the first reason counts, and only the first call gives true.
func (c *client) shut(code int, reason string) (first bool) {
	c.once.Do(func() {
		c.farewell.code, c.farewell.reason = code, reason
		first = c.state.CompareAndSwap(open, ending)
	})
	c.nudge()
	return first
}

func (c *client) tooSlow() {
	if c.shut(closeTooSlow, "too slow; come back and resume") {
		slowClosed.Inc()
	}
}

// cut ends the connection without words.
func (c *client) cut() {
	c.state.Store(broken)
	_ = c.net.Close()
	c.nudge()
}

func (c *client) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// mark says that a topic has something for this client.
func (c *client) mark(s *sub) {
	c.mu.Lock()
	if s.ready && !s.dirty {
		s.dirty = true
		c.dirty = append(c.dirty, s)
	}
	c.mu.Unlock()
	c.nudge()
}

// tell queues a frame for this client alone.
func (c *client) tell(b []byte) {
	c.mu.Lock()
	c.own = append(c.own, b)
	c.ownBytes += len(b)
	full := len(c.own) > ownFrames || c.ownBytes > ownBytes
	c.mu.Unlock()
	if full {
		c.tooSlow()
		return
	}
	c.nudge()
}

// reads is the socket's only reader. It returns when the connection is over.
func (c *client) reads() {
	for {
		kind, raw, err := c.conn.ReadMessage()
		if err != nil {
			c.readEnded(err)
			break
		}
		if c.state.Load() != open {
			continue // only its farewell is of interest
		}
		c.heard()
		if kind != websocket.TextMessage {
			c.shut(websocket.CloseUnsupportedData, "text frames only")
			continue
		}
		c.take(raw)
	}
	<-c.written
	if c.patience != nil {
		c.patience.Stop()
	}
	_ = c.conn.Close()
	c.mu.Lock()
	subs := c.subs
	c.subs = nil
	c.mu.Unlock()
	for _, s := range subs {
		s.t.detach(s)
		s.t.absent(c)
	}
}

// readEnded lets the writer say what is to be said, or ends it, according to why reading has ended.
func (c *client) readEnded(err error) {
	var ce *websocket.CloseError
	var ne net.Error
	switch {
	case c.state.Load() == ending: // the answer to our farewell; or the writer is still trying until its deadline
		select {
		case <-c.written:
		case <-time.After(c.hub.o.WriteWait):
			c.cut()
		}
	case errors.As(err, &ce) && ce.Code != websocket.CloseAbnormalClosure:
		c.shut(closeNormal, "")
	case errors.Is(err, websocket.ErrReadLimit):
		c.shut(websocket.CloseMessageTooBig, "a frame may have 64 KiB")
		<-c.written
		// what is still coming is thrown away, or closing would take our farewell along with it
		_ = c.net.SetReadDeadline(time.Now().Add(time.Second))
		_, _ = io.CopyN(io.Discard, c.net, 1<<20)
	case errors.As(err, &ne) && ne.Timeout():
		c.shut(closeGoingAway, "nothing was heard; come back and resume")
	default:
		c.cut()
	}
}

// spend takes one message from the allowance of 20 a second, 40 at once.
func (c *client) spend() bool {
	now := time.Now()
	c.tokens = min(rateBurst, c.tokens+now.Sub(c.filledAt).Seconds()*ratePerSecond)
	c.filledAt = now
	if c.tokens < 1 {
		return false
	}
	c.tokens--
	return true
}

// take does what one frame asks.
func (c *client) take(raw []byte) {
	var in inFrame
	bad := json.Unmarshal(raw, &in) != nil
	if !bad && in.Op == "subscribe" && c.freeTopic > 0 && c.find(in.Topic) == nil {
		c.freeTopic--
	} else if !c.spend() {
		c.shut(closeRateLimited, "too many messages")
		return
	}
	switch {
	case bad:
		c.tell(errorFrame("", "bad_request"))
	case in.Op == "ping":
		c.tell(pongFrame)
	case in.Op == "subscribe":
		c.subscribe(in)
	case in.Op == "unsubscribe":
		if s := c.forget(in.Topic); s != nil {
			s.t.detach(s)
			s.t.absent(c)
		}
	case in.Op == "presence":
		c.presence(in)
	default:
		c.tell(errorFrame(in.Topic, "unknown_op"))
	}
}

// find gives the standing subscription to a topic, by its name on the wire.
func (c *client) find(wire string) *sub {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.subs {
		if s.t.wire == wire {
			return s
		}
	}
	return nil
}

// forget takes a subscription out of the client's list.
func (c *client) forget(wire string) *sub {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range c.subs {
		if s.t.wire == wire {
			c.subs = append(c.subs[:i], c.subs[i+1:]...)
			return s
		}
	}
	return nil
}

// recordName is the topic's name in the record, "" for one that nobody may name.
func (c *client) recordName(wire string) string {
	if wire == event.Me {
		if c.viewer.PersonID == "" {
			return ""
		}
		return event.MeTopic(c.viewer.PersonID)
	}
	if len(wire) > 200 || strings.HasPrefix(wire, event.Me+":") {
		return ""
	}
	if kind, id := event.Split(wire); kind == "" || (id == "" && wire != event.Org) {
		return ""
	}
	return wire
}

func (c *client) subscribe(in inFrame) {
	name := c.recordName(in.Topic)
	if name == "" {
		c.tell(errorFrame(clip(in.Topic), "not_found"))
		return
	}
	if in.Since != nil && *in.Since < 0 {
		c.tell(errorFrame(in.Topic, "bad_request"))
		return
	}
	old := c.find(in.Topic)
	c.mu.Lock()
	full := old == nil && len(c.subs) >= maxTopics
	c.mu.Unlock()
	if full {
		c.tell(errorFrame(in.Topic, "too_many_topics"))
		return
	}
	t, err := c.hub.topic(c.hub.ctx, name, in.Topic)
	if err != nil {
		c.tell(errorFrame(in.Topic, "unavailable"))
		return
	}
	// the epoch is read before access is asked for: a right that is lost in between shows as a newer epoch
	s := &sub{c: c, t: t}
	s.epochOK.Store(t.epoch.Load())
	if in.Topic != event.Me {
		if err := c.hub.canListen(c, t.name); err != nil {
			t.release()
			if !denied(err) {
				c.tell(errorFrame(in.Topic, "unavailable"))
				return
			}
			if old != nil { // it was allowed before
				c.lose(old)
				return
			}
			c.tell(errorFrame(in.Topic, "not_found"))
			return
		}
	}
	if old != nil { // its presence stays: only the cursor moves
		c.forget(in.Topic)
		t.detach(old)
	}
	c.begin(s, in.Since)
}

// begin lets a checked subscription start.
func (c *client) begin(s *sub, since *int64) {
	t := s.t
	seq, reset := t.attach(s, since)
	if reset {
		resets.Inc()
		t.absent(c)
		t.release()
		c.tell(seqFrame("reset", t.wire, seq))
		return
	}
	if since != nil {
		resumes.Inc()
	}
	c.mu.Lock()
	c.own = append(c.own, seqFrame("subscribed", t.wire, seq))
	c.subs = append(c.subs, s)
	s.ready = true
	c.mu.Unlock()
	c.mark(s)
	if s.epochOK.Load() < t.epoch.Load() {
		c.hub.recheck(s)
	}
	c.arrive(s)
}

// drop ends a subscription with a last frame about it. It is called from the writer and from checks.
func (c *client) drop(s *sub, last []byte) {
	c.mu.Lock()
	for i, have := range c.subs {
		if have == s {
			c.subs = append(c.subs[:i], c.subs[i+1:]...)
			break
		}
	}
	c.mu.Unlock()
	s.t.detach(s)
	s.t.absent(c)
	c.tell(last)
}

// denied says whether an error is a refusal, not trouble.
func denied(err error) bool {
	return fault.Is(err, "not_found") || fault.Is(err, "forbidden") || fault.Is(err, "unauthenticated")
}

func clip(s string) string {
	if len(s) > 200 {
		return s[:200]
	}
	return s
}
