package standup

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"trestle/server/store"
)

// Outcomes of what was parked.
const (
	AsDone    = "done"
	AsCard    = "card"
	AsMeeting = "meeting"
)

// parked is an item of the parking lot.
type parked struct {
	RID, SeriesRID int64
	ID             string
	MeetingRID     *int64
	Text, CardID   string
	People         []string
	By             string
	At             int64
	Outcome, Key   string
	Note           string
	SettledBy      string
	SettledAt      *int64
	SettledIn      *int64
	MeetAt         *int64 // of a meeting
	MeetMinutes    int
	MeetPeople     []string
	ReopenedAt     *int64 // another row goes on with it
	Since          *int64 // of that row: when
}

const parkedColumns = `rid, series_rid, id, meeting_rid, text, card_id, people, by_id, at, outcome, outcome_key, note, settled_by, settled_at, settled_in,
	meet_at, meet_minutes, meet_people, reopened_at, since`

// readParked gives items, the oldest first.
func readParked(q *store.Query, where string, args ...any) (out []parked, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p parked
		var people, meet string
		if err := scan(&p.RID, &p.SeriesRID, &p.ID, &p.MeetingRID, &p.Text, &p.CardID, &people, &p.By, &p.At, &p.Outcome, &p.Key, &p.Note, &p.SettledBy,
			&p.SettledAt, &p.SettledIn, &p.MeetAt, &p.MeetMinutes, &meet, &p.ReopenedAt, &p.Since); err != nil {
			return err
		}
		if err := errors.Join(json.Unmarshal([]byte(people), &p.People), json.Unmarshal([]byte(meet), &p.MeetPeople)); err != nil {
			return fmt.Errorf("parked %s: %w", p.ID, err)
		}
		out = append(out, p)
		return nil
	}, "SELECT "+parkedColumns+" FROM standup_parked WHERE "+where+" ORDER BY rid", args...)
	return out, err
}

func insertParked(tx *store.Tx, p *parked) (err error) {
	p.RID, err = tx.Insert("INSERT INTO standup_parked (id, series_rid, meeting_rid, text, card_id, people, by_id, at, since) VALUES (?,?,?,?,?,?,?,?,?)",
		p.ID, p.SeriesRID, p.MeetingRID, p.Text, p.CardID, encoded(p.People), p.By, p.At, p.Since)
	return err
}

func saveParked(tx *store.Tx, p *parked) error {
	_, err := tx.Exec("UPDATE standup_parked SET outcome = ?, outcome_key = ?, note = ?, settled_by = ?, settled_at = ?, settled_in = ?, meet_at = ?, meet_minutes = ?, meet_people = ?, reopened_at = ? WHERE rid = ?",
		p.Outcome, p.Key, p.Note, p.SettledBy, p.SettledAt, p.SettledIn, p.MeetAt, p.MeetMinutes, encoded(p.MeetPeople), p.ReopenedAt, p.RID)
	return err
}

// arranged are the items of a series that became a meeting which is not over, the next first.
func arranged(q *store.Query, seriesRID int64, now time.Time) ([]parked, error) {
	out, err := readParked(q, "series_rid = ? AND meet_at > ? AND reopened_at IS NULL", seriesRID, store.Ms(now.Add(-longestMeet*time.Minute)))
	out = slices.DeleteFunc(out, func(p parked) bool { return *p.MeetAt+int64(p.MeetMinutes)*60_000 <= store.Ms(now) })
	slices.SortStableFunc(out, func(a, b parked) int { return cmp.Compare(*a.MeetAt, *b.MeetAt) })
	return out[:min(len(out), maxOpen)], err
}

// countOpen is how many items of a series wait.
func countOpen(q *store.Query, seriesRID int64) (n int, err error) {
	_, err = q.Row([]any{&n}, "SELECT COUNT(*) FROM standup_parked WHERE series_rid = ? AND settled_at IS NULL", seriesRID)
	return n, err
}
