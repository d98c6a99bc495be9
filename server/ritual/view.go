package ritual

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
)

// View is a series as it stands: the same bytes for everybody who may see the board.
type View struct {
	Series SeriesView `json:"series"`
	Seq    int64      `json:"seq" doc:"Of the topic ritual:SERIES, at which this is true"`
}

// SeriesView is a team's ritual on a board.
type SeriesView struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"replenishment,demo,flow_review,retro"`
	BoardID    string     `json:"boardId"`
	BoardName  string     `json:"boardName"`
	TeamID     string     `json:"teamId"`
	TeamKey    string     `json:"teamKey"`
	TeamName   string     `json:"teamName"`
	Name       string     `json:"name"`
	BoxMinutes int        `json:"boxMinutes" doc:"How long it is meant to take"`
	Schedule   *Schedule  `json:"schedule,omitempty"`
	NextAt     *time.Time `json:"nextAt,omitempty" doc:"It stays until the box of that time is over, or that sitting was held"`
	MeetingURL string     `json:"meetingUrl,omitempty"`
	Version    int64      `json:"version"`
	ArchivedAt *time.Time `json:"archivedAt,omitempty"`
}

func (r *series) view(l *board.Layout) SeriesView {
	return SeriesView{ID: r.ID, Kind: r.Kind, BoardID: l.ID, BoardName: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName, Name: r.Name,
		BoxMinutes: r.Box, Schedule: r.schedule(), MeetingURL: r.MeetingURL, Version: r.Version, ArchivedAt: store.AtPtr(r.ArchivedAt)}
}

// viewOf reads how a series stands.
func viewOf(_ *store.Query, l *board.Layout, r *series, now time.Time) (View, error) {
	v := View{Series: r.view(l)}
	v.Series.NextAt = r.nextOf(now, nil)
	return v, nil
}
