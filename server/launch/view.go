package launch

import (
	"encoding/json"
	"time"

	"trestle/server/account"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// How a launch stands.
const (
	Planned    = "planned"
	Running    = "running"
	Stopped    = "stopped"
	RolledBack = "rolled_back"
	Done       = "done"
)

// LaunchHead is a launch in a list.
type LaunchHead struct {
	Checklist checklist.ListHead `json:"checklist"`
	State     string             `json:"state" enum:"planned,running,stopped,rolled_back,done"`
	Stage     *StageAt           `json:"stage,omitempty" doc:"The stage that was begun last"`
	Stages    int                `json:"stages" doc:"How many are planned"`
	BeganAt   *time.Time         `json:"beganAt,omitempty"`
	EndedAt   *time.Time         `json:"endedAt,omitempty"`
	Line      []StageDay         `json:"line" doc:"Its stages on the line of days; of a launch that is over, those that had begun"`
	Freezes   []FreezeRef        `json:"freezes" doc:"In which it runs now, or in which its day or that of a stage that has not begun falls. What has gone by is not among them"`
	SameDay   []LaunchBeside     `json:"sameDay" doc:"What else launches on its day, as far as you may see it"`
}

// StageAt is how far a launch has come.
type StageAt struct {
	Number int       `json:"number" doc:"From 1 on"`
	Name   string    `json:"name"`
	Share  float64   `json:"share"`
	At     time.Time `json:"at" doc:"When it began"`
	Until  time.Time `json:"until" doc:"Until then it is held at least"`
}

// FreezeRef is a freeze that warns of a launch.
type FreezeRef struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	From   string   `json:"from"`
	To     string   `json:"to"`
	Now    bool     `json:"now" doc:"It runs in it now"`
	Stages []string `json:"stages" doc:"The names of the stages that have not begun and whose day lies in it"`
}

// LaunchBeside is another launch of the same day.
type LaunchBeside struct {
	ID   string `json:"id" doc:"Of its checklist"`
	Name string `json:"name"`
	Team string `json:"team"`
}

// LaunchView is one launch as one viewer sees it.
type LaunchView struct {
	LaunchHead
	Plan    Plan         `json:"plan"`
	Frozen  []string     `json:"frozenToday" doc:"The titles of the freezes of this very day: to begin in one asks for a word why"`
	Asked   []LaunchAsks `json:"asked" doc:"What the checklist asks that the plan says"`
	Course  []LaunchLine `json:"course" doc:"What has become of it, the newest first"`
	May     LaunchMay    `json:"may"`
	Version int64        `json:"version" doc:"Of the plan and of how far it has come; 0 while nothing is planned"`
	Seq     int64        `json:"seq" doc:"The sequence of the topic checklist:ID that this shows"`
}

// LaunchMay is what the viewer may do with a launch.
type LaunchMay struct {
	Run    bool `json:"run" doc:"Plan it, begin it, go on, stop it"`
	Freeze bool `json:"freeze" doc:"Freeze its checklist as it stands"`
}

// LaunchLine is one line of a launch's course.
type LaunchLine struct {
	Seq      int64           `json:"seq"`
	At       time.Time       `json:"at"`
	Type     string          `json:"type" doc:"launch.began, launch.went_on …"`
	Person   *account.Person `json:"person,omitempty"`
	Stage    string          `json:"stage,omitempty" doc:"At which stage"`
	Said     string          `json:"said,omitempty"`
	Blocking int             `json:"blocking,omitempty" doc:"How many items of the checklist blocked when it began"`
	Freezes  []string        `json:"freezes,omitempty" doc:"The titles of the freezes in which it began or went on"`
	Early    int             `json:"earlyMinutes,omitempty" doc:"So much before the hold of the stage that was left had ended"`
	Why      string          `json:"why,omitempty" doc:"Why it did not wait"`
}

// told is what an event says of a launch.
type told struct {
	State    string   `json:"state"`
	Stage    string   `json:"stage,omitempty"`
	Said     string   `json:"said,omitempty"`
	Blocking int      `json:"blocking,omitempty"`
	Freezes  []string `json:"freezes,omitempty"`
	Early    int      `json:"earlyMinutes,omitempty"`
	Why      string   `json:"why,omitempty"`
	Version  int64    `json:"version"`
}

// about is the subject of a launch's events.
func about(id string) string { return "launch " + id }

const courseMax = 100

