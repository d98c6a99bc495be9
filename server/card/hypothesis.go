package card

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
)

// Hypothesis is what a card is done for, in a form that can turn out to be wrong: we believe that this will have
// that effect, and we will know when we see such a thing.
type Hypothesis struct {
	Believe  string   `json:"believe"`
	Will     string   `json:"will"`
	KnowWhen string   `json:"knowWhen"`
	Outcome  *Outcome `json:"outcome,omitempty"`
}

// Outcome is what turned out.
type Outcome struct {
	Result  string     `json:"result" enum:"confirmed,refuted,unclear"`
	Learned string     `json:"learned,omitempty" required:"false" maxLength:"2000"`
	By      string     `json:"by,omitempty" required:"false" readOnly:"true"`
	At      *time.Time `json:"at,omitempty" required:"false" readOnly:"true"`
}

// NewHypothesis sets the three parts; all empty takes it away.
type NewHypothesis struct {
	Believe  string `json:"believe" maxLength:"2000"`
	Will     string `json:"will" maxLength:"2000"`
	KnowWhen string `json:"knowWhen" maxLength:"2000"`
	Version  *int64 `json:"version,omitempty" required:"false" doc:"Refused as stale if it changed after this version"`
}

// NewOutcome says what turned out; an empty result takes it back.
type NewOutcome struct {
	Result  string `json:"result" enum:"confirmed,refuted,unclear,"`
	Learned string `json:"learned,omitempty" required:"false" maxLength:"2000"`
	Version *int64 `json:"version,omitempty" required:"false" doc:"Refused as stale if it changed after this version"`
}

func (e *edit) hypothesis() (h Hypothesis, found bool, err error) {
	return hypothesisOf(e.tx.Query, e.card.RID)
}

func hypothesisOf(q *store.Query, cardRID int64) (h Hypothesis, found bool, err error) {
	var o Outcome
	var at *int64
	found, err = q.Row([]any{&h.Believe, &h.Will, &h.KnowWhen, &o.Result, &o.Learned, &o.By, &at},
		"SELECT believe, expect, measure, outcome, learned, outcome_by, outcome_at FROM hypotheses WHERE card_rid = ?", cardRID)
	if o.Result != "" {
		o.At = store.AtPtr(at)
		h.Outcome = &o
	}
	return h, found, err
}

// Suppose writes a card's hypothesis.
func (s *Service) Suppose(ctx context.Context, idOrKey string, n NewHypothesis) (Changed, error) {
	for _, t := range []*string{&n.Believe, &n.Will, &n.KnowWhen} {
		if *t = strings.TrimSpace(*t); utf8.RuneCountInString(*t) > maxReason {
			return Changed{}, fault.Invalid("body", "Each part has at most %d characters", maxReason)
		}
	}
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Changed, error) {
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		if stale := e.card.staleSince(n.Version, "hypothesis"); stale != nil {
			return Changed{}, staleFault("Somebody else changed the hypothesis in the meantime.", stale, FaceOf(e.card, e.l))
		}
		was, _, err := e.hypothesis()
		if err != nil {
			return Changed{}, err
		}
		if was.Believe == n.Believe && was.Will == n.Will && was.KnowWhen == n.KnowWhen {
			return e.unchanged(), nil
		}
		if n.Believe+n.Will+n.KnowWhen == "" {
			if was.Outcome != nil {
				return Changed{}, fault.Conflict("has_outcome", "Its outcome is recorded. Take that back first.")
			}
			_, err = e.tx.Exec("DELETE FROM hypotheses WHERE card_rid = ?", e.card.RID)
		} else {
			_, err = e.tx.Exec(`INSERT INTO hypotheses (card_rid, believe, expect, measure) VALUES (?,?,?,?)
				ON CONFLICT (card_rid) DO UPDATE SET believe = excluded.believe, expect = excluded.expect, measure = excluded.measure`,
				e.card.RID, n.Believe, n.Will, n.KnowWhen)
		}
		if err != nil {
			return Changed{}, err
		}
		return e.saved("card.updated", map[string]any{"fields": []string{"hypothesis"}}, "hypothesis")
	})
}

// Conclude writes what turned out. The card may be finished or not: some things are known early.
func (s *Service) Conclude(ctx context.Context, idOrKey string, n NewOutcome) (Changed, error) {
	if n.Learned = strings.TrimSpace(n.Learned); utf8.RuneCountInString(n.Learned) > maxReason {
		return Changed{}, fault.Invalid("body.learned", "At most %d characters", maxReason)
	}
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Changed, error) {
		if err := e.live(); err != nil {
			return Changed{}, err
		}
		if stale := e.card.staleSince(n.Version, "outcome"); stale != nil {
			return Changed{}, staleFault("Somebody else recorded the outcome in the meantime.", stale, FaceOf(e.card, e.l))
		}
		was, found, err := e.hypothesis()
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return Changed{}, fault.Conflict("no_hypothesis", "This card has no hypothesis whose outcome could be recorded.")
		}
		var by string
		var at *int64
		if n.Result == "" {
			n.Learned = ""
		} else {
			now := store.Ms(e.tx.Now)
			by, at = e.tx.ActorID, &now
		}
		had := Outcome{}
		if was.Outcome != nil {
			had = *was.Outcome
		}
		if had.Result == n.Result && had.Learned == n.Learned {
			return e.unchanged(), nil
		}
		if _, err := e.tx.Exec("UPDATE hypotheses SET outcome = ?, learned = ?, outcome_by = ?, outcome_at = ? WHERE card_rid = ?",
			n.Result, n.Learned, by, at, e.card.RID); err != nil {
			return Changed{}, err
		}
		return e.saved("card.updated", map[string]any{"fields": []string{"outcome"}}, "outcome")
	})
}
