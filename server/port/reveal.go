package port

import (
	"context"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/rank"
	"trestle/server/store"
	"trestle/server/who"
)

// reveal is the one transaction that shows what was staged: either the new board becomes visible, or its
// cards are handed to the board that is here. It looks again at all that the plan rests on.
func (s *Service) reveal(tx *store.Tx, v who.Viewer, p *plan, st *stagedBoard, boardID string) (Report, error) {
	if _, err := s.lead(tx.Query, v, p.team.id); err != nil {
		return Report{}, err
	}
	if err := p.stillTrue(tx, st); err != nil {
		return Report{}, err
	}
	if _, err := tx.Exec("UPDATE external_ids SET source = ? WHERE team_id = ? AND source = ?", p.in.source, p.team.id, stagingSource(st.boardID)); err != nil {
		if store.IsDuplicate(err) { // another import of the same board was first
			return Report{}, errReplan
		}
		return Report{}, err
	}
	var err error
	if p.here == nil {
		err = p.show(tx, st)
	} else {
		err = p.merge(tx, st)
	}
	if err != nil {
		return Report{}, err
	}
	boardRID := st.boardRID
	if p.here != nil {
		boardRID = p.here.RID
	}
	if err := s.revealOthers(tx, v, p, st, boardRID); err != nil {
		return Report{}, err
	}
	rep := p.report
	rep.BoardID = boardID
	_, err = tx.Publish(event.BoardTopic(boardID), "board.imported", map[string]any{"source": p.in.source, "cards": len(p.in.cards)})
	return rep, err
}

// stillTrue checks that the stage is there and that the board here is the one the plan was made for.
func (p *plan) stillTrue(tx *store.Tx, st *stagedBoard) error {
	var one int
	found, err := tx.Row([]any{&one}, "SELECT 1 FROM boards WHERE rid = ? AND staged_at IS NOT NULL", st.boardRID)
	if err != nil {
		return err
	}
	if !found {
		return errSwept
	}
	var local string
	found, err = tx.Row([]any{&local}, "SELECT local_id FROM external_ids WHERE team_id = ? AND source = ? AND kind = 'board' AND external_id = ?",
		p.team.id, p.in.source, p.in.id)
	if err != nil {
		return err
	}
	if p.here == nil {
		if found {
			return errReplan
		}
		return nil
	}
	var version int64
	same, err := tx.Row([]any{&version}, "SELECT version FROM boards WHERE rid = ? AND archived_at IS NULL", p.here.RID)
	if err != nil {
		return err
	}
	if !found || !same || local != p.here.ID || version != p.here.Version {
		return errReplan
	}
	return nil
}

func (p *plan) show(tx *store.Tx, st *stagedBoard) error {
	if _, err := tx.Exec("INSERT INTO external_ids (team_id, source, kind, external_id, local_id) VALUES (?,?,'board',?,?)",
		p.team.id, p.in.source, p.in.id, st.boardID); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE boards SET staged_at = NULL WHERE rid = ?", st.boardRID)
	return err
}

// merge hands the staged cards, columns and fields to the board that is here.
func (p *plan) merge(tx *store.Tx, st *stagedBoard) error {
	for _, table := range []string{"columns", "column_versions", "custom_fields", "cards", "card_transitions", "blockers"} {
		if _, err := tx.Exec("UPDATE "+table+" SET board_rid = ? WHERE board_rid = ?", p.here.RID, st.boardRID); err != nil {
			return err
		}
	}
	if err := p.renumber(tx, st); err != nil {
		return err
	}
	if err := p.settle(tx, st); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE boards SET version = version + 1 WHERE rid = ?", p.here.RID); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM boards WHERE rid = ?", st.boardRID)
	return err
}

// renumber writes the positions of columns that new ones pushed to the right, with their dated versions.
func (p *plan) renumber(tx *store.Tx, st *stagedBoard) error {
	for _, c := range slices.Concat(st.after.Columns, st.after.Retired) {
		old := find(p.here, c.ID)
		if old == nil || old.Position == c.Position {
			continue
		}
		if _, err := tx.Exec("UPDATE columns SET position = ?, version = version + 1 WHERE rid = ?", c.Position, c.RID); err != nil {
			return err
		}
		v := inVersion{name: c.Name, kind: c.Kind, position: c.Position, wip: c.Wip, isStart: c.ID == p.here.StartColumnID,
			isFinish: c.ID == p.here.FinishColumnID, retired: c.Retired, at: store.Ms(tx.Now)}
		if err := insertVersion(tx, p.here.RID, c.RID, v, tx.ActorID); err != nil {
			return err
		}
	}
	return nil
}

// importReason is kept with cards that an import brings past a limit that asks for a reason.
const importReason = "Brought by an import"

