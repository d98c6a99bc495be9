package flow

import (
	"trestle/server/measure"
	"trestle/server/store"
)

// which cards are read: a condition on the table of cards.
type which struct {
	where string
	args  []any
	all   bool
}

func cardsSince(boardRID, since int64) which {
	if since == 0 {
		return which{"board_rid = ? OR rid IN (SELECT card_rid FROM card_transitions WHERE board_rid = ?)", []any{boardRID, boardRID}, true}
	}
	return which{`(board_rid = ? AND finished_at IS NULL AND archived_at IS NULL) OR rid IN (SELECT card_rid FROM card_transitions WHERE board_rid = ? AND at >= ?)`,
		[]any{boardRID, boardRID, since}, false}
}

// of narrows another table to those cards.
func (w which) of(column string) (and string, args []any) {
	if w.all {
		return "", nil
	}
	return " AND " + column + " IN (SELECT rid FROM cards WHERE " + w.where + ")", w.args
}

// cards reads every card that ever stood on the board, or those that are asked for, with its moves, blockers and owners.
func (d *loaded) cards(q *store.Query, index map[int64]int, which which) error {
	at := map[int64]int{} // card surrogate to item
	items := &d.record.Items
	err := q.Each(func(scan func(...any) error) error {
		var rid, created int64
		f := &face{}
		it := measure.Item{}
		if err := scan(&rid, &f.ID, &f.Key, &f.Title, &f.Type, &f.Class, &f.Discipline, &created, &it.Incomplete); err != nil {
			return err
		}
		it.ID, it.Key, it.Title, it.Type, it.Class, it.Created = f.ID, f.Key, f.Title, f.Type, f.Class, created
		at[rid] = len(*items)
		*items = append(*items, it)
		d.faces[f.ID] = f
		return nil
	}, `SELECT rid, id, key, title, type, class, discipline, created_at, history_incomplete FROM cards
		WHERE `+which.where+` ORDER BY rid`, which.args...)
	if err != nil {
		return err
	}
	and, args := which.of("card_rid")
	own := "board_rid"
	if !which.all {
		own = "+board_rid" // by the cards, which are few, and not by the board's moves
	}
	args = append([]any{d.layout.RID}, args...)
	err = q.Each(func(scan func(...any) error) error {
		var rid, when int64
		var to *int64
		var back, kind string
		if err := scan(&rid, &to, &back, &kind, &when); err != nil {
			return err
		}
		i, known := at[rid]
		if !known {
			return nil
		}
		s := measure.Step{At: when, Column: measure.Away, Reason: back}
		if to != nil {
			if s.Column, known = index[*to]; !known {
				return nil
			}
		}
		it := &(*items)[i]
		it.Planned = it.Planned || kind == "board_in"
		if n := len(it.Steps); n > 0 && it.Steps[n-1].Column == s.Column {
			return nil // a change of lane, or of the place within the column
		}
		it.Steps = append(it.Steps, s)
		return nil
	}, `SELECT card_rid, to_column_rid, return_category, kind, at FROM card_transitions WHERE `+own+` = ? AND voided_at IS NULL`+and+` ORDER BY at, rid`, args...)
	if err != nil {
		return err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		var to *int64
		var b measure.Block
		if err := scan(&rid, &b.Category, &b.External, &b.Reason, &b.From, &to); err != nil {
			return err
		}
		b.To = until(to)
		if i, known := at[rid]; known {
			(*items)[i].Blocks = append((*items)[i].Blocks, b)
		}
		return nil
	}, "SELECT card_rid, category, external, reason, opened_at, closed_at FROM blockers WHERE board_rid = ?"+and+" ORDER BY opened_at, rid", args...)
	if err != nil {
		return err
	}
	if !which.all { // hand-offs are told of what finished
		return nil
	}
	return q.Each(func(scan func(...any) error) error {
		var rid int64
		var to *int64
		var inside bool
		var o measure.Owner
		if err := scan(&rid, &o.Person, &o.Discipline, &inside, &o.From, &to); err != nil {
			return err
		}
		o.To = until(to)
		if !inside {
			o.Team = "other"
		}
		if i, known := at[rid]; known {
			(*items)[i].Owners = append((*items)[i].Owners, o)
		}
		return nil
	}, `SELECT a.card_rid, a.person_rid, p.discipline, CASE WHEN m.person_id IS NULL THEN 0 ELSE 1 END, a.from_at, a.to_at
		FROM cards c JOIN assignments a ON a.card_rid = c.rid JOIN people p ON p.rid = a.person_rid
		LEFT JOIN members m ON m.team_id = ? AND m.person_id = p.id
		WHERE c.board_rid = ? ORDER BY a.from_at, a.rid`, d.layout.TeamID, d.layout.RID)
}
