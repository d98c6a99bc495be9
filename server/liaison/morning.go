package liaison

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

const (
	// before their daily mail goes, so that it tells of the desk too
	morningBefore = 20 * time.Minute
	// after that it is no morning any more: a server that was down tells nothing late
	morningUntil = 4 * time.Hour
	// soonEnds is from how many days on a gap or evidence that ends is told
	soonEnds = 7
)

// Mornings tells everybody who stands to a team, or stands in for somebody who is away, once a day, before their daily
// mail goes, what waits on their desk. Where nothing waits, nothing is told.
func (s *Service) Mornings(ctx context.Context) error {
	now := s.store.Now()
	due, err := s.mornings(s.store.Rows(ctx), now)
	for _, m := range due {
		if err != nil {
			return err
		}
		err = s.morning(ctx, m)
	}
	return err
}

// morningOf is somebody to whom it is morning, on a day where they are.
type morningOf struct{ personID, role, day string }

// mornings are those to whom it is morning and of whom it was not looked yet today.
func (s *Service) mornings(q *store.Query, now time.Time) (out []morningOf, err error) {
	type seated struct {
		morningOf
		zone, last string
	}
	ins, err := s.StandIns(q, now, "", "")
	if err != nil {
		return nil, err
	}
	var all []seated
	var ids []string
	deputies := []any{""}
	for _, in := range ins {
		deputies = append(deputies, in.DeputyID)
	}
	err = q.Each(func(scan func(...any) error) error {
		var x seated
		err := scan(&x.personID, &x.role, &x.zone, &x.last)
		all, ids = append(all, x), append(ids, x.personID)
		return err
	}, `SELECT p.id, p.role, COALESCE(NULLIF(p.time_zone, ''), (SELECT b.time_zone FROM boards b WHERE b.archived_at IS NULL AND b.staged_at IS NULL
			AND b.team_id IN `+strings.ReplaceAll(account.OwnTeams, "?", "p.id")+` ORDER BY b.rid LIMIT 1), 'UTC'), COALESCE(d.day, '')
		FROM people p LEFT JOIN desk_mornings d ON d.person_id = p.id WHERE p.disabled_at IS NULL AND p.placeholder = FALSE AND p.role <> 'guest'
		AND (p.id IN (SELECT person_id FROM patterns WHERE ended_at IS NULL) OR p.id IN (`+store.Marks(len(deputies))+"))", deputies...)
	if err != nil {
		return nil, err
	}
	minutes, err := notice.DigestAt(q, ids)
	for _, x := range all {
		zone, ok := clock.Zone(x.zone)
		if !ok {
			zone = time.UTC
		}
		local := now.In(zone)
		x.day = local.Format(time.DateOnly)
		at := time.Date(local.Year(), local.Month(), local.Day(), 0, minutes[x.personID], 0, 0, zone).Add(-morningBefore)
		if x.day != x.last && !local.Before(at) && local.Before(at.Add(morningUntil)) {
			out = append(out, x.morningOf)
		}
	}
	return out, err
}

// morning tells one person, if anything waits, and notes the day.
func (s *Service) morning(ctx context.Context, m morningOf) error {
	d, err := s.desk(who.With(ctx, who.Viewer{PersonID: m.personID, Role: m.role}), "", deskMost, true)
	if err != nil {
		return err
	}
	n, words := d.morning()
	return store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		noted, err := tx.Exec("INSERT INTO desk_mornings (person_id, day) VALUES (?,?) ON CONFLICT (person_id) DO UPDATE SET day = excluded.day WHERE desk_mornings.day <> excluded.day",
			m.personID, m.day)
		if err != nil || noted == 0 || n == 0 {
			return err
		}
		title := fmt.Sprintf("%d things wait on your desk", n)
		if n == 1 {
			title = "One thing waits on your desk"
		}
		return notice.Post(tx, notice.Note{Kind: "desk.morning", To: []string{m.personID}, Title: title, Text: words, Link: "/today?scope=all"})
	})
}

// morning sums a desk up: how many things wait, and what they are.
func (d *Desk) morning() (n int, words string) {
	var parts []string
	say := func(count int, one, many string) {
		if n += count; count == 1 {
			parts = append(parts, "1 "+one)
		} else if count > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", count, many))
		}
	}
	say(d.Waiting.Total, "answer to understand", "answers to understand")
	if d.Waiting.Total > 0 {
		if days := int(d.At.Sub(d.Waiting.Items[0].At) / (24 * time.Hour)); days > 0 {
			parts[len(parts)-1] += fmt.Sprintf(", the oldest %d d", days)
		}
	}
	ends, raised := 0, 0
	for _, e := range d.Ending.Items {
		if e.Days <= soonEnds {
			ends++
		}
	}
	for _, a := range d.Asks.Items {
		if a.State == "raised" {
			raised++
		}
	}
	say(ends, "gap or evidence that ends within a week", "gaps or evidence that end within a week")
	say(raised, "ask without an answer", "asks without an answer")
	for _, l := range d.Launch.Items {
		if c := l.Checklist; c.Blocking > 0 && c.LaunchOn >= d.Today && c.LaunchOn <= d.At.AddDate(0, 0, soonEnds).Format(time.DateOnly) {
			n++
			parts = append(parts, fmt.Sprintf("%s launches on %s with %d blocking", c.Name, c.LaunchOn, c.Blocking))
		}
	}
	return n, strings.Join(parts, "; ")
}
