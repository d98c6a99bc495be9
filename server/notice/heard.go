package notice

import (
	"context"
	"time"

	"trestle/server/store"
)

// Heard lets go of notes that were posted before a moment and still wait: for who brings a past with it, in which
// everybody has heard them long ago.
func Heard(ctx context.Context, st *store.Store, before time.Time) error {
	return store.Do(ctx, st, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE outbox SET done_at = ? WHERE kind = ? AND done_at IS NULL AND created_at < ?", store.Ms(tx.Now), JobKind, store.Ms(before))
		return err
	})
}
