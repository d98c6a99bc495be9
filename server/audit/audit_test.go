package audit

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"trestle/server/store"
	"trestle/server/trestletest"
)

func record(t *testing.T, st *store.Store, topic string, n int) {
	t.Helper()
	for i := range n {
		if err := store.Do(store.As(context.Background(), "per_1", "Ines"), st, []string{topic}, func(tx *store.Tx) error {
			_, err := tx.Publish(topic, "card.moved", map[string]any{"n": i})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func walkIt(t *testing.T, st *store.Store) Report {
	t.Helper()
	r, err := Walk(context.Background(), st)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWalk(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		if r := walkIt(t, st); r.Topics != 0 || len(r.Breaks) != 0 {
			t.Fatalf("an empty record: %+v", r)
		}
		record(t, st, "board:a", 7)
		record(t, st, "board:b", 3)
		one := walkIt(t, st)
		if one.Topics != 2 || one.Events != 10 || len(one.Breaks) != 0 {
			t.Fatalf("%+v", one)
		}
		record(t, st, "board:b", page) // more than one page
		two := walkIt(t, st)
		if two.Events != 10+page || len(two.Breaks) != 0 || two.Heads == one.Heads {
			t.Fatalf("%+v", two)
		}
	})
}

// Whatever somebody with the file in hand changes, the walk names the first line that does not hold.
func TestWalk_FindsWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct{ change, found string }{
		"data":        {`UPDATE events SET data = '{"n":9}' WHERE topic = 'board:b' AND seq = 3`, "board:b, event 3: its data"},
		"digest":      {`UPDATE events SET digest = 'x' WHERE topic = 'board:b' AND seq = 3`, "board:b, event 3: its hash"},
		"subject":     {`UPDATE events SET subject = 'x' WHERE topic = 'board:b' AND seq = 3`, "board:b, event 3: its hash"},
		"actor":       {`UPDATE events SET actor_id = 'per_2' WHERE topic = 'board:b' AND seq = 2`, "board:b, event 2: its hash"},
		"time":        {`UPDATE events SET at = at + 1 WHERE topic = 'board:b' AND seq = 5`, "board:b, event 5: its hash"},
		"type":        {`UPDATE events SET type = 'card.blocked' WHERE topic = 'board:b' AND seq = 1`, "board:b, event 1: its hash"},
		"command":     {`UPDATE events SET command_id = 'x' WHERE topic = 'board:b' AND seq = 1`, "board:b, event 1: its hash"},
		"hash":        {`UPDATE events SET hash = 'x' WHERE topic = 'board:b' AND seq = 1`, "board:b, event 1: its hash"},
		"deleted":     {`DELETE FROM events WHERE topic = 'board:b' AND seq = 3`, "board:b, event 3: it is missing; the next one is 4"},
		"first":       {`DELETE FROM events WHERE topic = 'board:b' AND seq = 1`, "board:b, event 1: it is missing; the next one is 2"},
		"cut off":     {`DELETE FROM events WHERE topic = 'board:b' AND seq = 6`, "board:b, event 6: it is missing; the topic says it has 6"},
		"all gone":    {`DELETE FROM events WHERE topic = 'board:b'`, "board:b, event 1: it is missing; the topic says it has 6"},
		"head":        {`UPDATE topics SET head = 'x' WHERE id = 'board:b'`, "board:b, event 6: it is the topic's last one"},
		"other topic": {`UPDATE events SET topic = 'board:a', seq = 4 WHERE topic = 'board:b' AND seq = 6`, "board:a, event 4: its hash"},
		"reordered": {`UPDATE events SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE topic = 'board:b' AND seq IN (2,3);
			UPDATE events SET seq = -seq WHERE seq < 0`, "board:b, event 2: its hash"},
	} {
		t.Run(name, func(t *testing.T) {
			st := trestletest.Open(t)
			record(t, st, "board:a", 3)
			record(t, st, "board:b", 6)
			tamper(t, st, c.change)
			r := walkIt(t, st)
			if len(r.Breaks) == 0 || !strings.HasPrefix(r.Breaks[0].String(), c.found) {
				t.Fatalf("wanted %q first, got %v", c.found, r.Breaks)
			}
		})
	}
}

// tamper does what the triggers forbid, the way somebody would who owns the file.
func tamper(t *testing.T, st *store.Store, change string) {
	t.Helper()
	db, err := sql.Open("sqlite3", fmt.Sprintf("file:%s?_busy_timeout=5000", st.Path()))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, stmt := range []string{"DROP TRIGGER events_are_never_deleted", "DROP TRIGGER events_are_never_rewritten", change} {
		if _, err := db.Exec(stmt); err != nil {
			t.Fatalf("%s: %v", stmt, err)
		}
	}
}

// Data can be erased on request: the chain covers its digest.
func TestWalk_ErasedDataHolds(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		record(t, st, "board:b", 6)
		if err := store.Do(context.Background(), st, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE events SET data = ? WHERE topic = 'board:b' AND seq = 3", store.Erased)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if r := walkIt(t, st); r.Events != 6 || len(r.Breaks) != 0 {
			t.Fatalf("%+v", r)
		}
	})
}
