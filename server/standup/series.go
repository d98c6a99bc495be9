package standup

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

// How a team stands up.
const (
	Walk       = "walk"        // along its board, by what wants somebody
	RoundRobin = "round_robin" // person by person
	Async      = "async"       // in writing, each asked at the same hour by their own clock
)

var modes = []string{Walk, RoundRobin, Async}

// What a series begins with.
const (
	defaultBox      = 15  // minutes
	defaultPanel    = 55  // inches
	defaultDistance = 400 // centimetres
)

// series is a team's standup on a board.
type series struct {
	RID                       int64
	ID, BoardID, TeamID, Name string
	Box                       int // minutes
	Plan                      *cadence.Plan
	Zone, MeetingURL          string
	Panel, Distance           int // inches, centimetres
	Mode                      string
	AnswerHours               int // of a standup in writing
	Version                   int64
}

// Patch is what a lead changes of a series; absent fields stay, null clears.
type Patch struct {
	Name        *string           `json:"name,omitempty" required:"false" maxLength:"80"`
	Mode        *string           `json:"mode,omitempty" required:"false" enum:"walk,round_robin,async" doc:"How the next meeting goes: along the board, person by person, or in writing"`
	AnswerHours *int              `json:"answerHours,omitempty" required:"false" minimum:"1" maximum:"12" doc:"Of async: the digest goes out so long after the last one was asked"`
	BoxMinutes  *int              `json:"boxMinutes,omitempty" required:"false" minimum:"1" maximum:"120"`
	Schedule    web.Opt[Schedule] `json:"schedule,omitzero" required:"false"`
	MeetingURL  web.Opt[string]   `json:"meetingUrl,omitzero" required:"false" doc:"Where to join from elsewhere, or null"`
	PanelInches *int              `json:"panelInches,omitempty" required:"false" minimum:"10" maximum:"200" doc:"Diagonal of the shared screen"`
	DistanceM   *float64          `json:"distanceM,omitempty" required:"false" minimum:"0.5" maximum:"20" doc:"From how far it is read"`
	Version     *int64            `json:"version,omitempty" required:"false" doc:"Refused as stale if the series changed after this version"`
}

// Schedule is when a series takes place, in a time zone, so that it stays at the same time by the clock on the wall.
type Schedule struct {
	Days     []int  `json:"days" minItems:"1" maxItems:"7" doc:"1 Monday … 7 Sunday"`
	At       string `json:"at" maxLength:"5" doc:"HH:MM"`
	TimeZone string `json:"timeZone" maxLength:"64" doc:"An IANA name"`
}

func (p Patch) apply(r *series) error {
	if p.Version != nil && *p.Version != r.Version {
		return fault.Conflict("stale", "Somebody changed this standup's settings in the meantime.")
	}
	if p.Name != nil {
		name := strings.Join(strings.Fields(*p.Name), " ")
		if name == "" || utf8.RuneCountInString(name) > 80 {
			return fault.Invalid("body.name", "A name has 1 to 80 characters")
		}
		r.Name = name
	}
	if p.Mode != nil {
		if !slices.Contains(modes, *p.Mode) {
			return fault.Invalid("body.mode", "A standup goes along the board, walk, person by person, round_robin, or in writing, async")
		}
		r.Mode = *p.Mode
	}
	if p.AnswerHours != nil {
		r.AnswerHours = *p.AnswerHours
	}
	if r.AnswerHours < 1 || r.AnswerHours > 12 {
		return fault.Invalid("body.answerHours", "The digest goes out 1 to 12 hours after the last one was asked")
	}
	if p.BoxMinutes != nil {
		r.Box = *p.BoxMinutes
	}
	if err := checkBox(r.Box); err != nil {
		return err
	}
	if p.PanelInches != nil {
		r.Panel = *p.PanelInches
	}
	if p.DistanceM != nil {
		r.Distance = int(*p.DistanceM*100 + 0.5)
	}
	if r.Panel < 10 || r.Panel > 200 || r.Distance < 50 || r.Distance > 2000 {
		return fault.Invalid("body.panelInches", "A screen has 10 to 200 inches and is read from 0.5 to 20 metres")
	}
	if p.MeetingURL.Set {
		address := strings.TrimSpace(p.MeetingURL.Value)
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || len(address) > 1000) {
			return fault.Invalid("body.meetingUrl", "An address to join at begins with https://")
		}
		r.MeetingURL = address
	}
	if p.Schedule.Set && p.Schedule.Null {
		r.Plan = nil
	} else if p.Schedule.Set {
		made, err := p.Schedule.Value.plan()
		if err != nil {
			return err
		}
		r.Plan, r.Zone = made, p.Schedule.Value.TimeZone
	}
	if r.Mode == Async && r.Plan == nil {
		return fault.Invalid("body.schedule", "A standup in writing needs its days and an hour")
	}
	return nil
}

func checkBox(minutes int) error {
	if minutes < 1 || minutes > 120 {
		return fault.Invalid("body.boxMinutes", "A standup is meant to take 1 to 120 minutes")
	}
	return nil
}

func seriesFor(l *board.Layout) *series {
	return &series{ID: store.NewID("std"), BoardID: l.ID, TeamID: l.TeamID, Name: l.Name + " standup", Box: defaultBox, Zone: l.TimeZone,
		Panel: defaultPanel, Distance: defaultDistance, Mode: Walk, AnswerHours: 3, Version: 1}
}

// location is the zone in which the series counts its days.
func (r *series) location() *time.Location {
	if zone, ok := clock.Zone(r.Zone); ok {
		return zone
	}
	return time.UTC
}
