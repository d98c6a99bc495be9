package card

import (
	"time"

	"trestle/server/store"
)

// ShownTo is an audience to which a card's result was shown in a demo.
type ShownTo struct {
	Audience string    `json:"audience" enum:"operations,security,product"`
	ByID     string    `json:"byId"`
	ByName   string    `json:"byName"`
	At       time.Time `json:"at"`
	Note     string    `json:"note,omitempty"`
}

// ShownOf reads to whom a card was shown.
func ShownOf(q *store.Query, cardID string) ([]ShownTo, error) {
	out := []ShownTo{}
	err := q.Each(func(scan func(...any) error) error {
		var s ShownTo
		var at int64
		err := scan(&s.Audience, &s.ByID, &s.ByName, &at, &s.Note)
		s.At = store.At(at)
		out = append(out, s)
		return err
	}, `SELECT m.audience, m.by_id, COALESCE(p.name, ''), m.at, m.note FROM demo_marks m LEFT JOIN people p ON p.id = m.by_id
		WHERE m.card_id = ? AND m.removed_at IS NULL ORDER BY m.audience`, cardID)
	return out, err
}

// Show tells the card's boards that it was shown to somebody, or is not counted as shown any more; said stands in its
// history. Who calls has written the mark.
func (in *Inside) Show(said string) error {
	_, err := in.e.saved("card.updated", map[string]any{"fields": []string{"shown"}, "said": said}, "shown")
	return err
}
