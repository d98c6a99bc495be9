package port

import (
	"time"

	"trestle/server/store"
)

func (c *checker) date(what, s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil && s != "" {
		c.fail("%s in it is no date", what)
	}
	return s
}

// waits checks that cards wait for cards of the file, each once and in no circle.
func (c *checker) waits(b *inBoard, cards map[string]bool) {
	on := map[string][]string{}
	for i := range b.cards {
		x := &b.cards[i]
		seen := map[string]bool{x.id: true}
		for k := range x.blockers {
			w := &x.blockers[k]
			if w.waitsFor == "" {
				continue
			}
			if w.closedAt != nil || seen[w.waitsFor] {
				c.fail("a card in it waits for itself, twice for another one, or with a closed blocker")
				return
			}
			seen[w.waitsFor] = true
			on[x.id] = append(on[x.id], c.ref("card", w.waitsFor, cards))
		}
	}
	const begun, done = 1, 2
	state := map[string]int{}
	var circle func(id string) bool
	circle = func(id string) bool {
		if state[id] != 0 {
			return state[id] == begun
		}
		state[id] = begun
		for _, next := range on[id] {
			if circle(next) {
				return true
			}
		}
		state[id] = done
		return false
	}
	for id := range on {
		if circle(id) {
			c.fail("cards in it wait for one another in a circle")
			return
		}
	}
}

// stageWaits ties the blockers of a card to the cards that it waits for; of finds a card that came with this import
// or an earlier one. Where that card is finished by now the blocker stays, for somebody to close.
func stageWaits(tx *store.Tx, st *stagedBoard, c *inCard, rid int64, of func(id string) (int64, bool, error)) error {
	for k, b := range c.blockers {
		if b.waitsFor == "" {
			continue
		}
		on, found, err := of(b.waitsFor)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO waits (card_rid, on_rid, blocker_rid, actor_id, from_at)
			SELECT k.card_rid, o.rid, k.rid, ?, k.opened_at FROM blockers k JOIN cards o ON o.rid = ?
			WHERE o.finished_at IS NULL AND o.archived_at IS NULL AND k.rid = (SELECT rid FROM blockers WHERE card_rid = ? ORDER BY rid LIMIT 1 OFFSET ?)`,
			st.person(b.openedBy), on, rid, k); err != nil {
			return err
		}
	}
	return nil
}
