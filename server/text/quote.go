package text

import "strings"

var quoted = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`)

// Quote is somebody's words on one line of Markdown, in which nothing is read as Markdown's own.
func Quote(s string) string { return quoted.Replace(strings.Join(strings.Fields(s), " ")) }
