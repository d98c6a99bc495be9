package flow

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// Overloaded is a column that was over the limit of the day.
type Overloaded struct {
	ColumnID, Column string
	Days             int // on which it was over at some time
	Most             int // cards that it held then
	Limit            int // the last one that there was
}

// OverLimits tells of a board's columns before the finish which of them held more than their limit since a moment, by the
// same count as the board's Flow page.
func OverLimits(q *store.Query, l *board.Layout, since, now time.Time) ([]Overloaded, error) {
	d, err := loadSince(q, l, store.Ms(since))
	if err != nil {
		return nil, err
	}
	rec := d.at(now)
	var out []Overloaded
	for _, o := range rec.OverloadsBetween(d.inColumns(d.journeys), d.limits, store.Ms(since), store.Ms(now)) {
		c := rec.Board.Columns[o.Column]
		if o.Days == 0 || c.Retired || o.Column >= rec.Board.Finish {
			continue
		}
		x := Overloaded{ColumnID: c.ID, Column: c.Name, Days: o.Days, Most: o.Most}
		for _, m := range d.limits[o.Column] {
			if m.Max > 0 {
				x.Limit = m.Max
			}
		}
		out = append(out, x)
	}
	return out, nil
}
