package ritual

import (
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/standup"
	"trestle/server/store"
)

// View is a series with its sitting now: the same bytes for everybody who may see the board.
type View struct {
	Series  SeriesView   `json:"series"`
	Sitting *SittingView `json:"sitting,omitempty" doc:"The one that runs"`
	Last    *LastView    `json:"last,omitempty" doc:"The one that ended last"`
	Seq     int64        `json:"seq" doc:"Of the topic ritual:SERIES, at which this is true"`
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

// SittingView is a sitting that runs; what it works on is in the part of its kind.
type SittingView struct {
	ID            string                 `json:"id"`
	StartedAt     time.Time              `json:"startedAt"`
	StartedBy     Named                  `json:"startedBy"`
	BoxSeconds    int                    `json:"boxSeconds"`
	Attendance    standup.AttendanceView `json:"attendance"`
	At            int                    `json:"at" doc:"Where a demo or a flow review is, from 0"`
	Replenishment *ReplenishmentView     `json:"replenishment,omitempty"`
	Demo          *DemoView              `json:"demo,omitempty"`
	Review        *ReviewView            `json:"review,omitempty"`
}

// Named is a person by name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LastView is the sitting before.
type LastView struct {
	ID        string    `json:"id"`
	StartedAt time.Time `json:"startedAt"`
	EndedAt   time.Time `json:"endedAt"`
	Minutes   int       `json:"minutes"`
}

func (r *series) view(l *board.Layout) SeriesView { return r.on(l.Named()) }

// on is the series as it is shown, on its board.
func (r *series) on(b board.Named) SeriesView {
	return SeriesView{ID: r.ID, Kind: r.Kind, BoardID: b.ID, BoardName: b.Name, TeamID: b.TeamID, TeamKey: b.TeamKey, TeamName: b.TeamName, Name: r.Name,
		BoxMinutes: r.Box, Schedule: r.schedule(), MeetingURL: r.MeetingURL, Version: r.Version, ArchivedAt: store.AtPtr(r.ArchivedAt)}
}

// viewOf reads how a series stands.
func viewOf(q *store.Query, l *board.Layout, r *series, now time.Time) (View, error) {
	v := View{Series: r.view(l)}
	m, last, err := r.held(q)
	if err != nil {
		return v, err
	}
	v.Last = last.last()
	v.Series.NextAt = r.nextOf(now, begun(m, last))
	if m != nil {
		v.Sitting, err = sittingOf(q, l, r, m)
	}
	return v, err
}

// held reads the sitting that runs and the one before; each may be nil.
func (r *series) held(q *store.Query) (m, last *sitting, err error) {
	if m, err = running(q, r.RID); err != nil {
		return nil, nil, err
	}
	last, err = lastEnded(q, r.RID)
	return m, last, err
}

// begun is when the newest of two sittings was started.
func begun(m, last *sitting) *time.Time {
	switch {
	case m != nil:
		return store.AtPtr(&m.StartedAt)
	case last != nil:
		return store.AtPtr(&last.StartedAt)
	}
	return nil
}

func (m *sitting) last() *LastView {
	if m == nil {
		return nil
	}
	return &LastView{ID: m.ID, StartedAt: store.At(m.StartedAt), EndedAt: store.At(*m.EndedAt), Minutes: m.minutes()}
}

func sittingOf(q *store.Query, l *board.Layout, r *series, m *sitting) (*SittingView, error) {
	in, err := presentIn(q, m.RID)
	if err != nil {
		return nil, err
	}
	ids := []string{m.StartedBy}
	for _, p := range in[m.RID] {
		ids = append(ids, p.PersonID)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return nil, err
	}
	v := &SittingView{ID: m.ID, StartedAt: store.At(m.StartedAt), StartedBy: Named{m.StartedBy, people[m.StartedBy].Name}, BoxSeconds: m.Box, At: m.Step,
		Attendance: standup.AttendanceOf(in[m.RID], m.Core, people)}
	roster, err := standup.CallsOf(q, r.TeamID, v.StartedAt, v.StartedAt)
	if err != nil {
		return nil, err
	}
	roster.Say(v.Attendance.People, v.StartedAt)
	switch r.Kind {
	case Replenishment:
		v.Replenishment = &ReplenishmentView{}
		if m.Facts.Queue != nil {
			v.Replenishment.QueueID = m.Facts.Queue.QueueID
		}
		words, err := wordsIn(q, m.RID)
		if err != nil {
			return nil, err
		}
		v.Replenishment.Words = words[m.RID]
	case Demo:
		v.Demo, err = demoOf(q, l, m)
	case FlowReview:
		v.Review = &ReviewView{Flow: *m.Facts.Flow}
		decisions, err := decisionsOf(q, m.RID)
		if err != nil {
			return nil, err
		}
		v.Review.Decisions = decisions[m.RID]
	}
	return v, err
}
