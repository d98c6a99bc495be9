package flow

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
)

// keptItems is how many cards of how many boards are kept in memory at most; a card takes about 1 kB with its history.
const keptItems = 60_000

// kept are the records read last. A board's record is good until its topic moves on: every write that touches flow is an
// event there, in the same transaction. Then only the cards are read again that the events since are about.
type kept struct {
	mu     sync.Mutex
	boards map[string]*entry
	tick   int64
}

type entry struct {
	mu    sync.Mutex // one reader brings it up to date, the others wait for that
	seq   int64
	data  *loaded // shared with who asked before: replaced, never changed
	cards items   // what stands beside data.journeys: surrogates, and which are away; the items themselves are let go
	used  int64
}

// set keeps a record that was read anew.
func (e *entry) set(d *loaded, x items, seq int64) {
	x.list = nil
	e.data, e.cards, e.seq = d, x, seq
}

const (
	// rereadEvents, and cards in them, are followed at most; after more the record is read anew.
	rereadEvents = 2000
	rereadCards  = 400
)

// follow brings the record up to a sequence by reading the cards again that were touched since. It reports false where that
// will not do: settings have changed, cards were imported, or there is too much of it.
func (e *entry) follow(q *store.Query, l *board.Layout, seq int64) (bool, error) {
	was := e.data
	if was == nil || seq < e.seq || seq-e.seq > rereadEvents || l.Version != was.layout.Version {
		return false, nil
	}
	ids, ok, err := touched(q, event.BoardTopic(l.ID), e.seq, seq)
	if err != nil || !ok || len(ids)+len(e.cards.away) > rereadCards {
		return false, err
	}
	next := &loaded{layout: l, record: was.record, journeys: was.journeys, limits: was.limits, marks: was.marks, sles: was.sles, reserves: was.reserves}
	x := e.cards
	if len(ids)+len(x.away) > 0 {
		if x, err = next.reread(q, x, ids); err != nil {
			return false, err
		}
	}
	next.begin()
	e.set(next, x, seq)
	return true, nil
}

// touched names the cards that a topic's events tell of; ok is false where one of them is about more than cards.
func touched(q *store.Query, topic string, since, until int64) (ids []string, ok bool, err error) {
	n := int64(0)
	ok = true
	err = q.Each(func(scan func(...any) error) error {
		var kind, subject, data string
		if err := scan(&kind, &subject, &data); err != nil {
			return err
		}
		n++
		switch room, _, _ := strings.Cut(kind, "."); {
		case strings.HasPrefix(subject, "crd_"):
			ids = append(ids, subject)
		case kind == "mirror.updated":
			var d struct {
				Cards []struct {
					ID string `json:"id"`
				} `json:"cards"`
			}
			if json.Unmarshal([]byte(data), &d) != nil {
				ok = false
			}
			for _, c := range d.Cards {
				ids = append(ids, c.ID)
			}
		case kind == "column.respread", kind == "board.views_changed", room == "flow", room == "standup", room == "ritual", room == "retro":
		default:
			ok = false
		}
		return nil
	}, "SELECT type, subject, CASE WHEN type = 'mirror.updated' THEN data ELSE '' END FROM events WHERE topic = ? AND seq > ? AND seq <= ? ORDER BY seq", topic, since, until)
	slices.Sort(ids)
	return slices.Compact(ids), ok && n == until-since, err
}

// reread puts cards in the place of what was known of them. Those that stand elsewhere are among them every time: what
// happens to them there is told there.
func (d *loaded) reread(q *store.Query, known items, ids []string) (items, error) {
	rids := slices.Clone(known.away)
	err := store.InParts(ids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid int64
			err := scan(&rid)
			rids = append(rids, rid)
			return err
		}, "SELECT rid FROM cards WHERE id IN ("+marks+")", args...)
	})
	if err != nil {
		return known, err
	}
	slices.Sort(rids)
	rids = slices.Compact(rids)
	_, index := d.layout.Measured()
	x, err := d.cards(q, index, these(d.layout.RID, rids), false)
	if err != nil {
		return known, err
	}
	next := items{rids: known.rids, away: x.away}
	fresh := d.follow(x.list)
	journeys := slices.Clone(d.journeys)
	shared := true // the surrogates, as long as no card comes or goes
	for _, rid := range rids {
		at, here := slices.BinarySearch(next.rids, rid)
		i, there := slices.BinarySearch(x.rids, rid)
		if here && there {
			journeys[at] = fresh[i]
			continue
		}
		if shared {
			next.rids, shared = slices.Clone(next.rids), false
		}
		switch {
		case there:
			next.rids, journeys = slices.Insert(next.rids, at, rid), slices.Insert(journeys, at, fresh[i])
		case here: // it was never here: its coming was taken back
			next.rids, journeys = slices.Delete(next.rids, at, at+1), slices.Delete(journeys, at, at+1)
		}
	}
	d.journeys = journeys
	return next, nil
}

func (k *kept) of(boardID string) *entry {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tick++
	e := k.boards[boardID]
	if e == nil {
		e = &entry{}
		k.boards[boardID] = e
	}
	e.used = k.tick
	return e
}

// trim lets go of the boards that were asked for longest ago until what is kept has room; never of the one in hand.
func (k *kept) trim(inHand string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for {
		items, oldest := 0, ""
		for id, e := range k.boards {
			held := id == inHand || e.mu.TryLock()
			if !held {
				continue // somebody reads it now
			}
			if e.data != nil {
				items += len(e.data.journeys)
			}
			if id != inHand {
				if oldest == "" || e.used < k.boards[oldest].used {
					oldest = id
				}
				e.mu.Unlock()
			}
		}
		if items <= keptItems || oldest == "" {
			return
		}
		delete(k.boards, oldest)
	}
}
