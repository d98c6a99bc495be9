package port

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	"trestle/server/board"
	"trestle/server/store"
)

// stagingSource marks external ids of a board that is not visible yet.
func stagingSource(boardID string) string { return "staging:" + boardID }

func noteExternal(tx *store.Tx, p *plan, st *stagedBoard, kind, external, local string) error {
	_, err := tx.Exec("INSERT INTO external_ids (team_id, source, kind, external_id, local_id) VALUES (?,?,?,?,?)",
		p.team.id, stagingSource(st.boardID), kind, external, local)
	return err
}

func insertBoard(tx *store.Tx, p *plan, id string) (int64, error) {
	b := p.in
	categories := ""
	if b.categories != nil {
		raw, err := json.Marshal(b.categories)
		if err != nil {
			return 0, err
		}
		categories = string(raw)
	}
	now := store.Ms(tx.Now)
	return tx.Insert(`INSERT INTO boards (id, team_id, name, visibility, time_zone, expedite_mode, expedite_max, expedite_counts, mirrors_count, blocker_categories,
		created_by, created_at, archived_at, staged_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, p.team.id, b.name, b.visibility, b.timeZone,
		b.expedite.Mode, b.expedite.Max, b.expedite.Counts, b.mirrorsCount, categories, tx.ActorID, b.createdAt, b.archivedAt, now)
}

func insertColumn(tx *store.Tx, boardRID int64, c *board.Column, retiredAt *int64) (rid int64, id string, err error) {
	id = store.NewID("col")
	rid, err = tx.Insert(`INSERT INTO columns (id, board_rid, name, kind, policy, position, wip_mode, wip_min, wip_max, retired_at)
		VALUES (?,?,?,?,?,?,?,?,?,?)`, id, boardRID, c.Name, c.Kind, c.Policy, c.Position, c.Wip.Mode, c.Wip.Min, c.Wip.Max, retiredAt)
	return rid, id, err
}

func insertVersion(tx *store.Tx, boardRID, columnRID int64, v inVersion, actor string) error {
	_, err := tx.Exec(`INSERT INTO column_versions (column_rid, board_rid, name, kind, position, wip_mode, wip_min, wip_max, is_start, is_finish, retired, actor_id, from_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, columnRID, boardRID, v.name, v.kind, v.position, v.wip.Mode, v.wip.Min, v.wip.Max,
		v.isStart, v.isFinish, v.retired, actor, v.at)
	return err
}

func insertLane(tx *store.Tx, boardRID int64, n inLane) (rid int64, id string, err error) {
	id = store.NewID("lan")
	rid, err = tx.Insert("INSERT INTO lanes (id, board_rid, name, position, wip_mode, wip_min, wip_max, retired_at) VALUES (?,?,?,?,?,?,?,?)",
		id, boardRID, n.name, n.position, n.wip.Mode, n.wip.Min, n.wip.Max, n.retiredAt)
	return rid, id, err
}

// insertSLEs writes the file's expectations, or the first guess that every new board begins with.
func insertSLEs(tx *store.Tx, boardRID int64, b *inBoard, st *stagedBoard) error {
	sles := b.sles
	if sles == nil {
		sles = []inSLE{{days: 10, percent: 85, from: store.Ms(tx.Now)}}
	}
	for _, e := range sles {
		if _, err := tx.Exec("INSERT INTO sle_versions (board_rid, class, days, percent, actor_id, from_at, to_at) VALUES (?,?,?,?,?,?,?)",
			boardRID, e.class, e.days, e.percent, st.person(e.actor), e.from, e.to); err != nil {
			return err
		}
	}
	return nil
}

// placeholder finds or makes a person who cannot sign in and is offered nowhere.
func placeholder(tx *store.Tx, source string, x inPerson) (person, error) {
	email := address(source, x.id)
	h := fnv.New32a()
	_, _ = h.Write([]byte(email))
	now := store.Ms(tx.Now)
	if _, err := tx.Exec(`INSERT INTO people (id, name, email, discipline, role, hue, placeholder, created_at, disabled_at)
		VALUES (?,?,?,?,'guest',?,?,?,?) ON CONFLICT (email) DO NOTHING`,
		store.NewID("per"), x.name, email, x.discipline, int64(h.Sum32()%7), true, now, now); err != nil {
		return person{}, err
	}
	var out person
	found, err := tx.Row([]any{&out.rid, &out.id}, "SELECT rid, id FROM people WHERE email = ?", email)
	if err == nil && !found {
		err = fmt.Errorf("placeholder %s was not made", email)
	}
	return out, err
}

// takeNumbers takes n card numbers of the team and gives the first. Numbers are never used twice.
func takeNumbers(tx *store.Tx, teamID string, n int) (first int64, err error) {
	_, err = tx.Row([]any{&first}, "UPDATE teams SET next_number = next_number + ? WHERE id = ? RETURNING next_number", n, teamID)
	return first - int64(n), err
}

// stageCard writes one card with all that belongs to it. On a new board its place is written too.
func stageCard(tx *store.Tx, p *plan, st *stagedBoard, index int, number int64) (place, error) {
	c := &p.in.cards[index]
	id, key := store.NewID("crd"), fmt.Sprintf("%s-%d", p.team.key, number)
	clock := st.with.clock(c)
	rid, err := tx.Insert(`INSERT INTO cards (id, board_rid, key, title, description, type, discipline, involves, class, labels, due_on, size,
		created_by, created_at, started_at, finished_at, archived_at, history_incomplete) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		id, st.boardRID, key, c.title, c.description, c.kind, c.discipline, jsonList(c.involves), c.class, jsonList(c.labels), c.dueOn, c.size,
		st.person(c.createdBy), c.createdAt, clock.Started, clock.Finished, c.archivedAt, c.incomplete)
	if err != nil {
		return place{}, err
	}
	if _, err := tx.Exec("INSERT INTO card_keys (key, card_rid) VALUES (?,?)", key, rid); err != nil {
		return place{}, err
	}
	pl := place{index: index, card: rid, entered: c.enteredAt}
	if p.here == nil {
		col := st.with.standsIn(c)
		if err := insertPlace(tx, st.boardRID, pl, col.RID, st.lane(c.lane), st.pos[index], c.archivedAt != nil); err != nil {
			return place{}, err
		}
	}
	if pl.step, err = stageSteps(tx, st, c, rid); err != nil {
		return place{}, err
	}
	if err := stageParts(tx, st, c, rid); err != nil {
		return place{}, err
	}
	return pl, noteExternal(tx, p, st, "card", c.id, id)
}

// known is what is known of columns once those of the stage have their ids.
func (st *stagedBoard) known(p *plan) knownIDs {
	columns := make(map[string]string, len(st.ids)+len(p.ids["column"]))
	for k, v := range p.ids["column"] {
		columns[k] = v
	}
	for k, v := range st.ids {
		columns[k] = v
	}
	return knownIDs{"column": columns}
}

func (st *stagedBoard) lane(external string) *int64 {
	if rid, ok := st.lanes[external]; ok {
		return &rid
	}
	return nil
}

func insertPlace(tx *store.Tx, boardRID int64, pl place, columnRID int64, lane *int64, pos string, archived bool) error {
	_, err := tx.Exec("INSERT INTO places (card_rid, board_rid, column_rid, lane_rid, pos, entered_at, archived) VALUES (?,?,?,?,?,?,?)",
		pl.card, boardRID, columnRID, lane, pos, pl.entered, archived)
	return err
}

func stageSteps(tx *store.Tx, st *stagedBoard, c *inCard, rid int64) (last int64, err error) {
	for _, s := range c.steps {
		var from, to *int64
		if col := st.with.column(s.from); col != nil {
			from = &col.RID
		}
		if col := st.with.target(c, s); col != nil {
			to = &col.RID
		}
		last, err = tx.Insert(`INSERT INTO card_transitions (card_rid, board_rid, from_column_rid, to_column_rid, from_lane_rid, lane_rid, kind, backward,
			return_category, return_text, override_reason, override_limit, actor_id, actor_name, voided_at, at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			rid, st.boardRID, from, to, st.lane(s.fromLane), st.lane(s.lane), s.kind, s.backward, s.returnCategory, s.returnText,
			s.override, st.limits(s.overrideOver), st.person(s.actor), s.actorName, s.voidedAt, s.at)
		if err != nil {
			return 0, err
		}
	}
	return last, nil
}

// limits rewrites the ids in a kept list of exceeded limits to those of this board.
func (st *stagedBoard) limits(text string) string {
	if text == "" {
		return ""
	}
	var over []board.Exceeded
	if json.Unmarshal([]byte(text), &over) != nil {
		return ""
	}
	for i := range over {
		if id, ok := st.ids[over[i].ID]; ok {
			over[i].ID = id
		}
	}
	raw, _ := json.Marshal(over)
	return string(raw)
}

func stageParts(tx *store.Tx, st *stagedBoard, c *inCard, rid int64) error {
	for _, o := range c.owners {
		who, ok := st.people[o.person]
		if !ok {
			continue
		}
		if _, err := tx.Exec("INSERT INTO assignments (card_rid, person_rid, from_at, to_at) VALUES (?,?,?,?)", rid, who.rid, o.from, o.to); err != nil {
			return err
		}
	}
	for _, d := range c.disciplines {
		if _, err := tx.Exec("INSERT INTO discipline_intervals (card_rid, discipline, is_leading, from_at, to_at) VALUES (?,?,?,?,?)",
			rid, d.discipline, d.leading, d.from, d.to); err != nil {
			return err
		}
	}
	for _, b := range c.blockers {
		if _, err := tx.Exec(`INSERT INTO blockers (id, card_rid, board_rid, category, external, reason, waiting_for, opened_by, closed_by, opened_at, closed_at,
			raised_to, raised_by, raised_at, promised_on, promised_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, store.NewID("blk"), rid, st.boardRID,
			b.category, b.external, b.reason, b.waitingFor, st.person(b.openedBy), st.person(b.closedBy), b.openedAt, b.closedAt,
			st.person(b.raisedTo), st.person(b.raisedBy), b.raisedAt, b.promisedOn, b.promisedAt); err != nil {
			return err
		}
	}
	comments := make([]int64, 0, len(c.comments))
	for _, m := range c.comments {
		comment, err := tx.Insert("INSERT INTO comments (id, card_rid, author_id, author_name, text, at, edited_at) VALUES (?,?,?,?,?,?,?)",
			store.NewID("cmt"), rid, st.person(m.author), m.authorName, m.text, m.at, m.editedAt)
		if err != nil {
			return err
		}
		comments = append(comments, comment)
	}
	if err := stageFull(tx, st, c, rid, comments); err != nil {
		return err
	}
	for i, t := range c.todos {
		if _, err := tx.Exec("INSERT INTO todos (id, card_rid, list, text, done, position) VALUES (?,?,?,?,?,?)",
			store.NewID("tod"), rid, t.list, t.text, t.done, i+1); err != nil {
			return err
		}
	}
	for _, s := range c.signals {
		if _, err := tx.Exec("INSERT INTO signals (card_rid, key, state, text, url, at, expires_at) VALUES (?,?,?,?,?,?,?)",
			rid, s.key, s.state, s.text, s.url, s.at, s.expiresAt); err != nil {
			return err
		}
	}
	for _, v := range c.values {
		field, ok := st.fields[v.field]
		if !ok {
			continue
		}
		value := v.value
		if who, ok := st.people[value]; ok && st.personal[v.field] {
			value = who.id
		}
		if _, err := tx.Exec("INSERT INTO custom_values (card_rid, field_rid, value) VALUES (?,?,?)", rid, field, value); err != nil {
			return err
		}
	}
	return nil
}

func jsonList(in []string) string {
	if len(in) == 0 {
		return "[]"
	}
	raw, err := json.Marshal(in)
	if err != nil { // strings only
		panic(err)
	}
	return string(raw)
}
