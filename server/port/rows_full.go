package port

import (
	"encoding/json"

	"trestle/server/store"
)

func insertField(tx *store.Tx, boardRID int64, id string, position int, f inField) (int64, error) {
	options := "[]"
	if len(f.options) > 0 {
		raw, err := json.Marshal(f.options)
		if err != nil {
			return 0, err
		}
		options = string(raw)
	}
	return tx.Insert("INSERT INTO custom_fields (id, board_rid, name, type, unit, options, on_face, position, retired_at) VALUES (?,?,?,?,?,?,?,?,?)",
		id, boardRID, f.name, f.kind, f.unit, options, f.onFace, position, f.retiredAt)
}

// stageFull writes what belongs to a card beside its flow and its talk. comments are the surrogates of its comments.
func stageFull(tx *store.Tx, st *stagedBoard, c *inCard, rid int64, comments []int64) error {
	for _, l := range c.links {
		if _, err := tx.Exec("INSERT INTO card_links (id, card_rid, kind, url, title, actor_id, at) VALUES (?,?,?,?,?,?,?)",
			store.NewID("lnk"), rid, l.kind, l.url, l.title, st.person(l.by), l.at); err != nil {
			return err
		}
	}
	if h := c.hypothesis; h != nil {
		if _, err := tx.Exec("INSERT INTO hypotheses (card_rid, believe, expect, measure, outcome, learned, outcome_by, outcome_at) VALUES (?,?,?,?,?,?,?,?)",
			rid, h.believe, h.will, h.knowWhen, h.outcome, h.learned, st.person(h.by), h.at); err != nil {
			return err
		}
	}
	for _, r := range c.revisions {
		if _, err := tx.Exec("INSERT INTO card_revisions (id, card_rid, text, author_id, author_name, at) VALUES (?,?,?,?,?,?)",
			store.NewID("rev"), rid, r.text, st.person(r.author), r.authorName, r.at); err != nil {
			return err
		}
	}
	for _, m := range c.mentions {
		var comment *int64
		if m.comment > 0 {
			comment = &comments[m.comment-1]
		}
		if _, err := tx.Exec("INSERT INTO mentions (card_rid, comment_rid, person_id, words, actor_id, at) VALUES (?,?,?,?,?,?)",
			rid, comment, st.person(m.person), m.words, st.person(m.by), m.at); err != nil {
			return err
		}
	}
	for _, w := range c.watchers {
		if _, err := tx.Exec("INSERT INTO watchers (card_rid, person_id, watching, at) VALUES (?,?,?,?)",
			rid, st.person(w.person), w.watching, w.at); err != nil {
			return err
		}
	}
	return nil
}

// stageFamilies joins parts to their parents, and cards to those that they wait for, once all cards are there. A parent may have come with an earlier
// import of the same board.
func stageFamilies(tx *store.Tx, p *plan, st *stagedBoard) error {
	rids := map[string]int64{}
	for _, pl := range st.places {
		rids[p.in.cards[pl.index].id] = pl.card
	}
	of := func(id string) (rid int64, found bool, err error) {
		if rid, found = rids[id]; found {
			return rid, true, nil
		}
		if local, known := p.ids.of("card", id); known {
			found, err = tx.Row([]any{&rid}, "SELECT rid FROM cards WHERE id = ?", local)
		}
		return rid, found, err
	}
	for _, pl := range st.places {
		c := &p.in.cards[pl.index]
		if c.parent != "" {
			rid, found, err := of(c.parent)
			if err != nil {
				return err
			}
			if found {
				if _, err := tx.Exec("UPDATE cards SET parent_rid = ? WHERE rid = ?", rid, pl.card); err != nil {
					return err
				}
			}
		}
		if err := stageWaits(tx, st, c, pl.card, of); err != nil {
			return err
		}
		for i, t := range c.todos {
			if t.card == "" {
				continue
			}
			rid, found, err := of(t.card)
			if err != nil {
				return err
			}
			if found {
				if _, err := tx.Exec("UPDATE todos SET child_rid = ? WHERE card_rid = ? AND position = ?", rid, pl.card, i+1); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
