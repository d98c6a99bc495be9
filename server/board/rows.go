package board

import (
	"encoding/json"
	"fmt"
	"sync"

	"trestle/server/store"
)

const boardColumns = `b.rid, b.id, b.team_id, t.key, t.name, b.name, b.visibility, b.time_zone, b.start_column_id, b.finish_column_id,
	b.expedite_mode, b.expedite_max, b.expedite_counts, b.mirrors_count, b.blocker_categories, b.version, b.created_at, b.archived_at, b.staged_at, b.work_items`

func scanBoard(b *Board) (dest []any, finish func()) {
	var categories string
	var created int64
	var archived, staged *int64
	dest = []any{&b.RID, &b.ID, &b.TeamID, &b.TeamKey, &b.TeamName, &b.Name, &b.Visibility, &b.TimeZone, &b.StartColumnID, &b.FinishColumnID,
		&b.ExpediteMode, &b.ExpediteMax, &b.ExpediteCounts, &b.MirrorsCount, &categories, &b.Version, &created, &archived, &staged, &b.WorkItems}
	return dest, func() {
		b.CreatedAt, b.ArchivedAt, b.Staged = store.At(created), store.AtPtr(archived), staged != nil
		b.Categories = DefaultCategories
		if categories != "" {
			var own []Category
			if json.Unmarshal([]byte(categories), &own) == nil && len(own) > 0 {
				b.Categories = own
			}
		}
	}
}

// layouts remembers each board's layout by its version. It is filled only after a commit or from the read
// pool, so that it never holds what was rolled back.
type layouts struct {
	mu sync.RWMutex
	m  map[string]*Layout
}

func (c *layouts) get(id string, version int64) *Layout {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if l := c.m[id]; l != nil && l.Version == version {
		return l
	}
	return nil
}

func (c *layouts) put(l *Layout) {
	c.mu.Lock()
	defer c.mu.Unlock()
	// at the same version another name of the team is the newer one, or is asked for again
	if old := c.m[l.ID]; old == nil || old.Version <= l.Version {
		c.m[l.ID] = l
	}
}

// loadBoard reads the board's row. found is false also for a board whose import has not finished.
func loadBoard(q *store.Query, id string) (b Board, found bool, err error) {
	dest, finish := scanBoard(&b)
	found, err = q.Row(dest, "SELECT "+boardColumns+" FROM boards b JOIN teams t ON t.id = b.team_id WHERE b.id = ?", id)
	if err != nil || !found {
		return b, false, err
	}
	finish()
	return b, !b.Staged, nil
}

// loadLayout reads a board with its columns and lanes.
func loadLayout(q *store.Query, b Board) (*Layout, error) {
	l := &Layout{Board: b}
	err := q.Each(func(scan func(...any) error) error {
		var c Column
		var retired *int64
		var checks, list string
		var asks *int64
		err := scan(&c.RID, &c.ID, &c.Name, &c.Kind, &c.Policy, &checks, &list, &c.Position, &c.Wip.Mode, &c.Wip.Min, &c.Wip.Max, &c.Version, &retired, &asks)
		if err != nil {
			return err
		}
		if c.Checks, err = readChecks(checks); err != nil {
			return fmt.Errorf("checks of column %s: %w", c.ID, err)
		}
		if c.Checklist, err = readList(list); err != nil {
			return fmt.Errorf("checklist of column %s: %w", c.ID, err)
		}
		c.BoardRID, c.Retired, c.Asks = b.RID, retired != nil, asks != nil
		if c.Retired {
			l.Retired = append(l.Retired, c)
		} else {
			l.Columns = append(l.Columns, c)
		}
		return nil
	}, `SELECT rid, id, name, kind, policy, checks, checklist, position, wip_mode, wip_min, wip_max, version, retired_at, asks_at
		FROM columns WHERE board_rid = ? ORDER BY position, rid`, b.RID)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		n := Lane{BoardRID: b.RID}
		if err := scan(&n.RID, &n.ID, &n.Name, &n.Position, &n.Wip.Mode, &n.Wip.Min, &n.Wip.Max, &n.Version); err != nil {
			return err
		}
		l.Lanes = append(l.Lanes, n)
		return nil
	}, `SELECT rid, id, name, position, wip_mode, wip_min, wip_max, version
		FROM lanes WHERE board_rid = ? AND retired_at IS NULL ORDER BY position, rid`, b.RID)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var s SLE
		if err := scan(&s.Class, &s.Days, &s.Percent); err != nil {
			return err
		}
		l.SLEs = append(l.SLEs, s)
		return nil
	}, "SELECT class, days, percent FROM sle_versions WHERE board_rid = ? AND to_at IS NULL ORDER BY class", b.RID)
	if err != nil {
		return nil, err
	}
	if l.Reserves, err = loadReserves(q, b.RID); err != nil {
		return nil, err
	}
	l.Fields, err = loadFields(q, b.RID)
	return l, err
}

