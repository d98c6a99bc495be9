package card

import (
	"bytes"
	"net/url"
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var renderer = goldmark.New(goldmark.WithExtensions(extension.GFM)) // raw HTML stays off

var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").OnElements("input")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[a-zA-Z0-9]+$`)).OnElements("code")
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
func Markdown(text string) string {
	if text == "" {
		return ""
	}
	var b bytes.Buffer
	if err := renderer.Convert([]byte(text), &b); err != nil {
		return ""
	}
	return policy().Sanitize(b.String())
}
