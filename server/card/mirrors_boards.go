package card

import (
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

// mirrorsOn reads the faces of other boards' cards that are mirrored on a board, in no particular order.
func mirrorsOn(q *store.Query, l *board.Layout) ([]Face, error) {
	var out []Face
	columns := strings.Replace(cardColumns, "c.description", "CASE WHEN c.description = '' THEN '' ELSE '1' END", 1)
	err := q.Each(func(scan func(...any) error) error {
		var m stand
		v := &MirrorView{}
		c, err := scanCard(func(dest ...any) error {
			return scan(append(dest, &m.columnRID, &m.laneRID, &m.pos, &v.BoardID, &v.BoardName, &v.TeamKey, &v.TeamName, &v.ColumnName, &v.ColumnKind)...)
		})
		if err != nil {
			return err
		}
		c.Place.ColumnRID, c.Place.LaneRID, c.Place.Pos = m.columnRID, m.laneRID, m.pos // when it came there stays its own board's
		f := FaceOf(c, l)
		f.Mirrored, f.Mirror = false, v
		out = append(out, f)
		return nil
	}, "SELECT "+columns+`, m.column_rid, m.lane_rid, m.pos, b.id, b.name, t.key, t.name, k.name, k.kind
		FROM places m JOIN cards c ON c.rid = m.card_rid JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid
		JOIN boards b ON b.rid = c.board_rid JOIN teams t ON t.id = b.team_id JOIN columns k ON k.rid = p.column_rid
		WHERE m.board_rid = ? AND m.archived = FALSE AND m.mirror = TRUE`, l.RID)
	return out, err
}

// archiveMirrors takes an archived card off the other boards too. Its places there are kept for its return.
func (e *edit) archiveMirrors() error {
	all, err := e.mirrors()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.archived {
			continue
		}
		if _, err := e.tx.Exec("UPDATE places SET archived = TRUE WHERE card_rid = ? AND board_rid = ?", e.card.RID, m.boardRID); err != nil {
			return err
		}
		if err := closeStay(e.tx, e.card.RID, m.boardRID); err != nil {
			return err
		}
		if _, err := e.tx.PublishAbout(event.BoardTopic(m.boardID), "card.archived", e.card.ID, map[string]any{"card": goneOf(e.card)}); err != nil {
			return err
		}
	}
	return nil
}

