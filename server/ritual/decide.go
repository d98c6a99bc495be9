package ritual

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// mostDecisions is with how many a review ends: more are not kept.
const mostDecisions = 3

// ReviewView is the sitting of a flow review: what the record said when it began, and what was decided.
type ReviewView struct {
	Flow
	Decisions []Decision `json:"decisions"`
}

// Decision is a card that a flow review made.
type Decision struct {
	ID     string  `json:"id"`
	CardID string  `json:"cardId"`
	Key    string  `json:"key"`
	Title  string  `json:"title"`
	DueOn  string  `json:"dueOn,omitempty"`
	Signal string  `json:"signal,omitempty" doc:"How it will be known"`
	Owners []Named `json:"owners"`
}

// decisionsOf are what sittings decided, by sitting; each that was asked for is there.
func decisionsOf(q *store.Query, sittings ...int64) (map[int64][]Decision, error) {
	out := map[int64][]Decision{}
	for _, rid := range sittings {
		out[rid] = []Decision{}
	}
	var ids []string
	err := store.InParts(sittings, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var d Decision
			var rid int64
			err := scan(&rid, &d.ID, &d.Signal, &d.CardID, &d.Key, &d.Title, &d.DueOn)
			out[rid], ids = append(out[rid], d), append(ids, d.CardID)
			return err
		}, `SELECT d.sitting_rid, d.id, d.signal, c.id, c.key, c.title, c.due_on FROM ritual_decisions d JOIN cards c ON c.id = d.card_id
			WHERE d.sitting_rid IN (`+marks+`) AND d.removed_at IS NULL ORDER BY d.rid`, args...)
	})
	if err != nil {
		return nil, err
	}
	owners, err := ownersOf(q, ids)
	for _, list := range out {
		for i, d := range list {
			list[i].Owners = owners[d.CardID]
		}
	}
	return out, err
}

// ownersOf are who works on cards, by card; each that was asked for is there.
func ownersOf(q *store.Query, cardIDs []string) (map[string][]Named, error) {
	out := map[string][]Named{}
	for _, id := range cardIDs {
		out[id] = []Named{}
	}
	return out, store.InParts(cardIDs, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var id string
			var o Named
			err := scan(&id, &o.ID, &o.Name)
			out[id] = append(out[id], o)
			return err
		}, `SELECT c.id, p.id, p.name FROM assignments a JOIN people p ON p.rid = a.person_rid JOIN cards c ON c.rid = a.card_rid
			WHERE c.id IN (`+marks+`) AND a.to_at IS NULL ORDER BY a.rid`, args...)
	})
}

// NewDecision is something that the team decides in a flow review.
type NewDecision struct {
	Title    string `json:"title" minLength:"1" maxLength:"300"`
	OwnerID  string `json:"ownerId,omitempty" required:"false" maxLength:"64"`
	DueOn    string `json:"dueOn,omitempty" required:"false" maxLength:"10" doc:"2026-11-30"`
	Signal   string `json:"signal,omitempty" required:"false" maxLength:"500" doc:"How will it be known?"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"Where its card goes; the queue that work is pulled from when absent"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	board.Answers
}

// Decide makes a card of the type improvement, let in like every other. A review ends with three at most.
func (s *Service) Decide(ctx context.Context, id string, n NewDecision) (View, error) {
	n.Title, n.Signal = text.Line(n.Title), text.Line(n.Signal)
	if n.Title == "" || utf8.RuneCountInString(n.Title) > 300 {
		return View{}, fault.Invalid("body.title", "A decision has 1 to 300 characters")
	}
	if n.DueOn != "" {
		if _, err := time.Parse(time.DateOnly, n.DueOn); err != nil {
			return View{}, fault.Invalid("body.dueOn", "Write the day like 2026-11-30")
		}
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if err := c.sits(FlowReview); err != nil {
			return "", nil, err
		}
		there, err := decisionsOf(c.tx.Query, c.m.RID)
		if err != nil {
			return "", nil, err
		}
		if len(there[c.m.RID]) >= mostDecisions {
			return "", nil, fault.Conflict("too_many_decisions", "%d decisions are enough to get done. Take one back first.", mostDecisions)
		}
		if err := c.tx.Widen(event.BoardTopic(c.r.BoardID)); err != nil {
			return "", nil, err
		}
		words := fmt.Sprintf("Decided in “%s” of %s.", c.r.Name, c.tx.Now.In(c.r.location()).Format("2 January 2006"))
		if n.Signal != "" {
			words += "\n\n**How will we know?** " + n.Signal
		}
		made := card.NewCard{Title: n.Title, Description: words, Type: "improvement", DueOn: n.DueOn, ColumnID: n.ColumnID, Reason: n.Reason, Answers: n.Answers}
		if n.OwnerID != "" {
			made.OwnerIDs = []string{n.OwnerID}
		}
		if made.ColumnID == "" {
			if to := c.seen.PullQueue(); to != nil {
				made.ColumnID = to.ID
			} else if len(c.seen.Columns) > 0 {
				made.ColumnID = c.seen.Columns[0].ID
			}
		}
		done, err := s.cards.CreateIn(c.tx, c.seen, c.v, made)
		if err != nil {
			return "", nil, err
		}
		_, err = c.tx.Exec("INSERT INTO ritual_decisions (id, sitting_rid, card_id, signal, at) VALUES (?,?,?,?,?)",
			store.NewID("dcs"), c.m.RID, done.Card.ID, n.Signal, store.Ms(c.tx.Now))
		return "ritual.decided", news{"cardId": done.Card.ID}, err
	})
}

// Undecide takes a decision back while the review runs: its card is archived.
func (s *Service) Undecide(ctx context.Context, id, decisionID string) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if err := c.sits(FlowReview); err != nil {
			return "", nil, err
		}
		var cardID string
		var removed *int64
		found, err := c.tx.Row([]any{&cardID, &removed}, "SELECT card_id, removed_at FROM ritual_decisions WHERE id = ? AND sitting_rid = ?", decisionID, c.m.RID)
		switch {
		case err != nil:
			return "", nil, err
		case !found:
			return "", nil, fault.NotFound("decision")
		case removed != nil:
			return "", nil, nil
		}
		in, err := s.cards.In(c.tx, c.v, cardID)
		if err != nil {
			return "", nil, err
		}
		if in.Card().ArchivedAt == nil {
			if _, err := in.Archive(); err != nil {
				return "", nil, err
			}
		}
		_, err = c.tx.Exec("UPDATE ritual_decisions SET removed_at = ? WHERE id = ?", store.Ms(c.tx.Now), decisionID)
		return "ritual.decided", news{"cardId": cardID}, err
	})
}
