package board

import (
	"context"
	"slices"
	"strings"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Patch is what may change of a board's own settings.
type Patch struct {
	Name           *string       `json:"name,omitempty" required:"false" minLength:"1" maxLength:"80"`
	Visibility     *string       `json:"visibility,omitempty" required:"false" enum:"workspace,team"`
	TimeZone       *string       `json:"timeZone,omitempty" required:"false"`
	StartColumnID  *string       `json:"startColumnId,omitempty" required:"false"`
	FinishColumnID *string       `json:"finishColumnId,omitempty" required:"false"`
	SLE            *[]NewSLE     `json:"sle,omitempty" required:"false" maxItems:"5"`
	Expedite       *ExpediteView `json:"expedite,omitempty" required:"false"`
	Categories     *[]Category   `json:"blockerCategories,omitempty" required:"false" maxItems:"40"`
	WorkItems      *string       `json:"workItems,omitempty" required:"false" maxLength:"2000"`
	Reserves       *[]Reserve    `json:"reserves,omitempty" required:"false" maxItems:"20" doc:"All shares of the work that are reserved for a kind of it"`
	MirrorsCount   *bool         `json:"mirrorsCount,omitempty" required:"false" doc:"Whether mirrors of other boards' cards count against this board's limits"`
}

// Change applies a patch to a board. Changing the points recomputes every card's clock from its history.
func (s *Service) Change(ctx context.Context, boardID string, p Patch) (*Layout, error) {
	return s.lead(ctx, boardID, func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		if err := p.apply(l); err != nil {
			return err
		}
		if p.SLE != nil {
			if err := saveSLEs(tx, l.RID, before.SLEs, l.SLEs); err != nil {
				return err
			}
		}
		if err := saveReserves(tx, l.RID, before.Reserves, l.Reserves); err != nil {
			return err
		}
		if before.Visibility != l.Visibility {
			if err := raise(tx, l.ID); err != nil {
				return err
			}
		}
		return s.finish(tx, before, l, "board.updated", nil)
	})
}

// raise makes every node check again who may follow the board, and what hangs on it.
func raise(tx *store.Tx, boardID string) error {
	var side []string
	err := tx.Each(func(scan func(...any) error) error {
		var topic string
		err := scan(&topic)
		side = append(side, topic)
		return err
	}, "SELECT topic FROM side_topics WHERE board_id = ?", boardID)
	if err != nil {
		return err
	}
	if err := tx.Widen(side...); err != nil {
		return err
	}
	for _, t := range append(side, event.BoardTopic(boardID)) {
		tx.RaiseACL(t)
	}
	return nil
}

func (p Patch) apply(l *Layout) error {
	if p.Name != nil {
		name, err := clean("body.name", "A board", *p.Name, 80)
		if err != nil {
			return err
		}
		l.Name = name
	}
	if p.Visibility != nil {
		l.Visibility = *p.Visibility
	}
	if p.TimeZone != nil {
		if err := checkZone("body.timeZone", *p.TimeZone); err != nil {
			return err
		}
		l.TimeZone = *p.TimeZone
	}
	for at, id := range map[string]*string{"body.startColumnId": p.StartColumnID, "body.finishColumnId": p.FinishColumnID} {
		if id != nil && l.Column(*id) == nil {
			return fault.Invalid(at, "That column is not on this board")
		}
	}
	if p.StartColumnID != nil {
		l.StartColumnID = *p.StartColumnID
	}
	if p.FinishColumnID != nil {
		l.FinishColumnID = *p.FinishColumnID
	}
	if start, finish := l.Points(); start >= finish && l.FinishColumnID != "" && l.StartColumnID != "" {
		return fault.Invalid("body.finishColumnId", "Cards must be started in a column before the one in which they are finished")
	}
	if p.SLE != nil {
		l.SLEs = nil
		for _, n := range *p.SLE {
			if slices.ContainsFunc(l.SLEs, func(x SLE) bool { return x.Class == n.Class }) {
				return fault.Invalid("body.sle", "There are two expectations for one class")
			}
			l.SLEs = append(l.SLEs, SLE{n.Class, n.Days, n.Percent})
		}
	}
	if p.Reserves != nil {
		if err := checkReserves(*p.Reserves); err != nil {
			return err
		}
		l.Reserves = *p.Reserves
	}
	if e := p.Expedite; e != nil {
		l.ExpediteMode, l.ExpediteMax, l.ExpediteCounts = e.Mode, e.Max, e.Counts
	}
	if p.WorkItems != nil {
		l.WorkItems = strings.TrimSpace(*p.WorkItems)
	}
	if p.MirrorsCount != nil {
		l.MirrorsCount = *p.MirrorsCount
	}
	if p.Categories != nil {
		seen := map[string]bool{}
		for _, c := range *p.Categories {
			if seen[c.Key] {
				return fault.Invalid("body.blockerCategories", "Two blocker categories have the key %q", c.Key)
			}
			seen[c.Key] = true
		}
		if len(*p.Categories) == 0 {
			return fault.Invalid("body.blockerCategories", "A board needs at least one blocker category")
		}
		l.Categories = *p.Categories
	}
	return nil
}

