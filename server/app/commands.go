package app

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"sort"
	"time"

	"trestle/server/audit"
	"trestle/server/backup"
	"trestle/server/fault"
	"trestle/server/store"
)

// Sentence is an error as a person at a terminal should read it.
func Sentence(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Detail
	}
	return err.Error()
}

// VersionLine names the build and what it stands on.
func VersionLine() string {
	return fmt.Sprintf("trestle %s (%s, SQLite %s, schema %d)", Version(), runtime.Version(), store.SQLiteVersion(), store.SchemaVersion())
}

// Migrate brings the schema up to date and says what it did.
func Migrate(ctx context.Context, cfg Config) error {
	cfg.fill()
	if err := cfg.Check(); err != nil {
		return err
	}
	if cfg.DatabaseURL == "" && Served(cfg.Data) {
		return fmt.Errorf("a server runs on %s; it brought the schema up to date when it started", cfg.dataShown())
	}
	m, err := store.Migrate(ctx, cfg.storeOptions())
	if err != nil {
		return err
	}
	if m.From == m.To {
		fmt.Fprintf(cfg.Out, "schema %d, nothing to do\n", m.To)
		return nil
	}
	fmt.Fprintf(cfg.Out, "schema %d brought to %d\n", m.From, m.To)
	if m.Backup != "" {
		fmt.Fprintf(cfg.Out, "a copy from before is in %s\n", m.Backup)
	}
	return nil
}

// Backup writes a backup to the file, or to a dated one in the data folder.
func Backup(ctx context.Context, cfg Config, to string) error {
	cfg.fill()
	if cfg.DatabaseURL != "" {
		return backup.Refuse(cfg.DatabaseURL)
	}
	now := cfg.Clock.Now()
	if to == "" {
		to = filepath.Join(cfg.Data, "backups", "trestle-"+now.Format("20060102-150405")+".tar")
	}
	begin := time.Now()
	m, err := backup.Create(ctx, cfg.Data, to, Version(), now)
	if err != nil {
		return err
	}
	var size int64
	for _, f := range m.Files {
		size += f.Size
	}
	fmt.Fprintf(cfg.Out, "%s\n%d files, %s, schema %d, %d topics, %d events; checked in %d ms\nheads %s\n",
		to, len(m.Files), bytesShown(size), m.Schema, m.Topics, m.Events, time.Since(begin).Milliseconds(), m.Heads)
	return nil
}

// Restore checks a backup and puts it into the data folder.
func Restore(ctx context.Context, cfg Config, file string, force, checkOnly bool) error {
	cfg.fill()
	if checkOnly {
		m, err := backup.Verify(ctx, file)
		if err != nil {
			return err
		}
		fmt.Fprintf(cfg.Out, "%s holds: made %s by Trestle %s, schema %d, %d topics, %d events\nheads %s\n",
			file, m.MadeAt.Format(time.RFC3339), m.Program, m.Schema, m.Topics, m.Events, m.Heads)
		return nil
	}
	if cfg.DatabaseURL != "" {
		return backup.Refuse(cfg.DatabaseURL)
	}
	if Served(cfg.Data) {
		return fmt.Errorf("a server runs on %s: stop it before restoring", cfg.dataShown())
	}
	r, err := backup.Restore(ctx, file, cfg.Data, force, cfg.Clock.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(cfg.Out, "restored into %s: %d topics, %d events, as of %s\n", cfg.dataShown(), r.Manifest.Topics, r.Manifest.Events,
		r.Manifest.MadeAt.Format(time.RFC3339))
	if r.Aside != "" {
		fmt.Fprintf(cfg.Out, "what was there is in %s\n", r.Aside)
	}
	if r.Migrated.From != r.Migrated.To {
		fmt.Fprintf(cfg.Out, "schema %d brought to %d\n", r.Migrated.From, r.Migrated.To)
	}
	return nil
}

func bytesShown(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	default:
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
}

// openStore opens the record for a command beside or without a running server. The schema is brought up to
// date when no server runs; beside one it must fit already.
func openStore(ctx context.Context, cfg *Config) (*store.Store, error) {
	cfg.fill()
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	if cfg.DatabaseURL == "" && !Served(cfg.Data) {
		if _, err := store.Migrate(ctx, cfg.storeOptions()); err != nil {
			return nil, err
		}
	}
	st, err := store.Open(ctx, cfg.storeOptions())
	if err != nil {
		return nil, err
	}
	have, err := schemaOf(ctx, st)
	if err == nil && have != store.SchemaVersion() {
		err = fmt.Errorf("the database has schema %d and this program needs %d; is the running server another version? Otherwise run: trestle migrate",
			have, store.SchemaVersion())
	}
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	return st, nil
}

// AuditVerify walks every chain; a break is an error.
func AuditVerify(ctx context.Context, cfg Config) error {
	st, err := openStore(ctx, &cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	r, err := audit.Walk(ctx, st)
	if err != nil {
		return err
	}
	for _, b := range r.Breaks {
		fmt.Fprintln(cfg.Out, b)
	}
	fmt.Fprintf(cfg.Out, "%d topics, %d events\nheads %s\n", r.Topics, r.Events, r.Heads)
	if len(r.Breaks) > 0 {
		return fmt.Errorf("the record does not hold in %d of %d topics", len(r.Breaks), r.Topics)
	}
	fmt.Fprintln(cfg.Out, "every chain holds (keep the heads elsewhere: they show later whether the end of a record was cut off)")
	return nil
}

// Health asks the server of these settings whether it is ready.
func Health(ctx context.Context, cfg Config) error {
	cfg.fill()
	host, port, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{Proxy: nil, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}}}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("no server answers on %s", net.JoinHostPort(host, port))
	}
	defer res.Body.Close()
	var v readiness
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		return fmt.Errorf("what answers on %s is not Trestle", net.JoinHostPort(host, port))
	}
	if res.StatusCode != http.StatusOK {
		var said []string
		for _, s := range v.Checks {
			if s != "ok" {
				said = append(said, s)
			}
		}
		sort.Strings(said)
		return errors.New("not ready: " + join(said))
	}
	fmt.Fprintln(cfg.Out, "ready")
	return nil
}
