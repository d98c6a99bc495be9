package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func TestDevice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		cast := trestletest.MakeCast(t, h.Store)
		lead := h.as(cast.People["lead"])
		path := "/teams/" + cast.Team + "/device-links"
		var made team.DeviceLinkMade
		lead.must(201, "POST", path, map[string]string{"name": "Wall by the door"}).json(t, &made)
		if !strings.HasPrefix(made.URL, "https://board.example.org/screen#") {
			t.Fatal(made.URL)
		}
		screen := h.visitor()
		screen.bearer = fragment(t, made.URL, "/screen")
		var d account.DeviceView
		a := screen.must(200, "GET", "/device", nil)
		a.json(t, &d)
		if d.TeamID != cast.Team || d.Name != "Wall by the door" {
			t.Fatalf("%+v", d)
		}
		byCookie := h.visitor()
		if c := byCookie.keep(a); c.Name != "__Host-device" || !c.HttpOnly || !c.Secure {
			t.Fatal(c)
		}
		for _, v := range []*visitor{screen, byCookie} {
			v.must(200, "GET", "/device", nil)
			v.must(200, "GET", "/teams/"+cast.Team, nil)
			v.must(404, "GET", "/teams/"+cast.OtherTeam, nil)
			if a := v.must(200, "GET", "/teams", nil); strings.Contains(a.body, cast.OtherTeam) {
				t.Error(a.body)
			}
			if a := v.must(200, "GET", "/people", nil); strings.Contains(a.body, "@") || strings.Contains(a.body, `"other",`) {
				t.Error(a.body)
			}
			v.must(403, "GET", "/me", nil)
			v.must(403, "GET", path, nil)
			v.must(403, "GET", "/invites", nil)
			for _, p := range []string{"/live/ticket", "/teams", "/tokens", "/people", "/invites"} {
				v.must(403, "POST", p, map[string]string{})
			}
			v.must(403, "PATCH", "/me", map[string]string{"name": "x"})
		}
		h.as(cast.People["worker"]).must(404, "GET", "/device", nil)
		viewer := who.Viewer{DeviceID: d.ID, TeamID: cast.Team, Role: who.Device}
		if err := h.acc.StillValid(context.Background(), viewer); err != nil {
			t.Fatal(err)
		}
		var list web.Page[team.DeviceLink]
		lead.must(200, "GET", path, nil).json(t, &list)
		if len(list.Items) != 1 || list.Items[0].LastSeenAt == nil {
			t.Fatalf("%+v", list)
		}
		topic := event.TeamTopic(cast.Team)
		before := h.epoch(topic)
		for name, want := range map[string]int{"guest": 404, "member": 404, "other": 404, "viewer": 403, "worker": 403, "liaison": 403, "manager": 403, "lead": 204} {
			if name != "lead" {
				h.as(cast.People[name]).must(want, "DELETE", "/device-links/"+d.ID, nil)
			}
		}
		lead.must(204, "DELETE", "/device-links/"+d.ID, nil)
		screen.must(401, "GET", "/device", nil)
		byCookie.must(401, "GET", "/device", nil)
		if err := h.acc.StillValid(context.Background(), viewer); err == nil || h.epoch(topic) != before+1 {
			t.Fatal("the screen would look on")
		}
		lead.must(404, "DELETE", "/device-links/"+d.ID, nil)
		h.as(cast.People["admin"]).must(404, "DELETE", "/device-links/dev_absent", nil)

		lead.must(201, "POST", path, map[string]string{"name": "Old"}).json(t, &made)
		screen.bearer = fragment(t, made.URL, "/screen")
		screen.must(200, "GET", "/device", nil)
		h.Clock.Advance(366 * 24 * time.Hour)
		screen.must(401, "GET", "/device", nil)
	}, func(c *account.Config, _ *web.Options) { c.PublicURL = "https://board.example.org/" })
}
