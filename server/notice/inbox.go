package notice

import (
	"context"
	"strconv"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// View is a line of somebody's inbox.
type View struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind" doc:"What happened: card.mentioned, ask.raised, …"`
	Title     string     `json:"title" doc:"One sentence, without who did it"`
	Text      string     `json:"text,omitempty" doc:"An excerpt, plain text"`
	Link      string     `json:"link" doc:"A path on this installation"`
	BoardID   string     `json:"boardId,omitempty"`
	CardID    string     `json:"cardId,omitempty"`
	CardKey   string     `json:"cardKey,omitempty"`
	CardTitle string     `json:"cardTitle,omitempty" doc:"As it is called now"`
	ActorID   string     `json:"actorId,omitempty"`
	ActorName string     `json:"actorName,omitempty"`
	At        time.Time  `json:"at"`
	ReadAt    *time.Time `json:"readAt,omitempty"`
}

// Inbox is a page of one's notices, newest first.
type Inbox struct {
	Items      []View `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"`
	Unread     int    `json:"unread" doc:"Of all, not of this page"`
}

// Unread is how many of one's notices are unread.
type Unread struct {
	Unread int `json:"unread"`
}

// Marked answers a marking: which notices it changed, to take it back by.
type Marked struct {
	IDs    []string `json:"ids"`
	Unread int      `json:"unread"`
}

// List reads the viewer's inbox. What it tells of boards that they can no longer see is left out.
func (s *Service) List(ctx context.Context, unreadOnly bool, limit int, cursor string) (Inbox, error) {
	v, err := reader(ctx)
	if err != nil {
		return Inbox{}, err
	}
	before := int64(1<<62 - 1)
	if cursor != "" {
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil || before < 0 {
			return Inbox{}, fault.Invalid("query.cursor", "This is not a cursor of this list")
		}
	}
	in := Inbox{Items: []View{}}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		sight := s.sightOf(q, v.PersonID)
		where := ""
		if unreadOnly {
			where = " AND n.read_at IS NULL"
		}
		for more := true; more && in.NextCursor == ""; {
			rows, err := page(q, v.PersonID, where, before, limit)
			if err != nil {
				return err
			}
			more = len(rows) == limit
			for _, r := range rows {
				if len(in.Items) == limit {
					in.NextCursor = strconv.FormatInt(before, 10)
					break
				}
				before = r.rid
				ok, err := sight.sees(r.BoardID)
				if err != nil {
					return err
				}
				if ok {
					in.Items = append(in.Items, r.View)
				}
			}
			if more && len(in.Items) == limit {
				in.NextCursor = strconv.FormatInt(before, 10)
			}
		}
		in.Unread, err = s.unread(q, sight, v.PersonID)
		return err
	})
	return in, err
}

type line struct {
	rid int64
	View
}

func page(q *store.Query, personID, where string, before int64, limit int, args ...any) (out []line, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var l line
		var at int64
		var read *int64
		err := scan(&l.rid, &l.ID, &l.Kind, &l.Title, &l.Text, &l.Link, &l.BoardID, &l.CardID, &l.CardKey, &l.CardTitle, &l.ActorID, &l.ActorName, &at, &read)
		l.At, l.ReadAt = store.At(at), store.AtPtr(read)
		out = append(out, l)
		return err
	}, `SELECT n.rid, n.id, n.kind, n.title, n.text, n.link, n.board_id, n.card_id, COALESCE(c.key, n.card_key), COALESCE(c.title, ''),
			n.actor_id, COALESCE(p.name, n.actor_name), n.at, n.read_at
		FROM notices n LEFT JOIN cards c ON c.id = n.card_id LEFT JOIN people p ON p.id = n.actor_id
		WHERE n.person_id = ? AND n.rid < ?`+where+` ORDER BY n.rid DESC LIMIT ?`, append(append([]any{personID, before}, args...), limit)...)
	return out, err
}

// unreadMax is how many unread notices another room is shown; the inbox has the rest.
const unreadMax = 100

// UnreadOf gives the viewer's unread notices of some kinds, the newest first, about boards that they may still see.
// A team's token reads none.
func (s *Service) UnreadOf(q *store.Query, v who.Viewer, kinds ...string) (out []View, err error) {
	if v.PersonID == "" || v.TeamID != "" {
		return nil, nil
	}
	args := make([]any, len(kinds))
	for i, k := range kinds {
		args[i] = k
	}
	rows, err := page(q, v.PersonID, " AND n.read_at IS NULL AND n.kind IN ("+store.Marks(len(kinds))+")", 1<<62-1, unreadMax, args...)
	sight := s.sightOf(q, v.PersonID)
	for _, r := range rows {
		ok, see := sight.sees(r.BoardID)
		if see != nil {
			return nil, see
		}
		if ok {
			out = append(out, r.View)
		}
	}
	return out, err
}

