package flow

import (
	"context"
	"fmt"
	"slices"
	"time"

	"trestle/server/card"
	"trestle/server/measure"
	"trestle/server/store"
)

// Efficiency is how much of the time between start and finish was not waiting.
type Efficiency struct {
	Title   string     `json:"title"`
	Percent *float64   `json:"percent,omitempty" doc:"Absent when nothing finished"`
	Active  int64      `json:"activeMs"`
	Total   int64      `json:"totalMs"`
	Weeks   []EffWeek  `json:"weeks" doc:"Of what finished in each week"`
	Queues  []QueueFor `json:"queues" doc:"Time in queues within start and finish, charged to the discipline that took the card up"`
	Why     Why        `json:"why"`
}

// EffWeek is one week.
type EffWeek struct {
	Monday  string  `json:"monday"`
	Percent float64 `json:"percent"`
	N       int     `json:"n"`
}

// QueueFor is how long work waited for a discipline.
type QueueFor struct {
	Discipline string `json:"discipline" doc:"Empty when nobody took the card up"`
	Total      int64  `json:"totalMs"`
	Cards      int    `json:"cards"`
}

// Efficiency of a board.
func (s *Service) Efficiency(ctx context.Context, boardID string, in Ask) (Efficiency, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Efficiency{}, err
	}
	points, out := measure.Finished(a.counted, a.window)
	sortByDay(points)
	e := a.rec.FlowEfficiency(points)
	v := Efficiency{Active: e.Active, Total: e.Total, Weeks: []EffWeek{}, Queues: []QueueFor{}, Title: "Nothing finished in this window"}
	if len(points) > 0 {
		p := percent(e.Share())
		v.Percent = &p
		v.Title = fmt.Sprintf("%s %% of the time from start to finish cards were worked on: in active columns and not blocked", number(p))
	}
	for i := 0; i < len(points); {
		m, k := points[i].Day.Monday(), i
		for ; k < len(points) && points[k].Day.Monday() == m; k++ {
		}
		v.Weeks = append(v.Weeks, EffWeek{m.String(), percent(a.rec.FlowEfficiency(points[i:k]).Share()), k - i})
		i = k
	}
	for _, w := range a.rec.QueueWaits(points) {
		v.Queues = append(v.Queues, QueueFor{w.Discipline, w.Total, w.Items})
	}
	v.Why = a.why("Time in columns of kind active, minus blocked time, over all time from start to finish; the sum over cards, never a mean of shares. Time in an active column is no proof that somebody worked.",
		len(points), left("never started", out.NeverStarted), left("no whole history, or finished before it was started", out.Junk))
	return v, nil
}

func percent(share float64) float64 { return float64(int(share*1000+0.5)) / 10 }

// Blockers are what stood in the way.
type Blockers struct {
	Title    string    `json:"title"`
	Clusters []Cluster `json:"clusters" doc:"The costliest first"`
	Open     []Open    `json:"open" doc:"Blockers that stand now, the oldest first"`
	Total    int64     `json:"totalMs" doc:"Time in which a card that finished, or is in progress, was blocked; two blockers at once count once"`
	Why      Why       `json:"why"`
}

// Cluster is one category.
type Cluster struct {
	Category string   `json:"category"`
	Name     string   `json:"name"`
	External bool     `json:"external"`
	Count    int      `json:"count"`
	Total    int64    `json:"totalMs"`
	Mean     int64    `json:"meanMs"`
	Percent  float64  `json:"percent" doc:"Of all blocked time"`
	Cards    []string `json:"cards" doc:"Fifty at most"`
}

// Open is a blocker that stands.
type Open struct {
	Card
	Category string    `json:"category"`
	Reason   string    `json:"reason"`
	External bool      `json:"external"`
	Since    time.Time `json:"since"`
	Days     int       `json:"days" doc:"Calendar days, the first one counted"`
	WaitsFor string    `json:"waitsFor,omitempty" doc:"Who has to move, where that is said"`
	Promised string    `json:"promisedOn,omitempty" doc:"By when somebody has it"`
}

