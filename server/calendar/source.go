package calendar

import (
	"time"

	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

// Kinds of ritual.
const (
	Standup       = "standup"
	Retro         = "retro"
	Replenishment = "replenishment"
	Demo          = "demo"
	FlowReview    = "flow_review"
)

// Kinds in the order of the page.
var Kinds = []string{Standup, Replenishment, Demo, Retro, FlowReview}

// Ritual is something that a team repeats, as the room that holds it knows it.
type Ritual struct {
	ID, Kind, Name     string
	TeamID             string
	BoardID, BoardName string
	Link, JoinURL      string // a path here; where to join from elsewhere
	Zone               *time.Location
	Box                time.Duration
	Planned            []time.Time // in order
}

// Held is one meeting that was begun.
type Held struct {
	ID, RitualID string
	Link, Title  string // where it can be read; "" is the ritual's name
	StartedAt    time.Time
	EndedAt      *time.Time // nil while it runs
	Box          time.Duration
	Written      bool // each wrote when it suited them: it has no length
	People       []Came
}

// Came is somebody who came to a meeting, and as what.
type Came struct{ PersonID, Role string }

// The team's own people are a number and no names, wherever who came is told.
const core = "core"

// Source is a room's rituals: those on boards that a viewer may see, with what is planned in [from, to) and what began
// in it. A meeting of a ritual that repeats at no set time brings a ritual of its own.
type Source interface {
	Rituals(q *store.Query, v who.Viewer, from, to time.Time) ([]Ritual, []Held, error)
}

type standups struct{ room *standup.Service }

func (s standups) Rituals(q *store.Query, v who.Viewer, from, to time.Time) (rituals []Ritual, held []Held, err error) {
	lines, err := s.room.Lines(q, v, from, to)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, x := range lines {
		ids = append(ids, x.ID)
		rituals = append(rituals, Ritual{ID: x.ID, Kind: Standup, Name: x.Name, TeamID: x.TeamID, BoardID: x.BoardID, BoardName: x.BoardName,
			Link: "/standup/" + x.ID, JoinURL: x.MeetingURL, Zone: x.Zone, Box: x.Box, Planned: x.Planned})
	}
	sittings, err := s.room.Sittings(q, ids, from, to)
	for _, m := range sittings {
		h := Held{ID: m.ID, RitualID: m.SeriesID, Link: "/standup/" + m.SeriesID, StartedAt: m.StartedAt, EndedAt: m.EndedAt, Box: m.Box, Written: m.Written}
		if m.EndedAt != nil {
			h.Link += "/summary/" + m.ID
		}
		for _, p := range m.People {
			h.People = append(h.People, Came{p.PersonID, p.Role})
		}
		held = append(held, h)
	}
	return rituals, held, err
}

type retros struct{ room *retro.Service }

func (r retros) Rituals(q *store.Query, v who.Viewer, from, to time.Time) (rituals []Ritual, held []Held, err error) {
	sittings, err := r.room.Sittings(q, v, from, to)
	seen := map[string]bool{}
	for _, x := range sittings {
		id := Retro + ":" + x.BoardID
		if !seen[id] {
			seen[id] = true
			rituals = append(rituals, Ritual{ID: id, Kind: Retro, Name: x.BoardName + " retro", TeamID: x.TeamID, BoardID: x.BoardID, BoardName: x.BoardName,
				Link: "/retro", Zone: time.UTC})
		}
		h := Held{ID: x.ID, RitualID: id, Link: "/retro/" + x.ID, Title: x.Title, StartedAt: x.StartedAt, EndedAt: x.EndedAt}
		for _, p := range x.People {
			h.People = append(h.People, Came{PersonID: p})
		}
		held = append(held, h)
	}
	return rituals, held, err
}

// repeated are the rituals that a team sets up besides its standup.
type repeated struct{ room *ritual.Service }

func (s repeated) Rituals(q *store.Query, v who.Viewer, from, to time.Time) (rituals []Ritual, held []Held, err error) {
	lines, err := s.room.Lines(q, v, from, to)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, x := range lines {
		ids = append(ids, x.ID)
		rituals = append(rituals, Ritual{ID: x.ID, Kind: x.Kind, Name: x.Name, TeamID: x.TeamID, BoardID: x.BoardID, BoardName: x.BoardName,
			Link: "/rituals/" + x.ID, JoinURL: x.MeetingURL, Zone: x.Zone, Box: x.Box, Planned: x.Planned})
	}
	sittings, err := s.room.Sittings(q, ids, from, to)
	for _, m := range sittings {
		h := Held{ID: m.ID, RitualID: m.SeriesID, Link: "/rituals/" + m.SeriesID, StartedAt: m.StartedAt, EndedAt: m.EndedAt, Box: m.Box}
		if m.EndedAt != nil {
			h.Link += "/summary/" + m.ID
		}
		for _, p := range m.People {
			h.People = append(h.People, Came{p.PersonID, p.Role})
		}
		held = append(held, h)
	}
	return rituals, held, err
}
