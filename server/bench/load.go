package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// conn is one keep-alive connection that speaks just enough HTTP to load a server without tiring itself.
type conn struct {
	c     net.Conn
	in    *bufio.Reader
	out   []byte
	body  []byte
	head  string // Host and Authorization
	extra string // further header lines, each ended
	res   *http.Response
}

func dial(addr, authorization string) (*conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	head := "Host: " + addr + "\r\n"
	if authorization != "" {
		head += "Authorization: Bearer " + authorization + "\r\n"
	}
	return &conn{c: c, in: bufio.NewReaderSize(c, 64<<10), head: head}, nil
}

func (c *conn) close() { _ = c.c.Close() }

// do sends a request and reads the whole answer. The body stays valid until the next call.
func (c *conn) do(method, path string, body []byte) (status int, answer []byte, err error) {
	c.out = append(c.out[:0], method...)
	c.out = append(c.out, ' ')
	c.out = append(c.out, path...)
	c.out = append(c.out, " HTTP/1.1\r\n"...)
	c.out = append(c.out, c.head...)
	c.out = append(c.out, c.extra...)
	if body != nil {
		c.out = fmt.Appendf(c.out, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	c.out = append(c.out, "\r\n"...)
	c.out = append(c.out, body...)
	_ = c.c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := c.c.Write(c.out); err != nil {
		return 0, nil, err
	}
	if c.res, err = http.ReadResponse(c.in, nil); err != nil {
		return 0, nil, err
	}
	c.body = c.body[:0]
	for {
		if len(c.body) == cap(c.body) {
			c.body = append(c.body, 0)[:len(c.body)]
		}
		n, err := c.res.Body.Read(c.body[len(c.body):cap(c.body)])
		c.body = c.body[:len(c.body)+n]
		if err == io.EOF {
			return c.res.StatusCode, c.body, nil
		}
		if err != nil {
			return 0, nil, err
		}
	}
}

// result is one round of a load.
type result struct {
	n, failed int
	rate      float64 // successes a second
	p50, p99  time.Duration
	cpu       time.Duration // of the server, per success
	firstErr  string
}

// drive runs clients that each send one request after the other for a while. step says what failed.
func drive(s *server, token string, clients int, span time.Duration, step func(c *conn, client, i int) error) (result, error) {
	conns := make([]*conn, clients)
	for i := range conns {
		c, err := dial(s.addr, token)
		if err != nil {
			return result{}, err
		}
		defer c.close()
		conns[i] = c
	}
	var wg sync.WaitGroup
	took := make([][]time.Duration, clients)
	failed := make([]int, clients)
	errs := make([]error, clients)
	cpu := s.cpu()
	begin := time.Now()
	for i, c := range conns {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; time.Since(begin) < span; n++ {
				at := time.Now()
				if err := step(c, i, n); err != nil {
					failed[i]++
					errs[i] = err
					if failed[i] > 1000 {
						return
					}
					continue
				}
				took[i] = append(took[i], time.Since(at))
			}
		}()
	}
	wg.Wait()
	span = time.Since(begin)
	cpu = s.cpu() - cpu
	var r result
	var all []time.Duration
	for i := range took {
		all = append(all, took[i]...)
		r.failed += failed[i]
		if errs[i] != nil && r.firstErr == "" {
			r.firstErr = errs[i].Error()
		}
	}
	r.n, r.rate = len(all), float64(len(all))/span.Seconds()
	r.p50, r.p99 = quantiles(all)
	if r.n > 0 {
		r.cpu = cpu / time.Duration(r.n)
	}
	return r, nil
}

func quantiles(all []time.Duration) (p50, p99 time.Duration) {
	if len(all) == 0 {
		return 0, 0
	}
	slices.Sort(all)
	return all[len(all)/2], all[len(all)*99/100]
}

// median gives the round whose rate is in the middle, with what failed in all of them.
func median(rs []result) result {
	slices.SortFunc(rs, func(a, b result) int {
		if a.rate < b.rate {
			return -1
		}
		return 1
	})
	m := rs[len(rs)/2]
	m.failed, m.n = 0, 0
	for _, r := range rs {
		m.failed += r.failed
		m.n += r.n
		if m.firstErr == "" {
			m.firstErr = r.firstErr
		}
	}
	return m
}

func expect(status int, body []byte, want int) error {
	if status == want {
		return nil
	}
	return fmt.Errorf("%d instead of %d: %.300s", status, want, body)
}
