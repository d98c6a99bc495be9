package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"trestle/server/app"
)

// cli is every command and setting. The names are fixed: other people's scripts hold on to them.
type cli struct {
	settings

	Serve   serveCmd   `cmd:"" help:"Serve the board."`
	Migrate migrateCmd `cmd:"" help:"Bring the database's schema up to this program's."`
	Seed    seedCmd    `cmd:"" help:"Fill an empty database with the demo workspace."`
	Import  importCmd  `cmd:"" help:"Bring in a board from another tool's export."`
	Backup  backupCmd  `cmd:"" help:"Write one checked file with everything in it, also while serving."`
	Restore restoreCmd `cmd:"" help:"Put a backup into the data folder."`
	User    userCmd    `cmd:"" help:"People of the workspace."`
	Token   tokenCmd   `cmd:"" help:"Tokens for programs."`
	Gate    gateCmd    `cmd:"" help:"Ask whether a deployment may go out." passthrough:""`
	Doctor  doctorCmd  `cmd:"" help:"Look for what is wrong, and say what to do."`
	Audit   auditCmd   `cmd:"" help:"The record and its hash chain."`
	Openapi openapiCmd `cmd:"" help:"Print the API's description; needs no server and no data."`
	Version versionCmd `cmd:"" help:"Print this build's version."`
}

type settings struct {
	Addr            string `env:"TRESTLE_ADDR" default:"127.0.0.1:8080" help:"Listen address; :0 picks a port and prints it."`
	Data            string `env:"TRESTLE_DATA" default:"./data" help:"Data folder: database, attachments, keys."`
	DatabaseURL     string `name:"database-url" env:"TRESTLE_DATABASE_URL" help:"postgres://… ; empty is SQLite in the data folder."`
	NATSURL         string `name:"nats-url" env:"TRESTLE_NATS_URL" help:"Several nodes; not in this build, which then refuses to start." hidden:""`
	PublicURL       string `name:"public-url" env:"TRESTLE_PUBLIC_URL" help:"What browsers type, if it is not the listen address; several by commas."`
	AdminEmail      string `env:"TRESTLE_ADMIN_EMAIL" help:"Makes the first administrator when there is none."`
	AdminPassword   string `env:"TRESTLE_ADMIN_PASSWORD" help:"Their password." hidden:""`
	Demo            bool   `env:"TRESTLE_DEMO" help:"Seed the demo workspace into an empty database."`
	MetricsAddr     string `env:"TRESTLE_METRICS_ADDR" help:"Own listener for /metrics and profiles; empty is off."`
	SocketsPerToken int    `env:"TRESTLE_SOCKETS_PER_TOKEN" default:"50" help:"Live connections of one API token."`
	TrustedProxies  string `env:"TRESTLE_TRUSTED_PROXIES" help:"Networks (CIDR, by commas) whose X-Forwarded-For is believed."`
	SMTPURL         string `name:"smtp-url" env:"TRESTLE_SMTP_URL" help:"Mail server: smtp://user:password@host:587 or smtps://…; empty is no mail." hidden:""`
	MailFrom        string `env:"TRESTLE_MAIL_FROM" help:"Who mail is from: Trestle <trestle@example.org>."`
	HooksInside     string `env:"TRESTLE_HOOKS_INSIDE" help:"Networks inside (CIDR, by commas) that chat hooks may reach."`
	AttachmentsURL  string `name:"attachments-url" env:"TRESTLE_ATTACHMENTS_URL" help:"S3 bucket for attachments, https://KEY:SECRET@host/bucket?region=…; empty is the data folder." hidden:""`
	AttachmentMaxMB int64  `name:"attachment-max-mb" env:"TRESTLE_ATTACHMENT_MAX_MB" default:"25" help:"Largest attachment."`
	AttachmentsMB   int64  `name:"attachments-mb" env:"TRESTLE_ATTACHMENTS_MB" default:"0" help:"All attachments together; 0 is no limit."`
	Log             string `env:"TRESTLE_LOG" default:"text" help:"text or json, and a level: json,debug."`
}

func (s settings) config() app.Config {
	return app.Config{Addr: s.Addr, Data: s.Data, DatabaseURL: s.DatabaseURL, NATSURL: s.NATSURL, PublicURL: s.PublicURL,
		AdminEmail: s.AdminEmail, AdminPassword: s.AdminPassword, Demo: s.Demo, MetricsAddr: s.MetricsAddr,
		SocketsPerToken: s.SocketsPerToken, TrustedProxies: s.TrustedProxies, Log: s.Log,
		SMTPURL: s.SMTPURL, MailFrom: s.MailFrom, HooksInside: s.HooksInside, AttachmentsURL: s.AttachmentsURL, AttachmentMaxMB: s.AttachmentMaxMB, AttachmentsMB: s.AttachmentsMB}
}

type serveCmd struct{}

