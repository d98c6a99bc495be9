package calendar

import (
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// Kinds of what takes whole days.
const (
	LaunchDay = "launch"
	StageDay  = "stage"
	FreezeDay = "freeze"
)

// DayView is a launch, a stage of one, or days on which nothing should launch.
type DayView struct {
	ID       string   `json:"id" doc:"Of a launch its checklist's, of a stage its own"`
	Kind     string   `json:"kind" enum:"launch,stage,freeze"`
	TeamID   string   `json:"teamId,omitempty" doc:"Absent: a freeze of everybody"`
	TeamName string   `json:"teamName,omitempty"`
	Title    string   `json:"title"`
	Stage    string   `json:"stage,omitempty" doc:"Which stage begins on the day"`
	Share    *float64 `json:"share,omitempty" doc:"Of a stage: for how many percent of the users it is there"`
	Reckoned bool     `json:"reckoned,omitempty" doc:"Nobody has planned the stage's day: it follows from those before it"`
	From     string   `json:"from" doc:"A day where the team is"`
	To       string   `json:"to" doc:"The last one"`
	State    string   `json:"state,omitempty" enum:"planned,running,stopped,rolled_back,done" doc:"Of the launch"`
	Link     string   `json:"link" doc:"A path on this installation"`
}

// Days is what a later room has to show beside the rituals: what the viewer may see of the days from one to another.
type Days interface {
	DaysOf(q *store.Query, v who.Viewer, from, to string) ([]DayView, error)
}

// UseDays introduces the room of launches.
func (s *Service) UseDays(d Days) { s.days = d }

// readDays gives what takes whole days in [from, to), wherever on earth those begin; of one team, and of everybody, when
// teamID names one.
func (s *Service) readDays(q *store.Query, v who.Viewer, from, to time.Time, teamID string) ([]DayView, error) {
	out := []DayView{}
	if s.days == nil {
		return out, nil
	}
	all, err := s.days.DaysOf(q, v, from.UTC().AddDate(0, 0, -1).Format(time.DateOnly), to.UTC().AddDate(0, 0, 1).Format(time.DateOnly))
	for _, d := range all {
		if teamID == "" || d.TeamID == "" || d.TeamID == teamID {
			out = append(out, d)
		}
	}
	return out, err
}
