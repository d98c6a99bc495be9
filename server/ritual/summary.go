package ritual

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// Summary is a sitting in words.
type Summary struct {
	Markdown string `json:"markdown"`
}

// PastSitting is one that is over.
type PastSitting struct {
	ID             string                `json:"id"`
	StartedAt      time.Time             `json:"startedAt"`
	EndedAt        time.Time             `json:"endedAt"`
	Minutes        int                   `json:"minutes"`
	OverrunMinutes int                   `json:"overrunMinutes,omitempty" doc:"Past its box"`
	Brought        string                `json:"brought" doc:"What came of it, in short: 3 placed, 1 not yet"`
	Core           int                   `json:"core" doc:"Heads of the team"`
	People         []standup.PresentView `json:"people"`
}

// pastMax is how many sittings back a list goes.
const pastMax = 100

// Held lists the sittings that are over, the newest first.
func (s *Service) Held(ctx context.Context, id string) (out []PastSitting, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, _, err := s.see(q, who.From(ctx), id)
		if err != nil {
			return err
		}
		list, err := readSittings(q, "m.series_rid = ? AND m.state = 'ended' ORDER BY m.started_at DESC, m.rid DESC LIMIT ?", r.RID, pastMax)
		if err != nil {
			return err
		}
		for _, m := range list {
			d, err := toldOf(q, r, m)
			if err != nil {
				return err
			}
			p := PastSitting{ID: m.ID, StartedAt: store.At(m.StartedAt), EndedAt: store.At(*m.EndedAt), Minutes: m.minutes(), Brought: d.brought,
				Core: d.there.Core, People: d.there.People}
			p.OverrunMinutes = max(0, p.Minutes-(m.Box+59)/60)
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

// SummaryOf tells a sitting, also one that still runs.
func (s *Service) SummaryOf(ctx context.Context, sittingID string) (out Summary, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		m, err := oneSitting(q, "m.id = ?", sittingID)
		if err != nil {
			return err
		}
		if m == nil {
			return fault.NotFound("sitting")
		}
		r, err := oneSeries(q, "s.rid = ?", m.SeriesRID)
		if err != nil {
			return err
		}
		_, err = s.boards.See(q, who.From(ctx), r.BoardID)
		if fault.Is(err, "not_found") {
			return fault.NotFound("sitting")
		}
		if err != nil {
			return err
		}
		d, err := toldOf(q, r, m)
		out.Markdown = d.markdown()
		return err
	})
	return out, err
}

// publish tells the team what a sitting brought.
func (c *change) publish(m *sitting) error {
	d, err := toldOf(c.tx.Query, c.r, m)
	if err != nil || d.empty() {
		return err
	}
	to, err := team.People(c.tx.Query, c.r.TeamID, team.Viewer)
	if err != nil {
		return err
	}
	return notice.Post(c.tx, notice.Note{Kind: "ritual.summary", To: to, TeamID: c.r.TeamID, BoardID: c.r.BoardID, Title: "Summary of " + c.r.Name + ": " + d.brought,
		Markdown: d.markdown(), Link: "/rituals/" + c.r.ID + "/summary/" + m.ID})
}

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

func toldOf(q *store.Query, r *series, m *sitting) (*telling, error) {
	d := &telling{r: r, m: m}
	in, err := presentIn(q, m.RID)
	if err != nil {
		return d, err
	}
	ids := make([]string, 0, len(in))
	for _, p := range in {
		ids = append(ids, p.PersonID)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return d, err
	}
	d.there = standup.AttendanceOf(in, m.Core, people)
	switch r.Kind {
	case Replenishment:
		err = d.replenishment(q)
	case Demo:
		err = d.demo(q)
	case FlowReview:
		err = d.review(q)
	}
	return d, err
}

func (d *telling) replenishment(q *store.Query) error {
	words, err := wordsIn(q, d.m.RID)
	if err != nil || d.m.Facts.Queue == nil {
		return err
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
	return nil
}

func (d *telling) markdown() string {
	if d == nil || d.r == nil {
		return ""
	}
	var b strings.Builder
	at := store.At(d.m.StartedAt).In(d.r.location())
	fmt.Fprintf(&b, "# %s, %s\n\n", text.Quote(d.r.Name), at.Format("Monday 2 January 2006, 15:04"))
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
				here = append(here, text.Quote(p.Name))
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
