package notice_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/trestletest"
)

// channel is a chat that takes hooks, on this machine.
type channel struct {
	*httptest.Server
	said   []string
	status int
}

func (o *office) channel(t *testing.T) *channel {
	t.Helper()
	c := &channel{status: 200}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var m struct{ Text string }
		if json.Unmarshal(raw, &m) == nil && c.status == 200 && r.URL.Path == "/services/SECRET" {
			c.said = append(c.said, m.Text)
		}
		w.WriteHeader(c.status)
	}))
	t.Cleanup(c.Close)
	return c
}

func withChat(t *testing.T, fn func(t *testing.T, o *office, c *channel, team string)) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		o := open(t, b, notice.Config{Inside: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
		team := trestletest.Team(t, o.Store, "PAY")
		o.leads[o.ana.PersonID+" "+team] = true
		fn(t, o, o.channel(t), team)
	})
}

func raised(team string) notice.Note {
	return notice.Note{Kind: "blocker.raised", TeamID: team, CardKey: "PAY-1", Title: "PAY-1 <!channel> is | blocked & waits @here", Text: "no <https://evil.example|key>", Link: "/c/PAY-1"}
}

func TestChat(t *testing.T) {
	withChat(t, func(t *testing.T, o *office, c *channel, team string) {
		ana, bo := trestletest.Ctx(t, o.ana), trestletest.Ctx(t, o.bo)
		o.post(t, o.bo, raised(team))
		o.work(t) // no hook yet: nothing
		exec(t, o, "DELETE FROM outbox")
		v, err := o.notices.SetChat(ana, team, c.URL+"/services/SECRET", []string{"blocker.raised"})
		if err != nil || !v.Set || v.Host != "127.0.0.1" || v.SetBy != "Ana" {
			t.Fatal(v, err)
		}
		o.post(t, o.bo, raised(team))
		other := raised(team)
		other.Kind = "policy.top_changed" // not chosen
		o.post(t, o.bo, other)
		o.work(t)
		exec(t, o, "UPDATE outbox SET done_at = NULL, claimed_until = 0 WHERE kind = 'notice'") // the runner died before it could note the end
		o.work(t)
		want := "*Bo* · <https://trestle.example/c/PAY-1|PAY-1 &lt;!channel&gt; is ¦ blocked &amp; waits @\u200bhere>\n> no &lt;https://evil.example|key&gt;"
		if len(c.said) != 1 || c.said[0] != want {
			t.Fatalf("%q", c.said)
		}
		if v, err = o.notices.Chat(ana, team); err != nil || v.Last == nil || v.Last.State != "sent" {
			t.Fatal(v, err)
		}
		if v, err = o.notices.SetChat(ana, team, "", []string{"policy.top_changed"}); err != nil || !v.Set || v.Kinds[0] != "policy.top_changed" {
			t.Fatal("the address is kept when only the kinds change:", v, err)
		}
		for range 2 { // the same request again sends nothing, and is told the same
			if err := o.notices.TestChat(trestletest.CtxKey(t, o.ana, "once", "h"), team); err != nil || len(c.said) != 2 {
				t.Fatal(err, c.said)
			}
		}
		if log := o.log(t); len(log) != 2 || log[0].State != "sent" || log[0].Subject != "A test by Ana" || log[0].Channel != "chat" || log[0].TeamID != team {
			t.Fatalf("%+v", log)
		}
		c.status = 404
		for range 2 {
			if err := o.notices.TestChat(trestletest.CtxKey(t, o.ana, "twice", "h"), team); !fault.Is(err, "chat_failed") || !strings.Contains(err.Error(), "404") {
				t.Fatal(err)
			}
		}
		if log := o.log(t); len(log) != 3 || log[0].State != "failed" || log[0].Reason != "the chat answers 404: it does not take messages at this address" {
			t.Fatalf("%+v", log)
		}
		if v, err = o.notices.Chat(ana, team); err != nil || v.Last == nil || v.Last.State != "failed" {
			t.Fatal(v, err)
		}
		tested := len(o.log(t)) + 1
		if err := o.notices.TestChat(ana, team); !fault.Is(err, "chat_failed") || strings.Contains(err.Error(), "SECRET") {
			t.Fatal(err)
		}
		if log := o.log(t); len(log) != tested { // without a key it is another request
			t.Fatalf("%+v", log)
		}
		exec(t, o, "UPDATE deliveries SET state = 'waiting' WHERE job < 0") // the program stopped while it sent
		o.Clock.Advance(time.Hour)
		if err := o.notices.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if log := o.log(t); log[0].State != "failed" || log[0].Reason == "" || log[len(log)-1].State != "sent" {
			t.Fatalf("%+v", log)
		}
		for _, err := range []error{o.notices.TestChat(bo, team), o.notices.RemoveChat(bo, team), func() error { _, err := o.notices.Chat(bo, team); return err }(),
			func() error { _, err := o.notices.SetChat(bo, team, c.URL, nil); return err }()} {
			if !fault.Is(err, "forbidden") {
				t.Fatal(err)
			}
		}
		if err := o.notices.RemoveChat(ana, team); err != nil {
			t.Fatal(err)
		}
		if err := o.notices.TestChat(ana, team); !fault.Is(err, "no_chat") {
			t.Fatal(err)
		}
		// the address left by no door: not in what is read, told or logged
		raw, _ := json.Marshal(o.log(t))
		if n := trestletest.Count(t, o.Store, "SELECT count(*) FROM events WHERE data LIKE '%SECRET%'"); n != 0 || strings.Contains(string(raw), "SECRET") {
			t.Fatal("the secret was told")
		}
	})
}

