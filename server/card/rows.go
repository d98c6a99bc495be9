package card

import (
	"encoding/json"
	"fmt"
	"strings"

	"trestle/server/board"
	"trestle/server/store"
)

const cardColumns = `c.rid, c.board_rid, c.id, c.key, c.title, c.description, c.type, c.discipline, c.involves, c.class, c.labels,
	c.due_on, c.size, c.version, c.field_versions, c.face, c.created_by, c.created_at, c.started_at, c.finished_at, c.archived_at,
	c.history_incomplete, c.parent_rid, p.column_rid, p.lane_rid, p.pos, p.entered_at, p.archived`

const cardTables = " FROM cards c JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid "

// scanCard reads one row of cardColumns.
func scanCard(scan func(...any) error) (*Card, error) {
	c := &Card{}
	var involves, labels, fields, face string
	var created int64
	err := scan(&c.RID, &c.BoardRID, &c.ID, &c.Key, &c.Title, &c.Description, &c.Type, &c.Discipline, &involves, &c.Class, &labels,
		&c.DueOn, &c.Size, &c.Version, &fields, &face, &c.CreatedBy, &created, &c.Clock.Started, &c.Clock.Finished, &c.ArchivedAt,
		&c.HistoryIncomplete, &c.ParentRID, &c.Place.ColumnRID, &c.Place.LaneRID, &c.Place.Pos, &c.Place.EnteredAt, &c.Place.Archived)
	if err != nil {
		return nil, err
	}
	c.CreatedAt = store.At(created)
	for _, part := range []struct {
		text string
		into any
	}{{involves, &c.Involves}, {labels, &c.Labels}, {fields, &c.Fields}, {face, &c.Face}} {
		if part.text == "[]" || part.text == "{}" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return nil, fmt.Errorf("card %s: %w", c.ID, err)
		}
	}
	return c, nil
}

// loadCard reads a card by id; nil when there is none.
func loadCard(q *store.Query, id string) (c *Card, err error) {
	err = q.Each(func(scan func(...any) error) (err error) {
		c, err = scanCard(scan)
		return err
	}, "SELECT "+cardColumns+cardTables+"WHERE c.id = ?", id)
	return c, err
}

// cardsOf reads every unarchived card of a board in order.
func cardsOf(q *store.Query, boardRID int64) ([]*Card, error) {
	var out []*Card
	// the description is the one long column and is not on a board: only whether there is one
	columns := strings.Replace(cardColumns, "c.description", "CASE WHEN c.description = '' THEN '' ELSE '1' END", 1)
	err := q.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		out = append(out, c)
		return err
	}, "SELECT "+columns+cardTables+"WHERE p.board_rid = ? AND p.archived = FALSE ORDER BY p.column_rid, p.pos, c.id", boardRID)
	return out, err
}

// located is where a card's record is.
type located struct {
	cardID, boardID string // "" when there is no such card
	mirrored        bool   // it stands on other boards too
}

// locate resolves an id or a key, present or former, to a card and its board.
func locate(q *store.Query, idOrKey string) (at located, err error) {
	const what = `SELECT c.id, b.id, EXISTS (SELECT 1 FROM places m WHERE m.card_rid = c.rid AND m.mirror = TRUE) FROM `
	dest := []any{&at.cardID, &at.boardID, &at.mirrored}
	found, err := q.Row(dest, what+"cards c JOIN boards b ON b.rid = c.board_rid WHERE c.id = ?", idOrKey)
	if err != nil || found || strings.HasPrefix(idOrKey, "crd_") {
		return at, err
	}
	_, err = q.Row(dest, what+`card_keys k JOIN cards c ON c.rid = k.card_rid
		JOIN boards b ON b.rid = c.board_rid WHERE k.key = ?`, strings.ToUpper(idOrKey))
	return at, err
}

