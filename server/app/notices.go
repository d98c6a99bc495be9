package app

import (
	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// sight tells the notices, which come before the boards, who may see a board.
type sight struct{ boards *board.Service }

func (s sight) CanSee(q *store.Query, v who.Viewer, boardID string) (bool, error) {
	_, err := s.boards.See(q, v, boardID)
	if fault.Is(err, "not_found") {
		return false, nil
	}
	return err == nil, err
}
