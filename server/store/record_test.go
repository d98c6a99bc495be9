package store_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/trestletest"
)

type line struct {
	e            event.Event
	digest, hash string
}

func record(t *testing.T, st *store.Store) (lines []line) {
	t.Helper()
	err := st.Rows(t.Context()).Each(func(scan func(...any) error) error {
		var l line
		var at int64
		var data string
		if err := scan(&l.e.Topic, &l.e.Seq, &l.e.Type, &l.e.ActorID, &l.e.CommandID, &at, &data, &l.digest, &l.hash, &l.e.Subject); err != nil {
			return err
		}
		l.e.At, l.e.Data = store.At(at), json.RawMessage(data)
		lines = append(lines, l)
		return nil
	}, "SELECT topic, seq, type, actor_id, command_id, at, data, digest, hash, subject FROM events ORDER BY topic, seq")
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// holds checks the chain of lines in order; heads are what the topics say.
func holds(lines []line, heads map[string]string) bool {
	last := map[string]line{}
	for _, l := range lines {
		prev := last[l.e.Topic]
		if l.e.Seq != prev.e.Seq+1 || store.DataDigest(l.e.Data) != l.digest || store.ChainHash(prev.hash, l.e, l.digest) != l.hash {
			return false
		}
		last[l.e.Topic] = l
	}
	for topic, head := range heads {
		if last[topic].hash != head {
			return false
		}
	}
	return true
}

func headsOf(t *testing.T, st *store.Store) map[string]string {
	t.Helper()
	heads := map[string]string{}
	if err := st.Rows(t.Context()).Each(func(scan func(...any) error) error {
		var id, head string
		err := scan(&id, &head)
		heads[id] = head
		return err
	}, "SELECT id, head FROM topics WHERE seq > 0"); err != nil {
		t.Fatal(err)
	}
	return heads
}

func verifyChains(t *testing.T, st *store.Store) {
	t.Helper()
	if !holds(record(t, st), headsOf(t, st)) {
		t.Error("the chain does not hold")
	}
}

// Every byte of every line is under the chain: flip any one and it does not hold any more.
func TestChain_FindsEveryFlippedByte(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		for i := range 4 {
			if err := store.Do(store.As(t.Context(), "per_1", "Ada"), st, []string{"board:b", "org"}, func(tx *store.Tx) error {
				_, err := tx.PublishAbout("board:b", "card.moved", "crd_1", map[string]any{"title": "Grüße \u0001 <&>", "n": i})
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		lines, heads := record(t, st), headsOf(t, st)
		if len(lines) != 4 || !holds(lines, heads) {
			t.Fatal("the chain does not hold by itself")
		}
		flips := 0
		for i := range lines {
			fields := func(l *line) []*string { return []*string{&l.e.Type, &l.e.ActorID, &l.e.Subject, &l.digest, &l.hash} }
			for f := range fields(&lines[i]) {
				for at := range *fields(&lines[i])[f] {
					bad := append([]line(nil), lines...)
					p := fields(&bad[i])[f]
					b := []byte(*p)
					b[at] ^= 1
					*p = string(b)
					if flips++; holds(bad, heads) {
						t.Errorf("line %d field %d byte %d", i, f, at)
					}
				}
			}
			for at := range lines[i].e.Data {
				bad := append([]line(nil), lines...)
				bad[i].e.Data = append([]byte(nil), lines[i].e.Data...)
				bad[i].e.Data[at] ^= 1
				if flips++; holds(bad, heads) {
					t.Errorf("line %d data byte %d", i, at)
				}
			}
			for name, change := range map[string]func(l *line){
				"time": func(l *line) { l.e.At = l.e.At.Add(1e6) }, "command": func(l *line) { l.e.CommandID = "x" },
				"moved text": func(l *line) { l.e.ActorID, l.e.Type = l.e.Type, l.e.ActorID },
			} {
				bad := append([]line(nil), lines...)
				change(&bad[i])
				if holds(bad, heads) {
					t.Errorf("line %d: %s", i, name)
				}
			}
			if holds(append(append([]line(nil), lines[:i]...), lines[i+1:]...), heads) {
				t.Errorf("line %d can be left out", i)
			}
		}
		t.Logf("%d flips", flips)
	})
}

// The record only grows: nothing in it can be deleted or rewritten by a statement, except data being erased.
func TestEvents_CannotBeDeletedOrRewritten(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		if err := store.Do(t.Context(), st, []string{"org"}, func(tx *store.Tx) error {
			_, err := tx.Publish("org", "org.tested", 1)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		stmts := []string{
			"DELETE FROM events",
			"UPDATE events SET topic = 'board:x'", "UPDATE events SET seq = 2", "UPDATE events SET type = 'x'",
			"UPDATE events SET actor_id = 'x'", "UPDATE events SET command_id = 'x'", "UPDATE events SET at = 1",
			"UPDATE events SET digest = 'x'", "UPDATE events SET hash = 'x'", "UPDATE events SET subject = 'x'",
			"INSERT INTO events (topic, seq, type, at, data, digest, hash) VALUES ('org',1,'x',1,'{}','','')",
			"INSERT INTO events (topic, seq, type, at, data, digest, hash) VALUES ('org',1,'x',1,'{}','','') ON CONFLICT (topic, seq) DO UPDATE SET type = 'x'",
		}
		if st.SQLite() {
			stmts = append(stmts, "REPLACE INTO events (topic, seq, type, at, data, digest, hash) VALUES ('org',1,'x',1,'{}','','')",
				"UPDATE OR REPLACE events SET type = 'x'")
		} else {
			stmts = append(stmts, "TRUNCATE events")
		}
		for _, stmt := range stmts {
			if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error { _, err := tx.Exec(stmt); return err }); err == nil {
				t.Errorf("%s went through", stmt)
			}
		}
		if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
			n, err := tx.Exec("UPDATE events SET data = ?", store.Erased)
			if err == nil && n != 1 {
				err = fmt.Errorf("%d rows", n)
			}
			return err
		}); err != nil {
			t.Errorf("erasing data on request: %v", err)
		}
		if l := record(t, st); len(l) != 1 || l[0].e.Type != "org.tested" {
			t.Errorf("%+v", l)
		}
	})
}

