package live

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"trestle/server/event"
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

// isOpen says whether somebody here listens to the topic already, or did a moment ago.
func (h *Hub) isOpen(name string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.topics[name] != nil
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
