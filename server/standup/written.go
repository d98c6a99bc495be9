package standup

import (
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/store"
)

// States of a day's standup in writing.
const (
	digestOpen = "open"
	digestSent = "sent"
	digestVoid = "void" // nobody was asked, because the team changed its mind before
)

// digest is one day's standup in writing.
type digest struct {
	RID, SeriesRID     int64
	ID, Day, State     string
	Since, Due, TurnAt int64
	SentAt, MeetingRID *int64
}

// answer is what somebody was asked and wrote.
type answer struct {
	PersonID             string
	AskedAt              int64
	RemindedAt, Answered *int64
	Finishes, Help, Hear string
	Facts                string
}

const digestColumns = "d.rid, d.series_rid, d.id, d.day, d.state, d.since_at, d.due_at, d.turn_at, d.sent_at, d.meeting_rid"

func readDigests(q *store.Query, where string, args ...any) (out []*digest, err error) {
	err = q.Each(func(scan func(...any) error) error {
		d := &digest{}
		err := scan(&d.RID, &d.SeriesRID, &d.ID, &d.Day, &d.State, &d.Since, &d.Due, &d.TurnAt, &d.SentAt, &d.MeetingRID)
		out = append(out, d)
		return err
	}, "SELECT "+digestColumns+" FROM standup_digests d WHERE "+where, args...)
	return out, err
}

// openDigest is the day that is written on now, which begins when the first one is asked; the earliest when two
// overlap, nil when there is none.
func openDigest(q *store.Query, seriesRID int64) (*digest, error) {
	list, err := readDigests(q, "d.series_rid = ? AND d.state = 'open' AND d.since_at > 0 ORDER BY d.day LIMIT 1", seriesRID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func saveDigest(tx *store.Tx, d *digest) error {
	_, err := tx.Exec("UPDATE standup_digests SET state = ?, since_at = ?, due_at = ?, turn_at = ?, sent_at = ?, meeting_rid = ? WHERE rid = ?",
		d.State, d.Since, d.Due, d.TurnAt, d.SentAt, d.MeetingRID, d.RID)
	return err
}

func answersOf(q *store.Query, digestRID int64) (out []*answer, err error) {
	err = q.Each(func(scan func(...any) error) error {
		a := &answer{}
		err := scan(&a.PersonID, &a.AskedAt, &a.RemindedAt, &a.Answered, &a.Finishes, &a.Help, &a.Hear, &a.Facts)
		out = append(out, a)
		return err
	}, "SELECT person_id, asked_at, reminded_at, answered_at, finishes, help, hear, facts FROM standup_answers WHERE digest_rid = ? ORDER BY rid", digestRID)
	return out, err
}

func answerOf(list []*answer, personID string) *answer {
	if i := slices.IndexFunc(list, func(a *answer) bool { return a.PersonID == personID }); i >= 0 {
		return list[i]
	}
	return nil
}

// prompt is when somebody is asked.
type prompt struct {
	PersonID string
	At       time.Time
}

// prompts are who is asked on a day, each at the hour of the plan by the clock on their own wall; who never said where
// they live goes by the series' clock. The first to be asked comes first.
func (w *sitting) prompts(day time.Time) ([]prompt, error) {
	people, err := w.circle()
	if err != nil || w.r.Plan == nil {
		return nil, err
	}
	var out []prompt
	for _, id := range people {
		person, err := account.ReachOf(w.tx.Query, id)
		if err != nil {
			return nil, err
		}
		zone, ok := clock.Zone(person.TimeZone)
		if person.TimeZone == "" || !ok {
			zone = w.r.location()
		}
		if at, has := w.r.Plan.On(zone, day); has {
			out = append(out, prompt{id, at})
		}
	}
	slices.SortStableFunc(out, func(a, b prompt) int { return a.At.Compare(b.At) })
	return out, nil
}

// due is when the digest goes out: so many hours after the last one was asked.
func (r *series) due(list []prompt) time.Time {
	return list[len(list)-1].At.Add(time.Duration(r.AnswerHours) * time.Hour)
}

// remindAt is when who has not answered is reminded, once: an hour before their own hours are over.
func (r *series) remindAt(asked time.Time) time.Time {
	hours := time.Duration(r.AnswerHours) * time.Hour
	return asked.Add(hours - min(time.Hour, hours/2))
}
