package card

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// topPlaces is how many places of the queue are promised to stay: who changes them says so.
const topPlaces = 5

// topChange is a change of the first places of the queue from which work is pulled. Places count from 1; 0 is
// "not among them".
type topChange struct {
	ColumnID string `json:"columnId"`
	From     int    `json:"from,omitempty"`
	To       int    `json:"to,omitempty"`
	Why      string `json:"why,omitempty"`
}

// top is what is known of the first places before a card moves; without a queue nothing is looked at.
type top struct {
	queue  *board.Column
	inside bool // the card stands in the queue
	place  int
}

// beforeTop looks where in the queue's first places the card stands. to is where it goes, nil when it leaves the
// board. Work that is pulled, and moves that are taken back, change no priority.
func (e *edit) beforeTop(to *board.Column, undo bool) (t top, err error) {
	queue := e.l.PullQueue()
	if undo || queue == nil {
		return t, nil
	}
	inside := e.card.Place.ColumnRID == queue.RID
	if leaves := to == nil || to.Position < queue.Position; !(to != nil && to.RID == queue.RID) && !(inside && leaves) {
		return t, nil
	}
	t = top{queue: queue, inside: inside}
	if inside {
		t.place, _, err = placeIn(e.tx.Query, queue.RID, e.card.RID)
	}
	return t, err
}

// newTop is beforeTop for a card that stands nowhere yet.
func (e *edit) newTop(to *board.Column) top {
	if queue := e.l.PullQueue(); queue != nil && queue.RID == to.RID {
		return top{queue: queue}
	}
	return top{}
}

// after says what the card's new place changed of the first ones; nil when nothing. A card that comes in at the
// very end jumps over nobody.
func (t top) after(e *edit, why string) (*topChange, error) {
	if t.queue == nil {
		return nil, nil
	}
	now, last, err := placeIn(e.tx.Query, t.queue.RID, e.card.RID)
	if err != nil || now == t.place || (!t.inside && last) {
		return nil, err
	}
	return &topChange{ColumnID: t.queue.ID, From: t.place, To: now, Why: strings.TrimSpace(why)}, nil
}

// placeIn is a card's place among the first of a column, 0 when it is not one of them; last: nobody stands behind it.
func placeIn(q *store.Query, columnRID, cardRID int64) (place int, last bool, err error) {
	n := 0
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		if err := scan(&rid); err != nil {
			return err
		}
		if n++; rid == cardRID {
			place = n
		}
		return nil
	}, `SELECT p.card_rid FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.column_rid = ? AND p.archived = FALSE
		AND p.mirror = FALSE ORDER BY p.pos, c.id LIMIT ?`, columnRID, topPlaces+1)
	if place > topPlaces {
		return 0, false, err
	}
	return place, place == n, err
}

// saveTop keeps the change and tells the team.
func (e *edit) saveTop(t *topChange, seq int64) error {
	if t == nil {
		return nil
	}
	queue := e.l.Column(t.ColumnID)
	if _, err := e.tx.Exec(`INSERT INTO top_changes (board_rid, column_rid, card_rid, from_place, to_place, why, actor_id, seq, at) VALUES (?,?,?,?,?,?,?,?,?)`,
		e.l.RID, queue.RID, e.card.RID, t.From, t.To, t.Why, e.tx.ActorID, seq, store.Ms(e.tx.Now)); err != nil {
		return err
	}
	title := fmt.Sprintf("%s was put at place %d of %s: %s", e.card.Key, t.To, queue.Name, e.card.Title)
	switch {
	case t.To == 0 && e.card.Place.ColumnRID == queue.RID && !e.card.Place.Archived:
		title = fmt.Sprintf("%s went from place %d of %s farther down: %s", e.card.Key, t.From, queue.Name, e.card.Title)
	case t.To == 0:
		title = fmt.Sprintf("%s was taken from place %d of %s: %s", e.card.Key, t.From, queue.Name, e.card.Title)
	}
	return notice.Post(e.tx, notice.Note{Kind: "policy.top_changed", TeamID: e.l.TeamID, BoardID: e.l.ID, CardID: e.card.ID, CardKey: e.card.Key,
		Title: title, Text: t.Why, Link: "/c/" + e.card.Key})
}