// Where says beside which neighbour a column goes; neither = the end.
type Where struct {
	AfterID  string `json:"afterId,omitempty" required:"false"`
	BeforeID string `json:"beforeId,omitempty" required:"false"`
}

// AddColumn puts a new column beside its neighbour.
func (s *Service) AddColumn(ctx context.Context, boardID string, n NewColumn, at Where) (l *Layout, columnID string, err error) {
	l, err = s.lead(ctx, boardID, func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		if len(l.Columns) >= 50 {
			return fault.Invalid("body", "A board has at most 50 columns")
		}
		c, err := n.column(l.RID, len(l.Columns))
		if err != nil {
			return err
		}
		if err := insertColumn(tx, &c); err != nil {
			return err
		}
		l.Columns = append(l.Columns, c)
		if at.AfterID != "" || at.BeforeID != "" {
			if err := l.place(c.ID, at); err != nil {
				return err
			}
		}
		start, finish, at := l.orderOf(l.StartColumnID), l.orderOf(l.FinishColumnID), l.orderOf(c.ID)
		if start < 0 && c.Kind == Active && (finish < 0 || at < finish) {
			l.StartColumnID = c.ID
		}
		if finish < 0 && c.Kind == Done && at > start {
			l.FinishColumnID = c.ID
		}
		if err := renumber(tx, before, l, ""); err != nil {
			return err
		}
		return s.finish(tx, before, l, "column.created", map[string]any{"columnId": c.ID})
	})
	if err != nil {
		return nil, "", err
	}
	// the newest column: a retried request gets the layout of the first time, not this run's closure
	for _, c := range l.Columns {
		if columnID == "" || c.RID > l.Column(columnID).RID {
			columnID = c.ID
		}
	}
	return l, columnID, nil
}

// place moves a column beside another one.
func (l *Layout) place(id string, at Where) error {
	i := slices.IndexFunc(l.Columns, func(c Column) bool { return c.ID == id })
	c := l.Columns[i]
	rest := slices.Delete(slices.Clone(l.Columns), i, i+1)
	anchor := at.AfterID
	if anchor == "" {
		anchor = at.BeforeID
	}
	j := slices.IndexFunc(rest, func(c Column) bool { return c.ID == anchor })
	if j < 0 {
		return fault.Invalid("body.afterId", "That column is not on this board")
	}
	if at.AfterID != "" {
		j++
	}
	l.Columns = slices.Insert(rest, j, c)
	if start, finish := l.orderOf(l.StartColumnID), l.orderOf(l.FinishColumnID); start >= 0 && finish >= 0 && start >= finish {
		return fault.Invalid("body.afterId", "The column in which cards are finished must stay to the right of the one in which they are started")
	}
	return nil
}

