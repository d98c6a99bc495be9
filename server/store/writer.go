package store

import (
	"context"
	"database/sql"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"trestle/server/fault"
)

// writer is the one goroutine that writes to SQLite. It commits together whatever is queued, each request in
// its savepoint, and answers after COMMIT. After any error it asks SQLite whether the transaction still
// lives: an interrupt or a full disk rolls all of it back, and GORM would not notice (decisions 1).
type writer struct {
	s      *Store
	conn   *sql.Conn
	live   *liveConn // conn as requests see it
	gorm   *gorm.DB
	stmts  *stmtCache
	begun  map[string]*sql.Stmt // of control
	queue  chan *job
	done   chan struct{}
	id     atomic.Uint64 // goroutine number
	closed atomic.Bool
	mu     sync.RWMutex // submit holds it shared, close alone

	// how a batch is committed: together, then alone. Tests of the two mid-batch traps put naive code here,
	// to show that it would be found out.
	commitBatch func(batch []*job)
}

const (
	batchMax   = 128
	queueMax   = 4096
	checkpoint = time.Minute
	walMax     = 64 << 20
)

type job struct {
	ctx    context.Context
	fn     func(tx *Tx) error
	err    error
	tx     *Tx
	answer chan struct{}
}

func newWriter(s *Store, live *liveConn, g *gorm.DB) *writer {
	w := &writer{s: s, conn: live.conn, live: live, gorm: g, stmts: &stmtCache{conn: live, m: map[string]*sql.Stmt{}},
		begun: map[string]*sql.Stmt{},
		queue: make(chan *job, queueMax), done: make(chan struct{})}
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
				w.stmts.closeAll()
				for _, st := range w.begun {
					_ = st.Close()
				}
				_, _ = w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
				_ = w.conn.Close()
				return
			}
			batch = append(batch[:0], j)
			for len(batch) < batchMax {
				select {
				case next, ok := <-w.queue:
					if !ok {
						goto full
					}
					batch = append(batch, next)
					continue
				default:
				}
				break
			}
		full:
			w.commitBatch(batch)
			clear(batch) // let go of the answers
		case <-tick.C:
			w.checkpoint()
		}
	}
}

// commit runs the batch and answers everybody in it.
func (w *writer) commit(batch []*job) {
	if !w.together(batch) {
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

// together tries one transaction for all. It reports false when that transaction is gone.
func (w *writer) together(batch []*job) bool {
	ctx, cancel := context.WithTimeout(context.Background(), w.s.opts.BatchDeadline)
	defer cancel()
	if _, err := w.control("BEGIN IMMEDIATE"); err != nil {
		for _, j := range batch {
			j.err = translate(err)
		}
		return true
	}
	single := len(batch) == 1
	for _, j := range batch {
		if err := j.ctx.Err(); err != nil { // gone before its turn: nothing was done for it
			j.err, j.tx = err, nil
			continue
		}
		if !single {
			if _, err := w.control("SAVEPOINT request"); err != nil {
				return w.dead()
			}
		}
		j.err = w.runIn(ctx, j)
		if j.err == nil {
			if !single {
				if _, err := w.control("RELEASE request"); err != nil {
					return w.dead()
				}
			}
			continue
		}
		j.tx = nil
		if gone, err := autocommit(w.conn); gone || err != nil {
			return w.dead()
		}
		undo := "ROLLBACK TO request"
		if single {
			undo = "ROLLBACK"
		}
		if _, err := w.control(undo); err != nil {
			return w.dead()
		}
		if single {
			return true
		}
		if _, err := w.control("RELEASE request"); err != nil {
			return w.dead()
		}
	}
	// A COMMIT in autocommit mode would be an error; one after a lost transaction and a new savepoint would
	// not, so ask first.
	if gone, err := autocommit(w.conn); gone || err != nil {
		return w.dead()
	}
	if _, err := w.control("COMMIT"); err != nil {
		return w.dead()
	}
	return true
}

// dead leaves the connection outside any transaction and says that the batch is lost.
func (w *writer) dead() bool {
	if gone, _ := autocommit(w.conn); !gone {
		_, _ = w.conn.ExecContext(context.Background(), "ROLLBACK")
	}
	return false
}

// alone runs one request in its own transaction.
func (w *writer) alone(j *job) {
	ctx, cancel := context.WithTimeout(context.Background(), w.s.opts.BatchDeadline)
	defer cancel()
	j.tx = nil
	if j.err = j.ctx.Err(); j.err != nil {
		return
	}
	if _, err := w.control("BEGIN IMMEDIATE"); err != nil {
		j.err = translate(err)
		return
	}
	j.err = w.runIn(ctx, j)
	if j.err != nil {
		j.tx = nil
		w.dead()
		return
	}
	if gone, err := autocommit(w.conn); gone || err != nil {
		j.tx, j.err = nil, fault.Unavailable(time.Second, "The database gave up on this change. Please try again.").Because(err)
		return
	}
	if _, err := w.control("COMMIT"); err != nil {
		w.dead()
		j.tx, j.err = nil, translate(err)
	}
}

// control runs a statement that begins, marks or ends a transaction. None of them may be interrupted half-way.
func (w *writer) control(text string) (sql.Result, error) {
	st := w.begun[text]
	if st == nil {
		var err error
		if st, err = w.conn.PrepareContext(context.Background(), text); err != nil {
			return nil, err
		}
		w.begun[text] = st
	}
	return st.ExecContext(context.Background())
}

func (w *writer) runIn(ctx context.Context, j *job) error {
	tx := &Tx{
		Query:  &Query{ctx: ctx, on: w.live, stmts: w.stmts},
		DB:     w.gorm.WithContext(ctx),
		Now:    w.s.clock.Now(),
		store:  w.s,
		topics: map[string]*topicState{},
	}
	j.tx = tx
	w.stmts.trim()
	w.live.inRequest = true
	defer func() { w.live.inRequest = false }()
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
