package today_test

import (
	"strings"
	"testing"

	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// A question that is asked back waits on the Today of whoever explained it, and is read once it is opened from there.
func TestToday_Checklists(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		bo := trestletest.Person(t, b.Store, "bo", who.Member)
		bo.Discipline = "operations"
		trestletest.Liaise(t, b.Store, h.team, bo)
		do := func(_ any, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		l, err := h.lists.Create(h.as(h.worker), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Gift cards", LaunchOn: "2099-01-01"})
		do(l, err)
		do(h.lists.Answer(h.as(h.worker), l.ID, "F1", checklist.NewAnswer{Text: "One tap"}))
		h.work()
		rows := h.waiting(bo)
		if len(rows) != 1 || rows[0].Kind != "checklist.to_understand" || rows[0].Title != "Gift cards" || rows[0].Who != "ana" || rows[0].Link != "/checklists/"+l.ID+"?item=F1" ||
			*rows[0].Count != 1 || len(rows[0].Notices) != 1 {
			t.Fatalf("%+v", rows)
		}
		do(h.lists.PushBack(h.as(bo), l.ID, "F1", "For whom?"))
		h.work()
		rows = h.waiting(h.worker)
		if len(rows) != 1 || rows[0].Kind != "checklist.pushed_back" || rows[0].Text != "For whom?" || rows[0].Who != "bo" || rows[0].Item != "F1" || len(rows[0].Notices) != 1 ||
			!strings.HasPrefix(rows[0].ID, l.ID+".") {
			t.Fatalf("%+v", rows)
		}
		if rows := h.waiting(bo); len(rows) != 0 {
			t.Errorf("for who asked something waits: %+v", rows)
		}
		rows = h.day(bo).Awaited
		if len(rows) != 1 || rows[0].Kind != "checklist.asked_back" || rows[0].Title != "Gift cards" || rows[0].Text != "For whom?" || rows[0].Who != "ana" || rows[0].Hue == nil || rows[0].Item != "F1" ||
			!rows[0].At.Equal(b.Clock.Now()) || rows[0].Link != "/checklists/"+l.ID+"?item=F1" || !strings.HasPrefix(rows[0].ID, l.ID+".") {
			t.Fatalf("%+v", rows)
		}
		if rows := h.day(h.worker).Awaited; len(rows) != 0 {
			t.Errorf("who is asked waits for nothing: %+v", rows)
		}
		do(h.lists.Answer(h.as(h.worker), l.ID, "F1", checklist.NewAnswer{Text: "Shoppers", Base: 1}))
		if rows := h.day(bo).Awaited; len(rows) != 0 {
			t.Errorf("it is answered: %+v", rows)
		}
	})
}
