package seed

import (
	"time"

	"trestle/server/ask"
)

// wish is what somebody of another team wants of Search.
type wish struct {
	by, title, why string
}

var wishes = []wish{
	{"ana", "Show gift vouchers among the results", "People search for them by name and find nothing."},
	{"omar", "Leave blocked payment methods out of the filters", "They choose one, and pay with another."},
	{"chidi", "Tell us a day before the nightly reindex grows", "It filled the disk of the message bus twice."},
	{"ana", "Give delivery slots a filter of their own", ""},
	{"lena", "Say why a search found nothing", "Support is asked this every day."},
	{"goro", "Keep the basket when somebody searches again", ""},
	{"omar", "An alert when search needs longer than a second", "Payments are broken off then."},
	{"kai", "Give the crawler a node of its own", "It starves the build cluster at night."},
	{"fay", "Find saved cards by their last four digits", ""},
	{"hana", "Search in the help pages too", "Half of what people ask is answered there."},
	{"ana", "Sort refunds by the day they were asked for", ""},
	{"dara", "No customer names in the search logs", "They are kept for a year and everybody may read them."},
	{"yuki", "Settlement files in the internal search", ""},
	{"chidi", "Ship your logs over the new pipeline", "The old one is switched off at the end of the quarter."},
	{"goro", "Test data with orders of ten thousand lines", "The list is slow, and we cannot see where."},
}

// waits is what still stands in the queue this morning.
var waits = []wish{
	{"goro", "Show us how the ranking model sees a basket", "We would like to put what goes together side by side."},
	{"ana", "Rotate the key of the basket search", "It is the last old one."},
	{"kai", "A synonym list for product codes", ""},
}

// asks lets others want something of Search every other day, and Vera answer the morning after.
func (t *table) asks(morning time.Time) error {
	if t.crew.key != "SRC" {
		return nil
	}
	for _, id := range t.raised {
		if err := t.accept(id); err != nil {
			return err
		}
	}
	t.raised = nil
	if morning.Weekday()%2 == 0 || t.wished == len(wishes) {
		return nil
	}
	w := wishes[t.wished]
	t.wished++
	a, err := t.s.rooms.Asks.Raise(t.as(w.by), t.l.TeamID, ask.NewAsk{Title: w.title, Description: w.why})
	t.raised = append(t.raised, a.ID)
	return err
}

// accept takes an ask on; from then on it is work like any other.
func (t *table) accept(id string) error {
	a, err := t.s.rooms.Asks.Accept(t.as(t.crew.lead), id)
	if err != nil {
		return err
	}
	t.cards = append(t.cards, &piece{id: a.CardKey, title: a.Title, column: ready, left: t.work(ready), discipline: "development"})
	return nil
}

// waiting is the queue of this morning: one with times to sit together, one that is asked back about, one that is new.
func (t *table) waiting() error {
	if t.crew.key != "SRC" {
		return nil
	}
	for i, w := range waits {
		t.s.clock.Set(t.s.now.Add(time.Duration(10*i-200) * time.Minute))
		n := ask.NewAsk{Title: w.title, Description: w.why}
		if i == 0 {
			day := t.s.now.Truncate(24*time.Hour).AddDate(0, 0, 2)
			n.Times, n.NeededBy = []time.Time{day.Add(10 * time.Hour), day.Add(38 * time.Hour)}, day.AddDate(0, 0, 12).Format(time.DateOnly)
		}
		a, err := t.s.rooms.Asks.Raise(t.as(w.by), t.l.TeamID, n)
		if err != nil {
			return err
		}
		if i == 1 {
			t.s.clock.Set(t.s.now.Add(-150 * time.Minute))
			if _, err := t.s.rooms.Asks.Question(t.as("rui"), a.ID, "Which one is the last? We see two that nobody has used since June."); err != nil {
				return err
			}
		}
	}
	return nil
}
