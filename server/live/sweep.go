package live

import (
	"time"

	"trestle/server/event"
	"trestle/server/store"
)

// sweep looks after the sockets once a second: pings, sessions, people who are not heard, idle tailers.
func (h *Hub) sweep() {
	defer h.wg.Done()
	tick := time.NewTicker(min(time.Second, h.o.PingEvery, h.o.ValidEvery))
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			h.mu.Lock()
			for _, t := range h.topics {
				t.retire(now)
			}
			all := make([]*client, 0, len(h.clients))
			for c := range h.clients {
				all = append(all, c)
			}
			h.mu.Unlock()
			for _, c := range all {
				h.lookAfter(c, now)
			}
		case <-h.ctx.Done():
			return
		}
	}
}

func (h *Hub) lookAfter(c *client, now time.Time) {
	if c.state.Load() != open {
		return
	}
	if c.blockedSince(now.UnixNano()) > h.o.WriteWait+2*time.Second {
		c.cut() // the deadline has failed us
		return
	}
	every := h.o.PingEvery
	if c.face.Load() != nil {
		c.mu.Lock()
		subs := append([]*sub(nil), c.subs...)
		c.mu.Unlock()
		quiet := now.Sub(time.Unix(0, c.heardAt.Load())) > presenceSilent
		for _, s := range subs {
			if s.t.hush(c, quiet) {
				every = min(every, presencePing)
			}
		}
	}
	if now.Sub(c.pingedAt) >= every {
		c.pingedAt = now
		c.mu.Lock()
		c.pingDue = true
		c.mu.Unlock()
		c.nudge()
	}
	if now.Sub(c.validAt) >= h.o.ValidEvery {
		c.validAt = now
		h.wg.Add(1)
		go func() {
			defer h.wg.Done()
			if granted, answered := h.insist(c, func() error { return h.stillValid(c) }); answered && !granted {
				revoked.Inc()
				c.shut(closeSessionEnded, "the session has ended")
			}
		}()
	}
}

// poll finds what the bus has lost: it asks the record how far the followed topics and the own topics of those
// who are connected have come, every 15 seconds, every second while the bus is not well, and at once when it
// has recovered.
func (h *Hub) poll() {
	defer h.wg.Done()
	tick := time.NewTicker(min(h.o.PollUnhealthy, h.o.PollHealthy))
	defer tick.Stop()
	last, well := time.Now(), true
	for {
		select {
		case now := <-tick.C:
			healthy := h.bus.Healthy()
			if healthy && well && now.Sub(last) < h.o.PollHealthy {
				continue
			}
			well, last = healthy, now
			if err := h.pollOnce(); err != nil && h.ctx.Err() == nil {
				h.log.Warn("the record could not be polled", "error", err)
			}
		case <-h.ctx.Done():
			return
		}
	}
}

func (h *Hub) pollOnce() error {
	h.mu.RLock()
	names := make([]string, 0, len(h.topics)+len(h.people))
	for name := range h.topics {
		names = append(names, name)
	}
	for id := range h.people {
		if _, also := h.topics[event.MeTopic(id)]; !also {
			names = append(names, event.MeTopic(id))
		}
	}
	h.mu.RUnlock()
	const many = 200
	for len(names) > 0 {
		n := min(many, len(names))
		if err := h.pollSome(names[:n]); err != nil {
			return err
		}
		names = names[n:]
	}
	return nil
}

func (h *Hub) pollSome(names []string) error {
	ctx, cancel := h.askContext()
	defer cancel()
	args := make([]any, len(names))
	for i, name := range names {
		args[i] = name
	}
	found := make(map[string][2]int64, len(names))
	err := h.st.Rows(ctx).Each(func(scan func(...any) error) error {
		var id string
		var at [2]int64
		if err := scan(&id, &at[0], &at[1]); err != nil {
			return err
		}
		found[id] = at
		return nil
	}, "SELECT id, seq, acl_epoch FROM topics WHERE id IN ("+store.Marks(len(names))+")", args...)
	if err != nil {
		return err
	}
	for _, name := range names {
		h.polled(name, found[name][0], found[name][1])
	}
	return nil
}

// polled compares what the record says with what is known.
func (h *Hub) polled(name string, seq, epoch int64) {
	h.mu.RLock()
	t := h.topics[name]
	if kind, id := event.Split(name); kind == event.Me && h.people[id] != nil && !h.closing {
		// the first poll after somebody came has nothing to compare with, so it asks
		if p := h.people[id]; p.meSeq.Swap(seq) != seq {
			for c := range p.clients {
				h.suspect(c)
			}
		}
	}
	h.mu.RUnlock()
	if t == nil {
		return
	}
	select {
	case <-t.ready:
	default:
		return // it is just reading
	}
	t.mu.Lock()
	late := seq > t.head
	t.mu.Unlock()
	if late || epoch > t.epoch.Load() {
		t.hear(event.News{Topic: name, Seq: seq, ACLEpoch: epoch})
	}
}
