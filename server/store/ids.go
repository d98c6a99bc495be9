package store

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"sync/atomic"
	"time"
)

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// idEpoch is where ids begin to count: 2020-01-01.
const idEpoch = 1577836800000

// A process draws its mark once; the counter begins anywhere and never gives the same number twice in a
// millisecond.
var (
	processMark = uint64(randomBits())
	idCounter   atomic.Uint32
)

func init() { idCounter.Store(randomBits()) }

func randomBits() uint32 {
	var r [4]byte
	_, _ = rand.Read(r[:]) // never fails (crypto/rand)
	return binary.BigEndian.Uint32(r[:])
}

// NewID makes an opaque id like "crd_0f3k9x2m7q8r5t1v": 42 bits of milliseconds since 2020, 16 bits that the
// process drew when it started, and a counter of 22 bits. Ids of one table sort roughly by age and differ in
// few characters, so that a board of thousands of them compresses well (ADR 0005). Ids are names, never secrets.
func NewID(prefix string) string { return newIDAt(prefix, time.Now()) }

func newIDAt(prefix string, at time.Time) string {
	ms := uint64(at.UnixMilli()-idEpoch) & (1<<42 - 1)
	low := processMark&(1<<16-1)<<22 | uint64(idCounter.Add(1))&(1<<22-1)
	var b [10]byte
	binary.BigEndian.PutUint64(b[:8], ms<<22|low>>16)
	binary.BigEndian.PutUint16(b[8:], uint16(low))
	return prefix + "_" + idEncoding.EncodeToString(b[:])
}
