package account

import (
	"context"
	"time"
)

// What the tests need of the inside.

func (s *Service) Verify(ctx context.Context, p, raw string) (id string, err error) {
	c, err := s.open(ctx, purpose(p), raw, 0)
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

func (s *Service) Sign(ctx context.Context, p, id string) (string, error) {
	c := claims{}
	c.ID = id
	raw, _, err := s.sign(ctx, purpose(p), c, time.Time{})
	return raw, err
}

func (s *Service) SigningKey(ctx context.Context) (kid string, seed []byte, err error) {
	k, err := s.keys.signer(ctx)
	return k.ID, k.Seed, err
}

var (
	DelayAfter = delayAfter
	Matches    = RealCost.matches
	Hash       = RealCost.hash
	ParseToken = parseToken
	NewSecret  = newSecret
	Network    = network
	Common     = common
)
