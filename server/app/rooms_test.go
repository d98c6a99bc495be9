package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The house: the floor knows no room; a room may lean on rooms before it in this list, never on later ones;
// app alone knows them all; the program knows app alone. A package that is in none of the lists fails the
// test, so that somebody decides where it belongs.
var (
	theFloor = []string{"fault", "clock", "cadence", "event", "who", "rank", "measure", "text", "store", "ballot", "web", "live", "outbox", "blob", "audit", "backup"}
	theRooms = []string{"account", "team", "notice", "board", "card", "ask", "flow", "standup", "retro", "ritual", "calendar", "health", "catalogue", "checklist", "launch", "liaison", "search", "today", "port"}
	// beside the house: the workshop of tests, and the programs that measure
	benches = []string{"bench", "trestletest"}
)

const (
	module = "trestle/"
	server = module + "server/"
)

// wrong says why the import is not allowed, or "".
func wrong(from, to string) string {
	if !strings.HasPrefix(to, module) || from == to {
		return ""
	}
	a, b := strings.TrimPrefix(from, server), strings.TrimPrefix(to, server)
	switch {
	case to == module+"migrations":
		if a == "store" || slices.Contains(benches, a) {
			return ""
		}
		return "only store knows the migrations"
	case to == module+"frontend":
		if a == "app" {
			return ""
		}
		return "only app knows the page"
	case to == module+"seed":
		if a == "app" || strings.HasPrefix(a, "bench") {
			return ""
		}
		return "only app knows the seed"
	case from == module+"seed":
		if slices.Contains(theRooms, b) || slices.Contains(theFloor, b) {
			return ""
		}
		return "the seed tells its story through the rooms"
	case strings.HasPrefix(a, "cmd/"):
		if b == "app" {
			return ""
		}
		return "the program knows app alone"
	case slices.Contains(benches, first(a)):
		if slices.Contains(benches, first(b)) || slices.Contains(theFloor, b) || b == "app" || slices.Contains(theRooms, b) {
			return ""
		}
		return "unknown package"
	case slices.Contains(theFloor, a):
		if slices.Contains(theFloor, b) {
			return ""
		}
		return "the floor knows no room"
	case slices.Contains(theRooms, first(a)):
		if slices.Contains(theFloor, b) || first(a) == first(b) {
			return ""
		}
		if at := slices.Index(theRooms, first(b)); at >= 0 && at < slices.Index(theRooms, first(a)) {
			return ""
		}
		return "a room leans only on rooms before it"
	case a == "app":
		if slices.Contains(theFloor, b) || slices.Contains(theRooms, first(b)) {
			return ""
		}
		return "app wires floor and rooms only"
	}
	return "nobody has said where this package belongs"
}

func first(path string) string { s, _, _ := strings.Cut(path, "/"); return s }

func TestRooms_ArrowsPointDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "-tags", "page sqlite_fts5", "trestle/server/...", "trestle/seed/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	packages := 0
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages++
		for _, to := range p.Imports {
			if why := wrong(p.ImportPath, to); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, to, why)
			}
		}
	}
	if packages < 10 {
		t.Fatalf("only %d packages were looked at", packages)
	}
}

// The rule itself, on made-up arrows: what it must allow and what it must refuse.
func TestRooms_TheRule(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"server/card", "server/board", true},
		{"server/card", "server/store", true},
		{"server/card", "server/team", true},
		{"server/port", "server/card", true},
		{"server/port/trello", "server/card", true},
		{"server/live", "server/store", true},
		{"server/app", "server/card", true},
		{"server/app", "frontend", true},
		{"server/app", "seed", true},
		{"server/cmd/trestle", "server/app", true},
		{"server/store", "migrations", true},
		{"seed", "server/card", true},
		{"server/bench", "server/app", true},

		{"server/board", "server/card", false},        // up
		{"server/account", "server/team", false},      // up
		{"server/board", "server/port", false},        // up
		{"server/store", "server/card", false},        // the floor leans on a room
		{"server/live", "server/board", false},        // the floor leans on a room
		{"server/web", "server/account", false},       // the floor leans on a room
		{"server/card", "server/app", false},          // a room knows the wiring
		{"server/cmd/trestle", "server/card", false},  // the program knows a room
		{"server/cmd/trestle", "server/store", false}, // the program knows the floor
		{"server/card", "seed", false},                // a room knows the demo
		{"server/card", "frontend", false},            // a room knows the page
		{"server/card", "migrations", false},          // a room knows the schema's files
		{"server/card", "server/trestletest", false},  // the workshop in the product
		{"server/app", "server/bench", false},         // measuring in the product
		{"seed", "server/app", false},                 // round in a circle
		{"server/unheardof", "server/store", false},   // nobody decided where it belongs
		{"server/card", "server/unheardof", false},
	} {
		t.Run(fmt.Sprintf("%s to %s", c.from, c.to), func(t *testing.T) {
			if why := wrong(module+c.from, module+c.to); (why == "") != c.ok {
				t.Fatalf("allowed: %v, wanted %v (%s)", why == "", c.ok, why)
			}
		})
	}
}
