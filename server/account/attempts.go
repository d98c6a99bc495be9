package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
)

// Guessing is slowed per account at one address, so that nobody can lock the owner out from elsewhere, and
// per address over all accounts. Each try is counted before the password is looked at (a hundred at once are
// a hundred tries) and taken back when it succeeds.
const (
	freeFailures    = 5
	freeUnderSiege  = 1   // …for each further address once an account has failed often
	siege           = 100 // failures of one account from anywhere, in a day
	longestDelay    = 5 * time.Minute
	failuresForget  = 24 * time.Hour
	perAddress      = 20
	perAddressEvery = time.Minute
)

// delayAfter is how long the next try must wait after this many failures: 1 s, 2 s, 4 s … 5 min.
func delayAfter(failures, free int) time.Duration {
	over := failures - free
	if over < 0 {
		return 0
	}
	if over > 20 {
		return longestDelay
	}
	return min(time.Second<<over, longestDelay)
}

func attemptKey(kind string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return kind + ":" + hex.EncodeToString(h.Sum(nil)[:12])
}

// network is what counts as one address: IPv6 by its /64, which one line has whole.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap(); a.Is6() {
		p, _ := a.WithZone("").Prefix(64)
		return p.String()
	}
	return a.String()
}

type tries struct {
	failures    int
	lastAt, til int64
}

func readTries(tx *store.Tx, key string) (t tries, err error) {
	_, err = tx.Row([]any{&t.failures, &t.lastAt, &t.til}, `SELECT failures, last_at, blocked_until FROM sign_in_failures WHERE key = ?`, key)
	return t, err
}

func saveTries(tx *store.Tx, key string, t tries) error {
	_, err := tx.Exec(`INSERT INTO sign_in_failures (key, failures, last_at, blocked_until) VALUES (?,?,?,?)
		ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until`,
		key, t.failures, t.lastAt, t.til)
	return err
}

func tooMany(wait time.Duration) error {
	f := fault.Of(http.StatusTooManyRequests, "rate_limited", "Too many tries. Please wait a moment and try again.")
	f.RetryAfter = max(wait, time.Second)
	return f
}

// signInLock orders the counting of tries on PostgreSQL; SQLite's writer is alone.
const signInLock = "sign-in"

// try counts a try to open an account from an address, or refuses it with 429. account may be empty: then
// only the address counts. Call forgive when the try succeeds.
func (s *Service) try(ctx context.Context, account, address string) error {
	where := network(address)
	byAddress := attemptKey("address", where)
	pair, all := attemptKey("pair", account, where), attemptKey("account", account)
	var wait time.Duration
	err := store.Do(quietly(ctx), s.store, []string{signInLock}, func(tx *store.Tx) error {
		wait = 0
		now := store.Ms(tx.Now)
		a, err := readTries(tx, byAddress)
		if err != nil {
			return err
		}
		if now-a.lastAt >= perAddressEvery.Milliseconds() {
			a = tries{lastAt: now} // lastAt is when this minute began
		}
		if a.failures >= perAddress {
			wait = time.Duration(a.lastAt+perAddressEvery.Milliseconds()-now) * time.Millisecond
			return nil
		}
		a.failures++
		if account == "" {
			return saveTries(tx, byAddress, a)
		}
		p, err := readTries(tx, pair)
		if err != nil {
			return err
		}
		if now < p.til {
			wait = time.Duration(p.til-now) * time.Millisecond
			return nil
		}
		t, err := readTries(tx, all)
		if err != nil {
			return err
		}
		for _, x := range []*tries{&p, &t} {
			if now-x.lastAt > failuresForget.Milliseconds() {
				*x = tries{}
			}
			x.failures++
			x.lastAt = now
		}
		free := freeFailures
		if t.failures > siege {
			free = freeUnderSiege
		}
		if d := delayAfter(p.failures, free); d > 0 {
			p.til = now + d.Milliseconds()
		}
		for key, x := range map[string]tries{byAddress: a, pair: p, all: t} {
			if err := saveTries(tx, key, x); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && wait > 0 {
		err = tooMany(wait)
	}
	return err
}

// forgive takes a counted try back, and for an account its failures at this address.
func forgive(tx *store.Tx, account, address string) error {
	where := network(address)
	if _, err := tx.Exec(`UPDATE sign_in_failures SET failures = failures - 1 WHERE key = ? AND failures > 0`, attemptKey("address", where)); err != nil {
		return err
	}
	if account == "" {
		return nil
	}
	if _, err := tx.Exec(`UPDATE sign_in_failures SET failures = failures - 1 WHERE key = ? AND failures > 0`, attemptKey("account", account)); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM sign_in_failures WHERE key = ?`, attemptKey("pair", account, where))
	return err
}
