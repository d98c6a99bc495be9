// Package outbox runs the work that a commit leaves behind: mail, hooks, anything that needs the network.
// A write enqueues a job in its own transaction (store.Tx.Enqueue); the runner claims jobs that are due and
// gives each to the handler of its kind, at least once. A job that fails is tried again with growing pauses
// for 24 hours, then it is marked as failed and stays visible. Jobs of a kind that nobody handles here wait.
package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"trestle/server/store"
)

const (
	// GiveUpAfter is how long a failing job is tried again, from when it was enqueued.
	GiveUpAfter = 24 * time.Hour
	// DoneKept is how long finished jobs stay in the table.
	DoneKept = 24 * time.Hour

	handlerTime = time.Minute // one try
	claimAtOnce = 16
	sideBySide  = 4
	// longer than a round in which every try takes its full time: a runner that died gives its jobs back
	lease      = (claimAtOnce/sideBySide + 1) * handlerTime
	pollEvery  = time.Second
	firstPause = time.Second
	longPause  = time.Hour
)

// Job is one piece of work. ID is stable over its tries, so a handler can make its effect happen once.
type Job struct {
	ID       int64
	Kind     string
	Topic    string
	Payload  json.RawMessage
	Try      int // 1, 2, 3…
	Enqueued time.Time
}

// Handler does the work. Its context ends after a minute.
type Handler func(ctx context.Context, j Job) error

// Permanent marks an error that trying again cannot mend: the job fails at once.
func Permanent(err error) error { return permanent{err} }

// IsPermanent says whether err, or what it was made from, is one that trying again cannot mend.
func IsPermanent(err error) bool {
	var p permanent
	return errors.As(err, &p)
}

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Runner claims and runs jobs. Make it with New, register handlers, then Run.
type Runner struct {
	st       *store.Store
	log      *slog.Logger
	handlers map[string]Handler
	kinds    []string
	wake     chan struct{}
}

// New makes a runner without handlers.
func New(st *store.Store, log *slog.Logger) *Runner {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Runner{st: st, log: log, handlers: map[string]Handler{}, wake: make(chan struct{}, 1)}
}

// Handle registers the handler of a kind. It panics on a second one: that is a mistake in the wiring.
func (r *Runner) Handle(kind string, h Handler) {
	if _, taken := r.handlers[kind]; taken {
		panic("outbox: two handlers for " + kind)
	}
	r.handlers[kind] = h
	r.kinds = append(r.kinds, kind)
	slices.Sort(r.kinds)
}

// Wake makes the runner look now instead of at its next round; meant for Tx.AfterCommit.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends, then lets the jobs in hand finish their try.
func (r *Runner) Run(ctx context.Context) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		for ctx.Err() == nil {
			n, err := r.Round(ctx)
			if err != nil {
				r.log.Warn("outbox: a round failed", "error", err)
			}
			if n < claimAtOnce || err != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
		case <-r.wake:
		}
	}
}

// Round claims what is due once, runs it, and says how many jobs that were.
func (r *Runner) Round(ctx context.Context) (int, error) {
	if len(r.kinds) == 0 {
		return 0, nil
	}
	due, err := r.anyDue(ctx)
	if err != nil || !due {
		return 0, err
	}
	jobs, err := r.claim(ctx)
	if err != nil {
		return 0, err
	}
	var wg sync.WaitGroup
	slots := make(chan struct{}, sideBySide)
	for _, j := range jobs {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			r.run(ctx, j)
		}()
	}
	wg.Wait()
	return len(jobs), nil
}

func (r *Runner) run(ctx context.Context, j Job) {
	// a stop lets the try in hand finish, so that its effect and its line agree
	ctx = context.WithoutCancel(ctx)
	try, cancel := context.WithTimeout(ctx, handlerTime)
	err := guarded(try, r.handlers[j.Kind], j)
	cancel()
	now := r.st.Now()
	switch {
	case err == nil:
		err = r.settle(ctx, j, settled{done: true})
	case IsPermanent(err) || now.Sub(j.Enqueued) >= GiveUpAfter:
		r.log.Error("outbox: a job failed for good", "job", j.ID, "kind", j.Kind, "try", j.Try, "error", err)
		err = r.settle(ctx, j, settled{failed: true, reason: err.Error()})
	default:
		pause := Pause(j.Try)
		r.log.Warn("outbox: a job failed, it will be tried again", "job", j.ID, "kind", j.Kind, "try", j.Try, "in", pause, "error", err)
		err = r.settle(ctx, j, settled{again: now.Add(pause), reason: err.Error()})
	}
	if err != nil { // the lease runs out and the job comes again: at least once
		r.log.Error("outbox: a job's outcome could not be noted", "job", j.ID, "kind", j.Kind, "error", err)
	}
}

func guarded(ctx context.Context, h Handler, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a job: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, j)
}

// Pause is how long to wait after the n-th failed try: 1 s, doubled up to an hour, and up to a fifth longer by
// chance, so that jobs which failed together do not come back together.
func Pause(n int) time.Duration {
	d := longPause
	if n < 13 {
		d = min(firstPause<<max(n-1, 0), longPause)
	}
	return d + rand.N(d/5)
}
