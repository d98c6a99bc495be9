package launch

import (
	"fmt"
	"time"

	"trestle/server/board"
	"trestle/server/standup"
	"trestle/server/store"
)

// OpsOf implements standup.Launches.
func (s *Service) OpsOf(q *store.Query, l *board.Layout, now time.Time) (out standup.Ops, err error) {
	found, err := s.lists.OfTeamIn(q, l.TeamID, l.ID, now)
	if err != nil {
		return out, err
	}
	var rids []int64
	for _, x := range found {
		rids = append(rids, x.RID)
	}
	kept, err := launchesOf(q, rids...)
	if err != nil {
		return out, err
	}
	today := now.In(l.Location())
	from, to := today.Format(time.DateOnly), today.AddDate(0, 0, 7).Format(time.DateOnly)
	for _, x := range found {
		if x.Head.FrozenAt == nil {
			out.GapsOver, out.RanOut = out.GapsOver+x.Head.Counts.GapOver, out.RanOut+x.Head.Counts.Stale
		}
		b := standup.BriefCard{Title: x.Head.Name, On: x.Head.LaunchOn}
		if x.Head.Card != nil {
			b.Key = x.Head.Card.Key
		}
		switch k := kept[x.RID]; {
		case k != nil && (k.state == Running || k.state == Stopped):
			st := k.plan.Stages[k.at()]
			b.Reason = fmt.Sprintf("%s, %s %%", st.Name, number(st.Share))
			if k.state == Stopped {
				b.Reason = "stopped at " + st.Name
			}
		case k != nil && k.state != Planned, b.On < from, b.On > to:
			continue
		case x.Head.Blocking > 0:
			b.Reason = fmt.Sprintf("blocking %d", x.Head.Blocking)
		}
		out.Launches = append(out.Launches, b)
	}
	freezes, err := freezesWhere(q, "(f.team_id IS NULL OR f.team_id = ?) AND f.to_day >= ? AND f.from_day <= ?", l.TeamID, from, to)
	for _, f := range freezes {
		out.Freezes = append(out.Freezes, standup.BriefCard{Title: f.title, Reason: f.why, On: f.from, From: f.to})
	}
	return out, err
}
