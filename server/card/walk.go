package card

import (
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// Walked are the cards that a board's standup walks, in no order: the board's own that are started and not finished,
// and what is expedite wherever it stands.
func Walked(q *store.Query, l *board.Layout) ([]Face, error) {
	var out []Face
	err := q.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		if err == nil {
			out = append(out, FaceOf(c, l))
		}
		return err
	}, "SELECT "+strings.Replace(cardColumns, "c.description", "CASE WHEN c.description = '' THEN '' ELSE '1' END", 1)+cardTables+
		`WHERE c.board_rid = ? AND p.archived = FALSE AND c.finished_at IS NULL AND (c.started_at IS NOT NULL OR c.class = 'expedite')`, l.RID)
	return out, err
}

// Lapsed are those of some cards whose checklists hold an answer that is not good any more, by id.
func (s *Service) Lapsed(q *store.Query, cards []Face, now time.Time) (map[string]bool, error) {
	if s.lists == nil || len(cards) == 0 {
		return nil, nil
	}
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	return s.lists.Lapsed(q, ids, now)
}

// On gives the id of a card that belongs to a board, by its id or key; "" when there is none.
func On(q *store.Query, boardRID int64, idOrKey string) (id string, err error) {
	_, err = q.Row([]any{&id}, "SELECT id FROM cards WHERE board_rid = ? AND (id = ? OR key = ?)", boardRID, idOrKey, strings.ToUpper(idOrKey))
	return id, err
}
