package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// disk keeps blobs in a folder, 256 folders inside it.
type disk struct{ dir string }

// coming begins the names of files that are not whole yet.
const coming = "coming-"

// Disk keeps blobs in a folder, which is made when the first one comes.
func Disk(dir string) Store { return disk{dir} }

func (d disk) path(key string) (string, error) {
	if !isKey.MatchString(key) {
		return "", errKey
	}
	return filepath.Join(d.dir, key[:2], key), nil
}

func (d disk) Put(ctx context.Context, key string, r io.ReadSeeker, size int64) (err error) {
	path, err := d.path(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.dir, coming+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	n, err := io.Copy(f, r)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}

func (d disk) Open(_ context.Context, key string) (io.ReadCloser, error) {
	path, err := d.path(key)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	return f, err
}

func (d disk) Remove(_ context.Context, key string) error {
	path, err := d.path(key)
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Each also removes what never became whole.
func (d disk) Each(ctx context.Context, fn func(key string, at time.Time) error) error {
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || e.IsDir() {
			return err
		}
		fi, err := e.Info()
		switch {
		case errors.Is(err, fs.ErrNotExist): // removed meanwhile
			return nil
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), coming):
			if time.Since(fi.ModTime()) > time.Hour {
				return os.Remove(path)
			}
			return nil
		case !isKey.MatchString(e.Name()):
			return nil // not ours
		}
		return fn(e.Name(), fi.ModTime())
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
