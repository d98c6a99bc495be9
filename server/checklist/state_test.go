package checklist

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

func TestWhy(t *testing.T) {
	const today = "2026-11-19"
	for _, c := range []struct {
		s    Standing
		want string
	}{
		{Standing{}, ToAnswer},
		{Standing{State: Unanswered}, ToAnswer},
		{Standing{State: Answered}, ToUnderstand},
		{Standing{State: Answered, ToConfirm: true}, ToConfirm},
		{Standing{State: Answered, ExpiresOn: "2026-11-18"}, Stale},
		{Standing{State: Understood}, ""},
		{Standing{State: Understood, ExpiresOn: today}, ""},
		{Standing{State: Understood, ExpiresOn: "2026-11-18"}, Stale},
		{Standing{State: Questioned}, PushedBack},
		{Standing{State: Questioned, ExpiresOn: "2026-11-18"}, PushedBack},
		{Standing{State: Gap, GapUntil: today}, ""},
		{Standing{State: Gap, GapUntil: "2026-11-18"}, GapOver},
		{Standing{State: Gap, GapUntil: today, ExpiresOn: "2026-01-01"}, ""},
		{Standing{State: NA}, ""},
	} {
		if got := c.s.Why(today); got != c.want {
			t.Errorf("%+v: %q, not %q", c.s, got, c.want)
		}
	}
	for _, c := range []struct {
		s       Standing
		stamped bool
		want    string
	}{
		{Standing{State: Understood}, true, ""}, {Standing{State: Understood}, false, ToConfirm},
		{Standing{State: Understood, ExpiresOn: "2026-11-18"}, true, Stale}, {Standing{State: Answered}, true, ToUnderstand},
		{Standing{State: Gap, GapUntil: today}, true, ""},
	} {
		if got := Inherited(c.s, c.stamped, today); got != c.want {
			t.Errorf("inherited %+v %v: %q, not %q", c.s, c.stamped, got, c.want)
		}
	}
}

// An item that several services answer counts when each of them would count alone, whatever their order; one more never
// makes it count sooner, and what it lacks is what one of them lacks.
func TestGravest_Properties(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 3))
	states := []string{"", Unanswered, Answered, Understood, Questioned, Gap, NA}
	days := []string{"", "2026-11-01", "2026-11-19", "2026-12-24"}
	const today = "2026-11-19"
	for range 20000 {
		whys := make([]string, 1+r.IntN(3))
		for i := range whys {
			whys[i] = Inherited(Standing{State: states[r.IntN(len(states))], ToConfirm: r.IntN(2) == 0, ExpiresOn: days[r.IntN(4)], GapUntil: days[1+r.IntN(3)]}, r.IntN(2) == 0, today)
		}
		why := Gravest(whys...)
		if all := !slices.ContainsFunc(whys, func(w string) bool { return w != "" }); all != (why == "") || (why != "" && !slices.Contains(whys, why)) {
			t.Fatalf("%q lack %q", whys, why)
		}
		more := Gravest(append(slices.Clone(whys), Inherited(Standing{State: Understood}, true, today))...)
		slices.Reverse(whys)
		if more != why || Gravest(whys...) != why {
			t.Fatalf("%q: %q, %q with one more that counts, %q the other way round", whys, why, more, Gravest(whys...))
		}
	}
	if Gravest() != "" {
		t.Error("no service lacks something")
	}
}

