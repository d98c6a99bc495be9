package seed

import (
	"fmt"
	"time"

	"trestle/server/ritual"
)

// heldRituals are Search's on the working day before today: a replenishment with words on its first cards, and a demo of
// what was finished, with what it did not come to left for the next one.
func (t *table) heldRituals(morning time.Time) error {
	at := t.s.workdayBefore(t.l.Location())
	if t.crew.key != "SRC" || !sameDay(at, morning) {
		return nil
	}
	room := t.s.rooms.Rituals
	ids := map[string]string{}
	for n, kind := range []string{ritual.Replenishment, ritual.Demo} {
		v, err := room.Create(t.as(t.crew.lead), ritual.NewSeries{BoardID: t.l.ID, Kind: kind, Schedule: &ritual.Schedule{
			Days: []int{2 + 2*n}, At: "11:00", TimeZone: "Europe/Berlin", EveryWeeks: 2, From: t.s.now.Format(time.DateOnly)}})
		if err != nil {
			return err
		}
		ids[kind] = v.Series.ID
		if _, err := room.Start(t.as(t.crew.lead), v.Series.ID); err != nil {
			return err
		}
		for _, nick := range []string{t.crew.lead, "bo", "wes", "eli"} {
			if _, err := room.Join(t.as(nick), v.Series.ID); err != nil {
				return err
			}
		}
	}
	if err := t.replenish(ids[ritual.Replenishment]); err != nil {
		return fmt.Errorf("replenishment: %w", err)
	}
	if err := t.show(ids[ritual.Demo]); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

func (t *table) replenish(id string) error {
	room := t.s.rooms.Rituals
	for n, p := range t.in(ready)[:min(4, len(t.in(ready)))] {
		cardID := p.id
		says := ritual.Saying{CardID: cardID, Says: ritual.Yes}
		if n == 1 {
			says = ritual.Saying{CardID: cardID, Says: ritual.NotYet, Because: "nobody has said what load it brings"}
		}
		for _, nick := range []string{"bo", t.crew.lead} {
			if _, err := room.Say(t.as(nick), id, says); err != nil {
				return err
			}
			says = ritual.Saying{CardID: cardID, Says: ritual.Yes}
		}
	}
	t.s.clock.Set(t.s.clock.Now().Add(18 * time.Minute))
	_, err := room.End(t.as(t.crew.lead), id)
	return err
}

// show tells the demo: all but the last card, each to operations.
func (t *table) show(id string) error {
	room := t.s.rooms.Rituals
	v, err := room.Get(t.as(t.crew.lead), id)
	if err != nil {
		return err
	}
	cards := v.Sitting.Demo.Cards
	for n := range min(len(cards)-1, 4) {
		t.s.clock.Set(t.s.clock.Now().Add(4 * time.Minute))
		if _, err := room.Mark(t.as(t.crew.lead), id, ritual.Marking{CardID: cards[n].CardID, Audience: "operations", Shown: true}); err != nil {
			return err
		}
		if _, err := room.Advance(t.as(t.crew.lead), id, ritual.Step{From: n, To: n + 1, Outcome: ritual.Shown}); err != nil {
			return err
		}
	}
	_, err = room.End(t.as(t.crew.lead), id)
	return err
}
