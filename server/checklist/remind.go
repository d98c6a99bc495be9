package checklist

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
)

// Reminded is whom a reminder has told.
type Reminded struct {
	Told    []account.Person `json:"told" doc:"Those who were told now what waits for them"`
	Already []account.Person `json:"already" doc:"Those for whom something waits too, and who were told today before"`
	Nobody  int              `json:"nobody" doc:"How many items block of which nobody is known to act"`
}

// whyWords say what an item that blocks waits for.
var whyWords = map[string]string{ToAnswer: "to answer", ToUnderstand: "to understand", PushedBack: "pushed back", ToConfirm: "to confirm", GapOver: "the gap is over", Stale: "the evidence ran out"}

// mostLines is how many items a reminder names.
const mostLines = 5

// Remind tells everybody for whom a blocking item waits what it is, each once a day: who explained it, who has to confirm it,
// who accepted the gap, the team's liaisons and who stands in for them where it is to be understood, and the card's owners
// where nobody has answered. For those who work in the team, and its liaisons.
func (s *Service) Remind(ctx context.Context, id string) (Reminded, error) {
	return on(ctx, s, id, toSee, func(c *change) (Reminded, error) {
		out := Reminded{Told: []account.Person{}, Already: []account.Person{}}
		if !c.answers() && c.discipline == "" {
			return out, fault.Forbidden("Only somebody who works in this team, or is its liaison, reminds others of its checklists.")
		}
		if err := c.open(); err != nil {
			return out, err
		}
		waits, order, err := c.waits(&out)
		if err != nil || len(order) == 0 {
			return out, err
		}
		people, err := account.PeopleByID(c.tx.Query, order)
		if err != nil {
			return out, err
		}
		told, err := c.toldToday()
		if err != nil {
			return out, err
		}
		for _, id := range order {
			if p := people[id]; !p.Active {
				continue
			} else if told[id] {
				out.Already = append(out.Already, p)
			} else {
				out.Told = append(out.Told, p)
				if err := c.remind(id, waits[id]); err != nil {
					return out, err
				}
			}
		}
		if len(out.Told) == 0 {
			return out, nil
		}
		_, err = c.tell("checklist.reminded", "")
		return out, err
	})
}

// waits gives by person what waits for them, but for whoever asks, and the people in the order of the items.
func (c *change) waits(out *Reminded) (map[string][]waiting, []string, error) {
	waits, order := map[string][]waiting{}, []string{}
	liaisons := map[string][]string{}
	for _, teamID := range c.teams() {
		var err error
		if liaisons[teamID], err = c.s.Liaising(c.tx.Query, c.tx.Now, teamID); err != nil {
			return nil, nil, err
		}
	}
	owners, err := c.owners(c.tx.Query)
	if err != nil {
		return nil, nil, err
	}
	hidden, seeing := c.Visibility != board.Workspace, []string{}
	if hidden { // who understands for another team's service may not see this one
		if seeing, err = team.People(c.tx.Query, c.TeamID, team.Viewer); err != nil {
			return nil, nil, err
		}
		seeing = slices.Concat(seeing, liaisons[c.TeamID], owners)
	}
	for _, l := range c.b.looks(c.list) {
		if l.blocks == "" {
			continue
		}
		known := false
		for _, w := range l.waiting(c.TeamID) {
			for _, id := range w.actors(liaisons, owners) {
				if hidden && !slices.Contains(seeing, id) {
					continue
				}
				known = known || id != ""
				if id == "" || id == c.v.PersonID || slices.ContainsFunc(waits[id], func(x waiting) bool { return x.it == w.it && x.service == w.service }) {
					continue
				}
				if len(waits[id]) == 0 {
					order = append(order, id)
				}
				waits[id] = append(waits[id], w)
			}
		}
		if !known {
			out.Nobody++
		}
	}
	return waits, order, nil
}

// teams are the checklist's own and those of its services.
func (c *change) teams() []string {
	out := []string{c.TeamID}
	for _, in := range c.services {
		if !slices.Contains(out, in.teamID) {
			out = append(out, in.teamID)
		}
	}
	return out
}

// waiting is something that an item which blocks lacks: of its own answer, or of what one service answers.
type waiting struct {
	it              *TemplateItem
	a               *answer
	why             string
	service, teamID string // service is its name, "" for an own answer; teamID is whose liaisons understand it
	stamp           bool   // the service's answer counts, and nobody has said that it is true here
}

// waiting are all such of an item.
func (l look) waiting(teamID string) (out []waiting) {
	if !l.inherits {
		return []waiting{{it: l.it, a: l.own, why: l.why, teamID: teamID}}
	}
	for _, s := range l.services {
		if s.why != "" {
			out = append(out, waiting{l.it, s.answer, s.why, s.name, s.teamID, s.toStamp()})
		}
	}
	return out
}

// actors are the people who can do something about it.
func (w waiting) actors(liaisons map[string][]string, owners []string) []string {
	a := w.a
	switch {
	case w.why == ToUnderstand:
		return liaisons[w.teamID]
	case w.stamp || a == nil:
		return owners
	case w.why == ToConfirm:
		return []string{a.ConfirmBy}
	case w.why == GapOver && a.Gap != nil:
		return []string{a.Gap.By}
	case a.whose(a.ExplainedBy) != "":
		return []string{a.whose(a.ExplainedBy)}
	}
	return owners
}

// words are "O4: the question (payments-core: to answer)".
func (w waiting) words() string {
	what := whyWords[w.why]
	if w.stamp {
		what = "still true for this?"
	}
	if w.service != "" {
		what = w.service + ": " + what
	}
	return fmt.Sprintf("%s: %s (%s)", w.it.Key, w.it.Question, what)
}

// owners are who owns the checklist's card now; where nobody does, who began the checklist.
func (k *list) owners(q *store.Query) (out []string, err error) {
	if k.CardRID != nil {
		err = q.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			out = append(out, id)
			return err
		}, "SELECT p.id FROM assignments a JOIN people p ON p.rid = a.person_rid WHERE a.card_rid = ? AND a.to_at IS NULL ORDER BY a.rid", *k.CardRID)
	}
	if err == nil && len(out) == 0 && k.CreatedBy != "" {
		out = []string{k.CreatedBy}
	}
	return out, err
}

// toldToday are who was reminded of this checklist since the day began where the team is.
func (c *change) toldToday() (map[string]bool, error) {
	told := map[string]bool{}
	return told, c.tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		told[id] = true
		return err
	}, "SELECT person_id FROM checklist_reminders WHERE checklist_rid = ? AND day = ?", c.RID, c.today(c.tx.Now))
}

func (c *change) remind(personID string, waits []waiting) error {
	var lines []string
	for i, w := range waits {
		if i == mostLines {
			lines = append(lines, fmt.Sprintf("and %d more", len(waits)-i))
			break
		}
		lines = append(lines, w.words())
	}
	if _, err := c.tx.Exec("INSERT INTO checklist_reminders (checklist_rid, person_id, day, at, by_id) VALUES (?,?,?,?,?)", c.RID, personID, c.today(c.tx.Now), store.Ms(c.tx.Now), c.v.PersonID); err != nil {
		return err
	}
	return notice.Post(c.tx, notice.Note{Kind: "checklist.reminded", To: []string{personID}, BoardID: c.BoardID, CardID: c.CardID, CardKey: c.CardKey,
		Title: fmt.Sprintf("%s asks: %s waits for you", c.v.Name, c.subject()), Text: strings.Join(lines, "\n"), Link: "/checklists/" + c.ID + "?item=" + waits[0].it.Key})
}
