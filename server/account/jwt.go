package account

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// purpose is what a signed text is for. It is the audience and part of the type, so that a text made for one
// door opens no other.
type purpose string

const (
	forSession purpose = "session" // the cookie; renewed against its row
	forBearer  purpose = "bearer"  // a session of a program, Authorization: Bearer
	forInvite  purpose = "invite"
	forDevice  purpose = "device"
	forLive    purpose = "live"    // a ticket
	forNoMail  purpose = "no-mail" // the link in a mail that ends them
)

// How long each lives.
var lives = map[purpose]time.Duration{
	forSession: 15 * time.Minute,
	forBearer:  12 * time.Hour,
	forInvite:  7 * 24 * time.Hour,
	forDevice:  365 * 24 * time.Hour,
	forLive:    30 * time.Second,
	forNoMail:  90 * 24 * time.Hour,
}

const issuer = "trestle"

// claims of all purposes; the row named by ID is what decides.
type claims struct {
	jwt.RegisteredClaims
	Epoch int64  `json:"epoch,omitempty"` // the person's auth_epoch, for sessions
	From  string `json:"from,omitempty"`  // a ticket: session, token or device
}

var errUnsigned = errors.New("not a text that this installation signed for this purpose")

// sign makes a text for a purpose that names row id and lives its purpose's life, at most until notAfter.
func (s *Service) sign(ctx context.Context, p purpose, c claims, notAfter time.Time) (string, time.Time, error) {
	k, err := s.keys.signer(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	now := s.store.Now()
	exp := now.Add(lives[p])
	if !notAfter.IsZero() && notAfter.Before(exp) {
		exp = notAfter
	}
	c.Issuer, c.Audience = issuer, jwt.ClaimStrings{string(p)}
	c.IssuedAt, c.ExpiresAt = jwt.NewNumericDate(now), jwt.NewNumericDate(exp)
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, c)
	t.Header["typ"], t.Header["kid"] = string(p)+"+jwt", k.ID
	raw, err := t.SignedString(k.private())
	return raw, c.ExpiresAt.Time.UTC(), err
}

// open verifies a text for a purpose. late is how long after its end it is still read: only a cookie's is,
// because its row decides and renews it.
func (s *Service) open(ctx context.Context, p purpose, raw string, late time.Duration) (*claims, error) {
	if len(raw) > 2048 {
		return nil, errUnsigned
	}
	now := s.store.Now()
	if c := s.texts.get(p, raw); c != nil && now.Before(c.ExpiresAt.Add(late)) {
		return c, nil
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithAudience(string(p)), jwt.WithIssuer(issuer),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(late),
		jwt.WithStrictDecoding(), jwt.WithTimeFunc(func() time.Time { return now }))
	var c claims
	var broken error
	_, err := parser.ParseWithClaims(raw, &c, func(t *jwt.Token) (any, error) {
		for name := range t.Header { // no key, address or certificate of a stranger's choosing
			if name != "alg" && name != "typ" && name != "kid" {
				return nil, errUnsigned
			}
		}
		kid, _ := t.Header["kid"].(string)
		if t.Header["typ"] != string(p)+"+jwt" || kid == "" {
			return nil, errUnsigned
		}
		key, err := s.keys.verifier(ctx, kid)
		if err != nil {
			broken = err
		}
		if key == nil {
			return nil, errUnsigned
		}
		return key, nil
	})
	switch {
	case broken != nil:
		return nil, broken // ours to mend, not theirs
	case err != nil, c.ID == "", len(c.Audience) != 1, c.IssuedAt == nil, c.IssuedAt.After(now.Add(time.Minute)),
		c.ExpiresAt.Sub(c.IssuedAt.Time) > lives[p]:
		return nil, errUnsigned
	}
	s.texts.put(p, raw, c)
	return &c, nil
}

// openedTexts remembers texts whose signature was verified, so that the next request with the same cookie does
// not verify it again. What decides, the row, is read every time, and so is the text's end.
type openedTexts struct {
	mu sync.RWMutex
	m  map[string]claims
}

const openedMax = 10_000

func (o *openedTexts) get(p purpose, raw string) *claims {
	o.mu.RLock()
	defer o.mu.RUnlock()
	c, ok := o.m[string(p)+raw]
	if !ok {
		return nil
	}
	return &c
}

func (o *openedTexts) put(p purpose, raw string, c claims) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.m == nil || len(o.m) >= openedMax {
		o.m = map[string]claims{}
	}
	o.m[string(p)+raw] = c
}

// forget is for when the keys turn: what an old key signed must be verified again.
func (o *openedTexts) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.m = nil
}

// peek reads the purpose that a text claims, without believing it.
func peek(raw string) purpose {
	t, _, err := jwt.NewParser().ParseUnverified(raw, &claims{})
	if err != nil {
		return ""
	}
	switch t.Header["typ"] {
	case string(forDevice) + "+jwt":
		return forDevice
	case string(forSession) + "+jwt":
		return forSession
	}
	return forBearer
}
