package standup

import (
	"encoding/json"
	"fmt"

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
}

const parkedColumns = `rid, series_rid, id, meeting_rid, text, card_id, people, by_id, at, outcome, outcome_key, note, settled_by, settled_at, settled_in`

// readParked gives items, the oldest first.
func readParked(q *store.Query, where string, args ...any) (out []parked, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p parked
		var people string
		if err := scan(&p.RID, &p.SeriesRID, &p.ID, &p.MeetingRID, &p.Text, &p.CardID, &people, &p.By, &p.At, &p.Outcome, &p.Key, &p.Note, &p.SettledBy,
			&p.SettledAt, &p.SettledIn); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(people), &p.People); err != nil {
			return fmt.Errorf("parked %s: %w", p.ID, err)
		}
		out = append(out, p)
		return nil
	}, "SELECT "+parkedColumns+" FROM standup_parked WHERE "+where+" ORDER BY rid", args...)
	return out, err
}

func insertParked(tx *store.Tx, p *parked) (err error) {
	p.RID, err = tx.Insert("INSERT INTO standup_parked (id, series_rid, meeting_rid, text, card_id, people, by_id, at) VALUES (?,?,?,?,?,?,?,?)",
		p.ID, p.SeriesRID, p.MeetingRID, p.Text, p.CardID, text(p.People), p.By, p.At)
	return err
}

func saveParked(tx *store.Tx, p *parked) error {
	_, err := tx.Exec("UPDATE standup_parked SET outcome = ?, outcome_key = ?, note = ?, settled_by = ?, settled_at = ?, settled_in = ? WHERE rid = ?",
		p.Outcome, p.Key, p.Note, p.SettledBy, p.SettledAt, p.SettledIn, p.RID)
	return err
}

// countOpen is how many items of a series wait.
func countOpen(q *store.Query, seriesRID int64) (n int, err error) {
	_, err = q.Row([]any{&n}, "SELECT COUNT(*) FROM standup_parked WHERE series_rid = ? AND settled_at IS NULL", seriesRID)
	return n, err
}
