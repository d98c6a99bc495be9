package catalogue

import (
	"context"
	"encoding/json"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Turn is one change of a service, by whom and when.
type Turn struct {
	At      time.Time `json:"at"`
	By      string    `json:"by" doc:"A name"`
	Did     string    `json:"did" enum:"added,changed"`
	Changes []Change  `json:"changes" doc:"Each field before and after; of one that was added, what it began with. What was written down before words changed has the old ones"`
}

// mostTurns of a history are shown; the auditors' export has all.
const mostTurns = 50

// History reads what became of a service, the newest first; for whoever may see it.
func (s *Service) History(ctx context.Context, id string) (out []Turn, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		it, _, err := See(q, who.From(ctx), id)
		if err != nil {
			return err
		}
		events, err := store.EventsAbout(q, event.TeamTopic(it.TeamID), it.ID, 0, mostTurns)
		if err != nil {
			return err
		}
		ids := make([]string, len(events))
		for i, e := range events {
			ids[i] = e.ActorID
		}
		people, err := account.PeopleByID(q, ids)
		if err != nil {
			return err
		}
		for _, e := range events {
			told := serviceTold{Changes: []Change{}}
			if err := json.Unmarshal(e.Data, &told); err != nil {
				return err
			}
			out = append(out, Turn{e.At, people[e.ActorID].Name, told.Did, told.Changes})
		}
		return nil
	})
	return out, err
}
