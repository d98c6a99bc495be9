package standup

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const (
	maxWords  = 300
	maxPeople = 20
	maxOpen   = 100
)

// NewParked is something to be parked: words, a card, or both, and who stays for it.
type NewParked struct {
	Text      string   `json:"text,omitempty" required:"false" maxLength:"300"`
	CardID    string   `json:"cardId,omitempty" required:"false" maxLength:"64"`
	PersonIDs []string `json:"personIds,omitempty" required:"false" maxItems:"20"`
}

// Park puts something into the parking lot; also between meetings, for the next one.
func (s *Service) Park(ctx context.Context, id string, n NewParked) (View, error) {
	n.Text = strings.Join(strings.Fields(n.Text), " ")
	switch {
	case n.Text == "" && n.CardID == "":
		return View{}, fault.Invalid("body.text", "Say what is to be talked about, or name a card")
	case utf8.RuneCountInString(n.Text) > maxWords:
		return View{}, fault.Invalid("body.text", "What is parked has at most %d characters", maxWords)
	case len(n.PersonIDs) > maxPeople:
		return View{}, fault.Invalid("body.personIds", "At most %d people stay for one thing", maxPeople)
	}
	return s.on(ctx, id, toDrive, nil, func(w *sitting) (string, error) {
		p := &parked{ID: store.NewID("prk"), SeriesRID: w.r.RID, Text: n.Text, People: []string{}, By: w.tx.ActorID, At: store.Ms(w.tx.Now)}
		var err error
		if n.CardID != "" {
			if p.CardID, err = w.card(n.CardID); err != nil {
				return "", err
			}
		}
		if err := w.people("body.personIds", n.PersonIDs...); err != nil {
			return "", err
		}
		p.People = once(n.PersonIDs)
		open, err := countOpen(w.tx.Query, w.r.RID)
		if err != nil {
			return "", err
		}
		if open >= maxOpen {
			return "", fault.Conflict("too_many", "%d items wait in the parking lot. Settle some first.", open)
		}
		if w.m != nil {
			p.MeetingRID = &w.m.RID
		}
		return "standup.parked", insertParked(w.tx, p)
	})
}

// Settlement is how something parked ends.
type Settlement struct {
	Outcome  string `json:"outcome" enum:"done,card,meeting" doc:"card: it becomes one on the board; meeting: those concerned meet at a time of their own"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"Where the card goes; the first queue when absent"`
	Note     string `json:"note,omitempty" required:"false" maxLength:"2000"`
	Reason   string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Why a limit may be exceeded"`

	At        *time.Time `json:"at,omitempty" required:"false" doc:"Of a meeting: when"`
	Minutes   int        `json:"minutes,omitempty" required:"false" minimum:"0" maximum:"480" doc:"Of a meeting: how long, 30 when absent"`
	PersonIDs []string   `json:"personIds,omitempty" required:"false" maxItems:"20" doc:"Of a meeting: who is to come; they are told"`
	board.Answers
}

// Settle ends an item of the parking lot. One that becomes a card is admitted like every other: where a limit refuses it,
// nothing is settled.
func (s *Service) Settle(ctx context.Context, itemID string, n Settlement) (View, error) {
	n.Note = strings.TrimSpace(n.Note)
	if !slices.Contains([]string{AsDone, AsCard, AsMeeting}, n.Outcome) {
		return View{}, fault.Invalid("body.outcome", "It ends as done, as a card or as a meeting")
	}
	if utf8.RuneCountInString(n.Note) > 2000 {
		return View{}, fault.Invalid("body.note", "A note has at most 2000 characters")
	}
	return s.onItem(ctx, itemID, func(w *sitting, p *parked) (string, error) {
		if p.SettledAt != nil {
			return "", fault.Conflict("settled", "This was settled already.")
		}
		if n.Outcome == AsMeeting {
			if err := w.arrange(p, n); err != nil {
				return "", err
			}
		}
		if n.Outcome == AsCard {
			if err := w.board(); err != nil {
				return "", err
			}
			key, err := w.makeCard(p, n)
			if err != nil {
				return "", err
			}
			p.Key = key
		}
		now := store.Ms(w.tx.Now)
		p.Outcome, p.Note, p.SettledBy, p.SettledAt = n.Outcome, n.Note, w.tx.ActorID, &now
		if w.m != nil {
			p.SettledIn = &w.m.RID
		}
		return "standup.settled", saveParked(w.tx, p)
	})
}

