package standup

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// pastMax is how many meetings back a list goes.
const pastMax = 100

// Past is a meeting that is over: what it was about, never who talked how long.
type Past struct {
	ID             string        `json:"id"`
	StartedAt      time.Time     `json:"startedAt"`
	EndedAt        time.Time     `json:"endedAt"`
	Mode           string        `json:"mode" enum:"walk,round_robin,async"`
	Minutes        int           `json:"minutes"`
	OverrunMinutes int           `json:"overrunMinutes,omitempty" doc:"Past its box"`
	Discussed      int           `json:"discussed" doc:"Cards that were talked about"`
	Helped         int           `json:"helped" doc:"Cards for which somebody said that they help"`
	Blocked        int           `json:"blocked" doc:"Blockers that were opened meanwhile"`
	Parked         int           `json:"parked"`
	Attendance     int           `json:"attendance" doc:"Heads: the team's, and those who came by name"`
	Core           int           `json:"core"`
	People         []PresentView `json:"people"`
}

// Meetings lists those that are over, the newest first.
func (s *Service) Meetings(ctx context.Context, id string) (out []Past, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, seen, err := s.see(q, who.From(ctx), id)
		if err != nil {
			return err
		}
		list, err := readMeetings(q, "m.series_rid = ? AND m.state = 'ended' ORDER BY m.started_at DESC, m.rid DESC LIMIT ?", r.RID, pastMax)
		if err != nil {
			return err
		}
		for _, m := range list {
			p, err := pastOf(q, seen.RID, m)
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

func pastOf(q *store.Query, boardRID int64, m *meeting) (Past, error) {
	p := Past{ID: m.ID, Mode: m.Mode, StartedAt: store.At(m.StartedAt), EndedAt: store.At(*m.EndedAt), Minutes: m.minutes()}
	p.OverrunMinutes = max(0, p.Minutes-(m.Box+59)/60)
	if _, err := q.Row([]any{&p.Discussed, &p.Helped, &p.Blocked, &p.Parked}, `SELECT
		(SELECT COUNT(*) FROM standup_steps WHERE meeting_rid = ? AND kind = 'card' AND shown_at IS NOT NULL AND skipped = FALSE),
		(SELECT COUNT(DISTINCT card_id) FROM standup_helpers WHERE meeting_rid = ? AND helps = TRUE),
		(SELECT COUNT(*) FROM blockers WHERE board_rid = ? AND opened_at >= ? AND opened_at <= ?),
		(SELECT COUNT(*) FROM standup_parked WHERE meeting_rid = ?)`, m.RID, m.RID, boardRID, m.StartedAt, *m.EndedAt, m.RID); err != nil {
		return p, err
	}
	in, err := presentIn(q, m.RID)
	if err != nil {
		return p, err
	}
	ids := make([]string, 0, len(in))
	for _, x := range in {
		ids = append(ids, x.PersonID)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return p, err
	}
	v := (&viewer{q, people}).attendance(m, in)
	p.Core, p.People, p.Attendance = v.Core, v.People, v.Core
	for _, x := range v.People {
		if x.Role != Core && x.State != Away {
			p.Attendance++
		}
	}
	return p, nil
}
