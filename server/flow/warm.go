package flow

import (
	"context"
	"time"

	"trestle/server/event"
	"trestle/server/store"
)

const (
	// warmSince so long something has happened on a board that is in use.
	warmSince = 7 * 24 * time.Hour
	// warmCards are read ahead at most, of all boards together: a third of what may be kept.
	warmCards = keptItems / 3
)

// Warm reads the records of boards in use before anybody asks for them, those with the longest histories first: they are the
// ones for which somebody would wait.
func (s *Service) Warm(ctx context.Context) error {
	q := s.store.Rows(ctx)
	type known struct {
		id    string
		cards int
	}
	var boards []known
	err := q.Each(func(scan func(...any) error) error {
		var b known
		err := scan(&b.id, &b.cards)
		boards = append(boards, b)
		return err
	}, `SELECT b.id, COUNT(*) FROM boards b JOIN cards c ON c.board_rid = b.rid WHERE b.archived_at IS NULL AND b.staged_at IS NULL
		AND EXISTS (SELECT 1 FROM card_transitions t WHERE t.board_rid = b.rid AND t.at >= ?) GROUP BY b.id ORDER BY 2 DESC`, store.Ms(s.store.Now().Add(-warmSince)))
	room := warmCards
	for _, b := range boards {
		if err != nil || ctx.Err() != nil {
			return err
		}
		if b.cards > room {
			continue
		}
		room -= b.cards
		err = s.warm(q, b.id)
	}
	return err
}

func (s *Service) warm(q *store.Query, boardID string) error {
	seq, _, err := store.TopicIn(q, event.BoardTopic(boardID))
	if err != nil {
		return err
	}
	l, err := s.boards.LayoutIn(q, boardID)
	if err != nil || l == nil {
		return err
	}
	_, err = s.upToDate(q, l, seq)
	return err
}
