package board

import "time"

// View is a board's settings as everybody who may see it gets them, byte for byte the same.
type View struct {
	ID             string        `json:"id"`
	Name           string        `json:"name"`
	TeamID         string        `json:"teamId"`
	TeamKey        string        `json:"teamKey"`
	TeamName       string        `json:"teamName"`
	Visibility     string        `json:"visibility" enum:"workspace,team"`
	TimeZone       string        `json:"timeZone"`
	StartColumnID  string        `json:"startColumnId"`
	FinishColumnID string        `json:"finishColumnId"`
	SLE            []SLEView     `json:"sle"`
	Reserves       []Reserve     `json:"reserves,omitempty" doc:"Shares of the work that are kept for a kind of it"`
	Expedite       ExpediteView  `json:"expedite"`
	Categories     []Category    `json:"blockerCategories"`
	Fields         []CustomField `json:"fields"`
	WorkItems      string        `json:"workItems,omitempty" doc:"What a card is here, in the team's words"`
	MirrorsCount   bool          `json:"mirrorsCount" doc:"Mirrors of other boards' cards count against this board's limits"`
	Version        int64         `json:"version"`
	ArchivedAt     *time.Time    `json:"archivedAt,omitempty"`
}

// SLEView is an expectation with how much history it rests on. Guess is said until n ≥ 10.
type SLEView struct {
	Class   string `json:"class,omitempty"`
	Days    int    `json:"days"`
	Percent int    `json:"percent"`
	N       int    `json:"n"`
	Guess   bool   `json:"guess"`
}

// ExpediteView is the limit of the pinned strip.
type ExpediteView struct {
	Mode   string `json:"mode" enum:"off,warn,reason,hard"`
	Max    int    `json:"max" minimum:"0" maximum:"1000"`
	Counts bool   `json:"counts" doc:"Expedite cards also count in their column"`
}

// ColumnView is a column as it leaves.
type ColumnView struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Kind      string      `json:"kind" enum:"queue,active,done"`
	Policy    string      `json:"policy"`
	Checks    []Check     `json:"checks,omitempty" doc:"What is asked of a card that enters"`
	Wip       Wip         `json:"wip"`
	Version   int64       `json:"version"`
	Asks      bool        `json:"asks,omitempty" doc:"Asks to the team land here"`
	Checklist *ListPolicy `json:"checklist,omitempty" doc:"The liaison checklist that is asked of a card that enters"`
}

// LaneView is a lane as it leaves.
type LaneView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Wip     Wip    `json:"wip"`
	Version int64  `json:"version"`
}

// ViewWith is the board's view; finished counts finished cards per class ("" for all).
func (l *Layout) ViewWith(finished map[string]int) View {
	v := View{ID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName,
		Visibility: l.Visibility, TimeZone: l.TimeZone, StartColumnID: l.StartColumnID, FinishColumnID: l.FinishColumnID,
		SLE: []SLEView{}, Reserves: l.Reserves, Categories: l.Categories, Fields: l.Fields, WorkItems: l.WorkItems, MirrorsCount: l.MirrorsCount, Version: l.Version, ArchivedAt: l.ArchivedAt,
		Expedite: ExpediteView{Mode: l.ExpediteMode, Max: l.ExpediteMax, Counts: l.ExpediteCounts}}
	if v.Fields == nil {
		v.Fields = []CustomField{}
	}
	for _, s := range l.SLEs {
		n := finished[s.Class]
		v.SLE = append(v.SLE, SLEView{Class: s.Class, Days: s.Days, Percent: s.Percent, N: n, Guess: n < 10})
	}
	return v
}

// ColumnViews are the columns from left to right.
func (l *Layout) ColumnViews() []ColumnView {
	out := make([]ColumnView, 0, len(l.Columns))
	for _, c := range l.Columns {
		out = append(out, c.view())
	}
	return out
}

// LaneViews are the lanes from top to bottom.
func (l *Layout) LaneViews() []LaneView {
	out := make([]LaneView, 0, len(l.Lanes))
	for _, n := range l.Lanes {
		out = append(out, LaneView{n.ID, n.Name, n.Wip, n.Version})
	}
	return out
}
