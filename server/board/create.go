package board

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// NewColumn is a column to be made.
type NewColumn struct {
	Name   string   `json:"name" minLength:"1" maxLength:"60"`
	Kind   string   `json:"kind" required:"false" enum:"queue,active,done" doc:"active when absent"`
	Policy string   `json:"policy" required:"false" maxLength:"4000"`
	Wip    *Wip     `json:"wip" required:"false"`
	Checks []string `json:"checks,omitempty" required:"false" maxItems:"12" doc:"What is asked of a card that enters"`

	list *ListPolicy // of a board that is copied
}

// NewSLE is an expectation to be set.
type NewSLE struct {
	Class   string `json:"class" required:"false" enum:",expedite,fixed_date,standard,intangible"`
	Days    int    `json:"days" minimum:"1" maximum:"3650"`
	Percent int    `json:"percent" minimum:"1" maximum:"99"`
}

// NewBoard is a board to be made.
type NewBoard struct {
	TeamID     string      `json:"teamId"`
	Name       string      `json:"name" minLength:"1" maxLength:"80"`
	TimeZone   string      `json:"timeZone" required:"false" doc:"An IANA name; the creator's browser's is a good default. UTC when absent"`
	Visibility string      `json:"visibility" required:"false" enum:"workspace,team"`
	Template   string      `json:"template" required:"false" enum:"delivery,platform,security,incident,simple" doc:"Columns, policies, lanes and expectations to begin with, see GET /board-templates; delivery when there are no columns either"`
	Columns    []NewColumn `json:"columns" required:"false" maxItems:"50"`
	SLE        *NewSLE     `json:"sle" required:"false"`
}

// Create makes a board with its columns; the first active column is where cards count as started, the
// first done column where they count as finished. Only a lead of the team may.
func (s *Service) Create(ctx context.Context, n NewBoard) (*Layout, error) {
	v := who.From(ctx)
	name, err := clean("body.name", "A board", n.Name, 80)
	if err != nil {
		return nil, err
	}
	if n.TimeZone == "" {
		n.TimeZone = "UTC"
	}
	if err := checkZone("body.timeZone", n.TimeZone); err != nil {
		return nil, err
	}
	if n.Visibility == "" {
		n.Visibility = Workspace
	}
	plan := draft{columns: n.Columns, expedite: ExpediteView{Mode: Reason, Max: 1, Counts: true}, categories: DefaultCategories}
	if len(n.Columns) == 0 {
		if n.Template == "" {
			n.Template = "delivery"
		}
		plan = templateOf(n.Template).draft()
	}
	if n.SLE != nil {
		plan.sles = []SLE{{n.SLE.Class, n.SLE.Days, n.SLE.Percent}}
	}
	if len(plan.sles) == 0 {
		plan.sles = []SLE{{"", 10, 85}} // a best guess, and said to be one
	}
	id := store.NewID("brd")
	topics := []string{event.BoardTopic(id), event.TeamTopic(n.TeamID)}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (*Layout, error) {
		t, err := ledTeam(tx, v, n.TeamID)
		if err != nil {
			return nil, err
		}
		return found(tx, t, Board{ID: id, Name: name, Visibility: n.Visibility, TimeZone: n.TimeZone}, plan)
	})
}

// draft is what a board begins with, beside its name.
type draft struct {
	columns    []NewColumn
	lanes      []NewLane
	sles       []SLE
	reserves   []Reserve
	expedite   ExpediteView
	categories []Category
	workItems  string
	start      int // index of the started column + 1; 0 = the first active one
	finish     int // and of the finished one; 0 = the first done one after it
}

// ledTeam is the team for which a board is made: only a lead of it may.
func ledTeam(tx *store.Tx, v who.Viewer, teamID string) (team.Team, error) {
	r, err := team.RightsIn(tx.Query, v, teamID)
	if err != nil {
		return team.Team{}, err
	}
	t, err := team.ByID(tx.Query, teamID)
	if err != nil {
		return team.Team{}, err
	}
	if t.ID == "" || (!r.Member && r.Role == team.None) {
		return team.Team{}, fault.NotFound("team")
	}
	if !r.CanLead() {
		return team.Team{}, fault.Forbidden("Only a lead of this team may make a board for it.")
	}
	return t, nil
}

