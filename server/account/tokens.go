package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Scopes of tokens.
var Scopes = []string{"read", "write", "live", "hooks", "admin"}

// A token reads trs_<id>_<secret><checksum>: 256 random bits and a CRC-32 of all before it, so that a scanner
// can tell a token from noise without asking us.
const tokenPrefix = "trs_"

var tokenText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

const (
	secretLen   = 52 // 32 bytes
	checksumLen = 7  // 4 bytes
)

func checksum(s string) string {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], crc32.ChecksumIEEE([]byte(s)))
	return tokenText.EncodeToString(b[:])
}

func newSecret(id string) string {
	text := tokenPrefix + strings.TrimPrefix(id, "tok_") + "_" + tokenText.EncodeToString(randomBytes(32))
	return text + checksum(text)
}

func isTokenID(id string) bool { return strings.HasPrefix(id, "tok_") }

// parseToken gives the token's id when the text has a token's form.
func parseToken(text string) (id string, ok bool) {
	id, secret, ok := strings.Cut(strings.TrimPrefix(text, tokenPrefix), "_")
	if !ok || id == "" || len(id) > 40 || len(secret) != secretLen+checksumLen {
		return "", false
	}
	cut := len(text) - checksumLen
	return "tok_" + id, checksum(text[:cut]) == text[cut:]
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

type token struct {
	ID, PersonID, Name, Hash, Scopes string
	TeamID                           *string
	CreatedAt                        int64
	ExpiresAt, UsedAt, RevokedAt     *int64
}

const tokenColumns = `t.id, t.person_id, t.team_id, t.name, t.secret_hash, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at`

func (t *token) dest() []any {
	return []any{&t.ID, &t.PersonID, &t.TeamID, &t.Name, &t.Hash, &t.Scopes, &t.CreatedAt, &t.ExpiresAt, &t.UsedAt, &t.RevokedAt}
}

func (t *token) team() string {
	if t.TeamID == nil {
		return ""
	}
	return *t.TeamID
}

func (t *token) view() TokenView {
	return TokenView{ID: t.ID, Name: t.Name, Scopes: strings.Fields(t.Scopes), PersonID: t.PersonID, TeamID: t.team(),
		CreatedAt: store.At(t.CreatedAt), ExpiresAt: store.AtPtr(t.ExpiresAt), LastUsedAt: store.AtPtr(t.UsedAt)}
}

// liveToken gives the viewer of a token that still counts, or refuses.
func (s *Service) liveToken(ctx context.Context, id string) (who.Viewer, *token, error) {
	var t token
	var p record
	found, err := s.store.Rows(ctx).Row(append(t.dest(), &p.Name, &p.Role, &p.Discipline, &p.Placeholder, &p.DisabledAt),
		`SELECT `+tokenColumns+`, p.name, p.role, p.discipline, p.placeholder, p.disabled_at
		FROM tokens t JOIN people p ON p.id = t.person_id WHERE t.id = ?`, id)
	switch {
	case err != nil:
		return who.Viewer{}, nil, err
	case !found, t.RevokedAt != nil, !p.active():
		return who.Viewer{}, nil, refused("This token is not valid.")
	case t.ExpiresAt != nil && store.Ms(s.store.Now()) >= *t.ExpiresAt:
		return who.Viewer{}, nil, refused("This token has expired.")
	}
	scopes := strings.Fields(t.Scopes)
	if scopes == nil {
		scopes = []string{} // nil would mean a session
	}
	return who.Viewer{PersonID: t.PersonID, Name: p.Name, Role: p.Role, Discipline: p.Discipline, TokenID: t.ID,
		Scopes: scopes, TeamID: t.team()}, &t, nil
}

func (s *Service) byToken(ctx context.Context, text string) (who.Viewer, error) {
	id, ok := parseToken(text)
	if !ok {
		return who.Viewer{}, refused("This token is not valid.")
	}
	v, t, err := s.liveToken(ctx, id)
	if err != nil {
		return who.Viewer{}, err
	}
	if subtle.ConstantTimeCompare([]byte(digest(text)), []byte(t.Hash)) != 1 {
		return who.Viewer{}, refused("This token is not valid.")
	}
	now := store.Ms(s.store.Now())
	if t.UsedAt == nil || now-*t.UsedAt >= time.Minute.Milliseconds() {
		s.touch(ctx, t.ID, `UPDATE tokens SET last_used_at = ? WHERE id = ?`, now, t.ID)
	}
	return v, nil
}

// NewToken is what making a token takes.
type NewToken struct {
	Name      string
	Scopes    []string
	ExpiresAt *time.Time // nil: until it is revoked
	TeamID    string     // a service token of this team
}

func (n *NewToken) check(now time.Time) error {
	var err error
	if n.Name, err = checkName("body.name", n.Name); err != nil {
		return err
	}
	if len(n.Scopes) == 0 {
		return fault.Invalid("body.scopes", "A token needs at least one scope.")
	}
	for _, sc := range n.Scopes {
		if !slices.Contains(Scopes, sc) {
			return fault.Invalid("body.scopes", "A scope is one of %s.", strings.Join(Scopes, ", "))
		}
	}
	n.Scopes = slices.Compact(slices.Sorted(slices.Values(n.Scopes)))
	if n.TeamID != "" && slices.Contains(n.Scopes, "admin") {
		return fault.Invalid("body.scopes", "A team's token cannot carry the scope admin.")
	}
	if n.ExpiresAt != nil && !n.ExpiresAt.After(now) {
		return fault.Invalid("body.expiresAt", "That time is past.")
	}
	return nil
}

// CreateToken makes a token of the viewer's own, or a service token of a team that they lead. Only a sign-in
// makes tokens; a token cannot beget another.
func (s *Service) CreateToken(ctx context.Context, n NewToken) (TokenMade, error) {
	v := who.From(ctx)
	if v.SessionID == "" {
		return TokenMade{}, fault.Forbidden("A token is made by somebody who is signed in, not by another token.")
	}
	return s.issue(ctx, v.PersonID, n, func(q *store.Query) error {
		if n.TeamID == "" {
			return nil
		}
		_, err := s.teams.NeedLead(q, v, n.TeamID)
		return err
	})
}

// IssueToken makes a token for a person without asking who wants it: for the command line.
func (s *Service) IssueToken(ctx context.Context, personID string, n NewToken) (TokenMade, error) {
	return s.issue(ctx, personID, n, func(*store.Query) error { return nil })
}

func (s *Service) issue(ctx context.Context, personID string, n NewToken, may func(q *store.Query) error) (TokenMade, error) {
	if err := n.check(s.store.Now()); err != nil {
		return TokenMade{}, err
	}
	t := token{ID: store.NewID("tok"), PersonID: personID, Name: n.Name, Scopes: strings.Join(n.Scopes, " "), ExpiresAt: store.MsPtr(n.ExpiresAt)}
	if n.TeamID != "" {
		t.TeamID = &n.TeamID
	}
	secret := newSecret(t.ID)
	t.Hash = digest(secret)
	return store.InTx(ctx, s.store, nil, func(tx *store.Tx) (TokenMade, error) {
		if err := may(tx.Query); err != nil {
			return TokenMade{}, err
		}
		t.CreatedAt = store.Ms(tx.Now)
		_, err := tx.Exec(`INSERT INTO tokens (id, person_id, team_id, name, secret_hash, scopes, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?)`,
			t.ID, t.PersonID, t.TeamID, t.Name, t.Hash, t.Scopes, t.CreatedAt, t.ExpiresAt)
		return TokenMade{TokenView: t.view(), Secret: secret}, err
	})
}

// Tokens lists the viewer's own tokens and the service tokens of the teams that they lead; an administrator
// may ask for everybody's.
func (s *Service) Tokens(ctx context.Context, everybody bool) ([]TokenView, error) {
	v, q := who.From(ctx), s.store.Rows(ctx)
	where, args := `t.person_id = ?`, []any{v.PersonID}
	if v.TeamID != "" {
		where += ` AND t.team_id = ?`
		args = append(args, v.TeamID)
	}
	if everybody {
		if err := needAdmin(q, v, "Only an administrator may see everybody's tokens."); err != nil {
			return nil, err
		}
		where, args = `1 = 1`, nil
	} else if v.TeamID == "" {
		mine, err := s.teams.Mine(q, v)
		if err != nil {
			return nil, err
		}
		for _, t := range mine {
			if t.Right == "lead" {
				args = append(args, t.ID)
			}
		}
		if n := len(args) - 1; n > 0 {
			where = `(` + where + ` OR t.team_id IN (` + store.Marks(n) + `))`
		}
	}
	var out []TokenView
	err := q.Each(func(scan func(...any) error) error {
		var t token
		if err := scan(t.dest()...); err != nil {
			return err
		}
		out = append(out, t.view())
		return nil
	}, `SELECT `+tokenColumns+` FROM tokens t WHERE t.revoked_at IS NULL AND `+where+` ORDER BY t.created_at DESC, t.id`, args...)
	return out, err
}

// RevokeToken ends a token: one's own, a service token of a team that one leads, or as administrator any.
func (s *Service) RevokeToken(ctx context.Context, id string) error {
	v := who.From(ctx)
	var owner string
	if _, err := s.store.Rows(ctx).Row([]any{&owner}, `SELECT person_id FROM tokens WHERE id = ?`, id); err != nil {
		return err
	}
	if owner == "" {
		return fault.NotFound("token")
	}
	return store.Do(ctx, s.store, []string{event.MeTopic(owner)}, func(tx *store.Tx) error {
		var t token
		found, err := tx.Row(t.dest(), `SELECT `+tokenColumns+` FROM tokens t WHERE t.id = ?`, id)
		if err != nil {
			return err
		}
		if !found || t.RevokedAt != nil || !s.mayRevoke(tx.Query, v, &t) {
			return fault.NotFound("token")
		}
		return revokeTokens(tx, t.PersonID, "id = ?", t.ID)
	})
}

func (s *Service) mayRevoke(q *store.Query, v who.Viewer, t *token) bool {
	if v.TeamID != "" && v.TeamID != t.team() {
		return false
	}
	if t.PersonID == v.PersonID || needAdmin(q, v, "") == nil {
		return true
	}
	if t.TeamID == nil {
		return false
	}
	_, err := s.teams.NeedLead(q, v, *t.TeamID)
	return err == nil
}

// revokeTokens ends a person's tokens that meet the condition and tells every node. Their topic must be locked.
func revokeTokens(tx *store.Tx, personID, where string, args ...any) error {
	n, err := tx.Exec(`UPDATE tokens SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL AND `+where,
		append([]any{store.Ms(tx.Now), personID}, args...)...)
	if err != nil || n == 0 {
		return err
	}
	me := event.MeTopic(personID)
	tx.RaiseACL(me)
	_, err = tx.Publish(me, "token.revoked", map[string]int64{"tokens": n})
	return err
}
