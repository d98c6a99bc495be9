package standup

import (
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/cadence"
	"trestle/server/event"
	"trestle/server/store"
)

// View is a series with its meeting now: the same bytes for everybody who may see the board.
type View struct {
	Series  SeriesView   `json:"series"`
	Meeting *MeetingView `json:"meeting,omitempty" doc:"The one that runs"`
	Last    *LastView    `json:"last,omitempty" doc:"The one that ended last"`
	Parked  []ParkedView `json:"parked" doc:"What is open, and what was settled in this meeting, the oldest first"`
	Planned []ParkedView `json:"planned,omitempty" doc:"What became a meeting that is not over, the next first"`
	OnCall  []DutyView   `json:"onCall" doc:"Who can be called now"`
	Written *DigestLine  `json:"written,omitempty" doc:"The day that is written on now"`
	Seq     int64        `json:"seq" doc:"Of the topic standup:SERIES, at which this is true"`
}

// SeriesView is a team's standup on a board.
type SeriesView struct {
	ID          string     `json:"id"`
	BoardID     string     `json:"boardId"`
	BoardName   string     `json:"boardName"`
	TeamID      string     `json:"teamId"`
	TeamKey     string     `json:"teamKey"`
	TeamName    string     `json:"teamName"`
	Name        string     `json:"name"`
	Mode        string     `json:"mode" enum:"walk,round_robin,async"`
	AnswerHours int        `json:"answerHours" doc:"Of async: the digest goes out so long after the last one was asked"`
	BoxMinutes  int        `json:"boxMinutes" doc:"How long it is meant to take"`
	Schedule    *Schedule  `json:"schedule,omitempty"`
	NextAt      *time.Time `json:"nextAt,omitempty" doc:"It stays until the box of that time is over, or that meeting was held"`
	MeetingURL  string     `json:"meetingUrl,omitempty"`
	PanelInches int        `json:"panelInches"`
	DistanceM   float64    `json:"distanceM"`
	Version     int64      `json:"version"`
}

// Named is a person by name.
type Named struct {
	ID   string `json:"id" doc:"Empty for somebody who is on call and not in these rooms"`
	Name string `json:"name"`
}

// MeetingView is a meeting that runs.
type MeetingView struct {
	ID          string         `json:"id"`
	State       string         `json:"state" enum:"running,sixteenth" doc:"sixteenth: what was parked is settled"`
	Mode        string         `json:"mode" enum:"walk,round_robin" doc:"As it was when this meeting began"`
	StartedAt   time.Time      `json:"startedAt"`
	StartedBy   Named          `json:"startedBy"`
	BoxSeconds  int            `json:"boxSeconds"`
	Driver      *Named         `json:"driver,omitempty" doc:"Who has the remote"`
	At          int            `json:"at" doc:"The step that is shown, by its n"`
	HealthyOpen bool           `json:"healthyOpen" doc:"The healthy cards' titles are shown"`
	Steps       []StepView     `json:"steps"`
	Healthy     []string       `json:"healthy" doc:"Cards that want nothing, from right to left"`
	Brief       *Brief         `json:"brief,omitempty" doc:"Only in standup.started and in answers: it does not change, so keep the one you have"`
	Attendance  AttendanceView `json:"attendance"`
	Helping     []CardHelp     `json:"helping,omitempty" doc:"Of a round: who helps with which card"`
}

// CardHelp is who helps with a card.
type CardHelp struct {
	CardID string  `json:"cardId"`
	People []Named `json:"people"`
}

// StepView is one stop of the walk or turn of a round. Progress counts the steps of kind card, or those of kind person.
type StepView struct {
	N        int        `json:"n" doc:"From 0"`
	Kind     string     `json:"kind" enum:"brief,card,person,healthy,anything"`
	Reason   string     `json:"reason,omitempty" enum:"expedite,blocked,due,over_sle,aging,failing,lapsed,over_limit" doc:"Of a card, when the meeting began"`
	CardID   string     `json:"cardId,omitempty"`
	ColumnID string     `json:"columnId,omitempty" doc:"Where the card stood when the meeting began"`
	Person   *Named     `json:"person,omitempty" doc:"Whose turn it is"`
	ShownAt  *time.Time `json:"shownAt,omitempty" doc:"Of a person's turn only while it lasts"`
	Skipped  bool       `json:"skipped,omitempty"`
	Helpers  []Named    `json:"helpers"`
}

