package retro

import (
	"encoding/json"

	"trestle/server/ballot"
	"trestle/server/store"
)

const retroColumns = `r.rid, r.id, r.board_rid, b.id, b.name, b.visibility, r.team_id, t.key, t.name, r.title, r.template_key, r.columns, r.anonymity, r.phase, r.code,
	r.question, r.topic, r.budget, r.max_per_group, r.timer_seconds, r.timer_ends_at, r.timer_left, r.facts, r.roti_n, r.roti_sum, r.safety_n, r.safety_sum, r.version,
	r.created_by, r.created_at, r.touched_at, r.closed_at, r.abandoned, r.opens_until`

const retroTables = " FROM retros r JOIN boards b ON b.rid = r.board_rid JOIN teams t ON t.id = r.team_id "

func scanRetro(scan func(...any) error) (*retro, error) {
	r := &retro{}
	var columns, facts string
	err := scan(&r.RID, &r.ID, &r.BoardRID, &r.BoardID, &r.BoardName, &r.Visibility, &r.TeamID, &r.TeamKey, &r.TeamName, &r.Title, &r.TemplateKey, &columns, &r.Anonymity,
		&r.Phase, &r.Code, &r.Question, &r.Topic, &r.Budget, &r.MaxPerGroup, &r.Timer.Seconds, &r.Timer.EndsAt, &r.Timer.Left, &facts, &r.RotiN, &r.RotiSum, &r.SafeN,
		&r.SafetSum, &r.Version, &r.CreatedBy, &r.CreatedAt, &r.TouchedAt, &r.ClosedAt, &r.Abandoned, &r.OpensUntil)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(columns), &r.Columns); err != nil {
		return nil, err
	}
	return r, json.Unmarshal([]byte(facts), &r.Facts)
}

// load reads one retro with its phases; nil when there is none.
func load(q *store.Query, where string, arg any) (r *retro, err error) {
	err = q.Each(func(scan func(...any) error) (err error) {
		r, err = scanRetro(scan)
		return err
	}, "SELECT "+retroColumns+retroTables+"WHERE "+where, arg)
	if err != nil || r == nil {
		return nil, err
	}
	held := map[string]phase{}
	err = q.Each(func(scan func(...any) error) error {
		var p phase
		err := scan(&p.Key, &p.Enabled, &p.Seconds, &p.StartedAt)
		held[p.Key] = p
		return err
	}, "SELECT key, enabled, seconds, started_at FROM retro_phases WHERE retro_rid = ?", r.RID)
	for _, k := range order {
		if p, ok := held[k]; ok {
			r.Phases = append(r.Phases, p)
		}
	}
	return r, err
}

func insert(tx *store.Tx, r *retro, k ballot.Key) (err error) {
	columns, err := json.Marshal(r.Columns)
	if err != nil {
		return err
	}
	facts, err := json.Marshal(r.Facts)
	if err != nil {
		return err
	}
	if r.RID, err = tx.Insert(`INSERT INTO retros (id, board_rid, team_id, title, template_key, columns, anonymity, phase, code, question, budget, max_per_group,
		timer_seconds, timer_ends_at, facts, created_by, created_at, touched_at, opens_until) VALUES (`+store.Marks(19)+")",
		r.ID, r.BoardRID, r.TeamID, r.Title, r.TemplateKey, string(columns), r.Anonymity, r.Phase, r.Code, r.Question, r.Budget, r.MaxPerGroup,
		r.Timer.Seconds, r.Timer.EndsAt, string(facts), r.CreatedBy, r.CreatedAt, r.TouchedAt, r.OpensUntil); err != nil {
		return err
	}
	for _, p := range r.Phases {
		if _, err := tx.Exec("INSERT INTO retro_phases (retro_rid, key, enabled, seconds, started_at) VALUES (?,?,?,?,?)", r.RID, p.Key, p.Enabled, p.Seconds, p.StartedAt); err != nil {
			return err
		}
	}
	_, err = tx.Exec("INSERT INTO retro_keys (retro_rid, secret) VALUES (?,?)", r.RID, k.Text())
	return err
}

// save writes what of a retro's own row changes while it is held.
func save(tx *store.Tx, r *retro) error {
	_, err := tx.Exec(`UPDATE retros SET phase = ?, code = ?, topic = ?, budget = ?, max_per_group = ?, timer_seconds = ?, timer_ends_at = ?, timer_left = ?, roti_n = ?, roti_sum = ?,
		safety_n = ?, safety_sum = ?, version = ?, touched_at = ?, closed_at = ?, abandoned = ? WHERE rid = ?`, r.Phase, r.Code, r.Topic, r.Budget, r.MaxPerGroup, r.Timer.Seconds,
		r.Timer.EndsAt, r.Timer.Left, r.RotiN, r.RotiSum, r.SafeN, r.SafetSum, r.Version, r.TouchedAt, r.ClosedAt, r.Abandoned, r.RID)
	return err
}

func keyOf(q *store.Query, rid int64) (ballot.Key, error) {
	var text string
	if _, err := q.Row([]any{&text}, "SELECT secret FROM retro_keys WHERE retro_rid = ?", rid); err != nil {
		return nil, err
	}
	return ballot.Read(text)
}

// person is somebody's place in a retro.
type person struct {
	ID                string
	Facilitator, Done bool
	JoinedAt, SeenAt  int64
}

func peopleOf(q *store.Query, rid int64) (out []person, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p person
		err := scan(&p.ID, &p.Facilitator, &p.Done, &p.JoinedAt, &p.SeenAt)
		out = append(out, p)
		return err
	}, "SELECT person_id, facilitator, done, joined_at, seen_at FROM retro_people WHERE retro_rid = ? ORDER BY joined_at, person_id", rid)
	return out, err
}

// note is a note; Author is the code of who wrote it, "" once the retro is closed.
type note struct {
	ID, Column, Text, Author, AuthorID, GroupID string
	Late                                        bool // it came after the reveal
}

const noteColumns = "id, column_key, text, COALESCE(author, ''), author_id, group_id, late"

func notesOf(q *store.Query, rid int64) (out []note, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var n note
		err := scan(&n.ID, &n.Column, &n.Text, &n.Author, &n.AuthorID, &n.GroupID, &n.Late)
		out = append(out, n)
		return err
	}, "SELECT "+noteColumns+" FROM retro_notes WHERE retro_rid = ? AND text <> '' ORDER BY id", rid)
	return out, err
}

func insertNote(tx *store.Tx, rid int64, n note) error {
	_, err := tx.Exec("INSERT INTO retro_notes (id, retro_rid, column_key, text, author, author_id, group_id, late) VALUES (?,?,?,?,?,?,?,?)", n.ID, rid, n.Column, n.Text, n.Author, n.AuthorID, n.GroupID, n.Late)
	return err
}

// group is notes that are about the same.
type group struct {
	ID, Column, Title, State, Said string
	Votes                          int
}

func groupsOf(q *store.Query, rid int64) (out []group, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var g group
		err := scan(&g.ID, &g.Column, &g.Title, &g.State, &g.Said, &g.Votes)
		out = append(out, g)
		return err
	}, "SELECT id, column_key, title, state, said, votes FROM retro_groups WHERE retro_rid = ? ORDER BY id", rid)
	return out, err
}

func count(q *store.Query, stmt string, args ...any) (n int, err error) {
	_, err = q.Row([]any{&n}, stmt, args...)
	return n, err
}
