package catalogue_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"trestle/server/catalogue"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

func TestServices(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		s, c := catalogue.New(b.Store), trestletest.MakeCast(t, b.Store)
		n := catalogue.NewService{TeamID: c.Team, Name: " payments  core ", Kind: "digital", Criticality: "critical", OperatingModel: "team", ModelWhy: " They carry\nthe pager ",
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
			"a kind of before":   func(n *catalogue.NewService) { n.Kind = "application" },
			"both":               func(n *catalogue.NewService) { n.OperatingModel = "shared" },
			"no why":             func(n *catalogue.NewService) { n.OperatingModel, n.ModelWhy = "operations", " \u200b " },
			"a long why":         func(n *catalogue.NewService) { n.ModelWhy = strings.Repeat("ä", 501) },
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
		if err != nil || it.Name != "payments core" || it.ModelWhy != "They carry the pager" || it.Links[0].Label != "wiki.test" || !it.MayLead || it.Version != 1 {
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

// Who runs a service is never changed without a reason, which is kept before and after; what was added before that was
// asked lives on without one.
func TestService_SaysWhyItIsRunSo(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		s, c := catalogue.New(b.Store), trestletest.MakeCast(t, b.Store)
		lead := trestletest.Ctx(t, c.People["lead"])
		it, err := s.Create(lead, catalogue.NewService{TeamID: c.Team, Name: "mail", Kind: "cots", Criticality: "standard", OperatingModel: "operations", ModelWhy: "It is bought"})
		if err != nil {
			t.Fatal(err)
		}
		type told struct {
			Did     string
			Changes []catalogue.Change
		}
		last := func() (out told) {
			t.Helper()
			all, err := b.Store.Events(t.Context(), event.TeamTopic(c.Team), 0, 0)
			if err != nil || json.Unmarshal(all[len(all)-1].Data, &out) != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := last(); got.Did != "added" || !slices.Equal(got.Changes, []catalogue.Change{{Field: "kind", To: "cots"}, {Field: "criticality", To: "standard"},
			{Field: "operatingModel", To: "operations"}, {Field: "operatingModelWhy", To: "It is bought"}}) {
			t.Errorf("%+v", got)
		}
		for what, p := range map[string]catalogue.Patch{
			"another model alone":  {OperatingModel: web.Some("team")},
			"… with an empty why":  {OperatingModel: web.Some("team"), ModelWhy: web.Some(" ")},
			"… with the same why":  {OperatingModel: web.Some("team"), ModelWhy: web.Some("It is bought")},
			"the why taken away":   {ModelWhy: web.Some("")},
			"a why that is a book": {ModelWhy: web.Some(strings.Repeat("x", 501))},
		} {
			_, err := s.Change(lead, it.ID, p)
			if f, ok := fault.As(err); !ok || f.Code != "invalid" || f.Fields[0].Location != "body.operatingModelWhy" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := s.Change(trestletest.Ctx(t, c.People["liaison"]), it.ID, catalogue.Patch{ModelWhy: web.Some("Mine")}); !fault.Is(err, "forbidden") {
			t.Errorf("a liaison: %v", err)
		}
		if now, err := s.Change(lead, it.ID, catalogue.Patch{OperatingModel: web.Some("team"), ModelWhy: web.Some("They were woken by it")}); err != nil || now.ModelWhy != "They were woken by it" {
			t.Errorf("%v %+v", err, now)
		}
		if got := last(); !slices.Equal(got.Changes, []catalogue.Change{{Field: "operatingModel", From: "operations", To: "team"}, {Field: "operatingModelWhy", From: "It is bought", To: "They were woken by it"}}) {
			t.Errorf("%+v", got)
		}
		if err := store.Do(t.Context(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE services SET operating_model_why = '' WHERE id = ?", it.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if now, err := s.Change(lead, it.ID, catalogue.Patch{Description: web.Some("Letters"), OperatingModel: web.Some("team"), ModelWhy: web.Some("")}); err != nil || now.ModelWhy != "" {
			t.Errorf("of before: %v %+v", err, now)
		}
		if now, err := s.Change(lead, it.ID, catalogue.Patch{ModelWhy: web.Some("Said at last")}); err != nil || now.ModelWhy != "Said at last" {
			t.Errorf("%v %+v", err, now)
		}
		history, err := s.History(trestletest.Ctx(t, c.People["member"]), it.ID)
		if err != nil || len(history) != 4 || history[3].Did != "added" || history[0].By != "lead" ||
			!slices.Equal(history[0].Changes, []catalogue.Change{{Field: "operatingModelWhy", To: "Said at last"}}) || len(history[2].Changes) != 2 {
			t.Errorf("%v %+v", err, history)
		}
		if _, err := s.History(trestletest.Ctx(t, c.People["guest"]), it.ID); !fault.Is(err, "not_found") {
			t.Errorf("a guest: %v", err)
		}
	})
}

// A name is one service's in its team, whoever writes it how, and however many write at once; not in another team, and
// not while it is put away.
func TestService_OneOfAName(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		s, c := catalogue.New(b.Store), trestletest.MakeCast(t, b.Store)
		lead, admin := trestletest.Ctx(t, c.People["lead"]), trestletest.Ctx(t, c.People["admin"])
		add := func(team, name string) (catalogue.ServiceItem, error) {
			return s.Create(admin, catalogue.NewService{TeamID: team, Name: name, Kind: "digital", Criticality: "standard", OperatingModel: "team", ModelWhy: "Ours"})
		}
		made := func(team, name string) catalogue.ServiceItem {
			t.Helper()
			it, err := add(team, name)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return it
		}
		taken := func(what string, err error) {
			t.Helper()
			if f, ok := fault.As(err); !ok || f.Code != "service_name_taken" || !strings.Contains(f.Detail, "already") {
				t.Errorf("%s: %v", what, err)
			}
		}
		first, second := made(c.Team, "Zahlung Über"), made(c.Team, "ledger")
		made(c.OtherTeam, "Zahlung Über")
		for _, same := range []string{"Zahlung Über", "zahlung ÜBER", "  Zahlung   U\u0308ber "} {
			_, err := add(c.Team, same)
			taken(same, err)
			_, err = s.Change(lead, second.ID, catalogue.Patch{Name: web.Some(same)})
			taken("renamed to "+same, err)
		}
		if now, err := s.Change(lead, first.ID, catalogue.Patch{Name: web.Some("zahlung über")}); err != nil || now.Name != "zahlung über" {
			t.Errorf("its own name in other letters: %v", err)
		}
		if _, err := s.Change(lead, first.ID, catalogue.Patch{Archived: web.Some(true)}); err != nil {
			t.Fatal(err)
		}
		made(c.Team, "ZAHLUNG ÜBER")
		_, err := s.Change(lead, first.ID, catalogue.Patch{Archived: web.Some(false)})
		taken("brought back", err)
		if now, err := s.Change(lead, first.ID, catalogue.Patch{Archived: web.Some(false), Name: web.Some("Zahlung alt")}); err != nil || now.ArchivedAt != nil {
			t.Errorf("brought back under another name: %v", err)
		}
		for _, n := range []string{"one", "two", "three"} { // more than once, so that they do meet
			var wait sync.WaitGroup
			errs := make([]error, 8)
			for i := range errs {
				wait.Go(func() { _, errs[i] = add(c.Team, strings.ToUpper(n[:i%2])+n[i%2:]) })
			}
			wait.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else {
					taken(n, err)
				}
			}
			if won != 1 {
				t.Errorf("%s: %d of them", n, won)
			}
		}
	})
}
