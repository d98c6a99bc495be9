package port

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// AuditLine is one line for auditors: what somebody did about a checklist, a launch, a waiver, a freeze or a pattern,
// and why; with which checklist a card came in, and how much of it counted without being understood; and what was changed of services, templates, agreements, leave and of what columns ask for. Topic, seq and
// hash are those of the record, whose hashes are a chain: a line cannot be changed unseen. What a column asks for stands
// in its dated agreements, without one.
type AuditLine struct {
	At         string `json:"at"`
	Team       string `json:"team,omitempty"`
	Kind       string `json:"kind"`
	By         string `json:"by,omitempty"`
	Discipline string `json:"discipline,omitempty"`
	About      string `json:"about,omitempty"`
	Item       string `json:"item,omitempty"`
	Question   string `json:"question,omitempty"`
	State      string `json:"state,omitempty"`
	Why        string `json:"why,omitempty"`
	Evidence   string `json:"evidence,omitempty"`
	Topic      string `json:"topic,omitempty"`
	Seq        int64  `json:"seq,omitempty"`
	Hash       string `json:"hash,omitempty"`
}

// Audit is which lines are wanted: days are by UTC, both included.
type Audit struct {
	TeamID   string
	From, To string
	Format   string // csv or json
}

const onlyAuditors = "Only a lead of the team, a manager or an administrator exports its record; of all teams only a manager or an administrator."

// AuditTo writes every answer, understanding, question, gap, waiver, setting, launch step, freeze and pattern change of a
// time, the oldest first, with who, when and why. For leads of the team, managers and administrators.
func (s *Service) AuditTo(ctx context.Context, a Audit, w io.Writer) (out Exported, err error) {
	from, err := time.Parse(time.DateOnly, a.From)
	if err != nil {
		return out, fault.Invalid("query.from", "Write the day like 2026-11-30")
	}
	to, err := time.Parse(time.DateOnly, a.To)
	if err != nil || to.Before(from) {
		return out, fault.Invalid("query.to", "Write a day like 2026-11-30, not before the first")
	}
	buf := bufio.NewWriterSize(w, 64<<10)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		name, err := auditor(q, who.From(ctx), a.TeamID)
		if err != nil {
			return err
		}
		out = Exported{ContentType: "text/csv; charset=utf-8", Extension: "record.csv", BoardName: strings.TrimSpace(name + " " + a.From + " to " + a.To)}
		var put func(AuditLine) error
		var end func() error
		if a.Format == JSON {
			out.ContentType, out.Extension = "application/json", JSON
			put, end = auditJSON(buf, a, name)
		} else {
			put, end = auditCSV(buf)
		}
		if err := auditLines(q, a.TeamID, store.Ms(from), store.Ms(to.AddDate(0, 0, 1)), put); err != nil {
			return err
		}
		return end()
	})
	if err == nil {
		err = buf.Flush()
	}
	return out, err
}

// auditor refuses who may not export a team's record, or that of all teams; it gives the team's name.
func auditor(q *store.Query, v who.Viewer, teamID string) (string, error) {
	if teamID == "" {
		r, err := team.RightsIn(q, v, "")
		if err == nil && !r.Manager {
			err = fault.Forbidden(onlyAuditors)
		}
		return "", err
	}
	t, r, err := team.See(q, v, teamID)
	if err == nil && !r.CanPattern() {
		err = fault.Forbidden(onlyAuditors)
	}
	return t.Name, err
}

func auditCSV(w io.Writer) (put func(AuditLine) error, end func() error) {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	_ = c.Write([]string{"at", "team", "kind", "by", "discipline", "about", "item", "question", "state", "why", "evidence", "topic", "seq", "hash"}) // a writer that failed says so at the end
	return func(l AuditLine) error {
			seq := ""
			if l.Seq > 0 {
				seq = strconv.FormatInt(l.Seq, 10)
			}
			return c.Write([]string{l.At, text.Cell(l.Team), l.Kind, text.Cell(l.By), l.Discipline, text.Cell(l.About), l.Item, text.Cell(l.Question), l.State, text.Cell(l.Why), text.Cell(l.Evidence), l.Topic, seq, l.Hash})
		}, func() error {
			c.Flush()
			return c.Error()
		}
}

func auditJSON(w *bufio.Writer, a Audit, name string) (put func(AuditLine) error, end func() error) {
	head, _ := json.Marshal(map[string]string{"from": a.From, "to": a.To, "team": name}) // words always can
	_, _ = w.Write(append(head[:len(head)-1], `,"lines":[`...))
	first := true
	return func(l AuditLine) error {
			if !first {
				_ = w.WriteByte(',')
			}
			first = false
			raw, err := json.Marshal(l)
			_, _ = w.Write(raw)
			return err
		}, func() error {
			_, err := w.WriteString("]}\n")
			return err
		}
}
