package card

import (
	"cmp"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/rank"
	"trestle/server/store"
)

// MoveAll puts every card of a column at the end of another, in order: the column is being retired. Each is
// admitted like a move, so a hard limit refuses (wip_limit). Archived cards go along, so that they can be
// restored; their clock stands until then, or what was discarded would count as finished. Mirrors go along too.
func (s *Service) MoveAll(tx *store.Tx, l *board.Layout, fromCol, to *board.Column) (any, error) {
	cards, err := s.standingIn(tx, fromCol)
	if err != nil {
		return nil, err
	}
	return s.moveThese(tx, l, cards, to)
}

// MoveAsks puts the asks of a column that wait for an answer at the end of another, which the board has just declared
// for asks. Whoever else shows them is told.
func (s *Service) MoveAsks(tx *store.Tx, l *board.Layout, fromCol, to *board.Column) (any, error) {
	all, err := s.standingIn(tx, fromCol)
	if err != nil {
		return nil, err
	}
	asks := slices.DeleteFunc(all, func(x standing) bool { return x.mirror != nil || x.card.Place.Archived || !x.card.Face.Ask.open() })
	moved, err := s.moveThese(tx, l, asks, to)
	if err != nil {
		return nil, err
	}
	for _, x := range asks {
		e := &edit{tx: tx, l: l, card: x.card, s: s}
		if err := e.tellMirrors("card.updated", map[string]any{"fields": []string{"state"}}); err != nil {
			return nil, err
		}
		if err := e.tellAsks(fromCol.RID); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// OpenAsksIn is how many asks wait in a column for an answer.
func (s *Service) OpenAsksIn(q *store.Query, columnRID int64) (int, error) {
	var n int
	_, err := q.Row([]any{&n}, `SELECT COUNT(*) FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid
		WHERE p.column_rid = ? AND p.archived = FALSE AND a.state IN ('raised', 'questioned')`, columnRID)
	return n, err
}

// moveThese puts cards at the end of a column, in their order.
func (s *Service) moveThese(tx *store.Tx, l *board.Layout, cards []standing, to *board.Column) (any, error) {
	var last string
	if _, err := tx.Row([]any{&last}, "SELECT pos FROM places WHERE column_rid = ? AND archived = FALSE ORDER BY pos DESC LIMIT 1", to.RID); err != nil {
		return nil, err
	}
	moved := []Moved{}
	var err error
	for _, x := range cards {
		if last, err = rank.Between(last, ""); err != nil {
			return nil, err
		}
		var m *Moved
		if x.mirror != nil {
			m, err = s.moveMirrorAlong(tx, l, x, to, last)
		} else {
			m, err = s.moveAlong(tx, l, x.card, to, last)
		}
		if err != nil {
			return nil, err
		}
		if m != nil {
			moved = append(moved, *m)
		}
	}
	return moved, s.rollUpBoard(tx, l.RID)
}

// standing is a card in a column, or the mirror of one.
type standing struct {
	card   *Card
	mirror *stand // nil for the board's own card
}

// standingIn reads what stands in a column, what is archived last.
func (s *Service) standingIn(tx *store.Tx, col *board.Column) ([]standing, error) {
	var all []standing
	err := tx.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		all = append(all, standing{card: c})
		return err
	}, "SELECT "+cardColumns+cardTables+"WHERE p.column_rid = ?", col.RID)
	if err != nil {
		return nil, err
	}
	var mirrored []string
	err = tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		mirrored = append(mirrored, id)
		return err
	}, "SELECT c.id FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.column_rid = ? AND p.mirror = TRUE", col.RID)
	if err != nil {
		return nil, err
	}
	for _, id := range mirrored {
		c, err := loadCard(tx.Query, id)
		if err != nil {
			return nil, err
		}
		stands, err := standsOf(tx.Query, c.RID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(stands, func(m stand) bool { return m.columnRID == col.RID })
		all = append(all, standing{c, &stands[i]})
	}
	slices.SortFunc(all, func(a, b standing) int {
		aPos, aGone := a.at()
		bPos, bGone := b.at()
		if aGone != bGone {
			if aGone {
				return 1
			}
			return -1
		}
		return cmp.Or(strings.Compare(aPos, bPos), strings.Compare(a.card.ID, b.card.ID))
	})
	return all, nil
}

