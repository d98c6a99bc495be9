package team

import (
	"context"
	"slices"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Topics are what a change of membership concerns: the team's topic, its boards' and those that hang on them.
func (s *Service) Topics(q *store.Query, teamID string) ([]string, error) {
	boards, err := BoardTopics(q, teamID)
	if err != nil {
		return nil, err
	}
	side, err := sideTopics(q, teamID)
	return slices.Concat(boards, side, []string{event.TeamTopic(teamID)}), err
}

// around runs a change of somebody's place in a team under the locks of all whom it concerns.
func (s *Service) around(ctx context.Context, teamID, personID string, fn func(tx *store.Tx) (Detail, error)) (Detail, error) {
	topics, err := s.Topics(s.store.Rows(ctx), teamID)
	if err != nil {
		return Detail{}, err
	}
	return store.InTx(ctx, s.store, append(topics, event.MeTopic(personID)), fn)
}

// moved tells that somebody's place in a team has changed, and makes every node check again who may follow
// the team and its boards. Boards hear how the person looks, because they show the team's people.
func moved(tx *store.Tx, teamID, kind string, p account.Person, data any) error {
	boards, err := lockedBoards(tx, teamID)
	if err != nil {
		return err
	}
	me, team := event.MeTopic(p.ID), event.TeamTopic(teamID)
	if err := publish(tx, kind, data, team); err != nil {
		return err
	}
	if err := publish(tx, "person.updated", map[string]any{"person": p}, boards...); err != nil {
		return err
	}
	if err := publish(tx, "me.updated", struct{}{}, me); err != nil {
		return err
	}
	return raise(tx, teamID, slices.Concat(boards, []string{team, me}))
}

// raise makes every node check again who may follow these topics and those that hang on the team's boards.
func raise(tx *store.Tx, teamID string, topics []string) error {
	side, err := sideTopics(tx.Query, teamID)
	if err != nil {
		return err
	}
	for _, t := range side {
		if err := tx.LockNew(t); err != nil { // one made since the write began
			return err
		}
	}
	for _, t := range append(topics, side...) {
		tx.RaiseACL(t)
	}
	return nil
}

const onlyLeads = "Only a lead of this team may change who is in it."

// SetMember gives somebody a role in a team, or another role; for leads.
func (s *Service) SetMember(ctx context.Context, teamID, personID, role string) (Detail, error) {
	v := who.From(ctx)
	if err := checkRole(role); err != nil {
		return Detail{}, err
	}
	return s.around(ctx, teamID, personID, func(tx *store.Tx) (Detail, error) {
		t, r, err := led(tx.Query, v, teamID, onlyLeads)
		if err != nil {
			return Detail{}, err
		}
		p, err := somebody(tx.Query, personID)
		if err != nil {
			return Detail{}, err
		}
		if err := s.join(tx, teamID, p, role); err != nil {
			return Detail{}, err
		}
		return s.after(tx, v, t, r)
	})
}

// after is the team as the viewer sees it once they have changed it; they may have let themselves out.
func (s *Service) after(tx *store.Tx, v who.Viewer, t Team, r Rights) (Detail, error) {
	now, err := RightsIn(tx.Query, v, t.ID)
	if err != nil {
		return Detail{}, err
	}
	r.Role = now.Role
	return detail(tx.Query, t, r)
}

// Join implements account.Teams: an invited person keeps a higher role that they have.
func (s *Service) Join(tx *store.Tx, teamID string, p account.Person, role string) error {
	if err := checkRole(role); err != nil {
		return err
	}
	has, err := member(tx.Query, teamID, p.ID)
	if err != nil || rank[has] >= rank[role] {
		return err
	}
	return s.join(tx, teamID, p, role)
}

func (s *Service) join(tx *store.Tx, teamID string, p account.Person, role string) error {
	has, err := member(tx.Query, teamID, p.ID)
	if err != nil || has == role {
		return err
	}
	kind := "member.added"
	if has != "" {
		kind = "member.updated"
	}
	_, err = tx.Exec(`INSERT INTO members (team_id, person_id, role, created_at) VALUES (?,?,?,?)
		ON CONFLICT (team_id, person_id) DO UPDATE SET role = excluded.role`, teamID, p.ID, role, store.Ms(tx.Now))
	if err != nil {
		return err
	}
	return moved(tx, teamID, kind, p, MemberView{p, role})
}

// RemoveMember takes somebody out of a team; for leads, and everybody may leave.
func (s *Service) RemoveMember(ctx context.Context, teamID, personID string) error {
	v := who.From(ctx)
	_, err := s.around(ctx, teamID, personID, func(tx *store.Tx) (Detail, error) {
		_, r, err := seen(tx.Query, v, teamID)
		if err != nil {
			return Detail{}, err
		}
		if !r.CanLead() && personID != v.PersonID {
			return Detail{}, fault.Forbidden(onlyLeads)
		}
		has, err := member(tx.Query, teamID, personID)
		if err != nil {
			return Detail{}, err
		}
		if has == "" {
			return Detail{}, fault.NotFound("member")
		}
		if _, err := tx.Exec(`DELETE FROM members WHERE team_id = ? AND person_id = ?`, teamID, personID); err != nil {
			return Detail{}, err
		}
		return Detail{}, gone(tx, teamID, "member.removed", personID)
	})
	return err
}

func gone(tx *store.Tx, teamID, kind, personID string) error {
	people, err := account.PeopleByID(tx.Query, []string{personID})
	if err != nil {
		return err
	}
	return moved(tx, teamID, kind, people[personID], map[string]string{"personId": personID})
}