func (l *Layout) orderOf(id string) int {
	return slices.IndexFunc(l.Columns, func(c Column) bool { return c.ID == id })
}

// Renumber counts the columns 0…n-1 in their order. A retired column keeps its place in the history: the
// position of the open column to its left, -1 when there is none. moved, when a column was, is passed over as
// a neighbour: it took nothing with it.
func (l *Layout) Renumber(before *Layout, moved string) {
	for i := range l.Columns {
		l.Columns[i].Position = i
	}
	for i := range l.Retired {
		r := &l.Retired[i]
		at := -1
		for _, was := range before.Columns { // from left to right
			if j := l.orderOf(was.ID); was.Position <= r.Position && j >= 0 && was.ID != moved {
				at = j
			}
		}
		r.Position = at
	}
}

// renumber is Renumber, written.
func renumber(tx *store.Tx, before, l *Layout, moved string) error {
	l.Renumber(before, moved)
	for _, list := range [][]Column{l.Columns, l.Retired} {
		for i := range list {
			c := &list[i]
			if was := before.ColumnByRID(c.RID); was != nil && was.Position == c.Position {
				continue
			}
			if _, err := tx.Exec("UPDATE columns SET position = ? WHERE rid = ?", c.Position, c.RID); err != nil {
				return err
			}
		}
	}
	return nil
}

// ColumnPatch is what may change of a column.
type ColumnPatch struct {
	Name      *string                `json:"name,omitempty" required:"false" minLength:"1" maxLength:"60"`
	Kind      *string                `json:"kind,omitempty" required:"false" enum:"queue,active,done"`
	Policy    *string                `json:"policy,omitempty" required:"false" maxLength:"4000"`
	Checks    *[]NewCheck            `json:"checks,omitempty" required:"false" maxItems:"12" doc:"All checks of the column; those with an id are kept, the others are new"`
	Checklist web.Opt[NewListPolicy] `json:"checklist,omitzero" required:"false" doc:"The liaison checklist that is asked of a card that enters; null asks for none"`
	Wip       *WipPatch              `json:"wip,omitempty" required:"false"`
	Asks      *bool                  `json:"asks,omitempty" required:"false" doc:"Asks to the team land here"`
	AfterID   string                 `json:"afterId,omitempty" required:"false"`
	BeforeID  string                 `json:"beforeId,omitempty" required:"false"`
	Version   *int64                 `json:"version,omitempty" required:"false"`
}

// WipPatch changes a limit; what is absent stays, null takes a number away.
type WipPatch struct {
	Mode *string      `json:"mode,omitempty" required:"false" enum:"off,warn,reason,hard"`
	Min  web.Opt[int] `json:"min,omitzero" required:"false"`
	Max  web.Opt[int] `json:"max,omitzero" required:"false"`
}

func (p *WipPatch) apply(at string, w Wip) (Wip, error) {
	if p.Mode != nil {
		w.Mode = *p.Mode
	}
	if p.Min.Set {
		w.Min = p.Min.Ptr()
	}
	if p.Max.Set {
		w.Max = p.Max.Ptr()
	}
	for _, n := range []*int{w.Min, w.Max} {
		if n != nil && (*n < 0 || *n > 10000) {
			return w, fault.Invalid(at, "A limit is between 0 and 10,000")
		}
	}
	return w, w.check(at)
}

