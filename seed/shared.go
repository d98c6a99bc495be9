package seed

import (
	"time"

	"trestle/server/card"
)

// shared is what the teams have with one another: a card of Platform that Checkout shows on its board, a card of
// Payments that waits for one of Platform, and blockers raised to people outside the team.
func (s *story) shared() error {
	by := map[string]*table{}
	for _, t := range s.tables {
		by[t.crew.key] = t
	}
	checkout, payments, platform := by["CHK"], by["PAY"], by["PLT"]
	if on := platform.in(review); len(on) > 0 {
		if _, err := s.rooms.Cards.Mirror(checkout.as("chidi"), on[0].id, card.NewMirror{BoardID: checkout.l.ID, ColumnID: checkout.l.Columns[shape].ID}); err != nil {
			return err
		}
	}
	if waiting, on := payments.in(shape), platform.in(build); len(waiting) > 0 && len(on) > 0 {
		if _, err := s.rooms.Cards.Wait(payments.as("omar"), waiting[0].id, card.NewWait{Card: on[0].id}); err != nil {
			return err
		}
	}
	to := []string{"ivo", "petra"}
	for _, p := range payments.oldest(build) {
		if p.blocker == "" || len(to) == 0 {
			continue
		}
		if _, err := s.rooms.Cards.Raise(payments.as("omar"), p.blocker, s.people[to[0]].PersonID); err != nil {
			return err
		}
		to = to[1:]
	}
	for _, p := range payments.oldest(review) {
		if p.blocker == "" || len(to) == 0 {
			continue
		}
		if _, err := s.rooms.Cards.Raise(payments.as("omar"), p.blocker, s.people[to[0]].PersonID); err != nil {
			return err
		}
		day := s.clock.Now().In(payments.l.Location()).AddDate(0, 0, 2).Format(time.DateOnly)
		if _, err := s.rooms.Cards.Promise(s.as(to[0]), p.blocker, day); err != nil {
			return err
		}
		to = to[1:]
	}
	return nil
}
