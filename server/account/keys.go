package account

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"trestle/server/store"
)

// KeyFile is the signing keys' file in the data folder.
const KeyFile = "signing-keys.json"

// keyLife is how long a key signs. The one before it still verifies, so every link lives at least this long.
const keyLife = 366 * 24 * time.Hour

// keyring holds the two live signing keys, newest first. They are made when first needed.
type keyring struct {
	store  *store.Store
	dir    string // empty: the settings table
	mu     sync.Mutex
	keys   []signingKey
	lookAt time.Time // when an unknown key id may make us look again
}

type signingKey struct {
	ID     string `json:"kid"`
	Seed   []byte `json:"seed"`
	MadeAt int64  `json:"madeAt"` // epoch ms
}

func (k signingKey) private() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(k.Seed) }

func newKey(now time.Time) signingKey {
	return signingKey{ID: hex.EncodeToString(randomBytes(6)), Seed: randomBytes(ed25519.SeedSize), MadeAt: store.Ms(now)}
}

// signer is the newest key, made now when there is none or when it is old.
func (r *keyring) signer(ctx context.Context) (signingKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.keys) == 0 || r.old(r.keys) {
		if err := r.renew(ctx, false); err != nil {
			return signingKey{}, err
		}
	}
	return r.keys[0], nil
}

// verifier is the public key of that id, or nil. Another node may have made it since we looked.
func (r *keyring) verifier(ctx context.Context, id string) (ed25519.PublicKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for range 2 {
		for _, k := range r.keys {
			if k.ID == id {
				return k.private().Public().(ed25519.PublicKey), nil
			}
		}
		if len(r.keys) > 0 && time.Now().Before(r.lookAt) {
			return nil, nil
		}
		r.lookAt = time.Now().Add(5 * time.Second)
		if err := r.renew(ctx, false); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (r *keyring) old(keys []signingKey) bool {
	return r.store.Now().Sub(store.At(keys[0].MadeAt)) > keyLife
}

// renew reads the keys, and makes a new one when there is none, the newest is old, or force says so.
func (r *keyring) renew(ctx context.Context, force bool) error {
	if r.dir != "" {
		return r.inFile(force)
	}
	const name = "signing_keys"
	raw, err := setting(r.store.Rows(ctx), name)
	if err != nil {
		return err
	}
	keys, next, err := r.turn(raw, force)
	if err == nil && next != raw {
		err = store.Do(quietly(ctx), r.store, []string{org}, func(tx *store.Tx) error {
			raw, err := setting(tx.Query, name) // another node may have been first
			if err != nil {
				return err
			}
			if keys, next, err = r.turn(raw, force); err != nil || next == raw {
				return err
			}
			return saveSetting(tx, name, next)
		})
	}
	if err == nil {
		r.keys = keys
	}
	return err
}

// turn reads the keys as they are kept, and gives them with a new one in front when that is due.
func (r *keyring) turn(raw string, force bool) (keys []signingKey, next string, err error) {
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &keys); err != nil {
			return nil, "", fmt.Errorf("the signing keys cannot be read: %w", err)
		}
	}
	for _, k := range keys {
		if len(k.Seed) != ed25519.SeedSize {
			return nil, "", errors.New("the signing keys cannot be read: a seed has the wrong length")
		}
	}
	if len(keys) > 0 && !force && !r.old(keys) {
		return keys, raw, nil
	}
	keys = append([]signingKey{newKey(r.store.Now())}, keys...)
	keys = keys[:min(2, len(keys))]
	out, err := json.Marshal(keys)
	return keys, string(out), err
}

func (r *keyring) inFile(force bool) error {
	path := filepath.Join(r.dir, KeyFile)
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	keys, next, err := r.turn(string(raw), force)
	if err != nil {
		return err
	}
	if next != string(raw) {
		if err := writeFile(r.dir, path, next); err != nil {
			return err
		}
	}
	r.keys = keys
	return nil
}

// writeFile replaces a file whole, readable by its owner alone.
func writeFile(dir, path, text string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// RotateKeys makes a new signing key; the one before it still verifies, older ones do not.
func (s *Service) RotateKeys(ctx context.Context) error {
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	defer s.texts.forget()
	return s.keys.renew(ctx, true)
}
