// Package clock lets tests own the time.
package clock

import (
	"sync"
	"time"
	_ "time/tzdata" // board time zones work on machines without a zone database
)

// Clock tells the time in UTC, cut to the millisecond, which is all that is stored.
type Clock interface{ Now() time.Time }

// Real is the machine's clock.
type Real struct{}

// Now is the present moment.
func (Real) Now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// Fake stands still until it is moved. Safe for concurrent use.
type Fake struct {
	mu sync.Mutex
	at time.Time
}

// NewFake starts at t.
func NewFake(t time.Time) *Fake { return &Fake{at: t.UTC().Truncate(time.Millisecond)} }

// Now is where the fake stands.
func (f *Fake) Now() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.at }

// Set moves the fake to t.
func (f *Fake) Set(t time.Time) {
	f.mu.Lock()
	f.at = t.UTC().Truncate(time.Millisecond)
	f.mu.Unlock()
}

// Advance moves the fake forward.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	f.at = f.at.Add(d).Truncate(time.Millisecond)
	f.mu.Unlock()
}
