package port_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/port"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func ptr[T any](v T) *T { return &v }

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
		do(launches.Write(o.ctx, l.ID, launch.NewPlan{Plan: launch.Plan{Stages: []launch.LaunchStage{{Name: "Us", HoldHours: 24}, {Name: "All", Share: 100}}}}))
		do(launches.AddFreeze(o.ctx, launch.NewFreeze{TeamID: o.team, Title: "Closing", Why: "The books", From: today, To: today}))
		run, err := launches.Begin(o.ctx, l.ID, "A law")
		do(run, err)
		do(launches.Next(o.ctx, l.ID, launch.Held{StageID: run.Plan.Stages[0].ID, Said: "9 of 9", Why: "It begins at noon"}))
		do(launches.Stop(o.ctx, l.ID, "96 %"))
		do(launches.AddFreeze(trestletest.Ctx(t, mia), launch.NewFreeze{Title: "Sale", From: today, To: today}))
		do(lists.Create(trestletest.Ctx(t, trestletest.Person(t, b.Store, "ada", who.Admin)), checklist.NewList{Kind: "launch", TeamID: other, Name: "Theirs", LaunchOn: today}))

		// what was waived, what the door asks for, services, templates, leave and agreements
		svc, err := catalogue.New(b.Store).Create(o.ctx, catalogue.NewService{TeamID: o.team, Name: "ledger", Kind: "digital", Criticality: "standard", OperatingModel: "team", ModelWhy: "The team answers its own pager"})
		do(svc, err)
		do(catalogue.New(b.Store).Change(o.ctx, svc.ID, catalogue.Patch{Criticality: web.Some("critical"), OperatingModel: web.Some("operations"), ModelWhy: web.Some("It is never changed"), Links: web.Some([]catalogue.Link{{Label: "Runbook", URL: "https://run.example"}})}))
		tpl, err := lists.MakeTemplate(o.ctx, checklist.NewTemplate{Name: "Ours", TeamID: o.team, From: "ckt_launch"})
		do(tpl, err)
		do(lists.Publish(o.ctx, tpl.ID, "The first"))
		wish, err := lists.Propose(trestletest.Ctx(t, goro), tpl.ID, checklist.NewProposal{Topic: "launch", Question: "Who is told?", Why: "Nobody was"})
		do(wish, err)
		do(lists.Decline(o.ctx, wish.ID, "L6 asks it"))
		wish, err = lists.Propose(trestletest.Ctx(t, goro), tpl.ID, checklist.NewProposal{Topic: "launch", Question: "Who turns it off?", Why: "Nobody knew"})
		do(wish, err)
		do(lists.Accept(o.ctx, wish.ID, checklist.Taking{}))
		stand := liaison.New(b.Store, team.New(b.Store, account.New(b.Store, account.Config{})), nil, nil, nil, lists, nil, nil)
		do(stand.Leave(o.ctx, bo.PersonID, liaison.NewLeave{From: today, To: today}))
		acc := account.New(b.Store, account.Config{})
		room := team.New(b.Store, acc)
		days := calendar.New(b.Store, acc, o.boards, standup.New(b.Store, o.boards, o.cards, nil), retro.New(b.Store, o.boards, o.cards), ritual.New(b.Store, o.boards, o.cards), nil)
		do(days.Agree(o.ctx, o.team, calendar.NewAgreement{Discipline: "operations", PersonID: bo.PersonID, Kind: calendar.Standup, Weekdays: []int{1, 3}}))
		eli := trestletest.Person(t, b.Store, "eli", who.Member)
		contracts := liaison.New(b.Store, room, nil, nil, days, lists, nil, nil)
		pat, err := contracts.Set(o.ctx, o.team, liaison.NewPattern{Discipline: "operations", Pattern: "liaison", PersonID: bo.PersonID, Share: ptr(0.4), ReviewOn: "2099-01-01", Why: "A launch",
			Rituals: []calendar.NewAgreement{{Kind: calendar.FlowReview, Weekdays: []int{5}, Every: 2}, {Kind: calendar.Retro}}})
		do(pat, err)
		do(contracts.Change(o.ctx, pat.ID, liaison.Patch{Share: ptr(0.5), DeputyID: web.Some(eli.PersonID), ResponseDays: ptr(1), Why: "It grew"}))
		do(contracts.End(o.ctx, pat.ID, "It is over"))
		gate, err := o.boards.Create(o.ctx, board.NewBoard{TeamID: o.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
			Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
		do(gate, err)
		b.Clock.Advance(time.Second)
		do(o.boards.ChangeColumn(o.ctx, gate.Columns[1].ID, board.ColumnPatch{Checklist: web.Some(board.NewListPolicy{Level: "light", Phase: "design"})}))
		c, err := o.cards.Create(o.ctx, gate.ID, card.NewCard{Title: "Refunds", ColumnID: gate.Columns[0].ID})
		do(c, err)
		do(o.cards.Move(o.ctx, c.Card.ID, card.Move{ColumnID: gate.Columns[1].ID, Answers: board.Answers{Waive: &board.Waive{Reason: "The sale is on Friday"}}}))

		// let in with what was said not to apply
		two, err := o.cards.Create(o.ctx, gate.ID, card.NewCard{Title: "Vouchers", ColumnID: gate.Columns[0].ID})
		do(two, err)
		passed, err := lists.Create(o.ctx, checklist.NewList{Kind: "card", CardID: two.Card.ID, Level: "light"})
		do(passed, err)
		asked := []string{}
		for _, x := range passed.Topics {
			for _, it := range x.Items {
				if it.Blocks {
					asked = append(asked, it.Key)
					do(lists.NotApplicable(o.ctx, passed.ID, it.Key, "Nobody uses it"))
				}
			}
		}
		do(o.cards.Move(o.ctx, two.Card.ID, card.Move{ColumnID: gate.Columns[1].ID}))

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
			got[r[2]+" "+r[8]] = r
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
		// the change of the column that the line tells of
		var door string
		do(b.Store.Rows(t.Context()).Row([]any{&door}, "SELECT seq FROM events WHERE topic = ? AND type = 'column.updated'", "board:"+gate.ID))
		for kind, want := range map[string]map[int]string{
			"checklist.answered":       {3: "lena", 5: "'=Sale", 6: "F1", 8: "answered", 9: "'=HYPERLINK(\"https://evil.example\")", 10: "number 7 d"},
			"checklist.pushed_back":    {3: "bo", 8: "questioned", 9: "Which one?"},
			"checklist.not_applicable": {9: "Nobody uses it"},
			"launch.began":             {8: "running", 9: "stage Us; A law; blocking " + strconv.Itoa(run.Course[0].Blocking) + "; in the freeze Closing"},
			"launch.went_on":           {8: "running", 9: "stage All; 9 of 9; 1440 min before the hold had ended: It begins at noon; in the freeze Closing"},
			"launch.stopped":           {8: "stopped", 9: "stage All; 96 %"},
			"freeze.made":              {5: "Closing", 9: "The books"},
			"checklist.waived":         {3: "lena", 5: c.Card.Key + " Refunds", 8: "let into Build", 9: "The sale is on Friday", 11: "board:" + gate.ID},
			"checklist.admitted": {3: "lena", 5: two.Card.Key + " Vouchers", 8: "let into Build", 11: "board:" + gate.ID,
				7: fmt.Sprintf("liaison checklist at level light, the questions of the design: %d do not apply (%s)", len(asked), strings.Join(asked, ", "))},
			"entry.changed":         {3: "lena", 5: gate.Name + ", Build", 8: "asks for the liaison checklist at level light, the questions of the design", 11: "board:" + gate.ID, 12: door},
			"service.changed added": {3: "lena", 5: "ledger", 9: "kind digital service; criticality standard; operating model you build it, you run it; why it is run so: The team answers its own pager"},
			"service.changed changed": {5: "ledger", 9: "criticality from \"standard\" to \"critical\"; operating model from \"you build it, you run it\" to \"operations runs it\"; " +
				"why it is run so from \"The team answers its own pager\" to \"It is never changed\"; links"},
			"pattern.set": {3: "lena", 5: "bo", 8: "operations liaison", 9: "share 40 %; answers within 3 days; since " + today +
				"; looked at again 2099-01-01; comes to flow review on Friday every 2 weeks and retro; A launch"},
			"pattern.changed": {3: "lena", 5: "bo", 9: "deputy nobody to eli; share 40 % to 50 %; answers within 3 days to 1 day; It grew"},
			"pattern.ended":   {5: "bo", 9: "comes no more to flow review on Friday every 2 weeks and retro and standup on Monday, Wednesday; It is over"},
			"checklist_templates.changed published version 1": {5: "Ours", 9: "The first"},
			"checklist_templates.changed proposed":            {3: "goro", 5: "Ours", 7: "Who turns it off?", 9: "Nobody knew"},
			"checklist_templates.changed declined":            {3: "lena", 7: "Who is told?", 9: "L6 asks it"},
			"checklist_templates.changed accepted":            {3: "lena", 5: "Ours", 9: "Who turns it off?"},
			"leaves.changed":                                  {3: "lena", 5: "bo", 8: "away " + today + " to " + today},
			"calendar.agreed made operations standup":         {3: "lena", 5: "bo", 8: "made operations standup", 9: "on Monday, Wednesday"},
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
