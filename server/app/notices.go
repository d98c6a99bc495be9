package app

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// sight tells the notices, which come before the boards, who may see a board.
type sight struct{ boards *board.Service }

func (s sight) CanSee(q *store.Query, v who.Viewer, boardID string) (bool, error) {
	_, err := s.boards.See(q, v, boardID)
	if fault.Is(err, "not_found") {
		return false, nil
	}
	return err == nil, err
}

func (c *Config) checkNotices() error {
	if _, err := c.hooksInside(); err != nil {
		return err
	}
	if (c.SMTPURL == "") != (c.MailFrom == "") {
		return errors.New("TRESTLE_SMTP_URL and TRESTLE_MAIL_FROM are set together or not at all")
	}
	if c.SMTPURL == "" {
		return nil
	}
	_, err := notice.SMTP(c.SMTPURL, c.MailFrom, nil)
	return err
}

// notices is how people are told; Check has refused what cannot be.
func (c *Config) notices() notice.Config {
	var n notice.Config
	n.Inside, _ = c.hooksInside()
	if c.SMTPURL != "" {
		if m, err := notice.SMTP(c.SMTPURL, c.MailFrom, nil); err == nil {
			n.Mailer = m
		}
	}
	return n
}

// hooksInside are the networks of the installation that hooks may reach.
func (c *Config) hooksInside() (out []netip.Prefix, err error) {
	for _, raw := range strings.Split(c.HooksInside, ",") {
		if raw = strings.TrimSpace(raw); raw == "" {
			continue
		}
		p, err := netip.ParsePrefix(raw)
		if ip, bad := netip.ParseAddr(raw); bad == nil && ip.Zone() == "" {
			p, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("TRESTLE_HOOKS_INSIDE: %q is neither an address nor a network like 10.0.0.0/8", raw)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}
