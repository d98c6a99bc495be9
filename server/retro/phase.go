package retro

import (
	"slices"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
)

// The phases, in their order.
const (
	Collect       = "open" // before the meeting, over days
	ReviewActions = "review_actions"
	Checkin       = "checkin"
	Write         = "write"
	Reveal        = "reveal"
	Group         = "group"
	Vote          = "vote"
	Discuss       = "discuss"
	Commit        = "commit"
	Close         = "close"
	Published     = "published"
)

var order = []string{Collect, ReviewActions, Checkin, Write, Reveal, Group, Vote, Discuss, Commit, Close, Published}

// optional phases can be left out.
var optional = []string{ReviewActions, Checkin, Group, Vote, Close}

// usual is how long a phase takes in seconds, of discuss each group; 0 = as long as it takes.
var usual = map[string]int{ReviewActions: 300, Checkin: 180, Write: 480, Group: 420, Vote: 240, Discuss: 300, Commit: 480, Close: 120}

// phase is one phase of one retro.
type phase struct {
	Key       string
	Enabled   bool
	Seconds   int
	StartedAt *int64
}

// PhaseChoice leaves a phase out or gives it another time.
type PhaseChoice struct {
	Key     string `json:"key" enum:"review_actions,checkin,write,reveal,group,vote,discuss,commit,close"`
	Enabled bool   `json:"enabled"`
	Seconds *int   `json:"seconds,omitempty" required:"false" minimum:"0" maximum:"7200" doc:"0: as long as it takes; of discuss each group's"`
}

// newPhases are the phases of a retro; collects: it begins before its meeting.
func newPhases(choices []PhaseChoice, collects bool) ([]phase, error) {
	out := make([]phase, 0, len(order))
	for _, k := range order {
		if k != Collect || collects {
			out = append(out, phase{Key: k, Enabled: true, Seconds: usual[k]})
		}
	}
	for _, c := range choices {
		i := slices.IndexFunc(out, func(p phase) bool { return p.Key == c.Key })
		if i < 0 || c.Key == Published || c.Key == Collect {
			return nil, fault.Invalid("body.phases", "There is no phase %.40q", c.Key)
		}
		if !c.Enabled && !slices.Contains(optional, c.Key) {
			return nil, fault.Invalid("body.phases", "The phase %s cannot be left out", c.Key)
		}
		out[i].Enabled = c.Enabled
		if c.Seconds != nil {
			out[i].Seconds = *c.Seconds
		}
	}
	return out, nil
}

// before says whether the retro stands before a phase.
func (r *retro) before(key string) bool {
	return slices.Index(order, r.Phase) < slices.Index(order, key)
}

// revealed says whether everybody may read everything.
func (r *retro) revealed() bool { return !r.before(Reveal) }

// counted says whether the totals of the votes may be seen.
func (r *retro) counted() bool { return !r.before(Discuss) }

func (r *retro) phase(key string) *phase {
	if i := slices.IndexFunc(r.Phases, func(p phase) bool { return p.Key == key }); i >= 0 {
		return &r.Phases[i]
	}
	return nil
}

// beside gives the enabled phase after (step 1) or before (step -1) the present one, "" when there is none.
func (r *retro) beside(step int) string {
	at := slices.IndexFunc(r.Phases, func(p phase) bool { return p.Key == r.Phase })
	for i := at + step; at >= 0 && i >= 0 && i < len(r.Phases); i += step {
		if r.Phases[i].Enabled {
			return r.Phases[i].Key
		}
	}
	return ""
}

// mayTurn says whether the page may be turned to a phase: to the next one, or one back where nothing was shown
// meanwhile. voted: somebody has.
func (r *retro) mayTurn(to string, voted bool) error {
	switch {
	case r.Phase == Published:
		return closed()
	case to == r.beside(1):
		return nil
	case to != r.beside(-1) || to == "":
		return fault.Conflict("wrong_phase", "From here it goes on to %s.", r.beside(1)).With("next", r.beside(1))
	case r.Phase == Reveal || r.Phase == Group || r.Phase == Discuss:
		return fault.Conflict("shown_already", "What was shown cannot be hidden again.")
	case r.Phase == Vote && (voted || to != Group):
		return fault.Conflict("shown_already", "People have voted for these groups.")
	}
	return nil
}

// in refuses what belongs to another phase.
func (r *retro) in(keys ...string) error {
	if r.Phase == Published {
		return closed()
	}
	if !slices.Contains(keys, r.Phase) {
		return fault.Conflict("wrong_phase", "That is not done in the phase %s.", r.Phase).With("phase", r.Phase)
	}
	return nil
}

func closed() error {
	return fault.Conflict("retro_closed", "This retro is published: it can be read, but not changed.")
}

// timer counts down to EndsAt, or stands with Left milliseconds to go; with neither it is off.
type timer struct {
	Seconds      int
	EndsAt, Left *int64
}

func startTimer(seconds int, now time.Time) timer {
	if seconds == 0 {
		return timer{}
	}
	end := store.Ms(now) + int64(seconds)*1000
	return timer{Seconds: seconds, EndsAt: &end}
}

// Clock is what is done with the timer: one of these.
type Clock struct {
	AddSeconds *int `json:"addSeconds,omitempty" required:"false" minimum:"-3600" maximum:"3600"`
	Seconds    *int `json:"seconds,omitempty" required:"false" minimum:"0" maximum:"7200" doc:"Starts anew with so many; 0 switches it off"`
	Pause      bool `json:"pause,omitempty" required:"false"`
	Resume     bool `json:"resume,omitempty" required:"false"`
}

func (c Clock) apply(t timer, now time.Time) (timer, error) {
	given := 0
	for _, is := range []bool{c.AddSeconds != nil, c.Seconds != nil, c.Pause, c.Resume} {
		if is {
			given++
		}
	}
	ms := store.Ms(now)
	switch {
	case given != 1:
		return t, fault.Invalid("body", "Say one of addSeconds, seconds, pause and resume")
	case c.Seconds != nil:
		return startTimer(*c.Seconds, now), nil
	case c.Pause && t.EndsAt != nil:
		left := max(0, *t.EndsAt-ms)
		t.EndsAt, t.Left = nil, &left
	case c.Resume && t.Left != nil:
		end := ms + *t.Left
		t.EndsAt, t.Left = &end, nil
	case c.AddSeconds != nil:
		add := int64(*c.AddSeconds) * 1000
		switch {
		case t.Left != nil:
			left := max(0, *t.Left+add)
			t.Left = &left
		case t.EndsAt != nil:
			end := max(ms, max(ms, *t.EndsAt)+add)
			t.EndsAt = &end
		case add > 0:
			return startTimer(*c.AddSeconds, now), nil
		}
	}
	return t, nil
}

// over says whether the time is up.
func (t timer) over(now time.Time) bool { return t.EndsAt != nil && *t.EndsAt <= store.Ms(now) }

// budgetFor is how many votes everybody has when there are so many groups.
func budgetFor(groups int) int { return min(6, max(3, (groups+2)/3)) }
