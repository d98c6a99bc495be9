package ritual

import (
	"context"

	"trestle/server/fault"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/who"
)

func presentIn(q *store.Query, sittingRID int64) (out []standup.Present, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p standup.Present
		err := scan(&p.PersonID, &p.Role, &p.State)
		out = append(out, p)
		return err
	}, "SELECT person_id, role, state FROM ritual_attendance WHERE sitting_rid = ? ORDER BY at, person_id", sittingRID)
	return out, err
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
func (s *Service) Attend(ctx context.Context, id string, a standup.Attendance) (View, error) {
	if err := a.Check(); err != nil {
		return View{}, err
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if c.m == nil {
			return "", nil, c.sits()
		}
		if a.Core != nil {
			if c.m.Core != nil && *c.m.Core == *a.Core {
				return "", nil, nil
			}
			c.m.Core = a.Core
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

// known refuses who is not there or may not see the board.
func (c *change) known(at, personID string) error {
	_, err := c.s.boards.See(c.tx.Query, who.Viewer{PersonID: personID}, c.r.BoardID)
	if personID == "" || fault.Is(err, "not_found") {
		return fault.Invalid(at, "Choose somebody who may see this board")
	}
	return err
}
