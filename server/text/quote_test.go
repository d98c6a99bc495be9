package text_test

import (
	"testing"

	"trestle/server/text"
)

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"plain words, no. 5 - R&D": "plain words, no. 5 - R&D", " a\n b ": "a b", "": "",
		"*a* _b_ `c` \\": `\*a\* \_b\_ ` + "\\`c\\`" + ` \\`, "[x](javascript:1) <img>": `\[x\](javascript:1) \<img\>`,
		"~~gone~~": `\~\~gone\~\~`, "a | b": `a \| b`,
		"# Big": `\# Big`, "#": `\#`, "#tag": "#tag", "C# is": "C# is", "- x": `\- x`, "+ x": `\+ x`, "-5 degrees": "-5 degrees", "---": `\---`, "==": `\==`,
		"1. first": `1\. first`, "20) x": `20\) x`, "3.14 is": "3.14 is", "2026 plan": "2026 plan",
	} {
		if got := text.Quote(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}
