package card

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	goldrender "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// raw HTML stays off
var renderer = goldmark.New(goldmark.WithExtensions(extension.GFM),
	goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(mentionParser{}, 150))),
	goldmark.WithRendererOptions(goldrender.WithNodeRenderers(util.Prioritized(mentionRenderer{}, 500))))

var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").OnElements("input")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[a-zA-Z0-9]+$`)).OnElements("code")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^mention$`)).OnElements("span")
	p.AllowAttrs("data-person").Matching(regexp.MustCompile(`^per_[0-9a-z]{1,40}$`)).OnElements("span")
	p.RequireNoFollowOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.AllowURLSchemes("http", "https", "mailto")
	// an image from elsewhere would tell its owner who reads the card
	p.RewriteSrc(func(u *url.URL) {
		if u.Host != "" || u.Scheme != "" {
			*u = url.URL{}
		}
	})
	return p
})

// Markdown renders text to HTML that is safe to show: GitHub's Markdown without raw HTML, then a sanitiser.
func Markdown(text string) string { return markdownWith(text, nil) }

// markdownWith is Markdown with the people whom the text names.
func markdownWith(text string, names *people) string {
	if text == "" {
		return ""
	}
	if tangled(text) {
		return "<pre>" + html.EscapeString(text) + "</pre>"
	}
	var b bytes.Buffer
	if err := renderer.Convert([]byte(text), &b, parser.WithContext(names.context())); err != nil {
		return ""
	}
	return policy().Sanitize(b.String())
}

// More than any person writes, and less than what makes the renderer busy for seconds: quotes and items inside one
// another, and signs that may open or close something within one paragraph, cost it their square. A table costs its
// columns on every line, however little stands there: 20 kB can say a table of gigabytes.
const (
	deepest    = 100
	manySigns  = 5000
	emptyCells = 10_000
)

// tangled says whether text is too dear to render; it is then shown as it was written.
func tangled(text string) bool {
	signs, columns, empty := 0, 0, 0
	for line := range strings.Lines(text) {
		line = strings.Trim(line, " \t\r\n") // what the renderer takes for blank, and no more
		if line == "" {
			signs, columns = 0, 0
			continue
		}
		rest := strings.TrimLeft(line, "> \t-+*0123456789.)") // where quotes and items have been opened
		if opened(line[:len(line)-len(rest)]) > deepest {
			return true
		}
		pipes := 0
		for i := range len(line) {
			switch line[i] {
			case '*', '_', '~', '[', '<':
				signs++
			case '|':
				pipes++
			}
		}
		empty += max(0, columns-pipes-1)
		if strings.Trim(rest, " \t|:-") == "" { // it may say how many columns a table has
			columns = max(columns, pipes+1)
		}
		if signs > manySigns || empty > emptyCells {
			return true
		}
	}
	return false
}

// opened is how many quotes and items the beginning of a line may open inside one another.
func opened(begins string) (n int) {
	for i := range len(begins) {
		switch begins[i] {
		case '>':
			n++
		case '-', '+', '*', '.', ')':
			if i+1 == len(begins) || begins[i+1] == ' ' || begins[i+1] == '\t' {
				n++
			}
		}
	}
	return n
}
