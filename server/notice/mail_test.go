package notice_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func berlin(t *testing.T, o *office, v who.Viewer) {
	t.Helper()
	exec(t, o, "UPDATE people SET time_zone = 'Europe/Berlin' WHERE id = ?", v.PersonID)
}

// A minute is time to read it in the inbox, and gathers what comes together.
func TestMail_AtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		n := mention("brd_1", o.bo.PersonID)
		n.Title, n.Text = "Look\r\nBcc: all@example.test", "<script>alert(1)</script> & more"
		o.post(t, o.ana, n)
		o.later(t, 20*time.Second)
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.later(t, 30*time.Second)
		if len(o.mail.sent) != 0 {
			t.Fatal("before the minute was over")
		}
		o.later(t, 2*time.Minute)
		if len(o.mail.sent) == 0 || len(o.mail.sent) > 2 {
			t.Fatalf("%d mails", len(o.mail.sent))
		}
		l := o.mail.sent[0]
		if l.ToName != "Bo" || !strings.Contains(l.ToAddress, "@") || strings.ContainsAny(l.Subject, "\r\n") || !strings.HasSuffix(l.Subject, "Look Bcc: all@example.test") {
			t.Fatalf("%+v", l)
		}
		if strings.Contains(l.HTML, "<script") || !strings.Contains(l.HTML, "&lt;script&gt;") || !strings.Contains(l.Text, "https://trestle.example/c/PAY-1") || !strings.Contains(l.Text, "by Ana") {
			t.Fatalf("%s\n%s", l.Text, l.HTML)
		}
		sent := len(o.mail.sent)
		exec(t, o, "UPDATE outbox SET done_at = NULL, claimed_until = 0") // the runner died before it could note the end
		o.work(t)
		if len(o.mail.sent) != sent {
			t.Fatal("sent twice")
		}
		if log := o.log(t); log[0].State != "sent" || log[0].Channel != "mail" || log[0].PersonName != "Bo" {
			t.Fatalf("%+v", log)
		}
		if _, _, err := o.notices.Log(trestletest.Ctx(t, o.bo), "", 50, ""); !fault.Is(err, "forbidden") {
			t.Fatal(err)
		}
	})
}

func TestMail_NotWorthIt(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(t *testing.T, o *office)
		why       string
	}{
		"read": {func(t *testing.T, o *office) {
			if _, err := o.notices.Mark(trestletest.Ctx(t, o.bo), true, nil, true, ""); err != nil {
				t.Fatal(err)
			}
		}, "It was read before."},
		"unseen": {func(_ *testing.T, o *office) { clear(o.sees) }, "They may no longer see it."},
		"gone": {func(t *testing.T, o *office) {
			exec(t, o, "UPDATE people SET disabled_at = 1 WHERE id = ?", o.bo.PersonID)
		}, "They have left."},
		"no mail": {func(t *testing.T, o *office) { o.choose(t, o.bo, notice.Choices{Mail: new(bool)}) }, "They turned mail off."},
		"no longer": {func(t *testing.T, o *office) {
			o.choose(t, o.bo, notice.Choices{Ways: map[string]notice.Way{"card.mentioned": notice.InInbox}})
		}, "They no longer want this kind by mail."},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, trestletest.New(t), notice.Config{})
			o.sees[o.bo.PersonID+" brd_1"] = true
			o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
			o.work(t)
			c.meanwhile(t, o)
			o.later(t, 2*time.Minute)
			log := o.log(t)
			if len(o.mail.sent) != 0 || len(log) != 1 || log[0].State != "skipped" || log[0].Reason != c.why {
				t.Fatalf("%d sent, %+v", len(o.mail.sent), log)
			}
		})
	}
}

// What comes at night in Berlin goes at seven in Berlin, in one mail; who never said where they are has no night.
func TestMail_QuietHours(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"], o.sees[o.dara.PersonID+" brd_1"] = true, true
		berlin(t, o, o.bo)
		exec(t, o, "UPDATE people SET time_zone = '' WHERE id = ?", o.dara.PersonID)
		o.Clock.Advance(10*time.Hour + 30*time.Minute) // 19:30 UTC, 20:30 in Berlin
		for range 3 {
			o.post(t, o.ana, mention("brd_1", o.bo.PersonID, o.dara.PersonID))
			o.work(t)
			o.later(t, 2*time.Hour)
		}
		for _, l := range o.mail.sent {
			if l.ToName != "Dara" {
				t.Fatalf("%s had mail at night", l.ToName)
			}
		}
		before := len(o.mail.sent)
		o.later(t, 4*time.Hour+29*time.Minute) // 05:59 UTC
		if before != 3 || len(o.mail.sent) != before {
			t.Fatalf("%d, then %d", before, len(o.mail.sent))
		}
		o.later(t, time.Minute)
		if len(o.mail.sent) != before+1 || !strings.HasPrefix(o.mail.sent[before].Subject, "3 notices: ") {
			t.Fatalf("%+v", o.mail.sent[before:])
		}
	})
}

// Who makes the evening quiet after something was due is not written to in it.
func TestMail_QuietSince(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		berlin(t, o, o.bo)
		o.mail.fail = []error{errors.New("busy")}
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		o.later(t, time.Minute)
		o.choose(t, o.bo, notice.Choices{Quiet: &notice.QuietChange{On: new(true), From: new("10:00"), To: new("12:00")}}) // 11:00 in Berlin
		o.later(t, 5*time.Second)
		if log := o.log(t); len(o.mail.sent) != 0 || log[0].State != "skipped" {
			t.Fatalf("%d sent, %+v", len(o.mail.sent), log)
		}
		o.later(t, 2*time.Hour)
		if len(o.mail.sent) != 1 {
			t.Fatalf("%d", len(o.mail.sent))
		}
	})
}

