package rank_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"trestle/server/rank"
)

// oracle asks the npm package fractional-indexing. Without node or the package the test is skipped by name;
// where CI is set, that is a failure.
func oracle(t *testing.T, questions [][]any) (keys []json.RawMessage, errs []string) {
	t.Helper()
	missing := func(why string) {
		t.Helper()
		if os.Getenv("CI") != "" {
			t.Fatal("the oracle is missing: " + why)
		}
		t.Skip("skipped without the oracle: " + why)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing("node is not installed")
	}
	frontend, err := filepath.Abs("../../frontend")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(frontend, "node_modules/fractional-indexing/package.json"))
	if err != nil {
		missing("frontend/node_modules/fractional-indexing is not installed (npm ci in frontend)")
	}
	if !bytes.Contains(raw, []byte(`"version": "4.0.0"`)) {
		t.Fatal("the oracle is another version than 4.0.0")
	}
	script, err := filepath.Abs("testdata/oracle.mjs")
	if err != nil {
		t.Fatal(err)
	}
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, q := range questions {
		if err := enc.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(node, script)
	cmd.Dir, cmd.Stdin, cmd.Stderr = frontend, &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var a [2]json.RawMessage
		var e *string
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(a[1], &e); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, a[0])
		errs = append(errs, "")
		if e != nil {
			errs[len(errs)-1] = *e
		}
	}
	if len(keys) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(keys), len(questions))
	}
	return keys, errs
}

func end(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Random insertions into growing columns give the same keys, byte for byte, as the oracle: 10,000, and
// 100,000 in make soak.
func TestBetween_AgainstTheOracle(t *testing.T) {
	n := 10_000
	if os.Getenv("TRESTLE_SOAK") != "" {
		n = 100_000
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	var questions [][]any
	var ours []string
	var keys []string
	habit := 0
	for len(questions) < n {
		if len(keys) > 400 || len(keys) == 0 {
			keys, habit = nil, r.IntN(6)
			if r.IntN(4) == 0 { // near the ends of what integers there are
				keys = []string{[]string{"A0000000000000000000000zzzz", "A0000000000000000000000zzzzV", "zzzzzzzzzzzzzzzzzzzzzzzzzzy", "Zz", "a0", "Zy1V"}[r.IntN(6)]}
			}
		}
		at := r.IntN(len(keys) + 1)
		switch habit {
		case 0: // always at the top
			at = 0
		case 1: // always at the end
			at = len(keys)
		case 2: // always into the middle of the middle
			at = len(keys) / 2
		case 3: // always behind the same neighbour
			at = min(1, len(keys))
		}
		a, b := "", ""
		if at > 0 {
			a = keys[at-1]
		}
		if at < len(keys) {
			b = keys[at]
		}
		k, err := rank.Between(a, b)
		if err != nil {
			t.Fatalf("between %q and %q: %v", a, b, err)
		}
		if (a != "" && k <= a) || (b != "" && k >= b) {
			t.Fatalf("%q is not between %q and %q", k, a, b)
		}
		questions, ours = append(questions, []any{end(a), end(b)}), append(ours, k)
		keys = slices.Insert(keys, at, k)
	}
	theirs, errs := oracle(t, questions)
	for i := range ours {
		if want, _ := json.Marshal(ours[i]); errs[i] != "" || string(theirs[i]) != string(want) {
			t.Fatalf("between %v and %v: ours %s, the oracle's %s %s", questions[i][0], questions[i][1], want, theirs[i], errs[i])
		}
	}
}

// What is no key, or no order, is refused by both.
func TestBetween_RefusesWhatTheOracleRefuses(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 2))
	alphabet := "0019AZaZbyzz-~ é"
	word := func() string {
		if r.IntN(4) == 0 {
			return ""
		}
		var b strings.Builder
		runes := []rune(alphabet)
		for range 1 + r.IntN(6) {
			b.WriteRune(runes[r.IntN(len(runes))])
		}
		return b.String()
	}
	var questions [][]any
	for len(questions) < 4000 {
		a, b := word(), word()
		if a == b && a != "" {
			continue // ours, on purpose, is kinder to equal neighbours
		}
		questions = append(questions, []any{end(a), end(b)})
	}
	for _, q := range [][2]string{{"A00000000000000000000000000", ""}, {"", "A00000000000000000000000000"}, {"a1", "a0"}, {"a00", ""}, {"", "a10"}, {"b0", ""}, {"zzzzzzzzzzzzzzzzzzzzzzzzzzz", ""}} {
		questions = append(questions, []any{end(q[0]), end(q[1])})
	}
	theirs, errs := oracle(t, questions)
	str := func(v any) string { s, _ := v.(string); return s }
	for i, q := range questions {
		k, err := rank.Between(str(q[0]), str(q[1]))
		// the oracle turns a wrong pair round; for us it is a mistake of the caller
		if str(q[0]) > str(q[1]) && str(q[1]) != "" {
			if err == nil {
				t.Errorf("%q, %q: %q", q[0], q[1], k)
			}
			continue
		}
		// the oracle does not look at the letters of a key; what it takes for a fraction we may refuse
		if odd := strings.ContainsAny(str(q[0])+str(q[1]), "-~ é"); odd {
			if err == nil {
				t.Errorf("%q, %q: %q", q[0], q[1], k)
			}
			continue
		}
		if (err != nil) != (errs[i] != "") {
			t.Errorf("between %v and %v: ours %q %v, the oracle's %s %s", q[0], q[1], k, err, theirs[i], errs[i])
		} else if want, _ := json.Marshal(k); err == nil && string(want) != string(theirs[i]) {
			t.Errorf("between %v and %v: ours %s, the oracle's %s", q[0], q[1], want, theirs[i])
		}
	}
}

