package health

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// AnswerTo is what somebody says of one question.
type AnswerTo struct {
	Question string `json:"question" maxLength:"40"`
	Score    int    `json:"score" enum:"1,2,3" doc:"3 well, 2 so-so, 1 bad"`
	Trend    *int   `json:"trend,omitempty" required:"false" enum:"-1,0,1" doc:"1 it gets better, -1 it gets worse; absent, it stays as it was"`
}

// Answer gives one's answers, or other ones; what is not named stays. Neither the event nor what is kept of the
// request names anybody.
func (s *Service) Answer(ctx context.Context, id string, said []AnswerTo) (View, error) {
	v, caller := who.From(ctx), store.CallerOf(ctx)
	at, err := sit(s.store.Rows(ctx), v, id)
	if err != nil {
		return View{}, err
	}
	err = store.Do(store.As(ctx, "", ""), s.store, []string{event.TeamTopic(at.TeamID)}, func(tx *store.Tx) error {
		at, err := sit(tx.Query, v, id)
		switch {
		case err != nil:
			return err
		case !at.answers():
			return fault.Forbidden("Only the team itself answers.")
		case at.State != Open:
			return fault.Conflict("check_over", "This health check is over.")
		}
		if again, err := commands.Done(tx, at.RID, at.key, v.PersonID, caller); err != nil || again {
			return err
		}
		_, of := asked(at.Sets)
		me := at.key.Code("answer", v.PersonID)
		for _, a := range said {
			if _, ok := of[a.Question]; !ok {
				return fault.Invalid("body.answers", "There is no question %.40q in this check", a.Question)
			}
			if err := a.keep(tx, at.RID, me); err != nil {
				return err
			}
		}
		return tell(tx, at.TeamID, wasChanged)
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, id)
}

// keep writes an answer over the one before, but for a trend that was not said.
func (a AnswerTo) keep(tx *store.Tx, rid int64, voter string) error {
	trend, over := 0, "score = excluded.score"
	if a.Trend != nil {
		trend, over = *a.Trend, over+", trend = excluded.trend"
	}
	_, err := tx.Exec("INSERT INTO health_answers (check_rid, voter, question, score, trend) VALUES (?,?,?,?,?) ON CONFLICT (check_rid, voter, question) DO UPDATE SET "+over,
		rid, voter, a.Question, a.Score, trend)
	return err
}