// LastView is the meeting before.
type LastView struct {
	ID        string    `json:"id"`
	StartedAt time.Time `json:"startedAt"`
	EndedAt   time.Time `json:"endedAt"`
	Mode      string    `json:"mode" enum:"walk,round_robin,async"`
	Minutes   int       `json:"minutes" doc:"0 of one in writing"`
}

// ParkedView is an item of the parking lot.
type ParkedView struct {
	ID         string    `json:"id"`
	Text       string    `json:"text"`
	CardID     string    `json:"cardId,omitempty"`
	CardKey    string    `json:"cardKey,omitempty"`
	CardTitle  string    `json:"cardTitle,omitempty"`
	People     []Named   `json:"people" doc:"Who stays for it"`
	By         Named     `json:"by"`
	At         time.Time `json:"at"`
	Days       int       `json:"days" doc:"How old it is, 0 today"`
	Outcome    string    `json:"outcome,omitempty" enum:"done,card,meeting"`
	OutcomeKey string    `json:"outcomeKey,omitempty" doc:"The card that it became"`
	Note       string    `json:"note,omitempty"`
	Meet       *MeetView `json:"meet,omitempty" doc:"Of what became a meeting"`
}

// viewer makes a view; it collects whom it names first, and asks for them once.
type viewer struct {
	q     *store.Query
	names map[string]account.Person
}

func (w *viewer) named(id string) Named { return Named{id, w.names[id].Name} }

func (w *viewer) all(ids []string) []Named {
	out := make([]Named, 0, len(ids))
	for _, id := range ids {
		out = append(out, w.named(id))
	}
	return out
}

// view reads how a series stands.
func view(q *store.Query, l *board.Layout, r *series, now time.Time) (View, error) {
	v := View{Series: r.view(l), Parked: []ParkedView{}}
	m, err := running(q, r.RID)
	if err != nil {
		return v, err
	}
	last, err := lastEnded(q, r.RID)
	if err != nil {
		return v, err
	}
	var lastStarted *time.Time
	if last != nil && last.EndedAt != nil {
		v.Last = &LastView{ID: last.ID, StartedAt: store.At(last.StartedAt), EndedAt: store.At(*last.EndedAt), Mode: last.Mode, Minutes: last.minutes()}
		lastStarted = &v.Last.StartedAt
	}
	if m != nil {
		at := store.At(m.StartedAt)
		lastStarted = &at
	}
	v.Series.NextAt = r.nextOf(now, lastStarted)
	if v.OnCall, err = dutiesNow(q, r.TeamID, now); err != nil {
		return v, err
	}
	if v.Written, err = digestLine(q, r.RID); err != nil {
		return v, err
	}
	where, args := "series_rid = ? AND settled_at IS NULL", []any{r.RID}
	if m != nil {
		where, args = "((series_rid = ? AND settled_at IS NULL) OR settled_in = ?)", append(args, m.RID)
	}
	items, err := readParked(q, where, args...)
	if err != nil {
		return v, err
	}
	coming, err := arranged(q, r.RID, now)
	if err != nil {
		return v, err
	}
	w := &viewer{q: q}
	var present []present
	var steps []step
	var helpers []helper
	var ids []string
	for _, p := range slices.Concat(items, coming) {
		ids = append(append(append(ids, p.By), p.People...), p.MeetPeople...)
	}
	if m != nil {
		if present, err = presentIn(q, m.RID); err != nil {
			return v, err
		}
		if steps, err = stepsOf(q, m.RID); err != nil {
			return v, err
		}
		if helpers, err = helpersOf(q, m.RID); err != nil {
			return v, err
		}
		ids = append(ids, m.StartedBy, m.Driver)
		for _, h := range helpers {
			ids = append(ids, h.PersonID)
		}
		for _, p := range steps {
			ids = append(ids, p.PersonID)
		}
		for _, p := range present {
			ids = append(ids, p.PersonID)
		}
	}
	if w.names, err = account.PeopleByID(q, ids); err != nil {
		return v, err
	}
	if m != nil {
		v.Meeting = w.meeting(m, steps, helpers, present)
	}
	cal := board.CalendarIn(r.location())
	for _, p := range items {
		x, err := w.parked(p, cal, now)
		if err != nil {
			return v, err
		}
		v.Parked = append(v.Parked, x)
	}
	for _, p := range coming {
		x, err := w.parked(p, cal, now)
		if err != nil {
			return v, err
		}
		v.Planned = append(v.Planned, x)
	}
	v.Seq, _, err = store.TopicIn(q, event.StandupTopic(r.ID))
	return v, err
}

