package seed

import (
	"fmt"
	"time"

	"trestle/server/card"
	"trestle/server/retro"
)

// sitting is a retro of the story: who wrote what, what they decided.
type sitting struct {
	left     int // days before the end
	title    string
	template string
	notes    []written
	together []int // notes that are about the same, by number
	about    string
	said     string
	actions  []decided
}

type written struct{ by, column, text string }

type decided struct {
	title, owner, signal string
	days                 int
	doneAfter            int // days; 0 = still open
}

// sittings are the retros of Payments, with Bo from operations and Dara from security among them.
var sittings = []sitting{
	{left: 29, title: "Working with ops", template: "ops_integration",
		notes: []written{
			{"bo", "surprised", "The settlement file doubled in size, and the first I heard of it was the disk alert"},
			{"yuki", "waited", "Two days for a port between the ledger and the payout job"},
			{"omar", "together", "Bo at the refinement of webhooks: we threw half of it away, and were right to"},
			{"dara", "self_service", "Every new provider key is a ticket to me"},
		},
		together: []int{0}, about: "Settlement grows, and nobody says so", said: "Size and load belong on the card before it is pulled.",
		actions: []decided{{"Say the expected load on every card that touches settlement", "yuki", "No disk alert from settlement for four weeks", 21, 0}}},
	{left: 15, title: "Refunds, two weeks on", template: "flow",
		notes: []written{
			{"yuki", "wait", "Refunds stood in Review for a week because both reviewers were on call"},
			{"kai", "wait", "Review is full whenever somebody is on call"},
			{"omar", "restart", "The ledger export was done twice: the first time nobody had asked finance"},
			{"bo", "wait", "Approval for the payout change took three days and told us nothing"},
			{"dara", "limit", "Build at five is two too many when four people are here"},
			{"kai", "experiment", "Review in pairs for two weeks, first thing in the morning"},
			{"yuki", "experiment", "One card less in Build until the sale"},
		},
		together: []int{0, 1}, about: "Review waits for whoever is on call", said: "Nobody on call reviews alone. The morning belongs to Review.",
		actions: []decided{
			{"Review in pairs, first thing in the morning", "kai", "No card stands in Review for more than two days", 14, 6},
			{"Make the payout change a standard change", "bo", "The next three go out without an approval", 21, 0},
			{"Ask finance before the ledger's format changes", "omar", "No export is done twice this quarter", 28, 0},
		}},
}

// retros tells the team's retros on their days.
func (t *table) retros(left int) error {
	if t.crew.key != "PAY" {
		return nil
	}
	for len(t.sat) < len(sittings) && left <= sittings[len(t.sat)].left {
		if err := t.sit(sittings[len(t.sat)]); err != nil {
			return fmt.Errorf("retro: %w", err)
		}
	}
	for len(t.due) > 0 && left <= t.due[0].after {
		d := t.due[0]
		t.due = t.due[1:]
		if _, err := t.s.rooms.Cards.Move(t.as(d.owner), d.card, card.Move{ColumnID: t.l.FinishColumnID}); err != nil {
			return err
		}
	}
	return nil
}

// promised is a retro's action that will be done.
type promised struct {
	card, owner string
	after       int // days before the end
}

func (t *table) sit(of sitting) error {
	r := t.s.rooms.Retros
	lead := t.as(t.crew.lead)
	v, err := r.Create(lead, retro.NewRetro{BoardID: t.l.ID, TemplateKey: of.template, Title: of.title})
	if err != nil {
		return err
	}
	id := v.Retro.ID
	t.sat = append(t.sat, id)
	to := func(phase string) (err error) {
		for v.Retro.Phase != phase && err == nil {
			v, err = r.Turn(lead, id, v.Retro.Phase, v.Retro.Next)
		}
		return err
	}
	for _, c := range v.Carried {
		if c.State == "open" {
			if _, err := r.SettleCarried(lead, id, c.ID, retro.Settle{Outcome: retro.Kept, Why: "Half of the cards say it now"}); err != nil {
				return err
			}
		}
	}
	there := map[string]bool{t.crew.lead: true}
	if err := to(retro.Write); err != nil {
		return err
	}
	for _, n := range of.notes {
		if !there[n.by] {
			if _, err := r.Join(t.as(n.by), id); err != nil {
				return err
			}
			there[n.by] = true
		}
		if _, err := r.AddNote(t.as(n.by), id, n.column, n.text); err != nil {
			return err
		}
	}
	if err := to(retro.Group); err != nil {
		return err
	}
	if err := t.together(id, v, of); err != nil {
		return err
	}
	if err := to(retro.Vote); err != nil {
		return err
	}
	if err := t.vote(id, v, of, there); err != nil {
		return err
	}
	if err := to(retro.Discuss); err != nil {
		return err
	}
	for _, g := range v.Groups {
		if g.Title == of.about {
			if v, err = r.ChangeGroup(lead, g.ID, retro.GroupPatch{Said: &of.said}); err != nil {
				return err
			}
		}
	}
	if err := to(retro.Commit); err != nil {
		return err
	}
	for _, d := range of.actions {
		now := t.s.clock.Now()
		a := retro.NewAction{Title: d.title, OwnerID: t.s.people[d.owner].PersonID, DueOn: now.AddDate(0, 0, d.days).Format(time.DateOnly), Signal: d.signal, Reason: "Decided in the retro"}
		if v, err = r.AddAction(lead, id, a); err != nil {
			return err
		}
		if d.doneAfter > 0 {
			t.due = append(t.due, promised{v.Actions[len(v.Actions)-1].CardID, d.owner, of.left - d.doneAfter})
		}
	}
	if err := to(retro.Close); err != nil {
		return err
	}
	rating := 5
	for _, nick := range t.people {
		if !there[nick] {
			continue
		}
		if _, err := r.Rate(t.as(nick), id, retro.Rating{Roti: rating, Safety: 5}); err != nil {
			return err
		}
		rating = 4
	}
	return to(retro.Published)
}

// together makes one group of the notes that are about the same.
func (t *table) together(id string, v retro.View, of sitting) error {
	if len(of.together) == 0 {
		return nil
	}
	g := retro.NewGroup{Title: of.about}
	for _, i := range of.together {
		for _, n := range v.Notes {
			if n.Text == of.notes[i].text {
				g.NoteIDs = append(g.NoteIDs, n.ID)
			}
		}
	}
	_, err := t.s.rooms.Retros.GroupNotes(t.as(t.crew.lead), id, g)
	return err
}

// vote gives two votes of everybody to what was talked about, and one to another group.
func (t *table) vote(id string, v retro.View, of sitting, there map[string]bool) error {
	other := ""
	for _, n := range v.Notes {
		if n.Text == of.notes[len(of.notes)-1].text {
			other = n.GroupID
		}
	}
	for _, nick := range t.people {
		if !there[nick] {
			continue
		}
		for _, g := range v.Groups {
			n := 0
			switch {
			case g.Title == of.about:
				n = 2
			case g.ID == other:
				n = 1
			}
			if n > 0 {
				if _, err := t.s.rooms.Retros.CastVotes(t.as(nick), id, g.ID, n); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