func (x standing) at() (pos string, archived bool) {
	if x.mirror != nil {
		return x.mirror.pos, x.mirror.archived
	}
	return x.card.Place.Pos, x.card.Place.Archived
}

func (s *Service) moveAlong(tx *store.Tx, l *board.Layout, c *Card, to *board.Column, pos string) (*Moved, error) {
	now := store.Ms(tx.Now)
	e := &edit{tx: tx, l: l, card: c, s: s}
	var a board.Admission
	var err error
	if !c.Place.Archived {
		if a, err = e.admit(target{column: to, laneRID: c.Place.LaneRID, class: c.Class, reason: columnRemoved, undo: true}); err != nil {
			return nil, err
		}
	}
	fromRID, finished := c.Place.ColumnRID, c.Clock.Finished != nil
	c.Place = Place{ColumnRID: to.RID, LaneRID: c.Place.LaneRID, Pos: pos, EnteredAt: now, Archived: c.Place.Archived}
	if !c.Place.Archived {
		c.Clock = l.Enter(c.Clock, to.Position, now)
	}
	c.touch("place")
	if err := savePlace(tx, c); err != nil {
		return nil, err
	}
	if err := saveMove(tx, c); err != nil {
		return nil, err
	}
	if c.Place.Archived {
		return nil, nil
	}
	if _, err := e.follow(finished); err != nil {
		return nil, err
	}
	if err := insertTransition(tx, c, transition{from: &fromRID, to: &to.RID, fromLane: c.Place.LaneRID, lane: c.Place.LaneRID,
		kind: "move", override: a.Override, limits: a.Limits}); err != nil {
		return nil, err
	}
	m := movedOf(FaceOf(c, l))
	return &m, nil
}

func (s *Service) moveMirrorAlong(tx *store.Tx, l *board.Layout, x standing, to *board.Column, pos string) (*Moved, error) {
	now := *x.mirror
	now.columnRID, now.columnID, now.pos = to.RID, to.ID, pos
	if now.archived {
		_, err := tx.Exec("UPDATE places SET column_rid = ?, pos = ? WHERE card_rid = ? AND board_rid = ?", to.RID, pos, x.card.RID, l.RID)
		return nil, err
	}
	if _, err := admitMirror(tx, l, x.card, x.mirror, now, columnRemoved, nil); err != nil {
		return nil, err
	}
	own, err := s.ownerOf(tx, x.card)
	if err != nil {
		return nil, err
	}
	m := movedOf(now.face(FaceOf(x.card, own), own))
	return &m, saveStand(tx, x.card, *x.mirror, now, l.MirrorsCount)
}

// columnRemoved is why a card stands where no person put it.
const columnRemoved = "Column removed"

// CountIn is how many unarchived cards and mirrors stand in a column.
func (s *Service) CountIn(q *store.Query, columnRID int64) (int, error) {
	var n int
	_, err := q.Row([]any{&n}, "SELECT COUNT(*) FROM places WHERE column_rid = ? AND archived = FALSE", columnRID)
	return n, err
}

// LeaveLane takes every card out of a lane. Versions stay: nobody's change of a card is in the way of it.
func (s *Service) LeaveLane(tx *store.Tx, laneRID int64) ([]string, error) {
	ids := []string{}
	err := tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT c.id FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.lane_rid = ?", laneRID)
	if err != nil {
		return nil, err
	}
	if _, err = tx.Exec(`INSERT INTO card_transitions (card_rid, board_rid, from_column_rid, to_column_rid, from_lane_rid, kind, actor_id, at)
		SELECT card_rid, board_rid, column_rid, column_rid, lane_rid, 'move', ?, ? FROM places WHERE lane_rid = ? AND archived = FALSE
		AND mirror = FALSE ORDER BY card_rid`, tx.ActorID, store.Ms(tx.Now), laneRID); err != nil {
		return nil, err
	}
	if _, err = tx.Exec("UPDATE places SET lane_rid = NULL WHERE lane_rid = ?", laneRID); err != nil {
		return nil, err
	}
	return ids, leftLane(tx, laneRID)
}