// settle puts the new cards at the ends of their columns, in their order, each admitted like any other
// card: a hard limit refuses the whole import.
func (p *plan) settle(tx *store.Tx, st *stagedBoard) error {
	where := make(map[int]place, len(st.places))
	for _, pl := range st.places {
		where[pl.index] = pl
	}
	last := map[int64]string{}
	for i := range p.in.cards {
		c := &p.in.cards[i]
		col := st.with.standsIn(c)
		pl := where[i]
		key, ok := last[col.RID]
		if !ok {
			if _, err := tx.Row([]any{&key}, "SELECT pos FROM places WHERE column_rid = ? ORDER BY pos DESC LIMIT 1", col.RID); err != nil {
				return err
			}
		}
		key, err := rank.Between(key, "")
		if err != nil {
			return err
		}
		last[col.RID] = key
		if c.archivedAt == nil {
			if err := st.with.admit(tx, c, pl, col, st.lane(c.lane)); err != nil {
				return err
			}
		}
		if err := insertPlace(tx, p.here.RID, pl, col.RID, st.lane(c.lane), key, c.archivedAt != nil); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) admit(tx *store.Tx, c *inCard, pl place, col *board.Column, lane *int64) error {
	clock := p.clock(c)
	e := board.Entry{Column: col, NewToColumn: true, Expedite: c.class == board.Expedite, Reason: importReason}
	e.NewExpedite = e.Expedite && clock.Finished == nil
	counts := "SELECT COUNT(*) FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.archived = FALSE AND "
	if !p.after.MirrorsCount {
		counts += "p.mirror = FALSE AND "
	}
	stmt := counts + "p.column_rid = ?"
	if !p.after.ExpediteCounts {
		stmt += " AND c.class <> 'expedite'"
	}
	if col.Wip.Mode != board.Off {
		if _, err := tx.Row([]any{&e.InColumn}, stmt, col.RID); err != nil {
			return err
		}
	}
	if e.NewExpedite {
		if _, err := tx.Row([]any{&e.InExpedite}, counts+"p.board_rid = ? AND c.class = 'expedite' AND c.finished_at IS NULL", p.after.RID); err != nil {
			return err
		}
	}
	if lane != nil {
		if e.Lane = p.after.LaneByRID(*lane); e.Lane != nil {
			e.NewToLane = clock.Started != nil && clock.Finished == nil
			if _, err := tx.Row([]any{&e.InLane}, counts+"p.lane_rid = ? AND c.started_at IS NOT NULL AND c.finished_at IS NULL", *lane); err != nil {
				return err
			}
		}
	}
	a, err := p.after.Admit(e)
	if err != nil || a.Limits == "" || pl.step == 0 {
		return err
	}
	_, err = tx.Exec("UPDATE card_transitions SET override_reason = ?, override_limit = ? WHERE rid = ?", a.Override, a.Limits, pl.step)
	return err
}

// Idle is how long nobody has touched what a broken-off import left: one that is being done writes every few seconds.
const Idle = time.Minute

// Sweep takes away what imports left staged when the program died, before anybody could see it, once it has been
// idle for so long. Zero is for a start that nobody else shares the database with.
func (s *Service) Sweep(ctx context.Context, idle time.Duration) error {
	before := store.Ms(s.store.Now().Add(-idle))
	type left struct {
		rid int64
		id  string
	}
	var all []left
	err := s.store.Rows(ctx).Each(func(scan func(...any) error) error {
		var l left
		err := scan(&l.rid, &l.id)
		all = append(all, l)
		return err
	}, "SELECT rid, id FROM boards WHERE staged_at IS NOT NULL AND staged_at <= ?", before)
	if err != nil {
		return err
	}
	for _, l := range all {
		if err := s.discard(store.As(ctx, "", ""), l.rid, l.id); err != nil {
			return err
		}
	}
	return nil
}

const ofCards = "card_rid IN (SELECT rid FROM cards WHERE board_rid = ? ORDER BY rid LIMIT 500)"

// discard removes a staged board, some cards at a time, so that others can write in between. It can be
// interrupted and begun again. A board that has become visible is left alone.
func (s *Service) discard(ctx context.Context, boardRID int64, boardID string) error {
	for {
		more, err := store.InTx(ctx, s.store, nil, func(tx *store.Tx) (bool, error) {
			var one int
			staged, err := tx.Row([]any{&one}, "SELECT 1 FROM boards WHERE rid = ? AND staged_at IS NOT NULL", boardRID)
			if err != nil || !staged {
				return false, err
			}
			if _, err := tx.Exec("UPDATE cards SET parent_rid = NULL WHERE board_rid = ? AND parent_rid IS NOT NULL", boardRID); err != nil {
				return false, err
			}
			for _, table := range []string{"mentions", "watchers", "card_links", "hypotheses", "card_revisions", "card_keys", "places", "card_transitions", "blockers", "assignments", "discipline_intervals",
				"comments", "todos", "signals", "custom_values"} {
				if _, err := tx.Exec("DELETE FROM "+table+" WHERE "+ofCards, boardRID); err != nil {
					return false, err
				}
			}
			n, err := tx.Exec("DELETE FROM cards WHERE rid IN (SELECT rid FROM cards WHERE board_rid = ? ORDER BY rid LIMIT 500)", boardRID)
			if err != nil || n > 0 {
				return n > 0, err
			}
			return false, discardRest(tx, boardRID, boardID)
		})
		if err != nil || !more {
			return err
		}
	}
}

// discardRest removes the empty board, its external ids, and the placeholders that it alone brought.
func discardRest(tx *store.Tx, boardRID int64, boardID string) error {
	source := stagingSource(boardID)
	if _, err := tx.Exec(`DELETE FROM people WHERE placeholder = TRUE
		AND id IN (SELECT local_id FROM external_ids WHERE source = ? AND kind = 'person')
		AND id NOT IN (SELECT local_id FROM external_ids WHERE source <> ? AND kind = 'person')`, source, source); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM external_ids WHERE source = ?", source); err != nil {
		return err
	}
	for _, table := range []string{"column_versions", "columns", "lanes", "sle_versions", "custom_fields"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE board_rid = ?", boardRID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("DELETE FROM topics WHERE id = ? AND seq = 0", event.BoardTopic(boardID)); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM boards WHERE rid = ?", boardRID)
	return err
}
