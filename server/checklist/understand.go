package checklist

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
)

// understand marks the answer that is picked up as understood by the viewer, who has opened it; without says why, where
// evidence is missing.
func (c *change) understand(opened map[string]int64, without string) error {
	a := c.a
	switch {
	case a.State == Understood:
		return fault.Conflict("understood", "Somebody has understood this already.")
	case a.State != Answered:
		return fault.Conflict("not_answered", "There is no answer here that waits to be understood.")
	case a.ConfirmBy != "":
		return fault.Conflict("not_confirmed", "Who explained it has not confirmed yet that it was so.")
	}
	if err := c.between(a.ExplainedBy); err != nil {
		return err
	}
	if opened[a.Item] != a.Rev {
		return fault.Conflict("not_opened", "Open it first, as it reads now.").With("items", []string{a.Item})
	}
	var err error
	if a.Without, err = c.enough(a.Proof, without); err != nil {
		return err
	}
	a.State, a.UnderstoodBy, a.UnderstoodAt, a.For, a.Asked = Understood, c.v.PersonID, store.Ms(c.tx.Now), c.standsFor, nil
	return nil
}

// enough refuses to understand what names too few people, or lacks the evidence that is asked for while nobody says why
// that is enough; it notes why.
func (c *change) enough(proof []Proof, why string) (*mark, error) {
	if named := people(proof); named < c.it.names(c.Level) {
		return nil, fault.Conflict("too_few_people", "It asks for %d people by name; here are %d.", c.it.names(c.Level), named)
	}
	lacks := c.it.lacks(proof)
	if len(lacks) == 0 {
		return nil, nil
	}
	if why = strings.TrimSpace(why); why == "" {
		var words []string
		for _, k := range lacks {
			words = append(words, kinds[k])
		}
		return nil, fault.Conflict("evidence_missing", "It asks for %s, which is not here. Push it back, or say why it is understood without.", strings.Join(words, " or ")).With("items", []string{c.it.Key})
	}
	why, err := clean("body.without", "Why it is understood without evidence", why, 500)
	return &mark{By: c.v.PersonID, At: store.Ms(c.tx.Now), Text: why}, err
}

// people counts those whom evidence names.
func people(proof []Proof) int {
	ids := map[string]bool{}
	for _, p := range proof {
		if p.PersonID != "" {
			ids[p.PersonID] = true
		}
	}
	return len(ids)
}

// Understand marks an answer as understood: by somebody of another discipline than who explained it. Where it lacks the
// evidence that is asked for, without says why that is enough.
func (s *Service) Understand(ctx context.Context, id, key string, rev int64, without string) (Changed, error) {
	return s.onItem(ctx, id, key, toUnderstand, func(c *change) (string, error) {
		if err := c.stale(rev); err != nil {
			return "", err
		}
		opened, err := openedBy(c.tx.Query, c.RID, c.v.PersonID)
		if err != nil {
			return "", err
		}
		return "checklist.understood", c.understand(opened, without)
	})
}

