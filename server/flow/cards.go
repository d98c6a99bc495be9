package flow

import (
	"database/sql/driver"
	"errors"
	"slices"
	"sync"

	"trestle/server/measure"
	"trestle/server/store"
)

// which cards are read: a condition on the table of cards, and where they are few, how other tables are narrowed to them.
type which struct {
	where string
	args  []any
	few   string // a condition on a card's surrogate in another table; "" = all that the board knows
	fewBy []any
	owned bool // with those who held them: hand-offs are told of what finished
}

// everything that ever stood on the board. Those that stand elsewhere now are found by their moves.
func everything(boardRID int64) which {
	return which{where: "board_rid = ?", args: []any{boardRID}, owned: true}
}

// since leaves out the cards that were done with before a moment.
func since(boardRID, at int64) which {
	w := which{where: `(board_rid = ? AND finished_at IS NULL AND archived_at IS NULL) OR rid IN (SELECT card_rid FROM card_transitions WHERE board_rid = ? AND at >= ?)`,
		args: []any{boardRID, boardRID, at}}
	w.few, w.fewBy = "IN (SELECT rid FROM cards WHERE "+w.where+")", w.args
	return w
}

// these cards, as far as they stand on the board or ever stood there.
func these(boardRID int64, rids []int64) which {
	in := make([]any, len(rids))
	for i, rid := range rids {
		in[i] = rid
	}
	marks := store.Marks(len(rids))
	return which{where: "rid IN (" + marks + ") AND (board_rid = ? OR rid IN (SELECT card_rid FROM card_transitions WHERE card_rid IN (" + marks + ") AND +board_rid = ?))",
		args: slices.Concat(in, []any{boardRID}, in, []any{boardRID}), few: "IN (" + marks + ")", fewBy: in, owned: true}
}

// narrowed is the condition on another table, with its arguments behind those that are there.
func (w which) narrowed(column string, args ...any) (and string, all []any) {
	if w.few == "" {
		return "", args
	}
	return " AND " + column + " " + w.few, append(args, w.fewBy...)
}

// board is the column of a table by which its rows are the board's: by an index on it, or where cards are few by theirs.
func (w which) board(column string) string {
	if w.few == "" {
		return column
	}
	return "+" + column
}

// items are cards in the order of their surrogates, which stand beside them.
type items struct {
	rids []int64
	list []measure.Item
	away []int64 // of them, those that stand on another board now
}

func (x *items) of(rid int64) *measure.Item {
	if i, known := slices.BinarySearch(x.rids, rid); known {
		return &x.list[i]
	}
	return nil
}

// finder says where cards stand in the list, -1 = nowhere. Most surrogates of a board follow each other closely: then it
// looks them up in a table.
func (x *items) finder() func(rid int64) int {
	n := len(x.rids)
	if n == 0 {
		return func(int64) int { return -1 }
	}
	first, span := x.rids[0], x.rids[n-1]-x.rids[0]+1
	if span > int64(n)*16+1024 {
		return func(rid int64) int {
			if i, known := slices.BinarySearch(x.rids, rid); known {
				return i
			}
			return -1
		}
	}
	table := make([]int32, span)
	for i, rid := range x.rids {
		table[rid-first] = int32(i) + 1
	}
	return func(rid int64) int {
		if rid < first || rid >= first+span {
			return -1
		}
		return int(table[rid-first]) - 1
	}
}

// cards reads cards with their moves, blockers and owners. parallel where q may be asked for several things at once.
func (d *loaded) cards(q *store.Query, index map[int64]int, w which, parallel bool) (items, error) {
	var x items
	var steps history
	if !parallel {
		var err error
		if x, err = d.faces(q, w); err == nil {
			steps, err = d.steps(q, w, 0, 0)
		}
		if err != nil {
			return x, err
		}
	} else {
		var err error
		if x, steps, err = d.halves(q, w); err != nil {
			return x, err
		}
	}
	x.follow(steps, index)
	if err := d.blocks(q, w, &x); err != nil || !w.owned {
		return x, err
	}
	return x, d.owners(q, w, &x)
}

// follow gives the cards their steps, all in one piece of memory.
func (x *items) follow(steps history, index map[int64]int) {
	find, count, all := x.finder(), make([]int, len(x.rids)), 0
	for _, part := range steps {
		for i := range part {
			at := find(int64(part[i].card))
			if part[i].card = whole(at); at >= 0 {
				count[at]++
				all++
			}
		}
	}
	room, at := make([]measure.Step, all), 0
	for i, n := range count {
		x.list[i].Steps = room[at : at : at+n]
		at += n
	}
	for _, part := range steps {
		for i := range part {
			if s := &part[i]; s.card >= 0 {
				s.of(&x.list[s.card], index)
			}
		}
	}
}

// of adds an entry of the history to its card.
func (s *moved) of(it *measure.Item, index map[int64]int) {
	step := measure.Step{At: int64(s.at), Column: measure.Away, Reason: s.back}
	if s.to != 0 {
		var known bool
		if step.Column, known = index[int64(s.to)]; !known {
			return
		}
	}
	it.Planned = it.Planned || s.came != 0
	if n := len(it.Steps); n > 0 && it.Steps[n-1].Column == step.Column {
		return // a change of lane, or of the place within the column
	}
	it.Steps = append(it.Steps, step)
}

