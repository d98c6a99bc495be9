package ritual

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// What somebody says to a candidate.
const (
	Yes    = "yes"
	NotYet = "not_yet"
)

const (
	maxBecause = 300
	maxPlaced  = 50 // cards that are told what was said
)

// queueFacts are the queue from which work is pulled, and the room behind it, at a moment.
type queueFacts struct {
	QueueID string   `json:"queueId"`
	Queue   string   `json:"queue"`
	Slots   []Slot   `json:"slots"`
	Order   []Placed `json:"order"`
}

// Slot is a column of work behind the queue, and how much room its limit leaves.
type Slot struct {
	ColumnID string `json:"columnId"`
	Column   string `json:"column"`
	Count    int    `json:"count"`
	Max      *int   `json:"max,omitempty"`
}

// Placed is a card of the queue, in its order.
type Placed struct {
	CardID string `json:"cardId"`
	Key    string `json:"key"`
	Title  string `json:"title"`
	Mirror bool   `json:"mirror,omitempty"`
	Now    bool   `json:"now,omitempty"` // placed in the sitting
}

func queueOf(q *store.Query, l *board.Layout, now time.Time) (*queueFacts, error) {
	f := &queueFacts{Slots: []Slot{}, Order: []Placed{}}
	from := l.PullQueue()
	if from == nil {
		return f, nil
	}
	f.QueueID, f.Queue = from.ID, from.Name
	st, err := card.StandingOf(q, l, now)
	if err != nil {
		return nil, err
	}
	for _, g := range st.Glance.Columns {
		if c := l.Column(g.ID); c != nil && c.Kind == board.Active && c.Position > from.Position {
			f.Slots = append(f.Slots, Slot{g.ID, g.Name, g.Count, g.Max})
		}
	}
	err = q.Each(func(scan func(...any) error) error {
		var p Placed
		err := scan(&p.CardID, &p.Key, &p.Title, &p.Mirror)
		f.Order = append(f.Order, p)
		return err
	}, "SELECT c.id, c.key, c.title, p.mirror FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.column_rid = ? AND p.archived = FALSE ORDER BY p.pos, c.id", from.RID)
	return f, err
}

