package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"

	"github.com/labstack/echo/v4"

	"trestle/server/account"
	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/flow"
	"trestle/server/health"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/live"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/port"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/search"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/today"
	"trestle/server/web"
	"trestle/server/who"
)

// rooms is every room, each introduced to those it needs.
type rooms struct {
	st       *store.Store
	accounts *account.Service
	teams    *team.Service
	notices  *notice.Service
	boards   *board.Service
	cards    *card.Service
	asks     *ask.Service
	flow     *flow.Service
	standups *standup.Service
	retros   *retro.Service
	rituals  *ritual.Service
	calendar *calendar.Service
	health   *health.Service
	liaison  *liaison.Service
	services *catalogue.Service
	lists    *checklist.Service
	launches *launch.Service
	search   *search.Service
	today    *today.Service
	port     *port.Service
	hub      *live.Hub // nil where nobody can listen: commands, and the description of the API
}

func newRooms(st *store.Store, cfg *Config, log *slog.Logger, publicURL string) *rooms {
	keys := filepath.Join(cfg.Data, "keys")
	if cfg.DatabaseURL != "" {
		keys = "" // in the database, which every node shares
	}
	r := &rooms{st: st}
	r.accounts = account.New(st, account.Config{KeyDir: keys, PublicURL: publicURL, Version: Version(), Demo: cfg.Demo, Log: log, Cost: cfg.PasswordCost})
	r.teams = team.New(st, r.accounts)
	r.boards = board.New(st)
	r.notices = notice.New(st, r.accounts, r.teams, sight{r.boards}, cfg.notices())
	r.cards = card.New(st, r.boards, Version())
	r.asks = ask.New(st, r.boards, r.cards)
	r.flow = flow.New(st, r.boards)
	r.standups = standup.New(st, r.boards, r.cards, r.notices)
	r.retros = retro.New(st, r.boards, r.cards)
	r.rituals = ritual.New(st, r.boards, r.cards)
	r.calendar = calendar.New(st, r.accounts, r.boards, r.standups, r.retros, r.rituals, log)
	r.health = health.New(st)
	r.services = catalogue.New(st)
	r.lists = checklist.New(st, r.boards, r.cards)
	r.services.UseHeirs(r.lists)
	r.launches = launch.New(st, r.lists, r.cards)
	r.standups.UseLaunches(r.launches)
	r.calendar.UseDays(r.launches)
	r.liaison = liaison.New(st, r.teams, r.boards, r.cards, r.calendar, r.lists, r.launches, log)
	r.search = search.New(st, r.accounts)
	r.today = today.New(st, r.notices, r.boards, r.cards, r.asks, r.standups, r.retros, r.rituals, r.health, r.lists, log)
	if files, err := cfg.files(); err == nil { // Check has refused what is not
		r.cards.UseFiles(files)
	}
	r.flow.UseBeside(beside{r})
	r.port = port.New(st, r.boards)
	return r
}

// register puts every room's verbs on the API.
func (r *rooms) register(api *web.API) {
	account.Register(api, r.accounts)
	team.Register(api, r.teams)
	notice.Register(api, r.notices)
	board.Register(api, r.boards)
	card.Register(api, r.cards, listening{r})
	ask.Register(api, r.asks)
	flow.Register(api, r.flow)
	standup.Register(api, r.standups)
	retro.Register(api, r.retros)
	ritual.Register(api, r.rituals)
	calendar.Register(api, r.calendar)
	health.Register(api, r.health)
	liaison.Register(api, r.liaison)
	catalogue.Register(api, r.services)
	checklist.Register(api, r.lists)
	launch.Register(api, r.launches)
	search.Register(api, r.search)
	today.Register(api, r.today)
	port.Register(api, r.port)
}

// listening is who may listen to what, asked of the room whose topic it is.
type listening struct{ r *rooms }

func (l listening) CanListen(ctx context.Context, v who.Viewer, topic string) error {
	if topic == event.Org {
		return l.r.accounts.CanListenOrg(l.r.st.Rows(ctx), v)
	}
	kind, id := event.Split(topic)
	switch kind {
	case event.Board:
		return l.r.boards.CanListen(ctx, v, id)
	case event.Standup:
		return l.r.standups.CanListen(ctx, v, id)
	case event.Retro:
		return l.r.retros.CanListen(ctx, v, id)
	case event.Ritual:
		return l.r.rituals.CanListen(ctx, v, id)
	case event.Checklist:
		return l.r.lists.CanListen(ctx, v, id)
	case event.Team:
		return l.r.teams.CanListen(l.r.st.Rows(ctx), v, id)
	}
	return fault.NotFound("topic")
}

