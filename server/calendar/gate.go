package calendar

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A calendar asks a few times an hour; a household of them from one address a few times a minute.
const (
	feedsEvery = 2 * time.Second
	feedsAtAll = 60
	knownMost  = 10_000
)

// gate bounds how often one network asks for feeds, whether what it asks for exists or not. Each node counts for itself.
type gate struct {
	mu    sync.Mutex
	known map[string]*rate.Limiter
}

func newGate() *gate { return &gate{known: map[string]*rate.Limiter{}} }

// wait is for how long an address has to wait; 0 lets it in.
func (g *gate) wait(address string, now time.Time) time.Duration {
	key := network(address)
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.known[key]
	if l == nil {
		if len(g.known) >= knownMost {
			for k, old := range g.known {
				if old.TokensAt(now) >= feedsAtAll {
					delete(g.known, k)
				}
			}
			if len(g.known) >= knownMost {
				clear(g.known)
			}
		}
		l = rate.NewLimiter(rate.Every(feedsEvery), feedsAtAll)
		g.known[key] = l
	}
	if l.AllowN(now, 1) {
		return 0
	}
	r := l.ReserveN(now, 1)
	defer r.CancelAt(now)
	return r.DelayFrom(now)
}

// network is what counts as one address: IPv6 by its /64, which one line has whole.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap(); a.Is6() {
		p, _ := a.WithZone("").Prefix(64)
		return p.String()
	}
	return a.String()
}
