package ritual

import (
	"context"

	"trestle/server/fault"
	"trestle/server/store"
)

// Step goes from one place of a demo or a flow review to another.
type Step struct {
	From    int    `json:"from" minimum:"0" maximum:"1000" doc:"Where the sitting is; when it is not, nothing changes and the answer says where"`
	To      int    `json:"to" minimum:"0" maximum:"1000"`
	Outcome string `json:"outcome,omitempty" required:"false" enum:"shown,later,skipped" doc:"What became of the card that is left; absent, it stays as it was"`
}

// Advance goes forwards or back. It says from where: two who press at once make one step.
func (s *Service) Advance(ctx context.Context, id string, p Step) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if c.m == nil || c.m.Step != p.From {
			return "", nil, nil
		}
		if err := c.sits(Demo, FlowReview); err != nil {
			return "", nil, err
		}
		last, err := c.lastStep()
		if err != nil {
			return "", nil, err
		}
		if p.To < 0 || p.To > last {
			return "", nil, fault.Invalid("body.to", "This sitting goes from 0 to %d", last)
		}
		changed, err := c.leave(p.Outcome)
		if err != nil || (p.To == p.From && !changed) {
			return "", nil, err
		}
		c.m.Step = p.To
		return "ritual.advanced", news{"at": p.To}, nil
	})
}

// lastStep is the last place of the sitting: a demo ends behind its last card.
func (c *change) lastStep() (n int, err error) {
	if c.r.Kind == FlowReview {
		return len(Questions) - 1, nil
	}
	_, err = c.tx.Row([]any{&n}, "SELECT COUNT(*) FROM ritual_cards WHERE sitting_rid = ?", c.m.RID)
	return n, err
}

// leave writes down what became of the card that the demo leaves.
func (c *change) leave(outcome string) (changed bool, err error) {
	if outcome == "" {
		return false, nil
	}
	was, cardID := "", ""
	found, err := c.tx.Row([]any{&cardID, &was}, "SELECT card_id, outcome FROM ritual_cards WHERE sitting_rid = ? AND n = ?", c.m.RID, c.m.Step)
	if err != nil || !found {
		return false, err
	}
	if outcome == was {
		return false, nil
	}
	var at *int64
	if outcome == Shown {
		now := store.Ms(c.tx.Now)
		at = &now
	}
	_, err = c.tx.Exec("UPDATE ritual_cards SET outcome = ?, shown_at = ? WHERE sitting_rid = ? AND card_id = ?", outcome, at, c.m.RID, cardID)
	return true, err
}
