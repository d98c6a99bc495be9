package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"trestle/server/event"
)

// Tx is one write: a transaction with its own time, the topics it has locked and the news it will tell.
// Nothing slow (hashing, rendering, network) belongs inside. The function that receives a Tx may be run
// twice, when the group commit it was part of died; so it assigns its results and adds to nothing outside.
type Tx struct {
	*Query
	DB        *gorm.DB  // the same connection, for what is not hot
	Now       time.Time // UTC, to the millisecond; the time of everything this write does
	ActorID   string
	ActorName string

	store   *Store
	command string
	topics  map[string]*topicState
	after   []func()
}

type topicState struct {
	id       string
	seq      int64
	epoch    int64
	head     string
	existed  bool
	events   []event.Event
	epochUp  bool
	firstSeq int64
}

// lock takes the topics of a write that begins, and reads its time once they are held: on PostgreSQL it may
// have waited for another write, and what follows in a topic's record must not lie before it.
func (tx *Tx) lock(topics []string) error {
	err := tx.take(topics)
	tx.Now = tx.store.clock.Now()
	return err
}

// take locks the topics' rows in ascending order, which is the order that keeps two writers from
// waiting for each other. SQLite's writer is alone anyway.
func (tx *Tx) take(topics []string) error {
	sorted := append([]string(nil), topics...)
	sort.Strings(sorted)
	for _, id := range sorted {
		if _, ok := tx.topics[id]; ok {
			continue
		}
		t := &topicState{id: id}
		stmt := "SELECT seq, acl_epoch, head FROM topics WHERE id = ?"
		if !tx.store.sqlite {
			if _, err := tx.Exec("INSERT INTO topics (id) VALUES (?) ON CONFLICT DO NOTHING", id); err != nil {
				return err
			}
			stmt += forUpdate
		}
		found, err := tx.Row([]any{&t.seq, &t.epoch, &t.head}, stmt, id)
		if err != nil {
			return err
		}
		t.existed = found
		tx.topics[id] = t
	}
	return nil
}

// SQLite says which of the two databases this write is on.
func (tx *Tx) SQLite() bool { return tx.store.sqlite }

// LockNew takes the topic of something that this write itself has just made, so nobody can hold it.
func (tx *Tx) LockNew(topic string) error { return tx.take([]string{topic}) }

// Widen makes sure that the write holds these topics too: nil when it does, otherwise an error that fn must
// return as it is. Then all that was done is undone and the write begins anew with the wider set, so that locks
// are always taken in the one order. For what is known only under the locks: where else a card stands.
func (tx *Tx) Widen(topics ...string) error {
	for _, t := range topics {
		if _, ok := tx.topics[t]; !ok {
			return &wider{topics}
		}
	}
	return nil
}

// wider is the wish of Widen on its way to InTx.
type wider struct{ topics []string }

func (w *wider) Error() string {
	return "store: the write needs more topics: " + strings.Join(w.topics, ", ")
}

// Seq is the last sequence of a locked topic, own events included.
func (tx *Tx) Seq(topic string) int64 { return tx.must(topic).seq }

func (tx *Tx) must(topic string) *topicState {
	t, ok := tx.topics[topic]
	if !ok {
		panic("store: topic " + topic + " was not named when this write began")
	}
	return t
}

// Publish adds an event to a locked topic's record and gives its sequence. It is announced after commit.
func (tx *Tx) Publish(topic, kind string, data any) (seq int64, err error) {
	return tx.PublishAbout(topic, kind, "", data)
}

// PublishAbout is Publish for an event about one thing, whose history can then be read by its id.
func (tx *Tx) PublishAbout(topic, kind, subject string, data any) (seq int64, err error) {
	t := tx.must(topic)
	raw, err := json.Marshal(data)
	if err != nil {
		return 0, fmt.Errorf("event %s: %w", kind, err)
	}
	t.seq++
	t.events = append(t.events, event.Event{Topic: topic, Seq: t.seq, Type: kind, At: tx.Now,
		ActorID: tx.ActorID, CommandID: tx.command, Data: raw, Subject: subject})
	return t.seq, nil
}

// RaiseACL makes every node check again who may listen to the topic.
func (tx *Tx) RaiseACL(topic string) {
	t := tx.must(topic)
	if !t.epochUp {
		t.epochUp = true
		t.epoch++
	}
}

// Enqueue leaves a job in the outbox; it runs after the commit and not before due, at least once.
func (tx *Tx) Enqueue(kind, topic string, payload any, due time.Time) error {
	if tx.store.onJob != nil && !due.After(tx.Now) {
		tx.AfterCommit(tx.store.onJob)
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO outbox (kind, topic, payload, due_at, created_at) VALUES (?,?,?,?,?)",
		kind, topic, string(raw), Ms(due), max(Ms(due), Ms(tx.Now))) // how long it is tried counts from when it is due
	return err
}

// AfterCommit runs fn once the write is durable. It must be quick and cannot fail.
func (tx *Tx) AfterCommit(fn func()) { tx.after = append(tx.after, fn) }

// Insert runs an INSERT and gives the new row's integer surrogate (column rid).
func (tx *Tx) Insert(stmt string, args ...any) (rid int64, err error) {
	_, err = tx.Row([]any{&rid}, stmt+" RETURNING rid", args...)
	return rid, err
}

// flush writes the events and the topics' new heads.
func (tx *Tx) flush() error {
	for _, t := range tx.topics {
		if err := t.late(tx); err != nil {
			return err
		}
		for i := range t.events {
			e := &t.events[i]
			digest := DataDigest(e.Data)
			t.head = ChainHash(t.head, *e, digest)
			if _, err := tx.Quick(`INSERT INTO events (topic, seq, type, actor_id, command_id, at, data, digest, hash, subject)
				VALUES (?,?,?,?,?,?,?,?,?,?)`, e.Topic, e.Seq, e.Type, e.ActorID, e.CommandID, Ms(e.At), string(e.Data), digest, t.head, e.Subject); err != nil {
				return err
			}
		}
		if len(t.events) == 0 && !t.epochUp {
			continue
		}
		var err error
		if t.existed || !tx.store.sqlite {
			_, err = tx.Quick("UPDATE topics SET seq = ?, acl_epoch = ?, head = ? WHERE id = ?", t.seq, t.epoch, t.head, t.id)
		} else {
			_, err = tx.Quick("INSERT INTO topics (seq, acl_epoch, head, id) VALUES (?,?,?,?)", t.seq, t.epoch, t.head, t.id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// news is what to announce once committed.
func (tx *Tx) news() []event.News {
	var out []event.News
	for _, t := range tx.topics {
		if len(t.events) > 0 || t.epochUp {
			out = append(out, event.News{Topic: t.id, Seq: t.seq, ACLEpoch: t.epoch, Events: t.events})
		}
	}
	return out
}

// ChainHash links an event to the one before it: SHA-256 over the previous hash, the event's envelope and the
// digest of its data. The digest is kept beside the data, so that data can be erased on request (it becomes
// Erased) and the chain still holds (decisions 7).
func ChainHash(prev string, e event.Event, digest string) string {
	h := sha256.New()
	buf := make([]byte, 0, 384)
	for _, part := range []string{prev, e.Topic, strconv.FormatInt(e.Seq, 10), e.Type, e.ActorID, e.CommandID,
		strconv.FormatInt(Ms(e.At), 10), e.Subject, digest} {
		buf = append(buf, part...)
		buf = append(buf, 0)
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil))
}

// DataDigest is what the chain knows of an event's data.
func DataDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Erased is what an event's data becomes when it is erased on request.
const Erased = `{"erased":true}`
