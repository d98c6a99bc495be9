package launch

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
)

// How a stage stands.
const (
	StagePlanned = "planned"
	StageRunning = "running"
	StagePassed  = "passed"
	StageStopped = "stopped"
)

// LaunchStage is one step of a launch: for how many it is there, and what has to hold before the next one.
type LaunchStage struct {
	ID        string          `json:"id,omitempty" required:"false" maxLength:"64" doc:"Absent for a new one"`
	Name      string          `json:"name" maxLength:"240"`
	Share     float64         `json:"share" minimum:"0" maximum:"100" doc:"For how many percent of the users it is there"`
	HoldHours float64         `json:"holdHours" minimum:"0" maximum:"2160" doc:"How long it is held at least"`
	GoesOn    string          `json:"goesOnWhen,omitempty" required:"false" maxLength:"1000" doc:"The number that allows the next one"`
	On        string          `json:"on,omitempty" required:"false" maxLength:"10" doc:"The day for which it is planned, 2026-11-30"`
	State     string          `json:"state,omitempty" required:"false" enum:"planned,running,passed,stopped" doc:"Only in answers"`
	By        *account.Person `json:"by,omitempty" required:"false" doc:"Who began, passed or stopped it last; only in answers"`
	At        *time.Time      `json:"at,omitempty" required:"false" doc:"When it began; only in answers"`
	Said      string          `json:"said,omitempty" required:"false" doc:"What the number said when it was passed, or why it was stopped; only in answers"`
	Early     int             `json:"earlyMinutes,omitempty" required:"false" doc:"So much before its hold had ended it was passed; only in answers"`
}

// StopRule is when a launch is stopped, by whom and how fast.
type StopRule struct {
	Signal    string           `json:"signal" maxLength:"400"`
	Threshold string           `json:"threshold" maxLength:"400" doc:"Under 97 % for ten minutes"`
	PersonIDs []string         `json:"personIds" maxItems:"10"`
	Within    int              `json:"withinMinutes" minimum:"1" maximum:"10080"`
	People    []account.Person `json:"people,omitempty" required:"false" doc:"Only in answers"`
}

// LaunchWatcher is somebody who watches a launch: where, and for how long.
type LaunchWatcher struct {
	PersonID string          `json:"personId" maxLength:"64"`
	Where    string          `json:"where,omitempty" required:"false" maxLength:"400" doc:"The channel, the dashboard"`
	Hours    int             `json:"hours" minimum:"0" maximum:"2160" doc:"For how long after the last stage began; 0 unknown"`
	Person   *account.Person `json:"person,omitempty" required:"false" doc:"Only in answers"`
}

// Rollback is how a launch is undone.
type Rollback struct {
	Steps         string `json:"steps" maxLength:"8000"`
	Link          string `json:"link,omitempty" required:"false" maxLength:"2000"`
	Minutes       int    `json:"minutes" minimum:"0" maximum:"100000" doc:"How long it takes; 0 unknown"`
	LastTried     string `json:"lastTriedOn,omitempty" required:"false" maxLength:"10" doc:"2026-11-30"`
	NoReturnAfter string `json:"pointOfNoReturn,omitempty" required:"false" maxLength:"2000" doc:"After what it cannot be undone any more"`
}

// Plan is how something shall be launched.
type Plan struct {
	Stages    []LaunchStage   `json:"stages" maxItems:"12"`
	StopRules []StopRule      `json:"stopRules" maxItems:"12"`
	Watchers  []LaunchWatcher `json:"watchers" maxItems:"20"`
	Rollback  Rollback        `json:"rollback"`
}

// kept is a plan as it is stored.
type kept struct {
	Stages    []keptStage `json:"stages"`
	StopRules []keptRule  `json:"stopRules"`
	Watchers  []keptWatch `json:"watchers"`
	Rollback  Rollback    `json:"rollback"`
}

type keptStage struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Share  float64 `json:"share"`
	Hold   float64 `json:"hold,omitempty"`
	GoesOn string  `json:"goesOn,omitempty"`
	On     string  `json:"on,omitempty"`
	State  string  `json:"state"`
	By     string  `json:"by,omitempty"`
	At     int64   `json:"at,omitempty"`
	Said   string  `json:"said,omitempty"`
	Early  int     `json:"early,omitempty"`
}

type keptRule struct {
	Signal    string   `json:"signal"`
	Threshold string   `json:"threshold"`
	PersonIDs []string `json:"personIds"`
	Within    int      `json:"within"`
}

type keptWatch struct {
	PersonID string `json:"personId"`
	Where    string `json:"where,omitempty"`
	Hours    int    `json:"hours,omitempty"`
}

func words(at, what, s string, least, most int) (string, error) {
	s = strings.TrimSpace(s)
	if n := utf8.RuneCountInString(s); n < least || n > most {
		if least > 0 {
			return "", fault.Invalid(at, "%s has 1 to %d characters", what, most)
		}
		return "", fault.Invalid(at, "%s has at most %d characters", what, most)
	}
	return s, nil
}

func day(at, s string) error {
	if s == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fault.Invalid(at, "Write the day like 2026-11-30")
	}
	return nil
}

