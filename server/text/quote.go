package text

import (
	"regexp"
	"strings"
)

var (
	quoted = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "~", `\~`, "|", `\|`)
	// begins is what at the beginning of a line, or of an item of a list, makes a heading, a list or a rule of it.
	begins = regexp.MustCompile(`^(#{1,6}|[-+]|-{2,}|=+|\d{1,9}[.)])( |$)`)
)

// Quote is somebody's words on one line of Markdown, in which nothing is read as Markdown's own.
func Quote(s string) string {
	s = quoted.Replace(strings.Join(strings.Fields(s), " "))
	m := begins.FindStringSubmatchIndex(s)
	switch {
	case m == nil:
		return s
	case s[0] >= '0' && s[0] <= '9':
		return s[:m[3]-1] + `\` + s[m[3]-1:]
	}
	return `\` + s
}
