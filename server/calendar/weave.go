package calendar

import (
	"cmp"
	"slices"
	"time"
)

// States of an occurrence.
const (
	Planned = "planned"
	Running = "running"
	HeldIt  = "held"
	Missed  = "missed"
)

// Who begins so much before the time has held that meeting; who begins so much later, too, unless the next one is nearer.
const (
	early = time.Hour
	late  = 8 * time.Hour
)

// shortest is how long an occurrence lasts that has no box and ended at once.
const shortest = 15 * time.Minute

// occurrence is a ritual at one time: planned, held, or both.
type occurrence struct {
	*Ritual
	At, End time.Time
	State   string
	Held    *Held // nil: not begun
}

// weave lays what was held over what was planned, in the order of time.
func weave(rituals []Ritual, held []Held, now time.Time) (out []occurrence) {
	of := map[string][]*Held{}
	for i := range held {
		of[held[i].RitualID] = append(of[held[i].RitualID], &held[i])
	}
	for i := range rituals {
		out = append(out, rituals[i].weave(of[rituals[i].ID], now)...)
	}
	slices.SortStableFunc(out, func(a, b occurrence) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.TeamID, b.TeamID), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (r *Ritual) weave(held []*Held, now time.Time) (out []occurrence) {
	for i, at := range r.Planned {
		o := occurrence{Ritual: r, At: at, End: at.Add(max(r.Box, shortest)), State: Planned}
		until := at.Add(late)
		if i+1 < len(r.Planned) && r.Planned[i+1].Add(-early).Before(until) {
			until = r.Planned[i+1].Add(-early)
		}
		for j, h := range held {
			if h != nil && !h.StartedAt.Before(at.Add(-early)) && h.StartedAt.Before(until) {
				o.Held, held[j] = h, nil
				break
			}
		}
		switch {
		case o.Held != nil && o.Held.EndedAt == nil:
			o.State = Running
		case o.Held != nil:
			o.State = HeldIt
		case !now.Before(o.End):
			o.State = Missed
		}
		out = append(out, o)
	}
	for _, h := range held {
		if h == nil {
			continue
		}
		o := occurrence{Ritual: r, At: h.StartedAt, End: h.StartedAt.Add(max(r.Box, shortest)), State: Running, Held: h}
		if h.EndedAt != nil {
			o.State = HeldIt
			if o.End = *h.EndedAt; o.End.Sub(o.At) < shortest {
				o.End = o.At.Add(shortest)
			}
		}
		out = append(out, o)
	}
	return out
}

// day is the date of the occurrence where the ritual is.
func (o *occurrence) day() time.Time {
	y, m, d := o.At.In(o.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// title is what it is called: a meeting's own title, else the ritual's name.
func (o *occurrence) title() string {
	if o.Held != nil && o.Held.Title != "" {
		return o.Held.Title
	}
	return o.Name
}
