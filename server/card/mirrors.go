package card

import (
	"context"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// A mirror is a second place of a card, on a board that does not own it: its own column, lane and order there,
// and nothing else of its own. The card's record, its clock, its history and the rights to it stay with the
// owning board; what happens to it is told on every board where it stands, in one transaction (ADR 0008).

// MirrorView is how a card stands on the board that owns it, as the face of its mirror shows it.
type MirrorView struct {
	BoardID    string `json:"boardId"`
	BoardName  string `json:"boardName"`
	TeamKey    string `json:"teamKey"`
	TeamName   string `json:"teamName"`
	ColumnName string `json:"columnName"`
	ColumnKind string `json:"columnKind" enum:"queue,active,done"`
}

// maxMirrors is how many other boards may show a card.
const maxMirrors = 20

// stand is one mirror of a card: the board and where the card stands there.
type stand struct {
	boardRID, columnRID       int64
	laneRID                   *int64
	boardID, columnID, laneID string
	pos                       string
	archived                  bool
}

const standColumns = `b.rid, k.rid, p.lane_rid, b.id, k.id, COALESCE(n.id, ''), p.pos, p.archived FROM places p JOIN boards b ON b.rid = p.board_rid
	JOIN columns k ON k.rid = p.column_rid LEFT JOIN lanes n ON n.rid = p.lane_rid WHERE p.mirror = TRUE AND p.card_rid = ?`

func scanStand(scan func(...any) error) (m stand, err error) {
	err = scan(&m.boardRID, &m.columnRID, &m.laneRID, &m.boardID, &m.columnID, &m.laneID, &m.pos, &m.archived)
	return m, err
}

// standsOf are a card's mirrors.
func standsOf(q *store.Query, cardRID int64) (out []stand, err error) {
	err = q.Each(func(scan func(...any) error) error {
		m, err := scanStand(scan)
		out = append(out, m)
		return err
	}, "SELECT "+standColumns+" ORDER BY b.id", cardRID)
	return out, err
}

// topicsOf names the topics of every board where a card stands, for a write that is about to begin.
func (s *Service) topicsOf(ctx context.Context, at located) ([]string, error) {
	topics := []string{event.BoardTopic(at.boardID)}
	if !at.mirrored {
		return topics, nil
	}
	err := s.store.Rows(ctx).Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		topics = append(topics, event.BoardTopic(id))
		return err
	}, "SELECT b.id FROM places p JOIN boards b ON b.rid = p.board_rid JOIN cards c ON c.rid = p.card_rid WHERE c.id = ? AND p.mirror = TRUE", at.cardID)
	return topics, err
}