func (r *series) view(l *board.Layout) SeriesView { return r.on(l.Named()) }

// on is the series as it is shown, on its board.
func (r *series) on(b board.Named) SeriesView {
	v := SeriesView{ID: r.ID, BoardID: b.ID, BoardName: b.Name, TeamID: b.TeamID, TeamKey: b.TeamKey, TeamName: b.TeamName, Name: r.Name, Mode: r.Mode, AnswerHours: r.AnswerHours,
		BoxMinutes: r.Box, MeetingURL: r.MeetingURL, PanelInches: r.Panel, DistanceM: float64(r.Distance) / 100, Version: r.Version}
	if r.Plan != nil {
		v.Schedule = &Schedule{Days: r.Plan.Days, At: r.Plan.At(), TimeZone: r.Zone}
	}
	return v
}

func (w *viewer) meeting(m *meeting, steps []step, helpers []helper, in []present) *MeetingView {
	v := &MeetingView{ID: m.ID, State: m.State, Mode: m.Mode, StartedAt: store.At(m.StartedAt), StartedBy: w.named(m.StartedBy), BoxSeconds: m.Box, At: m.Step,
		HealthyOpen: m.HealthyOpen, Healthy: m.Healthy, Brief: &m.Brief, Steps: make([]StepView, 0, len(steps)), Attendance: w.attendance(m, in)}
	if m.Driver != "" {
		driver := w.named(m.Driver)
		v.Driver = &driver
	}
	for _, p := range steps {
		x := StepView{N: p.N, Kind: p.Kind, Reason: p.Reason, CardID: p.CardID, ColumnID: p.ColumnID, ShownAt: store.AtPtr(p.ShownAt), Skipped: p.Skipped,
			Helpers: []Named{}}
		if p.Kind == personStep {
			person := w.named(p.PersonID)
			if p.PersonID == "" {
				person.Name = p.PersonName
			}
			x.Person, x.ShownAt = &person, nil
			if p.N == m.Step {
				x.ShownAt = store.AtPtr(&m.StepAt)
			}
		}
		for _, h := range helpers {
			if p.CardID != "" && h.CardID == p.CardID {
				x.Helpers = append(x.Helpers, w.named(h.PersonID))
			}
		}
		v.Steps = append(v.Steps, x)
	}
	if m.Mode == RoundRobin {
		v.Helping = w.helping(helpers)
	}
	return v
}

func (w *viewer) helping(helpers []helper) (out []CardHelp) {
	for _, h := range helpers {
		i := slices.IndexFunc(out, func(c CardHelp) bool { return c.CardID == h.CardID })
		if i < 0 {
			i, out = len(out), append(out, CardHelp{CardID: h.CardID})
		}
		out[i].People = append(out[i].People, w.named(h.PersonID))
	}
	return out
}

func (w *viewer) parked(p parked, cal board.Calendar, now time.Time) (ParkedView, error) {
	v := ParkedView{ID: p.ID, Text: p.Text, CardID: p.CardID, People: w.all(p.People), By: w.named(p.By), At: store.At(p.At),
		Days: cal.Days(store.At(p.At), now) - 1, Outcome: p.Outcome, OutcomeKey: p.Key, Note: p.Note}
	if p.MeetAt != nil {
		v.Meet = &MeetView{At: store.At(*p.MeetAt), Minutes: p.MeetMinutes, People: w.all(p.MeetPeople)}
	}
	if p.CardID == "" {
		return v, nil
	}
	_, err := w.q.Row([]any{&v.CardKey, &v.CardTitle}, "SELECT key, title FROM cards WHERE id = ?", p.CardID)
	return v, err
}

// minutes is how long a meeting took.
func (m *meeting) minutes() int {
	if m.EndedAt == nil || m.Mode == Async {
		return 0
	}
	return cadence.Minutes(store.At(*m.EndedAt).Sub(store.At(m.StartedAt)))
}
