package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"trestle/migrations"
	"trestle/server/audit"
	"trestle/server/store"
	"trestle/server/trestletest"
)

var made = time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)

func record(st *store.Store, topic string, i int) error {
	return store.Do(store.As(context.Background(), "per_1", "Ines"), st, []string{topic}, func(tx *store.Tx) error {
		_, err := tx.Publish(topic, "card.moved", map[string]any{"n": i})
		return err
	})
}

// state is everything that a record says, in one string.
func state(t *testing.T, st *store.Store) string {
	t.Helper()
	r, err := audit.Walk(context.Background(), st)
	if err != nil || len(r.Breaks) > 0 {
		t.Fatal(err, r.Breaks)
	}
	return fmt.Sprintf("%d topics, %d events, %s", r.Topics, r.Events, r.Heads)
}

func open(t *testing.T, dir string) *store.Store {
	trestletest.NeedFullText(t)
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func TestCreateAndRestore(t *testing.T) {
	ctx := context.Background()
	b := trestletest.New(t)
	dir := b.Options.Dir
	for i := range 20 {
		if err := record(b.Store, fmt.Sprintf("board:%d", i%3), i); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "keys", "session.key"), "the key")
	write(t, filepath.Join(dir, "attachments", "ab", "abc"), "a picture")
	write(t, filepath.Join(dir, "backups", "old.tar"), "not this")
	file := filepath.Join(dir, "backups", "one.tar")
	m, err := Create(ctx, dir, file, "1.2.3", made)
	if err != nil {
		t.Fatal(err)
	}
	if m.Topics != 3 || m.Events != 20 || m.Schema != store.SchemaVersion() || m.Program != "1.2.3" || len(m.Files) != 3 {
		t.Fatalf("manifest %+v", m)
	}
	if fi, err := os.Stat(file); err != nil || fi.Mode().Perm() != 0o600 {
		t.Fatalf("a backup holds secrets: %v %v", fi.Mode(), err)
	}
	if again, err := Verify(ctx, file); err != nil || again.Heads != m.Heads {
		t.Fatal(err)
	}
	if _, err := Create(ctx, dir, file, "", made); err == nil || !strings.Contains(err.Error(), "never overwrites") {
		t.Fatalf("wrote over a backup: %v", err)
	}

	elsewhere := filepath.Join(t.TempDir(), "data")
	r, err := Restore(ctx, file, elsewhere, false, made)
	if err != nil || r.Aside != "" {
		t.Fatal(r, err)
	}
	if got, want := state(t, open(t, elsewhere)), state(t, b.Store); got != want {
		t.Fatalf("restored %s, was %s", got, want)
	}
	if read(t, filepath.Join(elsewhere, "keys", "session.key")) != "the key" || read(t, filepath.Join(elsewhere, "attachments", "ab", "abc")) != "a picture" {
		t.Fatal("the files beside the database")
	}
	if fi, err := os.Stat(filepath.Join(elsewhere, "keys", "session.key")); err != nil || fi.Mode().Perm() != 0o600 {
		t.Fatal("a key that others can read")
	}
	leftovers(t, dir)
	leftovers(t, elsewhere)
}

func TestRestore_MovesAside(t *testing.T) {
	ctx := context.Background()
	b := trestletest.New(t)
	if err := record(b.Store, "board:a", 1); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "one.tar")
	if _, err := Create(ctx, b.Options.Dir, file, "", made); err != nil {
		t.Fatal(err)
	}
	before := state(t, b.Store)
	other := trestletest.New(t)
	if err := record(other.Store, "board:b", 1); err != nil {
		t.Fatal(err)
	}
	lost := state(t, other.Store)
	if err := other.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, file, other.Options.Dir, false, made); !errors.Is(err, ErrNotEmpty) {
		t.Fatalf("overwrote a workspace: %v", err)
	}
	r, err := Restore(ctx, file, other.Options.Dir, true, made)
	if err != nil || filepath.Base(r.Aside) != "before-restore-20261121-080000" {
		t.Fatal(r, err)
	}
	if got := state(t, open(t, other.Options.Dir)); got != before {
		t.Fatalf("restored %s, wanted %s", got, before)
	}
	if got := state(t, open(t, r.Aside)); got != lost {
		t.Fatalf("what was there is now %s, was %s", got, lost)
	}
}

