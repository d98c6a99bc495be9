package main

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// mover is one client that moves without a pause, alone and before 200 listeners, in turns.
func (b *bench) mover() error {
	board, _, c, err := b.watched()
	if err != nil {
		return err
	}
	c.close()
	m := board.mover(0, 1)
	var alone, seen []result
	var stale []time.Duration
	n := 0
	closed, share := 0, 1.0
	for range b.rounds {
		r, err := drive(b.srv, b.api.session, 1, b.span, func(c *conn, _, _ int) error {
			n++
			_, err := m.move(c, n)
			return err
		})
		if err != nil {
			return err
		}
		alone = append(alone, r)
		crowd, err := b.api.follow(200, board)
		if err != nil {
			return err
		}
		crowd.take(true)
		sent := map[int64]time.Time{}
		var last int64
		r, err = drive(b.srv, b.api.session, 1, b.span, func(c *conn, _, _ int) error {
			n++
			at := time.Now()
			seq, err := m.move(c, n)
			sent[seq], last = at, seq
			return err
		})
		if err != nil {
			return err
		}
		crowd.until(last, 10*time.Second)
		all, s, gone, broken := crowd.latencies(sent)
		if broken {
			return fmt.Errorf("a listener saw a gap")
		}
		share = min(share, s)
		closed += gone
		_, p99 := quantiles(all)
		stale = append(stale, p99)
		seen = append(seen, r)
		crowd.leave()
	}
	var ratios []float64
	for i := range seen {
		ratios = append(ratios, seen[i].rate/alone[i].rate)
	}
	slices.Sort(ratios)
	slices.Sort(stale)
	ratio, p99 := ratios[len(ratios)/2], stale[len(stale)/2]
	s, a := median(seen), median(alone)
	b.table.add("one mover before 200 listeners against none", s.n+a.n, fmt.Sprintf("%.2f (%.0f/s and %.0f/s)", ratio, s.rate, a.rate), "", "≥ 0.8", is(ratio >= 0.8))
	b.table.add("… staleness of its 200 listeners", s.n*200, fmt.Sprintf("p99 %s, share %.4f, %d closed", ms(p99), share, closed), "", "p99 ≤ 100 ms", is(p99 <= 100*time.Millisecond && share == 1 && closed == 0))
	return nil
}

// reconnect cuts 1,000 listeners off and lets them come back within a second, while the moves go on.
func (b *bench) reconnect() error {
	board, m, c, err := b.watched()
	if err != nil {
		return err
	}
	defer c.close()
	const listeners = 1000
	first, err := b.api.follow(listeners, board)
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	moving := make(chan error, 1)
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for i := 0; ; i++ {
			select {
			case <-stop:
				moving <- nil
				return
			case <-tick.C:
				if _, err := m.move(c, i); err != nil {
					moving <- err
					return
				}
			}
		}
	}()
	time.Sleep(time.Second)
	first.leave()
	time.Sleep(time.Second) // what they miss
	var wg sync.WaitGroup
	second := make(crowd, listeners)
	took := make([]time.Duration, listeners)
	var refused atomic.Int64
	var why atomic.Value
	for i := range listeners {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Duration(i) * time.Second / listeners)
			at := time.Now()
			l, err := listen(b.srv.addr, livePath, b.api.token, board.topic, first[i].last.Load())
			if err != nil {
				refused.Add(1)
				why.Store(err)
				return
			}
			second[i] = l
			go l.run()
			for l.last.Load() < l.resumeTo && time.Since(at) < 10*time.Second && !l.closed.Load() {
				time.Sleep(time.Millisecond)
			}
			took[i] = time.Since(at)
		}()
	}
	wg.Wait()
	close(stop)
	if err := <-moving; err != nil {
		return err
	}
	broken, late := false, 0
	for _, l := range second {
		if l == nil {
			continue
		}
		broken = broken || l.broken
		if l.last.Load() < l.resumeTo {
			late++
		}
	}
	p50, p99 := quantiles(took)
	measured := fmt.Sprintf("%d refused, %d not caught up, gap %v; caught up p50 %s, p99 %s", refused.Load(), late, broken, ms(p50), ms(p99))
	if err, ok := why.Load().(error); ok {
		measured += " (" + err.Error() + ")"
	}
	second.leave()
	b.table.add("1,000 reconnects within a second", listeners, measured, "", "none refused, all caught up", is(refused.Load() == 0 && late == 0 && !broken))
	return nil
}

