package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

// api is a signed-in administrator of a fresh workspace, with a team and a token for listeners.
type api struct {
	s        *server
	session  string // the text that POST /session answers: the same check as the page's cookie
	token    string // a personal token, for the sockets
	teamID   string
	personID string
}

func signIn(s *server) (*api, error) {
	a := &api{s: s}
	var in struct {
		Token  string `json:"token"`
		Person struct {
			ID string `json:"id"`
		} `json:"person"`
	}
	err := a.call("POST", "/session", map[string]string{"email": adminEmail, "password": adminPassword}, 200, &in)
	if err != nil {
		return nil, err
	}
	a.session, a.personID = in.Token, in.Person.ID
	var tok struct {
		Secret string `json:"secret"`
	}
	if err := a.call("POST", "/tokens", map[string]any{"name": "bench", "scopes": []string{"read", "write", "live"}}, 201, &tok); err != nil {
		return nil, err
	}
	a.token = tok.Secret
	var team struct {
		ID string `json:"id"`
	}
	if err := a.call("POST", "/teams", map[string]string{"name": "Bench", "key": "BEN"}, 201, &team); err != nil {
		return nil, err
	}
	a.teamID = team.ID
	return a, nil
}

// call is a single request, for what is not measured.
func (a *api) call(method, path string, in any, want int, out any) error {
	c, err := dial(a.s.addr, a.session)
	if err != nil {
		return err
	}
	defer c.close()
	var body []byte
	if in != nil {
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	status, answer, err := c.do(method, "/api/v1"+path, body)
	if err != nil {
		return err
	}
	if err := expect(status, answer, want); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// testBoard is a board and what is known about its cards.
type testBoard struct {
	ID      string
	topic   string
	columns []string // a queue, two active ones that count their cards against a limit, done
	mu      sync.Mutex
	cards   []string
	column  map[string]int // where each card stands
}

func (a *api) newBoard(name string) (*testBoard, error) {
	var out struct {
		Board struct {
			ID string `json:"id"`
		} `json:"board"`
		Columns []struct {
			ID string `json:"id"`
		} `json:"columns"`
	}
	wip := map[string]any{"mode": "warn", "max": 50}
	err := a.call("POST", "/boards", map[string]any{"teamId": a.teamID, "name": name, "columns": []map[string]any{
		{"name": "Ready", "kind": "queue"},
		{"name": "Build", "kind": "active", "wip": wip},
		{"name": "Test", "kind": "active", "wip": wip},
		{"name": "Done", "kind": "done"},
	}}, 201, &out)
	if err != nil {
		return nil, err
	}
	b := &testBoard{ID: out.Board.ID, topic: "board:" + out.Board.ID, column: map[string]int{}}
	for _, c := range out.Columns {
		b.columns = append(b.columns, c.ID)
	}
	return b, nil
}

var vocabulary = strings.Fields(`payment login session token database index migration backup alert dashboard certificate firewall rule
	audit report export import customer invoice refund basket checkout search filter queue worker retry timeout latency cache
	header cookie policy role permission group incident outage rollback release pipeline image registry secret rotation key
	service gateway proxy route region replica failover quota limit billing contract onboarding survey accessibility contrast
	keyboard print mobile offline sync conflict merge archive restore schedule reminder webhook signature schema version`)

var verbs = strings.Fields("Add Fix Remove Rotate Split Document Measure Replace Harden Review Automate Investigate Rename Move Simplify Test")

// newCard is a card as people write them: of all disciplines, some with labels, an owner, a date.
func (a *api) newCard(column string, r *rand.Rand) []byte {
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	title := verbs[r.IntN(len(verbs))]
	for range 2 + r.IntN(5) {
		title += " " + word()
	}
	card := map[string]any{"title": title, "columnId": column,
		"type":       []string{"feature", "defect", "risk", "debt", "toil", "improvement"}[r.IntN(6)],
		"discipline": []string{"development", "operations", "security", "quality"}[r.IntN(4)]}
	if r.IntN(3) == 0 {
		card["ownerIds"] = []string{a.personID}
	}
	if r.IntN(4) == 0 {
		card["labels"] = []string{word()}
	}
	if r.IntN(10) == 0 {
		card["dueOn"] = fmt.Sprintf("2027-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
	}
	raw, _ := json.Marshal(card) // strings and numbers always marshal
	return raw
}

// create adds one card, by the connection's own client, to any column but the last.
func (a *api) create(b *testBoard, c *conn, r *rand.Rand) error {
	at := r.IntN(3)
	status, answer, err := c.do("POST", "/api/v1/boards/"+b.ID+"/cards", a.newCard(b.columns[at], r))
	if err != nil {
		return err
	}
	if err := expect(status, answer, 201); err != nil {
		return err
	}
	id := between(answer, `"id":"`, `"`)
	b.mu.Lock()
	b.cards = append(b.cards, id)
	b.column[id] = at
	b.mu.Unlock()
	return nil
}

// fill brings a board to n cards.
func (a *api) fill(b *testBoard, n int) error {
	const clients = 16
	errs := make(chan error, clients)
	for i := range clients {
		go func() {
			c, err := dial(a.s.addr, a.session)
			if err != nil {
				errs <- err
				return
			}
			defer c.close()
			r := rand.New(rand.NewPCG(uint64(i), uint64(n)))
			for {
				b.mu.Lock()
				enough := len(b.cards)+i >= n
				b.mu.Unlock()
				if enough {
					errs <- nil
					return
				}
				if err := a.create(b, c, r); err != nil {
					errs <- err
					return
				}
			}
		}()
	}
	var first error
	for range clients {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// mover moves cards of its own share around the first three columns; where a card goes back it says why, as
// the board asks.
type mover struct {
	b     *testBoard
	cards []string
	paths []string
	body  []byte
}

func (b *testBoard) mover(i, of int) *mover {
	m := &mover{b: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := i; n < len(b.cards); n += of {
		id := b.cards[n]
		m.cards = append(m.cards, id)
		m.paths = append(m.paths, "/api/v1/cards/"+id+"/move")
	}
	return m
}

// move moves the n-th of the mover's cards to the next column and gives the board's sequence. Where the card
// stands is asked of the board, because an earlier mover may have left it elsewhere.
func (m *mover) move(c *conn, n int) (seq int64, err error) {
	n %= len(m.cards)
	m.b.mu.Lock()
	at := m.b.column[m.cards[n]]
	m.b.mu.Unlock()
	to := (at + 1) % 3
	m.body = append(m.body[:0], `{"columnId":"`...)
	m.body = append(m.body, m.b.columns[to]...)
	m.body = append(m.body, '"')
	if to < at {
		m.body = append(m.body, `,"returnReason":{"category":"incomplete"}`...)
	}
	m.body = append(m.body, '}')
	status, answer, err := c.do("POST", m.paths[n], m.body)
	if err != nil {
		return 0, err
	}
	if err := expect(status, answer, 200); err != nil {
		return 0, err
	}
	m.b.mu.Lock()
	m.b.column[m.cards[n]] = to
	m.b.mu.Unlock()
	return number(answer, `"seq":`), nil
}

// between and number read one member of a flat answer without unpacking it.
func between(raw []byte, from, to string) string {
	_, rest, ok := strings.Cut(string(raw), from)
	if !ok {
		return ""
	}
	out, _, _ := strings.Cut(rest, to)
	return out
}

func number(raw []byte, name string) (n int64) {
	i := strings.LastIndex(string(raw), name)
	if i < 0 {
		return 0
	}
	for _, d := range raw[i+len(name):] {
		if d < '0' || d > '9' {
			break
		}
		n = n*10 + int64(d-'0')
	}
	return n
}
