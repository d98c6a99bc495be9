package card

import (
	"net/http"

	"trestle/server/fault"
	"trestle/server/rank"
	"trestle/server/store"
)

// Beside says where in a column a card goes: after or before a neighbour; neither = the end.
type Beside struct {
	AfterID  string `json:"afterId,omitempty" required:"false" maxLength:"64"`
	BeforeID string `json:"beforeId,omitempty" required:"false" maxLength:"64"`
}

func (b Beside) check(cardID string) error {
	if b.AfterID != "" && b.BeforeID != "" {
		return fault.Invalid("body.beforeId", "Name the card before or the card after, not both")
	}
	if cardID != "" && (b.AfterID == cardID || b.BeforeID == cardID) {
		return fault.Invalid("body.afterId", "A card cannot be placed beside itself")
	}
	return nil
}

// keyFor makes the order key of a place in a column, under the board's lock. A key that grows past
// rank.MaxLen gives the whole column fresh ones; respread then holds every card's new key.
func keyFor(tx *store.Tx, columnRID, cardRID int64, b Beside) (key string, respread []PosOf, err error) {
	low, high, err := neighbours(tx.Query, columnRID, cardRID, b)
	if err != nil {
		return "", nil, err
	}
	key, err = rank.Between(low, high)
	if err != nil || len(key) <= rank.MaxLen {
		return key, nil, err
	}
	if respread, err = spread(tx, columnRID, cardRID); err != nil {
		return "", nil, err
	}
	if low, high, err = neighbours(tx.Query, columnRID, cardRID, b); err != nil {
		return "", nil, err
	}
	key, err = rank.Between(low, high)
	return key, respread, err
}

// neighbours gives the keys between which the place lies; "" is an open end. Cards that share a key are
// passed together.
func neighbours(q *store.Query, columnRID, cardRID int64, b Beside) (low, high string, err error) {
	anchor := b.AfterID
	if anchor == "" {
		anchor = b.BeforeID
	}
	if anchor == "" {
		_, err = q.Row([]any{&low}, "SELECT pos FROM places WHERE column_rid = ? AND archived = FALSE AND card_rid <> ? ORDER BY pos DESC LIMIT 1", columnRID, cardRID)
		return low, "", err
	}
	var pos string
	found, err := q.Row([]any{&pos}, `SELECT p.pos FROM cards c JOIN places p ON p.card_rid = c.rid
		WHERE c.id = ? AND p.column_rid = ? AND p.archived = FALSE`, anchor, columnRID)
	if err != nil {
		return "", "", err
	}
	if !found {
		return "", "", fault.Of(http.StatusUnprocessableEntity, "anchor_gone", "The card beside which this one should go is not in that column.")
	}
	if b.AfterID != "" {
		_, err = q.Row([]any{&high}, "SELECT pos FROM places WHERE column_rid = ? AND archived = FALSE AND card_rid <> ? AND pos > ? ORDER BY pos LIMIT 1", columnRID, cardRID, pos)
		return pos, high, err
	}
	_, err = q.Row([]any{&low}, "SELECT pos FROM places WHERE column_rid = ? AND archived = FALSE AND card_rid <> ? AND pos < ? ORDER BY pos DESC LIMIT 1", columnRID, cardRID, pos)
	return low, pos, err
}

// PosOf is a card's new order key.
type PosOf struct {
	ID  string `json:"id"`
	Pos string `json:"pos"`
}

// spread gives every other card of the column a fresh short key, in the order they have.
func spread(tx *store.Tx, columnRID, exceptRID int64) ([]PosOf, error) {
	var rids []int64
	var out []PosOf
	err := tx.Each(func(scan func(...any) error) error {
		var rid int64
		var p PosOf
		if err := scan(&rid, &p.ID); err != nil {
			return err
		}
		rids, out = append(rids, rid), append(out, p)
		return nil
	}, `SELECT p.card_rid, c.id FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.column_rid = ? AND p.archived = FALSE AND p.card_rid <> ?
		ORDER BY p.pos, c.id`, columnRID, exceptRID)
	if err != nil {
		return nil, err
	}
	for i, key := range rank.Spread(len(rids)) {
		out[i].Pos = key
		if _, err := tx.Exec("UPDATE places SET pos = ? WHERE column_rid = ? AND card_rid = ?", key, columnRID, rids[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
