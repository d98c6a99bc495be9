package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"trestle/server/store"
)

// Create writes a backup of the data folder dir to the file to, which must not exist yet. It works beside a
// running server. The file appears under its name only when it is whole and checked.
func Create(ctx context.Context, dir, to, program string, now time.Time) (Manifest, error) {
	m := Manifest{Format: Format, MadeAt: now.UTC(), Program: program, SQLite: store.SQLiteVersion()}
	source := filepath.Join(dir, store.FileName)
	if _, err := os.Stat(source); err != nil {
		return m, fmt.Errorf("there is no Trestle database in %s", dir)
	}
	if _, err := os.Lstat(to); err == nil {
		return m, fmt.Errorf("%s exists already; a backup never overwrites", to)
	}
	parent := filepath.Dir(to)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return m, err
	}
	if err := roomFor(source, parent); err != nil {
		return m, err
	}
	work, err := os.MkdirTemp(parent, ".trestle-backup-")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(work)
	copied := filepath.Join(work, store.FileName)
	if err := vacuumInto(ctx, source, copied); err != nil {
		return m, fmt.Errorf("the database could not be copied: %w", err)
	}
	facts, err := checkDatabase(ctx, copied)
	if err != nil {
		return m, fmt.Errorf("the copy does not hold, so no backup was made: %w", err)
	}
	m.Schema, m.Topics, m.Events, m.Heads = facts.schema, facts.topics, facts.events, facts.heads

	// after the database, so that every file its rows name is there already
	sources, err := listFiles(dir)
	if err != nil {
		return m, err
	}
	sources = append([]entry{{store.FileName, copied}}, sources...)
	for _, s := range sources {
		f, err := digest(s)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, f)
	}
	whole := filepath.Join(work, "backup.tar")
	if err := writeTar(whole, m, sources); err != nil {
		return m, err
	}
	if _, err := os.Lstat(to); err == nil {
		return m, fmt.Errorf("%s exists already; a backup never overwrites", to)
	}
	if err := os.Rename(whole, to); err != nil {
		return m, err
	}
	return m, syncDir(parent)
}

// roomFor asks for space for two copies: the database's and the file that it goes into.
func roomFor(source, parent string) error {
	fi, err := os.Stat(source)
	if err != nil {
		return err
	}
	need := uint64(fi.Size())*2 + 16<<20
	if free, _, ok := Space(parent); ok && free < need {
		return fmt.Errorf("%s has %d MB free, a backup needs %d MB while it is made", parent, free>>20, need>>20)
	}
	return nil
}

func vacuumInto(ctx context.Context, source, to string) error {
	db, err := sql.Open("sqlite3", dsn(source, "mode=ro&_busy_timeout=10000"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

func dsn(path, params string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + params
}

type entry struct{ name, path string }

func listFiles(dir string) ([]entry, error) {
	var out []entry
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || rel == "." {
			return err
		}
		name := filepath.ToSlash(rel)
		if leftOut(name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() {
			out = append(out, entry{name, path})
		}
		return nil
	})
	return out, err
}

func digest(e entry) (File, error) {
	r, err := os.Open(e.path)
	if err != nil {
		return File{}, err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, r)
	return File{Name: e.name, Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

func writeTar(path string, m Manifest, sources []entry) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // it holds keys and password hashes
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := tar.NewWriter(out)
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	raw = append(raw, '\n')
	if err := w.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(raw)), ModTime: m.MadeAt}); err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	for i, f := range m.Files {
		if err := w.WriteHeader(&tar.Header{Name: f.Name, Mode: 0o600, Size: f.Size, ModTime: m.MadeAt}); err != nil {
			return err
		}
		if err := copyExactly(w, sources[i].path, f); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), out.Sync())
}

// copyExactly refuses a file that changed since its digest was taken.
func copyExactly(w io.Writer, path string, f File) error {
	r, err := os.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(w, h), r, f.Size); err != nil {
		return fmt.Errorf("%s changed while it was copied: %w", f.Name, err)
	}
	if hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s changed while it was copied; please run the backup again", f.Name)
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
