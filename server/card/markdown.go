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

// More than any person writes, and less than what makes the renderer busy for seconds: quotes inside quotes,
// and signs that may open or close something within one paragraph, cost it their square.
const (
	deepQuote = 100
	manySigns = 5000
)

// tangled says whether text is too dear to render; it is then shown as it was written.
func tangled(text string) bool {
	signs := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			signs = 0
			continue
		}
		begins := len(line) - len(strings.TrimLeft(line, "> \t-+*0123456789.)")) // where quotes and items open
		quotes := strings.Count(line[:begins], ">")
		for i := range len(line) {
			switch line[i] {
			case '*', '_', '~', '[', '<':
				signs++
			}
		}
		if quotes > deepQuote || signs > manySigns {
			return true
		}
	}
	return false
}
