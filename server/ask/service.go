package ask

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Service is the verbs of asks.
type Service struct {
	store  *store.Store
	boards *board.Service
	cards  *card.Service
}

// New makes the room and introduces it to the cards.
func New(st *store.Store, boards *board.Service, cards *card.Service) *Service {
	s := &Service{store: st, boards: boards, cards: cards}
	cards.UseAsks(s)
	return s
}

// mayAsk: everybody in the workspace but guests; a screen and a team's token ask nothing.
func mayAsk(q *store.Query, v who.Viewer, teamID string) error {
	var found string
	if _, err := q.Row([]any{&found}, "SELECT id FROM teams WHERE id = ? AND archived_at IS NULL", teamID); err != nil {
		return err
	}
	r, err := team.RightsIn(q, v, teamID)
	if err != nil {
		return err
	}
	if found == "" || (!r.Member && r.Role == team.None) {
		return fault.NotFound("team")
	}
	if !r.Member || v.PersonID == "" || v.TeamID != "" {
		return fault.Forbidden("Guests do not raise asks. Talk to somebody of the team.")
	}
	return nil
}

// Raise asks a team for something: a card in its column for asks, which the first ask makes.
func (s *Service) Raise(ctx context.Context, teamID string, n NewAsk) (View, error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return View{}, fault.Forbidden("A screen cannot raise an ask.")
	}
	if _, err := time.Parse(time.DateOnly, n.NeededBy); err != nil && n.NeededBy != "" {
		return View{}, fault.Invalid("body.neededBy", "Write the day like 2026-11-30")
	}
	q := s.store.Rows(ctx)
	if err := mayAsk(q, v, teamID); err != nil { // before a topic is locked, which would make one
		return View{}, err
	}
	boardID, _, err := board.AsksColumnOf(q, teamID)
	if err != nil {
		return View{}, err
	}
	topics := []string{event.TeamTopic(teamID)}
	if boardID != "" {
		topics = append(topics, event.BoardTopic(boardID))
	}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (View, error) {
		if err := mayAsk(tx.Query, v, teamID); err != nil {
			return View{}, err
		}
		r := record{ID: store.NewID("ask"), TeamID: teamID, ByID: v.PersonID, ByName: tx.ActorName, State: Raised, RaisedAt: store.Ms(tx.Now), SitMinutes: defaultMinutes}
		if len(n.Times) > 0 {
			if err := r.propose(n.Times, n.Minutes, tx.Now); err != nil {
				return View{}, err
			}
		}
		if n.ForBoardID != "" {
			mine, err := s.boards.See(tx.Query, v, n.ForBoardID)
			if fault.Is(err, "not_found") || (err == nil && !mine.Rights.CanWork()) {
				return View{}, fault.Invalid("body.forBoardId", "Choose a board on which you work")
			}
			if err != nil {
				return View{}, err
			}
			if mine.TeamID != teamID {
				r.ForBoardID, r.ForTeamKey = n.ForBoardID, mine.TeamKey
			}
		}
		l, col, err := s.boards.AsksIn(tx, teamID)
		if err != nil {
			return View{}, err
		}
		lane := ""
		if len(l.Lanes) > 0 { // at the top, where it is seen; below all lanes nobody looks
			lane = l.Lanes[0].ID
		}
		made, err := s.cards.CreateFor(tx, l, v, card.NewCard{Title: n.Title, Description: n.Description, DueOn: n.NeededBy, ColumnID: col.ID, LaneID: lane,
			Type: "ask", Reason: "Asked by " + tx.ActorName}, r.face())
		if err != nil {
			return View{}, err
		}
		in, err := s.cards.In(tx, v, made.Card.ID)
		if err != nil {
			return View{}, err
		}
		r.Title, r.CardRID, r.CardID, r.BoardID = made.Card.Title, in.Card().RID, made.Card.ID, l.ID
		if err := insert(tx, &r); err != nil {
			return View{}, err
		}
		to, err := team.People(tx.Query, teamID, team.Worker)
		if err != nil {
			return View{}, err
		}
		if err := notice.Post(tx, notice.Note{Kind: "ask.raised", To: to, TeamID: teamID, BoardID: l.ID, CardID: made.Card.ID, CardKey: made.Card.Key,
			Title: "An ask to your team: " + r.Title, Link: "/c/" + made.Card.Key}); err != nil {
			return View{}, err
		}
		return s.told(tx, v, r)
	})
}

// told tells everybody who follows asks to this team that something about them has changed, without saying what,
// and gives the ask as the viewer sees it. Every member of the workspace may follow a team.
func (s *Service) told(tx *store.Tx, v who.Viewer, r record) (View, error) {
	if err := tx.Widen(event.TeamTopic(r.TeamID)); err != nil {
		return View{}, err
	}
	if _, err := tx.Publish(event.TeamTopic(r.TeamID), "asks.changed", struct{}{}); err != nil {
		return View{}, err
	}
	return s.reader(tx.Query, v).view(r)
}

// answered tells the asker something, unless they did it themselves. Their list is theirs to see, whatever becomes
// of their sight of the board, so the note names no board.
func answered(tx *store.Tx, r record, title, text string) error {
	return notice.Post(tx, notice.Note{Kind: "ask.answered", To: []string{r.ByID}, Title: title, Text: text, Link: "/ask"})
}

// side is on which side of an ask somebody must be.
type side int

const (
	asker side = iota
	asked
	either
)

// on is the corridor of every change of an ask.
func (s *Service) on(ctx context.Context, id string, need side, fn func(tx *store.Tx, r *record, in *card.Inside) error) (View, error) {
	v := who.From(ctx)
	r, err := read(s.store.Rows(ctx), "a.id = ?", id)
	if err != nil {
		return View{}, err
	}
	if r.ID == "" {
		return View{}, fault.NotFound("ask")
	}
	return store.InTx(ctx, s.store, []string{event.BoardTopic(r.BoardID), event.TeamTopic(r.TeamID)}, func(tx *store.Tx) (View, error) {
		r, err := read(tx.Query, "a.id = ?", id)
		if err != nil {
			return View{}, err
		}
		seen, visible, err := s.sees(tx.Query, v, r)
		if err != nil {
			return View{}, err
		}
		mine := v.PersonID != "" && v.PersonID == r.ByID && v.TeamID == ""
		works := visible && seen.Rights.CanWork()
		switch {
		case !mine && !visible:
			return View{}, fault.NotFound("ask")
		case need == asker && !mine:
			return View{}, fault.Forbidden("Only who asked may do that.")
		case need == asked && !works, need == either && !mine && !works:
			return View{}, fault.Forbidden("Only somebody who works in the team that was asked may do that.")
		}
		in, err := s.cards.In(tx, v, r.CardID)
		if err != nil {
			return View{}, err
		}
		if err := fn(tx, &r, in); err != nil {
			return View{}, err
		}
		if r, err = read(tx.Query, "a.id = ?", id); err != nil {
			return View{}, err
		}
		return s.told(tx, v, r)
	})
}

// waiting refuses what can be said only to an ask that was not decided yet.
func (r *record) waiting() error {
	if r.State != Raised && r.State != Questioned {
		return fault.Conflict("settled", "This ask was %s already.", r.State)
	}
	return nil
}
