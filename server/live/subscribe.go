package live

import (
	"strings"

	"trestle/server/event"
	"trestle/server/fault"
)

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
	if in.Topic != event.Me && !c.hub.isOpen(name) { // nobody makes work with what they may not see, or what is not there
		if err := c.hub.canListen(c, name); err != nil {
			c.refuse(in.Topic, old, err)
			return
		}
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
			c.refuse(in.Topic, old, err)
			return
		}
	}
	if old != nil { // its presence stays: only the cursor moves
		c.forget(in.Topic)
		t.detach(old)
	}
	c.begin(s, in.Since)
}

// refuse says why a topic is not given; old is the subscription that stood before, or nil.
func (c *client) refuse(topic string, old *sub, err error) {
	switch {
	case !denied(err):
		c.tell(errorFrame(topic, "unavailable"))
	case old != nil: // it was allowed before
		c.lose(old)
	default:
		c.tell(errorFrame(topic, "not_found"))
	}
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