// Blockers of a board.
func (s *Service) Blockers(ctx context.Context, boardID string, in Ask) (Blockers, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Blockers{}, err
	}
	// read each time: a name may have changed without the board having moved on
	open, err := card.OpenBlockers(s.store.Rows(ctx), []string{a.layout.ID})
	if err != nil {
		return Blockers{}, err
	}
	names := map[string]string{}
	for _, c := range a.layout.Categories {
		names[c.Key] = c.Name
	}
	v := Blockers{Clusters: []Cluster{}, Open: []Open{}, Title: "Nothing was unblocked in this window"}
	n := 0
	for _, c := range a.rec.Clusters(a.counted, a.window) {
		name := names[c.Category]
		if name == "" {
			name = c.Category
		}
		x := Cluster{Category: c.Category, Name: name, External: c.External, Count: c.Count, Total: c.Total, Mean: c.Mean(), Percent: percent(c.Share), Cards: []string{}}
		for _, j := range c.Items[:min(len(c.Items), keysShown)] {
			x.Cards = append(x.Cards, j.Item.Key)
		}
		n += c.Count
		v.Clusters = append(v.Clusters, x)
	}
	if len(v.Clusters) > 0 {
		c := v.Clusters[0]
		v.Title = fmt.Sprintf("%s cost most: %s days in %s, %s %% of all blocked time", c.Name, number(tenth(float64(c.Total)/86_400_000)), plural(c.Count, "blocker", "blockers"), number(c.Percent))
	}
	for i := range a.counted {
		j := &a.counted[i]
		v.Total += j.Blocked(a.rec.Now)
		if j.Finished != measure.Unset || j.Here() == nil {
			continue
		}
		for _, b := range j.Item.Blocks {
			if b.To == measure.Unset {
				x := Open{Card: cardOf(j), Category: b.Category, Reason: b.Reason, External: b.External, Since: time.UnixMilli(b.From).UTC(), Days: int(a.today-a.rec.Calendar.Day(b.From)) + 1}
				if i := slices.IndexFunc(open, func(o card.OpenBlocker) bool {
					return o.CardID == j.Item.ID && o.Reason == b.Reason && store.Ms(o.Since) == b.From
				}); i >= 0 {
					x.WaitsFor, x.Promised = open[i].WaitsFor, open[i].Promised
				}
				v.Open = append(v.Open, x)
			}
		}
	}
	sortOpen(v.Open)
	v.Why = a.why("Blockers that were closed in the window, grouped by category; each counts the time within its card's start and finish. Blocked before the start does not count.", n)
	return v, nil
}

// Handoffs is how often finished work changed hands between disciplines or teams.
type Handoffs struct {
	Title   string         `json:"title"`
	None    int            `json:"none" doc:"Finished without any"`
	N       int            `json:"n"`
	Mean    float64        `json:"mean"`
	Counts  []int          `json:"counts" doc:"Cards with 0, 1, 2, … hand-offs"`
	Cards   []HandedCard   `json:"cards" doc:"Those with most, twenty at most"`
	Returns []ReturnReason `json:"returns" doc:"Moves back within the window, by their reason"`
	Why     Why            `json:"why"`
}

// HandedCard is a card that changed hands.
type HandedCard struct {
	Card
	Handoffs int `json:"handoffs"`
}

// ReturnReason counts moves back.
type ReturnReason struct {
	Reason string   `json:"reason" doc:"incomplete, defect, wrong_need, changed_mind, other, or empty"`
	N      int      `json:"n"`
	Cards  []string `json:"cards" doc:"Fifty at most"`
}

