package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	maxP50   = time.Millisecond
	maxP99   = 6 * time.Millisecond
	maxCPU   = 150 * time.Microsecond
	minShare = 0.7
)

// hello is what the web framework alone costs here.
func (b *bench) hello() error {
	raw, err := b.bare()
	if err != nil {
		return err
	}
	var rs []result
	for range b.rounds {
		r, err := drive(raw, "", 8, b.span, func(c *conn, _, _ int) error {
			status, body, err := c.do("GET", "/hello", nil)
			if err != nil {
				return err
			}
			return expect(status, body, 200)
		})
		if err != nil {
			return err
		}
		rs = append(rs, r)
	}
	m := median(rs)
	b.table.add("Echo, JSON hello, 8 clients", m.n, "", fmt.Sprintf("%.0f/s, %s CPU", m.rate, us(m.cpu)), "", nil)
	return nil
}

// bareMoves is one round of the bare move with group commit at synchronous=FULL.
func (b *bench) bareMoves(clients int) (result, error) {
	raw, err := b.bare()
	if err != nil {
		return result{}, err
	}
	return drive(raw, "", clients, b.span, func(c *conn, client, i int) error {
		status, body, err := c.do("POST", "/move", fmt.Appendf(nil, `{"card":%d,"column":%d}`, 1+(client+i*clients)%5000, i%3))
		if err != nil {
			return err
		}
		return expect(status, body, 200)
	})
}

// writes measures ours and the bare move in turns, so that both meet the same machine.
func (b *bench) writes(what string, clients int, step func(c *conn, client, i int) error) error {
	s, a, err := b.ours()
	if err != nil {
		return err
	}
	var own, bare []result
	for range b.rounds {
		r, err := b.bareMoves(clients)
		if err != nil {
			return err
		}
		bare = append(bare, r)
		r, err = b.profiled(fmt.Sprintf("%s %d", what, clients), s, func() (result, error) {
			return drive(s, a.session, clients, b.span, step)
		})
		if err != nil {
			return err
		}
		own = append(own, r)
	}
	o, l := median(own), median(bare)
	measured := fmt.Sprintf("%.0f/s, p50 %s, p99 %s, %d failed, %s CPU", o.rate, ms(o.p50), ms(o.p99), o.failed, us(o.cpu))
	if o.firstErr != "" {
		measured += " (" + o.firstErr + ")"
	}
	limit := fmt.Sprintf("bare move %.0f/s, p50 %s, p99 %s, %s CPU; ours is %.0f %%", l.rate, ms(l.p50), ms(l.p99), us(l.cpu), 100*o.rate/l.rate)
	name := fmt.Sprintf("%s, %d clients, one board", what, clients)
	b.table.add(name+": rate", o.n, measured, limit, "≥ 70 % of the bare move", is(o.rate >= minShare*l.rate))
	b.table.add(name+": failed", o.n+o.failed, fmt.Sprint(o.failed), "", "0", is(o.failed == 0))
	if clients == 8 {
		b.table.add(name+": p50, p99", o.n, ms(o.p50)+", "+ms(o.p99), ms(l.p50)+", "+ms(l.p99), "≤ 1 ms, ≤ 6 ms", is(o.p50 <= maxP50 && o.p99 <= maxP99))
		b.table.add(name+": CPU each", o.n, us(o.cpu), us(l.cpu), "≤ 150 µs", is(o.cpu <= maxCPU))
	}
	return nil
}

