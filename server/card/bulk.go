package card

import (
	"context"
	"slices"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
	"trestle/server/who"
)

// MaxBulk is how many cards one bulk change may name.
const MaxBulk = 200

// Bulk is one change of many cards of one board. Exactly one of move, owners, labels, class, archive and undo says
// which. All of it happens or nothing.
type Bulk struct {
	CardIDs  []string         `json:"cardIds" minItems:"1" maxItems:"200" doc:"Ids, in the order in which the cards shall stand"`
	Versions map[string]int64 `json:"versions,omitempty" required:"false" doc:"Card id to version: refused as stale if what is to be changed was changed after it"`
	Move     *BulkMove        `json:"move,omitempty" required:"false"`
	Owners   *BulkList        `json:"owners,omitempty" required:"false" doc:"Ids of people"`
	Labels   *BulkList        `json:"labels,omitempty" required:"false"`
	Class    string           `json:"class,omitempty" required:"false" enum:"expedite,fixed_date,standard,intangible"`
	Archive  bool             `json:"archive,omitempty" required:"false"`
	Undo     []int64          `json:"undo,omitempty" required:"false" maxItems:"200" doc:"Sequences that a bulk change answered, one for each card: takes it back, unless somebody changed the same since"`
	Reason   string           `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded; kept with every card that exceeds it"`
	Return   *Return          `json:"returnReason,omitempty" required:"false" doc:"Why cards go back to an earlier column"`
	Why      string           `json:"why,omitempty" required:"false" maxLength:"500" doc:"Why the first places of the queue change, when they do"`
	board.Answers
}

// BulkMove is where the cards shall go: one after the other from a place in a column, or to its end.
type BulkMove struct {
	ColumnID string          `json:"columnId" maxLength:"64"`
	LaneID   web.Opt[string] `json:"laneId,omitzero" required:"false" doc:"absent keeps each card's lane, null leaves it"`
	Beside
}

// BulkList is what a list gains and loses.
type BulkList struct {
	Add    []string `json:"add,omitempty" required:"false" maxItems:"30"`
	Remove []string `json:"remove,omitempty" required:"false" maxItems:"30"`
}

func (b *BulkList) of(have []string) []string {
	out := slices.DeleteFunc(slices.Clone(have), func(s string) bool { return slices.Contains(b.Remove, s) })
	return unique(append(out, b.Add...))
}

// BulkItem is one card after a bulk change. A card that already was as wanted is not changed and has no event.
type BulkItem struct {
	Changed
	Done bool `json:"changed" doc:"False: it already was as wanted"`
}

// BulkAnswer is every card in the order in which they were named.
type BulkAnswer struct {
	Items []BulkItem `json:"items"`
	Seq   int64      `json:"seq" doc:"The board's sequence after the last of them"`
}

// check finds what is wrong with the request by itself.
func (b Bulk) check() error {
	if len(b.CardIDs) == 0 || len(b.CardIDs) > MaxBulk {
		return fault.Invalid("body.cardIds", "Name one to %d cards", MaxBulk)
	}
	if len(unique(b.CardIDs)) != len(b.CardIDs) {
		return fault.Invalid("body.cardIds", "A card is named twice")
	}
	verbs := 0
	for _, set := range []bool{b.Move != nil, b.Owners != nil, b.Labels != nil, b.Class != "", b.Archive, len(b.Undo) > 0} {
		if set {
			verbs++
		}
	}
	if verbs != 1 {
		return fault.Invalid("body", "Say exactly one of move, owners, labels, class, archive and undo")
	}
	if len(b.Undo) > 0 && len(b.Undo) != len(b.CardIDs) {
		return fault.Invalid("body.undo", "Name one sequence for each card")
	}
	if b.Move != nil {
		if slices.Contains(b.CardIDs, b.Move.AfterID) || slices.Contains(b.CardIDs, b.Move.BeforeID) {
			return fault.Invalid("body.move", "The cards cannot be placed beside one of themselves")
		}
		return b.Move.Beside.check("")
	}
	return nil
}

// fields names what the change touches of a card, for staleness.
func (b Bulk) fields() []string {
	switch {
	case b.Move != nil:
		return []string{"place", "archived"}
	case b.Owners != nil:
		return []string{"ownerIds"}
	case b.Labels != nil:
		return []string{"labels"}
	case b.Class != "":
		return []string{"class"}
	}
	return []string{"archived"}
}

