package account

import (
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const personColumns = `id, name, email, discipline, role, password_hash, hue, time_zone, auth_epoch, placeholder, created_at, disabled_at`

func (p *record) dest() []any {
	return []any{&p.ID, &p.Name, &p.Email, &p.Discipline, &p.Role, &p.PasswordHash, &p.Hue, &p.TimeZone, &p.AuthEpoch,
		&p.Placeholder, &p.CreatedAt, &p.DisabledAt}
}

// personBy reads one person; nil when there is none. where is one of our own conditions.
func personBy(q *store.Query, where string, arg any) (*record, error) {
	var p record
	found, err := q.Row(p.dest(), `SELECT `+personColumns+` FROM people WHERE `+where, arg)
	if err != nil || !found {
		return nil, err
	}
	return &p, nil
}

func personByID(q *store.Query, id string) (*record, error) { return personBy(q, "id = ?", id) }
func personByEmail(q *store.Query, email string) (*record, error) {
	return personBy(q, "email = ?", email)
}

func needPerson(q *store.Query, id string) (*record, error) {
	p, err := personByID(q, id)
	if err == nil && p == nil {
		err = fault.NotFound("person")
	}
	return p, err
}

func people(q *store.Query, where string, args ...any) ([]*record, error) {
	var out []*record
	err := q.Each(func(scan func(...any) error) error {
		p := &record{}
		out = append(out, p)
		return scan(p.dest()...)
	}, `SELECT `+personColumns+` FROM people WHERE `+where+` ORDER BY name, id`, args...)
	return out, err
}

// PeopleByID reads people as everyone may see them; who is not there is left out.
func PeopleByID(q *store.Query, ids []string) (map[string]Person, error) {
	out := make(map[string]Person, len(ids))
	const at = 500 // well under both databases' limits of placeholders
	for len(ids) > 0 {
		n := min(at, len(ids))
		args := make([]any, n)
		for i, id := range ids[:n] {
			args[i] = id
		}
		rows, err := people(q, `id IN (`+store.Marks(n)+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			out[p.ID] = p.view()
		}
		ids = ids[n:]
	}
	return out, nil
}

func insertPerson(tx *store.Tx, p *record) error {
	_, err := tx.Exec(`INSERT INTO people (`+personColumns+`) VALUES (`+store.Marks(12)+`)`,
		p.ID, p.Name, p.Email, p.Discipline, p.Role, p.PasswordHash, p.Hue, p.TimeZone, p.AuthEpoch, p.Placeholder, p.CreatedAt, p.DisabledAt)
	if store.IsDuplicate(err) {
		return fault.Conflict("email_taken", "Somebody with this e-mail address is here already.")
	}
	return err
}

func savePerson(tx *store.Tx, p *record) error {
	_, err := tx.Exec(`UPDATE people SET name = ?, discipline = ?, role = ?, password_hash = ?, hue = ?, time_zone = ?,
		auth_epoch = ?, placeholder = ?, disabled_at = ? WHERE id = ?`,
		p.Name, p.Discipline, p.Role, p.PasswordHash, p.Hue, p.TimeZone, p.AuthEpoch, p.Placeholder, p.DisabledAt, p.ID)
	return err
}

// otherAdmins counts administrators beside this person.
func otherAdmins(q *store.Query, personID string) (n int, err error) {
	_, err = q.Row([]any{&n}, `SELECT count(*) FROM people WHERE role = ? AND disabled_at IS NULL AND NOT placeholder AND id <> ?`,
		who.Admin, personID)
	return n, err
}

// OwnTeams is, in a statement, the teams to which a person belongs; it takes the person's id twice.
const OwnTeams = "(SELECT team_id FROM members WHERE person_id = ? UNION SELECT team_id FROM liaisons WHERE person_id = ?)"

// boardTopicsOf are the boards that show a person: those of their teams and those where they own cards.
func boardTopicsOf(q *store.Query, personID string) ([]string, error) {
	return topics(q, `SELECT b.id FROM boards b WHERE b.team_id IN `+OwnTeams+`
		UNION SELECT b.id FROM assignments a JOIN people p ON p.rid = a.person_rid JOIN cards c ON c.rid = a.card_rid
			JOIN boards b ON b.rid = c.board_rid WHERE p.id = ?`, personID, personID, personID)
}

func topics(q *store.Query, stmt string, args ...any) ([]string, error) {
	var out []string
	err := q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, event.BoardTopic(id))
		return err
	}, stmt, args...)
	return out, err
}

func setting(q *store.Query, key string) (value string, err error) {
	_, err = q.Row([]any{&value}, `SELECT value FROM settings WHERE key = ?`, key)
	return value, err
}

func saveSetting(tx *store.Tx, key, value string) error {
	_, err := tx.Exec(`INSERT INTO settings (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// everyTopic is every board, every team and the workspace: what a change of workspace role may open or close.
func everyTopic(q *store.Query) ([]string, error) {
	out, err := topics(q, `SELECT id FROM boards WHERE archived_at IS NULL`)
	if err != nil {
		return nil, err
	}
	out = append(out, org)
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, event.TeamTopic(id))
		return err
	}, `SELECT id FROM teams WHERE archived_at IS NULL`)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var topic string
		err := scan(&topic)
		out = append(out, topic)
		return err
	}, `SELECT topic FROM side_topics`)
	return out, err
}