// found writes a new board of a team and tells it on both topics, which the write has named.
func found(tx *store.Tx, t team.Team, b Board, d draft) (*Layout, error) {
	b.TeamID, b.TeamKey, b.TeamName, b.CreatedAt = t.ID, t.Key, t.Name, tx.Now
	b.ExpediteMode, b.ExpediteMax, b.ExpediteCounts = d.expedite.Mode, d.expedite.Max, d.expedite.Counts
	b.Categories, b.WorkItems = d.categories, d.workItems
	l := &Layout{Board: b, SLEs: d.sles, Reserves: d.reserves}
	if err := insertBoard(tx, &l.Board); err != nil {
		return nil, err
	}
	if err := l.addColumns(tx, d.columns); err != nil {
		return nil, err
	}
	if d.start > 0 {
		l.StartColumnID = l.Columns[d.start-1].ID
	}
	if d.finish > 0 {
		l.FinishColumnID = l.Columns[d.finish-1].ID
	}
	for i, n := range d.lanes {
		lane := Lane{BoardRID: l.RID, ID: store.NewID("lan"), Name: n.Name, Position: i, Wip: Wip{Mode: Off}}
		if n.Wip != nil {
			lane.Wip = *n.Wip
		}
		if err := insertLane(tx, &lane); err != nil {
			return nil, err
		}
		l.Lanes = append(l.Lanes, lane)
	}
	if err := saveSLEs(tx, l.RID, nil, l.SLEs); err != nil {
		return nil, err
	}
	if err := saveReserves(tx, l.RID, nil, l.Reserves); err != nil {
		return nil, err
	}
	if err := saveBoard(tx, &l.Board); err != nil {
		return nil, err
	}
	if err := saveVersions(tx, nil, l); err != nil {
		return nil, err
	}
	if err := savePolicies(tx, nil, l); err != nil {
		return nil, err
	}
	data := map[string]any{"board": l.ViewWith(nil), "columns": l.ColumnViews()}
	if len(l.Lanes) > 0 {
		data["lanes"] = l.LaneViews()
	}
	if _, err := tx.Publish(event.BoardTopic(l.ID), "board.created", data); err != nil {
		return nil, err
	}
	_, err := tx.Publish(event.TeamTopic(t.ID), "board.created", l.ToTeam())
	return l, err
}

func (l *Layout) addColumns(tx *store.Tx, columns []NewColumn) error {
	for i, n := range columns {
		c, err := n.column(l.RID, i)
		if err != nil {
			return err
		}
		if err := insertColumn(tx, &c); err != nil {
			return err
		}
		l.Columns = append(l.Columns, c)
		if l.StartColumnID == "" && c.Kind == Active {
			l.StartColumnID, l.FinishColumnID = c.ID, "" // one to the left of the start is no finish
		}
		if l.FinishColumnID == "" && c.Kind == Done {
			l.FinishColumnID = c.ID
		}
	}
	return nil
}

func (n NewColumn) column(boardRID int64, position int) (Column, error) {
	name, err := clean("body.columns.name", "A column", n.Name, 60)
	if err != nil {
		return Column{}, err
	}
	if n.Kind == "" {
		n.Kind = Active
	}
	if err := checkKind("body.columns.kind", n.Kind); err != nil {
		return Column{}, err
	}
	c := Column{ID: store.NewID("col"), BoardRID: boardRID, Name: name, Kind: n.Kind, Policy: n.Policy, Position: position, Wip: Wip{Mode: Off}, Checklist: n.list}
	if c.Checks, err = cleanChecks("body.columns.checks", nil, named(n.Checks)); err != nil {
		return Column{}, err
	}
	if n.Wip != nil {
		if err := n.Wip.check("body.columns.wip"); err != nil {
			return Column{}, err
		}
		c.Wip = *n.Wip
	}
	return c, nil
}
