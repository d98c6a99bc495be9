// Package ballot lets people answer without it being known who answered what. Whoever answers is known only by codes
// that a key makes of them. Taking the key away, when all have answered, makes the codes worth nothing (ADR 0016).
package ballot

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"trestle/server/fault"
	"trestle/server/store"
)

// Key makes codes of people. The zero Key, after it was taken away, makes none.
type Key []byte

// NewKey is a key that nobody has.
func NewKey() Key {
	k := make(Key, 32)
	_, _ = rand.Read(k) // never fails
	return k
}

// Read is the key that Text wrote; none from "".
func Read(text string) (Key, error) {
	k, err := hex.DecodeString(text)
	if len(k) == 0 {
		k = nil
	}
	return k, err
}

// Text is the key as it is kept.
func (k Key) Text() string { return hex.EncodeToString(k) }

// Code is what stands for somebody, the first of the parts, for one purpose; "" without a key or without somebody.
func (k Key) Code(purpose string, parts ...string) string {
	if len(k) == 0 || len(parts) == 0 || parts[0] == "" {
		return ""
	}
	h := hmac.New(sha256.New, k)
	h.Write([]byte(purpose))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Commands is a table of one's own that keeps which requests were answered, by codes: the store's own list would name
// the person beside a hash of what they said.
type Commands struct {
	Table string // with columns command and request
	Owner string // the column of what they belong to
}

// Done says whether the request was done before, and notes that it is now. The same key for something else is refused.
func (c Commands) Done(tx *store.Tx, owner int64, k Key, personID string, asked *store.Caller) (again bool, err error) {
	if asked.CommandKey == "" {
		return false, nil
	}
	command := k.Code("command", personID, asked.CommandKey)
	request := k.Code("command", personID, asked.CommandKey, asked.RequestHash)
	var was string
	found, err := tx.Row([]any{&was}, "SELECT request FROM "+c.Table+" WHERE "+c.Owner+" = ? AND command = ?", owner, command)
	switch {
	case err != nil:
		return false, err
	case found && was != request:
		return false, fault.Of(http.StatusUnprocessableEntity, "idempotency_mismatch", "This Idempotency-Key was used for another request.")
	case found:
		return true, nil
	}
	_, err = tx.Exec("INSERT INTO "+c.Table+" ("+c.Owner+", command, request) VALUES (?,?,?)", owner, command, request)
	return false, err
}