// stalled compares 200 listeners alone with 200 beside 20 that do not read.
func (b *bench) stalled() error {
	board, m, c, err := b.watched()
	if err != nil {
		return err
	}
	defer c.close()
	crowd, err := b.api.follow(200, board)
	if err != nil {
		return err
	}
	defer crowd.leave()
	const dead, pace = 20, 300
	n := 0
	move := func(int) (int64, error) { n++; return m.move(c, n) }
	var alone, beside []told
	var held []int64
	for range b.rounds {
		t, err := tell(b.srv, crowd, pace, b.span, move)
		if err != nil {
			return err
		}
		alone = append(alone, t)
		before := b.srv.rss()
		var stuck []*listener
		for range dead {
			l, err := listen(b.srv.addr, livePath, b.api.token, board.topic, -1)
			if err != nil {
				return err
			}
			if tcp, ok := l.c.(interface{ SetReadBuffer(int) error }); ok {
				_ = tcp.SetReadBuffer(8 << 10)
			}
			stuck = append(stuck, l)
		}
		if t, err = tell(b.srv, crowd, pace, b.span, move); err != nil {
			return err
		}
		beside = append(beside, t)
		held = append(held, (b.srv.rss()-before)/dead)
		for _, l := range stuck {
			_ = l.c.Close()
		}
	}
	a, s := middle(alone), middle(beside)
	slices.Sort(held)
	b.table.add("200 listeners at 300/s beside 20 that do not read: p99", s.deliveries, fmt.Sprintf("%s (%.2f ×), share %.4f", ms(s.p99), float64(s.p99)/float64(a.p99), s.share),
		"without them "+ms(a.p99), "≤ 1.1 ×", is(float64(s.p99) <= 1.1*float64(a.p99) && s.share == 1))
	b.table.add("… memory held for one that does not read", dead*b.rounds, kb(int(held[len(held)/2])), "", "≤ 256 KB", is(held[len(held)/2] <= 256<<10))
	return nil
}

// manySockets holds 10,000 sockets over 200 boards and moves 100 cards a second.
func (b *bench) manySockets() error {
	want := 10000
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err == nil && int(lim.Max) < want+2000 {
		want = int(lim.Max) - 2000
	}
	if want < 1000 {
		b.table.add("10,000 sockets", 0, "not run: the limit of open files is too low (ulimit -n)", "", "≤ 30 KiB each", nil)
		return nil
	}
	s, err := b.start(b.dir + "/sockets")
	if err != nil {
		return err
	}
	defer s.stop()
	a, err := signIn(s)
	if err != nil {
		return err
	}
	const boards = 200
	all := make([]*testBoard, boards)
	movers := make([]*mover, boards)
	for i := range all {
		if all[i], err = a.newBoard(fmt.Sprint("Board ", i)); err != nil {
			return err
		}
		if err := a.fill(all[i], 3); err != nil {
			return err
		}
		movers[i] = all[i].mover(0, 1)
	}
	time.Sleep(time.Second)
	before := s.rss()
	begin := time.Now()
	crowd, err := gather(want, func(i int) (*listener, error) { return listen(s.addr, livePath, a.token, all[i%boards].topic, -1) })
	if err != nil {
		return err
	}
	opened := time.Since(begin)
	defer crowd.leave()
	time.Sleep(2 * time.Second)
	each := (s.rss() - before) / int64(want)
	c, err := dial(s.addr, a.session)
	if err != nil {
		return err
	}
	defer c.close()
	crowd.take(true)
	type key struct {
		board int
		seq   int64
	}
	sent := map[key]time.Time{}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	cpu := s.cpu()
	for i := range int(2 * b.span.Seconds() * 100) {
		<-tick.C
		at := time.Now()
		seq, err := movers[i%boards].move(c, i/boards)
		if err != nil {
			return err
		}
		sent[key{i % boards, seq}] = at
	}
	time.Sleep(time.Second)
	cpu = s.cpu() - cpu
	var lat []time.Duration
	due := 0
	for k := range sent {
		_ = k
		due += want / boards
	}
	for i, l := range crowd {
		l.mu.Lock()
		for n, seq := range l.seqs {
			if at, ok := sent[key{i % boards, seq}]; ok {
				lat = append(lat, l.first.Add(l.at[n]).Sub(at))
			}
		}
		l.mu.Unlock()
	}
	closed, broken := state(crowd)
	p50, p99 := quantiles(lat)
	b.table.add(fmt.Sprintf("%d sockets over 200 boards, idle", want), want, fmt.Sprintf("%.1f KiB each; opened in %s", float64(each)/1024, opened.Round(time.Millisecond)), "", "≤ 30 KiB each", is(each <= 30<<10))
	b.table.add("… at 100 moves/s", len(lat), fmt.Sprintf("p50 %s, p99 %s, share %.4f, %d closed, %.1f µs CPU each", ms(p50), ms(p99), float64(len(lat))/float64(due), closed,
		float64(cpu.Microseconds())/float64(max(1, len(lat)))), "", "p99 ≤ 250 ms", is(p99 <= 250*time.Millisecond && len(lat) == due && closed == 0 && !broken))
	return nil
}
