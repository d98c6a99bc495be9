package text_test

import (
	"testing"

	"trestle/server/text"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		" a \t\r\n b\u2028c\u00a0 ": "a b c", "a\u202eb\u2066c\x1b\x00\u0085": "abc", "a\u200bb\ufeff\u2060\u00ad": "ab",
		"": "", " ": "", "\u200b": "", "\u202e": "", "\u2060\u200b": "", "\u3164": "", "\u115f \u1160": "", "\u2800": "", "\u0300": "", "\u200d": "",
		"\U000e0041\U000e0042": "", "👩\u200d💻": "👩\u200d💻", "🏴\U000e0067\U000e007f": "🏴\U000e0067\U000e007f", "می\u200cخواهم": "می\u200cخواهم", "e\u0301": "e\u0301", "-": "-", "…": "…",
	} {
		if got := text.Line(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}
