// Package blob keeps bytes under names that say nothing: in a folder, or in any store that speaks S3. What the
// bytes mean, who may see them and when they go is the business of the rooms.
package blob

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"time"
)

// ErrAbsent is said of a key under which there is nothing.
var ErrAbsent = errors.New("there is no such blob")

// Store keeps blobs. A key is one that NewKey made; a blob never changes.
type Store interface {
	// Put keeps size bytes under a new key. When it fails nothing is there.
	Put(ctx context.Context, key string, r io.ReadSeeker, size int64) error
	// Open reads a blob; ErrAbsent when there is none.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// Remove takes a blob away; one that is not there is no error.
	Remove(ctx context.Context, key string) error
	// Each calls fn for every blob with the time it was put.
	Each(ctx context.Context, fn func(key string, at time.Time) error) error
}

// NewKey is 128 random bits.
func NewKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

var isKey = regexp.MustCompile(`^[0-9a-f]{32}$`)

var errKey = errors.New("not a key of this store")