// UnderstandTopic marks everything of a topic as understood that waits for the viewer; each must have been opened. What
// lacks evidence is left, to be looked at by itself.
func (s *Service) UnderstandTopic(ctx context.Context, id, topic string) (Changed, error) {
	return on(ctx, s, id, toUnderstand, func(c *change) (Changed, error) {
		if err := c.seat.open(); err != nil {
			return Changed{}, err
		}
		opened, err := openedBy(c.tx.Query, c.RID, c.v.PersonID)
		if err != nil {
			return Changed{}, err
		}
		var keys, closed, bare []string
		for _, l := range c.b.looks(c.list) {
			if l.it.Topic != topic || l.own == nil || l.inherits || !l.holds || l.own.State != Answered || l.own.ConfirmBy != "" {
				continue
			}
			if err := c.between(l.own.ExplainedBy); fault.Is(err, "same_person") || fault.Is(err, "same_discipline") {
				continue // it waits for somebody else
			} else if err != nil {
				return Changed{}, err
			}
			if len(l.it.lacks(l.own.Proof)) > 0 || people(l.own.Proof) < l.it.names(c.Level) {
				bare = append(bare, l.it.Key)
				continue
			}
			if opened[l.it.Key] != l.own.Rev {
				closed = append(closed, l.it.Key)
			}
			keys = append(keys, l.it.Key)
		}
		switch {
		case len(keys) == 0 && len(bare) > 0:
			return Changed{}, fault.Conflict("evidence_missing", "%s: something that is asked for is missing. Look at each by itself.", strings.Join(bare, ", ")).With("items", bare)
		case len(keys) == 0:
			return Changed{}, fault.Conflict("nothing_waits", "Nothing of this topic waits for you.")
		case len(closed) > 0:
			return Changed{}, fault.Conflict("not_opened", "Open %s first.", strings.Join(closed, ", ")).With("items", closed)
		}
		all := []Item{}
		var out Changed
		for _, key := range keys {
			if err := c.pick(key); err != nil {
				return Changed{}, err
			}
			if err := c.understand(opened, ""); err != nil {
				return Changed{}, err
			}
			if err := saveAnswer(c.tx, c.RID, c.a); err != nil {
				return Changed{}, err
			}
			if out, err = c.tell("checklist.understood", key); err != nil {
				return Changed{}, err
			}
			all = append(all, out.Items...)
		}
		out.Items = all
		return out, nil
	})
}

func clean(at, what, s string, most int) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", fault.Invalid(at, "%s is missing", what)
	case n > most:
		return "", fault.Invalid(at, "%s has at most %d characters", what, most)
	}
	return s, nil
}

// PushBack asks back: the item waits for who explained it, or said that it does not apply.
func (s *Service) PushBack(ctx context.Context, id, key, question string) (Changed, error) {
	question, err := clean("body.text", "The question", question, 2000)
	if err != nil {
		return Changed{}, err
	}
	return s.onItem(ctx, id, key, toUnderstand, func(c *change) (string, error) {
		switch c.a.State {
		case Answered, Understood, NA:
		default:
			return "", fault.Conflict("not_answered", "There is no answer here to push back.")
		}
		if err := c.doubts(); err != nil {
			return "", err
		}
		c.a.Asked = &mark{By: c.v.PersonID, At: store.Ms(c.tx.Now), Text: question, For: c.standsFor, Was: c.a.State}
		c.a.State = Questioned
		return "checklist.pushed_back", c.note([]string{c.a.whose(c.a.ExplainedBy)}, "checklist.pushed_back", "A question to you", question)
	})
}

// doubts refuses who may not ask back: that takes the other side of who explained it, or said that it does not apply.
func (c *change) doubts() error {
	if c.a.State != NA {
		return c.between(c.a.ExplainedBy)
	}
	code, name, discipline, err := c.across(c.tx.Query, c.a.whose(c.a.ExplainedBy))
	switch code {
	case samePerson:
		return fault.Conflict(code, "You said yourself that it does not apply. Somebody of another discipline may ask back.")
	case sameDiscipline:
		return fault.Conflict(code, "%s of %s said that it does not apply. Somebody of another discipline may ask back.", name, discipline)
	}
	return err
}

// Withdraw takes a question back; the answer stands as it did before.
func (s *Service) Withdraw(ctx context.Context, id, key string) (Changed, error) {
	return s.onItem(ctx, id, key, toUnderstand, func(c *change) (string, error) {
		switch {
		case c.a.State != Questioned || c.a.Asked == nil:
			return "", fault.Conflict("not_asked", "Nobody asks anything here.")
		case c.a.Asked.By != c.v.PersonID:
			return "", fault.Forbidden("Only who asked takes the question back.")
		}
		switch c.a.State = Answered; c.a.Asked.Was {
		case Understood, NA:
			c.a.State = c.a.Asked.Was
		}
		c.a.Asked = nil
		return "checklist.withdrawn", nil
	})
}

