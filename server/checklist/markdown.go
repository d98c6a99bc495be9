package checklist

import (
	"context"
	"fmt"
	"slices"
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
	var services []string
	for _, s := range v.Services {
		name := text.Quote(s.Name)
		if s.Gone {
			name += " (archived)"
		}
		services = append(services, name)
	}
	if len(services) > 0 {
		b.WriteString(" · services " + strings.Join(services, ", "))
	}
	fmt.Fprintf(&b, "\n\nBlocking: %d\n", v.Blocking)
	if says := v.Excused.Says(); says != "" {
		b.WriteString("\nCounts without an answer that somebody understood: " + says + "\n")
	}
	for _, t := range v.Topics {
		fmt.Fprintf(&b, "\n## %s (blocking: %d)\n", t.Name, t.Blocking)
		for _, it := range t.Items {
			if it.Skipped || !it.Must && it.State == Unanswered {
				continue
			}
			fmt.Fprintf(&b, "\n### %s %s\n\n", it.Key, text.Quote(it.Question))
			if i := slices.IndexFunc(v.Origins, func(o Origin) bool { return o.Proposal == it.Proposal }); i >= 0 {
				v.Origins[i].tell(&b)
			}
			it.tell(&b)
		}
	}
	return Words{b.String()}, nil
}

// states are how an item stands, in words.
var states = map[string]string{Unanswered: "To answer", Answered: "Explained, to understand", Understood: "Understood", Questioned: "Pushed back", Gap: "Gap", NA: "Not applicable"}

// whys are what an item lacks, in words.
var whys = map[string]string{ToConfirm: "to confirm", GapOver: "the gap is over", Stale: "the evidence has run out"}

// tell tells where an item comes from.
func (o *Origin) tell(b *strings.Builder) {
	from := ""
	if o.Source != nil {
		from = " after a " + o.Source.Kind
		if o.Source.Title != "" {
			from += " of " + text.Quote(o.Source.Team) + ", " + text.Quote(o.Source.Title)
		}
	}
	fmt.Fprintf(b, "- Asked since %s proposed it%s, %s: %s\n", text.Quote(o.By.Name), from, o.At.Format("2006-01-02"), text.Quote(o.Why))
}

func (it *Item) tell(b *strings.Builder) {
	b.WriteString("- **" + states[it.State] + "**")
	if why := whys[it.Why]; why != "" {
		b.WriteString(", " + why)
	}
	b.WriteString("\n")
	if it.inherits() {
		for i := range it.Services {
			it.Services[i].tell(b)
		}
		return
	}
	if len(it.Services) > 0 && it.Differs {
		b.WriteString("- Answered here, because it differs from what the services answer\n")
	}
	signed(b, "Explained by", it.ExplainedBy)
	signed(b, "Understood by", it.UnderstoodBy)
	it.Without.tell(b)
	it.Asked.reason(b, "Asked back by")
	it.NA.reason(b, "Does not apply, says")
	it.Gap.tell(b)
	told(b, it.Text, it.Proof)
}

// tell tells what one service answers.
func (s *ServiceAnswer) tell(b *strings.Builder) {
	fmt.Fprintf(b, "\n#### From the service %s: ", text.Quote(s.Service.Name))
	if s.Service.Gone {
		b.WriteString("archived, it does not count here; ")
	}
	b.WriteString(strings.ToLower(states[s.State]))
	if s.GapUntil != "" && s.Gap == nil {
		b.WriteString(", accepted until " + s.GapUntil)
	}
	switch why := whys[s.Why]; {
	case s.Changed:
		b.WriteString(", answered anew since somebody said that it is still true")
	case s.Why == ToConfirm && s.State != Answered: // it counts where it stands
		b.WriteString(", nobody has said that it is still true")
	case why != "":
		b.WriteString(", " + why)
	}
	b.WriteString("\n\n")
	signed(b, "Explained by", s.ExplainedBy)
	signed(b, "Understood by", s.UnderstoodBy)
	s.Without.tell(b)
	s.Asked.reason(b, "Asked back by")
	s.NA.reason(b, "Does not apply, says")
	s.Gap.tell(b)
	if !s.Changed {
		signed(b, "Still true, says", s.StillTrue)
	}
	told(b, s.Text, s.Proof)
}

func signed(b *strings.Builder, what string, by *By) {
	if by != nil {
		fmt.Fprintf(b, "- %s %s, %s\n", what, by.named(), by.At.Format("2006-01-02"))
	}
}

// named is who it was, and for whom they stood in.
func (by *By) named() string {
	if by.For != nil {
		return text.Quote(by.Person.Name) + " for " + text.Quote(by.For.Name)
	}
	return text.Quote(by.Person.Name)
}

// tell says why something was understood without evidence.
func (r *Remark) tell(b *strings.Builder) {
	if r != nil {
		fmt.Fprintf(b, "- Understood without the evidence that is asked for, %s: %s\n", text.Quote(r.Person.Name), text.Quote(r.Text))
	}
}

// reason tells what somebody asked, or why something does not apply.
func (r *Remark) reason(b *strings.Builder, what string) {
	if r != nil {
		fmt.Fprintf(b, "- %s %s, %s: %s\n", what, r.named(), r.At.Format("2006-01-02"), text.Quote(r.Text))
	}
}

func (g *GapView) tell(b *strings.Builder) {
	if g == nil {
		return
	}
	fmt.Fprintf(b, "- Accepted until %s by %s, %s: %s", g.Until, text.Quote(g.Person.Name), g.At.Format("2006-01-02"), text.Quote(g.Why))
	if g.Card != nil {
		b.WriteString(" (" + g.Card.Key + ")")
	}
	b.WriteString("\n")
}

// told is what was answered, and its evidence.
func told(b *strings.Builder, said string, proof []Proof) {
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
