package port

import (
	"slices"

	"trestle/server/board"
	"trestle/server/store"
)

// layout makes the board as it will be: a new one from the file, or the one that is here with the new
// columns at the place that their neighbours over there give them.
func (p *plan) layout(n *notes, now int64) error {
	if p.here == nil {
		p.after = p.in.layout()
	} else {
		p.grow()
		p.rehome(n, now)
	}
	p.newCards = make([]int, len(p.in.cards))
	for i := range p.newCards {
		p.newCards[i] = i
	}
	slices.SortStableFunc(p.newCards, func(a, b int) int { return compare(p.in.cards[a].createdAt, p.in.cards[b].createdAt) })
	return nil
}

// layout is the file's board; its columns' ids are still those of the file.
func (b *inBoard) layout() *board.Layout {
	l := &board.Layout{Board: board.Board{Name: b.name, Visibility: b.visibility, TimeZone: b.timeZone, StartColumnID: b.start, FinishColumnID: b.finish}}
	for i := range b.columns {
		c := &b.columns[i]
		col := board.Column{ID: c.id, Name: c.name, Kind: c.kind, Policy: c.policy, Position: c.position, Wip: c.wip, Retired: c.retiredAt != nil}
		if col.Retired {
			l.Retired = append(l.Retired, col)
		} else {
			l.Columns = append(l.Columns, col)
		}
	}
	return l
}

// grow puts new columns into the board that is here. New columns carry the id of the file until staged.
func (p *plan) grow() {
	after := *p.here
	after.Columns, after.Retired = slices.Clone(p.here.Columns), slices.Clone(p.here.Retired)
	fresh := map[string]bool{}
	for _, c := range p.newColumns() {
		fresh[c.id] = true
	}
	var retired []board.Column
	at := 0 // where the next new column goes: right of the last known neighbour
	for i := range p.in.columns {
		c := &p.in.columns[i]
		if local, ok := p.ids.of("column", c.id); ok {
			if j := slices.IndexFunc(after.Columns, func(x board.Column) bool { return x.ID == local }); j >= 0 {
				at = j + 1
			}
			continue
		}
		col := board.Column{ID: c.id, Name: c.name, Kind: c.kind, Policy: c.policy, Wip: c.wip, Retired: c.retiredAt != nil, Position: at - 1}
		switch {
		case !fresh[c.id]:
		case col.Retired:
			retired = append(retired, col)
		default:
			after.Columns = slices.Insert(after.Columns, at, col)
			at++
		}
	}
	after.Renumber(p.here, "")
	after.Retired = append(after.Retired, retired...)
	p.after = &after
}

// rehome sends open cards whose column was removed here to the board's first column, and says so.
func (p *plan) rehome(n *notes, now int64) {
	home := &p.after.Columns[0]
	for i := range p.in.cards {
		c := &p.in.cards[i]
		if col := p.column(c.column); col == nil || (col.Retired && c.archivedAt == nil) {
			n.change(1, "Cards of columns that were removed here", "They stand in “"+home.Name+"”, the first column")
			p.moved[c.id] = true
			c.steps = append(c.steps, inStep{kind: "import", from: c.column, at: now})
			c.enteredAt = now
		}
	}
}

// column finds a column of the board as it will be by its id in the file; nil when there is none.
func (p *plan) column(external string) *board.Column {
	if external == "" {
		return nil
	}
	id := external
	if local, ok := p.ids.of("column", external); ok {
		id = local
	}
	if c := p.after.Column(id); c != nil {
		return c
	}
	for i := range p.after.Retired {
		if p.after.Retired[i].ID == id {
			return &p.after.Retired[i]
		}
	}
	return nil
}

// clock replays a card's history under the points that the board declares.
func (p *plan) clock(c *inCard) board.Clock {
	var steps []board.Step
	for _, s := range c.steps {
		if s.to == "" && !(p.moved[c.id] && s.kind == "import") {
			continue
		}
		if s.voidedAt != nil || s.kind == "archive" {
			continue
		}
		if col := p.target(c, s); col != nil {
			steps = append(steps, board.Step{ColumnRID: col.RID, At: s.at})
		}
	}
	return p.after.Replay(steps)
}

// target is the column that a step leads to.
func (p *plan) target(c *inCard, s inStep) *board.Column {
	if s.to == "" && s.kind == "import" && p.moved[c.id] {
		return &p.after.Columns[0]
	}
	return p.column(s.to)
}

// standsIn is the column in which the card will stand.
func (p *plan) standsIn(c *inCard) *board.Column {
	if p.moved[c.id] {
		return &p.after.Columns[0]
	}
	return p.column(c.column)
}

// knownIDs are a team's external ids of one source: kind → id over there → id here.
type knownIDs map[string]map[string]string

func (k knownIDs) of(kind, external string) (string, bool) {
	id, ok := k[kind][external]
	return id, ok
}

func knownIn(q *store.Query, teamID, source string) (knownIDs, error) {
	out := knownIDs{}
	err := q.Each(func(scan func(...any) error) error {
		var kind, external, local string
		err := scan(&kind, &external, &local)
		if out[kind] == nil {
			out[kind] = map[string]string{}
		}
		out[kind][external] = local
		return err
	}, "SELECT kind, external_id, local_id FROM external_ids WHERE team_id = ? AND source = ?", teamID, source)
	return out, err
}
