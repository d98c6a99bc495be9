package board

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const maxFavourites = 50

// SetFavourites says which boards the viewer has starred, in their order. Boards that are absent or invisible
// refuse it (not_found). It is the person's own matter: only their other pages hear of it.
func (s *Service) SetFavourites(ctx context.Context, boardIDs []string) ([]string, error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return nil, fault.Forbidden("Only a person has favourites.")
	}
	if len(boardIDs) > maxFavourites {
		return nil, fault.Invalid("body.boardIds", "One person has at most %d favourites", maxFavourites)
	}
	topic := event.MeTopic(v.PersonID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) ([]string, error) {
		if _, err := tx.Exec("DELETE FROM favourites WHERE person_id = ?", v.PersonID); err != nil {
			return nil, err
		}
		out := []string{}
		seen := map[string]bool{}
		for _, id := range boardIDs {
			if seen[id] {
				continue
			}
			seen[id] = true
			b, err := s.See(tx.Query, v, id)
			if err != nil {
				return nil, err
			}
			if _, err := tx.Exec("INSERT INTO favourites (person_id, board_rid, position) VALUES (?,?,?)", v.PersonID, b.RID, len(out)); err != nil {
				return nil, err
			}
			out = append(out, id)
		}
		_, err := tx.Publish(topic, "favourites.changed", map[string]any{"boardIds": out})
		return out, err
	})
}

// FavouritesOf gives the boards that a person has starred: id → place, from 0.
func FavouritesOf(q *store.Query, personID string) (map[string]int, error) {
	out := map[string]int{}
	err := q.Each(func(scan func(...any) error) error {
		var id string
		var at int
		err := scan(&id, &at)
		out[id] = at
		return err
	}, "SELECT b.id, f.position FROM favourites f JOIN boards b ON b.rid = f.board_rid WHERE f.person_id = ?", personID)
	return out, err
}
