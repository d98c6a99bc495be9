package liaison

import (
	"cmp"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/ask"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/clock"
	"trestle/server/launch"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// HasDesk says whether somebody stands to a team, stands in for somebody who does, or may look at all teams.
func HasDesk(q *store.Query, v who.Viewer) (bool, error) {
	if v.PersonID == "" || v.TeamID != "" || v.Role == who.Guest {
		return false, nil
	}
	if v.Role == who.Manager || v.Role == who.Admin {
		return true, nil
	}
	return q.Row([]any{new(int)}, `SELECT 1 FROM patterns WHERE ended_at IS NULL AND (person_id = ? OR deputy_id = ?)
		UNION ALL SELECT 1 FROM liaisons WHERE person_id = ? LIMIT 1`, v.PersonID, v.PersonID, v.PersonID)
}

// seats reads to which teams the viewer stands, and what they have promised there.
func (r *deskReading) seats() error {
	visible, err := team.VisibleTo(r.q, r.v)
	if err != nil {
		return err
	}
	own, err := standing(r.q, "person_id = ?", r.v.PersonID)
	if err != nil {
		return err
	}
	as, err := patterns(r.q, "ended_at IS NULL AND deputy_id = ? ORDER BY rid", r.v.PersonID)
	if err != nil {
		return err
	}
	if r.mine, err = viewsOf(r.q, append(own, as...), r.now); err != nil {
		return err
	}
	if r.standing {
		r.mine = slices.DeleteFunc(r.mine, func(seat View) bool {
			return seat.Person.ID != r.v.PersonID && (seat.Pattern == Invited || !seat.away())
		})
	}
	if err := r.readZone(); err != nil {
		return err
	}
	r.out = Desk{At: r.now, Today: r.now.In(r.zone).Format(time.DateOnly), Teams: []DeskTeam{}, Rituals: []DeskRitual{}, Failed: []string{}, Unread: []DeskTeamName{},
		Seats:   DeskSeats{Disciplines: []string{}, Alone: []DeskTeamName{}, Within: []int{}},
		Waiting: DeskWaiting{Items: []DeskItem{}}, Ending: DeskEnding{Items: []checklist.Ending{}}, Launch: DeskLaunches{Items: []launch.LaunchHead{}, Freezes: []DeskFreeze{}},
		Asks: DeskAsks{Items: []ask.OnTeam{}}, Blocked: DeskBlocked{Items: []card.Stuck{}}}
	r.out.Wide = len(r.mine) == 0 && (r.v.Role == who.Manager || r.v.Role == who.Admin)
	r.rights = map[string]team.Rights{}
	for _, t := range visible {
		r.rights[t.ID] = t.Rights
		x := DeskTeam{ID: t.ID, Key: t.Key, Name: t.Name, Pattern: Nobody, Within: answersWithin}
		stands := false
		for _, seat := range r.mine {
			if seat.TeamID == t.ID && (!stands || seat.Person.ID == r.v.PersonID) {
				stands = true
				r.sit(&x, seat)
			}
		}
		if !stands && !r.out.Wide {
			continue
		}
		r.ids = append(r.ids, t.ID)
		r.out.Teams = append(r.out.Teams, x)
	}
	slices.Sort(r.out.Seats.Within)
	return nil
}

// sit lays a seat over a team: one's own before those in which one stands in.
func (r *deskReading) sit(x *DeskTeam, seat View) {
	x.Pattern, x.For = seat.Pattern, nil
	if seat.ResponseDays > 0 {
		x.Within = seat.ResponseDays
	}
	all := &r.out.Seats
	if seat.Person.ID != r.v.PersonID {
		p := seat.Person
		x.For = &p
		all.Deputy++
		return
	}
	all.Teams++
	if !slices.Contains(all.Disciplines, seat.Discipline) {
		all.Disciplines = append(all.Disciplines, seat.Discipline)
	}
	if seat.Share != nil {
		all.Share += *seat.Share
	} else {
		all.Unknown++
	}
	if seat.Deputy == nil && seat.Pattern != Invited {
		all.Alone = append(all.Alone, DeskTeamName{x.ID, x.Name})
	}
	if !slices.Contains(all.Within, x.Within) {
		all.Within = append(all.Within, x.Within)
	}
}

// readZone is where the viewer is, else where the oldest board of their first team is.
func (r *deskReading) readZone() error {
	person, err := account.ReachOf(r.q, r.v.PersonID)
	if err != nil {
		return err
	}
	zone, ok := clock.Zone(person.TimeZone)
	if !ok && len(r.mine) > 0 {
		var name string
		if _, err := r.q.Row([]any{&name}, "SELECT time_zone FROM boards WHERE team_id = ? AND archived_at IS NULL AND staged_at IS NULL ORDER BY rid LIMIT 1", r.mine[0].TeamID); err != nil {
			return err
		}
		zone, ok = clock.Zone(name)
	}
	if r.zone = zone; !ok {
		r.zone = time.UTC
	}
	return nil
}

// DeskRitual is a ritual that somebody of the desk has promised to come to.
type DeskRitual struct {
	calendar.OccurrenceView
	TeamName string          `json:"teamName"`
	MissedOn string          `json:"missedOn,omitempty" doc:"The day of the last one to which nobody came who had agreed"`
	Overlaps string          `json:"overlaps,omitempty" doc:"The title of an earlier one of the viewer's that is not over by then"`
	Instead  *account.Person `json:"instead,omitempty" doc:"Who stands in for the viewer in this team, and is there"`
	Sent     bool            `json:"sent" doc:"…and is invited to it already"`
	MaySend  bool            `json:"maySend" doc:"The viewer may invite them"`
	For      *account.Person `json:"for,omitempty" doc:"Who agreed to come and is away: the viewer stands in"`
}

// rituals are those of today to which the viewer has agreed to come, or is invited, and where they stand in for
// somebody who is away. A manager without a seat sees all to which anybody has agreed.
func (r *deskReading) rituals() error {
	local := r.now.In(r.zone)
	from := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, r.zone)
	dues, err := r.s.calendar.Dues(r.q, r.v, from, from.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, t := range r.out.Teams {
		names[t.ID] = t.Name
	}
	for _, d := range dues {
		if !slices.Contains(r.ids, d.TeamID) || d.State == calendar.HeldIt || d.State == calendar.Missed {
			continue
		}
		x := DeskRitual{OccurrenceView: d.OccurrenceView, TeamName: names[d.TeamID], MissedOn: d.MissedOn}
		if r.comes(&x) {
			r.out.Rituals = append(r.out.Rituals, x)
		}
	}
	r.overlap()
	return nil
}

// comes says whether a ritual is the viewer's, and for whom.
func (r *deskReading) comes(x *DeskRitual) bool {
	if r.out.Wide || slices.ContainsFunc(x.Invited, func(i calendar.InvitedView) bool { return i.PersonID == r.v.PersonID }) {
		return true
	}
	for _, seat := range r.mine {
		if seat.TeamID != x.TeamID {
			continue
		}
		for _, a := range x.Agreed {
			if a.Discipline != seat.Discipline || a.PersonID != "" && a.PersonID != seat.Person.ID {
				continue
			}
			if seat.Person.ID == r.v.PersonID {
				return true
			}
			if seat.away() {
				p := seat.Person
				x.For = &p
				return true
			}
		}
	}
	return false
}

// overlap names which of them begin while an earlier one is not over, and who may go instead.
func (r *deskReading) overlap() {
	all := r.out.Rituals
	slices.SortStableFunc(all, func(a, b DeskRitual) int { return cmp.Or(a.StartsAt.Compare(b.StartsAt), cmp.Compare(a.ID, b.ID)) })
	for i := range all {
		x := &all[i]
		for _, seat := range r.mine {
			if seat.TeamID == x.TeamID && seat.Person.ID == r.v.PersonID && seat.Deputy != nil && seat.Deputy.Active && !seat.deputyAway() {
				d := *seat.Deputy
				x.Instead = &d
				x.Sent = slices.ContainsFunc(x.Invited, func(i calendar.InvitedView) bool { return i.PersonID == d.ID })
				x.MaySend = r.rights[x.TeamID].CanWork() || r.rights[x.TeamID].CanPattern()
			}
		}
		if r.out.Wide {
			continue
		}
		for j := range all[:i] {
			if all[j].EndsAt.After(x.StartsAt) && !(all[j].Sent && all[j].Overlaps != "") {
				x.Overlaps = all[j].Title
			}
		}
	}
}
