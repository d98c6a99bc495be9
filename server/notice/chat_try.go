package notice

import (
	"context"
	"math/rand/v2"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/who"
)

// attempt is a message that somebody sends by hand to try the way. It has no job in the outbox: its number is
// negative, where no job's is.
type attempt struct {
	Job int64 `json:"job"`
	url string
}

// TestChat sends one message to a team's chat now, and says in a sentence why it did not arrive; for its leads. It
// stands in the log like every other. The same request again sends nothing and is told how the first one went.
func (s *Service) TestChat(ctx context.Context, teamID string) error {
	v := who.From(ctx)
	mine := -1 - rand.Int64N(1<<62)
	d := delivery{channel: "chat", job: outbox.Job{ID: mine, Try: 1}, teamID: teamID, subject: "A test by " + v.Name, state: waiting}
	a, err := store.InTx(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) (attempt, error) {
		if err := s.leads(tx.Query, v, teamID); err != nil {
			return attempt{}, err
		}
		c, found, err := chatOf(tx.Query, teamID)
		if err == nil && !found {
			err = fault.Conflict("no_chat", "This team has no chat hook yet.")
		}
		if err != nil {
			return attempt{}, err
		}
		return attempt{mine, c.url}, d.save(tx)
	})
	if err != nil {
		return err
	}
	if a.Job != mine {
		return s.attempted(ctx, a.Job)
	}
	ctx = context.WithoutCancel(ctx) // it is on its way: its line says how it went, whoever waits for the answer
	body, err := message(Note{ActorName: v.Name, Title: "tests the way from Trestle to this channel"}, s.base)
	if err == nil {
		err = post(ctx, s.hooks, a.url, body)
	}
	d.state = sent
	if err != nil {
		d.state, d.reason = failed, err.Error()
		err = didNotArrive(d.reason)
	}
	if noted := s.settle(ctx, d); noted != nil {
		return noted
	}
	return err
}

// attempted is the answer to a request that was made before.
func (s *Service) attempted(ctx context.Context, job int64) error {
	var d Delivery
	if err := s.deliveries(s.store.Rows(ctx), "d.channel = 'chat' AND d.job = ?", []any{job}, func(x Delivery) { d = x }); err != nil {
		return err
	}
	switch d.State {
	case sent:
		return nil
	case failed:
		return didNotArrive(d.Reason)
	}
	return fault.Unavailable(time.Second, "The test message is on its way. Please try again.")
}

func didNotArrive(why string) error {
	return fault.Of(502, "chat_failed", "The test message did not arrive: %s.", why)
}
