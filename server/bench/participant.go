package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

var retroKeys atomic.Int64

// participant is somebody in a retro as their browser is: a session, a socket, and the whole retro asked for anew
// after a change, one question under way and at most one that waits for it.
type participant struct {
	do, read *conn
	l        *listener
	wake     chan struct{}
	end      chan error

	mu   sync.Mutex
	seq  int64 // of the view at hand
	seen []seen
}

// seen is a view that came, and change is what was sent with the sequence of its answer.
type (
	seen   struct{ seq, size, at int64 }
	change seen
)

// took notes a view that came, by an answer to an own change too.
func (p *participant) took(view []byte) int64 {
	seq, now := number(view, `"seq":`), time.Now().UnixNano()
	p.mu.Lock()
	defer p.mu.Unlock()
	if seq > p.seq {
		p.seq = seq
		p.seen = append(p.seen, seen{seq, int64(len(view)), now})
	}
	return seq
}

func (p *participant) knows() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seq
}

// follow asks for the retro whenever something newer is known of.
func (p *participant) follow(path string) {
	for range p.wake {
		for p.l.last.Load() > p.knows() {
			status, view, err := p.read.do("GET", path, nil)
			if err == nil {
				err = expect(status, view, 200)
			}
			if err != nil {
				p.end <- err
				return
			}
			p.took(view)
		}
	}
	p.end <- nil
}

// change asks for something, with a key as the page does, and gives what came back.
func (p *participant) change(path string, in any) (change, []byte, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return change{}, nil, err
	}
	p.do.extra = fmt.Sprintf("Idempotency-Key: bench-retro-%d\r\n", retroKeys.Add(1))
	at := time.Now().UnixNano()
	status, view, err := p.do.do("POST", path, body)
	if err != nil {
		return change{}, nil, err
	}
	if status != 200 && status != 201 {
		return change{}, nil, expect(status, view, 200)
	}
	return change{seq: p.took(view), at: at}, view, nil
}

// arrivals says after which time which change was known everywhere: heard at the socket, and seen in a view.
func arrivals(all []*participant, changes []change) (heard, views []time.Duration, size int) {
	for _, p := range all {
		p.l.mu.Lock()
		for i, j := 0, 0; i < len(p.l.seqs) && j < len(changes); {
			switch {
			case p.l.seqs[i] < changes[j].seq:
				i++
			default:
				heard = append(heard, p.l.first.Add(p.l.at[i]).Sub(time.Unix(0, changes[j].at)))
				j++
			}
		}
		p.l.mu.Unlock()
		p.mu.Lock()
		for i, j := 0, 0; i < len(p.seen) && j < len(changes); {
			switch {
			case p.seen[i].seq < changes[j].seq:
				i++
			default:
				views = append(views, time.Duration(p.seen[i].at-changes[j].at))
				j++
			}
		}
		for _, s := range p.seen {
			size = max(size, int(s.size))
		}
		p.mu.Unlock()
	}
	return heard, views, size
}

// retroCrowd makes the people of a retro, each with a session of their own.
func (a *api) retroCrowd() ([]string, error) {
	sessions := make([]string, retroPeople)
	disciplines := []string{"development", "operations", "security", "product", "quality"}
	for i := range sessions {
		var person struct {
			ID string `json:"id"`
		}
		mail := fmt.Sprintf("retro%d@example.test", i)
		if err := a.call("POST", "/people", map[string]any{"name": fmt.Sprintf("Person %d", i), "email": mail, "discipline": disciplines[i%len(disciplines)],
			"role": "member", "password": adminPassword}, 201, &person); err != nil {
			return nil, err
		}
		if err := a.call("POST", "/teams/"+a.teamID+"/members", map[string]any{"personId": person.ID, "role": "worker"}, 200, nil); err != nil {
			return nil, err
		}
		var in struct {
			Token string `json:"token"`
		}
		if err := (&api{s: a.s}).call("POST", "/session", map[string]any{"email": mail, "password": adminPassword}, 200, &in); err != nil {
			return nil, err
		}
		sessions[i] = in.Token
	}
	return sessions, nil
}

// sitting is one retro with everybody in it; the first leads.
func (a *api) sitting(boardID string, sessions []string) (path string, all []*participant, err error) {
	for _, session := range sessions {
		p := &participant{wake: make(chan struct{}, 1), end: make(chan error, 1)}
		if p.do, err = dial(a.s.addr, session); err != nil {
			return "", nil, err
		}
		if p.read, err = dial(a.s.addr, session); err != nil {
			return "", nil, err
		}
		if path == "" {
			body := fmt.Appendf(nil, `{"boardId":%q,"templateKey":"ops_integration","voteBudget":20,"phases":[{"key":"review_actions","enabled":false},{"key":"checkin","enabled":false}]}`, boardID)
			status, view, err := p.do.do("POST", "/api/v1/retros", body)
			if err == nil {
				err = expect(status, view, 201)
			}
			if err != nil {
				return "", nil, err
			}
			path = "/api/v1/retros/" + between(view, `"id":"`, `"`)
		}
		if status, view, err := p.do.do("POST", path+"/join", nil); err != nil || status != 200 {
			return "", nil, fmt.Errorf("joining: %v %d %.200s", err, status, view)
		}
		if p.l, err = listen(a.s.addr, livePath, session, "retro:"+path[len("/api/v1/retros/"):], -1); err != nil {
			return "", nil, err
		}
		p.l.wake = p.wake
		p.l.note.Store(true)
		go p.l.run()
		go p.follow(path)
		all = append(all, p)
	}
	return path, all, nil
}

// leave ends what belongs to the participants, and says what went wrong for one of them.
func leave(all []*participant) (err error) {
	for _, p := range all {
		_ = p.l.c.Close()
		<-p.l.done
		close(p.wake)
		if e := <-p.end; e != nil {
			err = e
		}
		p.do.close()
		p.read.close()
		if p.l.broken {
			err = fmt.Errorf("a participant saw a gap")
		}
	}
	return err
}

// caughtUp waits until everybody's view is as new as the last change.
func caughtUp(all []*participant, seq int64) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if !slices.ContainsFunc(all, func(p *participant) bool { return p.knows() < seq }) {
			return
		}
	}
}