// ClockOf is a card's clock after the board's points changed.
type ClockOf struct {
	ID         string  `json:"id"`
	Version    int64   `json:"version"`
	StartedAt  *string `json:"startedAt"`
	FinishedAt *string `json:"finishedAt"`
}

// Recompute replays every card's history under the layout's points; changing them recomputes history.
func (s *Service) Recompute(tx *store.Tx, l *board.Layout) (any, error) {
	type state struct {
		id    string
		was   int64 // version
		clock board.Clock
		steps []board.Step
	}
	all := map[int64]*state{}
	var order []int64
	err := tx.Each(func(scan func(...any) error) error {
		var rid int64
		st := &state{}
		err := scan(&rid, &st.id, &st.was, &st.clock.Started, &st.clock.Finished)
		all[rid] = st
		order = append(order, rid)
		return err
	}, "SELECT rid, id, version, started_at, finished_at FROM cards WHERE board_rid = ?", l.RID)
	if err != nil {
		return nil, err
	}
	err = tx.Each(func(scan func(...any) error) error {
		var rid int64
		var step board.Step
		if err := scan(&rid, &step.ColumnRID, &step.At); err != nil {
			return err
		}
		if st := all[rid]; st != nil {
			st.steps = append(st.steps, step)
		}
		return nil
	}, `SELECT card_rid, to_column_rid, at FROM card_transitions WHERE board_rid = ? AND to_column_rid IS NOT NULL AND voided_at IS NULL
		AND kind <> 'archive' ORDER BY at, rid`, l.RID)
	if err != nil {
		return nil, err
	}
	changed, turned := []ClockOf{}, map[string]bool{}
	for _, rid := range order {
		st := all[rid]
		now := l.Replay(st.steps)
		if sameRID(now.Started, st.clock.Started) && sameRID(now.Finished, st.clock.Finished) {
			continue
		}
		if _, err := tx.Exec("UPDATE cards SET started_at = ?, finished_at = ?, version = version + 1 WHERE rid = ?", now.Started, now.Finished, rid); err != nil {
			return nil, err
		}
		if was := st.clock.Finished != nil; was != (now.Finished != nil) {
			turned[st.id] = was
		}
		changed = append(changed, ClockOf{st.id, st.was + 1, timeText(now.Started), timeText(now.Finished)})
	}
	if err := s.followAll(tx, l, turned); err != nil {
		return nil, err
	}
	return changed, s.rollUpBoard(tx, l.RID)
}

func timeText(ms *int64) *string {
	if ms == nil {
		return nil
	}
	t := store.At(*ms).Format("2006-01-02T15:04:05.000Z07:00")
	return &t
}

// Finished counts a board's finished cards per class, "" for all; imported cards without a history and
// cards that were never started have no cycle time and do not count.
func (s *Service) Finished(q *store.Query, boardRID int64) (map[string]int, error) {
	out := map[string]int{}
	err := q.Each(func(scan func(...any) error) error {
		var class string
		var n int
		err := scan(&class, &n)
		out[class] = n
		out[""] += n
		return err
	}, `SELECT class, COUNT(*) FROM cards WHERE board_rid = ? AND finished_at IS NOT NULL AND started_at IS NOT NULL
		AND history_incomplete = FALSE GROUP BY class`, boardRID)
	return out, err
}

// CopySetup gives a new board the custom fields of another one.
func (s *Service) CopySetup(tx *store.Tx, fromRID, toRID int64) error {
	return copyFields(tx, fromRID, toRID)
}

func copyFields(tx *store.Tx, fromRID, toRID int64) error {
	type field struct{ name, kind string }
	var fields []field
	err := tx.Each(func(scan func(...any) error) error {
		var f field
		err := scan(&f.name, &f.kind)
		fields = append(fields, f)
		return err
	}, "SELECT name, type FROM custom_fields WHERE board_rid = ? ORDER BY rid", fromRID)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if _, err := tx.Exec("INSERT INTO custom_fields (id, board_rid, name, type) VALUES (?,?,?,?)", store.NewID("fld"), toRID, f.name, f.kind); err != nil {
			return err
		}
	}
	return nil
}
