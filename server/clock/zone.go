package clock

import (
	"strings"
	"sync"
	"time"
)

// ZoneName is how a zone is said beside a time, here as on the pages: "America/New York".
func ZoneName(zone *time.Location) string { return strings.ReplaceAll(zone.String(), "_", " ") }

// Zone gives a time zone by its name in the zone database, "Europe/Berlin" or "UTC". What machines keep beside
// the zones is refused: names that mean another thing on every machine, the placeholder of those who have not
// chosen yet, and the copies that count leap seconds.
func Zone(name string) (zone *time.Location, ok bool) {
	switch name {
	case "", "Local", "localtime", "posixrules", "Factory":
		return nil, false
	}
	if strings.HasPrefix(name, "posix/") || strings.HasPrefix(name, "right/") {
		return nil, false
	}
	if kept, has := zones.Load(name); has {
		return kept.(*time.Location), true
	}
	zone, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, zone)
	}
	return zone, err == nil
}

// zones are those that were asked for: reading one takes as long as all the rest of a card's age, and there are only so
// many. What is no zone is not kept.
var zones sync.Map
