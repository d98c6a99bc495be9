package card

import (
	"context"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Asks is what this room tells the room of asks, which comes after it.
type Asks interface {
	// CardStands hears, inside the write and at its end, that an ask's card was moved, archived or restored, and
	// that any card came into or left the column for asks.
	CardStands(tx *store.Tx, c *Card, l *board.Layout) error
}

// UseAsks introduces the room of asks.
func (s *Service) UseAsks(a Asks) { s.asks = a }

// tellAsks is the end of every change of where a card stands. fromRID is the column it left, 0 when it left none.
func (e *edit) tellAsks(fromRID int64) error {
	if e.s == nil || e.s.asks == nil {
		return nil
	}
	concerned := e.card.Type == "ask"
	for _, rid := range []int64{fromRID, e.card.Place.ColumnRID} {
		if col := e.l.ColumnByRID(rid); col != nil && col.Asks {
			concerned = true
		}
	}
	if !concerned {
		return nil
	}
	return e.s.asks.CardStands(e.tx, e.card, e.l)
}

// askedBy says that the card is an ask of the viewer's own: who asked and sees it may comment on it, whatever their
// role there. A team's token asks nothing.
func (c *Card) askedBy(v who.Viewer) bool {
	return c.Face.Ask != nil && v.PersonID != "" && v.TeamID == "" && c.Face.Ask.ByPersonID == v.PersonID
}

// CreateFor puts an ask's card on a board for somebody who need not have a worker's rights there; who calls has
// decided that they may, and writes the ask itself. The write holds the board's topic. It is admitted like every card.
func (s *Service) CreateFor(tx *store.Tx, l *board.Layout, v who.Viewer, n NewCard, ask AskFace) (Changed, error) {
	if err := n.clean(v); err != nil {
		return Changed{}, err
	}
	n.ask = &ask
	return s.create(&edit{tx: tx, l: l, seen: board.Seen{Layout: l}, s: s}, n)
}

// CreateIn puts a card on a board in the write of another room, which holds the board's topic. Who asks must be a
// worker there, and the card is admitted like every other.
func (s *Service) CreateIn(tx *store.Tx, seen board.Seen, v who.Viewer, n NewCard) (Changed, error) {
	if err := n.clean(v); err != nil {
		return Changed{}, err
	}
	if !seen.Rights.CanWork() {
		return Changed{}, fault.Forbidden("Your role on this team may look, but not add cards.")
	}
	return s.create(&edit{tx: tx, l: seen.Layout, seen: seen, s: s}, n)
}

// Inside is one card in the write of another room, which has decided what its asker may do.
type Inside struct{ e *edit }

// In takes a card into another room's write, with all topics that its changes need.
func (s *Service) In(tx *store.Tx, v who.Viewer, cardID string) (*Inside, error) {
	at, err := locate(tx.Query, cardID)
	if err != nil {
		return nil, err
	}
	if at.cardID == "" {
		return nil, fault.NotFound("card")
	}
	if err := tx.Widen(event.BoardTopic(at.boardID)); err != nil {
		return nil, err
	}
	l, err := s.boards.LayoutTx(tx, at.boardID)
	if err != nil {
		return nil, err
	}
	c, err := loadCard(tx.Query, at.cardID)
	if err != nil {
		return nil, err
	}
	if l == nil || c == nil || c.BoardRID != l.RID {
		return nil, fault.NotFound("card")
	}
	r, err := team.RightsIn(tx.Query, v, l.TeamID)
	if err != nil {
		return nil, err
	}
	c.BoardID = l.ID
	seen := board.Seen{Layout: l, Rights: r}
	if err := seen.Open(); err != nil {
		return nil, err
	}
	in := &Inside{&edit{tx: tx, l: l, card: c, seen: seen, s: s}}
	_, err = in.e.mirrors() // their boards hear of it
	return in, err
}

// Live refuses a card that is archived.
func (in *Inside) Live() error { return in.e.live() }

// Works says whether who asks works on the card's board.
func (in *Inside) Works() bool { return in.e.seen.Rights.CanWork() }

// Card and Layout are what it is about.
func (in *Inside) Card() *Card           { return in.e.card }
func (in *Inside) Layout() *board.Layout { return in.e.l }

// Change, Move, Archive and Restore are the verbs of the same names.
func (in *Inside) Change(p Patch) (Changed, error)         { return changing(p)(in.e) }
func (in *Inside) Move(m Move) (MoveAnswer, error)         { return moving(m)(in.e) }
func (in *Inside) Archive() (Changed, error)               { return archiving()(in.e) }
func (in *Inside) Restore(r RestoreTo) (Changed, error)    { return restoring(r)(in.e) }
func (in *Inside) Unmirror(on *board.Layout) (bool, error) { return in.e.unmirror(on) }

// Watch lets people hear of the card from now on, unless they have said no.
func (in *Inside) Watch(ids ...string) error { return in.e.watch(ids...) }

// Say adds a comment in the name of who writes, and gives its id.
func (in *Inside) Say(text string) (id string, err error) {
	id = store.NewID("cmt")
	if _, err := in.e.tx.Exec("INSERT INTO comments (id, card_rid, author_id, author_name, text, at) VALUES (?,?,?,?,?,?)",
		id, in.e.card.RID, in.e.tx.ActorID, in.e.tx.ActorName, text, store.Ms(in.e.tx.Now)); err != nil {
		return "", err
	}
	_, err = in.e.saved("card.commented", map[string]any{"commentId": id})
	return id, err
}

// Spoken is a comment with whom it names, read before the write that says it: nothing slow belongs inside.
type Spoken struct {
	text string
	said mentioned
}

// Spoken reads whom a comment on a card names.
func (s *Service) Spoken(ctx context.Context, cardID, text string) (Spoken, error) {
	said, err := s.mentionsOn(ctx, cardID, text)
	return Spoken{text, said}, err
}

// Speak is Say for what names people: they are told, as by every comment.
func (in *Inside) Speak(w Spoken) (id string, err error) {
	e := in.e
	id = store.NewID("cmt")
	rid, err := e.tx.Insert("INSERT INTO comments (id, card_rid, author_id, author_name, text, at) VALUES (?,?,?,?,?,?)",
		id, e.card.RID, e.tx.ActorID, e.tx.ActorName, w.text, store.Ms(e.tx.Now))
	if err != nil {
		return "", err
	}
	e.words = excerpt(plainWith(w.text, w.said.names))
	if err := e.mention(w.said, &rid); err != nil {
		return "", err
	}
	_, err = e.saved("card.commented", map[string]any{"commentId": id})
	return id, err
}

// Retell shows the boards what has happened to the ask beside the card: its face is made anew. An archived one is
// on no board. What is said stands in the card's history, "accepted the ask"; "" says nothing of its own.
func (in *Inside) Retell(said string) error {
	if in.e.card.ArchivedAt != nil {
		if err := refresh(in.e.tx, in.e.card); err != nil {
			return err
		}
		return saveCard(in.e.tx, in.e.card)
	}
	_, err := in.e.saved("card.updated", map[string]any{"fields": []string{"ask"}, "said": said}, "ask")
	return err
}

// PlaceIn is a card's number in its column, from 1, and how many stand there; 0 of an archived one.
func PlaceIn(q *store.Query, cardRID int64) (place, of int, columnRID int64, err error) {
	var pos, id string
	found, err := q.Row([]any{&columnRID, &pos, &id}, `SELECT p.column_rid, p.pos, c.id FROM places p JOIN cards c ON c.rid = p.card_rid AND c.board_rid = p.board_rid
		WHERE p.card_rid = ? AND p.archived = FALSE`, cardRID)
	if err != nil || !found {
		return 0, 0, 0, err
	}
	_, err = q.Row([]any{&place, &of}, `SELECT COALESCE(SUM(CASE WHEN p.pos < ? OR (p.pos = ? AND c.id <= ?) THEN 1 ELSE 0 END), 0), COUNT(*)
		FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.column_rid = ? AND p.archived = FALSE`, pos, pos, id, columnRID)
	return place, of, columnRID, err
}

// deriveAsks reads what faces show of asks.
func deriveAsks(q *store.Query, of func(int64) *Derived, which string, arg any) error {
	return q.Each(func(scan func(...any) error) error {
		var rid int64
		var a AskFace
		var one, two, taken *int64
		if err := scan(&rid, &a.ID, &a.ByPersonID, &a.ByName, &a.FromTeamKey, &a.State, &one, &two, &taken); err != nil {
			return err
		}
		a.Taken = store.AtPtr(taken)
		for _, ms := range []*int64{one, two} {
			if ms != nil && taken == nil {
				a.Times = append(a.Times, store.At(*ms))
			}
		}
		of(rid).Ask = &a
		return nil
	}, "SELECT card_rid, id, by_id, by_name, for_team_key, state, sit_a, sit_b, sit_taken FROM asks WHERE card_rid "+which, arg)
}
