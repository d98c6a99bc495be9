package card

import (
	"slices"

	"trestle/server/store"
)

// deriveFull reads what faces show of family, links, fields and watchers. One statement: it runs with every
// change of a card, and most cards have nothing of these.
func deriveFull(q *store.Query, of func(rid int64) *Derived, which string, arg any) error {
	watched := map[int64]*Derived{}
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var what, a, b string
		var total, done, blocked int
		if err := scan(&rid, &what, &a, &b, &total, &done, &blocked); err != nil {
			return err
		}
		d := of(rid)
		switch what {
		case "watcher":
			d.Watchers = append(d.Watchers, a)
			watched[rid] = d
		case "parent":
			d.Parent = &Parent{ID: a, Key: b}
		case "children":
			d.Children = &Children{Done: done, Total: total, Blocked: blocked}
		case "links":
			d.Links = total
		case "field":
			if d.Fields == nil {
				d.Fields = map[string]string{}
			}
			d.Fields[a] = b
		}
		return nil
	}, `SELECT card_rid, 'watcher', person_id, '', 0, 0, 0 FROM watchers WHERE watching = TRUE AND card_rid `+which+`
		UNION ALL SELECT c.rid, 'parent', p.id, p.key, 0, 0, 0 FROM cards c JOIN cards p ON p.rid = c.parent_rid WHERE c.rid `+which+`
		UNION ALL SELECT k.parent_rid, 'children', '', '', COUNT(*), SUM(CASE WHEN k.finished_at IS NULL THEN 0 ELSE 1 END),
			SUM(CASE WHEN k.archived_at IS NULL AND EXISTS (SELECT 1 FROM blockers b WHERE b.card_rid = k.rid AND b.closed_at IS NULL) THEN 1 ELSE 0 END)
			FROM cards k WHERE (k.archived_at IS NULL OR k.finished_at IS NOT NULL) AND k.parent_rid `+which+` GROUP BY k.parent_rid
		UNION ALL SELECT card_rid, 'links', '', '', COUNT(*), 0, 0 FROM card_links WHERE removed_at IS NULL AND card_rid `+which+` GROUP BY card_rid
		UNION ALL SELECT v.card_rid, 'field', f.id, SUBSTR(v.value, 1, 80), 0, 0, 0 FROM custom_values v JOIN custom_fields f ON f.rid = v.field_rid
			WHERE f.on_face = TRUE AND f.retired_at IS NULL AND v.card_rid `+which, arg, arg, arg, arg, arg)
	for _, d := range watched {
		slices.Sort(d.Watchers)
	}
	return err
}
