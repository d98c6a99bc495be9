package port

import (
	"fmt"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

func (c *checker) date(what, s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil && s != "" {
		c.fail("%s in it is no date", what)
	}
	return s
}

// other checks what a blocker says of a card that is not in the file.
func (c *checker) other(b fileBlocker) *inOther {
	o := b.WaitsForOther
	if o == nil {
		return nil
	}
	if o.Key == "" || b.WaitsForID != "" || b.ClosedAt != nil || len(o.ID) > 64 {
		c.fail("a blocker in it waits for a card of another board without its key, for two cards, or when it is closed")
	}
	return &inOther{o.ID, c.text("a key", o.Key, 64)}
}

// waits checks that cards wait for cards of the file, each once and in no circle.
func (c *checker) waits(b *inBoard, cards map[string]bool) {
	on := map[string][]string{}
	for i := range b.cards {
		x := &b.cards[i]
		seen := map[string]bool{x.id: true}
		for k := range x.blockers {
			w := &x.blockers[k]
			if w.other != nil {
				if seen[" "+w.other.key] {
					c.fail("a card in it waits twice for the same card of another board")
				}
				seen[" "+w.other.key] = true
			}
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

// otherWhy is said of a blocker that lost the card it waited for; it does not tell one that is not here from one that is
// not to be seen.
const otherWhy = "They waited for cards of other boards that are not here, that you may not see, that this board must not name or that are finished: they are plain blockers, with the key in the reason"

// others finds the cards of other boards for which the file's cards wait. What cannot be waited for becomes a plain
// blocker; its reason says the key.
func (s *Service) others(q *store.Query, v who.Viewer, p *plan, n *notes) error {
	for i := range p.in.cards {
		for k := range p.in.cards[i].blockers {
			b := &p.in.cards[i].blockers[k]
			if b.other == nil {
				continue
			}
			rid, _, err := s.otherCard(q, v, p, *b.other)
			if err != nil {
				return err
			}
			if rid == 0 {
				b.reason, b.other = withKey(b.reason, b.other.key), nil
				n.change(1, "Blockers", otherWhy)
			}
		}
	}
	return nil
}

// withKey makes sure that a reason names the card.
func withKey(reason, key string) string {
	if strings.Contains(reason, key) {
		return reason
	}
	return clip(reason, 2000-len(key)-20) + fmt.Sprintf(" (waits for %s)", key)
}

// otherCard is the card of another board that a blocker of the plan's board may wait for, 0 = none: it is here under the key
// and the id of the file, the viewer sees it, it is not finished, and the plan's board may name it.
func (s *Service) otherCard(q *store.Query, v who.Viewer, p *plan, o inOther) (rid int64, boardID string, err error) {
	var id string
	found, err := q.Row([]any{&rid, &id, &boardID}, `SELECT c.rid, c.id, b.id FROM card_keys k JOIN cards c ON c.rid = k.card_rid JOIN boards b ON b.rid = c.board_rid
		WHERE k.key = ? AND c.finished_at IS NULL AND c.archived_at IS NULL AND b.archived_at IS NULL AND b.staged_at IS NULL`, o.key)
	if err != nil || !found || (o.id != "" && o.id != id) {
		return 0, "", err
	}
	seen, err := s.boards.See(q, v, boardID)
	if fault.Is(err, "not_found") {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", err
	}
	visibility := p.in.visibility
	if p.here != nil {
		visibility = p.here.Visibility
	}
	if seen.Visibility == board.TeamOnly && (visibility != board.TeamOnly || seen.TeamID != p.team.id) {
		return 0, "", nil
	}
	return rid, boardID, nil
}

// revealOthers ties the blockers of the new cards to the cards of other boards, when the new ones become visible: before,
// what happens to the others must not reach them.
func (s *Service) revealOthers(tx *store.Tx, v who.Viewer, p *plan, st *stagedBoard, boardRID int64) error {
	type tie struct {
		card  int64
		which int
		o     inOther
		by    string
	}
	var ties []tie
	for _, pl := range st.places {
		for k, b := range p.in.cards[pl.index].blockers {
			if b.other != nil {
				ties = append(ties, tie{pl.card, k, *b.other, st.person(b.openedBy)})
			}
		}
	}
	if len(ties) == 0 {
		return nil
	}
	topics := []string{event.Org}
	for _, t := range ties {
		_, boardID, err := s.otherCard(tx.Query, v, p, t.o)
		if err != nil {
			return err
		}
		if boardID != "" {
			topics = append(topics, event.BoardTopic(boardID))
		}
	}
	if err := tx.Widen(topics...); err != nil {
		return err
	}
	for _, t := range ties {
		on, _, err := s.otherCard(tx.Query, v, p, t.o) // again, under the lock
		if err != nil {
			return err
		}
		var blocker int64
		var reason string
		if _, err := tx.Row([]any{&blocker, &reason}, "SELECT rid, reason FROM blockers WHERE card_rid = ? ORDER BY rid LIMIT 1 OFFSET ?", t.card, t.which); err != nil {
			return err
		}
		if on == 0 { // finished or hidden since it was planned
			if _, err := tx.Exec("UPDATE blockers SET reason = ? WHERE rid = ?", withKey(reason, t.o.key), blocker); err != nil {
				return err
			}
			continue
		}
		if _, err := tx.Exec("INSERT INTO waits (card_rid, on_rid, blocker_rid, actor_id, from_at) SELECT card_rid, ?, rid, ?, opened_at FROM blockers WHERE rid = ?",
			on, t.by, blocker); err != nil {
			return err
		}
	}
	return card.RefreshFaces(tx, boardRID)
}
