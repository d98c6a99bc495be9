package card

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Pull asks for the next card.
type Pull struct {
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"The queue; the one before the start when absent"`
	CardID   string `json:"cardId,omitempty" required:"false" maxLength:"64" doc:"The card that the checks were answered for: refused as next_changed when another one is next"`
	board.Answers
}

// Brief names a card.
type Brief struct {
	ID       string   `json:"id"`
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	OwnerIDs []string `json:"ownerIds"`
}

func briefOf(c *Card) Brief { return Brief{c.ID, c.Key, c.Title, list(c.Face.OwnerIDs)} }

// Pulled is the card that was pulled, where from and where to, and who owned it before.
type Pulled struct {
	MoveAnswer
	FromColumnID string   `json:"fromColumnId"`
	OwnersBefore []string `json:"ownersBefore"`
}

// pullLook is how many cards of a queue are looked at for one that may come in.
const pullLook = 100

// Pull takes the first card of a queue that is not blocked and that limits allow, gives it to who pulls, and
// moves it to the next active column through the same admission as every move. Two people who pull at once get
// two cards. When there is none, nothing_to_pull says why, with the cards that are in the way.
func (s *Service) Pull(ctx context.Context, boardID string, p Pull) (Pulled, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, []string{event.BoardTopic(boardID)}, func(tx *store.Tx) (Pulled, error) {
		seen, err := s.boards.SeeTx(tx, v, boardID)
		if err != nil {
			return Pulled{}, err
		}
		if !seen.Rights.CanWork() {
			return Pulled{}, fault.Forbidden("Your role on this team may look, but not pull cards.")
		}
		if v.PersonID == "" {
			return Pulled{}, fault.Forbidden("Only a person can pull a card: it becomes theirs.")
		}
		if err := seen.Open(); err != nil {
			return Pulled{}, err
		}
		from, to, err := seen.PullWay(p.ColumnID)
		if err != nil {
			return Pulled{}, err
		}
		next, t, a, err := s.pickNext(tx, seen, from, to, p)
		if err != nil {
			return Pulled{}, err
		}
		e := &edit{tx: tx, l: seen.Layout, seen: seen, card: next, s: s}
		out := Pulled{FromColumnID: from.ID, OwnersBefore: list(slices.Clone(next.Face.OwnerIDs))}
		if err := e.own(v.PersonID); err != nil {
			return Pulled{}, err
		}
		key, respread, err := keyFor(tx, to.RID, next.RID, Beside{})
		if err != nil {
			return Pulled{}, err
		}
		out.MoveAnswer, err = e.move(t, key, respread, a, nil)
		return out, err
	})
}

// own adds an owner to the card, with its event.
func (e *edit) own(personID string) error {
	before := list(slices.Clone(e.card.Face.OwnerIDs))
	if slices.Contains(before, personID) {
		return nil
	}
	if err := setOwners(e.tx, e.l, e.card, append(slices.Clone(before), personID)); err != nil {
		return err
	}
	_, err := e.saved("card.updated", map[string]any{"fields": []string{"ownerIds"}, "before": map[string]any{"ownerIds": before}}, "ownerIds")
	return err
}

// pickNext goes through the queue in its order and gives the first card that may come in.
func (s *Service) pickNext(tx *store.Tx, seen board.Seen, from, to *board.Column, p Pull) (*Card, target, board.Admission, error) {
	var none board.Admission
	queue, err := inOrder(tx, from.RID, pullLook)
	if err != nil {
		return nil, target{}, none, err
	}
	var full error
	blocked := 0
	for _, c := range queue {
		c.BoardID = seen.ID
		if len(c.Face.Blockers) > 0 {
			blocked++
			continue
		}
		t := target{column: to, laneRID: c.Place.LaneRID, class: c.Class, answers: p.Answers}
		e := &edit{tx: tx, l: seen.Layout, seen: seen, card: c, s: s}
		a, err := e.admit(t)
		f, refused := fault.As(err)
		if err != nil && !refused {
			return nil, t, none, err
		}
		if refused && (f.Code == "wip_limit" || asksFor(f, "limit")) { // another card may be let in where this one is not
			if full == nil {
				full = err
			}
			continue
		}
		if p.CardID != "" && p.CardID != c.ID {
			return nil, t, none, fault.Conflict("next_changed", "Somebody else was quicker: %s is next now.", c.Key).With("card", briefOf(c))
		}
		if refused {
			return nil, t, none, f.With("card", briefOf(c)).With("columnId", to.ID)
		}
		return c, t, a, nil
	}
	return nil, target{}, none, nothing(tx, from, to, len(queue), blocked, full)
}

func asksFor(f *fault.Fault, need string) bool {
	needs, _ := f.Extra["needs"].([]string)
	return f.Code == "reason_required" && slices.Contains(needs, need)
}

// inOrder reads the first cards of a column that belong to the board.
func inOrder(tx *store.Tx, columnRID int64, n int) ([]*Card, error) {
	var out []*Card
	err := tx.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		out = append(out, c)
		return err
	}, "SELECT "+cardColumns+cardTables+"WHERE p.column_rid = ? AND p.archived = FALSE ORDER BY p.pos, c.id LIMIT ?", columnRID, n)
	return out, err
}

// nothing says why no card could be pulled, and which cards are in the way.
func nothing(tx *store.Tx, from, to *board.Column, n, blocked int, full error) error {
	none := func(why, format string, args ...any) *fault.Fault {
		return fault.Conflict("nothing_to_pull", format, args...).With("why", why).With("column", to.ID)
	}
	f, isFull := fault.As(full)
	switch {
	case n == 0:
		return none("empty", "%s is empty. Help with what is in progress, or fill it together.", from.Name)
	case !isFull:
		return none("blocked", "Every card in %s is blocked. What would unblock one?", from.Name)
	}
	// oldest first: what has been there the longest is what to help with
	inside, err := inOrder(tx, to.RID, pullLook)
	if err != nil {
		return err
	}
	slices.SortStableFunc(inside, func(a, b *Card) int { return int(a.Place.EnteredAt - b.Place.EnteredAt) })
	cards, keys := []Brief{}, []string{}
	for _, c := range inside[:min(len(inside), topPlaces)] {
		cards, keys = append(cards, briefOf(c)), append(keys, c.Key)
	}
	name := to.Name
	if x, ok := f.Extra["limit"].(*board.Exceeded); ok {
		name = x.Name
	}
	text := fmt.Sprintf("%s is full: finish something there first.", name)
	if len(keys) > 0 {
		text = fmt.Sprintf("%s is full: finish or help with one of %s.", name, strings.Join(keys, ", "))
	}
	if blocked > 0 {
		text += fmt.Sprintf(" (%d more in %s cannot be pulled because they are blocked.)", blocked, from.Name)
	}
	return none("full", "%s", text).With("limit", f.Extra["limit"]).With("cards", cards)
}