// TopChange is one line of "who changed the order, and why".
type TopChange struct {
	Seq        int64     `json:"seq" doc:"The board's sequence of the change"`
	At         time.Time `json:"at"`
	ColumnID   string    `json:"columnId"`
	PersonID   string    `json:"personId,omitempty"`
	PersonName string    `json:"personName"`
	CardID     string    `json:"cardId"`
	CardKey    string    `json:"cardKey"`
	CardTitle  string    `json:"cardTitle"`
	From       int       `json:"from" doc:"The place before; 0: not among the first five"`
	To         int       `json:"to" doc:"The place since; 0: not among the first five"`
	Why        string    `json:"why,omitempty"`
}

// topShown is how far back the list beside a queue reaches.
const (
	topShown = 20
	topDays  = 14
)

// TopChanges tells who changed the first places of the board's queue in the last two weeks, newest first.
func (s *Service) TopChanges(ctx context.Context, boardID string) ([]TopChange, error) {
	q := s.store.Rows(ctx)
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return nil, err
	}
	out := []TopChange{}
	err = q.Each(func(scan func(...any) error) error {
		var c TopChange
		var at int64
		err := scan(&c.Seq, &at, &c.ColumnID, &c.PersonID, &c.PersonName, &c.CardID, &c.CardKey, &c.CardTitle, &c.From, &c.To, &c.Why)
		c.At = store.At(at)
		out = append(out, c)
		return err
	}, `SELECT t.seq, t.at, k.id, t.actor_id, COALESCE(p.name, 'Trestle'), c.id, c.key, c.title, t.from_place, t.to_place, t.why
		FROM top_changes t JOIN cards c ON c.rid = t.card_rid JOIN columns k ON k.rid = t.column_rid LEFT JOIN people p ON p.id = t.actor_id
		WHERE t.board_rid = ? AND t.voided_at IS NULL AND t.at > ? ORDER BY t.seq DESC LIMIT ?`,
		seen.RID, store.Ms(s.store.Now().AddDate(0, 0, -topDays)), topShown)
	return out, err
}

// Explain says afterwards why the order was changed: whoever changed it, or a lead.
func (s *Service) Explain(ctx context.Context, boardID string, seq int64, why string) error {
	v := who.From(ctx)
	why, err := cleanText("body.why", "The reason", why, 500)
	if err != nil {
		return err
	}
	topic := event.BoardTopic(boardID)
	return store.Do(ctx, s.store, []string{topic}, func(tx *store.Tx) error {
		seen, err := s.boards.SeeTx(tx, v, boardID)
		if err != nil {
			return err
		}
		if !seen.Rights.CanWork() {
			return fault.Forbidden("Your role on this team may look, but not change the board.")
		}
		if err := seen.Open(); err != nil {
			return err
		}
		var rid int64
		var actor, cardID, key string
		found, err := tx.Row([]any{&rid, &actor, &cardID, &key}, `SELECT t.rid, t.actor_id, c.id, c.key FROM top_changes t JOIN cards c ON c.rid = t.card_rid
			WHERE t.board_rid = ? AND t.seq = ? AND t.voided_at IS NULL`, seen.RID, seq)
		if err != nil {
			return err
		}
		if !found {
			return fault.Invalid("path.seq", "That is not a change of the first places of this board's queue")
		}
		if actor != v.PersonID && !seen.Rights.CanLead() {
			return fault.Forbidden("Whoever changed the order, or a lead of this team, says why.")
		}
		if _, err := tx.Exec("UPDATE top_changes SET why = ? WHERE rid = ?", why, rid); err != nil {
			return err
		}
		if _, err := tx.PublishAbout(topic, "queue.explained", cardID, map[string]any{"seq": seq, "cardId": cardID, "why": why}); err != nil {
			return err
		}
		return notice.Post(tx, notice.Note{Kind: "policy.top_changed", TeamID: seen.TeamID, BoardID: boardID, CardID: cardID, CardKey: key,
			Title: "Why the order around " + key + " changed", Text: why, Link: "/c/" + key})
	})
}
