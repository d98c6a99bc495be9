package liaison_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/checklist"
	"trestle/server/liaison"
	"trestle/server/trestletest"
)

// While a liaison is away their deputy understands and asks back for the discipline, and is named as who stood in; not
// before and not afterwards, not what somebody of the deputy's own discipline explained, and nothing else of a liaison.
func TestDeputy_Understands(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := must[liaison.View](t)(h.liaison.Set(h.as("lead"), h.Team, liaison.NewPattern{Discipline: "security", Pattern: "liaison", PersonID: h.sec.PersonID, DeputyID: h.bo.PersonID}))
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
