package app

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"trestle/server/store"
)

// readyEvery bounds how often the checks run: anybody may ask.
const readyEvery = time.Second

// ready answers /readyz.
type ready struct {
	st  *store.Store
	dir string

	mu    sync.Mutex
	at    time.Time
	last  readiness
	drain bool // the server is stopping
}

type readiness struct {
	Status string            `json:"status"` // "ready" or "not ready"
	Checks map[string]string `json:"checks"` // "ok", or a sentence
}

// healthz is 200 while the process lives.
func healthz(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

func (r *ready) handle(c echo.Context) error {
	v := r.check(c.Request().Context())
	status := http.StatusOK
	if v.Status != "ready" {
		status = http.StatusServiceUnavailable
		c.Response().Header().Set("Retry-After", "2")
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(status, v)
}

func (r *ready) check(ctx context.Context) readiness {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := time.Now(); now.Sub(r.at) > readyEvery || r.drain {
		r.last, r.at = r.look(ctx), now
	}
	return r.last
}

func (r *ready) look(ctx context.Context) readiness {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	v := readiness{Status: "ready", Checks: map[string]string{"database": "ok", "schema": "ok", "disk": "ok"}}
	fail := func(what, sentence string) { v.Status, v.Checks[what] = "not ready", sentence }
	if err := r.st.Ping(ctx); err != nil {
		fail("database", "The database does not answer.")
		fail("schema", "The database does not answer.")
	} else if have, err := schemaOf(ctx, r.st); err != nil || have != store.SchemaVersion() {
		fail("schema", fmt.Sprintf("The database has schema %d, this program needs %d.", have, store.SchemaVersion()))
	}
	if err := writable(r.dir); err != nil {
		fail("disk", "The data folder cannot be written; is the disk full?")
	}
	if r.drain {
		fail("server", "The server is stopping.")
	}
	return v
}

func schemaOf(ctx context.Context, st *store.Store) (v int64, err error) {
	_, err = st.Rows(ctx).Row([]any{&v}, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied = TRUE")
	return v, err
}

// writable writes a page into the folder: a disk may be full although a file can still be made.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".writable-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(make([]byte, 64<<10)); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