// LayoutIn reads a board's layout on the given connection; nil when there is none to be seen.
func (s *Service) LayoutIn(q *store.Query, id string) (*Layout, error) {
	// what is remembered holds as long as the version does; a team's rename is no change of its boards
	var version int64
	var teamName string
	found, err := q.Row([]any{&version, &teamName}, "SELECT b.version, t.name FROM boards b JOIN teams t ON t.id = b.team_id WHERE b.id = ? AND b.staged_at IS NULL", id)
	if err != nil || !found {
		return nil, err
	}
	if l := s.cache.get(id, version); l != nil && l.TeamName == teamName {
		return l, nil
	}
	b, found, err := loadBoard(q, id)
	if err != nil || !found {
		return nil, err
	}
	return loadLayout(q, b)
}

// LayoutTx is LayoutIn inside a write; the layout is remembered once that write has committed.
func (s *Service) LayoutTx(tx *store.Tx, id string) (*Layout, error) {
	l, err := s.LayoutIn(tx.Query, id)
	if err == nil && l != nil {
		tx.AfterCommit(func() { s.cache.put(l) })
	}
	return l, err
}

// BoardOfColumn says which board a column belongs or belonged to, "" when there never was one. Retired ones
// count: the same removal sent again must come as far as its stored answer.
func BoardOfColumn(q *store.Query, columnID string) (boardID string, err error) {
	_, err = q.Row([]any{&boardID}, "SELECT b.id FROM columns c JOIN boards b ON b.rid = c.board_rid WHERE c.id = ?", columnID)
	return boardID, err
}

// BoardOfLane is BoardOfColumn for a lane.
func BoardOfLane(q *store.Query, laneID string) (boardID string, err error) {
	_, err = q.Row([]any{&boardID}, "SELECT b.id FROM lanes n JOIN boards b ON b.rid = n.board_rid WHERE n.id = ?", laneID)
	return boardID, err
}

func insertBoard(tx *store.Tx, b *Board) (err error) {
	b.RID, err = tx.Insert(`INSERT INTO boards (id, team_id, name, visibility, time_zone, expedite_mode, expedite_max, expedite_counts, mirrors_count, version, created_by, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,1,?,?)`, b.ID, b.TeamID, b.Name, b.Visibility, b.TimeZone, b.ExpediteMode, b.ExpediteMax, b.ExpediteCounts, b.MirrorsCount,
		tx.ActorID, store.Ms(tx.Now))
	return err
}

// saveBoard writes the board's row and raises its version: every change of the layout goes through here.
func saveBoard(tx *store.Tx, b *Board) error {
	categories := ""
	if raw, err := json.Marshal(b.Categories); err == nil {
		categories = string(raw)
	}
	b.Version++
	var archived *int64
	if b.ArchivedAt != nil {
		at := store.Ms(*b.ArchivedAt)
		archived = &at
	}
	_, err := tx.Exec(`UPDATE boards SET name = ?, visibility = ?, time_zone = ?, start_column_id = ?, finish_column_id = ?,
		expedite_mode = ?, expedite_max = ?, expedite_counts = ?, mirrors_count = ?, blocker_categories = ?, work_items = ?, version = ?, archived_at = ? WHERE rid = ?`,
		b.Name, b.Visibility, b.TimeZone, b.StartColumnID, b.FinishColumnID, b.ExpediteMode, b.ExpediteMax, b.ExpediteCounts, b.MirrorsCount,
		categories, b.WorkItems, b.Version, archived, b.RID)
	return err
}

