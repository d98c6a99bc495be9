package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"golang.org/x/crypto/argon2"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

type requestIDKey struct{}

// RequestID names a request in the log and in its refusal.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// requestLog gives the request its id and writes one line when it is done. Addresses are logged without
// their query: nothing secret belongs there, and nothing secret shall be found there.
func (s *Server) requestLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var b [8]byte
		_, _ = rand.Read(b[:])
		id := hex.EncodeToString(b[:])
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestIDKey{}, id)))
		c.Response().Header().Set("X-Request-Id", id)
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err) // write it now, so that the status below is the one that was sent
		}
		took := time.Since(start)
		status := c.Response().Status
		observe(c.Path(), c.Request().Method, status, took)
		if s.log.Enabled(c.Request().Context(), -4) {
			s.log.Debug("request", "requestId", id, "method", c.Request().Method, "path", c.Path(), "status", status,
				"ms", took.Milliseconds(), "actor", who.From(c.Request().Context()).PersonID)
		}
		return nil
	}
}

// headers are on every answer; the page adds its own Content-Security-Policy with a nonce.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		if s.HTTPS(c.Request()) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(c.Request().URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		return next(c)
	}
}

// HTTPS says whether the browser speaks https, directly or to a proxy in front of a public https address.
func (s *Server) HTTPS(r *http.Request) bool {
	return r.TLS != nil || s.opts.Origins.anyHTTPS(r.Host)
}

// legible refuses addresses that hold what no name of ours holds and PostgreSQL cannot even compare: NUL and
// bytes that are no text.
func legible(r *http.Request) bool {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	for _, s := range []string{r.URL.Path, query} {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return false
		}
	}
	return err == nil
}

// asksPage says whether an address is the page's: whatever it holds, the page says in its own words that there is nothing.
func asksPage(c echo.Context) bool {
	return c.Path() == "/*" && !strings.HasPrefix(c.Request().URL.Path, "/api/")
}

// crossOrigin refuses state changes that another site's page sends (Fetch Metadata, then Origin).
func (s *Server) crossOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	guard := http.NewCrossOriginProtection()
	for _, o := range s.opts.Origins.list() {
		_ = guard.AddTrustedOrigin(o)
	}
	return func(c echo.Context) error {
		if !legible(c.Request()) && !asksPage(c) {
			return fault.Of(http.StatusBadRequest, "bad_request", "This address cannot be read.")
		}
		if err := guard.Check(c.Request()); err != nil {
			return fault.Of(http.StatusForbidden, "cross_origin", "This request came from another site's page and was refused.").Because(err)
		}
		return next(c)
	}
}

// bodyTime is how long an ordinary body may take to arrive; huma's own limit is the same.
const bodyTime = 5 * time.Second

// body2 reads what was read before, then the rest, and closes the original.
type body2 struct {
	io.Reader
	io.Closer
}

// The hash of a request is kept for a day. One that was made quickly would let who finds it in a copy of the
// database guess the password in the request quickly too; so this costs what the password's own hash costs.
var (
	passwordField = regexp.MustCompile(`"(password|current|next)"\s*:`)
	slowPlaces    = make(chan struct{}, runtime.NumCPU()) // 19 MiB each
)

func slowly(ctx context.Context, sum []byte, salt string) ([]byte, error) {
	select {
	case slowPlaces <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-slowPlaces }()
	return argon2.IDKey(sum, []byte(salt), 2, 19*1024, 1, 32), nil
}

var commandKey = regexp.MustCompile(`^[\x21-\x7e]{1,200}$`)

// command puts the store's caller into the context: who acts, and with an Idempotency-Key which command.
func (s *Server) command(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		v := who.From(r.Context())
		caller := &store.Caller{ActorID: v.PersonID, ActorName: v.Name}
		if key := r.Header.Get("Idempotency-Key"); key != "" && v.PersonID != "" && r.Method != http.MethodGet && r.Method != http.MethodHead {
			if !commandKey.MatchString(key) {
				return fault.Invalid("header.Idempotency-Key", "An Idempotency-Key is 1 to 200 printable characters")
			}
			hash := sha256.New()
			secret := false
			_, _ = io.WriteString(hash, r.Method+" "+r.URL.RequestURI()+"\n")
			form := strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "multipart/")
			if r.Body != nil && !form {
				_ = http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(bodyTime))
				body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
				var slow net.Error
				if errors.As(err, &slow) && slow.Timeout() {
					return fault.Of(http.StatusRequestTimeout, "timeout", "The request took too long to arrive.").Because(err)
				}
				if err != nil {
					return fault.Of(http.StatusBadRequest, "bad_request", "The request could not be read.").Because(err)
				}
				hash.Write(body)
				secret = passwordField.Match(body)
				r.Body = body2{io.MultiReader(bytes.NewReader(body), r.Body), r.Body} // an operation may allow more than was hashed
			}
			sum := hash.Sum(nil)
			if secret {
				var err error
				if sum, err = slowly(r.Context(), sum, v.PersonID+" "+key); err != nil {
					return err
				}
			}
			caller.CommandKey, caller.RequestHash, caller.Uncovered = key, hex.EncodeToString(sum), form
		}
		c.SetRequest(r.WithContext(store.WithCaller(r.Context(), caller)))
		return next(c)
	}
}
