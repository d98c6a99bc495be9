package flow

import (
	"cmp"
	"fmt"
	"slices"

	"trestle/server/measure"
)

// sentences says what to look at first: what is over its limit, what is old, whether more begins than ends; where one of
// these has nothing to say, what is blocked, and how much began and ended.
func (a *asked) sentences(daily Daily, aging Aging, times measure.Sample) []Sentence {
	var out []Sentence
	net, level := a.netSentence(daily)
	for _, s := range []*Sentence{a.overSentence(), agingSentence(aging, times), net, blockedSentence(aging), level} {
		if s != nil && len(out) < mostSentences {
			out = append(out, *s)
		}
	}
	if len(out) == 0 {
		kind, text := "fine", "No column is over its limit, and no card is past its expectation."
		if len(times) < measure.FewItems && len(aging.Cards) == 0 {
			kind, text = "few", fmt.Sprintf("%s finished in this window: too few to say more.", plural(len(times), "card", "cards"))
		}
		out = append(out, Sentence{kind, []Part{{Text: text}}})
	}
	return out
}

// overSentence looks at the same ten working days as the wall, and first at what is over its limit now.
func (a *asked) overSentence() *Sentence {
	worked := lastWorkingDays(a.window.To)
	over := a.rec.Overloads(a.inColumns(a.all), a.limits, measure.Window{From: worked[0], To: a.window.To})
	for i := range over {
		over[i].On = slices.DeleteFunc(over[i].On, func(d measure.Day) bool { return !slices.Contains(worked, d) })
		over[i].Days = len(over[i].On)
	}
	over = slices.DeleteFunc(over, func(o measure.Overload) bool {
		return (o.Days == 0 && !o.Still) || o.Column >= a.rec.Board.Finish
	})
	if len(over) == 0 {
		return nil
	}
	rank := func(o measure.Overload) int {
		if o.Still && a.window.To == a.today {
			return 1000 + o.Days
		}
		return o.Days
	}
	worst := slices.MaxFunc(over, func(x, y measure.Overload) int { return cmp.Compare(rank(x), rank(y)) })
	waiting := a.rec.InProgress(a.all, a.today)
	waiting = slices.DeleteFunc(waiting, func(g measure.Aging) bool { return g.Column != worst.Column })
	slices.SortStableFunc(waiting, func(x, y measure.Aging) int { return cmp.Compare(y.Here, x.Here) })
	text := fmt.Sprintf("%s was over its limit on %d of the last %d working days", a.column(worst.Column), worst.Days, workingDays)
	switch now := rank(worst) >= 1000; {
	case now && worst.Days == 0: // since today, which is no working day
		text = fmt.Sprintf("%s is over its limit now", a.column(worst.Column))
	case now:
		text = fmt.Sprintf("%s is over its limit now, and was on %d of the last %d working days", a.column(worst.Column), worst.Days, workingDays)
	}
	for _, o := range over {
		switch {
		case o.Column == worst.Column || o.Days == 0:
		case worst.Days == 0:
			text += fmt.Sprintf("; %s was on %d of the last %d working days", a.column(o.Column), o.Days, workingDays)
		default:
			text += fmt.Sprintf(", %s on %d", a.column(o.Column), o.Days)
		}
	}
	s := &Sentence{Kind: "over", Parts: []Part{{Text: text + "."}}}
	switch {
	case len(waiting) == 1:
		s.add(" ", "").add(waiting[0].Journey.Item.Key, waiting[0].Journey.Item.Key).add(fmt.Sprintf(" has stood there for %s.", plural(waiting[0].Here, "day", "days")), "")
	case len(waiting) > 1:
		s.add(" ", "").add(waiting[0].Journey.Item.Key, waiting[0].Journey.Item.Key).add(" and ", "").add(waiting[1].Journey.Item.Key, waiting[1].Journey.Item.Key).add(" have stood there longest.", "")
	}
	return s
}

// add a part; key = the card that it links to.
func (s *Sentence) add(text, key string) *Sentence {
	p := Part{Text: text}
	if key != "" {
		p.Cards = []string{key}
	}
	s.Parts = append(s.Parts, p)
	return s
}

