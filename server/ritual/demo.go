package ritual

import (
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
)

// What becomes of a card in a demo. What is later comes back, as does what nobody came to.
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
	Outcome    string         `json:"outcome,omitempty" enum:"shown,later,skipped"`
	ShownAt    *time.Time     `json:"shownAt,omitempty"`
	Again      bool           `json:"again,omitempty" doc:"An earlier demo did not come to it"`
	Marks      []card.ShownTo `json:"marks"`
	Notes      []Note         `json:"notes" doc:"What was said of it in this sitting; each is a comment on the card"`
}

// demoSince is from when on what was finished is shown: two weeks before the first demo of the series.
func demoSince(q *store.Query, r *series, cal board.Calendar, now time.Time) (int64, error) {
	first := store.Ms(now)
	var earliest *int64
	if _, err := q.Row([]any{&earliest}, "SELECT MIN(started_at) FROM ritual_sittings WHERE series_rid = ?", r.RID); err != nil {
		return 0, err
	}
	if earliest != nil {
		first = *earliest
	}
	return store.Ms(cal.Back(store.At(first), demoDays)), nil
}

// demoCard is a card of a demo as its rows have it.
type demoCard struct {
	DemoCard
	description       string
	started, finished *int64
	presenter         string
}

// demoCards are the cards of a series' demos, by sitting.
func demoCards(q *store.Query, seriesRID int64, sittings ...int64) (map[int64][]demoCard, error) {
	out, notes := map[int64][]demoCard{}, map[int64]map[string][]Note{}
	var ids []string
	err := store.InParts(sittings, func(marks string, args []any) error {
		if err := notesIn(q, notes, marks, args); err != nil {
			return err
		}
		return q.Each(func(scan func(...any) error) error {
			var d demoCard
			var rid int64
			var shown *int64
			err := scan(&rid, &d.CardID, &d.Key, &d.Title, &d.description, &d.Type, &d.Discipline, &d.started, &d.finished, &d.presenter, &d.Outcome, &shown, &d.Again)
			d.FinishedAt, d.ShownAt = store.AtPtr(d.finished), store.AtPtr(shown)
			out[rid], ids = append(out[rid], d), append(ids, d.CardID)
			return err
		}, `SELECT k.sitting_rid, c.id, c.key, c.title, c.description, c.type, c.discipline, c.started_at, c.finished_at, k.presenter_id, k.outcome, k.shown_at,
			EXISTS (SELECT 1 FROM ritual_cards o JOIN ritual_sittings s ON s.rid = o.sitting_rid WHERE o.card_id = k.card_id AND s.series_rid = ? AND s.rid < k.sitting_rid)
			FROM ritual_cards k JOIN cards c ON c.id = k.card_id WHERE k.sitting_rid IN (`+marks+`) ORDER BY k.n`, append([]any{seriesRID}, args...)...)
	})
	if err != nil {
		return nil, err
	}
	shown, err := card.ShownOf(q, ids...)
	for rid, cards := range out {
		for i, d := range cards {
			if cards[i].Marks, cards[i].Notes = shown[d.CardID], notes[rid][d.CardID]; cards[i].Notes == nil {
				cards[i].Notes = []Note{}
			}
		}
	}
	return out, err
}

func demoOf(q *store.Query, l *board.Layout, m *sitting) (*DemoView, error) {
	all, err := demoCards(q, m.SeriesRID, m.RID)
	if err != nil {
		return nil, err
	}
	cards := all[m.RID]
	v := &DemoView{Since: store.At(m.Facts.Since), Cards: []DemoCard{}}
	cal := l.Calendar()
	var ids, presenters []string
	for _, d := range cards {
		ids, presenters = append(ids, d.CardID), append(presenters, d.presenter)
	}
	people, err := account.PeopleByID(q, presenters)
	if err != nil {
		return nil, err
	}
	owners, err := ownersOf(q, ids)
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
		d.Owners = owners[d.CardID]
		v.Cards = append(v.Cards, d.DemoCard)
	}
	return v, nil
}
