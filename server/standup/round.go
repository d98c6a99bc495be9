package standup

import (
	"context"
	"math/rand/v2"
	"slices"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/team"
)

// maxTurns bounds a round: passing back to somebody makes another turn.
const maxTurns = 200

// round is the agenda of a meeting that goes person by person: the brief, everybody once in an order that is drawn for
// this meeting, and what is on no board. Who is on call and not in these rooms has a turn by name.
func (w *sitting) round() ([]step, error) {
	people, err := w.circle()
	if err != nil {
		return nil, err
	}
	duties, err := dutiesNow(w.tx.Query, w.r.TeamID, w.tx.Now)
	if err != nil {
		return nil, err
	}
	var drawn []step
	for _, id := range people {
		drawn = append(drawn, step{Kind: personStep, PersonID: id})
	}
	for _, d := range duties {
		known := d.PersonID != "" && slices.Contains(people, d.PersonID)
		if !known && !slices.ContainsFunc(drawn, func(p step) bool { return p.PersonName == d.Name }) {
			drawn = append(drawn, step{Kind: personStep, PersonName: d.Name})
		}
	}
	rand.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	steps := []step{{Kind: briefStep}}
	for _, p := range drawn {
		p.N = len(steps)
		steps = append(steps, p)
	}
	return append(steps, step{N: len(steps), Kind: anythingStep}), nil
}

// circle are those who are asked in turn: who works in the team, its liaisons, and whoever is on call for it, as far as
// they have an account and see the board.
func (w *sitting) circle() ([]string, error) {
	ids, err := team.People(w.tx.Query, w.r.TeamID, team.Worker)
	if err != nil {
		return nil, err
	}
	duties, err := dutiesNow(w.tx.Query, w.r.TeamID, w.tx.Now)
	if err != nil {
		return nil, err
	}
	for _, d := range duties {
		if d.PersonID == "" || slices.Contains(ids, d.PersonID) {
			continue
		}
		switch err := w.people("", d.PersonID); {
		case err == nil:
			ids = append(ids, d.PersonID)
		case !fault.Is(err, "invalid"):
			return nil, err
		}
	}
	known, err := account.PeopleByID(w.tx.Query, ids)
	return slices.DeleteFunc(ids, func(id string) bool { return !known[id].Active }), err
}

// Pass gives the next turn of a round to anybody who may see the board. Who was still to come comes now; who had their
// turn, or was not in the round, has one more. It says from where, like Advance.
func (s *Service) Pass(ctx context.Context, id string, from int, personID string) (View, error) {
	return s.on(ctx, id, toDrive, nil, func(w *sitting) (string, error) {
		if w.m == nil || w.m.Step != from {
			return "", nil
		}
		if w.m.Mode != RoundRobin {
			return "", fault.Conflict("not_a_round", "%s walks the board. There is nobody to pass to.", w.r.Name)
		}
		if err := w.people("body.personId", personID); err != nil {
			return "", err
		}
		steps, err := stepsOf(w.tx.Query, w.m.RID)
		if err != nil {
			return "", err
		}
		if from == len(steps)-1 { // who comes to mind at the end speaks before it
			return "", fault.Conflict("last_step", "This is the last step. Go back first.")
		}
		if steps[from].PersonID == personID {
			return "", nil
		}
		if len(steps) > maxTurns {
			return "", fault.Conflict("too_many", "This round has %d turns already.", len(steps)-2)
		}
		next := step{Kind: personStep, PersonID: personID}
		if i := slices.IndexFunc(steps[from+1:], func(p step) bool { return p.PersonID == personID }); i >= 0 {
			next = steps[from+1+i]
			steps = slices.Delete(steps, from+1+i, from+2+i)
		}
		steps = slices.Insert(steps, from+1, next)
		for i := range steps {
			steps[i].N = i
		}
		if err := leave(w.tx, w.m.RID, steps[from], false); err != nil {
			return "", err
		}
		if _, err := w.tx.Exec("DELETE FROM standup_steps WHERE meeting_rid = ? AND n > ?", w.m.RID, from); err != nil {
			return "", err
		}
		if err := insertSteps(w.tx, w.m.RID, steps[from+1:]); err != nil {
			return "", err
		}
		if err := w.lead(); err != nil {
			return "", err
		}
		return "standup.passed", w.show(steps[from+1])
	})
}
