package calendar

import (
	"context"
	"slices"
	"time"

	"trestle/server/cadence"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// longest is how much a calendar shows at once.
const longest = 62 * 24 * time.Hour

// View is the rituals of a time.
type View struct {
	At          time.Time        `json:"at" doc:"When this was true"`
	Teams       []TeamView       `json:"teams"`
	Occurrences []OccurrenceView `json:"occurrences" doc:"In the order of time"`
	Days        []DayView        `json:"days" doc:"Launches, their stages and freezes, the first day first"`
}

// TeamView is a team whose rituals the viewer may see, and what they may do there.
type TeamView struct {
	ID        string `json:"id"`
	Key       string `json:"key"`
	Name      string `json:"name"`
	Mine      bool   `json:"mine" doc:"The viewer belongs to it, or is its liaison"`
	CanInvite bool   `json:"canInvite"`
	CanAgree  string `json:"canAgree" enum:"all,self,no" doc:"Whose agreements the viewer may make: anybody's, their own as a liaison, none"`
	CanFeed   bool   `json:"canFeed" doc:"The viewer may make secret addresses of this team's feed"`
}

// OccurrenceView is a ritual at one time.
type OccurrenceView struct {
	ID        string        `json:"id" doc:"Stays the same while the day does"`
	Kind      string        `json:"kind" enum:"standup,retro,replenishment,demo,flow_review"`
	SeriesID  string        `json:"seriesId"`
	TeamID    string        `json:"teamId"`
	BoardID   string        `json:"boardId"`
	BoardName string        `json:"boardName"`
	Title     string        `json:"title"`
	StartsAt  time.Time     `json:"startsAt"`
	EndsAt    time.Time     `json:"endsAt"`
	TimeZone  string        `json:"timeZone,omitempty" doc:"In which it is planned, an IANA name; absent when it is not planned ahead"`
	State     string        `json:"state" enum:"planned,running,held,missed" doc:"missed: its time went by and nobody began it"`
	Minutes   int           `json:"minutes,omitempty" doc:"How long it took, once it is over; absent of a standup in writing"`
	Link      string        `json:"link" doc:"A path on this installation"`
	JoinURL   string        `json:"joinUrl,omitempty" doc:"Where to join from elsewhere"`
	Agreed    []AgreedView  `json:"agreed"`
	Invited   []InvitedView `json:"invited"`
	Came      []CameView    `json:"came" doc:"Who came from outside the team's own, by name"`
	Core      int           `json:"core" doc:"How many of the team's own came on a device, or were seen"`
}

// AgreedView is a discipline that agreed to come, and who.
type AgreedView struct {
	Discipline string `json:"discipline" enum:"operations,security"`
	PersonID   string `json:"personId,omitempty"`
	Name       string `json:"name,omitempty"`
	Came       *bool  `json:"came,omitempty" doc:"Only once it was held"`
}

// InvitedView is somebody who was asked to come this once.
type InvitedView struct {
	ID         string `json:"id"`
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
	Came       *bool  `json:"came,omitempty" doc:"Only once it was held"`
}

// CameView is somebody who came.
type CameView struct {
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	Discipline string `json:"discipline"`
	Role       string `json:"role" enum:"on_call,liaison,security,observer"`
}

// List gives the rituals in [from, to) on boards that the viewer may see, of all teams or of one.
func (s *Service) List(ctx context.Context, from, to time.Time, teamID string) (out View, err error) {
	if !from.Before(to) || to.Sub(from) > longest {
		return out, fault.Invalid("query.to", "A calendar shows up to two months, and ends after it begins")
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		c, err := s.read(q, who.From(ctx), from, to, teamID)
		if err != nil {
			return err
		}
		out = View{At: c.now, Teams: c.teamViews(), Occurrences: []OccurrenceView{}}
		for i := range c.occurrences {
			out.Occurrences = append(out.Occurrences, c.view(&c.occurrences[i]))
		}
		out.Days, err = s.readDays(q, c.v, from, to, teamID)
		return err
	})
	return out, err
}

func (c *scene) teamViews() []TeamView {
	out := []TeamView{}
	for _, id := range c.order {
		t := c.teams[id]
		r := t.Rights
		person := c.v.PersonID != "" && c.v.TeamID == ""
		v := TeamView{ID: t.ID, Key: t.Key, Name: t.Name, Mine: c.mine[t.ID], CanInvite: person && (r.CanWork() || r.CanPattern()), CanAgree: "no",
			CanFeed: person && c.v.SessionID != "" && r.CanLead()}
		switch {
		case !person:
		case r.CanPattern():
			v.CanAgree = "all"
		case r.Liaison:
			v.CanAgree = "self"
		}
		out = append(out, v)
	}
	return out
}

func (c *scene) view(o *occurrence) OccurrenceView {
	v := OccurrenceView{ID: o.uid(), Kind: o.Kind, SeriesID: o.ID, TeamID: o.TeamID, BoardID: o.BoardID, BoardName: o.BoardName, Title: o.title(),
		StartsAt: o.At.UTC(), EndsAt: o.End.UTC(), State: o.State, Link: o.Link, Agreed: []AgreedView{}, Invited: []InvitedView{}, Came: []CameView{}}
	if len(o.Planned) > 0 {
		v.TimeZone = o.Zone.String()
	}
	if c.v.PersonID != "" && o.State != HeldIt && o.State != Missed {
		v.JoinURL = o.JoinURL
	}
	var people []Came
	if o.Held != nil {
		v.Link, people = o.Held.Link, o.Held.People
	}
	held := func(is bool) *bool {
		if o.State != HeldIt {
			return nil
		}
		return &is
	}
	if o.State == HeldIt {
		v.Minutes = minutes(o.Held)
	}
	for i := range c.agreements {
		if a := &c.agreements[i]; a.covers(o) {
			v.Agreed = append(v.Agreed, AgreedView{a.Discipline, a.PersonID, c.people[a.PersonID].Name, held(a.kept(people, c.discipline))})
		}
	}
	for _, i := range c.invitations {
		if i.to(o) {
			p := c.people[i.PersonID]
			v.Invited = append(v.Invited, InvitedView{i.ID, i.PersonID, p.Name, p.Discipline, held(cameTo(people, i.PersonID))})
		}
	}
	for _, p := range people {
		if p.Role == core {
			v.Core++
			continue
		}
		x := c.people[p.PersonID]
		v.Came = append(v.Came, CameView{p.PersonID, x.Name, x.Discipline, p.Role})
	}
	return v
}

// uid names an occurrence: by its ritual and day when it was planned, else by its meeting.
func (o *occurrence) uid() string {
	if o.Held != nil && !slices.ContainsFunc(o.Planned, o.At.Equal) {
		return o.Held.ID
	}
	return o.ID + "-" + o.At.In(o.Zone).Format("20060102")
}

// minutes is how long a meeting took.
func minutes(h *Held) int {
	if h.EndedAt == nil || h.Written {
		return 0
	}
	return cadence.Minutes(h.EndedAt.Sub(h.StartedAt))
}

func cameTo(people []Came, personID string) bool {
	return slices.ContainsFunc(people, func(p Came) bool { return p.PersonID == personID })
}
