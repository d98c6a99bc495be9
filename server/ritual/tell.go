package ritual

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/text"
)

// telling is a sitting as it is told: a line of what it brought, and sections.
type telling struct {
	r        *series
	m        *sitting
	there    standup.AttendanceView
	brought  string
	sections []section
}

type section struct {
	title string
	lines []string
	order bool // a numbered list
}

func (d *telling) put(order bool, title string, lines ...string) {
	if len(lines) > 0 {
		d.sections = append(d.sections, section{title, lines, order})
	}
}

// empty says whether nothing came of it: somebody looked in and left.
func (d *telling) empty() bool { return d.brought == "" }

// toldOf tells sittings of a series, in their order: so many statements, however many they are.
func toldOf(q *store.Query, r *series, sittings ...*sitting) ([]*telling, error) {
	var rids []int64
	for _, m := range sittings {
		rids = append(rids, m.RID)
	}
	there, err := presentIn(q, rids...)
	if err != nil {
		return nil, err
	}
	var words map[int64][]Word
	var cards map[int64][]demoCard
	var decisions map[int64][]Decision
	switch r.Kind {
	case Replenishment:
		words, err = wordsIn(q, rids...)
	case Demo:
		cards, err = demoCards(q, r.RID, rids...)
	case FlowReview:
		decisions, err = decisionsOf(q, rids...)
	}
	if err != nil {
		return nil, err
	}
	people, err := account.PeopleByID(q, named(there, cards))
	if err != nil {
		return nil, err
	}
	roster, err := rosterOver(q, r, sittings)
	if err != nil {
		return nil, err
	}
	var out []*telling
	for _, m := range sittings {
		d := &telling{r: r, m: m, there: standup.AttendanceOf(there[m.RID], m.Core, people)}
		roster.Say(d.there.People, store.At(m.StartedAt))
		switch r.Kind {
		case Replenishment:
			d.replenishment(words[m.RID])
		case Demo:
			d.demo(cards[m.RID], people)
		case FlowReview:
			d.review(decisions[m.RID])
		}
		out = append(out, d)
	}
	return out, nil
}

// rosterOver is the team's roster while the sittings began.
func rosterOver(q *store.Query, r *series, sittings []*sitting) (standup.Calls, error) {
	if len(sittings) == 0 {
		return nil, nil
	}
	byStart := func(a, b *sitting) int { return cmp.Compare(a.StartedAt, b.StartedAt) }
	first, last := slices.MinFunc(sittings, byStart), slices.MaxFunc(sittings, byStart)
	return standup.CallsOf(q, r.TeamID, store.At(first.StartedAt), store.At(last.StartedAt))
}

// named are the people whose names a telling needs, each once.
func named(there map[int64][]standup.Present, cards map[int64][]demoCard) []string {
	ids := map[string]bool{}
	for _, list := range there {
		for _, p := range list {
			ids[p.PersonID] = true
		}
	}
	for _, list := range cards {
		for _, c := range list {
			ids[c.presenter] = true
		}
	}
	return slices.Collect(maps.Keys(ids))
}

func (d *telling) markdown() string {
	if d == nil || d.r == nil {
		return ""
	}
	var b strings.Builder
	at := store.At(d.m.StartedAt).In(d.r.location())
	fmt.Fprintf(&b, "# %s, %s\n\n", text.Quote(d.r.Name), at.Format("Monday 2 January 2006, 15:04")+" ("+clock.ZoneName(at.Location())+")")
	parts := []string{fmt.Sprintf("%s of %d", count(d.m.minutes(), "minute", "minutes"), d.m.Box/60)}
	if there := came(d.there); there != "" {
		parts = append(parts, there)
	}
	b.WriteString(strings.Join(parts, " · ") + "\n")
	for _, s := range d.sections {
		fmt.Fprintf(&b, "\n## %s\n\n", s.title)
		for i, line := range s.lines {
			if s.order {
				fmt.Fprintf(&b, "%d. %s\n", i+1, line)
			} else {
				b.WriteString("- " + line + "\n")
			}
		}
	}
	return b.String()
}

// came is who was there, by role; the team itself by heads.
func came(v standup.AttendanceView) string {
	var parts []string
	if v.Core > 0 {
		parts = append(parts, fmt.Sprintf("%d of the team", v.Core))
	}
	for _, role := range []struct{ key, word string }{{standup.OnCall, "on call"}, {standup.Liaison, "liaison"}, {standup.Security, "security"}, {standup.Observer, "guests"}} {
		var here []string
		for _, p := range v.People {
			if p.Role == role.key && p.State != standup.Away {
				name := text.Quote(p.Name)
				if as := standup.Duty(p.Duty); as != "" {
					name += " (" + as + ")"
				}
				here = append(here, name)
			}
		}
		if len(here) > 0 {
			parts = append(parts, role.word+": "+strings.Join(here, ", "))
		}
	}
	return strings.Join(parts, " · ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
