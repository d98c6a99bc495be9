package ritual

import (
	"encoding/json"
	"fmt"
	"time"

	"trestle/server/cadence"
	"trestle/server/store"
)

// States of a sitting.
const (
	Running = "running"
	Ended   = "ended"
)

// idle is after how long a sitting that nobody touches is over.
const idle = 4 * time.Hour

// sitting is one time that a ritual takes place.
type sitting struct {
	RID, SeriesRID       int64
	ID, State, StartedBy string
	StartedAt, TouchedAt int64
	EndedAt              *int64
	Box                  int // seconds
	Step                 int
	Facts                facts
	Core                 *int
	SeqFrom              int64
	SeqTo                *int64
}

// facts are what a sitting wrote down of the board, by its kind.
type facts struct {
	Queue *queueFacts `json:"queue,omitempty"`
	Since int64       `json:"since,omitempty"` // of a demo: finished from then on
	Flow  *Flow       `json:"flow,omitempty"`
}

const sittingColumns = `m.rid, m.series_rid, m.id, m.state, m.started_at, m.started_by, m.ended_at, m.touched_at, m.box_seconds, m.step, m.facts, m.core,
	m.board_seq_from, m.board_seq_to`

// readSittings gives sittings in the order that where says.
func readSittings(q *store.Query, where string, args ...any) (out []*sitting, err error) {
	err = q.Each(func(scan func(...any) error) error {
		m := &sitting{}
		var facts string
		if err := scan(&m.RID, &m.SeriesRID, &m.ID, &m.State, &m.StartedAt, &m.StartedBy, &m.EndedAt, &m.TouchedAt, &m.Box, &m.Step, &facts, &m.Core,
			&m.SeqFrom, &m.SeqTo); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(facts), &m.Facts); err != nil {
			return fmt.Errorf("sitting %s: %w", m.ID, err)
		}
		out = append(out, m)
		return nil
	}, "SELECT "+sittingColumns+" FROM ritual_sittings m WHERE "+where, args...)
	return out, err
}

func oneSitting(q *store.Query, where string, args ...any) (*sitting, error) {
	list, err := readSittings(q, where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// running is the series' sitting that has not ended, nil when there is none.
func running(q *store.Query, seriesRID int64) (*sitting, error) {
	return oneSitting(q, "m.series_rid = ? AND m.state <> 'ended'", seriesRID)
}

// lastEnded is the newest of those that have, nil when there is none.
func lastEnded(q *store.Query, seriesRID int64) (*sitting, error) {
	return oneSitting(q, "m.series_rid = ? AND m.state = 'ended' ORDER BY m.started_at DESC, m.rid DESC LIMIT 1", seriesRID)
}

func insertSitting(tx *store.Tx, m *sitting) (err error) {
	m.RID, err = tx.Insert(`INSERT INTO ritual_sittings (id, series_rid, state, started_at, started_by, touched_at, box_seconds, facts, board_seq_from)
		VALUES (?,?,?,?,?,?,?,?,?)`, m.ID, m.SeriesRID, m.State, m.StartedAt, m.StartedBy, m.TouchedAt, m.Box, m.Facts.text(), m.SeqFrom)
	return err
}

func saveSitting(tx *store.Tx, m *sitting) error {
	_, err := tx.Exec(`UPDATE ritual_sittings SET state = ?, ended_at = ?, touched_at = ?, box_seconds = ?, step = ?, facts = ?, core = ?, board_seq_to = ? WHERE rid = ?`,
		m.State, m.EndedAt, m.TouchedAt, m.Box, m.Step, m.Facts.text(), m.Core, m.SeqTo, m.RID)
	return err
}

func (f facts) text() string {
	raw, err := json.Marshal(f)
	if err != nil { // texts, numbers and times only
		panic(err)
	}
	return string(raw)
}

func (m *sitting) idle(now time.Time) bool { return now.Sub(store.At(m.TouchedAt)) >= idle }

// minutes is how long a sitting took.
func (m *sitting) minutes() int {
	if m.EndedAt == nil {
		return 0
	}
	return cadence.Minutes(store.At(*m.EndedAt).Sub(store.At(m.StartedAt)))
}
