package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"trestle/server/trestletest/scenario"
)

// Whoever listens to a team hears that somebody was invited, and nothing of a ritual whose board they may not see.
func TestCalendar_AnInvitationDoesNotNameARitualOnTheWire(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		admin := s.As("admin")
		board, _ := s.Board(t, s.Team, "team")
		series := admin.Must(t, 200, "PUT /boards/"+board+"/standup", nil).Text("series.id")
		at := admin.Must(t, 200, "PATCH /standups/"+series, map[string]any{"schedule": map[string]any{"days": []int{1, 2, 3, 4, 5, 6, 7}, "at": "12:00", "timeZone": "UTC"}}).Text("series.nextAt")
		s.As("other").Must(t, 404, "GET /standups/"+series, nil)

		conn, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http")+"/api/v1/live", http.Header{"Authorization": {"Bearer " + s.As("other").Token}})
		if err != nil {
			t.Fatal(err, res)
		}
		defer conn.Close()
		if err := conn.WriteJSON(map[string]any{"op": "subscribe", "topic": "team:" + s.Team}); err != nil {
			t.Fatal(err)
		}
		heard := ""
		until := func(what string) {
			t.Helper()
			_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
			for {
				_, raw, err := conn.ReadMessage()
				if err != nil {
					t.Fatalf("waiting for %s: %v after %s", what, err, heard)
				}
				heard += string(raw) + "\n"
				var f struct{ Op, Type string }
				if json.Unmarshal(raw, &f) == nil && (f.Op == what || f.Type == what) {
					return
				}
			}
		}
		until("subscribed")
		id := admin.Must(t, 201, "POST /calendar/invitations", map[string]any{"seriesId": series, "startsAt": at, "personIds": []string{s.IDs["worker"]}}).Text("invited.0.id")
		until("calendar.invited")
		admin.Must(t, 204, "DELETE /calendar/invitations/"+id, nil)
		until("calendar.invited")
		for _, secret := range []string{series, board, id, at, s.IDs["worker"]} {
			if strings.Contains(heard, secret) {
				t.Errorf("%s was heard in\n%s", secret, heard)
			}
		}
	})
}