// Word is what somebody says to a candidate, named.
type Word struct {
	CardID     string `json:"cardId"`
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	Discipline string `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Says       string `json:"says" enum:"yes,not_yet"`
	Because    string `json:"because,omitempty" doc:"What is missing, of a not yet"`
}

// ReplenishmentView is the sitting of a replenishment. The queue itself, its order and its limits are the board's.
type ReplenishmentView struct {
	QueueID string `json:"queueId,omitempty" doc:"From which work is pulled; absent when the board has none"`
	Words   []Word `json:"words"`
}

// wordsIn is what was said in sittings, by sitting; each that was asked for is there.
func wordsIn(q *store.Query, sittings ...int64) (map[int64][]Word, error) {
	out := map[int64][]Word{}
	for _, rid := range sittings {
		out[rid] = []Word{}
	}
	var ids []string
	err := store.InParts(sittings, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var w Word
			var rid int64
			err := scan(&rid, &w.CardID, &w.PersonID, &w.Says, &w.Because)
			out[rid], ids = append(out[rid], w), append(ids, w.PersonID)
			return err
		}, "SELECT sitting_rid, card_id, person_id, says, because FROM ritual_words WHERE sitting_rid IN ("+marks+") ORDER BY card_id, at, person_id", args...)
	})
	if err != nil {
		return nil, err
	}
	people, err := account.PeopleByID(q, ids)
	for _, words := range out {
		for i, w := range words {
			words[i].Name, words[i].Discipline = people[w.PersonID].Name, people[w.PersonID].Discipline
		}
	}
	return out, err
}

// Saying is what one says to a candidate; "" takes it back.
type Saying struct {
	CardID  string `json:"cardId" maxLength:"64"`
	Says    string `json:"says" enum:"yes,not_yet,"`
	Because string `json:"because,omitempty" required:"false" maxLength:"300" doc:"What is missing; a not yet has one"`
}

// Say is for everybody who takes part, of whatever discipline: whether a candidate may be taken up.
func (s *Service) Say(ctx context.Context, id string, n Saying) (View, error) {
	n.Because = text.Line(n.Because)
	switch {
	case n.Says != "" && n.Says != Yes && n.Says != NotYet:
		return View{}, fault.Invalid("body.says", "One says yes or not_yet, or nothing")
	case n.Says == NotYet && n.Because == "":
		return View{}, fault.Invalid("body.because", "Say what is missing")
	case utf8.RuneCountInString(n.Because) > maxBecause:
		return View{}, fault.Invalid("body.because", "A reason has at most %d characters", maxBecause)
	case n.Says != NotYet:
		n.Because = ""
	}
	return s.on(ctx, id, toJoin, func(c *change) (string, news, error) {
		if err := c.sits(Replenishment); err != nil {
			return "", nil, err
		}
		cardID, err := card.On(c.tx.Query, c.seen.RID, n.CardID)
		if err != nil {
			return "", nil, err
		}
		if cardID == "" {
			return "", nil, fault.NotFound("card")
		}
		var says, because string
		if _, err := c.tx.Row([]any{&says, &because}, "SELECT says, because FROM ritual_words WHERE sitting_rid = ? AND card_id = ? AND person_id = ?",
			c.m.RID, cardID, c.v.PersonID); err != nil || (says == n.Says && because == n.Because) {
			return "", nil, err
		}
		if n.Says == "" {
			_, err = c.tx.Exec("DELETE FROM ritual_words WHERE sitting_rid = ? AND card_id = ? AND person_id = ?", c.m.RID, cardID, c.v.PersonID)
		} else {
			_, err = c.tx.Exec(`INSERT INTO ritual_words (sitting_rid, card_id, person_id, says, because, at) VALUES (?,?,?,?,?,?)
				ON CONFLICT (sitting_rid, card_id, person_id) DO UPDATE SET says = excluded.says, because = excluded.because`,
				c.m.RID, cardID, c.v.PersonID, n.Says, n.Because, store.Ms(c.tx.Now))
		}
		return "ritual.said", news{"cardId": cardID, "personId": c.v.PersonID}, err
	})
}

// commit is the end of a replenishment: the order stays as it is, is written down, and the cards that were placed or
// are not ready yet are told so by a comment. The write holds the board's topic.
func (c *change) commit() error {
	f, err := queueOf(c.tx.Query, c.seen.Layout, c.tx.Now)
	if err != nil {
		return err
	}
	placed, err := c.placed(f.QueueID)
	if err != nil {
		return err
	}
	said, err := wordsIn(c.tx.Query, c.m.RID)
	if err != nil {
		return err
	}
	words := said[c.m.RID]
	for i := range f.Order {
		f.Order[i].Now = slices.Contains(placed, f.Order[i].CardID)
	}
	c.m.Facts.Queue = f
	told := 0
	for i, p := range f.Order {
		said := saidOf(words, p.CardID)
		if p.Mirror || told == maxPlaced || (!p.Now && !strings.Contains(said, notYetWords)) {
			continue
		}
		told++
		line := fmt.Sprintf("**Replenishment, %s**: place %d of %s.", c.tx.Now.In(c.r.location()).Format("2 January 2006"), i+1, text.Quote(f.Queue))
		if said != "" {
			line += " " + said
		}
		in, err := c.s.cards.In(c.tx, c.v, p.CardID)
		if err != nil {
			return err
		}
		if _, err := in.Say(line); err != nil {
			return err
		}
	}
	return nil
}

const notYetWords = "Not yet: "

// saidOf is who said what to a candidate: "Yes: Ana, Bo. Not yet: Dara (no threat model)."
func saidOf(words []Word, cardID string) string {
	var yes, no []string
	for _, w := range words {
		switch {
		case w.CardID != cardID:
		case w.Says == Yes:
			yes = append(yes, text.Quote(w.Name))
		default:
			no = append(no, text.Quote(w.Name)+" ("+text.Quote(w.Because)+")")
		}
	}
	var parts []string
	if len(yes) > 0 {
		parts = append(parts, "Yes: "+strings.Join(yes, ", ")+".")
	}
	if len(no) > 0 {
		parts = append(parts, notYetWords+strings.Join(no, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// placed are the cards that came into the queue or changed their place in it during the sitting, by the board's record.
func (c *change) placed(queueID string) (out []string, err error) {
	const most = 10 // pages
	since := c.m.SeqFrom
	for range most {
		page, err := store.EventsIn(c.tx.Query, event.BoardTopic(c.r.BoardID), since, 500)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			since = e.Seq
			var x struct{ Card struct{ ID, ColumnID string } }
			if e.Type != "card.moved" && e.Type != "card.created" || json.Unmarshal(e.Data, &x) != nil {
				continue
			}
			if x.Card.ColumnID == queueID && !slices.Contains(out, x.Card.ID) {
				out = append(out, x.Card.ID)
			}
		}
		if len(page) < 500 {
			break
		}
	}
	return out, nil
}
