package retro

import (
	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Running gives the retros of a person's teams that are not published yet, the newest first.
func (s *Service) Running(q *store.Query, v who.Viewer) (out []RetroItem, err error) {
	var ids []string
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT r.id FROM retros r JOIN boards b ON b.rid = r.board_rid WHERE r.closed_at IS NULL AND b.archived_at IS NULL AND r.team_id IN `+account.OwnTeams+` ORDER BY r.created_at DESC, r.rid DESC LIMIT 20`,
		v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		at, err := s.sit(q, v, "r.id = ?", id)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return nil, err
		}
		item, err := at.item(q)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}
