package outbox

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"trestle/server/store"
)

const open = "done_at IS NULL AND failed_at IS NULL"

func (r *Runner) kindArgs(first ...any) []any {
	for _, k := range r.kinds {
		first = append(first, k)
	}
	return first
}

// anyDue asks the read pool, so that an idle runner never writes.
func (r *Runner) anyDue(ctx context.Context) (bool, error) {
	var one int
	now := store.Ms(r.st.Now())
	return r.st.Rows(ctx).Row([]any{&one}, "SELECT 1 FROM outbox WHERE "+open+
		" AND due_at <= ? AND claimed_until <= ? AND kind IN ("+store.Marks(len(r.kinds))+") LIMIT 1", r.kindArgs(now, now)...)
}

// claim takes due jobs for the length of the lease. Several nodes may do so at once: on PostgreSQL each skips
// what another has locked.
func (r *Runner) claim(ctx context.Context) ([]Job, error) {
	lock := " FOR UPDATE SKIP LOCKED"
	if r.st.SQLite() {
		lock = ""
	}
	return store.InTx(store.As(ctx, "", ""), r.st, nil, func(tx *store.Tx) ([]Job, error) {
		var jobs []Job
		now := store.Ms(tx.Now)
		args := []any{store.Ms(tx.Now.Add(lease))}
		args = append(args, r.kindArgs(now, now)...)
		args = append(args, claimAtOnce)
		err := tx.Each(func(scan func(...any) error) error {
			var j Job
			var payload string
			var at int64
			if err := scan(&j.ID, &j.Kind, &j.Topic, &payload, &j.Try, &at); err != nil {
				return err
			}
			j.Payload, j.Enqueued = json.RawMessage(payload), store.At(at)
			jobs = append(jobs, j)
			return nil
		}, `UPDATE outbox SET claimed_until = ?, tries = tries + 1 WHERE rid IN (
			SELECT rid FROM outbox WHERE `+open+` AND due_at <= ? AND claimed_until <= ? AND kind IN (`+store.Marks(len(r.kinds))+`)
			ORDER BY due_at, rid LIMIT ?`+lock+`) RETURNING rid, kind, topic, payload, tries, created_at`, args...)
		// RETURNING keeps no order
		slices.SortFunc(jobs, func(a, b Job) int { return int(a.ID - b.ID) })
		return jobs, err
	})
}

type settled struct {
	done, failed bool
	again        time.Time
	reason       string
}

func (r *Runner) settle(ctx context.Context, j Job, s settled) error {
	s.reason = storable(s.reason)
	return store.Do(store.As(ctx, "", ""), r.st, nil, func(tx *store.Tx) error {
		now := store.Ms(tx.Now)
		var err error
		switch {
		case s.done:
			_, err = tx.Exec("UPDATE outbox SET done_at = ?, claimed_until = 0, last_error = '' WHERE rid = ?", now, j.ID)
		case s.failed:
			_, err = tx.Exec("UPDATE outbox SET failed_at = ?, claimed_until = 0, last_error = ? WHERE rid = ?", now, s.reason, j.ID)
		default:
			_, err = tx.Exec("UPDATE outbox SET due_at = ?, claimed_until = 0, last_error = ? WHERE rid = ?", store.Ms(s.again), s.reason, j.ID)
		}
		return err
	})
}

// storable cuts a reason, which may be what another server said, to what PostgreSQL takes as text.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s[:min(len(s), 1000)], ""), "\x00", "")
}

// Forget removes jobs that were finished longer than DoneKept ago. Failed ones stay.
func Forget(ctx context.Context, st *store.Store) error {
	return store.Do(store.As(ctx, "", ""), st, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("DELETE FROM outbox WHERE done_at < ?", store.Ms(tx.Now.Add(-DoneKept)))
		return err
	})
}

// Depth is how many jobs wait, how many failed for good, and since when the longest overdue one waits.
type Depth struct {
	Waiting, Failed int64
	OldestDue       time.Time // zero when nothing is overdue
}

// Measure counts the table.
func Measure(ctx context.Context, st *store.Store) (Depth, error) {
	var d Depth
	var oldest *int64
	now := store.Ms(st.Now())
	q := st.Rows(ctx)
	if _, err := q.Row([]any{&d.Waiting, &oldest}, "SELECT COUNT(*), MIN(CASE WHEN due_at <= ? THEN due_at END) FROM outbox WHERE "+open, now); err != nil {
		return d, err
	}
	if oldest != nil {
		d.OldestDue = store.At(*oldest)
	}
	_, err := q.Row([]any{&d.Failed}, "SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL")
	return d, err
}
