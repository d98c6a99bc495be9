package retro

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trestle/server/fault"
	"trestle/server/text"
)

// finished reads a retro for a copy of it, which there is once it is published.
func (s *Service) finished(ctx context.Context, id string) (View, error) {
	v, err := s.Get(ctx, id)
	if err == nil && v.Retro.Phase != Published {
		err = fault.Conflict("not_published", "There is a summary once the retro is published.")
	}
	return v, err
}

// Summary is a retro in Markdown.
func (s *Service) Summary(ctx context.Context, id string) (string, error) {
	v, err := s.finished(ctx, id)
	if err != nil {
		return "", err
	}
	return v.markdown(), nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// attendance counts who was there, by discipline.
func (v View) attendance() string {
	by := map[string]int{}
	for _, p := range v.People {
		by[p.Discipline]++
	}
	var parts []string
	for _, d := range []string{"development", "operations", "security", "product", "quality", "other"} {
		if by[d] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", by[d], d))
		}
	}
	if len(parts) == 0 {
		return plural(len(v.People), "person", "people")
	}
	return plural(len(v.People), "person", "people") + ": " + strings.Join(parts, ", ")
}

// day writes a date as people do.
func day(date string) string {
	if at, err := time.Parse(time.DateOnly, date); err == nil {
		return at.Format("2 Jan 2006")
	}
	return date
}

// markdown tells a retro in the order of what matters afterwards.
func (v View) markdown() string {
	var b strings.Builder
	r := v.Retro
	fmt.Fprintf(&b, "# %s\n\n%s, %s, %s. %s.\n", text.Quote(r.Title), text.Quote(r.TeamName), text.Quote(r.BoardName), r.CreatedAt.Format("2 January 2006"), v.attendance())
	if len(v.Carried) > 0 {
		b.WriteString("\n## Last time's actions\n\n")
		for _, c := range v.Carried {
			fmt.Fprintf(&b, "- **%s** %s: %s", c.CardKey, text.Quote(c.Title), c.State)
			if c.State == Kept || c.State == Reowned {
				fmt.Fprintf(&b, " (%s)", text.Quote(c.OwnerName))
				if c.DueWas != "" {
					fmt.Fprintf(&b, ", due %s instead of %s", day(c.DueOn), day(c.DueWas))
				}
			}
			if c.Why != "" {
				fmt.Fprintf(&b, ". %s", text.Quote(c.Why))
			}
			b.WriteString("\n")
		}
	}
	v.topics(&b, "What we talked about", discussed)
	b.WriteString("\n## Actions\n\n")
	if len(v.Actions) == 0 {
		b.WriteString("None this time.\n")
	} else {
		b.WriteString("| Action | Owner | Due | How we will know | Card |\n| --- | --- | --- | --- | --- |\n")
		for _, a := range v.Actions {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | [%s](/c/%s) |\n", text.Quote(a.Title), text.Quote(a.OwnerName), day(a.DueOn), text.Quote(a.Signal), a.CardKey, a.CardKey)
		}
	}
	v.topics(&b, "Not reached", parked)
	if len(v.Notes) > 0 {
		b.WriteString("\n## Notes\n")
	}
	for _, c := range v.Columns {
		if !slices.ContainsFunc(v.Notes, func(n NoteView) bool { return n.Column == c.Key }) {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", text.Quote(c.Title), text.Quote(c.Prompt))
		for _, n := range v.Notes {
			if n.Column != c.Key {
				continue
			}
			fmt.Fprintf(&b, "- %s", text.Quote(n.Text))
			if n.Author != nil {
				fmt.Fprintf(&b, " (%s)", text.Quote(n.Author.Name))
			}
			if n.Late {
				b.WriteString(", added after the reveal")
			}
			b.WriteString("\n")
		}
	}
	if v.Close.Roti != nil {
		fmt.Fprintf(&b, "\nTime well spent: %.1f of 5 (%d answers).\n", v.Close.Roti.Mean, v.Close.Roti.N)
	}
	if v.Close.Safety != nil {
		fmt.Fprintf(&b, "Safe to speak: %.1f of 5 (%d answers).\n", v.Close.Safety.Mean, v.Close.Safety.N)
	}
	return b.String()
}

func (v View) topics(b *strings.Builder, title, state string) {
	if !slices.ContainsFunc(v.Groups, func(g GroupView) bool { return g.State == state }) {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, g := range v.Groups {
		if g.State != state {
			continue
		}
		fmt.Fprintf(b, "- **%s** (%s, %s)", text.Quote(g.Title), plural(*g.Votes, "vote", "votes"), plural(len(g.NoteIDs), "note", "notes"))
		if g.Said != "" {
			fmt.Fprintf(b, ": %s", text.Quote(g.Said))
		}
		b.WriteString("\n")
	}
}

// CSV is a retro as a table: one line per note, group, action and carried action.
func (s *Service) CSV(ctx context.Context, id string) (name string, file []byte, err error) {
	v, err := s.finished(ctx, id)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	line := func(cells ...string) {
		for i := range cells {
			cells[i] = text.Cell(cells[i])
		}
		_ = w.Write(cells) // into memory
	}
	line("kind", "column", "group", "text", "votes", "state", "author", "owner", "dueOn", "signal", "card", "carried")
	titles, groups := map[string]string{}, map[string]string{}
	for _, c := range v.Columns {
		titles[c.Key] = c.Title
	}
	for _, g := range v.Groups {
		groups[g.ID] = g.Title
		line("group", titles[g.Column], g.Title, g.Said, strconv.Itoa(*g.Votes), g.State, "", "", "", "", "", "")
	}
	for _, n := range v.Notes {
		author := ""
		if n.Author != nil {
			author = n.Author.Name
		}
		state := ""
		if n.Late {
			state = "added after the reveal"
		}
		line("note", titles[n.Column], groups[n.GroupID], n.Text, "", state, author, "", "", "", "", "")
	}
	for _, a := range v.Actions {
		line("action", "", "", a.Title, "", a.State, "", a.OwnerName, a.DueOn, a.Signal, a.CardKey, "")
	}
	for _, c := range v.Carried {
		line("carried", "", "", c.Title, "", c.State, "", c.OwnerName, c.DueOn, c.Signal, c.CardKey, strconv.Itoa(c.Carried))
	}
	w.Flush()
	return "retro-" + v.Retro.CreatedAt.Format("2006-01-02") + ".csv", b.Bytes(), w.Error()
}
