package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// size is the binary, with the page inside when it was built with it.
func (b *bench) size() error {
	fi, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	b.table.add("binary", 1, mb(fi.Size()), "", "≤ 30 MB", is(fi.Size() <= 30<<20))
	return nil
}

// coldFresh is how long a first start on an empty folder takes until it answers.
func (b *bench) coldFresh() error {
	var took []time.Duration
	for i := range 7 {
		s, err := b.startPlain(filepath.Join(b.dir, fmt.Sprint("fresh", i)))
		if err != nil {
			return err
		}
		took = append(took, s.took)
		s.stop()
	}
	p50, worst := quantiles(took)
	b.table.add("cold start, empty folder", len(took), fmt.Sprintf("%s (worst %s)", ms(p50), ms(worst)), "", "≤ 80 ms", is(p50 <= 80*time.Millisecond))
	return nil
}

// coldWarm is a start on the data that the run has left.
func (b *bench) coldWarm() error {
	if _, _, err := b.ours(); err != nil {
		return err
	}
	dir := b.srv.dir
	b.srv.stop()
	b.srv, b.api = nil, nil
	var took []time.Duration
	for range 7 {
		s, err := b.startPlain(dir)
		if err != nil {
			return err
		}
		took = append(took, s.took)
		s.stop()
	}
	p50, worst := quantiles(took)
	b.table.add("cold start, this run's data", len(took), fmt.Sprintf("%s (worst %s)", ms(p50), ms(worst)), "", "≤ 40 ms", is(p50 <= 40*time.Millisecond))
	return nil
}

// memory is what a server of its own holds: idle, then with 1,000 listeners.
func (b *bench) memory() error {
	s, err := b.start(filepath.Join(b.dir, "memory"))
	if err != nil {
		return err
	}
	defer s.stop()
	time.Sleep(2 * time.Second)
	idle := s.rss()
	a, err := signIn(s)
	if err != nil {
		return err
	}
	board, err := a.newBoard("Memory")
	if err != nil {
		return err
	}
	if err := a.fill(board, 100); err != nil {
		return err
	}
	crowd, err := a.follow(1000, board)
	if err != nil {
		return err
	}
	defer crowd.leave()
	c, err := dial(s.addr, a.session)
	if err != nil {
		return err
	}
	defer c.close()
	m := board.mover(0, 1)
	if _, err := tell(s, crowd, 20, b.span, func(i int) (int64, error) { return m.move(c, i) }); err != nil {
		return err
	}
	with := s.rss()
	b.table.add("memory idle", 1, mb(idle), "", "≤ 30 MB", is(idle <= 30<<20))
	b.table.add("memory with 1,000 listeners at 20/s", 1, mb(with), "", "≤ 60 MB", is(with <= 60<<20))
	return nil
}

// after is what the shared server holds once the load is over.
func (b *bench) after() error {
	s, _, err := b.ours()
	if err != nil {
		return err
	}
	peak := s.rss()
	time.Sleep(15 * time.Second)
	rest := s.rss()
	b.table.add("memory after the load", 1, fmt.Sprintf("%s (%s when it ended)", mb(rest), mb(peak)), "", "≤ 80 MB", is(rest <= 80<<20))
	return nil
}
