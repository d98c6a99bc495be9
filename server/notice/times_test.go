package notice

import (
	"testing"
	"time"
)

func TestTimes(t *testing.T) {
	berlin := zoneOf("Europe/Berlin")
	night := Times{Quiet: true, QuietFrom: 20 * 60, QuietTo: 7 * 60, DigestAt: 8 * 60}
	lunch := Times{Quiet: true, QuietFrom: 12 * 60, QuietTo: 13 * 60, DigestAt: 12*60 + 30}
	weekend := night
	weekend.QuietWeekends = true
	early := night
	early.DigestAt = 6 * 60
	late := Times{Quiet: true, QuietFrom: 2*60 + 30, QuietTo: 2*60 + 45, DigestAt: 2*60 + 30}
	off, empty := night, night
	off.Quiet = false
	empty.QuietTo = empty.QuietFrom
	const form = "2006-01-02 15:04"
	for _, c := range []struct {
		name              string
		t                 Times
		zone              *time.Location
		now, loud, digest string
	}{
		{"a day", night, berlin, "2026-03-02 10:00", "2026-03-02 10:00", "2026-03-03 08:00"},
		{"an evening", night, berlin, "2026-03-02 20:00", "2026-03-03 07:00", "2026-03-03 08:00"},
		{"before dawn", night, berlin, "2026-03-02 06:59", "2026-03-02 07:00", "2026-03-02 08:00"},
		{"the hour it ends", night, berlin, "2026-03-02 07:00", "2026-03-02 07:00", "2026-03-02 08:00"},
		{"noon", lunch, berlin, "2026-03-02 12:15", "2026-03-02 13:00", "2026-03-02 13:00"},
		{"a digest in the night waits", early, berlin, "2026-03-02 10:00", "2026-03-02 10:00", "2026-03-03 07:00"},
		{"friday night", weekend, berlin, "2026-03-06 21:00", "2026-03-09 07:00", "2026-03-09 07:00"},
		{"sunday", weekend, berlin, "2026-03-08 12:00", "2026-03-09 07:00", "2026-03-09 08:00"},
		{"the night that is an hour short", night, berlin, "2026-03-28 21:00", "2026-03-29 07:00", "2026-03-29 08:00"},
		{"an hour that is not there", late, berlin, "2026-03-29 01:59", "2026-03-29 01:59", "2026-03-29 03:30"},
		{"off", off, berlin, "2026-03-02 23:00", "2026-03-02 23:00", "2026-03-03 08:00"},
		{"no hour", empty, berlin, "2026-03-02 23:00", "2026-03-02 23:00", "2026-03-03 08:00"},
		{"nowhere", night, nil, "2026-03-02 23:00", "2026-03-02 23:00", "2026-03-03 08:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			zone := c.zone
			if zone == nil {
				zone = time.UTC
			}
			now, err := time.ParseInLocation(form, c.now, zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.t.loud(now.UTC(), c.zone).In(zone).Format(form); got != c.loud {
				t.Errorf("loud at %s, not %s", got, c.loud)
			}
			if got := c.t.digest(now.UTC(), c.zone).In(zone).Format(form); got != c.digest {
				t.Errorf("digest at %s, not %s", got, c.digest)
			}
		})
	}
}
