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
	Name   string `json:"name" minLength:"1" maxLength:"60"`
	Kind   string `json:"kind" required:"false" enum:"queue,active,done" doc:"active when absent"`
	Policy string `json:"policy" required:"false" maxLength:"4000"`
	Wip    *Wip   `json:"wip" required:"false"`
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
	Template   string      `json:"template" required:"false" enum:"delivery,simple"`
	Columns    []NewColumn `json:"columns" required:"false" maxItems:"50"`
	SLE        *NewSLE     `json:"sle" required:"false"`
}

func limit(mode string, n int) *Wip { return &Wip{Mode: mode, Max: &n} }

// Templates are the column sets that a new board can begin with.
var Templates = map[string][]NewColumn{
	"delivery": {
		{Name: "Ready", Kind: Queue, Policy: "Pull from the top"},
		{Name: "Shape", Kind: Active, Wip: limit(Warn, 4)},
		{Name: "Build", Kind: Active, Wip: limit(Reason, 6)},
		{Name: "Review & test", Kind: Active, Wip: limit(Reason, 4)},
		{Name: "Deploy", Kind: Active, Wip: limit(Reason, 3)},
		{Name: "Done", Kind: Done},
	},
	"simple": {
		{Name: "To do", Kind: Queue},
		{Name: "Doing", Kind: Active, Wip: limit(Warn, 3)},
		{Name: "Done", Kind: Done},
	},
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
	columns := n.Columns
	if len(columns) == 0 {
		if n.Template == "" {
			n.Template = "delivery"
		}
		columns = Templates[n.Template]
	}
	id := store.NewID("brd")
	topics := []string{event.BoardTopic(id), event.TeamTopic(n.TeamID)}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (*Layout, error) {
		r, err := team.RightsIn(tx.Query, v, n.TeamID)
		if err != nil {
			return nil, err
		}
		t, err := team.ByID(tx.Query, n.TeamID)
		if err != nil {
			return nil, err
		}
		if t.ID == "" || (!r.Member && r.Role == team.None) {
			return nil, fault.NotFound("team")
		}
		if !r.CanLead() {
			return nil, fault.Forbidden("Only a lead of this team may make a board for it.")
		}
		l := &Layout{Board: Board{ID: id, TeamID: t.ID, TeamKey: t.Key, TeamName: t.Name, Name: name, Visibility: n.Visibility,
			TimeZone: n.TimeZone, ExpediteMode: Reason, ExpediteMax: 1, ExpediteCounts: true, Categories: DefaultCategories, CreatedAt: tx.Now}}
		if err := insertBoard(tx, &l.Board); err != nil {
			return nil, err
		}
		if err := l.addColumns(tx, columns); err != nil {
			return nil, err
		}
		if n.SLE != nil {
			l.SLEs = []SLE{{n.SLE.Class, n.SLE.Days, n.SLE.Percent}}
		} else {
			l.SLEs = []SLE{{"", 10, 85}} // a best guess, and said to be one
		}
		if err := saveSLEs(tx, l.RID, nil, l.SLEs); err != nil {
			return nil, err
		}
		if err := saveBoard(tx, &l.Board); err != nil {
			return nil, err
		}
		if err := saveVersions(tx, nil, l); err != nil {
			return nil, err
		}
		if _, err := tx.Publish(event.BoardTopic(id), "board.created", map[string]any{"board": l.ViewWith(nil), "columns": l.ColumnViews()}); err != nil {
			return nil, err
		}
		_, err = tx.Publish(event.TeamTopic(t.ID), "board.created", map[string]any{"boardId": id, "name": name})
		return l, err
	})
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
	c := Column{ID: store.NewID("col"), BoardRID: boardRID, Name: name, Kind: n.Kind, Policy: n.Policy, Position: position, Wip: Wip{Mode: Off}}
	if n.Wip != nil {
		if err := n.Wip.check("body.columns.wip"); err != nil {
			return Column{}, err
		}
		c.Wip = *n.Wip
	}
	return c, nil
}
