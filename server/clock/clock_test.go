package clock_test

import (
	"sync"
	"testing"
	"time"

	"trestle/server/clock"
)

func TestReal_IsUTCToTheMillisecond(t *testing.T) {
	now := clock.Real{}.Now()
	if now.Location() != time.UTC || now.Nanosecond()%1e6 != 0 || time.Since(now) > time.Minute {
		t.Error(now)
	}
	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		t.Error(err)
	}
}

func TestFake(t *testing.T) {
	f := clock.NewFake(time.Date(2026, 1, 1, 1, 0, 0, 999_999, time.FixedZone("x", 3600)))
	if want := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); !f.Now().Equal(want) || f.Now().Location() != time.UTC {
		t.Error(f.Now())
	}
	var wg sync.WaitGroup
	for range 50 { // no step is lost
		wg.Go(func() { f.Advance(time.Second) })
	}
	wg.Wait()
	if want := time.Date(2026, 1, 1, 0, 0, 50, 0, time.UTC); !f.Now().Equal(want) {
		t.Error(f.Now())
	}
}

func TestZone(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "UTC", "America/Argentina/Ushuaia"} {
		if z, ok := clock.Zone(name); !ok || z.String() != name {
			t.Errorf("%s: %v %v", name, z, ok)
		}
	}
	for _, name := range []string{"", "Local", "localtime", "posixrules", "Factory", "posix/Europe/Berlin", "right/UTC", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe"} {
		if z, ok := clock.Zone(name); ok {
			t.Errorf("%q is taken for %v", name, z)
		}
	}
}
