package checklist

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
)

// NewAnswer is what somebody answers to an item.
type NewAnswer struct {
	Text        string     `json:"text" maxLength:"20000"`
	Evidence    []NewProof `json:"evidence,omitempty" required:"false" maxItems:"20"`
	ExplainedBy string     `json:"explainedBy,omitempty" required:"false" maxLength:"64" doc:"Who explains it when it is not who types: somebody of the team, who then confirms"`
	Understood  bool       `json:"understood,omitempty" required:"false" doc:"Who types has understood it while listening; it counts once it is confirmed"`
	Without     string     `json:"without,omitempty" required:"false" maxLength:"2000" doc:"Why it is understood so, where the evidence is missing that is asked for"`
	Base        int64      `json:"base" minimum:"0" doc:"The rev that is answered over, 0 for the first answer; refused as answer_changed when there is a newer one"`
}

const maxText = 10000

// people reads a person who can explain something here: somebody who works in the team.
func (c *change) explainer(id string) error {
	if id == c.v.PersonID {
		return nil
	}
	there, err := team.People(c.tx.Query, c.TeamID, team.Worker)
	if err != nil {
		return err
	}
	for _, p := range there {
		if p == id {
			return nil
		}
	}
	return fault.Invalid("body.explainedBy", "Choose somebody who works in this team")
}

// stale refuses what was said of another rev than the answer has now.
func (c *change) stale(rev int64) error {
	if rev == c.a.Rev {
		return nil
	}
	now, err := c.now()
	if err != nil {
		return err
	}
	return fault.Conflict("answer_changed", "Somebody has answered this in the meantime.").With("current", now)
}

// now is the item as it stands.
func (c *change) now() (Item, error) {
	if err := c.b.fill(c.list); err != nil {
		return Item{}, err
	}
	return c.b.view(c.list, c.b.look(c.list, c.frame(c.tx.Now), c.it)), nil
}

// Answer answers an item, or answers it anew: then it has to be understood again.
func (s *Service) Answer(ctx context.Context, id, key string, n NewAnswer) (Changed, error) {
	n.Text = strings.TrimSpace(n.Text)
	if utf8.RuneCountInString(n.Text) > maxText {
		return Changed{}, fault.Invalid("body.text", "An answer has at most %d characters", maxText)
	}
	return s.onItem(ctx, id, key, toAnswer, func(c *change) (string, error) {
		if err := c.stale(n.Base); err != nil {
			return "", err
		}
		if n.Text == "" && len(n.Evidence) == 0 {
			return "", fault.Invalid("body.text", "Say something, or add evidence")
		}
		proof, expires, err := c.prove(n.Evidence)
		if err != nil {
			return "", err
		}
		explainer := n.ExplainedBy
		if explainer == "" {
			explainer = c.v.PersonID
		}
		if err := c.explainer(explainer); err != nil {
			return "", err
		}
		var without *mark
		if n.Understood {
			if c.discipline == "" {
				return "", fault.Forbidden("Only somebody who works in this team, or is its liaison, understands an answer.")
			}
			if err := c.between(explainer); err != nil {
				return "", err
			}
			if without, err = c.enough(proof, n.Without); err != nil {
				return "", err
			}
		}
		a := c.a
		ranOut := a.standing().Why(c.today(c.tx.Now)) == Stale // the same said again is looked at again
		if !ranOut && a.State != Unanswered && a.State != Gap && a.State != NA && a.State != Questioned && a.Text == n.Text && a.ExplainedBy == explainer && !n.Understood && sameProof(a.Proof, proof) {
			return "", nil
		}
		waiting := c.waiting()
		now := store.Ms(c.tx.Now)
		a.said = said{Text: n.Text, Proof: proof, ExplainedAt: now, TypedBy: c.v.PersonID, Without: without}
		if n.Understood {
			a.For = c.standsFor
		}
		a.State, a.Rev, a.ExplainedBy, a.AnsweredAt, a.ConfirmBy, a.ExpiresOn, a.GapUntil, a.Word = Answered, a.Rev+1, explainer, &now, "", expires, "", saidBy(n.Text)
		if c.Kind != ForService && c.it.Scope == OfService {
			a.Differs = true // it stands beside what a service may answer
		}
		if explainer != c.v.PersonID {
			a.ConfirmBy, a.Listened = explainer, n.Understood
			return "checklist.answered", c.ask(explainer, "checklist.to_confirm", "Is this what you explained?")
		}
		if waiting == 0 {
			return "checklist.answered", c.askLiaisons()
		}
		return "checklist.answered", nil
	})
}

// sameProof says whether they prove the same, however large another browser drew them.
func sameProof(a, b []Proof) bool {
	return slices.EqualFunc(a, b, func(x, y Proof) bool {
		x.Drawn, y.Drawn = nil, nil
		return x == y
	})
}

// waiting is how many answers of the checklist wait to be understood.
func (c *change) waiting() (n int) {
	for _, a := range c.b.answers[c.RID] {
		if a.State == Answered && a.ConfirmBy == "" {
			n++
		}
	}
	return n
}

// Open notes that the viewer has opened an item as it reads now. Nobody else hears of it.
func (s *Service) Open(ctx context.Context, id, key string, rev *int64) (Changed, error) {
	return on(ctx, s, id, toSee, func(c *change) (Changed, error) {
		if err := c.pick(key); err != nil {
			return Changed{}, err
		}
		if rev != nil {
			if err := c.stale(*rev); err != nil {
				return Changed{}, err
			}
		}
		if _, err := c.tx.Exec(`INSERT INTO checklist_opened (checklist_rid, item, person_id, rev) VALUES (?,?,?,?)
			ON CONFLICT (checklist_rid, person_id, item) DO UPDATE SET rev = excluded.rev`, c.RID, key, c.v.PersonID, c.a.Rev); err != nil {
			return Changed{}, err
		}
		out, err := c.tell("", key)
		if err == nil {
			yes := true
			out.Items[0].Opened = &yes
		}
		return out, err
	})
}

// Confirm is who is said to have explained something saying that it is so. What the typer has understood while
// listening counts from then on.
func (s *Service) Confirm(ctx context.Context, id, key string, rev int64) (Changed, error) {
	return s.onItem(ctx, id, key, toSee, func(c *change) (string, error) {
		if err := c.stale(rev); err != nil {
			return "", err
		}
		switch {
		case c.a.State != Answered || c.a.ConfirmBy == "":
			return "", fault.Conflict("nothing_to_confirm", "There is nothing to confirm here.")
		case c.a.ConfirmBy != c.v.PersonID || c.v.TeamID != "":
			return "", fault.Forbidden("Only who is said to have explained it confirms it.")
		}
		now := store.Ms(c.tx.Now)
		if c.a.ConfirmBy = ""; c.a.Listened {
			c.a.State, c.a.UnderstoodBy, c.a.UnderstoodAt, c.a.Listened = Understood, c.a.TypedBy, now, false
			return "checklist.confirmed", nil
		}
		return "checklist.confirmed", c.askLiaisons()
	})
}
