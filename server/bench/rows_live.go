package main

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const livePath = "/api/v1/live"

// follow opens listeners of a board.
func (a *api) follow(n int, board *testBoard) (crowd, error) {
	return gather(n, func(int) (*listener, error) { return listen(a.s.addr, livePath, a.token, board.topic, -1) })
}

// told is one round of telling listeners something at a pace.
type told struct {
	events, deliveries int
	share              float64
	closed             int
	broken             bool
	p50, p99           time.Duration
	cpu                time.Duration // of the server, per delivery, changes included
}

// tell sends at a pace for a while and looks at what came where.
func tell(s *server, c crowd, perSecond int, span time.Duration, send func(i int) (seq int64, err error)) (told, error) {
	c.take(true)
	defer c.take(false)
	sent := map[int64]time.Time{}
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	cpu := s.cpu()
	var last int64
	for i := range int(span.Seconds() * float64(perSecond)) {
		<-tick.C
		at := time.Now()
		seq, err := send(i)
		if err != nil {
			return told{}, err
		}
		sent[seq], last = at, seq
	}
	c.until(last, 5*time.Second)
	cpu = s.cpu() - cpu
	all, share, closed, broken := c.latencies(sent)
	t := told{events: len(sent), deliveries: len(all), share: share, closed: closed, broken: broken}
	t.p50, t.p99 = quantiles(all)
	if len(all) > 0 {
		t.cpu = cpu / time.Duration(len(all))
	}
	return t, nil
}

func (t told) String() string {
	s := fmt.Sprintf("share %.4f, p50 %s, p99 %s, %.1f µs CPU each", t.share, ms(t.p50), ms(t.p99), float64(t.cpu)/1e3)
	if t.closed > 0 || t.broken {
		s += fmt.Sprintf(", %d closed, gap %v", t.closed, t.broken)
	}
	return s
}

// middle takes the median of each figure, and the worst of what must not happen.
func middle(ts []told) (m told) {
	m.share = 1
	var p50, p99, cpu []time.Duration
	for _, t := range ts {
		m.events += t.events
		m.deliveries += t.deliveries
		m.share = min(m.share, t.share)
		m.closed += t.closed
		m.broken = m.broken || t.broken
		p50, p99, cpu = append(p50, t.p50), append(p99, t.p99), append(cpu, t.cpu)
	}
	for _, d := range [][]time.Duration{p50, p99, cpu} {
		slices.Sort(d)
	}
	m.p50, m.p99, m.cpu = p50[len(p50)/2], p99[len(p99)/2], cpu[len(cpu)/2]
	return m
}

// eventSize is how many bytes a move is on a socket.
func (a *api) eventSize(board *testBoard, m *mover) (int, error) {
	l, err := listen(a.s.addr, livePath, a.token, board.topic, -1)
	if err != nil {
		return 0, err
	}
	defer l.c.Close()
	c, err := dial(a.s.addr, a.session)
	if err != nil {
		return 0, err
	}
	defer c.close()
	if _, err := m.move(c, 0); err != nil {
		return 0, err
	}
	for {
		kind, raw, err := l.frame()
		if err != nil {
			return 0, err
		}
		if kind == 1 && string(raw[:len(eventPrefix)]) == string(eventPrefix) {
			return len(raw), nil
		}
	}
}

// watched is a board of a thousand cards that the rows of this file share.
func (b *bench) watched() (*testBoard, *mover, *conn, error) {
	s, a, err := b.ours()
	if err != nil {
		return nil, nil, nil, err
	}
	board, err := a.newBoard("Watched")
	if err != nil {
		return nil, nil, nil, err
	}
	if err := a.fill(board, 1000); err != nil {
		return nil, nil, nil, err
	}
	c, err := dial(s.addr, a.session)
	return board, board.mover(0, 1), c, err
}

