package board

import (
	"fmt"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

const asksPolicy = "What others ask of this team. Look at it every day: accept, decline with a reason, or ask back."

// AsksColumnOf says where asks to a team land: the column declared for it last. "" when none is yet; then board is
// the one on which it will be made, "" when the team has no board at all.
func AsksColumnOf(q *store.Query, teamID string) (board, column string, err error) {
	found, err := q.Row([]any{&board, &column}, `SELECT b.id, k.id FROM columns k JOIN boards b ON b.rid = k.board_rid
		WHERE b.team_id = ? AND k.asks_at IS NOT NULL AND k.retired_at IS NULL AND b.archived_at IS NULL AND b.staged_at IS NULL
		ORDER BY k.asks_at DESC, k.rid DESC LIMIT 1`, teamID)
	if err != nil || found {
		return board, column, err
	}
	// the oldest board, rather one that everybody sees: askers like to see where they stand
	_, err = q.Row([]any{&board}, `SELECT id FROM boards WHERE team_id = ? AND archived_at IS NULL AND staged_at IS NULL
		ORDER BY CASE WHEN visibility = 'workspace' THEN 0 ELSE 1 END, created_at, rid LIMIT 1`, teamID)
	return board, "", err
}

// AsksIn gives the column for asks to a team, inside a write that holds or gets that board's topic. The first ask
// makes it, without waiting for a lead: a queue at the left end, which a lead may rename, move or declare elsewhere.
func (s *Service) AsksIn(tx *store.Tx, teamID string) (*Layout, *Column, error) {
	boardID, columnID, err := AsksColumnOf(tx.Query, teamID)
	if err != nil {
		return nil, nil, err
	}
	if boardID == "" {
		return nil, nil, fault.Conflict("no_board", "This team has no board yet, so there is no queue for what is asked of it.")
	}
	if err := tx.Widen(event.BoardTopic(boardID)); err != nil {
		return nil, nil, err
	}
	l, err := s.LayoutTx(tx, boardID)
	if err != nil {
		return nil, nil, err
	}
	if c := l.Column(columnID); c != nil {
		return l, c, nil
	}
	before := l
	l = l.copy()
	c, err := NewColumn{Name: "Asks", Kind: Queue, Policy: asksPolicy}.column(l.RID, 0)
	if err != nil {
		return nil, nil, err
	}
	if err := insertColumn(tx, &c); err != nil {
		return nil, nil, err
	}
	if err := declareAsks(tx, &c, true); err != nil {
		return nil, nil, err
	}
	l.Columns = append([]Column{c}, l.Columns...)
	if err := renumber(tx, before, l, ""); err != nil {
		return nil, nil, err
	}
	if err := s.finish(tx, before, l, "column.created", map[string]any{"columnId": c.ID}); err != nil {
		return nil, nil, err
	}
	return l, l.Column(c.ID), nil
}

// declareAsks says whether asks to the team land in a column.
func declareAsks(tx *store.Tx, c *Column, on bool) error {
	c.Asks = on
	var at *int64
	if on {
		now := store.Ms(tx.Now)
		at = &now
	}
	_, err := tx.Exec("UPDATE columns SET asks_at = ? WHERE rid = ?", at, c.RID)
	return err
}

// asksWait refuses what would leave asks that wait for an answer in a column that is not for asks: the next move of
// such a card would accept it without a word.
func (s *Service) asksWait(q *store.Query, c *Column, way string) error {
	n, err := s.cards.OpenAsksIn(q, c.RID)
	if err != nil || n == 0 || !c.Asks {
		return err
	}
	wait := "An ask waits"
	if n > 1 {
		wait = fmt.Sprintf("%d asks wait", n)
	}
	return fault.Conflict("asks_waiting", "%s in %s for an answer. Accept or decline first, or %s.", wait, c.Name, way).With("asks", n)
}

// askHere declares a column for asks, or takes that back; the board's other one loses it, and what waits there for an
// answer goes along (moved, for the event). One board of a team has it at a time, and it stands before the work begins.
func (s *Service) askHere(tx *store.Tx, l *Layout, c *Column, on bool) (moved any, err error) {
	if !on {
		if err := s.asksWait(tx.Query, c, "declare another queue of this board for asks: they go along"); err != nil {
			return nil, err
		}
		return nil, declareAsks(tx, c, false)
	}
	if start, _ := l.Points(); c.Kind != Queue || c.Position >= start {
		return nil, fault.Invalid("body.asks", "Asks land in a queue to the left of where work starts")
	}
	at, _, err := AsksColumnOf(tx.Query, l.TeamID)
	if err != nil {
		return nil, err
	}
	var elsewhere int
	if _, err := tx.Row([]any{&elsewhere}, `SELECT COUNT(*) FROM columns k JOIN boards b ON b.rid = k.board_rid WHERE b.team_id = ? AND b.rid <> ?
		AND k.asks_at IS NOT NULL AND k.retired_at IS NULL AND b.archived_at IS NULL`, l.TeamID, l.RID); err != nil {
		return nil, err
	}
	if elsewhere > 0 && at != l.ID {
		return nil, fault.Conflict("asks_elsewhere", "Asks to this team land on another of its boards. Take the mark away there first.")
	}
	if err := declareAsks(tx, c, true); err != nil {
		return nil, err
	}
	for i := range l.Columns {
		was := &l.Columns[i]
		if !was.Asks || was.RID == c.RID {
			continue
		}
		if err := declareAsks(tx, was, false); err != nil {
			return nil, err
		}
		if moved, err = s.cards.MoveAsks(tx, l, was, c); err != nil {
			return nil, err
		}
	}
	return moved, nil
}
