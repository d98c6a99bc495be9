package calendar

import (
	"context"
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// judged is how far back coming is looked at.
const judged = 28 * 24 * time.Hour

// AgreementView is what a discipline agreed to.
type AgreementView struct {
	ID         string    `json:"id"`
	TeamID     string    `json:"teamId"`
	Kind       string    `json:"kind" enum:"standup,retro,replenishment,demo,flow_review"`
	SeriesID   string    `json:"seriesId,omitempty"`
	SeriesName string    `json:"seriesName,omitempty"`
	PersonID   string    `json:"personId,omitempty"`
	Name       string    `json:"name,omitempty" doc:"Of the person"`
	Discipline string    `json:"discipline" enum:"operations,security"`
	Weekdays   []int     `json:"weekdays" doc:"1 Monday … 7 Sunday; none is every day"`
	Every      int       `json:"every" doc:"Each n-th week"`
	Since      string    `json:"since"`
	Until      string    `json:"until,omitempty"`
	AgreedBy   string    `json:"agreedBy" doc:"A name"`
	AgreedAt   time.Time `json:"agreedAt"`
	CanEnd     bool      `json:"canEnd"`
}

// TeamAttendance is how it goes with a team.
type TeamAttendance struct {
	TeamView
	Agreements  []AgreementView       `json:"agreements" doc:"Those that hold or are to begin"`
	Disciplines []DisciplineView      `json:"disciplines"`
	Rituals     []AgreeableRitualView `json:"rituals" doc:"What can be agreed to by itself"`
}

// AgreeableRitualView is one of the team's rituals.
type AgreeableRitualView struct {
	ID   string `json:"id"`
	Kind string `json:"kind" enum:"standup,retro,replenishment,demo,flow_review"`
	Name string `json:"name"`
}

// DisciplineView is how often a discipline came in four weeks: counts of rituals that were held, never of people.
type DisciplineView struct {
	Discipline  string     `json:"discipline" enum:"operations,security"`
	Agreed      int        `json:"agreed" doc:"Rituals that were held on agreed days"`
	Came        int        `json:"came" doc:"…to which they came"`
	Invited     int        `json:"invited" doc:"Rituals that were held, were not agreed, and to which one of them was invited"`
	InvitedCame int        `json:"invitedCame"`
	LastCame    *time.Time `json:"lastCame,omitempty"`
	Low         bool       `json:"low" doc:"They came to less than half of what was agreed"`
}

// Attendance gives, per team, what is agreed and how often operations and security came in the last 28 days.
func (s *Service) Attendance(ctx context.Context, teamID string) (out []TeamAttendance, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		now := s.store.Now()
		c, err := s.read(q, who.From(ctx), now.Add(-judged), now, teamID)
		if err != nil {
			return err
		}
		out = c.attendance()
		return nil
	})
	return out, err
}

func (c *scene) attendance() []TeamAttendance {
	out := []TeamAttendance{}
	for _, t := range c.teamViews() {
		x := TeamAttendance{TeamView: t, Agreements: []AgreementView{}, Disciplines: []DisciplineView{}, Rituals: []AgreeableRitualView{}}
		for i := range c.agreements {
			a := &c.agreements[i]
			if a.TeamID == t.ID && (a.Until == "" || a.Until >= c.day(t.ID, a.RitualID, c.now)) && c.shows(a) {
				x.Agreements = append(x.Agreements, c.agreementView(a))
			}
		}
		for _, d := range Disciplines {
			x.Disciplines = append(x.Disciplines, c.tally(t.ID, d, time.Time{}, c.now))
		}
		for _, kind := range Kinds {
			for _, r := range c.sorted() {
				if r.TeamID == t.ID && r.Kind == kind && r.ID != Retro+":"+r.BoardID {
					x.Rituals = append(x.Rituals, AgreeableRitualView{r.ID, r.Kind, r.Name})
				}
			}
		}
		out = append(out, x)
	}
	return out
}

// tally counts a discipline's coming to a team's rituals that were held in [from, to).
func (c *scene) tally(teamID, discipline string, from, to time.Time) DisciplineView {
	v := DisciplineView{Discipline: discipline}
	for i := range c.occurrences {
		o := &c.occurrences[i]
		if o.TeamID != teamID || o.State != HeldIt || o.At.Before(from) || !o.At.Before(to) {
			continue
		}
		agreed, kept, invited, came := false, false, false, false
		for j := range c.agreements {
			if a := &c.agreements[j]; a.Discipline == discipline && a.covers(o) {
				agreed = true
				kept = kept || a.kept(o.Held.People, c.discipline)
			}
		}
		for _, n := range c.invitations {
			if n.to(o) && c.discipline(n.PersonID) == discipline {
				invited = true
				came = came || cameTo(o.Held.People, n.PersonID)
			}
		}
		switch {
		case agreed:
			v.Agreed++
			came = kept
			if kept {
				v.Came++
			}
		case invited:
			v.Invited++
			if came {
				v.InvitedCame++
			}
		}
		if came {
			at := o.At.UTC()
			v.LastCame = &at
		}
	}
	v.Low = v.Came*2 < v.Agreed
	return v
}

func (c *scene) agreementView(a *agreement) AgreementView {
	v := AgreementView{ID: a.ID, TeamID: a.TeamID, Kind: a.Kind, SeriesID: a.RitualID, PersonID: a.PersonID, Name: c.people[a.PersonID].Name, Discipline: a.Discipline,
		Weekdays: a.Weekdays, Every: a.Every, Since: a.Since, Until: a.Until, AgreedBy: c.people[a.By].Name, AgreedAt: store.At(a.At),
		CanEnd: mayAgree(c.v, c.teams[a.TeamID].Rights, a.PersonID) == nil}
	if r := c.rituals[a.RitualID]; r != nil {
		v.SeriesName = r.Name
	}
	if v.Weekdays == nil {
		v.Weekdays = []int{}
	}
	return v
}
