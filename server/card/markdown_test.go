package card

import (
	"strings"
	"testing"
	"time"
)

// No text within the limits of a description keeps a processor busy for long, also not on every reading of a card.
func TestMarkdownIsNeverDear(t *testing.T) {
	const size = 100_000
	// measured against ordinary prose on the same machine in the same moment: what is dear costs hundreds of times that
	ordinary := time.Duration(0)
	for range 3 {
		began := time.Now()
		Markdown(strings.Repeat("A sentence about *work* in [progress](https://example.org).\n\n", size/62))
		ordinary = max(ordinary, time.Since(began))
	}
	for _, unit := range []string{"[", "![", "*a_ ", "> ", ">", "- ", "`a``", "<", "[a](", "**x ", "~~a~", "|a", "a@", "www.", "*", "a*", "_a__", "<a ", "<!--", "[a]: <b",
		"*a_ *a_ *a_ *a_ *a_ *a_ *a_ *a_ *a_ *a_\n", "> > > > > > > > > > > > > > > > > > > >\n", "[a](\n", strings.Repeat("*a_ ", 1200) + "\n\n", strings.Repeat("[a](", 1200) + "\n\n",
		strings.Repeat(">", 99) + "a\n", strings.Repeat(">", 99) + "a\n\n", "- a\n\n  [a](*b_ ", "1. *a_\n", "- > ", "1. > ", strings.Repeat("- ", 200) + "a\n\n", strings.Repeat("- ", 99) + "a\n\n", "1. ", "* + ",
		strings.Repeat("*a_ ", 1200) + "\n\u00a0\n", "|`a\\|`",
		strings.Repeat("|a", 200) + "\n" + strings.Repeat("|-", 200) + "\n" + strings.Repeat("a\n", 50) + "\n"} {
		began := time.Now()
		Markdown(strings.Repeat(unit, size/len(unit)))
		if took := time.Since(began); took > 100*ordinary && took > time.Second {
			t.Errorf("%.20q takes %v, ordinary text %v", unit, took, ordinary)
		}
	}
	columns := func(n int) string { return strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" }
	for _, dear := range []string{columns(3000) + strings.Repeat("a\n", 3000), "> " + strings.ReplaceAll(columns(3000), "\n", "\n> ") + strings.Repeat("a\n> ", 3000),
		strings.Repeat(columns(300)+strings.Repeat("|\n", 100)+"\n", 10), columns(3000) + strings.Repeat("\u00a0\n", 3000)} {
		if !tangled(dear) { // never rendered here: it would take gigabytes
			t.Errorf("a table of millions of empty cells would be rendered: %.20q", dear)
		}
	}
	for text, want := range map[string]string{
		columns(20) + strings.Repeat("|a|b|c|\n", 300): "<table>",
		strings.Repeat("- - - - - - - -\n\n", 300):     "<hr>",
		strings.Repeat("*a_ ", 5000) + "<b>":           "<pre>*a_ *a_",
		strings.Repeat(">", 101) + "<b>":               "<pre>&gt;&gt;",
		strings.Repeat("**a** ", 1000):                 "<p><strong>a</strong>",
		strings.Repeat("> ", 20) + "a":                 "<blockquote>",
		strings.Repeat("a -> ", 500):                   "<p>a -&gt; a",
	} {
		if got := Markdown(text); !strings.HasPrefix(got, want) || strings.Contains(got, "<b>") {
			t.Errorf("%.20q: %.60q", text, got)
		}
	}
}