func (serveCmd) Run(ctx context.Context, cfg app.Config) error {
	a, err := app.New(ctx, cfg)
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

type migrateCmd struct{}

func (migrateCmd) Run(ctx context.Context, cfg app.Config) error { return app.Migrate(ctx, cfg) }

type seedCmd struct{}

func (seedCmd) Run(ctx context.Context, cfg app.Config) error { return app.Seed(ctx, cfg) }

type importCmd struct {
	File   string `arg:"" help:"The export file."`
	Team   string `required:"" help:"Key of the team that gets the board, e.g. PAY."`
	As     string `help:"E-mail of the person who imports; default is the first administrator."`
	Source string `help:"Which tool it comes from; found out from the file when not given."`
	DryRun bool   `help:"Only report what would be kept, changed and dropped."`
}

func (c importCmd) Run(ctx context.Context, cfg app.Config) error {
	return app.Import(ctx, cfg, app.ImportOptions{File: c.File, Team: c.Team, As: c.As, Source: c.Source, DryRun: c.DryRun})
}

type backupCmd struct {
	To string `help:"The file to write; default is a dated one in the data folder's backups." type:"path"`
}

func (c backupCmd) Run(ctx context.Context, cfg app.Config) error { return app.Backup(ctx, cfg, c.To) }

type restoreCmd struct {
	File  string `arg:"" help:"The backup." type:"path"`
	Force bool   `help:"Move a workspace that is there aside first; nothing is deleted."`
	Check bool   `help:"Only check the backup."`
}

func (c restoreCmd) Run(ctx context.Context, cfg app.Config) error {
	return app.Restore(ctx, cfg, c.File, c.Force, c.Check)
}

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Add a person."`
	List    userListCmd    `cmd:"" help:"List the people."`
	Passwd  userPasswdCmd  `cmd:"" help:"Set a person's password; it is read from standard input. Ends their sessions."`
	Disable userDisableCmd `cmd:"" help:"Disable a person; their sessions and tokens end."`
}

type userAddCmd struct {
	Email      string `arg:"" help:"E-mail address, which they sign in with."`
	Name       string `required:"" help:"The name that others see."`
	Role       string `default:"member" enum:"admin,manager,member,guest" help:"admin, manager, member or guest."`
	Discipline string `default:"development" enum:"development,operations,security,product,quality,other" help:"Their discipline."`
}

func (c userAddCmd) Run(ctx context.Context, cfg app.Config, s streams) error {
	password, err := readPassword(s)
	if err != nil {
		return err
	}
	return app.UserAdd(ctx, cfg, app.NewUser{Email: c.Email, Name: c.Name, Role: c.Role, Discipline: c.Discipline, Password: password})
}

type userListCmd struct{}

func (userListCmd) Run(ctx context.Context, cfg app.Config) error { return app.UserList(ctx, cfg) }

type userPasswdCmd struct {
	Email string `arg:"" help:"Whose password."`
}

func (c userPasswdCmd) Run(ctx context.Context, cfg app.Config, s streams) error {
	password, err := readPassword(s)
	if err != nil {
		return err
	}
	return app.UserPassword(ctx, cfg, c.Email, password)
}

type userDisableCmd struct {
	Email string `arg:"" help:"Who."`
}

func (c userDisableCmd) Run(ctx context.Context, cfg app.Config) error {
	return app.UserDisable(ctx, cfg, c.Email)
}

// readPassword takes one line, so that no password stands in a command's history or in the process list.
func readPassword(s streams) (string, error) {
	if f, ok := s.in.(*os.File); ok {
		if fi, err := f.Stat(); err == nil && fi.Mode()&os.ModeCharDevice != 0 {
			fmt.Fprint(s.err, "Password (shown as you type): ")
		}
	}
	line, err := readLine(s.in)
	if err != nil {
		return "", err
	}
	if line == "" {
		return "", usageError{errors.New("the password is read from standard input, and there was none")}
	}
	return line, nil
}

func readLine(r io.Reader) (string, error) {
	raw, one := []byte(nil), make([]byte, 1)
	for len(raw) < 4096 {
		n, err := r.Read(one)
		if n == 1 {
			if one[0] == '\n' {
				break
			}
			raw = append(raw, one[0])
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
	}
	return strings.TrimRight(string(raw), "\r"), nil
}

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a token; its secret is printed once."`
}

type tokenCreateCmd struct {
	Email   string        `arg:"" help:"Whose rights it carries."`
	Name    string        `required:"" help:"What it is for."`
	Scopes  []string      `default:"read" help:"read, write, live, hooks, admin; by commas."`
	Expires time.Duration `help:"How long it lives, e.g. 720h; default is for ever."`
}

func (c tokenCreateCmd) Run(ctx context.Context, cfg app.Config) error {
	return app.TokenCreate(ctx, cfg, app.NewToken{Email: c.Email, Name: c.Name, Scopes: c.Scopes, Expires: c.Expires})
}

type gateCmd struct {
	Args []string `arg:"" optional:""`
}

func (gateCmd) Run() error {
	return usageError{errors.New("the gate comes with the change room (change windows and freezes), which this build does not have; it has allowed and refused nothing")}
}

type doctorCmd struct {
	Health bool `help:"Only ask the running server whether it is ready; for health checks of containers."`
}

func (c doctorCmd) Run(ctx context.Context, cfg app.Config) error {
	if c.Health {
		return app.Health(ctx, cfg)
	}
	return app.Doctor(ctx, cfg)
}

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Walk every chain and name the first line that does not hold."`
}

type auditVerifyCmd struct{}

func (auditVerifyCmd) Run(ctx context.Context, cfg app.Config) error {
	return app.AuditVerify(ctx, cfg)
}

type openapiCmd struct{}

func (openapiCmd) Run(cfg app.Config) error { return app.OpenAPI(cfg.Out) }

type versionCmd struct{}

func (versionCmd) Run(cfg app.Config) error {
	_, err := fmt.Fprintln(cfg.Out, app.VersionLine())
	return err
}