// ChangeColumn applies a patch to a column; a change of order, kind, limit or name is kept as a version.
func (s *Service) ChangeColumn(ctx context.Context, columnID string, p ColumnPatch) (*Layout, error) {
	boardID, err := BoardOfColumn(s.store.Rows(ctx), columnID)
	if err != nil {
		return nil, err
	}
	if boardID == "" {
		return nil, fault.NotFound("column")
	}
	return s.leadPart(ctx, boardID, "column", func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		c := l.Column(columnID)
		if c == nil {
			return fault.NotFound("column")
		}
		if p.Version != nil && *p.Version != c.Version {
			return fault.Conflict("stale", "Somebody changed this column in the meantime.").With("current", c.view())
		}
		if p.Name != nil {
			if c.Name, err = clean("body.name", "A column", *p.Name, 60); err != nil {
				return err
			}
		}
		if p.Kind != nil {
			c.Kind = *p.Kind
		}
		if p.Policy != nil {
			c.Policy = *p.Policy
		}
		if p.Checks != nil {
			if c.Checks, err = cleanChecks("body.checks", c.Checks, *p.Checks); err != nil {
				return err
			}
		}
		if p.Checklist.Set {
			if c.Checklist, err = s.listPolicy(tx.Query, l.TeamID, p.Checklist.Ptr()); err != nil {
				return err
			}
		}
		if p.Wip != nil {
			if c.Wip, err = p.Wip.apply("body.wip", c.Wip); err != nil {
				return err
			}
		}
		extra := map[string]any{"columnId": columnID}
		if p.Asks != nil && *p.Asks != c.Asks {
			moved, err := s.askHere(tx, l, c, *p.Asks)
			if err != nil {
				return err
			}
			if moved != nil {
				extra["moved"] = moved
			}
		}
		c.Version++
		if err := saveColumn(tx, c); err != nil {
			return err
		}
		if (p.AfterID != "" || p.BeforeID != "") && p.AfterID != columnID && p.BeforeID != columnID {
			if err := l.place(columnID, Where{p.AfterID, p.BeforeID}); err != nil {
				return err
			}
			if err := renumber(tx, before, l, columnID); err != nil {
				return err
			}
		}
		return s.finish(tx, before, l, "column.updated", extra)
	})
}

func (c *Column) view() ColumnView {
	return ColumnView{c.ID, c.Name, c.Kind, c.Policy, c.Checks, c.Wip, c.Version, c.Asks, c.Checklist}
}

// RemoveColumn retires a column; its history stays. Cards in it need a target column; asks that wait in it for an
// answer keep it (asks_waiting).
func (s *Service) RemoveColumn(ctx context.Context, columnID, targetID string) (*Layout, error) {
	boardID, err := BoardOfColumn(s.store.Rows(ctx), columnID)
	if err != nil {
		return nil, err
	}
	if boardID == "" {
		return nil, fault.NotFound("column")
	}
	return s.leadPart(ctx, boardID, "column", func(tx *store.Tx, l *Layout) error {
		before := l.copy()
		c := l.Column(columnID)
		if c == nil {
			return fault.NotFound("column")
		}
		if len(l.Columns) == 1 {
			return fault.Conflict("last_column", "A board needs at least one column.")
		}
		if columnID == l.StartColumnID || columnID == l.FinishColumnID {
			return fault.Conflict("declared_point", "%s is where cards count as started or finished. Choose another column for that first.", c.Name)
		}
		if err := s.asksWait(tx.Query, c, "declare another queue for asks in its settings: they go along"); err != nil {
			return err
		}
		n, err := s.cards.CountIn(tx.Query, c.RID)
		if err != nil {
			return err
		}
		extra := map[string]any{"columnId": columnID}
		if n > 0 || targetID != "" {
			target := l.Column(targetID)
			if target == nil || targetID == columnID {
				return fault.Invalid("query.target", "Name another column of this board for the cards in %s", c.Name)
			}
			if extra["moved"], err = s.cards.MoveAll(tx, l, c, target); err != nil {
				return err
			}
		}
		i := l.orderOf(columnID)
		gone := l.Columns[i]
		gone.Retired = true
		gone.Version++
		l.Columns = slices.Delete(l.Columns, i, i+1)
		l.Retired = append(l.Retired, gone)
		if err := saveColumn(tx, &gone); err != nil {
			return err
		}
		if err := renumber(tx, before, l, ""); err != nil {
			return err
		}
		return s.finish(tx, before, l, "column.removed", extra)
	})
}
