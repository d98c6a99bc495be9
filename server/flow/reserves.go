package flow

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"trestle/server/measure"
	"trestle/server/store"
)

// reserve is a declared share of the work from one moment to another.
type reserve struct {
	by, key string
	percent int
	measure.Span
}

// Reserved is a share of the work that was reserved, and what it came to.
type Reserved struct {
	By              string         `json:"by" enum:"type,class,planned"`
	Key             string         `json:"key"`
	Percent         int            `json:"percent" doc:"Reserved"`
	Since           string         `json:"since" doc:"The day since which it has been so"`
	From            string         `json:"from" doc:"The first day that counts: the window's, or since where that is later"`
	Finished        int            `json:"finished"`
	OfFinished      int            `json:"ofFinished"`
	FinishedPercent float64        `json:"finishedPercent" doc:"Of what finished; 0 where nothing did"`
	WIPDays         int            `json:"wipDays"`
	OfWIPDays       int            `json:"ofWipDays"`
	WIPPercent      *float64       `json:"wipPercent,omitempty" doc:"Of the days in progress; absent where nothing was"`
	Judged          bool           `json:"judged" doc:"Seven days count at least, and something was in progress on them"`
	Missed          float64        `json:"missed" doc:"Of one that is judged: by how many points the days in progress lie above what was reserved, or, below 0, under it; 0 up to ten points"`
	Say             string         `json:"say" doc:"Unplanned work took 31 % of the time; 20 % were reserved"`
	Weeks           []ReservedWeek `json:"weeks"`
}

// ReservedWeek is one week of it.
type ReservedWeek struct {
	Monday          string   `json:"monday"`
	Percent         int      `json:"percent" doc:"Reserved at its end; 0 = nothing was"`
	Finished        int      `json:"finished"`
	FinishedPercent float64  `json:"finishedPercent"`
	WIPDays         int      `json:"wipDays"`
	WIPPercent      *float64 `json:"wipPercent,omitempty"`
}

const (
	// judgedAfter so many days a reserve is held against what came: of fewer, one card makes the share.
	judgedAfter = 7
	// missedBy so many points or fewer is near enough to what was reserved.
	missedBy = 10
)

// reserved reads the declared shares, and marks when they changed.
func (d *loaded) reserved(q *store.Query) error {
	err := q.Each(func(scan func(...any) error) error {
		var x reserve
		var to *int64
		err := scan(&x.by, &x.key, &x.percent, &x.From, &to)
		x.To = until(to)
		d.reserves = append(d.reserves, x)
		return err
	}, "SELECT part_of, part, percent, from_at, to_at FROM reserve_versions WHERE board_rid = ? ORDER BY from_at, rid", d.layout.RID)
	for _, x := range d.reserves {
		said := fmt.Sprintf("reserve for %s %d %%", workName(x.key), x.percent)
		if was := d.reserveAt(x, func(y reserve) bool { return y.To == x.From }); was != nil {
			said = fmt.Sprintf("reserve for %s %d to %d %%", workName(x.key), was.percent, x.percent)
		}
		d.marks = append(d.marks, mark{x.From, said})
		if x.To != measure.Unset && d.reserveAt(x, func(y reserve) bool { return y.From == x.To }) == nil {
			d.marks = append(d.marks, mark{x.To, fmt.Sprintf("reserve for %s taken back", workName(x.key))})
		}
	}
	return err
}

// reserveAt is another one for the same part of the work, nil without one.
func (d *loaded) reserveAt(x reserve, is func(reserve) bool) *reserve {
	i := slices.IndexFunc(d.reserves, func(y reserve) bool { return y.by == x.by && y.key == x.key && is(y) })
	if i < 0 {
		return nil
	}
	return &d.reserves[i]
}

// partOf is which part of the work a card is.
func partOf(by string) func(*measure.Journey) string {
	switch by {
	case "type":
		return func(j *measure.Journey) string { return j.Item.Type }
	case "class":
		return func(j *measure.Journey) string { return j.Item.Class }
	}
	return func(j *measure.Journey) string {
		if j.Unplanned() {
			return "unplanned"
		}
		return "planned"
	}
}

// workName is a kind of work in a sentence.
func workName(key string) string {
	name := strings.ReplaceAll(key, "_", " ")
	if key == "planned" || key == "unplanned" {
		name += " work"
	}
	return name
}

