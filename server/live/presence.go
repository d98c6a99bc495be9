package live

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"trestle/server/event"
)

const (
	presenceEvery  = 250 * time.Millisecond // at most four frames a second
	presenceSoon   = 20 * time.Millisecond  // what happens together is told together
	presenceListed = 60                     // people in a frame; total says how many there are
)

// presence is who is at a topic now: in memory, on this node, never in the record.
type presence struct {
	here    map[*client]*place
	version int
	wire    []byte
	timer   *time.Timer
	toldAt  time.Time
	over    bool
}

// place is where one socket is.
type place struct {
	at    *at
	since time.Time
	quiet bool // not heard for a while: not listed until it is
}

// at is what a client may say about itself.
type at struct {
	CardID  string `json:"cardId,omitempty"`
	Editing bool   `json:"editing,omitempty"`
}

// face is what is shown of a person.
type face struct {
	name, discipline string
	hue              int
}

type presentPerson struct {
	PersonID    string `json:"personId"`
	Name        string `json:"name"`
	Hue         int    `json:"hue"`
	Discipline  string `json:"discipline"`
	Connections int    `json:"connections"`
	At          *at    `json:"at,omitempty"`

	since time.Time
}

// arrive lists a client at a topic. Screens are not people, and a program is listed only once it says where it
// is: a script that listens is nobody at the board.
func (c *client) arrive(s *sub) {
	if c.viewer.TokenID == "" {
		s.t.present(c, nil)
	}
}

// presence takes what a client says about where it is.
func (c *client) presence(in inFrame) {
	var where *at
	if len(in.At) > 0 && json.Unmarshal(in.At, &where) != nil || where != nil && len(where.CardID) > 64 {
		c.tell(errorFrame(clip(in.Topic), "bad_request"))
		return
	}
	s := c.find(in.Topic)
	if s == nil {
		c.tell(errorFrame(clip(in.Topic), "not_subscribed"))
		return
	}
	if where == nil {
		where = &at{}
	}
	s.t.present(c, where)
}

// showsFaces says whether presence makes sense at a topic: at a place where people meet.
func (t *topic) showsFaces() bool {
	kind, _ := event.Split(t.name)
	return kind != event.Me && kind != event.Org
}

// present notes where a client is; a nil place keeps what it said before.
func (t *topic) present(c *client, where *at) {
	if !t.showsFaces() || c.viewer.PersonID == "" || c.viewer.DeviceID != "" || c.hub.faceOf(c) == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.presence.here[c]
	if p == nil {
		p = &place{since: time.Now()}
		if t.presence.here == nil {
			t.presence.here = map[*client]*place{}
		}
		t.presence.here[c] = p
	}
	if where != nil {
		if *where == (at{}) {
			where = nil
		}
		p.at = where
	}
	t.tellSoon()
}

// absent takes a client away.
func (t *topic) absent(c *client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.presence.here[c]; ok {
		delete(t.presence.here, c)
		t.tellSoon()
	}
}

// hush hides a client that is not heard, or shows it again, and says whether it is listed here at all.
func (t *topic) hush(c *client, quiet bool) (listed bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.presence.here[c]
	if p != nil && p.quiet != quiet {
		p.quiet = quiet
		t.tellSoon()
	}
	return p != nil
}

// tellSoon sees to it that a frame is made, at most four a second, fewer when very many listen. Under t.mu.
func (t *topic) tellSoon() {
	if t.presence.timer != nil || t.presence.over {
		return
	}
	gap := max(presenceEvery, time.Duration(len(t.subs))*time.Millisecond/2)
	wait := max(presenceSoon, gap-time.Since(t.presence.toldAt))
	t.presence.timer = time.AfterFunc(wait, t.tellPresence)
}

func (t *topic) tellPresence() {
	t.mu.Lock()
	t.presence.timer = nil
	if t.presence.over {
		t.mu.Unlock()
		return
	}
	t.presence.toldAt = time.Now()
	wire := t.presenceFrame()
	same := bytes.Equal(wire, t.presence.wire)
	if !same {
		t.presence.wire = wire
		t.presence.version++
	}
	t.mu.Unlock()
	if !same {
		for _, s := range t.listeners() {
			s.c.mark(s)
		}
	}
}

// presenceFrame lists people, those who do something first. Under t.mu.
func (t *topic) presenceFrame() []byte {
	byID := map[string]*presentPerson{}
	people := []*presentPerson{}
	for c, place := range t.presence.here {
		f := c.face.Load()
		if place.quiet || f == nil {
			continue
		}
		p := byID[c.viewer.PersonID]
		if p == nil {
			p = &presentPerson{PersonID: c.viewer.PersonID, Name: f.name, Hue: f.hue, Discipline: f.discipline, since: place.since}
			byID[p.PersonID] = p
			people = append(people, p)
		}
		p.Connections++
		if place.since.Before(p.since) {
			p.since = place.since
		}
		if place.at != nil && (p.At == nil || place.at.Editing && !p.At.Editing) {
			p.At = place.at
		}
	}
	slices.SortFunc(people, func(a, b *presentPerson) int {
		return cmp.Or(cmp.Compare(doing(b), doing(a)), a.since.Compare(b.since), cmp.Compare(a.PersonID, b.PersonID))
	})
	total := len(people)
	if total > presenceListed {
		people = people[:presenceListed]
	}
	return encode(struct {
		Op     string           `json:"op"`
		Topic  string           `json:"topic"`
		People []*presentPerson `json:"people"`
		Total  int              `json:"total"`
	}{"presence", t.wire, people, total})
}

func doing(p *presentPerson) int {
	switch {
	case p.At == nil:
		return 0
	case p.At.Editing:
		return 2
	}
	return 1
}

// presenceFor gives the newest frame once to each subscription.
func (t *topic) presenceFor(s *sub) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.seen == t.presence.version {
		return nil
	}
	s.seen = t.presence.version
	return t.presence.wire
}

func (t *topic) stopPresence() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.presence.over = true
	if t.presence.timer != nil {
		t.presence.timer.Stop()
	}
}

// faceOf looks a client's person up, once.
func (h *Hub) faceOf(c *client) *face {
	if f := c.face.Load(); f != nil {
		return f
	}
	return h.lookUp(c)
}

func (h *Hub) lookUp(c *client) *face {
	if h.o.Names == nil || c.viewer.PersonID == "" {
		return nil
	}
	ctx, cancel := h.askContext()
	defer cancel()
	name, discipline, hue, err := h.o.Names.Person(ctx, c.viewer.PersonID)
	if err != nil {
		return nil
	}
	f := &face{name: name, discipline: discipline, hue: hue}
	c.face.Store(f)
	return f
}
