package card

import (
	"context"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Says is what a move changes of what the card says, in the same step: what the row of a board stands for into
// which it is let go. Its class is a part of the move itself, because limits look at it.
type Says struct {
	Type       *string         `json:"type,omitempty" required:"false" enum:"feature,defect,incident,risk,debt,toil,improvement,ask"`
	Discipline *string         `json:"discipline,omitempty" required:"false" enum:"development,operations,security,product,quality,other"`
	Involves   *[]string       `json:"involves,omitempty" required:"false" maxItems:"6"`
	OwnerIDs   *[]string       `json:"ownerIds,omitempty" required:"false" maxItems:"20"`
	Labels     *[]string       `json:"labels,omitempty" required:"false" maxItems:"30"`
	ParentID   web.Opt[string] `json:"parentId,omitzero" required:"false" doc:"Id or key of the card that this one is a part of, or null"`
}

// patch is the same as a change of the card, stale after the same version as the move.
func (y *Says) patch(ctx context.Context, s *Service, version *int64) (p Patch, also []string) {
	p = Patch{Type: y.Type, Discipline: y.Discipline, Involves: y.Involves, OwnerIDs: y.OwnerIDs, Labels: y.Labels, ParentID: y.ParentID, Version: version}
	if p.ParentID.Set {
		also = []string{familyTopic}
		p.adopt = func(e *edit) error { return e.adopt(ctx, s, p.ParentID) }
	}
	return p, also
}

// saying does a move and what it says in one transaction: both or neither. The answer is the move's, with the
// card as it is after both.
func saying(place func(e *edit) (MoveAnswer, error), p Patch) func(e *edit) (MoveAnswer, error) {
	return func(e *edit) (MoveAnswer, error) {
		out, err := place(e)
		if err != nil {
			return MoveAnswer{}, err
		}
		changed, err := changing(p)(e)
		if err != nil {
			return MoveAnswer{}, err
		}
		out.Face = changed.Card
		return out, nil
	}
}

// onItsOwn refuses to change, by the move of a mirror, what the card says: that is done on the card itself.
func (y *Says) onItsOwn(q *store.Query, cardID string) error {
	if y == nil {
		return nil
	}
	key := "It"
	if _, err := q.Row([]any{&key}, "SELECT key FROM cards WHERE id = ?", cardID); err != nil {
		return err
	}
	return fault.Invalid("body.set", "%s belongs to another board. What it says is changed on the card itself.", key)
}
