package checklist

import (
	"context"
	"fmt"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// NewGap is a gap to be accepted: until when, why, and the card by which it is closed.
type NewGap struct {
	Until    string `json:"until" maxLength:"10" doc:"The last day on which it is accepted, 2026-11-30"`
	Why      string `json:"why" minLength:"1" maxLength:"4000"`
	CardID   string `json:"cardId,omitempty" required:"false" maxLength:"64" doc:"Id or key of the card that closes it; a new one is made when absent"`
	BoardID  string `json:"boardId,omitempty" required:"false" maxLength:"64" doc:"Where the new card goes; the team's board for asks when absent"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"The queue that work is pulled from when absent"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
	board.Answers
}

// AcceptGap accepts that an item has no good answer until a day: by a lead, or from the other side of whoever explained
// it or, where nobody has, began the checklist. A card follows it up. The day after, the item blocks again.
func (s *Service) AcceptGap(ctx context.Context, id, key string, n NewGap) (Changed, error) {
	why, err := clean("body.why", "Why the gap is accepted", n.Why, 2000)
	if err != nil {
		return Changed{}, err
	}
	if err := day("body.until", n.Until); err != nil || n.Until == "" {
		return Changed{}, fault.Invalid("body.until", "Until when is the gap accepted? Write the day like 2026-11-30")
	}
	return s.onItem(ctx, id, key, toSee, func(c *change) (string, error) {
		if err := c.waives(); err != nil {
			return "", err
		}
		today := c.tx.Now
		if n.Until < c.today(today) || n.Until > c.today(today.AddDate(1, 0, 0)) {
			return "", fault.Invalid("body.until", "A gap is accepted until a day from today on, within a year")
		}
		cardID, err := c.followUp(n, why)
		if err != nil {
			return "", err
		}
		c.a.Gap = &mark{By: c.v.PersonID, At: store.Ms(c.tx.Now), Text: why, CardID: cardID}
		c.a.State, c.a.GapUntil, c.a.NA, c.a.Asked = Gap, n.Until, nil, nil
		c.instead()
		return "checklist.gap_accepted", nil
	})
}

// waives refuses who may not accept a gap: what somebody of one's own discipline explained, or left unexplained in a
// checklist that they began, one accepts only as a lead. What somebody is only said to have explained is not explained yet.
func (c *change) waives() error {
	if c.rights.CanLead() {
		return nil
	}
	if !c.may().Waive {
		return fault.Forbidden("Only a lead of this team, or somebody who may understand the answer, accepts a gap.")
	}
	by, did := c.a.ExplainedBy, "explained it"
	if by == "" || c.a.ConfirmBy != "" {
		if c.discipline == builders {
			return fault.Forbidden("Nobody has explained this yet. Such a gap is accepted by somebody who does not build it, or by a lead of this team.")
		}
		by, did = c.CreatedBy, "began this checklist, and nobody has explained this yet"
	}
	code, name, discipline, err := c.across(c.tx.Query, by)
	switch code {
	case samePerson:
		name = "You"
	case sameDiscipline:
		name += " of " + discipline
	default:
		return err
	}
	return fault.Conflict(code, "%s %s. The gap is accepted by somebody of another discipline, or by a lead of this team.", name, did)
}

// followUp gives the card by which a gap is closed: one that the viewer names and sees, or a new one on a board of the
// team, let in like every other.
func (c *change) followUp(n NewGap, why string) (id string, err error) {
	if n.CardID != "" {
		k, _, err := c.s.about(c.tx.Query, c.v, NewList{Kind: ForCard, CardID: n.CardID})
		if fault.Is(err, "not_found") {
			err = fault.Invalid("body.cardId", "There is no card %.40q that you may see", n.CardID)
		}
		if err != nil {
			return "", err
		}
		return k.CardID, nil
	}
	if n.BoardID == "" {
		if n.BoardID, _, err = board.AsksColumnOf(c.tx.Query, c.TeamID); err != nil {
			return "", err
		}
	}
	if n.BoardID == "" {
		return "", fault.Conflict("no_board", "This team has no board yet. Name the card that closes the gap.")
	}
	if _, err := c.s.boards.See(c.tx.Query, c.v, n.BoardID); err != nil { // before its topic is locked, which would make one
		return "", err
	}
	if err := c.tx.Widen(event.BoardTopic(n.BoardID)); err != nil {
		return "", err
	}
	seen, err := c.s.boards.SeeTx(c.tx, c.v, n.BoardID)
	if err != nil {
		return "", err
	}
	if err := seen.Open(); err != nil {
		return "", err
	}
	title := []rune("Close the gap: " + c.it.Question)
	made := card.NewCard{Title: string(title[:min(len(title), 300)]), Type: "risk", DueOn: n.Until, ColumnID: n.ColumnID, Reason: n.Reason, Answers: n.Answers,
		Description: fmt.Sprintf("%s of the checklist [%s](/checklists/%s?item=%s) was accepted as a gap until %s: %s", c.it.Key, text.Quote(c.subject()), c.ID, c.it.Key, n.Until, why)}
	if made.ColumnID == "" {
		if to := seen.PullQueue(); to != nil {
			made.ColumnID = to.ID
		} else if len(seen.Columns) > 0 {
			made.ColumnID = seen.Columns[0].ID
		}
	}
	done, err := c.s.cards.CreateIn(c.tx, seen, c.v, made)
	return done.Card.ID, err
}
