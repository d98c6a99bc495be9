package liaison

import (
	"context"
	"errors"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/ask"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

const (
	// deskDays is how far ahead a desk looks.
	deskDays = 30
	// deskMost of each list are told unless more are asked for; all are counted.
	deskMost = 50
	// answersWithin so many days where no contract says it.
	answersWithin = 3
)

// Desk is the day of whoever stands to several teams: what waits there, and for how long.
type Desk struct {
	At      time.Time      `json:"at" doc:"When this was true"`
	Today   string         `json:"today" doc:"The day where the viewer is"`
	Wide    bool           `json:"wide" doc:"The viewer has no seat anywhere and, as a manager, sees what waits in every team"`
	Seats   DeskSeats      `json:"seats"`
	Teams   []DeskTeam     `json:"teams" doc:"All of the desk's, by name, whichever is asked for"`
	Rituals []DeskRitual   `json:"rituals" doc:"That the viewer has agreed to come to, or is invited to, and that are not over yet today"`
	Waiting DeskWaiting    `json:"waiting"`
	Ending  DeskEnding     `json:"ending"`
	Launch  DeskLaunches   `json:"launches"`
	Asks    DeskAsks       `json:"asks"`
	Blocked DeskBlocked    `json:"blocked"`
	Failed  []string       `json:"failed" enum:"rituals,checklists,launches,asks,blocked" doc:"Parts that could not be read just now"`
	Unread  []DeskTeamName `json:"unread" doc:"Teams of whose checklists some could not be read"`
}

// DeskSeats is what the viewer has promised altogether.
type DeskSeats struct {
	Disciplines []string       `json:"disciplines" doc:"For which they have seats"`
	Teams       int            `json:"teams" doc:"To how many teams they stand themselves"`
	Deputy      int            `json:"deputy" doc:"…and in how many for somebody else"`
	Share       float64        `json:"share" doc:"Of a week"`
	Unknown     int            `json:"unknown" doc:"Seats of whose share nobody has said anything, counted as 0"`
	Alone       []DeskTeamName `json:"alone" doc:"Teams where they have no deputy"`
	Within      []int          `json:"within" doc:"In how many days they have promised to answer; more than one where contracts differ"`
}

// DeskTeamName names a team.
type DeskTeamName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DeskTeam is a team of the desk.
type DeskTeam struct {
	ID      string          `json:"id"`
	Key     string          `json:"key"`
	Name    string          `json:"name"`
	Pattern string          `json:"pattern" enum:"nobody,invited,liaison,embedded" doc:"The viewer's, or of whom they stand in for"`
	For     *account.Person `json:"for,omitempty" doc:"For whom the viewer stands in"`
	Within  int             `json:"within" doc:"In how many days an answer is promised"`
}

// DeskWaiting are answers that nobody has understood.
type DeskWaiting struct {
	Total int        `json:"total"`
	Items []DeskItem `json:"items" doc:"The oldest first"`
}

// DeskItem is one of them.
type DeskItem struct {
	checklist.ToBeUnderstood
	Late bool `json:"late" doc:"It waits longer than was promised"`
}

// DeskEnding are gaps and evidence that end soon.
type DeskEnding struct {
	Total int                `json:"total"`
	Items []checklist.Ending `json:"items" doc:"The first day first"`
}

// DeskLaunches are those in the next days.
type DeskLaunches struct {
	Total   int                 `json:"total"`
	Items   []launch.LaunchHead `json:"items" doc:"Planned, under way or stopped, the first day first"`
	Freezes []DeskFreeze        `json:"freezes" doc:"Of everybody, and of the teams"`
}

// DeskFreeze is days on which nothing should launch.
type DeskFreeze struct {
	Title string `json:"title"`
	Team  string `json:"team,omitempty" doc:"A name; absent: everybody"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// DeskAsks are asks to the teams.
type DeskAsks struct {
	Total int          `json:"total"`
	Items []ask.OnTeam `json:"items" doc:"First those without an answer, the oldest first"`
}

// DeskBlocked are cards that are blocked.
type DeskBlocked struct {
	Total int          `json:"total"`
	Items []card.Stuck `json:"items" doc:"The longest first"`
}

// Desk reads the viewer's desk, of all their teams or of one. Each part is read by itself: one that fails is named and
// takes nothing else with it. Of each list come so many as most says.
func (s *Service) Desk(ctx context.Context, teamID string, most int) (Desk, error) {
	return s.desk(ctx, teamID, most, false)
}

func (s *Service) desk(ctx context.Context, teamID string, most int, standing bool) (Desk, error) {
	v := who.From(ctx)
	if v.PersonID == "" || v.TeamID != "" || v.Role == who.Guest {
		return Desk{}, fault.Forbidden("A desk is for people of this workspace.")
	}
	// Single statements and no transaction: on PostgreSQL one that fails would end it for all the others.
	q := s.store.Rows(ctx)
	r := deskReading{s: s, q: q, v: v, now: s.store.Now(), most: most, standing: standing}
	if err := r.seats(); err != nil {
		return Desk{}, err
	}
	if teamID != "" {
		if _, has := r.rights[teamID]; !has || !slices.ContainsFunc(r.out.Teams, func(t DeskTeam) bool { return t.ID == teamID }) {
			return Desk{}, fault.NotFound("team")
		}
		r.ids = []string{teamID}
	}
	for name, read := range map[string]func() error{"rituals": r.rituals, "checklists": r.checklists, "launches": r.launching, "asks": r.asks, "blocked": r.blocked} {
		if err := read(); err != nil {
			if ctx.Err() != nil {
				return Desk{}, err
			}
			r.out.Failed = append(r.out.Failed, name)
			if !errors.Is(err, context.Canceled) {
				s.log.Error("a part of somebody's desk could not be read", "part", name, "error", err)
			}
		}
	}
	slices.Sort(r.out.Failed)
	return r.out, nil
}

// deskReading is a desk while it is read.
type deskReading struct {
	s      *Service
	q      *store.Query
	v      who.Viewer
	now    time.Time
	zone   *time.Location
	rights map[string]team.Rights
	mine   []View // own seats, and those in which they stand in
	most   int
	// standing: only those of them in which somebody is away today
	standing bool
	ids      []string
	out      Desk
}

func (r *deskReading) checklists() error {
	m, err := r.s.lists.MattersIn(r.q, r.v, r.now, checklist.Asked{TeamIDs: r.ids, Days: deskDays, Most: r.most, All: r.out.Wide})
	if err != nil {
		return err
	}
	within := map[string]int{}
	for _, t := range r.out.Teams {
		within[t.ID] = t.Within
	}
	for _, x := range m.ToUnderstand {
		r.out.Waiting.Items = append(r.out.Waiting.Items, DeskItem{x, r.now.Sub(x.At) > time.Duration(within[x.Team.ID])*24*time.Hour})
	}
	r.out.Ending.Items = append(r.out.Ending.Items, m.Ending...)
	r.out.Waiting.Total, r.out.Ending.Total = m.Counts.ToUnderstand, m.Counts.Ending
	for _, t := range m.Unread {
		r.out.Unread = append(r.out.Unread, DeskTeamName{t.ID, t.Name})
	}
	return nil
}

func (r *deskReading) launching() error {
	today, _ := time.Parse(time.DateOnly, r.out.Today)
	to := today.AddDate(0, 0, deskDays).Format(time.DateOnly)
	all, err := r.s.launches.Coming(r.q, r.v, r.out.Today, to, "")
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(l launch.LaunchHead) bool {
		return !slices.Contains(r.ids, l.Checklist.Team.ID) || l.State == launch.RolledBack || l.State == launch.Done
	})
	r.out.Launch.Total = len(all)
	r.out.Launch.Items = append(r.out.Launch.Items, all[:min(len(all), r.most)]...)
	freezes, err := launch.FreezesIn(r.q, r.v, r.out.Today, to)
	for _, f := range freezes {
		if f.TeamID == "" || slices.Contains(r.ids, f.TeamID) {
			r.out.Launch.Freezes = append(r.out.Launch.Freezes, DeskFreeze{f.Title, f.TeamName, f.From, f.To})
		}
	}
	return err
}

func (r *deskReading) asks() error {
	all, err := ask.OpenTo(r.q, r.v, r.ids)
	r.out.Asks.Total = len(all)
	r.out.Asks.Items = append(r.out.Asks.Items, all[:min(len(all), r.most)]...)
	return err
}

func (r *deskReading) blocked() error {
	all, err := card.StuckOn(r.q, r.v, r.ids)
	r.out.Blocked.Total = len(all)
	r.out.Blocked.Items = append(r.out.Blocked.Items, all[:min(len(all), r.most)]...)
	return err
}
