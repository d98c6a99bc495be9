package seed

import (
	"fmt"
	"slices"

	"trestle/server/health"
)

// checked are the health checks of the story: how many days before its end, what was asked, and what was not well, by
// how many of the team said so.
var checked = map[string][]struct {
	left int
	sets []string
	bad  map[string]int
}{
	"CHK": {
		{52, []string{"team", "operations"}, map[string]int{"release": 4, "code": 3, "speed": 5, "calm": 5, "alerts": 6, "restore": 3, "self_service": 4, "security": 4}},
		{5, []string{"team", "operations"}, map[string]int{"release": 1, "code": 3, "speed": 4, "calm": 2, "alerts": 3, "restore": 2, "self_service": 3, "security": 1}},
	},
	"PAY": {{6, []string{"culture"}, map[string]int{"bridges": 3, "inquiry": 1}}},
}

// healths tells the team's health checks on their days.
func (t *table) healths(left int) error {
	mine := checked[t.crew.key]
	for t.checks < len(mine) && left <= mine[t.checks].left {
		of := mine[t.checks]
		t.checks++
		v, err := t.s.rooms.Health.OpenCheck(t.as(t.crew.lead), health.NewCheck{TeamID: t.l.TeamID, Sets: of.sets})
		if err != nil {
			return fmt.Errorf("health check: %w", err)
		}
		for i, nick := range slices.Concat([]string{t.crew.lead}, t.crew.workers, t.crew.commenters, []string{t.crew.liaison}) {
			if nick == "" {
				continue
			}
			var said []health.AnswerTo
			for _, set := range v.Sets {
				for j, q := range set.Questions {
					a := health.AnswerTo{Question: q.Key, Score: health.Well}
					switch n := of.bad[q.Key]; {
					case (i+j)%7 < n/2:
						a.Score = health.Bad
					case (i+j)%7 < n:
						a.Score = health.SoSo
					}
					if t.checks > 1 && (i+j)%3 == 0 {
						a.Trend = new(1)
					}
					said = append(said, a)
				}
			}
			if _, err := t.s.rooms.Health.Answer(t.as(nick), v.ID, said); err != nil {
				return fmt.Errorf("health check, %s: %w", nick, err)
			}
		}
		if _, err := t.s.rooms.Health.Reveal(t.as(t.crew.lead), v.ID); err != nil {
			return fmt.Errorf("health check: %w", err)
		}
	}
	return nil
}