// A backup that was cut off, changed or added to is refused, and the data folder stays as it was.
func TestRestore_RefusesWhatDoesNotHold(t *testing.T) {
	ctx := context.Background()
	b := trestletest.New(t)
	for i := range 5 {
		if err := record(b.Store, "board:a", i); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(b.Options.Dir, "keys", "k"), "the key")
	file := filepath.Join(t.TempDir(), "one.tar")
	if _, err := Create(ctx, b.Options.Dir, file, "", made); err != nil {
		t.Fatal(err)
	}
	good := read(t, file)
	var outside bytes.Buffer
	w := tar.NewWriter(&outside)
	manifest := `{"format":1,"files":[{"name":"../../evil","size":1,"sha256":""}]}`
	_ = w.WriteHeader(&tar.Header{Name: "manifest.json", Size: int64(len(manifest)), Mode: 0o600})
	_, _ = w.Write([]byte(manifest))
	_ = w.WriteHeader(&tar.Header{Name: "../../evil", Size: 1, Mode: 0o600})
	_, _ = w.Write([]byte("x"))
	_ = w.Close()
	for name, bad := range map[string]string{
		"empty":           "",
		"not a backup":    strings.Repeat("x", 2048),
		"cut off":         good[:len(good)*2/3],
		"without its end": good[:len(good)-2048],
		"a changed key":   strings.Replace(good, "the key", "the kex", 1),
		"a changed event": strings.Replace(good, `{"n":3}`, `{"n":4}`, 1),
		"a newer schema":  strings.Replace(good, fmt.Sprintf(`"schema": %d`, store.SchemaVersion()), `"schema": 9`, 1),
		"another format":  strings.Replace(good, `"format": 1`, `"format": 7`, 1),
		"other heads":     strings.Replace(good, `"events": 5`, `"events": 4`, 1),
		"a name outside":  outside.String(),
	} {
		t.Run(name, func(t *testing.T) {
			if bad == good {
				t.Fatal("nothing was changed")
			}
			f := filepath.Join(t.TempDir(), "bad.tar")
			write(t, f, bad)
			dir := t.TempDir()
			write(t, filepath.Join(dir, "trestle.db"), "precious")
			if _, err := Restore(ctx, f, dir, true, made); err == nil {
				t.Fatal("was restored")
			} else {
				t.Log(err)
			}
			if read(t, filepath.Join(dir, "trestle.db")) != "precious" {
				t.Fatal("the data folder was touched")
			}
			leftovers(t, dir)
		})
	}
}

// An older schema becomes this program's, and what was recorded is still there.
func TestRestore_IntoANewerProgram(t *testing.T) {
	trestletest.NeedFullText(t)
	ctx := context.Background()
	dir := t.TempDir()
	db, err := sql.Open("sqlite3", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	files, _ := fs.Sub(migrations.SQLite, "sqlite")
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		t.Fatal(err)
	}
	steps := p.ListSources()
	before := steps[len(steps)-2].Version // steps may leave numbers out
	if _, err := p.UpTo(ctx, before); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO people (id, name, email, discipline, role, created_at) VALUES ('per_1', 'Ines', 'i@x', 'security', 'admin', 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "old.tar")
	if m, err := Create(ctx, dir, file, "", made); err != nil || m.Schema != before {
		t.Fatal(m, err)
	}
	to := t.TempDir()
	r, err := Restore(ctx, file, to, false, made)
	if err != nil || r.Migrated.From != before || r.Migrated.To != store.SchemaVersion() {
		t.Fatal(r, err)
	}
	if n := trestletest.Count(t, open(t, to), "SELECT count(*) FROM people WHERE name = 'Ines'"); n != 1 {
		t.Fatal("Ines is gone")
	}
}

// A backup taken in the middle of a stream of writes is one moment of it.
func TestCreate_WhileWriting(t *testing.T) {
	ctx := context.Background()
	b := trestletest.New(t)
	stop, stopped := make(chan struct{}), make(chan error)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
				if err := record(b.Store, fmt.Sprintf("board:%d", i%5), i); err != nil {
					stopped <- err
					return
				}
			}
		}
	}()
	time.Sleep(50 * time.Millisecond)
	last := int64(-1)
	for i := range 5 {
		file := filepath.Join(t.TempDir(), "one.tar")
		m, err := Create(ctx, b.Options.Dir, file, "", made)
		if err != nil {
			t.Fatal(err)
		}
		if m.Events <= last {
			t.Fatalf("backup %d holds %d events, the one before %d", i, m.Events, last)
		}
		last = m.Events
		to := t.TempDir()
		if _, err := Restore(ctx, file, to, false, made); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(ctx, store.Options{Dir: to})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := state(t, st), fmt.Sprintf("%d topics, %d events, %s", m.Topics, m.Events, m.Heads); got != want {
			t.Fatalf("restored %s, the manifest says %s", got, want)
		}
		_ = st.Close()
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
}

func TestRefuse(t *testing.T) {
	said := Refuse("postgres://trestle:hunter2@db.example/trestle?sslmode=require").Error()
	if strings.Contains(said, "hunter2") || !strings.Contains(said, "pg_dump --format=custom --file=trestle.dump 'postgres://trestle@db.example/trestle?sslmode=require'") {
		t.Fatal(said)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// leftovers fails when a folder of work was left behind.
func leftovers(t *testing.T, dir string) {
	t.Helper()
	for _, d := range []string{dir, filepath.Join(dir, "backups")} {
		left, _ := filepath.Glob(filepath.Join(d, ".*"))
		if len(left) > 0 {
			t.Fatalf("left behind: %v", left)
		}
	}
}
