package standup

import (
	"context"
	"fmt"

	"trestle/server/account"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// helps begins the comment that the card gets.
const helps = "In the standup: "

// Help notes that somebody helps with a card. The first time the card says so in a comment, they hear of its changes
// from now on, and are told.
func (s *Service) Help(ctx context.Context, id, cardID, personID string) (View, error) {
	return s.inMeeting(ctx, id, "standup.helped", func(w *sitting) (bool, error) {
		cardID, err := w.card(cardID)
		if err != nil {
			return false, err
		}
		if err := w.people("body.personId", personID); err != nil {
			return false, err
		}
		var helps bool
		known, err := w.tx.Row([]any{&helps}, "SELECT helps FROM standup_helpers WHERE meeting_rid = ? AND card_id = ? AND person_id = ?", w.m.RID, cardID, personID)
		if err != nil || (known && helps) {
			return false, err
		}
		if known {
			_, err := w.tx.Exec("UPDATE standup_helpers SET helps = TRUE WHERE meeting_rid = ? AND card_id = ? AND person_id = ?", w.m.RID, cardID, personID)
			return true, err
		}
		if _, err := w.tx.Insert("INSERT INTO standup_helpers (meeting_rid, card_id, person_id, at) VALUES (?,?,?,?)", w.m.RID, cardID, personID, store.Ms(w.tx.Now)); err != nil {
			return false, err
		}
		return true, w.ask(cardID, personID)
	})
}

// ask tells a card and its new helper of each other.
func (w *sitting) ask(cardID, personID string) error {
	in, err := w.s.cards.In(w.tx, w.v, cardID)
	if err != nil {
		return err
	}
	if in.Card().ArchivedAt != nil {
		return fault.Conflict("archived", "%s is archived. Restore it first.", in.Card().Key)
	}
	var name string
	if _, err := w.tx.Row([]any{&name}, "SELECT name FROM people WHERE id = ?", personID); err != nil {
		return err
	}
	if err := in.Watch(personID); err != nil {
		return err
	}
	if _, err := in.Say(helps + name + " helps with this."); err != nil {
		return err
	}
	c := in.Card()
	return notice.Post(w.tx, notice.Note{Kind: "standup.helped", To: []string{personID}, BoardID: w.r.BoardID, CardID: c.ID, CardKey: c.Key,
		Title: fmt.Sprintf("You help with %s “%s”, said in %s", c.Key, c.Title, w.r.Name), Link: "/c/" + c.Key})
}

// Unhelp takes that back; the comment and the watching stay.
func (s *Service) Unhelp(ctx context.Context, id, cardID, personID string) (View, error) {
	return s.inMeeting(ctx, id, "standup.helped", func(w *sitting) (bool, error) {
		cardID, err := w.card(cardID)
		if err != nil {
			return false, err
		}
		n, err := w.tx.Exec("UPDATE standup_helpers SET helps = FALSE WHERE meeting_rid = ? AND card_id = ? AND person_id = ? AND helps = TRUE", w.m.RID, cardID, personID)
		if err == nil && n == 0 {
			err = fault.NotFound("helper")
		}
		return n > 0, err
	})
}

// card finds a card of the series' board by id or key.
func (w *sitting) card(idOrKey string) (string, error) {
	id, err := card.On(w.tx.Query, w.seen.RID, idOrKey)
	if err == nil && id == "" {
		err = fault.NotFound("card")
	}
	return id, err
}

// people refuses those who are not here any more or may not see the board.
func (w *sitting) people(at string, ids ...string) error {
	known, err := account.PeopleByID(w.tx.Query, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !known[id].Active {
			return fault.Invalid(at, "Choose people who may see this board")
		}
		_, err := w.s.boards.See(w.tx.Query, who.Viewer{PersonID: id}, w.r.BoardID)
		if id == "" || fault.Is(err, "not_found") {
			return fault.Invalid(at, "Choose people who may see this board")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// board makes sure that the write holds the board's topic.
func (w *sitting) board() error { return w.tx.Widen(event.BoardTopic(w.r.BoardID)) }
