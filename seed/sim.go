package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// table is one team's board while the story is told.
type table struct {
	s      *story
	crew   crew
	r      *rand.Rand
	l      *board.Layout
	todo   []item
	cards  []*piece
	people []string   // nicks who work here
	asked  float64    // fractional arrivals carried over
	fires  int        // incidents so far
	raised []string   // asks that wait for an answer
	wished int        // asks so far
	agreed bool       // who comes to their rituals
	sat    []string   // retros so far
	due    []promised // actions of theirs that will be done
	checks int        // health checks so far

	service, launch string // what its checklists are about
	before          string // the checklist of the launch before, until a copy of it is kept
	argued, planned bool
	kept            bool
	taught          bool   // what a retro taught the template
	running, inside string // a launch under way, and its first stage
}

// piece is a card with what the story knows of its future.
type piece struct {
	id, title  string
	column     int // index in the layout
	left       int // quarter days of work left in this column
	blocker    string
	blockedFor int
	owner      string
	discipline string
	done       time.Time
	expedite   bool
	gone       bool
	curated    bool
}

const (
	ready = iota
	shape
	build
	review
	deploy
	finished
)

// work draws how many quarter days a card needs in a column.
func (t *table) work(column int) int {
	switch column {
	case shape:
		return 1 + t.r.IntN(5)
	case build:
		return 3 + t.r.IntN(8) + t.r.IntN(5)
	case review:
		return 1 + t.r.IntN(6)
	case deploy:
		return 1 + t.r.IntN(3)
	}
	return 0
}

func (t *table) as(nick string) context.Context { return t.s.as(nick) }

// someone picks a worker, rather one of the discipline.
func (t *table) someone(discipline string) string {
	var fit []string
	for _, n := range t.people {
		if t.s.people[n].Discipline == discipline {
			fit = append(fit, n)
		}
	}
	if len(fit) == 0 || t.r.IntN(10) == 0 {
		fit = t.people
	}
	return fit[t.r.IntN(len(fit))]
}

