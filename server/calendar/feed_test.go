package calendar_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/VictoriaMetrics/metrics"
	ics "github.com/arran4/golang-ical"

	"trestle/server/calendar"
	"trestle/server/retro"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

type safe struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.b.Write(p) }
func (s *safe) String() string              { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

func (h *house) ask(method, path string, headers ...string) (*http.Response, string) {
	h.t.Helper()
	req, err := http.NewRequest(method, h.http.URL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(body)
}

// feed makes an address and gives its path.
func (h *house) feed(v who.Viewer, teamID string) (path, id string) {
	h.t.Helper()
	made := must[calendar.FeedMade](h.t)(h.calendar.MakeFeed(h.as(v), teamID))
	path, ok := strings.CutPrefix(made.URL, "https://trestle.example")
	if !ok || len(path) != len("/feeds/.ics")+52 {
		h.t.Fatal(made.URL)
	}
	return path, made.ID
}

// someDays are what another room has to show of whole days.
type someDays []calendar.DayView

func (d someDays) DaysOf(*store.Query, who.Viewer, string, string) ([]calendar.DayView, error) {
	return d, nil
}

func TestFeed_IsACalendarThatOthersRead(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.exec("UPDATE standup_series SET name = ?", "Délivery; standup, \\o/ "+strings.Repeat("long ", 8))
		h.exec("UPDATE teams SET name = 'Payments'")
		must[calendar.AgreementView](t)(h.calendar.Agree(h.as(h.bo), h.team, calendar.NewAgreement{Kind: "standup", Discipline: "operations", PersonID: h.bo.PersonID, Weekdays: []int{1}}))
		must[retro.View](t)(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", Title: "Kai's mistake"}))
		ten := 10.0
		h.calendar.UseDays(someDays{{ID: "lst_1", Kind: "launch", TeamID: h.team, TeamName: "Payments", Title: "Gift cards", From: "2026-03-12", To: "2026-03-12", Link: "/launches/lst_1"},
			{ID: "frz_1", Kind: "freeze", Title: "Sale", From: "2026-03-27", To: "2026-03-30", Link: "/launches"},
			{ID: "stg_1", Kind: "stage", TeamID: h.team, TeamName: "Payments", Title: "Gift cards", Stage: "Few", Share: &ten, Reckoned: true, From: "2026-03-14", To: "2026-03-14", Link: "/launches/lst_1"},
			{ID: "lst_2", Kind: "launch", TeamID: "tea_other", TeamName: "Others", Title: "Theirs", From: "2026-03-12", To: "2026-03-12"}})
		h.meet(berlin(2, 9, 30), 10, h.bo)
		h.b.Clock.Set(berlin(4, 12, 0)) // Tuesday's was missed
		path, _ := h.feed(h.bo, "")
		res, body := h.ask("GET", path)
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || res.Header.Get("Cache-Control") != "private, no-cache" {
			t.Fatalf("%d %v", res.StatusCode, res.Header)
		}
		for n, line := range strings.Split(strings.TrimSuffix(body, "\r\n"), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
				t.Errorf("line %d has %d bytes: %q", n+1, len(line), line)
			}
		}
		for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Trestle//Ritual calendar//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n",
			"\r\nDTSTART:20260302T083000Z\r\nDTEND:20260302T084500Z\r\n", // winter
			"\r\nDTSTART:20260330T073000Z\r\nDTEND:20260330T074500Z\r\n", // summer: the same on the wall
			`SUMMARY:Délivery\; standup\, \\o/ long`, "UID:" + h.series + "-20260302@trestle",
			"\r\nDTSTART;VALUE=DATE:20260312\r\nDTEND;VALUE=DATE:20260313\r\nSUMMARY:Launch\\, Payments\r\n",
			"\r\nSUMMARY:Stage of a launch\\, 10 %\\, Payments\r\n", "\r\nSTATUS:TENTATIVE\r\n",
			"\r\nDTSTART;VALUE=DATE:20260327\r\nDTEND;VALUE=DATE:20260331\r\nSUMMARY:Nothing launches\r\n"} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q in\n%s", want, body[:min(len(body), 2500)])
			}
		}
		for _, never := range []string{"mistake", "Gift", "Others", "meet.example", "ana", "kai", "Tue", "20260303T", "RRULE", "ATTENDEE", "ORGANIZER", "@example.test"} {
			if strings.Contains(body, never) {
				t.Errorf("%q stands in the feed", never)
			}
		}
		cal, err := ics.ParseCalendar(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		uids, expected := map[string]bool{}, 0
		for _, e := range cal.Events() {
			start, err := e.GetStartAt()
			if err != nil || uids[e.Id()] {
				t.Errorf("%s twice, or %v", e.Id(), err)
			}
			uids[e.Id()] = true
			if p := e.GetProperty(ics.ComponentPropertySummary); strings.HasPrefix(p.Value, "Délivery") && p.Value != "Délivery; standup, \\o/ "+strings.Repeat("long ", 8)+", Payments" &&
				p.Value != strings.TrimSpace("Délivery; standup, \\o/ "+strings.Repeat("long ", 8))+", Payments" {
				t.Errorf("%q", p.Value)
			}
			if p := e.GetProperty(ics.ComponentPropertyTransp); p != nil && p.Value == "OPAQUE" {
				expected++
				if start.Weekday() != time.Monday {
					t.Errorf("expected on %s", start)
				}
			}
		}
		if len(uids) < 38 || expected < 8 {
			t.Errorf("%d events, %d expected", len(uids), expected)
		}

		tag := res.Header.Get("ETag")
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			if res, body := h.ask("GET", path, "If-None-Match", sent); res.StatusCode != 304 || body != "" || res.Header.Get("ETag") != tag {
				t.Errorf("%s: %d %q", sent, res.StatusCode, body)
			}
		}
		if res, _ := h.ask("GET", path, "If-None-Match", `"other"`); res.StatusCode != 200 {
			t.Error(res.StatusCode)
		}
		head, none := h.ask("HEAD", path)
		if head.StatusCode != 200 || none != "" || head.ContentLength != int64(len(body)) || head.Header.Get("ETag") != tag {
			t.Errorf("%d %d %v", head.StatusCode, head.ContentLength, head.Header)
		}
		h.plan([]int{1}, "10:00")
		if res, _ := h.ask("GET", path, "If-None-Match", tag); res.StatusCode != 200 || res.Header.Get("ETag") == tag {
			t.Error("a changed schedule is not told")
		}

		// A team's feed is what a screen of the team sees; who left sees nothing more by theirs.
		ofTeam, _ := h.feed(h.ana, h.team)
		if _, body := h.ask("GET", ofTeam); !strings.Contains(body, "X-WR-CALNAME:Rituals and launches of Payments") || strings.Contains(body, "expected") {
			t.Error(body)
		}
		h.exec("UPDATE people SET disabled_at = 1 WHERE name = 'bo'")
		if res, _ := h.ask("GET", path); res.StatusCode != 404 {
			t.Error(res.StatusCode)
		}
		h.exec("UPDATE teams SET archived_at = 1")
		if res, _ := h.ask("GET", ofTeam); res.StatusCode != 404 {
			t.Error(res.StatusCode)
		}
	})
}

