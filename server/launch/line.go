package launch

import (
	"time"

	"trestle/server/store"
)

// StageDay is a stage on the line of days; days are where the team is.
type StageDay struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Share     float64    `json:"share"`
	State     string     `json:"state" enum:"planned,running,passed,stopped"`
	On        string     `json:"on" doc:"The day on which it began, is planned, or is reckoned to begin"`
	Until     string     `json:"until" doc:"The day until which it is held, or on which it was left"`
	Reckoned  bool       `json:"reckoned" doc:"Nobody has planned its day: it follows from the stages before it and how long they are held"`
	HoldHours float64    `json:"holdHours"`
	At        *time.Time `json:"at,omitempty" doc:"When it began"`
}

// wall is what a clock there shows, as a time in UTC: a day of it has 24 hours, whatever the clocks do.
func wall(at time.Time, zone *time.Location) time.Time {
	at = at.In(zone)
	y, m, d := at.Date()
	return time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
}

func midnight(day string) time.Time {
	at, _ := time.Parse(time.DateOnly, day) // a day is checked when it is written
	return at
}

func (st *keptStage) hold() time.Duration { return time.Duration(st.Hold * float64(time.Hour)) }

// line lays the stages on the days: those that began where they began, the others where they are planned. One that
// nobody planned follows when the holds before it are over, counted from the launch's day, and is never reckoned to begin
// before today. Of a launch that is over, only what had begun is on it.
func (l *launch) line(launchOn string, zone *time.Location, now time.Time) []StageDay {
	out := []StageDay{}
	if launchOn == "" {
		return out
	}
	now = wall(now, zone)
	next := midnight(launchOn)
	for i := range l.plan.Stages {
		st := &l.plan.Stages[i]
		d := StageDay{ID: st.ID, Name: st.Name, Share: st.Share, State: st.State, HoldHours: st.Hold}
		var on, until time.Time
		switch {
		case st.State != StagePlanned:
			began := store.At(st.At)
			d.At, on = &began, wall(began, zone)
			until = l.left(i, zone, now)
		case l.endedAt != nil:
			return out
		case st.On != "":
			on = midnight(st.On)
			until = on.Add(st.hold())
		default:
			on, d.Reckoned = next, i > 0
			if today := now.Truncate(24 * time.Hour); d.Reckoned && on.Before(today) {
				on = today
			}
			until = on.Add(st.hold())
		}
		next = until
		d.On, d.Until = on.Format(time.DateOnly), until.Format(time.DateOnly)
		out = append(out, d)
	}
	return out
}

// left is when a stage that began was left, or until when it is held: longer than planned while nobody goes on.
func (l *launch) left(i int, zone *time.Location, now time.Time) time.Time {
	st := &l.plan.Stages[i]
	if i+1 < len(l.plan.Stages) && l.plan.Stages[i+1].At != 0 {
		return wall(store.At(l.plan.Stages[i+1].At), zone)
	}
	if l.endedAt != nil {
		return wall(store.At(*l.endedAt), zone)
	}
	if until := wall(store.At(st.At), zone).Add(st.hold()); until.After(now) {
		return until
	}
	return now
}

// warns gives the freezes in which it is under way now, or in which something of it that has not begun falls. What has
// gone by warns nobody.
func (l *launch) warns(teamID, launchOn, today string, line []StageDay, freezes []freeze) []FreezeRef {
	out := []FreezeRef{}
	if l.state == Done || l.state == RolledBack {
		return out
	}
	for i := range freezes {
		f := &freezes[i]
		covers := func(day string) bool { return day >= today && f.covers(teamID, day) }
		r := FreezeRef{ID: f.id, Title: f.title, From: f.from, To: f.to, Now: l.state == Running && covers(today), Stages: []string{}}
		for _, st := range line {
			if st.State == StagePlanned && covers(st.On) {
				r.Stages = append(r.Stages, st.Name)
			}
		}
		// what was due begins today at the earliest
		if r.Now || len(r.Stages) > 0 || l.state == Planned && launchOn != "" && covers(max(launchOn, today)) {
			out = append(out, r)
		}
	}
	return out
}
