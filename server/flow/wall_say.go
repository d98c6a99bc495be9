package flow

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/ask"
	"trestle/server/measure"
	"trestle/server/store"
)

// around is what is said of boards beside their own record.
type around struct {
	now     time.Time
	raised  map[string]time.Time // by board: since when the oldest ask waits for an answer
	launch  map[string][]string  // by team: the days on which it launches something, the first one first
	waiting []Waiting
	first   map[string]bool // teams of whose boards one was told of
}

const (
	// launchWithin so many days it is said that something is to be launched.
	launchWithin = 30
	// askWaits so many days for an answer until it is said.
	askWaits = 5
)

func (s *Service) around(ctx context.Context, q *store.Query, now time.Time, w *Wall) (*around, error) {
	a := &around{now: now, launch: map[string][]string{}, first: map[string]bool{}}
	var err error
	if a.raised, err = ask.Unanswered(q); err != nil || s.beside == nil {
		return a, err
	}
	var whole bool
	if w.Waiting, whole, err = s.beside.Waiting(ctx); err != nil && ctx.Err() != nil {
		return a, err
	}
	if err != nil || !whole {
		w.Failed = append(w.Failed, "waiting")
	}
	if w.Waiting == nil {
		w.Waiting = []Waiting{}
	}
	a.waiting = w.Waiting
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	launches, err := s.beside.Launching(ctx, q, day(-1), day(launchWithin))
	if err != nil {
		if ctx.Err() != nil {
			return a, err
		}
		w.Failed = append(w.Failed, "launches")
	}
	for _, l := range launches {
		a.launch[l.TeamID] = append(a.launch[l.TeamID], l.On)
	}
	return a, nil
}

// say adds to a board what is known around it, and puts the worst of it into words.
func (a *around) say(b *WallBoard, of *wallOf) {
	today := of.day(a.now)
	for _, on := range a.launch[b.TeamID] { // yesterday's may not be said to be over yet
		if on >= today {
			b.LaunchOn = on
			break
		}
	}
	for _, x := range a.waiting { // what is about no board is told of the team's first one
		if x.BoardID == b.ID || (x.BoardID == "" && x.TeamName != "" && x.TeamName == b.TeamName && !a.first[b.TeamID]) {
			b.Waiting++
		}
	}
	a.first[b.TeamID] = true
	b.Say, b.Tone = a.worst(b, of)
}

func (a *around) worst(b *WallBoard, of *wallOf) (say, tone string) {
	in := map[string][]string{}
	limited := 0
	for _, c := range b.Columns {
		in[c.State] = append(in[c.State], c.Name)
		if c.Max != nil {
			limited++
		}
	}
	var words []string
	if len(in["over"]) > 0 {
		words = append(words, names(in["over"])+" over")
	}
	if b.Past > 0 {
		words = append(words, fmt.Sprintf("%d past SLE", b.Past))
	}
	if len(words) > 0 {
		return strings.Join(words, ", "), "bad"
	}
	full := len(in["full"])
	switch {
	case len(in["starved"]) == 1:
		words = append(words, in["starved"][0]+" is starved")
	case len(in["starved"]) > 1:
		words = append(words, names(in["starved"])+" are starved")
	case full > 1 && full >= limited-1:
		words = append(words, "Full")
	}
	if since, waits := a.raised[b.ID]; waits && len(words) == 0 {
		cal := measure.NewCalendar(of.layout.Location())
		if days := int(cal.Day(store.Ms(a.now))-cal.Day(store.Ms(since))) + 1; days >= askWaits {
			words = append(words, fmt.Sprintf("Requests wait %d d", days))
		}
	}
	if full > 0 && len(words) == 0 {
		words = append(words, names(in["full"])+" full")
	}
	if len(words) > 0 {
		if day, err := time.Parse(time.DateOnly, b.LaunchOn); err == nil {
			words = append(words, "launch on "+day.Format("2 Jan"))
		}
		return strings.Join(words, ", "), "warn"
	}
	switch {
	case b.WIP == 0:
		return "Nothing in progress", "none"
	case limited == 0:
		return "No limits set", "none"
	}
	return "Within limits", "fine"
}

// names of columns, two at most.
func names(list []string) string {
	if len(list) <= 2 {
		return strings.Join(list, " and ")
	}
	return fmt.Sprintf("%d columns", len(list))
}