func TestFeed_ItsAddressIsASecret(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		before := h.everything()
		token := h.ana
		token.SessionID, token.TokenID = "", "tok_x"
		for name, c := range map[string]struct {
			by   who.Viewer
			team string
			code string
		}{"a token": {token, "", "forbidden"}, "a worker": {h.kai, h.team, "forbidden"}, "a guest": {h.gast, h.team, "not_found"}} {
			_, err := h.calendar.MakeFeed(h.as(c.by), c.team)
			h.calm(name, c.code, err, before)
		}
		mine, id := h.feed(h.ana, "")
		theirs, teamID := h.feed(h.ana, h.team)
		other, _ := h.feed(h.bo, "")
		secret := strings.TrimSuffix(strings.TrimPrefix(mine, "/feeds/"), ".ics")
		if n := len(must[[]calendar.FeedView](t)(h.calendar.Feeds(h.as(h.ana)))); n != 2 {
			t.Errorf("%d", n)
		}
		if n := len(must[[]calendar.FeedView](t)(h.calendar.Feeds(h.as(h.kai)))); n != 0 {
			t.Errorf("kai sees %d", n)
		}
		for _, path := range []string{mine, theirs, other, strings.TrimSuffix(mine, ".ics")} {
			if res, _ := h.ask("GET", path); res.StatusCode != 200 {
				t.Errorf("%d", res.StatusCode)
			}
		}
		if f := must[[]calendar.FeedView](t)(h.calendar.Feeds(h.as(h.ana)))[0]; f.ReadAt == nil {
			t.Errorf("%+v", f)
		}

		// Whatever opens nothing is answered alike, to the byte and to the header.
		wrong := []string{"/feeds/" + strings.Repeat("0", 52) + ".ics", "/feeds/x.ics", "/feeds/", "/feeds/" + secret[:51] + ".ics", "/feeds/" + strings.ToUpper(secret) + ".ics",
			"/feeds/" + secret + "x.ics", "/feeds/" + secret + "/x", "/feeds/" + secret + ".ics/", "/feeds/%27%20OR%201=1--.ics", "/feeds/" + id + ".ics"}
		first, said := h.ask("GET", wrong[0])
		shape := func(res *http.Response) string {
			out := res.Header.Clone()
			out.Del("X-Request-Id")
			out.Del("Date")
			var b strings.Builder
			_ = out.Write(&b)
			return res.Status + b.String()
		}
		for _, path := range wrong[1:] {
			res, body := h.ask("GET", path)
			if body != said || shape(res) != shape(first) || res.StatusCode != 404 {
				t.Errorf("%s: %s %q", path, shape(res), body)
			}
		}
		before = h.everything()
		h.calm("revoked by somebody", "not_found", h.calendar.RevokeFeed(h.as(h.bo), id), before)
		h.calm("a team's revoked by a worker", "not_found", h.calendar.RevokeFeed(h.as(h.kai), teamID), before)
		for _, id := range []string{id, teamID} {
			if err := h.calendar.RevokeFeed(h.as(h.ana), id); err != nil {
				t.Fatal(err)
			}
		}
		for _, path := range []string{mine, theirs} {
			if res, body := h.ask("GET", path); body != said || shape(res) != shape(first) {
				t.Errorf("revoked: %s", shape(res))
			}
			if res, body := h.ask("HEAD", path, "If-None-Match", "*"); res.StatusCode != 404 || body != "" {
				t.Errorf("%d", res.StatusCode)
			}
		}
		if res, _ := h.ask("GET", other); res.StatusCode != 200 {
			t.Error("another's went with it")
		}
		for range 18 {
			h.feed(h.kai, "")
		}
		h.feed(h.kai, "")
		h.feed(h.kai, "")
		if _, err := h.calendar.MakeFeed(h.as(h.kai), ""); err == nil || !strings.Contains(err.Error(), "too_many_feeds") {
			t.Error(err)
		}

		// Asked too often: one answer for what is and what is not.
		limited := ""
		for range 80 {
			if res, _ := h.ask("GET", wrong[0]); res.StatusCode == 429 {
				limited = shape(res)
				break
			}
		}
		if res, _ := h.ask("GET", other); limited == "" || res.StatusCode != 429 || shape(res) != limited {
			t.Errorf("not limited alike: %q", limited)
		}

		// Neither the secret nor its end stands anywhere but with whom it was told.
		h.exec("INSERT INTO outbox (kind, topic, payload, due_at, created_at) VALUES ('x','','{}',0,0)")
		if !strings.Contains(h.logged.String(), "/feeds/:file") {
			t.Error("nothing was logged at all")
		}
		where := map[string]string{"the log": h.logged.String(), "metrics": gathered()}
		for _, table := range []string{"calendar_feeds", "events", "outbox", "commands", "topics"} {
			where[table] = h.dump(table)
		}
		for _, path := range []string{mine, theirs, other} {
			s := strings.TrimSuffix(strings.TrimPrefix(path, "/feeds/"), ".ics")
			for name, text := range where {
				if strings.Contains(text, s) || strings.Contains(text, s[:20]) {
					t.Errorf("the secret stands in %s", name)
				}
			}
		}
	})
}

func gathered() string {
	var b bytes.Buffer
	metrics.WritePrometheus(&b, false)
	return b.String()
}
