// Package app is the wiring: it builds the floor and every room, and is the only package that knows them all.
// Tests start the same program on ":0" that an operator starts.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"trestle/server/event"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/web"
)

// drainFor is how long a stop waits for requests and sockets.
const drainFor = 10 * time.Second

// App is one running server. Make it with New, then Run, or Start and Close.
type App struct {
	cfg    Config
	log    *slog.Logger
	lock   *os.File
	listen net.Listener
	st     *store.Store
	web    *web.Server
	rooms  *rooms
	outbox *outbox.Runner
	ready  *ready
	demo   bool // the demo's people are here

	operatorsOn net.Listener
	operatorsAt *http.Server

	wg        sync.WaitGroup
	cancel    context.CancelFunc
	served    chan error
	startTook time.Duration
	closeOnce sync.Once
	closeErr  error
}

// New brings the schema up to date, opens the record and builds every room. It listens already, so that a
// taken port is said before anything else happens; requests wait until Start.
func New(ctx context.Context, cfg Config) (_ *App, err error) {
	begin := time.Now()
	cfg.fill()
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	a := &App{cfg: cfg, served: make(chan error, 1)}
	defer func() {
		if err != nil {
			_ = a.Close()
		}
	}()
	if a.log, err = cfg.logger(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	if a.lock, err = lockData(cfg.Data); err != nil {
		return nil, err
	}
	if a.listen, err = net.Listen("tcp", cfg.Addr); err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", cfg.Addr, err)
	}
	if cfg.MetricsAddr != "" {
		if a.operatorsOn, err = net.Listen("tcp", cfg.MetricsAddr); err != nil {
			return nil, fmt.Errorf("cannot listen on %s for metrics: %w", cfg.MetricsAddr, err)
		}
	}
	if err := a.migrate(ctx); err != nil {
		return nil, err
	}
	if cfg.Demo {
		if _, err := seedIfEmpty(ctx, &cfg); err != nil {
			return nil, err
		}
	}
	bus := event.NewMemory()
	o := cfg.storeOptions()
	o.Bus, o.Log = bus, a.log
	if a.st, err = store.Open(ctx, o); err != nil {
		return nil, err
	}
	if err := a.build(ctx, bus); err != nil {
		return nil, err
	}
	a.startTook = time.Since(begin)
	return a, nil
}

func (a *App) migrate(ctx context.Context) error {
	m, err := store.Migrate(ctx, a.cfg.storeOptions())
	if err != nil {
		return fmt.Errorf("the database's schema could not be brought up to date: %w", err)
	}
	if m.From != m.To {
		a.log.Info("schema brought up to date", "from", m.From, "to", m.To, "copyBefore", m.Backup)
	}
	return nil
}

// Addr is the address that is listened on.
func (a *App) Addr() string { return a.listen.Addr().String() }

// URL is what a person types to get here.
func (a *App) URL() string {
	if u := a.web.Origins().First(); u != "" {
		return u
	}
	host, port, _ := net.SplitHostPort(a.Addr())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// MetricsAddr is where operators look, empty when that is off.
func (a *App) MetricsAddr() string {
	if a.operatorsOn == nil {
		return ""
	}
	return a.operatorsOn.Addr().String()
}

// Start answers requests and begins the work behind them. It does not wait.
func (a *App) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	if a.operatorsOn != nil {
		a.operatorsAt = a.operators(a.operatorsOn)
	}
	go func() { a.served <- a.web.Serve(a.listen) }()
	a.work(ctx)
}

// Run starts, says where, and serves until ctx ends or the listener fails; then it stops gracefully.
func (a *App) Run(ctx context.Context) error {
	a.Start()
	a.greet()
	a.log.Info("serving", "address", a.Addr(), "url", a.URL(), "version", Version(), "sqlite", store.SQLiteVersion(),
		"database", a.databaseKind(), "metrics", a.MetricsAddr(), "startMs", a.startTook.Milliseconds())
	var failed error
	select {
	case <-ctx.Done():
		a.log.Info("stopping", "sockets", a.rooms.hub.Sockets())
	case failed = <-a.served:
	}
	return errors.Join(failed, a.Close())
}

func (a *App) databaseKind() string {
	if a.st.SQLite() {
		return "sqlite"
	}
	return "postgres"
}

// Close stops accepting, lets requests finish and tells sockets to come back later, for at most ten seconds;
// then it ends the work behind them and closes the record. Closing twice is fine.
func (a *App) Close() error {
	a.closeOnce.Do(func() { a.closeErr = a.close() })
	return a.closeErr
}

func (a *App) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	var errs []error
	if a.ready != nil {
		a.ready.mu.Lock()
		a.ready.drain = true
		a.ready.mu.Unlock()
	}
	requests := make(chan error, 1)
	go func() {
		if a.web == nil {
			requests <- nil
			return
		}
		requests <- a.web.Shutdown(ctx)
	}()
	if a.rooms != nil && a.rooms.hub != nil {
		if err := a.rooms.hub.Close(ctx); err != nil {
			a.log.Warn("some sockets were cut", "error", err)
		}
	}
	if err := <-requests; err != nil {
		a.log.Warn("some requests were cut", "error", err)
	}
	if a.cancel != nil {
		a.cancel()
	}
	a.wg.Wait()
	if a.operatorsAt != nil {
		_ = a.operatorsAt.Close()
	}
	for _, l := range []net.Listener{a.listen, a.operatorsOn} {
		if l != nil {
			_ = l.Close()
		}
	}
	if a.st != nil {
		errs = append(errs, a.st.Close())
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Close())
	}
	return errors.Join(errs...)
}
