package liaison

import (
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Away is when somebody is not there, both days included. Why is nobody's business.
type Away struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}

// NewLeave is when somebody will be away.
type NewLeave struct {
	From string `json:"from" maxLength:"10" doc:"A day, YYYY-MM-DD"`
	To   string `json:"to" maxLength:"10" doc:"The last day"`
}

// LeavesOf is when somebody is away from today on.
type LeavesOf struct {
	Items     []Away `json:"items"`
	CanChange bool   `json:"canChange"`
}

func leaves(q *store.Query, where string, args ...any) (people []string, out []Away, err error) {
	out = []Away{}
	err = q.Each(func(scan func(...any) error) error {
		var person string
		var a Away
		err := scan(&person, &a.ID, &a.From, &a.To)
		people, out = append(people, person), append(out, a)
		return err
	}, "SELECT person_id, id, from_day, to_day FROM leaves WHERE withdrawn_at IS NULL AND "+where+" ORDER BY from_day, rid", args...)
	return people, out, err
}

// awayAround are the people who are away now or will be within a week, with the leave that comes first.
func awayAround(q *store.Query, now time.Time) (map[string]Away, error) {
	people, away, err := leaves(q, "to_day >= ? AND from_day <= ?", now.Format(time.DateOnly), now.AddDate(0, 0, 7).Format(time.DateOnly))
	out := map[string]Away{}
	for i, id := range people {
		if _, has := out[id]; !has {
			out[id] = away[i]
		}
	}
	return out, err
}

// mayLeave says whether the viewer may say when somebody is away: themselves, who leads a team of theirs, managers and
// administrators. A person of whom the viewer may know nothing is not found.
func mayLeave(q *store.Query, v who.Viewer, personID string) (bool, error) {
	if v.PersonID == "" || v.TeamID != "" {
		return false, fault.NotFound("person")
	}
	people, err := account.PeopleByID(q, []string{personID})
	if err != nil {
		return false, err
	}
	if _, ok := people[personID]; !ok {
		return false, fault.NotFound("person")
	}
	if personID == v.PersonID {
		return true, nil
	}
	var role string
	var led int
	found, err := q.Row([]any{&role, &led}, `SELECT p.role, (SELECT COUNT(*) FROM members m WHERE m.person_id = p.id AND m.role = 'lead' AND m.team_id IN
		(SELECT team_id FROM members WHERE person_id = ? UNION SELECT team_id FROM liaisons WHERE person_id = ?)) FROM people p WHERE p.id = ?`, personID, personID, v.PersonID)
	if err != nil {
		return false, err
	}
	if !found || role == who.Guest {
		return false, fault.NotFound("person")
	}
	return led > 0 || slices.Contains([]string{who.Manager, who.Admin}, role), nil
}

// Leaves reads when somebody is away; for everybody but guests.
func (s *Service) Leaves(ctx context.Context, personID string) (out LeavesOf, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if out.CanChange, err = mayLeave(q, who.From(ctx), personID); err != nil {
			return err
		}
		_, out.Items, err = leaves(q, "person_id = ? AND to_day >= ?", personID, s.store.Now().AddDate(0, 0, -1).Format(time.DateOnly))
		return err
	})
	return out, err
}

const onlyOwnLeave = "They themselves, a lead of a team of theirs, a manager or an administrator may say when somebody is away."

// mostLeaves that somebody has to come; more are a mistake.
const mostLeaves = 50

// Leave says that somebody will be away. Their teams hear of it.
func (s *Service) Leave(ctx context.Context, personID string, n NewLeave) (Away, error) {
	return s.aboutLeave(ctx, personID, false, func(tx *store.Tx) (Away, error) {
		a := Away{store.NewID("lve"), n.From, n.To}
		for where, day := range map[string]string{"body.from": n.From, "body.to": n.To} {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				return a, fault.Invalid(where, "A day looks like 2026-11-30")
			}
		}
		today := tx.Now.AddDate(0, 0, -1).Format(time.DateOnly)
		if n.To < n.From || n.To < today {
			return a, fault.Invalid("body.to", "The last day is not before the first, and not past")
		}
		_, has, err := leaves(tx.Query, "person_id = ? AND to_day >= ?", personID, today)
		if err != nil {
			return a, err
		}
		if len(has) >= mostLeaves {
			return a, fault.Conflict("too_many_leaves", "There are %d leaves to come already.", len(has))
		}
		_, err = tx.Exec("INSERT INTO leaves (id, person_id, from_day, to_day, made_by, made_at) VALUES (?,?,?,?,?,?)", a.ID, personID, a.From, a.To, tx.ActorID, store.Ms(tx.Now))
		return a, err
	})
}

// Unleave takes a leave back.
func (s *Service) Unleave(ctx context.Context, personID, id string) error {
	_, err := s.aboutLeave(ctx, personID, true, func(tx *store.Tx) (Away, error) {
		_, found, err := leaves(tx.Query, "person_id = ? AND id = ?", personID, id)
		if err != nil {
			return Away{}, err
		}
		if len(found) == 0 {
			return Away{}, fault.NotFound("leave")
		}
		_, err = tx.Exec("UPDATE leaves SET withdrawn_at = ? WHERE id = ?", store.Ms(tx.Now), id)
		return found[0], err
	})
	return err
}

// aboutLeave runs a change of when somebody is away, and tells them and the teams to which they stand.
func (s *Service) aboutLeave(ctx context.Context, personID string, withdrawn bool, fn func(tx *store.Tx) (Away, error)) (Away, error) {
	topics, err := leaveTopics(s.store.Rows(ctx), personID)
	if err != nil {
		return Away{}, err
	}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (a Away, err error) {
		may, err := mayLeave(tx.Query, who.From(ctx), personID)
		if err != nil {
			return a, err
		}
		if !may {
			return a, fault.Forbidden(onlyOwnLeave)
		}
		if a, err = fn(tx); err != nil {
			return a, err
		}
		topics, err := leaveTopics(tx.Query, personID)
		if err != nil {
			return a, err
		}
		if err := tx.Widen(topics...); err != nil {
			return a, err
		}
		for _, t := range topics {
			if _, err := tx.Publish(t, "leaves.changed", leaveTold{personID, a.ID, withdrawn}); err != nil {
				return a, err
			}
		}
		return a, nil
	})
}

// leaveTold is what an event says of a leave: not its days, which a guest of the team may not know.
type leaveTold struct {
	PersonID  string `json:"personId"`
	LeaveID   string `json:"leaveId"`
	Withdrawn bool   `json:"withdrawn"`
}

func leaveTopics(q *store.Query, personID string) ([]string, error) {
	out := []string{event.MeTopic(personID)}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, event.TeamTopic(id))
		return err
	}, "SELECT team_id FROM liaisons WHERE person_id = ? UNION SELECT team_id FROM patterns WHERE ended_at IS NULL AND (person_id = ? OR deputy_id = ?)", personID, personID, personID)
	return out, err
}
