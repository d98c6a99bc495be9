package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/clock"
	"trestle/server/store"
	"trestle/server/trestletest"
)

const crashEnv = "TRESTLE_TEST_CRASH_DIR"

// TestMain lets this test program be its own victim: started with crashEnv it only writes, and says what was
// acknowledged.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashEnv); dir != "" {
		writeUntilKilled(dir)
		return
	}
	os.Exit(m.Run())
}

func writeUntilKilled(dir string) {
	st, err := store.Open(context.Background(), store.Options{Dir: dir, Clock: clock.Real{}})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	var mu sync.Mutex
	fmt.Println("ready")
	for w := range 8 {
		go func() {
			topic := fmt.Sprint("board:", w%3)
			for {
				id := store.NewID("crd")
				err := store.Do(store.As(context.Background(), "per_1", "Ada"), st, []string{topic}, func(tx *store.Tx) error {
					if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?, ?)", id, strings.Repeat("x", 100)); err != nil {
						return err
					}
					_, err := tx.PublishAbout(topic, "card.created", id, map[string]string{"id": id})
					return err
				})
				mu.Lock()
				if err != nil {
					fmt.Println("error", err)
				} else {
					fmt.Println(id)
				}
				mu.Unlock()
			}
		}()
	}
	select {}
}

// T1: the program is killed in the middle of writing, again and again. Nothing acknowledged is lost, nothing
// is there by half, the file is sound, and it opens in less than a second. Honest limit: a killed program
// leaves the page cache alone, so this is no test of power loss.
func TestStore_Kill9(t *testing.T) {
	rounds := 20
	if os.Getenv("TRESTLE_SOAK") != "" {
		rounds = 200
	}
	b := trestletest.New(t)
	dir := b.Options.Dir
	if err := b.Store.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	for round := range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), crashEnv+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var acks []string
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			line := lines.Text()
			if line == "ready" {
				time.AfterFunc(time.Duration(50+rand.IntN(350))*time.Millisecond, func() { _ = cmd.Process.Kill() })
				continue
			}
			if strings.HasPrefix(line, "error") {
				_ = cmd.Process.Kill()
				t.Errorf("round %d: %s", round, line)
			}
			if len(line) == len(store.NewID("crd")) { // a line may be cut by the kill
				acks = append(acks, line)
			}
		}
		_ = cmd.Wait()
		acknowledged += len(acks)

		start := time.Now()
		st, err := store.Open(context.Background(), store.Options{Dir: dir})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if _, _, err := st.Topic(context.Background(), "board:0"); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("round %d: ready after %s", round, took)
		}
		rows, events := column(t, st, "SELECT key FROM settings"), column(t, st, "SELECT subject FROM events")
		for _, id := range acks {
			if !rows[id] || !events[id] {
				t.Errorf("round %d: %s was acknowledged; its row is there: %v, its event: %v", round, id, rows[id], events[id])
			}
		}
		if !maps.Equal(rows, events) {
			t.Errorf("round %d: half writes: %d rows, %d events", round, len(rows), len(events))
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM topics t WHERE seq <> (SELECT count(*) FROM events e WHERE e.topic = t.id)"); n != 0 {
			t.Errorf("round %d: %d topics do not agree with their events", round, n)
		}
		if round == rounds-1 {
			verifyChains(t, st)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		db, err := sql.Open("sqlite3", "file:"+b.Store.Path())
		if err != nil {
			t.Fatal(err)
		}
		var check string
		if err := db.QueryRow("PRAGMA quick_check").Scan(&check); err != nil || check != "ok" {
			t.Errorf("round %d: quick_check %s %v", round, check, err)
		}
		_ = db.Close()
	}
	if acknowledged < rounds*20 {
		t.Errorf("only %d writes in %d rounds: too few to tell", acknowledged, rounds)
	}
	t.Logf("%d rounds, %d acknowledged, none lost", rounds, acknowledged)
}

func column(t *testing.T, st *store.Store, stmt string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	if err := st.Rows(context.Background()).Each(func(scan func(...any) error) error {
		var v string
		err := scan(&v)
		out[v] = true
		return err
	}, stmt); err != nil {
		t.Fatal(err)
	}
	return out
}
