package card

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"trestle/server/board"
	"trestle/server/event"
)

// shelf keeps the boards that were asked for lately, encoded. A board there is brought up to date by the
// events since it was last asked for, so that after a move only one card is encoded again.
type shelf struct {
	mu     sync.Mutex
	boards map[string]*shelved
}

const shelfMax = 64

func newShelf() shelf { return shelf{boards: map[string]*shelved{}} }

// of gives the board's place on the shelf, clearing the one that nobody asked for the longest.
func (s *shelf) of(boardID string) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[boardID]
	if b == nil {
		if len(s.boards) >= shelfMax {
			oldest := ""
			for id, x := range s.boards {
				if oldest == "" || x.used.Before(s.boards[oldest].used) {
					oldest = id
				}
			}
			delete(s.boards, oldest)
		}
		b = &shelved{}
		s.boards[boardID] = b
	}
	b.used = time.Now()
	return b
}

// shelved is one board, true at seq. Its lock is held while it is brought up to date.
type shelved struct {
	used time.Time // guarded by the shelf's lock

	mu      sync.Mutex
	filled  bool
	seq     int64
	epoch   int64
	version int64 // of the layout
	team    string
	head    []byte // {"board":…,"columns":…,"lanes":…,"cards":[
	tail    []byte // ],"people":…,
	order   map[string]int
	cards   map[string]*shelvedCard
	sorted  []*shelvedCard
	body    []byte
	zipped  []byte
}

type shelvedCard struct {
	face Face
	text []byte
}

// fill sets the board anew from a snapshot.
func (b *shelved) fill(snap Snapshot, epoch int64, l *board.Layout) error {
	b.filled, b.seq, b.epoch, b.version, b.team = true, snap.Seq, epoch, l.Version, l.TeamKey+l.TeamName
	b.order = map[string]int{}
	for i, c := range snap.Columns {
		b.order[c.ID] = i
	}
	b.cards = make(map[string]*shelvedCard, len(snap.Cards))
	b.sorted = b.sorted[:0]
	for _, f := range snap.Cards {
		c := &shelvedCard{face: f}
		if err := c.encode(); err != nil {
			return err
		}
		b.cards[f.ID] = c
		b.sorted = append(b.sorted, c)
	}
	b.sort()
	b.body, b.zipped = nil, nil
	return b.frame(snap)
}

func (b *shelved) frame(snap Snapshot) error {
	var err error
	var parts [4][]byte
	for i, v := range []any{snap.Board, snap.Columns, snap.Lanes, snap.People} {
		if parts[i], err = json.Marshal(v); err != nil {
			return err
		}
	}
	b.head = slices.Concat([]byte(`{"board":`), parts[0], []byte(`,"columns":`), parts[1], []byte(`,"lanes":`), parts[2], []byte(`,"cards":[`))
	b.tail = slices.Concat([]byte(`],"people":`), parts[3], []byte(`,"seq":`))
	return nil
}

func (c *shelvedCard) encode() (err error) {
	c.text, err = json.Marshal(c.face)
	return err
}

func (b *shelved) sort() {
	slices.SortFunc(b.sorted, func(x, y *shelvedCard) int {
		if d := b.order[x.face.ColumnID] - b.order[y.face.ColumnID]; d != 0 {
			return d
		}
		if d := strings.Compare(x.face.Pos, y.face.Pos); d != 0 {
			return d
		}
		return strings.Compare(x.face.ID, y.face.ID)
	})
}

