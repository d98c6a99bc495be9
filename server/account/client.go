package account

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"trestle/server/fault"
	"trestle/server/who"
)

// client is where a request comes from. Identify leaves it in the request's context.
type client struct {
	address string // of the peer, or of the trusted proxy's client
	agent   string
	base    string // what links begin with
	secure  bool   // the browser keeps a __Host- cookie here
	device  string // the device link's text, when that is who it is
}

type clientKey struct{}

func clientOf(ctx context.Context) client {
	if c, ok := ctx.Value(clientKey{}).(*client); ok {
		return *c
	}
	return client{}
}

func cookieName(p purpose, secure bool) string {
	name := "session"
	if p == forDevice {
		name = "device"
	}
	if secure {
		return "__Host-" + name
	}
	return name // a plain-http address of the local network: browsers would drop the better one
}

// cookie makes the Set-Cookie value; an empty text removes the cookie.
func (c client) cookie(p purpose, text string, life time.Duration) *http.Cookie {
	k := &http.Cookie{Name: cookieName(p, c.secure), Value: text, Path: "/", HttpOnly: true, Secure: c.secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(life.Seconds())}
	if text == "" {
		k.MaxAge = -1
	}
	return k
}

// Identify finds the viewer of a request: Authorization: Bearer if there is one, else the session's cookie,
// else a device link's. A credential that is not accepted makes nobody of the viewer, with the reason in
// Refused: only operations that need somebody refuse. An error means that it could not be found out.
func (s *Service) Identify(c echo.Context) (who.Viewer, error) {
	r := c.Request()
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return who.Viewer{}, nil
	}
	cl := client{address: c.RealIP(), agent: short(r.UserAgent(), 200), base: s.cfg.PublicURL, secure: s.secure(r)}
	if cl.base == "" {
		cl.base = s.base(r)
	}
	cl.base = strings.TrimSuffix(cl.base, "/")
	r = r.WithContext(context.WithValue(r.Context(), clientKey{}, &cl))
	c.SetRequest(r)
	v, renewed, err := s.identify(r, &cl)
	if f, ok := fault.As(err); ok && f.Status == http.StatusUnauthorized {
		return who.Viewer{Refused: f.Detail}, nil
	}
	if err != nil {
		return who.Viewer{}, err
	}
	if renewed != "" {
		c.SetCookie(cl.cookie(forSession, renewed, Idle))
	}
	return v, nil
}

func (s *Service) identify(r *http.Request, cl *client) (v who.Viewer, renewed string, err error) {
	ctx := r.Context()
	if h := r.Header.Get("Authorization"); h != "" {
		scheme, text, _ := strings.Cut(h, " ")
		text = strings.TrimSpace(text)
		if !strings.EqualFold(scheme, "Bearer") || text == "" {
			return v, "", refused("Send a token as Authorization: Bearer.")
		}
		switch {
		case strings.HasPrefix(text, tokenPrefix):
			v, err = s.byToken(ctx, text)
		case s.texts.get(forBearer, text) == nil && peek(text) == forDevice:
			cl.device = text
			v, err = s.byDevice(ctx, text)
		default:
			v, _, err = s.bySession(ctx, forBearer, text)
		}
		return v, "", err
	}
	if k, e := r.Cookie(cookieName(forSession, cl.secure)); e == nil && k.Value != "" {
		if v, renewed, err = s.bySession(ctx, forSession, k.Value); err == nil {
			return v, renewed, nil
		}
		if f, ok := fault.As(err); !ok || f.Status != http.StatusUnauthorized {
			return v, "", err
		}
	}
	if k, e := r.Cookie(cookieName(forDevice, cl.secure)); e == nil && k.Value != "" {
		cl.device = k.Value
		v, err = s.byDevice(ctx, k.Value)
	}
	return v, "", err
}

// refused is the reason why a credential does not count.
func refused(sentence string) error {
	return fault.Of(http.StatusUnauthorized, "unauthenticated", "%s", sentence)
}

func short(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "")
}
