package today

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/health"
	"trestle/server/liaison"
	"trestle/server/notice"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

// Service puts the sources' rows together.
type Service struct {
	store   *store.Store
	boards  *board.Service
	cards   *card.Service
	notices *notice.Service
	log     *slog.Logger
	sources []named
}

type named struct {
	name   string
	parts  []string
	source Source
}

// New makes the room with the rows of the rooms before it.
func New(st *store.Store, told *notice.Service, boards *board.Service, cards *card.Service, ask *ask.Service, meetings *standup.Service, back *retro.Service, again *ritual.Service, checks *health.Service, lists *checklist.Service, log *slog.Logger) *Service {
	s := &Service{store: st, boards: boards, cards: cards, notices: told, log: log}
	s.Use("Standups", standups{meetings}, Rituals)
	s.Use("Retros", retros{back}, Rituals)
	s.Use("Rituals", rituals{again}, Rituals)
	s.Use("Asks", asks{ask}, Waiting)
	s.Use("Mentions", mentions{told}, Waiting)
	s.Use("Blockers raised to you", raised{cards}, Waiting)
	s.Use("Health checks", healths{checks}, Waiting)
	s.Use("Checklists", checklists{lists}, Waiting)
	s.Use("Your cards", held{cards}, Mine, Waiting)
	s.Use("What you wait for", awaits{lists}, Awaited)
	s.Use("The next days", ahead{meetings, again}, Next)
	return s
}

// Use adds a source with the parts in which its rows stand. When it fails, the page says in the first of them
// that what it is called could not be read.
func (s *Service) Use(name string, source Source, parts ...string) {
	s.sources = append(s.sources, named{name, parts, source})
}

// Today is one person's day.
type Today struct {
	At         time.Time   `json:"at" doc:"When this was true"`
	Scope      string      `json:"scope" enum:"mine,all" doc:"all: every team that a manager may see"`
	Wide       bool        `json:"wide" doc:"The viewer may ask for the scope all"`
	Desk       bool        `json:"desk" doc:"The viewer stands to some team, stands in for somebody who does, or is a manager: GET /desk has more"`
	Rituals    []Row       `json:"rituals"`
	Waiting    []Row       `json:"waiting"`
	Mine       []Row       `json:"mine"`
	Awaited    []Row       `json:"awaited" doc:"What I wait for, the longest first"`
	Since      Lately      `json:"since"`
	Next       []Row       `json:"next" doc:"Rituals of my teams in the coming nine days; when there is none, the very next one"`
	Exceptions []Row       `json:"exceptions" doc:"By board, in the order of boards"`
	Boards     []BoardLine `json:"boards" doc:"My teams' boards"`
	Advice     []Advice    `json:"advice" doc:"What to do next where I work"`
	Teams      int         `json:"teams" doc:"How many teams the viewer belongs to"`
}

// waitingMax is how many rows may wait; more than that is no list but a pile, and its number is told.
const waitingMax = 100

// Of reads the viewer's day. only, when it is not empty, is the one part that is wanted.
func (s *Service) Of(ctx context.Context, scope, only string) (Today, error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return Today{}, fault.Forbidden("This is a screen, not a person.")
	}
	// Single statements and no transaction: on PostgreSQL one that fails would end it for all the others.
	q, now := s.store.Rows(ctx), s.store.Now()
	t := Today{At: now, Scope: "mine", Rituals: []Row{}, Waiting: []Row{}, Mine: []Row{}, Awaited: []Row{}, Next: []Row{}, Exceptions: []Row{}, Boards: []BoardLine{}, Advice: []Advice{}}
	t.Since.Rows = []Row{}
	for _, src := range s.sources {
		if only != "" && !slices.Contains(src.parts, only) {
			continue
		}
		rows, err := src.source.Rows(ctx, q, v, now)
		if err != nil {
			if ctx.Err() != nil {
				return Today{}, err
			}
			rows = []Row{s.failed(src.parts[0], src.name, err)}
		}
		for _, r := range rows {
			if only == "" || only == r.Part {
				t.add(r)
			}
		}
	}
	slices.SortStableFunc(t.Waiting, oldestFirst)
	slices.SortStableFunc(t.Rituals, oldestFirst)
	slices.SortStableFunc(t.Awaited, oldestFirst)
	t.Waiting = t.Waiting[:min(len(t.Waiting), waitingMax)]
	if err := s.noticed(q, v, t.Waiting); err != nil { // the rows stand without them
		s.log.Error("the notices of somebody's today could not be read", "error", err)
	}
	if only == "" || only == Since {
		l, err := readLately(q, v, now)
		if err != nil {
			if ctx.Err() != nil {
				return Today{}, err
			}
			l = Lately{From: now, Days: 1, Rows: []Row{s.failed(Since, "What happened", err)}}
		}
		t.Since = l
	}
	if only != "" && only != Exceptions {
		return t, nil
	}
	var err error
	if t.Desk, err = liaison.HasDesk(q, v); err != nil {
		return t, err
	}
	return t, s.readBoards(ctx, q, v, now, scope, &t)
}

func (t *Today) add(r Row) {
	switch r.Part {
	case Rituals:
		t.Rituals = append(t.Rituals, r)
	case Waiting:
		t.Waiting = append(t.Waiting, r)
	case Mine:
		t.Mine = append(t.Mine, r)
	case Awaited:
		t.Awaited = append(t.Awaited, r)
	case Next:
		t.Next = append(t.Next, r)
	case Exceptions:
		t.Exceptions = append(t.Exceptions, r)
	}
}

// oldestFirst puts what has no time last.
func oldestFirst(a, b Row) int {
	switch {
	case a.At == nil && b.At == nil:
		return 0
	case a.At == nil:
		return 1
	case b.At == nil:
		return -1
	}
	return a.At.Compare(*b.At)
}

// sourceFailed is the kind of a row that says that a source could not be read.
const sourceFailed = "source.failed"

// failed is the row of what could not be read; the reason goes into the log.
func (s *Service) failed(part, name string, err error) Row {
	if !errors.Is(err, context.Canceled) {
		s.log.Error("a part of somebody's today could not be read", "part", part, "source", name, "error", err)
	}
	return Row{Part: part, Kind: sourceFailed, ID: "failed:" + part + ":" + name, Title: name}
}
