// Package audit walks the record: every topic's events count 1, 2, 3… without gaps, each carries the hash of
// the one before it, and the topic's head is the hash of its last one. A changed, removed or reordered line
// shows as the first place where that is not so.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"

	"trestle/server/event"
	"trestle/server/store"
)

// Break is a place where a topic's record does not hold.
type Break struct {
	Topic string
	Seq   int64
	What  string // a sentence
}

func (b Break) String() string { return fmt.Sprintf("%s, event %d: %s", b.Topic, b.Seq, b.What) }

// Report is the outcome of a walk.
type Report struct {
	Topics, Events int64
	Breaks         []Break // the first break of each topic that has one
	// Heads is one hash over all topics' heads as they were when the walk began. Kept elsewhere, it shows
	// whether the end of a record was cut off later.
	Heads string
}

const page = 2000

type head struct {
	seq  int64
	hash string
}

// Walk checks every topic's chain. Writes may go on meanwhile.
func Walk(ctx context.Context, st *store.Store) (Report, error) {
	heads, err := readHeads(st.Rows(ctx))
	if err != nil {
		return Report{}, err
	}
	w := walk{heads: heads, report: Report{Topics: int64(len(heads)), Heads: headOfHeads(heads)}, last: map[string]head{}}
	topic, seq := "", int64(0)
	for {
		n, t, s, err := w.page(ctx, st, topic, seq)
		if err != nil {
			return w.report, err
		}
		if topic, seq = t, s; n < page {
			break
		}
	}
	w.finish()
	return w.report, nil
}

type walk struct {
	heads  map[string]head
	last   map[string]head // what has been walked so far
	broken map[string]bool
	report Report
}

func (w *walk) page(ctx context.Context, st *store.Store, topic string, seq int64) (n int, _ string, _ int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, store.ReadDeadline)
	defer cancel()
	err = st.Rows(ctx).Each(func(scan func(...any) error) error {
		var e event.Event
		var at int64
		var data, digest, hash string
		if err := scan(&e.Topic, &e.Seq, &e.Type, &e.ActorID, &e.CommandID, &at, &e.Subject, &data, &digest, &hash); err != nil {
			return err
		}
		e.At, e.Data = store.At(at), json.RawMessage(data)
		w.step(e, digest, hash)
		n, topic, seq = n+1, e.Topic, e.Seq
		return nil
	}, `SELECT topic, seq, type, actor_id, command_id, at, subject, data, digest, hash FROM events
		WHERE (topic, seq) > (?, ?) ORDER BY topic, seq LIMIT ?`, topic, seq, page)
	return n, topic, seq, err
}

func (w *walk) step(e event.Event, digest, hash string) {
	w.report.Events++
	prev := w.last[e.Topic]
	w.last[e.Topic] = head{e.Seq, hash}
	switch {
	case e.Seq != prev.seq+1:
		w.fail(e.Topic, prev.seq+1, fmt.Sprintf("it is missing; the next one is %d", e.Seq))
	case store.ChainHash(prev.hash, e, digest) != hash:
		w.fail(e.Topic, e.Seq, "its hash is not that of what it says and of the one before it")
	case string(e.Data) != store.Erased && store.DataDigest(e.Data) != digest:
		w.fail(e.Topic, e.Seq, "its data is not what was recorded")
	default:
		if h, ok := w.heads[e.Topic]; ok && h.seq == e.Seq && h.hash != hash {
			w.fail(e.Topic, e.Seq, "it is the topic's last one, but the topic's head is another hash")
		}
	}
}

func (w *walk) finish() {
	topics := make([]string, 0, len(w.heads))
	for t := range w.heads {
		topics = append(topics, t)
	}
	sort.Strings(topics)
	for _, t := range topics {
		if h, l := w.heads[t], w.last[t]; l.seq < h.seq {
			w.fail(t, l.seq+1, fmt.Sprintf("it is missing; the topic says it has %d", h.seq))
		}
	}
}

func (w *walk) fail(topic string, seq int64, what string) {
	if w.broken == nil {
		w.broken = map[string]bool{}
	}
	if !w.broken[topic] {
		w.broken[topic] = true
		w.report.Breaks = append(w.report.Breaks, Break{topic, seq, what})
	}
}

func readHeads(q *store.Query) (map[string]head, error) {
	heads := map[string]head{}
	return heads, q.Each(func(scan func(...any) error) error {
		var id string
		var h head
		if err := scan(&id, &h.seq, &h.hash); err != nil {
			return err
		}
		heads[id] = h
		return nil
	}, "SELECT id, seq, head FROM topics WHERE seq > 0")
}

func headOfHeads(heads map[string]head) string {
	lines := make([]string, 0, len(heads))
	for t, h := range heads {
		lines = append(lines, fmt.Sprintf("%s %d %s\n", t, h.seq, h.hash))
	}
	sort.Strings(lines)
	sum := sha256.New()
	for _, l := range lines {
		sum.Write([]byte(l))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
