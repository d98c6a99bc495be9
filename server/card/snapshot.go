package card

import (
	"context"
	"fmt"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Encoded is a board ready to be sent, true at the sequence in its ETag.
type Encoded struct {
	ETag string
	Body []byte
	Zip  bool
}

// Snapshot gives a whole board, encoded once per sequence. known is the ETag that the client has; when it
// still holds, the body stays empty.
func (s *Service) Snapshot(ctx context.Context, boardID, known string, zip bool) (Encoded, error) {
	q := s.store.Rows(ctx)
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return Encoded{}, err
	}
	topic := event.BoardTopic(boardID)
	seq, epoch, err := store.TopicIn(q, topic)
	if err != nil {
		return Encoded{}, err
	}
	if tag := s.etag(seq, epoch, seen.Layout); tag == known {
		return Encoded{ETag: tag}, nil
	}
	b := s.shelf.of(boardID)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := s.upToDate(ctx, b, boardID, seq, epoch, seen.Layout); err != nil {
		return Encoded{}, err
	}
	body, err := b.encoded(zip)
	return Encoded{ETag: s.etagOf(b), Body: body, Zip: zip}, err
}

func (s *Service) etag(seq, epoch int64, l *board.Layout) string {
	return fmt.Sprintf(`W/"%s-%d-%d-%d"`, s.build, seq, epoch, l.Version)
}

func (s *Service) etagOf(b *shelved) string {
	return fmt.Sprintf(`W/"%s-%d-%d-%d"`, s.build, b.seq, b.epoch, b.version)
}

// upToDate brings a shelved board to at least seq: by its events when they suffice, else by reading it anew.
func (s *Service) upToDate(ctx context.Context, b *shelved, boardID string, seq, epoch int64, l *board.Layout) error {
	if b.filled && b.seq >= seq && b.epoch == epoch && b.version >= l.Version {
		return nil
	}
	if b.filled && b.epoch == epoch && b.version == l.Version && b.team == l.TeamKey+l.TeamName && seq-b.seq < 500 {
		events, err := s.store.Events(ctx, event.BoardTopic(boardID), b.seq, 500)
		if err != nil {
			return err
		}
		ok, err := b.apply(events)
		if ok || err != nil {
			return err
		}
	}
	b.filled = false
	return s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		l, err := s.boards.LayoutIn(q, boardID)
		if err != nil {
			return err
		}
		snap, epoch, err := s.read(q, l)
		if err != nil {
			return err
		}
		return b.fill(snap, epoch, l)
	})
}

// read makes a snapshot from the tables, all of one moment.
func (s *Service) read(q *store.Query, l *board.Layout) (snap Snapshot, epoch int64, err error) {
	if snap.Seq, epoch, err = store.TopicIn(q, event.BoardTopic(l.ID)); err != nil {
		return snap, 0, err
	}
	cards, err := cardsOf(q, l.RID)
	if err != nil {
		return snap, 0, err
	}
	finished, err := s.Finished(q, l.RID)
	if err != nil {
		return snap, 0, err
	}
	snap.Board, snap.Columns, snap.Lanes = l.ViewWith(finished), l.ColumnViews(), l.LaneViews()
	snap.Cards = make([]Face, 0, len(cards))
	for _, c := range cards {
		snap.Cards = append(snap.Cards, FaceOf(c, l))
	}
	mirrored, err := mirrorsOn(q, l)
	if err != nil {
		return snap, 0, err
	}
	snap.Cards = append(snap.Cards, mirrored...)
	snap.People, err = peopleOf(q, l, snap.Cards)
	return snap, epoch, err
}

// peopleOf are those whom a board can name: the team's members and liaisons and the owners of the cards on it, and those
// to whom blockers were raised.
func peopleOf(q *store.Query, l *board.Layout, cards []Face) ([]account.Person, error) {
	seen := map[string]bool{}
	var ids []string
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		add(id)
		return err
	}, "SELECT person_id FROM members WHERE team_id = ? UNION SELECT person_id FROM liaisons WHERE team_id = ? ORDER BY 1", l.TeamID, l.TeamID)
	if err != nil {
		return nil, err
	}
	for _, c := range cards {
		for _, id := range c.OwnerIDs {
			add(id)
		}
		for _, b := range c.Blockers {
			add(b.RaisedTo)
		}
		for _, id := range namedIn(c.Fields) {
			add(id)
		}
	}
	byID, err := account.PeopleByID(q, ids)
	if err != nil {
		return nil, err
	}
	out := make([]account.Person, 0, len(ids))
	for _, id := range ids {
		if p, ok := byID[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}
