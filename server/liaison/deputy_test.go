package liaison_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// While a liaison is away their deputy understands and asks back for the discipline, and is named as who stood in; not
// before and not afterwards, not what somebody of the deputy's own discipline explained, and nothing else of a liaison.
func TestDeputy_Understands(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "liaison", PersonID: h.sec.PersonID, DeputyID: h.bo.PersonID}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		as := trestletest.Ctx(t, h.bo)
		for _, key := range []string{"F1", "F3", "F5"} {
			h.answered(h.as("worker"), l, key)
			must[checklist.Changed](t)(h.lists.Open(as, l.ID, key, nil))
		}
		understand := func(key string) func() error {
			return func() error { _, err := h.lists.Understand(as, l.ID, key, 1, ""); return err }
		}
		h.calm("who stands in, while nobody is away", "forbidden", understand("F1"))
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.sec), h.sec.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-03"}))
		if may := must[checklist.View](t)(h.lists.Get(as, l.ID)).May; !may.Understand || may.Waive || may.Answer || may.Settle || may.StandsFor != h.sec.PersonID || may.Discipline != "security" {
			t.Errorf("%+v", may)
		}
		if d := h.desk(h.bo); d.Waiting.Total != 3 || !d.Waiting.Items[0].May {
			t.Errorf("%+v", d.Waiting)
		}
		it := must[checklist.Changed](t)(h.lists.Understand(as, l.ID, "F1", 1, "")).Items[0]
		if by := it.UnderstoodBy; it.State != "understood" || by.Person.ID != h.bo.PersonID || by.For == nil || by.For.ID != h.sec.PersonID {
			t.Fatalf("%+v", it)
		}
		asked := must[checklist.Changed](t)(h.lists.PushBack(as, l.ID, "F3", "Which data?")).Items[0]
		if asked.Asked.For == nil || asked.Asked.For.ID != h.sec.PersonID {
			t.Errorf("%+v", asked.Asked)
		}
		lines := must[[]checklist.ItemLine](t)(h.lists.History(h.as("viewer"), l.ID, "F1"))
		if lines[0].Type != "checklist.understood" || lines[0].Person.ID != h.bo.PersonID || lines[0].Item.UnderstoodBy.For.ID != h.sec.PersonID {
			t.Errorf("%+v", lines[0])
		}
		if words := must[checklist.Words](t)(h.lists.Markdown(h.as("viewer"), l.ID)).Text; !strings.Contains(words, "Understood by bo for sec") {
			t.Error(words)
		}
		h.calm("a gap, for which a liaison answers", "forbidden", func() error {
			_, err := h.lists.AcceptGap(as, l.ID, "F5", checklist.NewGap{Until: "2026-03-10", Why: "x"})
			return err
		})
		h.exec("UPDATE people SET discipline = 'operations' WHERE id = ?", h.People["worker"].PersonID)
		h.calm("somebody of the deputy's own discipline explained it", "same_discipline", understand("F5"))
		h.exec("UPDATE people SET discipline = 'development' WHERE id = ?", h.People["worker"].PersonID)
		h.b.Clock.Advance(48 * time.Hour)
		h.calm("who stood in, when the liaison is back", "forbidden", understand("F5"))
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.sec), h.sec.PersonID, liaison.NewLeave{From: "2026-03-04", To: "2026-03-06"}))
		must[liaison.View](t)(h.liaison.End(h.as("lead"), p.ID, "Another project"))
		h.calm("who stood in, when the contract has ended", "forbidden", understand("F5"))
	})
}

// While a liaison is away, the list of checklists holds those of the team for who stands in, and says of each how much
// waits for them: as much as their desk does; not before and not afterwards.
func TestDeputy_InTheList(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "liaison", PersonID: h.sec.PersonID, DeputyID: h.bo.PersonID}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		for _, key := range []string{"F1", "F3", "F5"} {
			h.answered(h.as("worker"), l, key)
		}
		holds := func(when string, v who.Viewer, listed bool, n int) {
			t.Helper()
			heads := must[[]checklist.ListHead](t)(h.lists.List(trestletest.Ctx(t, v), checklist.Wanted{Open: true}))
			if listed != (len(heads) == 1) || listed && heads[0].ForYou != n {
				t.Errorf("%s, for %s: %+v", when, v.Name, heads)
			}
			heads = must[[]checklist.ListHead](t)(h.lists.List(trestletest.Ctx(t, v), checklist.Wanted{TeamID: h.Team}))
			if len(heads) != 1 || heads[0].ForYou != n {
				t.Errorf("%s, of the team, for %s: %+v", when, v.Name, heads)
			}
		}
		holds("nobody is away", h.bo, false, 0)
		holds("nobody is away", h.sec, true, 3)
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.sec), h.sec.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-02"}))
		holds("the liaison is away", h.bo, true, 3)
		if d := h.desk(h.bo); d.Waiting.Total != 3 {
			t.Errorf("the desk says otherwise: %d", d.Waiting.Total)
		}
		h.exec("UPDATE people SET discipline = 'operations' WHERE id = ?", h.People["worker"].PersonID)
		holds("their own discipline explained it", h.bo, true, 0)
		h.exec("UPDATE people SET discipline = 'development' WHERE id = ?", h.People["worker"].PersonID)
		h.liaise(h.bo, l, "F1")
		holds("one is understood", h.bo, true, 2)
		h.b.Clock.Advance(24 * time.Hour)
		holds("the liaison is back", h.bo, false, 0)
		holds("the liaison is back", h.sec, true, 2)
	})
}

