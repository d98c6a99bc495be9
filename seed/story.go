package seed

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/clock"
	"trestle/server/flow"
	"trestle/server/health"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/notice"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/web"
	"trestle/server/who"
)

// Rooms are the services through which the story is told. Their store must run on the given clock.
type Rooms struct {
	Store    *store.Store
	Accounts *account.Service
	Teams    *team.Service
	Boards   *board.Service
	Cards    *card.Service
	Flow     *flow.Service
	Asks     *ask.Service
	Notices  *notice.Service
	Retros   *retro.Service
	Health   *health.Service
	Standups *standup.Service
	Rituals  *ritual.Service
	Calendar *calendar.Service
	Liaison  *liaison.Service

	Services   *catalogue.Service
	Checklists *checklist.Service
	Launches   *launch.Service
}

// Account is a demo sign-in.
type Account struct {
	Email, Password, Name, Role string
}

// Accounts are the demo sign-ins; the first three are worth printing.
func Accounts() []Account {
	var out []Account
	for _, s := range shown {
		for _, a := range cast {
			if a.nick == s.nick {
				out = append(out, Account{a.nick + Domain, Password, a.name, s.what})
			}
		}
	}
	return out
}

// Weeks is how long the story is.
const Weeks = 8

type story struct {
	ctx    context.Context
	rooms  Rooms
	clock  *clock.Fake
	now    time.Time
	people map[string]who.Viewer
	tables []*table
	guards *table
}

// Story fills an empty database with eight weeks that end at now. The same now gives the same story.
// progress, when not nil, hears how much is told, from 0 to 1.
func Story(ctx context.Context, rooms Rooms, clk *clock.Fake, now time.Time, progress func(part float64)) error {
	s := &story{ctx: ctx, rooms: rooms, clock: clk, now: now.UTC(), people: map[string]who.Viewer{}}
	begin := s.now.AddDate(0, 0, -7*Weeks).Truncate(24 * time.Hour).Add(8 * time.Hour)
	clk.Set(begin)
	if err := s.settle(); err != nil {
		return err
	}
	days := int(s.now.Sub(begin).Hours()/24) + 1
	for d := range days {
		if progress != nil {
			progress(float64(d) / float64(days))
		}
		if err := s.day(begin.AddDate(0, 0, d), days-d); err != nil {
			return err
		}
	}
	for _, t := range s.tables {
		if err := t.today(); err != nil {
			return fmt.Errorf("%s: %w", t.crew.name, err)
		}
	}
	if err := s.tables[0].constraint(); err != nil {
		return err
	}
	if err := s.shared(); err != nil {
		return err
	}
	if err := s.guard(); err != nil {
		return fmt.Errorf("%s: %w", guards.name, err)
	}
	if err := s.tables[0].goLive(); err != nil {
		return fmt.Errorf("the board of launches: %w", err)
	}
	clk.Set(s.now)
	return s.heard()
}

