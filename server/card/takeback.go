package card

import (
	"encoding/json"
	"math"
	"slices"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

// takingBack undoes what the event with this sequence did to the card: a move, changed fields, archiving. What
// somebody changed since is not overwritten (stale).
func takingBack(seq int64) func(e *edit) (Changed, error) {
	return func(e *edit) (Changed, error) {
		events, err := store.EventsIn(e.tx.Query, event.BoardTopic(e.l.ID), seq-1, 1)
		if err != nil {
			return Changed{}, err
		}
		var did struct {
			Card struct {
				ID      string
				Version int64
			}
			Fields []string
			Before json.RawMessage
		}
		if len(events) != 1 || events[0].Seq != seq || json.Unmarshal(events[0].Data, &did) != nil || did.Card.ID != e.card.ID {
			return Changed{}, fault.Invalid("body.undo", "That is not a change of this card")
		}
		switch events[0].Type {
		case "card.moved":
			out, err := undoing(seq)(e)
			return Changed{Card: out.Face, Seq: out.Seq}, err
		case "card.archived":
			if e.card.ArchivedAt == nil || e.card.Fields["archived"] != did.Card.Version {
				return Changed{}, changedSince(e, "archived")
			}
			return restoring(RestoreTo{Reason: "Undone"})(e)
		case "card.updated":
			if slices.Contains(did.Fields, "place") || slices.Contains(did.Fields, "description") {
				break
			}
			for _, f := range did.Fields {
				if e.card.Fields[f] != did.Card.Version {
					return Changed{}, changedSince(e, f)
				}
			}
			p := Patch{}
			if err := json.Unmarshal(did.Before, &p); err != nil {
				return Changed{}, err
			}
			p.Reason = "Undone"
			return changing(p)(e)
		}
		return Changed{}, fault.Invalid("body.undo", "That is no change that can be taken back here")
	}
}

func changedSince(e *edit, field string) error {
	return staleFault("Somebody changed it since. It stays as it is.", []string{field}, FaceOf(e.card, e.l))
}

// farBack is how many later events of a card are looked at to find that it stands where a move put it.
const farBack = 200

// stillStands says whether the card is where the move with this sequence put it: nothing moved it since, or
// whatever did was taken back.
func (e *edit) stillStands(seq, version int64, columnID string) (bool, error) {
	if e.card.Fields["place"] == version {
		return true, nil
	}
	if at := e.l.ColumnByRID(e.card.Place.ColumnRID); at == nil || at.ID != columnID {
		return false, nil
	}
	later, err := store.EventsAbout(e.tx.Query, event.BoardTopic(e.l.ID), e.card.ID, math.MaxInt64, farBack)
	if err != nil {
		return false, err
	}
	undone := map[int64]bool{}
	for _, x := range later { // newest first, so that an undo comes before what it took back
		if x.Seq <= seq {
			return !undone[seq], nil
		}
		var did struct {
			Fields []string
			UndoOf int64
		}
		if err := json.Unmarshal(x.Data, &did); err != nil {
			return false, err
		}
		switch {
		case x.Type == "card.moved" && did.UndoOf != 0:
			undone[did.UndoOf] = true
		case x.Type == "card.moved" && !undone[x.Seq], slices.Contains(did.Fields, "place"):
			return false, nil
		}
	}
	return false, nil
}