func (b *bench) creates() error {
	_, a, err := b.ours()
	if err != nil {
		return err
	}
	for _, clients := range []int{8, 64} {
		board, err := a.newBoard(fmt.Sprint("Creates ", clients))
		if err != nil {
			return err
		}
		dice := make([]*rand.Rand, clients)
		for i := range dice {
			dice[i] = rand.New(rand.NewPCG(uint64(i), uint64(clients)))
		}
		if err := b.writes("creates", clients, func(c *conn, i, _ int) error { return a.create(board, c, dice[i]) }); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) moves() error {
	_, a, err := b.ours()
	if err != nil {
		return err
	}
	board, err := a.newBoard("Moves")
	if err != nil {
		return err
	}
	if err := a.fill(board, 1000); err != nil {
		return err
	}
	for _, clients := range []int{8, 64} {
		movers := board.movers(clients)
		if err := b.writes("moves", clients, func(c *conn, i, n int) error {
			_, err := movers[i].move(c, n)
			return err
		}); err != nil {
			return err
		}
	}
	movers := board.movers(8)
	run := rand.Uint64()
	return b.writes("moves with an Idempotency-Key", 8, func(c *conn, i, n int) error {
		c.extra = fmt.Sprintf("Idempotency-Key: %x-%d-%d-%d\r\n", run, time.Now().UnixNano(), i, n)
		_, err := movers[i].move(c, n)
		return err
	})
}

func (t *testBoard) movers(n int) []*mover {
	out := make([]*mover, n)
	for i := range out {
		out[i] = t.mover(i, n)
	}
	return out
}

// scale compares a board of 5,000 cards with one of 100, in turns.
func (b *bench) scale() error {
	s, a, err := b.ours()
	if err != nil {
		return err
	}
	small, err := a.newBoard("A hundred")
	if err != nil {
		return err
	}
	if err := a.fill(small, 100); err != nil {
		return err
	}
	large, err := b.fiveThousand()
	if err != nil {
		return err
	}
	movers := map[*testBoard][]*mover{small: small.movers(8), large: large.movers(8)}
	rates := map[*testBoard][]result{}
	var ratios []float64
	for range b.rounds {
		for _, board := range []*testBoard{small, large} {
			r, err := b.profiled(fmt.Sprintf("moves on %d cards", len(board.cards)), s, func() (result, error) {
				return drive(s, a.session, 8, b.span, func(c *conn, i, n int) error {
					_, err := movers[board][i].move(c, n)
					return err
				})
			})
			if err != nil {
				return err
			}
			rates[board] = append(rates[board], r)
		}
		n := len(ratios)
		ratios = append(ratios, rates[large][n].rate/rates[small][n].rate)
	}
	slices.Sort(ratios)
	ratio := ratios[len(ratios)/2]
	l, m := median(rates[large]), median(rates[small])
	b.table.add("moves on 5,000 cards against 100, 8 clients", l.n+m.n,
		fmt.Sprintf("%.2f (%.0f/s and %.0f/s, %d failed)", ratio, l.rate, m.rate, l.failed+m.failed), "", "≥ 0.95", is(ratio >= 0.95))
	return nil
}

// large is the board of 5,000 cards, made once.
func (b *bench) fiveThousand() (*testBoard, error) {
	if b.large != nil {
		return b.large, nil
	}
	_, a, err := b.ours()
	if err != nil {
		return nil, err
	}
	board, err := a.newBoard("Five thousand")
	if err != nil {
		return nil, err
	}
	if err := a.fill(board, 5000); err != nil {
		return nil, err
	}
	b.large = board
	return board, nil
}

// board reads a board of 5,000 cards whole.
func (b *bench) board() error {
	s, a, err := b.ours()
	if err != nil {
		return err
	}
	board, err := b.fiveThousand()
	if err != nil {
		return err
	}
	c, err := dial(s.addr, a.session)
	if err != nil {
		return err
	}
	defer c.close()
	path := "/api/v1/boards/" + board.ID
	size := 0
	get := func(want int) (time.Duration, error) {
		at := time.Now()
		status, body, err := c.do("GET", path, nil)
		took := time.Since(at)
		if err == nil {
			err = expect(status, body, want)
		}
		if want == 200 {
			size = len(body)
		}
		return took, err
	}
	m := board.mover(0, 1)
	c.extra = "Accept-Encoding: gzip\r\n"
	if _, err := get(200); err != nil {
		return err
	}
	tag := c.res.Header.Get("ETag")
	var after, same, unchanged []time.Duration
	for i := range 150 {
		if _, err := m.move(c, i); err != nil {
			return err
		}
		took, err := get(200)
		if err != nil {
			return err
		}
		if now := c.res.Header.Get("ETag"); now == tag {
			return fmt.Errorf("the ETag %s is the same after a move", now)
		}
		tag = c.res.Header.Get("ETag")
		after = append(after, took)
	}
	for range 500 {
		took, err := get(200)
		if err != nil {
			return err
		}
		same = append(same, took)
	}
	c.extra += "If-None-Match: " + tag + "\r\n"
	for range 500 {
		took, err := get(304)
		if err != nil {
			return err
		}
		unchanged = append(unchanged, took)
	}
	row := func(what string, all []time.Duration, target time.Duration) {
		p50, p99 := quantiles(all)
		b.table.add("board of 5,000 cards, "+what, len(all), fmt.Sprintf("p50 %s, p99 %s", ms(p50), ms(p99)), "", "p50 ≤ "+ms(target), is(p50 <= target))
	}
	row("right after a move", after, 8*time.Millisecond)
	row("unchanged", same, time.Millisecond)
	row("304", unchanged, 500*time.Microsecond)
	b.table.add("board of 5,000 cards, on the wire", 1, kb(size), "", "≤ 110 KB", is(size <= 110<<10))
	return nil
}
