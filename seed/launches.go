package seed

import (
	"fmt"
	"time"

	"trestle/server/checklist"
	"trestle/server/launch"
)

// launches tells how Checkout's launch is planned, that Payments has one under way, that Search will have one, and the
// days on which nobody launches.
func (t *table) launches(left int) (err error) {
	switch {
	case t.running != "": // it began on the working day before
		id := t.running
		t.running = ""
		_, err = t.s.rooms.Launches.Next(t.as("yuki"), id, launch.Held{StageID: t.inside, Said: "41 of 41 vouchers booked",
			Why: "The night's bookings are in, and Portugal's shops want to tell their customers tomorrow"})
	case t.planned:
		return nil
	case t.crew.key == "CHK" && left <= 3 && t.launch != "":
		t.planned, err = true, t.planOneTap()
	case t.crew.key == "PAY" && left <= 4:
		t.planned, err = true, t.underWay()
	case t.crew.key == "SRC" && left <= 5:
		t.planned, err = true, t.later()
	}
	if err != nil {
		return fmt.Errorf("launches: %w", err)
	}
	return nil
}

func (t *table) day(n int) string { return t.s.now.AddDate(0, 0, n).Format(time.DateOnly) }

func (t *table) id(nick string) string { return t.s.people[nick].PersonID }

func (t *table) planOneTap() error {
	room := t.s.rooms.Launches
	_, err := room.Write(t.as("ana"), t.launch, launch.NewPlan{Plan: launch.Plan{
		Stages: []launch.LaunchStage{
			{Name: "Ourselves", Share: 0, HoldHours: 24, GoesOn: "Ten of us have paid, nobody twice", On: t.day(7)},
			{Name: "Newsletter readers", Share: 1, HoldHours: 24, GoesOn: "99.5 % finish within two seconds", On: t.day(8)},
			{Name: "Every tenth", Share: 10, HoldHours: 72, GoesOn: "99.5 % finish, and support has fewer than five questions", On: t.day(12)},
			{Name: "Everybody", Share: 100, HoldHours: 72, On: t.day(15)},
		},
		StopRules: []launch.StopRule{
			{Signal: "Finished one-tap payments", Threshold: "under 97 % for ten minutes", PersonIDs: []string{t.id("ana"), t.id("bo")}, Within: 5},
			{Signal: "Anybody pays twice", Threshold: "once", PersonIDs: []string{t.id("goro")}, Within: 15},
		},
		Watchers: []launch.LaunchWatcher{{PersonID: t.id("ana"), Where: "#checkout-launch", Hours: 72}, {PersonID: t.id("bo"), Where: "#checkout-launch", Hours: 72},
			{PersonID: t.id("hana"), Where: "support's questions", Hours: 24}},
		Rollback: launch.Rollback{Steps: "1. Switch the flag one-tap off, which the pods read within five seconds\n2. Say so in #checkout-launch and on the status page\n3. Let payments under way finish; the settlement diff of the night shows the rest",
			Link: "https://wiki.shop.example/runbooks/one-tap#off", Minutes: 2, LastTried: t.day(-3), NoReturnAfter: "the old columns go, in January; until then the schema only grows"},
	}})
	if err != nil {
		return err
	}
	_, err = room.AddFreeze(t.as("ivo"), launch.NewFreeze{Title: "Sale weekend", Why: "A third of the year's orders come on these four days; only what stops a loss goes out", From: t.day(8), To: t.day(11)})
	return err
}

// begun starts the checklist of a launch and answers some of it.
func (t *table) begun(name, lead, day string, answers []said) (string, error) {
	l, err := t.s.rooms.Checklists.Create(t.as(lead), checklist.NewList{Kind: checklist.ForLaunch, TeamID: t.l.TeamID, Name: name, Level: checklist.Light, LaunchOn: day})
	if err != nil {
		return "", err
	}
	phase := checklist.PreProd
	if _, err := t.s.rooms.Checklists.Change(t.as(lead), l.ID, checklist.Patch{Phase: &phase}); err != nil {
		return "", err
	}
	return l.ID, t.fill(l.ID, answers, func(i int, _ said) string {
		if i == len(answers)-1 {
			return ""
		}
		return "bo"
	})
}

func (t *table) underWay() error {
	id, err := t.begun("Refunds as vouchers", "omar", t.day(-4), []said{
		{"F1", "omar", "Whoever sends something back may take a voucher of five percent more.", "", "", "", 0},
		{"O3", "yuki", "The voucher service slow or down: the choice is hidden, and money goes back as before.", "", "", "", 0},
		{"M1", "yuki", "Vouchers given in every hundred refunds", "link", "https://dash.shop.example/vouchers", "", 0},
		{"D1", "omar", "None", "", "", "", 0},
		{"I2", "yuki", "Two a second", "number", "2", "requests/s", 0},
		{"L2", "omar", "Inside, one country, everybody", "number", "99", "%", 0},
		{"L4", "yuki", "Flag off; vouchers given stay good", "number", "3", "min", 0},
	})
	if err != nil {
		return err
	}
	v, err := t.s.rooms.Launches.Write(t.as("omar"), id, launch.NewPlan{Plan: launch.Plan{
		Stages: []launch.LaunchStage{{Name: "Inside", Share: 0, HoldHours: 36, GoesOn: "Every voucher is booked the same night"},
			{Name: "Portugal", Share: 8, HoldHours: 264, GoesOn: "99 % booked, no voucher twice"}, {Name: "Everybody", Share: 100, HoldHours: 72}},
		StopRules: []launch.StopRule{{Signal: "Vouchers that are not booked", Threshold: "more than three in a night", PersonIDs: []string{t.id("yuki")}, Within: 60}},
		Watchers:  []launch.LaunchWatcher{{PersonID: t.id("yuki"), Where: "#payments", Hours: 72}, {PersonID: t.id("bo"), Where: "#payments", Hours: 24}},
		Rollback:  launch.Rollback{Steps: "Flag off. Vouchers that were given stay good.", Minutes: 3, LastTried: t.day(-9)},
	}})
	if err != nil {
		return err
	}
	t.running, t.inside = id, v.Plan.Stages[0].ID
	_, err = t.s.rooms.Launches.Begin(t.as("omar"), id, "Everybody is in #payments. Who is told is settled with support today; for ourselves it can begin")
	return err
}

func (t *table) later() error {
	id, err := t.begun("Synonyms in German", "vera", t.day(19), []said{
		{"F1", "vera", "Who searches for Sofa finds Couch too.", "", "", "", 0},
		{"O3", "wes", "The list does not load: the search goes on without it.", "", "", "", 0},
		{"M1", "wes", "Searches that find nothing", "link", "https://dash.shop.example/search/none", "", 0},
	})
	if err != nil {
		return err
	}
	_, err = t.s.rooms.Launches.Write(t.as("vera"), id, launch.NewPlan{Plan: launch.Plan{
		Stages: []launch.LaunchStage{{Name: "Half of all searches", Share: 50, HoldHours: 168, GoesOn: "Fewer searches find nothing"}, {Name: "Everybody", Share: 100, HoldHours: 24}}}})
	return err
}
