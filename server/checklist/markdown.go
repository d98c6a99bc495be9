package checklist

import (
	"context"
	"fmt"
	"strings"

	"trestle/server/text"
)

// Markdown tells a checklist in words: every item that is asked, with what was answered and by whom.
func (s *Service) Markdown(ctx context.Context, id string) (Words, error) {
	v, err := s.Get(ctx, id)
	if err != nil {
		return Words{}, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s · level %s · phase %s · %s, version %d", text.Quote(v.Name), text.Quote(v.Team.Name), v.Level, strings.ReplaceAll(v.Phase, "_", "-"), text.Quote(v.Template.Name), v.Template.Version)
	if v.LaunchOn != "" {
		b.WriteString(" · launch " + v.LaunchOn)
	}
	if v.FrozenAt != nil {
		b.WriteString(" · frozen " + v.FrozenAt.Format("2006-01-02"))
	}
	fmt.Fprintf(&b, "\n\nBlocking: %d\n", v.Blocking)
	for _, t := range v.Topics {
		fmt.Fprintf(&b, "\n## %s (blocking: %d)\n", t.Name, t.Blocking)
		for _, it := range t.Items {
			if it.Skipped || !it.Must && it.State == Unanswered {
				continue
			}
			fmt.Fprintf(&b, "\n### %s %s\n\n", it.Key, text.Quote(it.Question))
			it.tell(&b)
		}
	}
	return Words{b.String()}, nil
}

// states are how an item stands, in words.
var states = map[string]string{Unanswered: "To answer", Answered: "Explained, to understand", Understood: "Understood", Questioned: "Pushed back", Gap: "Gap", NA: "Not applicable"}

// whys are what an item lacks, in words.
var whys = map[string]string{ToConfirm: "to confirm", GapOver: "the gap is over", Stale: "the evidence has run out"}

func (it *Item) tell(b *strings.Builder) {
	b.WriteString("- **" + states[it.State] + "**")
	if why := whys[it.Why]; why != "" {
		b.WriteString(", " + why)
	}
	b.WriteString("\n")
	line := func(what string, by *By) {
		if by != nil {
			fmt.Fprintf(b, "- %s %s, %s\n", what, text.Quote(by.Person.Name), by.At.Format("2006-01-02"))
		}
	}
	said, proof := it.Text, it.Proof
	if h := it.Inherited; h != nil {
		fmt.Fprintf(b, "- From the service %s\n", text.Quote(h.Service.Name))
		line("Explained by", h.ExplainedBy)
		line("Understood by", h.UnderstoodBy)
		line("Still true, says", it.StillTrue)
		said, proof = h.Text, h.Proof
	} else {
		line("Explained by", it.ExplainedBy)
		line("Understood by", it.UnderstoodBy)
	}
	for _, m := range []*Remark{it.Asked, it.NA} {
		if m != nil {
			fmt.Fprintf(b, "- %s: %s\n", text.Quote(m.Person.Name), text.Quote(m.Text))
		}
	}
	if g := it.Gap; g != nil {
		fmt.Fprintf(b, "- Accepted until %s by %s: %s", g.Until, text.Quote(g.Person.Name), text.Quote(g.Why))
		if g.Card != nil {
			b.WriteString(" (" + g.Card.Key + ")")
		}
		b.WriteString("\n")
	}
	for _, p := range proof {
		p.tell(b)
	}
	if said != "" {
		b.WriteString("\n> " + strings.ReplaceAll(strings.ReplaceAll(said, "<", "\\<"), "\n", "\n> ") + "\n")
	}
}

func (p Proof) tell(b *strings.Builder) {
	switch {
	case p.Type == "diagram": // a fence longer than any in it
		fence := "```"
		for strings.Contains(p.Value, fence) {
			fence += "`"
		}
		b.WriteString("\n" + fence + "mermaid\n" + p.Value + "\n" + fence + "\n\n")
		return
	case p.Person != nil:
		b.WriteString("- " + text.Quote(p.Person.Name))
	case p.Type == "link":
		b.WriteString("- <" + strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "").Replace(p.Value) + ">")
		if p.Label != "" {
			b.WriteString(" " + text.Quote(p.Label))
		}
	default:
		b.WriteString("- " + text.Quote(strings.TrimSpace(p.Label+" "+p.Value+" "+p.Unit)))
	}
	if p.ExpiresOn != "" {
		b.WriteString(", good until " + p.ExpiresOn)
	}
	b.WriteString("\n")
}
