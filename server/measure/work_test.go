package measure

import (
	"slices"
	"testing"
)

func held(from, to, discipline, team string) Owner {
	o := Owner{Span: Span{at(from), Unset}, Discipline: discipline, Team: team}
	if to != "" {
		o.To = at(to)
	}
	return o
}

func TestHandoffs(t *testing.T) {
	for name, c := range map[string]struct {
		owners []Owner
		want   int
	}{
		"one owner throughout":                          {[]Owner{held("2026-11-01", "", "development", "CHK")}, 0},
		"to a colleague of the same discipline":         {[]Owner{held("2026-11-01", "2026-11-04", "development", "CHK"), held("2026-11-04", "", "development", "CHK")}, 0},
		"to operations":                                 {[]Owner{held("2026-11-01", "2026-11-04", "development", "CHK"), held("2026-11-04", "", "operations", "CHK")}, 1},
		"to another team":                               {[]Owner{held("2026-11-01", "2026-11-04", "development", "CHK"), held("2026-11-04", "", "development", "PAY")}, 1},
		"somebody joins, the first stays":               {[]Owner{held("2026-11-01", "", "development", "CHK"), held("2026-11-04", "", "operations", "CHK")}, 0},
		"joined, then left alone: no time was replaced": {[]Owner{held("2026-11-01", "2026-11-06", "development", "CHK"), held("2026-11-04", "", "operations", "CHK")}, 0},
		"put down, taken up by operations a day later":  {[]Owner{held("2026-11-01", "2026-11-04", "development", "CHK"), held("2026-11-05", "", "operations", "CHK")}, 1},
		"there and back":                                {[]Owner{held("2026-11-01", "2026-11-04", "development", "CHK"), held("2026-11-04", "2026-11-05", "operations", "CHK"), held("2026-11-05", "", "development", "CHK")}, 2},
		"before the start":                              {[]Owner{held("2026-10-20", "2026-10-25", "development", "CHK"), held("2026-10-25", "", "operations", "CHK")}, 0},
		"after the finish":                              {[]Owner{held("2026-11-01", "2026-11-15", "development", "CHK"), held("2026-11-15", "", "operations", "CHK")}, 0},
	} {
		it := item("A", step(backlog, "2026-10-20"), step(build, "2026-11-02"), step(done, "2026-11-10"))
		it.Owners = c.owners
		if got := one(t, record("2026-11-20", it)).Handoffs(); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
}

func TestClustersAndQueues(t *testing.T) {
	a := item("A", step(committed, "2026-11-02"), step(build, "2026-11-04"), step(done, "2026-11-10"))
	a.Blocks = []Block{{Span: Span{at("2026-11-01"), at("2026-11-05")}, Category: "vendor", External: true}, {Span: Span{at("2026-11-04"), at("2026-11-06")}, Category: "review"}}
	a.Owners = []Owner{held("2026-11-04", "", "development", "CHK")}
	b := item("B", step(committed, "2026-11-02"), step(testing_, "2026-11-03"), step(done, "2026-11-12"))
	b.Blocks = []Block{{Span: Span{at("2026-11-05"), at("2026-11-06")}, Category: "review"}, {Span: Span{at("2026-11-07"), Unset}, Category: "review"}}
	b.Owners = []Owner{held("2026-11-03 12:00", "", "operations", "CHK")}
	r := record("2026-11-20", a, b)
	journeys := r.Journeys()
	w := Window{day("2026-11-01"), day("2026-11-20")}

	c := r.Clusters(journeys, w)
	if len(c) != 2 || c[0].Category != "review" || c[0].Count != 2 || c[0].Total != 3*dayMs || c[1].Total != 3*dayMs || c[0].Share != 0.5 || len(c[0].Items) != 2 || !c[1].External {
		t.Errorf("clusters %+v", c)
	}
	if got := journeys[0].Blocked(r.Now); got != 4*dayMs { // 2nd to 6th; the two overlap, and the 1st was before the start
		t.Errorf("blocked %d days", got/dayMs)
	}
	if e := r.Efficiency(&journeys[0]); e.Total != 8*dayMs || e.Active != 4*dayMs {
		t.Errorf("%d of %d days active", e.Active/dayMs, e.Total/dayMs)
	}
	points, _ := Finished(journeys, w)
	q := r.QueueWaits(points)
	if len(q) != 2 || q[0] != (Wait{"development", 2 * dayMs, 1}) || q[1] != (Wait{"operations", dayMs, 1}) {
		t.Errorf("queues %+v", q)
	}
}

func TestValueStream_WhatComesBackIsNotCompleteAndAccurate(t *testing.T) {
	r := record("2026-11-30",
		item("A", step(committed, "2026-11-02"), step(build, "2026-11-03"), step(testing_, "2026-11-05"), step(build, "2026-11-06"), step(testing_, "2026-11-07"), step(done, "2026-11-08")),
		item("B", step(committed, "2026-11-02"), step(build, "2026-11-03"), step(testing_, "2026-11-05"), step(done, "2026-11-08")),
		item("C", step(build, "2026-11-03"), step(testing_, "2026-11-04"), step(done, "2026-11-05"), step(build, "2026-11-06"), step(done, "2026-11-09")))
	points, _ := Finished(r.Journeys(), Window{day("2026-11-01"), day("2026-11-30")})
	s := r.ValueStream(points)
	names := []string{}
	for _, st := range s.Steps {
		names = append(names, r.Board.Columns[st.Column].Name)
	}
	if !slices.Equal(names, []string{"Committed", "Build", "Test"}) || s.N != 3 {
		t.Fatalf("%v of %d", names, s.N)
	}
	// Build handed on five times (A and C twice), and both came back; Test three times, and C came back from done.
	if b := s.Steps[1]; b.Handed != 5 || b.Back != 2 {
		t.Errorf("Build %+v", b)
	}
	if b := s.Steps[2]; b.Handed != 3 || b.Back != 1 {
		t.Errorf("Test %+v", b)
	}
	if want := 1 * 0.6 * (2.0 / 3); s.Rolled < want-1e-9 || s.Rolled > want+1e-9 {
		t.Errorf("rolled %v, not %v", s.Rolled, want)
	}
	if c := s.Steps[s.Constraint]; c.Column != committed { // the queue waits most: nothing else does
		t.Errorf("the constraint is %+v", c)
	}
	if b := r.Returns(r.Journeys(), Window{day("2026-11-01"), day("2026-11-30")}); len(b) != 2 || b[0].Journey.Item.Key != "A" || b[0].From != testing_ || b[0].To != build {
		t.Errorf("returns %+v", b)
	}
}

func TestAgingAndPace(t *testing.T) {
	r := record("2026-11-20",
		item("A", step(build, "2026-11-02"), step(testing_, "2026-11-04"), step(done, "2026-11-05")),
		item("B", step(build, "2026-11-02"), step(testing_, "2026-11-08"), step(done, "2026-11-09")),
		item("C", step(build, "2026-11-02"), step(done, "2026-11-04")),
		item("back and forth", step(build, "2026-11-02"), step(testing_, "2026-11-03"), step(build, "2026-11-04"), step(done, "2026-11-19")),
		item("D", step(build, "2026-11-10"), step(testing_, "2026-11-12"), step(build, "2026-11-15")))
	journeys := r.Journeys()
	p := r.Paces(journeys, Window{day("2026-11-01"), day("2026-11-20")}, 50, 85)
	if len(p) != 3 || p[1].Column != build || p[1].N != 3 || !slices.Equal(p[1].Ages, []int{3, 7}) || !slices.Equal(p[2].Ages, []int{4, 8}) {
		t.Errorf("%+v", p)
	}
	a := r.InProgress(journeys, day("2026-11-20"))
	if len(a) != 1 || a[0].Journey.Item.Key != "D" || a[0].Days != 11 || a[0].Here != 6 || a[0].InAll != 9 {
		t.Errorf("%+v", a)
	}
}

func TestWorkMix_PlannedOrNot(t *testing.T) {
	planned := item("A", step(backlog, "2026-11-01"), step(build, "2026-11-02"), step(done, "2026-11-04"))
	straight := item("B", step(build, "2026-11-02"), step(done, "2026-11-03"))
	incident := item("C", step(backlog, "2026-11-01"), step(build, "2026-11-02"))
	incident.Type = "incident"
	r := record("2026-11-10", planned, straight, incident)
	m := WorkMix(r.Journeys(), Window{day("2026-11-01"), day("2026-11-10")}, func(j *Journey) string {
		return map[bool]string{true: "unplanned", false: "planned"}[j.Unplanned()]
	})
	if m.Finished != 2 || m.WIPDays != 2+1+9 || len(m.Parts) != 2 {
		t.Fatalf("%+v", m)
	}
	for _, p := range m.Parts {
		if want := (map[string]Part{"planned": {"planned", 1, 2}, "unplanned": {"unplanned", 1, 10}})[p.Key]; p != want {
			t.Errorf("%+v, not %+v", p, want)
		}
	}
}
