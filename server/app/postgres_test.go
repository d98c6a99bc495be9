package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"trestle/server/trestletest"
)

// The same program on PostgreSQL: it starts, works, is examined, and says how to back it up.
func TestApp_OnPostgres(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	cfg.DatabaseURL, cfg.MetricsAddr = trestletest.EmptyPostgresURL(t), "127.0.0.1:0"
	a := start(t, cfg)
	s := settle(t, a.URL())
	if _, err := s.create("one"); err != nil {
		t.Fatal(err)
	}
	if cards := s.snapshot(t).Cards; len(cards) != 1 || cards[0].Title != "one" || !strings.HasPrefix(cards[0].Key, "PAY-") {
		t.Errorf("%+v", cards)
	}
	contains(t, "/metrics", string(visit("http://"+a.MetricsAddr()).must(t, 200, "GET", "/metrics", nil, nil).body), `trestle_outbox_jobs{state="failed"} 0`)
	out := &quiet{}
	cfg.Out = out
	if err := Doctor(ctx, cfg); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	contains(t, "doctor", out.String(), "PostgreSQL 1", "apart from the database's", "every chain holds", "every card stands somewhere")
	if err := UserList(ctx, cfg); err != nil {
		t.Error(err)
	}
	if err := Backup(ctx, cfg, ""); err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("backup: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b := start(t, cfg) // on what is there
	s.base = b.URL()
	if cards := s.snapshot(t).Cards; len(cards) != 1 {
		t.Errorf("after a restart: %+v", cards)
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, "trestle.db")); err == nil {
		t.Error("a SQLite file was made beside PostgreSQL")
	}
}
