package card

import (
	"strings"
	"time"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Held is a card in somebody's hands, with the board it stands on.
type Held struct {
	Face   Face
	Layout *board.Layout
}

// HeldBy reads the cards that a person owns and that are not finished, on boards that the viewer may see.
func (s *Service) HeldBy(q *store.Query, v who.Viewer, personID string) ([]Held, error) {
	var cards []*Card
	var boards []string
	err := q.Each(func(scan func(...any) error) error {
		var boardID string
		c, err := scanCard(func(dest ...any) error { return scan(append(dest, &boardID)...) })
		cards, boards = append(cards, c), append(boards, boardID)
		return err
	}, "SELECT "+strings.Replace(cardColumns, "c.description", "CASE WHEN c.description = '' THEN '' ELSE '1' END", 1)+`, b.id
		FROM people h JOIN assignments a ON a.person_rid = h.rid AND a.to_at IS NULL JOIN cards c ON c.rid = a.card_rid
		JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid JOIN boards b ON b.rid = c.board_rid
		WHERE h.id = ? AND c.finished_at IS NULL AND c.archived_at IS NULL AND b.archived_at IS NULL ORDER BY c.started_at, c.rid`, personID)
	if err != nil {
		return nil, err
	}
	see := s.seer(q, v)
	var out []Held
	for i, c := range cards {
		l, err := see(boards[i])
		if err != nil {
			return nil, err
		}
		if l != nil {
			out = append(out, Held{FaceOf(c, l), l})
		}
	}
	return out, nil
}

// seer gives a board as the viewer sees it, nil where they do not, and asks once per board.
func (s *Service) seer(q *store.Query, v who.Viewer) func(boardID string) (*board.Layout, error) {
	seen := map[string]*board.Layout{}
	return func(boardID string) (*board.Layout, error) {
		l, known := seen[boardID]
		if known {
			return l, nil
		}
		b, err := s.boards.See(q, v, boardID)
		if err != nil && !fault.Is(err, "not_found") {
			return nil, err
		}
		seen[boardID] = b.Layout
		return b.Layout, nil
	}
}

// Raised is an open blocker that waits for somebody's answer.
type Raised struct {
	ID, Reason string
	Key, Title string // of the card
	ByName     string // who raised it
	At         time.Time
	Layout     *board.Layout
}

// RaisedTo reads the open blockers that were raised to a person and that they have not said to have, on boards that
// the viewer may see.
func (s *Service) RaisedTo(q *store.Query, v who.Viewer, personID string) ([]Raised, error) {
	var all []Raised
	var boards []string
	err := q.Each(func(scan func(...any) error) error {
		var r Raised
		var boardID string
		var at int64
		err := scan(&r.ID, &r.Reason, &r.Key, &r.Title, &r.ByName, &at, &boardID)
		r.At = store.At(at)
		all, boards = append(all, r), append(boards, boardID)
		return err
	}, `SELECT k.id, k.reason, c.key, c.title, COALESCE(p.name, ''), COALESCE(k.raised_at, k.opened_at), b.id FROM blockers k
		JOIN cards c ON c.rid = k.card_rid JOIN boards b ON b.rid = c.board_rid LEFT JOIN people p ON p.id = k.raised_by
		WHERE k.raised_to = ? AND k.raised_to <> '' AND k.closed_at IS NULL AND k.promised_on = '' AND c.archived_at IS NULL AND b.archived_at IS NULL
		ORDER BY k.raised_at, k.rid LIMIT 100`, personID)
	if err != nil {
		return nil, err
	}
	see := s.seer(q, v)
	out := all[:0]
	for i, r := range all {
		if r.Layout, err = see(boards[i]); err != nil {
			return nil, err
		}
		if r.Layout != nil {
			out = append(out, r)
		}
	}
	return out, nil
}

// Standing is a board as it stands: how full its columns are, and which cards want somebody.
type Standing struct {
	Glance BoardCard
	Wanted []Wanted // expedite, blocked, or older than expected; the oldest first
}

// Wanted is a card that wants somebody.
type Wanted struct {
	ID, Key, Title, Class string
	ColumnRID             int64
	StartedAt             *time.Time
	BlockedAt             *time.Time // since when, of the oldest open blocker
	Blocked               string     // its reason
	Expedite              bool
}

// wantedMax bounds what one board can add; a board with more trouble than this has one trouble.
const wantedMax = 100

// StandingOf reads how a board stands now.
func StandingOf(q *store.Query, l *board.Layout, now time.Time) (Standing, error) {
	var st Standing
	var err error
	if st.Glance, err = glance(q, l, now); err != nil {
		return st, err
	}
	var oldest int64
	if days := shortestSLE(l); days > 0 { // only what may be past its expectation
		oldest = store.Ms(l.Calendar().Back(now, days-1))
	}
	at := map[string]int{}
	err = q.Each(func(scan func(...any) error) error {
		var w Wanted
		var started, blocked *int64
		if err := scan(&w.ID, &w.Key, &w.Title, &w.Class, &w.ColumnRID, &started, &w.Blocked, &blocked); err != nil {
			return err
		}
		w.StartedAt, w.BlockedAt, w.Expedite = store.AtPtr(started), store.AtPtr(blocked), w.Class == board.Expedite
		if _, twice := at[w.ID]; !twice { // several blockers: the oldest came first
			at[w.ID] = len(st.Wanted)
			st.Wanted = append(st.Wanted, w)
		}
		return nil
	}, `SELECT c.id, c.key, c.title, c.class, p.column_rid, c.started_at, COALESCE(k.reason, ''), k.opened_at
		FROM cards c JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid
		LEFT JOIN blockers k ON k.card_rid = c.rid AND k.closed_at IS NULL
		WHERE c.board_rid = ? AND c.finished_at IS NULL AND c.archived_at IS NULL
		AND (c.class = 'expedite' OR k.opened_at IS NOT NULL OR c.started_at < ?)
		ORDER BY COALESCE(c.started_at, c.created_at), c.rid, k.opened_at LIMIT ?`, l.RID, oldest, wantedMax)
	return st, err
}

// shortestSLE is the least number of days that any class is expected to take, 0 when nothing is expected.
func shortestSLE(l *board.Layout) int {
	days := 0
	for _, s := range l.SLEs {
		if days == 0 || s.Days < days {
			days = s.Days
		}
	}
	return days
}

// Topmost is the first card of a column that is not blocked; "" when there is none.
func Topmost(q *store.Query, columnRID int64) (id, key, title string, err error) {
	_, err = q.Row([]any{&id, &key, &title}, `SELECT c.id, c.key, c.title FROM places p JOIN cards c ON c.rid = p.card_rid
		WHERE p.column_rid = ? AND p.archived = FALSE AND p.mirror = FALSE
		AND NOT EXISTS (SELECT 1 FROM blockers k WHERE k.card_rid = c.rid AND k.closed_at IS NULL) ORDER BY p.pos, c.id LIMIT 1`, columnRID)
	return id, key, title, err
}

// Eldest is the card that has been in work the longest of those in a column; "" when there is none.
func Eldest(q *store.Query, columnRID int64) (id, key, title string, err error) {
	_, err = q.Row([]any{&id, &key, &title}, `SELECT c.id, c.key, c.title FROM places p JOIN cards c ON c.rid = p.card_rid
		WHERE p.column_rid = ? AND p.archived = FALSE AND p.mirror = FALSE AND c.started_at IS NOT NULL AND c.finished_at IS NULL
		ORDER BY CASE WHEN EXISTS (SELECT 1 FROM blockers k WHERE k.card_rid = c.rid AND k.closed_at IS NULL) THEN 1 ELSE 0 END, c.started_at, c.rid LIMIT 1`, columnRID)
	return id, key, title, err
}
