package live

import (
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// farewellWait is how long the other side may take to answer our farewell.
const farewellWait = 2 * time.Second

// batchBytes is how much is written to a socket at once when it has fallen behind.
const batchBytes = 64 << 10

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, batchBytes); return &b }}

// writes is the socket's only writer. It sends what is queued for this client alone, then follows the rings.
func (c *client) writes() {
	defer close(c.written)
	var frames []*frame
	var dirty []*sub
	for range c.wake {
		for {
			c.mu.Lock()
			own, ping := c.own, c.pingDue
			c.own, c.ownBytes, c.pingDue = nil, 0, false
			dirty, c.dirty = c.dirty, dirty[:0]
			for _, s := range dirty {
				s.dirty = false
			}
			c.mu.Unlock()
			state := c.state.Load()
			if state == broken {
				return
			}
			for _, b := range own {
				if c.write(b) != nil {
					return
				}
			}
			if ping && c.write(pingFrame) != nil {
				return
			}
			// a stopping server still delivers what is committed; any other farewell is said at once
			if state == open || c.farewell.code == closeGoingAway {
				for _, s := range dirty {
					var err error
					if frames, err = c.follow(s, frames[:0]); err != nil {
						return
					}
				}
			}
			if state == ending {
				c.goodbye()
				return
			}
			if len(own) == 0 && len(dirty) == 0 && !ping {
				break
			}
		}
		if cap(frames) > 8 {
			frames = nil // an idle socket keeps nothing of a burst
		}
	}
}

// mayHave says whether the subscription may be given anything now.
func (s *sub) mayHave() bool {
	return !s.gone.Load() && !s.c.suspected.Load() && s.epochOK.Load() >= s.t.epoch.Load()
}

// follow writes one batch of a topic and comes back for more through mark.
func (c *client) follow(s *sub, frames []*frame) ([]*frame, error) {
	if !s.mayHave() {
		return frames, nil // whoever grants it marks the subscription again
	}
	frames, from, head, ok := s.t.pull(s, frames, batchBytes)
	if !ok {
		return frames, c.fromRecord(s, from, head)
	}
	if len(frames) > 0 {
		if !s.mayHave() { // revoked since: as if they had not been taken
			s.t.moved(s, from)
			return frames, nil
		}
		if err := c.writeAll(frames); err != nil {
			return frames, err
		}
		if frames[len(frames)-1].seq < head {
			c.mark(s)
		}
	}
	if b := s.t.presenceFor(s); b != nil && s.mayHave() {
		return frames, c.write(b)
	}
	return frames, nil
}

// fromRecord writes a page of older events than the ring holds. Events up to head came with an epoch that has
// been seen, so the check in mayHave covers them.
func (c *client) fromRecord(s *sub, from, head int64) error {
	if head-from > resumeWindow { // it fell this far while it was connected
		resets.Inc()
		c.drop(s, seqFrame("reset", s.t.wire, head))
		return nil
	}
	select {
	case c.hub.pages <- struct{}{}:
	case <-c.hub.ctx.Done():
		return nil
	}
	events, err := c.hub.st.Events(c.hub.ctx, s.t.name, from, 200)
	<-c.hub.pages
	recordReads.Inc()
	if err != nil {
		c.hub.log.Warn("the record could not be read for a live listener", "topic", s.t.name, "error", err)
		c.shut(closeTryLater, "the record cannot be read now")
		return nil
	}
	frames := make([]*frame, 0, len(events))
	for i := range events {
		if events[i].Seq <= head {
			frames = append(frames, encodeEvent(s.t.wire, &events[i]))
		}
	}
	if len(frames) == 0 { // the record has a hole, which it never should
		c.hub.log.Error("events are missing in the record", "topic", s.t.name, "after", from, "head", head)
		resets.Inc()
		c.drop(s, seqFrame("reset", s.t.wire, head))
		return nil
	}
	for len(frames) > 0 {
		n, size := 1, len(frames[0].wire)
		for n < len(frames) && size+len(frames[n].wire) <= batchBytes {
			size += len(frames[n].wire)
			n++
		}
		if !s.mayHave() {
			return nil
		}
		if err := c.writeAll(frames[:n]); err != nil {
			return err
		}
		s.t.moved(s, frames[n-1].seq)
		frames = frames[n:]
	}
	c.mark(s)
	return nil
}

// writeAll sends the frames in as few writes as their size allows.
func (c *client) writeAll(frames []*frame) error {
	deliveries.Add(len(frames))
	if len(frames) == 1 {
		return c.write(frames[0].wire)
	}
	p := buffers.Get().(*[]byte)
	b := (*p)[:0]
	for _, f := range frames {
		b = append(b, f.wire...)
	}
	err := c.write(b)
	if cap(b) <= 2*batchBytes { // one big event does not stay for ever
		*p = b[:0]
		buffers.Put(p)
	}
	return err
}

// write sends whole frames. The deadline is renewed at most once a second: setting it costs as much as a small
// write.
func (c *client) write(b []byte) error {
	now := time.Now()
	if now.Sub(c.deadline) > -c.hub.o.WriteWait {
		c.deadline = now.Add(c.hub.o.WriteWait + time.Second)
		_ = c.net.SetWriteDeadline(c.deadline)
	}
	c.writing.Store(now.UnixNano())
	_, err := c.net.Write(b)
	c.writing.Store(0)
	if err != nil {
		c.cut()
	}
	return err
}

// goodbye says why, closes our half, and leaves the reader a moment to take the other side's farewell: closing
// at once with unread input would throw away what was just sent.
func (c *client) goodbye() {
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(c.farewell.code, c.farewell.reason),
		time.Now().Add(c.hub.o.WriteWait))
	if half, ok := c.net.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	c.patience = time.AfterFunc(farewellWait, func() { _ = c.net.Close() })
}