func TestEvents_Paging(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		for i := range 7 {
			if err := store.Do(t.Context(), st, []string{"board:a", "board:b"}, func(tx *store.Tx) error {
				if _, err := tx.PublishAbout("board:b", "card.moved", fmt.Sprint("crd_", i%2), i); err != nil {
					return err
				}
				_, err := tx.PublishAbout("board:a", "card.moved", "crd_0", i)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		seqs := func(events []event.Event, err error) string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, e := range events {
				out = append(out, fmt.Sprint(e.Seq))
			}
			return strings.Join(out, " ")
		}
		for _, c := range []struct {
			since int64
			limit int
			want  string
		}{{0, 3, "1 2 3"}, {3, 3, "4 5 6"}, {6, 3, "7"}, {7, 3, ""}, {99, 3, ""}, {-5, 2, "1 2"}, {0, 0, "1 2 3 4 5 6 7"}} {
			if got := seqs(st.Events(t.Context(), "board:b", c.since, c.limit)); got != c.want {
				t.Errorf("since %d limit %d: %s", c.since, c.limit, got)
			}
		}
		q := st.Rows(t.Context())
		if got := seqs(store.EventsAbout(q, "board:b", "crd_0", 0, 3)); got != "7 5 3" {
			t.Error(got)
		}
		if got := seqs(store.EventsAbout(q, "board:b", "crd_0", 3, 3)); got != "1" {
			t.Error(got)
		}
	})
}

// Whoever opens the file with another program is refused too, unless they take the triggers away; that the
// chain finds (server/audit).
func TestEvents_TriggersAreInTheFile(t *testing.T) {
	st := trestletest.Open(t)
	if err := store.Do(t.Context(), st, []string{"org"}, func(tx *store.Tx) error {
		_, err := tx.Publish("org", "org.tested", 1)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+st.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM events"); err == nil {
		t.Error("another program deletes events")
	}
}

// A write that waited for another one's topic happened after it, by its time too: flow orders by time first.
func TestTx_NowFollowsTheRecord(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		write := func(in func()) error {
			return store.Do(t.Context(), b.Store, []string{"org"}, func(tx *store.Tx) error {
				in()
				_, err := tx.Publish("org", "org.tested", nil)
				return err
			})
		}
		second := make(chan error, 1)
		if err := write(func() {
			go func() { second <- write(func() {}) }()
			time.Sleep(200 * time.Millisecond) // the second one waits by now
			b.Clock.Advance(time.Hour)
		}); err != nil {
			t.Fatal(err)
		}
		if err := <-second; err != nil {
			t.Fatal(err)
		}
		events, err := b.Store.Events(t.Context(), "org", 0, 2)
		if err != nil || len(events) != 2 || events[1].At.Sub(events[0].At) != time.Hour {
			t.Fatalf("%v, %+v", err, events)
		}
	})
}
