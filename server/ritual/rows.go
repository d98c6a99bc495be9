package ritual

import (
	"trestle/server/cadence"
	"trestle/server/store"
)

const seriesColumns = `s.rid, s.id, s.board_id, s.team_id, s.kind, s.name, s.box_minutes, s.days, s.at_minute, s.time_zone, s.every_weeks, s.anchor,
	s.meeting_url, s.version, s.archived_at`

func scanSeries(scan func(...any) error) (*series, error) {
	r := &series{}
	var days, anchor string
	var minute *int64
	var every int
	err := scan(&r.RID, &r.ID, &r.BoardID, &r.TeamID, &r.Kind, &r.Name, &r.Box, &days, &minute, &r.Zone, &every, &anchor, &r.MeetingURL, &r.Version, &r.ArchivedAt)
	if r.Plan = cadence.Kept(days, minute); r.Plan != nil && every > 1 {
		r.Plan.Every, r.Plan.Anchor = every, anchor
	}
	return r, err
}

// readSeries gives series in the order of their teams' names.
func readSeries(q *store.Query, where string, args ...any) (out []*series, err error) {
	err = q.Each(func(scan func(...any) error) error {
		r, err := scanSeries(scan)
		out = append(out, r)
		return err
	}, "SELECT "+seriesColumns+" FROM ritual_series s JOIN boards b ON b.id = s.board_id JOIN teams t ON t.id = s.team_id WHERE "+where+
		" ORDER BY t.name, b.name, s.rid", args...)
	return out, err
}

// oneSeries gives one, nil when there is none.
func oneSeries(q *store.Query, where string, args ...any) (*series, error) {
	list, err := readSeries(q, where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func insertSeries(tx *store.Tx, r *series) (err error) {
	r.RID, err = tx.Insert("INSERT INTO ritual_series (id, board_id, team_id, kind, name, box_minutes, time_zone, created_at) VALUES (?,?,?,?,?,?,?,?)",
		r.ID, r.BoardID, r.TeamID, r.Kind, r.Name, r.Box, r.Zone, store.Ms(tx.Now))
	if err != nil {
		return err
	}
	return writeSeries(tx, r)
}

// saveSeries writes a changed one, which is a new version.
func saveSeries(tx *store.Tx, r *series) error {
	r.Version++
	return writeSeries(tx, r)
}

func writeSeries(tx *store.Tx, r *series) error {
	var days, anchor string
	var minute *int64
	every := 1
	if r.Plan != nil {
		m := int64(r.Plan.Minute)
		days, minute, every, anchor = r.Plan.Text(), &m, max(1, r.Plan.Every), r.Plan.Anchor
	}
	_, err := tx.Exec(`UPDATE ritual_series SET name = ?, box_minutes = ?, days = ?, at_minute = ?, time_zone = ?, every_weeks = ?, anchor = ?, meeting_url = ?,
		version = ?, archived_at = ? WHERE rid = ?`, r.Name, r.Box, days, minute, r.Zone, every, anchor, r.MeetingURL, r.Version, r.ArchivedAt, r.RID)
	return err
}