// ask adds cards to Ready.
func (t *table) ask(n int) error {
	for range n {
		if len(t.todo) == 0 {
			return nil
		}
		it := t.todo[0]
		t.todo = t.todo[1:]
		if err := t.add(it, ready, ""); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) add(it item, column int, reason string) error {
	nick := t.someone(it.discipline)
	if it.discipline == "product" || t.r.IntN(4) == 0 {
		nick = t.crew.lead
	}
	n := card.NewCard{Title: it.title, ColumnID: t.l.Columns[column].ID, Type: it.kind, Discipline: it.discipline, Involves: it.involves,
		Class: it.class, Labels: it.labels, Description: it.text, Reason: reason}
	if it.due != "" {
		days := 0
		_, _ = fmt.Sscan(it.due, &days)
		n.DueOn = t.s.clock.Now().AddDate(0, 0, days).Format(time.DateOnly)
	}
	if len(t.l.Lanes) > 0 {
		n.LaneID = t.l.Lanes[t.r.IntN(len(t.l.Lanes))].ID
	}
	out, err := t.s.rooms.Cards.Create(t.as(nick), t.l.ID, n)
	if err != nil {
		return err
	}
	p := &piece{id: out.Card.ID, title: it.title, column: column, left: t.work(column), discipline: it.discipline, expedite: it.class == board.Expedite}
	t.cards = append(t.cards, p)
	for _, text := range it.todos {
		if _, err := t.s.rooms.Cards.AddTodo(t.as(nick), p.id, card.NewTodo{Text: text}); err != nil {
			return err
		}
	}
	return nil
}

// in gives the pieces in a column, in the order in which they came.
func (t *table) in(column int) []*piece {
	var out []*piece
	for _, p := range t.cards {
		if p.column == column && !p.gone {
			out = append(out, p)
		}
	}
	return out
}

// to moves a piece. A full column may be overruled with a reason; without one the piece waits.
func (t *table) to(p *piece, column int, reason string) (moved bool, err error) {
	m := card.Move{ColumnID: t.l.Columns[column].ID, Reason: reason}
	if column < p.column {
		back := returns[t.r.IntN(len(returns))]
		m.Return = &card.Return{Category: back.category, Text: back.text}
	}
	nick := p.owner
	if nick == "" {
		nick = t.someone(p.discipline)
	}
	_, err = t.s.rooms.Cards.Move(t.as(nick), p.id, m)
	if fault.Is(err, "reason_required") || fault.Is(err, "wip_limit") {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	p.column, p.left = column, t.work(column)
	if column == finished {
		p.done = t.s.clock.Now()
	}
	return true, nil
}

// quarter lets a quarter of a working day pass on this board, from right to left as a team walks it.
func (t *table) quarter() error {
	if err := t.maybeFire(); err != nil {
		return err
	}
	for column := deploy; column >= shape; column-- {
		for _, p := range t.in(column) {
			if err := t.step(p); err != nil {
				return err
			}
		}
	}
	return t.pull()
}

// step works on one card for a quarter day.
func (t *table) step(p *piece) error {
	if p.blocker != "" {
		if p.blockedFor--; p.blockedFor > 0 {
			return nil
		}
		_, err := t.s.rooms.Cards.Unblock(t.as(p.owner), p.blocker)
		p.blocker = ""
		return err
	}
	if !p.expedite && t.r.IntN(100) < 3 {
		return t.block(p, causes[t.r.IntN(len(causes))], 2+t.r.IntN(12))
	}
	if t.r.IntN(100) < 4 {
		if _, err := t.s.rooms.Cards.Comment(t.as(t.someone(p.discipline)), p.id, remarks[t.r.IntN(len(remarks))]); err != nil {
			return err
		}
	}
	if p.left--; p.left > 0 {
		return t.tick(p)
	}
	if p.column == review && t.r.IntN(100) < 13 {
		_, err := t.to(p, build, "Back from review")
		p.left = 1 + t.r.IntN(4)
		return err
	}
	next := p.column + 1
	reason := ""
	if t.r.IntN(100) < 12 || p.expedite {
		reason = overrides[t.r.IntN(len(overrides))]
	}
	_, err := t.to(p, next, reason)
	return err
}

// tick checks the next to-do item now and then.
func (t *table) tick(p *piece) error {
	if t.r.IntN(3) != 0 {
		return nil
	}
	d, _, err := t.s.rooms.Cards.Detail(t.as(p.owner), p.id)
	if err != nil {
		return err
	}
	for _, item := range d.Todos {
		if !item.Done {
			yes := true
			_, err := t.s.rooms.Cards.ChangeTodo(t.as(p.owner), item.ID, card.TodoPatch{Done: &yes})
			return err
		}
	}
	return nil
}

func (t *table) block(p *piece, c cause, quarters int) error {
	out, err := t.s.rooms.Cards.Block(t.as(p.owner), p.id, card.NewBlocker{Category: c.category, Reason: c.reason, WaitingFor: c.waits})
	p.blocker, p.blockedFor = out.Blocker.ID, quarters
	return err
}

// maybeFire starts an incident about every second week; it goes straight into Build, drop everything.
func (t *table) maybeFire() error {
	if t.r.IntN(40) != 0 {
		return nil
	}
	for _, p := range t.cards {
		if p.expedite && p.column < finished {
			return nil // one fire at a time
		}
	}
	t.fires++
	title := incidents[t.r.IntN(len(incidents))]
	it := item{title: title, kind: "incident", discipline: "operations", involves: []string{"development"}, class: board.Expedite, labels: []string{"incident"}}
	if err := t.add(it, build, "Customers cannot buy"); err != nil {
		return err
	}
	p := t.cards[len(t.cards)-1]
	p.left = 1 + t.r.IntN(4)
	return t.own(p)
}

func (t *table) own(p *piece) error {
	p.owner = t.someone(p.discipline)
	_, err := t.s.rooms.Cards.Change(t.as(p.owner), p.id, card.Patch{OwnerIDs: &[]string{t.s.people[p.owner].PersonID}})
	return err
}

// pull takes from the top of Ready while Shape has room.
func (t *table) pull() error {
	for _, p := range t.in(ready) {
		if len(t.in(shape)) >= 3 || t.r.IntN(3) == 0 {
			return nil
		}
		if err := t.own(p); err != nil {
			return err
		}
		moved, err := t.to(p, shape, "")
		if err != nil || !moved {
			return err
		}
	}
	return nil
}

// tidy archives what was finished more than four weeks ago.
func (t *table) tidy() error {
	for _, p := range t.in(finished) {
		if t.s.clock.Now().Sub(p.done) > 28*24*time.Hour {
			if _, err := t.s.rooms.Cards.Archive(t.as(t.crew.lead), p.id); err != nil {
				return err
			}
			p.gone = true
		}
	}
	return nil
}

// oldest gives the pieces of a column that have been in work the longest.
func (t *table) oldest(column int) []*piece { return slices.Clone(t.in(column)) }

func (s *story) as(nick string) context.Context {
	v := s.people[nick]
	return who.With(store.As(s.ctx, v.PersonID, v.Name), v)
}

// signal sets a chip as a pipeline would.
func (t *table) signal(p *piece, key, state, text string, ttl time.Duration) error {
	_, err := t.s.rooms.Cards.Signal(t.as(t.crew.lead), p.id, key, card.NewSignal{State: state, Text: text, TTL: int(ttl.Seconds())})
	return err
}
