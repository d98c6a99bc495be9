package ritual

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/cadence"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Kinds of rituals that come again. Of a retro a series only knows when: the retro itself is the room of its own.
const (
	Replenishment = "replenishment"
	Demo          = "demo"
	FlowReview    = "flow_review"
	Retro         = "retro"
)

// Kinds in the order in which they are shown.
var Kinds = []string{Replenishment, Demo, FlowReview, Retro}

// what a series of a kind begins with: its name after the board's, and its box in minutes.
var begins = map[string]struct {
	name string
	box  int
}{
	Replenishment: {"replenishment", 30},
	Demo:          {"demo", 30},
	FlowReview:    {"flow review", 45},
	Retro:         {"retro", 60},
}

// series is a team's ritual on a board.
type series struct {
	RID                             int64
	ID, BoardID, TeamID, Kind, Name string
	Box                             int // minutes
	Plan                            *cadence.Plan
	Zone, MeetingURL                string
	Version                         int64
	ArchivedAt                      *int64
}

// Schedule is when a series takes place, in a time zone, so that it stays at the same time by the clock on the wall.
type Schedule struct {
	Days       []int  `json:"days" minItems:"1" maxItems:"7" doc:"1 Monday … 7 Sunday"`
	At         string `json:"at" maxLength:"5" doc:"HH:MM"`
	TimeZone   string `json:"timeZone" maxLength:"64" doc:"An IANA name"`
	EveryWeeks int    `json:"everyWeeks,omitempty" required:"false" minimum:"1" maximum:"13" doc:"Each week when absent"`
	From       string `json:"from,omitempty" required:"false" maxLength:"10" doc:"A day of a week that has it, 2026-11-30; needed when it is not each week"`
}

// NewSeries is a ritual to be set up.
type NewSeries struct {
	BoardID    string    `json:"boardId" minLength:"1" maxLength:"64"`
	Kind       string    `json:"kind" enum:"replenishment,demo,flow_review,retro"`
	Name       string    `json:"name,omitempty" required:"false" maxLength:"80" doc:"The board's name and the kind's when absent"`
	BoxMinutes int       `json:"boxMinutes,omitempty" required:"false" minimum:"1" maximum:"240"`
	Schedule   *Schedule `json:"schedule,omitempty" required:"false"`
	MeetingURL string    `json:"meetingUrl,omitempty" required:"false" maxLength:"1000"`
}

// Patch is what a lead changes of a series; absent fields stay, null clears.
type Patch struct {
	Name       *string           `json:"name,omitempty" required:"false" maxLength:"80"`
	BoxMinutes *int              `json:"boxMinutes,omitempty" required:"false" minimum:"1" maximum:"240"`
	Schedule   web.Opt[Schedule] `json:"schedule,omitzero" required:"false"`
	MeetingURL web.Opt[string]   `json:"meetingUrl,omitzero" required:"false" doc:"Where to join from elsewhere, or null"`
	Version    *int64            `json:"version,omitempty" required:"false" doc:"Refused as stale if the series changed after this version"`
}

// patch is a new series as a change of what its kind begins with.
func (n NewSeries) patch() Patch {
	p := Patch{}
	if n.Name != "" {
		p.Name = &n.Name
	}
	if n.BoxMinutes != 0 {
		p.BoxMinutes = &n.BoxMinutes
	}
	if n.Schedule != nil {
		p.Schedule = web.Some(*n.Schedule)
	}
	if n.MeetingURL != "" {
		p.MeetingURL = web.Some(n.MeetingURL)
	}
	return p
}

func (p Patch) apply(r *series) error {
	if p.Version != nil && *p.Version != r.Version {
		return fault.Conflict("stale", "Somebody changed the settings of %s in the meantime.", r.Name)
	}
	if p.Name != nil {
		name := strings.Join(strings.Fields(*p.Name), " ")
		if name == "" || utf8.RuneCountInString(name) > 80 {
			return fault.Invalid("body.name", "A name has 1 to 80 characters")
		}
		r.Name = name
	}
	if p.BoxMinutes != nil {
		r.Box = *p.BoxMinutes
	}
	if r.Box < 1 || r.Box > 240 {
		return fault.Invalid("body.boxMinutes", "It is meant to take 1 to 240 minutes")
	}
	if p.MeetingURL.Set {
		address := strings.TrimSpace(p.MeetingURL.Value)
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || len(address) > 1000) {
			return fault.Invalid("body.meetingUrl", "An address to join at begins with https://")
		}
		r.MeetingURL = address
	}
	switch s := p.Schedule; {
	case s.Set && s.Null:
		r.Plan = nil
	case s.Set:
		plan, err := cadence.New(s.Value.Days, s.Value.At, s.Value.TimeZone, s.Value.EveryWeeks, s.Value.From)
		if err != nil {
			return err
		}
		r.Plan, r.Zone = plan, s.Value.TimeZone
	}
	return nil
}

func seriesFor(l *board.Layout, kind string) (*series, error) {
	if !slices.Contains(Kinds, kind) {
		return nil, fault.Invalid("body.kind", "A ritual is one of %s", strings.Join(Kinds, ", "))
	}
	name := []rune(l.Name + " " + begins[kind].name)
	return &series{ID: store.NewID("rit"), BoardID: l.ID, TeamID: l.TeamID, Kind: kind, Name: string(name[:min(len(name), 80)]), Box: begins[kind].box, Zone: l.TimeZone, Version: 1}, nil
}

// location is the zone in which the series counts its days.
func (r *series) location() *time.Location {
	if zone, ok := clock.Zone(r.Zone); ok {
		return zone
	}
	return time.UTC
}

// nextOf is when it comes next, nil without a schedule.
func (r *series) nextOf(now time.Time, lastStarted *time.Time) *time.Time {
	if r.Plan == nil || r.ArchivedAt != nil {
		return nil
	}
	at := r.Plan.NextAfter(r.location(), time.Duration(r.Box)*time.Minute, now, lastStarted)
	return &at
}

func (r *series) schedule() *Schedule {
	if r.Plan == nil {
		return nil
	}
	return &Schedule{Days: r.Plan.Days, At: r.Plan.At(), TimeZone: r.Zone, EveryWeeks: r.Plan.Every, From: r.Plan.Anchor}
}