// restoreMirrors puts a restored card back at the end of its columns on the other boards. One whose limit refuses
// does not get it back: another board's limit is no reason to keep a card archived.
func (e *edit) restoreMirrors() error {
	all, err := e.mirrors()
	if err != nil {
		return err
	}
	for _, m := range all {
		on, err := e.s.boards.LayoutTx(e.tx, m.boardID)
		if err != nil || on == nil {
			return err
		}
		_, err = admitMirror(e.tx, on, e.card, nil, m, "Restored on its own board", nil)
		if _, refused := fault.As(err); refused {
			if _, err := e.tx.Exec("DELETE FROM places WHERE card_rid = ? AND board_rid = ? AND mirror = TRUE", e.card.RID, m.boardRID); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		key, respread, err := keyFor(e.tx, m.columnRID, e.card.RID, Beside{})
		if err != nil {
			return err
		}
		if err := respreadOn(e.tx, m.boardID, respread); err != nil {
			return err
		}
		if _, err := e.tx.Exec("UPDATE places SET archived = FALSE, pos = ? WHERE card_rid = ? AND board_rid = ?", key, e.card.RID, m.boardRID); err != nil {
			return err
		}
		if err := openStay(e.tx, e.card, m, on.MirrorsCount); err != nil {
			return err
		}
	}
	return nil
}

// Reshow brings what other boards show of this one's cards, and this one of theirs, in line with a change of the
// board: who may see it, what its columns are called, where cards are started, whether mirrors count.
func (s *Service) Reshow(tx *store.Tx, before, after *board.Layout) error {
	if before.Visibility != after.Visibility {
		if err := s.cover(tx, after); err != nil {
			return err
		}
		if err := s.coverWaits(tx, after); err != nil {
			return err
		}
	}
	if err := s.settleWaits(tx, "o.board_rid = ?", after.RID); err != nil { // its points may have changed, and its columns
		return err
	}
	if before.MirrorsCount != after.MirrorsCount {
		if err := recount(tx, after.RID); err != nil {
			return err
		}
	}
	if before.Name == after.Name && sameNames(before, after) && before.SamePoints(after) {
		return nil
	}
	return s.retell(tx, after)
}

// sameNames says whether every column is called, and is, what it was.
func sameNames(a, b *board.Layout) bool {
	if len(a.Columns) != len(b.Columns) {
		return false
	}
	for _, c := range a.Columns {
		if now := b.ColumnByRID(c.RID); now == nil || now.Retired || now.Name != c.Name || now.Kind != c.Kind {
			return false
		}
	}
	return true
}

// cover takes away the mirrors by which people would see cards that they may not see any more, archived ones too.
func (s *Service) cover(tx *store.Tx, changed *board.Layout) error {
	type bare struct{ cardID, own, on string }
	var all []bare
	var topics []string
	err := tx.Each(func(scan func(...any) error) error {
		var b bare
		err := scan(&b.cardID, &b.own, &b.on)
		all = append(all, b)
		topics = append(topics, event.BoardTopic(b.own), event.BoardTopic(b.on))
		return err
	}, "SELECT c.id, o.id, m.id FROM "+revealing+" AND (o.rid = ? OR m.rid = ?) ORDER BY c.rid", changed.RID, changed.RID)
	if err != nil {
		return err
	}
	if err := tx.Widen(topics...); err != nil {
		return err
	}
	layout := func(id string) (*board.Layout, error) {
		if id == changed.ID {
			return changed, nil
		}
		return s.boards.LayoutTx(tx, id)
	}
	for _, b := range all {
		own, err := layout(b.own)
		if err != nil {
			return err
		}
		on, err := layout(b.on)
		if err != nil {
			return err
		}
		c, err := loadCard(tx.Query, b.cardID)
		if err != nil {
			return err
		}
		c.BoardID = b.own
		if _, err := (&edit{tx: tx, l: own, card: c, s: s}).unmirror(on); err != nil {
			return err
		}
	}
	return nil
}

// revealing are the mirrors that show a card to people who may not see its own board.
const revealing = `places p JOIN cards c ON c.rid = p.card_rid JOIN boards o ON o.rid = c.board_rid JOIN boards m ON m.rid = p.board_rid
	WHERE p.mirror = TRUE AND o.visibility = 'team' AND (m.visibility <> 'team' OR m.team_id <> o.team_id)`

// Revealing counts mirrors that show a card to people who may not see its own board; for the doctor.
const Revealing = "SELECT COUNT(*) FROM " + revealing

// recount notes that a board counts its mirrors now, or does so no more.
func recount(tx *store.Tx, boardRID int64) error {
	now := store.Ms(tx.Now)
	if _, err := tx.Exec("UPDATE mirror_stays SET to_at = ? WHERE board_rid = ? AND to_at IS NULL", now, boardRID); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO mirror_stays (card_rid, board_rid, column_rid, lane_rid, counted, actor_id, from_at)
		SELECT p.card_rid, p.board_rid, p.column_rid, p.lane_rid, b.mirrors_count, ?, ? FROM places p JOIN boards b ON b.rid = p.board_rid
		WHERE p.mirror = TRUE AND p.archived = FALSE AND p.board_rid = ? ORDER BY p.card_rid`, tx.ActorID, now, boardRID)
	return err
}

// MirrorPart is what a change of the owning board alters of a mirror's face. A client merges it.
type MirrorPart struct {
	ID         string      `json:"id"`
	Version    int64       `json:"version"`
	EnteredAt  time.Time   `json:"enteredAt"`
	StartedAt  *time.Time  `json:"startedAt"`
	FinishedAt *time.Time  `json:"finishedAt"`
	Mirror     *MirrorView `json:"mirror"`
}

// retell tells every board that mirrors cards of this one how they stand here now, one event for each.
func (s *Service) retell(tx *store.Tx, l *board.Layout) error {
	var cards []*Card
	err := tx.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		cards = append(cards, c)
		return err
	}, "SELECT "+cardColumns+cardTables+`WHERE c.board_rid = ? AND p.archived = FALSE
		AND EXISTS (SELECT 1 FROM places m WHERE m.card_rid = c.rid AND m.mirror = TRUE) ORDER BY c.rid`, l.RID)
	if err != nil {
		return err
	}
	parts := map[string][]MirrorPart{}
	var topics []string
	for _, c := range cards {
		all, err := standsOf(tx.Query, c.RID)
		if err != nil {
			return err
		}
		own := FaceOf(c, l)
		for _, m := range all {
			if m.archived {
				continue
			}
			topic := event.BoardTopic(m.boardID)
			if parts[topic] == nil {
				topics = append(topics, topic)
			}
			f := m.face(own, l)
			parts[topic] = append(parts[topic], MirrorPart{f.ID, f.Version, f.EnteredAt, f.StartedAt, f.FinishedAt, f.Mirror})
		}
	}
	if err := tx.Widen(topics...); err != nil {
		return err
	}
	for _, topic := range topics {
		if _, err := tx.Publish(topic, "mirror.updated", map[string]any{"cards": parts[topic]}); err != nil {
			return err
		}
	}
	return nil
}

// leftLane notes that mirrors stand in a lane no more.
func leftLane(tx *store.Tx, laneRID int64) error {
	now := store.Ms(tx.Now)
	if _, err := tx.Exec(`INSERT INTO mirror_stays (card_rid, board_rid, column_rid, counted, actor_id, from_at)
		SELECT card_rid, board_rid, column_rid, counted, ?, ? FROM mirror_stays WHERE lane_rid = ? AND to_at IS NULL ORDER BY rid`, tx.ActorID, now, laneRID); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE mirror_stays SET to_at = ? WHERE lane_rid = ? AND to_at IS NULL", now, laneRID)
	return err
}