func TestMail_Digest(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		berlin(t, o, o.bo)
		at := "09:15"
		o.choose(t, o.bo, notice.Choices{DigestAt: &at, Ways: map[string]notice.Way{"card.mentioned": notice.Daily}})
		for range 60 {
			o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		}
		o.work(t)
		o.later(t, 23*time.Hour+14*time.Minute) // 09:14 in Berlin
		if len(o.mail.sent) != 0 {
			t.Fatal("too early")
		}
		o.later(t, time.Minute)
		if len(o.mail.sent) != 1 || !strings.HasPrefix(o.mail.sent[0].Subject, "60 notices: ") || !strings.Contains(o.mail.sent[0].Text, "And 10 more: https://trestle.example/inbox") {
			t.Fatalf("%d %.200s", len(o.mail.sent), o.mail.sent[0].Text)
		}
	})
}

func TestMail_Retries(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		o.mail.fail = []error{errors.New("busy"), errors.New("busy")}
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		o.later(t, time.Minute)
		if log := o.log(t); log[0].State != "retrying" || log[0].Reason != "busy" || log[0].Tries != 1 {
			t.Fatalf("%+v", log)
		}
		o.later(t, 3*time.Second)
		o.later(t, 10*time.Second)
		if log := o.log(t); len(log) != 1 || log[0].State != "sent" || log[0].Tries != 3 || log[0].Reason != "" || len(o.mail.sent) != 1 {
			t.Fatalf("%+v", log)
		}
		o.mail.fail = []error{outbox.Permanent(errors.New("no such person"))}
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		o.later(t, time.Minute)
		o.later(t, time.Hour)
		if log := o.log(t); log[0].State != "failed" || log[0].Tries != 1 || len(o.mail.sent) != 1 {
			t.Fatalf("%+v", log)
		}
		for range 40 { // a server that is away for more than a day
			o.mail.fail = append(o.mail.fail, errors.New("nobody listens there"))
		}
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		for range 40 {
			o.later(t, time.Hour+15*time.Minute)
		}
		if log := o.log(t); log[0].State != "failed" || log[0].Tries < 10 || len(o.mail.sent) != 1 {
			t.Fatalf("%+v", log[0])
		}
	})
}

func TestEndMail(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.sees[o.bo.PersonID+" brd_1"] = true
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		o.later(t, time.Minute)
		_, token, _ := strings.Cut(o.mail.sent[0].EndURL, "?t=")
		for range 2 { // a mail program may tap twice
			if err := o.notices.EndMail(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		if p, err := o.notices.Preferences(trestletest.Ctx(t, o.bo)); err != nil || p.Mail {
			t.Fatal(p, err)
		}
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM events WHERE type = 'notice.preferences_changed'"); n != 1 {
			t.Fatal(n)
		}
		if err := o.notices.EndMail(t.Context(), token+"x"); !fault.Is(err, "link_ended") {
			t.Fatal(err)
		}
		o.later(t, 91*24*time.Hour)
		if err := o.notices.EndMail(t.Context(), token); !fault.Is(err, "link_ended") {
			t.Fatal(err)
		}
	})
}

func TestChoose(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := trestletest.Ctx(t, o.bo)
		before, err := o.notices.Preferences(ctx)
		if err != nil || !before.MailAvailable || !before.Mail || before.DigestAt != "08:00" || before.Quiet.From != "20:00" || len(before.Kinds) != len(notice.Kinds) {
			t.Fatal(before, err)
		}
		bad := "25:00"
		short := "8:00"
		for _, c := range []notice.Choices{
			{DigestAt: &bad}, {DigestAt: &short}, {Quiet: &notice.QuietChange{To: new("")}},
			{Ways: map[string]notice.Way{"card.eaten": notice.Off}}, {Ways: map[string]notice.Way{"card.mentioned": "pigeon"}},
			{Ways: map[string]notice.Way{"card.mentioned": notice.Off}, DigestAt: &bad},
		} {
			if _, err := o.notices.Choose(ctx, c); !fault.Is(err, "invalid") {
				t.Fatal(c, err)
			}
		}
		if n := trestletest.Count(t, o.Store, "SELECT (SELECT count(*) FROM notice_ways) + (SELECT count(*) FROM notice_times) + (SELECT count(*) FROM events)"); n != 0 {
			t.Fatal("a refusal changed something")
		}
		at := "17:45"
		o.choose(t, o.bo, notice.Choices{DigestAt: &at, Ways: map[string]notice.Way{"card.mentioned": notice.Off}})
		o.choose(t, o.bo, notice.Choices{Quiet: &notice.QuietChange{On: new(true), From: new("18:00"), To: new("09:00")}})
		o.choose(t, o.bo, notice.Choices{Quiet: &notice.QuietChange{Weekends: new(true)}})
		p, err := o.notices.Preferences(ctx)
		if err != nil || p.DigestAt != at || p.Kinds[0].Way != notice.Off || p.Kinds[0].Default != notice.ByMail || p.Quiet.To != "09:00" || !p.Quiet.Weekends {
			t.Fatal(p, err)
		}
		o.sees[o.bo.PersonID+" brd_1"] = true
		o.post(t, o.ana, mention("brd_1", o.bo.PersonID))
		o.work(t)
		if in := o.inbox(t, o.bo); len(in.Items) != 0 {
			t.Fatal("what is off came")
		}
	})
}
