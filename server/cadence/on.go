package cadence

import "time"

// On is when the clock on the wall of a zone shows the plan's time on a day, which is midnight in UTC; false when the
// plan does not have that day.
func (p Plan) On(zone *time.Location, day time.Time) (time.Time, bool) {
	if !p.has(day) {
		return time.Time{}, false
	}
	return onWall(zone, day, p.Minute).UTC(), true
}
