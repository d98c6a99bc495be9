package card

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

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
	Aging      int            `json:"aging" doc:"In progress for 70 % of their expectation or longer"`
	Seq        int64          `json:"seq" doc:"The board's sequence at which this is true"`
	Favourite  *int           `json:"favourite,omitempty" doc:"Its place among your starred boards, from 0"`
	CanLead    bool           `json:"canLead,omitempty" doc:"You may archive, restore and change it"`
	ArchivedAt *time.Time     `json:"archivedAt,omitempty"`
	Columns    []ColumnGlance `json:"columns"`
}

// ColumnGlance is a column of a board at a glance.
type ColumnGlance struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Count int    `json:"count"`
	Max   *int   `json:"max,omitempty"`
	Mix   string `json:"mix" doc:"One letter per card by leading discipline: d, o, s, x; at most 40"`
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
