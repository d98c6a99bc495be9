package ritual

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// Presenting says who presents a card; "" takes it back.
type Presenting struct {
	CardID   string `json:"cardId" maxLength:"64"`
	PersonID string `json:"personId" maxLength:"64"`
}

// Present names who presents a card of the demo.
func (s *Service) Present(ctx context.Context, id string, p Presenting) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		was, err := c.inDemo(p.CardID)
		if err != nil {
			return "", nil, err
		}
		if p.PersonID != "" {
			if err := c.known("body.personId", p.PersonID); err != nil {
				return "", nil, err
			}
		}
		if was == p.PersonID {
			return "", nil, nil
		}
		_, err = c.tx.Exec("UPDATE ritual_cards SET presenter_id = ? WHERE sitting_rid = ? AND card_id = ?", p.PersonID, c.m.RID, p.CardID)
		return "ritual.presented", news{"cardId": p.CardID, "personId": p.PersonID}, err
	})
}

// inDemo gives who presents a card; not_found when the demo does not have it.
func (c *change) inDemo(cardID string) (presenter string, err error) {
	if err := c.sits(Demo); err != nil {
		return "", err
	}
	found, err := c.tx.Row([]any{&presenter}, "SELECT presenter_id FROM ritual_cards WHERE sitting_rid = ? AND card_id = ?", c.m.RID, cardID)
	if err == nil && !found {
		err = fault.NotFound("card")
	}
	return presenter, err
}

// Marking says that a card was shown to an audience, or takes that back.
type Marking struct {
	CardID   string `json:"cardId" maxLength:"64"`
	Audience string `json:"audience" enum:"operations,security,product"`
	Shown    bool   `json:"shown"`
	Note     string `json:"note,omitempty" required:"false" maxLength:"300" doc:"What they said to it"`
}

// Mark writes down to whom a card's result was shown, with who says so and when. It stands on the card from then on.
func (s *Service) Mark(ctx context.Context, id string, n Marking) (View, error) {
	n.Note = text.Line(n.Note)
	switch {
	case !slices.Contains(Audiences, n.Audience):
		return View{}, fault.Invalid("body.audience", "An audience is one of %s", strings.Join(Audiences, ", "))
	case utf8.RuneCountInString(n.Note) > maxNote:
		return View{}, fault.Invalid("body.note", "A note has at most %d characters", maxNote)
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if _, err := c.inDemo(n.CardID); err != nil {
			return "", nil, err
		}
		var rid int64
		var note string
		there, err := c.tx.Row([]any{&rid, &note}, "SELECT rid, note FROM demo_marks WHERE card_id = ? AND audience = ? AND removed_at IS NULL", n.CardID, n.Audience)
		if err != nil || there == n.Shown && (!there || note == n.Note) {
			return "", nil, err
		}
		said := ""
		switch now := store.Ms(c.tx.Now); {
		case !n.Shown:
			said = "took back that it was shown to " + n.Audience
			_, err = c.tx.Exec("UPDATE demo_marks SET removed_at = ? WHERE rid = ?", now, rid)
		case there:
			_, err = c.tx.Exec("UPDATE demo_marks SET note = ? WHERE rid = ?", n.Note, rid)
		default:
			said = "showed it to " + n.Audience
			_, err = c.tx.Exec("INSERT INTO demo_marks (card_id, audience, sitting_rid, by_id, at, note) VALUES (?,?,?,?,?,?)",
				n.CardID, n.Audience, c.m.RID, c.tx.ActorID, now, n.Note)
		}
		if err != nil {
			return "", nil, err
		}
		in, err := s.cards.In(c.tx, c.v, n.CardID)
		if err != nil {
			return "", nil, err
		}
		return "ritual.marked", news{"cardId": n.CardID}, in.Show(said)
	})
}
