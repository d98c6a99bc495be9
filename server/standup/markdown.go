package standup

import (
	"fmt"
	"slices"
	"strings"

	"trestle/server/clock"
	"trestle/server/store"
	"trestle/server/text"
)

func (d *done) name(cardID string) string {
	c := d.cards[cardID]
	return "**" + c.Key + "** " + text.Quote(c.Title)
}

func (d *done) names(ids []string) string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if n := d.people[id].Name; n != "" {
			out = append(out, text.Quote(n))
		}
	}
	if len(out) == 0 {
		return "nobody"
	}
	return strings.Join(out, ", ")
}

// talked are the steps that were talked about: shown, and not passed over.
func (d *done) talked() (out []step) {
	for _, p := range d.steps {
		if p.Kind == cardStep && p.ShownAt != nil && !p.Skipped {
			out = append(out, p)
		}
	}
	return out
}

// inRound are those who had their turn, by name, so that the order says nothing.
func (d *done) inRound() (names []string) {
	for _, p := range d.steps {
		if p.Kind != personStep || p.ShownAt == nil || p.Skipped {
			continue
		}
		name := text.Quote(p.PersonName)
		if p.PersonID != "" {
			name = text.Quote(d.people[p.PersonID].Name)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// helped is how many cards somebody helps with.
func (d *done) helped() int {
	cards := map[string]bool{}
	for _, h := range d.helpers {
		cards[h.CardID] = true
	}
	return len(cards)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// inShort is one line: how long, and how much. Nobody's talking is counted.
func (d *done) inShort() string {
	parts := []string{count(d.m.minutes(), "minute", "minutes")}
	if d.m.Mode != RoundRobin {
		parts = append(parts, count(len(d.talked()), "card", "cards"))
	}
	if n := d.helped(); n > 0 {
		parts = append(parts, fmt.Sprintf("%d helped", n))
	}
	if n := len(d.blocked); n > 0 {
		parts = append(parts, fmt.Sprintf("%d blocked", n))
	}
	if n := len(d.parked); n > 0 {
		parts = append(parts, fmt.Sprintf("%d parked", n))
	}
	return strings.Join(parts, ", ")
}

func (d *done) markdown() string {
	var b strings.Builder
	at := store.At(d.m.StartedAt).In(d.r.location())
	fmt.Fprintf(&b, "# %s, %s (%s)\n\n%s of %d", text.Quote(d.r.Name), at.Format("Monday 2 January 2006, 15:04"), clock.ZoneName(at.Location()), count(d.m.minutes(), "minute", "minutes"), d.m.Box/60)
	if who := d.there(); who != "" {
		b.WriteString(" · " + who)
	}
	b.WriteString("\n")
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n- %s\n", title, strings.Join(lines, "\n- "))
		}
	}
	var talked []string
	for _, p := range d.talked() {
		talked = append(talked, d.name(p.CardID)+" ("+reasons[p.Reason]+")")
	}
	list("Talked about", talked)
	if in := d.inRound(); len(in) > 0 {
		fmt.Fprintf(&b, "\n## In the round\n\n%s\n", strings.Join(in, ", "))
	}
	var help []string
	for i, h := range d.helpers {
		if slices.ContainsFunc(d.helpers[:i], func(o helper) bool { return o.CardID == h.CardID }) {
			continue
		}
		var ids []string
		for _, o := range d.helpers {
			if o.CardID == h.CardID {
				ids = append(ids, o.PersonID)
			}
		}
		help = append(help, d.name(h.CardID)+": "+d.names(ids))
	}
	list("Who helps", help)
	list("Blocked", d.blocked)
	list("No longer blocked", d.unblocked)
	list("Moved", d.moved)
	list("Owners", d.owned)
	list("Notes", d.said)
	var lot []string
	for _, p := range slices.Concat(d.waiting, d.parked) {
		lot = append(lot, d.item(p))
	}
	list("Parked", lot)
	return b.String()
}

var reasons = map[string]string{Expedite: "expedite", Blocked: "blocked", Due: "due", OverSLE: "over its SLE", Aging: "aging", Failing: "something fails", Lapsed: "its checklist ran out", OverLimit: "column over its limit"}

// item is something parked and what became of it by the end of the meeting.
func (d *done) item(p parked) string {
	words := text.Quote(p.Text)
	switch {
	case p.CardID != "" && words != "":
		words += " (**" + d.cards[p.CardID].Key + "**)"
	case p.CardID != "":
		words = d.name(p.CardID)
	}
	if len(p.People) > 0 && p.MeetAt == nil {
		words += ", for " + d.names(p.People)
	}
	switch settled := p.SettledIn != nil && *p.SettledIn == d.m.RID; {
	case !settled:
		words += ": open, comes back next time"
	case p.Outcome == AsCard:
		words += ": now **" + p.Key + "**"
	case p.MeetAt != nil:
		words += fmt.Sprintf(": a meeting %s, %s, %s", onDay(store.At(*p.MeetAt), d.r.location()), count(p.MeetMinutes, "minute", "minutes"), d.names(p.MeetPeople))
	case p.Outcome == AsMeeting:
		words += ": a meeting"
	default:
		words += ": done"
	}
	if p.Note != "" && p.Outcome != AsCard {
		words += ". " + text.Quote(p.Note)
	}
	return words
}

// there is who came, by role; the team itself by heads.
func (d *done) there() string {
	v := (&viewer{names: d.people}).attendance(d.m, d.in)
	var parts []string
	if v.Core > 0 {
		parts = append(parts, fmt.Sprintf("%d of the team", v.Core))
	}
	if called := d.called(v.People); len(called) > 0 {
		parts = append(parts, "on call: "+strings.Join(called, ", "))
	}
	for _, role := range []struct{ key, word string }{{Liaison, "liaison"}, {Security, "security"}, {Observer, "guests"}} {
		var here []string
		for _, p := range v.People {
			if p.Role == role.key && p.State != Away {
				here = append(here, text.Quote(p.Name))
			}
		}
		if len(here) > 0 {
			parts = append(parts, role.word+": "+strings.Join(here, ", "))
		}
	}
	return strings.Join(parts, " · ")
}

// called are those who could be called when the meeting began, in the order of calling, and whether they came. Of
// somebody without an account nobody knows.
func (d *done) called(in []PresentView) (out []string) {
	told := map[string]bool{}
	for _, duty := range d.m.Brief.OnCall {
		as := dutyWords[duty.Role]
		if duty.Service != "" {
			as = text.Quote(duty.Service) + ", " + as
		}
		if i := slices.IndexFunc(in, func(p PresentView) bool { return duty.PersonID != "" && p.PersonID == duty.PersonID }); i >= 0 && in[i].State == Away {
			as += ", not here"
		}
		told[duty.PersonID] = true
		out = append(out, text.Quote(duty.Name)+" ("+as+")")
	}
	for _, p := range in { // whose time began meanwhile
		if p.Role == OnCall && p.State != Away && !told[p.PersonID] {
			out = append(out, text.Quote(p.Name))
		}
	}
	return out
}
