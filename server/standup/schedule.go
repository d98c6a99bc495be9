package standup

import (
	"time"

	"trestle/server/cadence"
)

func (s Schedule) plan() (*cadence.Plan, error) { return cadence.New(s.Days, s.At, s.TimeZone, 1, "") }

// nextOf is when the series meets next, nil when it has no schedule.
func (r *series) nextOf(now time.Time, lastStarted *time.Time) *time.Time {
	if r.Plan == nil {
		return nil
	}
	at := r.Plan.NextAfter(r.location(), time.Duration(r.Box)*time.Minute, now, lastStarted)
	return &at
}