// take checks a plan and gives what is kept of it over what was: stages that have begun stay as they were planned.
func (n *Plan) take(q *store.Query, was kept) (out kept, err error) {
	old := map[string]keptStage{}
	begun := 0
	for i, st := range was.Stages {
		old[st.ID] = st
		if st.State != StagePlanned {
			begun = i + 1
		}
	}
	ids := map[string]bool{}
	for i, in := range n.Stages {
		at := fmt.Sprintf("body.stages[%d]", i)
		st := keptStage{ID: in.ID, Share: in.Share, Hold: in.HoldHours, On: in.On, State: StagePlanned}
		if i < begun {
			if in.ID != was.Stages[i].ID {
				return out, fault.Conflict("stage_begun", "A stage that has begun stays where it is.")
			}
			st = was.Stages[i]
			if in.HoldHours < st.Hold {
				return out, fault.Conflict("hold_shortened", "%s has begun: it can be held longer than was planned. To leave it earlier, go on and say why.", st.Name)
			}
			st.Hold = in.HoldHours
		} else {
			if st.Name, err = words(at+".name", "A stage's name", in.Name, 1, 80); err != nil {
				return out, err
			}
			if err = day(at+".on", in.On); err != nil {
				return out, err
			}
			if _, known := old[st.ID]; !known {
				st.ID = store.NewID("stg")
			}
		}
		if st.GoesOn, err = words(at+".goesOnWhen", "What allows the next stage", in.GoesOn, 0, 400); err != nil {
			return out, err
		}
		if ids[st.ID] {
			return out, fault.Invalid(at+".id", "Each stage stands once")
		}
		ids[st.ID] = true
		out.Stages = append(out.Stages, st)
	}
	if len(n.Stages) < begun {
		return out, fault.Conflict("stage_begun", "A stage that has begun is not taken out.")
	}
	var people []string
	for i, in := range n.StopRules {
		at := fmt.Sprintf("body.stopRules[%d]", i)
		r := keptRule{PersonIDs: in.PersonIDs, Within: in.Within}
		if r.Signal, err = words(at+".signal", "The signal", in.Signal, 1, 200); err == nil {
			r.Threshold, err = words(at+".threshold", "The threshold", in.Threshold, 1, 200)
		}
		if err != nil {
			return out, err
		}
		if len(r.PersonIDs) == 0 {
			return out, fault.Invalid(at+".personIds", "Say who acts, by name")
		}
		people = append(people, r.PersonIDs...)
		out.StopRules = append(out.StopRules, r)
	}
	for i, in := range n.Watchers {
		w := keptWatch{PersonID: in.PersonID, Hours: in.Hours}
		if w.Where, err = words(fmt.Sprintf("body.watchers[%d].where", i), "Where somebody watches", in.Where, 0, 200); err != nil {
			return out, err
		}
		people = append(people, w.PersonID)
		out.Watchers = append(out.Watchers, w)
	}
	if out.Rollback, err = n.Rollback.take(); err != nil {
		return out, err
	}
	return out, active(q, people)
}

func (r Rollback) take() (out Rollback, err error) {
	out = r
	if out.Steps, err = words("body.rollback.steps", "The way back", r.Steps, 0, 4000); err != nil {
		return out, err
	}
	if out.NoReturnAfter, err = words("body.rollback.pointOfNoReturn", "The point of no return", r.NoReturnAfter, 0, 1000); err != nil {
		return out, err
	}
	if out.Link = strings.TrimSpace(r.Link); out.Link != "" {
		u, err := url.Parse(out.Link)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil {
			return out, fault.Invalid("body.rollback.link", "An address begins with https://")
		}
	}
	return out, day("body.rollback.lastTriedOn", r.LastTried)
}

// active refuses people who are not here.
func active(q *store.Query, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := account.PeopleByID(q, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if p, ok := found[id]; !ok || !p.Active {
			return fault.Invalid("body", "Choose people who are here")
		}
	}
	return nil
}

// names are everybody whom a plan names.
func (k kept) names() (ids []string) {
	for _, st := range k.Stages {
		if st.By != "" {
			ids = append(ids, st.By)
		}
	}
	for _, r := range k.StopRules {
		ids = append(ids, r.PersonIDs...)
	}
	for _, w := range k.Watchers {
		ids = append(ids, w.PersonID)
	}
	return ids
}

// view is a plan with the faces of whom it names.
func (k kept) view(people map[string]account.Person) Plan {
	p := Plan{Stages: []LaunchStage{}, StopRules: []StopRule{}, Watchers: []LaunchWatcher{}, Rollback: k.Rollback}
	face := func(id string) *account.Person {
		if x, ok := people[id]; ok {
			return &x
		}
		return nil
	}
	for _, st := range k.Stages {
		v := LaunchStage{ID: st.ID, Name: st.Name, Share: st.Share, HoldHours: st.Hold, GoesOn: st.GoesOn, On: st.On, State: st.State, By: face(st.By), Said: st.Said, Early: st.Early}
		if st.At != 0 {
			v.At = store.AtPtr(&st.At)
		}
		p.Stages = append(p.Stages, v)
	}
	for _, r := range k.StopRules {
		v := StopRule{Signal: r.Signal, Threshold: r.Threshold, PersonIDs: r.PersonIDs, Within: r.Within}
		for _, id := range r.PersonIDs {
			if x := face(id); x != nil {
				v.People = append(v.People, *x)
			}
		}
		p.StopRules = append(p.StopRules, v)
	}
	for _, w := range k.Watchers {
		p.Watchers = append(p.Watchers, LaunchWatcher{PersonID: w.PersonID, Where: w.Where, Hours: w.Hours, Person: face(w.PersonID)})
	}
	return p
}
