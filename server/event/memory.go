package event

import (
	"slices"
	"sync"
)

// Memory is the bus of a single node: it calls its listeners in turn.
type Memory struct {
	mu   sync.RWMutex
	list []*listener // replaced, never changed: a publisher walks it without the lock
}

type listener struct{ fn func(News) }

// NewMemory makes a bus without listeners.
func NewMemory() *Memory { return &Memory{} }

// Publish hands the news to every listener, in the order in which they subscribed.
func (m *Memory) Publish(n News) {
	m.mu.RLock()
	list := m.list
	m.mu.RUnlock()
	for _, l := range list {
		l.fn(n)
	}
}

// Subscribe adds a listener; fn must be quick, it runs in the publisher's goroutine. It may subscribe and
// cancel. News that is being told while cancel is called may still arrive.
func (m *Memory) Subscribe(fn func(News)) (cancel func()) {
	l := &listener{fn}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(slices.Clip(m.list), l)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.list = slices.DeleteFunc(slices.Clone(m.list), func(have *listener) bool { return have == l })
	}
}

// Healthy is always true in process.
func (m *Memory) Healthy() bool { return true }