// What the levels ask is what rituals.md says: one question per topic and the rollback, at most 18 of a feature, all.
func TestAsks_TheLevels(t *testing.T) {
	asked := func(f Frame) (keys []string) {
		for _, it := range launch() {
			if f.Shows(&it) && f.Asks(&it) {
				keys = append(keys, it.Key)
			}
		}
		return keys
	}
	if len(launch()) != 62 {
		t.Fatalf("%d items", len(launch()))
	}
	if got := asked(Frame{Kind: ForCard, Level: Light}); !slices.Equal(got, []string{"F1", "O3", "M1", "D1", "I2", "L2", "L4"}) {
		t.Errorf("light asks %v", got)
	}
	if got := asked(Frame{Kind: ForCard, Level: Standard}); len(got) != 18 {
		t.Errorf("standard asks %d: %v", len(got), got)
	}
	if got := asked(Frame{Kind: ForCard, Level: Standard, Inherits: true}); len(got) != 18+11 {
		t.Errorf("standard with a service asks %d", len(got))
	}
	if got := asked(Frame{Kind: ForService, Level: Standard}); len(got) != 11 {
		t.Errorf("a service is asked %v", got)
	}
	if got := asked(Frame{Kind: ForService, Level: Critical}); len(got) != 12 {
		t.Errorf("a critical service is asked %v", got)
	}
	if got := asked(Frame{Kind: ForLaunch, Level: Critical}); len(got) != 62-4 {
		t.Errorf("critical asks %d", len(got))
	}
	seen := map[string]bool{}
	for _, it := range launch() {
		if seen[it.Key] || it.Question == "" || len(it.Evidence) == 0 || !slices.Contains(levels, it.From) || !slices.Contains(phases, it.Phase) ||
			!slices.ContainsFunc(topics, func(x Topic) bool { return x.Key == it.Topic }) || (it.Scope != OfFeature && it.Scope != OfService) {
			t.Errorf("%+v", it)
		}
		seen[it.Key] = true
	}
}

// What an answer says decides whether those that hang on it are asked. The page's when.test.ts reads the same cases.
func TestHolds(t *testing.T) {
	raw, err := os.ReadFile("testdata/none.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Not, Said string
		Asked     bool
	}
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) < 40 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		w := &When{Item: "D1", Not: c.Not}
		for _, state := range []string{Answered, Understood, Questioned} {
			if got := w.holds(Standing{State: state}, saidBy(c.Said)); got != c.Asked {
				t.Errorf("%s %q, if it is not %q: asked %v", state, c.Said, c.Not, got)
			}
		}
		if w.holds(Standing{State: NA}, saidBy(c.Said)) || !w.holds(Standing{State: Gap}, saidBy(c.Said)) || !w.holds(Standing{}, saidBy(c.Said)) {
			t.Errorf("%q counts though it is not the answer", c.Said)
		}
	}
	// what was kept before its words were understood
	if w := (&When{Item: "D1", Not: "none"}); w.holds(Standing{State: Answered}, "no, nothing new") || !w.holds(Standing{State: Answered}, "no") {
		t.Error("an answer that was kept word for word")
	}
	if !(*When)(nil).holds(Standing{}, "") {
		t.Error("what depends on nothing is asked")
	}
}

// A higher level, a later phase and a later day never take away what blocks; what is all understood never blocks.
func TestBlocks_Properties(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 7))
	states := []string{"", Unanswered, Answered, Understood, Questioned, Gap, NA}
	days := []string{"", "2026-11-01", "2026-11-19", "2026-12-24"}
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	for range 20000 {
		it := launch()[r.IntN(62)]
		s := Standing{State: pick(states), ToConfirm: r.IntN(2) == 0, ExpiresOn: pick(days), GapUntil: pick(days[1:])}
		f := Frame{Kind: pick([]string{ForCard, ForService, ForLaunch}), Level: pick(levels[:3]), Phase: pick(phases), Inherits: r.IntN(2) == 0, Today: pick(days[1:])}
		why := f.Blocks(&it, s.Why(f.Today), true)
		if why != "" {
			if f.Blocks(&it, s.Why(f.Today), false) != "" {
				t.Fatal("it blocks though it is not asked")
			}
			for _, more := range []Frame{{f.Kind, Critical, f.Phase, f.Inherits, f.Today}, {f.Kind, f.Level, PostLaunch, f.Inherits, f.Today}, {f.Kind, f.Level, f.Phase, true, f.Today}, {f.Kind, f.Level, f.Phase, f.Inherits, "2027-01-01"}} {
				if more.Blocks(&it, s.Why(more.Today), true) == "" {
					t.Fatalf("%s %+v blocks in %+v but not in %+v", it.Key, s, f, more)
				}
			}
		}
		if f.Blocks(&it, Standing{State: Understood}.Why(f.Today), true) != "" {
			t.Fatal("what is understood for good blocks")
		}
		var c Counts
		c.add(why)
		if (c.Sum() == 1) != (why != "") {
			t.Fatalf("%q counts as %+v", why, c)
		}
	}
}
