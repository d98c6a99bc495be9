package retro

import (
	"context"
	"strings"
	"time"

	"trestle/server/ballot"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// NewRetro is a retro to begin.
type NewRetro struct {
	BoardID     string        `json:"boardId" maxLength:"64"`
	TemplateKey string        `json:"templateKey" maxLength:"40"`
	Title       string        `json:"title,omitempty" required:"false" maxLength:"120" doc:"The template's name when absent"`
	Anonymity   string        `json:"anonymity,omitempty" required:"false" enum:"named,anonymous" doc:"anonymous when absent; it stays as it is"`
	Question    string        `json:"question,omitempty" required:"false" maxLength:"200" doc:"For the check-in"`
	VoteBudget  int           `json:"voteBudget,omitempty" required:"false" minimum:"0" maximum:"20" doc:"Votes each; 0: a third of the groups, three to six"`
	MaxPerGroup int           `json:"maxPerGroup,omitempty" required:"false" minimum:"0" maximum:"20" doc:"Votes of one person for one group; 0: three"`
	Phases      []PhaseChoice `json:"phases,omitempty" required:"false" maxItems:"10"`
	OpensUntil  *time.Time    `json:"opensUntil,omitempty" required:"false" doc:"Notes are collected until about then, before the team meets; 60 days at most. Absent: it begins with the meeting"`
}

// Create begins a retro on a board; for those who work there. Who begins it facilitates it.
func (s *Service) Create(ctx context.Context, n NewRetro) (View, error) {
	v := who.From(ctx)
	seen, err := s.begins(s.store.Rows(ctx), v, n.BoardID) // before a topic is locked, which would make one
	if err != nil {
		return View{}, err
	}
	t, err := templateFor(s.store.Rows(ctx), seen.TeamID, n.TemplateKey)
	if err != nil {
		return View{}, err
	}
	phases, err := newPhases(n.Phases, n.OpensUntil != nil)
	if err != nil {
		return View{}, err
	}
	r := &retro{ID: store.NewID("ret"), Title: t.Name, TemplateKey: t.Key, Columns: t.Columns, Anonymity: Anonymous, Question: t.Question, Phases: phases,
		Budget: n.VoteBudget, MaxPerGroup: n.MaxPerGroup, Code: newCode(), CreatedBy: v.PersonID}
	if r.MaxPerGroup == 0 {
		r.MaxPerGroup = 3
	}
	if n.Anonymity == Named {
		r.Anonymity = Named
	}
	for _, given := range []struct {
		text string
		at   string
		most int
		to   *string
	}{{n.Title, "body.title", 120, &r.Title}, {n.Question, "body.question", 200, &r.Question}} {
		if strings.TrimSpace(given.text) != "" {
			if *given.to, err = oneLine(given.at, "The text", given.text, given.most); err != nil {
				return View{}, err
			}
		}
	}
	type made struct {
		ID string `json:"id"`
	}
	m, err := store.InTx(ctx, s.store, []string{event.RetroTopic(r.ID)}, func(tx *store.Tx) (made, error) {
		seen, err := s.begins(tx.Query, v, n.BoardID)
		if err != nil {
			return made{}, err
		}
		if err := r.openUntil(n.OpensUntil, tx.Now); err != nil {
			return made{}, err
		}
		r.BoardRID, r.TeamID, r.CreatedAt, r.TouchedAt = seen.RID, seen.TeamID, store.Ms(tx.Now), store.Ms(tx.Now)
		if r.Facts, err = factsOf(tx.Query, seen.Layout, tx.Now); err != nil {
			return made{}, err
		}
		open, err := openActions(tx.Query, seen.RID)
		if err != nil {
			return made{}, err
		}
		switch r.Phase = ReviewActions; {
		case r.OpensUntil != nil:
			r.Phase = Collect
		case !r.phase(ReviewActions).Enabled || len(open) == 0:
			r.Phase = r.beside(1)
		}
		now := r.phase(r.Phase)
		now.StartedAt, r.Timer = &r.CreatedAt, startTimer(now.Seconds, tx.Now)
		if err := insert(tx, r, ballot.NewKey()); err != nil {
			return made{}, err
		}
		if _, err := tx.Exec("INSERT INTO side_topics (topic, board_id, team_id) VALUES (?,?,?)", event.RetroTopic(r.ID), seen.ID, seen.TeamID); err != nil {
			return made{}, err
		}
		if err := r.carry(tx, open); err != nil {
			return made{}, err
		}
		if err := r.willRemind(tx); err != nil {
			return made{}, err
		}
		if err := seatPerson(tx, r.RID, v.PersonID, true); err != nil {
			return made{}, err
		}
		if _, err = tx.Publish(event.RetroTopic(r.ID), "retro.created", news{"phase": r.Phase, "version": int64(1)}); err != nil {
			return made{}, err
		}
		if err := tx.Widen(event.TeamTopic(r.TeamID)); err != nil {
			return made{}, err
		}
		_, err = tx.Publish(event.TeamTopic(r.TeamID), "retros.changed", struct{}{}) // nobody follows what has just been made
		return made{r.ID}, err
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, m.ID)
}
