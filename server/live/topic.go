package live

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"trestle/server/event"
	"trestle/server/store"
)

// topic is the tailer of one topic: it keeps the last events encoded and wakes those who listen.
//
// Locks are taken in the order Hub.mu, topic.mu, client.mu.
type topic struct {
	h    *Hub
	name string // as in the record
	wire string // as clients know it

	epoch atomic.Int64  // the newest access list seen; raised before any event that was committed with it
	wake  chan struct{} // something was heard
	ready chan struct{} // the first read is over; err says how
	err   error
	quit  chan struct{}

	mu       sync.Mutex
	inbox    []event.News
	behind   bool // something was missed: read the record
	head     int64
	ring     []*frame // ends at head, without gaps
	bytes    int
	subs     []*sub
	audience []*sub // subs as the tailer last copied them; nil after a change
	users    int    // subscriptions begun or standing; the topic stays while there are any
	idleAt   time.Time
	toldAt   time.Time // the tailer's: when the last round of deliveries began
	presence presence
}

// sub is one client's place in one topic.
type sub struct {
	c     *client
	t     *topic
	index int // in t.subs

	epochOK  atomic.Int64 // access was granted at this epoch
	checking atomic.Bool
	gone     atomic.Bool // unsubscribed, replaced or revoked: nothing more

	cursor  int64 // last event handed to the socket; under t.mu
	current bool  // has once caught up with the ring; under t.mu
	seen    int   // version of the last presence frame; under t.mu

	dirty bool // is in c.dirty; under c.mu
	ready bool // "subscribed" is queued, so events may follow; under c.mu
}

// topic gives the tailer of a topic and counts the caller in; it must be released. When it is new, the state
// is read from the record first.
func (h *Hub) topic(ctx context.Context, name, wire string) (*topic, error) {
	h.mu.Lock()
	if h.closing {
		h.mu.Unlock()
		return nil, errStopping()
	}
	t := h.topics[name]
	if t == nil {
		t = &topic{h: h, name: name, wire: wire, wake: make(chan struct{}, 1),
			ready: make(chan struct{}), quit: make(chan struct{})}
		h.topics[name] = t
		topicsOpen.Inc()
		h.wg.Add(1)
		go t.run()
	}
	t.mu.Lock()
	t.users++
	t.mu.Unlock()
	h.mu.Unlock()
	select {
	case <-t.ready:
	case <-ctx.Done():
		t.release()
		return nil, ctx.Err()
	}
	if t.err != nil {
		t.release()
		return nil, t.err
	}
	return t, nil
}

func (t *topic) release() {
	t.mu.Lock()
	t.users--
	t.idleAt = time.Now()
	t.mu.Unlock()
}

// retire ends the tailer when nobody has used it for a while. Under h.mu.
func (t *topic) retire(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.users > 0 || now.Sub(t.idleAt) < lingerTopic {
		return
	}
	delete(t.h.topics, t.name)
	topicsOpen.Dec()
	close(t.quit)
}

// hear notes news; it runs in the publisher's goroutine.
func (t *topic) hear(n event.News) {
	t.raise(n.ACLEpoch) // at once: from now on nobody is given anything without a new check
	t.mu.Lock()
	t.inbox = append(t.inbox, n)
	t.mu.Unlock()
	t.nudge()
}

func (t *topic) raise(epoch int64) {
	for {
		have := t.epoch.Load()
		if epoch <= have || t.epoch.CompareAndSwap(have, epoch) {
			return
		}
	}
}

func (t *topic) nudge() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

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

// attach puts the subscription where since says and tells how: resumed, or to be reset. Under no lock.
func (t *topic) attach(s *sub, since *int64) (seq int64, reset bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.cursor = t.head
	if since != nil {
		if *since > t.head || *since < t.head-resumeWindow {
			return t.head, true
		}
		s.cursor = *since
	}
	s.index = len(t.subs)
	t.subs = append(t.subs, s)
	t.audience = nil
	return t.head, false
}

// detach takes the subscription out. It may be called twice.
func (t *topic) detach(s *sub) {
	if s.gone.Swap(true) {
		return
	}
	t.mu.Lock()
	if s.index < len(t.subs) && t.subs[s.index] == s {
		last := t.subs[len(t.subs)-1]
		t.subs[s.index], last.index = last, s.index
		t.subs[len(t.subs)-1] = nil
		t.subs = t.subs[:len(t.subs)-1]
		t.audience = nil
	}
	t.mu.Unlock()
	t.release()
}

// pull gives the subscription's next frames from the ring, at most as many as fit into size bytes (but one at
// least). ok is false when the ring no longer holds them: then they must be read from the record, up to head.
func (t *topic) pull(s *sub, into []*frame, size int) (out []*frame, from, head int64, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	from = s.cursor
	if s.cursor >= t.head {
		s.current = true
		return into, from, t.head, true
	}
	first := t.first()
	if s.cursor+1 < first {
		s.current = false
		return into, from, t.head, false
	}
	s.current = true
	for _, f := range t.ring[s.cursor+1-first:] {
		if size -= len(f.wire); size < 0 && len(into) > 0 {
			break
		}
		into = append(into, f)
		s.cursor = f.seq
	}
	return into, from, t.head, true
}

// moved notes how far the socket has come when it reads the record itself, or goes back when frames that were
// pulled may not be written after all.
func (t *topic) moved(s *sub, to int64) {
	t.mu.Lock()
	s.cursor = to
	t.mu.Unlock()
}
