package app

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/store"
)

// Config is what an operator may set; docs/operating.md says what each does.
type Config struct {
	Addr            string // listen address; ":0" picks a port
	Data            string // data folder
	DatabaseURL     string // postgres://… ; empty = SQLite in Data
	NATSURL         string // must be empty: see Check
	PublicURL       string // what browsers type; several separated by commas
	AdminEmail      string // with AdminPassword: the first administrator, made when there is none
	AdminPassword   string
	Demo            bool   // seed the demo workspace into an empty database
	MetricsAddr     string // listener of /metrics and /debug/pprof; empty = off
	SocketsPerToken int    // live connections of one API token; 0 = 50
	TrustedProxies  string // CIDRs whose X-Forwarded-For is believed, separated by commas
	Log             string // "text" or "json", and a level: "json,debug"
	SMTPURL         string // smtp://user:password@host ; empty = no mail
	MailFrom        string // with SMTPURL: who mail is from
	HooksInside     string // CIDRs inside the network that chat hooks may reach, separated by commas
	AttachmentsURL  string // an S3 bucket; empty = the folder attachments in Data
	AttachmentMaxMB int64  // of one file; 0 = 25
	AttachmentsMB   int64  // of all; 0 = no limit

	// Clock, Out, LogTo and PasswordCost are for tests; zero means the machine's clock, stdout, stderr and the real cost.
	Clock        clock.Clock
	Out          io.Writer
	LogTo        io.Writer
	PasswordCost account.Cost
}

// Defaults are the settings of a start without any.
func Defaults() Config { return Config{Addr: "127.0.0.1:8080", Data: "./data", Log: "text"} }

func (c *Config) fill() {
	d := Defaults()
	orString(&c.Addr, d.Addr)
	orString(&c.Data, d.Data)
	orString(&c.Log, d.Log)
	if c.Clock == nil {
		c.Clock = clock.Real{}
	}
	if c.Out == nil {
		c.Out = os.Stdout
	}
	if c.LogTo == nil {
		c.LogTo = os.Stderr
	}
}

func orString(v *string, d string) {
	if *v == "" {
		*v = d
	}
}

// Check says in one sentence what cannot work.
func (c *Config) Check() error {
	if c.NATSURL != "" {
		return errors.New("TRESTLE_NATS_URL is set, but this build runs on one node: it tells listeners about changes in its own process only, " +
			"so a second node's people would not see them. Unset TRESTLE_NATS_URL to start")
	}
	if c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		return errors.New("TRESTLE_DATABASE_URL must begin with postgres:// (leave it empty for SQLite in the data folder)")
	}
	if (c.AdminEmail == "") != (c.AdminPassword == "") {
		return errors.New("TRESTLE_ADMIN_EMAIL and TRESTLE_ADMIN_PASSWORD are set together or not at all")
	}
	if c.SocketsPerToken < 0 {
		return errors.New("TRESTLE_SOCKETS_PER_TOKEN must not be negative")
	}
	if err := c.checkNotices(); err != nil {
		return err
	}
	if err := c.checkAttachments(); err != nil {
		return err
	}
	if c.MetricsAddr != "" && c.MetricsAddr == c.Addr && !strings.HasSuffix(c.Addr, ":0") {
		return errors.New("TRESTLE_METRICS_ADDR must differ from TRESTLE_ADDR: what it shows is for operators only")
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	_, err := c.logger()
	return err
}

func (c *Config) proxies() ([]*net.IPNet, error) {
	var out []*net.IPNet
	for _, raw := range strings.Split(c.TrustedProxies, ",") {
		if raw = strings.TrimSpace(raw); raw == "" {
			continue
		}
		if ip := net.ParseIP(raw); ip != nil {
			bits := 128
			if ip.To4() != nil {
				bits = 32
			}
			raw = fmt.Sprintf("%s/%d", raw, bits)
		}
		_, n, err := net.ParseCIDR(raw)
		if err != nil {
			return nil, fmt.Errorf("TRESTLE_TRUSTED_PROXIES: %q is neither an address nor a network like 10.0.0.0/8", raw)
		}
		out = append(out, n)
	}
	return out, nil
}

func (c *Config) storeOptions() store.Options {
	return store.Options{Dir: c.Data, DatabaseURL: c.DatabaseURL, Clock: c.Clock}
}

func (c *Config) dataShown() string {
	if abs, err := filepath.Abs(c.Data); err == nil {
		return abs
	}
	return c.Data
}

var version = "" // set by the build

// Version is this build's name: a tag, a commit, or "dev".
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return s.Value[:12]
			}
		}
	}
	return "dev"
}
