package account

import (
	"context"
	"errors"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// How long a session lives: without being used, and at all.
const (
	Idle     = 12 * time.Hour
	Absolute = 30 * 24 * time.Hour
)

// renewEvery is how old a cookie's text may grow before a request renews it and notes that the session is used.
const renewEvery = 5 * time.Minute

type session struct {
	ID, PersonID               string
	Agent, Address             string
	CreatedAt, SeenAt, Expires int64
	RevokedAt                  *int64
}

// ends is when the session ends if nobody uses it.
func (r *session) ends() time.Time {
	return store.At(min(r.SeenAt+Idle.Milliseconds(), r.Expires))
}

// sessionAndPerson reads a session with its person; nil when there is none.
func sessionAndPerson(q *store.Query, id string) (*session, *record, error) {
	var r session
	var p record
	found, err := q.Row([]any{&r.ID, &r.PersonID, &r.CreatedAt, &r.SeenAt, &r.Expires, &r.RevokedAt,
		&p.Name, &p.Role, &p.Discipline, &p.AuthEpoch, &p.Placeholder, &p.DisabledAt},
		`SELECT s.id, s.person_id, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at,
			p.name, p.role, p.discipline, p.auth_epoch, p.placeholder, p.disabled_at
		FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.id = ?`, id)
	if err != nil || !found {
		return nil, nil, err
	}
	p.ID = r.PersonID
	return &r, &p, nil
}

// liveSession gives the viewer of a session that has not ended, or refuses.
func (s *Service) liveSession(ctx context.Context, id string) (who.Viewer, *session, *record, error) {
	r, p, err := sessionAndPerson(s.store.Rows(ctx), id)
	switch {
	case err != nil:
		return who.Viewer{}, nil, nil, err
	case r == nil, r.RevokedAt != nil, !p.active():
		return who.Viewer{}, nil, nil, refused("Your session has ended. Please sign in again.")
	case !s.store.Now().Before(r.ends()):
		return who.Viewer{}, nil, nil, refused("You were away for long. Please sign in again.")
	}
	return who.Viewer{PersonID: p.ID, Name: p.Name, Role: p.Role, Discipline: p.Discipline, SessionID: r.ID}, r, p, nil
}

// bySession gives the viewer of a cookie's or a program's signed text, and for a cookie that grows old its
// next text.
func (s *Service) bySession(ctx context.Context, p purpose, text string) (v who.Viewer, renewed string, err error) {
	late := time.Duration(0)
	if p == forSession {
		late = Idle
	}
	c, err := s.open(ctx, p, text, late)
	if err != nil {
		return v, "", unsigned(err)
	}
	v, row, person, err := s.liveSession(ctx, c.ID)
	if err != nil {
		return who.Viewer{}, "", err
	}
	if c.Subject != v.PersonID || c.Epoch != person.AuthEpoch {
		return who.Viewer{}, "", refused("Your session has ended. Please sign in again.")
	}
	now := s.store.Now()
	if now.Sub(c.IssuedAt.Time) < renewEvery && now.Sub(store.At(row.SeenAt)) < renewEvery {
		return v, "", nil
	}
	s.touch(ctx, row.ID, `UPDATE sessions SET last_seen_at = ?, address = ? WHERE id = ? AND revoked_at IS NULL`,
		store.Ms(now), clientAddress(ctx), row.ID)
	if p == forSession {
		if renewed, _, err = s.sign(ctx, forSession, sessionClaims(row, person), store.At(row.Expires)); err != nil {
			s.log.Error("a session could not be renewed", "error", err)
			return v, "", nil
		}
	}
	return v, renewed, nil
}

func clientAddress(ctx context.Context) string { return clientOf(ctx).address }

func sessionClaims(r *session, p *record) claims {
	c := claims{Epoch: p.AuthEpoch}
	c.ID, c.Subject = r.ID, p.ID
	return c
}

// unsigned refuses a text that we did not sign, and lets our own troubles through.
func unsigned(err error) error {
	if errors.Is(err, errUnsigned) {
		return refused("This sign-in is not valid any more. Please sign in again.")
	}
	return err
}

// touch notes that something was used, at most once a minute each. A failure stops nobody from reading.
func (s *Service) touch(ctx context.Context, id, stmt string, args ...any) {
	now := store.Ms(s.store.Now())
	if at, ok := s.touched.Load(id); ok && now-at.(int64) < time.Minute.Milliseconds() {
		return
	}
	s.touched.Store(id, now)
	err := store.Do(quietly(ctx), s.store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(stmt, args...)
		return err
	})
	if err != nil {
		s.log.Warn("a use could not be noted", "error", err)
	}
}

// Opened is a fresh session: the answer for programs and the text of the browser's cookie.
type Opened struct {
	SignedIn
	SessionID string
	Cookie    string
}

