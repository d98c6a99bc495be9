package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// listener is one socket that notes when each event came. It reads frames itself: a thousand of them must not
// cost more than the server that feeds them.
type listener struct {
	c        net.Conn
	in       *bufio.Reader
	first    time.Time // epoch of at
	seqs     []int64
	at       []time.Duration
	last     atomic.Int64
	broken   bool // an event was missing or came twice
	closed   atomic.Bool
	code     int // of a farewell
	received atomic.Int64
	resumeTo int64
	caughtUp time.Time
	done     chan struct{}
	note     atomic.Bool
	wake     chan struct{} // told of each event; nil: nobody
	mu       sync.Mutex
}

// listen opens a socket; topic "" is the bare broadcast, which needs no words. since < 0 is from now on.
func listen(addr, path, token, topic string, since int64) (*listener, error) {
	c, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", path, addr)
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	b.WriteString("\r\n")
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := c.Write([]byte(b.String())); err != nil {
		return nil, err
	}
	l := &listener{c: c, in: bufio.NewReaderSize(c, 2048), first: time.Now(), done: make(chan struct{})}
	for n := 0; ; n++ {
		line, err := l.in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		if n == 0 && !strings.Contains(line, " 101 ") {
			_ = c.Close()
			return nil, fmt.Errorf("no upgrade: %s", strings.TrimSpace(line))
		}
		if line == "\r\n" {
			break
		}
	}
	if topic != "" {
		frame := `{"op":"subscribe","topic":"` + topic + `"}`
		if since >= 0 {
			frame = fmt.Sprintf(`{"op":"subscribe","topic":%q,"since":%d}`, topic, since)
			l.last.Store(since)
		}
		if err := l.say([]byte(frame)); err != nil {
			return nil, err
		}
		for {
			kind, raw, err := l.frame()
			if err != nil {
				return nil, err
			}
			if kind != 1 {
				continue
			}
			if !bytes.HasPrefix(raw, []byte(`{"op":"subscribed"`)) {
				_ = c.Close()
				return nil, fmt.Errorf("not subscribed: %.200s", raw)
			}
			l.resumeTo = number(raw, `"seq":`)
			if since < 0 {
				l.last.Store(l.resumeTo)
			}
			break
		}
		if l.last.Load() >= l.resumeTo {
			l.caughtUp = time.Now()
		}
	}
	_ = c.SetDeadline(time.Time{})
	return l, nil
}

// say sends a masked text frame; the mask is zero.
func (l *listener) say(b []byte) error { return l.send(0x81, b) }

func (l *listener) send(kind byte, b []byte) error {
	out := []byte{kind, 0x80 | byte(min(len(b), 126))}
	if len(b) > 125 {
		out = binary.BigEndian.AppendUint16(out, uint16(len(b)))
	}
	out = append(out, 0, 0, 0, 0)
	_, err := l.c.Write(append(out, b...))
	return err
}

// frame reads one frame; the payload is valid until the next call when it fits into the buffer.
func (l *listener) frame() (kind byte, payload []byte, err error) {
	head, err := l.in.Peek(2)
	if err != nil {
		return 0, nil, err
	}
	kind = head[0] & 0x0f
	n := int(head[1] & 0x7f)
	_, _ = l.in.Discard(2)
	switch n {
	case 126:
		b, err := l.in.Peek(2)
		if err != nil {
			return 0, nil, err
		}
		n = int(binary.BigEndian.Uint16(b))
		_, _ = l.in.Discard(2)
	case 127:
		b, err := l.in.Peek(8)
		if err != nil {
			return 0, nil, err
		}
		n = int(binary.BigEndian.Uint64(b))
		_, _ = l.in.Discard(8)
	}
	if n <= l.in.Size() {
		payload, err = l.in.Peek(n)
		_, _ = l.in.Discard(n)
		return kind, payload, err
	}
	payload = make([]byte, n)
	for got := 0; got < n; {
		k, err := l.in.Read(payload[got:])
		if err != nil {
			return 0, nil, err
		}
		got += k
	}
	return kind, payload, nil
}

var eventPrefix = []byte(`{"op":"event"`)

// run reads until the socket ends.
func (l *listener) run() {
	defer close(l.done)
	for {
		kind, raw, err := l.frame()
		if err != nil {
			l.closed.Store(true)
			return
		}
		now := time.Now()
		switch kind {
		case 9:
			_ = l.send(0x8a, raw)
		case 8:
			if len(raw) >= 2 {
				l.code = int(binary.BigEndian.Uint16(raw))
			}
			l.closed.Store(true)
			return
		case 1:
			if !bytes.HasPrefix(raw, eventPrefix) {
				continue
			}
			seq := firstNumber(raw)
			if last := l.last.Load(); last > 0 && seq != last+1 {
				l.broken = true
			}
			l.last.Store(seq)
			l.received.Add(1)
			select {
			case l.wake <- struct{}{}:
			default:
			}
			if l.resumeTo > 0 && seq == l.resumeTo {
				l.caughtUp = now
			}
			if l.note.Load() {
				l.mu.Lock()
				l.seqs = append(l.seqs, seq)
				l.at = append(l.at, now.Sub(l.first))
				l.mu.Unlock()
			}
		}
	}
}

// firstNumber reads the sequence, which stands before the data.
func firstNumber(raw []byte) (n int64) {
	i := bytes.Index(raw, []byte(`"seq":`))
	if i < 0 {
		return 0
	}
	for _, d := range raw[i+6:] {
		if d < '0' || d > '9' {
			break
		}
		n = n*10 + int64(d-'0')
	}
	return n
}

// crowd is many listeners.
type crowd []*listener

// gather opens n sockets, sixteen at a time, and lets them listen.
func gather(n int, open func(i int) (*listener, error)) (crowd, error) {
	c := make(crowd, n)
	var wg sync.WaitGroup
	var failed atomic.Value
	slots := make(chan struct{}, 16)
	for i := range n {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			l, err := open(i)
			if err != nil {
				failed.Store(err)
				return
			}
			c[i] = l
			go l.run()
		}()
	}
	wg.Wait()
	if err, ok := failed.Load().(error); ok {
		c.leave()
		return nil, err
	}
	return c, nil
}

func (c crowd) leave() {
	for _, l := range c {
		if l != nil {
			_ = l.c.Close()
			<-l.done
		}
	}
}

func (c crowd) take(on bool) {
	for _, l := range c {
		l.mu.Lock()
		l.seqs, l.at = nil, nil
		l.mu.Unlock()
		l.note.Store(on)
	}
}

// until waits until everybody has had seq, or the time is over, and says how many have.
func (c crowd) until(seq int64, wait time.Duration) (have int) {
	end := time.Now().Add(wait)
	for {
		have = 0
		for _, l := range c {
			if l.last.Load() >= seq {
				have++
			}
		}
		if have == len(c) || time.Now().After(end) {
			return have
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// latencies compares when events came with when they were sent; share is how much of what was due arrived.
func (c crowd) latencies(sent map[int64]time.Time) (all []time.Duration, share float64, closed int, broken bool) {
	due := 0
	for _, l := range c {
		due += len(sent)
		l.mu.Lock()
		for i, seq := range l.seqs {
			if at, ok := sent[seq]; ok {
				all = append(all, l.first.Add(l.at[i]).Sub(at))
			}
		}
		l.mu.Unlock()
		if l.closed.Load() {
			closed++
		}
		broken = broken || l.broken
	}
	if due == 0 {
		return nil, 0, closed, broken
	}
	return all, float64(len(all)) / float64(due), closed, broken
}
