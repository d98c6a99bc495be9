package retro

import (
	"context"
	"strings"
	"time"

	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
)

// Settle is what a retro says of an action that an earlier one has left.
type Settle struct {
	Outcome string   `json:"outcome" enum:"done,kept,reowned,dropped,split"`
	OwnerID string   `json:"ownerId,omitempty" required:"false" maxLength:"64" doc:"Of reowned: who has it from now on"`
	DueOn   string   `json:"dueOn,omitempty" required:"false" maxLength:"10" doc:"Of kept and reowned: the day by which it is due from now on, 2026-11-30"`
	Why     string   `json:"why,omitempty" required:"false" maxLength:"1000" doc:"Of dropped: why; of others a word"`
	Into    []string `json:"into,omitempty" required:"false" maxItems:"4" doc:"Of split: the titles of its parts, each of which becomes a card"`
	Reason  string   `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`
}

// carried is an action as a retro finds it.
type carried struct {
	action
	outcome, why string
	dueWas       string // before this retro moved the day
	times        int    // how often it was carried when this retro began
}

func (c *carried) now() string {
	if c.outcome != "" {
		return c.outcome
	}
	return c.action.now()
}

func carriedOf(q *store.Query, rid int64) (out []carried, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var c carried
		err := scan(append(c.into(), &c.outcome, &c.why, &c.dueWas, &c.times)...)
		out = append(out, c)
		return err
	}, "SELECT "+actionColumns+", k.outcome, k.why, k.due_was, k.carried FROM retro_carried k JOIN retro_actions a ON a.rid = k.action_rid JOIN cards c ON c.rid = a.card_rid WHERE k.retro_rid = ? ORDER BY a.rid", rid)
	return out, err
}

// unsettled counts the carried actions about which nothing was said and whose cards are open.
func unsettled(q *store.Query, rid int64) (n int, err error) {
	all, err := carriedOf(q, rid)
	for _, c := range all {
		if c.now() == open {
			n++
		}
	}
	return n, err
}

// SettleCarried says what becomes of a carried action, on its card too. One that was carried three times is not
// simply kept again: it is split, gets another owner or is dropped.
func (s *Service) SettleCarried(ctx context.Context, id, actionID string, o Settle) (View, error) {
	o.Why = strings.TrimSpace(o.Why)
	if o.DueOn != "" {
		if _, err := time.Parse(time.DateOnly, o.DueOn); err != nil {
			return View{}, fault.Invalid("body.dueOn", "Write the day like 2026-11-30")
		}
		if o.Outcome != Kept && o.Outcome != Reowned {
			return View{}, fault.Invalid("body.dueOn", "Only an action that is kept or has a new owner is due later")
		}
	}
	return s.on(ctx, id, working, "retro.action_changed", func(tx *store.Tx, at *seat) (news, error) {
		all, err := carriedOf(tx.Query, at.RID)
		if err != nil {
			return nil, err
		}
		var c *carried
		for i := range all {
			if all[i].id == actionID {
				c = &all[i]
			}
		}
		if c == nil {
			return nil, fault.NotFound("action")
		}
		if now := c.now(); now == Done || now == Dropped || now == Split {
			if now == o.Outcome {
				return nil, nil
			}
			return nil, fault.Conflict("settled", "This action was settled already: %s.", now)
		}
		if err := s.settle(tx, at, c, o); err != nil {
			return nil, err
		}
		was := c.dueWas
		switch {
		case o.DueOn == "" || o.DueOn == c.dueOn:
		case was == o.DueOn: // moved back
			was = ""
		case was == "":
			was = c.dueOn
		}
		_, err = tx.Exec("UPDATE retro_carried SET outcome = ?, why = ?, due_was = ? WHERE retro_rid = ? AND action_rid = ?", o.Outcome, o.Why, was, at.RID, c.rid)
		return news{"actionId": c.id, "cardId": c.cardID}, err
	})
}

func (s *Service) settle(tx *store.Tx, at *seat, c *carried, o Settle) error {
	in, err := s.cards.In(tx, at.v, c.cardID)
	if err != nil {
		return err
	}
	set := func(state string, times int) error {
		_, err := tx.Exec("UPDATE retro_actions SET state = ?, carried = ? WHERE rid = ?", state, times, c.rid)
		return err
	}
	switch o.Outcome {
	case Done:
		if to := in.Layout().FinishColumnID; in.Card().Clock.Finished == nil && to != "" {
			if _, err := in.Move(card.Move{ColumnID: to, Reason: o.Reason}); err != nil {
				return err
			}
		}
		return set(Done, c.times)
	case Kept:
		if c.times >= carryLimit {
			return fault.Conflict("carried_too_often", "It was carried %d times. Split it, give it to somebody else or drop it.", c.times).With("carried", c.times)
		}
		if err := due(in, c, o); err != nil {
			return err
		}
		return set(open, c.times+1)
	case Reowned:
		again := c.outcome == Reowned && o.DueOn != "" // only the day is another one
		if o.OwnerID == "" || (o.OwnerID == c.ownerID && !again) {
			return fault.Invalid("body.ownerId", "Name another owner")
		}
		if _, err := in.Change(card.Patch{OwnerIDs: &[]string{o.OwnerID}}); err != nil {
			return err
		}
		if err := due(in, c, o); err != nil {
			return err
		}
		return set(open, 1)
	case Dropped:
		if o.Why == "" {
			return fault.Invalid("body.why", "Say why it is dropped")
		}
		return s.end(in, "Dropped in the retro “"+at.Title+"”: "+o.Why, func() error { return set(Dropped, c.times) })
	case Split:
		return s.split(tx, at, c, in, o, func() error { return set(Split, c.times) })
	}
	return fault.Invalid("body.outcome", "Say done, kept, reowned, dropped or split")
}

// due moves the day of an action's card, which tells it in its history.
func due(in *card.Inside, c *carried, o Settle) error {
	if o.DueOn == "" || o.DueOn == c.dueOn {
		return nil
	}
	_, err := in.Change(card.Patch{DueOn: web.Some(o.DueOn)})
	return err
}

// end archives an action's card with a word on it.
func (s *Service) end(in *card.Inside, said string, set func() error) error {
	if _, err := in.Say(said); err != nil {
		return err
	}
	if _, err := in.Archive(); err != nil {
		return err
	}
	return set()
}

// split makes cards of an action's parts, for the same owner and day, and ends it.
func (s *Service) split(tx *store.Tx, at *seat, c *carried, in *card.Inside, o Settle, set func() error) error {
	if len(o.Into) < 2 {
		return fault.Invalid("body.into", "Name the parts, two at least")
	}
	keys := make([]string, 0, len(o.Into))
	for _, part := range o.Into {
		title, err := oneLine("body.into", "A part", part, 300)
		if err != nil {
			return err
		}
		n := card.NewCard{Title: title, Description: "Split from " + c.key + ". " + at.story(c.signal), DueOn: c.dueOn, Reason: o.Reason}
		if c.ownerID != "" {
			n.OwnerIDs = []string{c.ownerID}
		}
		made, err := s.newCard(tx, at, n)
		if err != nil {
			return err
		}
		if _, err := s.commit(tx, at, made, c.signal, "", "Split from "+c.key); err != nil {
			return err
		}
		keys = append(keys, made.Card.Key)
	}
	return s.end(in, "Split in the retro “"+at.Title+"” into "+strings.Join(keys, ", "), set)
}
