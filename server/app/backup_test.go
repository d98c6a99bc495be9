package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A backup taken while people write is one moment of the board; taken when they have stopped, it is the board.
func TestBackup_WhileServing(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	a := start(t, cfg)
	s := settle(t, a.URL())
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := s.create(fmt.Sprintf("writer %d card %d", w, i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	before := s.snapshot(t)
	during := filepath.Join(t.TempDir(), "during.tar")
	if err := Backup(ctx, cfg, during); err != nil {
		t.Fatal(err)
	}
	after := s.snapshot(t)
	close(stop)
	wg.Wait()
	still := filepath.Join(t.TempDir(), "still.tar")
	if err := Backup(ctx, cfg, still); err != nil {
		t.Fatal(err)
	}
	contains(t, "backup", cfg.Out.(*quiet).String(), still, "checked in", "heads ")

	// the moment in the middle: everything of before, nothing that is not of after, a gapless record
	mid := restored(t, during, s)
	got := mid.snapshot(t)
	if got.Seq < before.Seq || got.Seq > after.Seq || len(got.Cards) < len(before.Cards) || len(got.Cards) > len(after.Cards) {
		t.Errorf("the backup stands at %d with %d cards; it was taken between %d (%d) and %d (%d)",
			got.Seq, len(got.Cards), before.Seq, len(before.Cards), after.Seq, len(after.Cards))
	}
	// the end: the same board, byte for byte apart from what names the build
	end := restored(t, still, s)
	for _, path := range []string{"/api/v1/boards/" + s.board, "/api/v1/boards/" + s.board + "/events?since=0&limit=500", "/api/v1/teams", "/api/v1/people"} {
		one, two := s.must(t, 200, "GET", path, nil, nil), end.must(t, 200, "GET", path, nil, nil)
		if !bytes.Equal(one.body, two.body) {
			t.Errorf("%s differs after the restore:\n%.600s\n%.600s", path, one.body, two.body)
		}
	}
}

// restored is the same visitor at a new server on a restored folder; their sign-in still holds, because the
// keys are in the backup.
func restored(t *testing.T, file string, s *settled) *settled {
	t.Helper()
	cfg := config(t)
	if err := Restore(context.Background(), cfg, file, false, true); err != nil {
		t.Fatal(err)
	}
	if err := Restore(context.Background(), cfg, file, false, false); err != nil {
		t.Fatal(err)
	}
	b := start(t, cfg)
	again := *s
	again.visitor = visit(b.URL())
	again.token = s.token
	return &again
}

func TestRestore_RefusesWhileServing(t *testing.T) {
	cfg := config(t)
	a := start(t, cfg)
	settle(t, a.URL())
	file := filepath.Join(t.TempDir(), "one.tar")
	if err := Backup(context.Background(), cfg, file); err != nil {
		t.Fatal(err)
	}
	if err := Restore(context.Background(), cfg, file, true, false); err == nil || !strings.Contains(err.Error(), "stop it before") {
		t.Fatalf("restored under a running server: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(context.Background(), cfg, file, false, false); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Fatalf("overwrote a workspace: %v", err)
	}
	if err := Restore(context.Background(), cfg, file, true, false); err != nil {
		t.Fatal(err)
	}
	contains(t, "restore", cfg.Out.(*quiet).String(), "restored into", "what was there is in")
}

func TestDoctor(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	if err := Doctor(ctx, cfg); err != nil { // nothing there yet is no illness
		t.Fatalf("%v\n%s", err, cfg.Out.(*quiet).String())
	}
	a := start(t, cfg)
	s := settle(t, a.URL())
	if _, err := s.create("one"); err != nil {
		t.Fatal(err)
	}
	// beside the running server
	out := &quiet{}
	beside := cfg
	beside.Out = out
	if err := Doctor(ctx, beside); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	contains(t, "doctor", out.String(), "SQLite 3.", "quick_check and foreign_key_check ok", "every chain holds", "journal_mode wal, synchronous full",
		"free of", "ok    schema", "every card stands somewhere", "boards show what their tables hold", "ok    outbox", "readable by its owner only", "nothing recorded is in the future")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	open := cfg
	open.Out, open.Addr = &quiet{}, "0.0.0.0:8080"
	if err := Doctor(ctx, open); err == nil {
		t.Error("an open address without TRESTLE_PUBLIC_URL is bad")
	}
	contains(t, "doctor", open.Out.(*quiet).String(), "bad   address", "set TRESTLE_PUBLIC_URL")

	hurt(t, cfg, `UPDATE cards SET face = '{"c":3}'`)
	faced := cfg
	faced.Out = &quiet{}
	if err := Doctor(ctx, faced); err == nil {
		t.Error("a face with three comments that nobody wrote is bad")
	}
	contains(t, "doctor", faced.Out.(*quiet).String(), "bad   faces", "1 cards show something else")

	hurt(t, cfg, "PRAGMA foreign_keys = off; DELETE FROM places")
	sick := cfg
	sick.Out = &quiet{}
	if err := Doctor(ctx, sick); err == nil {
		t.Error("a card without a place is bad")
	}
	contains(t, "doctor", sick.Out.(*quiet).String(), "1 cards stand nowhere")

	hurt(t, cfg, "DROP TRIGGER events_are_never_rewritten; UPDATE events SET type = 'x' WHERE seq = 1")
	forged := cfg
	forged.Out = &quiet{}
	if err := Doctor(ctx, forged); err == nil {
		t.Error("a rewritten record is bad")
	}
	contains(t, "doctor", forged.Out.(*quiet).String(), "bad   record")
	if err := AuditVerify(ctx, forged); err == nil {
		t.Error("audit verify finds it too")
	}
}

func TestHealth(t *testing.T) {
	cfg := config(t)
	a := start(t, cfg)
	cfg.Addr = a.Addr()
	if err := Health(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Health(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), "no server answers") {
		t.Fatal(err)
	}
}

func TestUsers(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	a := start(t, cfg)
	s := settle(t, a.URL())
	out := &quiet{}
	cfg.Out = out
	// beside the running server
	if err := UserAdd(ctx, cfg, NewUser{Email: "Sam@Example.test", Name: "Sam", Role: "member", Discipline: "operations", Password: password}); err != nil {
		t.Fatal(err)
	}
	if err := UserAdd(ctx, cfg, NewUser{Email: "sam@example.test", Name: "Sam again", Role: "member", Discipline: "operations", Password: password}); err == nil {
		t.Error("two people with one address")
	}
	if err := UserAdd(ctx, cfg, NewUser{Email: "kim@example.test", Name: "Kim", Role: "member", Discipline: "operations", Password: "short"}); err == nil {
		t.Error("a short password")
	}
	sam := visit(a.URL())
	var in struct{ Token string }
	sam.must(t, 200, "POST", "/api/v1/session", map[string]any{"email": "sam@example.test", "password": password}, &in)
	sam.token = in.Token
	if err := UserPassword(ctx, cfg, "sam@example.test", password+"-new"); err != nil {
		t.Fatal(err)
	}
	sam.must(t, 401, "GET", "/api/v1/me", nil, nil) // other sessions end
	sam.token = ""
	sam.must(t, 200, "POST", "/api/v1/session", map[string]any{"email": "sam@example.test", "password": password + "-new"}, &in)
	sam.token = in.Token
	if err := TokenCreate(ctx, cfg, NewToken{Email: "sam@example.test", Name: "ci", Scopes: []string{"read", "live"}}); err != nil {
		t.Fatal(err)
	}
	secret := ""
	for _, line := range strings.Split(out.String(), "\n") {
		if strings.HasPrefix(line, "trs_") {
			secret = line
		}
	}
	ci := visit(a.URL())
	ci.token = secret
	ci.must(t, 200, "GET", "/api/v1/me", nil, nil)
	ci.must(t, 403, "POST", "/api/v1/teams", map[string]any{"name": "X", "key": "XX"}, nil)
	if err := UserList(ctx, cfg); err != nil {
		t.Fatal(err)
	}
	contains(t, "user list", out.String(), "sam@example.test", "ines@example.test", "operations")
	if err := UserDisable(ctx, cfg, "sam@example.test"); err != nil {
		t.Fatal(err)
	}
	sam.must(t, 401, "GET", "/api/v1/me", nil, nil)
	ci.must(t, 401, "GET", "/api/v1/me", nil, nil)
	if err := UserDisable(ctx, cfg, "ines@example.test"); err == nil {
		t.Error("the last administrator was disabled")
	}
	if err := UserDisable(ctx, cfg, "nobody@example.test"); err == nil || !strings.Contains(Sentence(err), "nobody@example.test") {
		t.Errorf("unknown person: %v", err)
	}
	s.must(t, 200, "GET", "/api/v1/me", nil, nil)
}

func TestImport(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	a := start(t, cfg)
	s := settle(t, a.URL())
	file := filepath.Join(t.TempDir(), "board.json")
	raw := s.must(t, 200, "GET", "/api/v1/boards/"+s.board+"/export?format=json", nil, nil).body
	if !json.Valid(raw) {
		t.Fatal("the export is no JSON")
	}
	writeFile(t, file, raw)
	out := &quiet{}
	cfg.Out = out
	if err := Import(ctx, cfg, ImportOptions{File: file, Team: "PAY", DryRun: true}); err != nil {
		t.Fatal(err)
	}
	if err := Import(ctx, cfg, ImportOptions{File: file, Team: "NONE"}); err == nil || !strings.Contains(Sentence(err), "NONE") {
		t.Errorf("unknown team: %v", err)
	}
	if err := Import(ctx, cfg, ImportOptions{File: file + ".missing", Team: "PAY"}); err == nil {
		t.Error("a missing file")
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	writeFile(t, bad, []byte("{"))
	if err := Import(ctx, cfg, ImportOptions{File: bad, Team: "PAY"}); err == nil {
		t.Error("a broken file")
	}
	contains(t, "import", out.String(), "dry run")
}
