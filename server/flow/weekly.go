package flow

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"trestle/server/clock"
	"trestle/server/measure"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

const (
	weeklyFrom  = 7  // o'clock on Monday where the board is: before most daily mails go
	weeklyUntil = 11 // a server that was down tells nothing late
)

// weekOf is a board whose team is due to be told of its last week.
type weekOf struct {
	boardID, teamID, monday string
	rid                     int64
	first                   bool // nobody has looked yet: it is noted and nothing told
}

// Weeklies tells each team on Monday morning how the week went on its boards, once, in the inbox, by mail and in its chat, as
// each has chosen. A board on which nothing moves is not told of.
func (s *Service) Weeklies(ctx context.Context) error {
	due, err := weeksDue(s.store.Rows(ctx), s.store.Now())
	if err != nil {
		return err
	}
	var failed []error // one board that cannot be told of leaves the others theirs
	for _, w := range due {
		if err := s.weekly(ctx, w); err != nil {
			failed = append(failed, fmt.Errorf("the week of board %s: %w", w.boardID, err))
		}
	}
	return errors.Join(failed...)
}

func weeksDue(q *store.Query, now time.Time) (out []weekOf, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var w weekOf
		var zone, last string
		if err := scan(&w.boardID, &w.rid, &w.teamID, &zone, &last); err != nil {
			return err
		}
		local := now.UTC()
		if z, ok := clock.Zone(zone); ok {
			local = now.In(z)
		}
		w.monday = local.AddDate(0, 0, -(int(local.Weekday())+6)%7).Format(time.DateOnly)
		w.first = last == ""
		morning := local.Weekday() == time.Monday && local.Hour() >= weeklyFrom && local.Hour() < weeklyUntil
		if w.first || (morning && last != w.monday) {
			out = append(out, w)
		}
		return nil
	}, `SELECT b.id, b.rid, b.team_id, b.time_zone, COALESCE(w.monday, '') FROM boards b JOIN teams t ON t.id = b.team_id LEFT JOIN flow_weeks w ON w.board_rid = b.rid
		WHERE b.staged_at IS NULL AND b.archived_at IS NULL AND t.archived_at IS NULL ORDER BY b.rid`)
	return out, err
}

func (s *Service) weekly(ctx context.Context, w weekOf) error {
	var note *notice.Note
	if !w.first {
		var err error
		if note, err = s.lastWeek(ctx, w); err != nil {
			return err
		}
	}
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		noted, err := tx.Exec("INSERT INTO flow_weeks (board_rid, monday) VALUES (?,?) ON CONFLICT (board_rid) DO UPDATE SET monday = excluded.monday WHERE flow_weeks.monday <> excluded.monday",
			w.rid, w.monday)
		if err != nil || noted == 0 || note == nil {
			return err
		}
		if note.To, err = team.People(tx.Query, w.teamID, team.Commenter); err != nil {
			return err
		}
		return notice.Post(tx, *note)
	})
}

// lastWeek is what is told: the sentences of the board's Flow page and its four measures. nil where nothing moves.
func (s *Service) lastWeek(ctx context.Context, w weekOf) (*notice.Note, error) {
	seen := who.With(ctx, who.Viewer{DeviceID: "weekly", TeamID: w.teamID}) // as a screen of the team sees it
	v, err := s.Overview(seen, w.boardID, Ask{})
	if err != nil {
		return nil, err
	}
	// Counted by itself: the week in which the record begins is none of the whole weeks that throughput is judged by.
	monday, err := measure.DayOf(w.monday)
	if err != nil {
		return nil, err
	}
	week, err := s.Throughput(seen, w.boardID, Ask{From: (monday - 7).String(), To: (monday - 1).String()})
	if err != nil {
		return nil, err
	}
	finished := total(week.Finished)
	if v.WIP.Now+v.WIP.Expedite+finished == 0 {
		return nil, nil
	}
	b, err := s.record(seen, w.boardID)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, x := range v.Sentences {
		text := ""
		for _, p := range x.Parts {
			text += p.Text
		}
		said = append(said, text)
	}
	lines := append([]string{}, said...)
	lines = append(lines, v.measures(finished)...)
	return &notice.Note{Kind: "flow.weekly", TeamID: w.teamID, BoardID: w.boardID, Link: "/b/" + w.boardID + "/flow",
		Title: fmt.Sprintf("%s, last week: %d finished, %d in progress", b.layout.Name, finished, v.WIP.Now),
		Text:  strings.Join(said, " "), Markdown: "- " + strings.Join(lines, "\n- ")}, nil
}

// measures are the four of the Kanban Guide in a line each.
func (v Overview) measures(finished int) []string {
	wip := fmt.Sprintf("Work in progress: %d", v.WIP.Now)
	if v.WIP.Limit > 0 {
		wip += fmt.Sprintf(" of %d", v.WIP.Limit)
	}
	if v.WIP.Expedite > 0 {
		wip += fmt.Sprintf(", and %d expedite", v.WIP.Expedite)
	}
	throughput := fmt.Sprintf("Throughput: %d last week", finished)
	if v.Throughput.N > 0 {
		throughput += fmt.Sprintf(", %d to %d in a week", v.Throughput.Least, v.Throughput.Most)
	}
	out := []string{wip, throughput}
	if v.Age.Key != "" {
		age := fmt.Sprintf("Oldest: %s, %s", v.Age.Key, plural(v.Age.Oldest, "day", "days"))
		if v.Age.SLE > 0 {
			age += fmt.Sprintf(", expected %d", v.Age.SLE)
		}
		out = append(out, age)
	}
	if v.Cycle.Days > 0 {
		out = append(out, fmt.Sprintf("Cycle time: %d %% in %s or less (%s)", v.Cycle.Percent, plural(v.Cycle.Days, "day", "days"), plural(v.Cycle.N, "card", "cards")))
		if v.Cycle.SLE > 0 {
			out[len(out)-1] += fmt.Sprintf(", expected %d", v.Cycle.SLE)
		}
	}
	return out
}
