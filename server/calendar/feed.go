package calendar

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// mostFeeds that live at once, per person and per team: one for each device and colleague, and not a leak of hundreds.
const mostFeeds = 20

// FeedView is a secret address that works, without the secret.
type FeedView struct {
	ID        string     `json:"id"`
	TeamID    string     `json:"teamId,omitempty" doc:"Absent: all teams of the one whose it is"`
	TeamName  string     `json:"teamName,omitempty"`
	CreatedAt time.Time  `json:"createdAt"`
	CreatedBy string     `json:"createdBy" doc:"A name"`
	ReadAt    *time.Time `json:"readAt,omitempty" doc:"When a calendar last asked for it, to the hour"`
}

// FeedMade is a new address; it is told this once.
type FeedMade struct {
	ID  string `json:"id"`
	URL string `json:"url" doc:"Whoever has it can read when the rituals are. It is not shown again."`
}

// HoldsSecret keeps the answer out of the record of retries.
func (FeedMade) HoldsSecret() {}

var secretText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// secretLen is 256 random bits in letters.
const secretLen = 52

func digest(secret string) string {
	sum := sha256.Sum256([]byte("calendar feed " + secret))
	return hex.EncodeToString(sum[:])
}

// Feeds lists the viewer's own addresses and those of the teams that they lead.
func (s *Service) Feeds(ctx context.Context) (out []FeedView, err error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	led, err := ledTeams(q, v)
	if err != nil {
		return nil, err
	}
	where, args := "f.person_id = ?", []any{v.PersonID}
	if v.PersonID == "" || v.TeamID != "" {
		where = "f.person_id = '' AND f.person_id <> ?"
	}
	if len(led) > 0 {
		where += " OR f.team_id IN (" + store.Marks(len(led)) + ")"
		args = append(args, led...)
	}
	err = q.Each(func(scan func(...any) error) error {
		var f FeedView
		var at int64
		var read *int64
		err := scan(&f.ID, &f.TeamID, &f.TeamName, &f.CreatedBy, &at, &read)
		f.CreatedAt, f.ReadAt = store.At(at), store.AtPtr(read)
		out = append(out, f)
		return err
	}, `SELECT f.id, COALESCE(f.team_id, ''), COALESCE(t.name, ''), p.name, f.created_at, f.read_at FROM calendar_feeds f JOIN people p ON p.id = f.created_by
		LEFT JOIN teams t ON t.id = f.team_id WHERE f.revoked_at IS NULL AND (t.id IS NULL OR t.archived_at IS NULL) AND (`+where+`) ORDER BY f.created_at DESC, f.id`, args...)
	return out, err
}

func ledTeams(q *store.Query, v who.Viewer) (ids []any, err error) {
	if v.PersonID == "" {
		return nil, nil
	}
	teams, err := team.VisibleTo(q, v)
	for _, t := range teams {
		if t.Rights.CanLead() {
			ids = append(ids, t.ID)
		}
	}
	return ids, err
}

const onlyLeadsFeed = "Only a lead of this team may handle the addresses of its feed."

