package ritual

import (
	"context"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

// presentIn is who was in sittings, by sitting.
func presentIn(q *store.Query, sittings ...int64) (map[int64][]standup.Present, error) {
	out := map[int64][]standup.Present{}
	return out, store.InParts(sittings, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var p standup.Present
			var rid int64
			err := scan(&rid, &p.PersonID, &p.Role, &p.State)
			out[rid] = append(out[rid], p)
			return err
		}, "SELECT sitting_rid, person_id, role, state FROM ritual_attendance WHERE sitting_rid IN ("+marks+") ORDER BY at, person_id", args...)
	})
}

// Attendance notes the heads of the team, or that one person is there or is not.
type Attendance struct {
	Core     *int   `json:"core,omitempty" required:"false" minimum:"0" maximum:"500"`
	PersonID string `json:"personId,omitempty" required:"false" maxLength:"64"`
	State    string `json:"state,omitempty" required:"false" enum:"here,away"`
	CoreBy   int    `json:"coreBy,omitempty" required:"false" minimum:"-500" maximum:"500" doc:"So many heads more or fewer than are counted: two who count at once both count"`
}

func (a Attendance) check() error {
	said := 0
	for _, is := range []bool{a.Core != nil, a.CoreBy != 0, a.PersonID != ""} {
		if is {
			said++
		}
	}
	switch {
	case said != 1:
		return fault.Invalid("body", "Give the number of heads, how many more, or a person")
	case a.Core != nil && (*a.Core < 0 || *a.Core > mostHeads):
		return fault.Invalid("body.core", "Count 0 to %d heads", mostHeads)
	case a.PersonID != "" && a.State != standup.Here && a.State != standup.Away:
		return fault.Invalid("body.state", "Somebody is here or away")
	case a.CoreBy < -mostHeads || a.CoreBy > mostHeads:
		return fault.Invalid("body.coreBy", "Count up to %d heads more or fewer", mostHeads)
	}
	return nil
}

const mostHeads = 500

// heads is what the team counts after a: never below nobody.
func (c *change) heads(a Attendance) (int, error) {
	if a.Core != nil {
		return *a.Core, nil
	}
	in, err := presentIn(c.tx.Query, c.m.RID)
	now := standup.AttendanceOf(in[c.m.RID], c.m.Core, nil).Core
	return min(max(now+a.CoreBy, 0), mostHeads), err
}

// expect writes down who is missed when they do not come.
func (c *change) expect() error {
	ids, err := standup.Expected(c.tx.Query, c.r.TeamID, c.tx.Now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.present(id, standup.Away); err != nil {
			return err
		}
	}
	return nil
}

// present writes down how somebody is there.
func (c *change) present(personID, state string) error {
	role, err := standup.RoleIn(c.tx.Query, c.r.TeamID, personID, c.tx.Now)
	if err != nil {
		return err
	}
	_, err = c.tx.Exec(`INSERT INTO ritual_attendance (sitting_rid, person_id, role, state, at) VALUES (?,?,?,?,?)
		ON CONFLICT (sitting_rid, person_id) DO UPDATE SET role = excluded.role, state = excluded.state`, c.m.RID, personID, role, state, store.Ms(c.tx.Now))
	return err
}

func (c *change) stateOf(personID string) (state string, err error) {
	_, err = c.tx.Row([]any{&state}, "SELECT state FROM ritual_attendance WHERE sitting_rid = ? AND person_id = ?", c.m.RID, personID)
	return state, err
}

// Join says that the viewer follows on a device of their own.
func (s *Service) Join(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, toJoin, func(c *change) (string, news, error) {
		if c.m == nil {
			return "", nil, c.sits()
		}
		if state, err := c.stateOf(c.v.PersonID); err != nil || state == standup.Joined {
			return "", nil, err
		}
		return "ritual.joined", news{"personId": c.v.PersonID}, c.present(c.v.PersonID, standup.Joined)
	})
}

// Attend writes down the heads of the team, or that one person is there or is not.
func (s *Service) Attend(ctx context.Context, id string, a Attendance) (View, error) {
	if err := a.check(); err != nil {
		return View{}, err
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if c.m == nil {
			return "", nil, c.sits()
		}
		if a.Core != nil || a.CoreBy != 0 {
			n, err := c.heads(a)
			if err != nil || (c.m.Core != nil && *c.m.Core == n) {
				return "", nil, err
			}
			c.m.Core = &n
			return "ritual.attended", news{}, nil
		}
		if err := c.known("body.personId", a.PersonID); err != nil {
			return "", nil, err
		}
		if state, err := c.stateOf(a.PersonID); err != nil || state == a.State {
			return "", nil, err
		}
		return "ritual.attended", news{"personId": a.PersonID}, c.present(a.PersonID, a.State)
	})
}

// known refuses who is not here any more or may not see the board.
func (c *change) known(at, personID string) error {
	people, err := account.PeopleByID(c.tx.Query, []string{personID})
	if err != nil {
		return err
	}
	if !people[personID].Active {
		return fault.Invalid(at, "Choose somebody who may see this board")
	}
	_, err = c.s.boards.See(c.tx.Query, who.Viewer{PersonID: personID}, c.r.BoardID)
	if personID == "" || fault.Is(err, "not_found") {
		return fault.Invalid(at, "Choose somebody who may see this board")
	}
	return err
}
