package live

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

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
