package port

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"trestle/server/fault"
)

// FuzzRead feeds both readers. Whatever the file: it is refused with a fault, or it becomes a board of which
// everything that the stage relies on is true.
func FuzzRead(f *testing.F) {
	seeds, _ := filepath.Glob("testdata/*.json")
	for _, s := range seeds {
		raw, err := os.ReadFile(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range []string{``, `{}`, `[`, `{"a":{"b":[[[`, `{"format":"trestle.board/1","board":{},"cards":[]}`,
		`{"id":"x","name":"y","lists":[{"id":"a","pos":1}],"cards":[{"id":"c","idList":"gone","due":"x"}]}`,
		`{"id":"x","name":"y","lists":[{"id":"a","softLimit":"3"}],"cards":[{"id":"c","idList":"a","closed":true}],"actions":[{"type":"updateCard","date":"2025-01-01T00:00:00Z","data":{"card":{"id":"c","closed":true},"old":{"closed":false}}},{"type":"moveCardFromBoard","date":"2025-01-01T00:00:00Z","data":{"card":{"id":"c"}}}]}`,
		"{\"id\":\"x\",\"name\":\"\\u0000\",\"lists\":[{\"id\":\"a\",\"name\":\"\xff\"}],\"cards\":[]}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file := bytes.NewReader(raw)
		source, err := sniff(file)
		if err != nil {
			mustRefuse(t, err)
			return
		}
		var b *inBoard
		if source == Trello {
			in, err := readTrello(file)
			if err != nil {
				mustRefuse(t, err)
				return
			}
			var counts Counts
			b, counts, _ = in.toBoard(time.UTC, true, func(string) bool { return false })
			if counts.Cards != len(b.cards) || counts.Cards != counts.CardsOpen+counts.CardsArchived {
				t.Fatalf("%+v, %d cards", counts, len(b.cards))
			}
		} else if b, _, _, err = readTrestle(file, time.Now()); err != nil {
			mustRefuse(t, err)
			return
		}
		holds(t, b)
	})
}

func mustRefuse(t *testing.T, err error) {
	t.Helper()
	if _, ok := fault.As(err); !ok {
		t.Fatalf("not a refusal: %v", err)
	}
}

// holds checks what the stage takes for granted.
func holds(t *testing.T, b *inBoard) {
	t.Helper()
	columns, people, fields := map[string]bool{}, map[string]bool{}, map[string]bool{}
	live := 0
	for _, c := range b.columns {
		if columns[c.id] || c.name == "" || c.kind == "" || c.wip.Mode == "" {
			t.Fatalf("column %+v", c)
		}
		columns[c.id] = true
		if c.retiredAt == nil {
			live++
		}
	}
	for _, p := range b.people {
		if people[p.id] || p.name == "" {
			t.Fatalf("person %+v", p)
		}
		people[p.id] = true
	}
	for _, x := range b.fields {
		fields[x.id] = true
	}
	if live == 0 || live > 50 || b.name == "" {
		t.Fatalf("%d columns, name %q", live, b.name)
	}
	for _, c := range b.cards {
		if !columns[c.column] || c.title == "" || len([]rune(c.title)) > maxTitle || bytes.IndexByte([]byte(c.title+c.description), 0) >= 0 {
			t.Fatalf("card %+v", c)
		}
		if b.source == Trello {
			trelloHolds(t, c, columns, people)
		}
		for _, v := range c.values {
			if !fields[v.field] {
				t.Fatalf("value of an unknown field: %+v", v)
			}
		}
	}
}

// trelloHolds: a history begins once, ends where the card stands, and never runs backwards in time.
func trelloHolds(t *testing.T, c inCard, columns, people map[string]bool) {
	t.Helper()
	at, in, archived := int64(0), "", false
	for i, s := range c.steps {
		if s.at < at || (s.to != "" && !columns[s.to]) || (s.from != "" && !columns[s.from]) || (s.actor != "" && !people[s.actor]) {
			t.Fatalf("step %d of %+v", i, c)
		}
		at = s.at
		switch {
		case s.kind == "archive":
			archived = true
		case s.kind == "unarchive":
			archived = false
		default:
			in = s.to
		}
	}
	if len(c.steps) == 0 || in != c.column || archived != (c.archivedAt != nil) {
		t.Fatalf("it ends in %q, archived %v: %+v", in, archived, c)
	}
	for _, o := range c.owners {
		if !people[o.person] || (o.to != nil && *o.to < o.from) {
			t.Fatalf("owner %+v", o)
		}
	}
}
