package card

import (
	"math"

	"trestle/server/board"
	"trestle/server/store"
)

// The counts for Admit, taken under the board's lock. They leave the card itself out. Mirrors count where the
// board says so; what a mirror counts as follows from its column here, not from its own board's clock.

// own is the condition by which a board's counts pass over mirrors.
func own(l *board.Layout) string {
	if l.MirrorsCount {
		return ""
	}
	return " AND p.mirror = FALSE"
}

// countColumn counts at most up to enough: past a limit by that much, how much more does not matter.
func countColumn(q *store.Query, l *board.Layout, columnRID, exceptRID int64, enough int) (n int, err error) {
	if l.ExpediteCounts {
		_, err = q.Row([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM places p WHERE p.column_rid = ? AND p.archived = FALSE"+own(l)+
			" AND p.card_rid <> ? LIMIT ?) counted", columnRID, exceptRID, enough)
		return n, err
	}
	_, err = q.Row([]any{&n}, `SELECT COUNT(*) FROM (SELECT 1 FROM places p JOIN cards c ON c.rid = p.card_rid
		WHERE p.column_rid = ? AND p.archived = FALSE`+own(l)+" AND p.card_rid <> ? AND (c.class <> 'expedite' OR p.mirror = TRUE) LIMIT ?) counted",
		columnRID, exceptRID, enough)
	return n, err
}

// countLane counts what is started and not finished.
func countLane(q *store.Query, l *board.Layout, laneRID, exceptRID int64) (n int, err error) {
	_, err = q.Row([]any{&n}, `SELECT COUNT(*) FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.lane_rid = ? AND p.archived = FALSE
		AND p.mirror = FALSE AND c.started_at IS NOT NULL AND c.finished_at IS NULL AND c.rid <> ?`, laneRID, exceptRID)
	if err != nil || !l.MirrorsCount {
		return n, err
	}
	start, finish := l.Points()
	var more int
	_, err = q.Row([]any{&more}, `SELECT COUNT(*) FROM places p JOIN columns k ON k.rid = p.column_rid WHERE p.lane_rid = ? AND p.archived = FALSE
		AND p.mirror = TRUE AND k.position >= ? AND k.position < ? AND p.card_rid <> ?`, laneRID, point(start), point(finish), exceptRID)
	return n + more, err
}

// countExpedite counts the board's own cards that are expedite and not finished: dropping everything is a promise
// of the board that owns a card, so a mirror is never in the strip.
func countExpedite(q *store.Query, l *board.Layout, exceptRID int64) (n int, err error) {
	_, err = q.Row([]any{&n}, `SELECT COUNT(*) FROM cards c WHERE c.board_rid = ? AND c.class = 'expedite' AND c.archived_at IS NULL
		AND c.finished_at IS NULL AND c.rid <> ?`, l.RID, exceptRID)
	return n, err
}

// point is a declared point as the database takes it; a board without one has it beyond its last column.
func point(n int) int64 { return int64(min(n, math.MaxInt32)) }