// Bulk changes many cards in one transaction: each goes through the same admission as by itself, with the cards
// before it already counted where they stand now. The first one that is refused stops all of them and is named
// (cardId, cardKey); what asks for a reason asks once for all.
func (s *Service) Bulk(ctx context.Context, boardID string, b Bulk) (BulkAnswer, error) {
	if err := b.check(); err != nil {
		return BulkAnswer{}, err
	}
	topics, err := s.topicsOfMany(ctx, boardID, b.CardIDs)
	if err != nil {
		return BulkAnswer{}, err
	}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (BulkAnswer, error) {
		seen, err := s.boards.SeeTx(tx, who.From(ctx), boardID)
		if err != nil {
			return BulkAnswer{}, err
		}
		if !seen.Rights.CanWork() {
			return BulkAnswer{}, fault.Forbidden("Your role on this team may look, but not change cards.")
		}
		if err := seen.Open(); err != nil {
			return BulkAnswer{}, err
		}
		run := bulkRun{b: b, items: make([]BulkItem, len(b.CardIDs))}
		for n := range b.CardIDs {
			i := n
			if len(b.Undo) > 0 { // taken back the other way round, so that each finds the room that it left
				i = len(b.CardIDs) - 1 - n
			}
			c, err := loadCard(tx.Query, b.CardIDs[i])
			if err != nil {
				return BulkAnswer{}, err
			}
			if c == nil || c.BoardRID != seen.RID {
				return BulkAnswer{}, fault.NotFound("card of this board").With("cardId", b.CardIDs[i])
			}
			c.BoardID = boardID
			was := partOf(c)
			if err := run.one(&edit{tx: tx, l: seen.Layout, card: c, seen: seen, s: s}, i); err != nil {
				return BulkAnswer{}, named(err, c, len(b.CardIDs))
			}
			if err := s.tellParents(tx, was, partOf(c)); err != nil {
				return BulkAnswer{}, err
			}
		}
		if run.asked != nil {
			return BulkAnswer{}, run.asked
		}
		return BulkAnswer{Items: run.items, Seq: tx.Seq(event.BoardTopic(boardID))}, nil
	})
}

// topicsOfMany names what the change of these cards locks: their board, and the boards that mirror one of them.
func (s *Service) topicsOfMany(ctx context.Context, boardID string, cardIDs []string) ([]string, error) {
	topics := []string{event.BoardTopic(boardID)}
	for _, id := range cardIDs {
		at, err := locate(s.store.Rows(ctx), id)
		if err != nil {
			return nil, err
		}
		if at.boardID != boardID || !at.mirrored {
			continue
		}
		more, err := s.topicsOf(ctx, at)
		if err != nil {
			return nil, err
		}
		topics = append(topics, more...)
	}
	return unique(topics), nil
}

// named says which card stopped a bulk change.
func named(err error, c *Card, of int) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	g := f.With("cardId", c.ID).With("cardKey", c.Key)
	if of > 1 {
		g.Detail = c.Key + ": " + f.Detail + " None of the cards was changed."
	}
	return g
}

// bulkRun is a bulk change under way.
type bulkRun struct {
	b     Bulk
	items []BulkItem
	after string       // the card behind which the next one goes
	asked *fault.Fault // reasons that were missing; the rest is still looked at, so that it is asked once
}

// one changes one card.
func (r *bulkRun) one(e *edit, i int) error {
	if v, ok := r.b.Versions[e.card.ID]; ok {
		if stale := e.card.staleSince(&v, r.b.fields()...); stale != nil {
			return staleFault("Somebody else changed it in the meantime.", stale, FaceOf(e.card, e.l))
		}
	}
	before := e.card.Version
	out, err := r.do(e, i, r.b.Reason, r.b.Return)
	if fault.Is(err, "reason_required") {
		r.ask(err, e.card)
		// nothing of this is kept: it only shows what else would be asked, and what no reason helps against
		back := r.b.Return
		if back == nil {
			back = &Return{Category: "other"}
		}
		again, lerr := loadCard(e.tx.Query, e.card.ID)
		if lerr != nil {
			return lerr
		}
		again.BoardID = e.card.BoardID
		e.card = again
		if out, err = r.do(e, i, "asked", back); fault.Is(err, "reason_required") {
			r.ask(err, e.card)
			err = nil
		}
	}
	r.items[i] = BulkItem{Changed: out, Done: e.card.Version != before}
	return err
}

func (r *bulkRun) do(e *edit, i int, reason string, back *Return) (Changed, error) {
	b := r.b
	switch {
	case b.Move != nil:
		m := Move{ColumnID: b.Move.ColumnID, LaneID: b.Move.LaneID, Beside: b.Move.Beside, Reason: reason, Return: back, Why: b.Why, Answers: b.Answers}
		if r.after != "" {
			m.Beside = Beside{AfterID: r.after}
		}
		out, err := moving(m)(e)
		if err == nil && (b.Move.AfterID != "" || b.Move.BeforeID != "") {
			r.after = e.card.ID
		}
		return Changed{Card: out.Face, Seq: out.Seq}, err
	case b.Archive:
		return archiving()(e)
	case len(b.Undo) > 0:
		return takingBack(b.Undo[i])(e)
	}
	p := Patch{Reason: reason}
	if b.Owners != nil {
		owners := b.Owners.of(e.card.Face.OwnerIDs)
		p.OwnerIDs = &owners
	}
	if b.Labels != nil {
		labels := b.Labels.of(e.card.Labels)
		p.Labels = &labels
	}
	if b.Class != "" {
		p.Class = &b.Class
	}
	return changing(p)(e)
}

// ask adds what a card asks for to the one question.
func (r *bulkRun) ask(err error, c *Card) {
	f, ok := fault.As(err)
	if !ok {
		return
	}
	if r.asked == nil {
		r.asked = f.With("cardId", c.ID).With("cardKey", c.Key)
		return
	}
	needs, _ := r.asked.Extra["needs"].([]string)
	more, _ := f.Extra["needs"].([]string)
	for name, value := range f.Extra {
		if _, there := r.asked.Extra[name]; !there {
			r.asked = r.asked.With(name, value)
		}
	}
	r.asked = r.asked.With("needs", unique(append(slices.Clone(needs), more...)))
}
