package live

import (
	"context"
	"time"

	"trestle/server/event"
)

const (
	askWait  = 5 * time.Second        // one question about access
	askAgain = 500 * time.Millisecond // after trouble
	askTries = 10
)

func (h *Hub) askContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(h.ctx, askWait)
}

// canListen asks whether a client may listen to a topic of the record.
func (h *Hub) canListen(c *client, name string) error {
	h.checks <- struct{}{}
	defer func() { <-h.checks }()
	ctx, cancel := h.askContext()
	defer cancel()
	return h.o.Access.CanListen(ctx, c.viewer, name)
}

func (h *Hub) stillValid(c *client) error {
	h.checks <- struct{}{}
	defer func() { <-h.checks }()
	ctx, cancel := h.askContext()
	defer cancel()
	return h.o.Access.StillValid(ctx, c.viewer)
}

// insist asks until there is an answer: nil or a refusal. While it asks nothing is delivered; when there is no
// answer at all the socket is closed, to come back later.
func (h *Hub) insist(c *client, ask func() error) (granted, answered bool) {
	for range askTries {
		err := ask()
		if err == nil {
			return true, true
		}
		if denied(err) {
			return false, true
		}
		if c.state.Load() != open {
			return false, false
		}
		h.log.Warn("access could not be checked", "error", err)
		select {
		case <-time.After(askAgain):
		case <-h.ctx.Done():
			return false, false
		}
	}
	c.shut(closeTryLater, "access cannot be checked now")
	return false, false
}

// recheck asks again for a subscription whose topic's access list has changed; until then it is given nothing.
func (h *Hub) recheck(s *sub) {
	if s.gone.Load() || s.epochOK.Load() >= s.t.epoch.Load() || !s.checking.CompareAndSwap(false, true) {
		return
	}
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		for {
			epoch := s.t.epoch.Load() // before asking: what changes meanwhile is a newer epoch
			granted, answered := true, true
			if s.t.wire != event.Me {
				granted, answered = h.insist(s.c, func() error { return h.canListen(s.c, s.t.name) })
			}
			if granted && answered && s.c.viewer.DeviceID != "" {
				// a screen has no topic of its own that would say that its link was taken back
				if granted, answered = h.insist(s.c, func() error { return h.stillValid(s.c) }); answered && !granted {
					revoked.Inc()
					s.c.shut(closeSessionEnded, "the link was taken back")
					return
				}
			}
			if !answered {
				return
			}
			if !granted {
				s.c.lose(s)
				return
			}
			s.epochOK.Store(epoch)
			s.checking.Store(false)
			s.c.mark(s)
			if s.t.epoch.Load() <= epoch || !s.checking.CompareAndSwap(false, true) {
				return
			}
		}
	}()
}

// lose ends a subscription that is allowed no longer, and the socket when it has no other.
func (c *client) lose(s *sub) {
	revoked.Inc()
	c.drop(s, errorFrame(s.t.wire, "access_revoked"))
	c.mu.Lock()
	none := len(c.subs) == 0
	c.mu.Unlock()
	if none {
		c.shut(closeRevoked, "access was revoked")
	}
}

// suspect stops all delivery to a client until its session and its rights have been looked at again.
func (h *Hub) suspect(c *client) {
	c.mu.Lock()
	c.doubts++
	c.suspected.Store(true)
	start := !c.asking
	c.asking = true
	c.mu.Unlock()
	if !start {
		return
	}
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		h.examine(c)
	}()
}

func (h *Hub) examine(c *client) {
	for {
		c.mu.Lock()
		doubts := c.doubts
		subs := append([]*sub(nil), c.subs...)
		c.mu.Unlock()
		granted, answered := h.insist(c, func() error { return h.stillValid(c) })
		if !answered {
			return
		}
		if !granted {
			revoked.Inc()
			c.shut(closeSessionEnded, "the session has ended")
			return
		}
		for _, s := range subs {
			if s.t.wire == event.Me {
				continue
			}
			switch granted, answered := h.insist(c, func() error { return h.canListen(c, s.t.name) }); {
			case !answered:
				return
			case !granted:
				c.lose(s)
			}
		}
		if c.face.Load() != nil && h.lookUp(c) != nil { // they may have a new name
			for _, s := range subs {
				s.t.refresh(c)
			}
		}
		c.mu.Lock()
		calm := c.doubts == doubts
		if calm {
			c.asking = false
			c.suspected.Store(false)
		}
		subs = append(subs[:0], c.subs...)
		c.mu.Unlock()
		if calm {
			for _, s := range subs {
				c.mark(s)
			}
			return
		}
	}
}

// refresh tells a topic again who is there.
func (t *topic) refresh(c *client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.presence.here[c] != nil {
		t.tellSoon()
	}
}
