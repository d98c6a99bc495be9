package notice

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"trestle/server/account"
	"trestle/server/outbox"
)

// letter writes the mail that tells these notices, oldest first.
func (s *Service) letter(ctx context.Context, personID string, to account.Reach, notices []line, j outbox.Job) (Letter, error) {
	token, err := s.account.SignNoMail(ctx, personID)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{ToName: to.Name, ToAddress: to.Email, ID: fmt.Sprintf("notice.%d", j.ID),
		EndURL: s.base + "/api/v1/notices/no-mail?t=" + url.QueryEscape(token)}
	told := struct {
		Base, End string
		Items     []letterItem
		More      int
	}{Base: s.base, End: s.base + "/no-mail#" + token}
	for i := len(notices) - 1; i >= 0; i-- { // taken newest first
		n := notices[i]
		if len(told.Items) == mailMost {
			told.More = i + 1
			break
		}
		told.Items = append(told.Items, letterItem{Title: oneLine(n.Title), Card: cardWords(n), Text: clip(oneLine(n.Text), 300), By: oneLine(n.ActorName), URL: s.base + n.Link})
	}
	l.Subject = clip(told.Items[0].Title, 120)
	if n := len(notices); n > 1 {
		l.Subject = fmt.Sprintf("%d notices: %s", n, clip(told.Items[0].Title, 90))
	}
	var text strings.Builder
	for _, i := range told.Items {
		fmt.Fprintf(&text, "%s\n", i.Title)
		if i.Card != "" {
			fmt.Fprintf(&text, "  %s\n", i.Card)
		}
		if i.Text != "" {
			fmt.Fprintf(&text, "  > %s\n", i.Text)
		}
		if i.By != "" {
			fmt.Fprintf(&text, "  by %s\n", i.By)
		}
		fmt.Fprintf(&text, "  %s\n\n", i.URL)
	}
	if told.More > 0 {
		fmt.Fprintf(&text, "And %d more: %s/inbox\n\n", told.More, s.base)
	}
	fmt.Fprintf(&text, "-- \nWhat reaches you how: %s/settings/notices\nNo more mail at all: %s\n", s.base, told.End)
	l.Text = text.String()
	var html bytes.Buffer
	err = letterHTML.Execute(&html, told)
	l.HTML = html.String()
	return l, err
}

type letterItem struct{ Title, Card, Text, By, URL string }

func cardWords(n line) string {
	if n.CardTitle == "" {
		return n.CardKey
	}
	return n.CardKey + " " + oneLine(n.CardTitle)
}

// oneLine folds white space: what people wrote never ends a line of a header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Mail programs know little of style sheets, hence the attributes; nothing is fetched from anywhere.
var letterHTML = template.Must(template.New("letter").Parse(`<!doctype html><html lang="en"><body style="margin:0;padding:24px 16px;background:#f3f1ec;color:#1c1a16;font:15px/22px system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto">
{{range .Items}}<div style="margin:0 0 12px;padding:14px 16px;border:1px solid #dcd8cf;border-radius:10px;background:#fff">
<a href="{{.URL}}" style="color:#0e6355;font-weight:600">{{.Title}}</a>
{{with .Card}}<div style="color:#524e46;font-size:13px">{{.}}</div>{{end}}
{{with .Text}}<blockquote style="margin:8px 0;padding:0 0 0 10px;border-left:3px solid #dcd8cf;color:#524e46">{{.}}</blockquote>{{end}}
{{with .By}}<div style="color:#655f55;font-size:13px">by {{.}}</div>{{end}}
</div>
{{end}}{{with .More}}<p>And {{.}} more in <a href="{{$.Base}}/inbox" style="color:#0e6355">your inbox</a>.</p>{{end}}
<p style="color:#655f55;font-size:13px"><a href="{{.Base}}/settings/notices" style="color:#655f55">What reaches you how</a> · <a href="{{.End}}" style="color:#655f55">No more mail at all</a></p>
</div></body></html>
`))
