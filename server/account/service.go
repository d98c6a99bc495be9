package account

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"

	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Config is what the room must be told.
type Config struct {
	// KeyDir is the folder of the signing keys. Empty keeps them in the database, which several nodes share.
	KeyDir string
	// PublicURL begins the links that are made; empty: the address that the browser typed.
	PublicURL string
	Version   string
	Demo      bool
	Log       *slog.Logger
	// Cost of a password's hash, for tests; zero means RealCost.
	Cost Cost
}

// Teams is what this room needs of the teams; the team room provides it.
type Teams interface {
	// Mine gives the teams that the viewer may see, with their rights.
	Mine(q *store.Query, v who.Viewer) ([]MyTeam, error)
	// NeedLead gives not_found or forbidden unless the viewer leads the team, and the team's name.
	NeedLead(q *store.Query, v who.Viewer, teamID string) (name string, err error)
	// Name is the team's name, "" when there is no such team.
	Name(q *store.Query, teamID string) (string, error)
	// Topics are the topics that a change of membership tells.
	Topics(q *store.Query, teamID string) ([]string, error)
	// Join gives a person a role in a team; the topics must be locked.
	Join(tx *store.Tx, teamID string, p Person, role string) error
}

// Service is the verbs of people and doors.
type Service struct {
	store   *store.Store
	cfg     Config
	log     *slog.Logger
	teams   Teams
	keys    *keyring
	texts   openedTexts
	tidying atomic.Bool   // memory of hashing is about to be given back
	hashing chan struct{} // one place per processor: hashing takes 19 MiB each
	dummy   func() string // a hash that nobody's password has
	touched sync.Map      // what was last noted as used, id → epoch ms
	secure  func(*http.Request) bool
	base    func(*http.Request) string
}

// New makes the room. The team room introduces itself through UseTeams.
func New(st *store.Store, cfg Config) *Service {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Cost == (Cost{}) {
		cfg.Cost = RealCost
	}
	s := &Service{store: st, cfg: cfg, log: cfg.Log, hashing: make(chan struct{}, runtime.NumCPU()),
		secure: func(r *http.Request) bool { return r.TLS != nil },
		base:   func(r *http.Request) string { return "http://" + r.Host }}
	s.keys = &keyring{store: st, dir: cfg.KeyDir}
	s.dummy = sync.OnceValue(func() string { return cfg.Cost.hash(randomBytes(16), randomBytes(16)) })
	return s
}

// UseTeams introduces the teams.
func (s *Service) UseTeams(t Teams) { s.teams = t }

// quietly is the context of a write that no person asked for: no actor, no command, not cut short.
func quietly(ctx context.Context) context.Context {
	return store.As(context.WithoutCancel(ctx), "", "")
}

const org = event.Org