// SignIn opens a session. A wrong address and a wrong password are one answer, 401, after the same time; too
// many tries are 429.
func (s *Service) SignIn(ctx context.Context, email, password string) (Opened, error) {
	email = foldEmail(email)
	cl := clientOf(ctx)
	if err := s.try(ctx, email, cl.address); err != nil {
		return Opened{}, err
	}
	p, err := personByEmail(s.store.Rows(ctx), email)
	if err != nil {
		return Opened{}, err
	}
	phc := ""
	if p != nil && p.active() {
		phc = p.PasswordHash
	}
	ok, outdated, err := s.verify(ctx, phc, password)
	if err != nil {
		return Opened{}, err
	}
	if !ok {
		return Opened{}, refused("The e-mail address or the password is wrong.")
	}
	rehashed := ""
	if outdated {
		if rehashed, err = s.hashed(ctx, password); err != nil {
			return Opened{}, err
		}
	}
	before := who.From(ctx)
	names := []string{event.MeTopic(p.ID)}
	if before.SessionID != "" {
		names = append(names, event.MeTopic(before.PersonID))
	}
	return s.opened(ctx, p.ID, names, func(tx *store.Tx) error {
		if rehashed != "" {
			if _, err := tx.Exec(`UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?`, rehashed, p.ID, phc); err != nil {
				return err
			}
		}
		if before.SessionID != "" { // signing in over a session ends that one
			if err := endSessions(tx, before.PersonID, "id = ?", before.SessionID); err != nil {
				return err
			}
		}
		return forgive(tx, email, cl.address)
	})
}

// OpenSession opens a session for a person without asking for a password: for the program itself and its tests.
func (s *Service) OpenSession(ctx context.Context, personID string) (Opened, error) {
	return s.opened(ctx, personID, nil, func(*store.Tx) error { return nil })
}

// opened runs before and makes a session row in one write, then signs for it.
func (s *Service) opened(ctx context.Context, personID string, topics []string, before func(tx *store.Tx) error) (Opened, error) {
	var row session
	var p *record
	err := store.Do(store.As(ctx, personID, ""), s.store, topics, func(tx *store.Tx) (err error) {
		if err = before(tx); err != nil {
			return err
		}
		if p, err = needPerson(tx.Query, personID); err != nil {
			return err
		}
		if !p.active() {
			return refused("The e-mail address or the password is wrong.")
		}
		row = newSession(tx, p.ID, clientOf(ctx))
		return insertSession(tx, &row)
	})
	if err != nil {
		return Opened{}, err
	}
	return s.signed(ctx, &row, p)
}

func newSession(tx *store.Tx, personID string, cl client) session {
	now := store.Ms(tx.Now)
	return session{ID: store.NewID("ses"), PersonID: personID, Agent: cl.agent, Address: cl.address,
		CreatedAt: now, SeenAt: now, Expires: now + Absolute.Milliseconds()}
}

func insertSession(tx *store.Tx, r *session) error {
	_, err := tx.Exec(`INSERT INTO sessions (id, person_id, user_agent, address, created_at, last_seen_at, expires_at) VALUES (?,?,?,?,?,?,?)`,
		r.ID, r.PersonID, r.Agent, r.Address, r.CreatedAt, r.SeenAt, r.Expires)
	return err
}

func (s *Service) signed(ctx context.Context, row *session, p *record) (Opened, error) {
	o := Opened{SessionID: row.ID, SignedIn: SignedIn{Person: p.view()}}
	var err error
	if o.Cookie, _, err = s.sign(ctx, forSession, sessionClaims(row, p), time.Time{}); err != nil {
		return Opened{}, err
	}
	o.Token, o.ExpiresAt, err = s.sign(ctx, forBearer, sessionClaims(row, p), time.Time{})
	return o, err
}

