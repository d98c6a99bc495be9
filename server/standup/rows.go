package standup

import (
	"encoding/json"
	"fmt"

	"trestle/server/cadence"
	"trestle/server/store"
)

// States of a meeting. The sixteenth minute is for what was parked; who has no part in it may go.
const (
	Running   = "running"
	Sixteenth = "sixteenth"
	Ended     = "ended"
)

// meeting is one sitting.
type meeting struct {
	RID, SeriesRID int64
	ID, State      string
	StartedAt      int64
	StartedBy      string
	EndedAt        *int64
	TouchedAt      int64
	Box            int // seconds
	Driver         string
	Mode           string
	Step           int
	StepAt         int64 // since when that step is shown
	HealthyOpen    bool
	Healthy        []string
	Brief          Brief
	Heads          *int // counted besides those known by name
	SeqFrom        int64
	SeqTo          *int64
}

const seriesColumns = "s.rid, s.id, s.board_id, s.team_id, s.name, s.box_minutes, s.days, s.at_minute, s.time_zone, s.meeting_url, s.panel_inches, s.distance_cm, s.mode, s.answer_hours, s.version"

func scanSeries(scan func(...any) error) (*series, error) {
	r := &series{}
	var days string
	var minute *int64
	err := scan(&r.RID, &r.ID, &r.BoardID, &r.TeamID, &r.Name, &r.Box, &days, &minute, &r.Zone, &r.MeetingURL, &r.Panel, &r.Distance, &r.Mode, &r.AnswerHours, &r.Version)
	r.Plan = cadence.Kept(days, minute)
	return r, err
}

// readSeries gives one series, nil when there is none.
func readSeries(q *store.Query, where string, arg any) (r *series, err error) {
	err = q.Each(func(scan func(...any) error) (err error) {
		r, err = scanSeries(scan)
		return err
	}, "SELECT "+seriesColumns+" FROM standup_series s WHERE "+where, arg)
	return r, err
}

func insertSeries(tx *store.Tx, r *series) (err error) {
	r.RID, err = tx.Insert(`INSERT INTO standup_series (id, board_id, team_id, name, box_minutes, time_zone, panel_inches, distance_cm, mode, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,?)`, r.ID, r.BoardID, r.TeamID, r.Name, r.Box, r.Zone, r.Panel, r.Distance, r.Mode, store.Ms(tx.Now))
	return err
}

func saveSeries(tx *store.Tx, r *series) error {
	var days string
	var minute *int64
	if r.Plan != nil {
		m := int64(r.Plan.Minute)
		days, minute = r.Plan.Text(), &m
	}
	r.Version++
	_, err := tx.Exec(`UPDATE standup_series SET name = ?, box_minutes = ?, days = ?, at_minute = ?, time_zone = ?, meeting_url = ?, panel_inches = ?,
		distance_cm = ?, mode = ?, answer_hours = ?, version = ? WHERE rid = ?`, r.Name, r.Box, days, minute, r.Zone, r.MeetingURL, r.Panel, r.Distance, r.Mode, r.AnswerHours, r.Version, r.RID)
	return err
}

const meetingColumns = `m.rid, m.series_rid, m.id, m.state, m.started_at, m.started_by, m.ended_at, m.touched_at, m.box_seconds, m.driver_id, m.step,
	m.healthy_open, m.healthy, m.brief, m.core, m.board_seq_from, m.board_seq_to, m.mode, m.step_at`

func scanMeeting(scan func(...any) error) (*meeting, error) {
	m := &meeting{}
	var healthy, brief string
	if err := scan(&m.RID, &m.SeriesRID, &m.ID, &m.State, &m.StartedAt, &m.StartedBy, &m.EndedAt, &m.TouchedAt, &m.Box, &m.Driver, &m.Step,
		&m.HealthyOpen, &healthy, &brief, &m.Heads, &m.SeqFrom, &m.SeqTo, &m.Mode, &m.StepAt); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(healthy), &m.Healthy); err != nil {
		return nil, fmt.Errorf("standup %s: %w", m.ID, err)
	}
	if err := json.Unmarshal([]byte(brief), &m.Brief); err != nil {
		return nil, fmt.Errorf("standup %s: %w", m.ID, err)
	}
	return m, nil
}

