package ritual

import (
	"context"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// maxSaid is how long a note of a demo is.
const maxSaid = 1000

// Note is what somebody said of a card in a demo. Its words are the comment's: whoever edits or removes that, does so
// here too.
type Note struct {
	ID     string    `json:"id" doc:"Of the comment"`
	ByID   string    `json:"byId"`
	ByName string    `json:"byName"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// notesIn reads the notes of sittings into out, by sitting and card.
func notesIn(q *store.Query, out map[int64]map[string][]Note, marks string, args []any) error {
	return q.Each(func(scan func(...any) error) error {
		var n Note
		var rid, at int64
		var cardID string
		err := scan(&rid, &cardID, &n.ID, &n.ByID, &n.ByName, &n.Text, &at)
		n.At = store.At(at)
		if out[rid] == nil {
			out[rid] = map[string][]Note{}
		}
		out[rid][cardID] = append(out[rid][cardID], n)
		return err
	}, `SELECT n.sitting_rid, n.card_id, c.id, c.author_id, c.author_name, c.text, c.at FROM ritual_notes n JOIN comments c ON c.id = n.comment_id
		WHERE n.sitting_rid IN (`+marks+`) AND c.removed_at IS NULL ORDER BY c.rid`, args...)
}

// NewNote is something said of a card.
type NewNote struct {
	CardID string `json:"cardId" maxLength:"64"`
	Text   string `json:"text" minLength:"1" maxLength:"1000"`
}

// Note writes down what was said of a card. It is for everybody who takes part, guests too: they are whom it is shown to.
func (s *Service) Note(ctx context.Context, id string, n NewNote) (View, error) {
	n.Text = text.Line(n.Text)
	if l := utf8.RuneCountInString(n.Text); l == 0 || l > maxSaid {
		return View{}, fault.Invalid("body.text", "A note has 1 to %d characters", maxSaid)
	}
	said, err := s.cards.Spoken(ctx, n.CardID, n.Text)
	if err != nil {
		return View{}, err
	}
	return s.on(ctx, id, toJoin, func(c *change) (string, news, error) {
		if _, err := c.inDemo(n.CardID); err != nil {
			return "", nil, err
		}
		in, err := s.cards.In(c.tx, c.v, n.CardID)
		if err != nil {
			return "", nil, err
		}
		if err := in.Live(); err != nil {
			return "", nil, err
		}
		commentID, err := in.Speak(said)
		if err != nil {
			return "", nil, err
		}
		_, err = c.tx.Exec("INSERT INTO ritual_notes (sitting_rid, card_id, comment_id) VALUES (?,?,?)", c.m.RID, n.CardID, commentID)
		return "ritual.noted", news{"cardId": n.CardID}, err
	})
}
