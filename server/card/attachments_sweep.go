package card

import (
	"context"
	"time"

	"trestle/server/store"
)

// SweepFiles forgets attachments that were removed seven days ago or earlier, row first, and then every blob that no
// row names: what a broken-off upload left, and what a forgotten row named.
func (s *Service) SweepFiles(ctx context.Context) error {
	err := store.Do(store.As(ctx, "", ""), s.store, nil, func(tx *store.Tx) error {
		old := store.Ms(tx.Now.Add(-removedKept))
		var freed int64
		err := tx.Each(func(scan func(...any) error) error {
			var size int64
			err := scan(&size)
			freed += size
			return err
		}, "DELETE FROM attachments WHERE removed_at < ? RETURNING size", old)
		if err != nil || freed == 0 {
			return err
		}
		_, err = tx.Exec("UPDATE attachment_usage SET bytes = bytes - ? WHERE id = 1", freed)
		return err
	})
	if err != nil {
		return err
	}
	// the store's own clock says when a blob was put
	young := time.Now().Add(-orphanAge)
	var batch []string
	err = s.files.Store.Each(ctx, func(key string, at time.Time) error {
		if at.After(young) {
			return nil
		}
		if batch = append(batch, key); len(batch) < 500 {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return s.dropUnnamed(ctx, batch)
	})
	if err == nil {
		err = s.dropUnnamed(ctx, batch)
	}
	return err
}

func (s *Service) dropUnnamed(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	args := make([]any, 0, 2*len(keys))
	for range 2 {
		for _, k := range keys {
			args = append(args, k)
		}
	}
	named := map[string]bool{}
	marks := store.Marks(len(keys))
	err := s.store.Rows(ctx).Each(func(scan func(...any) error) error {
		var blob, preview string
		err := scan(&blob, &preview)
		named[blob], named[preview] = true, true
		return err
	}, "SELECT blob, preview FROM attachments WHERE blob IN ("+marks+") OR preview IN ("+marks+")", args...)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if named[k] {
			continue
		}
		if err := s.files.Store.Remove(ctx, k); err != nil {
			return err
		}
	}
	return nil
}
