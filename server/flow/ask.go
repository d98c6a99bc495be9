package flow

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/measure"
)

// Ask is over which days and which cards a number is wanted.
type Ask struct {
	From  string `query:"from" maxLength:"10" doc:"A day such as 2026-08-22; ninety days back when absent"`
	To    string `query:"to" maxLength:"10" doc:"The last day; today in the board's time zone when absent"`
	Class string `query:"class" maxLength:"200" doc:"Classes of service to count, with commas between; all but expedite when absent"`
	Type  string `query:"type" maxLength:"200" doc:"Types to count, with commas between; all when absent"`
}

const (
	defaultDays = 90
	mostDays    = 1100 // three years
)

// asked is one piece of work: a board's record, a window, and the journeys that count.
type asked struct {
	*loaded
	rec      *measure.Record
	all      []measure.Journey // every class and type
	counted  []measure.Journey
	window   measure.Window
	today    measure.Day
	now      time.Time
	classes  []string
	types    []string
	expedite int      // finished in the window and left out for their class
	parts    []*asked // several boards: each by itself; rec and layout are then nobody's
}

func (s *Service) ask(ctx context.Context, boardID string, in Ask) (*asked, error) {
	d, err := s.record(ctx, boardID)
	if err != nil {
		return nil, err
	}
	now := s.store.Now()
	a := &asked{loaded: d, rec: d.at(now), all: d.journeys, now: now, classes: listed(in.Class), types: listed(in.Type)}
	a.today = a.rec.Calendar.Day(a.rec.Now)
	if a.window, err = windowOf(in, a.today); err != nil {
		return nil, err
	}
	if d.begun != measure.Unset && a.window.From < d.begun { // days before the record are no days without work
		a.window.From = min(d.begun, a.window.To)
	}
	a.count()
	return a, nil
}

// count chooses the cards that count: all but expedite, unless classes are asked for.
func (a *asked) count() {
	list := a.all
	if len(a.classes) == 0 {
		usual, rushed := a.apart()
		list = usual
		for i := range rushed {
			if j := &rushed[i]; a.leftOut(j) && a.window.Holds(j.FinishDay) {
				a.expedite++
			}
		}
	}
	if a.counted = list; len(a.classes)+len(a.types) == 0 {
		return
	}
	a.counted = make([]measure.Journey, 0, len(list))
	for i := range list {
		j := &list[i]
		if (len(a.types) == 0 || slices.Contains(a.types, j.Item.Type)) && (len(a.classes) == 0 || slices.Contains(a.classes, j.Item.Class)) {
			a.counted = append(a.counted, *j)
		}
	}
}

// leftOut: expedite does not count unless classes are asked for.
func (a *asked) leftOut(j *measure.Journey) bool {
	return len(a.classes) == 0 && j.Item.Class == board.Expedite && (len(a.types) == 0 || slices.Contains(a.types, j.Item.Type))
}

// settled is the day on which the first card finished, of several boards on any of them; where none has, a day that never comes.
// Before it a board is beginning: what it has begun cannot have ended, and is drawn but not judged.
func (a *asked) settled() measure.Day {
	first := measure.Day(1 << 30)
	for _, p := range a.each() {
		for i := range p.all {
			if d := p.all[i].FinishDay; d != measure.Unset && d < first {
				first = d
			}
		}
	}
	return first
}

// judged is the window without the days on which the board was beginning.
func (a *asked) judged() measure.Window {
	w := a.window
	w.From = max(w.From, min(a.settled(), w.To))
	return w
}

// beginning says what is not judged, where there is any.
func (a *asked) beginning() string {
	if d := a.settled(); d > a.window.From && d <= a.window.To && a.begins() {
		return fmt.Sprintf(" The first card finished on %s: what lies before it is drawn and not judged.", d)
	}
	return ""
}

// begins: the window reaches back to the first day of the record.
func (a *asked) begins() bool {
	return slices.ContainsFunc(a.each(), func(p *asked) bool { return p.begun != measure.Unset && p.begun >= a.window.From })
}

// listed reads words with commas between.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

func windowOf(in Ask, today measure.Day) (measure.Window, error) {
	w := measure.Window{To: today}
	var err error
	if in.To != "" {
		if w.To, err = measure.DayOf(in.To); err != nil {
			return w, fault.Invalid("query.to", "to is a day such as 2026-11-30")
		}
	}
	w.To = min(w.To, today)
	w.From = w.To - defaultDays + 1
	if in.From != "" {
		if w.From, err = measure.DayOf(in.From); err != nil {
			return w, fault.Invalid("query.from", "from is a day such as 2026-08-22")
		}
	}
	switch {
	case w.From > w.To:
		return w, fault.Invalid("query.from", "The window ends before it begins, or begins after today")
	case w.Days() > mostDays:
		return w, fault.Invalid("query.from", fmt.Sprintf("The window is at most %d days long", mostDays))
	}
	return w, nil
}

// Card is what a number says of one card.
type Card struct {
	ID         string `json:"id"`
	Key        string `json:"key"`
	Title      string `json:"title"`
	Type       string `json:"type"`
	Class      string `json:"class"`
	Discipline string `json:"discipline"`
	BoardID    string `json:"boardId,omitempty" doc:"Of several boards: on which it was counted"`
}

// card says of several boards which one it is counted on.
func (a *asked) card(j *measure.Journey) Card {
	c := cardOf(j)
	if len(a.parts) > 0 {
		c.BoardID = a.home(j).layout.ID
	}
	return c
}

func cardOf(j *measure.Journey) Card {
	f := j.Item
	return Card{ID: f.ID, Key: f.Key, Title: f.Title, Type: f.Type, Class: f.Class, Discipline: f.Discipline}
}

// column names a column in an answer.
func (a *asked) column(k int) string {
	if k < 0 || k >= len(a.rec.Board.Columns) {
		return ""
	}
	return a.rec.Board.Columns[k].Name
}

func days(w measure.Window) []string {
	out := make([]string, w.Days())
	for i := range out {
		out[i] = (w.From + measure.Day(i)).String()
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n) + " " + many
}