func (l listening) StillValid(ctx context.Context, v who.Viewer) error {
	return l.r.accounts.StillValid(ctx, v)
}

// names is what presence shows of a person.
type names struct{ r *rooms }

func (n names) Person(ctx context.Context, id string) (name, discipline string, hue int, err error) {
	found, err := account.PeopleByID(n.r.st.Rows(ctx), []string{id})
	if err != nil {
		return "", "", 0, err
	}
	p, ok := found[id]
	if !ok {
		return "", "", 0, fault.NotFound("person")
	}
	return p.Name, p.Discipline, p.Hue, nil
}

// build makes the rooms, the hub and the front door, and prepares what a first start prepares.
func (a *App) build(ctx context.Context, bus event.Bus) error {
	_, at, err := net.SplitHostPort(a.Addr())
	if err != nil {
		return err
	}
	origins, err := web.NewOrigins(a.cfg.PublicURL, at)
	if err != nil {
		return fmt.Errorf("TRESTLE_PUBLIC_URL cannot be used: %w (give scheme and host, e.g. https://board.example.org)", err)
	}
	proxies, err := a.cfg.proxies()
	if err != nil {
		return err
	}
	r := newRooms(a.st, &a.cfg, a.log, origins.First())
	a.web = web.New(web.Options{Log: a.log, Version: Version(), Origins: origins, Identify: r.accounts.Identify, TrustedProxies: proxies})
	r.hub = live.New(a.st, bus, live.Options{Access: listening{r}, Names: names{r}, Tickets: r.accounts, Origins: origins, Log: a.log,
		SocketsPerToken: a.cfg.SocketsPerToken})
	a.rooms = r
	r.notices.UseBase(a.URL())
	r.register(a.web.API)
	a.ready = &ready{st: a.st, dir: a.cfg.Data}
	a.web.Echo.GET("/healthz", healthz)
	a.web.Echo.GET("/readyz", a.ready.handle)
	a.web.Echo.GET("/api/v1/live", r.hub.Handler)
	calendar.Serve(a.web.Echo, r.calendar)
	if err := servePage(a.web); err != nil {
		return err
	}
	a.outbox = outbox.New(a.st, a.log)
	a.outbox.Handle(card.RemindKind, r.cards.Remind)
	r.notices.Work(a.outbox)
	a.outbox.Handle(card.RollUpJob, func(ctx context.Context, j outbox.Job) error { return r.cards.RollUp(ctx, j.Payload) })
	a.outbox.Handle(retro.ScourJob, func(ctx context.Context, _ outbox.Job) error { return r.retros.Scour(ctx) })
	a.outbox.Handle(retro.RemindJob, r.retros.Remind)
	a.outbox.Handle(health.ScourJob, func(ctx context.Context, _ outbox.Job) error { return r.health.Scour(ctx) })
	r.standups.Work(a.outbox)
	a.st.OnJob(a.outbox.Wake)
	return a.prepare(ctx)
}

// prepare is what a start puts in order before anybody comes.
func (a *App) prepare(ctx context.Context) error {
	idle := port.Idle // on PostgreSQL another node may be importing this moment
	if a.st.SQLite() {
		idle = 0
	}
	if err := a.rooms.port.Sweep(ctx, idle); err != nil {
		return fmt.Errorf("what a broken-off import left could not be removed: %w", err)
	}
	if a.cfg.AdminEmail != "" {
		if _, err := a.rooms.accounts.EnsureAdmin(ctx, a.cfg.AdminEmail, a.cfg.AdminPassword); err != nil {
			return fmt.Errorf("the first administrator could not be made: %s", Sentence(err))
		}
	}
	if a.cfg.Demo {
		state, err := a.rooms.accounts.State(ctx)
		if err != nil {
			return err
		}
		a.demo = len(state.DemoAccounts) > 0
		host, _, _ := net.SplitHostPort(a.Addr())
		if ip := net.ParseIP(host); a.demo && (ip == nil || !ip.IsLoopback()) {
			a.log.Warn("the demo's passwords are public, and this address is open to others; use TRESTLE_DEMO on 127.0.0.1 only")
		}
	}
	return nil
}

// noPage is what a build without the page says.
func noPage(c echo.Context) error {
	return c.String(200, "This build of Trestle has no page inside (make build makes one that has). Its API is at /api/v1/openapi.json.\n")
}
