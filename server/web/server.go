// Package web is the front door: Echo, the described API on it, the headers every answer carries, and the
// one shape of refusals. It knows no room.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"trestle/server/who"
)

// Options of the front door.
type Options struct {
	Log     *slog.Logger
	Version string
	// Origins that may send requests from a browser and open sockets.
	Origins *Origins
	// Identify finds the viewer of a request; an error refuses the request.
	Identify func(c echo.Context) (who.Viewer, error)
	// TrustedProxies are networks whose X-Forwarded-For is believed.
	TrustedProxies []*net.IPNet
}

// Server is the front door. Rooms register on API and Echo, then Start serves.
type Server struct {
	Echo *echo.Echo
	API  *API
	opts Options
	log  *slog.Logger
	http *http.Server
}

// New makes the server without listening.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	s := &Server{Echo: e, opts: o, log: o.Log}
	e.HTTPErrorHandler = echoErrors(o.Log)
	e.IPExtractor = echo.ExtractIPDirect()
	if len(o.TrustedProxies) > 0 {
		trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
		for _, n := range o.TrustedProxies {
			trust = append(trust, echo.TrustIPRange(n))
		}
		e.IPExtractor = echo.ExtractIPFromXFFHeader(trust...)
	}
	e.Use(s.requestLog, middleware.RecoverWithConfig(middleware.RecoverConfig{
		DisableErrorHandler: false,
		LogErrorFunc: func(c echo.Context, err error, stack []byte) error {
			o.Log.Error("panic in a request", "requestId", RequestID(c.Request().Context()), "error", err, "stack", string(stack))
			return err
		},
	}), s.headers, s.crossOrigin, s.identify, s.command)
	s.http = &http.Server{
		Handler:           s.Echo,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	s.API = newAPI(s, e, o.Version)
	return s
}

// identify puts the viewer and the write's caller into the context.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.opts.Identify == nil {
			return next(c)
		}
		v, err := s.opts.Identify(c)
		if err != nil {
			return err
		}
		c.SetRequest(c.Request().WithContext(who.With(c.Request().Context(), v)))
		return next(c)
	}
}

// Serve answers on the listener until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	err := s.http.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Shutdown lets requests finish until ctx ends; a Serve that comes later returns at once. Sockets are the hub's to close.
func (s *Server) Shutdown(ctx context.Context) error {
	return s.http.Shutdown(ctx)
}