// readMeetings gives meetings, the newest first.
func readMeetings(q *store.Query, where string, args ...any) (out []*meeting, err error) {
	err = q.Each(func(scan func(...any) error) error {
		m, err := scanMeeting(scan)
		out = append(out, m)
		return err
	}, "SELECT "+meetingColumns+" FROM standup_meetings m WHERE "+where, args...)
	return out, err
}

// running is the series' meeting that has not ended, nil when there is none.
func running(q *store.Query, seriesRID int64) (*meeting, error) {
	list, err := readMeetings(q, "m.series_rid = ? AND m.state <> 'ended'", seriesRID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// lastEnded is the newest of those that have, nil when there is none.
func lastEnded(q *store.Query, seriesRID int64) (*meeting, error) {
	list, err := readMeetings(q, "m.series_rid = ? AND m.state = 'ended' ORDER BY m.started_at DESC, m.rid DESC LIMIT 1", seriesRID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func insertMeeting(tx *store.Tx, m *meeting, steps []step) (err error) {
	m.RID, err = tx.Insert(`INSERT INTO standup_meetings (id, series_rid, state, started_at, started_by, touched_at, box_seconds, driver_id, healthy, brief, board_seq_from, mode, step_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, m.ID, m.SeriesRID, m.State, m.StartedAt, m.StartedBy, m.TouchedAt, m.Box, m.Driver, encoded(m.Healthy), encoded(m.Brief), m.SeqFrom, m.Mode, m.StepAt)
	if err == nil {
		err = insertSteps(tx, m.RID, steps)
	}
	return err
}

func insertSteps(tx *store.Tx, meetingRID int64, steps []step) error {
	for _, p := range steps {
		if _, err := tx.Exec("INSERT INTO standup_steps (meeting_rid, n, kind, reason, card_id, column_id, person_id, person_name, shown_at, skipped) VALUES (?,?,?,?,?,?,?,?,?,?)",
			meetingRID, p.N, p.Kind, p.Reason, p.CardID, p.ColumnID, p.PersonID, p.PersonName, p.ShownAt, p.Skipped); err != nil {
			return err
		}
	}
	return nil
}

func saveMeeting(tx *store.Tx, m *meeting) error {
	_, err := tx.Exec(`UPDATE standup_meetings SET state = ?, ended_at = ?, touched_at = ?, box_seconds = ?, driver_id = ?, step = ?, step_at = ?, healthy_open = ?, core = ?,
		board_seq_to = ? WHERE rid = ?`, m.State, m.EndedAt, m.TouchedAt, m.Box, m.Driver, m.Step, m.StepAt, m.HealthyOpen, m.Heads, m.SeqTo, m.RID)
	return err
}

func stepsOf(q *store.Query, meetingRID int64) (out []step, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var p step
		err := scan(&p.N, &p.Kind, &p.Reason, &p.CardID, &p.ColumnID, &p.PersonID, &p.PersonName, &p.ShownAt, &p.Skipped)
		out = append(out, p)
		return err
	}, "SELECT n, kind, reason, card_id, column_id, person_id, person_name, shown_at, skipped FROM standup_steps WHERE meeting_rid = ? ORDER BY n", meetingRID)
	return out, err
}

// helper is somebody who helps with a card.
type helper struct{ CardID, PersonID string }

func helpersOf(q *store.Query, meetingRID int64) (out []helper, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var h helper
		err := scan(&h.CardID, &h.PersonID)
		out = append(out, h)
		return err
	}, "SELECT card_id, person_id FROM standup_helpers WHERE meeting_rid = ? AND helps = TRUE ORDER BY rid", meetingRID)
	return out, err
}

// encoded is a value as it stands in a column.
func encoded(v any) string {
	raw, err := json.Marshal(v)
	if err != nil { // strings, numbers and times only
		panic(err)
	}
	return string(raw)
}
