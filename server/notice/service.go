package notice

import (
	"context"
	"net/http"
	"net/netip"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/who"
)

// Boards is what this room needs of the boards, which come after it; the wiring provides it.
type Boards interface {
	// CanSee says whether a board is there and the viewer may see it, by what the tables say now.
	CanSee(q *store.Query, v who.Viewer, boardID string) (bool, error)
}

// Leaders is what it needs of the teams.
type Leaders interface {
	// NeedLead gives not_found or forbidden unless the viewer leads the team.
	NeedLead(q *store.Query, v who.Viewer, teamID string) (name string, err error)
}

// Config is what the room must be told.
type Config struct {
	Mailer Mailer         // nil: no mail
	Inside []netip.Prefix // networks of this installation that hooks may reach
}

// Service is the verbs of notices, and the work behind them.
type Service struct {
	store   *store.Store
	account *account.Service
	boards  Boards
	leaders Leaders
	cfg     Config
	mailer  Mailer
	hooks   *http.Client
	base    string // begins the links in mail and chat
}

// New makes the room.
func New(st *store.Store, acc *account.Service, teams Leaders, boards Boards, cfg Config) *Service {
	return &Service{store: st, account: acc, boards: boards, leaders: teams, cfg: cfg, mailer: cfg.Mailer, hooks: guarded(cfg.Inside)}
}

// UseBase says where this installation is, for links in mail and chat.
func (s *Service) UseBase(address string) { s.base = address }

// Work registers what the outbox does for this room.
func (s *Service) Work(r *outbox.Runner) {
	r.Handle(JobKind, s.deliver)
	r.Handle(MailKind, s.mail)
	r.Handle(ChatKind, s.chat)
}

// reader is the person whose notices these are: a screen has none, and a team's token does not read those of
// the person who made it.
func reader(ctx context.Context) (who.Viewer, error) {
	v := who.From(ctx)
	if v.PersonID == "" || v.TeamID != "" {
		return v, fault.Forbidden("Notices are for people; a screen or a team's token has none.")
	}
	return v, nil
}

// sight remembers which boards somebody may see, for the length of one question.
type sight struct {
	boards Boards
	q      *store.Query
	v      who.Viewer
	seen   map[string]bool
}

func (s *Service) sightOf(q *store.Query, personID string) *sight {
	return &sight{s.boards, q, who.Viewer{PersonID: personID}, map[string]bool{"": true}}
}

// sees says whether a note about this board may be shown: what somebody can no longer see, they are no longer told.
func (s *sight) sees(boardID string) (bool, error) {
	if ok, asked := s.seen[boardID]; asked {
		return ok, nil
	}
	ok, err := s.boards.CanSee(s.q, s.v, boardID)
	if err == nil {
		s.seen[boardID] = ok
	}
	return ok, err
}
