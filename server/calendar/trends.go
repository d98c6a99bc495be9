package calendar

import (
	"context"
	"maps"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/cadence"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// trendWeeks are shown: the present one and those before it.
const trendWeeks = 8

// quietAfter is how long nothing happens on a card before it counts as quiet.
const quietAfter = 5 * 24 * time.Hour

// Trends is how a team's rituals went, week by week. Every figure says over how much it was made.
type Trends struct {
	TeamID   string      `json:"teamId"`
	TeamName string      `json:"teamName"`
	TimeZone string      `json:"timeZone" doc:"In which weeks begin"`
	Weeks    []TrendWeek `json:"weeks" doc:"The oldest first; the last one is not over"`
}

// TrendWeek is one week, from a Monday to the next.
type TrendWeek struct {
	From       time.Time      `json:"from"`
	To         time.Time      `json:"to"`
	Over       bool           `json:"over"`
	Standups   StandupTrend   `json:"standups"`
	Blockers   BlockerTrend   `json:"blockers"`
	Quiet      QuietTrend     `json:"quiet"`
	Operations DisciplineView `json:"operations"`
	Security   DisciplineView `json:"security"`
}

// StandupTrend is how long the week's standups took against their boxes; those in writing have no length.
type StandupTrend struct {
	N             int      `json:"n" doc:"Standups that were held"`
	MedianMinutes *float64 `json:"medianMinutes,omitempty"`
	BoxMinutes    *float64 `json:"boxMinutes,omitempty" doc:"The median of what they were meant to take"`
	OverBox       int      `json:"overBox" doc:"How many took longer than meant"`
}

// BlockerTrend is how old the blockers were that were open at the end of the week, or are now.
type BlockerTrend struct {
	N          int      `json:"n"`
	MedianDays *float64 `json:"medianDays,omitempty"`
}

// QuietTrend counts the cards in progress at the end of the week on which nothing moved, was said or ticked in five days.
type QuietTrend struct {
	N  int `json:"n"`
	Of int `json:"of" doc:"Cards in progress"`
}

// Trends reads eight weeks of one team from the record.
func (s *Service) Trends(ctx context.Context, teamID string) (out Trends, err error) {
	if teamID == "" {
		return out, fault.Invalid("query.teamId", "Name a team")
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		v, now := who.From(ctx), s.store.Now()
		from := now.AddDate(0, 0, -7*(trendWeeks+1))
		c, err := s.read(q, v, from, now, teamID)
		if err != nil {
			return err
		}
		boards, zone, err := c.boardsOf(q, teamID)
		if err != nil {
			return err
		}
		out = Trends{TeamID: teamID, TeamName: c.teams[teamID].Name, TimeZone: zone.String(), Weeks: weeks(now, zone)}
		r, err := readWork(q, boards, out.Weeks[0].From.Add(-quietAfter))
		if err != nil {
			return err
		}
		for i := range out.Weeks {
			w := &out.Weeks[i]
			end := w.To
			if end.After(now) {
				end = now
			}
			w.Standups = c.durations(teamID, w.From, w.To)
			w.Blockers, w.Quiet = r.blocked(end), r.quiet(end)
			w.Operations, w.Security = c.tally(teamID, "operations", w.From, w.To), c.tally(teamID, "security", w.From, w.To)
		}
		return nil
	})
	return out, err
}

// weeks are those shown, in a time zone.
func weeks(now time.Time, zone *time.Location) (out []TrendWeek) {
	y, m, d := now.In(zone).Date()
	first := cadence.Monday(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	at := func(back int) time.Time {
		y, m, d := first.AddDate(0, 0, -7*back).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone).UTC()
	}
	for back := trendWeeks - 1; back >= 0; back-- {
		out = append(out, TrendWeek{From: at(back), To: at(back - 1), Over: back > 0})
	}
	return out
}

// boardsOf are the team's boards that the viewer may see, and the oldest's time zone.
func (c *scene) boardsOf(q *store.Query, teamID string) (boards []boardRow, zone *time.Location, err error) {
	zone = time.UTC
	rights := c.teams[teamID].Rights
	err = q.Each(func(scan func(...any) error) error {
		var b boardRow
		var visibility, name string
		if err := scan(&b.rid, &b.id, &visibility, &name); err != nil || !rights.CanSee(visibility) {
			return err
		}
		z, ok := clock.Zone(name)
		if !ok {
			z = time.UTC
		}
		if b.cal = board.CalendarIn(z); len(boards) == 0 {
			zone = z
		}
		boards = append(boards, b)
		return nil
	}, "SELECT rid, id, visibility, time_zone FROM boards WHERE team_id = ? AND archived_at IS NULL AND staged_at IS NULL ORDER BY rid", teamID)
	return boards, zone, err
}

func (c *scene) durations(teamID string, from, to time.Time) (t StandupTrend) {
	var took, box []float64
	for i := range c.occurrences {
		o := &c.occurrences[i]
		if o.TeamID != teamID || o.Kind != Standup || o.State != HeldIt || o.Held.Written || o.Held.StartedAt.Before(from) || !o.Held.StartedAt.Before(to) {
			continue
		}
		d := o.Held.EndedAt.Sub(o.Held.StartedAt)
		took, box = append(took, d.Minutes()), append(box, o.Held.Box.Minutes())
		if d > o.Held.Box {
			t.OverBox++
		}
	}
	t.N, t.MedianMinutes, t.BoxMinutes = len(took), median(took), median(box)
	return t
}

