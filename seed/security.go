package seed

import (
	"fmt"
	"math/rand/v2"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
)

// guards are a small team of specialists: they own no service, and what others ask of them stands in their queue.
var guards = crew{key: "SEC", name: "Security", kind: "enabling", lead: "dara", workers: []string{"rui"}, commenters: []string{"bo", "ana", "omar"},
	viewers: []string{"petra"}, board: "Security work"}

// found is what they are at: how far each card has come in the columns of their board, and since how many days it is there.
var found = []struct {
	title, kind, text  string
	involves, labels   []string
	by                 string
	reached, days, due int
}{
	{"Secrets out of the build logs", "defect", "Three jobs print their environment when they fail.", []string{"operations"}, []string{"secrets"}, "rui", 5, 19, 0},
	{"Dependency scan in every pipeline", "improvement", "", []string{"development", "operations"}, []string{"supply chain"}, "dara", 4, 16, 0},
	{"Rotate the keys that three people know", "risk", "Of the old payment gateway. Two of the three have left.", []string{"operations"}, []string{"secrets"}, "rui", 3, 13, 6},
	{"Threat model of saved cards", "risk", "", []string{"development"}, []string{"threat model"}, "dara", 2, 9, 0},
	{"Sessions live longer than the policy says", "defect", "Thirty days in the shop's app, twelve hours on paper.", []string{"development"}, []string{"sign-in"}, "", 1, 8, 11},
	{"Old TLS versions at the partner gateway", "risk", "Two partners still speak TLS 1.0. Ask them by name before it is switched off.", []string{"operations"}, []string{"network"}, "", 1, 6, 15},
	{"Who may read the settlement files?", "risk", "", []string{"operations"}, []string{"access"}, "", 0, 1, 0},
}

// openGuards makes the team and its board, when the others are made.
func (s *story) openGuards() error {
	t := &table{s: s, crew: guards, r: rand.New(rand.NewPCG(2026, 99)), people: append([]string{guards.lead}, guards.workers...)}
	id, err := t.gather()
	if err != nil {
		return err
	}
	t.l, err = s.rooms.Boards.Create(t.as(t.crew.lead), board.NewBoard{TeamID: id, Name: t.crew.board, TimeZone: "Europe/Berlin", Template: "security"})
	s.guards = t
	return err
}

// guard tells their days, and leaves them an ask of Payments to answer.
func (s *story) guard() error {
	t := s.guards
	lead := t.as(t.crew.lead)
	for i, f := range found {
		day := s.now.AddDate(0, 0, -f.days-f.reached).Add(-time.Duration(10*(len(found)-i)) * time.Minute)
		s.clock.Set(day)
		n := card.NewCard{Title: f.title, ColumnID: t.l.Columns[0].ID, Type: f.kind, Discipline: "security", Involves: f.involves, Labels: f.labels, Description: f.text}
		if f.due > 0 {
			n.DueOn = s.now.AddDate(0, 0, f.due).Format(time.DateOnly)
		}
		made, err := s.rooms.Cards.Create(lead, t.l.ID, n)
		if err != nil {
			return err
		}
		for to := 1; to <= f.reached; to++ {
			s.clock.Set(day.AddDate(0, 0, to))
			col := t.l.Columns[to]
			met := board.Answers{Checks: map[string]bool{}}
			for _, c := range col.Checks {
				met.Checks[c.ID] = true
			}
			by := lead
			if f.by != "" && to > 1 {
				by = t.as(f.by)
			}
			if _, err := s.rooms.Cards.Move(by, made.Card.ID, card.Move{ColumnID: col.ID, Answers: met}); err != nil {
				return fmt.Errorf("%s to %s: %w", f.title, col.Name, err)
			}
			if to == 2 && f.by != "" {
				owner := []string{s.people[f.by].PersonID}
				if _, err := s.rooms.Cards.Change(by, made.Card.ID, card.Patch{OwnerIDs: &owner}); err != nil {
					return err
				}
			}
		}
	}
	s.clock.Set(s.now.Add(-100 * time.Minute))
	payments := s.tables[1]
	_, err := s.rooms.Asks.Raise(payments.as(payments.crew.lead), t.l.TeamID, ask.NewAsk{Title: "Look over the keys of the payout job with us",
		Description: "It signs with a key from 2021, and **nobody remembers** who else holds it. Half an hour with one of you would do.",
		NeededBy:    s.now.AddDate(0, 0, 9).Format(time.DateOnly), ForBoardID: payments.l.ID})
	return err
}