// MakeFeed makes a secret address: of all the viewer's teams, or, for its lead, of one. Only somebody who is signed in
// makes one, because it outlives whatever asked for it.
func (s *Service) MakeFeed(ctx context.Context, teamID string) (FeedMade, error) {
	v := who.From(ctx)
	if v.SessionID == "" {
		return FeedMade{}, fault.Forbidden("A secret address is made by somebody who is signed in, not by a token.")
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails
	secret, id := secretText.EncodeToString(raw[:]), store.NewID("fee")
	made := FeedMade{ID: id, URL: s.accounts.LinkBase(ctx) + feedPath + secret + ".ics"}
	topic := event.MeTopic(v.PersonID)
	if teamID != "" {
		topic = event.TeamTopic(teamID)
	}
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (FeedMade, error) {
		var ofPerson, ofTeam *string
		where, whose := "person_id = ?", v.PersonID
		if ofPerson = &v.PersonID; teamID != "" {
			_, r, err := team.See(tx.Query, v, teamID)
			if err != nil {
				return FeedMade{}, err
			}
			if !r.CanLead() {
				return FeedMade{}, fault.Forbidden(onlyLeadsFeed)
			}
			ofPerson, ofTeam, where, whose = nil, &teamID, "team_id = ?", teamID
		}
		var n int
		if _, err := tx.Row([]any{&n}, "SELECT COUNT(*) FROM calendar_feeds WHERE revoked_at IS NULL AND "+where, whose); err != nil {
			return FeedMade{}, err
		}
		if n >= mostFeeds {
			return FeedMade{}, fault.Conflict("too_many_feeds", "There are %d addresses. Revoke one that nobody uses first.", n)
		}
		_, err := tx.Exec("INSERT INTO calendar_feeds (id, person_id, team_id, secret_hash, created_by, created_at) VALUES (?,?,?,?,?,?)",
			id, ofPerson, ofTeam, digest(secret), v.PersonID, store.Ms(tx.Now))
		if err == nil && teamID != "" {
			_, err = tx.Publish(topic, "calendar.feed_made", map[string]string{"id": id})
		}
		return made, err
	})
}

// RevokeFeed ends an address at once: the viewer's own, or one of a team that they lead.
func (s *Service) RevokeFeed(ctx context.Context, id string) error {
	v, q := who.From(ctx), s.store.Rows(ctx)
	var personID, teamID string
	found, err := q.Row([]any{&personID, &teamID}, "SELECT COALESCE(person_id, ''), COALESCE(team_id, '') FROM calendar_feeds WHERE id = ?", id)
	if err != nil {
		return err
	}
	if !found || v.PersonID == "" || (teamID == "" && (personID != v.PersonID || v.TeamID != "")) {
		return fault.NotFound("feed")
	}
	topic := event.MeTopic(v.PersonID)
	if teamID != "" {
		topic = event.TeamTopic(teamID)
	}
	return store.Do(ctx, s.store, []string{topic}, func(tx *store.Tx) error {
		if teamID != "" {
			_, r, err := team.See(tx.Query, v, teamID)
			if err != nil || !r.CanLead() {
				if err == nil || fault.Is(err, "not_found") {
					err = fault.NotFound("feed") // which teams have addresses is their leads' to know
				}
				return err
			}
		}
		n, err := tx.Exec("UPDATE calendar_feeds SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", store.Ms(tx.Now), id)
		if err == nil && n == 0 {
			err = fault.NotFound("feed")
		}
		if err != nil || teamID == "" {
			return err
		}
		_, err = tx.Publish(topic, "calendar.feed_revoked", map[string]string{"id": id})
		return err
	})
}

// reading is on whose behalf a secret reads, of which team where it is of one, and when it last did.
type reading struct {
	v              who.Viewer
	teamID, feedID string
	last           *int64
}

// reader finds what a secret opens; not_found for every
// secret that opens nothing.
func (s *Service) reader(q *store.Query, secret string) (f reading, err error) {
	if len(secret) != secretLen {
		return f, fault.NotFound("feed")
	}
	var disabled, archived *int64
	found, err := q.Row([]any{&f.feedID, &f.v.PersonID, &f.teamID, &f.v.Name, &f.v.Role, &disabled, &archived, &f.last}, `SELECT f.id, COALESCE(f.person_id, ''), COALESCE(f.team_id, ''),
		COALESCE(p.name, ''), COALESCE(p.role, ''), p.disabled_at, t.archived_at, f.read_at FROM calendar_feeds f LEFT JOIN people p ON p.id = f.person_id
		LEFT JOIN teams t ON t.id = f.team_id WHERE f.secret_hash = ? AND f.revoked_at IS NULL`, digest(secret))
	switch {
	case err != nil:
		return f, err
	case !found || disabled != nil || archived != nil:
		return f, fault.NotFound("feed")
	case f.teamID != "": // as a screen of the team sees it
		f.v = who.Viewer{DeviceID: f.feedID, TeamID: f.teamID, Role: who.Device}
	}
	return f, nil
}
