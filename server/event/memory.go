package event

import "sync"

// Memory is the bus of a single node: it calls its listeners in turn.
type Memory struct {
	mu   sync.RWMutex
	next int
	subs map[int]func(News)
}

// NewMemory makes a bus without listeners.
func NewMemory() *Memory { return &Memory{subs: map[int]func(News){}} }

// Publish hands the news to every listener.
func (m *Memory) Publish(n News) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, fn := range m.subs {
		fn(n)
	}
}

// Subscribe adds a listener; fn must be quick, it runs in the publisher's goroutine.
func (m *Memory) Subscribe(fn func(News)) (cancel func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := m.next
	m.next++
	m.subs[id] = fn
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.subs, id)
	}
}

// Healthy is always true in process.
func (m *Memory) Healthy() bool { return true }