// endSessions ends a person's live sessions that meet the condition and tells every node. Their topic must
// be locked.
func endSessions(tx *store.Tx, personID, where string, args ...any) error {
	var ids []string
	err := tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM sessions WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ? AND `+where,
		append([]any{personID, store.Ms(tx.Now)}, args...)...)
	if err != nil {
		return err
	}
	me := event.MeTopic(personID)
	for _, id := range ids {
		if _, err := tx.Exec(`UPDATE sessions SET revoked_at = ? WHERE id = ?`, store.Ms(tx.Now), id); err != nil {
			return err
		}
		if _, err := tx.Publish(me, "session.ended", map[string]string{"sessionId": id}); err != nil {
			return err
		}
	}
	if len(ids) > 0 {
		tx.RaiseACL(me)
	}
	return nil
}

// SignOut ends the viewer's session; without one it is a calm no-op.
func (s *Service) SignOut(ctx context.Context) error {
	v := who.From(ctx)
	if v.SessionID == "" {
		return nil
	}
	return store.Do(ctx, s.store, []string{event.MeTopic(v.PersonID)}, func(tx *store.Tx) error {
		return endSessions(tx, v.PersonID, "id = ?", v.SessionID)
	})
}

// Sessions lists the viewer's live sessions, the latest used first.
func (s *Service) Sessions(ctx context.Context) ([]SessionView, error) {
	v := who.From(ctx)
	var out []SessionView
	now := store.Ms(s.store.Now())
	err := s.store.Rows(ctx).Each(func(scan func(...any) error) error {
		var r session
		if err := scan(&r.ID, &r.Agent, &r.Address, &r.CreatedAt, &r.SeenAt, &r.Expires); err != nil {
			return err
		}
		out = append(out, SessionView{ID: r.ID, CreatedAt: store.At(r.CreatedAt), LastSeenAt: store.At(r.SeenAt), ExpiresAt: r.ends(),
			UserAgent: r.Agent, Address: r.Address, Current: r.ID == v.SessionID})
		return nil
	}, `SELECT id, user_agent, address, created_at, last_seen_at, expires_at FROM sessions
		WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ? AND last_seen_at > ? ORDER BY last_seen_at DESC, id`,
		v.PersonID, now, now-Idle.Milliseconds())
	return out, err
}

// EndSession ends one of the viewer's own sessions.
func (s *Service) EndSession(ctx context.Context, id string) error {
	v := who.From(ctx)
	if v.DeviceID != "" {
		return fault.NotFound("session")
	}
	return store.Do(ctx, s.store, []string{event.MeTopic(v.PersonID)}, func(tx *store.Tx) error {
		r, _, err := sessionAndPerson(tx.Query, id)
		if err != nil {
			return err
		}
		if r == nil || r.PersonID != v.PersonID || r.RevokedAt != nil || !tx.Now.Before(r.ends()) {
			return fault.NotFound("session")
		}
		return endSessions(tx, v.PersonID, "id = ?", id)
	})
}

// StillValid says whether what the viewer came in with still opens the door: nil, or 401. The live hub asks
// when the topic me:PERSON or an access list has moved, and now and then.
func (s *Service) StillValid(ctx context.Context, v who.Viewer) error {
	var err error
	switch {
	case v.DeviceID != "":
		_, err = s.liveDevice(ctx, v.DeviceID)
	case v.TokenID != "":
		_, _, err = s.liveToken(ctx, v.TokenID)
	case v.SessionID != "":
		_, _, _, err = s.liveSession(ctx, v.SessionID)
	default:
		err = refused("Please sign in.")
	}
	return err
}

// ticketOf turns a viewer into what a ticket remembers, and back.
func ticketClaims(id string, v who.Viewer) claims {
	c := claims{}
	c.ID, c.Subject = id, v.PersonID
	switch {
	case v.TokenID != "":
		c.From = v.TokenID
	default:
		c.From = v.SessionID
	}
	return c
}

// MakeTicket makes a text that opens one socket within thirty seconds, as this viewer.
func (s *Service) MakeTicket(ctx context.Context) (TicketMade, error) {
	v := who.From(ctx)
	if v.SessionID == "" && v.TokenID == "" {
		return TicketMade{}, fault.Unauthenticated()
	}
	id := store.NewID("tic")
	text, until, err := s.sign(ctx, forLive, ticketClaims(id, v), time.Time{})
	if err != nil {
		return TicketMade{}, err
	}
	return store.InTx(ctx, s.store, nil, func(tx *store.Tx) (TicketMade, error) {
		_, err := tx.Exec(`INSERT INTO live_tickets (id, expires_at) VALUES (?,?)`, id, store.Ms(until))
		return TicketMade{Ticket: text, ExpiresAt: until}, err
	})
}

// Ticket spends a ticket and gives its viewer; 401 when it is not ours, too old, spent, or its maker is out.
func (s *Service) Ticket(ctx context.Context, text string) (who.Viewer, error) {
	c, err := s.open(ctx, forLive, text, 0)
	if err != nil {
		return who.Viewer{}, unsigned(err)
	}
	err = store.Do(quietly(ctx), s.store, nil, func(tx *store.Tx) error {
		n, err := tx.Exec(`UPDATE live_tickets SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?`,
			store.Ms(tx.Now), c.ID, store.Ms(tx.Now))
		if err == nil && n != 1 {
			err = refused("This ticket was used already.")
		}
		return err
	})
	if err != nil {
		return who.Viewer{}, err
	}
	var v who.Viewer
	if isTokenID(c.From) {
		v, _, err = s.liveToken(ctx, c.From)
	} else {
		v, _, _, err = s.liveSession(ctx, c.From)
	}
	if err == nil && v.PersonID != c.Subject {
		err = fault.Unauthenticated()
	}
	if err != nil {
		return who.Viewer{}, err
	}
	return v, nil
}