func TestSpread_AgainstTheOracle(t *testing.T) {
	theirs, _ := oracle(t, [][]any{{nil, nil, 5000}})
	want, _ := json.Marshal(rank.Spread(5000))
	if string(theirs[0]) != string(want) {
		t.Error("fresh keys differ")
	}
}

func TestSpread(t *testing.T) {
	for _, n := range []int{0, 1, 2, 62, 63, 4000} {
		keys := rank.Spread(n)
		if len(keys) != n || !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != n {
			t.Errorf("%d keys are not in strict order", n)
		}
		for _, k := range keys {
			if len(k) > 4 {
				t.Fatalf("%d: the fresh key %q is long", n, k)
			}
		}
	}
}

// A column in which cards are put anywhere, two writers meeting at one gap included: the new key is strictly
// between its neighbours, and everything stays a key.
func TestBetween_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rank.Spread(rapid.IntRange(0, 4).Draw(t, "cards"))
		for range rapid.IntRange(1, 60).Draw(t, "moves") {
			at := rapid.IntRange(0, len(keys)).Draw(t, "at")
			a, b := "", ""
			if at > 0 {
				a = keys[at-1]
			}
			if at < len(keys) {
				b = keys[at]
			}
			k, err := rank.Between(a, b)
			if err != nil {
				t.Fatalf("between %q and %q: %v", a, b, err)
			}
			if a != "" && k <= a {
				t.Fatalf("%q is not after %q", k, a)
			}
			if b != "" && a != b && k >= b {
				t.Fatalf("%q is not before %q", k, b)
			}
			if again, _ := rank.Between(a, b); again != k {
				t.Fatalf("%q and %q for one gap", k, again)
			}
			if a == b && a != "" {
				continue // there is no room between twins: the card goes behind them, in no known place
			}
			keys = slices.Insert(keys, at, k)
			if rapid.IntRange(0, 9).Draw(t, "twin") == 0 {
				keys = slices.Insert(keys, at, k) // another writer took the same gap
			}
		}
		if !slices.IsSorted(keys) {
			t.Fatal("out of order")
		}
	})
}

func TestBetween_EqualNeighbours(t *testing.T) {
	for _, k := range append(rank.Spread(70), "a0V", "Zz", "a0G8", "A00000000000000000000000001") {
		got, err := rank.Between(k, k)
		if err != nil || got <= k {
			t.Errorf("between %q and itself: %q, %v", k, got, err)
		}
	}
}

// How keys grow, and so how often a column gets fresh ones (MaxLen).
func TestBetween_Growth(t *testing.T) {
	for name, c := range map[string]struct {
		inserts int
		step    func(lo, hi, k string, i int) (string, string)
		most    int
	}{
		"zig-zag": {200, func(lo, hi, k string, i int) (string, string) {
			return map[bool]string{true: k, false: lo}[i%2 == 0], map[bool]string{true: hi, false: k}[i%2 == 0]
		}, 40},
		"before the same card":   {1000, func(_, hi, k string, _ int) (string, string) { return k, hi }, 210},
		"behind the same card":   {1000, func(lo, _, k string, _ int) (string, string) { return lo, k }, 210},
		"at the end of the list": {100_000, func(_, _, k string, _ int) (string, string) { return k, "" }, 5},
		"at the top of the list": {100_000, func(_, _, k string, _ int) (string, string) { return "", k }, 5},
	} {
		lo, hi := "a0", "a1"
		past := 0
		longest := 0
		for i := range c.inserts {
			k, err := rank.Between(lo, hi)
			if err != nil {
				t.Fatalf("%s after %d: between %q and %q: %v", name, i, lo, hi, err)
			}
			longest = max(longest, len(k))
			if past == 0 && len(k) > rank.MaxLen {
				past = i
			}
			lo, hi = c.step(lo, hi, k, i)
		}
		if longest > c.most {
			t.Errorf("%s: %d characters after %d", name, longest, c.inserts)
		}
		t.Logf("%s: %d characters after %d inserts; past the limit after %d", name, longest, c.inserts, past)
	}
}

// Whatever comes in, it never panics, and what it gives is a key strictly between.
func FuzzBetween(f *testing.F) {
	for _, s := range [][2]string{{"", ""}, {"a0", ""}, {"", "a0"}, {"a0", "a1"}, {"a0", "a0"}, {"a1", "a0"}, {"a0V", "a1"}, {"Zz", "a0"},
		{"A00000000000000000000000000", ""}, {"", "A00000000000000000000000001"}, {"zzzzzzzzzzzzzzzzzzzzzzzzzzz", ""}, {"a", "b"}, {"~", "é"},
		{"a00", "a01"}, {"a0", "a00000001"}, {"\x00", "\xff"}, {"b00", "b0"}, {"a0" + strings.Repeat("z", 200), "a1"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		k, err := rank.Between(a, b)
		if err != nil {
			if !errors.Is(err, rank.ErrOrder) {
				t.Fatalf("another error: %v", err)
			}
			return
		}
		if a != "" && k <= a {
			t.Fatalf("%q is not after %q", k, a)
		}
		if b != "" && b != a && k >= b {
			t.Fatalf("%q is not before %q", k, b)
		}
		for _, open := range [][2]string{{k, ""}, {"", k}} {
			if next, err := rank.Between(open[0], open[1]); err != nil && !strings.HasPrefix(k, "z") && !strings.HasPrefix(k, "A") {
				t.Fatalf("%q is not taken as a key: %q %v", k, next, err)
			}
		}
	})
}
