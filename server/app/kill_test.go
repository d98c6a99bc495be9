package app

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"trestle/server/backup"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// rounds is how often the program is killed: 20, or 200 in a soak, or 3 in a hurry.
func rounds() int {
	switch {
	case os.Getenv("TRESTLE_SOAK") != "":
		return 200
	case testing.Short():
		return 3
	default:
		return 20
	}
}

// Killed in the middle of its work, again and again, the program loses nothing that it acknowledged, leaves no
// change half done, and is soon back. (Killing keeps what the kernel has; it does not show power loss.)
func TestKill_LosesNothing(t *testing.T) {
	bin := buildProgram(t)
	data := t.TempDir()
	child := spawn(t, bin, data)
	s := settle(t, child.url)
	acked := map[string]string{} // id → title
	var slowest time.Duration
	for round := range rounds() {
		if round > 0 {
			child = spawn(t, bin, data)
			s.base = child.url
			slowest = max(slowest, child.took)
		}
		have := map[string]string{}
		for _, c := range s.snapshot(t).Cards {
			have[c.ID] = c.Title
		}
		for id, title := range acked {
			if have[id] != title {
				t.Fatalf("round %d: %s %q was acknowledged and is gone", round, id, title)
			}
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := 0; ; i++ {
					title := fmt.Sprintf("round %d writer %d card %d", round, w, i)
					id, err := s.create(title)
					if err != nil {
						return // killed
					}
					mu.Lock()
					acked[id] = title
					mu.Unlock()
				}
			})
		}
		time.Sleep(50*time.Millisecond + rand.N(350*time.Millisecond))
		child.kill()
		wg.Wait()
	}
	if len(acked) < 10*rounds() {
		t.Fatalf("only %d creates were acknowledged in %d rounds", len(acked), rounds())
	}
	soundAfterKills(t, data, len(acked))
	t.Logf("%d rounds, %d acknowledged, none lost; slowest start to ready %d ms", rounds(), len(acked), slowest.Milliseconds())
}

// soundAfterKills looks into the file itself, which nobody serves now.
func soundAfterKills(t *testing.T, data string, atLeast int) {
	t.Helper()
	ctx := context.Background()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(data, store.FileName)+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := backup.QuickCheck(ctx, db); err != nil {
		t.Fatal(err)
	}
	for what, stmt := range map[string]string{
		"cards without the event of their creation": `SELECT COUNT(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.type = 'card.created' AND e.subject = c.id)`,
		"creations without their card":              `SELECT COUNT(*) FROM events e WHERE e.type = 'card.created' AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.id = e.subject)`,
		"cards without a place":                     `SELECT COUNT(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM places p WHERE p.card_rid = c.rid)`,
		"cards without their first transition":      `SELECT COUNT(*) FROM cards c WHERE NOT EXISTS (SELECT 1 FROM card_transitions x WHERE x.card_rid = c.rid)`,
	} {
		var n int
		if err := db.QueryRow(stmt).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %s (%v)", n, what, err)
		}
	}
	var cards int
	if err := db.QueryRow("SELECT COUNT(*) FROM cards").Scan(&cards); err != nil || cards < atLeast {
		t.Errorf("%d cards for %d acknowledged creates (%v)", cards, atLeast, err)
	}
	_ = db.Close()
	out := &quiet{}
	if err := AuditVerify(ctx, Config{Data: data, Out: out, LogTo: out}); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func buildProgram(t *testing.T) string {
	trestletest.NeedFullText(t)
	t.Helper()
	bin := filepath.Join(t.TempDir(), "trestle")
	out, err := exec.Command("go", "build", "-trimpath", "-tags", "sqlite_fts5", "-o", bin, "trestle/server/cmd/trestle").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

type child struct {
	cmd  *exec.Cmd
	url  string
	took time.Duration // until it was ready
}

var atAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// spawn starts the real program on a free port and waits until it is ready.
func spawn(t *testing.T, bin, data string, env ...string) *child {
	t.Helper()
	cmd := exec.Command(bin, "serve")
	cmd.Env = append([]string{"TRESTLE_ADDR=127.0.0.1:0", "TRESTLE_DATA=" + data, "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	said := &quiet{}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd}
	t.Cleanup(c.kill)
	lines := bufio.NewScanner(out)
	for c.url == "" && lines.Scan() {
		c.url = atAddress.FindString(lines.Text())
	}
	if c.url == "" {
		t.Fatalf("the program did not say where it listens\n%s", said.String())
	}
	go func() {
		for lines.Scan() {
		}
	}()
	visit(c.url).must(t, 200, "GET", "/readyz", nil, nil)
	c.took = time.Since(begin)
	return c
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_, _ = c.cmd.Process.Wait()
}
