package ask

import (
	"context"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Accept takes an ask on: its card goes to the end of the team's next queue, admitted like every move. Where there
// is no other queue it stays.
func (s *Service) Accept(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, asked, func(tx *store.Tx, r *record, in *card.Inside) error {
		if err := r.waiting(); err != nil {
			return err
		}
		l, c := in.Layout(), in.Card()
		if here := l.ColumnByRID(c.Place.ColumnRID); here != nil && here.Asks {
			if next := nextQueue(l, here); next != nil {
				_, err := in.Move(card.Move{ColumnID: next.ID, Reason: "Accepted ask"}) // CardStands does the rest
				return err
			}
		}
		return s.accept(tx, r, in)
	})
}

// nextQueue is the queue to the right of a column, before work starts.
func nextQueue(l *board.Layout, from *board.Column) *board.Column {
	start, _ := l.Points()
	for i := range l.Columns {
		if c := &l.Columns[i]; c.Kind == board.Queue && c.Position > from.Position && c.Position < start {
			return c
		}
	}
	return nil
}

// accept is the ask's own part of being accepted: its state, the mirror, the news.
func (s *Service) accept(tx *store.Tx, r *record, in *card.Inside) error {
	r.settle(tx, Accepted)
	if err := save(tx, *r); err != nil {
		return err
	}
	if err := s.mirror(tx, r); err != nil {
		return err
	}
	if err := in.Retell("accepted the ask"); err != nil {
		return err
	}
	return answered(tx, *r, "Your ask was accepted: "+r.Title, "")
}

// mirror shows the card on the asker's board, in its first column. Where that cannot be, because more people would
// see the card or because it has no room, the asker's list has to do.
func (s *Service) mirror(tx *store.Tx, r *record) error {
	if r.ForBoardID == "" {
		return nil
	}
	if err := tx.Widen(event.BoardTopic(r.ForBoardID)); err != nil {
		return err
	}
	on, err := s.boards.LayoutTx(tx, r.ForBoardID)
	if err != nil || on == nil || on.ArchivedAt != nil || len(on.Columns) == 0 {
		return err
	}
	err = s.cards.MirrorIn(tx, r.CardID, r.ForBoardID, firstQueue(on).ID)
	if _, refused := fault.As(err); refused {
		return nil
	}
	return err
}

// firstQueue is where a mirrored ask waits on the asker's board: its first queue that is not for asks of others.
func firstQueue(l *board.Layout) *board.Column {
	for i := range l.Columns {
		if c := &l.Columns[i]; c.Kind == board.Queue && !c.Asks {
			return c
		}
	}
	return &l.Columns[0]
}

// Decline says no, and why. The card leaves the board; the asker is told the reason.
func (s *Service) Decline(ctx context.Context, id, reason string) (View, error) {
	reason, err := words("body.reason", "A reason", reason, maxWords)
	if err != nil {
		return View{}, err
	}
	quote := card.Plain(reason)
	return s.on(ctx, id, asked, func(tx *store.Tx, r *record, in *card.Inside) error {
		if err := r.waiting(); err != nil {
			return err
		}
		r.settle(tx, Declined)
		r.Reason = reason
		if err := save(tx, *r); err != nil {
			return err
		}
		if err := answered(tx, *r, "Your ask was declined: "+r.Title, quote); err != nil {
			return err
		}
		if _, err := in.Say("Declined: " + reason); err != nil {
			return err
		}
		_, err := in.Archive()
		return err
	})
}

// Question asks back: the ask keeps its place and waits for the asker.
func (s *Service) Question(ctx context.Context, id, text string) (View, error) {
	text, err := words("body.text", "A question", text, maxWords)
	if err != nil {
		return View{}, err
	}
	quote := card.Plain(text)
	return s.on(ctx, id, asked, func(tx *store.Tx, r *record, in *card.Inside) error {
		if err := r.waiting(); err != nil {
			return err
		}
		r.settle(tx, Questioned)
		r.Question, r.Answer = text, ""
		if err := save(tx, *r); err != nil {
			return err
		}
		if err := answered(tx, *r, "A question about your ask: "+r.Title, quote); err != nil {
			return err
		}
		_, err := in.Say("Asked back: " + text)
		return err
	})
}

// Answer is what the asker says to a question; the ask waits for the team again.
func (s *Service) Answer(ctx context.Context, id, text string) (View, error) {
	text, err := words("body.text", "An answer", text, maxWords)
	if err != nil {
		return View{}, err
	}
	return s.on(ctx, id, asker, func(tx *store.Tx, r *record, in *card.Inside) error {
		if r.State != Questioned {
			return fault.Conflict("not_questioned", "Nobody has asked back about this.")
		}
		r.reopen()
		r.Answer = text
		if err := save(tx, *r); err != nil {
			return err
		}
		_, err := in.Say("Answered: " + text)
		return err
	})
}

