package ritual

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
)

// What becomes of a card in a demo; later is kept as nothing: it comes back.
const (
	Shown   = "shown"
	Skipped = "skipped"
	Later   = "later"
)

// Audiences to whom a result is shown, in their order.
var Audiences = []string{"operations", "security", "product"}

const (
	demoDays = 14 // how far back the first demo looks
	demoMost = 60
	maxNote  = 300
	excerpt  = 280
)

// DemoView is the sitting of a demo.
type DemoView struct {
	Since time.Time  `json:"since" doc:"Finished from then on, and not shown yet"`
	Cards []DemoCard `json:"cards" doc:"In their order; at counts them, and behind the last one the demo closes"`
}

// DemoCard is a finished card and what became of it.
type DemoCard struct {
	CardID     string         `json:"cardId"`
	Key        string         `json:"key"`
	Title      string         `json:"title"`
	Text       string         `json:"text,omitempty" doc:"How its description begins"`
	Type       string         `json:"type"`
	Discipline string         `json:"discipline" enum:"development,operations,security,product,quality,other"`
	FinishedAt *time.Time     `json:"finishedAt,omitempty" doc:"Absent when it was opened again"`
	Days       int            `json:"days,omitempty" doc:"Its cycle time"`
	Owners     []Named        `json:"owners"`
	Presenter  *Named         `json:"presenter,omitempty"`
	Outcome    string         `json:"outcome,omitempty" enum:"shown,skipped"`
	ShownAt    *time.Time     `json:"shownAt,omitempty"`
	Again      bool           `json:"again,omitempty" doc:"An earlier demo did not come to it"`
	Marks      []card.ShownTo `json:"marks"`
}

// demoSince is from when on what was finished is shown: two weeks before the first demo of the series.
func (c *change) demoSince() (int64, error) {
	first := store.Ms(c.tx.Now)
	var earliest *int64
	if _, err := c.tx.Row([]any{&earliest}, "SELECT MIN(started_at) FROM ritual_sittings WHERE series_rid = ?", c.r.RID); err != nil {
		return 0, err
	}
	if earliest != nil {
		first = *earliest
	}
	return store.Ms(c.seen.Calendar().Back(store.At(first), demoDays)), nil
}

