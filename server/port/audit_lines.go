package port

import (
	"encoding/json"
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// auditLines reads the record, the oldest line first: of checklists and launches; of patterns, liaisons, what is agreed
// and who is away; of services, templates and freezes; what was waived at a column's door, with which checklist a
// card was let in, and what the door asks, of
// which the chain has the change of the column in the same write.
func auditLines(q *store.Query, teamID string, from, to int64, put func(AuditLine) error) error {
	mine, org, args := "", "", []any{}
	add := func() {
		if args = append(args, from, to); teamID != "" {
			args = append(args, teamID)
		}
	}
	for range 4 {
		add()
	}
	if teamID != "" {
		mine = " AND t.id = ?"
	} else {
		args = append(args, from, to)
		org = ` UNION ALL SELECT e.at, '', e.type, e.actor_id, '', e.data, e.topic, e.seq, e.hash, '', '' FROM events e
			WHERE e.topic = 'org' AND e.at >= ? AND e.at < ? AND (e.type LIKE 'freeze.%' OR e.type = 'checklist_templates.changed')`
	}
	names, err := readNames(q)
	if err != nil {
		return err
	}
	return q.Each(func(scan func(...any) error) error {
		var l AuditLine
		var at int64
		var actor, data, column, more string
		if err := scan(&at, &l.Team, &l.Kind, &actor, &l.About, &data, &l.Topic, &l.Seq, &l.Hash, &column, &more); err != nil {
			return err
		}
		l.At, l.By, l.Discipline = store.At(at).Format(time.RFC3339), names.people[actor].name, names.people[actor].discipline
		if !l.tell(data, column, more, names) {
			return nil
		}
		return put(l)
	}, `SELECT e.at, t.name, e.type, e.actor_id, COALESCE(NULLIF(k.name, ''), c.title, s.name, ''), e.data, e.topic, e.seq, e.hash, '', ''
		FROM checklists k LEFT JOIN cards c ON c.rid = k.card_rid LEFT JOIN boards b ON b.rid = c.board_rid LEFT JOIN services s ON s.rid = k.service_rid
		JOIN teams t ON t.id = COALESCE(b.team_id, k.team_id) JOIN events e ON e.topic = 'checklist:' || k.id
		WHERE e.at >= ? AND e.at < ?`+mine+` AND e.type NOT IN ('checklist.commented', 'checklist.comment_removed', 'checklist.inherited', 'checklist.waived')
		UNION ALL SELECT e.at, t.name, e.type, e.actor_id, '', e.data, e.topic, e.seq, e.hash, '', '' FROM teams t JOIN events e ON e.topic = 'team:' || t.id
		WHERE e.at >= ? AND e.at < ?`+mine+` AND (e.type LIKE 'pattern.%' OR e.type LIKE 'liaison.%' OR e.type LIKE 'freeze.%'
			OR e.type IN ('service.changed', 'checklist_templates.changed', 'leaves.changed', 'needs.changed', 'calendar.agreed'))
		UNION ALL SELECT x.at, t.name, CASE WHEN x.check_id <> '`+board.ListCheck+`' THEN 'check.waived' WHEN x.waived = TRUE THEN 'checklist.waived' ELSE 'checklist.admitted' END, x.actor_id, c.key || ' ' || c.title,
		x.reason, COALESCE(e.topic, ''), COALESCE(e.seq, 0), COALESCE(e.hash, ''), n.name, x.text
		FROM card_checks x JOIN cards c ON c.rid = x.card_rid JOIN columns n ON n.rid = x.column_rid JOIN boards b ON b.rid = x.board_rid
		JOIN teams t ON t.id = b.team_id LEFT JOIN events e ON e.topic = 'board:' || b.id AND e.seq = x.seq
		WHERE x.at >= ? AND x.at < ?`+mine+` AND (x.waived = TRUE OR x.check_id = '`+board.ListCheck+`')
		UNION ALL SELECT p.at, t.name, 'entry.changed', p.actor_id, b.name, p.body, COALESCE(e.topic, ''), COALESCE(e.seq, 0), COALESCE(e.hash, ''), n.name, p.was FROM (SELECT board_rid, subject, body, actor_id, from_at AS at,
			COALESCE(LAG(body) OVER (PARTITION BY board_rid, subject ORDER BY rid), '') AS was FROM policy_versions WHERE subject LIKE 'column:%') p
		JOIN boards b ON b.rid = p.board_rid JOIN teams t ON t.id = b.team_id JOIN columns n ON n.board_rid = b.rid AND 'column:' || n.id = p.subject
		LEFT JOIN events e ON e.topic = 'board:' || b.id AND e.seq = (SELECT MIN(x.seq) FROM events x WHERE x.topic = 'board:' || b.id AND x.at = p.at AND x.actor_id = p.actor_id
			AND (x.type LIKE 'column.%' OR x.type LIKE 'board.%'))
		WHERE p.at >= ? AND p.at < ?`+mine+` AND b.staged_at IS NULL AND (p.body LIKE '%"checklist"%' OR p.was LIKE '%"checklist"%')`+org+` ORDER BY 1, 7, 8`, args...)
}

// auditNames are what events name by id only.
type auditNames struct {
	people     map[string]somebody
	leaves     map[string]string // from when to when
	agreements map[string]agreed
}

type somebody struct{ name, discipline string }

type agreed struct{ personID, discipline, kind, days string }

func readNames(q *store.Query) (n auditNames, err error) {
	n = auditNames{map[string]somebody{}, map[string]string{}, map[string]agreed{}}
	if err = q.Each(func(scan func(...any) error) error {
		var id string
		var p somebody
		err := scan(&id, &p.name, &p.discipline)
		n.people[id] = p
		return err
	}, "SELECT id, name, discipline FROM people"); err != nil {
		return n, err
	}
	if err = q.Each(func(scan func(...any) error) error {
		var id, from, to string
		err := scan(&id, &from, &to)
		n.leaves[id] = from + " to " + to
		return err
	}, "SELECT id, from_day, to_day FROM leaves"); err != nil {
		return n, err
	}
	return n, q.Each(func(scan func(...any) error) error {
		var id string
		var a agreed
		err := scan(&id, &a.personID, &a.discipline, &a.kind, &a.days)
		n.agreements[id] = a
		return err
	}, "SELECT id, COALESCE(person_id, ''), discipline, kind, weekdays FROM ritual_agreements")
}

// policyOf is what a column's agreement asks of a checklist, "" nothing.
func policyOf(body string) string {
	var p struct{ Checklist *board.ListPolicy }
	if json.Unmarshal([]byte(body), &p) != nil || p.Checklist == nil {
		return ""
	}
	return p.Checklist.Says()
}
