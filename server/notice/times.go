package notice

import (
	"fmt"
	"time"

	"trestle/server/store"
)

// Times is when somebody is written to: minutes of the day, in their own zone.
type Times struct {
	Mail               bool // at all
	DigestAt           int
	Quiet              bool
	QuietFrom, QuietTo int // equal: never quiet
	QuietWeekends      bool
}

// byDefault is for who chose nothing: a digest in the morning, nothing in the night.
var byDefault = Times{Mail: true, DigestAt: 8 * 60, Quiet: true, QuietFrom: 20 * 60, QuietTo: 7 * 60}

func timesOf(q *store.Query, personID string) (Times, error) {
	t := byDefault
	_, err := q.Row([]any{&t.Mail, &t.DigestAt, &t.Quiet, &t.QuietFrom, &t.QuietTo, &t.QuietWeekends},
		"SELECT mail, digest_at, quiet, quiet_from, quiet_to, quiet_weekends FROM notice_times WHERE person_id = ?", personID)
	return t, err
}

func (t Times) save(tx *store.Tx, personID string) error {
	_, err := tx.Exec(`INSERT INTO notice_times (person_id, mail, digest_at, quiet, quiet_from, quiet_to, quiet_weekends) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (person_id) DO UPDATE SET mail = excluded.mail, digest_at = excluded.digest_at, quiet = excluded.quiet, quiet_from = excluded.quiet_from,
		quiet_to = excluded.quiet_to, quiet_weekends = excluded.quiet_weekends`, personID, t.Mail, t.DigestAt, t.Quiet, t.QuietFrom, t.QuietTo, t.QuietWeekends)
	return err
}

// zoneOf is the zone of the name; nil when somebody never said where they are: then no hour is known to be quiet.
func zoneOf(name string) *time.Location {
	if name == "" {
		return nil
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return z
}

// loud is the first moment from now on that is not quiet.
func (t Times) loud(now time.Time, zone *time.Location) time.Time {
	if zone == nil || !t.Quiet {
		return now
	}
	at := now.In(zone)
	on := func(days, minute int) time.Time {
		return time.Date(at.Year(), at.Month(), at.Day()+days, 0, minute, 0, 0, zone)
	}
	for range 10 { // a night, a weekend, a night
		m := at.Hour()*60 + at.Minute()
		switch day := at.Weekday(); {
		case t.QuietWeekends && (day == time.Saturday || day == time.Sunday):
			at = on(1, 0)
		case t.QuietFrom == t.QuietTo:
			return at.UTC()
		case t.QuietFrom < t.QuietTo && m >= t.QuietFrom && m < t.QuietTo:
			at = on(0, t.QuietTo)
		case t.QuietFrom > t.QuietTo && m >= t.QuietFrom:
			at = on(1, t.QuietTo)
		case t.QuietFrom > t.QuietTo && m < t.QuietTo:
			at = on(0, t.QuietTo)
		default:
			return at.UTC()
		}
	}
	return at.UTC()
}

// digest is when the next daily mail goes.
func (t Times) digest(now time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	at := now.In(zone)
	next := time.Date(at.Year(), at.Month(), at.Day(), 0, t.DigestAt, 0, 0, zone)
	if !next.After(now) {
		next = time.Date(at.Year(), at.Month(), at.Day()+1, 0, t.DigestAt, 0, 0, zone)
	}
	return t.loud(next.UTC(), zone)
}

// clockText is minutes of the day as "08:00".
func clockText(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

// minutes reads "08:00".
func minutes(text string) (int, bool) {
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err == nil && len(text) == 5
}

// DigestAt is at which minute of their day some people's daily mail goes.
func DigestAt(q *store.Query, ids []string) (map[string]int, error) {
	out := make(map[string]int, len(ids))
	for _, id := range ids {
		out[id] = byDefault.DigestAt
	}
	return out, store.InParts(ids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var id string
			var at int
			err := scan(&id, &at)
			out[id] = at
			return err
		}, "SELECT person_id, digest_at FROM notice_times WHERE person_id IN ("+marks+")", args...)
	})
}