func insertColumn(tx *store.Tx, c *Column) (err error) {
	c.RID, err = tx.Insert(`INSERT INTO columns (id, board_rid, name, kind, policy, checks, checklist, position, wip_mode, wip_min, wip_max)
		VALUES (?,?,?,?,?,?,?,?,?,?,?)`, c.ID, c.BoardRID, c.Name, c.Kind, c.Policy, checksText(c.Checks), listText(c.Checklist), c.Position, c.Wip.Mode, c.Wip.Min, c.Wip.Max)
	c.Version = 1
	return err
}

func saveColumn(tx *store.Tx, c *Column) error {
	var retired *int64
	if c.Retired {
		now := store.Ms(tx.Now)
		retired = &now
	}
	_, err := tx.Exec(`UPDATE columns SET name = ?, kind = ?, policy = ?, checks = ?, checklist = ?, position = ?, wip_mode = ?, wip_min = ?, wip_max = ?, version = ?, retired_at = ?
		WHERE rid = ?`, c.Name, c.Kind, c.Policy, checksText(c.Checks), listText(c.Checklist), c.Position, c.Wip.Mode, c.Wip.Min, c.Wip.Max, c.Version, retired, c.RID)
	return err
}

func insertLane(tx *store.Tx, n *Lane) (err error) {
	n.RID, err = tx.Insert("INSERT INTO lanes (id, board_rid, name, position, wip_mode, wip_min, wip_max) VALUES (?,?,?,?,?,?,?)",
		n.ID, n.BoardRID, n.Name, n.Position, n.Wip.Mode, n.Wip.Min, n.Wip.Max)
	n.Version = 1
	return err
}

func saveLane(tx *store.Tx, n *Lane, retire bool) error {
	var retired *int64
	if retire {
		now := store.Ms(tx.Now)
		retired = &now
	}
	_, err := tx.Exec("UPDATE lanes SET name = ?, position = ?, wip_mode = ?, wip_min = ?, wip_max = ?, version = ?, retired_at = ? WHERE rid = ?",
		n.Name, n.Position, n.Wip.Mode, n.Wip.Min, n.Wip.Max, n.Version, retired, n.RID)
	return err
}

// version is the part of a column that flow depends on.
type version struct {
	name, kind, mode         string
	position, min, max       int
	start, finish, isRetired bool
}

func versionOf(l *Layout, c Column) version {
	v := version{name: c.Name, kind: c.Kind, mode: c.Wip.Mode, position: c.Position, min: -1, max: -1,
		start: c.ID == l.StartColumnID, finish: c.ID == l.FinishColumnID, isRetired: c.Retired}
	if c.Wip.Min != nil {
		v.min = *c.Wip.Min
	}
	if c.Wip.Max != nil {
		v.max = *c.Wip.Max
	}
	return v
}

// saveVersions writes a dated version of every column that differs from before.
func saveVersions(tx *store.Tx, before, after *Layout) error {
	old := map[int64]version{}
	if before != nil {
		for _, c := range append(append([]Column(nil), before.Columns...), before.Retired...) {
			old[c.RID] = versionOf(before, c)
		}
	}
	for _, c := range append(append([]Column(nil), after.Columns...), after.Retired...) {
		v := versionOf(after, c)
		if o, known := old[c.RID]; known && o == v {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO column_versions (column_rid, board_rid, name, kind, position, wip_mode, wip_min, wip_max, is_start, is_finish, retired, actor_id, from_at)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, c.RID, after.RID, v.name, v.kind, v.position, v.mode, c.Wip.Min, c.Wip.Max,
			v.start, v.finish, v.isRetired, tx.ActorID, store.Ms(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}

// saveSLEs closes the expectations that changed and opens the new ones.
func saveSLEs(tx *store.Tx, boardRID int64, before, after []SLE) error {
	now := store.Ms(tx.Now)
	for _, b := range before {
		if !containsSLE(after, b) {
			if _, err := tx.Exec("UPDATE sle_versions SET to_at = ? WHERE board_rid = ? AND class = ? AND to_at IS NULL", now, boardRID, b.Class); err != nil {
				return err
			}
		}
	}
	for _, a := range after {
		if !containsSLE(before, a) {
			if _, err := tx.Exec("INSERT INTO sle_versions (board_rid, class, days, percent, actor_id, from_at) VALUES (?,?,?,?,?,?)",
				boardRID, a.Class, a.Days, a.Percent, tx.ActorID, now); err != nil {
				return err
			}
		}
	}
	return nil
}

func containsSLE(list []SLE, s SLE) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
