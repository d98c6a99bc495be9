package port

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"time"

	"trestle/server/board"
	"trestle/server/card"
)

// listField is how older files call a choice; its options are the values that cards have.
const listField = "list"

func (x *fileField) read(c *checker, fields map[string]bool) inField {
	out := inField{id: c.id("custom fields", x.ID, fields), name: c.name("a custom field", x.Name, 200), unit: c.text("a unit", x.Unit, 12),
		kind: c.oneOf("a custom field's type", x.Type, append([]string{listField}, board.FieldTypes...)...), onFace: x.OnFace, retiredAt: c.maybe(x.RetiredAt)}
	ids := map[string]bool{}
	for _, o := range x.Options {
		if o.ID == "" || len(o.ID) > 400 || ids[o.ID] {
			c.fail("two options of a field in it have the same id, or none")
		}
		ids[o.ID] = true
		out.options = append(out.options, board.Option{ID: o.ID, Name: c.name("an option", o.Name, 200)})
	}
	return out
}

// optionsFromValues gives choices without options those that their cards have.
func optionsFromValues(b *inBoard) {
	for i := range b.fields {
		f := &b.fields[i]
		if f.kind != listField {
			continue
		}
		f.kind = board.FieldChoice
		for _, c := range b.cards {
			for _, v := range c.values {
				if v.field == f.id && !slices.ContainsFunc(f.options, func(o board.Option) bool { return o.ID == v.value }) {
					f.options = append(f.options, board.Option{ID: v.value, Name: v.value})
				}
			}
		}
	}
}

// values checks that values of custom fields are what their fields can hold. A choice may hold an option that is
// offered no more.
func (c *checker) values(b *inBoard) {
	kinds := map[string]string{}
	for _, f := range b.fields {
		kinds[f.id] = f.kind
	}
	for i := range b.cards {
		for _, v := range b.cards[i].values {
			ok := true
			switch kinds[v.field] {
			case board.FieldNumber:
				n, err := strconv.ParseFloat(v.value, 64)
				ok = err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
			case board.FieldDate:
				_, err := time.Parse(time.DateOnly, v.value)
				ok = err == nil
			case board.FieldLink:
				ok = onWeb(v.value)
			case board.FieldCheckbox:
				ok = v.value == "true" || v.value == "false"
			}
			if !ok {
				c.fail("a value in it is not what its field holds: %.40q", v.value)
			}
		}
	}
}

// onWeb says whether an address leads into the web; no other is safe to click.
func onWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// families checks that parents and promoted items name cards of the file, and that nobody is a part of itself.
func (c *checker) families(b *inBoard, cards map[string]bool) {
	parent := map[string]string{}
	for i := range b.cards {
		x := &b.cards[i]
		parent[x.id] = c.ref("card", x.parent, cards)
		for _, t := range x.todos {
			c.ref("card", t.card, cards)
		}
	}
	for id := range parent {
		for at, steps := parent[id], 0; at != ""; at, steps = parent[at], steps+1 {
			if at == id || steps > len(parent) {
				c.fail("a card in it is a part of itself")
				return
			}
		}
	}
}

func (x *fileCard) readFull(c *checker, out *inCard, people map[string]bool) {
	out.parent = x.ParentID
	for _, l := range x.Links {
		if !onWeb(l.URL) {
			c.fail("a link in it is no web address")
		}
		out.links = append(out.links, inLink{c.oneOf("a link's kind", l.Kind, card.LinkKinds...), c.text("a link", l.URL, 2000), c.text("a link's title", l.Title, 200),
			c.ref("person", l.By, people), c.at(l.At)})
	}
	if h := x.Hypothesis; h != nil {
		out.hypothesis = &inHypothesis{c.text("a hypothesis", h.Believe, 2000), c.text("a hypothesis", h.Will, 2000), c.text("a hypothesis", h.KnowWhen, 2000),
			c.oneOf("an outcome", h.Outcome, "", "confirmed", "refuted", "unclear"), c.text("an outcome", h.Learned, 2000), c.ref("person", h.OutcomeBy, people), c.maybe(h.OutcomeAt)}
	}
	for _, r := range x.Revisions {
		out.revisions = append(out.revisions, inRevision{c.text("a description", r.Text, maxDescription), c.ref("person", r.AuthorID, people), c.text("a name", r.AuthorName, 200), c.at(r.At)})
	}
	for _, m := range x.Mentions {
		if m.Comment < 0 || m.Comment > len(x.Comments) || m.PersonID == "" {
			c.fail("a mention in it names nobody, or no comment")
		}
		out.mentions = append(out.mentions, inMention{c.ref("person", m.PersonID, people), c.name("a mention", m.Words, 300), c.ref("person", m.By, people), m.Comment, c.at(m.At)})
	}
	seen := map[string]bool{}
	for _, w := range x.Watchers {
		out.watchers = append(out.watchers, inWatcher{c.ref("person", c.id("watchers", w.PersonID, seen), people), w.Watching, c.at(w.At)})
	}
}
