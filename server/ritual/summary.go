package ritual

import (
	"context"
	"time"

	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
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
		told, err := toldOf(q, r, list...)
		if err != nil {
			return err
		}
		for i, m := range list {
			d := told[i]
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
		told, err := toldOf(q, r, m)
		if err == nil {
			out.Markdown = told[0].markdown()
		}
		return err
	})
	return out, err
}

// publish tells the team what a sitting brought.
func (c *change) publish(m *sitting) error {
	told, err := toldOf(c.tx.Query, c.r, m)
	if err != nil || told[0].empty() {
		return err
	}
	d := told[0]
	to, err := team.People(c.tx.Query, c.r.TeamID, team.Viewer)
	if err != nil {
		return err
	}
	return notice.Post(c.tx, notice.Note{Kind: "ritual.summary", To: to, TeamID: c.r.TeamID, BoardID: c.r.BoardID, Title: "Summary of " + c.r.Name + ": " + d.brought,
		Markdown: d.markdown(), Link: "/rituals/" + c.r.ID + "/summary/" + m.ID})
}