// Handoffs of a board.
func (s *Service) Handoffs(ctx context.Context, boardID string, in Ask) (Handoffs, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Handoffs{}, err
	}
	points, _ := measure.Finished(a.counted, a.window)
	v := Handoffs{N: len(points), Counts: []int{}, Cards: []HandedCard{}, Returns: []ReturnReason{}, Title: "Nothing finished in this window"}
	sum := 0
	for _, p := range points {
		n := p.Journey.Handoffs()
		for len(v.Counts) <= n {
			v.Counts = append(v.Counts, 0)
		}
		v.Counts[n]++
		sum += n
		if n > 0 {
			v.Cards = append(v.Cards, HandedCard{cardOf(p.Journey), n})
		}
	}
	if v.N > 0 {
		v.None, v.Mean = v.Counts[0], float64(sum)/float64(v.N)
		v.Title = fmt.Sprintf("%d of %d finished without a hand-off", v.None, v.N)
	}
	sortHanded(v.Cards)
	v.Cards = v.Cards[:min(len(v.Cards), 20)]
	at := map[string]int{}
	for _, r := range a.rec.Returns(a.counted, a.window) {
		i, known := at[r.Reason]
		if !known {
			i = len(v.Returns)
			at[r.Reason], v.Returns = i, append(v.Returns, ReturnReason{Reason: r.Reason, Cards: []string{}})
		}
		v.Returns[i].N++
		if len(v.Returns[i].Cards) < keysShown {
			v.Returns[i].Cards = append(v.Returns[i].Cards, r.Journey.Item.Key)
		}
	}
	v.Why = a.why("A hand-off: after the start, all owners are replaced by people of another discipline, or by people from outside the team.", v.N)
	return v, nil
}

// Mix is what kinds of work there were.
type Mix struct {
	Title     string     `json:"title"`
	Types     []MixPart  `json:"types"`
	Classes   []MixPart  `json:"classes"`
	Planned   []MixPart  `json:"planned" doc:"planned and unplanned"`
	Finished  int        `json:"finished"`
	WIPDays   int        `json:"wipDays"`
	Unplanned float64    `json:"unplannedPercent" doc:"Of what finished"`
	Reserves  []Reserved `json:"reserves" doc:"Shares that the team reserved, against what came of them"`
	Why       Why        `json:"why"`
}

// MixPart is one kind.
type MixPart struct {
	Key             string  `json:"key"`
	Finished        int     `json:"finished"`
	FinishedPercent float64 `json:"finishedPercent"`
	WIPDays         int     `json:"wipDays"`
	WIPPercent      float64 `json:"wipPercent"`
}

// Mix of a board; every class counts, expedite too, unless classes are asked for.
func (s *Service) Mix(ctx context.Context, boardID string, in Ask) (Mix, error) {
	a, err := s.ask(ctx, boardID, in)
	if err != nil {
		return Mix{}, err
	}
	if len(a.classes) == 0 && len(a.types) == 0 {
		a.counted, a.expedite, a.classes = a.all, 0, []string{"all classes"}
	}
	parts := func(key func(*measure.Journey) string) ([]MixPart, measure.Mix) {
		m := measure.WorkMix(a.counted, a.window, key)
		out := []MixPart{}
		for _, p := range m.Parts {
			out = append(out, MixPart{p.Key, p.Finished, share(p.Finished, m.Finished), p.WIPDays, share(p.WIPDays, m.WIPDays)})
		}
		return out, m
	}
	v := Mix{Title: "Nothing finished in this window"}
	var m measure.Mix
	v.Types, _ = parts(func(j *measure.Journey) string { return j.Item.Type })
	v.Classes, _ = parts(func(j *measure.Journey) string { return j.Item.Class })
	v.Planned, m = parts(func(j *measure.Journey) string {
		if j.Unplanned() {
			return "unplanned"
		}
		return "planned"
	})
	v.Finished, v.WIPDays = m.Finished, m.WIPDays
	for _, p := range v.Planned {
		if p.Key == "unplanned" {
			v.Unplanned = p.FinishedPercent
		}
	}
	if v.Finished > 0 {
		v.Title = fmt.Sprintf("%s %% of what finished was unplanned", number(v.Unplanned))
	}
	if in.Type == "" && in.Class == "" { // a share is one of all work
		v.Reserves = a.reservedShares()
	}
	if missed := worstMissed(v.Reserves); missed != "" {
		v.Title = missed
	}
	v.Why = a.why("Every class counts here, expedite too, unless classes are asked for. Unplanned: an incident, an expedite card, or a card that was started without having stood in a queue.", v.Finished)
	return v, nil
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return percent(float64(n) / float64(of))
}
