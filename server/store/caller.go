package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync/atomic"
)

// Caller is who writes and, when the request carried an Idempotency-Key, which command it is.
type Caller struct {
	ActorID     string
	ActorName   string
	CommandKey  string // Idempotency-Key, becomes the events' commandId
	RequestHash string // of method, path and body: the same key must mean the same request
	// Uncovered: the body is a form with files, which its operation reads, and which RequestHash does not cover until Cover.
	Uncovered bool
	used      atomic.Bool
	made      bool         // by As: there may be another one around it, of which it knows nothing
	writing   atomic.Int32 // writes of this caller that are being run right now
}

// Cover puts the digest of a form into the request's hash, before anything is written.
func (c *Caller) Cover(digest string) {
	sum := sha256.Sum256([]byte(c.RequestHash + " " + digest))
	c.RequestHash, c.Uncovered = hex.EncodeToString(sum[:]), false
}

type callerKey struct{}

// WithCaller puts the caller into the context, once per request.
func WithCaller(ctx context.Context, c *Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// As is WithCaller for an actor without a command: seeds, jobs and tests.
func As(ctx context.Context, actorID, actorName string) context.Context {
	return WithCaller(ctx, &Caller{ActorID: actorID, ActorName: actorName, made: true})
}

// CallerOf is the caller in the context, never nil.
func CallerOf(ctx context.Context) *Caller {
	if c, ok := ctx.Value(callerKey{}).(*Caller); ok {
		return c
	}
	return &Caller{}
}
