package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"trestle/server/fault"
)

// Cost of a password's hash: argon2id with so many passes over so many KiB, one lane.
type Cost struct{ Passes, Memory uint32 }

// RealCost is what a password's hash costs unless a test says otherwise: about 40 ms.
var RealCost = Cost{Passes: 2, Memory: 19 * 1024}

const (
	hashLanes = 1
	hashKey   = 32
)

// Length of a password in characters. There are no rules about which characters.
const (
	PasswordMin = 8
	PasswordMax = 128
)

//go:embed common.txt
var commonText string

var common = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
})

// CheckPassword says what is wrong with a new password for this e-mail address.
func CheckPassword(location, password, email string) error {
	n := utf8.RuneCountInString(password)
	if n < PasswordMin {
		return fault.Invalid(location, "A password has at least %d characters; fifteen are better.", PasswordMin)
	}
	if n > PasswordMax {
		return fault.Invalid(location, "A password has at most %d characters.", PasswordMax)
	}
	low := strings.ToLower(password)
	if common()[low] {
		return fault.Invalid(location, "That password is among the most common ones and would be guessed first.")
	}
	name, _, _ := strings.Cut(foldEmail(email), "@")
	if email != "" && (strings.Contains(low, foldEmail(email)) || (len(name) >= 4 && strings.Contains(low, name))) {
		return fault.Invalid(location, "A password cannot contain your e-mail address.")
	}
	return nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

// hash gives the PHC string of a password.
func (c Cost) hash(password, salt []byte) string {
	key := argon2.IDKey(password, salt, c.Passes, c.Memory, hashLanes, hashKey)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// matches compares a password with a PHC string and says whether the string was made with other costs than ours.
func (c Cost) matches(phc, password string) (ok, outdated bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false
	}
	var version int
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil ||
		memory > 1<<20 || passes == 0 || passes > 64 || lanes == 0 {
		return false, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(want) < 16 {
		return false, false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(want)))
	ok = subtle.ConstantTimeCompare(got, want) == 1
	return ok, memory != c.Memory || passes != c.Passes || lanes != hashLanes || len(want) != hashKey
}

// hashed waits for a free processor and hashes.
func (s *Service) hashed(ctx context.Context, password string) (out string, err error) {
	err = s.hashingPlace(ctx, func() { out = s.cfg.Cost.hash([]byte(password), randomBytes(16)) })
	return out, err
}

// verify compares a password with a person's hash; without a hash it takes the same time and says no.
func (s *Service) verify(ctx context.Context, phc, password string) (ok, outdated bool, err error) {
	real := phc != ""
	if !real {
		phc = s.dummy()
	}
	err = s.hashingPlace(ctx, func() { ok, outdated = s.cfg.Cost.matches(phc, password) })
	return ok && real, outdated, err
}

func (s *Service) hashingPlace(ctx context.Context, fn func()) error {
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.hashing }()
	fn()
	if s.tidying.CompareAndSwap(false, true) {
		// the 19 MiB of a hash would stay with the process for minutes; a calm moment later they go back
		time.AfterFunc(2*time.Second, func() {
			s.tidying.Store(false)
			debug.FreeOSMemory()
		})
	}
	return nil
}