// gather writes down the cards of a demo: what was finished and no demo of the series has shown or passed over, the
// oldest first, the newest of very many.
func (c *change) gather() error {
	var ids []string
	err := c.tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT c.id FROM cards c WHERE c.board_rid = ? AND c.archived_at IS NULL AND c.finished_at >= ? AND NOT EXISTS (SELECT 1 FROM ritual_cards k
		JOIN ritual_sittings m ON m.rid = k.sitting_rid WHERE k.card_id = c.id AND m.series_rid = ? AND k.outcome <> '')
		ORDER BY c.finished_at DESC, c.rid DESC LIMIT ?`, c.seen.RID, c.m.Facts.Since, c.r.RID, demoMost)
	slices.Reverse(ids)
	for n, id := range ids {
		if err == nil {
			_, err = c.tx.Exec("INSERT INTO ritual_cards (sitting_rid, n, card_id) VALUES (?,?,?)", c.m.RID, n, id)
		}
	}
	return err
}

// demoCard is a card of a demo as its rows have it.
type demoCard struct {
	DemoCard
	description       string
	started, finished *int64
	presenter         string
}

func demoCards(q *store.Query, m *sitting) (out []demoCard, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var d demoCard
		var shown *int64
		err := scan(&d.CardID, &d.Key, &d.Title, &d.description, &d.Type, &d.Discipline, &d.started, &d.finished, &d.presenter, &d.Outcome, &shown, &d.Again)
		d.FinishedAt, d.ShownAt = store.AtPtr(d.finished), store.AtPtr(shown)
		out = append(out, d)
		return err
	}, `SELECT c.id, c.key, c.title, c.description, c.type, c.discipline, c.started_at, c.finished_at, k.presenter_id, k.outcome, k.shown_at,
		EXISTS (SELECT 1 FROM ritual_cards o JOIN ritual_sittings s ON s.rid = o.sitting_rid WHERE o.card_id = k.card_id AND s.series_rid = ? AND s.rid < k.sitting_rid)
		FROM ritual_cards k JOIN cards c ON c.id = k.card_id WHERE k.sitting_rid = ? ORDER BY k.n`, m.SeriesRID, m.RID)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Marks, err = card.ShownOf(q, out[i].CardID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func demoOf(q *store.Query, l *board.Layout, m *sitting) (*DemoView, error) {
	cards, err := demoCards(q, m)
	if err != nil {
		return nil, err
	}
	v := &DemoView{Since: store.At(m.Facts.Since), Cards: []DemoCard{}}
	cal := l.Calendar()
	var ids []string
	for _, d := range cards {
		ids = append(ids, d.presenter)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return nil, err
	}
	for _, d := range cards {
		if d.started != nil && d.finished != nil {
			d.Days = cal.Days(store.At(*d.started), store.At(*d.finished))
		}
		if d.presenter != "" {
			d.Presenter = &Named{d.presenter, people[d.presenter].Name}
		}
		if words := []rune(card.Plain(d.description)); len(words) > excerpt {
			d.Text = strings.TrimSpace(string(words[:excerpt])) + "…"
		} else {
			d.Text = string(words)
		}
		if d.Owners, err = ownersOf(q, d.CardID); err != nil {
			return nil, err
		}
		v.Cards = append(v.Cards, d.DemoCard)
	}
	return v, nil
}

// Presenting says who presents a card; "" takes it back.
type Presenting struct {
	CardID   string `json:"cardId" maxLength:"64"`
	PersonID string `json:"personId" maxLength:"64"`
}

// Present names who presents a card of the demo.
func (s *Service) Present(ctx context.Context, id string, p Presenting) (View, error) {
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		was, err := c.inDemo(p.CardID)
		if err != nil {
			return "", nil, err
		}
		if p.PersonID != "" {
			if err := c.known("body.personId", p.PersonID); err != nil {
				return "", nil, err
			}
		}
		if was == p.PersonID {
			return "", nil, nil
		}
		_, err = c.tx.Exec("UPDATE ritual_cards SET presenter_id = ? WHERE sitting_rid = ? AND card_id = ?", p.PersonID, c.m.RID, p.CardID)
		return "ritual.presented", news{"cardId": p.CardID, "personId": p.PersonID}, err
	})
}

// inDemo gives who presents a card; not_found when the demo does not have it.
func (c *change) inDemo(cardID string) (presenter string, err error) {
	if err := c.sits(Demo); err != nil {
		return "", err
	}
	found, err := c.tx.Row([]any{&presenter}, "SELECT presenter_id FROM ritual_cards WHERE sitting_rid = ? AND card_id = ?", c.m.RID, cardID)
	if err == nil && !found {
		err = fault.NotFound("card")
	}
	return presenter, err
}

// Marking says that a card was shown to an audience, or takes that back.
type Marking struct {
	CardID   string `json:"cardId" maxLength:"64"`
	Audience string `json:"audience" enum:"operations,security,product"`
	Shown    bool   `json:"shown"`
	Note     string `json:"note,omitempty" required:"false" maxLength:"300" doc:"What they said to it"`
}

// Mark writes down to whom a card's result was shown, with who says so and when. It stands on the card from then on.
func (s *Service) Mark(ctx context.Context, id string, n Marking) (View, error) {
	n.Note = text.Line(n.Note)
	switch {
	case !slices.Contains(Audiences, n.Audience):
		return View{}, fault.Invalid("body.audience", "An audience is one of %s", strings.Join(Audiences, ", "))
	case utf8.RuneCountInString(n.Note) > maxNote:
		return View{}, fault.Invalid("body.note", "A note has at most %d characters", maxNote)
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		if _, err := c.inDemo(n.CardID); err != nil {
			return "", nil, err
		}
		var rid int64
		var note string
		there, err := c.tx.Row([]any{&rid, &note}, "SELECT rid, note FROM demo_marks WHERE card_id = ? AND audience = ? AND removed_at IS NULL", n.CardID, n.Audience)
		if err != nil || there == n.Shown && (!there || note == n.Note) {
			return "", nil, err
		}
		said := ""
		switch now := store.Ms(c.tx.Now); {
		case !n.Shown:
			said = "took back that it was shown to " + n.Audience
			_, err = c.tx.Exec("UPDATE demo_marks SET removed_at = ? WHERE rid = ?", now, rid)
		case there:
			_, err = c.tx.Exec("UPDATE demo_marks SET note = ? WHERE rid = ?", n.Note, rid)
		default:
			said = "showed it to " + n.Audience
			_, err = c.tx.Exec("INSERT INTO demo_marks (card_id, audience, sitting_rid, by_id, at, note) VALUES (?,?,?,?,?,?)",
				n.CardID, n.Audience, c.m.RID, c.tx.ActorID, now, n.Note)
		}
		if err != nil {
			return "", nil, err
		}
		in, err := s.cards.In(c.tx, c.v, n.CardID)
		if err != nil {
			return "", nil, err
		}
		return "ritual.marked", news{"cardId": n.CardID}, in.Show(said)
	})
}

func (d *telling) demo(q *store.Query) error {
	cards, err := demoCards(q, d.m)
	if err != nil {
		return err
	}
	var ids []string
	for _, x := range cards {
		ids = append(ids, x.presenter)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return err
	}
	var shown, later, skipped []string
	seen := map[string]int{}
	for _, x := range cards {
		line := "**" + x.Key + "** " + text.Quote(x.Title)
		switch x.Outcome {
		case Shown:
			if x.presenter != "" {
				line += ", by " + text.Quote(people[x.presenter].Name)
			}
			var to []string
			for _, a := range Audiences {
				if i := slices.IndexFunc(x.Marks, func(m card.ShownTo) bool { return m.Audience == a }); i >= 0 {
					seen[a]++
					if note := x.Marks[i].Note; note != "" {
						a += " (" + text.Quote(note) + ")"
					}
					to = append(to, a)
				}
			}
			if len(to) > 0 {
				line += " · shown to " + strings.Join(to, ", ")
			}
			shown = append(shown, line)
		case Skipped:
			skipped = append(skipped, line)
		default:
			later = append(later, line)
		}
	}
	d.put(false, "Shown", shown...)
	d.put(false, "Comes back next time", later...)
	d.put(false, "Not for a demo", skipped...)
	if len(shown)+len(skipped) == 0 {
		return nil
	}
	parts := []string{fmt.Sprintf("%d shown", len(shown))}
	for _, a := range Audiences {
		if seen[a] > 0 {
			parts = append(parts, fmt.Sprintf("%d to %s", seen[a], a))
		}
	}
	if len(later) > 0 {
		parts = append(parts, fmt.Sprintf("%d next time", len(later)))
	}
	d.brought = strings.Join(parts, ", ")
	return nil
}
