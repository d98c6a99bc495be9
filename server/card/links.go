package card

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/fault"
	"trestle/server/store"
)

// LinkKinds in the order in which they are offered.
var LinkKinds = []string{"commit", "merge_request", "ticket", "document", "dashboard", "other"}

// MaxLinks is how many a card holds.
const MaxLinks = 100

// LinkView is a link from a card to the world outside.
type LinkView struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind" enum:"commit,merge_request,ticket,document,dashboard,other"`
	URL   string    `json:"url"`
	Title string    `json:"title,omitempty"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

// NewLink is a link to be added.
type NewLink struct {
	URL   string `json:"url" minLength:"1" maxLength:"2000"`
	Kind  string `json:"kind,omitempty" required:"false" enum:"commit,merge_request,ticket,document,dashboard,other" doc:"Absent = guessed from the address"`
	Title string `json:"title,omitempty" required:"false" maxLength:"200"`
}

// LinkPatch changes a link.
type LinkPatch struct {
	URL   *string `json:"url,omitempty" required:"false" minLength:"1" maxLength:"2000"`
	Kind  *string `json:"kind,omitempty" required:"false" enum:"commit,merge_request,ticket,document,dashboard,other"`
	Title *string `json:"title,omitempty" required:"false" maxLength:"200"`
}

// Linked is a new link with its card.
type Linked struct {
	Link LinkView `json:"link"`
	Changed
}

func cleanAddress(s string) (*url.URL, error) {
	u, ok := webAddress(strings.TrimSpace(s))
	if !ok || utf8.RuneCountInString(s) > maxValue {
		return nil, fault.Invalid("body.url", "A link begins with https:// or http://")
	}
	u.User = nil // a password in an address would be shown to everybody
	return u, nil
}

// kindPaths are what addresses of a kind look like, the first that fits counts.
var kindPaths = []struct {
	kind string
	fits *regexp.Regexp
}{
	{"merge_request", regexp.MustCompile(`/(merge_requests|pull|pulls|pull-requests|pullrequest)/\d+`)},
	{"commit", regexp.MustCompile(`/(commit|commits)/[0-9a-f]{6,}`)},
	{"dashboard", regexp.MustCompile(`grafana|kibana|datadoghq|/d/[\w-]+/|/dashboards?(/|$)|prometheus`)},
	{"ticket", regexp.MustCompile(`/browse/[A-Z][A-Z0-9]+-\d+|/issues?/\d+|/tickets?/|zendesk|service-now\.com|servicedesk|/c/[A-Z][A-Z0-9]*-\d+`)},
	{"document", regexp.MustCompile(`docs\.google\.com|/wiki/|confluence|notion\.(so|site)|sharepoint|/docs?/|\.(pdf|docx?|xlsx?|pptx?|md|odt)$`)},
}

// guessKind guesses what an address leads to.
func guessKind(u *url.URL) string {
	where := u.Host + u.Path
	for _, k := range kindPaths {
		if k.fits.MatchString(where) {
			return k.kind
		}
	}
	return "other"
}

// AddLink adds a link to a card.
func (s *Service) AddLink(ctx context.Context, idOrKey string, n NewLink) (Linked, error) {
	u, err := cleanAddress(n.URL)
	if err != nil {
		return Linked{}, err
	}
	return onCard(ctx, s, idOrKey, toWork, func(e *edit) (Linked, error) {
		if err := e.live(); err != nil {
			return Linked{}, err
		}
		if e.card.Face.Links >= MaxLinks {
			return Linked{}, fault.Conflict("too_many_links", "A card holds at most %d links.", MaxLinks)
		}
		v := LinkView{ID: store.NewID("lnk"), Kind: n.Kind, URL: u.String(), Title: oneLine(n.Title), By: e.tx.ActorID, At: e.tx.Now}
		if v.Kind == "" {
			v.Kind = guessKind(u)
		}
		if _, err := e.tx.Exec("INSERT INTO card_links (id, card_rid, kind, url, title, actor_id, at) VALUES (?,?,?,?,?,?,?)",
			v.ID, e.card.RID, v.Kind, v.URL, v.Title, v.By, store.Ms(v.At)); err != nil {
			return Linked{}, err
		}
		out, err := e.saved("card.updated", map[string]any{"fields": []string{"links"}, "said": "added " + v.called()}, "links")
		return Linked{v, out}, err
	})
}

// ChangeLink changes a link's address, kind or title.
func (s *Service) ChangeLink(ctx context.Context, linkID string, p LinkPatch) (Changed, error) {
	return s.onPart(ctx, "card_links", "link", linkID, toWork, func(e *edit, rid int64) (Changed, error) {
		var was LinkView
		found, err := e.tx.Row([]any{&was.Kind, &was.URL, &was.Title}, "SELECT kind, url, title FROM card_links WHERE rid = ? AND removed_at IS NULL", rid)
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return Changed{}, fault.NotFound("link")
		}
		now := was
		if p.URL != nil {
			u, err := cleanAddress(*p.URL)
			if err != nil {
				return Changed{}, err
			}
			now.URL = u.String()
		}
		if p.Kind != nil {
			now.Kind = *p.Kind
		}
		if p.Title != nil {
			now.Title = oneLine(*p.Title)
		}
		if now == was {
			return e.unchanged(), nil
		}
		if _, err := e.tx.Exec("UPDATE card_links SET kind = ?, url = ?, title = ? WHERE rid = ?", now.Kind, now.URL, now.Title, rid); err != nil {
			return Changed{}, err
		}
		said := "changed " + was.called()
		if was.called() != now.called() {
			said += " to " + now.called()
		}
		return e.saved("card.updated", map[string]any{"fields": []string{"links"}, "said": said}, "links")
	})
}

// RemoveLink takes a link away.
func (s *Service) RemoveLink(ctx context.Context, linkID string) (Changed, error) {
	return s.onPart(ctx, "card_links", "link", linkID, toWork, func(e *edit, rid int64) (Changed, error) {
		var was LinkView
		found, err := e.tx.Row([]any{&was.Kind, &was.URL, &was.Title}, "SELECT kind, url, title FROM card_links WHERE rid = ? AND removed_at IS NULL", rid)
		if err != nil {
			return Changed{}, err
		}
		if !found {
			return e.unchanged(), nil
		}
		if _, err := e.tx.Exec("UPDATE card_links SET removed_at = ? WHERE rid = ?", store.Ms(e.tx.Now), rid); err != nil {
			return Changed{}, err
		}
		return e.saved("card.updated", map[string]any{"fields": []string{"links"}, "said": "removed " + was.called()}, "links")
	})
}

var linkWords = map[string]string{"commit": "a link to a commit", "merge_request": "a link to a merge request", "ticket": "a link to a ticket",
	"document": "a link to a document", "dashboard": "a link to a dashboard", "other": "a link"}

// called is how the card's history names a link: what it leads to, and its title or else where.
func (v LinkView) called() string {
	name := v.Title
	if name == "" {
		name = strings.TrimPrefix(strings.TrimPrefix(v.URL, "https://"), "http://")
	}
	if r := []rune(name); len(r) > 80 {
		name = string(r[:79]) + "…"
	}
	return linkWords[v.Kind] + ": “" + name + "”"
}

func linksOf(q *store.Query, cardRID int64) ([]LinkView, error) {
	out := []LinkView{}
	err := q.Each(func(scan func(...any) error) error {
		var v LinkView
		var at int64
		err := scan(&v.ID, &v.Kind, &v.URL, &v.Title, &v.By, &at)
		v.At = store.At(at)
		out = append(out, v)
		return err
	}, "SELECT id, kind, url, title, actor_id, at FROM card_links WHERE card_rid = ? AND removed_at IS NULL ORDER BY rid", cardRID)
	return out, err
}
