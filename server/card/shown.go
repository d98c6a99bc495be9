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

// ShownOf reads to whom cards were shown; each that was asked for is there.
func ShownOf(q *store.Query, cardIDs ...string) (map[string][]ShownTo, error) {
	out := map[string][]ShownTo{}
	for _, id := range cardIDs {
		out[id] = []ShownTo{}
	}
	return out, store.InParts(cardIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var s ShownTo
			var id string
			var at int64
			err := scan(&id, &s.Audience, &s.ByID, &s.ByName, &at, &s.Note)
			s.At = store.At(at)
			out[id] = append(out[id], s)
			return err
		}, `SELECT m.card_id, m.audience, m.by_id, COALESCE(p.name, ''), m.at, m.note FROM demo_marks m LEFT JOIN people p ON p.id = m.by_id
			WHERE m.card_id IN (`+marks+`) AND m.removed_at IS NULL ORDER BY m.card_id, m.audience`, args...)
	})
}

// Show tells the card's boards that it was shown to somebody, or is not counted as shown any more; said stands in its
// history. Who calls has written the mark.
func (in *Inside) Show(said string) error {
	_, err := in.e.saved("card.updated", map[string]any{"fields": []string{"shown"}, "said": said}, "shown")
	return err
}
