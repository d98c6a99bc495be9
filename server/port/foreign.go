package port

import (
	"trestle/server/store"
)

// rename gives the file's columns, lanes and fields that this team knows from another board a name of their
// own: over there a list can be moved from one board to the next and keeps its id, and here it is two.
func (p *plan) rename(q *store.Query) error {
	own := map[string]bool{} // ids of the board that is here
	if p.here != nil {
		err := q.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			own[id] = true
			return err
		}, `SELECT id FROM columns WHERE board_rid = ? UNION ALL SELECT id FROM lanes WHERE board_rid = ?
			UNION ALL SELECT id FROM custom_fields WHERE board_rid = ?`, p.here.RID, p.here.RID, p.here.RID)
		if err != nil {
			return err
		}
	}
	foreign := func(kind, external string) bool {
		local, known := p.ids.of(kind, external)
		return known && !own[local]
	}
	columns, lanes, fields := map[string]string{}, map[string]string{}, map[string]string{}
	for _, x := range p.in.columns {
		if foreign("column", x.id) {
			columns[x.id] = x.id + ":" + p.in.id
		}
	}
	for _, x := range p.in.lanes {
		if foreign("lane", x.id) {
			lanes[x.id] = x.id + ":" + p.in.id
		}
	}
	for _, x := range p.in.fields {
		if foreign("field", p.fieldID(x.id)) {
			fields[x.id] = x.id + ":" + p.in.id
		}
	}
	if len(columns)+len(lanes)+len(fields) > 0 {
		p.in.rename(columns, lanes, fields)
	}
	return nil
}

// rename replaces ids of the file everywhere in it.
func (b *inBoard) rename(columns, lanes, fields map[string]string) {
	swap := func(names map[string]string, ids ...*string) {
		for _, id := range ids {
			if to, ok := names[*id]; ok {
				*id = to
			}
		}
	}
	swap(columns, &b.start, &b.finish)
	for i := range b.columns {
		swap(columns, &b.columns[i].id)
	}
	for i := range b.lanes {
		swap(lanes, &b.lanes[i].id)
	}
	for i := range b.fields {
		swap(fields, &b.fields[i].id)
	}
	for i := range b.cards {
		c := &b.cards[i]
		swap(columns, &c.column)
		swap(lanes, &c.lane)
		for j := range c.steps {
			s := &c.steps[j]
			swap(columns, &s.from, &s.to)
			swap(lanes, &s.fromLane, &s.lane)
		}
		for j := range c.values {
			swap(fields, &c.values[j].field)
		}
	}
}
