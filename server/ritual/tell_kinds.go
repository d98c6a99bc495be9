package ritual

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/card"
	"trestle/server/text"
)

func (d *telling) replenishment(words []Word) {
	if d.m.Facts.Queue == nil {
		return
	}
	f := d.m.Facts.Queue
	var slots, order []string
	for _, s := range f.Slots {
		if s.Max != nil {
			slots = append(slots, fmt.Sprintf("%s: %d of %d, %s", text.Quote(s.Column), s.Count, *s.Max, count(max(0, *s.Max-s.Count), "free slot", "free slots")))
		}
	}
	placed, waiting := 0, 0
	for _, p := range f.Order {
		line := "**" + p.Key + "** " + text.Quote(p.Title)
		if p.Now {
			placed++
			line += " · placed now"
		}
		said := saidOf(words, p.CardID)
		if strings.Contains(said, notYetWords) {
			waiting++
		}
		if said != "" {
			line += ". " + said
		}
		order = append(order, line)
	}
	d.put(false, "Room to pull", slots...)
	d.put(true, text.Quote(f.Queue)+", in order", order...)
	var parts []string
	if placed > 0 {
		parts = append(parts, fmt.Sprintf("%d placed", placed))
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%d not yet", waiting))
	}
	if len(words) > 0 && len(parts) == 0 {
		parts = append(parts, "the order stays")
	}
	d.brought = strings.Join(parts, ", ")
}

func (d *telling) demo(cards []demoCard, people map[string]account.Person) {
	var shown, later, skipped []string
	seen := map[string]int{}
	for _, x := range cards {
		line := "**" + x.Key + "** " + text.Quote(x.Title)
		switch x.Outcome {
		case Shown:
			if x.presenter != "" {
				line += ", by " + text.Quote(people[x.presenter].Name)
			}
			var to []string
			for _, a := range Audiences {
				if i := slices.IndexFunc(x.Marks, func(m card.ShownTo) bool { return m.Audience == a }); i >= 0 {
					seen[a]++
					if note := x.Marks[i].Note; note != "" {
						a += " (" + text.Quote(note) + ")"
					}
					to = append(to, a)
				}
			}
			if len(to) > 0 {
				line += " · shown to " + strings.Join(to, ", ")
			}
			shown = append(shown, line+quoted(x.Notes))
		case Skipped:
			skipped = append(skipped, line+quoted(x.Notes))
		default:
			later = append(later, line+quoted(x.Notes))
		}
	}
	d.put(false, "Shown", shown...)
	d.put(false, "Comes back next time", later...)
	d.put(false, "Not for a demo", skipped...)
	if len(shown)+len(skipped) == 0 {
		return
	}
	parts := []string{fmt.Sprintf("%d shown", len(shown))}
	for _, a := range Audiences {
		if seen[a] > 0 {
			parts = append(parts, fmt.Sprintf("%d to %s", seen[a], a))
		}
	}
	if len(later) > 0 {
		parts = append(parts, fmt.Sprintf("%d next time", len(later)))
	}
	d.brought = strings.Join(parts, ", ")
}

// quoted are the notes on a card, each below its line.
func quoted(notes []Note) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString("\n  - " + text.Quote(n.ByName) + ": " + text.Quote(n.Text))
	}
	return b.String()
}

// onDay writes a date as people do.
func onDay(date string) string {
	if at, err := time.Parse(time.DateOnly, date); err == nil {
		return at.Format("2 January 2006")
	}
	return date
}

func (d *telling) review(decisions []Decision) {
	f := d.m.Facts.Flow
	if f == nil {
		return
	}
	var made []string
	for _, x := range decisions {
		line := "**" + x.Key + "** " + text.Quote(x.Title)
		for _, o := range x.Owners {
			line += ", " + text.Quote(o.Name)
		}
		if x.DueOn != "" {
			line += ", by " + onDay(x.DueOn)
		}
		if x.Signal != "" {
			line += ". We know by: " + text.Quote(x.Signal)
		}
		made = append(made, line)
	}
	finished := 0
	for _, w := range f.Weeks {
		finished += w.Finished
	}
	said := []string{fmt.Sprintf("%d in progress, %s of age together", f.Wip, count(f.TotalAge, "day", "days")),
		fmt.Sprintf("%d aging", len(f.Aging)), fmt.Sprintf("%d finished in %d weeks", finished, len(f.Weeks))}
	if f.Cycle.P85 > 0 {
		said = append(said, fmt.Sprintf("85 %% took %d days or less, n = %d", f.Cycle.P85, f.Cycle.N))
	} else {
		said = append(said, fmt.Sprintf("too few finished to say how long they take, n = %d", f.Cycle.N))
	}
	for _, o := range f.Facts.OverLimit {
		said = append(said, fmt.Sprintf("%s over its limit on %s", text.Quote(o.Column), count(o.Days, "day", "days")))
	}
	said = append(said, fmt.Sprintf("%d returned, %d past a limit with a reason, %d expedite", f.Facts.Returns.N, f.Facts.Overrides.N, f.Facts.Expedite.N))
	d.put(true, "Decided", made...)
	d.put(false, "What the record says, since "+f.Since.In(d.r.location()).Format("2 January"), said...)
	if len(decisions) > 0 {
		d.brought = count(len(decisions), "decision", "decisions")
	} else if d.m.Step > 0 {
		d.brought = "no decision"
	}
}
