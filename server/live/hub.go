package live

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Access decides who may listen. The viewer is as it was when the socket opened: an implementation must look
// at the present role, not at the one in v.
type Access interface {
	// CanListen is nil when v may listen to the topic now, and fault.NotFound when the topic is absent or
	// invisible to v. The topic "me" is not asked about.
	CanListen(ctx context.Context, v who.Viewer, topic string) error
	// StillValid is nil while v's session, token or device link holds and its person is not disabled;
	// otherwise fault.Unauthenticated.
	StillValid(ctx context.Context, v who.Viewer) error
}

// Names gives what presence shows of a person.
type Names interface {
	Person(ctx context.Context, id string) (name, discipline string, hue int, err error)
}

// Tickets turns a single-use ticket into its viewer.
type Tickets interface {
	Ticket(ctx context.Context, text string) (who.Viewer, error)
}

// Origins says which pages may open a socket.
type Origins interface{ Allow(origin string) bool }

// Options of the hub. Access is required; without Names nobody is present, without Tickets none is accepted.
type Options struct {
	Access  Access
	Names   Names
	Tickets Tickets
	Origins Origins
	Log     *slog.Logger
	// SocketsPerSession bounds the sockets of one cookie session or device link; 0 means 10.
	SocketsPerSession int
	// SocketsPerToken bounds the sockets of one API token; 0 means 50.
	SocketsPerToken int

	// Times and sizes that tests shorten; zero means the documented value.
	WriteWait, TicketWait, PollHealthy, PollUnhealthy, ValidEvery, PingEvery, ReadWait time.Duration
}

const (
	frameLimit     = 64 << 10
	maxTopics      = 50
	ratePerSecond  = 20
	rateBurst      = 40
	ringEvents     = 256
	ringBytes      = 1 << 20
	resumeWindow   = 5000
	maxWaiting     = 512 // sockets that have not shown their ticket yet
	gapEach        = 120 * time.Microsecond
	gapMost        = 40 * time.Millisecond
	slowAfter      = 250 * time.Millisecond
	presencePing   = 4 * time.Second
	presenceSilent = 9 * time.Second
	lingerTopic    = 30 * time.Second
)

// Hub holds the sockets and the topics they listen to. Make it with New, stop it with Close.
type Hub struct {
	st   *store.Store
	bus  event.Bus
	o    Options
	log  *slog.Logger
	ctx  context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup // every goroutine of the hub
	off  func()         // leaves the bus

	checks chan struct{} // how many access checks run at once
	pages  chan struct{} // how many sockets read the record at once, so that requests keep their share

	mu      sync.RWMutex
	closing bool
	clients map[*client]struct{}
	owners  map[string]int       // sockets per session, token or device
	waiting map[*client]struct{} // sockets that have not shown their ticket yet
	topics  map[string]*topic
	people  map[string]*person
}

// person is somebody with sockets on this node; meSeq is how far their own topic had come when last polled.
type person struct {
	clients map[*client]struct{}
	meSeq   atomic.Int64
}