// settle makes the people, teams and boards.
func (s *story) settle() error {
	for i, a := range cast {
		hue := i % account.Hues // who sits beside whom shall not share a colour by chance
		p, err := s.rooms.Accounts.CreatePerson(store.As(s.ctx, "", "Setup"), account.NewPerson{Name: a.name, Email: a.nick + Domain,
			Discipline: a.discipline, Role: a.role, Password: Password, TimeZone: "Europe/Berlin", Hue: &hue})
		if err != nil {
			return fmt.Errorf("%s: %w", a.nick, err)
		}
		s.people[a.nick] = who.Viewer{PersonID: p.ID, Name: a.name, Role: a.role, Discipline: a.discipline}
	}
	for i, c := range crews {
		t := &table{s: s, crew: c, r: rand.New(rand.NewPCG(2026, uint64(i)+1)), people: append([]string{c.lead}, c.workers...)}
		if c.liaison != "" {
			t.people = append(t.people, c.liaison)
		}
		if err := t.open(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if i == 0 {
			if err := t.reserve(); err != nil {
				return err
			}
		}
		s.tables = append(s.tables, t)
	}
	if err := s.openGuards(); err != nil {
		return fmt.Errorf("%s: %w", guards.name, err)
	}
	return s.chosen()
}

// gather makes the team with its people.
func (t *table) gather() (teamID string, err error) {
	admin := t.as("mara")
	made, err := t.s.rooms.Teams.Create(admin, team.NewTeam{Name: t.crew.name, Key: t.crew.key, Kind: t.crew.kind})
	if err != nil {
		return "", err
	}
	roles := map[string][]string{team.Lead: {t.crew.lead}, team.Worker: t.crew.workers, team.Commenter: t.crew.commenters, team.Viewer: t.crew.viewers}
	for _, role := range []string{team.Lead, team.Worker, team.Commenter, team.Viewer} {
		for _, nick := range roles[role] {
			if _, err := t.s.rooms.Teams.SetMember(admin, made.ID, t.s.people[nick].PersonID, role); err != nil {
				return "", err
			}
		}
	}
	if t.crew.mission != "" {
		b := team.AboutBody{Mission: web.Some(t.crew.mission), Channel: web.Some("#" + strings.ToLower(t.crew.name)), Address: web.Some(strings.ToLower(t.crew.name) + Domain), Hours: web.Some("Mon to Fri, 10:00 to 12:00")}
		if _, err := t.s.rooms.Teams.Say(t.as(t.crew.lead), made.ID, b); err != nil {
			return "", err
		}
	}
	return made.ID, t.seat(made.ID)
}

// open makes the team and its board.
func (t *table) open() error {
	id, err := t.gather()
	if err != nil {
		return err
	}
	limit := func(mode string, n int) *board.Wip { return &board.Wip{Mode: mode, Max: &n} }
	shapeLimit := limit("warn", 4)
	one := 1
	shapeLimit.Min = &one
	t.l, err = t.s.rooms.Boards.Create(t.as(t.crew.lead), board.NewBoard{TeamID: id, Name: t.crew.board, TimeZone: "Europe/Berlin",
		SLE: &board.NewSLE{Days: t.crew.sleDays, Percent: 85},
		Columns: []board.NewColumn{
			{Name: "Ready", Kind: board.Queue, Policy: "Pull from the top"},
			{Name: "Shape", Kind: board.Active, Wip: shapeLimit, Policy: "Somebody from operations or security has read it. Done means is written down."},
			{Name: "Build", Kind: board.Active, Wip: limit("reason", t.crew.build), Policy: "Works on staging, with its alert and its dashboard."},
			{Name: "Review & test", Kind: board.Active, Wip: limit(t.crew.reviewMode, t.crew.review), Policy: "A second pair of eyes; rollback tried."},
			{Name: "Deploy", Kind: board.Active, Wip: limit("reason", 3), Policy: "Canary first, then everybody."},
			{Name: "Done", Kind: board.Done, Policy: "Customers have it and the numbers look right."},
		}})
	if err != nil {
		return err
	}
	for _, name := range t.crew.lanes {
		if t.l, err = t.s.rooms.Boards.AddLane(t.as(t.crew.lead), t.l.ID, board.NewLane{Name: name}); err != nil {
			return err
		}
	}
	t.todo = backlog(t.crew, t.r)
	return t.ask(7)
}

// day tells one working day, in quarters; left is how many days are still to tell.
func (s *story) day(morning time.Time, left int) error {
	if wd := morning.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return nil
	}
	for _, t := range s.tables {
		if err := t.standup(morning); err != nil {
			return fmt.Errorf("the standup of %s: %w", t.crew.name, err)
		}
		if err := t.rituals(morning); err != nil {
			return fmt.Errorf("the rituals of %s: %w", t.crew.name, err)
		}
	}
	for q, at := range []time.Duration{70 * time.Minute, 3 * time.Hour, 5*time.Hour + 40*time.Minute, 8 * time.Hour} {
		now := morning.Add(at)
		if now.After(s.now.Add(-30 * time.Minute)) {
			return nil
		}
		for i, t := range s.tables {
			s.clock.Set(now.Add(time.Duration(i*7+t.r.IntN(6)) * time.Minute))
			if q == 0 {
				if err := t.arrive(morning, left); err != nil {
					return err
				}
				if err := t.asks(morning); err != nil {
					return fmt.Errorf("asks on %s: %w", morning.Format(time.DateOnly), err)
				}
			}
			if q == 2 {
				if err := errors.Join(t.retros(left), t.healths(left), t.checklists(left), t.launches(left), t.lessons(left)); err != nil {
					return err
				}
				if err := t.heldRituals(morning); err != nil {
					return fmt.Errorf("the rituals of %s: %w", t.crew.name, err)
				}
			}
			if err := t.quarter(); err != nil {
				return fmt.Errorf("%s on %s: %w", t.crew.name, morning.Format(time.DateOnly), err)
			}
		}
	}
	return nil
}

// arrive is the morning: new work, and on Mondays the board is tidied.
func (t *table) arrive(morning time.Time, left int) error {
	if morning.Weekday() == time.Monday {
		if err := t.tidy(); err != nil {
			return err
		}
	}
	if left <= 14 && len(t.crew.curated) > 0 {
		t.todo = append(append([]item(nil), t.crew.curated...), t.todo...)
		t.crew.curated = nil
	}
	t.asked += float64(t.crew.perWeek) / 5
	room := 9 - len(t.in(ready))
	n := min(int(t.asked), room)
	if n <= 0 {
		t.asked = min(t.asked, 3)
		return nil
	}
	t.asked -= float64(n)
	return t.ask(n)
}