// What who stands in asked back is waited for by both: whoever asked, and the liaison in whose place.
func TestDeputy_AsksForBoth(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "liaison", PersonID: h.sec.PersonID, DeputyID: h.bo.PersonID}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		h.answered(h.as("worker"), l, "F3")
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.sec), h.sec.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-02"}))
		must[checklist.Changed](t)(h.lists.PushBack(trestletest.Ctx(t, h.bo), l.ID, "F3", "Which data?"))
		h.b.Clock.Advance(24 * time.Hour)
		for v, n := range map[*who.Viewer]int{&h.bo: 1, &h.sec: 1, &h.ops: 0} {
			if got := must[[]checklist.Asking](t)(h.lists.AskingIn(h.b.Store.Rows(t.Context()), *v, h.b.Clock.Now())); len(got) != n || n > 0 && got[0].Text != "Which data?" {
				t.Errorf("%s: %+v", v.Name, got)
			}
		}
	})
}

// Who stands in understands a whole topic at once and takes a question of theirs back; what only the team sees is as
// absent to them as it was.
func TestDeputy_TopicAndQuestion(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "security", Pattern: "liaison", PersonID: h.sec.PersonID, DeputyID: h.bo.PersonID}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		as := trestletest.Ctx(t, h.bo)
		for _, key := range []string{"F1", "F3", "F5"} {
			h.answered(h.as("worker"), l, key)
			must[checklist.Changed](t)(h.lists.Open(as, l.ID, key, nil))
		}
		topic := func() error { _, err := h.lists.UnderstandTopic(as, l.ID, "functionality"); return err }
		withdraw := func() error { _, err := h.lists.Withdraw(as, l.ID, "F3"); return err }
		h.calm("a topic, while nobody is away", "forbidden", topic)
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.sec), h.sec.PersonID, liaison.NewLeave{From: "2026-03-02", To: "2026-03-02"}))
		must[checklist.Changed](t)(h.lists.PushBack(as, l.ID, "F3", "Which data?"))
		h.calm("the liaison takes back what who stands in asked", "forbidden", func() error { _, err := h.lists.Withdraw(trestletest.Ctx(t, h.sec), l.ID, "F3"); return err })
		if it := must[checklist.Changed](t)(h.lists.Withdraw(as, l.ID, "F3")).Items[0]; it.State != "answered" || it.Asked != nil {
			t.Errorf("%+v", it)
		}
		must[checklist.Changed](t)(h.lists.PushBack(as, l.ID, "F3", "Which data?"))
		all := must[checklist.Changed](t)(h.lists.UnderstandTopic(as, l.ID, "functionality")).Items
		if len(all) != 2 || all[0].UnderstoodBy.For.ID != h.sec.PersonID || all[1].State != "understood" {
			t.Errorf("%+v", all)
		}
		shut := must[*board.Layout](t)(h.boards.Create(h.as("lead"), board.NewBoard{TeamID: h.Team, Name: "Shut", Visibility: "team", TimeZone: "UTC",
			Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Done", Kind: board.Done}}}))
		c := must[card.Changed](t)(h.cards.Create(h.as("lead"), shut.ID, card.NewCard{Title: "Secret", ColumnID: shut.Columns[0].ID}))
		secret := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "card", CardID: c.Card.ID}))
		h.answered(h.as("worker"), secret, "F1")
		for what, do := range map[string]func() error{
			"read":       func() error { _, err := h.lists.Get(as, secret.ID); return err },
			"understood": func() error { _, err := h.lists.Understand(as, secret.ID, "F1", 1, ""); return err },
			"a topic":    func() error { _, err := h.lists.UnderstandTopic(as, secret.ID, "functionality"); return err },
			"taken back": func() error { _, err := h.lists.Withdraw(as, secret.ID, "F1"); return err },
			"followed":   func() error { return h.lists.CanListen(as, h.bo, secret.ID) },
		} {
			h.calm("what only the team sees: "+what, "not_found", do)
		}
		h.b.Clock.Advance(24 * time.Hour)
		h.calm("their question, when the liaison is back", "forbidden", withdraw)
		h.calm("a topic, when the liaison is back", "forbidden", topic)
	})
}