func insertCard(tx *store.Tx, c *Card) (err error) {
	c.RID, err = tx.Insert(`INSERT INTO cards (id, board_rid, key, title, description, type, discipline, involves, class, labels, due_on, size,
		version, field_versions, face, created_by, created_at, started_at, finished_at, parent_rid) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		c.ID, c.BoardRID, c.Key, c.Title, c.Description, c.Type, c.Discipline, jsonText(list(c.Involves)), c.Class, jsonText(list(c.Labels)),
		c.DueOn, c.Size, c.Version, fieldsText(c.Fields), jsonText(c.Face), c.CreatedBy, store.Ms(c.CreatedAt), c.Clock.Started, c.Clock.Finished, c.ParentRID)
	if err != nil {
		return err
	}
	if _, err = tx.Exec("INSERT INTO card_keys (key, card_rid) VALUES (?,?)", c.Key, c.RID); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO places (card_rid, board_rid, column_rid, lane_rid, pos, entered_at) VALUES (?,?,?,?,?,?)",
		c.RID, c.BoardRID, c.Place.ColumnRID, c.Place.LaneRID, c.Place.Pos, c.Place.EnteredAt)
	return err
}

// saveCard writes what a card says; its place has savePlace.
func saveCard(tx *store.Tx, c *Card) error {
	_, err := tx.Exec(`UPDATE cards SET title = ?, description = ?, type = ?, discipline = ?, involves = ?, class = ?, labels = ?, due_on = ?, size = ?,
		version = ?, field_versions = ?, face = ?, started_at = ?, finished_at = ?, archived_at = ?, parent_rid = ? WHERE rid = ?`,
		c.Title, c.Description, c.Type, c.Discipline, jsonText(list(c.Involves)), c.Class, jsonText(list(c.Labels)), c.DueOn, c.Size,
		c.Version, fieldsText(c.Fields), jsonText(c.Face), c.Clock.Started, c.Clock.Finished, c.ArchivedAt, c.ParentRID, c.RID)
	return err
}

// saveMove writes what a move changes of the card itself.
func saveMove(tx *store.Tx, c *Card) error {
	_, err := tx.Quick("UPDATE cards SET class = ?, version = ?, field_versions = ?, started_at = ?, finished_at = ? WHERE rid = ?",
		c.Class, c.Version, fieldsText(c.Fields), c.Clock.Started, c.Clock.Finished, c.RID)
	return err
}

func savePlace(tx *store.Tx, c *Card) error {
	p := c.Place
	_, err := tx.Quick("UPDATE places SET column_rid = ?, lane_rid = ?, pos = ?, entered_at = ?, archived = ? WHERE card_rid = ? AND board_rid = ?",
		p.ColumnRID, p.LaneRID, p.Pos, p.EnteredAt, p.Archived, c.RID, c.BoardRID)
	return err
}

func fieldsText(m map[string]int64) string {
	if len(m) == 0 {
		return "{}"
	}
	return jsonText(m)
}

// transition is one line of the flow record. Column surrogates are nil where there is no side.
type transition struct {
	from, to         *int64
	fromLane, lane   *int64
	kind             string // create, move, archive, unarchive
	backward         bool
	category, text   string
	override, limits string
	checks           board.Admission // what was said to the column's checks
	seq              int64
}

func insertTransition(tx *store.Tx, c *Card, t transition) error {
	_, err := tx.Quick(`INSERT INTO card_transitions (card_rid, board_rid, from_column_rid, to_column_rid, from_lane_rid, lane_rid, kind, backward,
		return_category, return_text, override_reason, override_limit, actor_id, seq, at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		c.RID, c.BoardRID, t.from, t.to, t.fromLane, t.lane, t.kind, t.backward, t.category, t.text, t.override, t.limits,
		tx.ActorID, t.seq, store.Ms(tx.Now))
	if err != nil {
		return err
	}
	if t.to == nil {
		return nil
	}
	return keepSaid(tx, c.RID, c.BoardRID, *t.to, t.checks, t.seq)
}

// stepsOf reads the entries of a card's history that were not undone, oldest first.
func stepsOf(q *store.Query, cardRID int64) ([]board.Step, error) {
	var out []board.Step
	err := q.Each(func(scan func(...any) error) error {
		var s board.Step
		if err := scan(&s.ColumnRID, &s.At); err != nil {
			return err
		}
		out = append(out, s)
		return nil
	}, `SELECT to_column_rid, at FROM card_transitions WHERE card_rid = ? AND to_column_rid IS NOT NULL AND voided_at IS NULL
		AND kind <> 'archive' ORDER BY at, rid`, cardRID)
	return out, err
}