// fanOut tells 1,000 listeners 20 moves a second, beside the bare loop with frames of the same size; then both
// as fast as they can; then 2,000 listeners.
func (b *bench) fanOut() error {
	board, m, c, err := b.watched()
	if err != nil {
		return err
	}
	defer c.close()
	size, err := b.api.eventSize(board, m)
	if err != nil {
		return err
	}
	raw, err := b.bare()
	if err != nil {
		return err
	}
	say, err := dial(raw.addr, "")
	if err != nil {
		return err
	}
	defer say.close()
	path := fmt.Sprintf("/say?size=%d", size)
	bareSay := func(int) (int64, error) {
		status, answer, err := say.do("POST", path, []byte("{}"))
		if err != nil {
			return 0, err
		}
		return number(answer, `"seq":`), expect(status, answer, 200)
	}
	move := func(i int) (int64, error) { return m.move(c, i) }

	const listeners = 1000
	bareCrowd, err := gather(listeners, func(int) (*listener, error) { return listen(raw.addr, "/live", "", "", -1) })
	if err != nil {
		return err
	}
	defer bareCrowd.leave()
	ownCrowd, err := b.api.follow(listeners, board)
	if err != nil {
		return err
	}
	defer func() { ownCrowd.leave() }()
	var own, bare []told
	for range b.rounds {
		t, err := tell(raw, bareCrowd, 20, b.span, bareSay)
		if err != nil {
			return err
		}
		bare = append(bare, t)
		if t, err = tell(b.srv, ownCrowd, 20, b.span, move); err != nil {
			return err
		}
		own = append(own, t)
	}
	o, l := middle(own), middle(bare)
	what := fmt.Sprintf("fan-out, 1,000 listeners at 20/s (%d bytes)", size)
	b.table.add(what+": share", o.deliveries, fmt.Sprintf("%.4f, %d closed, gap %v", o.share, o.closed, o.broken), "", "1.0, none closed", is(o.share == 1 && o.closed == 0 && !o.broken))
	b.table.add(what+": p50, p99", o.deliveries, ms(o.p50)+", "+ms(o.p99), "bare loop "+ms(l.p50)+", "+ms(l.p99), "each ≤ 1.5 × the bare loop",
		is(float64(o.p50) <= 1.5*float64(l.p50) && float64(o.p99) <= 1.5*float64(l.p99)))
	b.table.add(what+": CPU per delivery", o.deliveries, fmt.Sprintf("%.1f µs", float64(o.cpu)/1e3), fmt.Sprintf("bare loop %.1f µs", float64(l.cpu)/1e3), "≤ 12 µs", is(o.cpu <= 12*time.Microsecond))

	bareRate, _, err := saturate(bareCrowd, b.span, 1, func(int) (func(int) error, func(), error) {
		return func(i int) error { _, err := bareSay(i); return err }, func() {}, nil
	})
	if err != nil {
		return err
	}
	movers := board.movers(8)
	ownRate, n, err := saturate(ownCrowd, b.span, 8, func(i int) (func(int) error, func(), error) {
		c, err := dial(b.srv.addr, b.api.session)
		if err != nil {
			return nil, nil, err
		}
		return func(n int) error { _, err := movers[i].move(c, n); return err }, c.close, nil
	})
	if err != nil {
		return err
	}
	closed, broken := state(ownCrowd)
	b.table.add("fan-out, 1,000 listeners, 8 movers without a pause", n, fmt.Sprintf("%.0f deliveries/s, %d closed, gap %v", ownRate, closed, broken),
		fmt.Sprintf("bare loop %.0f/s", bareRate), "≥ 80 % of the bare loop, none closed", is(ownRate >= 0.8*bareRate && closed == 0 && !broken))

	more, err := b.api.follow(listeners, board)
	if err != nil {
		return err
	}
	ownCrowd = append(ownCrowd, more...)
	t, err := tell(b.srv, ownCrowd, 20, b.span, move)
	if err != nil {
		return err
	}
	b.table.add("fan-out, 2,000 listeners at 20/s", t.deliveries, t.String(), "", "lossless", is(t.share == 1 && t.closed == 0 && !t.broken))
	return nil
}

func state(c crowd) (closed int, broken bool) {
	for _, l := range c {
		if l.closed.Load() {
			closed++
		}
		broken = broken || l.broken
	}
	return closed, broken
}

// saturate lets clients send without a pause and counts what arrives until all has.
func saturate(c crowd, span time.Duration, clients int, open func(i int) (func(int) error, func(), error)) (rate float64, n int, err error) {
	before := total(c)
	var wg sync.WaitGroup
	var failed atomic.Value
	begin := time.Now()
	for i := range clients {
		step, done, err := open(i)
		if err != nil {
			return 0, 0, err
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer done()
			for n := 0; time.Since(begin) < span; n++ {
				if err := step(n); err != nil {
					failed.Store(err)
					return
				}
			}
		}()
	}
	wg.Wait()
	if err, ok := failed.Load().(error); ok {
		return 0, 0, err
	}
	for last, calm := int64(-1), 0; calm < 3; {
		time.Sleep(50 * time.Millisecond)
		if now := total(c); now == last {
			calm++
		} else {
			last, calm = now, 0
		}
	}
	took := time.Since(begin) - 200*time.Millisecond
	n = int(total(c) - before)
	return float64(n) / took.Seconds(), n, nil
}

func total(c crowd) (n int64) {
	for _, l := range c {
		n += l.received.Load()
	}
	return n
}
