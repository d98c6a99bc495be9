package seed

import (
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/card"
)

// today leaves each board as its team finds it this morning: Checkout with a fire, a full Build and an
// overfull Review, the others with their own small troubles.
func (t *table) today() error {
	t.s.clock.Set(t.s.now.Add(-25 * time.Minute))
	if n := 6 - len(t.in(ready)); n > 0 {
		if err := t.ask(n); err != nil {
			return err
		}
	}
	if t.crew.key == "CHK" {
		if err := t.rush(); err != nil {
			return err
		}
	}
	if err := t.trouble(); err != nil {
		return err
	}
	if err := t.signals(); err != nil {
		return err
	}
	if err := t.views(); err != nil {
		return err
	}
	if err := t.full(); err != nil {
		return err
	}
	if err := t.waiting(); err != nil {
		return err
	}
	if err := t.leadsWork(); err != nil {
		return err
	}
	return t.notices()
}

// leadsWork gives who leads the team a card in Build and one in Review: leads work like everybody else.
func (t *table) leadsWork() error {
	for _, column := range []int{build, review} {
		cards := t.oldest(column)
		slices.Reverse(cards)
		for _, p := range cards {
			if p.expedite || p.blocker != "" || p.discipline != "development" {
				continue
			}
			p.owner = t.crew.lead
			if _, err := t.s.rooms.Cards.Change(t.as(p.owner), p.id, card.Patch{OwnerIDs: &[]string{t.s.people[p.owner].PersonID}}); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// rush fills Build to its limit and Review past it.
func (t *table) rush() error {
	for _, p := range t.cards {
		if p.expedite && p.column < finished {
			if _, err := t.to(p, finished, ""); err != nil {
				return err
			}
		}
	}
	const reason = "The sale starts on Monday"
	for len(t.in(review)) < t.crew.review+1 && len(t.in(build)) > 0 {
		if moved, err := t.to(t.oldest(build)[0], review, reason); err != nil || !moved {
			return err
		}
	}
	fire := item{title: "Checkout 502 on saved cards", kind: "incident", discipline: "operations", involves: []string{"development"},
		class: board.Expedite, labels: []string{"incident"}}
	if err := t.add(fire, build, "Customers cannot buy"); err != nil {
		return err
	}
	if err := t.own(t.cards[len(t.cards)-1]); err != nil {
		return err
	}
	for len(t.in(build)) < t.crew.build && len(t.in(shape)) > 0 {
		if moved, err := t.to(t.oldest(shape)[0], build, ""); err != nil || !moved {
			return err
		}
	}
	for _, p := range t.in(ready) {
		if len(t.in(shape)) >= 3 {
			break
		}
		if err := t.own(p); err != nil {
			return err
		}
		if _, err := t.to(p, shape, ""); err != nil {
			return err
		}
	}
	if n := 6 - len(t.in(ready)); n > 0 {
		return t.ask(n)
	}
	return nil
}

// trouble makes sure that something waits for somebody: the oldest card in Build and in Review.
func (t *table) trouble() error {
	for _, at := range []struct {
		column int
		cause
	}{
		{build, cause{"deployment", "DBA window on Tuesday", "Operations"}},
		{review, cause{"review", "Needs a second reviewer", ""}},
	} {
		if t.crew.key == "PLT" && at.column == review {
			continue
		}
		for _, p := range t.oldest(at.column) {
			if p.blocker != "" {
				break
			}
			if p.expedite || p.owner == "" {
				continue
			}
			if err := t.block(p, at.cause, 9); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// signals sets the chips that the pipelines would have set.
func (t *table) signals() error {
	for i, p := range t.in(review) {
		state, text := "ok", "CI"
		if i == 2 {
			state, text = "failed", "CI failed"
		}
		if err := t.signal(p, "ci", state, text, 72*time.Hour); err != nil {
			return err
		}
	}
	for i, p := range t.in(build) {
		if i%3 == 1 {
			if err := t.signal(p, "ci", "ok", "CI", 72*time.Hour); err != nil {
				return err
			}
		}
		if i == 3 {
			if err := t.signal(p, "ci", "failed", "CI failed", 72*time.Hour); err != nil {
				return err
			}
		}
	}
	for i, p := range t.in(deploy) {
		if i == 0 {
			if err := t.signal(p, "canary", "running", "Canary 25 %", 24*time.Hour); err != nil {
				return err
			}
		}
	}
	return nil
}
