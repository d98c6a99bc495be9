package team

import (
	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
)

func one(q *store.Query, where string, arg any) (Team, error) {
	var t Team
	var created int64
	found, err := q.Row([]any{&t.ID, &t.Key, &t.Name, &t.Kind, &created},
		`SELECT id, key, name, kind, created_at FROM teams WHERE archived_at IS NULL AND `+where, arg)
	if err != nil || !found {
		return Team{}, err
	}
	t.CreatedAt = store.At(created)
	return t, nil
}

func insert(tx *store.Tx, t Team) error {
	_, err := tx.Exec(`INSERT INTO teams (id, key, name, kind, created_at) VALUES (?,?,?,?,?)`, t.ID, t.Key, t.Name, t.Kind, store.Ms(t.CreatedAt))
	if store.IsDuplicate(err) {
		return fault.Conflict("key_taken", "Another team has the key %s.", t.Key)
	}
	return err
}

func save(tx *store.Tx, t Team) error {
	_, err := tx.Exec(`UPDATE teams SET name = ?, kind = ? WHERE id = ?`, t.Name, t.Kind, t.ID)
	return err
}

// BoardTopics are the topics of the team's boards.
func BoardTopics(q *store.Query, teamID string) ([]string, error) {
	var out []string
	err := q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, event.BoardTopic(id))
		return err
	}, `SELECT id FROM boards WHERE team_id = ?`, teamID)
	return out, err
}

// sideTopics are the topics that hang on the team's boards.
func sideTopics(q *store.Query, teamID string) (out []string, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var topic string
		err := scan(&topic)
		out = append(out, topic)
		return err
	}, `SELECT topic FROM side_topics WHERE team_id = ?`, teamID)
	return out, err
}

// member is a person's role in a team, "" when they have none.
func member(q *store.Query, teamID, personID string) (role string, err error) {
	_, err = q.Row([]any{&role}, `SELECT role FROM members WHERE team_id = ? AND person_id = ?`, teamID, personID)
	return role, err
}

// liaison is what a person is liaison for in a team, "" when they are none.
func liaison(q *store.Query, teamID, personID string) (discipline string, err error) {
	_, err = q.Row([]any{&discipline}, `SELECT discipline FROM liaisons WHERE team_id = ? AND person_id = ?`, teamID, personID)
	return discipline, err
}

// listed is a person's id and the word that the list is about: a role or a discipline.
type listed struct{ personID, word string }

func list(q *store.Query, stmt, teamID string) (out []listed, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var l listed
		err := scan(&l.personID, &l.word)
		out = append(out, l)
		return err
	}, stmt, teamID)
	return out, err
}

func members(q *store.Query, teamID string) ([]listed, error) {
	return list(q, `SELECT m.person_id, m.role FROM members m JOIN people p ON p.id = m.person_id WHERE m.team_id = ? ORDER BY p.name, p.id`, teamID)
}

func liaisons(q *store.Query, teamID string) ([]listed, error) {
	return list(q, `SELECT l.person_id, l.discipline FROM liaisons l JOIN people p ON p.id = l.person_id WHERE l.team_id = ? ORDER BY p.name, p.id`, teamID)
}

// People are the ids of who has at least a role in a team, and of its liaisons, by id.
func People(q *store.Query, teamID, least string) (ids []string, err error) {
	args := []any{teamID, teamID}
	for role, n := range rank {
		if role != "" && n >= rank[least] {
			args = append(args, role)
		}
	}
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT person_id FROM liaisons WHERE team_id = ? UNION SELECT person_id FROM members WHERE team_id = ? AND role IN (`+store.Marks(len(args)-2)+`) ORDER BY 1`, args...)
	return ids, err
}

// Leads gives the leads of a team.
func Leads(q *store.Query, teamID string) ([]string, error) {
	return peopleOf(q, "SELECT person_id FROM members WHERE team_id = ? AND role = 'lead' ORDER BY 1", teamID)
}

// LiaisonsOf gives the people who are liaisons of a team.
func LiaisonsOf(q *store.Query, teamID string) ([]string, error) {
	return peopleOf(q, "SELECT person_id FROM liaisons WHERE team_id = ? ORDER BY 1", teamID)
}

func peopleOf(q *store.Query, stmt string, args ...any) (ids []string, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, stmt, args...)
	return ids, err
}

// somebody reads a person who can be given a place in a team.
func somebody(q *store.Query, personID string) (account.Person, error) {
	m, err := account.PeopleByID(q, []string{personID})
	if err != nil {
		return account.Person{}, err
	}
	p, ok := m[personID]
	if !ok {
		return p, fault.NotFound("person")
	}
	if !p.Active {
		return p, fault.Conflict("person_inactive", "%s has left.", p.Name)
	}
	return p, nil
}
