package flow

import (
	"slices"
	"strings"
	"time"

	"trestle/server/measure"
)

// Why says how a number was made.
type Why struct {
	Rule     string   `json:"rule"`
	Started  string   `json:"started" doc:"The column whose entry starts the clock; empty when the board declares none"`
	Finished string   `json:"finished"`
	TimeZone string   `json:"timeZone"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Counted  string   `json:"counted" doc:"Which classes and types"`
	N        int      `json:"n" doc:"Cards that the number rests on"`
	Left     []Left   `json:"left" doc:"What was left out"`
	Changes  []Change `json:"changes" doc:"Limits, points and expectations that changed within the window"`
	Boards   []Board  `json:"boards,omitempty" doc:"Of several boards: each counts by its own points and days, and the sums are of these"`
}

// Board is one of several.
type Board struct {
	BoardName
	Started  string `json:"started"`
	Finished string `json:"finished"`
	TimeZone string `json:"timeZone"`
}

// Left is why some cards do not count.
type Left struct {
	Why  string   `json:"why"`
	N    int      `json:"n"`
	Keys []string `json:"keys" doc:"Fifty at most"`
}

// Change of a setting, drawn as a mark.
type Change struct {
	At   time.Time `json:"at"`
	Day  string    `json:"day"`
	Text string    `json:"text"`
}

const keysShown = 50

func left(why string, list []*measure.Journey) Left {
	l := Left{Why: why, N: len(list), Keys: []string{}}
	for _, j := range list[:min(len(list), keysShown)] {
		l.Keys = append(l.Keys, j.Item.Key)
	}
	return l
}

func (a *asked) why(rule string, n int, more ...Left) Why {
	w := Why{Rule: rule + a.beginning(), From: a.window.From.String(), To: a.window.To.String(), N: n, Left: []Left{}, Changes: []Change{}, Counted: a.countedText()}
	if len(a.parts) == 0 {
		b := a.board()
		w.Started, w.Finished, w.TimeZone = b.Started, b.Finished, b.TimeZone
	}
	for _, p := range a.parts {
		w.Boards = append(w.Boards, p.board())
	}
	for _, l := range more {
		if l.N > 0 {
			w.Left = append(w.Left, l)
		}
	}
	if a.expedite > 0 {
		w.Left = append(w.Left, Left{Why: "expedite", N: a.expedite, Keys: []string{}})
	}
	for _, p := range a.each() {
		for _, m := range p.marks {
			if d := p.rec.Calendar.Day(m.At); a.window.Holds(d) {
				text := m.Text
				if len(a.parts) > 0 {
					text = p.layout.Name + ": " + text
				}
				w.Changes = append(w.Changes, Change{At: time.UnixMilli(m.At).UTC(), Day: d.String(), Text: text})
			}
		}
	}
	slices.SortStableFunc(w.Changes, func(x, y Change) int { return x.At.Compare(y.At) })
	return w
}

// each is the boards that a number is of.
func (a *asked) each() []*asked {
	if len(a.parts) > 0 {
		return a.parts
	}
	return []*asked{a}
}

func (a *asked) board() Board {
	b := Board{BoardName: a.name(), TimeZone: a.layout.Location().String()}
	b.Started, b.Finished = a.column(a.rec.Board.Start), a.column(a.rec.Board.Finish)
	return b
}

// home is the board on which a card's journey was counted.
func (a *asked) home(j *measure.Journey) *asked {
	for _, p := range a.parts {
		if p.layout.RID == j.Item.Board {
			return p
		}
	}
	return a
}

func (a *asked) countedText() string {
	text := "all classes but expedite"
	if len(a.classes) > 0 {
		text = strings.Join(a.classes, ", ")
	}
	if len(a.types) > 0 {
		text += "; " + strings.Join(a.types, ", ")
	}
	return text
}
