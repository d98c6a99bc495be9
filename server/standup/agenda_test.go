package standup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
)

// The order of the walk, on a board with the columns ready, build, review (right of build) and done; everything takes
// ten days, what is intangible takes no expected time.
func TestAgenda_Order(t *testing.T) {
	now := time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	l := &board.Layout{Board: board.Board{TimeZone: "UTC"}, SLEs: []board.SLE{{Class: "", Days: 10, Percent: 85}, {Class: board.Intangible, Days: 0}}}
	for i, id := range []string{"ready", "build", "review", "done"} {
		l.Columns = append(l.Columns, board.Column{RID: int64(i + 1), ID: id, Name: id, Position: i})
	}
	type option func(*card.Face)
	c := func(id, column string, days int, more ...option) card.Face {
		f := card.Face{ID: id, ColumnID: column, Class: board.Standard, EnteredAt: now}
		if days > 0 {
			at := now.AddDate(0, 0, 1-days)
			f.StartedAt = &at
		}
		for _, o := range more {
			o(&f)
		}
		return f
	}
	class := func(s string) option { return func(f *card.Face) { f.Class = s } }
	due := func(s string) option { return func(f *card.Face) { f.DueOn = s } }
	says := func(state string, good time.Duration) option {
		return func(f *card.Face) {
			until := now.Add(good)
			f.Signals = append(f.Signals, card.SignalFace{Key: "build", State: state, ExpiresAt: &until})
		}
	}
	blocked := func(f *card.Face) { f.Blockers = []card.BlockerFace{{ID: "b"}} }
	for _, x := range []struct {
		name  string
		cards []card.Face
		over  []string
		lists []string // whose checklist ran out
		want  string   // reason:id, in order; the healthy ones after |
	}{
		{name: "an empty board", want: ""},
		{name: "one healthy card", cards: []card.Face{c("a", "build", 2)}, want: "| a"},
		{name: "each reason, in the order of reasons", cards: []card.Face{
			c("healthy", "build", 1), c("limit", "review", 1), c("aging", "build", 8), c("over", "build", 12), c("due", "build", 1, due("2026-03-25")),
			c("blocked", "build", 1, blocked), c("fire", "build", 1, class(board.Expedite))}, over: []string{"review"},
			want: "expedite:fire blocked:blocked due:due over_sle:over aging:aging over_limit:limit | healthy"},
		{name: "the first true reason counts", cards: []card.Face{
			c("a", "review", 20, blocked, due("2026-03-21"), class(board.Expedite)), c("b", "review", 20, blocked, due("2026-03-21")), c("d", "review", 20, due("2026-03-21"))},
			over: []string{"review"}, want: "expedite:a blocked:b due:d |"},
		{name: "right to left, then the oldest", cards: []card.Face{
			c("build-old", "build", 3, blocked), c("build-new", "build", 1, blocked), c("review-new", "review", 1, blocked), c("review-old", "review", 2, blocked)},
			want: "blocked:review-old blocked:review-new blocked:build-old blocked:build-new |"},
		{name: "a tie goes by id", cards: []card.Face{c("b", "build", 2, blocked), c("a", "build", 2, blocked), c("c", "build", 2, blocked)},
			want: "blocked:a blocked:b blocked:c |"},
		{name: "what is old goes by its share, whatever its column", cards: []card.Face{c("nine", "review", 9), c("eleven", "build", 11), c("seven", "review", 7), c("ten", "build", 10)},
			want: "over_sle:eleven aging:ten aging:nine aging:seven |"},
		{name: "the same share goes right to left, then the oldest, then by id", cards: []card.Face{c("b", "build", 8), c("r", "review", 8), c("a", "build", 8)},
			want: "aging:r aging:a aging:b |"},
		{name: "aging begins at seventy percent", cards: []card.Face{c("seven", "build", 7), c("six", "build", 6)}, want: "aging:seven | six"},
		{name: "what nothing is expected of is never old", cards: []card.Face{c("a", "build", 400, class(board.Intangible))}, want: "| a"},
		{name: "a date counts from seven days before on, and when it has passed", cards: []card.Face{
			c("eight", "build", 1, due("2026-03-28")), c("seven", "build", 1, due("2026-03-27")), c("past", "review", 1, due("2026-03-01"))},
			want: "due:past due:seven | eight"},
		{name: "expedite is walked where nobody has begun it", cards: []card.Face{c("fire", "ready", 0, class(board.Expedite)), c("other", "build", 3, class(board.Expedite))},
			want: "expedite:other expedite:fire |"},
		{name: "only the columns over their limit", cards: []card.Face{c("a", "build", 1), c("b", "review", 1)}, over: []string{"build"}, want: "over_limit:a | b"},
		{name: "healthy from right to left, the oldest first", cards: []card.Face{c("b1", "build", 1), c("r2", "review", 2), c("b3", "build", 3)}, want: "| r2 b3 b1"},
		{name: "a pipeline that fails, then a checklist that ran out, before a column over its limit", cards: []card.Face{
			c("limit", "review", 1), c("list", "build", 1), c("red", "build", 1, says("failed", time.Hour))}, over: []string{"review"}, lists: []string{"list"},
			want: "failing:red lapsed:list over_limit:limit |"},
		{name: "what has gone grey, runs or is well fails no more", cards: []card.Face{
			c("a", "build", 1, says("failed", -time.Hour)), c("b", "build", 1, says("running", time.Hour)), c("c", "build", 1, says("ok", time.Hour))}, want: "| a b c"},
		{name: "old and failing is old", cards: []card.Face{c("a", "build", 12, says("failed", time.Hour))}, want: "over_sle:a |"},
	} {
		t.Run(x.name, func(t *testing.T) {
			over := map[string]bool{}
			for _, id := range x.over {
				over[id] = true
			}
			lapsed := map[string]bool{}
			for _, id := range x.lists {
				lapsed[id] = true
			}
			for range 3 { // however they come
				steps, healthy := agenda(l, x.cards, over, lapsed, now)
				slices.Reverse(x.cards)
				var said []string
				for i, p := range steps {
					if p.N != i {
						t.Errorf("step %d has the number %d", i, p.N)
					}
					if p.Kind == cardStep {
						said = append(said, p.Reason+":"+p.CardID)
					}
				}
				if len(said) > 0 || len(healthy) > 0 {
					said = append(said, "|")
				}
				if got := strings.Join(append(said, healthy...), " "); got != x.want {
					t.Errorf("walked %s\n   not %s", got, x.want)
				}
				if steps[0].Kind != briefStep || steps[len(steps)-1].Kind != anythingStep {
					t.Error("it begins with the brief and ends with what is on no board")
				}
				if has := slices.ContainsFunc(steps, func(p step) bool { return p.Kind == healthyStep }); has != (len(healthy) > 0) {
					t.Error("the healthy ones are one step, when there are some")
				}
			}
		})
	}
}
