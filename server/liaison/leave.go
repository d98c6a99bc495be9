package liaison

import (
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/checklist"
	"trestle/server/clock"
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

// absences are by person when they are away around now, wherever they are, the first leave first.
type absences map[string][]Away

func absencesAround(q *store.Query, now time.Time) (absences, error) {
	people, away, err := leaves(q, "to_day >= ? AND from_day <= ?", now.AddDate(0, 0, -1).Format(time.DateOnly), now.AddDate(0, 0, 8).Format(time.DateOnly))
	out := absences{}
	for i, id := range people {
		out[id] = append(out[id], away[i])
	}
	return out, err
}

// from is somebody's leave of a day or the week after it, nil without one.
func (a absences) from(personID, today string) *Away {
	at, _ := time.Parse(time.DateOnly, today)
	week := at.AddDate(0, 0, 7).Format(time.DateOnly)
	for _, x := range a[personID] {
		if x.To >= today && x.From <= week {
			return &x
		}
	}
	return nil
}

// daysOf gives which day it is where each of some teams is: where its oldest board is, else by UTC.
func daysOf(q *store.Query, now time.Time, teamIDs []string) (map[string]string, error) {
	out := map[string]string{}
	err := store.InParts(teamIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var id, zone string
			err := scan(&id, &zone)
			if out[id] == "" {
				out[id] = dayIn(now, zone)
			}
			return err
		}, "SELECT team_id, time_zone FROM boards WHERE archived_at IS NULL AND staged_at IS NULL AND team_id IN ("+marks+") ORDER BY rid", args...)
	})
	for _, id := range teamIDs {
		if out[id] == "" {
			out[id] = now.Format(time.DateOnly)
		}
	}
	return out, err
}

func dayIn(now time.Time, name string) string {
	if zone, ok := clock.Zone(name); ok {
		now = now.In(zone)
	}
	return now.Format(time.DateOnly)
}

// StandIns implements checklist.Deputies: an invited one has no rights for which somebody could stand in.
func (s *Service) StandIns(q *store.Query, now time.Time, teamID, deputyID string) (out []checklist.StandIn, err error) {
	where, args := "", []any{now.AddDate(0, 0, -1).Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)}
	if teamID != "" {
		where, args = where+" AND x.team_id = ?", append(args, teamID)
	}
	if deputyID != "" {
		where, args = where+" AND x.deputy_id = ?", append(args, deputyID)
	}
	return out, q.Each(func(scan func(...any) error) error {
		var in checklist.StandIn
		var from, to, zone string
		err := scan(&in.TeamID, &in.Discipline, &in.PersonID, &in.DeputyID, &in.DeputyOf, &from, &to, &zone)
		if today := dayIn(now, zone); from <= today && today <= to {
			out = append(out, in)
		}
		return err
	}, `SELECT x.team_id, x.discipline, x.person_id, x.deputy_id, p.discipline, a.from_day, a.to_day,
		COALESCE((SELECT z.time_zone FROM boards z WHERE z.team_id = x.team_id AND z.archived_at IS NULL AND z.staged_at IS NULL ORDER BY z.rid LIMIT 1), 'UTC')
		FROM patterns x JOIN people p ON p.id = x.deputy_id JOIN leaves a ON a.person_id = x.person_id AND a.withdrawn_at IS NULL
		WHERE x.ended_at IS NULL AND x.pattern IN ('liaison', 'embedded') AND p.disabled_at IS NULL AND p.role <> 'guest' AND a.to_day >= ? AND a.from_day <= ?`+where+" ORDER BY x.rid", args...)
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
