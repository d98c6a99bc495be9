package store

import (
	"context"
	"database/sql"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"trestle/server/fault"
)

// writer is the one goroutine that writes to SQLite. It commits together whatever is queued, undoes what a
// refused request wrote, and answers after COMMIT. After any error it asks SQLite whether the transaction still
// lives: an interrupt or a full disk rolls all of it back, and GORM would not notice (decisions 1).
type writer struct {
	s     *Store
	conn  *sql.Conn
	hot   *hotConn // conn as requests see it
	gorm  *gorm.DB
	queue chan *job
	done  chan struct{}
	// what is to be done between two batches
	between chan func()
	id      atomic.Uint64 // goroutine number
	closed  atomic.Bool
	mu      sync.RWMutex // submit holds it shared, close alone
	crowd   int          // how many wrote together lately
	// careful counts down the batches that get savepoints
	careful int

	// how a batch is committed: together, then alone. Tests of the two mid-batch traps put naive code here,
	// to show that it would be found out.
	commitBatch func(batch []*job)
}

const (
	batchMax    = 128
	carefulFor  = 16
	gatherTurns = 5
	gatherNap   = 40 * time.Microsecond
	queueMax    = 4096
	checkpoint  = time.Minute
	walMax      = 64 << 20
)

type job struct {
	ctx    context.Context
	fn     func(tx *Tx) error
	err    error
	tx     *Tx
	answer chan struct{}
}

func newWriter(s *Store, live *liveConn, g *gorm.DB) *writer {
	w := &writer{s: s, conn: live.conn, hot: live.hot, gorm: g, queue: make(chan *job, queueMax), done: make(chan struct{}), between: make(chan func())}
	w.commitBatch = w.commit
	go w.loop()
	return w
}

// submit queues fn and waits until it is durable or refused. Once queued, a request that goes away is
// still finished: its answer is simply not heard.
func (w *writer) submit(ctx context.Context, fn func(tx *Tx) error) error {
	j := &job{ctx: ctx, fn: fn, answer: make(chan struct{})}
	w.mu.RLock()
	if w.closed.Load() {
		w.mu.RUnlock()
		return fault.Unavailable(2*time.Second, "The server is stopping. Please try again.")
	}
	select {
	case w.queue <- j:
		w.mu.RUnlock()
	case <-ctx.Done():
		w.mu.RUnlock()
		return ctx.Err()
	}
	<-j.answer
	return j.err
}

func (w *writer) close() {
	w.mu.Lock()
	if w.closed.Swap(true) {
		w.mu.Unlock()
		return
	}
	close(w.queue)
	w.mu.Unlock()
	<-w.done
}

func (w *writer) loop() {
	defer close(w.done)
	w.id.Store(goid())
	tick := time.NewTicker(checkpoint)
	defer tick.Stop()
	batch := make([]*job, 0, batchMax)
	for {
		select {
		case j, ok := <-w.queue:
			if !ok {
				w.hot.closeAll()
				_, _ = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
				_ = w.conn.Close()
				return
			}
			batch = w.gather(append(batch[:0], j))
			w.commitBatch(batch)
			clear(batch) // let go of the answers
		case fn := <-w.between:
			fn()
		case <-tick.C:
			w.checkpoint()
		}
	}
}

// gather adds what is queued. Where several have been writing lately, those who were answered together are
// about to queue again: they get their turn first, or every second batch would be of one alone.
func (w *writer) gather(batch []*job) []*job {
	for turns := 0; len(batch) < batchMax; {
		select {
		case next, ok := <-w.queue:
			if !ok {
				return batch
			}
			batch = append(batch, next)
			continue
		default:
		}
		if len(batch) >= w.crowd || turns == gatherTurns {
			break
		}
		if turns++; turns <= 2 {
			runtime.Gosched()
		} else {
			time.Sleep(gatherNap)
		}
	}
	w.crowd = max(len(batch), w.crowd-1)
	return batch
}

// commit runs the batch and answers everybody in it.
func (w *writer) commit(batch []*job) {
	how := w.together(batch, w.careful > 0)
	w.careful = max(0, w.careful-1)
	if how == undone {
		w.careful = carefulFor
		how = w.together(batch, true)
	}
	if how == dead {
		// the batch died: nobody was acknowledged, everybody runs again alone
		for _, j := range batch {
			w.alone(j)
		}
	}
	for _, j := range batch {
		close(j.answer)
	}
	for _, j := range batch {
		if j.err == nil && j.tx != nil {
			w.s.announce(j.tx)
		}
	}
}

// How a batch ended.
type outcome int