func TestChat_Retries(t *testing.T) {
	withChat(t, func(t *testing.T, o *office, c *channel, team string) {
		ana := trestletest.Ctx(t, o.ana)
		if _, err := o.notices.SetChat(ana, team, c.URL+"/services/SECRET", []string{"blocker.raised"}); err != nil {
			t.Fatal(err)
		}
		c.status = 500
		o.post(t, o.bo, raised(team))
		o.work(t)
		if log := o.log(t); log[0].State != "retrying" || log[0].Reason != "the chat answers 500" || log[0].TeamID != team {
			t.Fatalf("%+v", log)
		}
		c.status = 200
		o.later(t, 2*time.Second)
		if log := o.log(t); len(log) != 1 || log[0].State != "sent" || log[0].Tries != 2 || len(c.said) != 1 {
			t.Fatalf("%+v", log)
		}
		c.status = 410
		o.post(t, o.bo, raised(team))
		o.work(t)
		o.later(t, time.Hour)
		if log := o.log(t); log[0].State != "failed" || log[0].Tries != 1 {
			t.Fatalf("%+v", log)
		}
		c.status = 503
		o.post(t, o.bo, raised(team))
		o.work(t)
		if err := o.notices.RemoveChat(ana, team); err != nil {
			t.Fatal(err)
		}
		o.later(t, time.Minute)
		if log := o.log(t); log[0].State != "skipped" {
			t.Fatalf("%+v", log)
		}
	})
}

// What is told of a board's week goes to a chat that wants it.
func TestChat_OfTheWeek(t *testing.T) {
	withChat(t, func(t *testing.T, o *office, c *channel, team string) {
		ana := trestletest.Ctx(t, o.ana)
		if _, err := o.notices.SetChat(ana, team, c.URL+"/services/SECRET", []string{"flow.weekly"}); err != nil {
			t.Fatal(err)
		}
		o.post(t, o.bo, notice.Note{Kind: "flow.weekly", TeamID: team, Link: "/b/brd_1/flow", Title: "Delivery, last week: 3 finished, 2 in progress", Markdown: "- Throughput: 3 last week"})
		o.work(t)
		if len(c.said) != 1 || !strings.Contains(c.said[0], "/b/brd_1/flow|Delivery, last week: 3 finished") || !strings.Contains(c.said[0], "- Throughput: 3 last week") {
			t.Fatalf("%q", c.said)
		}
	})
}

func TestSetChat_Refused(t *testing.T) {
	each(t, func(t *testing.T, o *office) { // nothing inside is allowed here
		team := trestletest.Team(t, o.Store, "PAY")
		o.leads[o.ana.PersonID+" "+team] = true
		ana := trestletest.Ctx(t, o.ana)
		for _, c := range []struct{ url, kind string }{{"", ""}, {"http://chat.example/x", ""}, {"ftp://chat.example/x", ""}, {"https://me:pw@chat.example/x", ""},
			{"chat.example", ""}, {"javascript:alert(1)", ""}, {"https://chat.example/x", "card.mentioned"}} {
			kinds := []string{}
			if c.kind != "" {
				kinds = append(kinds, c.kind)
			}
			if _, err := o.notices.SetChat(ana, team, c.url, kinds); !fault.Is(err, "invalid") {
				t.Error(c, err)
			}
		}
		if n := trestletest.Count(t, o.Store, "SELECT (SELECT count(*) FROM team_chats) + (SELECT count(*) FROM events)"); n != 0 {
			t.Fatal("a refusal changed something")
		}
		// an address inside can be written down, and is refused when it is called
		if _, err := o.notices.SetChat(ana, team, "https://169.254.169.254/latest", []string{"blocker.raised"}); err != nil {
			t.Fatal(err)
		}
		if err := o.notices.TestChat(ana, team); !fault.Is(err, "chat_failed") {
			t.Fatal(err)
		}
		o.post(t, o.bo, raised(team))
		o.work(t)
		if log := o.log(t); log[0].State != "failed" || log[0].Tries != 1 {
			t.Fatalf("%+v", log)
		}
	})
}
