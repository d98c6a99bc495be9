package store

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
)

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// idEpoch is where ids begin to count: 2020-01-01.
const idEpoch = 1577836800000

// NewID makes an opaque id like "crd_0f3k9x2m7q8r5t1v": 42 bits of milliseconds, so that ids of one
// table sort roughly by age and compress well, and 38 random bits. Ids are names, never secrets.
func NewID(prefix string) string { return newIDAt(prefix, time.Now()) }

func newIDAt(prefix string, at time.Time) string {
	var r [8]byte
	_, _ = rand.Read(r[:]) // never fails (crypto/rand)
	ms := uint64(at.UnixMilli()-idEpoch) & (1<<42 - 1)
	low := binary.BigEndian.Uint64(r[:]) & (1<<38 - 1)
	var b [10]byte
	hi := ms<<22 | low>>16
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint16(b[8:], uint16(low))
	return prefix + "_" + idEncoding.EncodeToString(b[:])
}