const (
	committed outcome = iota
	undone            // one was refused after it had written, and there was no savepoint to go back to
	dead              // the transaction is gone
)

// together tries one transaction for all. Most refusals come before anything is written, and then there is
// nothing to undo; savepoints, which copy every page, are set only where somebody lately needed one.
func (w *writer) together(batch []*job, careful bool) outcome {
	ctx, cancel := context.WithTimeout(context.Background(), w.s.opts.BatchDeadline)
	defer cancel()
	if err := w.control("BEGIN IMMEDIATE"); err != nil {
		for _, j := range batch {
			j.err = translate(err)
		}
		return committed
	}
	for _, j := range batch {
		if err := j.ctx.Err(); err != nil { // gone before its turn: nothing was done for it
			j.err, j.tx = err, nil
			continue
		}
		if careful {
			if err := w.control("SAVEPOINT request"); err != nil {
				return w.dead()
			}
		}
		j.err = w.runIn(ctx, j)
		if j.err != nil {
			j.tx = nil
			if w.hot.autocommit() {
				return w.dead()
			}
			if w.hot.wrote && !careful {
				if err := w.control("ROLLBACK"); err != nil {
					return w.dead()
				}
				if len(batch) == 1 {
					return committed // of nothing: it was alone
				}
				return undone
			}
			if careful {
				if err := w.control("ROLLBACK TO request"); err != nil {
					return w.dead()
				}
			}
		}
		if careful {
			if err := w.control("RELEASE request"); err != nil {
				return w.dead()
			}
		}
	}
	// A COMMIT in autocommit mode would be an error; one after a lost transaction and a new savepoint would
	// not, so ask first.
	if w.hot.autocommit() {
		return w.dead()
	}
	if err := w.control("COMMIT"); err != nil {
		return w.dead()
	}
	return committed
}

// dead leaves the connection outside any transaction and says that the batch is lost.
func (w *writer) dead() outcome {
	if !w.hot.autocommit() {
		_ = w.control("ROLLBACK")
	}
	return dead
}

// alone runs one request in its own transaction.
func (w *writer) alone(j *job) {
	ctx, cancel := context.WithTimeout(context.Background(), w.s.opts.BatchDeadline)
	defer cancel()
	j.tx = nil
	if j.err = j.ctx.Err(); j.err != nil {
		return
	}
	if err := w.control("BEGIN IMMEDIATE"); err != nil {
		j.err = translate(err)
		return
	}
	j.err = w.runIn(ctx, j)
	if j.err != nil {
		j.tx = nil
		w.dead()
		return
	}
	if w.hot.autocommit() {
		j.tx, j.err = nil, fault.Unavailable(time.Second, "The database gave up on this change. Please try again.")
		return
	}
	if err := w.control("COMMIT"); err != nil {
		w.dead()
		j.tx, j.err = nil, translate(err)
	}
}

// control runs a statement that begins, marks or ends a transaction. None of them may be interrupted half-way.
func (w *writer) control(text string) error {
	_, err := w.hot.exec(context.Background(), text, nil)
	return err
}

func (w *writer) runIn(ctx context.Context, j *job) error {
	tx := &Tx{
		Query:  &Query{ctx: ctx, hot: w.hot},
		DB:     w.gorm.WithContext(ctx),
		Now:    w.s.clock.Now(),
		store:  w.s,
		topics: map[string]*topicState{},
	}
	j.tx = tx
	w.hot.trim()
	w.hot.inRequest, w.hot.wrote = true, false
	defer func() { w.hot.inRequest = false }()
	return translate(guarded(tx, j.fn))
}

func (w *writer) checkpoint() {
	mode := "PASSIVE"
	if fi, err := os.Stat(w.s.path + "-wal"); err == nil && fi.Size() > walMax {
		mode = "TRUNCATE"
	}
	if _, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint("+mode+")"); err != nil {
		w.s.log.Warn("checkpoint failed", "mode", mode, "error", err)
	}
}

// announce tells the transaction's own listeners and the bus, after the commit.
func (s *Store) announce(tx *Tx) {
	for _, fn := range tx.after {
		s.tell(fn)
	}
	for _, n := range tx.news() {
		s.tell(func() { s.bus.Publish(n) })
	}
}

// tell calls a listener. What it does wrong is not the write's fault any more: that is durable and answered.
func (s *Store) tell(fn func()) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic in a listener after a commit", "error", r, "stack", string(debug.Stack()))
		}
	}()
	fn()
}

// inside says whether the running goroutine is in the middle of a write.
func (s *Store) inside() bool {
	if s.sqlite {
		return s.writer.id.Load() == goid()
	}
	_, ok := pgInside.Load(goid())
	return ok
}