// halves reads all cards beside the two halves of the history, and then the cards that have left the board.
func (d *loaded) halves(q *store.Query, w which) (x items, steps history, err error) {
	var first, last int64
	if _, err = q.Row([]any{&first, &last}, "SELECT COALESCE(MIN(at), 0), COALESCE(MAX(at), 0) FROM card_transitions WHERE board_rid = ?", d.layout.RID); err != nil {
		return x, nil, err
	}
	middle := first + (last-first)/2
	var later history
	var errs [3]error
	var wait sync.WaitGroup
	wait.Go(func() { x, errs[0] = d.faces(q, w) })
	wait.Go(func() { later, errs[1] = d.steps(q, w, middle+1, 0) })
	steps, errs[2] = d.steps(q, w, 0, middle)
	wait.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return x, nil, err
	}
	steps = append(steps, later...)
	var away []int64
	find := x.finder()
	for _, part := range steps {
		for i := range part {
			if find(int64(part[i].card)) < 0 {
				away = append(away, int64(part[i].card))
			}
		}
	}
	slices.Sort(away)
	for part := range slices.Chunk(slices.Compact(away), 400) {
		more, err := d.faces(q, these(d.layout.RID, part))
		if err != nil {
			return x, nil, err
		}
		x.rids, x.list, x.away = append(x.rids, more.rids...), append(x.list, more.list...), append(x.away, more.away...)
	}
	if len(away) > 0 {
		x.sort()
	}
	return x, steps, nil
}

func (x *items) sort() {
	was := make(map[int64]int, len(x.rids))
	for i, rid := range x.rids {
		was[rid] = i
	}
	sorted := items{slices.Clone(x.rids), make([]measure.Item, len(x.list)), x.away}
	slices.Sort(sorted.rids)
	for i, rid := range sorted.rids {
		sorted.list[i] = x.list[was[rid]]
	}
	*x = sorted
}

func (d *loaded) faces(q *store.Query, w which) (x items, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var rid, on, created, incomplete whole
		it := measure.Item{Board: d.layout.RID}
		err := scan(&rid, &on, &it.ID, &it.Key, &it.Title, &it.Type, &it.Class, &it.Discipline, &created, &incomplete)
		if int64(on) != d.layout.RID {
			x.away = append(x.away, int64(rid))
		}
		it.Created, it.Incomplete = int64(created), incomplete != 0
		x.rids, x.list = append(x.rids, int64(rid)), append(x.list, it)
		return err
	}, `SELECT rid, board_rid, id, key, title, type, class, discipline, created_at, CASE WHEN history_incomplete THEN 1 ELSE 0 END FROM cards
		WHERE `+w.where+` ORDER BY rid`, w.args...)
	return x, err
}

// steps of the history from an instant to another, both included; 0 = without end.
func (d *loaded) steps(q *store.Query, w which, from, to int64) (out history, err error) {
	and, args := w.narrowed("card_rid", d.layout.RID)
	if from != 0 {
		and, args = and+" AND at >= ?", append(args, from)
	}
	if to != 0 {
		and, args = and+" AND at <= ?", append(args, to)
	}
	err = q.Values(5, func(row []driver.Value) error {
		s := out.next()
		s.back, _ = row[4].(string)
		return errors.Join(s.card.Scan(row[0]), s.at.Scan(row[1]), s.to.Scan(row[2]), s.came.Scan(row[3]))
	}, `SELECT card_rid, at, to_column_rid, CASE WHEN kind = 'board_in' THEN 1 ELSE 0 END, return_category FROM card_transitions
		WHERE `+w.board("board_rid")+` = ? AND voided_at IS NULL`+and+` ORDER BY at, rid`, args...)
	return out, err
}

func (d *loaded) blocks(q *store.Query, w which, x *items) error {
	and, args := w.narrowed("card_rid", d.layout.RID)
	return q.Each(func(scan func(...any) error) error {
		var rid int64
		var to *int64
		var b measure.Block
		if err := scan(&rid, &b.Category, &b.External, &b.Reason, &b.From, &to); err != nil {
			return err
		}
		b.To = until(to)
		if it := x.of(rid); it != nil {
			it.Blocks = append(it.Blocks, b)
		}
		return nil
	}, "SELECT card_rid, category, external, reason, opened_at, closed_at FROM blockers WHERE "+w.board("board_rid")+" = ?"+and+" ORDER BY opened_at, rid", args...)
}

func (d *loaded) owners(q *store.Query, w which, x *items) error {
	and, args := w.narrowed("c.rid", d.layout.TeamID, d.layout.RID)
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
		if it := x.of(rid); it != nil {
			it.Owners = append(it.Owners, o)
		}
		return nil
	}, `SELECT a.card_rid, a.person_rid, p.discipline, CASE WHEN m.person_id IS NULL THEN 0 ELSE 1 END, a.from_at, a.to_at
		FROM cards c JOIN assignments a ON a.card_rid = c.rid JOIN people p ON p.rid = a.person_rid
		LEFT JOIN members m ON m.team_id = ? AND m.person_id = p.id
		WHERE `+w.board("c.board_rid")+` = ?`+and+` ORDER BY a.from_at, a.rid`, args...)
}
