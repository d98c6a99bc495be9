package board

import (
	"encoding/json"
	"slices"
	"strings"

	"trestle/server/fault"
)

// Entry is a card that wants to stand somewhere. Counts are taken under the board's lock and leave the
// card itself out.
type Entry struct {
	Column *Column
	Lane   *Lane // nil = no lane

	InColumn    int  // cards in the column that its limit counts
	InLane      int  // unfinished started cards in the lane
	InExpedite  int  // unfinished expedite cards on the board
	NewToColumn bool // the column's limit did not count it before
	NewToLane   bool // the lane's limit will count it, and did not before
	Expedite    bool // it is, or becomes, expedite
	NewExpedite bool // it will be open and expedite, and was not before
	Backward    bool // it goes to a column further left

	Guarded bool // the column's checks are asked
	// List reads how the card's checklist stands, when the column's is asked and no hard limit refuses anyway.
	List       func() (Listed, error)
	ListHidden bool // who moves does not see the card's own board
	MayWaive   bool // who moves may let it in all the same

	Reason         string // why a limit may be exceeded
	ReturnCategory string // why it comes back
	Answers        Answers
}

// Exceeded is a limit that an entry goes past. Count includes the entering card.
type Exceeded struct {
	Scope string `json:"scope"` // column, lane, expedite
	ID    string `json:"id,omitempty"`
	Name  string `json:"name"`
	Mode  string `json:"mode"`
	Max   int    `json:"max"`
	Count int    `json:"count"`
}

// Admission is what an entry is recorded with.
type Admission struct {
	Override string // the reason given, empty when no limit asked for one
	Limits   string // JSON of the limits exceeded, empty when none
	Met      []Check
	Waived   []Check
	Waiver   string // why the waived ones were

	List       *KeptList // the checklist that was asked for
	ListWaived bool
}

// Admit decides whether a card may enter: a hard limit refuses (wip_limit); a reason limit, a way back and the
// column's checks ask, all at once (reason_required with needs); the column's checklist refuses (checklist_required,
// checklist_open, with needs too) unless it is waived; a warn limit lets it in and is recorded. It is the only place
// that decides, for drag, keyboard, menu, API, bulk, pull, undo and restore alike.
func (l *Layout) Admit(e Entry) (Admission, error) {
	over := l.exceeded(e)
	var needs []string
	var asked *Exceeded
	for i := range over {
		x := &over[i]
		switch x.Mode {
		case Hard:
			return Admission{}, fault.Conflict("wip_limit", "%s is full: %d of %d. Finish or move something there first.", x.Name, x.Count-1, x.Max).With("limit", x)
		case Reason:
			if strings.TrimSpace(e.Reason) == "" && asked == nil {
				asked = x
				needs = append(needs, "limit")
			}
		}
	}
	if e.Backward && e.ReturnCategory == "" {
		needs = append(needs, "return")
	}
	met, open := e.answered()
	waiver := e.Answers.reason()
	list, is, code, err := e.listed()
	switch {
	case err != nil:
		return Admission{}, err
	case len(open) == 0 && code == "":
		waiver = ""
	case waiver == "":
		if len(open) > 0 {
			needs = append(needs, "checks")
		}
		if code != "" {
			needs = append(needs, "checklist")
		}
	case !e.MayWaive:
		return Admission{}, fault.Forbidden("Only a lead, a liaison or an administrator may waive what %s asks for.", e.Column.Name)
	}
	if len(needs) > 0 {
		f := fault.Conflict("reason_required", "%s", askFor(e, asked, needs, open))
		if slices.Contains(needs, "checklist") {
			_, sentence := e.refuses(is)
			if e.ListHidden {
				is.hide()
			}
			f = fault.Conflict(code, "%s", sentence).With("checklist", is).With("asks", e.Column.Checklist).With("mayWaive", e.MayWaive)
		}
		f = f.With("needs", needs)
		if slices.Contains(needs, "checks") {
			f = f.With("checks", open).With("mayWaive", e.MayWaive)
		}
		if asked != nil {
			f = f.With("limit", asked)
		}
		return Admission{}, f
	}
	a := Admission{Met: met, List: list, ListWaived: code != ""}
	if waiver != "" {
		a.Waived, a.Waiver = open, waiver
	}
	if len(over) > 0 {
		raw, _ := json.Marshal(over)
		a.Limits = string(raw)
		for _, x := range over {
			if x.Mode == Reason {
				a.Override = strings.TrimSpace(e.Reason)
			}
		}
	}
	return a, nil
}

func askFor(e Entry, x *Exceeded, needs []string, open []Check) string {
	checks := ""
	if slices.Contains(needs, "checks") {
		checks = askForChecks(e.Column.Name, open)
	}
	switch back := slices.Contains(needs, "return"); {
	case x != nil && back:
		return x.Name + " is at its limit, and the card goes back: say why to both."
	case x != nil && checks != "":
		return x.Name + " is at its limit: say why this one may come in all the same. " + checks
	case x != nil:
		return x.Name + " is at its limit: say why this one may come in all the same."
	case checks != "":
		return checks
	default:
		return "The card goes back to an earlier column: say why it returns."
	}
}

func (l *Layout) exceeded(e Entry) []Exceeded {
	var out []Exceeded
	counts := !e.Expedite || l.ExpediteCounts
	if w := e.Column.Wip; e.NewToColumn && counts && w.Mode != Off && w.Max != nil && e.InColumn+1 > *w.Max {
		out = append(out, Exceeded{"column", e.Column.ID, e.Column.Name, w.Mode, *w.Max, e.InColumn + 1})
	}
	if e.Lane != nil {
		if w := e.Lane.Wip; e.NewToLane && w.Mode != Off && w.Max != nil && e.InLane+1 > *w.Max {
			out = append(out, Exceeded{"lane", e.Lane.ID, e.Lane.Name, w.Mode, *w.Max, e.InLane + 1})
		}
	}
	if e.NewExpedite && l.ExpediteMode != Off && e.InExpedite+1 > l.ExpediteMax {
		out = append(out, Exceeded{"expedite", "", "Expedite", l.ExpediteMode, l.ExpediteMax, e.InExpedite + 1})
	}
	return out
}
