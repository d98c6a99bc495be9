package board

import (
	"strconv"
	"strings"
	"testing"
)

// lay makes a layout of columns from left to right; (x) is retired, and stands right of the open one before it.
// Cards start at s and finish at f.
func lay(text string) *Layout {
	l := &Layout{Board: Board{StartColumnID: "s", FinishColumnID: "f"}}
	for _, name := range strings.Fields(text) {
		id, retired := strings.CutPrefix(name, "(")
		id = strings.TrimSuffix(id, ")")
		c := Column{ID: id, RID: int64(id[0]) * 100, Retired: retired, Position: len(l.Columns)}
		if retired {
			c.Position--
			l.Retired = append(l.Retired, c)
			continue
		}
		l.Columns = append(l.Columns, c)
	}
	return l
}

func (l *Layout) text() string {
	out := map[int]string{}
	for _, c := range l.Retired {
		out[c.Position] += " (" + c.ID + ")"
	}
	all := out[-1]
	for i, c := range l.Columns {
		if c.Position != i {
			all += " " + strconv.Itoa(c.Position) + "?"
		}
		all += " " + c.ID + out[i]
	}
	return strings.TrimSpace(all)
}

// A retired column stays between its neighbours, whatever becomes of the open ones: a history that leads
// through it must not start or finish cards at another time than it did.
func TestRenumber(t *testing.T) {
	for _, c := range []struct{ before, do, after string }{
		{"a s x f", "- x", "a s (x) f"},
		{"a s x y f", "- x", "a s (x) y f"},
		{"a s f", "- a", "(a) s f"},
		{"a s f z", "- z", "a s f (z)"},
		{"a s (x) y f", "- y", "a s (x) (y) f"},
		{"a s (x) f", "- a", "(a) s (x) f"},
		{"(a) s (x) f", "+ b 0", "(a) b s (x) f"},
		{"a s (x) f", "+ b 2", "a s (x) b f"},
		{"a s y (x) f z", "> y 4", "a s (x) f z y"},
		{"a b s (x) f", "> a 1", "b a s (x) f"},
	} {
		before := lay(c.before)
		l := before.copy()
		word := strings.Fields(c.do)
		moved := ""
		take := func() Column {
			i := l.orderOf(word[1])
			col := l.Columns[i]
			l.Columns = append(l.Columns[:i:i], l.Columns[i+1:]...)
			return col
		}
		put := func(col Column) {
			i, _ := strconv.Atoi(word[2])
			l.Columns = append(l.Columns[:i:i], append([]Column{col}, l.Columns[i:]...)...)
		}
		switch word[0] {
		case "-":
			gone := take()
			gone.Retired = true
			l.Retired = append(l.Retired, gone)
		case "+":
			put(Column{ID: word[1], RID: int64(word[1][0]) * 100})
		case ">":
			moved = word[1]
			put(take())
		}
		l.Renumber(before, moved)
		if got := l.text(); got != c.after {
			t.Errorf("%s, then %s: %s, want %s", c.before, c.do, got, c.after)
		}
		if word[0] != ">" && !before.SamePoints(l) {
			t.Errorf("%s, then %s: the points have moved", c.before, c.do)
		}
	}
}

func TestCheckZone(t *testing.T) {
	if err := checkZone("body.timeZone", "Europe/Berlin"); err != nil {
		t.Error(err)
	}
	for _, odd := range []string{"", "Local", "localtime", "posixrules", "Factory", "Mars/Olympus"} {
		if checkZone("body.timeZone", odd) == nil {
			t.Errorf("%q passes", odd)
		}
	}
}
