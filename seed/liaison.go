package seed

import (
	"time"

	"trestle/server/liaison"
	"trestle/server/web"
)

// seat is somebody's in a team; days are from now.
type seat struct {
	nick, deputy, discipline, pattern string
	review                            int
	purpose, exit, why                string
}

// seats are how operations and security stand to each team.
var seats = map[string][]seat{
	"CHK": {{"bo", "chidi", "operations", "liaison", 60, "The sale in December", "Two of the team can operate it by themselves", "The sale needs somebody who knows the cluster"}, {"dara", "", "security", "invited", 45, "", "", "Cards are charged here"}},
	"PAY": {{"bo", "", "operations", "liaison", -3, "A new payment provider", "", "The provider changes in spring"}, {"dara", "", "security", "invited", 75, "", "", "Money is moved here"}},
	"SRC": {{"bo", "eli", "operations", "liaison", 30, "", "", "The index is moved to the new cluster"}},
	"PLT": {{"rui", "", "security", "invited", 80, "", "", "Everybody’s access goes through it"}},
}

// wants is what somebody has said of a team: criticality, pages a week, own skill, and in how many days it launches (0: none).
var wants = map[string][4]int{"CHK": {3, 6, 1, 12}, "PAY": {3, 5, 1, 31}, "SRC": {2, 4, 1, 47}, "PLT": {2, 2, 3, 0}}

// seat says how operations and security stand to a team from its first day.
func (t *table) seat(teamID string) error {
	day := func(n int) string { return t.s.now.AddDate(0, 0, n).Format(time.DateOnly) }
	for _, x := range seats[t.crew.key] {
		n := liaison.NewPattern{Discipline: x.discipline, Pattern: x.pattern, PersonID: t.s.people[x.nick].PersonID, ReviewOn: day(x.review), Purpose: x.purpose, ExitCriteria: x.exit, Why: x.why}
		if x.deputy != "" {
			n.DeputyID = t.s.people[x.deputy].PersonID
		}
		if _, err := t.s.rooms.Liaison.Set(t.as(t.crew.lead), teamID, n); err != nil {
			return err
		}
	}
	return nil
}

// stand says how much the team wants operations.
func (t *table) stand() error {
	w, ok := wants[t.crew.key]
	if !ok {
		return nil
	}
	day := func(n int) string { return t.s.now.AddDate(0, 0, n).Format(time.DateOnly) }
	say := liaison.SayNeeds{Discipline: "operations", Criticality: web.Some(w[0]), Pages: web.Some(w[1]), Skill: web.Some(w[2])}
	if w[3] > 0 {
		say.LaunchOn = web.Some(day(w[3]))
	}
	_, err := t.s.rooms.Liaison.Say(t.as(t.crew.lead), t.l.TeamID, say)
	return err
}
