package standup

import (
	"cmp"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/card"
)

// Kinds of steps.
const (
	briefStep    = "brief"
	cardStep     = "card"
	healthyStep  = "healthy"
	personStep   = "person"
	anythingStep = "anything"
)

// Why a card is talked about, the first that is true.
const (
	Expedite  = "expedite"
	Blocked   = "blocked"
	Due       = "due"
	OverSLE   = "over_sle"
	Aging     = "aging"
	Failing   = "failing"
	Lapsed    = "lapsed"
	OverLimit = "over_limit"
)

// dueWithin is from how many days before its date on a card in progress is talked about.
const dueWithin = 7

// step is one stop of the walk.
type step struct {
	N                int
	Kind, Reason     string
	CardID, ColumnID string
	PersonID         string
	PersonName       string // of a turn of somebody who is not in these rooms
	ShownAt          *int64
	Skipped          bool
}

// order is the order in which reasons are walked; what is old is walked by how old it is.
var order = map[string]int{Expedite: 0, Blocked: 1, Due: 2, OverSLE: 3, Aging: 3, Failing: 4, Lapsed: 5, OverLimit: 6, "": 7}

type walked struct {
	face     card.Face
	reason   string
	age      board.Age
	position int
	since    time.Time
}

// agenda orders the walk: the brief, the cards that want the team, the healthy ones in one step, and what is on no
// board. over are the columns over their limit, lapsed the cards whose checklist ran out. Within a reason it goes from right to left, the oldest first; what is
// old goes by its share of what its class is expected to take.
func agenda(l *board.Layout, cards []card.Face, over, lapsed map[string]bool, now time.Time) (steps []step, healthy []string) {
	cal := l.Calendar()
	list := make([]walked, 0, len(cards))
	for _, f := range cards {
		w := walked{face: f, since: f.EnteredAt}
		if col := l.Column(f.ColumnID); col != nil {
			w.position = col.Position
		}
		if f.StartedAt != nil {
			w.since = *f.StartedAt
			w.age = l.AgeOf(cal, f.Class, *f.StartedAt, now)
		}
		w.reason = reasonOf(w, cal, over, lapsed, now)
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b walked) int {
		byAge := 0
		if order[a.reason] == order[Aging] { // b's share before a's, without dividing
			byAge = cmp.Compare(b.age.Days*a.age.SLEDays, a.age.Days*b.age.SLEDays)
		}
		return cmp.Or(cmp.Compare(order[a.reason], order[b.reason]), byAge, cmp.Compare(b.position, a.position), a.since.Compare(b.since),
			cmp.Compare(a.face.ID, b.face.ID))
	})
	add := func(s step) { s.N = len(steps); steps = append(steps, s) }
	add(step{Kind: briefStep})
	healthy = []string{}
	for _, w := range list {
		if w.reason == "" {
			healthy = append(healthy, w.face.ID)
			continue
		}
		add(step{Kind: cardStep, Reason: w.reason, CardID: w.face.ID, ColumnID: w.face.ColumnID})
	}
	if len(healthy) > 0 {
		add(step{Kind: healthyStep})
	}
	add(step{Kind: anythingStep})
	return steps, healthy
}

func reasonOf(w walked, cal board.Calendar, over, lapsed map[string]bool, now time.Time) string {
	left, dated := cal.Until(w.face.DueOn, now)
	switch {
	case w.face.Class == board.Expedite:
		return Expedite
	case len(w.face.Blockers) > 0:
		return Blocked
	case dated && left <= dueWithin:
		return Due
	case w.age.Over:
		return OverSLE
	case w.age.Level >= 2:
		return Aging
	case failing(w.face, now):
		return Failing
	case lapsed[w.face.ID]:
		return Lapsed
	case over[w.face.ColumnID]:
		return OverLimit
	}
	return ""
}

// failing says whether a pipeline's last word on a card is that something failed; a grey one says nothing any more.
func failing(f card.Face, now time.Time) bool {
	return slices.ContainsFunc(f.Signals, func(s card.SignalFace) bool {
		return s.State == "failed" && (s.ExpiresAt == nil || now.Before(*s.ExpiresAt))
	})
}

// overLimit are the board's columns over their limit.
func overLimit(st card.Standing) map[string]bool {
	out := map[string]bool{}
	for _, c := range st.Glance.Columns {
		if c.Max != nil && c.Count > *c.Max {
			out[c.ID] = true
		}
	}
	return out
}