// median to one place behind the point; nil of nothing.
func median(of []float64) *float64 {
	if len(of) == 0 {
		return nil
	}
	slices.Sort(of)
	mid := len(of) / 2
	m := of[mid]
	if len(of)%2 == 0 {
		m = (of[mid-1] + m) / 2
	}
	m = float64(int(m*10+0.5)) / 10
	return &m
}

type boardRow struct {
	rid int64
	id  string
	cal board.Calendar
}

// work is what the record says of a team's cards: when they were in progress, blocked, and touched.
type work struct {
	cards    map[int64]*cardSpan
	blockers []blockerSpan
}

// blockerSpan is how long a blocker stood; its days are those of its board.
type blockerSpan struct {
	span
	cal board.Calendar
}

type span struct{ from, to int64 } // to 0: not over

func (s span) has(at int64) bool { return s.from <= at && (s.to == 0 || s.to > at) }

type cardSpan struct {
	id      string
	span            // from started to finished or archived
	touched []int64 // moves, comments, to-dos
}

// readWork reads the boards' cards that were in progress since a moment, and their blockers.
func readWork(q *store.Query, boards []boardRow, since time.Time) (*work, error) {
	w := &work{cards: map[int64]*cardSpan{}}
	from := store.Ms(since)
	for _, b := range boards {
		err := q.Each(func(scan func(...any) error) error {
			var rid int64
			var finished, archived *int64
			c := &cardSpan{}
			err := scan(&rid, &c.id, &c.from, &finished, &archived)
			for _, end := range []*int64{finished, archived} {
				if end != nil && (c.to == 0 || *end < c.to) {
					c.to = *end
				}
			}
			w.cards[rid] = c
			return err
		}, `SELECT rid, id, started_at, finished_at, archived_at FROM cards WHERE board_rid = ? AND started_at IS NOT NULL
			AND (finished_at IS NULL OR finished_at >= ?) AND (archived_at IS NULL OR archived_at >= ?)`, b.rid, from, from)
		if err != nil {
			return nil, err
		}
		err = q.Each(func(scan func(...any) error) error {
			s := blockerSpan{cal: b.cal}
			var to *int64
			err := scan(&s.from, &to)
			if to != nil {
				s.to = *to
			}
			w.blockers = append(w.blockers, s)
			return err
		}, "SELECT opened_at, closed_at FROM blockers WHERE board_rid = ? AND (closed_at IS NULL OR closed_at >= ?)", b.rid, from)
		if err != nil {
			return nil, err
		}
		touch := func(scan func(...any) error) error {
			var rid, at int64
			err := scan(&rid, &at)
			if c := w.cards[rid]; c != nil {
				c.touched = append(c.touched, at)
			}
			return err
		}
		if err := q.Each(touch, "SELECT card_rid, at FROM card_transitions WHERE board_rid = ? AND at >= ? AND voided_at IS NULL", b.rid, from); err != nil {
			return nil, err
		}
		if err := q.Each(touch, "SELECT m.card_rid, m.at FROM comments m JOIN cards c ON c.rid = m.card_rid WHERE c.board_rid = ? AND m.at >= ?", b.rid, from); err != nil {
			return nil, err
		}
	}
	return w, w.readTodos(q, from)
}

// readTodos adds when to-do lists changed, which only the events tell.
func (w *work) readTodos(q *store.Query, from int64) error {
	byID := map[string]*cardSpan{}
	for _, c := range w.cards {
		byID[c.id] = c
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(byID)), 400) {
		args := make([]any, 0, len(ids)+1)
		for _, id := range ids {
			args = append(args, id)
		}
		err := q.Each(func(scan func(...any) error) error {
			var id string
			var at int64
			err := scan(&id, &at)
			if c := byID[id]; c != nil {
				c.touched = append(c.touched, at)
			}
			return err
		}, "SELECT subject, at FROM events WHERE subject <> '' AND subject IN ("+store.Marks(len(ids))+") AND type = 'card.todo_changed' AND at >= ?", append(args, from)...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *work) blocked(end time.Time) BlockerTrend {
	at := store.Ms(end)
	var days []float64
	for _, b := range w.blockers {
		if b.has(at) {
			// the days of an age: the first one counts, and the last one is that which ends
			days = append(days, float64(b.cal.Days(store.At(b.from), end.Add(-time.Millisecond))))
		}
	}
	return BlockerTrend{N: len(days), MedianDays: median(days)}
}

func (w *work) quiet(end time.Time) (t QuietTrend) {
	at, since := store.Ms(end), store.Ms(end.Add(-quietAfter))
	for _, c := range w.cards {
		if !c.has(at) {
			continue
		}
		t.Of++
		if !slices.ContainsFunc(c.touched, func(x int64) bool { return x > since && x <= at }) {
			t.N++
		}
	}
	return t
}
