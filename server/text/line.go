// Package text cleans what people type where one line is expected: names and titles.
package text

import (
	"strings"
	"unicode"
)

// Line is s on one line: white space as single blanks, without control characters, without signs that turn the direction
// of what follows, and without blanks of no width. It is "" when nothing of it can be seen, so that nothing has a name
// that nobody can read or click.
func Line(s string) string {
	seen := false
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case Hidden(r), r == 0x00ad, r == 0x200b, r >= 0x2060 && r <= 0x2064, r == 0xfeff:
			return -1
		}
		seen = seen || visible(r)
		return r
	}, s)
	if !seen {
		return ""
	}
	return strings.Join(strings.Fields(s), " ")
}

// Hidden says whether a sign does something to a line instead of standing in it: a control character, or one that turns
// the direction of what follows.
func Hidden(r rune) bool {
	return unicode.IsControl(r) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

// visible says whether a sign can be seen by itself. The fillers are letters to Unicode.
func visible(r rune) bool {
	switch r {
	case 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0:
		return false
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}