// New makes a hub that listens to the bus.
func New(st *store.Store, bus event.Bus, o Options) *Hub {
	if o.Access == nil {
		panic("live: a hub without Access would tell everybody everything")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	orInt(&o.SocketsPerSession, 10)
	orInt(&o.SocketsPerToken, 50)
	orTime(&o.WriteWait, 5*time.Second)
	orTime(&o.TicketWait, 5*time.Second)
	orTime(&o.PollHealthy, 15*time.Second)
	orTime(&o.PollUnhealthy, time.Second)
	orTime(&o.ValidEvery, time.Minute)
	orTime(&o.PingEvery, 25*time.Second)
	orTime(&o.ReadWait, time.Minute)
	h := &Hub{st: st, bus: bus, o: o, log: o.Log,
		checks: make(chan struct{}, 4), pages: make(chan struct{}, 2),
		clients: map[*client]struct{}{}, owners: map[string]int{}, waiting: map[*client]struct{}{},
		topics: map[string]*topic{}, people: map[string]*person{}}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.off = bus.Subscribe(h.hear)
	h.wg.Add(2)
	go h.sweep()
	go h.poll()
	return h
}

func orInt(v *int, d int) {
	if *v == 0 {
		*v = d
	}
}

func orTime(v *time.Duration, d time.Duration) {
	if *v == 0 {
		*v = d
	}
}

// hear takes news from the bus. It runs in the publisher's goroutine, so it only notes and wakes.
func (h *Hub) hear(n event.News) {
	h.mu.RLock()
	t := h.topics[n.Topic]
	var p *person
	if kind, id := event.Split(n.Topic); kind == event.Me {
		p = h.people[id]
	}
	if p != nil && concernsAccess(n) {
		for c := range p.clients {
			h.suspect(c)
		}
	}
	h.mu.RUnlock()
	if t != nil {
		t.hear(n)
	}
}

// concernsAccess says whether news on a person's own topic may mean that they have lost a right.
func concernsAccess(n event.News) bool {
	for _, e := range n.Events {
		switch e.Type {
		case "session.ended", "token.revoked", "me.updated":
			return true
		}
	}
	return len(n.Events) == 0 // a hint from another node, or an epoch alone
}

// admit counts the client in, or says that its owner has too many sockets.
func (h *Hub) admit(c *client) error {
	limit := h.o.SocketsPerSession
	owner := "session " + c.viewer.SessionID
	switch {
	case c.viewer.TokenID != "":
		owner, limit = "token "+c.viewer.TokenID, h.o.SocketsPerToken
	case c.viewer.DeviceID != "":
		owner = "device " + c.viewer.DeviceID
	case c.viewer.SessionID == "":
		owner = "person " + c.viewer.PersonID
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing {
		return errStopping()
	}
	delete(h.waiting, c)
	if h.owners[owner] >= limit && !h.makeRoom(owner) {
		return fault.Of(http.StatusTooManyRequests, "rate_limited", "Too many live connections are open.")
	}
	c.owner = owner
	h.owners[owner]++
	h.clients[c] = struct{}{}
	if id := c.viewer.PersonID; id != "" {
		p := h.people[id]
		if p == nil {
			p = &person{clients: map[*client]struct{}{}}
			p.meSeq.Store(-1)
			h.people[id] = p
		}
		p.clients[c] = struct{}{}
	}
	sockets.Inc()
	return nil
}

// makeRoom gives up an owner's socket that has not been heard for a while: the network took it, and the one
// that asks now is its successor.
func (h *Hub) makeRoom(owner string) bool {
	var oldest *client
	for c := range h.clients {
		if c.owner == owner && c.state.Load() == open && (oldest == nil || c.heardAt.Load() < oldest.heardAt.Load()) {
			oldest = c
		}
	}
	if oldest == nil || time.Since(time.Unix(0, oldest.heardAt.Load())) < h.o.PingEvery+5*time.Second {
		return false
	}
	oldest.shut(closeGoingAway, "replaced by a newer connection")
	return true
}

// leave forgets the client.
func (h *Hub) leave(c *client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.clients[c]; !ok {
		return
	}
	delete(h.clients, c)
	sockets.Dec()
	if h.owners[c.owner]--; h.owners[c.owner] <= 0 {
		delete(h.owners, c.owner)
	}
	if p := h.people[c.viewer.PersonID]; p != nil {
		delete(p.clients, c)
		if len(p.clients) == 0 {
			delete(h.people, c.viewer.PersonID)
		}
	}
}

// Close tells every socket to come back later (1001), lets what is committed reach it, and returns when all
// goroutines are gone or ctx ends; then it cuts what is left. New upgrades are refused from the first moment.
func (h *Hub) Close(ctx context.Context) error {
	h.mu.Lock()
	already := h.closing
	h.closing = true
	all := make([]*client, 0, len(h.clients)+len(h.waiting))
	for c := range h.waiting {
		all = append(all, c)
	}
	for c := range h.clients {
		all = append(all, c)
	}
	h.mu.Unlock()
	if already {
		return nil
	}
	h.off()
	for _, c := range all {
		c.shut(closeGoingAway, stoppingReason)
	}
	drained := make(chan struct{})
	go func() {
		for _, c := range all {
			<-c.done
		}
		h.stop()
		h.wg.Wait()
		close(drained)
	}()
	select {
	case <-drained:
		return nil
	case <-ctx.Done():
		h.stop()
		for _, c := range all {
			_ = c.net.Close()
		}
		<-drained
		return ctx.Err()
	}
}

// later runs fn after d, unless the hub stops before.
func (h *Hub) later(d time.Duration, fn func()) {
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		select {
		case <-time.After(d):
			fn()
		case <-h.ctx.Done():
		}
	}()
}

// Sockets is how many are open.
func (h *Hub) Sockets() int { h.mu.RLock(); defer h.mu.RUnlock(); return len(h.clients) }

const stoppingReason = "the server is stopping; come back and resume"

func errStopping() error {
	return fault.Unavailable(2*time.Second, "The server is stopping. Please try again.")
}
