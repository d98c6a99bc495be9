package port

import (
	"slices"
	"strings"

	"trestle/server/board"
)

// valueText is a custom field's value as people read it.
func (e *exporter) valueText(f *fileField, value string) string {
	switch f.Type {
	case board.FieldChoice:
		if i := slices.IndexFunc(f.Options, func(o board.Option) bool { return o.ID == value }); i >= 0 {
			return f.Options[i].Name
		}
	case board.FieldPerson:
		if p, ok := e.people[value]; ok {
			return p.Name
		}
	}
	return value
}

// keyOf is the key of a card of this board, by its id.
func (e *exporter) keyOf(id string) (key string) {
	if id != "" { // a reading that fails fails the next one too, which says so
		_, _ = e.q.Row([]any{&key}, "SELECT key FROM cards WHERE id = ?", id)
	}
	return key
}

func (c *fileCard) linksText() string {
	var out []string
	for _, l := range c.Links {
		out = append(out, l.URL)
	}
	return strings.Join(out, " ")
}

func (h *fileHypothesis) text() string {
	if h == nil {
		return ""
	}
	return "We believe that " + h.Believe + " will " + h.Will + ". We will know when " + h.KnowWhen + "."
}

func (h *fileHypothesis) outcome() string {
	if h == nil || h.Outcome == "" {
		return ""
	}
	return strings.TrimSuffix(h.Outcome+": "+h.Learned, ": ")
}