// reservedShares holds each reserve that stands against what came of it since it stands.
func (a *asked) reservedShares() []Reserved {
	out := []Reserved{}
	var within []measure.Journey // of the whole window, for the weeks
	for _, declared := range a.layout.Reserves {
		i := slices.IndexFunc(a.reserves, func(r reserve) bool {
			return r.by == declared.By && r.key == declared.Key && r.To == measure.Unset
		})
		if i < 0 {
			continue
		}
		r := a.reserves[i]
		since := a.rec.Calendar.Day(r.From)
		if since > a.window.To {
			continue
		}
		if within == nil {
			within = touching(a.counted, a.window)
		}
		v := Reserved{By: r.by, Key: r.key, Percent: r.percent, Since: since.String(), Weeks: []ReservedWeek{}}
		w := measure.Window{From: max(a.window.From, since), To: a.window.To}
		v.From = w.From.String()
		all, part := mixOf(within, w, r)
		v.Finished, v.OfFinished, v.FinishedPercent = part.Finished, all.Finished, share(part.Finished, all.Finished)
		v.WIPDays, v.OfWIPDays, v.WIPPercent = part.WIPDays, all.WIPDays, shareOf(part.WIPDays, all.WIPDays)
		v.judge(w.Days())
		v.Say = v.inWords()
		for m := a.window.From.Monday(); m <= a.window.To; m += 7 {
			week := measure.Window{From: max(m, a.window.From), To: min(m+6, a.window.To)}
			all, part := mixOf(within, week, r)
			v.Weeks = append(v.Weeks, ReservedWeek{Monday: m.String(), Percent: a.reservedAt(r, week.To), Finished: part.Finished, FinishedPercent: share(part.Finished, all.Finished),
				WIPDays: part.WIPDays, WIPPercent: shareOf(part.WIPDays, all.WIPDays)})
		}
		out = append(out, v)
	}
	return out
}

func (v *Reserved) inWords() string {
	name := workName(v.Key)
	name = strings.ToUpper(name[:1]) + name[1:]
	switch {
	case v.WIPPercent != nil:
		return fmt.Sprintf("%s took %s %% of the time; %d %% were reserved", name, number(*v.WIPPercent), v.Percent)
	case v.OfFinished > 0:
		return fmt.Sprintf("%s was %s %% of what finished; %d %% were reserved", name, number(v.FinishedPercent), v.Percent)
	}
	return fmt.Sprintf("Nothing was in progress since %d %% were reserved for %s", v.Percent, workName(v.Key))
}

// judge says whether enough days count to judge by, and by how much the reserve is missed.
func (v *Reserved) judge(days int) {
	if v.Judged = days >= judgedAfter && v.WIPPercent != nil; !v.Judged {
		return
	}
	if by := *v.WIPPercent - float64(v.Percent); math.Abs(by) > missedBy {
		v.Missed = math.Round(by*10) / 10
	}
}

// worstMissed says the reserve that is missed most, "" where none is.
func worstMissed(list []Reserved) (say string) {
	most := 0.0
	for _, v := range list {
		if by := math.Abs(v.Missed); by > most {
			say, most = v.Say, by
		}
	}
	return say
}

// reservedAt is how much of a kind of work was reserved at the end of a day.
func (a *asked) reservedAt(of reserve, day measure.Day) int {
	percent := 0
	for _, r := range a.reserves {
		if r.by == of.by && r.key == of.key && a.rec.Calendar.Day(r.From) <= day && (r.To == measure.Unset || a.rec.Calendar.Day(r.To) > day) {
			percent = r.percent
		}
	}
	return percent
}

func mixOf(journeys []measure.Journey, w measure.Window, r reserve) (all measure.Mix, part measure.Part) {
	all = measure.WorkMix(journeys, w, partOf(r.by))
	for _, p := range all.Parts {
		if p.Key == r.key {
			part = p
		}
	}
	return all, part
}

// touching leaves out what was done with before a window, and what had not been started by its end.
func touching(journeys []measure.Journey, w measure.Window) []measure.Journey {
	out := []measure.Journey{}
	for i := range journeys {
		j := &journeys[i]
		if w.Holds(j.FinishDay) || (j.StartDay != measure.Unset && j.StartDay <= w.To && (j.FinishDay == measure.Unset || j.FinishDay >= w.From)) {
			out = append(out, *j)
		}
	}
	return out
}

func shareOf(n, of int) *float64 {
	if of == 0 {
		return nil
	}
	p := share(n, of)
	return &p
}
