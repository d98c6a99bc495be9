package standup

import (
	"time"

	"trestle/server/board"
	"trestle/server/store"
	"trestle/server/who"
)

// What is read of many series at once: so many statements, however many they are.

func ridsOf(list []*series) []int64 {
	out := make([]int64, len(list))
	for i, r := range list {
		out[i] = r.RID
	}
	return out
}

// seenBy leaves those of some series on boards that the viewer may see, with their boards.
func seenBy(q *store.Query, v who.Viewer, found []*series) (out []*series, boards map[string]board.Named, err error) {
	ids := make([]string, len(found))
	for i, r := range found {
		ids[i] = r.BoardID
	}
	if boards, err = board.NamedTo(q, v, ids); err != nil {
		return nil, nil, err
	}
	for _, r := range found {
		if _, ok := boards[r.BoardID]; ok {
			out = append(out, r)
		}
	}
	return out, boards, nil
}

// held is a series' meeting that runs and the newest that ended; each may be nil.
type held struct{ running, last *meeting }

func heldOf(q *store.Query, rids []int64) (map[int64]held, error) {
	out := map[int64]held{}
	return out, store.InParts(rids, func(marks string, args []any) error {
		list, err := readMeetings(q, "m.series_rid IN ("+marks+") AND m.state <> 'ended' OR m.rid IN "+newest("standup_meetings", "standup_series", marks), append(args, args...)...)
		for _, m := range list {
			h := out[m.SeriesRID]
			if m.State == Ended {
				h.last = m
			} else {
				h.running = m
			}
			out[m.SeriesRID] = h
		}
		return err
	})
}

// newest are the ended ones that began last, one for each series.
func newest(meetings, series, marks string) string {
	return "(SELECT (SELECT x.rid FROM " + meetings + " x WHERE x.series_rid = s.rid AND x.state = 'ended' ORDER BY x.started_at DESC, x.rid DESC LIMIT 1) FROM " +
		series + " s WHERE s.rid IN (" + marks + "))"
}

// openOf counts what waits in the parking lots of some series.
func openOf(q *store.Query, rids []int64) (map[int64]int, error) {
	out := map[int64]int{}
	return out, store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid int64
			var n int
			err := scan(&rid, &n)
			out[rid] = n
			return err
		}, "SELECT series_rid, COUNT(*) FROM standup_parked WHERE settled_at IS NULL AND series_rid IN ("+marks+") GROUP BY series_rid", args...)
	})
}

// askedOf is when the digests go out that wait for somebody's words, by series.
func askedOf(q *store.Query, rids []int64, personID string) (map[int64]*time.Time, error) {
	out := map[int64]*time.Time{}
	return out, store.InParts(rids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid, due int64
			err := scan(&rid, &due)
			if out[rid] == nil { // the earliest day
				out[rid] = store.AtPtr(&due)
			}
			return err
		}, `SELECT d.series_rid, d.due_at FROM standup_digests d JOIN standup_answers a ON a.digest_rid = d.rid
			WHERE d.state = 'open' AND a.answered_at IS NULL AND d.series_rid IN (`+marks+`) AND a.person_id = ? ORDER BY d.day`, append(args, personID)...)
	})
}

// openDigests are the days that are written on now, by series; the earliest when two overlap.
func openDigests(q *store.Query, rids []int64) (map[int64]*digest, error) {
	out := map[int64]*digest{}
	return out, store.InParts(rids, func(marks string, args []any) error {
		list, err := readDigests(q, "d.series_rid IN ("+marks+") AND d.state = 'open' AND d.since_at > 0 ORDER BY d.day", args...)
		for _, d := range list {
			if out[d.SeriesRID] == nil {
				out[d.SeriesRID] = d
			}
		}
		return err
	})
}
