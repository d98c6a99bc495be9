package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"trestle/server/fault"
	"trestle/server/store"
)

// feedPath is where feeds lie. What follows is a secret: it is named in no log, no error and no metric, all of which
// know an address by its pattern only.
const feedPath = "/feeds/"

// How much of the past and of what comes a feed tells.
const (
	feedBack  = 28 * 24 * time.Hour
	feedAhead = 56 * 24 * time.Hour
)

// Serve puts the feeds beside the API: calendars ask for them without a session.
func Serve(e *echo.Echo, s *Service) {
	for _, path := range []string{feedPath + ":file", feedPath + "*"} {
		e.GET(path, s.serve)
		e.HEAD(path, s.serve)
	}
}

func (s *Service) serve(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Referrer-Policy", "no-referrer")
	if wait := s.gate.wait(c.RealIP(), time.Now()); wait > 0 {
		h.Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		return answer(c, http.StatusTooManyRequests, "text/plain; charset=utf-8", "Too many requests. Please ask less often.\n")
	}
	body, f, err := s.feed(c.Request().Context(), strings.TrimSuffix(c.Param("file"), ".ics"))
	switch {
	case fault.Is(err, "not_found"):
		return answer(c, http.StatusNotFound, "text/plain; charset=utf-8", "There is no calendar at this address.\n")
	case err != nil:
		return err
	}
	sum := sha256.Sum256([]byte(body))
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h.Set("ETag", tag)
	s.noteRead(c.Request().Context(), f)
	if matches(c.Request().Header.Values("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	h.Set("Content-Disposition", `inline; filename="trestle.ics"`)
	return answer(c, http.StatusOK, "text/calendar; charset=utf-8", body)
}

func answer(c echo.Context, status int, kind, body string) error {
	c.Response().Header().Set("Content-Length", strconv.Itoa(len(body)))
	if c.Request().Method == http.MethodHead {
		c.Response().Header().Set("Content-Type", kind)
		return c.NoContent(status)
	}
	return c.Blob(status, kind, []byte(body))
}

func matches(headers []string, tag string) bool {
	for _, h := range headers {
		for _, t := range strings.Split(h, ",") {
			if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
				return true
			}
		}
	}
	return false
}

// feed is the calendar that a secret opens, and on whose behalf.
func (s *Service) feed(ctx context.Context, secret string) (body string, f reading, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		if f, err = s.reader(q, secret); err != nil {
			return err
		}
		now := s.store.Now().Truncate(24 * time.Hour)
		c, err := s.read(q, f.v, now.Add(-feedBack), now.Add(feedAhead), f.teamID)
		if err != nil {
			return err
		}
		name := "Rituals and launches of my teams"
		if f.teamID != "" {
			name = "Rituals and launches of " + c.teams[f.teamID].Name
		} else {
			c.occurrences = slices.DeleteFunc(c.occurrences, func(o occurrence) bool { return !c.concerns(&o) })
		}
		days, err := s.readDays(q, f.v, now.Add(-feedBack), now.Add(feedAhead), f.teamID)
		if err != nil {
			return err
		}
		if f.teamID == "" {
			days = slices.DeleteFunc(days, func(d DayView) bool { return d.TeamID != "" && !c.mine[d.TeamID] })
		}
		body = c.ics(name, s.accounts.LinkBase(ctx), days, now)
		return nil
	})
	return body, f, err
}

// concerns says whether a ritual belongs into the viewer's own calendar: it is one of their teams', or they said that
// they come, or they are invited.
func (c *scene) concerns(o *occurrence) bool {
	return c.mine[o.TeamID] || c.expected(o)
}

// expected says whether the viewer agreed to come, or is invited.
func (c *scene) expected(o *occurrence) bool {
	return slices.ContainsFunc(c.agreements, func(a agreement) bool { return a.PersonID == c.v.PersonID && a.PersonID != "" && a.covers(o) }) ||
		slices.ContainsFunc(c.invitations, func(i invitation) bool { return i.PersonID == c.v.PersonID && i.to(o) })
}

// noteRead keeps when an address was last used, so that a forgotten one can be told from one that works.
func (s *Service) noteRead(ctx context.Context, f reading) {
	now := store.Ms(s.store.Now().Truncate(time.Hour))
	if f.last != nil && *f.last >= now {
		return
	}
	err := store.Do(store.As(context.WithoutCancel(ctx), "", ""), s.store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE calendar_feeds SET read_at = ? WHERE id = ?", now, f.feedID)
		return err
	})
	if err != nil {
		s.log.Warn("that a feed was read could not be noted", "error", err)
	}
}
