package checklist

import "slices"

// How an item's answer stands.
const (
	Unanswered = "unanswered"
	Answered   = "answered"
	Understood = "understood"
	Questioned = "questioned"
	Gap        = "gap"
	NA         = "na"
)

// Levels, from least to most, and what no level asks.
const (
	Light    = "light"
	Standard = "standard"
	Critical = "critical"
	Optional = "optional"
)

// Phases, in their order.
const (
	Design     = "design"
	PreProd    = "pre_prod"
	PostLaunch = "post_launch"
)

// Scopes of an item.
const (
	OfFeature = "feature"
	OfService = "service"
)

// Kinds of a checklist.
const (
	ForCard    = "card"
	ForService = "service"
	ForLaunch  = "launch"
)

var (
	levels = []string{Light, Standard, Critical, Optional}
	phases = []string{Design, PreProd, PostLaunch}
)

// Why an item blocks.
const (
	ToAnswer     = "to_answer"
	ToUnderstand = "to_understand"
	PushedBack   = "pushed_back"
	ToConfirm    = "to_confirm"
	GapOver      = "gap_over"
	Stale        = "stale"
)

// Frame is what a checklist asks of its items: days are in its team's time zone.
type Frame struct {
	Kind, Level, Phase string
	Inherits           bool // it names a service
	Today              string
}

// Standing is one answer as far as it counts. Days are the last good ones.
type Standing struct {
	State     string
	ToConfirm bool // who is said to have explained it has not said so
	ExpiresOn string
	GapUntil  string
}

// Asks says whether a checklist of this kind and level must have an answer to the item, whatever its phase.
func (f Frame) Asks(it *TemplateItem) bool {
	if it.Retired {
		return false
	}
	from := it.From
	if f.Kind != ForService && it.Scope == OfService && !f.Inherits && from != Optional {
		from = Critical // where no service answers for it, only what is critical is asked again
	}
	return slices.Index(levels, from) <= slices.Index(levels, f.Level)
}

// Shows says whether the item belongs into a checklist of this kind at all.
func (f Frame) Shows(it *TemplateItem) bool {
	return !it.Retired && (f.Kind != ForService || it.Scope == OfService)
}

// Due says whether the checklist's phase has come to the item's.
func (f Frame) Due(it *TemplateItem) bool {
	return slices.Index(phases, it.Phase) <= slices.Index(phases, f.Phase)
}

// Blocks says why the item keeps the checklist from being complete at its level and phase, "" when it does not. holds:
// what the item depends on is so.
func (f Frame) Blocks(it *TemplateItem, why string, holds bool) string {
	if !holds || !f.Shows(it) || !f.Asks(it) || !f.Due(it) {
		return ""
	}
	return why
}

// Why says what an answer lacks to count on a day, "" when it counts.
func (s Standing) Why(today string) string {
	switch s.State {
	case NA:
		return ""
	case Gap:
		if s.GapUntil < today {
			return GapOver
		}
		return ""
	case Questioned:
		return PushedBack
	case Answered, Understood:
		switch {
		case s.ExpiresOn != "" && s.ExpiresOn < today:
			return Stale
		case s.State == Understood:
			return ""
		case s.ToConfirm:
			return ToConfirm
		}
		return ToUnderstand
	}
	return ToAnswer
}

// Inherited says the same of what a service answers: its answer must count, and somebody must have said that it is
// still true for this feature.
func Inherited(of Standing, stamped bool, today string) string {
	if why := of.Why(today); why != "" {
		return why
	}
	if !stamped {
		return ToConfirm
	}
	return ""
}

// gravest orders what is lacking, what is furthest from counting first.
var gravest = []string{ToAnswer, Stale, GapOver, PushedBack, ToUnderstand, ToConfirm}

// Gravest is what an item lacks that several services answer, given what each of them lacks: it counts only when all do.
func Gravest(whys ...string) string {
	for _, why := range gravest {
		if slices.Contains(whys, why) {
			return why
		}
	}
	return ""
}

// Counts is what blocks, by why.
type Counts struct {
	ToAnswer     int `json:"toAnswer"`
	ToUnderstand int `json:"toUnderstand"`
	PushedBack   int `json:"pushedBack"`
	ToConfirm    int `json:"toConfirm"`
	GapOver      int `json:"gapOver"`
	Stale        int `json:"stale"`
}

func (c *Counts) add(why string) {
	switch why {
	case ToAnswer:
		c.ToAnswer++
	case ToUnderstand:
		c.ToUnderstand++
	case PushedBack:
		c.PushedBack++
	case ToConfirm:
		c.ToConfirm++
	case GapOver:
		c.GapOver++
	case Stale:
		c.Stale++
	}
}

// Sum is how many items block.
func (c Counts) Sum() int {
	return c.ToAnswer + c.ToUnderstand + c.PushedBack + c.ToConfirm + c.GapOver + c.Stale
}
