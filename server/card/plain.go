package card

import (
	"html"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// plainMost is how many bytes of a text are read for its excerpt, which is far shorter.
const plainMost = 4000

var bare = sync.OnceValue(bluemonday.StrictPolicy)

// Plain is the beginning of a text in Markdown as somebody would read it aloud, on one line: without the signs, for
// inboxes, mail and chats. It renders, so it has no place inside a write.
func Plain(text string) string { return plainWith(text, nil) }

// plainWith is Plain with the people whom the text names.
func plainWith(text string, names *people) string {
	if len(text) > plainMost {
		text = strings.ToValidUTF8(text[:plainMost], "")
	}
	if said := oneLine(html.UnescapeString(bare().Sanitize(markdownWith(text, names)))); said != "" {
		return said
	}
	return oneLine(text) // a picture or a line across: better its signs than nothing
}

// excerpt is the beginning of a plain text, for a notice.
func excerpt(plain string) string {
	if r := []rune(plain); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return plain
}

// excerptAt is an excerpt that begins a little before words which may come late in the text.
func excerptAt(plain, words string) string {
	if at := strings.Index(plain, words); at > 120 {
		plain = "…" + strings.ToValidUTF8(plain[at-80:], "")
	}
	return excerpt(plain)
}