// Who stands in is told what the liaison would be told, on the days of the leave as they are where the team is: an answer
// that waits, what a reminder says, and in the morning what waits on the desk; not before, not afterwards, and nothing of
// teams whose liaison is there.
func TestDeputy_IsTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Why: "As agreed", Discipline: "operations", Pattern: "liaison", PersonID: h.ops.PersonID, DeputyID: h.bo.PersonID}))
		l := must[checklist.View](t)(h.lists.Create(h.as("lead"), checklist.NewList{Kind: "launch", TeamID: h.Team, Name: "One-tap pay", LaunchOn: "2026-03-20"}))
		told := func(kind string, v who.Viewer) int {
			t.Helper()
			return trestletest.Count(t, h.b.Store, "SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE ? AND payload LIKE ?", `%"`+kind+`"%`, "%"+v.PersonID+"%")
		}
		holds := func(when string, answered, reminded, morning int) {
			t.Helper()
			if a, r, m := told("checklist.answered", h.bo), told("checklist.reminded", h.bo), told("desk.morning", h.bo); a != answered || r != reminded || m != morning {
				t.Errorf("%s: told of %d answers, by %d reminders, on %d mornings; not %d, %d, %d", when, a, r, m, answered, reminded, morning)
			}
		}
		mornings := func() {
			t.Helper()
			if err := h.liaison.Mornings(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		// 13 hours ahead: the day begins there at 11:00
		must[*board.Layout](t)(h.boards.Create(h.as("lead"), board.NewBoard{TeamID: h.Team, Name: "Delivery", TimeZone: "Pacific/Auckland"}))
		must[liaison.Away](t)(h.liaison.Leave(trestletest.Ctx(t, h.ops), h.ops.PersonID, liaison.NewLeave{From: "2026-03-03", To: "2026-03-03"}))
		h.answered(h.as("worker"), l, "F1")
		must[checklist.Reminded](t)(h.lists.Remind(h.as("lead"), l.ID))
		mornings()
		holds("the day before", 0, 0, 0)
		if told("checklist.answered", h.ops) != 1 {
			t.Error("the liaison is not told")
		}
		h.liaise(h.ops, l, "F1")

		h.b.Clock.Set(time.Date(2026, 3, 2, 11, 30, 0, 0, time.UTC)) // the 3rd, where the team is
		h.answered(h.as("worker"), l, "F3")
		holds("as the day begins", 1, 0, 0)
		must[launch.LaunchView](t)(h.launches.Write(h.as("worker"), l.ID, launch.NewPlan{Plan: launch.Plan{Stages: []launch.LaunchStage{{Name: "All", Share: 100}}}}))
		must[launch.LaunchView](t)(h.launches.Begin(h.as("worker"), l.ID, "For all of us"))
		if told("launch.changed", h.bo) == 0 || told("launch.changed", h.bo) != told("launch.changed", h.ops) {
			t.Errorf("told of the launch %d times, the liaison %d", told("launch.changed", h.bo), told("launch.changed", h.ops))
		}
		if may := must[checklist.View](t)(h.lists.Get(trestletest.Ctx(t, h.bo), l.ID)).May; !may.Understand || may.StandsFor != h.ops.PersonID {
			t.Errorf("%+v", may)
		}
		h.b.Clock.Set(time.Date(2026, 3, 2, 18, 50, 0, 0, time.UTC)) // 07:50 on the 3rd
		must[checklist.Reminded](t)(h.lists.Remind(h.as("lead"), l.ID))
		h.exec("UPDATE people SET time_zone = 'Pacific/Auckland' WHERE id = ?", h.bo.PersonID)
		mornings()
		holds("while the liaison is away", 1, 1, 1)

		h.b.Clock.Set(time.Date(2026, 3, 3, 11, 5, 0, 0, time.UTC)) // the 4th, where the team is
		h.liaise(h.ops, l, "F3")
		h.answered(h.as("worker"), l, "F5")
		h.b.Clock.Set(time.Date(2026, 3, 3, 18, 50, 0, 0, time.UTC))
		must[checklist.Reminded](t)(h.lists.Remind(h.as("lead"), l.ID))
		mornings()
		holds("when the liaison is back", 1, 1, 1)
	})
}