// mirrors are the edited card's mirrors, their boards' topics held. Nobody adds or takes away one meanwhile: that
// is done under the lock of the owning board, which this write has.
func (e *edit) mirrors() ([]stand, error) {
	all, err := standsOf(e.tx.Query, e.card.RID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	topics := make([]string, len(all))
	for i, m := range all {
		topics[i] = event.BoardTopic(m.boardID)
	}
	return all, e.tx.Widen(topics...)
}

// tellMirrors tells every other board where the card stands what happened to it, with its face there.
func (e *edit) tellMirrors(kind string, extra map[string]any) error {
	if !e.card.Face.Mirrored {
		return nil
	}
	all, err := e.mirrors()
	if err != nil {
		return err
	}
	own := FaceOf(e.card, e.l)
	for _, m := range all {
		if m.archived {
			continue
		}
		data := map[string]any{"card": m.face(own, e.l)}
		for k, v := range extra {
			if k != "said" && k != "mirrors" { // its history is its own board's
				data[k] = v
			}
		}
		if _, err := e.tx.PublishAbout(event.BoardTopic(m.boardID), kind, e.card.ID, data); err != nil {
			return err
		}
	}
	return nil
}

// face is the card's face on the mirror's board: everything is the owner's but the place.
func (m stand) face(own Face, l *board.Layout) Face {
	f := own
	f.Mirrored, f.Fields = false, nil // the fields are those of its own board
	f.ColumnID, f.LaneID, f.Pos = m.columnID, m.laneID, m.pos
	f.Mirror = &MirrorView{BoardID: l.ID, BoardName: l.Name, TeamKey: l.TeamKey, TeamName: l.TeamName}
	if col := l.Column(own.ColumnID); col != nil {
		f.Mirror.ColumnName, f.Mirror.ColumnKind = col.Name, col.Kind
	} else {
		for _, col := range l.Retired {
			if col.ID == own.ColumnID {
				f.Mirror.ColumnName, f.Mirror.ColumnKind = col.Name, col.Kind
			}
		}
	}
	return f
}

// goneOf is what an event says of a card that leaves a board.
func goneOf(c *Card) map[string]any {
	return map[string]any{"id": c.ID, "version": c.Version, "key": c.Key, "title": c.Title}
}

// NewMirror is where a card shall be shown too.
type NewMirror struct {
	BoardID  string `json:"boardId" maxLength:"64"`
	ColumnID string `json:"columnId" maxLength:"64" doc:"A column of that board"`
	LaneID   string `json:"laneId,omitempty" required:"false" maxLength:"64"`
	Beside
	Reason string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded, where mirrors count"`
	board.Answers
}

// Mirror shows a card on another board too. Whoever works on that board may, if they may see the card; nobody may
// where the board is open to more people than the card's own one. The answer is the card's face there, and that
// board's sequence. already_mirrored, would_reveal, wip_limit and reason_required refuse it.
func (s *Service) Mirror(ctx context.Context, idOrKey string, n NewMirror) (Changed, error) {
	v := who.From(ctx)
	if err := n.Beside.check(""); err != nil {
		return Changed{}, err
	}
	q := s.store.Rows(ctx)
	c, _, err := s.see(q, v, idOrKey)
	if err != nil {
		return Changed{}, err
	}
	if _, err := s.boards.See(q, v, n.BoardID); err != nil { // before its topic is locked, which would make one
		return Changed{}, err
	}
	return store.InTx(ctx, s.store, []string{event.BoardTopic(c.BoardID), event.BoardTopic(n.BoardID)}, func(tx *store.Tx) (Changed, error) {
		at, err := s.boards.SeeTx(tx, v, c.BoardID)
		if err != nil {
			return Changed{}, asCard(err)
		}
		to, err := s.boards.SeeTx(tx, v, n.BoardID)
		if err != nil {
			return Changed{}, err
		}
		if !to.Rights.CanWork() {
			return Changed{}, fault.Forbidden("Your role on this team may look, but not show cards on its board.")
		}
		if err := to.Open(); err != nil {
			return Changed{}, err
		}
		c, err := loadCard(tx.Query, c.ID)
		if err != nil {
			return Changed{}, err
		}
		if c == nil || c.BoardRID != at.RID {
			return Changed{}, fault.NotFound("card")
		}
		c.BoardID = at.ID
		e := &edit{tx: tx, l: at.Layout, card: c, seen: at, s: s}
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		f, err := e.mirror(to.Layout, n, &byHand{s, v, to, n.Answers})
		return Changed{Card: f, Seq: tx.Seq(event.BoardTopic(to.ID))}, err
	})
}

// MirrorIn is Mirror inside another room's write, which has decided that it may be. A card that stands there
// already stays where it is. The write names both boards' topics, or begins again with them.
func (s *Service) MirrorIn(tx *store.Tx, cardID, boardID, columnID string) error {
	at, err := locate(tx.Query, cardID)
	if err != nil {
		return err
	}
	if at.cardID == "" {
		return fault.NotFound("card")
	}
	if err := tx.Widen(event.BoardTopic(at.boardID), event.BoardTopic(boardID)); err != nil {
		return err
	}
	own, err := s.boards.LayoutTx(tx, at.boardID)
	if err != nil {
		return err
	}
	to, err := s.boards.LayoutTx(tx, boardID)
	if err != nil {
		return err
	}
	c, err := loadCard(tx.Query, at.cardID)
	if err != nil {
		return err
	}
	if own == nil || to == nil || c == nil {
		return fault.NotFound("board")
	}
	c.BoardID = own.ID
	_, err = (&edit{tx: tx, l: own, card: c, s: s}).mirror(to, NewMirror{BoardID: boardID, ColumnID: columnID, Reason: "Shown here by its own board"}, nil)
	if fault.Is(err, "already_mirrored") {
		return nil
	}
	return err
}

// reveals says whether a board's cards, shown on the other one, would be seen by people who may not see them.
func reveals(own, on *board.Layout) bool {
	return own.Visibility == board.TeamOnly && (on.Visibility != board.TeamOnly || on.TeamID != own.TeamID)
}

// mirror gives the edited card a place on another board.
func (e *edit) mirror(to *board.Layout, n NewMirror, hand *byHand) (f Face, err error) {
	c := e.card
	if to.RID == e.l.RID {
		return f, fault.Invalid("body.boardId", "%s is that card's own board", to.Name)
	}
	if reveals(e.l, to) {
		return f, fault.Conflict("would_reveal", "%s is on a board that only its team sees. On %s others would see it.", c.Key, to.Name)
	}
	all, err := e.mirrors()
	if err != nil {
		return f, err
	}
	for _, m := range all {
		if m.boardRID == to.RID {
			return f, fault.Conflict("already_mirrored", "%s is on %s already.", c.Key, to.Name)
		}
	}
	if len(all) >= maxMirrors {
		return f, fault.Conflict("too_many_mirrors", "A card can be shown on at most %d other boards.", maxMirrors)
	}
	col := to.Column(n.ColumnID)
	if col == nil {
		return f, fault.Invalid("body.columnId", "That column is not on this board")
	}
	m := stand{boardRID: to.RID, boardID: to.ID, columnRID: col.RID, columnID: col.ID}
	if n.LaneID != "" {
		lane := to.Lane(n.LaneID)
		if lane == nil {
			return f, fault.Invalid("body.laneId", "That lane is not on this board")
		}
		m.laneRID, m.laneID = &lane.RID, lane.ID
	}
	a, err := admitMirror(e.tx, to, c, nil, m, n.Reason, hand)
	if err != nil {
		return f, err
	}
	key, respread, err := keyFor(e.tx, col.RID, c.RID, n.Beside)
	if err != nil {
		return f, err
	}
	m.pos = key
	if _, err := e.tx.Exec("INSERT INTO places (card_rid, board_rid, column_rid, lane_rid, pos, entered_at, mirror) VALUES (?,?,?,?,?,?,TRUE)",
		c.RID, m.boardRID, m.columnRID, m.laneRID, m.pos, store.Ms(e.tx.Now)); err != nil {
		return f, err
	}
	if err := openStay(e.tx, c, m, to.MirrorsCount); err != nil {
		return f, err
	}
	if err := respreadOn(e.tx, to.ID, respread); err != nil {
		return f, err
	}
	if err := e.remirrored("card.mirrored", to); err != nil {
		return f, err
	}
	if err := e.s.keepMirrored(e.tx, c, to, m, a); err != nil {
		return f, err
	}
	f = m.face(FaceOf(c, e.l), e.l)
	data := map[string]any{"card": f}
	overridden(data, a)
	_, err = e.tx.PublishAbout(event.BoardTopic(to.ID), "mirror.added", c.ID, data)
	return f, err
}

func respreadOn(tx *store.Tx, boardID string, places []PosOf) error {
	if places == nil {
		return nil
	}
	_, err := tx.Publish(event.BoardTopic(boardID), "column.respread", map[string]any{"places": places})
	return err
}

// remirrored tells the owning board that a mirror came or went. Its version stays: what the card says has not
// changed. The other board is named only where everybody may know of it.
func (e *edit) remirrored(kind string, on *board.Layout) error {
	if err := refresh(e.tx, e.card); err != nil {
		return err
	}
	if _, err := e.tx.Exec("UPDATE cards SET face = ? WHERE rid = ?", jsonText(e.card.Face), e.card.RID); err != nil {
		return err
	}
	if e.card.ArchivedAt != nil { // its face would go back onto the board with the news
		return nil
	}
	data := map[string]any{"card": FaceOf(e.card, e.l)}
	if on.Visibility == board.Workspace {
		data["on"] = map[string]any{"id": on.ID, "name": on.Name}
	}
	_, err := e.tx.PublishAbout(event.BoardTopic(e.l.ID), kind, e.card.ID, data)
	return err
}

// Unmirror takes a card off a board that does not own it. The card itself stays as it is. The asker may
// not be one who may see its own board, so the answer names it and no more.
func (s *Service) Unmirror(ctx context.Context, idOrKey, boardID string) (Unmirrored, error) {
	v := who.From(ctx)
	q := s.store.Rows(ctx)
	at, err := locate(q, idOrKey)
	if err != nil {
		return Unmirrored{}, err
	}
	_, err = s.boards.See(q, v, boardID)
	if at.cardID == "" || at.boardID == boardID || fault.Is(err, "not_found") {
		return Unmirrored{}, fault.NotFound("mirror")
	}
	if err != nil {
		return Unmirrored{}, err
	}
	return store.InTx(ctx, s.store, []string{event.BoardTopic(at.boardID), event.BoardTopic(boardID)}, func(tx *store.Tx) (Unmirrored, error) {
		on, err := s.boards.SeeTx(tx, v, boardID)
		if fault.Is(err, "not_found") {
			return Unmirrored{}, fault.NotFound("mirror")
		}
		if err != nil {
			return Unmirrored{}, err
		}
		if !on.Rights.CanWork() {
			return Unmirrored{}, fault.Forbidden("Your role on this team may look, but not take cards off its board.")
		}
		if err := on.Open(); err != nil {
			return Unmirrored{}, err
		}
		own, err := s.boards.LayoutTx(tx, at.boardID)
		if err != nil {
			return Unmirrored{}, err
		}
		c, err := loadCard(tx.Query, at.cardID)
		if err != nil {
			return Unmirrored{}, err
		}
		if own == nil || c == nil || c.BoardRID != own.RID {
			return Unmirrored{}, fault.NotFound("mirror")
		}
		e := &edit{tx: tx, l: own, card: c, s: s}
		gone, err := e.unmirror(on.Layout)
		if err == nil && !gone {
			err = fault.NotFound("mirror")
		}
		return Unmirrored{CardID: c.ID, Seq: tx.Seq(event.BoardTopic(boardID))}, err
	})
}

// Unmirrored is the answer of a mirror taken away.
type Unmirrored struct {
	CardID string `json:"cardId"`
	Seq    int64  `json:"seq" doc:"The mirroring board's sequence of this change"`
}

// unmirror takes the edited card's place on another board away, if it has one there. Both topics are held.
func (e *edit) unmirror(on *board.Layout) (bool, error) {
	n, err := e.tx.Exec("DELETE FROM places WHERE card_rid = ? AND board_rid = ? AND mirror = TRUE", e.card.RID, on.RID)
	if err != nil || n == 0 {
		return false, err
	}
	if err := closeStay(e.tx, e.card.RID, on.RID); err != nil {
		return false, err
	}
	if err := e.remirrored("card.unmirrored", on); err != nil {
		return false, err
	}
	_, err = e.tx.PublishAbout(event.BoardTopic(on.ID), "mirror.removed", e.card.ID, map[string]any{"card": goneOf(e.card)})
	return true, err
}

// openStay begins an interval of the record of where mirrors stood; closeStay ends it.
func openStay(tx *store.Tx, c *Card, m stand, counted bool) error {
	_, err := tx.Exec("INSERT INTO mirror_stays (card_rid, board_rid, column_rid, lane_rid, counted, actor_id, from_at) VALUES (?,?,?,?,?,?,?)",
		c.RID, m.boardRID, m.columnRID, m.laneRID, counted, tx.ActorID, store.Ms(tx.Now))
	return err
}

func closeStay(tx *store.Tx, cardRID, boardRID int64) error {
	_, err := tx.Exec("UPDATE mirror_stays SET to_at = ? WHERE card_rid = ? AND board_rid = ? AND to_at IS NULL", store.Ms(tx.Now), cardRID, boardRID)
	return err
}