func agingSentence(aging Aging, times measure.Sample) *Sentence {
	var past []AgingCard
	for _, c := range aging.Cards {
		if c.SLEDays > 0 && c.Days > c.SLEDays {
			past = append(past, c)
		}
	}
	if len(past) == 0 {
		return nil
	}
	c := past[0]
	s := &Sentence{Kind: "aging"}
	switch n := len(past); {
	case n == 1:
		s.add(fmt.Sprintf("One card is past the %s we expect: ", plural(c.SLEDays, "day", "days")), "").add(c.Key, c.Key).add(" at "+plural(c.Days, "day", "days"), "")
	default:
		p := Part{Text: fmt.Sprintf("%d cards", n)}
		for _, x := range past[:min(n, keysShown)] {
			p.Cards = append(p.Cards, x.Key)
		}
		s.Parts = append(s.Parts, p)
		s.add(" are past what we expect, ", "").add(c.Key, c.Key).add(" longest, at "+plural(c.Days, "day", "days"), "")
	}
	if c.Blocked {
		s.add(", blocked", "")
	}
	s.add(".", "")
	if reached := len(times) - times.Within(c.Days-1); reached >= 3 {
		later := times[len(times)-reached:]
		s.add(fmt.Sprintf(" Of %s that got this old, half were done by day %d.", plural(reached, "card", "cards"), later.Percentile(50)), "")
	}
	return s
}

func blockedSentence(aging Aging) *Sentence {
	var keys []string
	for _, c := range aging.Cards {
		if c.Blocked {
			keys = append(keys, c.Key)
		}
	}
	n := len(keys)
	if n == 0 {
		return nil
	}
	verb := "are"
	if n == 1 {
		verb = "is"
	}
	s := (&Sentence{Kind: "blocked"}).add(fmt.Sprintf("%d of %s in progress %s blocked: ", n, plural(len(aging.Cards), "card", "cards"), verb), "")
	for i, key := range keys[:min(n, blockedNamed)] {
		if i > 0 {
			s.add(", ", "")
		}
		s.add(key, key)
	}
	if more := n - blockedNamed; more > 0 {
		s.Parts = append(s.Parts, Part{Text: " and "}, Part{Text: fmt.Sprintf("%d more", more), Cards: keys[blockedNamed:min(n, blockedNamed+keysShown)]})
	}
	return s.add(".", "")
}

// blockedNamed is how many blocked cards a sentence names.
const blockedNamed = 4

// netSentence says how much began and ended in two weeks: net, where that is more than chance alone moves, else level.
func (a *asked) netSentence(d Daily) (net, level *Sentence) {
	n := min(14, len(d.Days))
	if begun := a.settled(); begun > a.window.To-measure.Day(n) { // it is beginning: more must be started than is finished
		return nil, nil
	}
	from := len(d.Days) - n
	started, finished := total(d.Started[from:]), total(d.Finished[from:])
	if started+finished == 0 {
		return nil, nil
	}
	w := measure.Window{From: a.window.To - measure.Day(n) + 1, To: a.window.To}
	in, out := Part{Text: fmt.Sprintf("%d started", started)}, Part{Text: fmt.Sprintf("%d finished", finished)}
	for i := range a.counted {
		j := &a.counted[i]
		if w.Holds(j.StartDay) && len(in.Cards) < keysShown {
			in.Cards = append(in.Cards, j.Item.Key)
		}
		if w.Holds(j.FinishDay) && len(out.Cards) < keysShown {
			out.Cards = append(out.Cards, j.Item.Key)
		}
	}
	by := started - finished
	chance := by*by <= max(started, finished)
	more := "We start more than we finish: "
	switch {
	case chance:
		more = "About as much ends as begins: "
	case by < 0:
		more = "We finish more than we start: "
	}
	was := d.WIP[max(0, from-1)]
	s := &Sentence{Kind: "netflow", Parts: []Part{{Text: more}, in, {Text: ", "}, out, {Text: fmt.Sprintf(" in %s; work in progress went from %d to %d.", plural(n, "day", "days"), was, d.WIP[len(d.WIP)-1])}}}
	if chance {
		return nil, s
	}
	return s, nil
}
