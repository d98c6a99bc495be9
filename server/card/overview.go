package card

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// BoardCard is a board at a glance.
type BoardCard struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	TeamID     string         `json:"teamId"`
	TeamKey    string         `json:"teamKey"`
	TeamName   string         `json:"teamName"`
	Visibility string         `json:"visibility"`
	Wip        int            `json:"wip" doc:"Cards started and not finished"`
	Blocked    int            `json:"blocked"`
	Over       int            `json:"over" doc:"Columns over their limit"`
	Columns    []ColumnGlance `json:"columns"`
}

// ColumnGlance is a column of a board at a glance.
type ColumnGlance struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Count int    `json:"count"`
	Max   *int   `json:"max,omitempty"`
	Mix   string `json:"mix" doc:"One letter per card by leading discipline: d, o, s, x; at most 40"`
}

// Boards lists every board that the viewer may see.
func (s *Service) Boards(ctx context.Context) ([]BoardCard, error) {
	v := who.From(ctx)
	out := []BoardCard{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		var ids []string
		err := q.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, "SELECT b.id FROM boards b JOIN teams t ON t.id = b.team_id WHERE b.staged_at IS NULL AND b.archived_at IS NULL ORDER BY t.name, b.name, b.rid")
		if err != nil {
			return err
		}
		for _, id := range ids {
			seen, err := s.boards.See(q, v, id)
			if fault.Is(err, "not_found") {
				continue
			}
			if err != nil {
				return err
			}
			b, err := glance(q, seen.Layout)
			if err != nil {
				return err
			}
			out = append(out, b)
		}
		return nil
	})
	return out, err
}

func glance(q *store.Query, l *board.Layout) (BoardCard, error) {
	b := BoardCard{ID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName, Visibility: l.Visibility}
	mixes := map[int64]*strings.Builder{}
	counts := map[int64]int{}
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var discipline, class string
		var wip, blocked bool
		if err := scan(&rid, &discipline, &class, &wip, &blocked); err != nil {
			return err
		}
		if wip {
			b.Wip++
		}
		if blocked {
			b.Blocked++
		}
		if class == board.Expedite && !l.ExpediteCounts {
			return nil
		}
		counts[rid]++
		if counts[rid] <= 40 {
			if mixes[rid] == nil {
				mixes[rid] = &strings.Builder{}
			}
			mixes[rid].WriteByte(letter(discipline))
		}
		return nil
	}, `SELECT p.column_rid, c.discipline, c.class, c.started_at IS NOT NULL AND c.finished_at IS NULL,
		EXISTS (SELECT 1 FROM blockers k WHERE k.card_rid = c.rid AND k.closed_at IS NULL) AND c.finished_at IS NULL
		FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.board_rid = ? AND p.archived = FALSE AND p.mirror = FALSE ORDER BY p.pos`, l.RID)
	if err != nil {
		return b, err
	}
	for _, c := range l.Columns {
		g := ColumnGlance{Name: c.Name, Kind: c.Kind, Count: counts[c.RID]}
		if limited(c.Wip) {
			g.Max = c.Wip.Max
			if g.Count > *c.Wip.Max {
				b.Over++
			}
		}
		if m := mixes[c.RID]; m != nil {
			g.Mix = m.String()
		}
		b.Columns = append(b.Columns, g)
	}
	return b, nil
}

func letter(discipline string) byte {
	switch discipline {
	case "development", "operations", "security":
		return discipline[0]
	}
	return 'x'
}

// Archived is an archived card in a list.
type Archived struct {
	Face
	ArchivedAt time.Time `json:"archivedAt"`
}

// ArchivedOn lists a board's archived cards, newest first.
func (s *Service) ArchivedOn(ctx context.Context, boardID string, limit int, cursor string) (items []Archived, next string, err error) {
	q := s.store.Rows(ctx)
	seen, err := s.boards.See(q, who.From(ctx), boardID)
	if err != nil {
		return nil, "", err
	}
	beforeAt, beforeRID := int64(1)<<62, int64(1)<<62
	if cursor != "" {
		if beforeAt, beforeRID, err = readCursor(cursor); err != nil {
			return nil, "", err
		}
	}
	var last *Card
	items = []Archived{}
	err = q.Each(func(scan func(...any) error) error {
		c, err := scanCard(scan)
		if err != nil {
			return err
		}
		if len(items) == limit {
			next = writeCursor(*last.ArchivedAt, last.RID)
			return nil
		}
		last = c
		items = append(items, Archived{FaceOf(c, seen.Layout), store.At(*c.ArchivedAt)})
		return nil
	}, "SELECT "+cardColumns+cardTables+`WHERE c.board_rid = ? AND c.archived_at IS NOT NULL AND (c.archived_at < ? OR (c.archived_at = ? AND c.rid < ?))
		ORDER BY c.archived_at DESC, c.rid DESC LIMIT ?`, seen.RID, beforeAt, beforeAt, beforeRID, limit+1)
	return items, next, err
}

func writeCursor(at, rid int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(at, 10) + "." + strconv.FormatInt(rid, 10)))
}

func readCursor(s string) (at, rid int64, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	a, b, ok := strings.Cut(string(raw), ".")
	if err == nil && ok {
		if at, err = strconv.ParseInt(a, 10, 64); err == nil {
			if rid, err = strconv.ParseInt(b, 10, 64); err == nil {
				return at, rid, nil
			}
		}
	}
	return 0, 0, fault.Invalid("query.cursor", "That is not a cursor of this list")
}

// Log is a stretch of a topic's record.
type Log struct {
	Items []event.Event `json:"items"`
	Seq   int64         `json:"seq" doc:"The topic's last sequence"`
}

// maxCatchUp is how far behind the record answers; farther, the board is to be fetched anew.
const maxCatchUp = 5000

// EventsOf reads a board's record after since.
func (s *Service) EventsOf(ctx context.Context, boardID string, since int64, limit int) (Log, error) {
	if err := s.boards.CanListen(ctx, who.From(ctx), boardID); err != nil {
		return Log{}, err
	}
	return s.log(ctx, event.BoardTopic(boardID), since, limit)
}

func (s *Service) log(ctx context.Context, topic string, since int64, limit int) (Log, error) {
	seq, _, err := s.store.Topic(ctx, topic)
	if err != nil {
		return Log{}, err
	}
	if seq-since > maxCatchUp || since > seq {
		return Log{}, fault.Of(410, "reset", "That is too far back. Fetch the board anew.").With("seq", seq)
	}
	items, err := s.store.Events(ctx, topic, since, limit)
	if items == nil {
		items = []event.Event{}
	}
	return Log{items, seq}, err
}
