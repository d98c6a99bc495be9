package catalogue_test

import (
	"testing"

	"trestle/server/catalogue"
	"trestle/server/fault"
	"trestle/server/trestletest"
	"trestle/server/web"
)

func TestServices(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		s, c := catalogue.New(b.Store), trestletest.MakeCast(t, b.Store)
		n := catalogue.NewService{TeamID: c.Team, Name: " payments  core ", Kind: "application", Criticality: "critical", OperatingModel: "team",
			Links: []catalogue.Link{{URL: "https://wiki.test/runbook"}}}
		as := func(name string) func(catalogue.NewService) error {
			return func(n catalogue.NewService) error {
				_, err := s.Create(trestletest.Ctx(t, c.People[name]), n)
				return err
			}
		}
		events := func() int {
			return trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events") + trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM services")
		}
		refused := func(what, code string, err error, before int) {
			t.Helper()
			if !fault.Is(err, code) || events() != before {
				t.Errorf("%s: %v, not %s, %d lines", what, err, code, events()-before)
			}
		}
		was := events()
		for what, change := range map[string]func(*catalogue.NewService){
			"no name":            func(n *catalogue.NewService) { n.Name = " " },
			"no kind":            func(n *catalogue.NewService) { n.Kind = "toaster" },
			"a criticality":      func(n *catalogue.NewService) { n.Criticality = "" },
			"an operating model": func(n *catalogue.NewService) { n.OperatingModel = "nobody" },
			"an address":         func(n *catalogue.NewService) { n.Links = []catalogue.Link{{URL: "javascript:alert(1)"}} },
			"a password":         func(n *catalogue.NewService) { n.Links = []catalogue.Link{{URL: "https://a:b@x.test"}} },
		} {
			bad := n
			change(&bad)
			refused(what, "invalid", as("lead")(bad), was)
		}
		refused("a worker", "forbidden", as("worker")(n), was)
		refused("a guest", "not_found", as("guest")(n), was)
		it, err := s.Create(trestletest.Ctx(t, c.People["lead"]), n)
		if err != nil || it.Name != "payments core" || it.Links[0].Label != "wiki.test" || !it.MayLead || it.Version != 1 {
			t.Fatalf("%v %+v", err, it)
		}
		was = events()
		liaison, lead := trestletest.Ctx(t, c.People["liaison"]), trestletest.Ctx(t, c.People["lead"])
		_, err = s.Change(liaison, it.ID, catalogue.Patch{Criticality: web.Some("standard")})
		refused("a liaison changes how critical it is", "forbidden", err, was)
		_, err = s.Change(lead, it.ID, catalogue.Patch{Name: web.Some("x"), Version: new(int64)})
		refused("an old version", "stale", err, was)
		if now, err := s.Change(liaison, it.ID, catalogue.Patch{Description: web.Some("Takes money")}); err != nil || now.Description != "Takes money" || now.Version != 2 {
			t.Errorf("%v %+v", err, now)
		}
		was = events()
		if _, err := s.Change(lead, it.ID, catalogue.Patch{Name: web.Some("payments core")}); err != nil || events() != was {
			t.Errorf("nothing new is told: %v", err)
		}
		for _, archived := range []bool{true, false} {
			now, err := s.Change(lead, it.ID, catalogue.Patch{Archived: web.Some(archived)})
			list, err2 := s.List(lead, c.Team, false)
			if err != nil || err2 != nil || (now.ArchivedAt != nil) != archived || (len(list) == 0) != archived {
				t.Errorf("%v %v %+v %d", err, err2, now, len(list))
			}
		}
		if list, err := s.List(trestletest.Ctx(t, c.People["guest"]), "", false); err != nil || len(list) != 0 {
			t.Errorf("a guest sees %v %v", list, err)
		}
	})
}