// Withdraw takes one's own ask back, as long as nobody has begun with it.
func (s *Service) Withdraw(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, asker, func(tx *store.Tx, r *record, in *card.Inside) error {
		if r.State == Declined || r.State == Withdrawn {
			return fault.Conflict("settled", "This ask was %s already.", r.State)
		}
		if in.Card().Clock.Started != nil || in.Card().Clock.Finished != nil {
			return fault.Conflict("started", "The team has begun with it. Talk to them.")
		}
		r.settle(tx, Withdrawn)
		if err := save(tx, *r); err != nil {
			return err
		}
		if _, err := in.Archive(); err != nil {
			return err
		}
		return in.Retell("")
	})
}

// Reopen takes back what was decided: who declined, accepted or asked back may, and who withdrew.
func (s *Service) Reopen(ctx context.Context, id string) (View, error) {
	v := who.From(ctx)
	return s.on(ctx, id, either, func(tx *store.Tx, r *record, in *card.Inside) error {
		mine := v.PersonID == r.ByID
		switch {
		case r.State == Raised:
			return nil
		case r.State == Withdrawn && !mine:
			return fault.Forbidden("Only who asked may do that.")
		case r.State != Withdrawn && !in.Works():
			return fault.Forbidden("Only somebody who works in the team that was asked may do that.")
		case in.Card().Clock.Started != nil || in.Card().Clock.Finished != nil:
			return fault.Conflict("started", "Work on it has begun. Move the card back instead.")
		}
		if r.State == Accepted && r.ForBoardID != "" {
			if err := s.unmirror(tx, r, in); err != nil {
				return err
			}
		}
		r.reopen()
		r.Question = ""
		if err := save(tx, *r); err != nil {
			return err
		}
		l := in.Layout()
		var asks *board.Column
		for i := range l.Columns {
			if l.Columns[i].Asks {
				asks = &l.Columns[i]
			}
		}
		switch {
		case in.Card().ArchivedAt != nil:
			to := card.RestoreTo{Reason: "Opened again"}
			if asks != nil {
				to.ColumnID = asks.ID
			}
			if _, err := in.Restore(to); err != nil {
				return err
			}
		case asks != nil && in.Card().Place.ColumnRID != asks.RID:
			_, err := in.Move(card.Move{ColumnID: asks.ID, Reason: "Opened again", Return: &card.Return{Category: "changed_mind", Text: "Opened again"}})
			if err != nil {
				return err
			}
		}
		return in.Retell("opened the ask again")
	})
}

// CardStands implements card.Asks: what was done to the card by hand is done to the ask. Moved on it is accepted,
// moved back it waits again, taken off the board it is declined.
func (s *Service) CardStands(tx *store.Tx, c *card.Card, l *board.Layout) error {
	if err := tx.Widen(event.TeamTopic(l.TeamID)); err != nil {
		return err
	}
	r, err := read(tx.Query, "a.card_rid = ?", c.RID)
	if err != nil {
		return err
	}
	if r.ID != "" {
		if err := s.follow(tx, &r, c, l); err != nil {
			return err
		}
	}
	_, err = tx.Publish(event.TeamTopic(l.TeamID), "asks.changed", struct{}{})
	return err
}

func (s *Service) follow(tx *store.Tx, r *record, c *card.Card, l *board.Layout) error {
	col := l.ColumnByRID(c.Place.ColumnRID)
	inAsks := col != nil && col.Asks
	open := r.State == Raised || r.State == Questioned
	inside := func() (*card.Inside, error) { return s.cards.In(tx, who.Viewer{PersonID: tx.ActorID}, c.ID) }
	switch {
	case c.ArchivedAt != nil && open:
		r.settle(tx, Declined)
		if err := save(tx, *r); err != nil {
			return err
		}
		in, err := inside()
		if err != nil {
			return err
		}
		if err := in.Retell(""); err != nil {
			return err
		}
		return answered(tx, *r, "Your ask was taken off the board: "+r.Title, "")
	case c.ArchivedAt != nil:
		return nil
	case open && !inAsks:
		in, err := inside()
		if err != nil {
			return err
		}
		return s.accept(tx, r, in)
	case (r.State == Accepted && inAsks) || r.State == Declined || r.State == Withdrawn:
		r.reopen()
		if !inAsks {
			r.settle(tx, Accepted)
		}
		if err := save(tx, *r); err != nil {
			return err
		}
		in, err := inside()
		if err != nil {
			return err
		}
		if r.State == Raised && r.ForBoardID != "" {
			if err := s.unmirror(tx, r, in); err != nil {
				return err
			}
		}
		return in.Retell("opened the ask again")
	case r.State == Accepted && c.Clock.Finished != nil && *c.Clock.Finished == store.Ms(tx.Now): // not before, and not once more
		return answered(tx, *r, "Your ask is done: "+r.Title, "")
	}
	return nil
}

// unmirror takes the card off the asker's board again.
func (s *Service) unmirror(tx *store.Tx, r *record, in *card.Inside) error {
	if err := tx.Widen(event.BoardTopic(r.ForBoardID)); err != nil {
		return err
	}
	on, err := s.boards.LayoutTx(tx, r.ForBoardID)
	if err != nil || on == nil {
		return err
	}
	_, err = in.Unmirror(on)
	return err
}
