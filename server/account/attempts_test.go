package account_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestDelayAfter(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: 0, 4: 0, 5: time.Second, 6: 2 * time.Second, 7: 4 * time.Second,
		13: 256 * time.Second, 14: 5 * time.Minute, 1000: 5 * time.Minute} {
		if got := account.DelayAfter(failures, 5); got != want {
			t.Errorf("%d: %v", failures, got)
		}
	}
}

func TestSignIn_Delay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person("ana", who.Member)
		v := h.visitor()
		try := func(v *visitor, email, pw string) (status int, wait time.Duration) {
			a := v.signIn(email, pw)
			n, _ := strconv.Atoi(a.header.Get("Retry-After"))
			if (a.status == 429) != (n > 0) || (a.status == 429 && a.code() != "rate_limited") {
				t.Fatalf("%d %v %s", a.status, a.header, a.body)
			}
			return a.status, time.Duration(n) * time.Second
		}
		// the same for an address that nobody has
		for _, email := range []string{"ana@example.test", "nobody@example.test"} {
			h.Clock.Advance(time.Hour)
			for i := range 5 {
				if s, _ := try(v, email, "wrong-password"); s != 401 {
					t.Fatalf("%s, failure %d: %d", email, i+1, s)
				}
			}
			for _, want := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
				s, wait := try(v, email, "wrong-password")
				if s != 429 || wait != time.Duration(want)*time.Second {
					t.Fatalf("%s: %d, wait %v, wanted %d s", email, s, wait, want)
				}
				if s, _ := try(v, email, password); s != 429 {
					t.Fatal("the delay can be jumped with the right password: a guesser would learn it")
				}
				h.Clock.Advance(wait)
				if s, _ := try(v, email, "wrong-password"); s != 401 {
					t.Fatalf("%s after waiting: %d", email, s)
				}
			}
			other := h.visitor()
			other.address = "198.51.100.9"
			want := 401
			if email == "ana@example.test" {
				want = 200 // the owner gets in from elsewhere
			}
			if s, _ := try(other, email, password); s != want {
				t.Fatalf("from another address: %d", s)
			}
		}
		h.Clock.Advance(6 * time.Minute)
		if s, _ := try(v, "ana@example.test", password); s != 200 {
			t.Fatal(s)
		}
		for range 5 { // and a success forgives
			if s, _ := try(v, "ana@example.test", "wrong-password"); s != 401 {
				t.Fatal(s)
			}
		}
	})
}

func TestSignIn_PerAddress(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person("ana", who.Member)
		v := h.visitor()
		v.address = "2001:db8:1:2::7"
		for i := range 20 {
			if a := v.signIn(fmt.Sprintf("p%d@example.test", i), "wrong-password"); a.status != 401 {
				t.Fatal(i, a)
			}
		}
		v.address = "2001:db8:1:2:ffff::9" // the same line
		if a := v.signIn("ana@example.test", password); a.status != 429 || a.header.Get("Retry-After") != "60" {
			t.Fatal(a)
		}
		w := h.visitor()
		if a := w.signIn("ana@example.test", password); a.status != 200 {
			t.Fatal(a)
		}
		w.keep(w.signIn("ana@example.test", password))
		w.address = v.address
		w.must(200, "GET", "/me", nil) // other requests share no limit with signing in
		h.Clock.Advance(time.Minute)
		if a := v.signIn("ana@example.test", password); a.status != 200 {
			t.Fatal(a)
		}
		for range 22 { // those who know their password are never too many
			if a := v.signIn("ana@example.test", password); a.status != 200 {
				t.Fatal(a)
			}
		}
	})
}

func TestSignIn_ManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person("ana", who.Member)
		var mu sync.Mutex
		seen := map[int]int{}
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				s := h.visitor().signIn("ana@example.test", "wrong-password").status
				mu.Lock()
				seen[s]++
				mu.Unlock()
			})
		}
		wg.Wait()
		if seen[401] != 5 || seen[429] != 35 {
			t.Fatalf("%v: a hundred tries at once are a hundred tries", seen)
		}
	}, dear)
}

func TestSignIn_Siege(t *testing.T) {
	h := build(t, trestletest.New(t))
	h.person("ana", who.Member)
	v := h.visitor()
	v.signIn("ana@example.test", "wrong-password")
	h.exec("UPDATE sign_in_failures SET failures = 100 WHERE key LIKE 'account:%'") // from a hundred addresses
	v.address = "192.0.2.1"                                                         // a further guesser has one try…
	if a := v.signIn("ana@example.test", "wrong-password"); a.status != 401 {
		t.Fatal(a)
	}
	if a := v.signIn("ana@example.test", "wrong-password"); a.status != 429 {
		t.Fatal(a)
	}
	v.address = "192.0.2.2" // …and so has the owner, who needs no more
	if a := v.signIn("ana@example.test", password); a.status != 200 {
		t.Fatal(a)
	}
}

// An address that nobody has, one without a password, a disabled person and a wrong password: one answer,
// after the same time.
func TestSignIn_TellsNothing(t *testing.T) {
	h := build(t, trestletest.New(t), dear)
	h.person("ana", who.Member)
	root := h.as(h.person("root", who.Admin))
	gone := h.person("gone", who.Member)
	root.must(200, "PATCH", "/people/"+gone.PersonID, map[string]bool{"disabled": true})
	if _, err := h.acc.CreatePerson(context.Background(), account.NewPerson{Name: "Bare", Email: "bare@example.test"}); err != nil {
		t.Fatal(err)
	}
	kinds := []string{"ana@example.test", "nobody@example.test", "gone@example.test", "bare@example.test", "not an address"}
	took := map[string][]time.Duration{}
	bodies := map[string]bool{}
	n := 0
	for range 15 {
		for _, email := range kinds {
			n++
			v := h.visitor()
			v.address = fmt.Sprintf("198.18.%d.%d", n/250, n%250)
			start := time.Now()
			a := v.signIn(email, "wrong-password")
			took[email] = append(took[email], time.Since(start))
			var p struct{ Code, Detail, Title string }
			a.json(t, &p)
			bodies[fmt.Sprint(a.status, p)] = true
		}
	}
	if len(bodies) != 1 {
		t.Fatalf("%v", bodies)
	}
	// medians of interleaved samples; without the dummy hash they would differ tenfold
	base := median(took[kinds[0]])
	for email, d := range took {
		if m := median(d); m < base/3 || m > base*3 {
			t.Errorf("%s takes %v, a wrong password %v", email, m, base)
		}
	}
}

func median(d []time.Duration) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[len(d)/2]
}

func TestTidy(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ana := h.person("ana", who.Member)
		h.visitor().signIn("ana@example.test", "wrong-password")
		v := h.as(ana)
		v.must(201, "POST", "/live/ticket", nil)
		count := func() string {
			return fmt.Sprint(trestletest.Count(t, h.Store, "SELECT count(*) FROM sign_in_failures"),
				trestletest.Count(t, h.Store, "SELECT count(*) FROM live_tickets"), trestletest.Count(t, h.Store, "SELECT count(*) FROM sessions"))
		}
		tidy := func(want string) {
			t.Helper()
			if err := h.acc.Tidy(context.Background()); err != nil {
				t.Fatal(err)
			}
			if got := count(); got != want {
				t.Fatalf("%s, wanted %s", got, want)
			}
		}
		tidy("3 1 1")
		h.Clock.Advance(25 * time.Hour)
		tidy("0 0 1")
		h.Clock.Advance(61 * 24 * time.Hour)
		tidy("0 0 0")
	})
}