// apply brings the board up to date. It reports false when the events cannot be applied to what is held
// (settings, people, an import): then the board is read anew.
func (b *shelved) apply(events []event.Event) (ok bool, err error) {
	resort := false
	for _, e := range events {
		if e.Seq != b.seq+1 {
			return false, nil
		}
		var d struct {
			Card   json.RawMessage `json:"card"`
			Cards  []MirrorPart    `json:"cards"`
			Places []PosOf         `json:"places"`
		}
		if json.Unmarshal(e.Data, &d) != nil || (d.Card == nil && strings.HasPrefix(e.Type, "card.")) {
			return false, nil // erased on request: the tables still know
		}
		switch e.Type {
		case "card.moved":
			var m Moved
			if err := json.Unmarshal(d.Card, &m); err != nil {
				return false, err
			}
			c := b.cards[m.ID]
			if c == nil {
				return false, nil
			}
			finished := (c.face.FinishedAt == nil) != (m.FinishedAt == nil)
			finished = finished || (m.FinishedAt != nil && c.face.Class != m.Class)
			m.into(&c.face)
			if err := c.encode(); err != nil {
				return false, err
			}
			resort = true
			if finished {
				return false, nil // how much history the expectations rest on has changed
			}
		case "mirror.updated":
			for _, m := range d.Cards {
				if c := b.cards[m.ID]; c != nil {
					c.face.Version, c.face.Mirror = m.Version, m.Mirror
					c.face.EnteredAt, c.face.StartedAt, c.face.FinishedAt = m.EnteredAt, m.StartedAt, m.FinishedAt
					if err := c.encode(); err != nil {
						return false, err
					}
				}
			}
		case "card.archived", "mirror.removed":
			var f Face
			if err := json.Unmarshal(d.Card, &f); err != nil {
				return false, err
			}
			delete(b.cards, f.ID)
			b.sorted = slices.DeleteFunc(b.sorted, func(c *shelvedCard) bool { return c.face.ID == f.ID })
		case "card.created", "card.restored", "card.updated", "card.blocked", "card.unblocked", "card.commented", "card.signalled", "card.todo_changed",
			"card.blocker_raised", "card.blocker_promised", "card.mirrored", "card.unmirrored", "mirror.added", "card.rolled_up", "card.attached", "card.detached":
			var f Face
			if err := json.Unmarshal(d.Card, &f); err != nil {
				return false, err
			}
			c := b.cards[f.ID]
			if c == nil {
				c = &shelvedCard{}
				b.cards[f.ID] = c
				b.sorted = append(b.sorted, c)
				resort = true
			}
			if !slices.Equal(c.face.OwnerIDs, f.OwnerIDs) && len(f.OwnerIDs) > 0 {
				return false, nil // the people of the board may have changed
			}
			if !slices.Equal(raisedTo(c.face), raisedTo(f)) {
				return false, nil // whom the board can name may have changed
			}
			if !maps.Equal(c.face.Fields, f.Fields) && len(namedIn(f.Fields)) > 0 {
				return false, nil // here too
			}
			if f.Mirror == nil && ((c.face.FinishedAt == nil) != (f.FinishedAt == nil) || (f.FinishedAt != nil && c.face.Class != f.Class)) {
				return false, nil // so may how much history the expectations rest on
			}
			c.face = f
			if err := c.encode(); err != nil {
				return false, err
			}
		case "column.respread":
			for _, p := range d.Places {
				if c := b.cards[p.ID]; c != nil {
					c.face.Pos = p.Pos
					if err := c.encode(); err != nil {
						return false, err
					}
				}
			}
			resort = true
		case "queue.explained", "board.views_changed", "flow.noted", "flow.note_changed", "flow.note_withdrawn", "flow.note_restored": // a board shows it beside the queue, not in it
		default:
			return false, nil
		}
		b.seq = e.Seq
		b.body, b.zipped = nil, nil
	}
	if resort {
		b.sort()
	}
	return true, nil
}

// into merges a move into a face.
func (m Moved) into(f *Face) {
	f.Version, f.ColumnID, f.Pos, f.Class = m.Version, m.ColumnID, m.Pos, m.Class
	f.EnteredAt, f.StartedAt, f.FinishedAt = m.EnteredAt, m.StartedAt, m.FinishedAt
	f.LaneID = ""
	if m.LaneID != nil {
		f.LaneID = *m.LaneID
	}
}

// encoded is the whole board as JSON, plain or gzipped; made once per sequence. The caller must not change it.
func (b *shelved) encoded(zip bool) ([]byte, error) {
	if b.body == nil {
		n := len(b.head) + len(b.tail) + 32
		for _, c := range b.sorted {
			n += len(c.text) + 1
		}
		out := make([]byte, 0, n)
		out = append(out, b.head...)
		for i, c := range b.sorted {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, c.text...)
		}
		out = append(out, b.tail...)
		seq, _ := json.Marshal(b.seq)
		b.body = append(append(out, seq...), '}')
	}
	if !zip {
		return b.body, nil
	}
	if b.zipped == nil {
		var buf bytes.Buffer
		buf.Grow(len(b.body) / 8)
		z, err := gzip.NewWriterLevel(&buf, gzip.BestSpeed)
		if err != nil {
			return nil, err
		}
		if _, err := z.Write(b.body); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		b.zipped = buf.Bytes()
	}
	return b.zipped, nil
}

// raisedTo are the people to whom the card's blockers were raised.
func raisedTo(f Face) (out []string) {
	for _, b := range f.Blockers {
		if b.RaisedTo != "" {
			out = append(out, b.RaisedTo)
		}
	}
	return out
}
