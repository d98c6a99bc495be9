package account

import (
	"context"

	"github.com/golang-jwt/jwt/v5"

	"trestle/server/store"
)

// Reach is where and when somebody can be written to. It is for what sends mail and never leaves the server.
type Reach struct {
	Name, Email string
	TimeZone    string // "" when they never said
	Active      bool   // false for those who left and for those who never came
}

// ReachOf reads it for a person; the zero Reach when there is none.
func ReachOf(q *store.Query, personID string) (Reach, error) {
	p, err := personByID(q, personID)
	if err != nil || p == nil {
		return Reach{}, err
	}
	return Reach{Name: p.Name, Email: p.Email, TimeZone: p.TimeZone, Active: p.active()}, nil
}

// SignNoMail makes the text of a link that ends somebody's mail without signing in. It needs no row to be
// revoked by: nothing but that can be done with it.
func (s *Service) SignNoMail(ctx context.Context, personID string) (string, error) {
	raw, _, err := s.sign(ctx, forNoMail, claims{RegisteredClaims: jwt.RegisteredClaims{ID: personID}}, s.store.Now().Add(lives[forNoMail]))
	return raw, err
}

// OpenNoMail gives the person whose mail a link ends, "" when the link is not ours or too old.
func (s *Service) OpenNoMail(ctx context.Context, raw string) (personID string, err error) {
	c, err := s.open(ctx, forNoMail, raw, 0)
	if err == errUnsigned {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return c.ID, nil
}
