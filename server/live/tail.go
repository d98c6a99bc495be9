package live

import (
	"cmp"
	"slices"
	"time"

	"trestle/server/event"
	"trestle/server/store"
)

// run is the tailer's goroutine; it alone changes head and ring.
func (t *topic) run() {
	defer t.h.wg.Done()
	defer t.stopPresence()
	if t.err = t.begin(); t.err != nil {
		t.h.mu.Lock()
		if t.h.topics[t.name] == t {
			delete(t.h.topics, t.name)
			topicsOpen.Dec()
		}
		t.h.mu.Unlock()
		close(t.ready)
		return
	}
	close(t.ready)
	pause := time.NewTimer(0)
	<-pause.C
	defer pause.Stop()
	checked := t.epoch.Load()
	for {
		select {
		case <-t.wake:
		case <-t.quit:
			return
		case <-t.h.ctx.Done():
			return
		}
		t.checkAll(&checked)
		if wait := t.gap() - time.Since(t.toldAt); wait > 0 {
			pause.Reset(wait)
			select {
			case <-pause.C:
			case <-t.quit:
				return
			case <-t.h.ctx.Done():
				return
			}
		}
		t.advance()
		t.checkAll(&checked)
	}
}

// checkAll asks again for everybody when the access list has changed.
func (t *topic) checkAll(checked *int64) {
	if e := t.epoch.Load(); e > *checked {
		*checked = e
		for _, s := range t.listeners() {
			t.h.recheck(s)
		}
	}
}

// gap is the least time from one round of deliveries to the next. An event after a calm goes out at once; when
// they come thick, those of some milliseconds go out together, one write each, so that telling many listeners
// leaves the machine to those who work.
func (t *topic) gap() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return min(time.Duration(len(t.subs))*gapEach, gapMost)
}

// begin reads where the topic stands, and the last events for those who resume.
func (t *topic) begin() error {
	var seq, epoch int64
	var events []event.Event
	err := t.h.st.ReadSnapshot(t.h.ctx, func(q *store.Query) (err error) {
		if seq, epoch, err = store.TopicIn(q, t.name); err != nil || seq == 0 {
			return err
		}
		events, err = store.EventsIn(q, t.name, seq-ringEvents, ringEvents)
		return err
	})
	if err != nil {
		return err
	}
	recordReads.Inc()
	t.raise(epoch)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.head = seq
	for i := range events {
		t.push(encodeEvent(t.wire, &events[i]))
	}
	return nil
}

// push adds a frame to the ring and lets the oldest go. Under t.mu.
func (t *topic) push(f *frame) {
	t.ring = append(t.ring, f)
	t.bytes += len(f.wire)
	drop := 0
	for len(t.ring)-drop > ringEvents || (t.bytes > ringBytes && len(t.ring)-drop > 1) {
		t.bytes -= len(t.ring[drop].wire)
		t.ring[drop] = nil
		drop++
	}
	t.ring = t.ring[drop:]
}

// first is the oldest sequence in the ring, head+1 when it is empty. Under t.mu.
func (t *topic) first() int64 { return t.head - int64(len(t.ring)) + 1 }

// advance takes what was heard to the listeners, in order; what is missing comes from the record.
func (t *topic) advance() {
	for {
		t.mu.Lock()
		inbox, behind := t.inbox, t.behind
		t.inbox, t.behind = nil, false
		next := t.head + 1
		t.mu.Unlock()
		if len(inbox) == 0 && !behind {
			return
		}
		// on PostgreSQL two commits may be announced in either order
		slices.SortStableFunc(inbox, func(a, b event.News) int { return cmp.Compare(a.Seq, b.Seq) })
		var fresh []*frame
		for _, n := range inbox {
			for i := range n.Events {
				if n.Events[i].Seq == next {
					fresh = append(fresh, encodeEvent(t.wire, &n.Events[i]))
					next++
				}
			}
			if n.Seq >= next {
				behind = true // a hint without events, or its predecessor has not come yet
			}
		}
		t.publish(fresh)
		if behind {
			if err := t.catchUp(); err != nil {
				t.h.log.Warn("the record could not be read for live listeners", "topic", t.name, "error", err)
				t.h.later(time.Second, t.missed)
				return
			}
		}
	}
}

// missed makes the tailer read the record.
func (t *topic) missed() {
	t.mu.Lock()
	t.behind = true
	t.mu.Unlock()
	t.nudge()
}

// catchUp reads the record from head on. The epoch is read with the events and raised before they can be seen.
func (t *topic) catchUp() error {
	const page = 500
	for {
		var seq, epoch int64
		var events []event.Event
		err := t.h.st.ReadSnapshot(t.h.ctx, func(q *store.Query) (err error) {
			if seq, epoch, err = store.TopicIn(q, t.name); err != nil {
				return err
			}
			events, err = store.EventsIn(q, t.name, t.head, page)
			return err
		})
		if err != nil {
			return err
		}
		recordReads.Inc()
		t.raise(epoch)
		fresh := make([]*frame, len(events))
		for i := range events {
			fresh[i] = encodeEvent(t.wire, &events[i])
		}
		t.publish(fresh)
		if len(events) < page || t.head >= seq {
			return nil
		}
	}
}

// publish adds frames to the ring and wakes every listener.
func (t *topic) publish(fresh []*frame) {
	if len(fresh) == 0 {
		return
	}
	t.toldAt = time.Now()
	t.mu.Lock()
	for _, f := range fresh {
		t.head = f.seq
		t.push(f)
	}
	first := t.first()
	var slow []*client
	now := time.Now().UnixNano()
	for _, s := range t.subs {
		// behind the ring and blocked in the kernel: the reader is slow, not we
		if s.current && s.cursor+1 < first && s.c.blockedSince(now) > slowAfter {
			slow = append(slow, s.c)
		}
	}
	t.mu.Unlock()
	for _, c := range slow {
		c.tooSlow()
	}
	for _, s := range t.listeners() {
		s.c.mark(s)
	}
}

// listeners is a copy of subs that stays valid while nothing changes, so that waking a thousand sockets does
// not keep them from reading the ring.
func (t *topic) listeners() []*sub {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.audience == nil {
		t.audience = append(make([]*sub, 0, len(t.subs)), t.subs...)
	}
	return t.audience
}
