package liaison

import (
	"testing"

	"trestle/server/fault"
)

func TestAnswer_OneTeamInFullAndAllInShort(t *testing.T) {
	a, err := Answer(Question{Input: *drawn(), About: "Checkout"})
	if err != nil || len(a.Teams) != 8 || a.Teams[0].TeamID != "Checkout" || a.Teams[0].Pattern != Embedded || a.About == nil || a.Left < 0.33 {
		t.Fatalf("%+v %v", a, err)
	}
	if a, err := Answer(Question{Input: *drawn()}); err != nil || a.About != nil || a.Advice == nil {
		t.Fatalf("%+v %v", a, err)
	}
	for _, q := range []Question{{Input: *drawn(), About: "Nobody's"}, {Input: Input{Teams: []Needs{{TeamID: "a"}, {TeamID: "a"}}}}} {
		if _, err := Answer(q); !fault.Is(err, "invalid") {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