// makeCard puts what was parked on the board, with where it comes from.
func (w *sitting) makeCard(p *parked, n Settlement) (key string, err error) {
	l := w.seen.Layout
	if n.ColumnID == "" {
		n.ColumnID = landing(l)
	}
	by, on := "", store.At(p.At).In(w.r.location()).Format(time.DateOnly)
	if _, err := w.tx.Row([]any{&by}, "SELECT name FROM people WHERE id = ?", p.By); err != nil {
		return "", err
	}
	c := card.NewCard{Title: p.Text, ColumnID: n.ColumnID, Reason: n.Reason, Answers: n.Answers,
		Description: fmt.Sprintf("Parked in %s on %s by %s.", w.r.Name, on, by)}
	if len(l.Lanes) > 0 { // at the top, where it is seen
		c.LaneID = l.Lanes[0].ID
	}
	if p.CardID != "" {
		var about, title string
		if _, err := w.tx.Row([]any{&about, &title}, "SELECT key, title FROM cards WHERE id = ?", p.CardID); err != nil {
			return "", err
		}
		if c.Title == "" {
			c.Title = "After the standup: " + title
		}
		c.Description += " About " + about + "."
	}
	if r := []rune(c.Title); len(r) > 300 {
		c.Title = string(r[:300])
	}
	if n.Note != "" {
		c.Description += "\n\n" + n.Note
	}
	made, err := w.s.cards.CreateIn(w.tx, w.seen, w.v, c)
	return made.Card.Key, err
}

// landing is where a card goes when nobody said: the last queue before work starts that is not for asks.
func landing(l *board.Layout) string {
	id := l.Columns[0].ID
	start, _ := l.Points()
	for _, c := range l.Columns {
		if c.Kind == board.Queue && !c.Asks && c.Position < start {
			id = c.ID
		}
	}
	return id
}

// Reopen puts a settled item back into the parking lot; a card that it became stays, a meeting is called off. What an
// earlier meeting made of it stands in the summary of that.
func (s *Service) Reopen(ctx context.Context, itemID string) (View, error) {
	return s.onItem(ctx, itemID, func(w *sitting, p *parked) (string, error) {
		if p.SettledAt == nil || p.ReopenedAt != nil {
			return "", nil
		}
		if err := w.callOff(p); err != nil {
			return "", err
		}
		if p.SettledIn != nil && (w.m == nil || *p.SettledIn != w.m.RID) {
			now := store.Ms(w.tx.Now)
			again := &parked{SeriesRID: p.SeriesRID, ID: store.NewID("prk"), Text: p.Text, CardID: p.CardID, People: p.People, By: p.By, At: p.At, Since: &now}
			if w.m != nil {
				again.MeetingRID = &w.m.RID
			}
			p.ReopenedAt = &now
			if err := saveParked(w.tx, p); err != nil {
				return "", err
			}
			return "standup.reopened", insertParked(w.tx, again)
		}
		p.Outcome, p.Key, p.Note, p.SettledBy, p.SettledAt, p.SettledIn = "", "", "", "", nil, nil
		p.MeetAt, p.MeetMinutes, p.MeetPeople = nil, 0, []string{}
		return "standup.reopened", saveParked(w.tx, p)
	})
}

// onItem is the corridor of a change of something parked, refused in the words for one that does not exist where its
// series may not be seen.
func (s *Service) onItem(ctx context.Context, itemID string, fn func(w *sitting, p *parked) (string, error)) (View, error) {
	q := s.store.Rows(ctx)
	var seriesID string
	_, err := q.Row([]any{&seriesID}, "SELECT s.id FROM standup_parked p JOIN standup_series s ON s.rid = p.series_rid WHERE p.id = ?", itemID)
	if err != nil {
		return View{}, err
	}
	if _, _, err := s.see(q, who.From(ctx), seriesID); err != nil {
		return View{}, asItem(err)
	}
	v, err := s.on(ctx, seriesID, toDrive, nil, func(w *sitting) (string, error) {
		items, err := readParked(w.tx.Query, "id = ?", itemID)
		if err != nil {
			return "", err
		}
		if len(items) != 1 {
			return "", fault.NotFound("item")
		}
		return fn(w, &items[0])
	})
	if fault.Is(err, "not_found") {
		err = asItem(err)
	}
	return v, err
}

func asItem(err error) error {
	if fault.Is(err, "not_found") {
		return fault.NotFound("item")
	}
	return err
}
