package account_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"trestle/server/account"
	"trestle/server/trestletest"
)

// What must not pass for a signed text. Each case begins with a good one and spoils one thing.
func TestSigned_Refuses(t *testing.T) {
	b := trestletest.New(t)
	s := account.New(b.Store, account.Config{KeyDir: t.TempDir()})
	ctx := context.Background()
	kid, seed, err := s.SigningKey(ctx)
	if err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(seed)
	_, stranger, _ := ed25519.GenerateKey(rand.Reader)
	rsaKey, _ := rsa.GenerateKey(rand.Reader, 2048)
	ecKey, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	now := b.Clock.Now()

	good := func() (jwt.MapClaims, map[string]any) {
		return jwt.MapClaims{"iss": "trestle", "aud": []string{"live"}, "jti": "tic_1", "sub": "per_1",
				"iat": now.Unix(), "exp": now.Add(20 * time.Second).Unix()},
			map[string]any{"typ": "live+jwt", "kid": kid}
	}
	make := func(m jwt.SigningMethod, k any, spoil func(c jwt.MapClaims, h map[string]any)) string {
		c, h := good()
		if spoil != nil {
			spoil(c, h)
		}
		tok := jwt.NewWithClaims(m, c)
		for name, v := range h {
			tok.Header[name] = v
		}
		raw, err := tok.SignedString(k)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	ed := func(spoil func(c jwt.MapClaims, h map[string]any)) string {
		return make(jwt.SigningMethodEdDSA, key, spoil)
	}

	if id, err := s.Verify(ctx, "live", ed(nil)); err != nil || id != "tic_1" {
		t.Fatalf("the good one is refused: %v", err)
	}
	pub := key.Public().(ed25519.PublicKey)
	parts := strings.Split(ed(nil), ".")
	cases := map[string]string{
		"nothing":      "",
		"not a jwt":    "trestle",
		"alg none":     make(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"no signature": parts[0] + "." + parts[1] + ".",
		"HS256 with our public key as the secret": make(jwt.SigningMethodHS256, []byte(pub), nil),
		"HS384 with our key's id":                 make(jwt.SigningMethodHS384, []byte(kid), nil),
		"RS256":                                   make(jwt.SigningMethodRS256, rsaKey, nil),
		"ES256":                                   make(jwt.SigningMethodES256, ecKey, nil),
		"a stranger's key under our id":           make(jwt.SigningMethodEdDSA, stranger, nil),
		"wrong audience":                          ed(func(c jwt.MapClaims, _ map[string]any) { c["aud"] = "session" }),
		"no audience":                             ed(func(c jwt.MapClaims, _ map[string]any) { delete(c, "aud") }),
		"two audiences":                           ed(func(c jwt.MapClaims, _ map[string]any) { c["aud"] = []string{"live", "session"} }),
		"wrong purpose":                           ed(func(_ jwt.MapClaims, h map[string]any) { h["typ"] = "session+jwt" }),
		"plain type":                              ed(func(_ jwt.MapClaims, h map[string]any) { h["typ"] = "JWT" }),
		"wrong issuer":                            ed(func(c jwt.MapClaims, _ map[string]any) { c["iss"] = "elsewhere" }),
		"no end":                                  ed(func(c jwt.MapClaims, _ map[string]any) { delete(c, "exp") }),
		"end is zero":                             ed(func(c jwt.MapClaims, _ map[string]any) { c["exp"] = 0 }),
		"ended":                                   ed(func(c jwt.MapClaims, _ map[string]any) { c["exp"] = now.Add(-time.Second).Unix() }),
		"lives longer than its purpose":           ed(func(c jwt.MapClaims, _ map[string]any) { c["exp"] = now.Add(time.Hour).Unix() }),
		"made in the future": ed(func(c jwt.MapClaims, _ map[string]any) {
			c["iat"] = now.Add(time.Hour).Unix()
			c["exp"] = now.Add(time.Hour + 20*time.Second).Unix()
		}),
		"no beginning":       ed(func(c jwt.MapClaims, _ map[string]any) { delete(c, "iat") }),
		"names no row":       ed(func(c jwt.MapClaims, _ map[string]any) { delete(c, "jti") }),
		"key id is a path":   ed(func(_ jwt.MapClaims, h map[string]any) { h["kid"] = "../../dev/null" }),
		"key id unknown":     ed(func(_ jwt.MapClaims, h map[string]any) { h["kid"] = "ffffffffffff" }),
		"key id is a number": ed(func(_ jwt.MapClaims, h map[string]any) { h["kid"] = 1 }),
		"no key id":          ed(func(_ jwt.MapClaims, h map[string]any) { delete(h, "kid") }),
		"jku":                ed(func(_ jwt.MapClaims, h map[string]any) { h["jku"] = "https://evil.example/keys" }),
		"crit":               ed(func(_ jwt.MapClaims, h map[string]any) { h["crit"] = []string{"exp"} }),
		"embedded key": make(jwt.SigningMethodEdDSA, stranger, func(_ jwt.MapClaims, h map[string]any) {
			h["jwk"] = map[string]string{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(stranger.Public().(ed25519.PublicKey))}
		}),
		"payload changed": parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(decode(t, parts[1]), "per_1", "per_2", 1))) + "." + parts[2],
		"signature bent":  parts[0] + "." + parts[1] + "." + bend(parts[2]),
		"padded":          parts[0] + "." + parts[1] + "." + parts[2] + "==",
		"very long":       ed(nil) + strings.Repeat("A", 4096),
	}
	for name, raw := range cases {
		t.Run(name, func(t *testing.T) {
			if id, err := s.Verify(ctx, "live", raw); err == nil {
				t.Fatalf("accepted as %s", id)
			}
		})
	}
	t.Run("another purpose's text opens nothing", func(t *testing.T) {
		purposes := []string{"session", "bearer", "invite", "device", "live"}
		for _, made := range purposes {
			raw, err := s.Sign(ctx, made, "x")
			if err != nil {
				t.Fatal(err)
			}
			for _, door := range purposes {
				if _, err := s.Verify(ctx, door, raw); (err == nil) != (made == door) {
					t.Errorf("made for %s at %s: %v", made, door, err)
				}
			}
		}
	})
}

