package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"time"
)

const (
	searchCards  = 50_000
	searchBoards = 10
	maxSearch    = 50 * time.Millisecond
)

// search is how long somebody waits for an answer who asks as people type: words, beginnings of words, keys. It has
// a server of its own, whose cards would weigh on the other rows. PostgreSQL: TestSearch_FiftyThousandCards.
func (b *bench) search() error {
	s, err := b.start(filepath.Join(b.dir, "search"))
	if err != nil {
		return err
	}
	defer s.stop()
	a, err := signIn(s)
	if err != nil {
		return err
	}
	for i := range searchBoards {
		board, err := a.newBoard(fmt.Sprint("Search ", i))
		if err != nil {
			return err
		}
		if err := a.fill(board, searchCards/searchBoards); err != nil {
			return err
		}
	}
	word := func(r *rand.Rand) string { return vocabulary[r.IntN(len(vocabulary))] }
	for _, row := range []struct {
		what string
		ask  func(r *rand.Rand) string
	}{
		{"one and two words", func(r *rand.Rand) string {
			if r.IntN(2) == 0 {
				return word(r)
			}
			return word(r) + " " + word(r)
		}},
		{"as one types", func(r *rand.Rand) string { w := word(r); return w[:1+r.IntN(len(w))] }},
	} {
		var rs []result
		for range b.rounds {
			r := rand.New(rand.NewPCG(uint64(len(rs)), 11))
			m, err := drive(s, a.session, 1, b.span, func(c *conn, _, _ int) error {
				status, body, err := c.do("GET", "/api/v1/search?q="+url.QueryEscape(row.ask(r)), nil)
				if err != nil {
					return err
				}
				return expect(status, body, 200)
			})
			if err != nil {
				return err
			}
			rs = append(rs, m)
		}
		m := median(rs)
		b.table.add(fmt.Sprintf("search of %d cards, %s", searchCards, row.what), m.n, fmt.Sprintf("p50 %s, p99 %s, %d failed", ms(m.p50), ms(m.p99), m.failed),
			"", "p50 ≤ 50 ms", is(m.failed == 0 && m.p50 <= maxSearch))
	}
	return nil
}
