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

func decisionsOf(q *store.Query, sittingRID int64) ([]Decision, error) {
	out := []Decision{}
	err := q.Each(func(scan func(...any) error) error {
		d := Decision{Owners: []Named{}}
		err := scan(&d.ID, &d.Signal, &d.CardID, &d.Key, &d.Title, &d.DueOn)
		out = append(out, d)
		return err
	}, `SELECT d.id, d.signal, c.id, c.key, c.title, c.due_on FROM ritual_decisions d JOIN cards c ON c.id = d.card_id
		WHERE d.sitting_rid = ? AND d.removed_at IS NULL ORDER BY d.rid`, sittingRID)
	for i := range out {
		if err == nil {
			out[i].Owners, err = ownersOf(q, out[i].CardID)
		}
	}
	return out, err
}

// ownersOf are who works on a card.
func ownersOf(q *store.Query, cardID string) ([]Named, error) {
	out := []Named{}
	err := q.Each(func(scan func(...any) error) error {
		var o Named
		err := scan(&o.ID, &o.Name)
		out = append(out, o)
		return err
	}, `SELECT p.id, p.name FROM assignments a JOIN people p ON p.rid = a.person_rid JOIN cards c ON c.rid = a.card_rid
		WHERE c.id = ? AND a.to_at IS NULL ORDER BY a.rid`, cardID)
	return out, err
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
		if len(there) >= mostDecisions {
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

func (d *telling) review(q *store.Query) error {
	decisions, err := decisionsOf(q, d.m.RID)
	f := d.m.Facts.Flow
	if err != nil || f == nil {
		return err
	}
	var made []string
	for _, x := range decisions {
		line := "**" + x.Key + "** " + text.Quote(x.Title)
		for _, o := range x.Owners {
			line += ", " + text.Quote(o.Name)
		}
		if x.DueOn != "" {
			line += ", by " + x.DueOn
		}
		if x.Signal != "" {
			line += ". We know by: " + text.Quote(x.Signal)
		}
		made = append(made, line)
	}
	finished := 0
	for _, w := range f.Weeks {
		finished += w.Finished
	}
	said := []string{fmt.Sprintf("%d in progress, %s of age together", f.Wip, count(f.TotalAge, "day", "days")),
		fmt.Sprintf("%d aging", len(f.Aging)), fmt.Sprintf("%d finished in %d weeks", finished, len(f.Weeks))}
	if f.Cycle.P85 > 0 {
		said = append(said, fmt.Sprintf("85 %% took %d days or less, n = %d", f.Cycle.P85, f.Cycle.N))
	} else {
		said = append(said, fmt.Sprintf("too few finished to say how long they take, n = %d", f.Cycle.N))
	}
	for _, o := range f.Facts.OverLimit {
		said = append(said, fmt.Sprintf("%s over its limit on %s", text.Quote(o.Column), count(o.Days, "day", "days")))
	}
	said = append(said, fmt.Sprintf("%d returned, %d past a limit with a reason, %d expedite", f.Facts.Returns.N, f.Facts.Overrides.N, f.Facts.Expedite.N))
	d.put(true, "Decided", made...)
	d.put(false, "What the record says, since "+f.Since.In(d.r.location()).Format("2 January"), said...)
	if len(decisions) > 0 {
		d.brought = count(len(decisions), "decision", "decisions")
	} else if d.m.Step > 0 {
		d.brought = "no decision"
	}
	return nil
}