// Count is the number at the bell.
func (s *Service) Count(ctx context.Context) (u Unread, err error) {
	v, err := reader(ctx)
	if err != nil {
		return u, err
	}
	q := s.store.Rows(ctx)
	u.Unread, err = s.unread(q, s.sightOf(q, v.PersonID), v.PersonID)
	return u, err
}

func (s *Service) unread(q *store.Query, sight *sight, personID string) (n int, err error) {
	per := map[string]int{}
	err = q.Each(func(scan func(...any) error) error {
		var board string
		var n int
		err := scan(&board, &n)
		per[board] = n
		return err
	}, "SELECT board_id, count(*) FROM notices WHERE person_id = ? AND read_at IS NULL GROUP BY board_id", personID)
	for board, count := range per {
		ok, see := sight.sees(board)
		if see != nil {
			return 0, see
		}
		if ok {
			n += count
		}
	}
	return n, err
}

// maxMarked is how many notices one request may name.
const maxMarked = 500

// Mark says that the viewer has read notices, or has not: those of ids, or with all every one of theirs that is
// not newer than upTo, the newest that they were shown. An id that is not theirs changes nothing.
func (s *Service) Mark(ctx context.Context, read bool, ids []string, all bool, upTo string) (Marked, error) {
	v, err := reader(ctx)
	if err != nil {
		return Marked{}, err
	}
	if !all && len(ids) == 0 {
		return Marked{}, fault.Invalid("body.ids", "Say which notices, or all of them")
	}
	return store.InTx(ctx, s.store, []string{event.MeTopic(v.PersonID)}, func(tx *store.Tx) (Marked, error) {
		where, args := "person_id = ?", []any{v.PersonID}
		if all {
			if upTo != "" {
				where += " AND rid <= (SELECT rid FROM notices WHERE id = ? AND person_id = ?)"
				args = append(args, upTo, v.PersonID)
			}
		} else {
			where += " AND id IN (" + store.Marks(len(ids)) + ")"
			for _, id := range ids {
				args = append(args, id)
			}
		}
		set, now := "read_at = NULL WHERE read_at IS NOT NULL AND ", []any(nil)
		if read {
			set, now = "read_at = ? WHERE read_at IS NULL AND ", []any{store.Ms(tx.Now)}
		}
		m := Marked{IDs: []string{}}
		err := tx.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			m.IDs = append(m.IDs, id)
			return err
		}, "UPDATE notices SET "+set+where+" RETURNING id", append(now, args...)...)
		if err != nil {
			return m, err
		}
		if len(m.IDs) > 0 {
			kind := "notice.read"
			if !read {
				kind = "notice.unread"
			}
			if _, err := tx.Publish(event.MeTopic(v.PersonID), kind, map[string]any{"noticeIds": m.IDs}); err != nil {
				return m, err
			}
		}
		m.Unread, err = s.unread(tx.Query, s.sightOf(tx.Query, v.PersonID), v.PersonID)
		return m, err
	})
}

// How long an inbox remembers.
const (
	readKept   = 90 * 24 * time.Hour
	unreadKept = 365 * 24 * time.Hour
	logKept    = 90 * 24 * time.Hour
)

// Tidy forgets what is old: read notices after 90 days, unread ones after a year, the log after 90 days. A test message
// that was on its way when the program stopped is nobody's job any more, so its line is ended here.
func (s *Service) Tidy(ctx context.Context) error {
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		ago := func(d time.Duration) int64 { return store.Ms(tx.Now.Add(-d)) }
		if _, err := tx.Exec("DELETE FROM notices WHERE at < ? AND (read_at IS NOT NULL OR at < ?)", ago(readKept), ago(unreadKept)); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE deliveries SET state = ?, reason = ? WHERE state = ? AND job < 0 AND at < ?", failed,
			"Trestle stopped while it was sent; nobody knows whether it arrived", waiting, ago(time.Minute)); err != nil {
			return err
		}
		_, err := tx.Exec("DELETE FROM deliveries WHERE at < ?", ago(logKept))
		return err
	})
}
