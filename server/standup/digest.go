package standup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
)

// send ends a day: its facts are kept as they are now, and what was written goes to the team as one page. Where nobody
// wrote anything nobody is told.
func (w *sitting) send(g *digest, answers []*answer) error {
	now := store.Ms(w.tx.Now)
	if !slices.ContainsFunc(answers, func(a *answer) bool { return a.Answered != nil }) {
		g.State = digestVoid
		if err := saveDigest(w.tx, g); err != nil {
			return err
		}
		if err := w.plan(); err != nil {
			return err
		}
		_, err := w.tell("standup.digested")
		return err
	}
	if err := w.board(); err != nil {
		return err
	}
	ids := make([]string, 0, len(answers))
	for _, a := range answers {
		ids = append(ids, a.PersonID)
	}
	facts, err := factsOf(w.tx.Query, w.seen.Layout.RID, ids, store.At(g.Since))
	if err != nil {
		return err
	}
	for _, a := range answers {
		a.Facts = encoded(facts[a.PersonID])
		if _, err := w.tx.Exec("UPDATE standup_answers SET facts = ? WHERE digest_rid = ? AND person_id = ?", a.Facts, g.RID, a.PersonID); err != nil {
			return err
		}
	}
	m, err := w.held(g, answers)
	if err != nil {
		return err
	}
	g.State, g.SentAt, g.MeetingRID, g.TurnAt = digestSent, &now, &m.RID, now
	if err := saveDigest(w.tx, g); err != nil {
		return err
	}
	words, short, err := digestWords(w.tx.Query, w.r, g)
	if err != nil {
		return err
	}
	to, err := team.People(w.tx.Query, w.r.TeamID, team.Viewer)
	if err != nil {
		return err
	}
	if err := notice.Post(w.tx, notice.Note{Kind: "standup.summary", To: to, TeamID: w.r.TeamID, BoardID: w.r.BoardID, Title: "Digest of " + w.r.Name + ": " + short,
		Markdown: words, Link: "/standup/" + w.r.ID + "/summary/" + m.ID}); err != nil {
		return err
	}
	if err := w.plan(); err != nil {
		return err
	}
	_, err = w.tell("standup.digested")
	return err
}

// held writes the day down as a meeting that is over, so that it stands among the past ones: at its hour by the
// series' clock, with those who wrote.
func (w *sitting) held(g *digest, answers []*answer) (*meeting, error) {
	now, seq := store.Ms(w.tx.Now), w.tx.Seq(event.BoardTopic(w.r.BoardID))
	began := now
	if day, err := time.Parse(time.DateOnly, g.Day); err == nil && w.r.Plan != nil {
		if at, has := w.r.Plan.On(w.r.location(), day); has && at.Before(w.tx.Now) {
			began = store.Ms(at)
		}
	}
	m := &meeting{SeriesRID: w.r.RID, ID: store.NewID("mtg"), State: Ended, StartedAt: began, EndedAt: &now, TouchedAt: now, Box: w.r.Box * 60, Mode: Async,
		Healthy: []string{}, SeqFrom: seq, SeqTo: &seq}
	if err := insertMeeting(w.tx, m, nil); err != nil {
		return nil, err
	}
	if err := saveMeeting(w.tx, m); err != nil {
		return nil, err
	}
	w.m = m
	defer func() { w.m = nil }()
	for _, a := range answers {
		state := Away
		if a.Answered != nil {
			state = Joined
		}
		if err := w.present(a.PersonID, state); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// digestWords is a day as Markdown: first what wants somebody, then the rest.
func digestWords(q *store.Query, r *series, g *digest) (words, short string, err error) {
	answers, err := answersOf(q, g.RID)
	if err != nil {
		return "", "", err
	}
	ids := make([]string, 0, len(answers))
	for _, a := range answers {
		ids = append(ids, a.PersonID)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return "", "", err
	}
	slices.SortStableFunc(answers, func(a, b *answer) int { return strings.Compare(people[a.PersonID].Name, people[b.PersonID].Name) })
	var b strings.Builder
	day, err := time.Parse(time.DateOnly, g.Day)
	if err != nil {
		return "", "", err
	}
	wrote := 0
	var help, hear, finishes, record, silent []string
	for _, a := range answers {
		name := "**" + text.Quote(people[a.PersonID].Name) + "**: "
		if a.Answered == nil {
			silent = append(silent, text.Quote(people[a.PersonID].Name))
		} else {
			wrote++
		}
		for _, part := range []struct {
			into *[]string
			said string
		}{{&help, a.Help}, {&hear, a.Hear}, {&finishes, a.Finishes}} {
			if part.said != "" {
				*part.into = append(*part.into, name+text.Quote(part.said))
			}
		}
		if line := factsThen(a.Facts).line(); line != "" {
			record = append(record, name+line)
		}
	}
	fmt.Fprintf(&b, "# %s, %s\n\nIn writing, %d of %d.\n", text.Quote(r.Name), day.Format("Monday 2 January 2006"), wrote, len(answers))
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n- %s\n", title, strings.Join(lines, "\n- "))
		}
	}
	list("Could use help", help)
	list("Operations and security should hear", hear)
	list("Finishes next", finishes)
	list("From the record", record)
	if len(silent) > 0 {
		fmt.Fprintf(&b, "\n## No words from\n\n%s\n", strings.Join(silent, ", "))
	}
	short = fmt.Sprintf("%d of %d wrote", wrote, len(answers))
	if n := len(help); n > 0 {
		short += fmt.Sprintf(", %d could use help", n)
	}
	return b.String(), short, nil
}

func (f Facts) line() string {
	var parts []string
	add := func(word string, list []FactCard, more func(FactCard) string) {
		for _, c := range list {
			parts = append(parts, word+" **"+c.Key+"** "+text.Quote(c.Title)+more(c))
		}
	}
	none := func(FactCard) string { return "" }
	add("finished", f.Finished, none)
	add("moved", f.Moved, func(c FactCard) string { return " → " + text.Quote(c.To) })
	add("blocked", f.Blocked, func(c FactCard) string { return " (" + text.Quote(c.Reason) + ")" })
	return strings.Join(parts, "; ")
}

// when is a near moment by somebody's own clock.
func (w *sitting) when(personID string, at time.Time) string {
	zone := w.zoneOf(personID)
	return "on " + at.In(zone).Format("Monday at 15:04") + " (" + clock.ZoneName(zone) + ")"
}
