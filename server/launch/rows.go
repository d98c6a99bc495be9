package launch

import (
	"encoding/json"
	"strings"

	"trestle/server/store"
)

// launch is what is kept beside a checklist.
type launch struct {
	rid              int64
	plan             kept
	state            string
	beganAt, endedAt *int64
	version          int64
}

// launchesOf reads what is kept beside checklists.
func launchesOf(q *store.Query, rids ...int64) (map[int64]*launch, error) {
	out := map[int64]*launch{}
	return out, store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			l, raw := &launch{}, ""
			if err := scan(&l.rid, &raw, &l.state, &l.beganAt, &l.endedAt, &l.version); err != nil {
				return err
			}
			out[l.rid] = l
			return json.Unmarshal([]byte(raw), &l.plan)
		}, "SELECT checklist_rid, plan, state, began_at, ended_at, version FROM launches WHERE checklist_rid IN ("+marks+")", args...)
	})
}

// launchOf is one of them; a new one while nothing is planned.
func launchOf(q *store.Query, rid int64) (*launch, error) {
	found, err := launchesOf(q, rid)
	if l := found[rid]; l != nil {
		return l, err
	}
	return &launch{rid: rid, state: Planned}, err
}

// underWay are the checklists whose launch has begun and is not over.
func underWay(q *store.Query) (rids []int64, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		err := scan(&rid)
		rids = append(rids, rid)
		return err
	}, "SELECT checklist_rid FROM launches WHERE state IN ('running', 'stopped') ORDER BY began_at DESC LIMIT 200")
	return rids, err
}

// text is a plan as it is stored.
func (k kept) text() string {
	raw, _ := json.Marshal(k) // words and numbers always can
	return string(raw)
}

func (l *launch) save(tx *store.Tx) error {
	l.version++
	_, err := tx.Exec(`INSERT INTO launches (checklist_rid, plan, state, began_at, ended_at, version) VALUES (?,?,?,?,?,?) ON CONFLICT (checklist_rid) DO UPDATE SET
		plan = excluded.plan, state = excluded.state, began_at = excluded.began_at, ended_at = excluded.ended_at, version = excluded.version`,
		l.rid, l.plan.text(), l.state, l.beganAt, l.endedAt, l.version)
	return err
}

// at is the stage that was begun last, -1 before the first.
func (l *launch) at() int {
	for i := len(l.plan.Stages) - 1; i >= 0; i-- {
		if l.plan.Stages[i].State != StagePlanned {
			return i
		}
	}
	return -1
}

// freeze is days on which nothing should launch.
type freeze struct {
	rid                      int64
	id, teamID, teamName     string
	title, why, from, to, by string
	version                  int64
}

func freezesWhere(q *store.Query, where string, args ...any) ([]freeze, error) {
	return allFreezes(q, "f.removed_at IS NULL AND "+where, args...)
}

// allFreezes reads lifted ones too.
func allFreezes(q *store.Query, where string, args ...any) (out []freeze, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var f freeze
		err := scan(&f.rid, &f.id, &f.teamID, &f.teamName, &f.title, &f.why, &f.from, &f.to, &f.by, &f.version)
		out = append(out, f)
		return err
	}, `SELECT f.rid, f.id, COALESCE(f.team_id, ''), COALESCE(t.name, ''), f.title, f.why, f.from_day, f.to_day, f.made_by, f.version
		FROM freezes f LEFT JOIN teams t ON t.id = f.team_id WHERE `+where+" ORDER BY f.from_day, f.rid LIMIT 500", args...)
	return out, err
}

// titles of those that cover a day of a team.
func titles(freezes []freeze, teamID, day string) []string {
	out := []string{}
	for i := range freezes {
		if freezes[i].covers(teamID, day) {
			out = append(out, freezes[i].title)
		}
	}
	return out
}

// covers says whether a day of a team is in it.
func (f *freeze) covers(teamID, day string) bool {
	return (f.teamID == "" || f.teamID == teamID) && strings.Compare(f.from, day) <= 0 && strings.Compare(day, f.to) <= 0
}
