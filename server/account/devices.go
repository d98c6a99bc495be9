package account

import (
	"context"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// SignDevice signs the text of a device link whose row the team room writes.
func (s *Service) SignDevice(ctx context.Context, linkID string) (text string, expiresAt time.Time, err error) {
	c := claims{}
	c.ID = linkID
	return s.sign(ctx, forDevice, c, time.Time{})
}

// LinkBase is what links begin with: the public address, or the one that the browser typed.
func (s *Service) LinkBase(ctx context.Context) string {
	if cl := clientOf(ctx); cl.base != "" {
		return cl.base
	}
	return s.cfg.PublicURL
}

// liveDevice gives the viewer of a device link that still counts, or refuses.
func (s *Service) liveDevice(ctx context.Context, id string) (who.Viewer, error) {
	v := who.Viewer{DeviceID: id, Role: who.Device}
	var expires int64
	var used, revoked, archived *int64
	found, err := s.store.Rows(ctx).Row([]any{&v.Name, &v.TeamID, &expires, &used, &revoked, &archived},
		`SELECT d.name, d.team_id, d.expires_at, d.last_used_at, d.revoked_at, t.archived_at
		FROM device_links d JOIN teams t ON t.id = d.team_id WHERE d.id = ?`, id)
	if err != nil {
		return who.Viewer{}, err
	}
	now := store.Ms(s.store.Now())
	if !found || revoked != nil || archived != nil || now >= expires {
		return who.Viewer{}, refused("This screen's link is not valid any more.")
	}
	if used == nil || now-*used >= time.Minute.Milliseconds() {
		s.touch(ctx, id, `UPDATE device_links SET last_used_at = ? WHERE id = ?`, now, id)
	}
	return v, nil
}

func (s *Service) byDevice(ctx context.Context, text string) (who.Viewer, error) {
	c, err := s.open(ctx, forDevice, text, 0)
	if err != nil {
		return who.Viewer{}, unsigned(err)
	}
	return s.liveDevice(ctx, c.ID)
}

// Device tells a screen what it is, and how long its link lives.
func (s *Service) Device(ctx context.Context) (DeviceView, error) {
	v := who.From(ctx)
	if v.DeviceID == "" {
		return DeviceView{}, fault.NotFound("screen")
	}
	d := DeviceView{ID: v.DeviceID, Name: v.Name, TeamID: v.TeamID}
	var expires int64
	_, err := s.store.Rows(ctx).Row([]any{&d.TeamName, &expires},
		`SELECT t.name, d.expires_at FROM device_links d JOIN teams t ON t.id = d.team_id WHERE d.id = ?`, v.DeviceID)
	d.ExpiresAt = store.At(expires)
	return d, err
}
