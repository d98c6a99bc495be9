package scenario_test

import (
	"testing"

	"trestle/server/trestletest/scenario"
)

func TestScenario(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		board, cols := s.Board(t, s.Team, "team")
		card := s.Card(t, board, cols[0], "Renew the certificate")
		scenario.Case{As: "worker", Do: "POST /cards/" + card + "/move", Body: map[string]any{"columnId": cols[1]},
			Status: 200, Has: []string{cols[1]}, Events: []string{"card.moved"}}.Run(t, s)
		scenario.Case{As: "commenter", Do: "POST /cards/" + card + "/move", Body: map[string]any{"columnId": cols[2]},
			Status: 403, Code: "forbidden", HasNot: []string{"Renew"}}.Run(t, s)
		scenario.Case{As: "member", Do: "GET /cards/" + card, Status: 404, Code: "not_found", HasNot: []string{"Renew"}}.Run(t, s)
		for _, name := range scenario.Columns[1:] {
			if name != "device" {
				s.As(name).Must(t, 200, "GET /me", nil)
			}
		}
		s.As("device").Must(t, 200, "GET /device", nil)
	})
}
