package port_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"testing"
	"time"

	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/port"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// The record for auditors says who did what, when and why, and no spreadsheet runs it; it is not everybody's to have.
func TestAudit(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		o := onBench(t, b)
		lists := checklist.New(b.Store, o.boards, o.cards)
		launches := launch.New(b.Store, lists, o.cards)
		goro, mia := trestletest.Person(t, b.Store, "goro", who.Member), trestletest.Person(t, b.Store, "mia", who.Manager)
		trestletest.Join(t, b.Store, o.team, goro, "worker")
		bo := trestletest.Person(t, b.Store, "bo", who.Member)
		bo.Discipline = "operations"
		trestletest.Liaise(t, b.Store, o.team, bo)
		other := trestletest.Team(t, b.Store, "OTH")
		today := b.Store.Now().Format(time.DateOnly)
		do := func(_ any, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		l, err := lists.Create(o.ctx, checklist.NewList{Kind: "launch", TeamID: o.team, Name: "=Sale", LaunchOn: today})
		do(l, err)
		do(lists.Answer(o.ctx, l.ID, "F1", checklist.NewAnswer{Text: "=HYPERLINK(\"https://evil.example\")", Evidence: []checklist.NewProof{{Type: "number", Value: "7", Unit: "d"}}}))
		do(lists.PushBack(trestletest.Ctx(t, bo), l.ID, "F1", "Which one?"))
		do(lists.NotApplicable(o.ctx, l.ID, "F3", "Nobody uses it"))
		do(launches.Write(o.ctx, l.ID, launch.NewPlan{Plan: launch.Plan{Stages: []launch.LaunchStage{{Name: "All", Share: 100}}}}))
		do(launches.Begin(o.ctx, l.ID, ""))
		do(launches.Stop(o.ctx, l.ID, "96 %"))
		do(launches.AddFreeze(o.ctx, launch.NewFreeze{TeamID: o.team, Title: "Closing", Why: "The books", From: today, To: today}))
		do(launches.AddFreeze(trestletest.Ctx(t, mia), launch.NewFreeze{Title: "Sale", From: today, To: today}))
		do(lists.Create(trestletest.Ctx(t, trestletest.Person(t, b.Store, "ada", who.Admin)), checklist.NewList{Kind: "launch", TeamID: other, Name: "Theirs", LaunchOn: today}))

		read := func(v who.Viewer, teamID, from, to, format string) (string, error) {
			var out bytes.Buffer
			_, err := o.port.AuditTo(trestletest.Ctx(t, v), port.Audit{TeamID: teamID, From: from, To: to, Format: format}, &out)
			return out.String(), err
		}
		text, err := read(o.lead, o.team, today, today, "csv")
		do(text, err)
		rows, err := csv.NewReader(bytes.NewBufferString(text)).ReadAll()
		do(rows, err)
		got := map[string][]string{}
		for i, r := range rows[1:] {
			got[r[2]] = r
			if i > 0 && r[0] < rows[i][0] {
				t.Errorf("out of order: %v after %v", r, rows[i])
			}
			if r[5] == "Theirs" {
				t.Error("another team's")
			}
			if len(r[13]) < 32 {
				t.Errorf("without its link in the chain: %v", r)
			}
		}
		for kind, want := range map[string]map[int]string{
			"checklist.answered":       {3: "lena", 5: "'=Sale", 6: "F1", 8: "answered", 9: "'=HYPERLINK(\"https://evil.example\")", 10: "number 7 d"},
			"checklist.pushed_back":    {3: "bo", 8: "questioned", 9: "Which one?"},
			"checklist.not_applicable": {6: "F3", 9: "Nobody uses it"},
			"launch.stopped":           {8: "stopped", 9: "stage All; 96 %"},
			"freeze.made":              {5: "Closing", 9: "The books"},
		} {
			r := got[kind]
			if r == nil {
				t.Errorf("no %s in\n%s", kind, text)
				continue
			}
			for i, s := range want {
				if r[i] != s {
					t.Errorf("%s: %s is %q, not %q", kind, rows[0][i], r[i], s)
				}
			}
		}
		whole, err := read(mia, "", today, today, "json")
		do(whole, err)
		var doc struct{ Lines []port.AuditLine }
		do(nil, json.Unmarshal([]byte(whole), &doc))
		theirs, org := false, false
		for _, l := range doc.Lines {
			theirs, org = theirs || l.About == "Theirs", org || l.Topic == "org"
		}
		if !theirs || !org || len(doc.Lines) <= len(rows)-1 {
			t.Errorf("theirs %v, everybody's freeze %v: %s", theirs, org, whole)
		}
		if none, err := read(o.lead, o.team, "2020-01-01", "2020-01-31", "json"); err != nil || none != "{\"from\":\"2020-01-01\",\"team\":\"Team PAY\",\"to\":\"2020-01-31\",\"lines\":[]}\n" {
			t.Errorf("%v %s", err, none)
		}
		for what, c := range map[string]struct {
			v              who.Viewer
			team, from, to string
			code           string
		}{
			"a worker": {goro, o.team, today, today, "forbidden"}, "all teams for a lead": {o.lead, "", today, today, "forbidden"},
			"another team for a lead": {o.lead, other, today, today, "forbidden"}, "no such team": {o.lead, "tea_0", today, today, "not_found"},
			"backwards": {o.lead, o.team, today, "2020-01-01", "invalid"}, "no day": {o.lead, o.team, "soon", today, "invalid"},
		} {
			if text, err := read(c.v, c.team, c.from, c.to, "csv"); !fault.Is(err, c.code) || text != "" {
				t.Errorf("%s: %v, not %s: %s", what, err, c.code, text)
			}
		}
	})
}
