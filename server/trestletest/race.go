package trestletest

import "testing"

// WithoutRace leaves a test to the run without the race detector, which scripts/test.sh adds: one that asks one thing
// after the other, in which there is nothing to race, or that measures memory. It needs four to nine times as long with it.
func WithoutRace(t *testing.T) {
	t.Helper()
	if raceOn {
		t.Skip("runs without the race detector")
	}
}