func decode(t *testing.T, s string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// bend changes a character in the middle: the last one carries unused bits.
func bend(s string) string {
	b := []byte(s)
	if b[20] == 'A' {
		b[20] = 'B'
	} else {
		b[20] = 'A'
	}
	return string(b)
}

func TestKeys_Rotate(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		for _, dir := range []string{"", t.TempDir()} {
			ctx := context.Background()
			s := account.New(b.Store, account.Config{KeyDir: dir})
			first, err := s.Sign(ctx, "invite", "a")
			if err != nil {
				t.Fatal(err)
			}
			other := account.New(b.Store, account.Config{KeyDir: dir}) // another node, or after a restart
			ok := func(s *account.Service, raw string, want bool) {
				t.Helper()
				if _, err := s.Verify(ctx, "invite", raw); (err == nil) != want {
					t.Fatalf("wanted %v: %v", want, err)
				}
			}
			ok(other, first, true)
			if err := s.RotateKeys(ctx); err != nil {
				t.Fatal(err)
			}
			second, _ := s.Sign(ctx, "invite", "b")
			k1, _, _ := s.SigningKey(ctx)
			ok(s, first, true)
			third := account.New(b.Store, account.Config{KeyDir: dir})
			ok(third, second, true)
			if k2, _, _ := third.SigningKey(ctx); k1 != k2 {
				t.Fatal("another key signs after a restart")
			}
			if err := s.RotateKeys(ctx); err != nil {
				t.Fatal(err)
			}
			ok(s, first, false)
			ok(s, second, true)
			if dir != "" {
				if st, err := os.Stat(filepath.Join(dir, account.KeyFile)); err != nil || st.Mode().Perm() != 0o600 {
					t.Fatalf("the key file: %v %v", st.Mode(), err)
				}
			}
		}
	})
}
