package app_test

import "testing"

// liaisonQuestion asks what is done with a target team's patterns.
func (f *fixture) liaisonQuestion(t *testing.T, op, _ string) question {
	t.Helper()
	q := question{path: map[string]string{}}
	switch op {
	case "recommend":
		q.body = map[string]any{"discipline": "operations", "people": 1, "teams": []any{}}
	}
	return q
}
