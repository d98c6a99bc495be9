package launch

import (
	"cmp"
	"slices"
	"time"

	"trestle/server/calendar"
	"trestle/server/store"
	"trestle/server/who"
)

// stagesWithin so many days of its launch the stages of one are looked for.
const stagesWithin = 90

// shifted gives the day so many days later; what is no day stays.
func shifted(day string, by int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, by).Format(time.DateOnly)
}

// DaysOf implements calendar.Days: launches, the days of their stages, as they stand on the launch's line, and freezes, in
// so many statements, however many they are.
func (s *Service) DaysOf(q *store.Query, v who.Viewer, from, to string) ([]calendar.DayView, error) {
	rids, err := underWay(q)
	if err != nil {
		return nil, err
	}
	// its stages may stand in these days while the launch itself does not
	found, err := s.lists.LaunchingIn(q, v, shifted(from, -stagesWithin), shifted(to, stagesWithin), "", rids)
	if err != nil {
		return nil, err
	}
	var of []int64
	for _, x := range found {
		of = append(of, x.RID)
	}
	kept, err := launchesOf(q, of...)
	if err != nil {
		return nil, err
	}
	out, now := []calendar.DayView{}, s.store.Now()
	put := func(d calendar.DayView) {
		if d.To >= from && d.From <= to {
			out = append(out, d)
		}
	}
	for _, x := range found {
		c, l := x.Head, kept[x.RID]
		if l == nil {
			l = &launch{state: Planned}
		}
		d := calendar.DayView{ID: c.ID, Kind: calendar.LaunchDay, TeamID: c.Team.ID, TeamName: c.Team.Name, Title: c.Name, From: c.LaunchOn, To: c.LaunchOn, State: l.state,
			Link: "/launches/" + c.ID}
		put(d)
		for i, st := range l.line(c.LaunchOn, x.Zone, now) {
			if i == 0 && st.On == c.LaunchOn { // the launch's own line says it
				continue
			}
			d.ID, d.Kind, d.Stage, d.Share, d.From, d.To, d.Reckoned = st.ID, calendar.StageDay, st.Name, &st.Share, st.On, st.On, st.Reckoned
			put(d)
		}
	}
	freezes, err := FreezesIn(q, v, from, to)
	for _, f := range freezes {
		put(calendar.DayView{ID: f.ID, Kind: calendar.FreezeDay, TeamID: f.TeamID, TeamName: f.TeamName, Title: f.Title, From: f.From, To: f.To, Link: "/launches"})
	}
	slices.SortStableFunc(out, func(a, b calendar.DayView) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind))
	})
	return out, err
}