func courseOf(q *store.Query, id string) ([]LaunchLine, error) {
	events, err := store.EventsAbout(q, event.ChecklistTopic(id), about(id), 0, courseMax)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range events {
		ids = append(ids, e.ActorID)
	}
	people, err := account.PeopleByID(q, ids)
	out := []LaunchLine{}
	for _, e := range events {
		var x told
		if json.Unmarshal(e.Data, &x) != nil {
			continue
		}
		l := LaunchLine{Seq: e.Seq, At: e.At, Type: e.Type, Stage: x.Stage, Said: x.Said, Blocking: x.Blocking, Freezes: x.Freezes, Early: x.Early, Why: x.Why}
		if p, ok := people[e.ActorID]; ok {
			l.Person = &p
		}
		out = append(out, l)
	}
	return out, err
}

// head sums a launch up; of freezes and others are those that may matter.
func (l *launch) head(c checklist.ListHead, zone *time.Location, now time.Time, freezes []freeze, others []checklist.Launching) LaunchHead {
	line := l.line(c.LaunchOn, zone, now)
	h := LaunchHead{Checklist: c, State: l.state, Stages: len(l.plan.Stages), BeganAt: store.AtPtr(l.beganAt), EndedAt: store.AtPtr(l.endedAt), SameDay: []LaunchBeside{}, Line: line,
		Freezes: l.warns(c.Team.ID, c.LaunchOn, now.In(zone).Format(time.DateOnly), line, freezes)}
	if i := l.at(); i >= 0 {
		st := l.plan.Stages[i]
		at := store.At(st.At)
		h.Stage = &StageAt{i + 1, st.Name, st.Share, at, at.Add(st.hold())}
	}
	for _, o := range others {
		if o.Head.ID != c.ID && o.Head.LaunchOn == c.LaunchOn && l.state == Planned {
			h.SameDay = append(h.SameDay, LaunchBeside{o.Head.ID, o.Head.Name, o.Head.Team.Name})
		}
	}
	return h
}

// Coming gives the launches that the viewer may see from a day to a day, and those under way whenever they began: the
// nearest first, in so many statements, however many they are. teamID "" is all teams.
func (s *Service) Coming(q *store.Query, v who.Viewer, from, to, teamID string) ([]LaunchHead, error) {
	rids, err := underWay(q)
	if err != nil {
		return nil, err
	}
	found, err := s.lists.LaunchingIn(q, v, from, to, teamID, rids)
	if err != nil {
		return nil, err
	}
	all := found
	if teamID != "" { // what else launches on a day may be another team's
		if all, err = s.lists.LaunchingIn(q, v, from, to, "", nil); err != nil {
			return nil, err
		}
	}
	var of []int64
	for _, x := range found {
		of = append(of, x.RID)
	}
	kept, err := launchesOf(q, of...)
	if err != nil {
		return nil, err
	}
	now := s.store.Now()
	// nowhere on earth is it an earlier day, and what has gone by warns nobody
	freezes, err := freezesWhere(q, "f.to_day >= ?", now.UTC().AddDate(0, 0, -1).Format(time.DateOnly))
	if err != nil {
		return nil, err
	}
	out := make([]LaunchHead, 0, len(found))
	for _, x := range found {
		l := kept[x.RID]
		if l == nil {
			l = &launch{state: Planned}
		}
		out = append(out, l.head(x.Head, x.Zone, now, freezes, all))
	}
	return out, nil
}

// view reads one launch.
func (s *Service) view(q *store.Query, v who.Viewer, id string, now time.Time) (out LaunchView, err error) {
	c, err := s.lists.ViewIn(q, v, id, now)
	if err != nil {
		return out, err
	}
	l, err := launchOf(q, c.RID)
	if err != nil {
		return out, err
	}
	var others []checklist.Launching
	if c.LaunchOn != "" {
		if others, err = s.lists.LaunchingIn(q, v, c.LaunchOn, c.LaunchOn, "", nil); err != nil {
			return out, err
		}
	}
	today := now.In(c.Zone).Format(time.DateOnly)
	freezes, err := freezesWhere(q, "(f.team_id IS NULL OR f.team_id = ?) AND f.to_day >= ?", c.Team.ID, today)
	if err != nil {
		return out, err
	}
	people, err := account.PeopleByID(q, l.plan.names())
	if err != nil {
		return out, err
	}
	out = LaunchView{LaunchHead: l.head(c.ListHead, c.Zone, now, freezes, others), Plan: l.plan.view(people), Version: l.version, Seq: c.Seq}
	out.Frozen = titles(freezes, c.Team.ID, today)
	out.May = LaunchMay{Run: c.May.Works && c.ArchivedAt == nil, Freeze: c.May.Settle && c.FrozenAt == nil && c.ArchivedAt == nil}
	out.Asked = askedOf(c, out.Plan)
	out.Course, err = courseOf(q, id)
	return out, err
}