// NotApplicable says that an item does not apply, and why. The team's liaisons are told where it is asked for. Pushed
// back, it is said again only with another reason.
func (s *Service) NotApplicable(ctx context.Context, id, key, why string) (Changed, error) {
	why, err := clean("body.why", "Why it does not apply", why, 2000)
	if err != nil {
		return Changed{}, err
	}
	return s.onItem(ctx, id, key, toAnswer, func(c *change) (string, error) {
		to := []string{}
		if c.a.State == Questioned {
			if c.a.NA != nil && sameWords(c.a.NA.Text, why) {
				return "", fault.Conflict("same_reason", "This reason was pushed back. Answer the question, or say another reason why it does not apply.")
			}
			to = append(to, c.a.Asked.By)
		}
		if c.b.look(c.list, c.frame(c.tx.Now), c.it).must {
			liaisons, err := c.s.Liaising(c.tx.Query, c.tx.Now, c.TeamID)
			if err != nil {
				return "", err
			}
			to = append(to, liaisons...)
		}
		c.a.NA = &mark{By: c.v.PersonID, At: store.Ms(c.tx.Now), Text: why}
		c.a.State, c.a.Gap, c.a.GapUntil, c.a.Asked = NA, nil, "", nil
		c.instead()
		return "checklist.not_applicable", c.note(to, "checklist.not_applicable", "Said not to apply", why)
	})
}

// sameWords says whether two reasons differ only in spaces, signs at their end and capitals.
func sameWords(a, b string) bool {
	bare := func(s string) string { return strings.TrimRight(strings.Join(strings.Fields(s), " "), ".!… ") }
	return strings.EqualFold(bare(a), bare(b))
}

// instead is for what is said in place of an answer: it is another one, so that a stamp on the former does not hold for
// it, nothing of how that was understood holds, and it stands beside what a service answers.
func (c *change) instead() {
	c.a.Rev++
	c.a.Without, c.a.For = nil, ""
	if c.Kind != ForService && c.it.Scope == OfService {
		c.a.Differs = true
	}
}

// Reopen makes an item wait again that was understood, is a gap or does not apply.
func (s *Service) Reopen(ctx context.Context, id, key string) (Changed, error) {
	return s.onItem(ctx, id, key, toAnswer, func(c *change) (string, error) {
		switch c.a.State {
		case Understood, Gap, NA:
		default:
			return "", nil
		}
		c.a.State, c.a.Gap, c.a.GapUntil, c.a.NA, c.a.UnderstoodBy, c.a.UnderstoodAt, c.a.Without, c.a.For = Answered, nil, "", nil, "", 0, nil, ""
		if c.a.ExplainedBy == "" {
			c.a.State = Unanswered
		}
		return "checklist.reopened", nil
	})
}

// note tells people of an item, except whoever does it.
func (c *change) note(to []string, kind, title, text string) error {
	var others []string
	for _, id := range to {
		if id != "" && id != c.v.PersonID && !slices.Contains(others, id) {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return nil
	}
	link := "/checklists/" + c.ID
	if c.it != nil {
		title, link = fmt.Sprintf("%s: %s, %s", title, c.subject(), c.it.Key), link+"?item="+c.it.Key
	}
	return notice.Post(c.tx, notice.Note{Kind: kind, To: others, BoardID: c.BoardID, CardID: c.CardID, CardKey: c.CardKey, Title: title, Text: text, Link: link})
}

func (c *change) ask(personID, kind, title string) error {
	return c.note([]string{personID}, kind, title, c.it.Question)
}

// askLiaisons tells the team's liaisons, and who stands in for one of them, that something waits to be understood.
func (c *change) askLiaisons() error {
	liaisons, err := c.s.Liaising(c.tx.Query, c.tx.Now, c.TeamID)
	if err != nil {
		return err
	}
	return c.note(liaisons, "checklist.answered", "An answer waits to be understood", c.it.Question)
}
