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
	raised  map[string]time.Time   // by board: since when the oldest ask waits for an answer
	launch  map[string][]Launching // by team: what it launches, the first day first
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
	a := &around{now: now, launch: map[string][]Launching{}, first: map[string]bool{}}
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
	for i, x := range w.Waiting {
		if x.At != nil {
			w.Waiting[i].Age = measure.NewCalendar(nil).Days(store.Ms(*x.At), store.Ms(now))
		}
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
		a.launch[l.TeamID] = append(a.launch[l.TeamID], l)
	}
	return a, nil
}

// say adds to a board what is known around it, and puts the worst of it into words.
func (a *around) say(b *WallBoard, of *wallOf) {
	today := of.day(a.now)
	for _, l := range a.launch[b.TeamID] { // yesterday's may not be said to be over yet
		if l.On >= today {
			b.LaunchOn, b.LaunchBlocking = l.On, l.Blocking
			break
		}
	}
	for i, x := range a.waiting { // what is about no board is told of the team's first one
		if x.BoardID == b.ID || (x.BoardID == "" && x.TeamName != "" && x.TeamName == b.TeamName && !a.first[b.TeamID]) {
			b.Waiting++
		}
		if x.At != nil && x.BoardID == b.ID {
			a.waiting[i].Age = measure.NewCalendar(of.layout.Location()).Days(store.Ms(*x.At), store.Ms(a.now))
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
		words = append(words, names(in["over"])+" over its limit")
		if len(in["over"]) > 1 {
			words[0] = names(in["over"]) + " over their limits"
		}
	}
	if b.Past > 0 {
		words = append(words, fmt.Sprintf("%d older than expected", b.Past))
	}
	if len(words) > 0 {
		return strings.Join(append(words, rushed(b)...), ", "), "bad"
	}
	full := len(in["full"])
	switch {
	case len(in["starved"]) == 1:
		words = append(words, in["starved"][0]+" below its minimum")
	case len(in["starved"]) > 1:
		words = append(words, names(in["starved"])+" below their minimums")
	case full > 1 && full >= limited-1:
		words = append(words, "All columns full")
	}
	if since, waits := a.raised[b.ID]; waits && len(words) == 0 {
		cal := measure.NewCalendar(of.layout.Location())
		if days := int(cal.Day(store.Ms(a.now))-cal.Day(store.Ms(since))) + 1; days >= askWaits {
			words = append(words, fmt.Sprintf("A request waits for %d days", days))
		}
	}
	if full > 0 && len(words) == 0 {
		words = append(words, names(in["full"])+" full")
	}
	words = append(rushed(b), words...)
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

// rushed says that somebody works on what cannot wait.
func rushed(b *WallBoard) []string {
	if b.Expedite == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d expedite", b.Expedite)}
}

// names of columns, two at most.
func names(list []string) string {
	if len(list) <= 2 {
		return strings.Join(list, " and ")
	}
	return fmt.Sprintf("%d columns", len(list))
}
