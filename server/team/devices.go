package team

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const onlyLeadsLink = "Only a lead of this team may handle its screens."

// Devices lists a team's screens; for leads.
func (s *Service) Devices(ctx context.Context, teamID string) ([]DeviceLink, error) {
	q := s.store.Rows(ctx)
	if _, _, err := led(q, who.From(ctx), teamID, onlyLeadsLink); err != nil {
		return nil, err
	}
	var out []DeviceLink
	err := q.Each(func(scan func(...any) error) error {
		var d DeviceLink
		var created, expires int64
		var seen *int64
		err := scan(&d.ID, &d.Name, &created, &expires, &seen)
		d.CreatedAt, d.ExpiresAt, d.LastSeenAt = store.At(created), store.At(expires), store.AtPtr(seen)
		out = append(out, d)
		return err
	}, `SELECT id, name, created_at, expires_at, last_used_at FROM device_links
		WHERE team_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at DESC, id`, teamID, store.Ms(s.store.Now()))
	return out, err
}

// LinkDevice makes a link with which a screen may look at one team for a year; for leads.
func (s *Service) LinkDevice(ctx context.Context, teamID, name string) (DeviceLinkMade, error) {
	v := who.From(ctx)
	name, err := checkName("body.name", name)
	if err != nil {
		return DeviceLinkMade{}, err
	}
	id := store.NewID("dev")
	text, until, err := s.account.SignDevice(ctx, id)
	if err != nil {
		return DeviceLinkMade{}, err
	}
	url := s.account.LinkBase(ctx) + "/screen#" + text
	return store.InTx(ctx, s.store, []string{event.TeamTopic(teamID)}, func(tx *store.Tx) (DeviceLinkMade, error) {
		if _, _, err := led(tx.Query, v, teamID, onlyLeadsLink); err != nil {
			return DeviceLinkMade{}, err
		}
		_, err := tx.Exec(`INSERT INTO device_links (id, team_id, name, created_by, created_at, expires_at) VALUES (?,?,?,?,?,?)`,
			id, teamID, name, v.PersonID, store.Ms(tx.Now), store.Ms(until))
		if err != nil {
			return DeviceLinkMade{}, err
		}
		_, err = tx.Publish(event.TeamTopic(teamID), "device_link.created", map[string]string{"id": id}) // its name is for leads
		return DeviceLinkMade{ID: id, URL: url, ExpiresAt: until}, err
	})
}

// UnlinkDevice ends a screen's link, also while it looks; for leads.
func (s *Service) UnlinkDevice(ctx context.Context, id string) error {
	v, q := who.From(ctx), s.store.Rows(ctx)
	var teamID string
	if found, err := q.Row([]any{&teamID}, `SELECT team_id FROM device_links WHERE id = ?`, id); err != nil || !found {
		if err == nil {
			err = fault.NotFound("screen")
		}
		return err
	}
	topics, err := s.Topics(q, teamID)
	if err != nil {
		return err
	}
	return store.Do(ctx, s.store, topics, func(tx *store.Tx) error {
		_, r, err := seen(tx.Query, v, teamID)
		if fault.Is(err, "not_found") || (err == nil && rank[r.Role] == 0) {
			return fault.NotFound("screen") // of a team that they have no part in
		}
		if err != nil {
			return err
		}
		if !r.CanLead() {
			return fault.Forbidden(onlyLeadsLink)
		}
		n, err := tx.Exec(`UPDATE device_links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL`, store.Ms(tx.Now), id)
		if err == nil && n == 0 {
			err = fault.NotFound("screen")
		}
		if err != nil {
			return err
		}
		boards, err := lockedBoards(tx, teamID)
		if err != nil {
			return err
		}
		if err := raise(tx, teamID, append(boards, event.TeamTopic(teamID))); err != nil {
			return err
		}
		_, err = tx.Publish(event.TeamTopic(teamID), "device_link.revoked", map[string]string{"id": id})
		return err
	})
}
