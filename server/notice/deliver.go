package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/outbox"
	"trestle/server/store"
)

// recipient is one person whom a note goes to, how, and where they are.
type recipient struct {
	id   string
	way  Way
	zone *time.Location
}

// deliver turns a note into lines of inboxes, and into mail and chat for those who want them. The job may come
// again: a line is made once per person and job, and all that follows hangs on its being made.
func (s *Service) deliver(ctx context.Context, j outbox.Job) error {
	var n Note
	if err := json.Unmarshal(j.Payload, &n); err != nil {
		return outbox.Permanent(fmt.Errorf("a note that cannot be read: %w", err))
	}
	to, err := s.recipients(ctx, n)
	if err != nil || (len(to) == 0 && n.TeamID == "") {
		return err
	}
	topics := make([]string, len(to))
	for i, r := range to {
		topics[i] = event.MeTopic(r.id)
	}
	return store.Do(store.As(ctx, n.ActorID, n.ActorName), s.store, topics, func(tx *store.Tx) error {
		for _, r := range to {
			if err := s.put(tx, r, j, n); err != nil {
				return err
			}
		}
		return s.toChat(tx, j, n)
	})
}

// recipients are those of the note's people who are still here, may see what it is about, want to know and did
// not do it themselves.
func (s *Service) recipients(ctx context.Context, n Note) (out []recipient, err error) {
	q := s.store.Rows(ctx)
	for _, id := range n.To {
		if id == n.ActorID || slices.ContainsFunc(out, func(r recipient) bool { return r.id == id }) {
			continue
		}
		p, err := account.ReachOf(q, id)
		if err != nil {
			return nil, err
		}
		if !p.Active {
			continue
		}
		ok, err := s.sightOf(q, id).sees(n.BoardID)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		way, err := wayOf(q, id, n.Kind)
		if err != nil {
			return nil, err
		}
		if way != Off {
			out = append(out, recipient{id, way, zoneOf(p.TimeZone)})
		}
	}
	return out, nil
}

// put writes a person's line and tells them, unless it is there already.
func (s *Service) put(tx *store.Tx, r recipient, j outbox.Job, n Note) error {
	id := store.NewID("ntc")
	due, err := s.mailDue(tx.Query, r, j, tx.Now)
	if err != nil {
		return err
	}
	made, err := tx.Exec(`INSERT INTO notices (id, person_id, job, kind, board_id, card_id, card_key, title, text, link, actor_id, actor_name, at, mail_due)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (person_id, job) DO NOTHING`,
		id, r.id, j.ID, n.Kind, n.BoardID, n.CardID, n.CardKey, n.Title, n.Text, n.Link, n.ActorID, n.ActorName, store.Ms(j.Enqueued), due)
	if err != nil || made == 0 {
		return err
	}
	if due != nil {
		if err := tx.Enqueue(MailKind, "", mailJob{r.id}, store.At(*due)); err != nil {
			return err
		}
	}
	// ids only: the record is for ever, the inbox is not
	_, err = tx.Publish(event.MeTopic(r.id), "notice.created", map[string]any{"noticeId": id, "kind": n.Kind, "cardId": n.CardID})
	return err
}

// wayOf is how a person wants to learn of a kind.
func wayOf(q *store.Query, personID, kind string) (Way, error) {
	way := kindOf(kind).Way
	_, err := q.Row([]any{&way}, "SELECT way FROM notice_ways WHERE person_id = ? AND kind = ?", personID, kind)
	return way, err
}
