package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"trestle/server/store"
)

// Verify reads a whole backup and checks everything in it, without touching any data folder.
func Verify(ctx context.Context, file string) (Manifest, error) {
	work, err := os.MkdirTemp("", "trestle-verify-")
	if err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(work)
	return unpack(ctx, file, work)
}

// Restored tells what Restore did.
type Restored struct {
	Manifest Manifest
	Aside    string // the folder that now holds what was in the data folder, if anything was
	Migrated store.Migrated
}

// ErrNotEmpty means that the data folder holds a workspace and force was not given.
var ErrNotEmpty = errors.New("the data folder holds a workspace already")

// Restore puts a backup into the data folder dir. It checks the backup first and changes nothing unless all
// of it holds. What is there already is moved into a folder of its own inside dir when force is given, and is
// a refusal (ErrNotEmpty) otherwise. An older schema is brought up to this program's.
//
// The caller makes sure that no server runs on dir.
func Restore(ctx context.Context, file, dir string, force bool, now time.Time) (Restored, error) {
	var r Restored
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return r, err
	}
	old, err := present(dir)
	if err != nil {
		return r, err
	}
	if len(old) > 0 && !force {
		return r, fmt.Errorf("%w: %s; with --force it is moved aside first (nothing is deleted)", ErrNotEmpty, dir)
	}
	// beside the data on the same disk, so that moving it in cannot run out of space half-way
	work, err := os.MkdirTemp(dir, ".restore-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(work)
	if r.Manifest, err = unpack(ctx, file, work); err != nil {
		return r, err
	}
	if len(old) > 0 {
		r.Aside = filepath.Join(dir, asidePrefix+now.UTC().Format("20060102-150405"))
		if err := moveAll(old, dir, r.Aside); err != nil {
			return r, err
		}
	}
	unpacked, err := present(work)
	if err != nil {
		return r, err
	}
	if err := moveAll(unpacked, work, dir); err != nil {
		return r, err
	}
	if err := syncDir(dir); err != nil {
		return r, err
	}
	r.Migrated, err = store.Migrate(ctx, store.Options{Dir: dir})
	return r, err
}

// present lists what a data folder holds apart from backups, earlier restores and the lock.
func present(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		n := e.Name()
		if n != "trestle.lock" && n != "backups" && !strings.HasPrefix(n, asidePrefix) && !strings.HasPrefix(n, ".") {
			out = append(out, n)
		}
	}
	return out, nil
}

func moveAll(names []string, from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, n := range names {
		if err := os.Rename(filepath.Join(from, n), filepath.Join(to, n)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(ctx context.Context, file, to string) (Manifest, error) {
	var m Manifest
	in, err := os.Open(file)
	if err != nil {
		return m, err
	}
	defer in.Close()
	r := tar.NewReader(in)
	h, err := r.Next()
	if err != nil || h.Name != manifestName || h.Size > 16<<20 {
		return m, fmt.Errorf("%s is not a Trestle backup", file)
	}
	if err := json.NewDecoder(io.LimitReader(r, h.Size)).Decode(&m); err != nil {
		return m, fmt.Errorf("%s is not a Trestle backup: its manifest cannot be read", file)
	}
	if m.Format != Format {
		return m, fmt.Errorf("%s is a backup of format %d, this program reads %d", file, m.Format, Format)
	}
	if m.Schema > store.SchemaVersion() {
		return m, fmt.Errorf("%s was made by a newer Trestle (schema %d, this program knows %d)", file, m.Schema, store.SchemaVersion())
	}
	for _, f := range m.Files {
		h, err := r.Next()
		if err != nil || h.Name != f.Name || h.Size != f.Size {
			return m, fmt.Errorf("%s is cut off or changed at %s", file, f.Name)
		}
		if err := unpackFile(r, h, f, to); err != nil {
			return m, fmt.Errorf("%s: %w", file, err)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		return m, fmt.Errorf("%s holds more than its manifest names", file)
	}
	facts, err := checkDatabase(ctx, filepath.Join(to, store.FileName))
	if err != nil {
		return m, err
	}
	if facts.heads != m.Heads || facts.schema != m.Schema || facts.events != m.Events {
		return m, fmt.Errorf("%s: the database is not the one that its manifest describes", file)
	}
	return m, nil
}

func unpackFile(r io.Reader, h *tar.Header, f File, to string) (err error) {
	if h.Typeflag != tar.TypeReg || f.Name != path.Clean(f.Name) || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
		return fmt.Errorf("%q is no name of a file in a data folder", f.Name)
	}
	target := filepath.Join(to, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), r); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s is not what was backed up: its digest differs", f.Name)
	}
	return out.Sync()
}
